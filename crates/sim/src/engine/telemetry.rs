//! What a team with these choices can see: samples every few seconds, alerts over them; beside it, in the same samples,
//! what the oracle knows, for the panel.

use std::sync::Arc;

use super::World;
use super::config::WORLD;
use super::grounds::AlertGround;
use super::operators::Noticed;
use super::queue::Kind;
use super::report::Sign;
use super::samples::{Counting, GroupSample, Sample, Times};
use super::story::Part;
use super::unmatched::Unmatched;
use super::vault::WORLD_CASE;
use crate::expr::{Asked, Figure};
use crate::system::{AlertId, JobWork, System};

#[derive(Debug, Clone)]
pub struct TelemetryState {
    pub now: Counting,
    /// They are never changed again, so that clones of a run share them.
    pub series: Vec<Arc<Sample>>,
    pub alerts: Vec<AlertState>,
    pub unmatched: Vec<Unmatched>,
    every: u64,
}

#[derive(Debug, Clone, Default)]
pub struct AlertState {
    /// Since when the condition holds without a break.
    pub since: Option<u64>,
    pub firing: bool,
    pub fired: Vec<u64>,
}

impl TelemetryState {
    pub fn new(system: &System) -> TelemetryState {
        TelemetryState {
            now: Counting::new(system),
            series: Vec::new(),
            alerts: vec![AlertState::default(); system.alerts.len()],
            unmatched: super::unmatched::start(system),
            every: 10_000_000_000,
        }
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
        let business = system.telemetry.as_ref().is_some_and(|t| self.configs.get(WORLD, t.business) != 0);
        let measures = if business {
            self.measure_unmatched(system)
        } else {
            self.forget_unmatched();
            self.vault.forget_fresh();
            vec![0; system.measures.len()]
        };
        let mut now = std::mem::take(&mut self.telemetry.now);
        let clients = now.clients.iter_mut().map(|now| {
            now.take(|is, times| {
                (is.p50_us, is.p90_us) = (times.quantile_us(500), times.quantile_us(900));
                is.p99_us = times.quantile_us(990);
            })
        });
        let services = now.services.iter_mut().enumerate().map(|(at, now)| {
            let replicas = &self.services[at].replicas;
            now.take(|is, times| {
                (is.p50_us, is.p99_us) = (times.quantile_us(500), times.quantile_us(990));
                is.waiting = replicas.iter().map(|&at| self.replicas[at as usize].queue.len() as u32).sum();
                let fit = |replica: u32| self.is_up(replica) && !self.replicas[replica as usize].unready;
                is.up = replicas.iter().filter(|&&replica| fit(replica)).count() as u16;
                is.replicas = replicas.len() as u16;
            })
        });
        let both = |times: &Times| (times.quantile_us(500), times.quantile_us(990));
        let versions = now.versions.iter_mut().map(|now| now.take(|is, times| (is.p50_us, is.p99_us) = both(times)));
        let calls = now.calls.iter_mut().map(|now| now.take(|is, times| (is.p50_us, is.p99_us) = both(times)));
        let stores = now.stores.iter_mut().map(|now| now.take(|is, times| (is.p50_us, is.p99_us) = both(times)));
        let providers = now.providers.iter_mut().map(|now| now.take(|is, times| (is.p50_us, is.p99_us) = both(times)));
        let groups = now.groups.iter_mut().enumerate().map(|(group, now)| GroupSample {
            lag: self.backlog(system, group) as u32,
            in_flight: self.queues[group].in_flight() as u32,
            lag_max: self.lag_max(system, group) as u32,
            dead: self.groups[group].dead.len() as u32,
            ..std::mem::take(now)
        });
        let sample = Sample {
            at: self.now,
            clients: clients.collect(),
            services: services.collect(),
            versions: versions.collect(),
            calls: calls.collect(),
            stores: stores.collect(),
            topics: now.topics.iter_mut().map(std::mem::take).collect(),
            groups: groups.collect(),
            providers: providers.collect(),
            measures: measures.into(),
            broken: self.oracle.invariants.iter().map(|state| state.broken as u32).collect(),
            cost: self.oracle.invariants.iter().map(|state| state.cost).sum(),
        };
        self.telemetry.now = now;
        self.telemetry.series.push(Arc::new(sample));
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
            while self.jobs[job].reported.first().is_some_and(|item| item.since + COMPARE_BACK_NS < self.now) {
                if let Some(item) = self.jobs[job].reported.pop() {
                    self.release(item.case);
                }
            }
        }
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
        let Some(since) = state.since.filter(|since| (since / 1_000_000) as u32 == since_ms && !state.firing) else {
            return;
        };
        state.firing = true;
        state.fired.push(self.now);
        // A condition that held before a fault began is about something else.
        self.notice(system, Sign::Alert, Noticed::Alert(AlertId(at as u16)), since, since);
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
            Asked::Release { service: id, new, figure } => {
                let Some(release) = &self.services[id.at()].release else { return 0 };
                let version = if new { release.to } else { release.from };
                let of = || last.iter().map(|sample| sample.versions[version.at()]);
                let sum = |what: fn(super::VersionSample) -> u32| of().map(|sample| u64::from(what(sample))).sum::<u64>();
                let ratio = |some: u64, all: u64| if all == 0 { 0.0 } else { some as f64 / all as f64 };
                let all = sum(|s| s.answered) + sum(|s| s.refused);
                match figure {
                    Figure::ErrorRatio => ratio(sum(|s| s.failed) + sum(|s| s.refused), all).to_bits() as i64,
                    Figure::OkRatio => ratio(sum(|s| s.ok), sum(|s| s.answered)).to_bits() as i64,
                    Figure::Rate => (if span_s > 0.0 { all as f64 / span_s } else { 0.0 }).to_bits() as i64,
                    Figure::Count => all as i64,
                    Figure::P50 => of().map(|s| s.p50_us).max().map_or(0, |us| i64::from(us) * 1000),
                    Figure::P99 => of().map(|s| s.p99_us).max().map_or(0, |us| i64::from(us) * 1000),
                }
            }
            Asked::Waiting(id) => newest.map_or(0, |sample| i64::from(sample.services[id.at()].waiting)),
            Asked::Up(id) => newest.map_or(0, |sample| i64::from(sample.services[id.at()].up)),
            Asked::Lag(id) => newest.map_or(0, |sample| i64::from(sample.groups[id.at()].lag)),
            Asked::LagMax(id) => newest.map_or(0, |sample| i64::from(sample.groups[id.at()].lag_max)),
            Asked::InFlight(id) => newest.map_or(0, |sample| i64::from(sample.groups[id.at()].in_flight)),
            Asked::Parked(topic) => self.parked(topic),
            Asked::LoginsFailed(secret) => self.failed_lately(secret),
            Asked::Misused(secret) if self.audited => self.secrets[secret.at()].misused as i64,
            Asked::Oldest(id) => newest.map_or(0, |sample| sample.measures[id.at()] as i64),
            Asked::Unmatched(id) => telemetry.unmatched[id.at()].waiting as i64,
            Asked::Now => self.now as i64,
            _ => 0,
        }
    }
}
