//! Spans that do not count, for the panel: where evidence from them is looked at twice.

use serde::Serialize;

use super::Context;
use crate::command::V;
use crate::take::Take;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct VoidSeen {
    pub from: V,
    pub to: V,
    /// In the words of whoever marked it.
    pub reason: String,
}

pub fn voids(take: &Take, context: &Context) -> Vec<VoidSeen> {
    let seen = take.desk.voids.iter().map(|void| VoidSeen { from: void.from, to: void.to, reason: context.words(&void.command) });
    seen.collect()
}
