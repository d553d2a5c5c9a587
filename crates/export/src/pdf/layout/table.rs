//! Tables and signal lists: rows stay whole, heads are repeated, a comparison is made to fit its page.

use super::super::look::{ASIDE, BODY, Ink, SMALL, TABLE, Type};
use super::super::strip::{Cell, Flow, Frame, SetLine, Strip, row};
use super::Layout;
use crate::doc::{Inline, Mark, SignalRow, Table, TableKind, plain};
use krilla::tagging::{TableHeaderScope, Tag};
use std::rc::Rc;

/// Between the columns of a table.
const GAP: f32 = 14.0;
/// What a heading above a table takes from the page.
const ABOVE: f32 = 84.0;

impl Layout<'_> {
    pub fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        let mut scale = 1.0;
        let mut strips = self.rows(table, scale);
        if table.kind == TableKind::OnePage {
            // Smaller letters until it fits; below 7.5 points it may rather take a second page.
            while height(&strips) > self.height - ABOVE && TABLE.size * scale > 7.5 {
                scale -= 0.03;
                strips = self.rows(table, scale);
            }
        }
        self.flow.extend(strips.into_iter().map(Flow::Strip));
    }

    fn rows(&mut self, table: &Table, scale: f32) -> Vec<Strip> {
        let total: f32 = table.columns.iter().map(|c| c.share).sum::<f32>().max(0.01);
        let mut x = 0.0;
        let places: Vec<(f32, f32)> = table
            .columns
            .iter()
            .map(|column| {
                let at = (x, column.share / total * self.width);
                x += at.1;
                at
            })
            .collect();
        let uprights: Vec<f32> = match table.kind {
            TableKind::Rubric => places.iter().skip(1).map(|(x, _)| x - GAP / 2.0).collect(),
            _ => Vec::new(),
        };
        let style = TABLE.scaled(scale);
        let small = SMALL.scaled(scale);
        let whole = self.tags.add(None, Tag::Table);

        let tr = self.tags.add(Some(whole), Tag::TR);
        let head_style = if table.kind == TableKind::Rubric { style.strong() } else { small.muted() };
        let mut cells = Vec::new();
        for (column, (x, width)) in table.columns.iter().zip(&places) {
            let th = self.tags.add(Some(tr), Tag::TH(TableHeaderScope::Column));
            cells.push(Cell { x: *x, lines: self.lines(&column.title, head_style, width - GAP, 0.0, Some(th)) });
        }
        let frame = Frame { below: 4.0, uprights: &uprights, ..self.frame(8.0) };
        let mut strips: Vec<Strip> = row(cells, frame);
        strips.iter_mut().for_each(|strip| strip.keep = true);
        let head = strips.first().map(|strip| Rc::new(Strip { keep: true, ..strip.clone() }));

        let named = !matches!(table.kind, TableKind::Data | TableKind::Sheet);
        for (n, content) in table.rows.iter().enumerate() {
            let tr = self.tags.add(Some(whole), Tag::TR);
            let mut cells = Vec::new();
            for (i, rich) in content.iter().enumerate().take(places.len()) {
                let tag = match named && i == 0 {
                    true => self.tags.add(Some(tr), Tag::TH(TableHeaderScope::Row)),
                    false => self.tags.add(Some(tr), Tag::TD),
                };
                let (x, width) = places[i];
                cells.push(Cell { x, lines: self.cell(rich, style, width - GAP, tag) });
            }
            let last_of_rubric = table.kind == TableKind::Rubric && n + 1 == table.rows.len();
            let rule = if n == 0 || last_of_rubric { (Ink::Line, 0.6) } else { (Ink::Rule, 0.5) };
            let frame =
                Frame { above: 5.0, below: 6.0, rule: Some(rule), uprights: &uprights, ..self.frame(0.0) };
            strips.extend(row(cells, frame).into_iter().map(|strip| Strip { repeat: head.clone(), ..strip }));
        }
        strips
    }

    /// A box to tick hangs beside its text instead of running with it.
    fn cell(&mut self, rich: &[Inline], style: Type, width: f32, tag: super::TagId) -> Vec<SetLine> {
        match rich {
            [tick @ Inline::Mark(Mark::Tick), rest @ ..] if !rest.is_empty() => {
                let mut lines = self.lines(&rest.to_vec(), style, width - 13.0, 2.0, Some(tag));
                for set in &mut lines {
                    set.line.runs.iter_mut().for_each(|run| run.x += 13.0);
                    set.line.marks.iter_mut().for_each(|(x, _)| *x += 13.0);
                }
                if let (Some(first), Inline::Mark(mark)) = (lines.first_mut(), tick) {
                    first.line.marks.push((0.0, *mark));
                }
                lines
            }
            rich => self.lines(&rich.to_vec(), style, width, 2.0, Some(tag)),
        }
    }

    pub fn signals(&mut self, rows: &[SignalRow]) {
        let whole = self.tags.add(None, Tag::Table);
        let box_column = 58.0;
        let boxes = [self.width - 2.0 * box_column, self.width - box_column];
        let text_width = boxes[0] - 20.0 - GAP;

        let tr = self.tags.add(Some(whole), Tag::TR);
        let mut cells = Vec::new();
        for (x, label) in [(20.0, "Signal"), (boxes[0], "Unprompted"), (boxes[1], "Prompted")] {
            let th = self.tags.add(Some(tr), Tag::TH(TableHeaderScope::Column));
            cells.push(Cell { x, lines: self.lines(&plain(label), SMALL.muted(), 200.0, 0.0, Some(th)) });
        }
        let frame = Frame { below: 4.0, ..self.frame(6.0) };
        let mut strips = row(cells, frame);
        strips.iter_mut().for_each(|strip| strip.keep = true);
        let head = strips.first().map(|strip| Rc::new(strip.clone()));

        for (n, signal) in rows.iter().enumerate() {
            let tr = self.tags.add(Some(whole), Tag::TR);
            let td = |layout: &mut Self| layout.tags.add(Some(tr), Tag::TD);
            let tag = td(self);
            let number = self.lines(&plain(signal.number.to_string()), BODY.muted(), 20.0, 0.0, Some(tag));
            let tag = td(self);
            let mut text = self.lines(&plain(signal.text.clone()), BODY, text_width, 3.0, Some(tag));
            text.extend(self.lines(&plain(signal.counts.clone()), ASIDE, text_width, 0.0, Some(tag)));
            let mut cells = vec![Cell { x: 0.0, lines: number }, Cell { x: 20.0, lines: text }];
            for x in boxes {
                let tag = td(self);
                let tick = self.lines(&vec![Inline::Mark(Mark::Tick)], BODY, box_column, 0.0, Some(tag));
                cells.push(Cell { x: x + 12.0, lines: tick });
            }
            let rule = if n == 0 { (Ink::Line, 0.6) } else { (Ink::Rule, 0.5) };
            let frame = Frame { above: 4.0, below: 4.0, rule: Some(rule), ..self.frame(0.0) };
            strips.extend(row(cells, frame).into_iter().map(|strip| Strip { repeat: head.clone(), ..strip }));
        }
        self.flow.extend(strips.into_iter().map(Flow::Strip));
    }
}

fn height(strips: &[Strip]) -> f32 {
    strips.iter().map(|s| s.before + s.height).sum()
}
