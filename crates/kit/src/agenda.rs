//! The phases of one interview with their minutes: of a whole area, or of a session that visits several.
//! Not here: clocks, what was asked, which follow-up fits now (`relevant`).
//!
//! Rules. Minutes are shared out in proportion to the area's own phases by largest remainders, each phase has
//! at least one, and the sum is exact. Where there are fewer minutes than phases, the phase in the middle is
//! dropped until they fit (of two the second), and what it would have asked moves to the phase before it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Area, FollowUp, Kit, Phase, Session, SessionItem};

/// The phases that end an interview, whatever the area: a look back, then the candidate's questions.
pub const CLOSING: [&str; 2] = ["looking-back", "their-questions"];

/// One phase of an interview as it is planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema, schemars::JsonSchema))]
pub struct AgendaPhase {
    pub area: String,
    /// `<area>/<phase>`.
    pub id: String,
    pub title: String,
    pub minutes: u32,
    /// Ids of the prompts read here.
    pub prompts: Vec<String>,
    pub aim: String,
    /// Three, from faint to plain.
    pub hints: Vec<String>,
    /// Ids of the follow-ups planned for this interview that fit this phase; one that fits several stands in each.
    pub follow_ups: Vec<String>,
    /// Ids of exercises worked on here.
    pub exercises: Vec<String>,
}

/// An interview about one area: all of its phases. With `minutes` given they are scaled to that sum.
pub fn area_agenda(area: &Area, minutes: Option<u32>) -> Vec<AgendaPhase> {
    let prompts = area
        .prompts
        .iter()
        .map(|prompt| prompt.id.as_str())
        .collect();
    let follow_ups: Vec<&FollowUp> = area.follow_ups.iter().collect();
    let exercises: Vec<&str> = area.exercises.iter().map(String::as_str).collect();
    let phases: Vec<&Phase> = area.phases.iter().collect();
    let minutes = minutes.unwrap_or_else(|| phases.iter().map(|phase| phase.minutes).sum());
    plan(
        area,
        &phases,
        &Planned {
            prompts,
            follow_ups,
            exercises,
        },
        minutes,
    )
}

/// The interview that a session plans: of each item the phases that read one of its prompts, fit one of its
/// follow-ups or hold one of its exercises. The last item's area closes the session.
pub fn session_agenda(kit: &Kit, session: &Session) -> Vec<AgendaPhase> {
    let last = session.items.len().saturating_sub(1);
    let items = session.items.iter().enumerate();
    items
        .filter_map(|(index, item)| {
            Some((
                kit.areas.iter().find(|area| area.id == item.area)?,
                item,
                index == last,
            ))
        })
        .flat_map(|(area, item, closes)| item_agenda(area, item, closes))
        .collect()
}

/// What is asked of one area in one interview.
struct Planned<'a> {
    prompts: BTreeSet<&'a str>,
    follow_ups: Vec<&'a FollowUp>,
    exercises: Vec<&'a str>,
}

fn item_agenda(area: &Area, item: &SessionItem, closes: bool) -> Vec<AgendaPhase> {
    let planned = Planned {
        prompts: item.prompts.iter().map(String::as_str).collect(),
        follow_ups: area
            .follow_ups
            .iter()
            .filter(|f| item.follow_ups.contains(&f.id))
            .collect(),
        exercises: item.exercises.iter().map(String::as_str).collect(),
    };
    let wanted = |phase: &Phase| {
        phase
            .prompts
            .iter()
            .any(|prompt| planned.prompts.contains(prompt.as_str()))
            || planned
                .follow_ups
                .iter()
                .any(|f| f.fits.phases.contains(&phase.id))
            || planned
                .exercises
                .iter()
                .any(|exercise| exercise_phase(area, exercise).is_some_and(|p| p.id == phase.id))
    };
    let works = |phase: &&Phase| !is_closing(phase);
    let mut phases: Vec<&Phase> = area
        .phases
        .iter()
        .filter(works)
        .filter(|phase| wanted(phase))
        .collect();
    if phases.is_empty() {
        // Follow-ups that fit anywhere name no phase; they are asked where the area starts.
        phases.extend(area.phases.iter().find(works));
    }
    if closes {
        phases.extend(area.phases.iter().filter(|phase| is_closing(phase)));
    }
    plan(area, &phases, &planned, item.minutes)
}

fn is_closing(phase: &Phase) -> bool {
    CLOSING.contains(&phase.id.as_str())
}

/// Where an exercise is worked on: the phase that reads the prompt of the same name, else the one named for
/// exercises, else the last before the closing ones.
fn exercise_phase<'a>(area: &'a Area, exercise: &str) -> Option<&'a Phase> {
    let mut working = area.phases.iter().filter(|phase| !is_closing(phase));
    let reads = |phase: &&Phase| phase.prompts.iter().any(|prompt| prompt == exercise);
    let named = |phase: &&Phase| phase.id.starts_with("exercise");
    working
        .clone()
        .find(reads)
        .or_else(|| working.clone().find(named))
        .or_else(|| working.next_back())
}

/// Shares out minutes and questions over the phases.
fn plan(area: &Area, phases: &[&Phase], planned: &Planned<'_>, minutes: u32) -> Vec<AgendaPhase> {
    let mut agenda: Vec<AgendaPhase> = phases
        .iter()
        .map(|phase| agenda_phase(area, phase, planned))
        .collect();
    place_the_rest(area, &mut agenda, planned);
    while agenda.len() as u64 > u64::from(minutes) {
        let middle = if agenda.len() == 2 {
            1
        } else {
            agenda.len().saturating_sub(1) / 2
        };
        let dropped = agenda.remove(middle);
        if let Some(before) = middle
            .checked_sub(1)
            .and_then(|index| agenda.get_mut(index))
        {
            merge(&mut before.prompts, dropped.prompts);
            merge(&mut before.follow_ups, dropped.follow_ups);
            merge(&mut before.exercises, dropped.exercises);
        }
    }
    let weights: Vec<u32> = agenda.iter().map(|phase| phase.minutes).collect();
    for (phase, minutes) in agenda.iter_mut().zip(apportion(&weights, minutes)) {
        phase.minutes = minutes;
    }
    agenda
}

fn agenda_phase(area: &Area, phase: &Phase, planned: &Planned<'_>) -> AgendaPhase {
    let fits = |f: &&&FollowUp| {
        f.fits.phases.contains(&phase.id) || (f.fits.phases.is_empty() && !is_closing(phase))
    };
    let here = |exercise: &&&str| exercise_phase(area, exercise).is_some_and(|p| p.id == phase.id);
    AgendaPhase {
        area: area.id.clone(),
        id: format!("{}/{}", area.id, phase.id),
        title: phase.title.clone(),
        minutes: phase.minutes,
        prompts: phase
            .prompts
            .iter()
            .filter(|prompt| planned.prompts.contains(prompt.as_str()))
            .cloned()
            .collect(),
        aim: phase.aim.clone(),
        hints: phase.hints.clone(),
        follow_ups: planned
            .follow_ups
            .iter()
            .filter(fits)
            .map(|f| f.id.clone())
            .collect(),
        exercises: planned
            .exercises
            .iter()
            .filter(here)
            .map(|id| (*id).to_owned())
            .collect(),
    }
}

/// What is planned but fits no phase of this interview (it named a closing phase, say) is asked in the last
/// working one: nothing planned is lost.
fn place_the_rest(area: &Area, agenda: &mut [AgendaPhase], planned: &Planned<'_>) {
    let closing: Vec<String> = CLOSING
        .iter()
        .map(|id| format!("{}/{id}", area.id))
        .collect();
    let rest: Vec<String> = planned
        .follow_ups
        .iter()
        .map(|f| f.id.clone())
        .filter(|id| !agenda.iter().any(|phase| phase.follow_ups.contains(id)))
        .collect();
    if let Some(last) = agenda
        .iter_mut()
        .rev()
        .find(|phase| !closing.contains(&phase.id))
    {
        merge(&mut last.follow_ups, rest);
    }
}

fn merge(into: &mut Vec<String>, ids: Vec<String>) {
    for id in ids {
        if !into.contains(&id) {
            into.push(id);
        }
    }
}

/// Shares `total` out in proportion to `weights` by largest remainders, at least one each; exact. There are
/// never more weights than the total. Shares that would be nothing get one, and the others share the rest.
fn apportion(weights: &[u32], total: u32) -> Vec<u32> {
    let mut shares = vec![1; weights.len()];
    let mut open: Vec<usize> = (0..weights.len()).collect();
    loop {
        let fixed = weights.len() - open.len();
        let room = u64::from(total).saturating_sub(fixed as u64);
        let parts = largest_remainders(&open.iter().map(|&i| weights[i]).collect::<Vec<_>>(), room);
        let starved: BTreeSet<usize> = open
            .iter()
            .zip(&parts)
            .filter(|(_, part)| **part == 0)
            .map(|(i, _)| *i)
            .collect();
        if starved.is_empty() {
            open.iter()
                .zip(parts)
                .for_each(|(&i, part)| shares[i] = part);
            return shares;
        }
        open.retain(|i| !starved.contains(i));
    }
}

fn largest_remainders(weights: &[u32], total: u64) -> Vec<u32> {
    let weights: Vec<u64> = weights
        .iter()
        .map(|&weight| u64::from(weight.max(1)))
        .collect();
    let sum: u64 = weights.iter().sum::<u64>().max(1);
    let mut parts: Vec<u64> = weights.iter().map(|weight| weight * total / sum).collect();
    let left = total.saturating_sub(parts.iter().sum());
    let mut order: Vec<usize> = (0..weights.len()).collect();
    // The sort is stable: of equal remainders the earlier phase gets the minute.
    order.sort_by_key(|&i| std::cmp::Reverse(weights[i] * total % sum));
    order
        .into_iter()
        .zip(0..left)
        .for_each(|(i, _)| parts[i] += 1);
    parts
        .into_iter()
        .map(|part| u32::try_from(part).unwrap_or(u32::MAX))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::apportion;

    proptest! {
        #[test]
        fn shares_are_exact_and_never_nothing(weights in prop::collection::vec(0u32..200, 1..12), spare in 0u32..5000) {
            let total = weights.len() as u32 + spare;
            let shares = apportion(&weights, total);
            prop_assert_eq!(shares.iter().sum::<u32>(), total);
            prop_assert!(shares.iter().all(|&share| share > 0));
        }

        #[test]
        fn heavier_never_gets_less(weights in prop::collection::vec(1u32..200, 1..12), spare in 0u32..500) {
            let shares = apportion(&weights, weights.len() as u32 + spare);
            for (a, share) in weights.iter().zip(&shares) {
                for (b, other) in weights.iter().zip(&shares) {
                    prop_assert!(a <= b || share >= other, "{weights:?} got {shares:?}");
                }
            }
        }

        #[test]
        fn the_own_sum_changes_nothing(weights in prop::collection::vec(1u32..200, 1..12)) {
            let total = weights.iter().sum();
            prop_assert_eq!(apportion(&weights, total), weights);
        }
    }
}
