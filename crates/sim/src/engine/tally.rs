//! Everything that came in, and what became of it.

use hdrhistogram::Histogram;

use crate::Outcome;
use crate::system::System;

#[derive(Debug, Clone)]
pub struct Tally {
    pub clients: Vec<ClientTally>,
    pub services: Vec<ServiceTally>,
    pub providers: Vec<ProviderTally>,
    pub caches: Vec<super::CacheTally>,
    pub published: u64,
    pub retries: u64,
    pub committed: u64,
    pub aborted: u64,
    pub crashes: u64,
    pub links: Vec<LinkTally>,
}

#[derive(Debug, Clone)]
pub struct ClientTally {
    pub arrivals: u64,
    pub clicks: u64,
    pub by_outcome: [u64; 7],
    /// Of clicks after the warm-up.
    pub judged_by_outcome: [u64; 7],
    /// Of arrivals after the warm-up: those that got a good answer in the end.
    pub judged: u64,
    pub pleased: u64,
    /// Clicks after the warm-up, answered `ok`; microseconds.
    pub latency: Histogram<u64>,
    pub latency_sum_ns: u128,
    pub latency_count: u64,
}

#[derive(Debug, Clone, Default)]
pub struct ServiceTally {
    pub offered: u64,
    pub turned_away: u64,
    pub expired: u64,
    pub killed: u64,
    pub ended: u64,
    pub by_outcome: [u64; 7],
    /// Workers that are held, and the instants at which others were let go less those at which all were taken: nanoseconds,
    /// going round below 0.
    busy: u64,
    let_go_less_taken: u128,
}

/// Of what was sent: everything arrives, is lost, is given up, is taken back, or is still on its way.
#[derive(Debug, Clone, Copy, Default)]
pub struct LinkTally {
    pub sent: u64,
    pub arrived: u64,
    pub lost: u64,
    pub given_up: u64,
    pub withdrawn: u64,
    /// Packets.
    pub sent_again: u64,
}

#[derive(Debug, Clone, Default)]
pub struct ProviderTally {
    pub received: u64,
    pub lost: u64,
    pub turned_away: u64,
    pub answered: u64,
    pub answers_lost: u64,
    pub replayed: u64,
}

impl Tally {
    pub fn new(system: &System) -> Tally {
        let client = || ClientTally {
            arrivals: 0,
            clicks: 0,
            by_outcome: [0; 7],
            judged_by_outcome: [0; 7],
            judged: 0,
            pleased: 0,
            latency: histogram(),
            latency_sum_ns: 0,
            latency_count: 0,
        };
        Tally {
            clients: system.clients.iter().map(|_| client()).collect(),
            services: vec![ServiceTally::default(); system.services.len()],
            providers: vec![ProviderTally::default(); system.providers.len()],
            caches: vec![super::CacheTally::default(); system.caches.len()],
            published: 0,
            retries: 0,
            committed: 0,
            aborted: 0,
            crashes: 0,
            links: vec![LinkTally::default(); system.links.len()],
        }
    }
}

impl ClientTally {
    pub fn answered(&mut self, outcome: Outcome, judged: bool) {
        self.by_outcome[outcome as usize] += 1;
        self.judged_by_outcome[outcome as usize] += u64::from(judged);
    }

    pub fn good(&mut self, nanoseconds: u64) {
        self.latency.saturating_record(nanoseconds / 1000);
        self.latency_sum_ns += u128::from(nanoseconds);
        self.latency_count += 1;
    }
}

impl ServiceTally {
    /// So many workers more are held from now on.
    #[inline]
    pub fn busy(&mut self, now: u64, more: i64) {
        self.busy = self.busy.wrapping_add_signed(more);
        self.let_go_less_taken = self.let_go_less_taken.wrapping_sub((i128::from(more) * i128::from(now)) as u128);
    }

    /// Worker time held until now, for utilisation: nanoseconds times workers.
    pub fn busy_ns(&self, now: u64) -> u128 {
        self.let_go_less_taken.wrapping_add(u128::from(self.busy) * u128::from(now))
    }
}

/// From a microsecond to an hour, two digits.
fn histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 3_600_000_000, 2).unwrap_or_else(|_| unreachable!("bounds and digits are valid"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Worker time is what one gets who adds it up span by span.
        #[test]
        fn worker_time_adds_up(steps in prop::collection::vec((0u64..1 << 50, 0u8..3, 1i64..9), 0..50)) {
            let (mut tally, mut now, mut held, mut sum) = (ServiceTally::default(), 0u64, 0u64, 0u128);
            for (span, what, count) in steps {
                now += span;
                sum += u128::from(held) * u128::from(span);
                prop_assert_eq!(tally.busy_ns(now), sum);
                let more = match what {
                    0 => count,
                    1 => -count.min(held as i64),
                    _ => 0,
                };
                held = held.saturating_add_signed(more);
                tally.busy(now, more);
                prop_assert_eq!(tally.busy_ns(now), sum);
            }
        }
    }
}
