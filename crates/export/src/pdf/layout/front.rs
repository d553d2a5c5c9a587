//! The first page and the contents.

use super::super::look::{BODY, H1, Ink, LEDE, MARGIN, SMALL, TITLE};
use super::super::strip::{Anchor, Cell, Draw, Frame, Strip};
use super::Layout;
use crate::doc::{Block, Cover, Doc, Heading, Rich, plain, strong};
use krilla::tagging::Tag;
use std::num::NonZeroU16;

impl Layout<'_> {
    pub fn cover(&mut self, cover: &Cover) {
        let mark = self.tags.add(None, Tag::P);
        let mut strip = Strip { height: 22.0, ..Strip::default() };
        strip.draws.push(Draw::Ship { x: 0.0, y: 0.0 });
        for set in self.lines(&vec![strong("Seatrial")], BODY, 200.0, 0.0, Some(mark)) {
            strip.draws.push(Draw::Line { x: 25.0, y: 0.0, line: set.line, tag: set.tag });
        }
        self.strip(strip);

        self.text(&plain(cover.eyebrow.clone()), BODY.muted(), 0.0, self.width, 84.0);
        let tag = self.tags.add(None, Tag::Hn(NonZeroU16::MIN, Some(cover.title.clone())));
        let lines = self.lines(&plain(cover.title.clone()), TITLE, self.width, 0.0, Some(tag));
        for (i, set) in lines.into_iter().enumerate() {
            self.strip(Strip {
                height: TITLE.leading,
                before: if i == 0 { 3.0 } else { 0.0 },
                keep: true,
                anchor: (i == 0).then(|| Anchor { id: "top".to_owned(), title: cover.title.clone(), level: 0 }),
                draws: vec![Draw::Line { x: 0.0, y: 0.0, line: set.line, tag: set.tag }],
                ..Strip::default()
            });
        }
        self.text(&cover.summary, LEDE, 0.0, self.width * 0.94, 8.0);
        self.text(&cover.about, BODY, 0.0, self.width * 0.94, 12.0);
        self.facts(&cover.facts);
        self.principles(cover);
    }

    fn principles(&mut self, cover: &Cover) {
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
                    lines: self.titled(&vec![strong(title.clone())], text, column),
                })
                .collect();
            let frame = self.frame(if i == 0 { 4.0 } else { 10.0 });
            self.row(cells, frame);
        }
    }

    /// A title and its text below, in one cell.
    pub fn titled(&mut self, title: &Rich, text: &Rich, width: f32) -> Vec<super::SetLine> {
        let tag = self.tags.add(None, Tag::P);
        let mut lines = self.lines(title, BODY, width, 0.0, Some(tag));
        let tag = self.tags.add(None, Tag::P);
        let style = super::super::look::Type { size: 9.0, leading: 13.2, ..BODY };
        let mut body = self.lines(text, style, width, 4.0, Some(tag));
        if let Some(first) = body.first_mut() {
            first.gap = 1.0;
        }
        lines.extend(body);
        lines
    }

    pub fn contents(&mut self, doc: &Doc) {
        let tag = self.tags.add(None, Tag::Hn(NonZeroU16::MIN.saturating_add(1), Some("Contents".to_owned())));
        let mut strip = Strip { height: H1.leading + 14.0, keep: true, ..Strip::default() };
        strip.anchor = Some(Anchor { id: "contents".to_owned(), title: "Contents".to_owned(), level: 1 });
        for set in self.lines(&plain("Contents"), H1, self.width, 0.0, Some(tag)) {
            strip.draws.push(Draw::Line { x: 0.0, y: 0.0, line: set.line, tag: set.tag });
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
        let eyebrow = self.lines(&plain(heading.eyebrow.clone()), SMALL.muted(), MARGIN - 14.0, 0.0, Some(words));
        let eyebrow = eyebrow.into_iter().map(|set| super::SetLine { gap: set.gap + 1.5, ..set }).collect();
        let title = self.lines(&plain(heading.text.clone()), BODY, self.width - MARGIN - 40.0, 0.0, Some(words));
        let frame = Frame { above: 5.0, below: 4.0, rule: Some((Ink::Rule, 0.5)), ..self.frame(0.0) };
        let mut strips = super::row(vec![Cell { x: 0.0, lines: eyebrow }, Cell { x: MARGIN, lines: title }], frame);
        if let Some(strip) = strips.first_mut() {
            let target = heading.id.clone();
            strip.draws.push(Draw::PageOf { right: self.width, y: 5.0, target: target.clone(), style: BODY, tag: Some(link) });
            let height = strip.height;
            strip.draws.push(Draw::Link { x: 0.0, y: 0.0, width: self.width, height, target, tag: Some(link) });
        }
        strips.into_iter().for_each(|strip| self.strip(strip));
    }
}
