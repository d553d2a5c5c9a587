//! The first page and the contents.

use super::super::look::{BODY, H1, Ink, LEDE, MARGIN, SMALL, TABLE, TITLE, Type};
use super::super::strip::{Anchor, Cell, Draw, Flow, Frame, Strip};
use super::Layout;
use crate::doc::{Block, Cover, Doc, Heading, Rich, plain, strong};
use krilla::tagging::Tag;
use std::num::NonZeroU16;

impl Layout<'_> {
    /// The first page is one page: its texts grow smaller, within reason, until they fit.
    pub fn cover(&mut self, cover: &Cover) {
        for scale in [1.0, 0.96, 0.92, 0.88] {
            let from = self.flow.len();
            self.cover_at(cover, scale);
            let height: f32 = self.flow[from..]
                .iter()
                .map(|flow| match flow {
                    Flow::Strip(strip) => strip.before + strip.height,
                    Flow::Break(_) => 0.0,
                })
                .sum();
            if height <= self.height || scale == 0.88 {
                return;
            }
            self.flow.truncate(from);
        }
    }

    fn cover_at(&mut self, cover: &Cover, scale: f32) {
        let mark = self.tags.add(None, Tag::P);
        let mut strip = Strip {
            height: 22.0,
            ..Strip::default()
        };
        strip.draws.push(Draw::Ship { x: 0.0, y: 0.0 });
        for set in self.lines(&vec![strong("Seatrial")], BODY, 200.0, 0.0, Some(mark)) {
            strip.draws.push(Draw::Line {
                x: 25.0,
                y: 0.0,
                line: set.line,
                tag: set.tag,
            });
        }
        self.strip(strip);

        self.text(
            &plain(cover.eyebrow.clone()),
            BODY.muted(),
            0.0,
            self.width,
            34.0 * scale,
        );
        let tag = self
            .tags
            .add(None, Tag::Hn(NonZeroU16::MIN, Some(cover.title.clone())));
        let lines = self.lines(
            &plain(cover.title.clone()),
            TITLE.scaled(scale),
            self.width,
            0.0,
            Some(tag),
        );
        for (i, set) in lines.into_iter().enumerate() {
            self.strip(Strip {
                height: set.line.height,
                before: if i == 0 { 3.0 } else { 0.0 },
                keep: true,
                anchor: (i == 0).then(|| Anchor {
                    id: "top".to_owned(),
                    title: cover.title.clone(),
                    level: 0,
                }),
                draws: vec![Draw::Line {
                    x: 0.0,
                    y: 0.0,
                    line: set.line,
                    tag: set.tag,
                }],
                ..Strip::default()
            });
        }
        self.text(
            &cover.summary,
            LEDE.scaled(scale),
            0.0,
            self.width * 0.94,
            8.0,
        );
        self.text(
            &cover.about,
            BODY.scaled(scale),
            0.0,
            self.width * 0.94,
            10.0,
        );
        self.facts(&cover.facts);
        self.principles(cover, scale);
    }

    fn principles(&mut self, cover: &Cover, scale: f32) {
        if cover.principles.is_empty() {
            return;
        }
        self.heading(&Heading {
            level: 2,
            id: "principles".to_owned(),
            eyebrow: String::new(),
            text: cover.principles_title.clone(),
            aside: String::new(),
        });
        let gap = 28.0;
        let column = (self.width - gap) / 2.0;
        for (i, pair) in cover.principles.chunks(2).enumerate() {
            let cells = pair
                .iter()
                .enumerate()
                .map(|(j, (title, text))| Cell {
                    x: j as f32 * (column + gap),
                    lines: self.titled(
                        &vec![strong(title.clone())],
                        text,
                        TABLE.scaled(scale),
                        column,
                    ),
                })
                .collect();
            let frame = self.frame(if i == 0 { 4.0 } else { 9.0 });
            self.row(cells, frame);
        }
    }

    /// A title and its text below, in one cell.
    pub fn titled(
        &mut self,
        title: &Rich,
        text: &Rich,
        style: Type,
        width: f32,
    ) -> Vec<super::SetLine> {
        let tag = self.tags.add(None, Tag::P);
        let mut lines = self.lines(title, BODY, width, 0.0, Some(tag));
        let tag = self.tags.add(None, Tag::P);
        let mut body = self.lines(text, style, width, 4.0, Some(tag));
        if let Some(first) = body.first_mut() {
            first.gap = 1.0;
        }
        lines.extend(body);
        lines
    }

    pub fn contents(&mut self, doc: &Doc) {
        let tag = self.tags.add(
            None,
            Tag::Hn(
                NonZeroU16::MIN.saturating_add(1),
                Some("Contents".to_owned()),
            ),
        );
        let mut strip = Strip {
            height: H1.leading + 14.0,
            keep: true,
            ..Strip::default()
        };
        strip.anchor = Some(Anchor {
            id: "contents".to_owned(),
            title: "Contents".to_owned(),
            level: 1,
        });
        for set in self.lines(&plain("Contents"), H1, self.width, 0.0, Some(tag)) {
            strip.draws.push(Draw::Line {
                x: 0.0,
                y: 0.0,
                line: set.line,
                tag: set.tag,
            });
        }
        self.strip(strip);
        let toc = self.tags.add(None, Tag::TOC);
        let headings = doc.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) if heading.level == 1 => Some(heading),
            _ => None,
        });
        for heading in headings {
            self.entry(heading, toc);
        }
    }

    fn entry(&mut self, heading: &Heading, toc: super::TagId) {
        let item = self.tags.add(Some(toc), Tag::TOCI);
        let words = self.tags.add(Some(item), Tag::P);
        let link = self.tags.add(Some(item), Tag::Link);
        let eyebrow = self.lines(
            &plain(heading.eyebrow.clone()),
            SMALL.muted(),
            MARGIN - 14.0,
            0.0,
            Some(words),
        );
        let eyebrow = eyebrow
            .into_iter()
            .map(|set| super::SetLine {
                gap: set.gap + 1.5,
                ..set
            })
            .collect();
        let title = self.lines(
            &plain(heading.text.clone()),
            BODY,
            self.width - MARGIN - 40.0,
            0.0,
            Some(words),
        );
        let frame = Frame {
            above: 5.0,
            below: 4.0,
            rule: Some((Ink::Rule, 0.5)),
            ..self.frame(0.0)
        };
        let mut strips = super::row(
            vec![
                Cell {
                    x: 0.0,
                    lines: eyebrow,
                },
                Cell {
                    x: MARGIN,
                    lines: title,
                },
            ],
            frame,
        );
        if let Some(strip) = strips.first_mut() {
            let target = heading.id.clone();
            strip.draws.push(Draw::PageOf {
                right: self.width,
                y: 5.0,
                target: target.clone(),
                style: BODY,
                tag: Some(link),
            });
            let height = strip.height;
            strip.draws.push(Draw::Link {
                x: 0.0,
                y: 0.0,
                width: self.width,
                height,
                target,
                tag: Some(link),
            });
        }
        strips.into_iter().for_each(|strip| self.strip(strip));
    }
}
