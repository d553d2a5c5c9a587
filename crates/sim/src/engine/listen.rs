//! Who listens to a run: somebody who watches one arrival, or follows what becomes of some; a recorder that keeps the most
//! recent of all.
//!
//! Nothing is put together unless somebody listens, and nothing that is kept is part of the digest.

use std::collections::VecDeque;
use std::sync::Arc;

use super::World;
use super::arena::Ref;
use super::config::WORLD;
use super::fates::Fates;
use super::state::{Caller, NOBODY};
use super::story::{Beat, Carried, Cause, MOMENTS_MAX, Moment, Part, Story};
use super::vault::WORLD_CASE;
use crate::expr::Shelf;
use crate::system::{FieldKind, HandlerId, Holds, OperationId, OperationKind, RecordId, System, VersionId};

/// An activation, a call or a message: unique among those of its kind in a run, and the same whenever the run is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SpanId(pub u64);

impl SpanId {
    /// No activation, no call, no message: never the id of one.
    pub const NONE: SpanId = SpanId(0);

    /// Whether it is somebody's.
    pub fn is_some(self) -> bool {
        self != SpanId::NONE
    }
}

impl From<Ref> for SpanId {
    /// A slot's generation is odd while it is in use, so this is never 0.
    fn from(of: Ref) -> SpanId {
        SpanId(u64::from(of.generation) << 32 | u64::from(of.at))
    }
}

/// Who does it: an activation, by itself or in one of its calls.
#[derive(Debug, Clone, Copy, Default)]
pub struct Who {
    pub act: SpanId,
    pub call: SpanId,
}

impl Who {
    pub fn act(act: Ref) -> Who {
        Who { act: act.into(), call: SpanId::NONE }
    }

    /// Of a call whose caller may be gone.
    pub fn of(call: Ref) -> Who {
        Who { act: SpanId::NONE, call: call.into() }
    }

    pub fn call(act: Ref, call: Ref) -> Who {
        Who { act: act.into(), call: call.into() }
    }
}

/// Those who listen.
#[derive(Debug, Clone, Default)]
pub struct Ears {
    pub story: Option<Story>,
    pub recorder: Option<Recorder>,
    pub fates: Option<Fates>,
}

/// Moments in one chunk: 256 KiB.
const CHUNK: usize = 4096;

/// The most recent moments of all arrivals. Full chunks are shared by whoever has cloned the run.
#[derive(Debug, Clone)]
pub struct Recorder {
    capacity: usize,
    full: VecDeque<Arc<[Moment]>>,
    open: Vec<Moment>,
}

impl Recorder {
    pub fn new(capacity: usize) -> Recorder {
        Recorder { capacity, full: VecDeque::new(), open: Vec::new() }
    }

    fn count(&self) -> usize {
        self.full.len() * CHUNK + self.open.len()
    }

    fn keep(&mut self, moment: Moment) {
        self.open.push(moment);
        if self.open.len() == CHUNK {
            self.full.push_back(self.open[..].into());
            self.open.clear();
        }
        while self.full.front().is_some() && self.count() - CHUNK >= self.capacity {
            self.full.pop_front();
        }
    }

    /// Oldest first.
    pub fn moments(&self) -> impl DoubleEndedIterator<Item = &Moment> + Clone {
        let older = self.count().saturating_sub(self.capacity);
        let (first, rest) = (self.full.front(), self.full.iter().skip(1));
        // What is too old stands in the first chunk, or in the open one while there is no other.
        let (first, open) = match first {
            Some(first) => (&first[older..], &self.open[..]),
            None => (&self.open[older..], &[][..]),
        };
        first.iter().chain(rest.flat_map(|chunk| chunk.iter())).chain(open)
    }
}

impl World {
    /// Records a beat if somebody listens. The closure is not called otherwise.
    #[inline]
    pub(super) fn beat(&mut self, case: u32, part: Part, beat: impl FnOnce() -> Beat) {
        if self.ears.is_some() {
            self.record(Who::default(), case, part, beat());
        }
    }

    /// A beat of an activation.
    #[inline]
    pub(super) fn beat_by(&mut self, by: Who, case: u32, part: Part, beat: impl FnOnce() -> Beat) {
        if self.ears.is_some() {
            self.record(by, case, part, beat());
        }
    }

    #[cold]
    fn record(&mut self, by: Who, case: u32, part: Part, beat: Beat) {
        let serial = if case == WORLD_CASE { 0 } else { self.vault.cases[case as usize].serial };
        let beat = match beat {
            Beat::Begins { handler, replica, version, cause } => {
                Beat::Begins { handler, replica: self.number_in_service(replica.into()) as u16, version, cause }
            }
            Beat::Queues { handler, replica, frozen } => {
                Beat::Queues { handler, replica: self.number_in_service(replica), frozen }
            }
            Beat::Crashes { replica } => Beat::Crashes { replica: self.number_in_service(replica) },
            Beat::Starts { replica } => Beat::Starts { replica: self.number_in_service(replica) },
            Beat::Turns { replica, to } => Beat::Turns { replica: self.number_in_service(replica), to },
            other => other,
        };
        let correlated = self.correlation.is_some_and(|param| self.configs.get(WORLD, param) != 0);
        let moment = Moment { at: self.now, serial, part, beat, act: by.act, call: by.call, correlated };
        let Some(ears) = &mut self.ears else { return };
        if let Some(recorder) = &mut ears.recorder {
            recorder.keep(moment);
        }
        if let Some(fates) = &mut ears.fates {
            fates.hear(moment);
        }
        if let Some(story) = ears.story.as_mut().filter(|story| story.serial == serial && case != WORLD_CASE)
            && story.moments.len() < MOMENTS_MAX
        {
            story.moments.push(moment);
        }
    }

    pub(super) fn watched(&self, case: u32) -> bool {
        let story = self.ears.as_ref().and_then(|ears| ears.story.as_ref());
        case != WORLD_CASE && story.is_some_and(|story| story.serial == self.vault.cases[case as usize].serial)
    }

    /// An activation begins to work: who it is, what started it, and by what it can be found.
    #[inline]
    pub(super) fn beat_begins(&mut self, system: &System, act: Ref) {
        if self.ears.is_some() {
            self.record_begin(system, act);
        }
    }

    #[cold]
    fn record_begin(&mut self, system: &System, act: Ref) {
        let state = &self.acts[act.at];
        let (case, replica, handler) = (state.case, state.replica, HandlerId(state.handler));
        let cause = match state.caller {
            Caller::Nobody => Cause::Itself,
            Caller::Flight { flight, attempt } => Cause::Call { call: flight.into(), attempt },
            Caller::Function(flight) => Cause::Call { call: flight.into(), attempt: 1 },
            Caller::Message { group, partition, message, .. } => {
                let part = &self.groups[group as usize].parts[partition as usize];
                Cause::Message { message: message.into(), failures: part.failures }
            }
            Caller::Queued(copy) => {
                let copy = &self.handed[copy.at];
                Cause::Message { message: copy.message.into(), failures: copy.receives - 1 }
            }
            Caller::Hook { attempt, .. } => Cause::Event { attempt },
            Caller::Move(_) => Cause::Move,
            Caller::Item { .. } => Cause::Item,
            Caller::Probe { .. } => Cause::Itself,
        };
        let def = &system.handlers[handler.at()];
        let part = Part::Service(def.service);
        let version = VersionId(self.replicas[replica as usize].version);
        self.record(Who::act(act), case, part, Beat::Begins { handler, replica: replica as u16, version, cause });
        let ahead_ms = ((self.wall(system, replica) - self.now as i64) / 1_000_000) as i32;
        if ahead_ms != 0 {
            self.record(Who::act(act), case, part, Beat::ClockOff { ahead_ms });
        }
        for (reg, holds) in def.inputs.iter().enumerate() {
            let reg = reg as u8;
            let value = self.registers[(act.at, reg)];
            let id = match *holds {
                Holds::Record(record) => self.record_id(record, value as u32),
                Holds::Id => value,
                Holds::Value => continue,
            };
            let as_ = Carried::Input(handler, reg);
            self.record(Who::act(act), case, part, Beat::Carries { as_, id });
        }
    }

    /// A call brought a record back: the activation knows its id from here on.
    #[inline]
    pub(super) fn beat_brought(&mut self, act: Ref, part: Part, record: RecordId, place: u32) {
        if self.ears.is_some() && place != NOBODY {
            let case = self.acts[act.at].case;
            let id = self.record_id(record, place);
            self.record(Who::act(act), case, part, Beat::Carries { as_: Carried::Record(record), id });
        }
    }

    fn record_id(&self, record: RecordId, place: u32) -> i64 {
        self.vault.field(Shelf::Record(record), place, 0)
    }

    /// A replica's number in its service, from 1, as people count.
    pub(super) fn number_in_service(&self, replica: u32) -> u32 {
        let all = &self.services[self.replicas[replica as usize].service as usize].replicas;
        all.iter().position(|&at| at == replica).map_or(0, |place| place as u32 + 1)
    }

    /// The id of the record that an operation's effect made or changed, and the first amount of money that it holds.
    pub(super) fn effect_of(&self, system: &System, operation: OperationId, place: u32) -> (i64, i64) {
        use OperationKind as K;
        match system.operations[operation.at()].kind {
            K::Create { record, .. } | K::Change { record, .. } | K::Find { record, .. } if place != NOBODY => {
                (self.record_id(record, place), self.amount(system, record, place))
            }
            _ => (0, 0),
        }
    }

    pub(super) fn amount(&self, system: &System, record: RecordId, at: u32) -> i64 {
        let fields = &system.records[record.at()].fields;
        let money = fields.iter().position(|field| field.kind == FieldKind::Money);
        money.map_or(0, |field| self.vault.shelves[record.at()].field(at, field as u8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::ServiceId;

    fn moment(at: u64) -> Moment {
        let (act, call) = (SpanId(at), SpanId::NONE);
        Moment { at, serial: 0, part: Part::Service(ServiceId(0)), beat: Beat::TurnedAway, act, call, correlated: false }
    }

    #[test]
    fn a_recorder_keeps_the_last_whatever_its_size() {
        for capacity in [0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5] {
            let mut recorder = Recorder::new(capacity);
            for at in 0..5 * CHUNK as u64 + 7 {
                recorder.keep(moment(at));
                assert!(recorder.count() < capacity + 2 * CHUNK, "{capacity}: holds {}", recorder.count());
                if at % 511 == 0 || at % CHUNK as u64 > 4093 {
                    let kept: Vec<u64> = recorder.moments().map(|moment| moment.at).collect();
                    let expected: Vec<u64> = ((at + 1).saturating_sub(capacity as u64)..=at).collect();
                    assert_eq!(kept, expected, "{capacity}");
                }
            }
        }
    }

    #[test]
    fn a_moment_is_as_large_as_the_docs_say() {
        assert_eq!(size_of::<Moment>(), 64);
    }
}
