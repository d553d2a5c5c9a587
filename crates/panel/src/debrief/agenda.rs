//! The agenda of a debrief: time goes to where people differ and to what nobody saw. Each item is visited or waived
//! before the decision opens.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Deviation, Line};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = AgendaItemId))]
#[serde(rename_all = "snake_case")]
pub enum Item {
    Differ,
    NotAssessed,
    Bar,
    Deviations,
}

/// That an item was visited, or waived with a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = AgendaMark))]
pub struct Mark {
    pub by: String,
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Why it was not looked at; none when it was.
    pub waived: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AgendaItem {
    pub id: Item,
    pub title: String,
    pub count: usize,
    /// Areas to look at; empty for deviations.
    pub lines: Vec<String>,
    pub mark: Option<Mark>,
}

/// Items that have something in them, disagreement first.
pub fn agenda(lines: &[Line], deviations: &[Deviation], marks: &[(Item, Mark)]) -> Vec<AgendaItem> {
    let areas = |keep: &dyn Fn(&Line) -> bool| lines.iter().filter(|l| keep(l)).map(|l| l.area.clone()).collect::<Vec<_>>();
    let item = |id: Item, title: &str, count: usize, lines: Vec<String>| AgendaItem {
        id,
        title: title.to_owned(),
        count,
        lines,
        mark: marks.iter().find(|(item, _)| *item == id).map(|(_, mark)| mark.clone()),
    };
    let differ = areas(&|l| l.spread.is_some());
    let not_assessed = areas(&|l| l.met.of == 0);
    let bar = areas(&|l| l.bar.is_some() && l.met.of > 0 && l.met.met < l.met.of);
    [
        item(Item::Differ, "Where we differ", differ.len(), differ),
        item(Item::NotAssessed, "Not assessed", not_assessed.len(), not_assessed),
        item(Item::Bar, "Bar not agreed met", bar.len(), bar),
        item(Item::Deviations, if deviations.len() == 1 { "Deviation" } else { "Deviations" }, deviations.len(), Vec::new()),
    ]
    .into_iter()
    .filter(|i| i.count > 0)
    .collect()
}
