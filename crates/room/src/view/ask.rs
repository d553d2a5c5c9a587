//! What is told when it is asked for: options, dead letters, a customer's history.

use seatrial_scenario::Answers;
use seatrial_sim::Id;
use seatrial_sim::system::FieldKind;
use serde::Serialize;

use super::plain;
use super::traces::is_of;
use crate::command::V;
use crate::reel::Reel;
use crate::take::Take;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Options {
    pub decision: String,
    pub options: Vec<OptionSeen>,
    /// Where any value between two bounds is an answer.
    pub between: Option<Between>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OptionSeen {
    pub name: String,
    pub says: String,
    /// `900 USD a month`; empty when nothing.
    pub costs: String,
    /// The system as found.
    pub default: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Between {
    pub from: String,
    pub to: String,
    pub now: String,
}

/// Whether a candidate has answered, or asked for the options.
pub fn options_are_open(take: &Take, name: &str) -> bool {
    take.play.decision(name).is_some_and(|(at, _)| take.desk.decisions[at].options_open())
}

pub fn options(take: &Take, name: &str) -> Option<Options> {
    let (at, decision) = take.play.decision(name)?;
    let (options, between) = match &decision.answers {
        Answers::Options(choices) => {
            let option = |choice: &seatrial_scenario::Choice| OptionSeen {
                name: choice.name.clone(),
                says: if choice.says.is_empty() { plain(&choice.name) } else { choice.says.clone() },
                costs: match choice.costs_a_month {
                    0 => String::new(),
                    costs => format!("{} a month", seatrial_story::words::money(&take.play.system, costs)),
                },
                default: choice.default,
            };
            (choices.iter().map(option).collect(), None)
        }
        Answers::Value { sets, from, to, .. } => {
            let show = |value: i64| take.play.compiled.show(sets, value);
            let now = take.play.says(decision, take.desk.decisions[at].in_force.as_deref());
            (Vec::new(), Some(Between { from: show(*from), to: show(*to), now }))
        }
    };
    Some(Options { decision: decision.name.clone(), options, between })
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeadLetters {
    pub group: String,
    pub total: u32,
    /// The oldest.
    pub list: Vec<DeadLetter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeadLetter {
    pub number: u64,
    /// What it says, field by field; nothing when it cannot be read.
    pub fields: Vec<(String, String)>,
    /// What one searches for: the id of what came in, else the first id that it holds.
    pub key: Option<String>,
    pub readable: bool,
    pub partition: u16,
    pub failures: u16,
    /// What its last attempt came to.
    pub why: String,
    pub published: V,
    pub parked: V,
    pub put_back: u16,
}

const LETTERS_MAX: usize = 500;

pub fn dead_letters(take: &Take, group: &str) -> Option<DeadLetters> {
    let system = &take.play.system;
    let at = take.play.group(group)?;
    let topic = &system.topics[system.groups[at].topic.at()];
    let letters = take.sim().dead_letters(seatrial_sim::system::GroupId(at as u16));
    let made = system.clients.iter().find_map(|client| client.make.as_ref()).map(|make| make.record);
    let key = |values: &[i64]| {
        let ids = || topic.fields.iter().zip(values).filter(|(field, _)| field.kind == FieldKind::Id);
        let of_arrival = ids().find(|(_, value)| made.is_some_and(|made| is_of(system, made, Id(**value as u64))));
        of_arrival.or_else(|| ids().next()).map(|(field, value)| seatrial_story::words::field(system, field.kind, *value))
    };
    let total = u32::try_from(letters.len()).unwrap_or(u32::MAX);
    let list = letters.into_iter().take(LETTERS_MAX).map(|letter| DeadLetter {
        number: letter.number,
        fields: topic
            .fields
            .iter()
            .zip(&letter.fields)
            .filter(|_| letter.readable)
            .map(|(field, value)| (field.name.clone(), seatrial_story::words::field(system, field.kind, *value)))
            .collect(),
        key: if letter.readable { key(&letter.fields) } else { None },
        readable: letter.readable,
        partition: letter.partition,
        failures: letter.failures,
        why: letter.why.name().to_owned(),
        published: letter.published_at,
        parked: letter.parked_at,
        put_back: letter.put_back,
    });
    Some(DeadLetters { group: group.to_owned(), total, list: list.collect() })
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct History {
    pub serial: u64,
    /// `order 8123`.
    pub what: String,
    pub came: V,
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Step {
    pub v: V,
    /// Where it happens: `client`, `service`, `store`, `topic`, `provider`, `support`, `operator`, `oracle`.
    pub is: &'static str,
    pub part: String,
    pub text: String,
    /// Whether it can be found in the team's own telemetry.
    pub seen: bool,
    /// `lost`, `effect`, `harm`.
    pub weighs: Option<&'static str>,
}

/// One arrival's history until `horizon`, had by living through the log again; none when nobody of that number came.
pub fn history(reel: &Reel, horizon: V, serial: u64) -> Option<History> {
    let take = reel.watched(horizon, serial);
    let story = take.sim.story()?;
    let told = seatrial_story::history(&take.play.compiled, story);
    let steps = story_steps(&told);
    (!told.what.is_empty()).then(|| History { serial, what: told.what.clone(), came: told.came * 1_000_000, steps })
}

fn story_steps(told: &seatrial_story::History) -> Vec<Step> {
    let step = |one: &seatrial_story::Told| Step {
        v: told.came * 1_000_000 + one.after * 1_000,
        is: one.is,
        part: one.part.clone(),
        text: one.text.clone(),
        seen: one.seen != seatrial_story::Seen::No,
        weighs: one.weighs,
    };
    told.steps.iter().map(step).collect()
}
