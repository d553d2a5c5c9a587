//! Sheets to hold an interview on paper: the clock, what to read, what to tick, where to write.

use super::area::{columns, follow_up, prompt_name, rubric, signals};
use super::{Out, quoted};
use crate::doc::{Block, Inline, Mark, Rich, Table, TableKind, Tone, muted, plain, strong, text};
use crate::part;
use seatrial_kit::{AgendaPhase, Area, Kit, Session, SessionItem, session_agenda};

/// An area's interview: the sheet stands alone, away from the pages before it.
pub fn area(area: &Area, out: &mut Out) {
    out.h1(&format!("{}-paper", area.id), "On paper", &area.title);
    who(out);
    let mut from = 0;
    let rows = area
        .phases
        .iter()
        .map(|phase| {
            let to = from + phase.minutes;
            let row = vec![
                plain(format!("{from}–{to}")),
                vec![strong(phase.title.clone())],
                plain(phase.aim.clone()),
                vec![Inline::Mark(Mark::Tick)],
            ];
            from = to;
            row
        })
        .collect();
    out.push(clock(rows, "Phase", "What it is for"));
    prompts(area, area.prompts.iter().map(|p| p.id.as_str()), out);
    out.h2(
        &format!("{}-paper-follow-ups", area.id),
        "Follow-ups",
        "tick what was asked",
    );
    out.push(Block::Margins(
        area.follow_ups
            .iter()
            .map(|f| follow_up(f, true, false))
            .collect(),
    ));
    listen(area, out);
    out.push(Block::NoteLines(0));
    levels(area, out);
    notes(&area.id, out);
}

/// An interview of a loop, several areas long.
pub fn session(kit: &Kit, title: &str, asked_by: &str, items: &[SessionItem], out: &mut Out) {
    let agenda = session_agenda(
        kit,
        &Session {
            id: String::new(),
            title: title.to_owned(),
            asked_by: String::new(),
            reason: String::new(),
            items: items.to_vec(),
        },
    );
    let id = format!("paper-{}", slug(title));
    out.h1(&id, "On paper", title);
    out.say(Tone::Aside, asked_by);
    who(out);
    let mut from = 0;
    let rows = items
        .iter()
        .filter_map(|item| Some((item, part::area(kit, &item.area).ok()?)))
        .map(|(item, area)| {
            let to = from + item.minutes;
            let row = vec![
                plain(format!("{from}–{to}")),
                vec![strong(area.title.clone())],
                plain(item.reason.clone()),
                vec![Inline::Mark(Mark::Tick)],
            ];
            from = to;
            row
        })
        .collect();
    out.push(clock(rows, "Area", "Why here"));
    for (i, item) in items.iter().enumerate() {
        let Ok(area) = part::area(kit, &item.area) else {
            continue;
        };
        if i > 0 {
            out.page();
        }
        out.heading(
            2,
            &format!("{id}-{}", area.id),
            "",
            &area.title,
            &super::minutes(item.minutes),
        );
        hints(&agenda, &area.id, out);
        ask(kit, area, item, true, out);
        out.push(Block::Signals(signals(area)));
        flags(area, &format!("{id}-{}", area.id), out);
        out.push(Block::NoteLines(0));
        levels(area, out);
        notes(&format!("{id}-{}", area.id), out);
    }
}

/// Prompts, follow-ups and exercises of one item, as they are said.
pub fn ask(kit: &Kit, area: &Area, item: &SessionItem, tick: bool, out: &mut Out) {
    for id in &item.prompts {
        if let Some(prompt) = area.prompts.iter().find(|p| p.id == *id) {
            out.say(Tone::SpokenSmall, &prompt.text);
            out.say(Tone::Aside, &prompt.note);
        }
    }
    for id in &item.exercises {
        if let Ok(exercise) = part::exercise(kit, id) {
            let title = format!("Exercise: {}. ", exercise.title);
            out.rich(
                Tone::Body,
                vec![strong(title), text(exercise.prompt.clone())],
            );
        }
    }
    let planned = item
        .follow_ups
        .iter()
        .filter_map(|id| area.follow_ups.iter().find(|f| f.id == *id));
    let rows: Vec<_> = planned.map(|f| follow_up(f, tick, !tick)).collect();
    if !rows.is_empty() {
        out.push(Block::Margins(rows));
    }
}

pub fn who(out: &mut Out) {
    let labels = [
        "Candidate",
        "Interviewer",
        "Date and time",
        "Role and level",
    ];
    out.push(Block::Blanks(labels.map(str::to_owned).to_vec()));
}

fn clock(rows: Vec<Vec<Rich>>, what: &str, why: &str) -> Block {
    Block::Table(Table {
        kind: TableKind::Sheet,
        columns: columns(&[("Minutes", 0.11), (what, 0.27), (why, 0.54), ("Done", 0.08)]),
        rows,
    })
}

fn prompts<'a>(area: &Area, ids: impl Iterator<Item = &'a str>, out: &mut Out) {
    let several = area.prompts.len() > 1;
    let title = if several { "Prompts" } else { "Prompt" };
    out.h2(&format!("{}-paper-prompt", area.id), title, "read aloud");
    for id in ids {
        let Some(prompt) = area.prompts.iter().find(|p| p.id == id) else {
            continue;
        };
        if several {
            let phases = area
                .phases
                .iter()
                .filter(|p| p.prompts.contains(&prompt.id));
            let phases: Vec<String> = phases.map(|p| quoted(&p.title)).collect();
            let aside = if phases.is_empty() {
                String::new()
            } else {
                format!("in {}", phases.join(", "))
            };
            out.h3(
                &format!("{}-paper-{id}", area.id),
                &prompt_name(area, id),
                &aside,
            );
        }
        out.say(Tone::SpokenSmall, &prompt.text);
        out.say(Tone::Aside, &prompt.note);
    }
}

fn listen(area: &Area, out: &mut Out) {
    out.h2(
        &format!("{}-paper-signals", area.id),
        "Signals",
        "U unprompted, P prompted by a follow-up or hint",
    );
    out.push(Block::Signals(signals(area)));
    flags(area, &format!("{}-paper", area.id), out);
}

/// The phases of one area within a session, with the clock of the whole session.
fn hints(agenda: &[AgendaPhase], area: &str, out: &mut Out) {
    let mut from = 0;
    let mut rows = Vec::new();
    for phase in agenda {
        let to = from + phase.minutes;
        if phase.area == area {
            let mut row = vec![
                plain(format!("{from}–{to}")),
                vec![strong(phase.title.clone())],
            ];
            row.extend(phase.hints.iter().map(|hint| plain(hint.clone())));
            row.resize(5, Rich::new());
            rows.push(row);
        }
        from = to;
    }
    if !rows.is_empty() {
        let titles = [
            ("Minutes", 0.1),
            ("Phase", 0.18),
            ("First hint", 0.24),
            ("Second", 0.24),
            ("Third", 0.24),
        ];
        out.push(Block::Table(Table {
            kind: TableKind::Sheet,
            columns: columns(&titles),
            rows,
        }));
    }
}

fn flags(area: &Area, id: &str, out: &mut Out) {
    let flags: Vec<Rich> = area
        .red_flags
        .iter()
        .map(|f| vec![strong(quoted(&f.says)), muted(format!(" {}", f.ask_then))])
        .collect();
    if !flags.is_empty() {
        out.h3(
            &format!("{id}-flags"),
            "Worrying to hear, and what to ask then",
            "",
        );
        out.push(Block::Bullets(flags));
    }
}

pub fn notes(id: &str, out: &mut Out) {
    out.h2(
        &format!("{id}-notes"),
        "Notes",
        "the moment first; then what was said, what was done, or how you read it",
    );
    out.push(Block::NoteLines(3));
}

fn levels(area: &Area, out: &mut Out) {
    out.h2(
        &format!("{}-levels", area.id),
        "Pencilled level",
        "behaviour by behaviour, then the whole",
    );
    out.push(Block::Table(rubric(area, true)));
    confidence(out);
}

/// What stands below a pencilled level.
pub fn confidence(out: &mut Out) {
    let tick = || Inline::Mark(Mark::Tick);
    out.rich(
        Tone::Body,
        vec![
            tick(),
            text("Not assessed    "),
            strong("Confidence  "),
            tick(),
            text("low  "),
            tick(),
            text("middle  "),
            tick(),
            text("high"),
        ],
    );
    out.push(Block::Blanks(vec![
        "What would have moved it one level".to_owned(),
    ]));
}

pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.to_lowercase().chars() {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug
}
