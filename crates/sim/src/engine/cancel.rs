//! Cancellation: a caller that stops waiting tells whom it has called, where its policy says so.
//!
//! The news takes the link's time. What waits for a worker or a connection is dropped; what works stops at its next step,
//! and has its own calls cancelled in turn; what was done stays done. Somebody else's system is told nothing. As gRPC has
//! it ("Cancellation", "Deadlines": server code must look), and a closed connection in HTTP.

use super::World;
use super::arena::Ref;
use super::listen::Who;
use super::state::{Act, Caller, Flight, From, NOBODY, TxStage};
use super::story::Part;
use super::links::Cargo;
use crate::Outcome;
use crate::system::{CallId, HandlerId, System};

impl World {
    /// Whether the policy of a call in flight tells its callee.
    fn tells(&self, system: &System, flight: Ref) -> bool {
        let Flight { from, call, replica, .. } = self.flights[flight.at];
        match from {
            // A function ends with whoever called it.
            From::Act(_) if self.acts.get(self.flights[flight.at].way.callee).is_some_and(|callee| callee.caller == Caller::Function(flight)) => true,
            From::Act(_) => {
                let policy = &system.calls[call as usize].policy;
                self.configs.get(self.replicas[replica as usize].config, policy.cancel) != 0
            }
            From::Click { client, .. } => {
                self.configs.get(super::config::WORLD, system.clients[client as usize].cancel) != 0
            }
        }
    }

    /// The caller has stopped waiting for an attempt.
    pub(super) fn stops_waiting(&mut self, system: &System, flight: Ref) {
        if !self.tells(system, flight) {
            return;
        }
        let Flight { way, replica, luck, .. } = self.flights[flight.at];
        if self.transits.is(way.request) {
            // The connection is reset before the request was taken from it.
            return self.withdraw(way.request);
        }
        if !self.acts.is(way.callee) {
            return;
        }
        match way.link {
            None => self.cancelled(system, way.callee),
            Some(link) => {
                self.depart(system, link, false, replica, super::chance::mix(luck, 1 << 41), Cargo::Cancel(way.callee));
            }
        }
    }

    /// What the calls of a replica that dies have started: their connections break.
    pub(super) fn callees_of(&self, system: &System, flight: Ref) -> Option<Ref> {
        let way = self.flights[flight.at].way;
        (self.tells(system, flight) && way.link.is_none()).then_some(way.callee)
    }

    pub(super) fn cancelled(&mut self, system: &System, act: Ref) {
        let Some(&Act { waits_in_queue, handler, replica, case, answered, flight, tx, .. }) = self.acts.get(act) else {
            return;
        };
        if answered {
            return;
        }
        let handler = HandlerId(handler);
        let service = system.handlers[handler.at()].service;
        self.beat_by(Who::act(act), case, Part::Service(service), || super::Beat::Cancelled { handler });
        if waits_in_queue {
            self.leave_line(act);
            self.tally.services[service.at()].expired += 1;
            self.acts.free(act.at);
            return self.release(case);
        }
        // From here on `run` goes no further.
        self.acts[act.at].deadline = self.now;
        let fork = std::mem::replace(&mut self.acts[act.at].fork, NOBODY);
        if fork != NOBODY {
            self.abandon(system, fork);
            self.ready.push(act);
        } else if let Some(flight) = flight.filter(|flight| self.flights.is(*flight)) {
            self.drop_call(system, act, flight);
            self.ready.push(act);
        } else if let Some(tx) = tx.filter(|tx| self.txs.get(*tx).is_some_and(|tx| tx.stage == TxStage::WaitsForConnection)) {
            if let Some(pool) = self.txs[tx.at].pool {
                self.replicas[replica as usize].pools[pool as usize].waiting.retain(|waiting| *waiting != tx);
            }
            self.txs.free(tx.at);
            self.acts[act.at].tx = None;
            self.ready.push(act);
        } else if let Some(tx) = tx.filter(|tx| self.txs.get(*tx).is_some_and(|tx| tx.stage == TxStage::SetsOut)) {
            self.turns_back(system, tx);
        }
    }

    /// It waits no longer for what it has called.
    fn drop_call(&mut self, system: &System, act: Ref, flight: Ref) {
        self.stops_waiting(system, flight);
        let Flight { call, replica, to, attempt, sent, .. } = self.flights[flight.at];
        if to != NOBODY && let Some(count) = self.replicas[replica as usize].outstanding.get_mut(to as usize) {
            *count = count.saturating_sub(1);
        }
        // Between two attempts none is under way.
        if attempt & 0x80 == 0 {
            self.telemetry.now.attempt_done(CallId(call as u16).0, Outcome::Unknown, self.now - sent);
            self.gives_trial_back(replica, call as usize);
        }
        self.replicas[replica as usize].sites[call as usize].in_flight -= 1;
        self.flights.free(flight.at);
        self.acts[act.at].flight = None;
        self.acts[act.at].effects = true;
    }
}
