//! `seatrial sweep` and `reduce`: tables, drawings, and runs that are killed, stopped, cut into shards, or tampered with.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use tempfile::{TempDir, tempdir};

use crate::run::{Ran, repository, run, seatrial};

fn small() -> TempDir {
    let folder = tempdir().unwrap();
    fs::copy(repository().join("crates/study/tests/small.yaml"), folder.path().join("small.yaml")).unwrap();
    folder
}

fn ask(folder: &TempDir, args: &str) -> Ran {
    run(folder.path(), &args.split(' ').collect::<Vec<_>>())
}

#[track_caller]
fn fine(folder: &TempDir, args: &str) -> Ran {
    let ran = ask(folder, args);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{args}");
    ran
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const SMALL: &str = "sweep small.yaml --vary again --vary watch --seeds 5";

#[test]
fn a_sweep_tells_draws_and_writes() {
    let folder = small();
    let told = fine(&folder, &format!("{SMALL} --out grid.csv --pareto loss,goodput --svg front.svg"));
    insta::assert_snapshot!("told", told.text());
    insta::assert_snapshot!("table", read(&folder, "grid.csv"));
    insta::assert_snapshot!("drawing", read(&folder, "front.svg"));
    insta::assert_snapshot!(
        "plain",
        fine(&folder, "sweep small.yaml --design careful --vary desk.book.seat.timeout=100ms..500ms/3 --seeds 3").text()
    );
    // What was kept on the way is gone, and nothing else came.
    assert_eq!(names(folder.path()), ["front.svg", "grid.csv", "small.yaml"]);
}

#[test]
fn each_row_is_the_run_that_its_columns_name() {
    let folder = small();
    fine(&folder, "sweep small.yaml --design careful --vary again --vary desk.threads=1..3 --seeds 2 --out grid.csv");
    let table = read(&folder, "grid.csv");
    let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    for line in table.lines().skip(1).step_by(5) {
        let row: BTreeMap<&str, &str> = head.iter().copied().zip(line.split(',')).collect();
        let (again, threads, seed) = (row["again"], row["desk.threads"], row["seed"]);
        let args = format!("run small.yaml --design careful --set again={again} --set desk.threads={threads} --seed {seed} --json");
        let alone: serde_json::Value = serde_json::from_str(fine(&folder, &args).text()).unwrap();
        assert_eq!(alone["digest"], row["digest"], "{line}");
        assert_eq!(alone["invariants"]["booked_once"]["violations"].to_string(), row["booked_once"], "{line}");
    }
}

#[test]
fn parquet_holds_what_csv_holds() {
    let folder = small();
    for out in ["grid.csv", "grid.parquet", "again.parquet"] {
        fine(&folder, &format!("{SMALL} --no-faults --vary desk.book.seat.timeout=500ms,1s --out {out}"));
    }
    assert_eq!(fs::read(folder.path().join("grid.parquet")).unwrap(), fs::read(folder.path().join("again.parquet")).unwrap());
    let reader = SerializedFileReader::new(fs::File::open(folder.path().join("grid.parquet")).unwrap()).unwrap();
    let rows: Vec<Vec<(String, String)>> = reader
        .get_row_iter(None)
        .unwrap()
        .map(|row| {
            let text = |field: &Field| match field {
                Field::Str(text) => text.clone(),
                Field::Long(number) => number.to_string(),
                Field::Double(number) => number.to_string(),
                Field::Null => String::new(),
                other => panic!("{other:?}"),
            };
            row.unwrap().get_column_iter().map(|(name, field)| (name.clone(), text(field))).collect()
        })
        .collect();
    let table = read(&folder, "grid.csv");
    let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    assert!(head.contains(&"desk.book.seat.timeout_s"), "{head:?}");
    assert_eq!(rows.len(), table.lines().count() - 1);
    for (row, line) in rows.iter().zip(table.lines().skip(1)) {
        assert_eq!(row.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(), line.split(',').collect::<Vec<_>>());
        assert_eq!(row.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), head);
    }
}

#[test]
fn the_document_has_what_the_table_has() {
    let folder = small();
    let sweep = "sweep small.yaml --vary again --vary watch --seeds 4 --pareto loss,running_cost";
    let document: serde_json::Value = serde_json::from_str(fine(&folder, &format!("{sweep} --json")).text()).unwrap();
    let schema: serde_json::Value = serde_json::from_str(run(&repository(), &["schema", "sweep"]).text()).unwrap();
    let wrong: Vec<String> = jsonschema::validator_for(&schema).unwrap().iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    fine(&folder, &format!("{sweep} --out grid.csv"));
    let table = read(&folder, "grid.csv");
    let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    let column = |name: &str| head.iter().position(|head| *head == name).unwrap();
    let (combination, again, loss) = (column("combination"), column("again"), head.iter().position(|head| head.starts_with("loss")).unwrap());
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split(',').collect()).collect();
    for of in document["combinations"].as_array().unwrap() {
        let own: Vec<&Vec<&str>> = rows.iter().filter(|row| row[combination] == of["combination"].to_string()).collect();
        assert_eq!(own.len(), 4);
        assert!(own.iter().all(|row| row[again] == of["answers"]["again"].as_str().unwrap()));
        let mean = own.iter().map(|row| row[loss].parse::<f64>().unwrap()).sum::<f64>() / 4.0;
        assert!((of["measures"]["loss"]["mean"].as_f64().unwrap() - mean).abs() < 1e-6 * mean.abs().max(1.0));
    }
    assert_eq!(document["pareto"]["measures"], serde_json::json!(["loss", "running_cost"]));
    // Put together from shards it is the same.
    for at in 0..2 {
        ask(&folder, &format!("{SMALL} --parts kept --shard {at}/2"));
    }
    let alone = fine(&folder, &format!("{SMALL} --json"));
    assert_eq!(fine(&folder, "reduce kept --json").text(), alone.text());
}

#[test]
fn shards_put_together_come_to_the_same_bytes_as_one_machine_alone() {
    let folder = small();
    let drawn = "--out whole.csv --pareto loss,running_cost --svg whole.svg";
    let whole = fine(&folder, &format!("{SMALL} {drawn}"));
    for shards in [1, 2, 3, 7, 40] {
        for at in 0..shards {
            let ran = ask(&folder, &format!("{SMALL} --parts all{shards} --shard {at}/{shards}"));
            assert_eq!((ran.code, ran.text()), (0, ""), "{}", ran.stderr);
            assert!(ran.stderr.contains(&format!("shard {at}/{shards}: ")), "{}", ran.stderr);
        }
        let ran = fine(&folder, &format!("reduce all{shards} --out part.csv --pareto loss,running_cost --svg part.svg"));
        assert_eq!(ran.text(), whole.text(), "{shards} shards");
        assert_eq!(read(&folder, "part.csv"), read(&folder, "whole.csv"), "{shards} shards");
        assert_eq!(read(&folder, "part.svg"), read(&folder, "whole.svg"), "{shards} shards");
    }
    // Each machine its own folder; and one of them has done a part of another's.
    let elsewhere = small();
    ask(&folder, &format!("{SMALL} --parts own0 --shard 0/2"));
    ask(&elsewhere, &format!("{SMALL} --parts {} --shard 1/2", folder.path().join("own1").display()));
    fs::copy(folder.path().join("own0/part-00002.txt"), folder.path().join("own1/part-00002.txt")).unwrap();
    assert_eq!(fine(&folder, "reduce own0 own1 --pareto loss,running_cost").text(), whole.text());
    let other = ask(&folder, "sweep small.yaml --vary watch --seeds 5 --parts other --shard 0/2");
    assert_eq!(other.code, 0, "{}", other.stderr);
    let mixed = ask(&folder, "reduce own0 other");
    assert_eq!(mixed.code, 2);
    assert!(mixed.stderr.contains("two plans: --vary differs"), "{}", mixed.stderr);
}

#[test]
fn a_proof_from_shards_is_the_proof() {
    let folder = small();
    for (tier, of) in [("separates small.yaml --seeds 6", 3), ("separates small.yaml --seeds 10 --json", 2)] {
        let whole = ask(&folder, tier);
        let parts = format!("proof{of}");
        for at in 0..of {
            let ran = ask(&folder, &format!("{tier} --parts {parts} --shard {at}/{of}"));
            assert_eq!((ran.code, ran.text()), (0, ""), "{}", ran.stderr);
        }
        let json = if tier.ends_with("json") { " --json" } else { "" };
        let ran = ask(&folder, &format!("reduce {parts}{json}"));
        assert_eq!((ran.code, ran.text()), (whole.code, whole.text()), "{}", ran.stderr);
    }
    let ran = ask(&folder, "reduce proof3 --out grid.csv");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("these are parts of a proof"), "{}", ran.stderr);
}

#[test]
fn threads_are_nothing_to_a_sweep() {
    let folder = small();
    let with = |threads: &str| {
        let mut command = seatrial();
        command.current_dir(folder.path()).env("RAYON_NUM_THREADS", threads);
        command.args(SMALL.split(' ')).args(["--out", "grid.csv"]).output().unwrap();
        read(&folder, "grid.csv")
    };
    assert_eq!(with("1"), with("6"));
}

/// Long enough to be caught in the middle.
const LONG: &str = "sweep small.yaml --vary again --vary watch --seeds 150 --out grid.csv";

/// Starts a long sweep, and comes back when some of its parts are there.
fn begun(folder: &TempDir) -> Child {
    let child = seatrial().current_dir(folder.path()).args(LONG.split(' ')).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let since = Instant::now();
    while names(&folder.path().join("grid.csv.parts")).iter().filter(|name| name.starts_with("part-")).count() < 12 {
        assert!(since.elapsed() < Duration::from_secs(60), "no part came");
        std::thread::sleep(Duration::from_millis(2));
    }
    child
}

/// What the same command comes to when nobody interrupts it.
fn uninterrupted() -> (String, String) {
    let folder = small();
    let ran = fine(&folder, LONG);
    (ran.text().to_owned(), read(&folder, "grid.csv"))
}

#[test]
fn killed_in_the_middle_and_gone_on_with_it_comes_to_the_same_bytes() {
    let folder = small();
    for _ in 0..2 {
        let mut child = begun(&folder);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let there = names(&folder.path().join("grid.csv.parts"));
    assert!(!folder.path().join("grid.csv").exists(), "it was over before it was killed");
    assert!(there.len() < 900, "{}", there.len());
    let ran = fine(&folder, LONG);
    let (told, table) = uninterrupted();
    assert_eq!(ran.text(), told);
    assert_eq!(read(&folder, "grid.csv"), table);
    assert_eq!(names(folder.path()), ["grid.csv", "small.yaml"]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_it_between_two_files_and_says_how_to_go_on() {
    let folder = small();
    let child = begun(&folder);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("stopped; what is whole stays in grid.csv.parts, and the same command goes on from there"), "{said}");
    let there = names(&folder.path().join("grid.csv.parts"));
    assert!(there.iter().all(|name| name == "plan.json" || name.starts_with("part-")), "{there:?}");
    fine(&folder, LONG);
    assert_eq!(read(&folder, "grid.csv"), uninterrupted().1);
}

/// A limit on the size of files stands in for a disk that is full: the system refuses the write in the same way.
#[cfg(unix)]
#[test]
fn a_disk_that_is_full_is_said_and_leaves_nothing_half_written() {
    let folder = small();
    let limited = format!(
        "ulimit -f 12; trap '' XFSZ; exec {} sweep small.yaml --vary again --vary watch --seeds 30 --out grid.csv",
        env!("CARGO_BIN_EXE_seatrial")
    );
    let output = Command::new("sh").current_dir(folder.path()).args(["-c", &limited]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("cannot write grid.csv: file too large") && said.contains("make room, and give the same command again"), "{said}");
    assert_eq!(names(folder.path()), ["grid.csv.parts", "small.yaml"]);
    // Every run is there; only the table was not.
    assert_eq!(names(&folder.path().join("grid.csv.parts")).len(), 181);
    let full = ask(&folder, "sweep small.yaml --vary again --seeds 2 --out /dev/full");
    assert_eq!(full.code, 1);
    assert!(full.stderr.contains("cannot write /dev/full: no space left on device"), "{}", full.stderr);
    let into = Command::new("sh")
        .current_dir(folder.path())
        .args(["-c", &format!("{} run small.yaml > /dev/full", env!("CARGO_BIN_EXE_seatrial"))])
        .output()
        .unwrap();
    assert_eq!(into.status.code(), Some(1));
    assert!(String::from_utf8(into.stderr).unwrap().contains("not all of it could be written to standard output"));
}

#[test]
fn parts_that_are_torn_are_done_anew_and_strangers_are_refused() {
    let folder = small();
    let kept = format!("{SMALL} --parts kept");
    let whole = fine(&folder, &kept);
    let part = |at: usize| folder.path().join(format!("kept/part-{at:05}.txt"));
    let text = fs::read_to_string(part(4)).unwrap();
    let torn: Vec<(&str, String)> = vec![
        ("it ends in its first line", text[..20].to_owned()),
        ("its last line is missing", text.lines().take(2).map(|line| format!("{line}\n")).collect()),
        ("its last line is missing", text[..text.len() - 1].to_owned()),
        ("its checksum is not that of its lines", text.replacen(" 0 ", " 1 ", 1)),
        ("it ends in its first line", String::new()),
    ];
    for (why, bytes) in torn {
        fs::write(part(4), bytes).unwrap();
        let reduced = ask(&folder, "reduce kept");
        assert_eq!((reduced.code, reduced.text()), (2, ""));
        assert!(reduced.stderr.contains(&format!("kept/part-00004.txt is torn: {why}")), "{}", reduced.stderr);
        assert!(reduced.stderr.contains("1 of 30 parts are missing: part-00004.txt"), "{}", reduced.stderr);
        let again = ask(&folder, &kept);
        assert!(again.stderr.contains("it is done anew"), "{}", again.stderr);
        assert_eq!((again.code, again.text()), (0, whole.text()));
        assert_eq!(fs::read_to_string(part(4)).unwrap(), text);
    }
    for (why, bytes) in [
        ("it is part 3/30 under another name", fs::read_to_string(part(3)).unwrap()),
        ("it belongs to another plan", text.replacen(text.split(' ').nth(2).unwrap(), &"0".repeat(64), 1)),
        ("it is no part at all", "a letter\n".to_owned()),
    ] {
        fs::write(part(4), &bytes).unwrap();
        for args in ["reduce kept", &kept] {
            let ran = ask(&folder, args);
            assert_eq!((ran.code, ran.text()), (2, ""), "{args}");
            assert!(ran.stderr.contains(&format!("kept/part-00004.txt does not belong here: {why}")), "{}", ran.stderr);
        }
        assert_eq!(fs::read_to_string(part(4)).unwrap(), bytes, "nothing of a stranger's was touched");
    }
}

#[test]
fn what_is_wrong_is_said_before_anything_runs() {
    let folder = small();
    fine(&folder, "sweep small.yaml --vary watch --seeds 2 --parts kept");
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/letter.txt"), "a letter").unwrap();
    fs::write(folder.path().join("other.yaml"), read(&folder, "small.yaml").replace("poisson 4/s", "poisson 5/s")).unwrap();
    let said: Vec<String> = [
        "sweep small.yaml --vary agian",
        "sweep small.yaml --vary again=stp",
        "sweep small.yaml --vary again=",
        "sweep small.yaml --vary again=stop..with_key",
        "sweep small.yaml --vary desk.threads",
        "sweep small.yaml --vary desk.threads=5..1",
        "sweep small.yaml --vary desk.threads=0..4",
        "sweep small.yaml --vary desk.threads=1..2000",
        "sweep small.yaml --vary desk.threads=1..1000 --vary desk.replicas=1..1000",
        "sweep small.yaml --vary house.take.takes=1ms,2ms",
        "sweep small.yaml --vary watch --vary watch=closely",
        "sweep small.yaml --vary watch --out grid.xlsx",
        "sweep small.yaml --vary watch --out nowhere/grid.csv",
        "sweep small.yaml --vary watch --pareto loss",
        "sweep small.yaml --vary watch --pareto loss,loss",
        "sweep small.yaml --vary watch --pareto loss,running_costs",
        "sweep small.yaml --vary watch --measure loss --pareto loss,goodput",
        "sweep small.yaml --vary watch --parts kept --shard 0/2 --out grid.csv",
        "sweep small.yaml --vary watch --seeds 3 --parts kept",
        "sweep small.yaml --vary watch=closely --no-faults --seeds 2 --parts kept",
        "sweep other.yaml --vary watch --seeds 2 --parts kept",
        "separates small.yaml --parts kept",
        "sweep small.yaml --vary watch --parts full",
        "reduce full",
    ]
    .into_iter()
    .map(|args| {
        let ran = ask(&folder, args);
        assert_eq!((ran.code, ran.text()), (2, ""), "{args}");
        format!("$ seatrial {args}\n{}", ran.stderr)
    })
    .collect();
    insta::assert_snapshot!("wrong", said.join("\n"));
    for shard in ["8/8", "1", "a/2", "0/0", "-1/2"] {
        let ran = ask(&folder, &format!("sweep small.yaml --vary watch --parts kept --shard={shard}"));
        assert_eq!(ran.code, 2, "{shard}");
    }
    assert_eq!(
        fine(&folder, "sweep small.yaml --vary again --vary watch --seeds 5 --parts new --shard 1/4 --dry-run").text(),
        "small: 6 combinations, 30 runs in 30 parts, 8 of them in shard 1/4\n"
    );
    assert!(!folder.path().join("new").exists());
}
