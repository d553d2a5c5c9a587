//! Several calls at once: parallel calls that join, and hedged calls, of which the first good answer counts.
//!
//! A fork holds what is under way: flights, or hedged calls that are themselves forks. Whoever made it waits for it as for a
//! single call. Once it is decided nobody waits for the rest of it: their callees work on, as after a time-out, or are cancelled
//! where the policy says so.
//!
//! A join of all ends with the first failure that it cannot do without (`Promise.all`, Java's `ShutdownOnFailure`); a join of the
//! first n ends with the n-th good answer, or as soon as so many cannot come any more (`Promise.any`). Hedging is that of gRPC
//! (proposal A6): after each delay one more; what is final ends it, what may be tried again sends the next at once.

use smallvec::SmallVec;

use super::World;
use super::arena::Ref;
use super::calls::Leg;
use super::listen::Who;
use super::queue::Kind;
use super::run::Then;
use super::state::NOBODY;
use super::story::Part;
use crate::system::{CallId, ForkId, ServiceId, System};
use crate::{Outcome, Outcomes};

#[derive(Debug, Clone)]
pub struct Fork {
    pub act: Ref,
    /// The fork that it is a branch of, and which, when a hedged call is one of several.
    pub over: u32,
    pub branch: u16,
    kind: What,
    /// While its first calls are sent nothing is decided: each is sent, whatever the one before came to.
    sending: bool,
    open: SmallVec<[Open; 4]>,
    good: u16,
    /// The first failure that counts.
    outcome: Outcome,
    /// Instances that a hedged call has asked, where it asks elsewhere each time.
    asked: SmallVec<[u32; 4]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Hedge { call: CallId, sent: u16, unknown: bool },
    Join(ForkId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Flight(Ref),
    Fork(Ref),
}

impl Fork {
    /// Under way, those of forks below it apart.
    pub fn flights(&self) -> usize {
        self.open.iter().filter(|open| matches!(open, Open::Flight(_))).count()
    }
}

impl World {
    fn new_fork(&mut self, act: Ref, leg: Leg, kind: What) -> Ref {
        let fork = Fork {
            act,
            over: leg.fork,
            branch: leg.number,
            kind,
            sending: true,
            open: SmallVec::new(),
            good: 0,
            outcome: Outcome::Ok,
            asked: SmallVec::new(),
        };
        let fork = self.forks.put(fork);
        if leg.fork == NOBODY {
            self.acts[act.at].fork = fork.at;
        } else {
            self.forks[leg.fork].open.push(Open::Fork(fork));
        }
        fork
    }

    /// Sends all calls of a parallel step.
    pub(super) fn fork(&mut self, system: &System, act: Ref, which: ForkId) -> Then {
        let fork = self.new_fork(act, Leg::ALONE, What::Join(which));
        for (branch, def) in system.forks[which.at()].branches.iter().enumerate() {
            for time in 0..self.param(act.at, def.times).max(1) {
                let leg = Leg { fork: fork.at, number: branch as u16, time: time as u16 };
                self.one_call(system, act, def.call, leg);
            }
        }
        self.forks[fork.at].sending = false;
        self.join(system, fork.at, which);
        Then::Waits
    }

    /// A call whose policy hedges: the first of it now, others after a while.
    pub(super) fn hedged_call(&mut self, system: &System, act: Ref, call: CallId, after: u64, leg: Leg) {
        let fork = self.new_fork(act, leg, What::Hedge { call, sent: 1, unknown: false });
        self.after(after, Kind::Hedge, fork);
        self.flight(system, act, call, Leg { fork: fork.at, number: 0, time: leg.time });
        self.forks[fork.at].sending = false;
        self.weigh(system, fork.at);
    }

    /// The time after which one more is sent is over.
    pub(super) fn hedge_due(&mut self, system: &System, fork: Ref) {
        let Some(&Fork { kind: What::Hedge { call, .. }, act, .. }) = self.forks.get(fork) else {
            return;
        };
        if !self.sends_another(system, fork.at) {
            return;
        }
        let after = self.param(act.at, system.calls[call.at()].policy.hedge_after) as u64;
        if after > 0 {
            self.after(after, Kind::Hedge, fork);
        }
        self.weigh(system, fork.at);
    }

    /// Whether one more of a hedged call was sent: as many as its policy and the retry budget allow.
    fn sends_another(&mut self, system: &System, fork: u32) -> bool {
        let Fork { kind: What::Hedge { call, sent, unknown }, act, .. } = self.forks[fork] else {
            return false;
        };
        let def = &system.calls[call.at()];
        let replica = self.acts[act.at].replica;
        if i64::from(sent) > self.param(act.at, def.policy.hedge_at_most) || !self.spend(replica, call.at(), def) {
            return false;
        }
        self.forks[fork].kind = What::Hedge { call, sent: sent + 1, unknown };
        let (case, service) = (self.acts[act.at].case, ServiceId(self.replicas[replica as usize].service));
        self.beat_by(Who::act(act), case, Part::Service(service), || super::Beat::Hedges { call });
        self.forks[fork].sending = true;
        self.flight(system, act, call, Leg { fork, number: 0, time: sent });
        self.forks[fork].sending = false;
        true
    }

    /// Whom a call has asked already, all its attempts and hedges taken together.
    pub(super) fn asked(&mut self, flight: Ref) -> &mut SmallVec<[u32; 4]> {
        let flight = &mut self.flights[flight.at];
        match self.forks.live_mut(flight.leg.fork) {
            Some(fork) if matches!(fork.kind, What::Hedge { .. }) => &mut fork.asked,
            _ => flight.asked.get_or_insert_default(),
        }
    }

    /// A flight of a fork is under way.
    pub(super) fn in_fork(&mut self, fork: u32, flight: Ref) {
        self.forks[fork].open.push(Open::Flight(flight));
    }

    /// A flight of a fork has come to something, all its attempts made.
    pub(super) fn leg_over(&mut self, system: &System, leg: Leg, call: CallId, flight: Option<Ref>, outcome: Outcome) {
        if let Some(flight) = flight {
            self.forks[leg.fork].open.retain(|open| *open != Open::Flight(flight));
        }
        match self.forks[leg.fork].kind {
            What::Join(_) => {
                let act = self.forks[leg.fork].act;
                let outcome = self.falls_back(system, act, call, outcome);
                self.branch_over(system, leg.fork, leg.number, outcome);
            }
            What::Hedge { call, sent, unknown } => {
                let state = &mut self.forks[leg.fork];
                state.kind = What::Hedge { call, sent, unknown: unknown | (outcome == Outcome::Unknown) };
                let again = Outcomes::from_bits(self.param(self.forks[leg.fork].act.at, system.calls[call.at()].policy.retry));
                let state = &mut self.forks[leg.fork];
                state.outcome = outcome;
                state.good += u16::from(outcome == Outcome::Ok || !again.has(outcome));
                if !state.sending {
                    self.weigh(system, leg.fork);
                }
            }
        }
    }

    /// Whether a hedged call is over: something final came, or nothing is under way and no more is sent.
    fn weigh(&mut self, system: &System, fork: u32) {
        loop {
            let Fork { kind: What::Hedge { call, unknown, .. }, act, over, branch, good, outcome, .. } = self.forks[fork] else {
                return;
            };
            if good == 0 {
                if outcome == Outcome::Ok {
                    return;
                }
                // What may be tried again sends the next at once.
                self.forks[fork].outcome = Outcome::Ok;
                if self.sends_another(system, fork) {
                    continue;
                }
                self.forks[fork].outcome = outcome;
                if !self.forks[fork].open.is_empty() {
                    return;
                }
            }
            // That the last was certainly not made says nothing of those before it.
            let outcome = if outcome == Outcome::Refused && unknown { Outcome::Unknown } else { outcome };
            let of = self.forks.of(fork);
            self.abandon(system, fork);
            let outcome = self.falls_back(system, act, call, outcome);
            if over == NOBODY {
                return self.call_comes_to(system, act, call, outcome);
            }
            self.forks[over].open.retain(|open| *open != Open::Fork(of));
            return self.branch_over(system, over, branch, outcome);
        }
    }

    /// A branch of a parallel step has come to something.
    pub(super) fn branch_over(&mut self, system: &System, fork: u32, branch: u16, outcome: Outcome) {
        let What::Join(which) = self.forks[fork].kind else { return };
        let optional = system.forks[which.at()].branches[branch as usize].optional;
        let state = &mut self.forks[fork];
        if outcome == Outcome::Ok {
            state.good += 1;
        } else if state.outcome == Outcome::Ok && !optional {
            state.outcome = outcome;
        }
        if !state.sending {
            self.join(system, fork, which);
        }
    }

    fn join(&mut self, system: &System, fork: u32, which: ForkId) {
        let def = &system.forks[which.at()];
        let Fork { act, good, outcome, ref open, .. } = self.forks[fork];
        let (good, open) = (i64::from(good), open.len() as i64);
        let first = self.param(act.at, def.first);
        let outcome = match first {
            0 if outcome != Outcome::Ok => outcome,
            0 if open == 0 => Outcome::Ok,
            first if first > 0 && good >= first => Outcome::Ok,
            // Too few are left. Were all that failed ones that one can do without, it is still not what was asked for.
            first if first > 0 && good + open < first => if outcome == Outcome::Ok { Outcome::Failed } else { outcome },
            _ => return,
        };
        self.abandon(system, fork);
        let state = &mut self.acts[act.at];
        (state.fork, state.outcome) = (NOBODY, outcome);
        if !self.falls_into_trap(system, act, def.step) {
            self.ready.push(act);
        }
    }

    /// Nobody waits any more for what a fork has under way.
    pub(super) fn abandon(&mut self, system: &System, fork: u32) {
        let act = self.forks[fork].act;
        for open in std::mem::take(&mut self.forks[fork].open) {
            match open {
                Open::Fork(fork) => self.abandon(system, fork.at),
                Open::Flight(flight) => {
                    self.acts[act.at].effects = true;
                    self.leave_flight(system, flight);
                }
            }
        }
        self.forks.free(fork);
    }

    /// The replica died that had it under way. `told`: whose connections break.
    pub(super) fn forget_fork(&mut self, system: &System, fork: u32, told: &mut Vec<Ref>) {
        for open in std::mem::take(&mut self.forks[fork].open) {
            match open {
                Open::Fork(fork) => self.forget_fork(system, fork.at, told),
                Open::Flight(flight) => {
                    told.extend(self.callees_of(system, flight));
                    self.flights.free(flight.at);
                }
            }
        }
        self.forks.free(fork);
    }
}
