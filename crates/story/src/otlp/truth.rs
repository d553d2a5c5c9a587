//! One customer's whole story as one trace: joined by what caused what, with the customer's side, the other companies' side
//! and what is true and seen by nobody. What no instrument has bears `seatrial.truth`.

use std::collections::BTreeMap;

use seatrial_scenario::Compiled;
use seatrial_sim::engine::{Beat, Cause, Moment, Part, SpanId, Story};
use seatrial_sim::system::OperationId;

use super::document::{Event, Export, SpanKind, Written, flag, text};
use super::ids::Ids;
use super::names::{called, error};
use super::{Writer, unix_nanos};
use crate::index::Index;
use crate::span::troubled;
use crate::tell::{place, text as said};
use crate::trace::members;
use crate::words::thing;

const ROOT: u64 = 1;
const CLICK: u64 = 2;
const PROVIDER: u64 = 3;

/// `run` as for `otlp`. A span that had not ended by the last moment ends there, and says so.
pub fn truth(compiled: &Compiled, story: &Story, run: u64) -> Export {
    let system = &compiled.system;
    let (Some(first), Some(last)) = (story.moments.first(), story.moments.last()) else {
        return Writer::new(system, Ids::new(run), None).done(true);
    };
    let ids = Ids::new(run);
    let mut writer = Writer::new(system, ids, Some(last.at));
    let trace = ids.trace(SpanId(story.serial));
    let root = ids.hidden(ROOT, 0);
    let index = Index::in_truth(system, &story.moments);
    let clicks = clicks(&mut writer, &story.moments, root, &trace);
    for (act, members) in members(&index) {
        let parent = match index.acts[&act].cause {
            Cause::Call { call, .. } => clicks.get(&call).copied(),
            _ => None,
        };
        writer.trace(&index, act, &members, &trace, Some(parent.unwrap_or(root)));
    }
    providers(&mut writer, &story.moments, root, &trace);
    let name = story.moments.iter().find_map(|moment| match moment.beat {
        Beat::Arrives { record, id, .. } => Some(thing(system, record, id)),
        _ => None,
    });
    let name = name.unwrap_or_else(|| format!("arrival {}", story.serial));
    let mut whole = Written::new(root, name, SpanKind::Internal, unix_nanos(system, first.at), unix_nanos(system, last.at));
    whole.attributes.push(flag(TRUTH));
    whole.events = story.moments.iter().filter(|moment| is_event(moment.beat)).filter_map(|moment| {
        let (_, part) = place(system, moment.part);
        Some(Event::new(unix_nanos(system, moment.at), said(system, moment)?, vec![text("seatrial.part", part)]))
    }).collect();
    let by = client(system, story.moments.iter()).unwrap_or_default();
    writer.write((by, None), whole.of(&trace), true);
    writer.done(true)
}

const TRUTH: &str = "seatrial.truth";

/// What no instrument has, and no span tells.
fn is_event(beat: Beat) -> bool {
    let is_span = matches!(beat, Beat::Clicks { .. } | Beat::Told { .. } | Beat::Receives { .. } | Beat::RepliesTooLate { .. });
    !beat.is_visible() && !is_span
}

fn client<'a>(system: &seatrial_sim::System, moments: impl Iterator<Item = &'a Moment>) -> Option<String> {
    moments.into_iter().find_map(|moment| match moment.part {
        Part::Client(id) => Some(system.clients[id.at()].name.clone()),
        _ => None,
    })
}

/// The span of each click, by the call that it is.
fn clicks(writer: &mut Writer<'_>, moments: &[Moment], root: u64, trace: &str) -> BTreeMap<SpanId, u64> {
    let mut out = BTreeMap::new();
    for (at, moment) in moments.iter().enumerate() {
        let Beat::Clicks { click } = moment.beat else { continue };
        let told = moments[at..].iter().find_map(|of| match of.beat {
            Beat::Told { outcome, .. } if of.call == moment.call => Some((of.at, outcome)),
            _ => None,
        });
        let id = writer.ids.hidden(CLICK, u64::from(click));
        let name = if click > 1 { format!("click {click}") } else { "click".into() };
        let by = client(writer.system, [moment].into_iter()).unwrap_or_default();
        let lost = told.filter(|(_, outcome)| troubled(*outcome)).map(|(_, outcome)| outcome.name());
        let mut span = writer.hidden(id, name, SpanKind::Client, moment.at, told.map(|(at, _)| at), root);
        if let Some(why) = lost {
            span.failed(why, error(why));
        }
        writer.write((by, None), span.of(trace), true);
        out.insert(moment.call, id);
    }
    out
}

/// What each provider did of what it was asked. A call's attempts are told apart by their order: an answer that somebody
/// waits for is the latest one's, any other the earliest one's that is still open.
fn providers(writer: &mut Writer<'_>, moments: &[Moment], root: u64, trace: &str) {
    let mut open: BTreeMap<SpanId, Vec<(u64, u64, OperationId)>> = BTreeMap::new();
    let mut count = 0;
    for moment in moments {
        let (latest, lost) = match moment.beat {
            Beat::Receives { operation } => {
                count += 1;
                open.entry(moment.call).or_default().push((count, moment.at, operation));
                continue;
            }
            Beat::Replies { .. } => (true, None),
            Beat::RepliesTooLate { .. } => (false, Some("nobody waits for the answer any more")),
            Beat::AnswerLost { .. } => (false, Some("the answer is lost on the way")),
            _ => continue,
        };
        let Some(waiting) = open.get_mut(&moment.call).filter(|waiting| !waiting.is_empty()) else { continue };
        let which = if latest { waiting.len() - 1 } else { 0 };
        let done = waiting.remove(which);
        provider(writer, moment.call, done, Some(moment.at), lost, (root, trace));
    }
    for (call, left) in open {
        left.into_iter().for_each(|one| provider(writer, call, one, None, None, (root, trace)));
    }
}

fn provider(
    writer: &mut Writer<'_>,
    call: SpanId,
    (number, began, operation): (u64, u64, OperationId),
    ended: Option<u64>,
    lost: Option<&str>,
    (root, trace): (u64, &str),
) {
    let of = &writer.system.operations[operation.at()];
    let by = writer.system.providers[of.provider.at()].name.clone();
    let name = format!("{by}/{}", of.name);
    // The last attempt of the call that was made until then.
    let asked = writer.attempts.get(&call).and_then(|made| made.iter().rev().find(|(at, _)| *at <= began)).map(|(_, id)| *id);
    let id = writer.ids.hidden(PROVIDER, number);
    let attributes = called(name.clone());
    let mut span = writer.hidden(id, name, SpanKind::Server, began, ended, asked.unwrap_or(root));
    span.attributes.extend(attributes);
    if let Some(lost) = lost {
        span.events.push(Event::new(unix_nanos(writer.system, ended.unwrap_or(began)), lost.into(), Vec::new()));
    }
    writer.write((by, None), span.of(trace), true);
}

impl Writer<'_> {
    /// A span that no instrument has.
    fn hidden(&self, id: u64, name: String, kind: SpanKind, began: u64, ended: Option<u64>, parent: u64) -> Written {
        let until = ended.or(self.until).unwrap_or(began);
        let mut span = Written::new(id, name, kind, unix_nanos(self.system, began), unix_nanos(self.system, until));
        span.parent(Some(parent));
        span.attributes.push(flag(TRUTH));
        if ended.is_none() {
            span.attributes.push(flag("seatrial.unfinished"));
        }
        span
    }
}
