//! What the team can see of a step, with what it pays for at that time.

use std::collections::BTreeMap;

use seatrial_sim::engine::{Beat, Cause, Moment, SpanId};
use seatrial_sim::system::System;
use serde::Serialize;

use crate::index::Index;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// It is part of what one finds who looks for this customer's request: its trace across the services, a ticket that
    /// names the customer, a move that was made about them.
    Joined,
    /// One service sees it for itself, and nothing leads there from what the others saw.
    Apart,
    /// It is true, and nobody inside sees it.
    No,
}

/// Who belongs to a trace that begins with the person's own request.
pub(crate) struct Sight<'a> {
    index: Index<'a>,
    calls: BTreeMap<SpanId, SpanId>,
}

impl<'a> Sight<'a> {
    pub fn of(system: &System, moments: &'a [Moment]) -> Sight<'a> {
        let calls = moments.iter().filter(|moment| matches!(moment.beat, Beat::Calls { .. }));
        Sight { index: Index::of(system, moments), calls: calls.map(|moment| (moment.call, moment.act)).collect() }
    }

    pub fn seen(&self, moment: &Moment) -> Seen {
        if !moment.beat.is_visible() {
            return Seen::No;
        }
        let joins = match moment.beat {
            Beat::Ticket { .. } | Beat::TicketAnswered { .. } | Beat::Moves { .. } | Beat::MoveEnds { .. } => true,
            // A message carries its trace along, in what every broker can read.
            Beat::RunsOut { message, .. }
            | Beat::AckRefused { message }
            | Beat::Fails { message, .. } | Beat::Parked { message, .. } | Beat::PutBack { message } | Beat::Skipped { message } => {
                moment.correlated && self.index.handled.get(&message).is_none_or(|act| self.begins_with_a_person(*act))
            }
            _ => {
                let act = if moment.act.is_some() { Some(moment.act) } else { self.calls.get(&moment.call).copied() };
                moment.correlated && act.is_some_and(|act| self.begins_with_a_person(act))
            }
        };
        if joins { Seen::Joined } else { Seen::Apart }
    }

    /// What a provider sends by itself, and what a clock starts, begins a trace of its own.
    fn begins_with_a_person(&self, act: SpanId) -> bool {
        let root = self.index.acts.get(&self.index.root(act));
        root.is_some_and(|root| match root.cause {
            // A person's click is nobody's call.
            Cause::Call { call, .. } => !self.calls.contains_key(&call),
            // The operator's move names the customer.
            Cause::Move => true,
            Cause::Message { .. } | Cause::Event { .. } | Cause::Item | Cause::Itself => false,
        })
    }
}
