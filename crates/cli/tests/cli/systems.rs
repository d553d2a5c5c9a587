//! Commands about running systems: whole outputs for fixed seeds, exit codes, and files that are none.

use std::fs;

use serde_json::Value;
use tempfile::{TempDir, tempdir};

use crate::run::{Ran, repository, run};

/// A folder with one small scenario, and a design in a file of its own.
fn small() -> TempDir {
    let folder = tempdir().unwrap();
    fs::copy(repository().join("crates/study/tests/small.yaml"), folder.path().join("small.yaml")).unwrap();
    fs::write(folder.path().join("ours.yaml"), "extends: careful\nwatch: nobody\n").unwrap();
    folder
}

fn ask(folder: &TempDir, args: &str) -> Ran {
    let ran = run(folder.path(), &args.split(' ').collect::<Vec<_>>());
    assert!(!ran.stderr.contains('\u{1b}') && !ran.text().contains('\u{1b}'), "colours without a terminal");
    ran
}

#[track_caller]
fn fine(args: &str) -> String {
    let ran = ask(&small(), args);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{args}");
    let widest = ran.text().lines().map(|line| line.chars().count()).max().unwrap_or(0);
    assert!(widest <= 130 && !ran.text().lines().any(|line| line.ends_with(' ')), "{}", ran.text());
    ran.text().to_owned()
}

#[test]
fn a_run_tells_what_happened_who_was_hurt_and_what_it_cost() {
    insta::assert_snapshot!("run_careless", fine("run small.yaml --design careless"));
    insta::assert_snapshot!("run_as_found", fine("run small.yaml --no-faults --seed 7"));
    insta::assert_snapshot!("run_seeds", fine("run small.yaml --design careless --seeds 5"));
}

#[test]
fn a_history_explains_how_one_customer_was_hurt() {
    let key = json("run small.yaml --design careless --json")["invariants"]["booked_once"]["keys"][0]["key"].clone();
    let told = fine(&format!("history small.yaml --design careless --key {key}"));
    insta::assert_snapshot!("history_careless", told);
    // The same customer, another design.
    let told = fine(&format!("history small.yaml --design careful --key {key}"));
    assert!(told.contains("without doing it again") && told.contains("No promise was broken."), "{told}");
    let document = json(&format!("history small.yaml --design careless --key {key} --json"));
    assert!(document["steps"].as_array().is_some_and(|steps| steps.len() > 8), "{document}");
}

#[test]
fn a_scenario_is_explained_and_proven_in_words() {
    insta::assert_snapshot!("explain_careless", fine("explain small.yaml --design careless"));
    insta::assert_snapshot!("separates", fine("separates small.yaml"));
    assert_eq!(json("separates small.yaml --seeds 4 --json")["points"].as_array().map(Vec::len), Some(7));
}

#[test]
fn a_proof_that_fails_says_so_and_exits_with_1() {
    let folder = small();
    let text = fs::read_to_string(folder.path().join("small.yaml")).unwrap();
    let same = text.replace("careful: {again: with_key", "careful: {again: without_key");
    assert_ne!(same, text);
    fs::write(folder.path().join("small.yaml"), same).unwrap();
    let ran = ask(&folder, "separates small.yaml --seeds 6");
    assert_eq!(ran.code, 1);
    assert!(ran.text().contains("no measure tells careless from careful") && ran.text().contains("The proof fails."), "{}", ran.text());
}

fn json(args: &str) -> Value {
    let ran = ask(&small(), args);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{args}");
    serde_json::from_str(ran.text()).unwrap()
}

#[test]
fn json_is_what_its_schema_says_and_the_same_each_time() {
    let schema: Value = serde_json::from_str(&fs::read_to_string(repository().join("docs/src/run-report.schema.json")).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let one = json("run small.yaml --design careless --json");
    let many = json("run small.yaml --seeds 3 --json");
    for document in [&one, &many] {
        let wrong: Vec<String> = schema.iter_errors(document).map(|e| e.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
    assert_eq!(one["digest"].as_str().map(str::len), Some(16));
    assert!(one["invariants"]["booked_once"]["violations"].as_u64() > Some(0));
    assert_eq!(one["invariants"]["booked_once"]["keys"].as_array().map(Vec::len), Some(20));
    assert_eq!(many["runs"].as_array().map(Vec::len), Some(3));
    assert!(many["summary"]["detect"]["interval"]["low"].is_number() || many["summary"]["detect"]["n"] == 3);
    assert_eq!(json("run small.yaml --design careless --json"), one);
    assert_ne!(json("run small.yaml --design careless --seed 2 --json")["digest"], one["digest"]);
}

#[test]
fn the_gate_shuts_for_a_design_that_breaks_and_opens_for_one_that_does_not() {
    let folder = small();
    let shut = ask(&folder, "run small.yaml --design careless --gate");
    assert_eq!(shut.code, 1);
    assert!(shut.stderr.contains("the gate is shut: booked_once"), "{}", shut.stderr);
    assert_eq!(ask(&folder, "run small.yaml --design careless --seeds 3 --gate --json").code, 1);
    assert_eq!(ask(&folder, "run small.yaml --design ours.yaml --gate").code, 0);
    assert_eq!(ask(&folder, "run small.yaml --design careless --set again=with_key --seeds 3 --gate").code, 0);
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let folder = small();
    fs::write(folder.path().join("theirs.yaml"), "agian: with_key\n").unwrap();
    let said: Vec<String> = [
        "run small.yaml --design carefull",
        "run small.yaml --set agian=stop",
        "run small.yaml --set again=with_keys",
        "run small.yaml --set again",
        "run small.yaml --set desk.threads=0",
        "compare small.yaml careless carefull",
        "compare small.yaml careless found+agian=stop",
        "compare small.yaml careless careful+desk.thread=2",
        "compare small.yaml careless careful --measure los",
        "run small.yaml --design theirs.yaml",
        "history small.yaml --key 12",
        "run smal.yaml",
        "run charged-not-setled",
        "run .",
    ]
    .into_iter()
    .map(|args| {
        let ran = ask(&folder, args);
        assert_eq!((ran.code, ran.text()), (2, ""), "{args}");
        format!("$ seatrial {args}\n{}", ran.stderr)
    })
    .collect();
    insta::assert_snapshot!("wrong_input", said.join("\n"));
}

#[test]
fn files_that_are_no_scenario_are_refused_without_a_panic() {
    let folder = small();
    let noise: Vec<u8> = (0..60_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let huge = vec![b' '; 5 << 20];
    let deep = "[".repeat(100_000).into_bytes();
    for (name, bytes) in
        [("noise.yaml", noise), ("huge.yaml", huge), ("deep.yaml", deep), ("empty.yaml", Vec::new()), ("kit.yaml", b"kit: x".to_vec())]
    {
        fs::write(folder.path().join(name), bytes).unwrap();
        for command in ["run", "check", "explain", "separates"] {
            let ran = ask(&folder, &format!("{command} {name}"));
            assert_eq!((ran.code, ran.text()), (2, ""), "{command} {name}");
            assert!(!ran.stderr.is_empty() && ran.stderr.len() < 20_000, "{command} {name}: {} bytes", ran.stderr.len());
        }
    }
}

#[test]
fn check_takes_a_scenario_and_counts_those_of_a_kit() {
    let folder = small();
    let ran = ask(&folder, "check small.yaml");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.text().contains("1 service, 2 decisions, 1 invariant, 1 fault, 2 designs"), "{}", ran.text());
    let text = fs::read_to_string(folder.path().join("small.yaml")).unwrap().replace("timeout: 1s", "timeout: 1 second");
    fs::write(folder.path().join("small.yaml"), text).unwrap();
    let ran = ask(&folder, "check small.yaml");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("small.yaml:29:"), "{}", ran.stderr);
    let kit = run(&repository(), &["check", "kits/microservices"]);
    assert_eq!(kit.code, 0, "{}", kit.stderr);
    assert!(kit.text().contains("scenarios"), "{}", kit.text());
}

#[test]
fn two_designs_are_compared_over_the_same_customers() {
    insta::assert_snapshot!("compare", fine("compare small.yaml careless careful --seeds 12"));
    insta::assert_snapshot!("compare_open", fine("compare small.yaml found found+desk.threads=3+watch=closely --seeds 6"));
    let document = json("compare small.yaml careless ours.yaml --seeds 6 --json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(repository().join("docs/src/comparison.schema.json")).unwrap()).unwrap();
    let wrong: Vec<String> = jsonschema::validator_for(&schema).unwrap().iter_errors(&document).map(|e| e.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(document["measures"]["booked_once"]["better"], "b");
    assert_eq!(document["b"]["answers"]["watch"], "nobody");
    // Each side alone has the means that many runs of it have.
    let alone = json("run small.yaml --design careless --seeds 6 --json");
    for (name, figure) in alone["summary"].as_object().unwrap() {
        assert_eq!(document["measures"][name]["a_mean"], figure["mean"], "{name}");
    }
}

#[test]
fn a_comparison_of_a_design_with_itself_finds_nothing_and_threads_are_nothing() {
    let folder = small();
    let same = json("compare small.yaml careless found+again=without_key --seeds 5 --json");
    for (name, measure) in same["measures"].as_object().unwrap() {
        assert_eq!((&measure["better"], &measure["difference"]), (&"same".into(), &0.0.into()), "{name}");
    }
    let with = |threads: &str| {
        let mut command = crate::run::seatrial();
        command.current_dir(folder.path()).env("RAYON_NUM_THREADS", threads);
        command.args(["compare", "small.yaml", "careless", "careful", "--seeds", "7", "--json"]).output().unwrap().stdout
    };
    assert_eq!(with("1"), with("5"));
}
