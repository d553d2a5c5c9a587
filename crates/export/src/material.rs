//! An exercise's material as blocks: Markdown as prose, YAML as lines with numbers, CSV as a table.
//!
//! Material is somebody's text: what does not parse is shown as it stands, HTML inside Markdown included.

use crate::doc::{Block, Column, Face, Heading, Inline, Rich, Table, TableKind, Tone, plain};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use seatrial_kit::{Material, MaterialFormat};

pub fn blocks(material: &Material, id: &str) -> Vec<Block> {
    match material.format {
        MaterialFormat::Yaml => vec![Block::Code(material.text.trim_end().to_owned())],
        MaterialFormat::Csv => {
            csv(&material.text).unwrap_or_else(|| vec![Block::Code(material.text.clone())])
        }
        MaterialFormat::Markdown => Prose::new(id).read(&material.text),
    }
}

fn csv(text: &str) -> Option<Vec<Block>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(false)
        .from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().ok()?;
    let (head, rows) = records.split_first()?;
    // Columns share the width by the longest word in each, within bounds, so that ids do not crowd out sentences.
    let weight = |i: usize| {
        let longest = records
            .iter()
            .filter_map(|r| r.get(i))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(1);
        longest.clamp(5, 36) as f32
    };
    let total: f32 = (0..head.len()).map(weight).sum();
    Some(vec![Block::Table(Table {
        kind: TableKind::Data,
        columns: (0..head.len())
            .map(|i| Column {
                title: plain(&head[i]),
                share: weight(i) / total,
            })
            .collect(),
        rows: rows
            .iter()
            .map(|row| row.iter().map(plain).collect())
            .collect(),
    })])
}

/// Collects blocks from a Markdown parser's events.
struct Prose<'a> {
    id: &'a str,
    blocks: Vec<Block>,
    now: Rich,
    strong: u32,
    bullets: Vec<Rich>,
    depth: u32,
    code: Option<String>,
    table: Vec<Vec<Rich>>,
}

impl<'a> Prose<'a> {
    fn new(id: &'a str) -> Self {
        Prose {
            id,
            blocks: Vec::new(),
            now: Rich::new(),
            strong: 0,
            bullets: Vec::new(),
            depth: 0,
            code: None,
            table: Vec::new(),
        }
    }

    fn read(mut self, markdown: &str) -> Vec<Block> {
        for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
            self.event(event);
        }
        self.flush();
        self.blocks
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(s) => match &mut self.code {
                Some(code) => code.push_str(&s),
                None => self.add(
                    &s,
                    if self.strong > 0 {
                        Face::Strong
                    } else {
                        Face::Plain
                    },
                ),
            },
            Event::Code(s) => self.add(&s, Face::Mono),
            Event::Html(s) | Event::InlineHtml(s) => self.add(&s, Face::Plain),
            Event::SoftBreak | Event::HardBreak => self.add(" ", Face::Plain),
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::HtmlBlock if self.depth == 0 => {
                self.flush()
            }
            Tag::Strong => self.strong += 1,
            Tag::List(_) => {
                if self.depth == 0 {
                    self.flush();
                } else {
                    self.end_item();
                }
                self.depth += 1;
            }
            Tag::CodeBlock(_) => {
                if self.depth == 0 {
                    self.flush();
                }
                self.code = Some(String::new());
            }
            Tag::Table(_) => self.flush(),
            Tag::TableHead | Tag::TableRow => self.table.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock if self.depth == 0 => self.flush(),
            TagEnd::Heading(_) => self.heading(),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 && !self.bullets.is_empty() {
                    let bullets = std::mem::take(&mut self.bullets);
                    self.blocks.push(Block::Bullets(bullets));
                }
            }
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.blocks.push(Block::Code(code.trim_end().to_owned()));
                }
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.now);
                if let Some(row) = self.table.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.end_table(),
            _ => {}
        }
    }

    fn add(&mut self, s: &str, face: Face) {
        self.now.push(Inline::Text {
            text: s.to_owned(),
            face,
        });
    }

    fn flush(&mut self) {
        let now = std::mem::take(&mut self.now);
        if !now.is_empty() {
            self.blocks.push(Block::Text(Tone::Body, now));
        }
    }

    fn heading(&mut self) {
        let text = crate::doc::flat(&std::mem::take(&mut self.now));
        let id = format!("{}-material-{}", self.id, self.blocks.len());
        let heading = Heading {
            level: 3,
            id,
            eyebrow: String::new(),
            text,
            aside: String::new(),
        };
        self.blocks.push(Block::Heading(heading));
    }

    fn end_item(&mut self) {
        let item = std::mem::take(&mut self.now);
        if !item.is_empty() {
            self.bullets.push(item);
        }
    }

    fn end_table(&mut self) {
        let mut rows = std::mem::take(&mut self.table).into_iter();
        let Some(head) = rows.next() else { return };
        let share = 1.0 / head.len().max(1) as f32;
        let columns = head
            .into_iter()
            .map(|title| Column { title, share })
            .collect();
        self.blocks.push(Block::Table(Table {
            kind: TableKind::Data,
            columns,
            rows: rows.collect(),
        }));
    }
}
