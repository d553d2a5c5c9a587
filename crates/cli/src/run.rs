//! `seatrial run`: lives through a scenario and says what happened, to whom, and what it cost.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use seatrial_sim::engine::Sample;
use seatrial_sim::{Report, Setup, Sim};
use seatrial_study::document::{Document, Made, ManyRuns, RunReport};
use seatrial_study::{SEEDS_MAX, openmetrics, seeds};

use crate::{
    Failure, Outcome, atomic,
    paint::Paint,
    progress, run_report, runs_report, say,
    scenario::{Chosen, load},
};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    seatrial run charged-not-settled --design weak\n  \
    seatrial run my/scenario.yaml --design good --set wait=5s --seed 7\n  \
    seatrial run my/scenario.yaml --seeds 40                 means with 95 % intervals\n  \
    seatrial run my/scenario.yaml --design ours.yaml --gate  exit code 1 when an invariant breaks\n  \
    seatrial run charged-not-settled --json | jq .invariants\n  \
    seatrial run charged-not-settled --openmetrics run.txt   for Prometheus and Grafana\n\n\
    Exit codes: 0 fine, 1 an invariant broke under --gate, 2 the input is wrong.")]
pub struct RunArgs {
    #[command(flatten)]
    chosen: Chosen,
    /// Which customers come, and what luck they have: the same seed gives the same run to the last bit
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "seeds")]
    seed: u64,
    /// Runs with so many seeds, which follow from the scenario's content, and gives means with intervals
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=SEEDS_MAX as i64))]
    seeds: Option<u32>,
    /// Exits with 1 when an invariant is broken, or still undecided at the end: for your own CI
    #[arg(long)]
    gate: bool,
    /// Prints one JSON object; docs/src/run-report.schema.json describes it
    #[arg(long)]
    json: bool,
    /// Writes every metric of the run with its times, as OpenMetrics text; `-` is standard output
    #[arg(long, value_name = "FILE", conflicts_with = "seeds")]
    openmetrics: Option<PathBuf>,
    /// Without the scenario's faults
    #[arg(long)]
    no_faults: bool,
    /// Without the automatic operator: nobody reacts to alerts and tickets
    #[arg(long)]
    no_operator: bool,
}

pub fn run(args: &RunArgs) -> Outcome {
    atomic::end_between_files(atomic::NOTHING_WRITTEN);
    let scenario = load(&args.chosen.file)?;
    let picked = scenario.pick(&args.chosen)?;
    let compiled = &*scenario.compiled;
    let system = Arc::new(compiled.system.clone());
    let setup = |seed| Setup { seed, faults: !args.no_faults, operator: !args.no_operator };
    let made = Made { compiled, design: picked.shown(), faults: !args.no_faults, operator: !args.no_operator };
    let seeds = match args.seeds {
        Some(count) => seeds(&compiled.hash, count as usize),
        None => vec![args.seed],
    };
    let runs = progress::all(&compiled.system.name, &seeds, |&seed| {
        let mut sim = Sim::new(Arc::clone(&system), &picked.patches, setup(seed));
        sim.finish();
        let samples = if args.seeds.is_none() { sim.samples().to_vec() } else { Vec::new() };
        let metrics = args.openmetrics.as_ref().map(|_| openmetrics(&made, &sim));
        Run { report: sim.report(), samples, metrics, astray: sim.conserved().err() }
    });
    for run in &runs {
        if let Some(astray) = &run.astray {
            eprintln!("warning: seed {}: the run does not add up: {astray}; please report this", run.report.seed);
        }
    }
    if let (Some(file), Some(text)) = (&args.openmetrics, &runs[0].metrics) {
        if file.as_os_str() == "-" {
            say(text.trim_end_matches('\n'));
            return if args.gate { gate(&[runs[0].report.clone()]) } else { Ok(ExitCode::SUCCESS) };
        }
        atomic::write(file, text.as_bytes())?;
    }
    let reports: Vec<Report> = runs.iter().map(|run| run.report.clone()).collect();
    let shown = Shown { made: &made, file: args.chosen.file.display().to_string(), sets: &args.chosen.sets, paint: Paint::stdout() };
    match (args.json, args.seeds) {
        (true, None) => json(&Document::One(Box::new(RunReport::new(&made, &reports[0]))))?,
        (true, Some(_)) => json(&Document::Many(Box::new(ManyRuns::new(&made, &reports))))?,
        (false, None) => say(run_report::text(&shown, &runs[0])),
        (false, Some(_)) => say(runs_report::text(&shown, &reports)),
    }
    if args.gate { gate(&reports) } else { Ok(ExitCode::SUCCESS) }
}

/// One run, with what is drawn of it.
pub struct Run {
    pub report: Report,
    pub samples: Vec<Arc<Sample>>,
    metrics: Option<String>,
    astray: Option<String>,
}

/// What a report on paper needs beside the run.
pub struct Shown<'a> {
    pub made: &'a Made<'a>,
    pub file: String,
    pub sets: &'a [String],
    pub paint: Paint,
}

impl Shown<'_> {
    /// The command that shows one customer's story in this very run.
    pub fn history(&self, seed: u64, key: u64) -> String {
        let design = self.made.design.name.as_ref().map(|name| format!(" --design {name}")).unwrap_or_default();
        let sets: String = self.sets.iter().map(|set| format!(" --set {set}")).collect();
        let faults = if self.made.faults { "" } else { " --no-faults" };
        let operator = if self.made.operator { "" } else { " --no-operator" };
        let seed = if seed == 1 { String::new() } else { format!(" --seed {seed}") };
        format!("seatrial history {}{design}{sets}{seed}{faults}{operator} --key {key}", self.file)
    }
}

fn json(document: &Document) -> Result<(), Failure> {
    say(serde_json::to_string_pretty(document).map_err(Failure::new)?);
    Ok(())
}

/// What is undecided has not been kept.
fn gate(reports: &[Report]) -> Outcome {
    let mut broken = Vec::new();
    for at in 0..reports.first().map_or(0, |report| report.invariants.len()) {
        let of = |report: &Report| report.invariants[at].violations + report.invariants[at].undecided;
        let failing = reports.iter().filter(|report| of(report) > 0).count();
        if failing > 0 {
            let all: u64 = reports.iter().map(of).sum();
            let seeds = if reports.len() > 1 { format!(" on {failing} of {} seeds", reports.len()) } else { String::new() };
            broken.push(format!("{} ({all} broken or undecided{seeds})", reports[0].invariants[at].name));
        }
    }
    if broken.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    Err(Failure::new(format!("the gate is shut: {}", broken.join(", "))))
}
