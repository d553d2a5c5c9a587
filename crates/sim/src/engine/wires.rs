//! Connections between a replica and those that it calls over a link: kept open and used again, opened when none is idle.
//!
//! One request at a time on each, as HTTP/1.1 has it. Opening takes a round trip, and it is there that nobody answers
//! (`refused`, certainly: no request was sent); a request on an open connection whose answer does not come is `unknown`. Who
//! stops waiting closes the connection. Those who are no replica (people, providers) open one each time.

use super::World;
use super::arena::Ref;
use super::chance::mix;
use super::config::WORLD;
use super::links::Cargo;
use super::listen::Who;
use super::state::{From, NOBODY};
use super::story::NoWay;
use crate::Outcome;
use crate::system::{CallId, LinkId, System};

/// The open connections to one target that nobody uses.
#[derive(Debug, Clone, Default)]
pub struct Idle {
    /// Of the process at the other end: another one has no connections.
    pub life: u32,
    /// When each was opened.
    pub opened: Vec<u64>,
}

/// How a call in flight got to its callee.
#[derive(Debug, Clone, Copy, Default)]
pub struct Way {
    pub link: Option<LinkId>,
    pub connecting: bool,
    /// When its connection was opened.
    pub opened: u64,
    /// The request, while it is on its way.
    pub request: Ref,
    /// What it has started.
    pub callee: Ref,
}

const SYN_NS_MAX: u64 = 127_000_000_000;

impl World {
    fn life_of(&self, to: u32) -> u32 {
        if to == NOBODY { 0 } else { self.replicas[to as usize].life }
    }

    /// Sends a request over a link: at once on an idle connection, else behind the opening of one.
    pub(super) fn sends(&mut self, system: &System, link: LinkId, replica: u32, flight: Ref, attempt: u16, luck: u64, cargo: Cargo) {
        let to = self.flights[flight.at].to;
        let way = &mut self.flights[flight.at].way;
        way.link = Some(link);
        if let Some(opened) = self.idle_connection(system, link, replica, to) {
            let sent = self.depart(system, link, false, replica, luck, cargo);
            let way = &mut self.flights[flight.at].way;
            (way.opened, way.request) = (opened, sent.unwrap_or_default());
            return;
        }
        let limit = self.configs.get(WORLD, system.links[link.at()].connect) as u64;
        let until = self.now + if limit == 0 { SYN_NS_MAX } else { limit };
        self.flights[flight.at].way.connecting = true;
        let opens = Cargo::Opens { flight, attempt, until, luck, request: Box::new(cargo) };
        let sent = self.depart(system, link, false, replica, mix(luck, 1 << 42), opens);
        self.flights[flight.at].way.request = sent.unwrap_or_default();
    }

    fn idle_connection(&mut self, system: &System, link: LinkId, replica: u32, to: u32) -> Option<u64> {
        if replica == NOBODY {
            return None;
        }
        let (now, life) = (self.now, self.life_of(to));
        let lifetime = self.configs.get(WORLD, system.links[link.at()].lifetime) as u64;
        let idle = self.replicas[replica as usize].idle.get_mut(&(link.0, to))?;
        if idle.life != life {
            idle.opened.clear();
        }
        // The one that rested last, as most pools have it.
        while let Some(opened) = idle.opened.pop() {
            if lifetime == 0 || opened.saturating_add(lifetime) > now {
                return Some(opened);
            }
        }
        None
    }

    /// An answer came: whoever is next may use its connection.
    pub(super) fn connection_rests(&mut self, flight: Ref, attempt: u16, outcome: Outcome) {
        let Some(waiting) = self.flights.get(flight) else { return };
        let (way, replica, to) = (waiting.way, waiting.replica, waiting.to);
        let Some(link) = way.link.filter(|_| waiting.attempt == attempt) else { return };
        if replica == NOBODY || outcome == Outcome::Unknown {
            return;
        }
        let life = self.life_of(to);
        let idle = self.replicas[replica as usize].idle.entry((link.0, to)).or_default();
        if idle.life != life {
            (idle.life, idle.opened) = (life, Vec::new());
        }
        idle.opened.push(way.opened);
    }

    /// The connection is open, or is not going to open.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn opened(
        &mut self,
        system: &System,
        link: LinkId,
        replica: u32,
        luck: u64,
        flight: Ref,
        attempt: u16,
        request: Cargo,
        in_vain: bool,
    ) {
        // Whoever has stopped waiting opens nothing.
        if self.flights.get(flight).is_none_or(|waiting| waiting.attempt != attempt) {
            return;
        }
        self.flights[flight.at].way.connecting = false;
        let gone = match request {
            Cargo::Call { to, life, .. } => self.replicas[to as usize].life != life || !self.accepts(to),
            _ => false,
        };
        if in_vain || gone {
            return self.no_way(system, flight, attempt);
        }
        if let Cargo::Call { to, .. } = request
            && !self.certificate_holds(system, replica, to)
        {
            let (from, case, call) = (self.flights[flight.at].from, self.flights[flight.at].case, self.flights[flight.at].call);
            if let From::Act(act) = from {
                let (call, part) = (CallId(call as u16), self.part_of_caller(flight));
                self.beat_by(Who::call(act, flight), case, part, || super::Beat::BadCertificate { call, attempt });
            }
            return self.attempt_done(system, flight, attempt, Outcome::Refused, NOBODY);
        }
        self.flights[flight.at].way.opened = self.now;
        let sent = self.depart(system, link, false, replica, luck, request);
        self.flights[flight.at].way.request = sent.unwrap_or_default();
    }

    /// No connection: nothing was sent, so certainly nothing was done.
    pub(super) fn no_way(&mut self, system: &System, flight: Ref, attempt: u16) {
        self.tells_no_way(flight, attempt, NoWay::NotThrough);
        self.attempt_done(system, flight, attempt, Outcome::Refused, NOBODY);
    }

    pub(super) fn tells_no_way(&mut self, flight: Ref, attempt: u16, why: NoWay) {
        let (from, case, call) = (self.flights[flight.at].from, self.flights[flight.at].case, self.flights[flight.at].call);
        if let From::Act(act) = from {
            let (call, part) = (CallId(call as u16), self.part_of_caller(flight));
            self.beat_by(Who::call(act, flight), case, part, || super::Beat::CannotConnect { call, attempt, why });
        }
    }
}
