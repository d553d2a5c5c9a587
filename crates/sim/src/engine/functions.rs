//! Calls inside a process: a handler of a module that lives in the caller's own service is a function. It runs on the
//! caller's replica, holds the caller's worker, and uses its pools; there is no network, no queue, no time-out and no
//! second attempt, and nobody counts it as a request.

use super::World;
use super::arena::Ref;
use super::calls::Leg;
use super::chance::mix;
use super::listen::Who;
use super::replicas::Sending;
use super::run::Then;
use super::state::{Act, Caller, Flight, From, NOBODY, Site};
use super::story::{Beat, Part};
use super::wires::Way;
use crate::Outcome;
use crate::system::{CallDef, CallId, HandlerId, REGS, ServiceId, System, Target};

impl World {
    /// Who is called, with modules where they are at the moment.
    #[inline]
    pub(super) fn target(&self, system: &System, def: &CallDef) -> Target {
        let Some(placed) = def.placed else { return def.target };
        let placed = &system.placed[placed.at()];
        let place = self.configs.get(super::config::WORLD, placed.place);
        usize::try_from(place).ok().and_then(|place| placed.handlers.get(place)).map_or(def.target, |&handler| Target::Handler(handler))
    }

    /// The handler, when it is a function of the process that calls.
    #[inline]
    pub(super) fn is_function(&self, system: &System, act: u32, def: &CallDef) -> Option<HandlerId> {
        def.placed?;
        let Target::Handler(handler) = self.target(system, def) else { return None };
        let own = self.replicas[self.acts[act].replica as usize].service;
        (system.handlers[handler.at()].service.0 == own).then_some(handler)
    }

    pub(super) fn call_function(&mut self, system: &System, act: Ref, call: CallId, handler: HandlerId, leg: Leg) -> Then {
        let def = &system.calls[call.at()];
        let Act { replica, case, luck, deadline, checks, click, saga_attempt, priority, .. } = self.acts[act.at];
        let sites = &mut self.replicas[replica as usize].sites;
        if sites.is_empty() {
            sites.resize(system.calls.len(), Site::default());
        }
        sites[call.at()].in_flight += 1;
        // As the first attempt of a remote call has it, so that the same people meet the same luck wherever it lives.
        let luck = mix(luck, u64::from(def.step.0) | 1 << 40);
        let luck = if leg.time == 0 { luck } else { mix(luck, u64::from(leg.time) | 1 << 42) };
        let flight = self.flights.put(Flight {
            from: From::Act(act),
            call: u32::from(call.0),
            attempt: 1,
            case,
            luck,
            began: self.now,
            sent: self.now,
            waited: 0,
            unknown: false,
            replica,
            to: NOBODY,
            way: Way::default(),
            leg,
        });
        if leg.fork == NOBODY {
            self.acts[act.at].flight = Some(flight);
        } else {
            self.in_fork(leg.fork, flight);
        }
        let part = Part::Service(ServiceId(self.replicas[replica as usize].service));
        self.beat_by(Who::call(act, flight), case, part, || Beat::Calls { call, attempt: 1 });
        let mut regs = [0i64; REGS];
        for (reg, fill) in regs.iter_mut().zip(&def.args) {
            *reg = self.fill(system, act.at, *fill, None);
        }
        let caller = Caller::Function(flight);
        let luck = mix(luck, 1);
        let sending = Sending { handler, regs, caller, case, luck, deadline, checks, click, saga_attempt, priority };
        let callee = self.begin_aside(system, replica, &sending, system.handlers[handler.at()].entry);
        self.flights[flight.at].way.callee = callee;
        Then::Waits
    }

    pub(super) fn function_returns(&mut self, system: &System, flight: Ref, outcome: Outcome, result: u32) {
        let Some(&Flight { from: From::Act(act), call, replica, case, leg, sent: since, .. }) = self.flights.get(flight) else {
            return;
        };
        let call = CallId(call as u16);
        let def = &system.calls[call.at()];
        let part = Part::Service(ServiceId(self.replicas[replica as usize].service));
        self.beat_by(Who::call(act, flight), case, part, || Beat::Returns { call, attempt: 1, outcome, since });
        if let (Some(record), Outcome::Ok) = (def.brings, outcome) {
            self.beat_brought(act, part, record, result);
        }
        if matches!(outcome, Outcome::Ok | Outcome::Unknown) {
            self.acts[act.at].effects = true;
        }
        self.replicas[replica as usize].sites[call.at()].in_flight -= 1;
        self.flights.free(flight.at);
        if let (Some(reg), true) = (def.result, result != NOBODY) {
            self.acts[act.at].regs[reg as usize] = i64::from(result);
        }
        if leg.fork != NOBODY {
            return self.leg_over(system, leg, call, Some(flight), outcome);
        }
        let outcome = self.falls_back(system, act, call, outcome);
        self.call_comes_to(system, act, call, outcome);
    }
}
