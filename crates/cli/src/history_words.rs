//! A moment of a story, in words.

use seatrial_sim::engine::{Beat, Moment};
use seatrial_sim::system::{OperationKind, System};
use seatrial_sim::{Id, Outcome};

use crate::{
    figures::{money, time},
    names,
};

pub fn say(system: &System, moment: &Moment) -> String {
    let operation = |id| names::operation(system, id);
    let called = |call: seatrial_sim::system::CallId| names::target(system, &system.calls[call.at()]);
    let nth = |attempt: u16| if attempt > 1 { format!(", attempt {attempt}") } else { String::new() };
    match moment.beat {
        Beat::Arrives { record, .. } => format!("comes with {}{}", names::record(system, record, moment.id), worth(system, moment)),
        Beat::Clicks { click: 0 | 1 } => "clicks".into(),
        Beat::Clicks { click } => format!("clicks again (click {click})"),
        Beat::Told { outcome: Outcome::Ok, took } => format!("has a good answer, after {}", time(took as f64)),
        Beat::Told { outcome: Outcome::Unknown, took } => format!("gives up after {}: no answer came", time(took as f64)),
        Beat::Told { outcome, took } => format!("is told `{}`, after {}", outcome.name(), time(took as f64)),
        Beat::Begins { handler, replica } => format!("{} begins on replica {replica}", names::handler(system, handler)),
        Beat::Answers { handler, outcome } => format!("{} answers {}", names::handler(system, handler), outcome.name()),
        Beat::Dies { handler } => format!("the replica dies in the middle of {}", names::handler(system, handler)),
        Beat::TurnedAway => "turns the request away".into(),
        Beat::Calls { call, attempt } => format!("calls {}{}", called(call), nth(attempt)),
        Beat::TimeUp { call, attempt } => {
            format!("stops waiting for {}{}: it may have been done, or not", called(call), nth(attempt))
        }
        Beat::RequestLost { operation: id } => format!("the request for {} is lost on its way: nothing was done", operation(id)),
        Beat::Receives { operation: id } => format!("receives {}", operation(id)),
        Beat::Effect { operation: id, outcome, id: record, .. } => effect(system, id, outcome, record, &worth(system, moment)),
        Beat::Replies { operation: id, outcome, replay } => {
            let known = match (replay, outcome) {
                (false, _) => "",
                (true, Outcome::Refused) => ": another request with this key is still running",
                (true, _) => " once more: it knows this key, and does nothing a second time",
            };
            format!("{} answers {}{known}", operation(id), outcome.name())
        }
        Beat::RepliesTooLate { operation: id } => format!("{} answers, and nobody waits for it any more", operation(id)),
        Beat::AnswerLost { operation: id } => format!("the answer of {} is lost: what was done stays done, and nobody hears of it", operation(id)),
        Beat::SendsHook { event, attempt } => format!("sends event {}{}", Id(event as u64).show(&system.shapes), nth(attempt)),
        Beat::Commits { tx } => format!("commits {}: {}", step(system, tx), names::does(system, &system.txs[tx.at()])),
        Beat::Aborts { tx, stops: true, .. } => format!("does nothing in {}: it was done before", step(system, tx)),
        Beat::Aborts { tx, outcome, .. } => format!("aborts {}: {}", step(system, tx), outcome.name()),
        Beat::Published { topic, corrupt } => {
            let bad = if corrupt { ", and nobody will be able to read it" } else { "" };
            format!("a message stands in {}{bad}", system.topics[topic.at()].name)
        }
        Beat::Parked { failures } => format!("puts the message aside after {failures} failures"),
        Beat::Skipped => "goes on behind the message; this group will never handle it".into(),
        Beat::SagaBegins { attempt } if attempt > 1 => format!("begins once more (attempt {attempt})"),
        Beat::SagaBegins { .. } => "begins".into(),
        Beat::SagaStep { step, outcome } => format!("step {}: {}", saga_step(system, moment, step), outcome.name()),
        Beat::SagaUndone { step, outcome } => format!("undoes {}: {}", saga_step(system, moment, step), outcome.name()),
        Beat::SagaEnds { outcome } => format!("ends: {}", outcome.name()),
        Beat::SagaResumes { step } => format!("another replica goes on at {}", saga_step(system, moment, step)),
        Beat::Ticket { invariant } => format!("the customer writes: {}", system.invariants[invariant.at()].name),
        Beat::Moves { makes } => format!("makes the move {}", system.moves[makes.at()].name),
        Beat::Alert { alert } => format!("the alert {} fires", system.alerts[alert.at()].name),
        Beat::Broken { invariant, record, id } => {
            let def = &system.invariants[invariant.at()];
            format!("{} is broken for {}: the {} is hurt", def.name, names::record(system, record, id), def.hurts)
        }
    }
}

/// The money of the moment's record, to be put behind its name.
fn worth(system: &System, moment: &Moment) -> String {
    match moment.amount {
        0 => String::new(),
        amount => format!(", {}", money(amount, &system.currency, system.currency_digits)),
    }
}

fn effect(system: &System, id: seatrial_sim::system::OperationId, outcome: Outcome, record: i64, worth: &str) -> String {
    let name = names::operation(system, id);
    let what = names::record_of(system, id).filter(|_| record != 0).map(|kind| names::record(system, kind, record));
    match (&system.operations[id.at()].kind, outcome, what) {
        (OperationKind::Create { .. }, Outcome::Ok, Some(what)) => format!("{what}{worth}: real from here on"),
        (OperationKind::Change { record, to, .. }, Outcome::Ok, Some(what)) => {
            format!("{what} is {} from here on", system.records[record.at()].states.get(usize::from(*to)).map_or("changed", String::as_str))
        }
        (OperationKind::Find { .. }, Outcome::Ok, Some(what)) => format!("{name} finds {what}"),
        (_, Outcome::Ok, _) => format!("{name} is done"),
        (_, outcome, _) => format!("{name} comes to nothing: {}", outcome.name()),
    }
}

fn step(system: &System, tx: seatrial_sim::system::TxId) -> String {
    system.steps.get(system.txs[tx.at()].step.at()).cloned().unwrap_or_default()
}

fn saga_step(system: &System, moment: &Moment, step: u8) -> String {
    let seatrial_sim::engine::Part::Saga(saga) = moment.part else { return step.to_string() };
    system.sagas[saga.at()].steps.get(usize::from(step)).map_or_else(|| step.to_string(), |step| step.name.clone())
}
