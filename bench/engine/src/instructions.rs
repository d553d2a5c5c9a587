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
    for (model, requests) in RUNS.into_iter().chain(SHIPPED.map(|design| (design, 0))) {
        // What reading and compiling takes is taken off, for it is not the engine's; of a shipped design it is little.
        let all = count(model, requests)?;
        let own = if requests > 0 { all.saturating_sub(count(model, 1)?) } else { all };
        let line = match requests {
            0 => format!("{model:<14} {own:>14} instructions"),
            _ => format!("{model:<14} {own:>14} instructions, {} a request", own / requests),
        };
        println!("{line}");
        lines += &(line + "\n");
    }
    Ok(fs::write(file, lines)?)
}

fn count(model: &str, requests: u64) -> Outcome<u64> {
    let mut run = Command::new("valgrind");
    run.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(env::current_exe()?);
    let done = run.args(["one", "ours", model, "1", &requests.to_string()]).output()?;
    let said = String::from_utf8_lossy(&done.stderr);
    let line = said.lines().find_map(|line| line.split_once("Collected :")).ok_or_else(|| format!("callgrind: {said}"))?;
    Ok(line.1.trim().parse()?)
}
