//! Tables and signal lists: rows stay whole, heads are repeated, a comparison is made to fit its page.

use super::super::look::{ASIDE, BODY, CROWDED, Ink, SMALL, TABLE, Type};
use super::super::strip::{Cell, Flow, Frame, SetLine, Strip, row};
use super::Layout;
use crate::doc::{Inline, Mark, Rich, SignalRow, Table, TableKind, flat, plain};
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
        if table.kind == TableKind::Rubric {
            self.together(&mut strips);
        }
        self.flow.extend(strips.into_iter().map(Flow::Strip));
    }

    /// What is ticked or compared as one list stands on one page, unless it is too tall for that.
    fn together(&self, strips: &mut [Strip]) {
        let tall = height(strips) > self.height * 0.75;
        let last = strips.len().saturating_sub(1);
        for (i, strip) in strips.iter_mut().enumerate() {
            // Of a long one, at least two rows go on to the next page.
            strip.keep = i < last && (!tall || i < 2 || i + 2 > last);
        }
    }

    fn rows(&mut self, table: &Table, scale: f32) -> Vec<Strip> {
        let crowded = table.kind == TableKind::Data && table.columns.len() > 6;
        let gap = if crowded { 8.0 } else { GAP };
        let (style, small) = match crowded {
            true => (CROWDED, CROWDED),
            false => (TABLE.scaled(scale), SMALL.scaled(scale)),
        };
        let places = self.places(table, style, gap);
        let uprights: Vec<f32> = match table.kind {
            TableKind::Rubric => places.iter().skip(1).map(|(x, _)| x - gap / 2.0).collect(),
            _ => Vec::new(),
        };
        let whole = self.tags.add(None, Tag::Table);

        let tr = self.tags.add(Some(whole), Tag::TR);
        let head_style = if table.kind == TableKind::Rubric {
            style.strong()
        } else {
            small.muted()
        };
        let mut cells = Vec::new();
        for (column, (x, width)) in table.columns.iter().zip(&places) {
            let th = self.tags.add(Some(tr), Tag::TH(TableHeaderScope::Column));
            cells.push(Cell {
                x: *x,
                lines: self.lines(&column.title, head_style, width - gap, 0.0, Some(th)),
            });
        }
        let frame = Frame {
            below: 4.0,
            uprights: &uprights,
            ..self.frame(8.0)
        };
        let mut strips: Vec<Strip> = row(cells, frame);
        strips.iter_mut().for_each(|strip| strip.keep = true);
        let head = strips.first().map(|strip| {
            Rc::new(Strip {
                keep: true,
                ..strip.clone()
            })
        });

        let named = !matches!(
            table.kind,
            TableKind::Plain | TableKind::Data | TableKind::Sheet
        );
        for (n, content) in table.rows.iter().enumerate() {
            let tr = self.tags.add(Some(whole), Tag::TR);
            let mut cells = Vec::new();
            for (i, rich) in content.iter().enumerate().take(places.len()) {
                let tag = match named && i == 0 {
                    true => self.tags.add(Some(tr), Tag::TH(TableHeaderScope::Row)),
                    false => self.tags.add(Some(tr), Tag::TD),
                };
                let (x, width) = places[i];
                cells.push(Cell {
                    x,
                    lines: self.cell(rich, style, width - gap, tag),
                });
            }
            let last_of_rubric = table.kind == TableKind::Rubric && n + 1 == table.rows.len();
            let rule = if n == 0 || last_of_rubric {
                (Ink::Line, 0.6)
            } else {
                (Ink::Rule, 0.5)
            };
            let (above, below) = if crowded { (3.0, 3.0) } else { (5.0, 6.0) };
            let frame = Frame {
                above,
                below,
                rule: Some(rule),
                uprights: &uprights,
                ..self.frame(0.0)
            };
            strips.extend(row(cells, frame).into_iter().map(|strip| Strip {
                repeat: head.clone(),
                ..strip
            }));
        }
        strips
    }

    /// A box to tick hangs beside its text instead of running with it.
    fn cell(
        &mut self,
        rich: &[Inline],
        style: Type,
        width: f32,
        tag: super::TagId,
    ) -> Vec<SetLine> {
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
        for (x, label) in [
            (20.0, "Signal"),
            (boxes[0], "Unprompted"),
            (boxes[1], "Prompted"),
        ] {
            let th = self.tags.add(Some(tr), Tag::TH(TableHeaderScope::Column));
            cells.push(Cell {
                x,
                lines: self.lines(&plain(label), SMALL.muted(), 200.0, 0.0, Some(th)),
            });
        }
        let frame = Frame {
            below: 4.0,
            ..self.frame(6.0)
        };
        let mut strips = row(cells, frame);
        strips.iter_mut().for_each(|strip| strip.keep = true);
        let head = strips.first().map(|strip| Rc::new(strip.clone()));

        for (n, signal) in rows.iter().enumerate() {
            let tr = self.tags.add(Some(whole), Tag::TR);
            let td = |layout: &mut Self| layout.tags.add(Some(tr), Tag::TD);
            let tag = td(self);
            let number = self.lines(
                &plain(signal.number.to_string()),
                BODY.muted(),
                20.0,
                0.0,
                Some(tag),
            );
            let tag = td(self);
            let mut text = self.lines(
                &plain(signal.text.clone()),
                BODY,
                text_width,
                3.0,
                Some(tag),
            );
            text.extend(self.lines(
                &plain(signal.counts.clone()),
                ASIDE,
                text_width,
                0.0,
                Some(tag),
            ));
            let mut cells = vec![
                Cell {
                    x: 0.0,
                    lines: number,
                },
                Cell {
                    x: 20.0,
                    lines: text,
                },
            ];
            for x in boxes {
                let tag = td(self);
                let tick = self.lines(
                    &vec![Inline::Mark(Mark::Tick)],
                    BODY,
                    box_column,
                    0.0,
                    Some(tag),
                );
                cells.push(Cell {
                    x: x + 12.0,
                    lines: tick,
                });
            }
            let rule = if n == 0 {
                (Ink::Line, 0.6)
            } else {
                (Ink::Rule, 0.5)
            };
            let frame = Frame {
                above: 4.0,
                below: 4.0,
                rule: Some(rule),
                ..self.frame(0.0)
            };
            strips.extend(row(cells, frame).into_iter().map(|strip| Strip {
                repeat: head.clone(),
                ..strip
            }));
        }
        self.together(&mut strips);
        self.flow.extend(strips.into_iter().map(Flow::Strip));
    }

    /// Places and widths of columns.
    fn places(&mut self, table: &Table, style: Type, gap: f32) -> Vec<(f32, f32)> {
        let shares: Vec<f32> = match table.kind {
            TableKind::Data => self.needs(table, style, gap),
            _ => table.columns.iter().map(|c| c.share).collect(),
        };
        let total: f32 = shares.iter().sum::<f32>().max(0.01);
        let mut x = 0.0;
        shares
            .iter()
            .map(|share| {
                let at = (x, share / total * self.width);
                x += at.1;
                at
            })
            .collect()
    }

    /// What columns need: their longest word at least, then shares of the rest by how much they would like.
    fn needs(&mut self, table: &Table, style: Type, gap: f32) -> Vec<f32> {
        let mut least = vec![0.0_f32; table.columns.len()];
        let mut most = vec![0.0_f32; table.columns.len()];
        let heads: Vec<Rich> = table.columns.iter().map(|c| c.title.clone()).collect();
        for row in std::iter::once(&heads).chain(&table.rows) {
            for (i, cell) in row.iter().enumerate().take(least.len()) {
                let cell = flat(cell);
                for word in cell.split_whitespace() {
                    least[i] = least[i].max(self.width_of(word, style));
                }
                most[i] = most[i].max(self.width_of(&cell, style));
            }
        }
        let room = (self.width - gap * least.len() as f32).max(1.0);
        let (low, high): (f32, f32) = (least.iter().sum(), most.iter().sum());
        let spread = (high - low).max(0.01);
        least
            .iter()
            .zip(&most)
            .map(|(l, m)| match low < room {
                true => l + ((room - low).min(spread)) * (m - l) / spread + gap,
                false => l / low * room + gap,
            })
            .collect()
    }

    fn width_of(&mut self, text: &str, style: Type) -> f32 {
        self.setter
            .set(&plain(text), style, 10_000.0)
            .first()
            .map_or(0.0, |line| line.width + 0.5)
    }
}

fn height(strips: &[Strip]) -> f32 {
    strips.iter().map(|s| s.before + s.height).sum()
}
