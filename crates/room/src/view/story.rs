//! A room's story in words and numbers, from facts alone: what was done, what came of it, and nothing about anybody's
//! worth.

use serde::Serialize;

use super::marks::marks;
use super::{Context, plain};
use crate::act::minutes;
use crate::command::{V, Verdict};
use crate::marks::MarkKind;
use crate::take::Take;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RoomStory {
    pub lines: Vec<StoryLine>,
    pub facts: Vec<Fact>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StoryLine {
    pub v: V,
    pub kind: MarkKind,
    pub text: String,
    /// What was said or written with it.
    pub words: String,
    pub who: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Fact {
    pub says: String,
    pub value: String,
}

pub fn story(take: &Take, context: &Context) -> RoomStory {
    let told = |kind: MarkKind| !matches!(kind, MarkKind::Speed | MarkKind::Pause | MarkKind::Resume);
    let lines = marks(take, context, true).into_iter().filter(|mark| told(mark.kind)).map(|mark| {
        let label = if mark.label.is_empty() { String::new() } else { format!("{} ", mark.label) };
        StoryLine { v: mark.v, kind: mark.kind, text: format!("{label}{}", mark.text), words: mark.words, who: mark.who }
    });
    RoomStory { lines: lines.collect(), facts: facts(take) }
}

fn facts(take: &Take) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |says: &str, value: String| facts.push(Fact { says: says.to_owned(), value });
    let opens = take.play.opens();
    add("time played", minutes(take.now().saturating_sub(opens)));
    let (mut offered, mut good) = (0u64, 0u64);
    for sample in take.sim.samples().iter().filter(|sample| sample.at > opens) {
        offered += sample.clients.iter().map(|client| u64::from(client.offered)).sum::<u64>();
        good += sample.clients.iter().map(|client| u64::from(client.good)).sum::<u64>();
    }
    add("requests answered well", format!("{good} of {offered}"));
    let desk = &take.desk;
    let answered = desk.decisions.iter().filter(|decision| decision.options_open()).count();
    let before = desk.decisions.iter().filter(|decision| decision.options_open() && decision.before_options()).count();
    add("decisions answered in words before the options", format!("{before} of {answered}"));
    for (fault, of) in take.play.system.faults.iter().zip(&desk.faults) {
        if let Some(fired) = of.fired {
            let noticed = match &of.noticed {
                Some((v, _)) => format!("noticed after {}", minutes(v.saturating_sub(fired))),
                None => "not noticed".to_owned(),
            };
            add(&plain(&fault.name), format!("from {}, {noticed}", minutes(fired.saturating_sub(opens))));
        }
    }
    let truth = take.sim.truth();
    for (invariant, is) in take.play.system.invariants.iter().zip(&truth.invariants) {
        let mut value = is.broken.to_string();
        if is.mended > 0 {
            value.push_str(&format!(", {} put right", is.mended));
        }
        if is.tickets > 0 {
            value.push_str(&format!(", {} wrote", is.tickets));
        }
        let called = if invariant.called.is_empty() { format!("not {}", plain(&invariant.name)) } else { invariant.called.clone() };
        add(&called, value);
    }
    let cost: i64 = truth.invariants.iter().map(|is| is.cost).sum();
    add("what it cost", seatrial_story::words::money(&take.play.system, cost));
    let filed = take.sim.tickets().filter(|ticket| ticket.filed_at >= opens).count();
    let right = desk.replies.values().filter(|reply| (reply.verdict == Verdict::ItIsSo) == reply.truth && reply.verdict != Verdict::CannotTell);
    add("tickets answered, and rightly", format!("{} of {filed}, {} rightly", desk.replies.len(), right.count()));
    add("moves", desk.moves.len().to_string());
    facts
}
