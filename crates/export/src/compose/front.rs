//! The first page, and the page that compares the areas.

use super::{Out, minutes};
use crate::doc::{
    Block, Column, Cover, Inline, Mark, Table, TableKind, mono, muted, plain, strong, text,
};
use crate::doc::{Page, Rich, Tone};
use seatrial_kit::{Area, Kit};

pub const ABOUT_KIT: &str = "Everything that a panel needs to interview from: what to ask, when to ask further, what to \
    listen for, and how to judge what was heard. Prompts are set large because they are read aloud, word by word. A signal \
    heard after a follow-up or a hint counts as prompted, otherwise as unprompted. People give levels; nothing in here adds \
    them up.";
pub const ABOUT_AREA: &str = "One area of the kit, complete: first what to ask and what to listen for, then sheets to hold \
    the interview on paper. Prompts are set large because they are read aloud, word by word. A signal heard after a \
    follow-up or a hint counts as prompted, otherwise as unprompted.";
pub const ABOUT_LOOP: &str = "The interviews of one loop: the bar that was set first, who asks what and for how long, and \
    sheets to hold each interview on paper. Every area is covered once, nothing is asked twice, and each choice has its \
    reason. People give levels; nothing in here adds them up.";

pub const ABOUT_PLAN: &str = "One scenario as an interview, complete: what to say in each phase, what can be made to break \
    and when, what to listen for, a guide to this system, the candidate’s brief on a page of its own, and a sheet to hold \
    the interview without the system. A signal heard after a follow-up or a hint counts as prompted, otherwise as \
    unprompted.";

pub fn cover(kit: &Kit, eyebrow: &str, title: &str, summary: &str, about: &str) -> Block {
    Block::Cover(Cover {
        eyebrow: eyebrow.to_owned(),
        title: title.to_owned(),
        summary: plain(summary),
        about: plain(about),
        facts: vec![
            ("Kit".to_owned(), vec![mono(kit.id.clone())]),
            ("Version".to_owned(), plain(kit.version.clone())),
            ("Hash".to_owned(), vec![mono(kit.hash.clone())]),
        ],
        principles_title: "What it stands on".to_owned(),
        principles: kit
            .principles
            .iter()
            .map(|p| (p.title.clone(), plain(p.text.clone())))
            .collect(),
    })
}

pub fn compare(kit: &Kit, out: &mut Out) {
    out.push(Block::Break(Page::Landscape));
    out.heading(1, "compare", "", "The areas compared", "");
    out.say(
        Tone::Aside,
        "For planning a loop. Difficulty is how hard an area is to assess well, not how hard it is to answer.",
    );
    let columns = [
        ("Area", 0.17),
        ("To assess", 0.12),
        ("What it needs", 0.17),
        ("Expected outcome", 0.2),
        ("When to use it", 0.17),
        ("Key advantage", 0.17),
    ];
    out.push(Block::Table(Table {
        kind: TableKind::OnePage,
        columns: columns
            .into_iter()
            .map(|(title, share)| Column {
                title: plain(title),
                share,
            })
            .collect(),
        rows: kit.areas.iter().map(row).collect(),
    }));
}

fn row(area: &Area) -> Vec<Rich> {
    let facts = &area.facts;
    vec![
        vec![
            muted(format!("{} ", area.number)),
            strong(area.title.clone()),
            muted(format!("\n\n{}", minutes(facts.minutes))),
        ],
        vec![
            Inline::Mark(Mark::Difficulty(facts.difficulty)),
            text(format!("\n\n{}", facts.difficulty_note)),
        ],
        plain(facts.needs.clone()),
        plain(facts.outcome.clone()),
        plain(facts.use_when.clone()),
        plain(facts.advantage.clone()),
    ]
}

pub fn difficulty(area: &Area) -> Rich {
    vec![
        Inline::Mark(Mark::Difficulty(area.facts.difficulty)),
        text(area.facts.difficulty_note.clone()),
    ]
}
