//! Marks on the time line: what happened, when, and who may know of it.

use serde::Serialize;

use crate::command::V;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    Begin,
    Decision,
    Answer,
    Options,
    Move,
    TakeBack,
    Ticket,
    Reply,
    Alert,
    Fault,
    Lift,
    Noticed,
    Map,
    Speed,
    Pause,
    Resume,
    Search,
    Void,
    Reveal,
    End,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Of the command; none for what the system itself brought.
    pub seq: Option<u64>,
    pub v: V,
    pub kind: MarkKind,
    /// `D2`, `M1`.
    pub label: String,
    pub text: String,
    /// The id of whoever sent the command; empty for the system.
    pub who: String,
    /// The command whose words belong to it.
    pub words: Option<String>,
    /// Never sent to a candidate.
    pub panel: bool,
}
