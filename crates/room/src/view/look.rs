//! Which panel the candidate has open: enough to follow, and no more.

use serde::Serialize;

use crate::command::Panel;
use crate::take::Take;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Looks {
    pub panel: Panel,
    pub decision: Option<String>,
    pub focus: Option<u32>,
}

pub fn looks(take: &Take) -> Looks {
    let look = take.desk.look;
    let decision = look.decision.map(|at| take.play.compiled.decisions[at].name.clone());
    Looks { panel: look.panel, decision, focus: look.focus }
}
