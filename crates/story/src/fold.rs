//! What is the same again and again, told once: a message that fails and fails, and one that waits behind many that fail.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_sim::Outcome;
use seatrial_sim::engine::{Beat, Cause, Freed, Moment, Part, SpanId};

/// So many in a row are folded.
const LEAST: usize = 3;

/// One line that stands for many moments.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Folded {
    /// Failures `from` to `to` of a message, each of this outcome; `every` nanoseconds, on average.
    Fails { from: u16, to: u16, outcome: Outcome, every: u64 },
    /// It waited behind so many messages that failed, one after the other.
    Waits { partition: u16, behind: usize },
}

/// What becomes of the moments of a story, by their places in it.
#[derive(Debug, Default)]
pub(crate) struct Folds {
    /// Where a folded line begins; when its last moment was.
    pub begins: BTreeMap<usize, (Folded, u64)>,
    pub hidden: BTreeSet<usize>,
}

pub(crate) fn folds(moments: &[Moment]) -> Folds {
    let mut folds = Folds::default();
    failures(moments, &mut folds);
    waits(moments, &mut folds);
    folds
}

/// Attempts at a message: the first is told in full, what came of the others in one line.
fn failures(moments: &[Moment], folds: &mut Folds) {
    let mut attempts: BTreeMap<SpanId, (SpanId, u16)> = BTreeMap::new();
    let mut fails: BTreeMap<(u16, SpanId), Vec<usize>> = BTreeMap::new();
    for (at, moment) in moments.iter().enumerate() {
        match (moment.beat, moment.part) {
            (Beat::Begins { cause: Cause::Message { message, failures }, .. }, _) => {
                attempts.insert(moment.act, (message, failures + 1));
            }
            (Beat::Fails { message, .. }, Part::Group(group)) => fails.entry((group.0, message)).or_default().push(at),
            _ => {}
        }
    }
    let what = |at: usize| match moments[at].beat {
        Beat::Fails { outcome, failures, .. } => (outcome, failures),
        _ => (Outcome::Ok, 0),
    };
    for ((_, message), places) in fails {
        // A message that was put back counts anew.
        for run in places.chunk_by(|&one, &next| what(one).0 == what(next).0 && what(one).1 + 1 == what(next).1) {
            let again: Vec<usize> = run.iter().copied().filter(|&at| what(at).1 > 1).collect();
            if again.len() < LEAST {
                continue;
            }
            let (first, last) = (again[0], again[again.len() - 1]);
            let (outcome, from) = what(first);
            let to = what(last).1;
            // The attempts themselves stand before the failure that they come to.
            let part = run.iter().copied().find(|&at| at < first).unwrap_or(first);
            let attempt = |act: SpanId| attempts.get(&act).is_some_and(|(of, n)| *of == message && (from..=to).contains(n));
            let mut hidden: Vec<usize> = (part..=last).filter(|&at| moments[at].act.is_some() && attempt(moments[at].act)).collect();
            hidden.extend(&again);
            let begins = hidden.iter().copied().min().unwrap_or(first);
            folds.hidden.extend(hidden);
            let every = (moments[last].at - moments[first].at) / (again.len() as u64 - 1);
            folds.begins.insert(begins, (Folded::Fails { from, to, outcome, every }, moments[last].at));
        }
    }
}

/// The places at which a wait begins and ends.
type Turn = (usize, usize);

/// Turns at the head of a partition in which others failed.
fn waits(moments: &[Moment], folds: &mut Folds) {
    let mut open: BTreeMap<(u16, SpanId), (u16, Vec<Turn>)> = BTreeMap::new();
    let mut began: BTreeMap<(u16, SpanId), usize> = BTreeMap::new();
    let mut close = |partition: u16, turns: &mut Vec<Turn>| {
        if turns.len() >= LEAST {
            let (first, last) = (turns[0].0, turns[turns.len() - 1].1);
            folds.hidden.extend(turns.iter().flat_map(|(from, to)| [*from, *to]));
            folds.begins.insert(first, (Folded::Waits { partition, behind: turns.len() }, moments[last].at));
        }
        turns.clear();
    };
    for (at, moment) in moments.iter().enumerate() {
        let Part::Group(group) = moment.part else { continue };
        match moment.beat {
            Beat::Waits { message, .. } => {
                began.insert((group.0, message), at);
            }
            Beat::WaitsNoMore { message, partition, freed, .. } => {
                let (_, turns) = open.entry((group.0, message)).or_insert((partition, Vec::new()));
                if let Some(from) = began.remove(&(group.0, message)) {
                    turns.push((from, at));
                }
                // Whoever was handled after all is another kind of turn: told by itself.
                if freed == Freed::Handled {
                    close(partition, turns);
                }
            }
            _ => {}
        }
    }
    for (partition, mut turns) in open.into_values() {
        close(partition, &mut turns);
    }
}
