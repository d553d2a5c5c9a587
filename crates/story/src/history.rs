//! One arrival's history as data: what truly happened, step by step, and which of it a team could have seen.

use std::collections::BTreeMap;

use seatrial_scenario::Compiled;
use seatrial_sim::engine::{Beat, Cause, Moment, SpanId, Story};
use seatrial_sim::Outcome;
use seatrial_sim::system::{OperationKind, System};
use serde::Serialize;

use crate::fold::folds;
use crate::seen::{Seen, Sight};
use crate::tell::{fold_text, place, text, weighs};
use crate::words::{plain, span, thing};

/// A message that has waited for less is not worth a word.
const LONG_NS: u64 = 1_000_000_000;

#[derive(Debug, Serialize)]
pub struct History {
    pub serial: u64,
    /// `order 8123`; empty when nobody of that number came.
    pub what: String,
    /// Milliseconds after virtual 0.
    pub came: u64,
    pub steps: Vec<Told>,
    /// What became real at somebody else's: `charge 1006110`, in order.
    pub made: Vec<String>,
    /// The promises that were broken, by name, each once.
    pub broken: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Told {
    /// Microseconds after the arrival.
    pub after: u64,
    /// The same, of the last of many that are told in one line.
    pub until: Option<u64>,
    /// Where it happens: `client`, `service`, `store`, `topic`, `group`, `provider`, `support`, `operator`, `oracle`.
    pub is: &'static str,
    pub part: String,
    pub text: String,
    /// Whether the team's own telemetry shows it. Everything told is true.
    pub seen: Seen,
    /// `lost`: nobody knows whether it was done. `effect`: real from here on, outside. `harm`: a promise is broken.
    pub weighs: Option<&'static str>,
    /// The promise that is broken here, by its number.
    pub breaks: Option<usize>,
    /// Which click of the person begins here, from 1.
    pub click: Option<u16>,
    /// Which attempt of a call begins here, from 1.
    pub attempt: Option<u16>,
}

pub fn history(compiled: &Compiled, story: &Story) -> History {
    let system = &compiled.system;
    let came = story.moments.first().map_or(0, |first| first.at);
    let what = story.moments.iter().find_map(|moment| match moment.beat {
        Beat::Arrives { record, id, .. } => Some(thing(system, record, id)),
        _ => None,
    });
    History {
        serial: story.serial,
        what: what.unwrap_or_default(),
        came: came / 1_000_000,
        steps: steps(system, &in_order(story), came),
        made: story.moments.iter().filter_map(|moment| made(system, moment.beat)).collect(),
        broken: broken(system, story),
    }
}

fn made(system: &System, beat: Beat) -> Option<String> {
    let Beat::Effect { operation, outcome: Outcome::Ok, id, .. } = beat else { return None };
    match system.operations[operation.at()].kind {
        OperationKind::Create { record, .. } => Some(thing(system, record, id)),
        _ => None,
    }
}

fn broken(system: &System, story: &Story) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for moment in &story.moments {
        if let Beat::Broken { invariant, .. } = moment.beat {
            let name = plain(&system.invariants[invariant.at()].name);
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// As it happened, except that what an effect breaks at the same instant is told after the effect.
fn in_order(story: &Story) -> Vec<Moment> {
    let mut moments = story.moments.clone();
    for at in 1..moments.len() {
        let (before, after) = (moments[at - 1], moments[at]);
        let breaks = matches!(before.beat, Beat::Broken { .. }) && !matches!(after.beat, Beat::Broken { .. });
        if breaks && before.at == after.at {
            moments.swap(at - 1, at);
        }
    }
    moments
}

fn steps(system: &System, moments: &[Moment], came: u64) -> Vec<Told> {
    let sight = Sight::of(system, moments);
    let folds = folds(moments);
    let mut steps = Vec::new();
    let mut published = BTreeMap::new();
    for (at, moment) in moments.iter().enumerate() {
        if let Some((folded, until)) = folds.begins.get(&at) {
            // It is where the message is, and seen as its failures are.
            let of = moments[at..].iter().find(|of| matches!(of.beat, Beat::Fails { .. } | Beat::Waits { .. })).unwrap_or(moment);
            steps.extend(told(system, of, came, &sight, Some(fold_text(folded))).map(|told| Told {
                after: moment.at.saturating_sub(came) / 1000,
                until: Some(until.saturating_sub(came) / 1000),
                ..told
            }));
        }
        if let Beat::Published { message, .. } = moment.beat {
            published.insert(message, moment.at);
        }
        if !folds.hidden.contains(&at) {
            let old = age(moment, &published).and_then(|age| Some(format!("{}, of a message that is {} old", text(system, moment)?, span(age))));
            steps.extend(told(system, moment, came, &sight, old));
        }
    }
    steps
}

/// How old a message is whose handling begins, where it has waited for long: behind others, or for somebody who takes it.
fn age(moment: &Moment, published: &BTreeMap<SpanId, u64>) -> Option<u64> {
    let Beat::Begins { cause: Cause::Message { message, failures: 0 }, .. } = moment.beat else { return None };
    published.get(&message).map(|at| moment.at - at).filter(|age| *age >= LONG_NS)
}

fn told(system: &System, moment: &Moment, came: u64, sight: &Sight<'_>, instead: Option<String>) -> Option<Told> {
    let (is, part) = place(system, moment.part);
    let broken = match moment.beat {
        Beat::Broken { invariant, .. } => Some(invariant.at()),
        _ => None,
    };
    Some(Told {
        after: moment.at.saturating_sub(came) / 1000,
        until: None,
        is,
        part,
        text: instead.or_else(|| text(system, moment))?,
        seen: sight.seen(moment),
        weighs: weighs(system, moment.beat),
        breaks: broken,
        click: match moment.beat {
            Beat::Clicks { click } => Some(click.max(1)),
            _ => None,
        },
        attempt: match moment.beat {
            Beat::Calls { attempt, .. } => Some(attempt.max(1)),
            _ => None,
        },
    })
}
