//! An exercise: first what a candidate may see, then, on a page of its own, what only the panel should.

use super::{Out, minutes};
use crate::compose::area::columns;
use crate::doc::{Block, Page, Table, TableKind, Tone, level, muted, plain, strong};
use crate::material;
use crate::part;
use seatrial_kit::{Exercise, Kit, Level};

/// A table with more columns than this turns its page.
const WIDE: usize = 6;

pub fn exercise(kit: &Kit, exercise: &Exercise, out: &mut Out) {
    let id = format!("exercise-{}", exercise.id);
    let area = part::area(kit, &exercise.area)
        .map(|a| a.title.as_str())
        .unwrap_or_default();
    out.h1(&id, "Exercise", &exercise.title);
    out.push(Block::Facts(vec![
        ("Area".to_owned(), plain(area)),
        ("Time".to_owned(), plain(minutes(exercise.minutes))),
    ]));
    out.h2(
        &format!("{id}-prompt"),
        "Prompt",
        "read aloud, with the material in sight",
    );
    out.say(Tone::Spoken, &exercise.prompt);
    let mut on_its_side = false;
    for material in &exercise.material {
        let blocks = material::blocks(material, &id);
        let wide = blocks
            .iter()
            .any(|b| matches!(b, Block::Table(table) if table.columns.len() > WIDE));
        if wide || on_its_side {
            out.push(Block::Break(if wide {
                Page::Landscape
            } else {
                Page::Portrait
            }));
        }
        on_its_side = wide;
        out.h2(
            &format!("{id}-{}", material.id),
            &material.title,
            "may be shown to the candidate",
        );
        out.blocks.extend(blocks);
    }

    out.page();
    out.heading(
        1,
        &format!("{id}-panel"),
        "Exercise, for the panel",
        &exercise.title,
        "",
    );
    out.say(
        Tone::PanelOnly,
        "For the panel only: keep this page away from candidates.",
    );
    out.say(Tone::Lede, &exercise.summary);
    out.h2(
        &format!("{id}-findings"),
        "What can be found",
        "telling when found unprompted",
    );
    out.push(Block::Table(Table {
        kind: TableKind::Named,
        columns: columns(&[
            ("Finding", 0.28),
            ("What it is", 0.54),
            ("How telling", 0.18),
        ]),
        rows: exercise
            .findings
            .iter()
            .map(|f| {
                vec![
                    vec![strong(f.title.clone())],
                    plain(f.text.clone()),
                    vec![muted(rarity(f.rarity))],
                ]
            })
            .collect(),
    }));
    if !exercise.follow_ups.is_empty() {
        out.h2(&format!("{id}-follow-ups"), "Follow-ups", "");
        out.push(Block::Bullets(
            exercise
                .follow_ups
                .iter()
                .map(|f| plain(f.clone()))
                .collect(),
        ));
    }
    out.h2(&format!("{id}-levels"), "Levels", "");
    let level_rows = [
        (Level::Weak, &exercise.weak),
        (Level::Good, &exercise.good),
        (Level::Excellent, &exercise.excellent),
    ];
    out.push(Block::Columns(
        level_rows
            .into_iter()
            .map(|(l, s)| (level(Some(l)), plain(s)))
            .collect(),
    ));
}

fn rarity(rarity: u32) -> &'static str {
    match rarity {
        0 | 1 => "expected of everybody",
        2 => "found by some",
        _ => "rarely seen",
    }
}
