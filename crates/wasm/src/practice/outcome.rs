//! What a run came to.

use std::collections::BTreeMap;

use seatrial_scenario::Compiled;
use seatrial_sim::Sim;
use seatrial_sim::engine::{ClientReport, Detection, InvariantReport, Sign};
use seatrial_story::words::{plain, thing};
use serde::Serialize;

use super::series::{Series, series};

/// Times are milliseconds after virtual 0, money is in minor units.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// 16 hex digits; two runs with the same are the same in every event.
    pub digest: String,
    pub hash: String,
    pub seed: String,
    pub events: u64,
    pub ends: u64,
    pub invariants: Vec<Kept>,
    pub clients: Vec<Served>,
    pub groups: Vec<Read>,
    pub providers: Vec<Asked>,
    pub detection: Vec<Noticed>,
    /// Per alert: when it fired.
    pub alerts: Vec<Vec<u64>>,
    pub tickets_filed: u64,
    pub tickets_handled: u64,
    pub moves: Vec<Made>,
    pub retries: u64,
    pub crashes: u64,
    /// What all violations cost.
    pub cost: i64,
    /// What the choices cost.
    pub cost_a_month: i64,
    pub series: Series,
}

#[derive(Debug, Serialize)]
pub struct Kept {
    pub name: String,
    pub hurts: String,
    pub violations: u64,
    pub mended: u64,
    pub undecided: u64,
    pub cost: i64,
    /// Complaints about it: all that the team heard of.
    pub tickets: u64,
    pub keys: Vec<Key>,
}

#[derive(Debug, Serialize)]
pub struct Key {
    /// The number of the arrival, by which its history is asked for.
    pub serial: u64,
    /// `charge 4711`.
    pub what: String,
}

#[derive(Debug, Serialize)]
pub struct Served {
    pub judged: u64,
    pub pleased: u64,
    pub clicks: u64,
    /// Milliseconds.
    pub p50: f64,
    pub p99: f64,
}

#[derive(Debug, Serialize)]
pub struct Read {
    pub handled: u64,
    pub failures: u64,
    pub parked: u64,
    pub dead: u64,
    pub lag: u64,
}

#[derive(Debug, Serialize)]
pub struct Asked {
    pub received: u64,
    pub requests_lost: u64,
    pub answers_lost: u64,
    pub turned_away: u64,
    pub replayed: u64,
}

#[derive(Debug, Serialize)]
pub struct Noticed {
    pub fault: String,
    pub began: Option<u64>,
    pub at: Option<u64>,
    /// `alert`, `ticket`, `move`.
    pub by: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub struct Made {
    pub name: String,
    pub made: u64,
    pub vain: u64,
}

pub fn outcome(compiled: &Compiled, choices: &BTreeMap<String, String>, sim: &Sim) -> Outcome {
    let system = sim.system();
    let report = sim.report();
    let moves = system.moves.iter().zip(&report.moves);
    Outcome {
        digest: format!("{:016x}", report.digest),
        hash: compiled.hash.clone(),
        seed: report.seed.to_string(),
        events: report.events,
        ends: ms(report.ends),
        cost: report.cost(),
        invariants: report.invariants.iter().enumerate().map(|(at, one)| kept(sim, at, one)).collect(),
        clients: report.clients.iter().map(served).collect(),
        groups: report
            .groups
            .iter()
            .map(|g| Read { handled: g.handled, failures: g.failures, parked: g.parked, dead: g.dead, lag: g.lag })
            .collect(),
        providers: report
            .providers
            .iter()
            .map(|p| Asked {
                received: p.received,
                requests_lost: p.requests_lost,
                answers_lost: p.answers_lost,
                turned_away: p.turned_away,
                replayed: p.replayed,
            })
            .collect(),
        detection: report.detection.iter().map(noticed).collect(),
        alerts: report.alerts.iter().map(|fired| fired.iter().map(|&at| ms(at)).collect()).collect(),
        tickets_filed: report.tickets_filed,
        tickets_handled: report.tickets_handled,
        moves: moves.map(|(of, made)| Made { name: plain(&of.name), made: made.made, vain: made.vain + made.failed }).collect(),
        retries: report.retries,
        crashes: report.crashes,
        cost_a_month: compiled.costs_a_month(choices),
        series: series(sim),
    }
}

fn kept(sim: &Sim, at: usize, of: &InvariantReport) -> Kept {
    let system = sim.system();
    let each = system.invariants[at].each;
    let key = |&(serial, id): &(u64, i64)| Key {
        serial,
        what: each.map(|record| thing(system, record, id)).unwrap_or_default(),
    };
    Kept {
        name: of.name.clone(),
        hurts: of.hurts.clone(),
        violations: of.violations,
        mended: of.mended,
        undecided: of.undecided,
        cost: of.cost,
        tickets: of.tickets,
        keys: of.keys.iter().map(key).collect(),
    }
}

fn served(of: &ClientReport) -> Served {
    Served {
        judged: of.judged,
        pleased: of.pleased,
        clicks: of.clicks,
        p50: of.latency.p50_us as f64 / 1000.0,
        p99: of.latency.p99_us as f64 / 1000.0,
    }
}

fn noticed(of: &Detection) -> Noticed {
    Noticed {
        fault: plain(&of.fault),
        began: of.began.map(ms),
        at: of.noticed.map(|(at, _)| ms(at)),
        by: of.noticed.map(|(_, sign)| match sign {
            Sign::Alert => "alert",
            Sign::Ticket => "ticket",
            Sign::Move => "move",
            Sign::Gate => "gate",
        }),
    }
}

fn ms(ns: u64) -> u64 {
    ns / 1_000_000
}
