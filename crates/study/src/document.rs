//! What a run came to, as one documented JSON object. Its schema is published beside the book.
//!
//! Numbers that a double cannot hold are texts: the digest. Money is in minor units; `money` says of what.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use seatrial_scenario::Compiled;
use seatrial_sim::engine::Sign;
use seatrial_sim::{Id, Report};
use serde::Serialize;

use crate::measure::{Measure, Observed, Unit};
use crate::summary::Summary;

/// Grows when a reader of the older form would misread the newer.
const SCHEMA: u32 = 1;

/// What `seatrial run --json` prints: one run, or with `--seeds` many of them with their summary.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(title = "Seatrial run")]
#[serde(untagged)]
pub enum Document {
    One(Box<RunReport>),
    Many(Box<ManyRuns>),
}

/// One run.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RunReport {
    #[schemars(extend("const" = "seatrial-run"))]
    pub format: &'static str,
    #[schemars(extend("const" = 1))]
    pub schema: u32,
    pub scenario: Stamp,
    pub design: Design,
    pub seed: u64,
    /// 64 bits in hex, over every event and effect: the same on every machine and in the browser.
    pub digest: String,
    /// Entries that were taken from the event queue.
    pub events: u64,
    /// Whether the scenario's faults fired.
    pub faults: bool,
    /// Whether the automatic operator acted.
    pub operator: bool,
    pub simulated_s: f64,
    /// By name.
    pub invariants: BTreeMap<String, Invariant>,
    /// Of good answers, by client.
    pub latency: BTreeMap<String, Latency>,
    pub goodput: Goodput,
    pub money: Money,
    /// By fault; those that did not begin are left out.
    pub detection: BTreeMap<String, Detection>,
    pub tickets: Tickets,
    pub retries: u64,
    pub crashes: u64,
    /// How often each move was made, and what it came to.
    pub moves: BTreeMap<String, Moves>,
    /// When each alert fired, in seconds from the start.
    pub alerts: BTreeMap<String, Vec<f64>>,
}

/// Which scenario.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Stamp {
    pub id: String,
    pub title: String,
    /// SHA-256 over its file and the parts it uses.
    pub hash: String,
}

/// What was decided.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Design {
    /// As given; none is the system as found.
    pub name: Option<String>,
    /// Option or value by decision, and the values of paths that were set; what is not here is as found.
    pub answers: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Invariant {
    pub hurts: String,
    pub violations: u64,
    /// Broken, and true later after all.
    pub mended: u64,
    /// Open at the end of the run: neither kept nor broken.
    pub undecided: u64,
    /// Minor units.
    pub cost: i64,
    pub tickets: u64,
    /// Of the first twenty that broke it.
    pub keys: Vec<Key>,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Key {
    /// What `seatrial history --key` takes.
    pub key: u64,
    /// The id of the instance that broke it, as people read it.
    pub id: String,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Latency {
    pub count: u64,
    pub mean_ms: f64,
    pub p50_ms: f64,
    pub p90_ms: f64,
    pub p99_ms: f64,
    pub p999_ms: f64,
    pub max_ms: f64,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Goodput {
    /// Arrivals that count: after the warm-up.
    pub judged: u64,
    /// Of these, with a good answer in the end.
    pub pleased: u64,
    /// None when nobody was judged.
    pub share: Option<f64>,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Money {
    pub currency: String,
    /// Digits of a minor unit.
    pub digits: u32,
    /// What all violations cost together, in minor units.
    pub loss: i64,
    /// What the design costs, in minor units.
    pub running_cost_a_month: i64,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Detection {
    /// From the start of the run.
    pub began_s: f64,
    /// None: never in this run. It was then looked for until `censored_after_s`.
    pub noticed_after_s: Option<f64>,
    pub by: Option<DetectedBy>,
    pub censored_after_s: f64,
}

#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DetectedBy {
    Alert,
    Ticket,
    Move,
    Gate,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Tickets {
    pub filed: u64,
    pub handled: u64,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Moves {
    pub made: u64,
    /// Of those: done in part; with nothing to do; not done.
    pub partly: u64,
    pub vain: u64,
    pub failed: u64,
}

/// Runs of one design over several seeds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ManyRuns {
    #[schemars(extend("const" = "seatrial-runs"))]
    pub format: &'static str,
    #[schemars(extend("const" = 1))]
    pub schema: u32,
    pub runs: Vec<RunReport>,
    /// By measure.
    pub summary: BTreeMap<String, Figure>,
}

/// A measure over all runs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Figure {
    pub unit: String,
    /// Runs that had something to say about it.
    pub n: usize,
    pub mean: f64,
    pub sd: f64,
    /// Student's t over the runs; none for a single run.
    pub interval: Option<Bounds>,
    pub min: f64,
    pub median: f64,
    pub max: f64,
    /// For detection: the share of faults that anybody noticed before the end.
    pub detected: Option<f64>,
}

#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct Bounds {
    pub low: f64,
    pub high: f64,
    pub confidence: f64,
}

/// How a run was made, beside its seed.
#[derive(Debug, Clone)]
pub struct Made<'a> {
    pub compiled: &'a Compiled,
    pub design: Design,
    pub faults: bool,
    pub operator: bool,
}

fn seconds(ns: u64) -> f64 {
    ns as f64 / 1e9
}

impl Stamp {
    pub fn of(compiled: &Compiled) -> Stamp {
        let (id, title) = (compiled.system.name.clone(), compiled.title.clone());
        Stamp { id, title, hash: compiled.hash.clone() }
    }
}

impl RunReport {
    pub fn new(made: &Made<'_>, report: &Report) -> RunReport {
        let system = &made.compiled.system;
        let judged = report.clients.iter().map(|client| client.judged).sum();
        let pleased = report.clients.iter().map(|client| client.pleased).sum();
        let named = system.moves.iter().map(|makes| makes.name.clone());
        let alerts = system
            .alerts
            .iter()
            .map(|alert| alert.name.clone())
            .zip(&report.alerts);
        RunReport {
            format: "seatrial-run",
            schema: SCHEMA,
            scenario: Stamp::of(made.compiled),
            design: made.design.clone(),
            seed: report.seed,
            digest: format!("{:016x}", report.digest),
            events: report.events,
            faults: made.faults,
            operator: made.operator,
            simulated_s: seconds(report.ends),
            invariants: report
                .invariants
                .iter()
                .map(|i| (i.name.clone(), invariant(made.compiled, i)))
                .collect(),
            latency: report
                .clients
                .iter()
                .map(|client| (client.name.clone(), latency(&client.latency)))
                .collect(),
            goodput: Goodput {
                judged,
                pleased,
                share: (judged > 0).then(|| pleased as f64 / judged as f64),
            },
            money: Money {
                currency: system.currency.clone(),
                digits: system.currency_digits,
                loss: report.cost(),
                running_cost_a_month: made.compiled.costs_a_month(&made.design.answers),
            },
            detection: report
                .detection
                .iter()
                .filter_map(|d| Some((d.fault.clone(), detection(d, report.ends)?)))
                .collect(),
            tickets: Tickets {
                filed: report.tickets_filed,
                handled: report.tickets_handled,
            },
            retries: report.retries,
            crashes: report.crashes,
            moves: named
                .zip(&report.moves)
                .map(|(name, of)| (name, Moves { made: of.made, partly: of.partly, vain: of.vain, failed: of.failed }))
                .collect(),
            alerts: alerts
                .map(|(name, fired)| (name, fired.iter().map(|&at| seconds(at)).collect()))
                .collect(),
        }
    }
}

impl ManyRuns {
    pub fn new(made: &Made<'_>, reports: &[Report]) -> ManyRuns {
        let cost = made.compiled.costs_a_month(&made.design.answers);
        let measures = Measure::usual(&made.compiled.system).into_iter();
        ManyRuns {
            format: "seatrial-runs",
            schema: SCHEMA,
            runs: reports
                .iter()
                .map(|report| RunReport::new(made, report))
                .collect(),
            summary: measures
                .filter_map(|m| Some((m.name(), Figure::new(&m, reports, cost)?)))
                .collect(),
        }
    }
}

impl Figure {
    /// Nothing when no run had anything to say.
    pub fn new(measure: &Measure, reports: &[Report], costs_a_month: i64) -> Option<Figure> {
        let observed: Vec<_> = reports
            .iter()
            .filter_map(|report| measure.of(report, costs_a_month))
            .collect();
        Figure::of(measure, &observed)
    }

    /// Nothing when nothing was observed.
    pub fn of(measure: &Measure, observed: &[Observed]) -> Option<Figure> {
        let summary = Summary::of(&observed.iter().map(|seen| seen.value).collect::<Vec<_>>())?;
        let censored = observed.iter().filter_map(|seen| seen.censored);
        let (detected, of) = censored.fold((0u64, 0u64), |(d, of), c| {
            (d + u64::from(c.detected), of + u64::from(c.of))
        });
        Some(Figure {
            unit: unit(measure.unit()).into(),
            n: summary.n,
            mean: summary.mean,
            sd: summary.sd,
            interval: summary.interval(0.95).map(|i| Bounds {
                low: i.low,
                high: i.high,
                confidence: i.confidence,
            }),
            min: summary.min,
            median: summary.median,
            max: summary.max,
            detected: (of > 0).then(|| detected as f64 / of as f64),
        })
    }
}

pub(crate) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Count => "count",
        Unit::Minutes => "minutes",
        Unit::Share => "share",
        Unit::Money => "minor units",
        Unit::MoneyAMonth => "minor units a month",
        Unit::Milliseconds => "milliseconds",
    }
}

fn invariant(compiled: &Compiled, report: &seatrial_sim::engine::InvariantReport) -> Invariant {
    let key = |&(key, id): &(u64, i64)| Key {
        key,
        id: Id(id as u64).show(&compiled.system.shapes),
    };
    Invariant {
        hurts: report.hurts.clone(),
        violations: report.violations,
        mended: report.mended,
        undecided: report.undecided,
        cost: report.cost,
        tickets: report.tickets,
        keys: report.keys.iter().take(20).map(key).collect(),
    }
}

fn latency(latency: &seatrial_sim::engine::Latency) -> Latency {
    let ms = |us: u64| us as f64 / 1e3;
    Latency {
        count: latency.count,
        mean_ms: latency.mean_ns / 1e6,
        p50_ms: ms(latency.p50_us),
        p90_ms: ms(latency.p90_us),
        p99_ms: ms(latency.p99_us),
        p999_ms: ms(latency.p999_us),
        max_ms: ms(latency.max_us),
    }
}

fn detection(detection: &seatrial_sim::engine::Detection, ends: u64) -> Option<Detection> {
    let began = detection.began?;
    Some(Detection {
        began_s: seconds(began),
        noticed_after_s: detection
            .noticed
            .map(|(at, _)| seconds(at.saturating_sub(began))),
        by: detection.noticed.map(|(_, sign)| match sign {
            Sign::Alert => DetectedBy::Alert,
            Sign::Ticket => DetectedBy::Ticket,
            Sign::Move => DetectedBy::Move,
            Sign::Gate => DetectedBy::Gate,
        }),
        censored_after_s: seconds(ends.saturating_sub(began)),
    })
}

/// The JSON Schema of [`Document`].
pub fn run_schema() -> String {
    let schema = schemars::schema_for!(Document);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
