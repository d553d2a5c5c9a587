//! What a page is made of: strips across the measure, none of which is ever broken.

use super::look::{Ink, Type};
use super::setter::Line;
use super::tags::TagId;
use crate::doc::Page;

#[derive(Debug, Clone)]
pub enum Flow {
    Strip(Strip),
    Break(Page),
}

#[derive(Debug, Clone, Default)]
pub struct Strip {
    pub height: f32,
    /// Space above, which falls away at the top of a page.
    pub before: f32,
    /// Stays on the page of the strip that follows.
    pub keep: bool,
    /// Stands only where the page has room for it.
    pub filler: bool,
    pub draws: Vec<Draw>,
    pub anchor: Option<Anchor>,
    /// A table's head, to be drawn again where its rows go on over a page.
    pub repeat: Option<std::rc::Rc<Strip>>,
}

/// A heading: bookmarks, contents and the foot know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    pub id: String,
    pub title: String,
    pub level: u8,
}

/// Places are relative to the strip's corner.
#[derive(Debug, Clone)]
pub enum Draw {
    Line {
        x: f32,
        y: f32,
        line: Line,
        tag: Option<TagId>,
    },
    Rule {
        x: f32,
        y: f32,
        length: f32,
        weight: f32,
        ink: Ink,
        dashed: bool,
    },
    Upright {
        x: f32,
        y: f32,
        length: f32,
        ink: Ink,
    },
    /// A small hollow square on a line.
    Node {
        x: f32,
        y: f32,
    },
    Ship {
        x: f32,
        y: f32,
    },
    /// The number of the page on which an anchor stands, ending at `right`.
    PageOf {
        right: f32,
        y: f32,
        target: String,
        style: Type,
        tag: Option<TagId>,
    },
    Link {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        target: String,
        tag: Option<TagId>,
    },
}

/// A line and the space above it.
#[derive(Debug, Clone)]
pub struct SetLine {
    pub line: Line,
    pub gap: f32,
    pub tag: Option<TagId>,
}

/// Lines below one another, starting at `x`.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    pub x: f32,
    pub lines: Vec<SetLine>,
}

/// What is drawn around the cells of a row.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    pub width: f32,
    pub above: f32,
    pub below: f32,
    pub before: f32,
    pub rule: Option<(Ink, f32)>,
    pub uprights: &'a [f32],
    /// Rows taller than this are divided between lines.
    pub limit: f32,
}

/// Cells side by side, divided only when they are too tall for any page.
pub fn row(mut cells: Vec<Cell>, frame: Frame<'_>) -> Vec<Strip> {
    let mut strips = Vec::new();
    let mut first = true;
    loop {
        let above = if first { frame.above } else { 0.0 };
        let mut strip = Strip {
            before: if first { frame.before } else { 0.0 },
            ..Strip::default()
        };
        let mut tallest: f32 = 0.0;
        let mut rest = false;
        for cell in &mut cells {
            let mut y = above;
            let mut taken = 0;
            for set in &cell.lines {
                let gap = if taken == 0 && first || taken > 0 {
                    set.gap
                } else {
                    0.0
                };
                if taken > 0 && y + gap + set.line.height > frame.limit {
                    break;
                }
                y += gap;
                strip.draws.push(Draw::Line {
                    x: cell.x,
                    y,
                    line: set.line.clone(),
                    tag: set.tag,
                });
                y += set.line.height;
                taken += 1;
            }
            cell.lines.drain(..taken);
            rest |= !cell.lines.is_empty();
            tallest = tallest.max(y);
        }
        let below = if rest { 0.0 } else { frame.below };
        strip.height = tallest + below;
        if let (true, Some((ink, weight))) = (first, frame.rule) {
            strip.draws.push(Draw::Rule {
                x: 0.0,
                y: 0.0,
                length: frame.width,
                weight,
                ink,
                dashed: false,
            });
        }
        for x in frame.uprights {
            strip.draws.push(Draw::Upright {
                x: *x,
                y: 0.0,
                length: strip.height,
                ink: Ink::Rule,
            });
        }
        strips.push(strip);
        first = false;
        if !rest {
            return strips;
        }
    }
}
