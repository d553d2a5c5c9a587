//! Decisions as they stand: what was said before the menu, what was chosen, and how far it has arrived.

use seatrial_sim::system::Owner;
use serde::Serialize;

use super::Context;
use crate::command::{Answer, V};
use crate::take::Take;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DecisionState {
    pub name: String,
    pub state: Stands,
    /// What holds now, in words.
    pub says: String,
    /// The candidate's own words, before the menu or without it.
    pub answer: String,
    pub answered_at: Option<V>,
    pub before_options: bool,
    pub reason: String,
    pub chosen_at: Option<V>,
    /// Replicas that run with it.
    pub live: Option<Arrives>,
    /// What an interviewer made of “something else”.
    pub mapped: Option<Mapped>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    AsFound,
    Answered,
    OptionsShown,
    Chosen,
    SomethingElse,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Arrives {
    pub done: u32,
    pub of: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Mapped {
    pub r#as: Option<String>,
    pub outside: bool,
}

/// `mapped`: whether what an interviewer made of an answer is told.
pub fn decisions(take: &Take, context: &Context, mapped: bool) -> Vec<DecisionState> {
    let all = take.play.compiled.decisions.iter().zip(&take.desk.decisions);
    let state = |(decision, desk): (&seatrial_scenario::Decision, &crate::desk::DecisionDesk)| {
        let chosen = desk.chosen.as_ref();
        let elsewhere = chosen.is_some_and(|chosen| matches!(chosen.answer, Answer::SomethingElse(_)));
        let stands = match (chosen, &desk.answered, desk.options_shown) {
            (Some(_), ..) if elsewhere => Stands::SomethingElse,
            (Some(_), ..) => Stands::Chosen,
            (None, Some(_), _) => Stands::Answered,
            (None, None, Some(_)) => Stands::OptionsShown,
            (None, None, None) => Stands::AsFound,
        };
        let says = take.play.says(decision, desk.in_force.as_deref());
        DecisionState {
            name: decision.name.clone(),
            state: stands,
            says,
            answer: desk.answered.as_ref().map_or_else(String::new, |(command, _)| context.words(command)),
            answered_at: desk.answered.as_ref().map(|(_, v)| *v),
            before_options: chosen.map_or_else(|| desk.before_options(), |chosen| chosen.before_options),
            reason: chosen.map_or_else(String::new, |chosen| context.words(&chosen.command)),
            chosen_at: chosen.map(|chosen| chosen.v),
            live: desk.in_force.as_ref().and_then(|answer| arrives(take, decision, answer)),
            mapped: chosen
                .and_then(|chosen| chosen.mapped.as_ref())
                .filter(|_| mapped)
                .map(|option| Mapped { r#as: option.clone(), outside: option.is_none() }),
        }
    };
    all.map(state).collect()
}

/// How many replicas run with an answer; none for what belongs to no service.
fn arrives(take: &Take, decision: &seatrial_scenario::Decision, answer: &str) -> Option<Arrives> {
    let patches = take.play.change(decision, Some(answer)).ok()?;
    let mine = patches.iter().filter(|patch| matches!(take.play.system.params[patch.param.at()].owner, Owner::Service(_)));
    let counts = mine.map(|patch| {
        let values = take.sim().configured(patch.param);
        let done = values.iter().filter(|&&value| value == patch.value).count() as u32;
        Arrives { done, of: values.len() as u32 }
    });
    // The change that has the furthest to go.
    counts.min_by(|a, b| (u64::from(a.done) * u64::from(b.of)).cmp(&(u64::from(b.done) * u64::from(a.of))))
}
