//! The seven lines: one cell per person, who stands apart, the bar, and the evidence for each side.

use seatrial_kit::Level;
use serde::Serialize;

use super::{Input, Panelist};
use crate::{
    bar::{Met, met},
    record::NoteKind,
    scorecard::AreaScore,
};

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = DebriefLine))]
pub struct Line {
    pub area: String,
    pub number: u32,
    pub title: String,
    pub question: String,
    pub bar: Option<Level>,
    pub bar_reason: String,
    /// In the order of the panel.
    pub cells: Vec<Cell>,
    pub spread: Option<Spread>,
    pub met: Met,
    /// Pieces of evidence cited on this line.
    pub moments: usize,
    /// Highest level first.
    pub sides: Vec<Side>,
    pub would_move: Vec<WouldMove>,
    #[cfg_attr(feature = "schema", schema(inline))]
    pub impact: Impact,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Impact {
    pub weight: String,
    pub poor_hire: String,
    pub good_hire: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Cell {
    pub person_id: String,
    /// Whether this person was asked to assess this line.
    pub due: bool,
    pub assessed: bool,
    pub level: Option<Level>,
    pub confidence: Option<u8>,
}

/// A disagreement: how many levels apart, and who stands apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Spread {
    pub levels: u8,
    /// Those who differ from the rest; everybody assessed when no side is the smaller one.
    pub apart: Vec<String>,
    pub say: String,
}

/// Everybody who gave one level, with what they saw.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Side {
    pub level: Level,
    pub who: Vec<String>,
    pub evidence: Vec<CitedEvidence>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CitedEvidence {
    pub who: String,
    pub entry: String,
    pub interview_id: String,
    pub seq: i64,
    pub at_ms: i64,
    pub kind: NoteKind,
    pub text: String,
    pub prompted: Option<bool>,
    pub behaviour: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WouldMove {
    pub who: String,
    pub level: Level,
    pub text: String,
}

/// All lines in the kit's order.
pub fn lines(input: &Input<'_>) -> Vec<Line> {
    input.kit.areas.iter().map(|area| line(input, area)).collect()
}

fn line(input: &Input<'_>, area: &seatrial_kit::Area) -> Line {
    let scored: Vec<(&Panelist, &AreaScore, Level)> = input
        .panel
        .iter()
        .filter_map(|p| {
            let score = input.scorecard(&p.id)?.area(&area.id)?;
            Some((p, score, score.level?))
        })
        .collect();
    let levels: Vec<Level> = scored.iter().map(|(_, _, level)| *level).collect();
    let bar = input.bar.and_then(|b| b.line(&area.id));
    let bar_level = bar.and_then(|b| b.level);
    let cells = input
        .panel
        .iter()
        .map(|p| {
            let score = input.scorecard(&p.id).and_then(|s| s.area(&area.id));
            Cell {
                person_id: p.id.clone(),
                due: p.due.contains(&area.id),
                assessed: score.is_some_and(|s| s.level.is_some()),
                level: score.and_then(|s| s.level),
                confidence: score.filter(|s| s.level.is_some()).and_then(|s| s.confidence),
            }
        })
        .collect();
    let sides: Vec<Side> = [Level::Excellent, Level::Good, Level::Weak]
        .into_iter()
        .filter(|level| levels.contains(level))
        .map(|level| side(input, &scored, level))
        .collect();
    Line {
        area: area.id.clone(),
        number: area.number,
        title: area.line.title.clone(),
        question: area.line.question.clone(),
        bar: bar_level,
        bar_reason: bar.map(|b| b.reason.clone()).unwrap_or_default(),
        cells,
        spread: spread(&scored.iter().map(|(p, _, level)| (*p, *level)).collect::<Vec<_>>()),
        met: met(bar_level, &levels),
        moments: sides.iter().map(|s| s.evidence.len()).sum(),
        would_move: scored
            .iter()
            .filter(|(_, score, _)| !score.would_move.trim().is_empty())
            .map(|(p, score, level)| WouldMove { who: p.id.clone(), level: *level, text: score.would_move.trim().to_owned() })
            .collect(),
        sides,
        impact: Impact {
            weight: area.impact.weight.clone(),
            poor_hire: area.impact.poor_hire.clone(),
            good_hire: area.impact.good_hire.clone(),
        },
    }
}

fn side(input: &Input<'_>, scored: &[(&Panelist, &AreaScore, Level)], level: Level) -> Side {
    let mine = || scored.iter().filter(move |(_, _, l)| *l == level);
    let evidence = mine()
        .flat_map(|(p, score, _)| score.evidence.iter().map(move |e| (*p, e)))
        .filter_map(|(p, e)| {
            let quote = input.quotes.get(&e.entry)?;
            Some(CitedEvidence {
                who: p.id.clone(),
                entry: e.entry.clone(),
                interview_id: quote.interview.clone(),
                seq: quote.seq,
                at_ms: quote.at_ms,
                kind: quote.kind,
                text: quote.text.clone(),
                prompted: e.prompted,
                behaviour: e.behaviour.clone(),
            })
        })
        .collect();
    Side { level, who: mine().map(|(p, _, _)| p.id.clone()).collect(), evidence }
}

fn spread(scored: &[(&Panelist, Level)]) -> Option<Spread> {
    let high = scored.iter().map(|(_, l)| *l).max()?;
    let low = scored.iter().map(|(_, l)| *l).min()?;
    if high == low {
        return None;
    }
    let levels = high as u8 - low as u8;
    let distance = if levels == 1 { "one level" } else { "two levels" };
    let at = |level: Level| scored.iter().filter(|(_, l)| *l == level).map(|(p, _)| *p).collect::<Vec<_>>();
    let held: Vec<Level> = [Level::Weak, Level::Good, Level::Excellent].into_iter().filter(|l| !at(*l).is_empty()).collect();
    // Somebody stands apart only against two who agree; one against one is a plain difference.
    if let [low, high] = held[..] {
        let (below, above) = (at(low), at(high));
        let (apart, direction) = match below.len().cmp(&above.len()) {
            std::cmp::Ordering::Less => (below, "lower"),
            std::cmp::Ordering::Greater => (above, "higher"),
            std::cmp::Ordering::Equal => return Some(everybody(scored, levels, distance)),
        };
        let names = names(&apart);
        let verb = if apart.len() == 1 { "stands" } else { "stand" };
        return Some(Spread {
            levels,
            apart: apart.iter().map(|p| p.id.clone()).collect(),
            say: format!("{names} {verb} {distance} {direction}"),
        });
    }
    Some(everybody(scored, levels, distance))
}

fn everybody(scored: &[(&Panelist, Level)], levels: u8, distance: &str) -> Spread {
    let people: Vec<&Panelist> = scored.iter().map(|(p, _)| *p).collect();
    let say = match people[..] {
        [a, b] => format!("{} and {} differ by {distance}", first_name(&a.name), first_name(&b.name)),
        _ => format!("the panel differs by {distance}"),
    };
    Spread { levels, apart: people.iter().map(|p| p.id.clone()).collect(), say }
}

fn names(people: &[&Panelist]) -> String {
    people.iter().map(|p| first_name(&p.name)).collect::<Vec<_>>().join(" and ")
}

/// The part of a name before its first space: enough within one panel, and it fits under a bracket.
fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
