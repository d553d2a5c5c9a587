//! Blocks that are neither running text nor tables: facts, follow-ups, steps, columns, code, lines to write on.

use super::super::look::{ASIDE, BODY, CODE, Ink, MARGIN, SAY, SMALL, SPEECH, TABLE};
use super::super::strip::{Cell, Draw, Frame, SetLine, Strip};
use super::Layout;
use crate::doc::{Inline, Margin, Mark, Rich, Step, plain, strong};
use krilla::tagging::{ListNumbering, Tag};

impl Layout<'_> {
    /// Three beside one another, label above value.
    pub fn facts(&mut self, facts: &[(String, Rich)]) {
        let gap = 20.0;
        let across = if self.width > 600.0 { 4 } else { 3 };
        let column = (self.width - gap * (across - 1) as f32) / across as f32;
        for (i, group) in facts.chunks(across).enumerate() {
            let cells = group
                .iter()
                .enumerate()
                .map(|(j, (label, value))| {
                    let tag = self.tags.add(None, Tag::P);
                    let mut lines =
                        self.lines(&plain(label.clone()), SMALL.muted(), column, 0.0, Some(tag));
                    lines.extend(self.lines(value, TABLE, column, 3.0, Some(tag)));
                    Cell {
                        x: j as f32 * (column + gap),
                        lines,
                    }
                })
                .collect();
            let rule = if i == 0 {
                (Ink::Dark, 0.8)
            } else {
                (Ink::Rule, 0.5)
            };
            let before = if i == 0 { 14.0 } else { 0.0 };
            let frame = Frame {
                above: 5.0,
                below: 6.0,
                rule: Some(rule),
                ..self.frame(before)
            };
            self.row(cells, frame);
        }
    }

    /// Moments at the left, what is said beside them.
    pub fn margins(&mut self, rows: &[Margin]) {
        let list = self.tags.add(None, Tag::L(ListNumbering::None));
        for (i, row) in rows.iter().enumerate() {
            let item = self.tags.add(Some(list), Tag::LI);
            let label = self.tags.add(Some(item), Tag::Lbl);
            let body = self.tags.add(Some(item), Tag::LBody);
            let narrow = MARGIN - 16.0;
            let mut margin = Vec::new();
            if !row.head.is_empty() {
                margin.extend(self.lines(
                    &vec![strong(row.head.clone())],
                    SMALL,
                    narrow,
                    0.0,
                    Some(label),
                ));
            }
            margin.extend(self.lines(
                &plain(row.margin.clone()),
                SMALL.muted(),
                narrow,
                0.0,
                Some(label),
            ));
            if let Some(first) = margin.first_mut() {
                // Small letters stand on the first line of the larger ones beside them.
                first.gap += 1.7;
            }
            let wide = self.width - MARGIN;
            let indent = if row.tick { 15.0 } else { 0.0 };
            let mut lines = self.lines(
                &row.text,
                if row.spoken { SAY } else { BODY },
                wide - indent,
                5.0,
                Some(body),
            );
            for (n, below) in row.below.iter().enumerate() {
                let mut set = self.lines(below, ASIDE, wide - indent, 0.0, Some(body));
                if let Some(first) = set.first_mut() {
                    first.gap = if n == 0 { 2.5 } else { 0.5 };
                }
                lines.extend(set);
            }
            let mut cells = vec![Cell {
                x: 0.0,
                lines: margin,
            }];
            if row.tick {
                let tick = self.lines(&vec![Inline::Mark(Mark::Tick)], SAY, 15.0, 0.0, Some(body));
                cells.push(Cell {
                    x: MARGIN,
                    lines: tick,
                });
            }
            cells.push(Cell {
                x: MARGIN + indent,
                lines,
            });
            let rule = (i > 0).then_some((Ink::Rule, 0.5));
            let above = if i > 0 { 6.0 } else { 0.0 };
            let frame = Frame {
                above,
                below: 6.0,
                rule,
                ..self.frame(if i == 0 { 6.0 } else { 0.0 })
            };
            self.row(cells, frame);
        }
    }

    /// A line with a node per step: six beside one another when they are short, else three.
    pub fn steps(&mut self, steps: &[Step]) {
        let list = self.tags.add(None, Tag::L(ListNumbering::None));
        let long = steps.iter().any(|step| step.text.chars().count() > 56);
        let rows = steps.len().div_ceil(if long { 3 } else { 6 }).max(1);
        let across = steps.len().div_ceil(rows).max(1);
        let column = self.width / across as f32;
        for group in steps.chunks(across) {
            let cells = group
                .iter()
                .enumerate()
                .map(|(i, step)| {
                    let item = self.tags.add(Some(list), Tag::LI);
                    let body = self.tags.add(Some(item), Tag::LBody);
                    let inner = column - 10.0;
                    let mut lines = self.lines(
                        &vec![strong(step.title.clone())],
                        TABLE,
                        inner,
                        0.0,
                        Some(body),
                    );
                    lines.extend(self.lines(
                        &plain(step.text.clone()),
                        SMALL,
                        inner,
                        0.0,
                        Some(body),
                    ));
                    if step.often_missing {
                        lines.extend(self.lines(
                            &plain("often left out"),
                            SMALL.muted(),
                            inner,
                            0.0,
                            Some(body),
                        ));
                    }
                    Cell {
                        x: i as f32 * column,
                        lines,
                    }
                })
                .collect();
            let frame = Frame {
                above: 12.0,
                below: 6.0,
                ..self.frame(7.0)
            };
            let mut strips = super::row(cells, frame);
            if let Some(strip) = strips.first_mut() {
                for (i, step) in group.iter().enumerate() {
                    let x = i as f32 * column;
                    let dashed = step.often_missing;
                    strip.draws.push(Draw::Rule {
                        x,
                        y: 4.0,
                        length: column,
                        weight: 1.2,
                        ink: Ink::Dark,
                        dashed,
                    });
                }
                // Nodes last, so that they stand upon the line.
                strip.draws.extend((0..group.len()).map(|i| Draw::Node {
                    x: i as f32 * column,
                    y: 4.0,
                }));
            }
            strips.into_iter().for_each(|strip| self.strip(strip));
        }
    }

    pub fn columns(&mut self, columns: &[(Rich, Rich)]) {
        let gap = 26.0;
        let count = columns.len().max(1) as f32;
        let column = (self.width - gap * (count - 1.0)) / count;
        let cells = columns
            .iter()
            .enumerate()
            .map(|(i, (title, text))| Cell {
                x: i as f32 * (column + gap),
                lines: self.titled(title, text, SPEECH, column),
            })
            .collect();
        let frame = Frame {
            below: 2.0,
            ..self.frame(5.0)
        };
        let mut strips = super::row(cells, frame);
        // What splits two voices is said on their page.
        strips.iter_mut().for_each(|strip| strip.keep = true);
        strips.into_iter().for_each(|strip| self.strip(strip));
    }

    pub fn code(&mut self, code: &str) {
        let tag = self.tags.add(None, Tag::Code);
        let digits = code.lines().count().to_string().len() as f32;
        let gutter = digits * CODE.size * 0.6 + 12.0;
        for (i, text) in code.lines().enumerate() {
            let number = (i + 1).to_string();
            let mut number = self.lines(&plain(number), CODE.muted(), gutter, 0.0, None);
            let x = number
                .first()
                .map_or(0.0, |set| gutter - 12.0 - set.line.width);
            number.truncate(1);
            // Blanks at the start are the meaning of YAML, so they must not collapse.
            let text = text.replace('\t', "    ");
            let lines: Vec<SetLine> = self
                .setter
                .set(
                    &plain(if text.is_empty() {
                        " ".to_owned()
                    } else {
                        text
                    }),
                    CODE,
                    self.width - gutter,
                )
                .into_iter()
                .map(|line| SetLine {
                    line,
                    gap: 0.0,
                    tag: Some(tag),
                })
                .collect();
            let frame = self.frame(if i == 0 { 6.0 } else { 0.0 });
            self.row(
                vec![Cell { x, lines: number }, Cell { x: gutter, lines }],
                frame,
            );
        }
    }

    pub fn note_lines(&mut self, least: u32) {
        let tag = self.tags.add(None, Tag::P);
        let narrow = 56.0;
        let pitch = 23.0;
        // Labels alone are of no use: three lines come with them.
        let mut strip = Strip {
            height: SMALL.leading + 3.0 * pitch,
            before: 10.0,
            filler: least == 0,
            ..Strip::default()
        };
        for (x, label) in [(0.0, "Moment"), (narrow + 12.0, "Note")] {
            for set in self.lines(&plain(label), SMALL.muted(), 200.0, 0.0, Some(tag)) {
                strip.draws.push(Draw::Line {
                    x,
                    y: 0.0,
                    line: set.line,
                    tag: set.tag,
                });
            }
        }
        let width = self.width;
        let rules = |y: f32| {
            let rule = |x: f32, length: f32| Draw::Rule {
                x,
                y,
                length,
                weight: 0.5,
                ink: Ink::Line,
                dashed: false,
            };
            [
                rule(0.0, narrow),
                rule(narrow + 12.0, width - narrow - 12.0),
            ]
        };
        for i in 1..=3 {
            strip
                .draws
                .extend(rules(SMALL.leading + i as f32 * pitch - 1.0));
        }
        strip.keep = least > 3;
        self.strip(strip);
        // Fewer than these fit on any page; what has no room falls away.
        for i in 3..36 {
            let filler = i >= least;
            let draws = rules(pitch - 1.0).to_vec();
            self.strip(Strip {
                height: pitch,
                keep: i + 1 < least,
                filler,
                draws,
                ..Strip::default()
            });
        }
    }

    /// Two beside one another; a single one takes the width.
    pub fn blanks(&mut self, labels: &[String]) {
        let gap = 24.0;
        let across = labels.len().clamp(1, 2);
        let column = (self.width - gap * (across - 1) as f32) / across as f32;
        for (i, group) in labels.chunks(across).enumerate() {
            let mut strip = Strip {
                height: 22.0,
                before: if i == 0 { 6.0 } else { 0.0 },
                ..Strip::default()
            };
            strip.keep = (i + 1) * across < labels.len();
            for (j, label) in group.iter().enumerate() {
                let tag = self.tags.add(None, Tag::P);
                let x = j as f32 * (column + gap);
                let mut used = 0.0;
                for set in self
                    .lines(&plain(label.clone()), SMALL.muted(), column, 0.0, Some(tag))
                    .into_iter()
                    .take(1)
                {
                    used = set.line.width + 8.0;
                    strip.draws.push(Draw::Line {
                        x,
                        y: 10.0,
                        line: set.line,
                        tag: set.tag,
                    });
                }
                let length = (column - used).max(0.0);
                strip.draws.push(Draw::Rule {
                    x: x + used,
                    y: 20.0,
                    length,
                    weight: 0.5,
                    ink: Ink::Line,
                    dashed: false,
                });
            }
            self.strip(strip);
        }
    }
}
