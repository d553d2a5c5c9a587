//! How many instructions fixed small runs take, counted by valgrind: the same on every machine of one kind, however busy,
//! so that a change that costs is seen in the one that made it.

use std::{env, fs, process::Command};

use crate::{Outcome, cases::SHIPPED};

const RUNS: [(&str, u64); 3] = [("mm1", 50_000), ("chain", 20_000), ("chain-timeout", 20_000)];

/// Writes a line for each run to the file, too.
pub fn measure(file: &str) -> Outcome<()> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("instructions: left out, there is no valgrind here");
        return Ok(());
    }
    let mut lines = String::new();
    for (model, requests) in RUNS {
        let (own, bare) = (of_requests("ours", model, requests)?, of_requests("bare", model, requests)?);
        let times = own as f64 / bare as f64;
        let each = format!("{} a request, {times:.1} × the {} of the bare loop", own / requests, bare / requests);
        lines += &said(format!("{model:<14} {own:>14} instructions, {each}"));
    }
    for design in SHIPPED {
        // What reading and compiling takes is in it, which is little.
        let all = count("ours", design, 0)?;
        lines += &said(format!("{design:<14} {all:>14} instructions"));
    }
    Ok(fs::write(file, lines)?)
}

fn said(line: String) -> String {
    println!("{line}");
    line + "\n"
}

/// Without what reading and compiling takes, which is not the engine's.
fn of_requests(engine: &str, model: &str, requests: u64) -> Outcome<u64> {
    Ok(count(engine, model, requests)?.saturating_sub(count(engine, model, 1)?))
}

fn count(engine: &str, model: &str, requests: u64) -> Outcome<u64> {
    let mut run = Command::new("valgrind");
    run.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(env::current_exe()?);
    let done = run.args(["one", engine, model, "1", &requests.to_string()]).output()?;
    let said = String::from_utf8_lossy(&done.stderr);
    let line = said.lines().find_map(|line| line.split_once("Collected :")).ok_or_else(|| format!("callgrind: {said}"))?;
    Ok(line.1.trim().parse()?)
}
