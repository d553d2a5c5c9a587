//! The time line's marks, for one audience.

use serde::Serialize;

use super::Context;
use crate::command::V;
use crate::marks::MarkKind;
use crate::take::Take;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MarkSeen {
    pub seq: Option<u64>,
    pub v: V,
    pub kind: MarkKind,
    pub label: String,
    pub text: String,
    /// What was written with it.
    pub words: String,
    pub who: String,
    /// Never sent to a candidate.
    pub panel: bool,
}

pub fn marks(take: &Take, context: &Context, all: bool) -> Vec<MarkSeen> {
    let shown = take.desk.marks.iter().filter(|mark| all || !mark.panel);
    let seen = shown.map(|mark| MarkSeen {
        seq: mark.seq,
        v: mark.v,
        kind: mark.kind,
        label: mark.label.clone(),
        text: mark.text.clone(),
        words: mark.words.as_ref().map_or_else(String::new, |command| context.words(command)),
        who: context.name(&mark.who),
        panel: mark.panel,
    });
    seen.collect()
}
