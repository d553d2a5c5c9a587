//! Traces, as the team's own instruments have them: one for each run of a handler, found by the fields that it knows; one
//! tree across services and topics where correlation ids are passed on.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_scenario::Compiled;
use seatrial_sim::engine::{Bought, Moment, SpanId};
use seatrial_sim::system::System;
use serde::Serialize;

use crate::find::{Field, Key, TraceQuery, field, limit, within};
use crate::index::Index;
use crate::log::stamped;
use crate::span::{Span, ending, spans};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trace {
    /// The same in each answer about this run.
    pub id: String,
    /// Of its first handler.
    pub service: String,
    pub handler: String,
    /// Nanoseconds after virtual 0.
    pub began: u64,
    /// The same, as the clock of the instance had it.
    pub stamp: u64,
    /// Nanoseconds, until its first handler answered; none while it is under way.
    pub took: Option<u64>,
    pub outcome: &'static str,
    /// Something in it went wrong.
    pub troubled: bool,
    /// What its handlers know of by name: `order` = `8123`.
    pub fields: Vec<Field>,
    pub spans: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Traces {
    /// The youngest of those that fit, in the order in which they began.
    pub list: Vec<Trace>,
    /// How many fit.
    pub fitting: usize,
    /// Whether what several services saw of one request joins.
    pub joined: bool,
    /// Why it does not.
    pub why_not: Option<String>,
}

/// `moments`: of the recorder, or of one watched story. What is true and not visible in them is not looked at.
pub fn traces<'a>(
    compiled: &Compiled,
    moments: impl IntoIterator<Item = &'a Moment>,
    query: &TraceQuery,
    bought: Bought,
) -> Traces {
    let system = &compiled.system;
    let index = Index::of(system, moments);
    let (found, fitting) = found(system, &index, query);
    let list: Vec<Trace> = found.iter().map(|(root, members)| trace(system, &index, *root, members)).collect();
    let why_not = (!bought.correlation).then(|| why_not(list.len(), query.key.as_deref()));
    Traces { list, fitting, joined: bought.correlation, why_not }
}

/// The traces that fit, each as its first handler's run and all runs that belong to it; and how many fit.
pub(crate) fn found(system: &System, index: &Index<'_>, query: &TraceQuery) -> (Vec<(SpanId, Vec<SpanId>)>, usize) {
    let key = query.key.as_deref().map(Key::read);
    let mut members = members(index);
    let mut fitting: Vec<(u64, SpanId)> = members
        .iter()
        .filter(|(root, members)| fits(system, index, query, key.as_ref(), **root, members))
        .map(|(root, _)| (index.acts[root].began, *root))
        .collect();
    fitting.sort_unstable();
    let all = fitting.len();
    let youngest = &fitting[all.saturating_sub(limit(query.limit))..];
    (youngest.iter().filter_map(|(_, root)| members.remove_entry(root)).collect(), all)
}

/// By the first run of a handler, all that belong to it, in the order in which they began.
pub(crate) fn members(index: &Index<'_>) -> BTreeMap<SpanId, Vec<SpanId>> {
    let mut members: BTreeMap<SpanId, Vec<SpanId>> = BTreeMap::new();
    for &act in index.acts.keys() {
        members.entry(index.root(act)).or_default().push(act);
    }
    members.values_mut().for_each(|acts| acts.sort_by_key(|act| (index.acts[act].began, *act)));
    members
}

fn fits(system: &System, index: &Index<'_>, query: &TraceQuery, key: Option<&Key>, root: SpanId, members: &[SpanId]) -> bool {
    let first = &index.acts[&root];
    let (end, ended) = ending(first);
    let service = |name: &String| members.iter().any(|act| system.services[index.acts[act].service.at()].name == *name);
    within(first.began, query.from, query.to)
        && query.outcome.as_ref().is_none_or(|wanted| end.word() == wanted)
        && query.took_at_least.is_none_or(|least| ended.is_some_and(|ended| ended - first.began >= least))
        && query.service.as_ref().is_none_or(service)
        && key.is_none_or(|key| fields(system, index, members).iter().any(|field| key.is(field)))
        && (!query.troubled || spans(system, index, root).iter().any(|span| span.troubled))
}

pub(crate) fn fields(system: &System, index: &Index<'_>, members: &[SpanId]) -> Vec<Field> {
    let mut known = BTreeSet::new();
    let mut out = Vec::new();
    for &(as_, id) in members.iter().flat_map(|act| &index.acts[act].carries) {
        let field = field(system, as_, id);
        if known.insert((field.name.clone(), field.value.clone())) {
            out.push(field);
        }
    }
    out
}

fn trace(system: &System, index: &Index<'_>, root: SpanId, members: &[SpanId]) -> Trace {
    let first = &index.acts[&root];
    let (end, ended) = ending(first);
    let mut spans = spans(system, index, root);
    spans.iter_mut().for_each(|span| span.ahead_ms -= first.ahead_ms);
    Trace {
        id: name(root),
        service: system.services[first.service.at()].name.clone(),
        handler: system.handlers[first.handler.at()].name.clone(),
        began: first.began,
        stamp: stamped(first.began, first.ahead_ms),
        took: ended.map(|ended| ended - first.began),
        outcome: end.word(),
        troubled: spans.iter().any(|span| span.troubled),
        fields: fields(system, index, members),
        spans,
    }
}

/// A trace is named after the run of its first handler.
pub(crate) fn name(root: SpanId) -> String {
    format!("{:016x}", root.0)
}

fn why_not(count: usize, key: Option<&str>) -> String {
    let why = "No traces join here: this system propagates no correlation id.";
    match (count, key) {
        (2.., Some(key)) => format!("{why} These {count} name {key} in a field. What caused what is for you to say."),
        _ => why.into(),
    }
}
