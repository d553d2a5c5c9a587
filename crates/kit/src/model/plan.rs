//! How a running scenario is led as an interview: the phases with what is said and what breaks in each, what is listened
//! for, and what the candidate is told. Names of faults, decisions and invariants belong to the scenario; here they are
//! words.

use serde::{Deserialize, Serialize};

use super::{FollowUp, Prompt, RegretProbe, Voices};

/// Whether the scenario's clock stands when a phase opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClockStart {
    /// It waits until somebody lets it run: something is read aloud or decided first.
    Stands,
    Runs,
}

/// What brings a scenario's clock back to the speed of the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SlowsOn {
    Alert,
    Ticket,
    Move,
}

model! {
    /// One scenario as an interview. It takes the place of what its areas ask by themselves; their rubrics, facts and
    /// sound answers stay.
    pub struct ScenarioPlan {
        /// The scenario's id, and the plan's.
        pub scenario: String,
        pub title: String,
        /// One line for lists: the situation, not the topic.
        pub hook: String,
        /// Of the whole interview, the candidate's own questions included.
        pub minutes: u32,
        pub areas: Vec<String>,
        pub brief: Brief,
        /// In order; the last two look back and take the candidate's questions.
        pub phases: Vec<PlanPhase>,
        /// At most nine over all areas: one key each. Their ids are free in their area, so that a record that holds
        /// this interview and another about the same area can be read.
        pub signals: Vec<PlanSignal>,
        pub red_flags: Vec<PlanRedFlag>,
        /// Asked while looking back, before the kit's own.
        pub regret_probe: RegretProbe,
        pub reveal: Reveal,
        pub guide: Guide,
    }

    /// What the candidate is given, days ahead and in the room. Nothing else of a plan reaches them.
    pub struct Brief {
        /// What the candidate knows the scenario by: the plan's own title may say what goes wrong in it.
        pub title: String,
        /// Half a page in plain words: whose system it is, what it does, who is there.
        pub story: String,
        /// What is wanted of them.
        pub task: String,
        /// What they will be able to do.
        pub can: Vec<String>,
        /// What is assessed, in words that give no answer away.
        pub assessed: Vec<String>,
    }

    pub struct PlanPhase {
        pub id: String,
        pub title: String,
        pub minutes: u32,
        /// What this phase is evidence for.
        pub area: String,
        /// One sentence on what the phase is for.
        pub aim: String,
        pub clock: ClockPolicy,
        /// Read aloud when the phase opens; a phase that begins with silence has none.
        pub prompts: Vec<Prompt>,
        pub follow_ups: Vec<FollowUp>,
        pub voices: Vec<Voices>,
        /// Exactly three, from faint to plain.
        pub hints: Vec<String>,
        /// What can be made to break, in the order of the windows.
        pub faults: Vec<ArmedFault>,
        /// Decisions of the scenario that are talked about here, in words before any menu.
        pub decisions: Vec<String>,
        /// Invariants of the scenario to keep in sight here: what is true beside what the candidate can see.
        pub watch: Vec<String>,
    }

    /// How the scenario's clock goes in a phase.
    pub struct ClockPolicy {
        pub start: ClockStart,
        /// Virtual seconds in a second on the wall, once it runs.
        pub speed: u32,
        /// What brings it back to 1.
        pub slows_on: Vec<SlowsOn>,
    }

    /// A fault that waits for the interviewer to fire it. Untouched, it breaks nothing.
    pub struct ArmedFault {
        /// The fault's name in the scenario.
        pub fault: String,
        /// What happens, as one says it.
        pub title: String,
        /// When it should be fired: virtual minutes since the phase began.
        pub from_minutes: u32,
        pub to_minutes: u32,
        /// What it shows about the person in front of it.
        pub reveals: String,
    }

    pub struct PlanSignal {
        pub id: String,
        pub area: String,
        pub text: String,
        /// A few words, for narrow screens and lists.
        pub short: String,
        /// What counts as the same thing by another name; empty when nothing needs saying.
        pub counts: String,
        /// Rows of the area's rubric that it speaks for.
        pub rows: Vec<String>,
    }

    pub struct PlanRedFlag {
        pub id: String,
        pub area: String,
        /// As one hears it.
        pub says: String,
        /// What to ask then; a red flag is a reason to ask, not a verdict.
        pub ask_then: String,
    }

    /// What may be shown to the candidate once levels are pencilled: what was true, and the same customers under one
    /// other decision.
    pub struct Reveal {
        pub text: String,
        pub decision: String,
        pub option: String,
    }

    /// For the interviewer, to read the day before.
    pub struct Guide {
        /// What to have understood about this system.
        pub system: String,
        /// What strong candidates do in it.
        pub strong: Vec<String>,
        /// What weak ones do.
        pub weak: Vec<String>,
        /// Every fault that the plan arms, and what to watch when it strikes.
        pub faults: Vec<FaultGuide>,
        /// Where interviewers go wrong.
        pub traps: Vec<Trap>,
    }

    pub struct FaultGuide {
        pub fault: String,
        /// What can be seen, and what cannot.
        pub shows: String,
        pub strong: String,
        pub weak: String,
    }

    pub struct Trap { pub title: String, pub text: String }
}
