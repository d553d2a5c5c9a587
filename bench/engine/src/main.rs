//! `seatrial-bench-engine peers`: side by side with others, and the limits; writes the table of `docs/src/bench.md`.
//! `… limits`: the limits alone. `… instructions FILE`: instructions of fixed small runs, under valgrind.
//! `… one ours|bare MODEL SEED [REQUESTS]`: one run, as JSON.

use std::{env, process::ExitCode};

use seatrial_bench_engine::{Outcome, cases, instructions, limits, peers};

fn run() -> Outcome<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["one", engine, model, seed, ref rest @ ..] => {
            let (seed, requests) = (seed.parse()?, rest.first().map_or(Ok(1_000_000), |count| count.parse())?);
            let run = match engine {
                "bare" => cases::bare_run(model, seed, requests)?,
                _ => cases::our_run(model, seed, requests)?,
            };
            println!("{}", serde_json::to_string(&run)?);
            Ok(())
        }
        ["peers"] => peers::measure(),
        ["limits"] => {
            println!("{}", serde_json::to_string_pretty(&limits::measure()?)?);
            Ok(())
        }
        ["instructions", file] => instructions::measure(file),
        _ => Err("peers, limits, instructions FILE, or one ours|bare MODEL SEED [REQUESTS]".into()),
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("bench: {why}");
            ExitCode::FAILURE
        }
    }
}
