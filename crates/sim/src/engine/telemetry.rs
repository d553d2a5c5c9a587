//! What a team with these choices can see: samples every few seconds, alerts over them; beside it, in the same samples,
//! what the oracle knows, for the panel.

use super::World;
use super::config::WORLD;
use super::grounds::AlertGround;
use super::operators::Noticed;
use super::queue::Kind;
use super::report::Sign;
use super::story::Part;
use super::vault::WORLD_CASE;
use crate::Outcome;
use crate::expr::{Asked, Shelf};
use crate::system::{AlertId, JobWork, Measure, System};

#[derive(Debug, Clone)]
pub struct TelemetryState {
    pub clients: Vec<ClientNow>,
    pub services: Vec<ServiceNow>,
    pub providers: Vec<[u32; 2]>,
    pub series: Vec<Sample>,
    pub alerts: Vec<AlertState>,
    every: u64,
}

/// Of the sample that is being taken.
#[derive(Debug, Clone, Default)]
pub struct ClientNow {
    pub offered: u32,
    good: u32,
    bad: u32,
    times: Times,
}

#[derive(Debug, Clone, Default)]
pub struct ServiceNow {
    answered: u32,
    failed: u32,
    refused: u32,
    times: Times,
}

#[derive(Debug, Clone, Default)]
pub struct AlertState {
    /// Since when the condition holds without a break.
    pub since: Option<u64>,
    pub firing: bool,
    pub fired: Vec<u64>,
}

/// Figures of one span of time. Everything but `broken` and `cost` is what instruments show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sample {
    /// Its end.
    pub at: u64,
    pub clients: Vec<ClientSample>,
    pub services: Vec<ServiceSample>,
    pub groups: Vec<GroupSample>,
    /// Per provider: requests answered well, and all others.
    pub providers: Vec<[u32; 2]>,
    /// Per measure: nanoseconds; 0 unless business figures are bought.
    pub measures: Vec<u64>,
    /// Oracle: per invariant, broken so far.
    pub broken: Vec<u32>,
    pub cost: i64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ClientSample {
    pub offered: u32,
    pub good: u32,
    pub bad: u32,
    /// Microseconds.
    pub p50_us: u32,
    pub p90_us: u32,
    pub p99_us: u32,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ServiceSample {
    pub answered: u32,
    pub failed: u32,
    pub refused: u32,
    pub waiting: u32,
    pub p50_us: u32,
    pub p99_us: u32,
    pub up: u16,
    pub replicas: u16,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct GroupSample {
    pub lag: u32,
    pub dead: u32,
}

/// Counts of times, eight buckets to a doubling: good to an eighth, cheap to clear.
#[derive(Debug, Clone)]
struct Times {
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
    #[inline]
    fn add(&mut self, nanoseconds: u64) {
        let us = (nanoseconds / 1000).max(1);
        let power = 63 - us.leading_zeros() as usize;
        let eighth = if power >= 3 { (us >> (power - 3)) as usize & 7 } else { (us << (3 - power)) as usize & 7 };
        let at = (power * 8 + eighth).min(BUCKETS - 1);
        self.counts[at] += 1;
        self.total += 1;
    }

    /// Microseconds, the upper edge of the bucket.
    fn quantile_us(&self, per_mille: u64) -> u32 {
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

impl TelemetryState {
    pub fn new(system: &System) -> TelemetryState {
        TelemetryState {
            clients: vec![ClientNow::default(); system.clients.len()],
            services: vec![ServiceNow::default(); system.services.len()],
            providers: vec![[0; 2]; system.providers.len()],
            series: Vec::new(),
            alerts: vec![AlertState::default(); system.alerts.len()],
            every: 10_000_000_000,
        }
    }

    #[inline]
    pub fn client_answered(&mut self, client: u16, outcome: Outcome, took: u64) {
        let now = &mut self.clients[client as usize];
        if outcome == Outcome::Ok {
            now.good += 1;
            now.times.add(took);
        } else {
            now.bad += 1;
        }
    }

    #[inline]
    pub fn service_answered(&mut self, service: u16, outcome: Outcome, took: u64) {
        let now = &mut self.services[service as usize];
        now.answered += 1;
        now.failed += u32::from(outcome >= Outcome::Invalid);
        now.times.add(took);
    }

    #[inline]
    pub fn refused(&mut self, service: u16) {
        self.services[service as usize].refused += 1;
    }

    #[inline]
    pub fn provider_answered(&mut self, provider: u16, outcome: Outcome) {
        let good = outcome < Outcome::Invalid;
        self.providers[provider as usize][usize::from(!good)] += 1;
    }
}

/// How many of the last samples a metric looks at: half a minute or one sample.
const LOOK_BACK_NS: u64 = 30_000_000_000;

/// A comparison that is switched off remembers this much, for the day it is switched on.
const COMPARE_BACK_NS: u64 = 1_800_000_000_000;

impl World {
    pub(super) fn start_telemetry(&mut self, system: &System) {
        if let Some(telemetry) = &system.telemetry {
            self.telemetry.every = (self.configs.get(WORLD, telemetry.every) as u64).max(1_000_000);
        }
        self.queue.push(self.telemetry.every, Kind::Sample, 0, 0);
    }

    pub(super) fn sample(&mut self, system: &System) {
        let next = self.now + self.telemetry.every;
        if next <= system.clock.ends() {
            self.queue.push(next, Kind::Sample, 0, 0);
        }
        let waiting = |world: &World, service: usize| {
            world.services[service].replicas.iter().map(|&at| world.replicas[at as usize].queue.len() as u32).sum()
        };
        let clients = self.telemetry.clients.iter().map(|now| ClientSample {
            offered: now.offered,
            good: now.good,
            bad: now.bad,
            p50_us: now.times.quantile_us(500),
            p90_us: now.times.quantile_us(900),
            p99_us: now.times.quantile_us(990),
        });
        let services = self.telemetry.services.iter().enumerate().map(|(at, now)| ServiceSample {
            answered: now.answered,
            failed: now.failed,
            refused: now.refused,
            waiting: waiting(self, at),
            p50_us: now.times.quantile_us(500),
            p99_us: now.times.quantile_us(990),
            up: self.services[at].replicas.iter().filter(|&&replica| self.is_up(replica)).count() as u16,
            replicas: self.services[at].replicas.len() as u16,
        });
        let groups = (0..system.groups.len()).map(|group| GroupSample {
            lag: self.lag(system, group) as u32,
            dead: self.groups[group].dead.len() as u32,
        });
        let business = system.telemetry.as_ref().is_some_and(|t| self.configs.get(WORLD, t.business) != 0);
        let measure = |measure: &Measure| if business { self.oldest(measure) } else { 0 };
        let sample = Sample {
            at: self.now,
            clients: clients.collect(),
            services: services.collect(),
            groups: groups.collect(),
            providers: self.telemetry.providers.clone(),
            measures: system.measures.iter().map(measure).collect(),
            broken: self.oracle.invariants.iter().map(|state| state.broken as u32).collect(),
            cost: self.oracle.invariants.iter().map(|state| state.cost).sum(),
        };
        self.telemetry.series.push(sample);
        for now in &mut self.telemetry.clients {
            (now.offered, now.good, now.bad) = (0, 0, 0);
            now.times.clear();
        }
        for now in &mut self.telemetry.services {
            (now.answered, now.failed, now.refused) = (0, 0, 0);
            now.times.clear();
        }
        self.telemetry.providers.iter_mut().for_each(|now| *now = [0; 2]);
        self.watch_alerts(system, business);
        self.expire_messages(system);
        self.forget_reported(system);
        self.retire(system);
        self.stop_if_too_much();
    }

    fn forget_reported(&mut self, system: &System) {
        for (job, def) in system.jobs.iter().enumerate() {
            let on = self.configs.get(self.services[def.service.at()].config, def.enabled) != 0;
            if on || !matches!(def.work, JobWork::Compare(_)) {
                continue;
            }
            while self.jobs[job].reported.front().is_some_and(|item| item.since + COMPARE_BACK_NS < self.now) {
                if let Some(item) = self.jobs[job].reported.pop_front() {
                    self.release(item.case);
                }
            }
        }
    }

    /// Age of the oldest row without its counterpart. Cases are visited in the order of the rows, so the first of
    /// each table's rows that qualifies is not always the oldest: all are looked at.
    fn oldest(&self, measure: &Measure) -> u64 {
        let shelf = Shelf::Table(measure.oldest);
        let mut oldest = self.now;
        for (case, held) in self.vault.cases.iter().enumerate().filter(|(_, held)| held.live) {
            if held.born >= oldest && case as u32 != WORLD_CASE {
                continue;
            }
            let mut from = 0;
            while let Some((row, next)) = self.vault.next(shelf, case as u32, None, from) {
                from = next;
                let about = self.vault.about(shelf, row);
                if measure.states >> about.state & 1 == 0 || about.born >= oldest {
                    continue;
                }
                let value = self.vault.field(shelf, row, measure.field);
                let key = Some((measure.without_field, value));
                if self.vault.next(Shelf::Table(measure.without), case as u32, key, 0).is_none() {
                    oldest = about.born;
                }
            }
        }
        self.now - oldest
    }

    fn watch_alerts(&mut self, system: &System, business: bool) {
        if self.now < system.clock.warm_up {
            return;
        }
        for (at, alert) in system.alerts.iter().enumerate() {
            let on = self.configs.get(WORLD, alert.enabled) != 0 && (business || !alert.needs_business);
            let holds = on && system.exprs[alert.when.at()].run(&AlertGround { world: self }) != 0;
            let state = &mut self.telemetry.alerts[at];
            if !holds {
                (state.since, state.firing) = (None, false);
                continue;
            }
            if state.since.is_none() {
                state.since = Some(self.now);
                let hold = self.configs.get(WORLD, alert.hold) as u64;
                self.queue.push(self.now + hold, Kind::Alert, at as u32, (self.now / 1_000_000) as u32);
            }
        }
    }

    /// The alert has waited for as long as it must hold.
    pub(super) fn alert_due(&mut self, system: &System, at: u32, since_ms: u32) {
        let state = &mut self.telemetry.alerts[at as usize];
        let same = state.since.is_some_and(|since| (since / 1_000_000) as u32 == since_ms);
        if !same || state.firing {
            return;
        }
        state.firing = true;
        state.fired.push(self.now);
        self.notice(system, Sign::Alert, Noticed::Alert(AlertId(at as u16)), self.now);
        self.beat(WORLD_CASE, Part::Telemetry, || super::Beat::Alert { alert: AlertId(at as u16) });
        self.alert_seen(system, AlertId(at as u16));
    }

    /// A figure as the telemetry of the last samples has it.
    pub(super) fn metric(&self, what: Asked) -> i64 {
        let telemetry = &self.telemetry;
        let back = ((LOOK_BACK_NS / telemetry.every) as usize).max(1);
        let last = &telemetry.series[telemetry.series.len().saturating_sub(back)..];
        let span_s = (last.len() as u64 * telemetry.every) as f64 / 1e9;
        let newest = last.last();
        let service = |at: u16| last.iter().map(move |sample| sample.services[at as usize]);
        match what {
            Asked::ErrorRatio(id) => {
                let failed: u64 = service(id.0).map(|s| u64::from(s.failed) + u64::from(s.refused)).sum();
                let all: u64 = service(id.0).map(|s| u64::from(s.answered) + u64::from(s.refused)).sum();
                let ratio = if all == 0 { 0.0 } else { failed as f64 / all as f64 };
                ratio.to_bits() as i64
            }
            Asked::Rate(id) => {
                let all: u64 = service(id.0).map(|s| u64::from(s.answered) + u64::from(s.refused)).sum();
                let rate = if span_s > 0.0 { all as f64 / span_s } else { 0.0 };
                rate.to_bits() as i64
            }
            Asked::Latency { service: id, per_mille } => {
                let of = |s: super::ServiceSample| if per_mille <= 500 { s.p50_us } else { s.p99_us };
                service(id.0).map(of).max().map_or(0, |us| i64::from(us) * 1000)
            }
            Asked::Waiting(id) => newest.map_or(0, |sample| i64::from(sample.services[id.at()].waiting)),
            Asked::Lag(id) => newest.map_or(0, |sample| i64::from(sample.groups[id.at()].lag)),
            Asked::Parked(topic) => self.parked(topic),
            Asked::Oldest(id) => newest.map_or(0, |sample| sample.measures[id.at()] as i64),
            Asked::Now => self.now as i64,
            _ => 0,
        }
    }
}
