//! What the system itself brings: tickets, alerts, faults that end. Heard after every step, so that each becomes one mark
//! at its own moment, however time was cut.

use crate::act::plain;
use crate::command::V;
use crate::marks::{Mark, MarkKind};
use crate::take::Take;

/// How much of it has become marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The last ticket.
    ticket: u64,
    /// By alert: how often it had fired.
    alerts: Vec<usize>,
    /// By fault: the beginning of one whose end has been told.
    ends: Vec<Option<V>>,
}

impl Take {
    pub(crate) fn hear(&mut self) {
        let mut heard: Vec<Mark> = Vec::new();
        let mark = |v: V, kind: MarkKind, label: String, text: String, panel: bool| Mark {
            seq: None,
            v,
            kind,
            label,
            text,
            who: String::new(),
            words: None,
            panel,
        };
        let opens = self.play.opens();
        let now = self.sim.now();
        for ticket in self.sim.tickets().filter(|ticket| ticket.number > self.told.ticket) {
            if ticket.filed_at >= opens {
                let words = self.play.ticket_words(ticket);
                let text = format!("{} {}", words.what, words.claim);
                heard.push(mark(ticket.filed_at, MarkKind::Ticket, format!("T{}", ticket.number), text, false));
            }
        }
        self.told.ticket = self.sim.tickets().last().map_or(self.told.ticket, |ticket| ticket.number);
        let system = self.play.system.clone();
        self.told.alerts.resize(system.alerts.len(), 0);
        for (at, alert) in system.alerts.iter().enumerate() {
            let fired = self.sim.fired(at);
            for &v in &fired[self.told.alerts[at].min(fired.len())..] {
                heard.push(mark(v, MarkKind::Alert, String::new(), format!("Alert: {}", crate::view::alert_words(&self.play.system, alert)), false));
            }
            self.told.alerts[at] = fired.len();
        }
        self.told.ends.resize(system.faults.len(), None);
        for (at, fault) in system.faults.iter().enumerate() {
            let desk = &self.desk.faults[at];
            let (Some(fired), None) = (desk.fired, desk.lifted) else { continue };
            let ends = fired + fault.lasts;
            if fault.lasts > 0 && ends <= now && self.told.ends[at] != Some(fired) {
                self.told.ends[at] = Some(fired);
                heard.push(mark(ends, MarkKind::Lift, String::new(), format!("{} is over", plain(&fault.name)), true));
            }
        }
        heard.sort_by_key(|mark| mark.v);
        self.desk.marks.extend(heard);
    }

    /// Counts what has come in or ended: grows when something wants to be read.
    pub fn news(&self) -> usize {
        let tickets = self.sim.tickets().last().map_or(0, |ticket| ticket.number as usize);
        let alerts: usize = (0..self.play.system.alerts.len()).map(|at| self.sim.fired(at).len()).sum();
        tickets + alerts + self.desk.moves.len()
    }
}
