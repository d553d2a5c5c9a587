//! What is true beside what can be seen, and the faults. For the panel.

use seatrial_sim::system::RecordId;
use serde::Serialize;

use super::{Context, plain};
use crate::command::V;
use crate::take::Take;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Truth {
    pub rows: Vec<TruthRow>,
    /// Minor units.
    pub cost: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TruthRow {
    pub promise: String,
    pub says: String,
    pub hurts: String,
    /// How often it was broken, whatever came of it.
    pub count: u64,
    pub undecided: u64,
    pub mended: u64,
    /// Of those broken: how many the team was told of.
    pub visible: u64,
    pub cost: i64,
    pub who: Vec<Hurt>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Hurt {
    pub serial: u64,
    /// `order 8123`.
    pub what: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FaultState {
    pub name: String,
    pub state: Fault,
    pub since: Option<V>,
    pub until: Option<V>,
    pub noticed_at: Option<V>,
    pub noticed_by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    Planned,
    Armed,
    On,
    Over,
}

pub fn truth(take: &Take) -> Truth {
    let system = &take.play.system;
    let now = take.sim().truth();
    let rows = system.invariants.iter().zip(&now.invariants).enumerate().map(|(at, (invariant, is))| TruthRow {
        promise: invariant.name.clone(),
        // What one counts is breaches, so that is what the row is called.
        says: if invariant.called.is_empty() { format!("not {}", plain(&invariant.name)) } else { invariant.called.clone() },
        hurts: invariant.hurts.clone(),
        count: is.broken,
        undecided: is.undecided,
        mended: is.mended,
        visible: is.tickets,
        cost: is.cost,
        who: take.sim().broken_keys(at).map(|(serial, record, id)| Hurt { serial, what: thing(take, record, id) }).collect(),
    });
    let rows: Vec<TruthRow> = rows.collect();
    Truth { cost: rows.iter().map(|row| row.cost).sum(), rows }
}

fn thing(take: &Take, record: RecordId, id: i64) -> String {
    seatrial_story::words::thing(&take.play.system, record, id)
}

pub fn faults(take: &Take, context: &Context) -> Vec<FaultState> {
    let now = take.sim().truth();
    let all = take.play.system.faults.iter().zip(&take.desk.faults).zip(&now.faults).enumerate();
    let state = |(at, ((fault, desk), is)): (usize, ((&seatrial_sim::system::Fault, &crate::desk::FaultDesk), &seatrial_sim::engine::FaultTruth))| {
        let state = match () {
            () if is.on => Fault::On,
            () if take.desk.armed == Some(at) => Fault::Armed,
            () if desk.fired.is_some() => Fault::Over,
            () => Fault::Planned,
        };
        FaultState {
            name: fault.name.clone(),
            state,
            since: desk.fired,
            until: if is.on { is.until } else { desk.lifted },
            noticed_at: desk.noticed.as_ref().map(|(v, _)| *v),
            noticed_by: desk.noticed.as_ref().map(|(_, who)| context.name(who)),
        }
    };
    all.map(state).collect()
}
