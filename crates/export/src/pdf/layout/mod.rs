//! Makes strips of blocks: which type, how wide, how far apart, and what belongs together.

mod blocks;
mod front;
mod table;

use super::look::{ASIDE, BODY, H1, H2, H3, Ink, LEDE, SMALL, SPOKEN, SPOKEN_SMALL, Type};
use super::pages::measure;
use super::setter::Setter;
use super::strip::{Anchor, Cell, Draw, Flow, Frame, SetLine, Strip, row};
use super::tags::{TagId, Tags};
use crate::doc::{Block, Doc, Heading, Page, Rich, Tone, paragraphs, plain};
use krilla::tagging::{ListNumbering, Tag};
use std::num::NonZeroU16;

pub struct Layout<'s> {
    setter: &'s mut Setter,
    tags: Tags,
    flow: Vec<Flow>,
    width: f32,
    height: f32,
}

impl<'s> Layout<'s> {
    pub fn new(setter: &'s mut Setter) -> Self {
        let (width, height) = measure(Page::Portrait);
        Layout {
            setter,
            tags: Tags::default(),
            flow: Vec::new(),
            width,
            height,
        }
    }

    pub fn finish(self) -> (Vec<Flow>, Tags) {
        (self.flow, self.tags)
    }

    pub fn doc(&mut self, doc: &Doc) {
        for block in &doc.blocks {
            self.block(doc, block);
        }
    }

    fn block(&mut self, doc: &Doc, block: &Block) {
        match block {
            Block::Cover(cover) => self.cover(cover),
            Block::Contents => self.contents(doc),
            Block::Break(page) => {
                (self.width, self.height) = measure(*page);
                self.flow.push(Flow::Break(*page));
            }
            Block::Heading(heading) => self.heading(heading),
            Block::Text(tone, rich) => self.tone(*tone, rich),
            Block::Bullets(items) => self.bullets(items),
            Block::Facts(facts) => self.facts(facts),
            Block::Margins(rows) => self.margins(rows),
            Block::Steps(steps) => self.steps(steps),
            Block::Columns(columns) => self.columns(columns),
            Block::Signals(rows) => self.signals(rows),
            Block::Table(table) => self.table(table),
            Block::Code(code) => self.code(code),
            Block::NoteLines(count) => self.note_lines(*count),
            Block::Blanks(labels) => self.blanks(labels),
        }
    }

    fn strip(&mut self, strip: Strip) {
        self.flow.push(Flow::Strip(strip));
    }

    /// Lines of a text with its paragraphs a little apart.
    fn lines(
        &mut self,
        rich: &Rich,
        style: Type,
        width: f32,
        gap: f32,
        tag: Option<TagId>,
    ) -> Vec<SetLine> {
        let mut lines = Vec::new();
        for (i, paragraph) in paragraphs(rich).iter().enumerate() {
            for (j, line) in self
                .setter
                .set(paragraph, style, width)
                .into_iter()
                .enumerate()
            {
                lines.push(SetLine {
                    line,
                    gap: if i > 0 && j == 0 { gap } else { 0.0 },
                    tag,
                });
            }
        }
        lines
    }

    /// A running text: pages may break between its lines, but never leave one line alone.
    fn text(&mut self, rich: &Rich, style: Type, x: f32, width: f32, before: f32) {
        for (i, paragraph) in paragraphs(rich).iter().enumerate() {
            let tag = self.tags.add(None, Tag::P);
            let lines = self.setter.set(paragraph, style, width);
            let count = lines.len();
            for (j, line) in lines.into_iter().enumerate() {
                let before = match (i, j) {
                    (0, 0) => before,
                    (_, 0) => style.leading * 0.45,
                    _ => 0.0,
                };
                self.strip(Strip {
                    height: line.height,
                    before,
                    keep: j + 1 < count && (j == 0 || j + 2 == count),
                    draws: vec![Draw::Line {
                        x,
                        y: 0.0,
                        line,
                        tag: Some(tag),
                    }],
                    ..Strip::default()
                });
            }
        }
    }

    fn tone(&mut self, tone: Tone, rich: &Rich) {
        let width = self.width;
        let wide = width.min(560.0);
        match tone {
            Tone::Lede => self.text(rich, LEDE, 0.0, wide * 0.94, 6.0),
            Tone::Body => self.text(rich, BODY, 0.0, wide, 7.0),
            Tone::Aside => self.text(rich, ASIDE, 0.0, wide, 5.0),
            Tone::Spoken => self.text(rich, SPOKEN, 0.0, width, 4.0),
            Tone::SpokenSmall => self.text(rich, SPOKEN_SMALL, 0.0, width, 9.0),
            Tone::PanelOnly => {
                let from = self.flow.len();
                self.text(rich, BODY.strong().ink(Ink::Violet), 9.0, width - 9.0, 8.0);
                for flow in &mut self.flow[from..] {
                    if let Flow::Strip(strip) = flow {
                        strip.draws.push(Draw::Upright {
                            x: 0.5,
                            y: 1.0,
                            length: strip.height - 2.0,
                            ink: Ink::Violet,
                        });
                    }
                }
            }
        }
    }

    fn heading(&mut self, heading: &Heading) {
        let level = NonZeroU16::new(u16::from(heading.level) + 1).unwrap_or(NonZeroU16::MIN);
        let tag = self
            .tags
            .add(None, Tag::Hn(level, Some(heading.text.clone())));
        let (style, before, after, rule) = match heading.level {
            1 => (H1, 0.0, 2.0, None),
            2 => (H2, 20.0, 3.0, Some((Ink::Dark, 0.8))),
            3 => (H3, 12.0, 1.0, None),
            _ => (H3, 14.0, 0.0, Some((Ink::Rule, 0.6))),
        };
        let mut strip = Strip {
            before,
            keep: true,
            ..Strip::default()
        };
        strip.anchor = Some(Anchor {
            id: heading.id.clone(),
            title: heading.text.clone(),
            level: heading.level,
        });
        let mut y = 0.0;
        if let Some((ink, weight)) = rule {
            strip.draws.push(Draw::Rule {
                x: 0.0,
                y: 0.0,
                length: self.width,
                weight,
                ink,
                dashed: false,
            });
            y += if heading.level == 2 { 8.0 } else { 5.0 };
        }
        if !heading.eyebrow.is_empty() {
            let over = self.tags.add(None, Tag::P);
            for set in self.lines(
                &plain(heading.eyebrow.clone()),
                BODY.muted(),
                self.width,
                0.0,
                Some(over),
            ) {
                strip.draws.push(Draw::Line {
                    x: 0.0,
                    y,
                    line: set.line,
                    tag: set.tag,
                });
                y += BODY.leading;
            }
        }
        let aside = self.aside(&heading.aside);
        let beside = aside.as_ref().map_or(0.0, |set| set.line.width + 16.0);
        let lines = self.lines(
            &plain(heading.text.clone()),
            style,
            self.width - beside,
            0.0,
            Some(tag),
        );
        if let Some(mut set) = aside {
            set.gap = 0.0;
            let x = self.width - set.line.width;
            // On the heading's own baseline.
            let down = style.leading / 2.0 + style.size * 0.345 - set.line.baseline;
            strip.draws.push(Draw::Line {
                x,
                y: y + down,
                line: set.line,
                tag: set.tag,
            });
        }
        for set in lines {
            strip.draws.push(Draw::Line {
                x: 0.0,
                y,
                line: set.line,
                tag: set.tag,
            });
            y += style.leading;
        }
        strip.height = y + after;
        self.strip(strip);
    }

    /// What stands at the end of a heading's line, if it can be said in one line.
    fn aside(&mut self, aside: &str) -> Option<SetLine> {
        if aside.trim().is_empty() {
            return None;
        }
        let tag = self.tags.add(None, Tag::P);
        let width = self.width * 0.62;
        self.lines(&plain(aside), SMALL.muted(), width, 0.0, Some(tag))
            .into_iter()
            .next()
    }

    fn bullets(&mut self, items: &[Rich]) {
        let list = self.tags.add(None, Tag::L(ListNumbering::Disc));
        for (i, item) in items.iter().enumerate() {
            let entry = self.tags.add(Some(list), Tag::LI);
            let label = self.tags.add(Some(entry), Tag::Lbl);
            let body = self.tags.add(Some(entry), Tag::LBody);
            let dot = self.lines(&plain("•"), BODY.muted(), 12.0, 0.0, Some(label));
            let lines = self.lines(item, BODY, self.width - 14.0, 4.0, Some(body));
            let frame = self.frame(if i == 0 { 6.0 } else { 3.0 });
            self.row(
                vec![Cell { x: 2.0, lines: dot }, Cell { x: 14.0, lines }],
                frame,
            );
        }
    }

    /// A row without rules.
    fn frame(&self, before: f32) -> Frame<'static> {
        Frame {
            width: self.width,
            above: 0.0,
            below: 0.0,
            before,
            rule: None,
            uprights: &[],
            limit: self.height * 0.6,
        }
    }

    fn row(&mut self, cells: Vec<Cell>, frame: Frame<'_>) {
        for strip in row(cells, frame) {
            self.strip(strip);
        }
    }
}
