//! Traces for other people's tools: what `traces` tells, as OpenTelemetry's protocol has it in JSON.
//!
//! Lives here: which spans there are, how they hang together, and who is said to have written them. `document.rs` is the
//! shape of it, `names.rs` OpenTelemetry's semantic conventions, `truth.rs` the same with all that nobody inside sees.

mod document;
mod ids;
mod names;
mod truth;

use std::collections::BTreeMap;

use seatrial_scenario::Compiled;
use seatrial_sim::engine::{Bought, Moment, SpanId};
use seatrial_sim::system::System;

pub use self::document::Export;
use self::document::{ResourceSpans, Written};
use self::ids::Ids;
pub use self::truth::truth;
use crate::find::TraceQuery;
use crate::index::Index;
use crate::log::stamped;
use crate::span::{Kind, Of, Span, spans};
use crate::trace::{fields, found};

/// What the team's instruments export of the traces that fit: as `traces`, without what is under way, for a span is
/// exported when it ends. `run` tells runs apart, so that the same request under two designs is two traces; a digest does.
pub fn otlp<'a>(
    compiled: &Compiled,
    moments: impl IntoIterator<Item = &'a Moment>,
    query: &TraceQuery,
    bought: Bought,
    run: u64,
) -> Export {
    let index = Index::of(&compiled.system, moments);
    let mut writer = Writer::new(&compiled.system, Ids::new(run), None);
    for (root, members) in found(&compiled.system, &index, query).0 {
        writer.trace(&index, root, &members, &writer.ids.trace(root), None);
    }
    writer.done(bought.correlation)
}

/// Who wrote a span: a service, and which of its instances where there is more than one thing that it can be.
type Resource = (String, Option<u32>);

struct Writer<'a> {
    system: &'a System,
    ids: Ids,
    written: BTreeMap<Resource, Vec<Written>>,
    unfinished: usize,
    /// Where what is under way ends for those who know all; instruments leave it out.
    until: Option<u64>,
    /// When each attempt of a call was made, and its span.
    attempts: BTreeMap<SpanId, Vec<(u64, u64)>>,
}

impl<'a> Writer<'a> {
    fn new(system: &'a System, ids: Ids, until: Option<u64>) -> Writer<'a> {
        Writer { system, ids, written: BTreeMap::new(), unfinished: 0, until, attempts: BTreeMap::new() }
    }

    /// `below`: the span under which all of it hangs.
    fn trace(&mut self, index: &Index<'_>, root: SpanId, members: &[SpanId], trace: &str, below: Option<u64>) {
        let known: BTreeMap<SpanId, _> = members.iter().map(|act| (*act, fields(self.system, index, &[*act]))).collect();
        // The tree comes as a list with depths: whoever stands last above a span is its parent.
        let mut above: Vec<(u64, Kind)> = Vec::new();
        for span in spans(self.system, index, root) {
            above.truncate(usize::from(span.depth));
            let parent = above.last().copied().or(below.map(|id| (id, Kind::Handler)));
            let id = self.ids.span(span.origin);
            if let Of::Call(_, call, 1..) = span.origin.of {
                self.attempts.entry(call).or_default().push((span.began, id));
            }
            above.push((id, span.kind));
            let mut written = self.span(&span, id, parent).of(trace);
            if span.kind == Kind::Handler {
                written.attributes.extend(known.get(&span.origin.act).map(|known| names::fields(known)).unwrap_or_default());
            }
            self.write((span.service, Some(span.replica)), written, span.took.is_some() || self.until.is_some());
        }
    }

    /// One that has not ended has not been exported, where nobody knows better.
    fn write(&mut self, by: Resource, span: Written, ended: bool) {
        match ended {
            true => self.written.entry(by).or_default().push(span),
            false => self.unfinished += 1,
        }
    }

    fn span(&self, span: &Span, id: u64, parent: Option<(u64, Kind)>) -> Written {
        // Who knows all knows the time, too.
        let ahead_ms = if self.until.is_some() { 0 } else { span.ahead_ms };
        let unix = |at: u64| unix_nanos(self.system, stamped(at, ahead_ms));
        let ended = span.took.map(|took| span.began + took).or(self.until).unwrap_or(span.began);
        let mut written = Written::new(id, names::name(self.system, span), names::kind(span), unix(span.began), unix(ended));
        written.parent(parent.map(|(id, _)| id));
        written.attributes = names::attributes(self.system, span);
        // A message's handling is linked to its making; being its child as well is left to whoever instruments.
        if let (Of::Handler(..), Some((made, Kind::Message))) = (span.origin.of, parent) {
            written.link(made);
        }
        if span.took.is_none() {
            written.attributes.push(document::flag("seatrial.unfinished"));
        }
        if span.troubled {
            written.failed(span.outcome, names::error(span.outcome));
        }
        written
    }

    fn done(self, joined: bool) -> Export {
        let resource = |((service, instance), spans): (Resource, Vec<Written>)| {
            let mut about = vec![document::text("service.name", service.clone()), document::text("service.namespace", self.system.name.clone())];
            let instance = instance.map(|number| format!("{service}-{number}"));
            // Every instance has a machine of its own. Without a name for it, Jaeger takes each span and its parent for two
            // machines, and suspects their clocks.
            about.push(document::text("host.name", instance.clone().unwrap_or(service)));
            about.extend(instance.map(|instance| document::text("service.instance.id", instance)));
            ResourceSpans::new(about, spans)
        };
        Export { resource_spans: self.written.into_iter().map(resource).collect(), unfinished: self.unfinished, joined }
    }
}

/// Nanoseconds since 1970 of an instant after virtual 0.
fn unix_nanos(system: &System, at: u64) -> u64 {
    u64::try_from(system.clock.starts_unix_s).unwrap_or(0).saturating_mul(1_000_000_000).saturating_add(at)
}
