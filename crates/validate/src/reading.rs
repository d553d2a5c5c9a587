//! What is read out of a run. All of it is public: the report, and what instruments and clients saw second by second.

use std::sync::Arc;

use seatrial_sim::{Report, Sim};

/// A run that has lived to its end.
#[derive(Debug)]
pub struct Lived {
    pub report: Report,
    pub sim: Sim,
}

/// One figure of a run.
#[derive(Clone)]
pub struct Reading(Arc<dyn Fn(&Lived) -> f64 + Send + Sync>);

pub fn reading(of: impl Fn(&Lived) -> f64 + Send + Sync + 'static) -> Reading {
    Reading(Arc::new(of))
}

impl Reading {
    pub fn of(&self, lived: &Lived) -> f64 {
        (self.0)(lived)
    }
}

impl std::fmt::Debug for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reading")
    }
}

const MS: f64 = 1e6;
const SECOND: u64 = 1_000_000_000;

impl Lived {
    /// The mean time until a good answer, in milliseconds: of those who came after the warm-up.
    pub fn response_ms(&self) -> f64 {
        self.report.clients[0].latency.mean_ns / MS
    }

    /// The 99th percentile of the same. The histogram keeps two digits, so it is up to one per cent too high.
    pub fn p99_ms(&self) -> f64 {
        self.report.clients[0].latency.p99_us as f64 / 1e3
    }

    /// Of those who came after the warm-up: the share without a good answer.
    pub fn unanswered(&self) -> f64 {
        let client = &self.report.clients[0];
        1.0 - client.pleased as f64 / client.judged as f64
    }

    /// Of what came in a stretch of the run that began and ended so many seconds after the warm-up: the share that was
    /// answered well, whenever in it. Nothing when nobody came.
    pub fn goodput(&self, from_s: u64, to_s: u64) -> f64 {
        let (mut good, mut offered) = (0.0, 0.0);
        for client in self.stretch(from_s, to_s).flat_map(|sample| sample.clients.iter()) {
            good += f64::from(client.good);
            offered += f64::from(client.offered);
        }
        good / offered
    }

    /// Attempts a second that a place sent in the same stretch, the first place that calls being 0.
    pub fn sent_a_second(&self, place: usize, from_s: u64, to_s: u64) -> f64 {
        let sent: f64 = self.stretch(from_s, to_s).map(|sample| f64::from(sample.calls[place].sent)).sum();
        sent / (to_s - from_s) as f64
    }

    fn stretch(&self, from_s: u64, to_s: u64) -> impl Iterator<Item = &Arc<seatrial_sim::engine::Sample>> {
        let warm = self.sim.system().clock.warm_up;
        let (from, to) = (warm + from_s * SECOND, warm + to_s * SECOND);
        self.sim.samples().iter().filter(move |sample| sample.at > from && sample.at <= to)
    }

    /// Attempts of a place in the same stretch, for each first one.
    pub fn load(&self, place: usize, from_s: u64, to_s: u64) -> f64 {
        let (mut sent, mut retries) = (0.0, 0.0);
        for sample in self.stretch(from_s, to_s) {
            sent += f64::from(sample.calls[place].sent);
            retries += f64::from(sample.calls[place].retries);
        }
        sent / (sent - retries)
    }

    /// Of those who came: for which share a promise was broken.
    pub fn broken(&self, promise: &str) -> f64 {
        let broken = self.report.invariant(promise).map_or(f64::NAN, |invariant| invariant.violations as f64);
        broken / self.report.clients[0].arrivals as f64
    }

    /// Requests that came to a service of the file.
    pub fn offered(&self, service: &str) -> f64 {
        let found = self.report.services.iter().find(|known| known.name == service);
        found.map_or(f64::NAN, |service| service.offered as f64)
    }
}
