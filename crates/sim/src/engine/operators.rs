//! People behind the system: the support desk with its tickets, and an automatic operator for unattended runs.

use std::collections::VecDeque;

use super::World;
use super::arena::{Arena, Ref};
use super::chance::{Purpose, mix};
use super::config::WORLD;
use super::queue::Kind;
use super::replicas::Sending;
use super::report::Sign;
use super::state::{Caller, NOBODY};
use super::story::Part;
use super::vault::WORLD_CASE;
use crate::Outcome;
use crate::expr::Shelf;
use crate::system::{After, AlertId, InvariantId, MoveEffect, MoveId, Pick, REGS, System};

#[derive(Debug, Clone)]
pub struct Operators {
    pub tickets: Arena<Ticket>,
    pub waiting: VecDeque<Ref>,
    pub busy: u32,
    pub moves: Arena<Making>,
    pub filed: u64,
    pub handled: u64,
    /// By move.
    pub made: Vec<u64>,
    pub failed: Vec<u64>,
}

/// What somebody sees when they notice a fault.
#[derive(Debug, Clone, Copy)]
pub enum Noticed {
    Invariant(InvariantId),
    Alert(AlertId),
    /// A person made a move: they had a reason.
    Something,
}

#[derive(Debug, Clone)]
pub struct Ticket {
    pub invariant: u16,
    pub case: u32,
    pub broken_at: u64,
}

/// A move under way.
#[derive(Debug, Clone)]
pub struct Making {
    pub makes: u16,
    pub case: u32,
    /// A record that somebody named; else it is picked.
    pub subject: u32,
    pub luck: u64,
}

impl Operators {
    pub fn new(system: &System) -> Operators {
        Operators {
            tickets: Arena::default(),
            waiting: VecDeque::new(),
            busy: 0,
            moves: Arena::default(),
            filed: 0,
            handled: 0,
            made: vec![0; system.moves.len()],
            failed: vec![0; system.moves.len()],
        }
    }
}

impl World {
    pub(super) fn file_ticket(&mut self, system: &System, of: Ref) {
        let Some(ticket) = self.operators.tickets.get(of) else {
            return;
        };
        let Ticket { invariant, case, broken_at } = *ticket;
        self.operators.filed += 1;
        self.oracle.invariants[invariant as usize].tickets += 1;
        self.notice(system, Sign::Ticket, Noticed::Invariant(InvariantId(invariant)), broken_at);
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
        let Ticket { invariant, case, .. } = *ticket;
        self.operators.busy -= 1;
        self.operators.handled += 1;
        self.operators.tickets.free(of.at);
        let script = system.operator.as_ref().filter(|_| self.setup.operator);
        for rule in script.map_or(&[][..], |operator| &operator.script[..]) {
            let fits = match rule.after {
                After::AnyTicket => true,
                After::TicketOf(which) => which.0 == invariant,
                After::AnyAlert | After::Alert(_) => false,
            };
            if fits {
                self.plan_move(rule.makes, case, NOBODY, 0);
            }
        }
        self.release(case);
        self.staff(system);
    }

    /// An alert has fired.
    pub(super) fn alert_seen(&mut self, system: &System, alert: AlertId) {
        let Some(operator) = system.operator.as_ref().filter(|_| self.setup.operator) else {
            return;
        };
        let reacts = self.configs.get(WORLD, operator.reacts) as u64;
        for rule in &operator.script {
            if matches!(rule.after, After::AnyAlert) || rule.after == After::Alert(alert) {
                self.plan_move(rule.makes, WORLD_CASE, NOBODY, reacts);
            }
        }
    }

    pub(super) fn plan_move(&mut self, makes: MoveId, case: u32, subject: u32, delay: u64) {
        self.hold(case);
        // By what was done about this case before, not about others.
        let about = &mut self.vault.cases[case as usize];
        about.moves += 1;
        let luck = mix(about.luck, u64::from(makes.0) << 32 | u64::from(about.moves) | 31 << 56);
        let making = self.operators.moves.put(Making { makes: makes.0, case, subject, luck });
        self.after(delay, Kind::MoveStarts, making);
    }

    pub(super) fn move_starts(&mut self, system: &System, of: Ref) {
        let Some(making) = self.operators.moves.get(of) else {
            return;
        };
        let Making { makes, case, luck, .. } = *making;
        let def = &system.moves[makes as usize];
        self.operators.made[makes as usize] += 1;
        let takes = self.world_duration(system, def.takes, luck, def.step, Purpose::Time);
        self.beat(case, Part::Operator, || super::Beat::Moves { makes: MoveId(makes) });
        self.after(takes, Kind::MoveDone, of);
    }

    pub(super) fn move_done(&mut self, system: &System, of: Ref) {
        let Some(making) = self.operators.moves.get(of) else {
            return;
        };
        let Making { makes, case, subject, luck } = *making;
        let mut waits = false;
        match &system.moves[makes as usize].does {
            MoveEffect::Redrive { topic, rate } => {
                let rate = f64::from_bits(self.configs.get(WORLD, *rate) as u64);
                let gap = if rate > 0.0 { (1e9 / rate) as u64 } else { 0 };
                self.redrive(system, *topic, gap);
            }
            MoveEffect::Call { handler, pick } => {
                let subject = if subject == NOBODY { self.pick(case, *pick) } else { Some(subject) };
                if let Some(subject) = subject {
                    let mut regs = [0; REGS];
                    regs[0] = i64::from(subject);
                    let luck = mix(luck, 37);
                    let caller = Caller::Move(of);
                    let sending = Sending {
                        handler: *handler,
                        regs,
                        caller,
                        case,
                        luck,
                        deadline: u64::MAX,
                        checks: false,
                        click: 0,
                        saga_attempt: 0,
                    };
                    match self.send(system, NOBODY, sending) {
                        Ok(()) => waits = true,
                        Err(_) => self.operators.failed[makes as usize] += 1,
                    }
                }
            }
            MoveEffect::Set(patches) => self.change(system, patches),
            MoveEffect::Restart(service) => {
                if let Some(replica) = self.first_up(service.0) {
                    self.kill(system, replica);
                }
            }
            MoveEffect::RunJob(job) => self.run_job(system, job.0.into()),
        }
        if !waits {
            self.operators.moves.free(of.at);
            self.release(case);
        }
    }

    pub(super) fn move_answered(&mut self, of: Ref, outcome: Outcome) {
        let Some(making) = self.operators.moves.get(of) else {
            return;
        };
        let Making { makes, case, .. } = *making;
        if outcome != Outcome::Ok {
            self.operators.failed[makes as usize] += 1;
        }
        self.operators.moves.free(of.at);
        self.release(case);
    }

    /// The newest of the case's records in a state, if at least so many are in it.
    fn pick(&self, case: u32, pick: Pick) -> Option<u32> {
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

    /// Somebody could know of the faults that began before.
    pub(super) fn notice(&mut self, system: &System, sign: Sign, what: Noticed, since: u64) {
        for (fault, state) in system.faults.iter().zip(&mut self.faults) {
            let any = fault.reveals.is_empty() && fault.reveals_alerts.is_empty();
            let shown = any
                || match what {
                    Noticed::Invariant(invariant) => fault.reveals.contains(&invariant),
                    Noticed::Alert(alert) => fault.reveals_alerts.contains(&alert),
                    Noticed::Something => true,
                };
            if let (Some(began), None, true) = (state.began, state.noticed, shown)
                && since >= began
            {
                state.noticed = Some((self.now, sign));
            }
        }
    }
}
