//! Measures by name, out of a report. All of them are the oracle's: what was true, not what a team could see.

use seatrial_sim::engine::InvariantReport;
use seatrial_sim::{Report, System};

/// What can be measured.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Violations of an invariant.
    Broken(String),
    /// From a fault's onset until somebody could know of it; without a fault: on average over those that began.
    Detect(Option<String>),
    /// Windows of all `eventually` statements, or of one, that are open at the end.
    Undecided(Option<String>),
    /// What was broken and never put right, and what is still undecided, of all invariants.
    Unrepaired,
    Goodput,
    /// What all violations cost together.
    Loss,
    /// What the design costs a month.
    RunningCost,
    Tickets,
    Retries,
    Crashes,
    LatencyMean,
    LatencyP50,
    LatencyP99,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Count,
    Minutes,
    Share,
    /// Minor units of the scenario's currency.
    Money,
    /// Minor units, a month.
    MoneyAMonth,
    Milliseconds,
}

/// How much of a figure was seen to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Censored {
    pub detected: u32,
    pub of: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observed {
    pub value: f64,
    /// Only for figures that may be cut off by the end of the run, which is then what counts.
    pub censored: Option<Censored>,
}

const MINUTE_NS: f64 = 60e9;

impl Measure {
    /// The measure of a name as scenarios write it; what there is, when there is no such measure.
    pub fn named(name: &str, system: &System) -> Result<Measure, String> {
        let invariant = |name: &str| {
            system
                .invariants
                .iter()
                .any(|invariant| invariant.name == name)
        };
        if invariant(name) {
            return Ok(Measure::Broken(name.to_owned()));
        }
        if let Some(fault) = name.strip_prefix("detect.") {
            return match system.faults.iter().any(|known| known.name == fault) {
                true => Ok(Measure::Detect(Some(fault.to_owned()))),
                false => Err(format!("there is no fault `{fault}` to detect")),
            };
        }
        if let Some(of) = name.strip_prefix("undecided_at_end.") {
            return match invariant(of) {
                true => Ok(Measure::Undecided(Some(of.to_owned()))),
                false => Err(format!("there is no invariant `{of}`")),
            };
        }
        Ok(match name {
            "detect" => Measure::Detect(None),
            "undecided_at_end" => Measure::Undecided(None),
            "unrepaired_at_end" => Measure::Unrepaired,
            "goodput" | "availability" => Measure::Goodput,
            "loss" => Measure::Loss,
            "running_cost" => Measure::RunningCost,
            "tickets" => Measure::Tickets,
            "retries" => Measure::Retries,
            "crashes" => Measure::Crashes,
            "latency_mean" => Measure::LatencyMean,
            "latency_p50" => Measure::LatencyP50,
            "latency_p99" => Measure::LatencyP99,
            _ => return Err(format!("`{name}` cannot be measured yet")),
        })
    }

    /// Those that every study keeps: each invariant, and what they come to together.
    pub fn usual(system: &System) -> Vec<Measure> {
        let mut all: Vec<Measure> = system
            .invariants
            .iter()
            .map(|i| Measure::Broken(i.name.clone()))
            .collect();
        all.extend([
            Measure::Undecided(None),
            Measure::Unrepaired,
            Measure::Loss,
            Measure::Goodput,
            Measure::LatencyP50,
            Measure::LatencyP99,
            Measure::Tickets,
            Measure::Retries,
            Measure::Crashes,
            Measure::RunningCost,
        ]);
        if !system.faults.is_empty() {
            all.push(Measure::Detect(None));
            all.extend(
                system
                    .faults
                    .iter()
                    .map(|fault| Measure::Detect(Some(fault.name.clone()))),
            );
        }
        all
    }

    pub fn name(&self) -> String {
        match self {
            Measure::Broken(name) => name.clone(),
            Measure::Detect(None) => "detect".into(),
            Measure::Detect(Some(fault)) => format!("detect.{fault}"),
            Measure::Undecided(None) => "undecided_at_end".into(),
            Measure::Undecided(Some(of)) => format!("undecided_at_end.{of}"),
            Measure::Unrepaired => "unrepaired_at_end".into(),
            Measure::Goodput => "goodput".into(),
            Measure::Loss => "loss".into(),
            Measure::RunningCost => "running_cost".into(),
            Measure::Tickets => "tickets".into(),
            Measure::Retries => "retries".into(),
            Measure::Crashes => "crashes".into(),
            Measure::LatencyMean => "latency_mean".into(),
            Measure::LatencyP50 => "latency_p50".into(),
            Measure::LatencyP99 => "latency_p99".into(),
        }
    }

    pub fn unit(&self) -> Unit {
        match self {
            Measure::Detect(_) => Unit::Minutes,
            Measure::Goodput => Unit::Share,
            Measure::Loss => Unit::Money,
            Measure::RunningCost => Unit::MoneyAMonth,
            Measure::LatencyMean | Measure::LatencyP50 | Measure::LatencyP99 => Unit::Milliseconds,
            _ => Unit::Count,
        }
    }

    pub fn more_is_better(&self) -> bool {
        *self == Measure::Goodput
    }

    /// Nothing when the run has nothing to say about it: no fault began, nobody was judged.
    pub fn of(&self, report: &Report, costs_a_month: i64) -> Option<Observed> {
        let plain = |value: f64| {
            Some(Observed {
                value,
                censored: None,
            })
        };
        match self {
            Measure::Broken(name) => plain(report.invariant(name)?.violations as f64),
            Measure::Detect(fault) => detect(report, fault.as_deref()),
            Measure::Undecided(None) => {
                plain(report.invariants.iter().map(|i| i.undecided).sum::<u64>() as f64)
            }
            Measure::Undecided(Some(name)) => plain(report.invariant(name)?.undecided as f64),
            Measure::Unrepaired => {
                let open = |i: &InvariantReport| i.violations.saturating_sub(i.mended) + i.undecided;
                plain(report.invariants.iter().map(open).sum::<u64>() as f64)
            }
            Measure::Goodput => {
                let judged: u64 = report.clients.iter().map(|client| client.judged).sum();
                let pleased: u64 = report.clients.iter().map(|client| client.pleased).sum();
                if judged == 0 {
                    None
                } else {
                    plain(pleased as f64 / judged as f64)
                }
            }
            Measure::Loss => plain(report.cost() as f64),
            Measure::RunningCost => plain(costs_a_month as f64),
            Measure::Tickets => plain(report.tickets_filed as f64),
            Measure::Retries => plain(report.retries as f64),
            Measure::Crashes => plain(report.crashes as f64),
            Measure::LatencyMean => {
                let count: u64 = report
                    .clients
                    .iter()
                    .map(|client| client.latency.count)
                    .sum();
                let all = report
                    .clients
                    .iter()
                    .map(|client| client.latency.mean_ns * client.latency.count as f64);
                if count == 0 {
                    None
                } else {
                    plain(all.sum::<f64>() / count as f64 / 1e6)
                }
            }
            // Quantiles of several clients do not add up; the slowest one's is what a promise is held against.
            Measure::LatencyP50 => slowest(report, |latency| latency.p50_us),
            Measure::LatencyP99 => slowest(report, |latency| latency.p99_us),
        }
    }
}

fn slowest(
    report: &Report,
    of: impl Fn(&seatrial_sim::engine::Latency) -> u64,
) -> Option<Observed> {
    let answered = report
        .clients
        .iter()
        .filter(|client| client.latency.count > 0);
    let most = answered.map(|client| of(&client.latency)).max()?;
    Some(Observed {
        value: most as f64 / 1e3,
        censored: None,
    })
}

/// Minutes. A fault that nobody noticed counts up to the end of the run, and is counted as not detected beside it.
fn detect(report: &Report, fault: Option<&str>) -> Option<Observed> {
    let mut sum = 0.0;
    let mut censored = Censored { detected: 0, of: 0 };
    for detection in report
        .detection
        .iter()
        .filter(|detection| fault.is_none_or(|fault| detection.fault == fault))
    {
        let Some(began) = detection.began else {
            continue;
        };
        let until = detection.noticed.map_or(report.ends, |(at, _)| at);
        sum += until.saturating_sub(began) as f64 / MINUTE_NS;
        censored.of += 1;
        censored.detected += u32::from(detection.noticed.is_some());
    }
    if censored.of == 0 {
        return None;
    }
    Some(Observed {
        value: sum / f64::from(censored.of),
        censored: Some(censored),
    })
}
