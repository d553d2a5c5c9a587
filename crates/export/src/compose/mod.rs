//! What a printed kit says: builds the document from the kit, once for all formats.
//!
//! Does not live here: how a block looks, which is each renderer's; what is missing in a kit, which `Part::check` and the
//! kit's own loader tell.

mod across;
mod area;
mod exercise;
mod front;
mod pack;
mod plan;
mod sheet;

use crate::doc::{Block, Doc, Heading, Page, Rich, Tone, muted, plain, strong, text};
use crate::part::{self, Part};
use seatrial_kit::Kit;

pub fn doc(kit: &Kit, part: &Part) -> Doc {
    let mut out = Out { blocks: Vec::new() };
    let title = match part {
        Part::Whole => whole(kit, &mut out),
        Part::Area(id) => one_area(kit, id, &mut out),
        Part::Pack { pack, seniority } => one_pack(kit, pack, *seniority, &mut out),
        Part::Plan(id) => one_plan(kit, id, &mut out),
        Part::Loop(sheet) => {
            out.push(front::cover(
                kit,
                "The plan of an opening",
                &sheet.title,
                &sheet.team,
                front::ABOUT_LOOP,
            ));
            pack::opening(kit, sheet, &mut out);
            sheet.title.clone()
        }
    };
    let mut doc = Doc {
        title,
        stamp: stamp(kit),
        blocks: out.blocks,
    };
    make_ids_unique(&mut doc);
    doc
}

fn whole(kit: &Kit, out: &mut Out) -> String {
    out.push(front::cover(
        kit,
        "Interview kit",
        &kit.title,
        &kit.summary,
        front::ABOUT_KIT,
    ));
    out.page();
    out.push(Block::Contents);
    front::compare(kit, out);
    for area in &kit.areas {
        area::area(kit, area, out);
    }
    across::across(kit, out);
    for pack in &kit.packs {
        pack::pack(kit, pack, None, pack::Detail::Outline, out);
    }
    for exercise in &kit.exercises {
        exercise::exercise(kit, exercise, out);
    }
    across::scenarios(kit, out);
    for plan in &kit.plans {
        plan::plan(kit, plan, plan::Detail::Read, out);
    }
    kit.title.clone()
}

fn one_area(kit: &Kit, id: &str, out: &mut Out) -> String {
    let Ok(area) = part::area(kit, id) else {
        return kit.title.clone();
    };
    let eyebrow = format!("{}, area {} of {}", kit.title, area.number, kit.areas.len());
    out.push(front::cover(
        kit,
        &eyebrow,
        &area.title,
        &area.hook,
        front::ABOUT_AREA,
    ));
    area::area(kit, area, out);
    sheet::area(area, out);
    for id in &area.exercises {
        if let Ok(exercise) = part::exercise(kit, id) {
            exercise::exercise(kit, exercise, out);
        }
    }
    area.title.clone()
}

fn one_pack(kit: &Kit, id: &str, seniority: Option<&str>, out: &mut Out) -> String {
    let Ok(pack) = part::pack(kit, id) else {
        return kit.title.clone();
    };
    let only = seniority.and_then(|id| part::seniority(pack, id).ok());
    let title = match only {
        Some(only) => format!("{}, {}", pack.title, only.title),
        None => pack.title.clone(),
    };
    out.push(front::cover(
        kit,
        &format!("{}, a role’s loop", kit.title),
        &title,
        &pack.summary,
        front::ABOUT_LOOP,
    ));
    pack::pack(kit, pack, only, pack::Detail::Full, out);
    title
}

fn one_plan(kit: &Kit, id: &str, out: &mut Out) -> String {
    let Ok(plan) = part::plan(kit, id) else {
        return kit.title.clone();
    };
    out.push(front::cover(
        kit,
        &format!("{}, a scenario’s plan", kit.title),
        &plan.title,
        &plan.hook,
        front::ABOUT_PLAN,
    ));
    plan::plan(kit, plan, plan::Detail::Paper, out);
    plan.title.clone()
}

fn stamp(kit: &Kit) -> String {
    format!("{} {}, {}", kit.id, kit.version, kit.hash)
}

/// Collects blocks.
struct Out {
    blocks: Vec<Block>,
}

impl Out {
    fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    fn page(&mut self) {
        self.push(Block::Break(Page::Portrait));
    }

    /// Opens a page of its own.
    fn h1(&mut self, id: &str, eyebrow: &str, title: &str) {
        self.page();
        self.heading(1, id, eyebrow, title, "");
    }

    fn h2(&mut self, id: &str, title: &str, aside: &str) {
        self.heading(2, id, "", title, aside);
    }

    fn h3(&mut self, id: &str, title: &str, aside: &str) {
        self.heading(3, id, "", title, aside);
    }

    fn heading(&mut self, level: u8, id: &str, eyebrow: &str, title: &str, aside: &str) {
        self.push(Block::Heading(Heading {
            level,
            id: id.to_owned(),
            eyebrow: eyebrow.to_owned(),
            text: title.to_owned(),
            aside: aside.to_owned(),
        }));
    }

    /// Nothing is printed for an empty text.
    fn say(&mut self, tone: Tone, text: &str) {
        if !text.trim().is_empty() {
            self.push(Block::Text(tone, plain(text)));
        }
    }

    fn rich(&mut self, tone: Tone, rich: Rich) {
        self.push(Block::Text(tone, rich));
    }
}

/// “Label: text”, the label strong.
fn labelled(label: &str, value: &str) -> Rich {
    vec![strong(format!("{label} ")), text(value)]
}

fn labelled_muted(label: &str, value: &str) -> Rich {
    vec![strong(format!("{label} ")), muted(value)]
}

/// Puts typographic quotes around, unless the text brings its own.
fn quoted(text: &str) -> String {
    let text = text.trim();
    if text.starts_with(['“', '"', '«', '„', '「', '”']) {
        text.to_owned()
    } else {
        format!("“{text}”")
    }
}

fn minutes(n: u32) -> String {
    if n == 1 {
        "1 minute".to_owned()
    } else {
        format!("{n} minutes")
    }
}

fn count(n: usize, one: &str, many: &str) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let word = WORDS
        .get(n)
        .map_or_else(|| n.to_string(), |w| (*w).to_owned());
    format!("{word} {}", if n == 1 { one } else { many })
}

/// Roughly how long a text takes to read aloud, at 150 words a minute, in steps of five seconds.
fn spoken_for(texts: &[&str]) -> String {
    let words: usize = texts.iter().map(|t| t.split_whitespace().count()).sum();
    let seconds = (words * 60).div_ceil(150).div_ceil(5) * 5;
    match seconds {
        0 => String::new(),
        1..=90 => format!("about {seconds} seconds"),
        _ => format!("about {} minutes", seconds.div_ceil(60)),
    }
}

/// A pack may ask about an area in two sessions, an opening may use a word twice; a link needs one target.
fn make_ids_unique(doc: &mut Doc) {
    let mut seen = std::collections::BTreeMap::<String, u32>::new();
    for block in &mut doc.blocks {
        if let Block::Heading(heading) = block {
            let n = seen.entry(heading.id.clone()).or_insert(0);
            *n += 1;
            if *n > 1 {
                heading.id = format!("{}--{n}", heading.id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_to_read_is_rounded_up() {
        assert_eq!(spoken_for(&["one two three"]), "about 5 seconds");
        assert_eq!(spoken_for(&[&"word ".repeat(100)]), "about 40 seconds");
        assert_eq!(spoken_for(&[&"word ".repeat(400)]), "about 3 minutes");
        assert_eq!(spoken_for(&[]), "");
    }

    #[test]
    fn quotes_are_not_doubled() {
        assert_eq!(quoted("It is fine."), "“It is fine.”");
        assert_eq!(quoted("“It is fine.”"), "“It is fine.”");
    }
}
