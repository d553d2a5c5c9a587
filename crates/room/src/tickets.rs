//! Tickets: what a customer writes, and whether it is so.

use seatrial_sim::Id;
use seatrial_sim::engine::TicketSeen;

use crate::playable::Playable;
use crate::take::Take;

/// A ticket in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketWords {
    /// `order 8123`.
    pub what: String,
    pub key: String,
    /// What its writer says has happened.
    pub claim: String,
    pub says: String,
}

impl Playable {
    pub fn ticket_words(&self, ticket: &TicketSeen) -> TicketWords {
        let system = &self.system;
        let invariant = &system.invariants[ticket.invariant.at()];
        let key = Id(ticket.id as u64).show(&system.shapes);
        let what = seatrial_story::words::thing(system, ticket.record, ticket.id);
        let claim = Some(invariant.called.clone()).filter(|claim| !claim.is_empty());
        let says = Some(&invariant.says).filter(|says| !says.is_empty());
        TicketWords {
            claim: claim.unwrap_or_else(|| format!("says that “{}” does not hold", crate::act::plain(&invariant.name))),
            says: says.map_or_else(|| format!("Something is wrong with {what}."), |says| says.replace("{id}", &key)),
            what,
            key,
        }
    }
}

impl Take {
    fn ticket(&self, number: u32) -> Option<&TicketSeen> {
        self.sim.tickets().find(|ticket| ticket.number == u64::from(number))
    }

    pub(crate) fn ticket_about(&self, number: u32) -> String {
        self.ticket(number).map_or_else(String::new, |ticket| self.play.ticket_words(ticket).what)
    }

    /// Whether what a ticket says has happened: none when there is no such ticket.
    pub(crate) fn ticket_is_true(&self, number: u32) -> Option<bool> {
        // Nobody writes who was not hurt; what was put right since was so all the same.
        self.ticket(number).map(|_| true)
    }

    /// What is true about each ticket, in a sentence for the panel.
    pub(crate) fn truth_of(&self, tickets: &[TicketSeen]) -> Vec<String> {
        let asked: Vec<_> = tickets.iter().map(|ticket| (ticket.invariant, ticket.id)).collect();
        let said = self.sim.are_broken(&asked).into_iter().map(|now| match now {
            Some(true) => "It is so, and nobody has put it right.",
            Some(false) => "It was so, and has been put right.",
            None => "It was so.",
        });
        said.map(str::to_owned).collect()
    }
}
