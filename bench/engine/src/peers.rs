//! The table of `make bench-peers`: the same three models in the bare loop, in ours and in other simulators, in turns, each
//! run in a process of its own; what cannot be had is left out with a line that says so.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde::{Deserialize, Serialize};

use crate::{
    Outcome,
    cases::{Run, SHIPPED},
    limits::{self, Limits},
};

const MODELS: [(&str, &str); 3] =
    [("mm1", "M/M/1"), ("chain", "chain of three M/M/4"), ("chain-timeout", "chain, 3 s time-out, two retries")];
const REQUESTS: u64 = 1_000_000;
const RESULTS: &str = "docs/src/bench-peers.json";
const PAGE: &str = "docs/src/bench.md";
const BEGINS: &str = "<!-- made by `make bench-peers` -->\n";
const ENDS: &str = "<!-- until here -->";

/// What was measured, as it stands in the docs.
#[derive(Debug, Serialize, Deserialize)]
pub struct Results {
    pub rounds: u64,
    pub rows: Vec<Row>,
    pub limits: Limits,
    /// What could not be had.
    pub skipped: Vec<String>,
}

/// One engine and one model: medians.
#[derive(Debug, Serialize, Deserialize)]
pub struct Row {
    pub engine: String,
    pub model: String,
    pub cpu_s: f64,
    pub peak_kib: u64,
    pub requests: u64,
    pub mean_s: f64,
    pub events: u64,
}

/// How an engine is run: the command before model, seed and requests.
struct Engine {
    name: &'static str,
    command: Vec<String>,
    models: &'static [&'static str],
    requests: u64,
}

const ALL: &[&str] = &["mm1", "chain", "chain-timeout"];

pub fn measure() -> Outcome<()> {
    let rounds: u64 = env::var("ROUNDS").map_or(Ok(5), |text| text.parse())?;
    let mut skipped = Vec::new();
    let engines = engines(&mut skipped)?;
    for line in &skipped {
        eprintln!("left out: {line}");
    }
    let mut runs: Vec<(usize, &str, Vec<Run>)> = Vec::new();
    for (at, engine) in engines.iter().enumerate() {
        runs.extend(engine.models.iter().map(|model| (at, *model, Vec::new())));
    }
    for seed in 1..=rounds {
        for (at, model, runs) in &mut runs {
            let engine = &engines[*at];
            eprintln!("round {seed}: {} {model} …", engine.name);
            runs.push(one(engine, model, seed).map_err(|why| format!("{}, {model}: {why}", engine.name))?);
        }
    }
    let rows = runs.into_iter().map(|(at, model, runs)| row(engines[at].name, model, runs)).collect();
    eprintln!("limits …");
    let results = Results { rounds, rows, limits: limits::measure()?, skipped };
    fs::write(RESULTS, serde_json::to_string_pretty(&results)? + "\n")?;
    write_page(&results)?;
    println!("{}", table(&results));
    Ok(())
}

fn one(engine: &Engine, model: &str, seed: u64) -> Outcome<Run> {
    let (program, first) = engine.command.split_first().ok_or("no command")?;
    let done = Command::new(program).args(first).args([model, &seed.to_string(), &engine.requests.to_string()]).output()?;
    if !done.status.success() {
        return Err(String::from_utf8_lossy(&done.stderr).trim().into());
    }
    Ok(serde_json::from_slice(&done.stdout)?)
}

fn row(engine: &str, model: &str, mut runs: Vec<Run>) -> Row {
    runs.sort_by(|a, b| a.cpu_s.total_cmp(&b.cpu_s));
    let Run { cpu_s, requests, mean_s, events, .. } = runs[runs.len() / 2];
    let peak_kib = runs.iter().map(|run| run.peak_kib).max().unwrap_or(0);
    Row { engine: engine.into(), model: model.into(), cpu_s, peak_kib, requests, mean_s, events }
}

/// Those that can be had here; `skipped` says which not, and why.
fn engines(skipped: &mut Vec<String>) -> Outcome<Vec<Engine>> {
    let this = env::current_exe()?.to_string_lossy().into_owned();
    let ours = |engine: &str| vec![this.clone(), "one".into(), engine.into()];
    let mut engines = vec![
        Engine { name: "bare loop", command: ours("bare"), models: ALL, requests: REQUESTS },
        Engine { name: "Seatrial", command: ours("ours"), models: ALL, requests: REQUESTS },
        Engine { name: "Seatrial, everything on", command: ours("ours"), models: &SHIPPED, requests: REQUESTS },
    ];
    match nexosim() {
        Ok(path) => {
            let command = vec![path.to_string_lossy().into_owned()];
            engines.push(Engine { name: "NexoSim 1.0", command, models: ALL, requests: REQUESTS });
        }
        Err(why) => skipped.push(format!("NexoSim: {why}")),
    }
    let python = match python() {
        Ok(python) => python,
        Err(why) => {
            skipped.push(format!("SimPy, Ciw, AsyncFlow: {why}"));
            return Ok(engines);
        }
    };
    const CIW: &[&str] = &["mm1", "chain"];
    // A part is enough where a million takes minutes: the cost per request does not change.
    let peers = [
        ("SimPy 4.1", "simpy==4.1.2", "simpy_model.py", ALL, REQUESTS / 5),
        ("Ciw 3.2", "ciw==3.2.7", "ciw_model.py", CIW, REQUESTS / 10),
        ("AsyncFlow 0.1", "asyncflow-sim==0.1.1", "asyncflow_model.py", &["mm1"], REQUESTS / 10),
    ];
    for (name, package, file, models, requests) in peers {
        match ran(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", package])) {
            Ok(()) => {
                let command = vec![python.to_string_lossy().into_owned(), format!("bench/peers/{file}")];
                engines.push(Engine { name, command, models, requests });
            }
            Err(why) => skipped.push(format!("{name}: {why}")),
        }
    }
    Ok(engines)
}

/// Builds the models for NexoSim.
fn nexosim() -> Outcome<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = env::current_dir()?.join("target/peers");
    let mut build = Command::new(cargo);
    build.args(["build", "--quiet", "--release", "--locked", "--manifest-path", "bench/peers/nexosim/Cargo.toml"]);
    ran(build.arg("--target-dir").arg(&target))?;
    Ok(target.join("release/peer-nexosim"))
}

/// An interpreter with an environment of its own; AsyncFlow needs 3.12.
fn python() -> Outcome<PathBuf> {
    let place = Path::new("target/peers/python");
    let python = place.join("bin/python");
    if python.exists() {
        return Ok(python);
    }
    let mut why = String::from("no Python");
    let named = env::var("PYTHON").ok();
    for name in named.as_deref().into_iter().chain(["python3.13", "python3.12", "python3"]) {
        match ran(Command::new(name).args(["-m", "venv"]).arg(place)) {
            Ok(()) => return Ok(python),
            Err(other) => why = format!("{name}: {other}"),
        }
    }
    Err(why.into())
}

fn ran(command: &mut Command) -> Outcome<()> {
    let done = command.output()?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    Err(said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("failed").trim().into())
}

/// Markdown.
pub fn table(results: &Results) -> String {
    let per_million = |row: &Row| row.cpu_s / row.requests.max(1) as f64 * 1e6;
    let floor = |model: &str, engine: &str| {
        let same = |row: &&Row| row.engine == engine && row.model == model;
        results.rows.iter().find(same).map(per_million)
    };
    let mut text = format!("Medians of {} runs.\n\n", results.rounds);
    text += "| model | engine | CPU s for 10⁶ requests | of the bare loop | of ours | peak memory | mean answer |\n";
    text += "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n";
    for (model, name) in MODELS {
        for row in results.rows.iter().filter(|row| row.model == model) {
            let against = |other: Option<f64>| other.map_or("–".into(), |other| format!("{:.1} ×", per_million(row) / other));
            text += &format!(
                "| {name} | {}{} | {} | {} | {} | {} | {:.3} s |\n",
                row.engine,
                part(row),
                digits(per_million(row)),
                against(floor(model, "bare loop")),
                against(floor(model, "Seatrial")),
                memory(row.peak_kib),
                row.mean_s,
            );
        }
    }
    text += "\n| `charged-not-settled`, everything on | CPU s for its 2 h 50 min | orders a CPU second | events a CPU second | peak memory |\n";
    text += "| --- | ---: | ---: | ---: | ---: |\n";
    for row in results.rows.iter().filter(|row| row.events > 0 && SHIPPED.contains(&&*row.model)) {
        text += &format!(
            "| {} | {} | {:.0} thousand | {:.1} million | {} |\n",
            row.model,
            digits(row.cpu_s),
            row.requests as f64 / row.cpu_s / 1e3,
            row.events as f64 / row.cpu_s / 1e6,
            memory(row.peak_kib)
        );
    }
    let Limits { ten_million_peak_kib, snapshot_ms, restore_ms, efficiency } = results.limits;
    text += "\n| limit | measured | aim |\n| --- | ---: | ---: |\n";
    text += &format!("| peak memory of the chain with 10⁷ requests | {} | 64 MiB |\n", memory(ten_million_peak_kib));
    text += &format!("| a snapshot of `charged-not-settled`, weak, in minute 20 | {snapshot_ms:.2} ms | 1 ms |\n");
    text += &format!("| going back to it | {restore_ms:.2} ms | 1 ms |\n");
    text += &format!("| work per core-second with two threads, of that with one | {efficiency:.2} | 0.9 |\n");
    for line in &results.skipped {
        text += &format!("\nLeft out: {line}.\n");
    }
    text
}

/// Says so where it was not a million.
fn part(row: &Row) -> String {
    if row.requests * 10 < REQUESTS * 9 { format!(" ({} thousand requests)", row.requests / 1000) } else { String::new() }
}

fn digits(seconds: f64) -> String {
    if seconds >= 10.0 { format!("{seconds:.1}") } else { format!("{seconds:.3}") }
}

fn memory(kib: u64) -> String {
    format!("{:.0} MiB", kib as f64 / 1024.0)
}

/// Puts the table where the docs have it.
fn write_page(results: &Results) -> Outcome<()> {
    let page = fs::read_to_string(PAGE)?;
    let (before, rest) = page.split_once(BEGINS).ok_or("docs/src/bench.md has no place for the table")?;
    let (_, after) = rest.split_once(ENDS).ok_or("docs/src/bench.md has no end of the table")?;
    fs::write(PAGE, format!("{before}{BEGINS}\n{}\n{ENDS}{after}", table(results)))?;
    Ok(())
}
