//! Who knows where the instances of a service are: what is true, what is written down, and what each caller has heard.
//!
//! A service's directory is a log of changes. A caller's view is how far it has read the log; how far it can have read by now
//! follows from the kind of discovery, so hearing of a change takes no event:
//!
//! - endpoints: each change comes to each caller after a delay of its own, in order, as a watch delivers them;
//! - DNS: the log up to the last resolution. Connections are not made anew, so nothing is resolved, before one fails or is too
//!   old; then the resolver answers from its cache while the record lives;
//! - registry: the log up to the last fetch, and of that what the registry had put into the list that it hands out.

use std::collections::VecDeque;

use super::World;
use super::chance::{Purpose, draw, mix, unit};
use super::config::WORLD;
use super::queue::Kind;
use super::state::{Caller, Health, NOBODY};
use super::story::NoWay;
use crate::Outcome;
use crate::system::{Discovery, System, by};

/// An instance as it can be found: a place is given to another instance after it is gone, an address is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    pub replica: u32,
    pub address: u32,
}

#[derive(Debug, Clone, Copy)]
struct Change {
    at: u64,
    of: Endpoint,
    there: bool,
}

/// What is written down of a service's instances.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    log: VecDeque<Change>,
    /// How many changes stood before those.
    dropped: usize,
    listed: Vec<Endpoint>,
}

/// A caller that is further behind than this takes the whole list, as a watch that is too old does (Kubernetes API: 410 Gone).
const LOG_MAX: usize = 20_000;

impl Directory {
    fn write(&mut self, change: Change) {
        self.log.push_back(change);
        if self.log.len() > LOG_MAX {
            self.log.pop_front();
            self.dropped += 1;
        }
    }

    /// How many changes there were.
    fn written(&self) -> usize {
        self.dropped + self.log.len()
    }
}

/// What one caller believes.
#[derive(Debug, Clone, Default)]
pub struct View {
    known: Vec<Endpoint>,
    begun: bool,
    /// How much of the log it has read, and when it read the last of it.
    read: usize,
    last: u64,
    /// When its resolver asked last, and when its connections were made.
    resolved: u64,
    connected: u64,
    /// A connection failed, or was closed: it is made anew.
    broken: bool,
}

/// The address of nobody.
pub const GONE: u32 = u32::MAX;

/// Where a request was to go.
pub enum Chosen {
    Replica(u32),
    /// Nobody listens there: refused by the machine, or, where there is no machine any more, by nobody.
    NotThere { silent: bool },
    /// Nobody is known.
    Nobody,
}

impl World {
    pub(super) fn endpoint(&self, replica: u32) -> Endpoint {
        Endpoint { replica, address: self.replicas[replica as usize].address }
    }

    /// Writes down whether an instance is to be found, from now on.
    pub(super) fn list(&mut self, system: &System, replica: u32, there: bool) {
        let service = self.replicas[replica as usize].service as usize;
        if system.services[service].discovery.is_none() {
            return;
        }
        let of = self.endpoint(replica);
        let directory = &mut self.directories[service];
        match directory.listed.iter().position(|listed| *listed == of) {
            Some(_) if there => return,
            Some(at) => {
                directory.listed.remove(at);
            }
            None if there => directory.listed.push(of),
            None => return,
        }
        directory.write(Change { at: self.now, of, there });
        self.note(21 << 40 | u64::from(there), u64::from(of.address));
    }

    /// An instance stops answering and tells nobody. A platform notices (the delay of its endpoints counts from here); a
    /// registry waits until the lease is over.
    pub(super) fn falls_silent(&mut self, system: &System, replica: u32) {
        let service = self.replicas[replica as usize].service as usize;
        let Some(discovery) = system.services[service].discovery else {
            return;
        };
        if self.configs.get(WORLD, discovery.by) != by::REGISTRY {
            return self.list(system, replica, false);
        }
        self.stops_renewing(system, replica);
    }

    /// Its lease, where there is one, is over after a while.
    pub(super) fn stops_renewing(&mut self, system: &System, replica: u32) {
        let service = self.replicas[replica as usize].service as usize;
        let Some(discovery) = system.services[service].discovery else {
            return;
        };
        if self.configs.get(WORLD, discovery.by) != by::REGISTRY {
            return;
        }
        let every = (self.configs.get(WORLD, discovery.renew) as u64).max(1);
        let lease = self.configs.get(WORLD, discovery.expires) as u64;
        let of = self.endpoint(replica);
        let phase = mix(mix(self.setup.seed, u64::from(of.address)), 41) % every;
        let renewed = last_of(self.now, every, phase).max(self.replicas[replica as usize].up_since.unwrap_or(0));
        self.replicas[replica as usize].renewed = renewed;
        self.queue.push((renewed + lease).max(self.now), Kind::Lease, replica, of.address);
    }

    /// A lease is over, unless it was renewed in the meantime.
    pub(super) fn lease_over(&mut self, system: &System, replica: u32, address: u32) {
        let state = &self.replicas[replica as usize];
        if state.address != address {
            return self.lease_of_the_gone_over(Endpoint { replica, address });
        }
        let service = state.service as usize;
        let Some(discovery) = system.services[service].discovery else {
            return;
        };
        let lease = self.configs.get(WORLD, discovery.expires) as u64;
        let silent = state.health != Health::Up || state.paused_since.is_some();
        if silent && state.renewed + lease <= self.now {
            self.list(system, replica, false);
        }
    }

    /// The lease of an instance that was taken away while it was dead. Its place may be that of another service by now.
    fn lease_of_the_gone_over(&mut self, of: Endpoint) {
        let at = self.now;
        for directory in &mut self.directories {
            if let Some(listed) = directory.listed.iter().position(|listed| *listed == of) {
                directory.listed.remove(listed);
                directory.write(Change { at, of, there: false });
            }
        }
    }

    /// What a caller believes by now. `from` is `NOBODY` for people and webhooks: they come through one balancer.
    fn consults(&mut self, system: &System, from: u32, service: usize, discovery: &Discovery) -> Vec<Endpoint> {
        let mut view = match from {
            NOBODY => std::mem::take(&mut self.services[service].view),
            from => {
                let views = &mut self.replicas[from as usize].views;
                if views.len() <= service {
                    views.resize(service + 1, View::default());
                }
                std::mem::take(&mut views[service])
            }
        };
        self.reads(system, from, service, discovery, &mut view);
        let known = view.known.clone();
        match from {
            NOBODY => self.services[service].view = view,
            from => self.replicas[from as usize].views[service] = view,
        }
        known
    }

    fn reads(&self, system: &System, from: u32, service: usize, discovery: &Discovery, view: &mut View) {
        let directory = &self.directories[service];
        let of = |param| self.configs.get(WORLD, param) as u64;
        let who = if from == NOBODY { u64::MAX } else { u64::from(self.replicas[from as usize].address) };
        let luck = mix(mix(self.setup.seed, who), service as u64 | 43 << 40);
        let kind = self.configs.get(WORLD, discovery.by);
        if !view.begun {
            view.begun = true;
            (view.resolved, view.connected) = (self.now, self.now);
            // Who begins later begins with what is written down. Who was there from the beginning has heard of all of it in turn.
            let from_start = from == NOBODY || self.replicas[from as usize].up_since.is_none();
            if kind == by::DNS || !from_start {
                (view.known, view.read, view.last) = (directory.listed.clone(), directory.written(), self.now);
            }
        }
        if view.read < directory.dropped {
            (view.known, view.read) = (directory.listed.clone(), directory.written());
        }
        let until = match kind {
            by::DNS => {
                let age = of(discovery.pool_age);
                if view.broken || age > 0 && self.now - view.connected >= age {
                    (view.broken, view.connected) = (false, self.now);
                    if self.now - view.resolved >= of(discovery.ttl) {
                        view.resolved = self.now;
                    }
                    view.last = view.resolved;
                }
                // Records that have come since the last connection was made are not looked at.
                view.last
            }
            by::REGISTRY => {
                let every = of(discovery.fetch).max(1);
                let fetched = last_of(self.now, every, luck % every);
                match of(discovery.cache) {
                    0 => fetched,
                    cache => fetched - fetched % cache,
                }
            }
            _ => self.now,
        };
        while let Some(change) = directory.log.get(view.read - directory.dropped) {
            let mut at = change.at;
            if kind == by::ENDPOINTS && at > 0 {
                let bits = draw(mix(luck, view.read as u64), discovery.step.0, Purpose::Delay);
                at = (at + self.duration(system, self.configs.get(WORLD, discovery.delay), bits)).max(view.last);
            }
            if at > until {
                return;
            }
            if kind == by::ENDPOINTS {
                view.last = at;
            }
            view.known.retain(|known| *known != change.of);
            if change.there {
                view.known.push(change.of);
            }
            view.read += 1;
        }
    }

    /// A connection of a caller has failed: a pool resolves the name again.
    pub(super) fn connection_failed(&mut self, from: u32, service: usize) {
        let view = match from {
            NOBODY => Some(&mut self.services[service].view),
            from => self.replicas[from as usize].views.get_mut(service),
        };
        if let Some(view) = view {
            view.broken = true;
        }
    }

    /// The instances among which a caller chooses.
    pub(super) fn believes(&mut self, system: &System, from: u32, service: usize) -> Vec<Endpoint> {
        match &system.services[service].discovery {
            Some(discovery) => self.consults(system, from, service, discovery),
            None => {
                let listed = self.services[service].replicas.iter().filter(|&&replica| self.is_listed(replica));
                listed.map(|&replica| self.endpoint(replica)).collect()
            }
        }
    }

    /// Whether somebody takes requests at this address.
    pub(super) fn is_home(&self, of: Endpoint) -> bool {
        self.replicas[of.replica as usize].address == of.address && self.accepts(of.replica)
    }

    /// A request went where nobody is. Where no machine is either, nobody says so, and the caller waits in vain.
    pub(super) fn not_there(&mut self, system: &System, from: u32, service: usize, caller: Caller, silent: bool) -> Result<(), Outcome> {
        self.telemetry.now.refused(service as u16);
        self.connection_failed(from, service);
        let connect = system.services[service].discovery.map_or(0, |discovery| self.configs.get(WORLD, discovery.connect) as u64);
        if let (true, Caller::Flight { flight, attempt }) = (silent && connect > 0, caller) {
            self.flights[flight.at].way.connecting = true;
            self.queue.push(self.now + connect, Kind::NobodyThere, flight.at, super::calls::stamp(flight, attempt));
            return Ok(());
        }
        self.call_finds(caller, NoWay::NobodyListens);
        Err(Outcome::Refused)
    }

    pub(super) fn call_finds(&mut self, caller: Caller, why: NoWay) {
        if let Caller::Flight { flight, attempt } = caller {
            self.tells_no_way(flight, attempt, why);
        }
    }

    /// The connection did not open in time: certainly nothing was sent.
    pub(super) fn nobody_there(&mut self, system: &System, at: u32, stamped: u32) {
        let Some(flight) = self.unstamp(at, stamped) else {
            return;
        };
        let attempt = self.flights[at].attempt;
        self.flights[at].way.connecting = false;
        self.tells_no_way(flight, attempt, NoWay::Silent);
        self.attempt_done(system, flight, attempt, Outcome::Refused, NOBODY);
    }

    /// How long a connection lasts: a tenth more or less, so that they do not all end at once (gRPC A9).
    pub(super) fn connection_age(&self, age: u64, luck: u64) -> u64 {
        (age as f64 * (0.9 + 0.2 * unit(draw(luck, 0, Purpose::Other)))) as u64
    }
}

/// The last of the instants `phase`, `phase + every`, … that is not after `now`; 0 before the first.
fn last_of(now: u64, every: u64, phase: u64) -> u64 {
    if now < phase { 0 } else { now - (now - phase) % every }
}
