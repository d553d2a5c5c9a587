//! Log lines, as a decent service writes them: trouble as a warning or an error, a handled request as information, each
//! with the fields that the handler knows. What a line says is what its writer knew when it was written.

use seatrial_scenario::Compiled;
use seatrial_sim::Outcome;
use seatrial_sim::engine::{Beat, Moment, NoWay, NotCalled, Part, RollOutStep, SpanId, Turn, Unsigned};
use seatrial_sim::system::{ServiceId, System};
use serde::{Deserialize, Serialize};

use crate::find::{Field, Key, LogQuery, limit, within};
use crate::index::{Act, Index};
use crate::span::{callee, does, troubled};
use crate::trace::{fields, name};
use crate::words::span;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Info,
    Warn,
    Error,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// When it was written. Nanoseconds after virtual 0.
    pub at: u64,
    /// The time that it says: by the clock of its instance, which may be wrong.
    pub stamp: u64,
    pub level: Level,
    pub service: String,
    /// From 1; none where the line is not a process's own.
    pub replica: Option<u32>,
    pub text: String,
    pub fields: Vec<Field>,
    /// The trace that it belongs to, by `Trace::id`.
    pub trace: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lines {
    /// The youngest of those that fit, oldest first.
    pub list: Vec<Line>,
    pub fitting: usize,
}

/// As `traces`. A line has the fields of its own handler only, whatever was bought; its trace is what joins.
pub fn logs<'a>(compiled: &Compiled, moments: impl IntoIterator<Item = &'a Moment>, query: &LogQuery) -> Lines {
    let system = &compiled.system;
    let index = Index::of(system, moments);
    let key = query.key.as_deref().map(Key::read);
    let text = query.text.as_deref().map(str::to_lowercase);
    let own = index.acts.iter().flat_map(|(id, act)| act.moments.iter().map(move |moment| (*moment, Some((*id, act)))));
    let loose = index.loose.iter().map(|moment| (*moment, None));
    let wanted = Wanted { query, key: key.as_ref(), text: text.as_deref() };
    let mut list: Vec<Line> = own.chain(loose).filter_map(|(moment, of)| wanted.line(system, &index, moment, of)).collect();
    // Stable: what one handler does at one instant stays in its order.
    list.sort_by_key(|line| line.at);
    let fitting = list.len();
    list.drain(..fitting.saturating_sub(limit(query.limit)));
    Lines { list, fitting }
}

struct Wanted<'a> {
    query: &'a LogQuery,
    key: Option<&'a Key>,
    text: Option<&'a str>,
}

impl Wanted<'_> {
    /// What costs least is asked first.
    fn line(&self, system: &System, index: &Index<'_>, moment: &Moment, of: Option<(SpanId, &Act<'_>)>) -> Option<Line> {
        let query = self.query;
        let level = level(moment)?;
        if !within(moment.at, query.from, query.to) || query.level.is_some_and(|least| level < least) {
            return None;
        }
        let act = of.map(|(_, act)| act);
        let (service, replica) = writer(system, moment, act)?;
        let service = &system.services[service.at()].name;
        if query.service.as_ref().is_some_and(|wanted| wanted != service) {
            return None;
        }
        // A consumer knows what a message is about once somebody has read it.
        let about = of.map(|(id, _)| id).or_else(|| match moment.beat {
            Beat::RunsOut { message, .. }
            | Beat::AckRefused { message }
            | Beat::Fails { message, .. } | Beat::Parked { message, .. } | Beat::PutBack { message } | Beat::Skipped { message } => {
                index.handled.get(&message).copied()
            }
            _ => None,
        });
        let fields = about.map(|act| fields(system, index, &[act])).unwrap_or_default();
        if self.key.is_some_and(|key| !fields.iter().any(|field| key.is(field))) {
            return None;
        }
        let text = says(system, moment, act)?;
        if self.text.is_some_and(|wanted| !text.to_lowercase().contains(wanted)) {
            return None;
        }
        let trace = about.map(|act| name(index.root(act)));
        let stamp = stamped(moment.at, act.map_or(0, |act| act.ahead_ms));
        Some(Line { at: moment.at, stamp, level, service: service.clone(), replica, text, fields, trace })
    }
}

/// What a clock that is ahead by so much says at a moment. What lies before virtual 0 cannot be said.
pub(crate) fn stamped(at: u64, ahead_ms: i32) -> u64 {
    at.saturating_add_signed(i64::from(ahead_ms) * 1_000_000)
}

/// Who writes the line: a process, or whoever looks after processes.
fn writer(system: &System, moment: &Moment, act: Option<&Act<'_>>) -> Option<(ServiceId, Option<u32>)> {
    if let Some(act) = act {
        return Some((act.service, Some(act.replica)));
    }
    match (moment.part, moment.beat) {
        (Part::Service(service), Beat::Crashes { replica } | Beat::Starts { replica } | Beat::Turns { replica, .. }) => Some((service, Some(replica))),
        (Part::Service(service), _) => Some((service, None)),
        (Part::Group(group), _) => {
            let handler = system.groups[group.at()].handler;
            Some((system.handlers[handler.at()].service, None))
        }
        _ => None,
    }
}

/// None for what nobody logs.
fn level(moment: &Moment) -> Option<Level> {
    use Level::{Error, Info, Warn};
    Some(match moment.beat {
        Beat::Answers { outcome: Outcome::Refused, .. } => Warn,
        Beat::Answers { outcome, .. } if troubled(outcome) => Error,
        Beat::Answers { .. } => Info,
        Beat::TurnedAway if matches!(moment.part, Part::Service(_)) => Warn,
        Beat::Calls { attempt: 2.., .. } => Warn,
        Beat::Returns { outcome, .. } if troubled(outcome) => Warn,
        Beat::Aborts { stops: true, .. } => Info,
        Beat::NoConnection { .. } | Beat::ConnectionLost { .. } => Error,
        Beat::Fails { failures: 1, .. } => Warn,
        Beat::Fails { .. } | Beat::Parked { .. } | Beat::Crashes { .. } => Error,
        Beat::SagaEnds { outcome } if troubled(outcome) => Warn,
        Beat::RunsOut { .. } | Beat::AckRefused { .. } => Warn,
        Beat::Turns { to: Turn::Leaves | Turn::Exits | Turn::Ready, .. } => Info,
        Beat::Turns { to: Turn::NotReady | Turn::NotAlive, .. } => Warn,
        Beat::PutBack { .. } | Beat::Starts { .. } => Info,
        Beat::RollsOut { step: RollOutStep::GateFails | RollOutStep::RolledBack, .. } => Error,
        Beat::RollsOut { .. } => Info,
        Beat::Expires { .. }
        | Beat::WaitsTooLong { .. }
        | Beat::PutOut { .. }
        | Beat::TimeUp { .. }
        | Beat::NotCalled { .. }
        | Beat::CannotConnect { .. }
        | Beat::Cancelled { .. }
        | Beat::Hedges { .. }
        | Beat::FallsBack { .. }
        | Beat::BadCertificate { .. }
        | Beat::NotSigned { .. }
        | Beat::Misused { .. }
        | Beat::LoginFailed { .. }
        | Beat::Aborts { .. }
        | Beat::Skipped { .. }
        | Beat::SagaUndone { .. }
        | Beat::SagaResumes { .. } => Warn,
        _ => return None,
    })
}

fn says(system: &System, moment: &Moment, act: Option<&Act<'_>>) -> Option<String> {
    let took = |since: u64| span(moment.at.saturating_sub(since));
    Some(match moment.beat {
        Beat::Answers { handler, outcome } => {
            let took = act.map(|act| format!(" in {}", took(act.began))).unwrap_or_default();
            format!("{}: {}{took}", system.handlers[handler.at()].name, outcome.name())
        }
        Beat::Expires { handler } => {
            format!("{}: dropped, its deadline was over before a worker was free", system.handlers[handler.at()].name)
        }
        Beat::PutOut { handler } => format!("{}: put out of a full queue by a more urgent request", system.handlers[handler.at()].name),
        Beat::WaitsTooLong { handler } => {
            format!("{}: refused, it has waited too long for a worker", system.handlers[handler.at()].name)
        }
        Beat::TurnedAway => "request turned away: the queue is full".into(),
        Beat::Calls { call, attempt } => format!("{}: trying again, attempt {attempt}", callee(system, call)),
        Beat::TimeUp { call, attempt, since, .. } => {
            format!("{}: no answer within {}, attempt {attempt}", callee(system, call), took(since))
        }
        Beat::Returns { call, attempt, outcome, since } => {
            format!("{}: {} after {}, attempt {attempt}", callee(system, call), outcome.name(), took(since))
        }
        Beat::CannotConnect { call, attempt, why } => {
            let how = match why {
                NoWay::NobodyKnown => "no instance known",
                NoWay::NobodyListens => "connection refused",
                NoWay::Silent | NoWay::NotThrough => "connection timed out",
            };
            format!("{}: attempt {attempt} could not connect: {how}", callee(system, call))
        }
        Beat::LoginFailed { store, locked: true } => format!("{}: authentication failed, the login is locked", system.stores[store.at()].name),
        Beat::LoginFailed { store, .. } => format!("{}: authentication failed", system.stores[store.at()].name),
        Beat::NotSigned { why: Unsigned::OtherSecret } => "event rejected: signature mismatch".into(),
        Beat::NotSigned { why: Unsigned::OtherTime } => "event rejected: timestamp outside the tolerance".into(),
        Beat::BadCertificate { call, attempt } => format!("{}: attempt {attempt}, certificate not valid", callee(system, call)),
        Beat::Misused { secret } => format!("audit: {} used from an unknown address", system.secrets[secret.at()].name),
        Beat::Cancelled { handler } => format!("{}: cancelled by its caller", system.handlers[handler.at()].name),
        Beat::NotCalled { call, why: NotCalled::BreakerOpen } => format!("{}: not called, the breaker is open", callee(system, call)),
        Beat::Hedges { call } => format!("{}: hedged", callee(system, call)),
        Beat::FallsBack { call, outcome } => format!("{}: falls back to {}", callee(system, call), outcome.name()),
        Beat::NotCalled { call, why: NotCalled::RateLimited } => format!("{}: not called, over its own rate", callee(system, call)),
        Beat::NotCalled { call, why: NotCalled::Throttled } => format!("{}: not called, throttled", callee(system, call)),
        Beat::NotCalled { call, why: NotCalled::BulkheadFull } => format!("{}: not called, the bulkhead is full", callee(system, call)),
        Beat::Aborts { tx, stops: true, .. } => format!("{}: already there, nothing to do", does(system, tx)),
        Beat::Aborts { tx, outcome, .. } => format!("{}: rolled back, {}", does(system, tx), outcome.name()),
        Beat::NoConnection { tx, since, down } if down || since == moment.at => {
            format!("{}: {} takes no connection", does(system, tx), store(system, moment))
        }
        Beat::NoConnection { tx, since, .. } => {
            format!("{}: no connection to {} free within {}", does(system, tx), store(system, moment), took(since))
        }
        Beat::ConnectionLost { tx, .. } => {
            format!("{}: the connection to {} broke; committed or not, nobody knows", does(system, tx), store(system, moment))
        }
        Beat::Fails { partition, outcome, failures, again, .. } => {
            let then = if again == 0 { String::new() } else { format!("; again in {}", span(again)) };
            format!("message of partition {} not handled: {}, failure {failures}{then}", partition + 1, outcome.name())
        }
        Beat::RunsOut { receives, .. } => format!("message not acknowledged in time, receive {receives}: visible again"),
        Beat::AckRefused { .. } => "acknowledgement refused: the message went to another consumer".into(),
        Beat::Parked { failures, .. } => format!("message put aside after failure {failures}"),
        Beat::Skipped { .. } => "offset set behind the message: it will not be handled".into(),
        Beat::PutBack { .. } => "message put back from the dead letters".into(),
        Beat::SagaEnds { outcome } => format!("{}: ends {}", saga(system, moment), outcome.name()),
        Beat::SagaUndone { step, outcome } => {
            format!("{}: undone {}, {}", saga(system, moment), saga_step(system, moment, step), outcome.name())
        }
        Beat::SagaResumes { step, .. } => format!("{}: taken up again at {}", saga(system, moment), saga_step(system, moment, step)),
        Beat::Crashes { .. } => "process stopped; it is started again".into(),
        Beat::Starts { .. } => "process started".into(),
        Beat::Turns { to, .. } => match to {
            Turn::Leaves => "instance is to end: removed from the endpoints",
            Turn::Exits => "process exits: nothing left to do",
            Turn::NotReady => "readiness probe failed: removed from the endpoints",
            Turn::Ready => "readiness probe succeeds: back among the endpoints",
            Turn::NotAlive => "liveness probe failed: the process is started again",
            Turn::Pauses | Turn::WakesUp => return None,
        }
        .into(),
        Beat::RollsOut { version, step } => {
            let version = &system.versions[version.at()].name;
            match step {
                RollOutStep::Waits => format!("roll-out of {version} waits: another is under way"),
                RollOutStep::Begins => format!("roll-out of {version} begins"),
                RollOutStep::GateFails => format!("roll-out of {version}: a gate fails"),
                RollOutStep::Done => format!("roll-out of {version} is over: all instances run it"),
                RollOutStep::RolledBack => format!("roll-out of {version} is turned back"),
            }
        }
        _ => return None,
    })
}

fn store(system: &System, moment: &Moment) -> String {
    match moment.part {
        Part::Store(id) => system.stores[id.at()].name.clone(),
        _ => String::new(),
    }
}

fn saga(system: &System, moment: &Moment) -> String {
    match moment.part {
        Part::Saga(id) => system.sagas[id.at()].name.clone(),
        _ => String::new(),
    }
}

fn saga_step(system: &System, moment: &Moment, step: u8) -> String {
    match moment.part {
        Part::Saga(id) => system.sagas[id.at()].steps.get(usize::from(step)).map_or_else(String::new, |step| step.name.clone()),
        _ => String::new(),
    }
}
