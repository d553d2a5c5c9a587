//! The T-shape: seven stems under one beam, each as deep as the level, a range where the panel differs, a gap where
//! nobody assessed. A shape, never one number.

use seatrial_kit::{Kit, Level};
use serde::Serialize;

use super::Line;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StemState {
    Agreed,
    Differs,
    Gap,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Stem {
    pub area: String,
    pub short: String,
    /// Depth to which everybody agrees.
    pub low: Option<Level>,
    /// Depth that somebody saw.
    pub high: Option<Level>,
    pub bar: Option<Level>,
    pub state: StemState,
}

pub fn shape(kit: &Kit, lines: &[Line]) -> Vec<Stem> {
    lines
        .iter()
        .map(|line| {
            let levels = || line.cells.iter().filter_map(|c| c.level);
            let (low, high) = (levels().min(), levels().max());
            Stem {
                area: line.area.clone(),
                short: kit.areas.iter().find(|a| a.id == line.area).map_or_else(|| line.title.clone(), |a| a.short.clone()),
                low,
                high,
                bar: line.bar,
                state: match (low, high) {
                    (None, _) | (_, None) => StemState::Gap,
                    (low, high) if low == high => StemState::Agreed,
                    _ => StemState::Differs,
                },
            }
        })
        .collect()
}
