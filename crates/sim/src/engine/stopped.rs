//! Where a run ends before its clock does: a system may ask for more than a machine has, or for endless work at one
//! instant. Then the run stops, says so, and what it came to until then is its report.

use std::fmt;

use super::World;

/// Steps at one instant: calls that fail and are tried again without a pause multiply from layer to layer.
pub const STEPS_AT_ONCE: u32 = 1_000_000;

/// Requests, messages, people and the like that are there at one time; a few hundred bytes each.
pub const IN_FLIGHT: usize = 500_000;

/// Records and rows that are kept at one time.
pub const KEPT: usize = 4_000_000;

/// Samples of telemetry; a day of them every ten seconds is 8640.
pub const SAMPLES: usize = 200_000;

/// Bytes of all samples together: a sample holds some thirty bytes for each service, call, store and topic.
pub const SAMPLED_BYTES: usize = 512 << 20;

/// Of all services together.
pub const REPLICAS: usize = 10_000;

/// When and why a run ended before its clock. `Display` says it in words, with the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    /// Nanoseconds since virtual 0.
    pub at: u64,
    /// Which limit was passed.
    pub why: Why,
}

/// The limits of a run: a system may ask for more than a machine has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// More than a million steps at one instant: retries or calls without an end that take no time.
    StepsAtOnce,
    /// More than half a million requests in flight.
    Requests,
    /// More than half a million messages, webhooks or entries of outboxes that nobody has handled.
    Messages,
    /// More than half a million arrivals that something can still reach.
    Cases,
    /// More than four million records, rows and entries of caches.
    Kept,
    /// More than 200,000 samples of telemetry, or 512 MiB of them.
    Samples,
    /// More than ten thousand replicas of all services together.
    Replicas,
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.at as f64 / 1e9;
        write!(f, "stopped after {seconds} s: ")?;
        match self.why {
            Why::StepsAtOnce => write!(
                f,
                "more than {STEPS_AT_ONCE} steps at one instant; retries or calls without an end take no time"
            ),
            Why::Requests => write!(f, "more than {IN_FLIGHT} requests in flight"),
            Why::Messages => {
                write!(f, "more than {IN_FLIGHT} messages, events or entries of outboxes that nobody has handled")
            }
            Why::Cases => write!(f, "more than {IN_FLIGHT} arrivals that something can still reach"),
            Why::Kept => write!(f, "more than {KEPT} records and rows"),
            Why::Samples => {
                let most = SAMPLED_BYTES >> 20;
                write!(f, "more than {SAMPLES} samples of telemetry, or {most} MiB of them; take them less often")
            }
            Why::Replicas => write!(f, "more than {REPLICAS} replicas"),
        }
    }
}

impl World {
    #[cold]
    pub(super) fn stop(&mut self, why: Why) {
        let at = self.now;
        self.stopped.get_or_insert(Stopped { at, why });
    }

    /// What grows slowly is looked at with every sample.
    pub(super) fn stop_if_too_much(&mut self) {
        let outboxes: usize = self.stores.iter().map(|store| store.outbox.len()).sum();
        let looked_at: usize = self.jobs.iter().map(|job| job.reported.len()).sum();
        if self.messages.count() + self.handed.count() + self.hooks.count() + outboxes > IN_FLIGHT {
            self.stop(Why::Messages);
        }
        if self.people.count() + self.operators.tickets.count() + self.operators.moves.count() + looked_at > IN_FLIGHT {
            self.stop(Why::Cases);
        }
        let shared = self.caches.iter().chain(self.replicas.iter().flat_map(|replica| &replica.caches));
        if self.vault.kept() + shared.map(super::caches::CacheState::len).sum::<usize>() > KEPT {
            self.stop(Why::Kept);
        }
        let samples = self.telemetry.series.len();
        let bytes = self.telemetry.series.last().map_or(0, |sample| sample.bytes());
        if samples > SAMPLES || samples.saturating_mul(bytes) > SAMPLED_BYTES {
            self.stop(Why::Samples);
        }
    }
}
