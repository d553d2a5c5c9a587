//! What became of some arrivals: only what decides it is kept, so that many can be followed in one run. Nothing of it is
//! part of the digest.

use std::collections::BTreeSet;

use super::listen::SpanId;
use super::story::{Beat, Moment, Part};
use super::{Sim, World};
use crate::Outcome;
use crate::system::{InvariantId, InvariantKind, RecordId, System};

/// Those who are followed, by number, and every move, whoever it is for.
#[derive(Debug, Clone, Default)]
pub struct Fates {
    of: BTreeSet<u64>,
    moments: Vec<Moment>,
}

/// A run in which more than this decides somebody's fate is cut.
const MOMENTS_MAX: usize = 200_000;

impl Fates {
    pub(super) fn hear(&mut self, moment: Moment) {
        let decides = match moment.beat {
            Beat::Moves { .. } => true,
            Beat::Arrives { .. } | Beat::Told { .. } | Beat::Broken { .. } | Beat::Effect { outcome: Outcome::Ok, .. } => self.of.contains(&moment.serial),
            _ => false,
        };
        if decides && self.moments.len() < MOMENTS_MAX {
            self.moments.push(moment);
        }
    }
}

impl Sim {
    /// Follows these arrivals, by their numbers, from now on.
    pub fn follow(&mut self, serials: impl IntoIterator<Item = u64>) {
        let of = serials.into_iter().collect();
        self.world.ears.get_or_insert_default().fates = Some(Fates { of, moments: Vec::new() });
    }

    /// Of those who are followed: that they came, what they were told, what became real at somebody else's, which promise was
    /// broken; and every move. At the end of the clock, also what holds only then or not at all.
    pub fn fates(&self) -> Vec<Moment> {
        self.world.fates(&self.system)
    }
}

impl World {
    fn fates(&self, system: &System) -> Vec<Moment> {
        let Some(fates) = self.ears.as_ref().and_then(|ears| ears.fates.as_ref()) else { return Vec::new() };
        let mut moments = fates.moments.clone();
        if self.now < system.clock.ends() {
            return moments;
        }
        for (at, def) in system.invariants.iter().enumerate() {
            let (InvariantKind::AtEnd(_), Some(record)) = (&def.kind, def.each) else { continue };
            let invariant = InvariantId(at as u16);
            let left = self.unkept(system, invariant).keys.into_iter().filter(|(serial, _)| fates.of.contains(serial));
            moments.extend(left.map(|(serial, id)| self.unkept_moment(invariant, record, serial, id)));
        }
        moments
    }

    /// At the end of the clock, once: what holds only then or not at all belongs to the story that is kept.
    pub(super) fn tell_unkept(&mut self, system: &System) {
        let Some(serial) = self.ears.as_ref().and_then(|ears| ears.story.as_ref()).map(|story| story.serial) else { return };
        if self.now < system.clock.ends() {
            return;
        }
        let mut moments = Vec::new();
        for (at, def) in system.invariants.iter().enumerate() {
            let (InvariantKind::AtEnd(_), Some(record)) = (&def.kind, def.each) else { continue };
            let invariant = InvariantId(at as u16);
            let mine = self.unkept(system, invariant).keys.into_iter().filter(|(of, _)| *of == serial);
            moments.extend(mine.map(|(serial, id)| self.unkept_moment(invariant, record, serial, id)));
        }
        if let Some(story) = self.ears.as_mut().and_then(|ears| ears.story.as_mut()) {
            moments.retain(|moment| !story.moments.contains(moment));
            story.moments.extend(moments);
        }
    }

    fn unkept_moment(&self, invariant: InvariantId, record: RecordId, serial: u64, id: i64) -> Moment {
        let beat = Beat::Broken { invariant, record, id };
        Moment { at: self.now, serial, part: Part::Oracle, beat, act: SpanId::NONE, call: SpanId::NONE, correlated: false }
    }
}
