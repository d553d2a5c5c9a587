//! What a kit is once it has been read and found free of mistakes: plain data, no places, no text
//! formats. Lists keep the order of the files, since people read them in that order.
//!
//! Texts are plain: paragraphs are divided by an empty line, nothing is marked up. Minutes are whole.

use serde::{Deserialize, Serialize};

macro_rules! model {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$fmeta:meta])* pub $field:ident : $ty:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema, schemars::JsonSchema))]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty),* }
    )*};
}

mod plan;

pub use plan::*;

/// How well a rubric's behaviour was shown. *Not assessed* is the absence of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Weak,
    Good,
    Excellent,
}

/// How deep a loop goes into an area: *deep* for the stem of the T, *steady* for the beam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Depth {
    Deep,
    Steady,
}

model! {
    /// A whole kit: `kit.yaml` with everything that it names.
    pub struct Kit {
        /// Version of the file format; today always 1.
        pub schema: u32,
        pub id: String,
        pub version: String,
        /// First 12 hex digits of the SHA-256 over all files of the kit, by path.
        pub hash: String,
        pub title: String,
        pub summary: String,
        pub principles: Vec<Principle>,
        /// In the fixed order of the debrief's seven lines.
        pub areas: Vec<Area>,
        /// Asked of every candidate's record.
        pub record_questions: Vec<RecordQuestion>,
        pub trade_off: TradeOff,
        pub regret_probes: Vec<RegretProbe>,
        /// How to read the answers to regret probes.
        pub regret_reading: String,
        pub t_shape: String,
        pub packs: Vec<Pack>,
        pub exercises: Vec<Exercise>,
        /// Running scenarios that areas refer to, with the situation of each.
        pub scenarios: Vec<Scenario>,
        /// How those scenarios that have a plan are led. Versions of a kit from before there were plans have none.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schema(required = true))]
        pub plans: Vec<ScenarioPlan>,
    }

    pub struct Principle { pub id: String, pub title: String, pub text: String }

    pub struct Scenario { pub id: String, pub situation: String }

    /// One of the seven areas, complete enough to hold an interview from.
    pub struct Area {
        pub id: String,
        /// 1 to 7, the place in `Kit::areas`.
        pub number: u32,
        pub title: String,
        /// The title where room is short.
        pub short: String,
        /// One line for lists: the situation, not the topic.
        pub hook: String,
        pub summary: String,
        /// The area's line in the debrief.
        pub line: Line,
        pub facts: Facts,
        pub scenarios: Vec<String>,
        pub prompts: Vec<Prompt>,
        pub follow_ups: Vec<FollowUp>,
        pub sound_answer: SoundAnswer,
        pub voices: Vec<Voices>,
        /// At most nine: one key each.
        pub signals: Vec<Signal>,
        pub red_flags: Vec<RedFlag>,
        pub phases: Vec<Phase>,
        pub mini_case: MiniCase,
        pub rubric: Rubric,
        pub impact: Impact,
        /// Exercises on material that belong here.
        pub exercises: Vec<String>,
    }

    pub struct Line { pub title: String, pub question: String }

    /// Planning facts: the columns of the comparison page.
    pub struct Facts {
        pub minutes: u32,
        /// How hard the area is to assess well, 1 (easy) to 5; not how hard it is to answer.
        pub difficulty: u32,
        /// The same in a word or three.
        pub difficulty_note: String,
        pub needs: String,
        pub use_when: String,
        /// What the panel knows afterwards.
        pub outcome: String,
        /// Why ask here rather than elsewhere.
        pub advantage: String,
    }

    pub struct Prompt {
        pub id: String,
        /// Read aloud, word by word.
        pub text: String,
        /// What the interviewer should do besides reading; empty when nothing.
        pub note: String,
    }

    pub struct FollowUp {
        pub id: String,
        pub text: String,
        /// When to use it, for a person.
        pub moment: String,
        /// When to use it, for the screen.
        pub fits: Fits,
        /// Only experience answers this one.
        pub separates: bool,
        /// How a polished answer sounds: a short quotation or phrase.
        pub shallow: String,
        /// How a lived answer sounds.
        pub lived: String,
    }

    /// A follow-up is relevant when one of `phases` runs (empty: any), every signal of `after` was heard and
    /// none of `unless` was.
    pub struct Fits {
        pub phases: Vec<String>,
        pub after: Vec<String>,
        pub unless: Vec<String>,
    }

    pub struct SoundAnswer { pub steps: Vec<SoundStep>, pub text: String }

    pub struct SoundStep {
        pub title: String,
        pub text: String,
        /// Drawn dashed: the step that polished answers leave out.
        pub often_missing: bool,
    }

    /// Two spoken answers to one question, and the follow-up that tells them apart.
    pub struct Voices {
        /// Id of a prompt or follow-up of this area.
        pub question: String,
        pub shallow: String,
        pub lived: String,
        /// Id of a follow-up of this area.
        pub split_by: String,
    }

    pub struct Signal {
        pub id: String,
        pub text: String,
        /// A few words, for narrow screens and lists.
        pub short: String,
        /// What counts as the same thing by another name; empty when nothing needs saying.
        pub counts: String,
    }

    pub struct RedFlag {
        pub id: String,
        /// As one hears it.
        pub says: String,
        /// What to ask then; a red flag is a reason to ask, not a verdict.
        pub ask_then: String,
    }

    pub struct Phase {
        pub id: String,
        pub title: String,
        pub minutes: u32,
        /// Prompts read in this phase.
        pub prompts: Vec<String>,
        /// One sentence on what the phase is for.
        pub aim: String,
        /// Exactly three, from faint to plain.
        pub hints: Vec<String>,
    }

    pub struct MiniCase { pub situation: String, pub question: String, pub discussion: String }

    pub struct Rubric {
        /// One row each, read across before a level is given.
        pub behaviours: Vec<Behaviour>,
        /// The level as a whole, in a sentence.
        pub weak: String,
        pub good: String,
        pub excellent: String,
    }

    pub struct Behaviour {
        pub id: String,
        pub title: String,
        pub weak: String,
        pub good: String,
        pub excellent: String,
        /// Signals that speak for this row.
        pub signals: Vec<String>,
    }

    pub struct Impact {
        /// Where this area stands among the seven, in a phrase.
        pub weight: String,
        pub poor_hire: String,
        pub good_hire: String,
    }

    /// A question for the whole record of a candidate, whatever was asked.
    pub struct RecordQuestion { pub id: String, pub ask: String, pub yes_sounds: String, pub no_sounds: String }

    /// The three questions behind every trade-off.
    pub struct TradeOff { pub intro: String, pub optimise: String, pub give_up: String, pub why: String }

    pub struct RegretProbe { pub id: String, pub ask: String, pub experience: String, pub absence: String }

    /// A role: which areas, how deep, who asks what, and the bar per seniority.
    pub struct Pack {
        pub id: String,
        pub title: String,
        pub summary: String,
        /// What this role must not be weak in, in a sentence.
        pub emphasis: String,
        pub seniorities: Vec<Seniority>,
        pub sessions: Vec<Session>,
        pub scenarios: Vec<String>,
    }

    pub struct Seniority { pub id: String, pub title: String, pub bar: Vec<BarLine>, pub rules: Vec<String> }

    /// The level that a role needs in an area; none means that the role sets no bar there.
    pub struct BarLine { pub area: String, pub level: Option<Level>, pub reason: String }

    /// One interview of a loop.
    pub struct Session {
        pub id: String,
        pub title: String,
        /// What the person who asks must have done themselves.
        pub asked_by: String,
        pub reason: String,
        pub items: Vec<SessionItem>,
    }

    /// One area within a session: what is asked, for how long, and why here.
    pub struct SessionItem {
        pub area: String,
        pub depth: Depth,
        pub minutes: u32,
        pub prompts: Vec<String>,
        pub follow_ups: Vec<String>,
        pub exercises: Vec<String>,
        pub reason: String,
    }

    /// An exercise on something the candidate can see.
    pub struct Exercise {
        pub id: String,
        pub title: String,
        pub area: String,
        pub minutes: u32,
        pub summary: String,
        /// Read aloud.
        pub prompt: String,
        pub material: Vec<Material>,
        /// What can be found in the material, for the panel only.
        pub findings: Vec<Finding>,
        pub follow_ups: Vec<String>,
        pub weak: String,
        pub good: String,
        pub excellent: String,
    }

    /// Something a candidate may be shown.
    pub struct Material {
        pub id: String,
        pub title: String,
        pub format: MaterialFormat,
        pub text: String,
    }

    pub struct Finding {
        pub title: String,
        pub text: String,
        /// How telling it is when found unprompted: 1 expected of everybody, 3 rarely seen.
        pub rarity: u32,
    }
}

/// How a material is drawn: Markdown as prose, YAML as code with line numbers, CSV as a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MaterialFormat {
    Markdown,
    Yaml,
    Csv,
}
