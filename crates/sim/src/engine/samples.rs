//! What instruments count between two samples, and the samples that come of it.

use crate::Outcome;
use crate::system::System;

/// Figures of one span of time. Everything but `broken` and `cost` is what instruments show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sample {
    /// Its end, in nanoseconds after virtual 0; it begins where the one before it ends.
    pub at: u64,
    /// Per client, as are all lists in the order of the system's.
    pub clients: Box<[ClientSample]>,
    /// Per service.
    pub services: Box<[ServiceSample]>,
    /// Per version of those that have some.
    pub versions: Box<[VersionSample]>,
    /// Per place that calls.
    pub calls: Box<[CallSample]>,
    /// Per store.
    pub stores: Box<[StoreSample]>,
    /// Per topic.
    pub topics: Box<[TopicSample]>,
    /// Per consumer group.
    pub groups: Box<[GroupSample]>,
    /// Per provider.
    pub providers: Box<[ProviderSample]>,
    /// Per measure: nanoseconds; 0 unless business figures are bought.
    pub measures: Box<[u64]>,
    /// Oracle: per invariant, broken so far, since the beginning of the run.
    pub broken: Box<[u32]>,
    /// Oracle: what all of that has cost so far, in minor units.
    pub cost: i64,
}

impl Sample {
    /// What it takes in memory. A system has as many of each at any time.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Sample>()
            + size_of_val(&self.clients[..])
            + size_of_val(&self.services[..])
            + size_of_val(&self.calls[..])
            + size_of_val(&self.stores[..])
            + size_of_val(&self.topics[..])
            + size_of_val(&self.groups[..])
            + size_of_val(&self.providers[..])
            + size_of_val(&self.measures[..])
            + size_of_val(&self.broken[..])
    }
}

/// What the people of a client met.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ClientSample {
    /// Arrivals.
    pub offered: u32,
    /// Clicks that came to `ok`.
    pub good: u32,
    /// Clicks that came to anything else, giving up included.
    pub bad: u32,
    /// Of the good clicks, from click to answer, microseconds. 0 when there were none, as with all quantiles of samples;
    /// each is the upper edge of one of eight buckets to a doubling.
    pub p50_us: u32,
    /// Nine of ten took at most so long.
    pub p90_us: u32,
    /// 99 of 100 took at most so long.
    pub p99_us: u32,
}

/// What a service answered, over all of its instances.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ServiceSample {
    /// Answers, whatever they say; probes and functions of modules are not counted.
    pub answered: u32,
    /// Of those answered: `failed`, `invalid`, `refused` or `unknown`.
    pub failed: u32,
    /// Not let in, so not answered: no instance was up, or there was no room.
    pub refused: u32,
    /// Requests that wait for a worker, at the end of the sample.
    pub waiting: u32,
    /// Of answers, from when a request came, its wait included, microseconds.
    pub p50_us: u32,
    /// 99 of 100 took at most so long, microseconds.
    pub p99_us: u32,
    /// Instances that are up and ready, at the end of the sample.
    pub up: u16,
    /// All instances, at the end of the sample.
    pub replicas: u16,
}

/// What instances of one version did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VersionSample {
    /// Answers, whatever they say.
    pub answered: u32,
    /// Of those answered: `ok`.
    pub ok: u32,
    /// Of those answered: `failed`, `invalid`, `refused` or `unknown`.
    pub failed: u32,
    /// Not let in.
    pub refused: u32,
    /// Of answers, from when a request came, microseconds.
    pub p50_us: u32,
    /// 99 of 100 took at most so long, microseconds.
    pub p99_us: u32,
}

/// Attempts as their caller counts them. Those whose caller died are sent, and nothing else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallSample {
    /// Attempts that left.
    pub sent: u32,
    /// Of those sent: second and later attempts.
    pub retries: u32,
    /// Answered: yes, or no for a reason of the business.
    pub ok: u32,
    /// Answered: it went wrong, or it can never work.
    pub failed: u32,
    /// Certainly not done.
    pub refused: u32,
    /// No answer in time.
    pub timed_out: u32,
    /// Not sent: the breaker was open or the bulkhead full.
    pub held_back: u32,
    /// Of answered attempts, microseconds.
    pub p50_us: u32,
    /// 99 of 100 took at most so long, microseconds.
    pub p99_us: u32,
}

/// What a store did for all that use it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StoreSample {
    /// Transactions that ended with `ok`, those included that stop at a row that is there.
    pub commits: u32,
    /// Transactions that ended otherwise, after they had a connection.
    pub aborts: u32,
    /// No connection: the store is down, is full, or the pool was not free in time.
    pub refused: u32,
    /// Of commits, from asking for a connection, microseconds.
    pub p50_us: u32,
    /// 99 of 100 took at most so long, microseconds.
    pub p99_us: u32,
}

/// What a broker was given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TopicSample {
    /// Messages that it took.
    pub published: u32,
    /// Not taken by the broker.
    pub refused: u32,
}

/// How a consumer group stands, and what it did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GroupSample {
    /// Messages that it has not handled, at the end of the sample, dead letters apart; of a queue, what nobody has taken.
    pub lag: u32,
    /// Of a queue: what consumers hold, at the end of the sample.
    pub in_flight: u32,
    /// Of the partition that is furthest behind (Kafka's `records-lag-max`).
    pub lag_max: u32,
    /// Dead letters, at the end of the sample.
    pub dead: u32,
    /// Messages that it was through with.
    pub handled: u32,
    /// Attempts that failed.
    pub failed: u32,
}

/// Requests as their callers count them, and the events that the provider sends by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProviderSample {
    /// Answered `ok`, `declined` or `missing`.
    pub good: u32,
    /// Everything else: other answers, answers that were lost, requests that were turned away.
    pub other: u32,
    /// From request to answer, microseconds.
    pub p50_us: u32,
    /// 99 of 100 took at most so long, microseconds.
    pub p99_us: u32,
    /// Attempts to deliver events.
    pub hooks_sent: u32,
    /// Answered with `ok`.
    pub hooks_ok: u32,
    /// All other answers, and none in time.
    pub hooks_failed: u32,
}

/// Of the sample that is being taken.
#[derive(Debug, Clone, Default)]
pub struct Counting {
    pub clients: Vec<Counted<ClientSample>>,
    pub services: Vec<Counted<ServiceSample>>,
    pub versions: Vec<Counted<VersionSample>>,
    pub calls: Vec<Counted<CallSample>>,
    pub stores: Vec<Counted<StoreSample>>,
    pub topics: Vec<TopicSample>,
    pub groups: Vec<GroupSample>,
    pub providers: Vec<Counted<ProviderSample>>,
}

/// Counts, and the times from which the sample's quantiles come.
#[derive(Debug, Clone, Default)]
pub struct Counted<T> {
    pub is: T,
    times: Times,
}

impl<T: Copy + Default> Counted<T> {
    /// What was counted with its quantiles, in microseconds; begins anew.
    pub fn take(&mut self, with: impl FnOnce(&mut T, &Times)) -> T {
        let mut is = std::mem::take(&mut self.is);
        with(&mut is, &self.times);
        self.times.clear();
        is
    }
}

impl Counting {
    pub fn new(system: &System) -> Counting {
        Counting {
            clients: vec![Counted::default(); system.clients.len()],
            services: vec![Counted::default(); system.services.len()],
            versions: vec![Counted::default(); system.versions.len()],
            calls: vec![Counted::default(); system.calls.len()],
            stores: vec![Counted::default(); system.stores.len()],
            topics: vec![TopicSample::default(); system.topics.len()],
            groups: vec![GroupSample::default(); system.groups.len()],
            providers: vec![Counted::default(); system.providers.len()],
        }
    }

    #[inline]
    pub fn client_answered(&mut self, client: u16, outcome: Outcome, took: u64) {
        let now = &mut self.clients[client as usize];
        if outcome == Outcome::Ok {
            now.is.good += 1;
            now.times.add(took);
        } else {
            now.is.bad += 1;
        }
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub fn service_answered(&mut self, service: u16, outcome: Outcome, took: u64) {
        let now = &mut self.services[service as usize];
        now.is.answered += 1;
        now.is.failed += u32::from(!good(outcome));
        now.times.add(took);
    }

    pub fn version_answered(&mut self, version: u16, outcome: Outcome, took: u64) {
        let now = &mut self.versions[version as usize];
        now.is.answered += 1;
        now.is.ok += u32::from(outcome == Outcome::Ok);
        now.is.failed += u32::from(!good(outcome));
        now.times.add(took);
    }

    pub fn version_refused(&mut self, version: u16) {
        self.versions[version as usize].is.refused += 1;
    }

    #[inline]
    pub fn refused(&mut self, service: u16) {
        self.services[service as usize].is.refused += 1;
    }

    #[inline]
    pub fn sent(&mut self, call: u16, again: bool) {
        let now = &mut self.calls[call as usize].is;
        now.sent += 1;
        now.retries += u32::from(again);
    }

    #[inline]
    pub fn attempt_done(&mut self, call: u16, outcome: Outcome, took: u64) {
        let now = &mut self.calls[call as usize];
        if good(outcome) {
            now.is.ok += 1;
        } else {
            match outcome {
                Outcome::Unknown => return now.is.timed_out += 1,
                Outcome::Refused => return now.is.refused += 1,
                _ => now.is.failed += 1,
            }
        }
        now.times.add(took);
    }

    #[inline]
    pub fn committed(&mut self, store: u16, took: u64) {
        let now = &mut self.stores[store as usize];
        now.is.commits += 1;
        now.times.add(took);
    }

    /// `took` for an answer, none for a request that nobody answered.
    #[inline]
    pub fn provider_answered(&mut self, provider: u16, outcome: Outcome, took: Option<u64>) {
        let now = &mut self.providers[provider as usize];
        match good(outcome) {
            true => now.is.good += 1,
            false => now.is.other += 1,
        }
        if let Some(took) = took {
            now.times.add(took);
        }
    }

    pub fn hook_answered(&mut self, provider: u16, outcome: Outcome) {
        let now = &mut self.providers[provider as usize].is;
        match outcome {
            Outcome::Ok => now.hooks_ok += 1,
            _ => now.hooks_failed += 1,
        }
    }
}

/// Answered: yes, or no for a reason of the business.
fn good(outcome: Outcome) -> bool {
    outcome < Outcome::Invalid
}

/// Counts of times, eight buckets to a doubling: good to an eighth, cheap to clear.
#[derive(Debug, Clone)]
pub struct Times {
    counts: [u32; BUCKETS],
    total: u32,
}

const BUCKETS: usize = 8 * 36;

impl Default for Times {
    fn default() -> Times {
        Times { counts: [0; BUCKETS], total: 0 }
    }
}

impl Times {
    #[inline(always)]
    fn add(&mut self, nanoseconds: u64) {
        let us = (nanoseconds / 1000).max(1);
        let power = us.ilog2();
        let eighth = (us << 3 >> power) as usize & 7;
        let at = (power as usize * 8 + eighth).min(BUCKETS - 1);
        self.counts[at] += 1;
        self.total += 1;
    }

    /// Microseconds, the upper edge of the bucket.
    pub fn quantile_us(&self, per_mille: u64) -> u32 {
        if self.total == 0 {
            return 0;
        }
        let rank = (u64::from(self.total) * per_mille).div_ceil(1000).max(1);
        let mut seen = 0;
        for (at, count) in self.counts.iter().enumerate() {
            seen += u64::from(*count);
            if seen >= rank {
                let (power, eighth) = (at / 8, at as u64 % 8);
                let edge = if power >= 3 { (9 + eighth) << (power - 3) } else { (9 + eighth) >> (3 - power) };
                return u32::try_from(edge).unwrap_or(u32::MAX);
            }
        }
        u32::MAX
    }

    fn clear(&mut self) {
        if self.total > 0 {
            *self = Times::default();
        }
    }
}
