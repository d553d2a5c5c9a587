//! The boxes and lines of the picture at this instant: figures of the newest sample, and what an operator's tools show now.

use seatrial_scenario::picture::Shape;
use seatrial_sim::engine::{Console, Sample};
use seatrial_sim::system::{NONE, VIA_OUTBOX};
use serde::Serialize;

use super::{ms, per_second};
use crate::take::Take;
use crate::wiring::Wire;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Now {
    pub boxes: Vec<BoxNow>,
    pub edges: Vec<EdgeNow>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BoxNow {
    /// Per second.
    pub rate: Option<f64>,
    pub p50_ms: Option<f64>,
    pub p99_ms: Option<f64>,
    /// Replicas that take requests, and all.
    pub up: u32,
    pub replicas: u32,
    pub waiting: u32,
    /// A change that arrives replica by replica.
    pub rolling: Option<Rolling>,
    /// Of a topic: what waits in each partition, for the group that is furthest behind.
    pub lanes: Option<Vec<u64>>,
    pub degraded: bool,
    /// What is the matter, in a word or three.
    pub word: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rolling {
    pub done: u32,
    pub of: u32,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EdgeNow {
    /// Per second.
    pub rate: Option<f64>,
    pub failed: f64,
    /// What a group has still to handle.
    pub lag: Option<u64>,
    /// Of the lag, per second.
    pub growing: Option<f64>,
    /// A policy, or what is the matter.
    pub word: Option<String>,
    pub degraded: bool,
}

/// Failures above this share are worth a colour: the usual threshold of an error alert.
const DEGRADED: f64 = 0.05;
/// A queue that holds more than this and grows is worth one too.
const LONG: u64 = 100;

pub fn now(take: &Take) -> Now {
    let sim = take.sim();
    let console = sim.console();
    let samples = sim.samples();
    let newest = samples.last().map(AsRef::as_ref);
    let before = samples.len().checked_sub(2).map_or(0, |at| samples[at].at);
    let span = newest.map_or(0, |sample| sample.at - before);
    let seen = Seen { take, console: &console, newest, span };
    let wiring = &take.play.wiring;
    Now {
        boxes: wiring.picture.boxes.iter().map(|place| seen.a_box(place.what, place.at)).collect(),
        edges: wiring.wires.iter().map(|wire| seen.an_edge(wire)).collect(),
    }
}

struct Seen<'a> {
    take: &'a Take,
    console: &'a Console,
    newest: Option<&'a Sample>,
    span: u64,
}

impl Seen<'_> {
    fn rate(&self, count: u32) -> f64 {
        per_second(count, self.span)
    }

    fn a_box(&self, what: Shape, at: usize) -> BoxNow {
        match what {
            Shape::Client => self.client(at),
            Shape::Service => self.service(at),
            Shape::Store => self.store(at),
            Shape::Topic => self.topic(at),
            Shape::Provider => self.provider(at),
        }
    }

    fn client(&self, at: usize) -> BoxNow {
        let Some(of) = self.newest.map(|sample| sample.clients[at]) else { return BoxNow::default() };
        BoxNow {
            rate: Some(self.rate(of.offered)),
            p50_ms: Some(ms(of.p50_us)),
            p99_ms: Some(ms(of.p99_us)),
            degraded: share(of.bad, of.offered) > DEGRADED,
            ..BoxNow::default()
        }
    }

    fn service(&self, at: usize) -> BoxNow {
        use seatrial_sim::engine::Health;
        let now = &self.console.services[at];
        let count = |health: Health| now.replicas.iter().filter(|replica| replica.health == health).count() as u32;
        let (up, starting) = (count(Health::Up), count(Health::Starting));
        // What ends on purpose is nobody's failure.
        let of = now.replicas.len() as u32 - count(Health::Ending);
        let sample = self.newest.map(|sample| sample.services[at]);
        let rolling = now.roll_outs.last().filter(|roll| roll.has < roll.of).map(|roll| Rolling { done: roll.has, of: roll.of });
        // A version on its way: how many of those that take requests are made from it.
        let rolling = rolling.or_else(|| {
            let release = now.release.as_ref()?;
            let done = now.replicas.iter().filter(|replica| replica.version == Some(release.to) && replica.health == Health::Up).count();
            Some(Rolling { done: done as u32, of })
        });
        let stuck = now.release.as_ref().is_some_and(|release| release.late || release.held);
        let breakers: u32 = self.calls_from(at).map(|call| self.console.calls[call].open).sum();
        let failing = self.failing_partitions(at);
        let paused = self.groups_of(at).any(|group| self.console.groups[group].paused);
        let failed = sample.map_or(0.0, |s| share(s.failed + s.refused, s.answered + s.refused));
        let word = match () {
            () if !now.answers => Some("no answer".to_owned()),
            () if stuck => Some("roll-out stands still".to_owned()),
            () if up < of && starting > 0 => Some(format!("{starting} starting")),
            () if up < of => Some(format!("{} down", of - up)),
            () if paused => Some("paused".to_owned()),
            () if failing > 0 => Some(format!("{failing} retrying")),
            () if breakers > 0 => Some("breaker open".to_owned()),
            () => None,
        };
        BoxNow {
            rate: sample.map(|s| self.rate(s.answered + s.refused)),
            p50_ms: sample.map(|s| ms(s.p50_us)),
            p99_ms: sample.map(|s| ms(s.p99_us)),
            up,
            replicas: of,
            waiting: now.replicas.iter().map(|replica| replica.waiting).sum(),
            rolling,
            lanes: None,
            degraded: !now.answers || up < of || failing > 0 || breakers > 0 || failed > DEGRADED,
            word,
        }
    }

    fn store(&self, at: usize) -> BoxNow {
        let now = self.console.stores[at];
        let sample = self.newest.map(|sample| sample.stores[at]);
        let word = match (now.answers, now.outbox) {
            (false, _) => Some("no answer".to_owned()),
            (true, waiting) if u64::from(waiting) > LONG => Some(format!("{waiting} to send")),
            _ => None,
        };
        BoxNow {
            rate: sample.map(|s| self.rate(s.commits)),
            p50_ms: sample.filter(|_| now.answers).map(|s| ms(s.p50_us)),
            p99_ms: sample.filter(|_| now.answers).map(|s| ms(s.p99_us)),
            waiting: now.outbox,
            degraded: word.is_some(),
            word,
            ..BoxNow::default()
        }
    }

    fn topic(&self, at: usize) -> BoxNow {
        let now = self.console.topics[at];
        let sample = self.newest.map(|sample| sample.topics[at]);
        let groups = self.take.play.system.groups.iter().enumerate().filter(|(_, group)| group.topic.at() == at);
        let slowest = groups.map(|(group, _)| &self.console.groups[group]).max_by_key(|group| group.lag);
        BoxNow {
            rate: sample.map(|s| self.rate(s.published)),
            waiting: u32::try_from(now.held).unwrap_or(u32::MAX),
            lanes: slowest.map(|group| group.partitions.iter().map(|part| part.lag).collect()),
            degraded: !now.answers,
            word: (!now.answers).then(|| "takes nothing".to_owned()),
            ..BoxNow::default()
        }
    }

    fn provider(&self, at: usize) -> BoxNow {
        let now = self.console.providers[at];
        let sample = self.newest.map(|sample| sample.providers[at]);
        BoxNow {
            rate: sample.map(|s| self.rate(s.good + s.other)),
            p50_ms: sample.map(|s| ms(s.p50_us)),
            p99_ms: sample.map(|s| ms(s.p99_us)),
            degraded: !now.answers || sample.is_some_and(|s| share(s.other, s.good + s.other) > DEGRADED * 2.0),
            word: (!now.answers).then(|| "no answer".to_owned()),
            ..BoxNow::default()
        }
    }

    fn an_edge(&self, wire: &Wire) -> EdgeNow {
        if let Some(client) = wire.client {
            let Some(of) = self.newest.map(|sample| sample.clients[client]) else { return EdgeNow::default() };
            // A card that was declined is an answer like another: what counts here is what went wrong.
            let target = self.take.play.system.clients[client].target;
            let service = self.take.play.system.handlers[target.at()].service.at();
            let wrong = self.newest.map_or(0, |sample| sample.services[service].failed + sample.services[service].refused);
            let degraded = share(wrong, of.offered) > DEGRADED;
            return EdgeNow { rate: Some(self.rate(of.offered)), failed: self.rate(wrong), degraded, ..EdgeNow::default() };
        }
        if let Some(group) = wire.group {
            return self.group(group);
        }
        if let Some(store) = wire.store {
            let sample = self.newest.map(|sample| sample.stores[store]);
            let failed = sample.map_or(0, |s| s.refused);
            return EdgeNow {
                rate: sample.map(|s| self.rate(s.commits)),
                failed: self.rate(failed),
                degraded: !self.console.stores[store].answers,
                ..EdgeNow::default()
            };
        }
        if let Some(topic) = wire.topic {
            let sample = self.newest.map(|sample| sample.topics[topic]);
            let publish = wire.publishes.first().map(|&at| &self.take.play.system.publishes[at]);
            let via = publish.and_then(|publish| self.take.sim().configured(publish.via).first().copied());
            let word = via.map(|via| if via == VIA_OUTBOX { "outbox" } else { "sent directly" }.to_owned());
            return EdgeNow {
                rate: sample.map(|s| self.rate(s.published)),
                failed: sample.map_or(0.0, |s| self.rate(s.refused)),
                word,
                degraded: !self.console.topics[topic].answers,
                ..EdgeNow::default()
            };
        }
        if let Some(provider) = wire.events {
            let sample = self.newest.map(|sample| sample.providers[provider]);
            return EdgeNow {
                rate: sample.map(|s| self.rate(s.hooks_sent)),
                failed: sample.map_or(0.0, |s| self.rate(s.hooks_failed)),
                word: None,
                degraded: sample.is_some_and(|s| share(s.hooks_failed, s.hooks_sent) > DEGRADED),
                ..EdgeNow::default()
            };
        }
        self.calls(wire)
    }

    fn calls(&self, wire: &Wire) -> EdgeNow {
        let (mut sent, mut failed) = (0, 0);
        if let Some(sample) = self.newest {
            for &call in &wire.calls {
                let of = sample.calls[call];
                sent += of.sent;
                failed += of.failed + of.refused + of.timed_out + of.held_back;
            }
        }
        let open: u32 = wire.calls.iter().map(|&call| self.console.calls[call].open).sum();
        // Of several calls to one provider the busiest is the one that people decide about.
        let busiest = || wire.calls.iter().copied().rev().max_by_key(|&call| self.newest.map_or(0, |sample| sample.calls[call].sent));
        let word = match open {
            0 if wire.to_provider && sent > 0 => busiest().map(|call| self.policy(call)),
            0 => None,
            _ => Some("breaker open".to_owned()),
        };
        EdgeNow {
            rate: self.newest.map(|_| self.rate(sent)),
            failed: self.rate(failed),
            word,
            degraded: open > 0 || share(failed, sent) > DEGRADED,
            ..EdgeNow::default()
        }
    }

    fn group(&self, group: usize) -> EdgeNow {
        let now = &self.console.groups[group];
        let sample = self.newest.map(|sample| sample.groups[group]);
        let samples = self.take.sim().samples();
        let growing = (samples.len() >= 2).then(|| {
            let (last, before) = (&samples[samples.len() - 1], &samples[samples.len() - 2]);
            let grown = f64::from(last.groups[group].lag) - f64::from(before.groups[group].lag);
            (grown / ((last.at - before.at) as f64 / 1e9) * 10.0).round() / 10.0
        });
        let failing = now.partitions.iter().any(|part| part.failing.is_some());
        let long = now.lag > LONG && growing.is_some_and(|growing| growing > 0.0);
        let word = match () {
            () if now.paused => Some("paused".to_owned()),
            () if now.resets => Some("offsets are reset".to_owned()),
            () if now.dead > 0 => Some(if now.dead == 1 { "1 dead letter".to_owned() } else { format!("{} dead letters", now.dead) }),
            () => None,
        };
        EdgeNow {
            rate: sample.map(|s| self.rate(s.handled)),
            failed: sample.map_or(0.0, |s| self.rate(s.failed)),
            lag: Some(now.lag),
            growing,
            word,
            degraded: failing || long || now.dead > 0,
        }
    }

    /// `waits 2s, up to 3 attempts, no key`: the candidate's own decisions stand where they act.
    fn policy(&self, call: usize) -> String {
        let system = &self.take.play.system;
        let policy = system.calls[call].policy;
        let first = |param| self.take.sim().configured(param).first().copied().unwrap_or_default();
        let mut words = Vec::new();
        match first(policy.timeout) {
            0 => words.push("waits for ever".to_owned()),
            timeout => words.push(format!("waits {}", span(timeout as u64))),
        }
        match first(policy.attempts) {
            attempts if attempts > 1 => words.push(format!("up to {attempts} attempts")),
            _ => words.push("one attempt".to_owned()),
        }
        words.push(if first(policy.key) == NONE { "no key" } else { "with a key" }.to_owned());
        words.join(", ")
    }

    fn calls_from(&self, service: usize) -> impl Iterator<Item = usize> {
        use seatrial_sim::system::Owner;
        let system = &self.take.play.system;
        system.calls.iter().enumerate().filter_map(move |(at, call)| {
            matches!(system.params[call.policy.timeout.at()].owner, Owner::Service(owner) if owner.at() == service).then_some(at)
        })
    }

    fn groups_of(&self, service: usize) -> impl Iterator<Item = usize> {
        let system = &self.take.play.system;
        let mine = move |group: &seatrial_sim::system::Group| system.handlers[group.handler.at()].service.at() == service;
        system.groups.iter().enumerate().filter(move |(_, group)| mine(group)).map(|(at, _)| at)
    }

    fn failing_partitions(&self, service: usize) -> usize {
        let of = |group: usize| self.console.groups[group].partitions.iter().filter(|part| part.failing.is_some()).count();
        self.groups_of(service).map(of).sum()
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// `2 s`, `300 ms`.
pub(crate) fn span(ns: u64) -> String {
    match ns {
        0..1_000_000_000 => format!("{} ms", ns / 1_000_000),
        ns if ns % 1_000_000_000 == 0 => format!("{} s", ns / 1_000_000_000),
        ns => format!("{:.1} s", ns as f64 / 1e9),
    }
}
