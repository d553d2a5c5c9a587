//! `seatrial separates`: proves that a scenario's designs come to different ends, and lists where they do not.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use seatrial_scenario::Compiled;
use seatrial_study::{DESIGNS_FULL, Interval, Plan, Proof, Row, SEEDS_MAX, State, Verdict};
use serde::Serialize;

use crate::{
    Failure, Outcome, atomic,
    figures::{counted, share},
    paint::{Paint, wrap},
    proof_page,
    runs_report::figured,
    say,
    scenario::load,
    spec::{self, Kind, Spec, Task},
    sweep::{self, Kept},
};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    seatrial separates my/scenario.yaml\n  \
    seatrial separates my/scenario.yaml --seeds 40          a first look\n  \
    seatrial separates my/scenario.yaml --full --html proof.html --json > proof.json\n  \
    seatrial separates my/scenario.yaml --full --parts /shared/proof --shard 2/8   one of eight machines\n  \
    seatrial reduce /shared/proof                           when all of them are through\n\n\
    It proves that designs differ, never that candidates do.\n\
    Exit codes: 0 nothing failed, 1 a point failed, 2 the input is wrong.")]
pub struct SeparatesArgs {
    /// The scenario's file, or the name of one that ships
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// So many seeds instead of those that the scenario asks for
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=SEEDS_MAX as i64))]
    seeds: Option<u32>,
    /// All seven points: also without an operator, with other loads and faults, decision by decision, and among random designs
    #[arg(long)]
    full: bool,
    /// So many random designs in a full proof; fewer for a first look
    #[arg(long, value_name = "N", default_value_t = DESIGNS_FULL, requires = "full", value_parser = clap::value_parser!(u32).range(1..=DESIGNS_FULL as i64))]
    designs: u32,
    #[command(flatten)]
    told: Told,
    #[command(flatten)]
    kept: Kept,
    /// Says how much there is to run, and runs nothing
    #[arg(long)]
    dry_run: bool,
}

/// How a proof is told.
#[derive(Debug, Args)]
pub struct Told {
    /// Of a proof: prints one JSON object
    #[arg(long)]
    pub json: bool,
    /// Of a proof: writes it as a page, with the spread of every claim over the seeds
    #[arg(long, value_name = "OUT")]
    pub html: Option<PathBuf>,
}

impl Told {
    pub fn check(&self) -> Result<(), Failure> {
        self.html.as_deref().map_or(Ok(()), atomic::place)
    }
}

pub fn separates(args: &SeparatesArgs) -> Outcome {
    args.told.check()?;
    let scenario = load(&args.file)?;
    let declared = scenario.compiled.separates.as_ref().map_or(0, |separates| separates.seeds);
    let seeds = args.seeds.unwrap_or(declared).max(2);
    let spec = Spec::new(&scenario, Task::Separates(spec::Separates { seeds, full: args.full.then_some(args.designs) }));
    let work = spec.work_of(scenario.compiled.clone())?;
    if args.dry_run {
        return sweep::dry(&work, &args.kept);
    }
    let Some(rows) = sweep::rows(&spec, &work, &args.kept, None)? else { return Ok(ExitCode::SUCCESS) };
    let Kind::Proof(plan) = &work.kind else { return Ok(ExitCode::SUCCESS) };
    tell(&work.compiled, plan, &rows, &args.told)
}

/// Prints what a proof says; the exit code is 1 when it fails.
pub fn tell(compiled: &Compiled, plan: &Plan, rows: &[Row], told: &Told) -> Outcome {
    let proof = &plan.prove(rows);
    if let Some(html) = &told.html {
        atomic::write(html, proof_page::page(compiled, proof, &plan.spreads(rows)).as_bytes())?;
    }
    if told.json {
        say(serde_json::to_string_pretty(&document(compiled, proof)).map_err(Failure::new)?);
    } else {
        say(text(compiled, proof, Paint::stdout()));
    }
    Ok(if proof.holds() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn text(compiled: &Compiled, proof: &Proof, paint: Paint) -> String {
    let mut out = vec![format!(
        "{}  {}",
        paint.strong(&compiled.title),
        paint.faint(&format!("{} · {} · {}", compiled.system.name, counted(proof.seeds as u64, "seed"), counted(proof.runs as u64, "run")))
    )];
    out.push(String::new());
    for verdict in &proof.pairs {
        out.extend(claim(compiled, verdict, false, paint));
    }
    if !proof.trades.is_empty() {
        out.push(paint.faint("What the better design pays for it:"));
    }
    for verdict in &proof.trades {
        out.extend(claim(compiled, verdict, true, paint));
    }
    out.push(String::new());
    for point in &proof.points {
        let (mark, note) = match &point.state {
            State::Holds => (paint.good("✓"), String::new()),
            State::Fails => (paint.bad("✗"), " – fails".into()),
            State::NotChecked(why) => (paint.unsure("·"), format!(" – not checked: {why}")),
        };
        out.push(format!("{mark} {} {}{note}", point.number, point.title));
        const SHOWN: usize = 12;
        for found in point.found.iter().take(SHOWN) {
            out.push(wrap(found, 6));
        }
        if point.found.len() > SHOWN {
            out.push(format!("      and {} more; --json has all", point.found.len() - SHOWN));
        }
    }
    out.push(String::new());
    out.push(match (proof.holds(), proof.is_complete()) {
        (false, _) => paint.bad("The proof fails."),
        (true, true) => paint.good("All seven points hold."),
        (true, false) => paint.good("What was checked holds. The rest needs --full, with all of its designs."),
    });
    out.join("\n")
}

/// A trade is a price: its worse design is the one that is better elsewhere.
fn claim(compiled: &Compiled, verdict: &Verdict, trade: bool, paint: Paint) -> Vec<String> {
    let show = |value: f64| figured(&verdict.claim.measure, value, compiled);
    let between = |i: Interval| format!("{} … {}", show(i.low), show(i.high));
    let difference = verdict.interval.map_or_else(|| show(verdict.difference), between);
    let state = if verdict.holds() { paint.good("holds    ") } else { paint.unsure("not shown") };
    let claim = &verdict.claim;
    let mut lines = vec![
        format!(
            "{state} {}  {} {} {} {} {}",
            paint.strong(&claim.measure.name()),
            claim.worse,
            show(verdict.worse_mean),
            if trade { "against" } else { "→" },
            claim.better,
            show(verdict.better_mean)
        ),
        paint.faint(&format!(
            "          {} by {difference}, at least {} is needed; in this order on {} of single seeds",
            if trade { "dearer" } else { "better" },
            show(verdict.needed),
            share(verdict.ordered)
        )),
    ];
    if let Some((worse, better)) = verdict.detected {
        let noticed = format!("          {} and {} of the faults were noticed at all", share(worse), share(better));
        lines.push(paint.faint(&noticed));
    }
    lines
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    schema: u32,
    scenario: &'a str,
    hash: &'a str,
    seeds: usize,
    runs: usize,
    holds: bool,
    complete: bool,
    pairs: Vec<Claimed>,
    trades: Vec<Claimed>,
    points: Vec<Checked<'a>>,
}

#[derive(Serialize)]
struct Claimed {
    measure: String,
    worse: String,
    better: String,
    worse_mean: f64,
    better_mean: f64,
    difference: f64,
    /// Of the difference, at the confidence beside it; none with too few seeds.
    interval: Option<(f64, f64)>,
    confidence: Option<f64>,
    needed: f64,
    p_adjusted: f64,
    single_seeds: f64,
    detected: Option<(f64, f64)>,
    holds: bool,
}

#[derive(Serialize)]
struct Checked<'a> {
    number: u8,
    title: &'a str,
    state: &'static str,
    found: &'a [String],
}

fn document<'a>(compiled: &'a Compiled, proof: &'a Proof) -> Document<'a> {
    let claimed = |verdict: &Verdict| Claimed {
        measure: verdict.claim.measure.name(),
        worse: verdict.claim.worse.clone(),
        better: verdict.claim.better.clone(),
        worse_mean: verdict.worse_mean,
        better_mean: verdict.better_mean,
        difference: verdict.difference,
        interval: verdict.interval.map(|i| (i.low, i.high)),
        confidence: verdict.interval.map(|i| i.confidence),
        needed: verdict.needed,
        p_adjusted: verdict.p_adjusted,
        single_seeds: verdict.ordered,
        detected: verdict.detected,
        holds: verdict.holds(),
    };
    let state = |state: &State| match state {
        State::Holds => "holds",
        State::Fails => "fails",
        State::NotChecked(_) => "not_checked",
    };
    Document {
        format: "seatrial-proof",
        schema: 1,
        scenario: &compiled.system.name,
        hash: &compiled.hash,
        seeds: proof.seeds,
        runs: proof.runs,
        holds: proof.holds(),
        complete: proof.is_complete(),
        pairs: proof.pairs.iter().map(claimed).collect(),
        trades: proof.trades.iter().map(claimed).collect(),
        points: proof.points.iter().map(|p| Checked { number: p.number, title: p.title, state: state(&p.state), found: &p.found }).collect(),
    }
}
