//! People behind the system: the support desk with its tickets, and an automatic operator for unattended runs.

use std::collections::VecDeque;

use super::World;
use super::arena::{Arena, Ref};
use super::chance::{Purpose, mix};
use super::config::WORLD;
use super::moves::{By, EndedMove, Making, With};
use super::queue::Kind;
use super::report::{MoveReport, Sign};
use super::state::NOBODY;
use super::story::Part;
use super::vault::WORLD_CASE;
use crate::expr::Shelf;
use crate::system::{After, AlertId, FaultEffect, InvariantId, MoveEffect, MoveId, Pick, RecordId, Rule, System, VersionId};

#[derive(Debug, Clone)]
pub struct Operators {
    pub tickets: Arena<Ticket>,
    pub waiting: VecDeque<Ref>,
    pub busy: u32,
    pub moves: Arena<Making>,
    /// How many moves were planned.
    pub planned: u64,
    /// The last that ended.
    pub ended: VecDeque<EndedMove>,
    /// Those that were filed, by number; the first of them has number `log_first`.
    pub log: VecDeque<TicketSeen>,
    pub log_first: u64,
    pub filed: u64,
    pub handled: u64,
    /// By move.
    pub tally: Vec<MoveReport>,
}

/// What somebody sees when they notice a fault.
#[derive(Debug, Clone, Copy)]
pub enum Noticed {
    Invariant(InvariantId),
    Alert(AlertId),
    /// A person made a move: they had a reason.
    Something,
    /// A gate stopped this version on its way.
    Version(VersionId),
}

#[derive(Debug, Clone)]
pub struct Ticket {
    pub invariant: u16,
    pub case: u32,
    pub broken_at: u64,
    /// The instance of the invariant.
    pub record: RecordId,
    pub id: i64,
    /// 0 until it is filed.
    pub number: u64,
}

/// A ticket that somebody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketSeen {
    /// From 1, in the order in which they came.
    pub number: u64,
    /// What its writer has met, as the oracle knows it.
    pub invariant: InvariantId,
    /// The id of the record that the arrival made (`Moment::serial`).
    pub serial: u64,
    /// The kind of the record that is meant.
    pub record: RecordId,
    /// The id of that record, as `crate::Id` has it.
    pub id: i64,
    /// When it happened: the oracle's. Nanoseconds after virtual 0, as are the other two.
    pub broken_at: u64,
    /// When its writer sent it.
    pub filed_at: u64,
    /// When the support desk was through with it.
    pub handled_at: Option<u64>,
}

/// How many tickets are remembered, the youngest.
const TICKETS_KEPT: usize = 10_000;

/// An operator who looks again leaves at least a second in between.
const LOOKS_AGAIN_NS: u64 = 1_000_000_000;

impl Operators {
    pub fn new(system: &System) -> Operators {
        Operators {
            tickets: Arena::default(),
            waiting: VecDeque::new(),
            busy: 0,
            moves: Arena::default(),
            planned: 0,
            ended: VecDeque::new(),
            log: VecDeque::new(),
            log_first: 1,
            filed: 0,
            handled: 0,
            tally: vec![MoveReport::default(); system.moves.len()],
        }
    }
}

impl World {
    pub(super) fn file_ticket(&mut self, system: &System, of: Ref) {
        let Some(ticket) = self.operators.tickets.get(of) else {
            return;
        };
        let Ticket { invariant, case, broken_at, record, id, .. } = *ticket;
        self.operators.filed += 1;
        let number = self.operators.filed;
        self.operators.tickets[of.at].number = number;
        if self.operators.log.len() == TICKETS_KEPT {
            self.operators.log.pop_front();
            self.operators.log_first += 1;
        }
        self.operators.log.push_back(TicketSeen {
            number,
            invariant: InvariantId(invariant),
            serial: self.vault.cases[case as usize].serial,
            record,
            id,
            broken_at,
            filed_at: self.now,
            handled_at: None,
        });
        self.oracle.invariants[invariant as usize].tickets += 1;
        let came = self.vault.cases[case as usize].born;
        self.notice(system, Sign::Ticket, Noticed::Invariant(InvariantId(invariant)), came, broken_at);
        self.beat(case, Part::Support, || super::Beat::Ticket { invariant: InvariantId(invariant) });
        self.operators.waiting.push_back(of);
        self.staff(system);
    }

    fn staff(&mut self, system: &System) {
        let Some(support) = &system.support else {
            while let Some(of) = self.operators.waiting.pop_front() {
                let case = self.operators.tickets[of.at].case;
                self.operators.tickets.free(of.at);
                self.release(case);
            }
            return;
        };
        let agents = self.configs.get(WORLD, support.agents);
        while i64::from(self.operators.busy) < agents {
            let Some(of) = self.operators.waiting.pop_front() else {
                return;
            };
            self.operators.busy += 1;
            let Ticket { case, invariant, .. } = self.operators.tickets[of.at];
            let luck = mix(self.vault.cases[case as usize].luck, u64::from(invariant) | 29 << 40);
            let takes = self.world_duration(system, support.handling, luck, support.step, Purpose::Time);
            self.after(takes, Kind::Handled, of);
        }
    }

    pub(super) fn ticket_handled(&mut self, system: &System, of: Ref) {
        let Some(ticket) = self.operators.tickets.get(of) else {
            return;
        };
        let Ticket { invariant, case, number, .. } = *ticket;
        let at = number.wrapping_sub(self.operators.log_first) as usize;
        if let Some(seen) = self.operators.log.get_mut(at) {
            seen.handled_at = Some(self.now);
        }
        self.operators.busy -= 1;
        self.operators.handled += 1;
        self.beat(case, Part::Support, || super::Beat::TicketAnswered { invariant: InvariantId(invariant) });
        self.operators.tickets.free(of.at);
        let script = system.operator.as_ref().filter(|_| self.setup.operator);
        for rule in script.map_or(&[][..], |operator| &operator.script[..]) {
            let fits = match rule.after {
                After::AnyTicket => true,
                After::TicketOf(which) => which.0 == invariant,
                After::AnyAlert | After::Alert(_) => false,
            };
            if fits && self.has_reason(system, rule.makes) {
                self.plan_move(rule.makes, By::Script, With::Nothing, case, NOBODY, 0);
            }
        }
        self.release(case);
        self.staff(system);
    }

    /// An alert has fired: the operator is there after a while.
    pub(super) fn alert_seen(&mut self, system: &System, alert: AlertId) {
        let Some(operator) = system.operator.as_ref().filter(|_| self.setup.operator) else {
            return;
        };
        let fits = |rule: &Rule| rule.after == After::AnyAlert || rule.after == After::Alert(alert);
        if operator.script.iter().any(fits) {
            let reacts = self.configs.get(WORLD, operator.reacts) as u64;
            let times = self.telemetry.alerts[alert.at()].fired.len() as u32;
            self.queue.push(self.now + reacts, Kind::Looks, alert.0.into(), times);
        }
    }

    /// The operator has been called: whether or not it still rings, they see to it.
    pub(super) fn operator_looks(&mut self, system: &System, alert: u32, times: u32) {
        self.operator_acts(system, alert);
        self.looks_again_later(system, alert, times);
    }

    /// They look again for as long as it goes on firing, and leave alone what has stopped.
    pub(super) fn operator_looks_again(&mut self, system: &System, alert: u32, times: u32) {
        if self.still_fires(alert, times) {
            self.operator_acts(system, alert);
            self.looks_again_later(system, alert, times);
        }
    }

    fn operator_acts(&mut self, system: &System, alert: u32) {
        let this = After::Alert(AlertId(alert as u16));
        for rule in system.operator.iter().flat_map(|operator| &operator.script) {
            if (rule.after == After::AnyAlert || rule.after == this) && self.has_reason(system, rule.makes) {
                self.plan_move(rule.makes, By::Script, With::Nothing, WORLD_CASE, NOBODY, 0);
            }
        }
    }

    fn looks_again_later(&mut self, system: &System, alert: u32, times: u32) {
        if let Some(operator) = system.operator.as_ref().filter(|_| self.still_fires(alert, times)) {
            let reacts = (self.configs.get(WORLD, operator.reacts) as u64).max(LOOKS_AGAIN_NS);
            self.queue.push(self.now + reacts, Kind::LooksAgain, alert, times);
        }
    }

    /// It has not stopped since it fired for this time.
    fn still_fires(&self, alert: u32, times: u32) -> bool {
        let state = &self.telemetry.alerts[alert as usize];
        state.firing && state.fired.len() as u32 == times
    }

    /// Whether what the tools show gives a reason for the move. Nobody redrives an empty queue, or what came back
    /// unreadable once, or skips a message that fails because a store does: only one that cannot be read, ever.
    fn has_reason(&self, system: &System, makes: MoveId) -> bool {
        // One at a time.
        let made = || self.operators.moves.live().any(|(_, making)| making.seen.makes == makes);
        match system.moves[makes.at()].does {
            MoveEffect::Redrive { topic, .. } => self.is_worth_a_redrive(topic) && !made(),
            MoveEffect::Skip(topic) => self.unreadable_head(topic).is_some() && !made(),
            MoveEffect::Rotate(secret) => !system.secrets[secret.at()].is_credential() || (self.newest_has_leaked(secret) && !made()),
            MoveEffect::Revoke { secret, terminate } => self.is_worth_revoking(system, secret, terminate) && !made(),
            _ => true,
        }
    }

    /// The newest of the case's records in a state, if at least so many are in it.
    pub(super) fn pick(&self, case: u32, pick: Pick) -> Option<u32> {
        let mut from = 0;
        let mut count = 0;
        let mut newest = None;
        while let Some((at, next)) = self.vault.next(Shelf::Record(pick.record), case, None, from) {
            from = next;
            if self.vault.about(Shelf::Record(pick.record), at).state == pick.state {
                count += 1;
                newest = Some(at);
            }
        }
        newest.filter(|_| count >= pick.at_least)
    }

    /// Somebody could know of the faults that began before, and are not long over. What they see began at `from` and was
    /// wrong at `since`: of a ticket, when its arrival came and when the promise was broken.
    pub(super) fn notice(&mut self, system: &System, sign: Sign, what: Noticed, from: u64, since: u64) {
        for (fault, state) in system.faults.iter().zip(&mut self.faults) {
            let any = fault.reveals.is_empty() && fault.reveals_alerts.is_empty();
            let shown = match what {
                Noticed::Invariant(invariant) => any || fault.reveals.contains(&invariant),
                Noticed::Alert(alert) => any || fault.reveals_alerts.contains(&alert),
                Noticed::Something => true,
                Noticed::Version(version) => fault.effects.contains(&FaultEffect::RollOut(version)),
            };
            // What rings at the very moment at which it begins rings for something else.
            let since_then = |began: u64| since >= began && (self.now > began || !matches!(what, Noticed::Alert(_)));
            if let (Some(began), None, true) = (state.began, state.noticed, shown)
                && since_then(began)
                && (state.on || from <= state.ended.saturating_add(fault.noticed_within))
            {
                state.noticed = Some((self.now, sign));
            }
        }
    }
}
