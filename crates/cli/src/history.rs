//! `seatrial history`: runs again, and tells what happened to one customer across all parts.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use seatrial_sim::engine::{Beat, Moment, Story};
use seatrial_sim::{Id, Report, Setup, Sim, System};
use serde::Serialize;

use crate::{
    Failure, Outcome,
    figures::{clock, counted},
    history_words, names,
    paint::{Paint, pad, pad_left, tame},
    say,
    scenario::{Chosen, Picked, Scenario, load},
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
    let (story, report) = find(&scenario, &picked, setup, &args.key)?;
    let system = &scenario.compiled.system;
    if args.json {
        let document = document(&scenario, &picked, args.seed, &story);
        say(serde_json::to_string_pretty(&document).map_err(Failure::new)?);
    } else {
        say(text(system, &picked, &story, &report, Paint::stdout()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The story of a key. A key that nobody came with may be the id of something that broke an invariant.
fn find(scenario: &Scenario, picked: &Picked, setup: Setup, key: &str) -> Result<(Story, Report), Failure> {
    let system = Arc::new(scenario.compiled.system.clone());
    let watch = |serial: u64| {
        let mut sim = Sim::new(Arc::clone(&system), &picked.patches, setup);
        sim.watch(serial);
        sim.finish();
        (sim.story().cloned().unwrap_or_default(), sim.report())
    };
    let (story, report) = watch(key.parse().unwrap_or(u64::MAX));
    if !story.moments.is_empty() {
        return Ok((causes_first(story), report));
    }
    let hurt = || report.invariants.iter().flat_map(|invariant| &invariant.keys);
    let named = hurt().find(|(_, id)| Id(*id as u64).show(&system.shapes) == key);
    if let Some(&(serial, _)) = named {
        let (story, report) = watch(serial);
        return Ok((causes_first(story), report));
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

/// The oracle judges while an effect happens, so its word may stand before the effect of the same instant.
fn causes_first(mut story: Story) -> Story {
    for at in 1..story.moments.len() {
        let (before, after) = (story.moments[at - 1], story.moments[at]);
        if before.at == after.at && matches!(before.beat, Beat::Broken { .. }) && matches!(after.beat, Beat::Effect { .. } | Beat::Commits { .. }) {
            story.moments.swap(at - 1, at);
        }
    }
    story
}

/// Whether the design passes correlation ids on, so that somebody inside could read the rows as one story.
fn joins(system: &System, picked: &Picked) -> bool {
    system.telemetry.as_ref().is_some_and(|telemetry| {
        let chosen = picked.patches.iter().rev().find(|patch| patch.param == telemetry.correlation);
        chosen.map_or(system.params[telemetry.correlation.at()].value, |patch| patch.value) != 0
    })
}

fn begins(story: &Story) -> u64 {
    let click = story.moments.iter().find(|moment| matches!(moment.beat, Beat::Clicks { .. }));
    click.or(story.moments.first()).map_or(0, |moment| moment.at)
}

/// Seconds since the first click, to the millisecond; from an hour on to the second.
fn since(moment: &Moment, begins: u64) -> String {
    let ms = (i128::from(moment.at) - i128::from(begins)) / 1_000_000;
    match ms {
        ms if ms >= 3_600_000 => format!("{}h{:02}m{:02}s", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60),
        ms if ms >= 60_000 => format!("{}m{:02}.{:03}s", ms / 60_000, ms / 1000 % 60, ms % 1000),
        ms => format!("{}.{:03}s", ms / 1000, ms.abs() % 1000),
    }
}

fn text(system: &System, picked: &Picked, story: &Story, report: &Report, paint: Paint) -> String {
    let begins = begins(story);
    let who = story.moments.iter().find_map(|moment| match moment.beat {
        Beat::Arrives { record, .. } => Some(names::record(system, record, moment.id)),
        _ => None,
    });
    let design = picked.design.name.as_deref().unwrap_or(if picked.design.answers.is_empty() { "the system as found" } else { "your own design" });
    let mut out = vec![format!(
        "{}  {}",
        paint.strong(&who.unwrap_or_else(|| format!("Key {}", story.serial))),
        paint.faint(&format!("first click at {} · {} · seed {}", clock(system.clock.starts_unix_s, begins), tame(design), report.seed))
    )];
    out.push(paint.faint("● the system's own telemetry can show it   ○ true, and nobody inside sees it"));
    if !joins(system, picked) {
        out.push(paint.faint("  nothing joins the ● of different services here: no correlation id is passed on"));
    }
    out.push(String::new());
    let width = story.moments.iter().map(|moment| names::part(system, moment.part).len()).max().unwrap_or(0);
    let mut before = None;
    for moment in &story.moments {
        // A long silence is part of the story.
        if before.is_some_and(|before| moment.at.saturating_sub(before) > 60_000_000_000) {
            out.push(format!("  {}", paint.faint("⋮")));
        }
        before = Some(moment.at);
        let mark = if moment.beat.is_visible() { "●" } else { "○" };
        let said = tame(&history_words::say(system, moment));
        let said = match moment.beat {
            Beat::Broken { .. } => paint.bad(&said),
            Beat::Effect { .. } => paint.strong(&said),
            Beat::AnswerLost { .. } | Beat::RequestLost { .. } | Beat::TimeUp { .. } | Beat::Dies { .. } => paint.unsure(&said),
            _ => said,
        };
        out.push(format!("  {} {mark} {} {said}", pad_left(&since(moment, begins), 11), pad(&names::part(system, moment.part), width)));
    }
    out.push(String::new());
    out.push(crate::paint::wrap(&ends(system, story), 0));
    out.join("\n")
}

/// What it came to: what became real, what broke, and how much of it anybody inside could see.
fn ends(system: &System, story: &Story) -> String {
    let mut real: Vec<String> = Vec::new();
    let mut broken = Vec::new();
    for moment in &story.moments {
        match moment.beat {
            Beat::Effect { operation, outcome: seatrial_sim::Outcome::Ok, id, .. } if id != 0 => {
                let made = matches!(system.operations[operation.at()].kind, seatrial_sim::system::OperationKind::Create { .. });
                if let Some(record) = names::record_of(system, operation).filter(|_| made) {
                    real.push(names::record(system, record, id));
                }
            }
            Beat::Broken { invariant, .. } => broken.push(system.invariants[invariant.at()].name.clone()),
            _ => {}
        }
    }
    let hidden = story.moments.iter().filter(|moment| !moment.beat.is_visible()).count() as u64;
    let made = match real.len() {
        0 => "Nothing became real at anybody else's.".into(),
        1 => format!("{} became real, once.", real[0]),
        times => format!("{} became real: {times} times for one click or its repetitions.", real.join(" and ")),
    };
    let hurt = if broken.is_empty() { "No invariant was broken.".into() } else { format!("Broken: {}.", broken.join(", ")) };
    format!("{made} {hurt} {} of {} could not be seen from inside.", hidden, counted(story.moments.len() as u64, "step"))
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    schema: u32,
    scenario: &'a str,
    hash: &'a str,
    design: &'a seatrial_study::document::Design,
    seed: u64,
    key: u64,
    moments: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    /// From the start of the run.
    at_s: f64,
    /// From the first click.
    since_s: f64,
    part: String,
    /// Whether the system's own telemetry can show it.
    visible: bool,
    says: String,
}

fn document<'a>(scenario: &'a Scenario, picked: &'a Picked, seed: u64, story: &Story) -> Document<'a> {
    let system = &scenario.compiled.system;
    let begins = begins(story);
    let told = |moment: &Moment| Told {
        at_s: moment.at as f64 / 1e9,
        since_s: (moment.at as f64 - begins as f64) / 1e9,
        part: names::part(system, moment.part),
        visible: moment.beat.is_visible(),
        says: history_words::say(system, moment),
    };
    Document {
        format: "seatrial-history",
        schema: 1,
        scenario: &system.name,
        hash: &scenario.compiled.hash,
        design: &picked.design,
        seed,
        key: story.serial,
        moments: story.moments.iter().map(told).collect(),
    }
}
