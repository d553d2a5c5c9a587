//! The printed document between a kit and its formats: a list of blocks that says what is on the page, not how it
//! looks. Built once by `compose`, drawn by `html`, `markdown` and `pdf`.
//!
//! Does not live here: fonts, colours, sizes, escaping.

use seatrial_kit::Level;

/// A document in reading order. It opens with a `Block::Cover`.
#[derive(Debug, Clone, PartialEq)]
pub struct Doc {
    /// Plain title for metadata and running feet.
    pub title: String,
    /// Which kit, version and hash: printed at the foot of every page.
    pub stamp: String,
    pub blocks: Vec<Block>,
}

/// Text with emphasis and small drawn marks. Paragraphs inside are divided by an empty line.
pub type Rich = Vec<Inline>;

#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    Text { text: String, face: Face },
    Mark(Mark),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    Plain,
    Strong,
    Muted,
    /// Ids and code.
    Mono,
}

/// A small drawing that always stands beside a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Hollow, half, full; dashed when there is no level.
    Level(Option<Level>),
    /// A flat bar, 1 to 5.
    Difficulty(u32),
    /// A box to tick with a pencil.
    Tick,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Portrait,
    /// For tables that want the width: A4 on its side.
    Landscape,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Cover(Cover),
    /// Filled by each renderer from the headings of levels 1 and 2.
    Contents,
    Break(Page),
    Heading(Heading),
    Text(Tone, Rich),
    Bullets(Vec<Rich>),
    /// Label and value, read across or in columns.
    Facts(Vec<(String, Rich)>),
    /// Rows with a narrow margin at their start.
    Margins(Vec<Margin>),
    Steps(Vec<Step>),
    /// Two or three texts side by side, equal in weight.
    Columns(Vec<(Rich, Rich)>),
    Signals(Vec<SignalRow>),
    Table(Table),
    /// Lines with their numbers.
    Code(String),
    /// At least so many empty lines to write on, each with a narrow column for the moment; where pages are drawn, as many
    /// more as the page has room for. None at least means: only where there is room.
    NoteLines(u32),
    /// Labels followed by room to write.
    Blanks(Vec<String>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Opens a page.
    Lede,
    Body,
    /// Context: smaller, quieter.
    Aside,
    /// Read aloud, so set large.
    Spoken,
    /// The same where room is short.
    SpokenSmall,
    /// Says that a page must not be shown to a candidate.
    PanelOnly,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cover {
    pub eyebrow: String,
    pub title: String,
    pub summary: Rich,
    /// What this is and how it is used.
    pub about: Rich,
    pub facts: Vec<(String, Rich)>,
    pub principles_title: String,
    pub principles: Vec<(String, Rich)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1 opens a page, 2 a section under a rule, 3 a part of a section, 4 a line inside that.
    pub level: u8,
    /// Unique in the document; a link's target.
    pub id: String,
    /// Stands over the title.
    pub eyebrow: String,
    pub text: String,
    /// Stands at the end of the heading's line.
    pub aside: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// First line of the margin, strong.
    pub head: String,
    pub margin: String,
    /// A box to tick before the text.
    pub tick: bool,
    pub text: Rich,
    /// Set larger: it is said aloud.
    pub spoken: bool,
    pub below: Vec<Rich>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub title: String,
    pub text: String,
    /// Drawn dashed, and said in words where nothing is drawn.
    pub often_missing: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SignalRow {
    pub number: usize,
    pub text: String,
    pub counts: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub kind: TableKind,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Rich>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// The first cell of each row names it.
    Named,
    /// Columns are weak, good, excellent, with the behaviour before them.
    Rubric,
    /// As `Named`, and made to fit on one page.
    OnePage,
    /// Texts beside one another; no cell names its row.
    Plain,
    /// Material: figures and words as they are; columns take what they need.
    Data,
    /// Rows of boxes to tick.
    Sheet,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub title: Rich,
    /// Share of the width; the shares of a table add up to about 1.
    pub share: f32,
}

pub fn text(text: impl Into<String>) -> Inline {
    Inline::Text {
        text: text.into(),
        face: Face::Plain,
    }
}

pub fn strong(text: impl Into<String>) -> Inline {
    Inline::Text {
        text: text.into(),
        face: Face::Strong,
    }
}

pub fn muted(text: impl Into<String>) -> Inline {
    Inline::Text {
        text: text.into(),
        face: Face::Muted,
    }
}

pub fn mono(text: impl Into<String>) -> Inline {
    Inline::Text {
        text: text.into(),
        face: Face::Mono,
    }
}

pub fn plain(s: impl Into<String>) -> Rich {
    vec![text(s)]
}

/// A level's mark with its word.
pub fn level(level: Option<Level>) -> Rich {
    vec![Inline::Mark(Mark::Level(level)), text(level_word(level))]
}

pub fn level_word(level: Option<Level>) -> &'static str {
    match level {
        Some(Level::Weak) => "Weak",
        Some(Level::Good) => "Good",
        Some(Level::Excellent) => "Excellent",
        None => "No bar",
    }
}

/// The text of a `Rich` without marks and faces.
pub fn flat(rich: &[Inline]) -> String {
    rich.iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } => text.as_str(),
            Inline::Mark(_) => "",
        })
        .collect()
}

/// Splits at empty lines, so that each part is one paragraph; single line ends within become spaces.
pub fn paragraphs(rich: &[Inline]) -> Vec<Rich> {
    let mut all: Vec<Rich> = Vec::new();
    let mut now: Rich = Vec::new();
    for inline in rich {
        let Inline::Text { text, face } = inline else {
            now.push(inline.clone());
            continue;
        };
        for (i, part) in blocks_of(text).into_iter().enumerate() {
            if i > 0 && !now.is_empty() {
                all.push(std::mem::take(&mut now));
            }
            if !part.is_empty() {
                now.push(Inline::Text {
                    text: part,
                    face: *face,
                });
            }
        }
    }
    if !now.is_empty() {
        all.push(now);
    }
    all
}

/// Parts of a text between empty lines; an empty line at the start gives an empty first part.
fn blocks_of(text: &str) -> Vec<String> {
    if !text.contains('\n') {
        return vec![text.to_owned()];
    }
    let mut blocks = vec![String::new()];
    let mut gap = false;
    for line in text.lines() {
        if line.trim().is_empty() {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) {
            blocks.push(String::new());
        }
        if let Some(last) = blocks.last_mut() {
            if last.is_empty() {
                last.push_str(line);
            } else {
                last.push(' ');
                last.push_str(line.trim_start());
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_divided_by_empty_lines_only() {
        let all = paragraphs(&[strong("A "), text("one\ntwo\n\n\nthree"), muted("\n\nfour")]);
        assert_eq!(flat_all(&all), ["A one two", "three", "four"]);
        let all = paragraphs(&[text("one"), text(" "), mono("two")]);
        assert_eq!(flat_all(&all), ["one two"]);
    }

    fn flat_all(all: &[Rich]) -> Vec<String> {
        all.iter().map(|p| flat(p)).collect()
    }
}
