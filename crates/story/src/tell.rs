//! A moment of a history in words, and what weighs in it.

use seatrial_sim::Outcome;
use seatrial_sim::engine::{Beat, Ended, Freed, Moment, NoWay, NotCalled, Part, Unsigned};
use seatrial_sim::system::{Exists, OperationId, OperationKind, RecordId, Statement, System, TxId};

use crate::fold::Folded;
use crate::span::callee;
use crate::words::{money, plain, span, thing};

pub(crate) fn weighs(system: &System, beat: Beat) -> Option<&'static str> {
    match beat {
        Beat::RequestLost { .. } | Beat::AnswerLost { .. } | Beat::Dies { .. } | Beat::ConnectionLost { .. } => Some("lost"),
        Beat::TimeUp { connecting: false, .. } => Some("lost"),
        Beat::Returns { outcome: Outcome::Unknown, .. } => Some("lost"),
        Beat::Told { outcome: Outcome::Unknown, .. } => Some("lost"),
        Beat::Effect { operation, outcome: Outcome::Ok, .. } => match system.operations[operation.at()].kind {
            OperationKind::Create { .. } | OperationKind::Change { .. } => Some("effect"),
            _ => None,
        },
        Beat::Broken { .. } => Some("harm"),
        _ => None,
    }
}

pub(crate) fn place(system: &System, part: Part) -> (&'static str, String) {
    match part {
        Part::Client(id) => ("client", system.clients[id.at()].name.clone()),
        Part::Service(id) => ("service", system.services[id.at()].name.clone()),
        Part::Store(id) => ("store", system.stores[id.at()].name.clone()),
        Part::Provider(id) => ("provider", system.providers[id.at()].name.clone()),
        Part::Topic(id) => ("topic", system.topics[id.at()].name.clone()),
        Part::Group(id) => ("group", system.groups[id.at()].name.clone()),
        Part::Saga(id) => ("service", system.sagas[id.at()].name.clone()),
        Part::Support => ("support", "support".into()),
        Part::Operator => ("operator", "operator".into()),
        Part::Telemetry => ("operator", "telemetry".into()),
        Part::Oracle => ("oracle", "the truth".into()),
    }
}

/// None for what another moment says already.
pub(crate) fn text(system: &System, moment: &Moment) -> Option<String> {
    let handler = |id: seatrial_sim::system::HandlerId| plain(&system.handlers[id.at()].name);
    let saga_step = |step: u8| match moment.part {
        Part::Saga(id) => plain(&system.sagas[id.at()].steps[step as usize].name),
        _ => format!("step {step}"),
    };
    let said = match moment.beat {
        Beat::Carries { .. } | Beat::Crashes { .. } | Beat::Starts { .. } | Beat::Turns { .. } | Beat::RollsOut { .. } => return None,
        Beat::Arrives { record, id, amount } => format!("arrives with {}{}", thing(system, record, id), of(system, amount)),
        Beat::Clicks { click: 0 | 1 } => "clicks".into(),
        Beat::Clicks { click } => format!("clicks for the {} time", nth(click)),
        Beat::Told { outcome: Outcome::Unknown, took } => format!("is told nothing certain, after {}", span(took)),
        Beat::Told { outcome, took } => format!("is told “{}” after {}", outcome.name(), span(took)),
        Beat::Queues { frozen: true, .. } => "lets it wait: this instance stands still".into(),
        Beat::Queues { .. } => "lets it wait: all workers are busy".into(),
        Beat::Expires { handler: of } => format!("drops {}: its time was over before a worker was free", handler(of)),
        Beat::WaitsTooLong { handler: of } => format!("refuses {}: it has waited too long for a worker", handler(of)),
        Beat::Begins { handler: of, replica, version, .. } => match system.versions.get(version.at()) {
            Some(version) => format!("begins {} on instance {replica}, which is {}", handler(of), plain(&version.name)),
            None => format!("begins {}", handler(of)),
        },
        Beat::ClockOff { ahead_ms } => {
            let by = span(u64::from(ahead_ms.unsigned_abs()) * 1_000_000);
            format!("goes by a clock that is {by} {}", if ahead_ms > 0 { "ahead" } else { "behind" })
        }
        Beat::Answers { handler: of, outcome } => format!("answers {}: {}", handler(of), came_to(outcome)),
        Beat::Dies { handler: of } => format!("dies in the middle of {}", handler(of)),
        Beat::TurnedAway if matches!(moment.part, Part::Provider(_)) => "turns it away: it takes no more of these for now".into(),
        Beat::TurnedAway => "turns it away: all workers are busy, and its queue is full".into(),
        Beat::Calls { call, attempt: 0 | 1 } => format!("calls {}", callee(system, call)),
        Beat::Calls { call, attempt } => format!("calls {} again, attempt {attempt}", callee(system, call)),
        // Whoever answered says so.
        Beat::Returns { outcome, .. } if outcome.is_answer() => return None,
        Beat::Returns { call, outcome: Outcome::Refused, .. } => format!("is not served by {}: certainly nothing was done", callee(system, call)),
        Beat::Returns { call, .. } => format!("hears nothing certain from {}", callee(system, call)),
        Beat::CannotConnect { call, why, .. } => {
            let callee = callee(system, call);
            match why {
                NoWay::NobodyKnown => format!("knows no instance that it could ask for {callee}; nothing was sent"),
                NoWay::NobodyListens => format!("finds that nobody listens where it looks for {callee}; nothing was sent"),
                NoWay::Silent => format!("waits in vain for a connection: where it looks for {callee}, nothing answers; nothing was sent"),
                NoWay::NotThrough => format!("cannot open a connection to {callee}; nothing was sent"),
            }
        }
        Beat::NotThrough { tx } => {
            let store = &system.stores[system.txs[tx.at()].store.at()].name;
            format!("gets nothing through to {}: it sends again until it does, and keeps the connection", plain(store))
        }
        Beat::LoginFailed { locked: true, .. } => "has locked this user out, after too many wrong passwords; nothing was done".into(),
        Beat::LoginFailed { .. } => "does not take the password that it is shown; nothing was done".into(),
        Beat::NotSigned { why: Unsigned::OtherSecret } => "does not take the event: it is signed with another secret than the one held here".into(),
        Beat::NotSigned { why: Unsigned::OtherTime } => "does not take the event: by the clock here its signature is of another time".into(),
        Beat::BadCertificate { call, .. } => format!("does not take the certificate of {}; nothing was sent", callee(system, call)),
        Beat::Misused { secret } => format!("was used by somebody else with {}", plain(&system.secrets[secret.at()].name)),
        Beat::Cancelled { handler } => format!("is told that nobody waits for {} any more", plain(&system.handlers[handler.at()].name)),
        Beat::NotCalled { call, why: NotCalled::BreakerOpen } => format!("does not call {}: its breaker is open", callee(system, call)),
        Beat::Hedges { call } => format!("asks {} once more, beside what is under way", callee(system, call)),
        Beat::FallsBack { call, outcome } => format!("does without {}: goes on as if it were {}", callee(system, call), outcome.name()),
        Beat::NotCalled { call, why: NotCalled::RateLimited } => format!("does not call {}: it has called it too often", callee(system, call)),
        Beat::NotCalled { call, why: NotCalled::Throttled } => {
            format!("does not call {}: too little of what it asked lately was accepted", callee(system, call))
        }
        Beat::NotCalled { call, why: NotCalled::BulkheadFull } => {
            format!("does not call {}: too many calls of this kind are under way", callee(system, call))
        }
        Beat::TimeUp { call, connecting: true, .. } => format!("stops waiting for a connection to {}: nothing was sent", callee(system, call)),
        Beat::TimeUp { call, .. } => format!("stops waiting for {}: nobody here knows whether it was done", callee(system, call)),
        Beat::RequestLost { operation } => format!("never gets the request to {}: it is lost on the way", name(system, operation)),
        Beat::Receives { operation } => format!("receives {}", name(system, operation)),
        Beat::Effect { operation, outcome, id, amount } => effect(system, operation, outcome, id) + &of(system, amount),
        Beat::Replies { operation, outcome: seatrial_sim::Outcome::Refused, replay: true } => {
            format!("turns {} away: another request with this key is still running", name(system, operation))
        }
        Beat::RepliesTooLate { operation } => format!("answers {}, and nobody waits for it any more", name(system, operation)),
        Beat::Replies { operation, outcome, replay: true } => {
            format!("knows this key, and answers {} without doing it again: {}", name(system, operation), came_to(outcome))
        }
        Beat::Replies { operation, outcome, .. } => format!("answers {}: {}", name(system, operation), came_to(outcome)),
        Beat::AnswerLost { operation } => format!("answers {}, and the answer is lost on the way", name(system, operation)),
        Beat::SendsHook { attempt: 0 | 1, .. } => "sends an event about it".into(),
        Beat::SendsHook { attempt, .. } => format!("sends the event again, attempt {attempt}"),
        Beat::Commits { tx, copy: true, .. } => format!("reads from the copy, which may be behind: {}", statements(system, tx)),
        Beat::PutOut { handler: of } => format!("puts {} out of its line, which is full, for somebody who goes first", handler(of)),
        Beat::Batched { with, since } => {
            let with = match with {
                0 => "alone".into(),
                1 => "with one other".into(),
                more => format!("together with {more} others"),
            };
            match moment.at - since {
                0 => format!("begins with it at once, {with}"),
                waited => format!("begins with it, {with}, after it has waited {}", span(waited)),
            }
        }
        Beat::Defect { version, outcome } => {
            let comes = outcome.map_or_else(|| "the step is passed over".into(), |outcome| came_to(outcome).to_string());
            format!("comes to what is wrong with {}: {comes}", plain(&system.versions[version.at()].name))
        }
        Beat::Remembers { cache, stale } => {
            let cache = &system.caches[cache.at()];
            let whose = if cache.shared { "the shared cache" } else { "its own memory" };
            let old = if stale { ", older than it should be" } else { "" };
            format!("takes {} from {whose}{old}: nobody is asked", plain(&cache.name))
        }
        Beat::Commits { tx, .. } => format!("commits: {}", statements(system, tx)),
        Beat::Aborts { tx, stops: true, .. } => format!("has it already, so nothing is done: {}", statements(system, tx)),
        Beat::Aborts { tx, outcome, .. } => format!("rolls back ({}): {}", came_to(outcome), statements(system, tx)),
        Beat::NoConnection { down: true, .. } => "is down and gives no connection: nothing was done".into(),
        Beat::NoConnection { since, .. } if since == moment.at => "gives no connection: nothing was done".into(),
        Beat::NoConnection { since, .. } => format!("gives no connection, after {}: nothing was done", span(moment.at - since)),
        Beat::ConnectionLost { tx, .. } => format!("breaks the connection, and nobody here knows whether it was done: {}", statements(system, tx)),
        Beat::CommitsUnheard { tx } => format!("has committed it all the same: {}", statements(system, tx)),
        Beat::Garbled { .. } => "has that message in a form that nobody can read".into(),
        Beat::Fails { outcome, failures: 1, .. } => format!("cannot handle the message: {}", came_to(outcome)),
        Beat::Fails { outcome, failures, .. } => format!("cannot handle the message, for the {} time: {}", nth(failures), came_to(outcome)),
        Beat::Waits { partition, behind, id, failures, .. } => {
            format!("lets the message wait in partition {}, behind {}, which has failed {}", partition + 1, about(system, behind, id), times(failures))
        }
        Beat::WaitsNoMore { partition, behind, id, failures, freed, .. } => {
            let how = match freed {
                Freed::Handled => "handled",
                Freed::Parked => "put aside",
                Freed::Skipped => "passed over",
                Freed::Expired => "too old to be kept",
            };
            format!("goes on in partition {}: {} is {how}, after {}", partition + 1, about(system, behind, id), counted(failures, "failure"))
        }
        Beat::PutBack { .. } => "puts the message back from the dead letters".into(),
        Beat::Published { .. } => "holds a message about it".into(),
        Beat::Becomes { record, id, state } => {
            let state = system.records[record.at()].states.get(usize::from(state));
            format!("by itself: {} is {}", thing(system, record, id), state.map_or_else(|| "changed".into(), |s| plain(s)))
        }
        Beat::RunsOut { receives, .. } => format!("hears nothing in time, and lets another have the message; it was handed out {}", times(receives)),
        Beat::AckRefused { .. } => "is told that the message is done by somebody who does not have it any more".into(),
        Beat::Parked { failures, .. } => format!("puts the message aside after {}", counted(failures, "failure")),
        Beat::Skipped { .. } => "goes on behind the message; this group will never handle it".into(),
        Beat::SagaBegins { attempt: 0 | 1 } => "begins".into(),
        Beat::SagaBegins { attempt } => format!("begins anew, attempt {attempt}"),
        Beat::SagaStep { step, outcome } => format!("step {}: {}", saga_step(step), came_to(outcome)),
        Beat::SagaUndone { step, outcome } => format!("undoes {}: {}", saga_step(step), came_to(outcome)),
        Beat::SagaEnds { outcome } => format!("ends: {}", came_to(outcome)),
        Beat::SagaResumes { step, .. } => format!("is taken up by another replica at {}", saga_step(step)),
        Beat::Ticket { invariant } => format!("gets a complaint: {}", plain(&system.invariants[invariant.at()].name)),
        Beat::TicketAnswered { invariant } => format!("answers the complaint: {}", plain(&system.invariants[invariant.at()].name)),
        Beat::Moves { makes } => {
            let makes = &system.moves[makes.at()];
            format!("makes the move {}: {}", plain(&makes.name), first_sentence(makes.words()))
        }
        Beat::MoveEnds { makes, ended } => {
            let how = match ended {
                Ended::Done => "is done",
                Ended::Nothing => "found nothing to do",
                Ended::Partly => "is done in part",
                Ended::Failed => "failed",
                Ended::CalledOff => "was called off",
            };
            format!("the move {} {how}", plain(&system.moves[makes.at()].name))
        }
        Beat::Alert { alert } => format!("alert {} fires", plain(&system.alerts[alert.at()].name)),
        Beat::Broken { invariant, record, id } => {
            format!("“{}” is broken for {}", plain(&system.invariants[invariant.at()].name), thing(system, record, id))
        }
    };
    Some(said)
}

/// Within a sentence.
fn first_sentence(text: &str) -> String {
    let first = text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.');
    let mut chars = first.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

/// What another message is about.
fn about(system: &System, record: RecordId, id: i64) -> String {
    if id == 0 { "a message".into() } else { thing(system, record, id) }
}

fn times(number: u16) -> String {
    if number == 1 { "once".into() } else { format!("{number} times") }
}

fn counted(number: u16, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// `, 84.20 USD`
fn of(system: &System, amount: i64) -> String {
    if amount == 0 { String::new() } else { format!(", {}", money(system, amount)) }
}

fn effect(system: &System, operation: OperationId, outcome: Outcome, id: i64) -> String {
    let what = name(system, operation);
    if outcome != Outcome::Ok {
        return format!("decides {what}: {}", came_to(outcome));
    }
    match &system.operations[operation.at()].kind {
        OperationKind::Create { record, state } => {
            let state = system.records[record.at()].states.get(*state as usize).filter(|state| !state.is_empty());
            let state = state.map_or_else(|| "made".into(), |state| plain(state));
            format!("has done it: {} is {state}", thing(system, *record, id))
        }
        OperationKind::Change { record, to, .. } => {
            let state = system.records[record.at()].states.get(*to as usize);
            format!("has done it: {} is {}", thing(system, *record, id), state.map_or_else(|| "changed".into(), |s| plain(s)))
        }
        OperationKind::Find { record, .. } => format!("finds {}", thing(system, *record, id)),
        OperationKind::Report { .. } | OperationKind::Nothing => format!("does {what}"),
    }
}

fn name(system: &System, operation: OperationId) -> String {
    plain(&system.operations[operation.at()].name)
}

fn statements(system: &System, tx: TxId) -> String {
    let state = |table: seatrial_sim::system::TableId, state: u8| {
        let states = &system.tables[table.at()].states;
        states.get(state as usize).filter(|state| !state.is_empty()).map(|state| plain(state))
    };
    let table = |table: seatrial_sim::system::TableId| plain(&system.tables[table.at()].name);
    let statement = |statement: &Statement| match statement {
        Statement::Insert(insert) => {
            let rows = match insert.rows.len() {
                1 => "a row".into(),
                rows => format!("{rows} rows"),
            };
            let state = state(insert.table, insert.state).map(|state| format!(" as {state}")).unwrap_or_default();
            let unless = if insert.exists == Exists::Fail { "" } else { ", if not there yet" };
            format!("{rows} in {}{state}{unless}", table(insert.table))
        }
        Statement::Move { find, to, .. } => {
            format!("{} becomes {}", table(find.table), state(find.table, *to).unwrap_or_else(|| "changed".into()))
        }
        Statement::Update { find, .. } => format!("{} is updated", table(find.table)),
        Statement::Read { find, .. } => format!("{} is read", table(find.table)),
        Statement::Publish(publish) => {
            let topic = system.publishes[publish.at()].topic;
            format!("a message for {}", plain(&system.topics[topic.at()].name))
        }
        // What the handler did meanwhile is told as itself.
        Statement::Steps => String::new(),
    };
    let said = |statement: &&Statement| !matches!(statement, Statement::Steps);
    system.txs[tx.at()].statements.iter().filter(said).map(statement).collect::<Vec<_>>().join("; ")
}

fn came_to(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Ok => "ok",
        Outcome::Declined => "declined",
        Outcome::Missing => "no such thing",
        Outcome::Invalid => "it can never work",
        Outcome::Failed => "it went wrong",
        Outcome::Refused => "refused, certainly not done",
        Outcome::Unknown => "nobody knows",
    }
}

fn nth(number: u16) -> String {
    match number {
        2 => "second".into(),
        3 => "third".into(),
        4 => "fourth".into(),
        more => ordinal(more),
    }
}

/// `2nd`, `11th`, `41st`.
fn ordinal(number: u16) -> String {
    let end = match (number % 10, number % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

/// A line that stands for many.
pub(crate) fn fold_text(folded: &Folded) -> String {
    match *folded {
        Folded::Fails { from, to, outcome, every } => {
            format!("fails again, for the {} to {} time, every {}: {}", ordinal(from), ordinal(to), span(every), came_to(outcome))
        }
        Folded::Waits { partition, behind } => {
            format!("lets the message wait in partition {}, behind {behind} messages that fail one after the other", partition + 1)
        }
    }
}
