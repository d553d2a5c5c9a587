//! A trace's spans: what one run of a handler did, with how long each took and what it came to, as its own process knows.

use std::collections::BTreeMap;

use seatrial_sim::Outcome;
use seatrial_sim::engine::{Beat, Cause, Moment, NotCalled, SpanId};
use seatrial_sim::system::{CallId, HandlerId, Statement, System, Target, TopicId, TxId};
use serde::Serialize;

use crate::index::{Act, Index};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Handler,
    /// Of another service of the team.
    Call,
    /// An attempt at somebody else's system.
    Provider,
    Transaction,
    /// A message is published.
    Message,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// 0 is the trace's first handler.
    pub depth: u16,
    pub kind: Kind,
    pub service: String,
    /// From 1.
    pub replica: u32,
    pub name: String,
    /// Nanoseconds after virtual 0.
    pub began: u64,
    /// Nanoseconds; none while it is under way.
    pub took: Option<u64>,
    /// `ok`, `declined`, `no answer` …
    pub outcome: &'static str,
    pub troubled: bool,
    /// Whoever called stopped waiting: what the other side did, nobody here knows. To be drawn dashed.
    pub unanswered: bool,
    /// By how many milliseconds its instance's clock was ahead of that of the trace's first handler. It is told where it
    /// belongs all the same, as tools for traces do that mend such clocks.
    pub ahead_ms: i32,
    /// Where it comes from, for whoever says more of it.
    #[serde(skip)]
    pub(crate) origin: Origin,
}

/// The run of a handler that a span belongs to, where among its moments the span begins, and what it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    pub act: SpanId,
    pub place: u32,
    pub of: Of,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Handler(HandlerId, Cause),
    /// Its attempts are spans of their own.
    Call(CallId, SpanId, u16),
    Transaction(TxId),
    Message(TopicId, SpanId),
}

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Outcome(Outcome),
    NoAnswer,
    AlreadyThere,
    NoConnection,
    ConnectionLost,
    NotCalled(NotCalled),
    Died,
    UnderWay,
}

impl End {
    pub fn word(self) -> &'static str {
        match self {
            End::Outcome(outcome) => outcome.name(),
            End::NoAnswer => "no answer",
            End::AlreadyThere => "already there",
            End::NoConnection => "no connection",
            End::ConnectionLost => "connection lost",
            End::NotCalled(NotCalled::BreakerOpen) => "breaker open",
            End::NotCalled(NotCalled::BulkheadFull) => "too many under way",
            End::NotCalled(NotCalled::RateLimited) => "over its own rate",
            End::NotCalled(NotCalled::Throttled) => "throttled",
            End::Died => "its process died",
            End::UnderWay => "under way",
        }
    }

    pub fn troubled(self) -> bool {
        match self {
            End::Outcome(outcome) => troubled(outcome),
            End::AlreadyThere | End::UnderWay => false,
            End::NoAnswer | End::NoConnection | End::ConnectionLost | End::NotCalled(_) | End::Died => true,
        }
    }

    fn unanswered(self) -> bool {
        matches!(self, End::NoAnswer | End::ConnectionLost)
    }
}

/// Whether an outcome is trouble, and not an answer of the business.
pub(crate) fn troubled(outcome: Outcome) -> bool {
    !matches!(outcome, Outcome::Ok | Outcome::Declined | Outcome::Missing)
}

/// How the run of the handler ended, and when.
pub(crate) fn ending(act: &Act<'_>) -> (End, Option<u64>) {
    let ended = act.moments.iter().find_map(|moment| match moment.beat {
        Beat::Answers { outcome, .. } => Some((End::Outcome(outcome), Some(moment.at))),
        Beat::Dies { .. } => Some((End::Died, Some(moment.at))),
        _ => None,
    });
    // A saga that goes on has answered long ago; it ends with the saga.
    let ended = ended.or_else(|| {
        act.moments.iter().find_map(|moment| match moment.beat {
            Beat::SagaEnds { outcome } => Some((End::Outcome(outcome), Some(moment.at))),
            _ => None,
        })
    });
    ended.unwrap_or((End::UnderWay, None))
}

/// The spans of a run of a handler, and of what it caused, in the order of a waterfall.
pub(crate) fn spans(system: &System, index: &Index<'_>, act: SpanId) -> Vec<Span> {
    let mut out = Vec::new();
    // A list instead of a recursion: how deep calls go is the scenario's affair.
    let mut open = vec![Todo::Act(act, 0)];
    while let Some(next) = open.pop() {
        match next {
            Todo::Span(span) => out.push(span),
            Todo::Act(of, depth) => {
                let Some(act) = index.acts.get(&of) else { continue };
                let mut todo = of_act(system, index, of, act, depth);
                todo.reverse();
                open.extend(todo);
            }
        }
    }
    out
}

enum Todo {
    Span(Span),
    Act(SpanId, u16),
}

/// A call's attempt or a message, and where it stands in the list.
type Attempt = (SpanId, u16);

fn of_act(system: &System, index: &Index<'_>, of: SpanId, act: &Act<'_>, depth: u16) -> Vec<Todo> {
    let writer = Writer { system, id: of, act, depth };
    let (end, at) = ending(act);
    let handler = &system.handlers[act.handler.at()];
    let mut todo = vec![Todo::Span(writer.span(0, Kind::Handler, handler.name.clone(), (act.began, at), end, (0, Of::Handler(act.handler, act.cause))))];
    // Whom it caused, by the call or the message through which it did.
    let mut through: BTreeMap<Attempt, Vec<SpanId>> = BTreeMap::new();
    let mut others = Vec::new();
    for &caused in index.caused.get(&of).into_iter().flatten() {
        match index.acts.get(&caused).map(|act| act.cause) {
            Some(Cause::Call { call, attempt }) => through.entry((call, attempt)).or_default().push(caused),
            Some(Cause::Message { message, .. }) => through.entry((message, 0)).or_default().push(caused),
            _ => others.push(caused),
        }
    }
    for (place, moment) in act.moments.iter().enumerate() {
        let Some((span, key)) = writer.part(moment, place as u32, &act.moments[place..], at) else { continue };
        todo.push(Todo::Span(span));
        let caused = key.and_then(|key| through.remove(&key)).unwrap_or_default();
        todo.extend(caused.into_iter().map(|act| Todo::Act(act, depth + 2)));
    }
    // What was caused by something that the recorder has forgotten stands at the end.
    others.extend(through.into_values().flatten());
    todo.extend(others.into_iter().map(|act| Todo::Act(act, depth + 1)));
    todo
}

struct Writer<'a> {
    system: &'a System,
    id: SpanId,
    act: &'a Act<'a>,
    depth: u16,
}

impl Writer<'_> {
    fn span(&self, below: u16, kind: Kind, name: String, (began, ended): (u64, Option<u64>), end: End, (place, of): (u32, Of)) -> Span {
        Span {
            origin: Origin { act: self.id, place, of },
            depth: self.depth + below,
            kind,
            service: self.system.services[self.act.service.at()].name.clone(),
            replica: self.act.replica,
            name,
            began,
            took: ended.map(|ended| ended.saturating_sub(began)),
            outcome: end.word(),
            troubled: end.troubled(),
            unanswered: end.unanswered(),
            ahead_ms: self.act.ahead_ms,
        }
    }

    /// The span that begins, or stands, at a moment; `rest` begins with it. `ended`: when the handler did.
    fn part(&self, moment: &Moment, place: u32, rest: &[&Moment], ended: Option<u64>) -> Option<(Span, Option<Attempt>)> {
        let tx = |tx: TxId, since: u64, end: End| {
            let name = does(self.system, tx);
            Some((self.span(1, Kind::Transaction, name, (since, Some(moment.at)), end, (place, Of::Transaction(tx))), None))
        };
        match moment.beat {
            Beat::Calls { call, attempt } => {
                let (end, at) = self.attempt(moment, attempt, rest, ended);
                let again = self.tried_again(moment.call, attempt);
                let (kind, mut name) = called(self.system, call);
                if again {
                    name += &format!(", attempt {attempt}");
                }
                let of = Of::Call(call, moment.call, attempt);
                Some((self.span(1, kind, name, (moment.at, at), end, (place, of)), Some((moment.call, attempt))))
            }
            Beat::NotCalled { call, why } => {
                let (kind, name) = called(self.system, call);
                let of = Of::Call(call, moment.call, 0);
                Some((self.span(1, kind, name, (moment.at, Some(moment.at)), End::NotCalled(why), (place, of)), None))
            }
            Beat::Commits { tx: of, since, .. } => tx(of, since, End::Outcome(Outcome::Ok)),
            Beat::Aborts { tx: of, stops: true, since, .. } => tx(of, since, End::AlreadyThere),
            Beat::Aborts { tx: of, outcome, since, .. } => tx(of, since, End::Outcome(outcome)),
            Beat::NoConnection { tx: of, since, .. } => tx(of, since, End::NoConnection),
            Beat::ConnectionLost { tx: of, since } => tx(of, since, End::ConnectionLost),
            Beat::Published { topic, message } => {
                let name = format!("publish {}", self.system.topics[topic.at()].name);
                let end = End::Outcome(Outcome::Ok);
                let of = (place, Of::Message(topic, message));
                Some((self.span(1, Kind::Message, name, (moment.at, Some(moment.at)), end, of), Some((message, 0))))
            }
            _ => None,
        }
    }

    /// What an attempt came to, for its caller.
    fn attempt(&self, begins: &Moment, attempt: u16, rest: &[&Moment], ended: Option<u64>) -> (End, Option<u64>) {
        let found = rest.iter().filter(|moment| moment.call == begins.call).find_map(|moment| match moment.beat {
            Beat::Returns { attempt: of, outcome, .. } if of == attempt => Some((End::Outcome(outcome), Some(moment.at))),
            Beat::TimeUp { attempt: of, .. } if of == attempt => Some((End::NoAnswer, Some(moment.at))),
            _ => None,
        });
        let died = rest.iter().any(|moment| matches!(moment.beat, Beat::Dies { .. }));
        found.unwrap_or(if died { (End::Died, ended) } else { (End::UnderWay, None) })
    }

    fn tried_again(&self, call: SpanId, attempt: u16) -> bool {
        attempt > 1
            || self.act.moments.iter().any(|moment| {
                moment.call == call && matches!(moment.beat, Beat::Calls { attempt, .. } if attempt > 1)
            })
    }
}

fn called(system: &System, call: CallId) -> (Kind, String) {
    match system.calls[call.at()].target {
        Target::Handler(_) => (Kind::Call, format!("call {}", callee(system, call))),
        Target::Operation(_) => (Kind::Provider, callee(system, call)),
    }
}

/// `payments.charge`; of a module by its own name, wherever it is.
pub(crate) fn callee(system: &System, call: CallId) -> String {
    match system.calls[call.at()].target {
        Target::Handler(id) if system.calls[call.at()].placed.is_some() => system.handlers[id.at()].name.clone(),
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

/// What a transaction does, as an instrument names it: `insert orders`, `update orders`.
pub(crate) fn does(system: &System, tx: TxId) -> String {
    let table = |id: seatrial_sim::system::TableId| system.tables[id.at()].name.as_str();
    let statement = |statement: &Statement| match statement {
        Statement::Insert(insert) => Some(format!("insert {}", table(insert.table))),
        Statement::Move { find, .. } | Statement::Update { find, .. } => Some(format!("update {}", table(find.table))),
        Statement::Read { find, .. } => Some(format!("select {}", table(find.table))),
        // It leaves after the commit, or through the outbox; either way it has a span of its own.
        Statement::Publish(_) | Statement::Steps => None,
    };
    let tx = &system.txs[tx.at()];
    let said: Vec<String> = tx.statements.iter().filter_map(statement).collect();
    if said.is_empty() { format!("commit {}", system.stores[tx.store.at()].name) } else { said.join(", ") }
}
