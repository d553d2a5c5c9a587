//! The samples of a run, a list per figure: what a page draws lines from.

use std::sync::Arc;

use seatrial_sim::Sim;
use seatrial_sim::engine::Sample;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Series {
    /// The end of each sample, in milliseconds after virtual 0.
    pub at: Vec<u64>,
    pub clients: Vec<ClientSeries>,
    pub services: Vec<ServiceSeries>,
    pub groups: Vec<GroupSeries>,
    pub providers: Vec<ProviderSeries>,
    /// Per invariant: broken so far. The truth.
    pub broken: Vec<Vec<u32>>,
    /// Minor units so far. The truth.
    pub cost: Vec<i64>,
}

/// Counts are of one sample; times are milliseconds.
#[derive(Debug, Serialize)]
pub struct ClientSeries {
    pub offered: Vec<u32>,
    pub good: Vec<u32>,
    pub bad: Vec<u32>,
    pub p50: Vec<f64>,
    pub p90: Vec<f64>,
    pub p99: Vec<f64>,
}

#[derive(Debug, Serialize)]
pub struct ServiceSeries {
    pub answered: Vec<u32>,
    pub failed: Vec<u32>,
    pub refused: Vec<u32>,
    pub waiting: Vec<u32>,
    pub p99: Vec<f64>,
    pub up: Vec<u16>,
    pub replicas: Vec<u16>,
}

#[derive(Debug, Serialize)]
pub struct GroupSeries {
    pub lag: Vec<u32>,
    pub dead: Vec<u32>,
}

#[derive(Debug, Serialize)]
pub struct ProviderSeries {
    pub good: Vec<u32>,
    pub other: Vec<u32>,
}

pub fn series(sim: &Sim) -> Series {
    let samples = sim.samples();
    let system = sim.system();
    fn each<T>(samples: &[Arc<Sample>], figure: impl Fn(&Sample) -> T) -> Vec<T> {
        samples.iter().map(|sample| figure(sample)).collect()
    }
    let client = |at: usize| ClientSeries {
        offered: each(samples, |s| s.clients[at].offered),
        good: each(samples, |s| s.clients[at].good),
        bad: each(samples, |s| s.clients[at].bad),
        p50: each(samples, |s| ms(s.clients[at].p50_us)),
        p90: each(samples, |s| ms(s.clients[at].p90_us)),
        p99: each(samples, |s| ms(s.clients[at].p99_us)),
    };
    let service = |at: usize| ServiceSeries {
        answered: each(samples, |s| s.services[at].answered),
        failed: each(samples, |s| s.services[at].failed),
        refused: each(samples, |s| s.services[at].refused),
        waiting: each(samples, |s| s.services[at].waiting),
        p99: each(samples, |s| ms(s.services[at].p99_us)),
        up: each(samples, |s| s.services[at].up),
        replicas: each(samples, |s| s.services[at].replicas),
    };
    let group = |at: usize| GroupSeries {
        lag: each(samples, |s| s.groups[at].lag),
        dead: each(samples, |s| s.groups[at].dead),
    };
    let provider = |at: usize| ProviderSeries {
        good: each(samples, |s| s.providers[at].good),
        other: each(samples, |s| s.providers[at].other),
    };
    Series {
        at: each(samples, |s| s.at / 1_000_000),
        clients: (0..system.clients.len()).map(client).collect(),
        services: (0..system.services.len()).map(service).collect(),
        groups: (0..system.groups.len()).map(group).collect(),
        providers: (0..system.providers.len()).map(provider).collect(),
        broken: (0..system.invariants.len()).map(|at| each(samples, |s| s.broken[at])).collect(),
        cost: each(samples, |s| s.cost),
    }
}

/// Samples are good to an eighth; a tenth of a millisecond is more than enough.
fn ms(us: u32) -> f64 {
    if us >= 100_000 { f64::from(us / 1000) } else { f64::from(us / 100) / 10.0 }
}
