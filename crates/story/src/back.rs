//! A run told back: what went wrong and what showed it first, what the operator did, what each promise came to, and the
//! fates of those who were followed. Facts alone; nothing here says whether a run was a good one.

use std::collections::BTreeMap;

use seatrial_scenario::Compiled;
use seatrial_sim::engine::{Beat, Detection, InvariantReport, Moment, MoveReport, Sign, TicketSeen};
use seatrial_sim::system::{InvariantId, OperationKind, System};
use seatrial_sim::{Id, Outcome, Sim};
use serde::Serialize;

use crate::fault::fault_words;
use crate::words::{plain, thing};

/// Times are milliseconds after virtual 0, money is in minor units.
#[derive(Debug, Serialize)]
pub struct Back {
    pub digest: String,
    pub faults: Vec<Struck>,
    /// Those that were made, in the order of the first time.
    pub moves: Vec<Done>,
    pub promises: Vec<Came>,
    /// What all that was broken cost.
    pub cost: i64,
    pub tickets: u64,
    /// Of those who came: how many, and how many had a good answer in the end.
    pub judged: u64,
    pub pleased: u64,
    pub fates: Vec<Fate>,
}

#[derive(Debug, Serialize)]
pub struct Struck {
    pub name: String,
    pub says: Vec<String>,
    /// None when it did not happen.
    pub began: Option<u64>,
    pub ended: Option<u64>,
    pub shown: Option<Shown>,
}

/// What could tell somebody of a fault, first.
#[derive(Debug, Serialize)]
pub struct Shown {
    pub at: u64,
    /// `alert`, `ticket`, `move`, `gate`.
    pub by: &'static str,
    /// The alert's name, what the ticket says, the move's name; may be empty.
    pub what: String,
    /// Whose ticket it was.
    pub serial: Option<u64>,
}

#[derive(Debug, Serialize)]
pub struct Done {
    pub name: String,
    pub says: String,
    /// None where nobody was followed.
    pub first: Option<u64>,
    pub made: u64,
    /// Of those: with nothing done, because there was nothing to do or because it could not be done.
    pub vain: u64,
}

#[derive(Debug, Serialize)]
pub struct Came {
    pub name: String,
    /// What it is called when it is broken.
    pub called: String,
    pub hurts: String,
    pub broken: u64,
    pub mended: u64,
    pub undecided: u64,
    pub tickets: u64,
    pub cost: i64,
    /// By the end of which sample the first was broken.
    pub first: Option<u64>,
}

/// What became of one arrival.
#[derive(Debug, Serialize)]
pub struct Fate {
    pub serial: u64,
    pub what: String,
    pub came: u64,
    /// What became real at somebody else's: what was done there, and how often.
    pub made: Vec<(String, u64)>,
    /// The promises that were broken, by number, each once.
    pub broken: Vec<usize>,
    /// The last that the person was told.
    pub told: Option<&'static str>,
}

pub fn back(compiled: &Compiled, sim: &Sim) -> Back {
    let system = sim.system();
    let report = sim.report();
    let heard = sim.fates();
    let fault = |(at, detection): (usize, &Detection)| struck(compiled, sim, &heard, at, detection);
    let promise = |(at, of): (usize, &InvariantReport)| Came {
        name: of.name.clone(),
        called: called(system, at),
        hurts: of.hurts.clone(),
        broken: of.violations,
        mended: of.mended,
        undecided: of.undecided,
        tickets: of.tickets,
        cost: of.cost,
        first: sim.samples().iter().find(|sample| sample.broken[at] > 0).map(|sample| ms(sample.at)),
    };
    Back {
        digest: format!("{:016x}", report.digest),
        faults: report.detection.iter().enumerate().map(fault).collect(),
        moves: moves(system, &report.moves, &heard),
        promises: report.invariants.iter().enumerate().map(promise).collect(),
        cost: report.cost(),
        tickets: report.tickets_filed,
        judged: report.clients.iter().map(|client| client.judged).sum(),
        pleased: report.clients.iter().map(|client| client.pleased).sum(),
        fates: fates(system, &heard),
    }
}

fn called(system: &System, at: usize) -> String {
    let def = &system.invariants[at];
    if def.called.is_empty() { format!("not {}", plain(&def.name)) } else { def.called.clone() }
}

fn struck(compiled: &Compiled, sim: &Sim, heard: &[Moment], at: usize, of: &Detection) -> Struck {
    let fault = &compiled.system.faults[at];
    let ended = of.began.filter(|_| fault.lasts > 0).map(|began| began + fault.lasts).filter(|ends| *ends <= sim.now());
    let shown = of.noticed.map(|(at, sign)| {
        let (by, what, serial) = match sign {
            Sign::Alert => ("alert", alert_at(sim, at), None),
            Sign::Ticket => {
                let ticket = sim.tickets().find(|ticket| ticket.filed_at == at);
                ("ticket", ticket.map(|ticket| claim(sim.system(), ticket)).unwrap_or_default(), ticket.map(|ticket| ticket.serial))
            }
            Sign::Move => ("move", move_at(sim.system(), heard, at), None),
            Sign::Gate => ("gate", String::new(), None),
        };
        Shown { at: ms(at), by, what, serial }
    });
    let says = fault_words(compiled, fault).says;
    Struck { name: plain(&fault.name), says, began: of.began.map(ms), ended: ended.map(ms), shown }
}

fn alert_at(sim: &Sim, at: u64) -> String {
    let alerts = sim.system().alerts.iter().enumerate();
    let mut fired = alerts.filter(|(number, _)| sim.fired(*number).contains(&at)).map(|(_, alert)| plain(&alert.name));
    fired.next().unwrap_or_default()
}

fn move_at(system: &System, heard: &[Moment], at: u64) -> String {
    let made = heard.iter().find_map(|moment| match moment.beat {
        Beat::Moves { makes } if moment.at == at => Some(plain(&system.moves[makes.at()].name)),
        _ => None,
    });
    made.unwrap_or_default()
}

/// In its writer's words where there are some.
fn claim(system: &System, ticket: &TicketSeen) -> String {
    let says = &system.invariants[ticket.invariant.at()].says;
    if says.is_empty() {
        return format!("{}: {}", thing(system, ticket.record, ticket.id), called(system, ticket.invariant.at()));
    }
    says.replace("{id}", &Id(ticket.id as u64).show(&system.shapes))
}

fn moves(system: &System, made: &[MoveReport], heard: &[Moment]) -> Vec<Done> {
    let mut moves: Vec<Done> = Vec::new();
    for (at, of) in system.moves.iter().enumerate().filter(|(at, _)| made[*at].made > 0) {
        let first = heard.iter().find(|moment| matches!(moment.beat, Beat::Moves { makes } if makes.at() == at));
        let first = first.map(|moment| ms(moment.at));
        moves.push(Done { name: plain(&of.name), says: of.words().to_owned(), first, made: made[at].made, vain: made[at].vain + made[at].failed });
    }
    moves.sort_by_key(|of| of.first);
    moves
}

fn fates(system: &System, heard: &[Moment]) -> Vec<Fate> {
    let mut fates: BTreeMap<u64, Fate> = BTreeMap::new();
    for moment in heard {
        if let Beat::Arrives { record, id, .. } = moment.beat {
            fates.entry(moment.serial).or_insert_with(|| Fate {
                serial: moment.serial,
                what: thing(system, record, id),
                came: ms(moment.at),
                made: Vec::new(),
                broken: Vec::new(),
                told: None,
            });
        }
        let Some(fate) = fates.get_mut(&moment.serial) else { continue };
        match moment.beat {
            Beat::Told { outcome, .. } => fate.told = Some(outcome.name()),
            Beat::Broken { invariant, .. } => breaks(fate, invariant),
            Beat::Effect { operation, outcome: Outcome::Ok, .. } => {
                let of = &system.operations[operation.at()];
                if matches!(of.kind, OperationKind::Create { .. } | OperationKind::Change { .. }) {
                    let name = plain(&of.name);
                    match fate.made.iter_mut().find(|(made, _)| *made == name) {
                        Some((_, times)) => *times += 1,
                        None => fate.made.push((name, 1)),
                    }
                }
            }
            _ => {}
        }
    }
    fates.into_values().collect()
}

fn breaks(fate: &mut Fate, invariant: InvariantId) {
    if !fate.broken.contains(&invariant.at()) {
        fate.broken.push(invariant.at());
        fate.broken.sort_unstable();
    }
}

fn ms(ns: u64) -> u64 {
    ns / 1_000_000
}
