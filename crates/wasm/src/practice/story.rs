//! One arrival's history in words: what truly happened, step by step, and which of it a team could have seen.

use seatrial_scenario::Compiled;
use seatrial_sim::engine::{Beat, Moment, Part, Story};
use seatrial_sim::system::{CallId, Exists, OperationId, OperationKind, Statement, System, Target, TxId};
use seatrial_sim::{Outcome, Sim};
use serde::Serialize;

use super::words::{money, plain, span, thing};

#[derive(Debug, Serialize)]
pub struct History {
    pub serial: u64,
    pub digest: String,
    /// `order 8123`; empty when nobody of that number came.
    pub what: String,
    /// Milliseconds after virtual 0.
    pub came: u64,
    pub steps: Vec<Told>,
}

#[derive(Debug, Serialize)]
pub struct Told {
    /// Microseconds after the arrival.
    pub after: u64,
    /// Where it happens: `client`, `service`, `store`, `topic`, `group`, `provider`, `support`, `operator`, `oracle`.
    pub is: &'static str,
    pub part: String,
    pub text: String,
    /// Whether it can be found in the team's own telemetry. Everything told is true.
    pub seen: bool,
    /// `lost`: nobody knows whether it was done. `effect`: real from here on, outside. `harm`: a promise is broken.
    pub weighs: Option<&'static str>,
    /// The promise that is broken here, by its number.
    pub breaks: Option<usize>,
    /// Which click of the person begins here, from 1.
    pub click: Option<u16>,
    /// Which attempt of a call begins here, from 1.
    pub attempt: Option<u16>,
}

pub fn history(compiled: &Compiled, story: &Story, sim: &Sim) -> History {
    let system = &compiled.system;
    let came = story.moments.first().map_or(0, |first| first.at);
    let what = story.moments.iter().find_map(|moment| match moment.beat {
        Beat::Arrives { record, .. } => Some(thing(system, record, moment.id)),
        _ => None,
    });
    History {
        serial: story.serial,
        digest: format!("{:016x}", sim.digest()),
        what: what.unwrap_or_default(),
        came: came / 1_000_000,
        steps: in_order(story).into_iter().map(|moment| told(system, moment, came)).collect(),
    }
}

/// As it happened, except that what an effect breaks at the same instant is told after the effect.
fn in_order(story: &Story) -> Vec<&Moment> {
    let mut moments: Vec<&Moment> = story.moments.iter().collect();
    for at in 1..moments.len() {
        let (before, after) = (moments[at - 1], moments[at]);
        let breaks = matches!(before.beat, Beat::Broken { .. }) && !matches!(after.beat, Beat::Broken { .. });
        if breaks && before.at == after.at {
            moments.swap(at - 1, at);
        }
    }
    moments
}

fn told(system: &System, moment: &Moment, came: u64) -> Told {
    let (is, part) = place(system, moment.part);
    let broken = match moment.beat {
        Beat::Broken { invariant, .. } => Some(invariant.at()),
        _ => None,
    };
    Told {
        after: moment.at.saturating_sub(came) / 1000,
        is,
        part,
        text: text(system, moment),
        seen: moment.beat.is_visible(),
        weighs: weighs(system, moment.beat),
        breaks: broken,
        click: match moment.beat {
            Beat::Clicks { click } => Some(click.max(1)),
            _ => None,
        },
        attempt: match moment.beat {
            Beat::Calls { attempt, .. } => Some(attempt.max(1)),
            _ => None,
        },
    }
}

fn weighs(system: &System, beat: Beat) -> Option<&'static str> {
    match beat {
        Beat::RequestLost { .. } | Beat::AnswerLost { .. } | Beat::TimeUp { .. } | Beat::Dies { .. } => Some("lost"),
        Beat::Told { outcome: Outcome::Unknown, .. } => Some("lost"),
        Beat::Effect { operation, outcome: Outcome::Ok, .. } => match system.operations[operation.at()].kind {
            OperationKind::Create { .. } | OperationKind::Change { .. } => Some("effect"),
            _ => None,
        },
        Beat::Broken { .. } => Some("harm"),
        _ => None,
    }
}

fn place(system: &System, part: Part) -> (&'static str, String) {
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

fn text(system: &System, moment: &Moment) -> String {
    let handler = |id: seatrial_sim::system::HandlerId| plain(&system.handlers[id.at()].name);
    let saga_step = |step: u8| match moment.part {
        Part::Saga(id) => plain(&system.sagas[id.at()].steps[step as usize].name),
        _ => format!("step {step}"),
    };
    match moment.beat {
        Beat::Arrives { record, .. } => format!("arrives with {}{}", thing(system, record, moment.id), of(system, moment.amount)),
        Beat::Clicks { click: 0 | 1 } => "clicks".into(),
        Beat::Clicks { click } => format!("clicks again, for the {} time", nth(click)),
        Beat::Told { outcome: Outcome::Unknown, took } => format!("is told nothing certain, after {}", span(took)),
        Beat::Told { outcome, took } => format!("is told “{}” after {}", outcome.name(), span(took)),
        Beat::Begins { handler: of, .. } => format!("begins {}", handler(of)),
        Beat::Answers { handler: of, outcome } => format!("answers {}: {}", handler(of), came_to(outcome)),
        Beat::Dies { handler: of } => format!("dies in the middle of {}", handler(of)),
        Beat::TurnedAway => "turns it away: too busy, or down".into(),
        Beat::Calls { call, attempt: 0 | 1 } => format!("calls {}", callee(system, call)),
        Beat::Calls { call, attempt } => format!("calls {} again, attempt {attempt}", callee(system, call)),
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
        Beat::Commits { tx } => format!("commits: {}", statements(system, tx)),
        Beat::Aborts { tx, stops: true, .. } => format!("has it already, so nothing is done: {}", statements(system, tx)),
        Beat::Aborts { tx, outcome, .. } => format!("rolls back ({}): {}", came_to(outcome), statements(system, tx)),
        Beat::Published { corrupt: true, .. } => "holds a message about it that nobody can read".into(),
        Beat::Published { .. } => "holds a message about it".into(),
        Beat::Parked { failures } => format!("puts the message aside after {failures} failures"),
        Beat::Skipped => "goes on behind the message; this group will never handle it".into(),
        Beat::SagaBegins { attempt: 0 | 1 } => "begins".into(),
        Beat::SagaBegins { attempt } => format!("begins anew, attempt {attempt}"),
        Beat::SagaStep { step, outcome } => format!("step {}: {}", saga_step(step), came_to(outcome)),
        Beat::SagaUndone { step, outcome } => format!("undoes {}: {}", saga_step(step), came_to(outcome)),
        Beat::SagaEnds { outcome } => format!("ends: {}", came_to(outcome)),
        Beat::SagaResumes { step } => format!("is taken up by another replica at {}", saga_step(step)),
        Beat::Ticket { invariant } => format!("gets a complaint: {}", plain(&system.invariants[invariant.at()].name)),
        Beat::Moves { makes } => format!("makes a move: {}", plain(&system.moves[makes.at()].name)),
        Beat::Alert { alert } => format!("alert {} fires", plain(&system.alerts[alert.at()].name)),
        Beat::Broken { invariant, record, id } => {
            format!("“{}” is broken for {}", plain(&system.invariants[invariant.at()].name), thing(system, record, id))
        }
    }
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

fn callee(system: &System, call: CallId) -> String {
    match system.calls[call.at()].target {
        Target::Handler(id) => {
            let handler = &system.handlers[id.at()];
            format!("{}.{}", system.services[handler.service.at()].name, handler.name)
        }
        Target::Operation(id) => {
            let operation = &system.operations[id.at()];
            format!("{}.{}", system.providers[operation.provider.at()].name, operation.name)
        }
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
    };
    system.txs[tx.at()].statements.iter().map(statement).collect::<Vec<_>>().join("; ")
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
        more => format!("{more}th"),
    }
}
