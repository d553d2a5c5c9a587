//! An exercise: first what a candidate may see, then, on a page of its own, what only the panel should.

use super::{Out, minutes};
use crate::compose::area::columns;
use crate::doc::{Block, Table, TableKind, Tone, level, muted, plain, strong};
use crate::material;
use crate::part;
use seatrial_kit::{Exercise, Kit, Level};

pub fn exercise(kit: &Kit, exercise: &Exercise, out: &mut Out) {
    let id = format!("exercise-{}", exercise.id);
    let area = part::area(kit, &exercise.area).map(|a| a.title.as_str()).unwrap_or_default();
    out.h1(&id, "Exercise on material", &exercise.title);
    out.push(Block::Facts(vec![
        ("Area".to_owned(), plain(area)),
        ("Time".to_owned(), plain(minutes(exercise.minutes))),
    ]));
    out.h2(&format!("{id}-prompt"), "Prompt", "read aloud, with the material in sight");
    out.say(Tone::Spoken, &exercise.prompt);
    for material in &exercise.material {
        out.h2(&format!("{id}-{}", material.id), &material.title, "may be shown to the candidate");
        out.blocks.extend(material::blocks(material, &id));
    }

    out.page();
    out.heading(1, &format!("{id}-panel"), "Exercise on material, for the panel", &exercise.title, "");
    out.say(Tone::PanelOnly, "For the panel only: keep this page away from candidates.");
    out.say(Tone::Lede, &exercise.summary);
    out.h2(&format!("{id}-findings"), "What can be found", "telling when found unprompted");
    out.push(Block::Table(Table {
        kind: TableKind::Named,
        columns: columns(&[("Finding", 0.28), ("What it is", 0.54), ("How telling", 0.18)]),
        rows: exercise
            .findings
            .iter()
            .map(|f| vec![vec![strong(f.title.clone())], plain(f.text.clone()), vec![muted(rarity(f.rarity))]])
            .collect(),
    }));
    if !exercise.follow_ups.is_empty() {
        out.h2(&format!("{id}-follow-ups"), "Follow-ups", "");
        out.push(Block::Bullets(exercise.follow_ups.iter().map(|f| plain(f.clone())).collect()));
    }
    out.h2(&format!("{id}-levels"), "Levels", "");
    let level_rows = [
        (Level::Weak, &exercise.weak),
        (Level::Good, &exercise.good),
        (Level::Excellent, &exercise.excellent),
    ];
    out.push(Block::Facts(
        level_rows.into_iter().map(|(l, s)| (crate::doc::level_word(Some(l)).to_owned(), with_mark(l, s))).collect(),
    ));
}

fn with_mark(l: Level, s: &str) -> crate::doc::Rich {
    let mut rich = level(Some(l));
    rich.truncate(1);
    rich.extend(plain(s));
    rich
}

fn rarity(rarity: u32) -> &'static str {
    match rarity {
        0 | 1 => "expected of everybody",
        2 => "found by some",
        _ => "rarely seen",
    }
}
