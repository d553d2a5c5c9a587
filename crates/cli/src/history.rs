//! `seatrial history`: runs again, and tells what happened to one customer across all parts.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use seatrial_sim::engine::{Bought, Story};
use seatrial_sim::{Id, Report, Setup, Sim};
use seatrial_story::{History, Told, history as told};
use serde::Serialize;

use crate::{
    Failure, Outcome,
    designs::Picked,
    figures::clock,
    history_text::text,
    paint::Paint,
    say,
    scenario::{Chosen, Scenario, load},
};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    seatrial history charged-not-settled --design weak --key 4006690\n  \
    seatrial history charged-not-settled --design good --key 4006690   the same customer, another design\n\n\
    `seatrial run` names the customers who were hurt, with this command ready to copy.\n\
    The same scenario, seed and key are the same customer with the same luck in every design.")]
pub struct HistoryArgs {
    #[command(flatten)]
    chosen: Chosen,
    /// The customer: the id of what they came with, or of a record that `seatrial run` lists
    #[arg(long, value_name = "KEY")]
    key: String,
    /// The seed of the run
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Prints one JSON object
    #[arg(long)]
    json: bool,
    /// Without the scenario's faults
    #[arg(long)]
    no_faults: bool,
    /// Without the automatic operator
    #[arg(long)]
    no_operator: bool,
}

pub fn history(args: &HistoryArgs) -> Outcome {
    let scenario = load(&args.chosen.file)?;
    let picked = scenario.pick(&args.chosen)?;
    let setup = Setup { seed: args.seed, faults: !args.no_faults, operator: !args.no_operator };
    let story = find(&scenario, &picked, setup, &args.key)?.story;
    let history = told(&scenario.compiled, &story);
    if args.json {
        let document = Document {
            format: "seatrial-history",
            schema: 2,
            scenario: &scenario.compiled.system.name,
            hash: &scenario.compiled.hash,
            design: &picked.design,
            seed: args.seed,
            history: &history,
        };
        say(serde_json::to_string_pretty(&document).map_err(Failure::new)?);
    } else {
        let design = &picked.design;
        let design = design.name.as_deref().unwrap_or(if design.answers.is_empty() { "the system as found" } else { "your own design" });
        let first = clock(scenario.compiled.system.clock.starts_unix_s, (history.came + first_click(&history) / 1000) * 1_000_000);
        say(text(&history, &format!("first click at {first} · {design} · seed {}", args.seed), Paint::stdout()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Microseconds after the arrival.
pub fn first_click(history: &History) -> u64 {
    let click = history.steps.iter().find(|step: &&Told| step.click.is_some());
    click.map_or(0, |step| step.after)
}

/// One key's story in a run.
pub struct Found {
    pub story: Story,
    /// What the design pays to see.
    pub bought: Bought,
    /// Tells this run from others: its digest with its design, for what one only looks at is not in a digest.
    pub run: u64,
}

/// The story of a key. A key that nobody came with may be the id of something that broke an invariant.
pub fn find(scenario: &Scenario, picked: &Picked, setup: Setup, key: &str) -> Result<Found, Failure> {
    let system = Arc::new(scenario.compiled.system.clone());
    let watch = |serial: u64| {
        let mut sim = Sim::new(Arc::clone(&system), &picked.patches, setup);
        sim.watch(serial);
        sim.finish();
        let run = picked.patches.iter().fold(sim.digest(), |run, patch| fnv(fnv(run, patch.param.at() as u64), patch.value as u64));
        let found = Found { story: sim.story().cloned().unwrap_or_default(), bought: sim.bought(), run };
        (found, sim.report())
    };
    let (found, report): (Found, Report) = watch(key.parse().unwrap_or(u64::MAX));
    if !found.story.moments.is_empty() {
        return Ok(found);
    }
    let hurt = || report.invariants.iter().flat_map(|invariant| &invariant.keys);
    let named = hurt().find(|(_, id)| Id(*id as u64).show(&system.shapes) == key);
    if let Some(&(serial, _)) = named {
        return Ok(watch(serial).0);
    }
    let known: Vec<String> = hurt().take(3).map(|(serial, _)| serial.to_string()).collect();
    let hint = if system.clients.iter().all(|client| client.make.is_none()) {
        "what comes into this scenario has no key, so there is no history of one of them".into()
    } else if known.is_empty() {
        let first = system.clients.iter().find_map(|client| client.make.as_ref()).map_or(0, |make| system.records[make.record.at()].first_id);
        format!("ids begin at {first} in this scenario; nobody was hurt in this run")
    } else {
        format!("some who were hurt in this run: {}", known.join(", "))
    };
    Err(Failure::input(format!("nobody came with the key {key} in the run of seed {}", setup.seed)).hint(hint))
}

/// A step of FNV-1a (Fowler, Noll, Vo), a word at a time.
fn fnv(hash: u64, word: u64) -> u64 {
    (hash ^ word).wrapping_mul(0x0000_0100_0000_01b3)
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    schema: u32,
    scenario: &'a str,
    hash: &'a str,
    design: &'a seatrial_study::document::Design,
    seed: u64,
    #[serde(flatten)]
    history: &'a History,
}
