//! A role's loop with its bar, and an opening's plan.

use super::area::{columns, prompt_name};
use super::{Out, labelled, minutes, quoted, sheet};
use crate::doc::{
    Block, Column, Rich, Table, TableKind, Tone, level, mono, muted, plain, strong, text,
};
use crate::part::{self, LoopSheet};
use seatrial_kit::{BarLine, Depth, Kit, Pack, Seniority, SessionItem};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// A row per interview: prompts and follow-ups stand on the areas' own pages.
    Outline,
    /// Everything that is said, and sheets for paper.
    Full,
}

pub fn pack(kit: &Kit, pack: &Pack, only: Option<&Seniority>, detail: Detail, out: &mut Out) {
    let id = format!("pack-{}", pack.id);
    out.h1(&id, "Role pack", &pack.title);
    out.say(Tone::Lede, &pack.summary);
    out.say(Tone::Body, &pack.emphasis);

    let seniorities: Vec<&Seniority> = match only {
        Some(only) => vec![only],
        None => pack.seniorities.iter().collect(),
    };
    out.h2(
        &format!("{id}-bar"),
        "The bar",
        "set before anybody is interviewed",
    );
    let bars: Vec<(&str, &[BarLine])> = seniorities
        .iter()
        .map(|s| (s.title.as_str(), s.bar.as_slice()))
        .collect();
    out.push(Block::Table(bar(kit, &bars)));
    for (rule, of) in rules(&seniorities) {
        match of.len() == seniorities.len() {
            true => out.say(Tone::Body, rule),
            false => out.rich(Tone::Body, labelled(&format!("{}.", of.join(", ")), rule)),
        }
    }
    if !pack.scenarios.is_empty() {
        out.rich(
            Tone::Aside,
            vec![
                muted("Running scenarios: "),
                mono(pack.scenarios.join(", ")),
            ],
        );
    }

    let sessions: Vec<Interview> = pack
        .sessions
        .iter()
        .map(|s| Interview {
            title: &s.title,
            asked_by: asked_by(&s.asked_by),
            reason: &s.reason,
            items: &s.items,
        })
        .collect();
    interviews(kit, &id, &sessions, detail, out);
}

/// Each rule once, with the seniorities that it holds for.
fn rules<'a>(seniorities: &[&'a Seniority]) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for seniority in seniorities {
        for rule in &seniority.rules {
            match all.iter_mut().find(|(seen, _)| seen == rule) {
                Some((_, of)) => of.push(&seniority.title),
                None => all.push((rule, vec![&seniority.title])),
            }
        }
    }
    all
}

pub fn opening(kit: &Kit, sheet: &LoopSheet, out: &mut Out) {
    out.h1("opening", &sheet.team, &sheet.title);
    out.h2(
        "opening-bar",
        "The bar",
        "set before anybody is interviewed",
    );
    out.push(Block::Table(bar(kit, &[("Level", &sheet.bar)])));
    for rule in &sheet.rules {
        out.say(Tone::Body, rule);
    }
    let sessions: Vec<Interview> = sheet
        .sessions
        .iter()
        .map(|s| Interview {
            title: &s.title,
            asked_by: asked_by(&s.asked_by.join(", ")),
            reason: &s.reason,
            items: &s.items,
        })
        .collect();
    interviews(kit, "opening", &sessions, Detail::Full, out);
}

struct Interview<'a> {
    title: &'a str,
    asked_by: String,
    reason: &'a str,
    items: &'a [SessionItem],
}

fn asked_by(who: &str) -> String {
    if who.trim().is_empty() {
        "Nobody is assigned yet.".to_owned()
    } else {
        format!("Asked by {who}.")
    }
}

fn bar(kit: &Kit, bars: &[(&str, &[BarLine])]) -> Table {
    let share = 0.76 / bars.len().max(1) as f32;
    let mut columns = columns(&[("Area", 0.24)]);
    columns.extend(bars.iter().map(|(title, _)| Column {
        title: plain(*title),
        share,
    }));
    // A bar may name areas in any order; rows follow the kit, since people compare kits and bars side by side.
    let rows = kit
        .areas
        .iter()
        .map(|area| {
            let mut row = vec![vec![
                muted(format!("{} ", area.number)),
                strong(area.title.clone()),
            ]];
            for (_, lines) in bars {
                let line = lines.iter().find(|l| l.area == area.id);
                let mut cell = level(line.and_then(|l| l.level));
                if let Some(reason) = line.map(|l| &l.reason).filter(|r| !r.is_empty()) {
                    cell.push(muted(format!("\n\n{reason}")));
                }
                row.push(cell);
            }
            row
        })
        .collect();
    Table {
        kind: TableKind::Named,
        columns,
        rows,
    }
}

fn interviews(kit: &Kit, id: &str, sessions: &[Interview], detail: Detail, out: &mut Out) {
    let total: u32 = sessions
        .iter()
        .flat_map(|s| s.items)
        .map(|i| i.minutes)
        .sum();
    out.h2(
        &format!("{id}-loop"),
        "The loop",
        &format!("{}, {}", sessions_word(sessions.len()), minutes(total)),
    );
    for session in sessions {
        let spent: u32 = session.items.iter().map(|i| i.minutes).sum();
        out.h3(
            &format!("{id}-{}", sheet::slug(session.title)),
            session.title,
            &minutes(spent),
        );
        out.say(Tone::Body, session.reason);
        out.say(Tone::Aside, &session.asked_by);
        match detail {
            Detail::Outline => out.push(Block::Table(outline(kit, session.items))),
            Detail::Full => session
                .items
                .iter()
                .for_each(|item| full(kit, id, item, out)),
        }
    }
    if detail == Detail::Full {
        for session in sessions {
            sheet::session(kit, session.title, &session.asked_by, session.items, out);
        }
    }
}

fn sessions_word(n: usize) -> String {
    super::count(n, "interview", "interviews")
}

fn outline(kit: &Kit, items: &[SessionItem]) -> Table {
    let rows = items
        .iter()
        .filter_map(|item| Some((item, part::area(kit, &item.area).ok()?)))
        .map(|(item, area)| {
            let about = format!("\n\n{}, {}", depth(item.depth), minutes(item.minutes));
            let mut asks: Vec<String> = item
                .prompts
                .iter()
                .map(|id| prompt_name(area, id))
                .collect();
            asks.extend(
                item.exercises
                    .iter()
                    .filter_map(|id| part::exercise(kit, id).ok())
                    .map(|e| e.title.clone()),
            );
            let mut ask: Rich = vec![strong(asks.join(", "))];
            for follow_up in item
                .follow_ups
                .iter()
                .filter_map(|id| area.follow_ups.iter().find(|f| f.id == *id))
            {
                ask.push(text(format!("\n\n{}", follow_up.text)));
            }
            vec![
                vec![strong(area.title.clone()), muted(about)],
                plain(item.reason.clone()),
                ask,
            ]
        })
        .collect();
    Table {
        kind: TableKind::Named,
        columns: columns(&[("Area", 0.24), ("Why here", 0.31), ("Asked", 0.45)]),
        rows,
    }
}

fn full(kit: &Kit, id: &str, item: &SessionItem, out: &mut Out) {
    let Ok(area) = part::area(kit, &item.area) else {
        return;
    };
    let aside = format!("{}, {}", depth(item.depth), minutes(item.minutes));
    out.heading(
        4,
        &format!("{id}-item-{}", area.id),
        "",
        &area.title,
        &aside,
    );
    out.say(Tone::Aside, &item.reason);
    sheet::ask(kit, area, item, false, out);
    for exercise in item
        .exercises
        .iter()
        .filter_map(|id| part::exercise(kit, id).ok())
    {
        out.rich(
            Tone::Aside,
            vec![muted(format!(
                "Material for {}: see the kit.",
                quoted(&exercise.title)
            ))],
        );
    }
}

fn depth(depth: Depth) -> &'static str {
    match depth {
        Depth::Deep => "deep",
        Depth::Steady => "steady",
    }
}
