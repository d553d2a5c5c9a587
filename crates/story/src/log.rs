//! Log lines, as a decent service writes them: trouble as a warning or an error, a handled request as information, each
//! with the fields that the handler knows. What a line says is what its writer knew when it was written.

use seatrial_scenario::Compiled;
use seatrial_sim::Outcome;
use seatrial_sim::engine::{Beat, Moment, NotCalled, Part, SpanId};
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
    /// Nanoseconds after virtual 0.
    pub at: u64,
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
    let mut list: Vec<Line> = own
        .chain(loose)
        .filter(|(moment, _)| within(moment.at, query.from, query.to))
        .filter_map(|(moment, of)| line(system, &index, moment, of))
        .filter(|line| query.level.is_none_or(|least| line.level >= least))
        .filter(|line| query.service.as_ref().is_none_or(|service| line.service == *service))
        .filter(|line| text.as_ref().is_none_or(|text| line.text.to_lowercase().contains(text)))
        .filter(|line| key.as_ref().is_none_or(|key| line.fields.iter().any(|field| key.is(field))))
        .collect();
    // Stable: what one handler does at one instant stays in its order.
    list.sort_by_key(|line| line.at);
    let fitting = list.len();
    list.drain(..fitting.saturating_sub(limit(query.limit)));
    Lines { list, fitting }
}

fn line(system: &System, index: &Index<'_>, moment: &Moment, of: Option<(SpanId, &Act<'_>)>) -> Option<Line> {
    let (level, text) = says(system, moment, of.map(|(_, act)| act))?;
    let (service, replica) = writer(system, moment, of.map(|(_, act)| act))?;
    // A consumer knows what a message is about once somebody has read it.
    let about = of.map(|(id, _)| id).or_else(|| match moment.beat {
        Beat::Fails { message, .. } | Beat::Parked { message, .. } | Beat::PutBack { message } | Beat::Skipped { message } => index.handled.get(&message).copied(),
        _ => None,
    });
    Some(Line {
        at: moment.at,
        level,
        service: system.services[service.at()].name.clone(),
        replica,
        text,
        fields: about.map(|act| fields(system, index, &[act])).unwrap_or_default(),
        trace: about.map(|act| name(index.root(act))),
    })
}

/// Who writes the line: a process, or whoever looks after processes.
fn writer(system: &System, moment: &Moment, act: Option<&Act<'_>>) -> Option<(ServiceId, Option<u32>)> {
    if let Some(act) = act {
        return Some((act.service, Some(act.replica)));
    }
    match (moment.part, moment.beat) {
        (Part::Service(service), Beat::Crashes { replica } | Beat::Starts { replica }) => Some((service, Some(replica))),
        (Part::Service(service), _) => Some((service, None)),
        (Part::Group(group), _) => {
            let handler = system.groups[group.at()].handler;
            Some((system.handlers[handler.at()].service, None))
        }
        _ => None,
    }
}

fn says(system: &System, moment: &Moment, act: Option<&Act<'_>>) -> Option<(Level, String)> {
    use Level::{Error, Info, Warn};
    let took = |since: u64| span(moment.at.saturating_sub(since));
    Some(match moment.beat {
        Beat::Answers { handler, outcome } => {
            let took = act.map(|act| format!(" in {}", took(act.began))).unwrap_or_default();
            let level = match outcome {
                Outcome::Refused => Warn,
                outcome if troubled(outcome) => Error,
                _ => Info,
            };
            (level, format!("{}: {}{took}", system.handlers[handler.at()].name, outcome.name()))
        }
        Beat::Expires { handler } => {
            (Warn, format!("{}: dropped, its deadline was over before a worker was free", system.handlers[handler.at()].name))
        }
        Beat::TurnedAway if matches!(moment.part, Part::Service(_)) => (Warn, "request turned away: the queue is full".into()),
        Beat::Calls { call, attempt: attempt @ 2.. } => (Warn, format!("{}: trying again, attempt {attempt}", callee(system, call))),
        Beat::TimeUp { call, attempt, since } => {
            (Warn, format!("{}: no answer within {}, attempt {attempt}", callee(system, call), took(since)))
        }
        Beat::Returns { call, attempt, outcome, since } if troubled(outcome) => {
            (Warn, format!("{}: {} after {}, attempt {attempt}", callee(system, call), outcome.name(), took(since)))
        }
        Beat::NotCalled { call, why: NotCalled::BreakerOpen } => (Warn, format!("{}: not called, the breaker is open", callee(system, call))),
        Beat::NotCalled { call, why: NotCalled::BulkheadFull } => (Warn, format!("{}: not called, the bulkhead is full", callee(system, call))),
        Beat::Aborts { tx, stops: true, .. } => (Info, format!("{}: already there, nothing to do", does(system, tx))),
        Beat::Aborts { tx, outcome, .. } => (Warn, format!("{}: rolled back, {}", does(system, tx), outcome.name())),
        Beat::NoConnection { tx, since } if since == moment.at => {
            (Error, format!("{}: {} takes no connection", does(system, tx), store(system, moment)))
        }
        Beat::NoConnection { tx, since } => (Error, format!("{}: no connection to {} free within {}", does(system, tx), store(system, moment), took(since))),
        Beat::ConnectionLost { tx, .. } => {
            (Error, format!("{}: the connection to {} broke; committed or not, nobody knows", does(system, tx), store(system, moment)))
        }
        Beat::Fails { partition, outcome, failures, again, .. } => {
            let what = format!("message of partition {} not handled: {}, failure {failures}", partition + 1, outcome.name());
            let then = if again == 0 { String::new() } else { format!("; again in {}", span(again)) };
            (if failures == 1 { Warn } else { Error }, what + &then)
        }
        Beat::Parked { failures, .. } => (Error, format!("message put aside after failure {failures}")),
        Beat::Skipped { .. } => (Warn, "offset set behind the message: it will not be handled".into()),
        Beat::PutBack { .. } => (Info, "message put back from the dead letters".into()),
        Beat::SagaEnds { outcome } if troubled(outcome) => (Warn, format!("{}: ends {}", saga(system, moment), outcome.name())),
        Beat::SagaUndone { step, outcome } => {
            (Warn, format!("{}: undone {}, {}", saga(system, moment), saga_step(system, moment, step), outcome.name()))
        }
        Beat::SagaResumes { step, .. } => (Warn, format!("{}: taken up again at {}", saga(system, moment), saga_step(system, moment, step))),
        Beat::Crashes { .. } => (Error, "process stopped; it is started again".into()),
        Beat::Starts { .. } => (Info, "process started".into()),
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
