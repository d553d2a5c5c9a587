//! Calls inside a process: a handler of a module that lives in the caller's own service is a function. It runs on the
//! caller's replica, holds the caller's worker, and uses its pools; there is no network, no queue, no time-out and no
//! second attempt, and nobody counts it as a request.

use super::World;
use super::arena::Ref;
use super::calls::Leg;
use super::listen::Who;
use super::sending::Sending;
use super::run::Then;
use super::state::{Act, Caller, Flight, From};
use super::story::{Beat, Part};
use crate::Outcome;
use crate::system::{CallDef, CallId, HandlerId, ServiceId, System, Target};

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
        let Act { replica, case, deadline, checks, click, saga_attempt, priority, .. } = self.acts[act.at];
        // As the first attempt of a remote call has it, so that the same people meet the same luck wherever it lives.
        let (flight, luck) = self.steps_inside(system, act, call, leg);
        let part = Part::Service(ServiceId(self.replicas[replica as usize].service));
        self.beat_by(Who::call(act, flight), case, part, || Beat::Calls { call, attempt: 1 });
        let args = self.arguments(system, act.at, def);
        let caller = Caller::Function(flight);
        let sending = Sending { handler, args: &args, caller, case, luck, deadline, checks, click, saga_attempt, priority };
        let callee = self.begin_aside(system, replica, &sending, system.handlers[handler.at()].entry);
        self.flights[flight.at].way.callee = callee;
        Then::Waits
    }

    pub(super) fn function_returns(&mut self, system: &System, flight: Ref, outcome: Outcome, result: u32) {
        let Some(&Flight { from: From::Act(act), call, replica, case, sent: since, .. }) = self.flights.get(flight) else {
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
        self.land(system, flight, act, outcome, result);
    }
}
