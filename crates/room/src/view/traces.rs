//! Traces and logs, as the team's own instruments have them. Of one key: by living through the log again and watching its
//! arrival, however long ago that was. Of everything else: what was recorded last.

use seatrial_sim::Id;
use seatrial_sim::system::{RecordId, System};
use seatrial_story::{Field, Level, LogQuery as AskLogs, TraceQuery as AskTraces};
use serde::{Deserialize, Serialize};

use crate::command::V;
use crate::moves::read_id;
use crate::reel::Reel;
use crate::take::Take;

/// How many traces or lines are sent at most.
const ANSWER_MAX: u32 = 200;

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "schema", into_params(parameter_in = Query))]
#[serde(default)]
pub struct TraceQuery {
    /// `order = 8123`, `order 8123`, `8123`.
    pub key: Option<String>,
    pub service: Option<String>,
    /// Only those in which something went wrong.
    pub errors: bool,
    /// Only what took at least so long.
    pub min_ms: Option<u32>,
    pub limit: Option<u32>,
    /// As it was to be seen at another moment; for the panel.
    pub v: Option<V>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "schema", into_params(parameter_in = Query))]
#[serde(default)]
pub struct LogQuery {
    pub service: Option<String>,
    /// `info`, `warn`, `error`: this and what is worse.
    pub level: Option<String>,
    pub text: Option<String>,
    pub key: Option<String>,
    pub limit: Option<u32>,
    /// As it was to be seen at another moment; for the panel.
    pub v: Option<V>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Traces {
    /// Whether what several services saw of one request joins.
    pub joined: bool,
    /// Why it does not.
    pub why_not: Option<String>,
    /// How many fit.
    pub total: u32,
    /// From where on something is kept, when not everything is.
    pub since: Option<V>,
    pub list: Vec<Trace>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Trace {
    pub id: String,
    pub service: String,
    pub handler: String,
    pub began: V,
    /// The same by its instance's own clock, as it is written in it.
    pub stamp: V,
    /// None while it is under way.
    pub took_us: Option<u64>,
    pub outcome: String,
    pub good: bool,
    pub fields: Vec<NamedField>,
    pub spans: Vec<Span>,
}

/// Name and value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NamedField(pub String, pub String);

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Span {
    pub depth: u16,
    pub name: String,
    pub service: String,
    /// After the trace began.
    pub start_us: u64,
    pub took_us: Option<u64>,
    pub word: String,
    /// `handler`, `call`, `provider`, `transaction`, `message`.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub kind: seatrial_story::Kind,
    pub state: SpanState,
    /// By how many milliseconds its clock is ahead of the trace's first; it is drawn where it belongs.
    pub ahead_ms: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SpanState {
    Ok,
    Failed,
    /// Whoever called stopped waiting.
    NoAnswer,
    Running,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Logs {
    pub total: u32,
    pub since: Option<V>,
    /// The newest last.
    pub lines: Vec<LogLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LogLine {
    /// When it was collected.
    pub v: V,
    /// The time that it says, by its instance's own clock.
    pub stamp: V,
    /// `info`, `warn`, `error`.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub level: Level,
    pub service: String,
    pub replica: Option<u32>,
    pub text: String,
    pub fields: Vec<NamedField>,
    pub trace: Option<String>,
}

/// Where the moments come from.
enum Moments<'a> {
    Watched(Box<Take>),
    Recorded(&'a Take),
}

/// The arrival behind a key: its own id, or that of a record that is still held.
fn arrival(take: &Take, key: &str) -> Option<u64> {
    let system = &take.play.system;
    let text = key.rsplit(['=', ' ']).next()?.trim();
    let id = read_id(text, &system.shapes)?;
    let held = |record: usize| take.sim.serial_of(RecordId(record as u16), id.0 as i64);
    // Its own id needs nothing to be held.
    if made(system).is_some_and(|record| is_of(system, record, id)) {
        return Some(id.0);
    }
    (0..system.records.len()).find_map(held)
}

/// The record that arrivals make.
fn made(system: &System) -> Option<RecordId> {
    system.clients.iter().find_map(|client| client.make.as_ref()).map(|make| make.record)
}

/// Whether an id is one of a record's: ids of one record begin where those of the one before it cannot reach.
pub(super) fn is_of(system: &System, record: RecordId, id: Id) -> bool {
    let first = system.records[record.at()].first_id;
    let next = system.records.iter().map(|record| record.first_id).filter(|next| *next > first).min();
    id.0 >= first && next.is_none_or(|next| id.0 < next)
}

fn moments<'a>(take: &'a Take, reel: &Reel, key: Option<&str>) -> Moments<'a> {
    match key.filter(|key| !key.trim().is_empty()).and_then(|key| arrival(take, key)) {
        Some(serial) => Moments::Watched(Box::new(reel.watched(take.now(), serial))),
        None => Moments::Recorded(take),
    }
}

/// `take`: the reel's take where somebody stands.
pub fn traces(take: &Take, reel: &Reel, query: &TraceQuery) -> Traces {
    let ask = AskTraces {
        key: query.key.clone().filter(|key| !key.trim().is_empty()),
        service: query.service.clone().filter(|service| !service.is_empty()),
        troubled: query.errors,
        took_at_least: query.min_ms.map(|ms| u64::from(ms) * 1_000_000),
        limit: query.limit.unwrap_or(50).min(ANSWER_MAX) as usize,
        ..AskTraces::default()
    };
    let bought = take.sim.bought();
    let compiled = &take.play.compiled;
    let (told, since) = match moments(take, reel, query.key.as_deref()) {
        Moments::Watched(watched) => {
            let story = watched.sim.story().map_or(&[][..], |story| &story.moments);
            (seatrial_story::traces(compiled, story, &ask, bought), None)
        }
        Moments::Recorded(take) => {
            (seatrial_story::traces(compiled, take.sim.recorded(), &ask, bought), take.sim.recorded().next().map(|first| first.at))
        }
    };
    let list = told.list.into_iter().rev().map(trace).collect();
    Traces { joined: told.joined, why_not: told.why_not, total: u32::try_from(told.fitting).unwrap_or(u32::MAX), since, list }
}

pub fn logs(take: &Take, reel: &Reel, query: &LogQuery) -> Logs {
    let ask = AskLogs {
        service: query.service.clone().filter(|service| !service.is_empty()),
        level: match query.level.as_deref() {
            Some("warn") => Some(Level::Warn),
            Some("error") => Some(Level::Error),
            _ => None,
        },
        text: query.text.clone().filter(|text| !text.is_empty()),
        key: query.key.clone().filter(|key| !key.trim().is_empty()),
        limit: query.limit.unwrap_or(ANSWER_MAX).min(ANSWER_MAX) as usize,
        ..AskLogs::default()
    };
    let compiled = &take.play.compiled;
    let (told, since) = match moments(take, reel, query.key.as_deref()) {
        Moments::Watched(watched) => {
            let story = watched.sim.story().map_or(&[][..], |story| &story.moments);
            (seatrial_story::logs(compiled, story, &ask), None)
        }
        Moments::Recorded(take) => {
            (seatrial_story::logs(compiled, take.sim.recorded(), &ask), take.sim.recorded().next().map(|first| first.at))
        }
    };
    let lines = told.list.into_iter().map(|line| LogLine {
        v: line.at,
        stamp: line.stamp,
        level: line.level,
        service: line.service,
        replica: line.replica,
        text: line.text,
        fields: fields(line.fields),
        trace: line.trace,
    });
    Logs { total: u32::try_from(told.fitting).unwrap_or(u32::MAX), since, lines: lines.collect() }
}

fn fields(fields: Vec<Field>) -> Vec<NamedField> {
    fields.into_iter().map(|field| NamedField(field.name, field.value)).collect()
}

fn trace(of: seatrial_story::Trace) -> Trace {
    let began = of.began;
    let span = |span: seatrial_story::Span| Span {
        depth: span.depth,
        name: span.name,
        service: span.service,
        start_us: span.began.saturating_sub(began) / 1000,
        took_us: span.took.map(|ns| ns / 1000),
        word: span.outcome.to_owned(),
        kind: span.kind,
        state: match () {
            () if span.unanswered => SpanState::NoAnswer,
            () if span.took.is_none() => SpanState::Running,
            () if span.troubled => SpanState::Failed,
            () => SpanState::Ok,
        },
        ahead_ms: span.ahead_ms,
    };
    Trace {
        id: of.id,
        service: of.service,
        handler: of.handler,
        began,
        stamp: of.stamp,
        took_us: of.took.map(|ns| ns / 1000),
        outcome: of.outcome.to_owned(),
        good: !of.troubled,
        fields: fields(of.fields),
        spans: of.spans.into_iter().map(span).collect(),
    }
}
