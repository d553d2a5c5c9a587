//! What does not change while a take runs: the picture, the questions without their answers, what can be done.

use std::collections::BTreeMap;

use seatrial_scenario::Answers;
use seatrial_story::{FaultWords, fault_words};
use serde::Serialize;

use super::moves::{MoveDef, move_defs};
use super::plain;
use crate::command::V;
use crate::pace::SPEEDS;
use crate::take::Take;

/// How a plan leads through a take, as far as pages of the room tell it. A candidate's copy holds the brief and nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Led {
    pub title: String,
    pub story: String,
    /// What is wanted of the candidate.
    pub task: String,
    /// By name.
    pub faults: BTreeMap<String, LedFault>,
}

/// What a plan says of a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedFault {
    pub title: String,
    /// What it shows about a person.
    pub reveals: String,
    pub planned: PlannedFault,
}

/// The phase that a fault belongs to, and when in it it should come: since the phase began, in the room's time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlannedFault {
    /// As the interview's agenda calls it.
    pub phase: String,
    pub phase_title: String,
    /// Its place among the faults of the plan.
    pub place: u32,
    pub from_minutes: u32,
    pub to_minutes: u32,
}

/// Who opens the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum You {
    Candidate,
    Interviewer,
    Shadow,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Hello {
    pub take: TakeRef,
    pub you: You,
    pub title: String,
    pub story: String,
    /// What is wanted of the candidate.
    pub brief: String,
    /// The wall clock of the simulated world at virtual 0, in seconds since 1970.
    pub starts_unix_s: i64,
    /// Where the room opens: the warm-up is done.
    pub opens: V,
    /// Nothing new comes from here on; what is under way finishes.
    pub closes: V,
    pub ends: V,
    pub currency: String,
    pub digits: u32,
    pub speeds: Vec<u32>,
    pub picture: Drawn,
    pub questions: Vec<Question>,
    pub moves: Vec<MoveDef>,
    /// What an interviewer can break; empty for a candidate.
    pub faults: Vec<FaultDef>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TakeRef {
    pub id: String,
    pub n: i64,
    pub of: Option<TakeBranch>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TakeBranch {
    pub n: i64,
    pub v: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Drawn {
    pub columns: usize,
    pub rows: usize,
    pub boxes: Vec<DrawnBox>,
    pub edges: Vec<DrawnEdge>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DrawnBox {
    /// `client`, `service`, `store`, `topic`, `provider`.
    pub is: &'static str,
    pub at: usize,
    pub name: String,
    pub column: usize,
    pub row: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DrawnEdge {
    pub from: usize,
    pub to: usize,
    /// `calls`, `rows`, `messages`, `group`, `events`.
    pub carries: &'static str,
    pub group: Option<usize>,
}

/// A decision without its options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Question {
    pub name: String,
    pub ask: String,
    pub kind: QuestionKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    Options,
    Value,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FaultDef {
    pub name: String,
    pub title: String,
    pub says: Vec<String>,
    /// Promises and alerts that show it, in words.
    pub reveals: String,
    /// What the scenario suggests: from when to when.
    pub window: Window,
    /// Where a plan has it; a plan's word goes before the scenario's.
    pub planned: Option<PlannedFault>,
    pub lasts_ms: u64,
    pub boxes: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Window {
    pub from: V,
    pub to: V,
}

/// How long after its planned moment a fault is still suggested.
const WINDOW_NS: V = 120_000_000_000;

pub fn hello(take: &Take, you: You, led: Option<&Led>, (id, n, of): (String, i64, Option<(i64, i64)>)) -> Hello {
    let play = &take.play;
    let system = &play.system;
    let question = |decision: &seatrial_scenario::Decision| Question {
        name: decision.name.clone(),
        ask: decision.ask.clone(),
        kind: match decision.answers {
            Answers::Options(_) => QuestionKind::Options,
            Answers::Value { .. } => QuestionKind::Value,
        },
    };
    let faults = match you {
        You::Candidate => Vec::new(),
        You::Interviewer | You::Shadow => (0..system.faults.len()).map(|at| fault(take, at, led)).collect(),
    };
    // A scenario's own title may say what goes wrong.
    let title = match (led, you) {
        (Some(led), _) => led.title.clone(),
        (None, You::Candidate) => "A running system".to_owned(),
        (None, _) => play.compiled.title.clone(),
    };
    Hello {
        take: TakeRef { id, n, of: of.map(|(n, v)| TakeBranch { n, v }) },
        you,
        title,
        story: led.map_or_else(|| play.compiled.story.clone(), |led| led.story.clone()),
        brief: led.map_or_else(String::new, |led| led.task.clone()),
        starts_unix_s: system.clock.starts_unix_s,
        opens: play.opens(),
        closes: system.clock.play_ends(),
        ends: play.ends(),
        currency: system.currency.clone(),
        digits: system.currency_digits,
        speeds: SPEEDS.to_vec(),
        picture: drawn(take),
        questions: play.compiled.decisions.iter().map(question).collect(),
        moves: move_defs(take),
        faults,
    }
}

fn drawn(take: &Take) -> Drawn {
    let picture = &take.play.wiring.picture;
    let boxes = picture.boxes.iter().map(|place| DrawnBox {
        is: place.what.word(),
        at: place.at,
        name: place.name.clone(),
        column: place.column,
        row: place.row,
    });
    let edges = picture.edges.iter().map(|edge| DrawnEdge {
        from: edge.from,
        to: edge.to,
        carries: edge.carries.word(),
        group: edge.carries.group(),
    });
    Drawn { columns: picture.columns, rows: picture.rows, boxes: boxes.collect(), edges: edges.collect() }
}

fn fault(take: &Take, at: usize, led: Option<&Led>) -> FaultDef {
    let system = &take.play.system;
    let def = &system.faults[at];
    let FaultWords { says, boxes } = fault_words(&take.play.compiled, def);
    let reveals = def.reveals.iter().map(|invariant| plain(&system.invariants[invariant.at()].name));
    let alerts = def.reveals_alerts.iter().map(|alert| format!("alert {}", plain(&system.alerts[alert.at()].name)));
    let from = take.play.opens() + def.at;
    let told = led.and_then(|led| led.faults.get(&def.name));
    FaultDef {
        name: def.name.clone(),
        title: told.map_or_else(|| plain(&def.name), |told| told.title.clone()),
        says,
        reveals: match told {
            Some(told) => told.reveals.clone(),
            None => reveals.chain(alerts).collect::<Vec<String>>().join(", "),
        },
        window: Window { from, to: from + WINDOW_NS },
        planned: told.map(|told| told.planned.clone()),
        lasts_ms: def.lasts / 1_000_000,
        boxes,
    }
}
