//! An area as it is read before and during an interview, in the order in which it is needed.

use super::{Out, count, front, labelled, labelled_muted, minutes, quoted, spoken_for};
use crate::doc::{
    Block, Column, Margin, Rich, SignalRow, Step, Table, TableKind, Tone, level, mono, muted,
    plain, strong, text,
};
use seatrial_kit::{Area, Kit, Level, Phase, Voices};

pub fn area(kit: &Kit, area: &Area, out: &mut Out) {
    let id = |section: &str| format!("{}-{section}", area.id);
    out.h1(
        &area.id,
        &format!("Area {} of {}", area.number, kit.areas.len()),
        &area.title,
    );
    out.say(Tone::Lede, &area.summary);
    out.push(Block::Facts(facts(area)));

    prompts(area, out);
    out.h2(
        &id("follow-ups"),
        "Follow-ups",
        "one at a time, when its moment comes",
    );
    out.push(Block::Margins(
        area.follow_ups
            .iter()
            .map(|f| follow_up(f, false, true))
            .collect(),
    ));

    out.h2(&id("sound"), "What a sound answer holds", "");
    out.push(Block::Steps(
        area.sound_answer
            .steps
            .iter()
            .map(|s| Step {
                title: s.title.clone(),
                text: s.text.clone(),
                often_missing: s.often_missing,
            })
            .collect(),
    ));
    out.say(Tone::Body, &area.sound_answer.text);

    out.h2(
        &id("voices"),
        "Two voices",
        "the same question, answered twice",
    );
    for voices in &area.voices {
        two_voices(area, voices, out);
    }

    out.h2(
        &id("signals"),
        "Signals",
        "tick what you hear: unprompted, or prompted by a follow-up or hint",
    );
    out.push(Block::Signals(signals(area)));

    out.h2(
        &id("flags"),
        "Worrying to hear",
        "a reason to ask, not a verdict",
    );
    out.push(Block::Table(Table {
        kind: TableKind::Plain,
        columns: columns(&[("You hear", 0.42), ("Ask then", 0.58)]),
        rows: area
            .red_flags
            .iter()
            .map(|f| vec![plain(quoted(&f.says)), plain(f.ask_then.clone())])
            .collect(),
    }));

    out.h2(
        &id("hints"),
        "Phases and hints",
        "from faint to plain; the same for everybody",
    );
    out.push(Block::Table(Table {
        kind: TableKind::Named,
        columns: columns(&[
            ("Phase", 0.28),
            ("First hint", 0.24),
            ("Second", 0.24),
            ("Third", 0.24),
        ]),
        rows: area.phases.iter().map(phase_row).collect(),
    }));

    out.h2(&id("mini-case"), "Mini case", "");
    out.say(Tone::Body, &area.mini_case.situation);
    out.say(Tone::SpokenSmall, &area.mini_case.question);
    out.rich(
        Tone::Aside,
        labelled_muted("Listen for", &area.mini_case.discussion),
    );

    out.h2(
        &id("rubric"),
        "Rubric",
        "read across before a level is given",
    );
    out.push(Block::Table(rubric(area, false)));

    out.h2(&id("impact"), "Business impact", &area.impact.weight);
    out.push(Block::Columns(vec![
        (
            vec![strong("A poor hire")],
            plain(area.impact.poor_hire.clone()),
        ),
        (
            vec![strong("A good one")],
            plain(area.impact.good_hire.clone()),
        ),
    ]));
}

fn facts(area: &Area) -> Vec<(String, Rich)> {
    let facts = &area.facts;
    let mut all = vec![
        ("To assess well".to_owned(), front::difficulty(area)),
        (
            "Time".to_owned(),
            plain(format!(
                "{}, {}",
                minutes(facts.minutes),
                count(area.phases.len(), "phase", "phases")
            )),
        ),
        ("Needs".to_owned(), plain(facts.needs.clone())),
        ("Use when".to_owned(), plain(facts.use_when.clone())),
        ("You will know".to_owned(), plain(facts.outcome.clone())),
        ("Why here".to_owned(), plain(facts.advantage.clone())),
        (
            "In the debrief".to_owned(),
            labelled(&format!("{}.", area.line.title), &area.line.question),
        ),
    ];
    if !area.scenarios.is_empty() {
        all.push((
            "Running scenarios".to_owned(),
            vec![mono(area.scenarios.join(", "))],
        ));
    }
    all
}

fn prompts(area: &Area, out: &mut Out) {
    let texts: Vec<&str> = area.prompts.iter().map(|p| p.text.as_str()).collect();
    let aside = match texts.len() {
        1 => format!("read aloud, {}", spoken_for(&texts)),
        _ => "read aloud, each in its phase".to_owned(),
    };
    let title = if texts.len() == 1 {
        "Prompt"
    } else {
        "Prompts"
    };
    out.h2(&format!("{}-prompt", area.id), title, &aside);
    for prompt in &area.prompts {
        if texts.len() > 1 {
            let name = prompt_name(area, &prompt.id);
            let aside = format!(
                "{}, {}",
                phase_of(area, &prompt.id),
                spoken_for(&[&prompt.text])
            );
            out.h3(
                &format!("{}-{}", area.id, prompt.id),
                &name,
                aside.trim_start_matches(", "),
            );
        }
        out.say(Tone::Spoken, &prompt.text);
        out.say(Tone::Aside, &prompt.note);
    }
}

/// “Prompt”, or “Prompt A” where an area has several.
pub fn prompt_name(area: &Area, id: &str) -> String {
    let place = area.prompts.iter().position(|p| p.id == id).unwrap_or(0);
    match area.prompts.len() {
        0 | 1 => "Prompt".to_owned(),
        _ => match u8::try_from(place).ok().filter(|p| *p < 26) {
            Some(place) => format!("Prompt {}", char::from(b'A' + place)),
            None => format!("Prompt {}", place + 1),
        },
    }
}

fn phase_of(area: &Area, prompt: &str) -> String {
    let phases: Vec<&str> = area
        .phases
        .iter()
        .filter(|p| p.prompts.iter().any(|id| id == prompt))
        .map(|p| p.title.as_str())
        .collect();
    match phases.is_empty() {
        true => String::new(),
        false => format!("in “{}”", phases.join("”, “")),
    }
}

pub fn follow_up(follow_up: &seatrial_kit::FollowUp, tick: bool, sounds: bool) -> Margin {
    let mut below = Vec::new();
    if sounds && !follow_up.shallow.is_empty() {
        below.push(vec![strong("Polished "), muted(follow_up.shallow.clone())]);
    }
    if sounds && !follow_up.lived.is_empty() {
        below.push(vec![strong("Lived "), muted(follow_up.lived.clone())]);
    }
    Margin {
        head: if follow_up.separates {
            "Separates".to_owned()
        } else {
            String::new()
        },
        margin: follow_up.moment.clone(),
        tick,
        text: plain(follow_up.text.clone()),
        spoken: true,
        below,
    }
}

pub fn two_voices(area: &Area, voices: &Voices, out: &mut Out) {
    let prompt = area.prompts.iter().find(|p| p.id == voices.question);
    let asked = area.follow_ups.iter().find(|f| f.id == voices.question);
    let question = match (prompt, asked) {
        (Some(prompt), _) => format!("On the {}", lower_first(&prompt_name(area, &prompt.id))),
        (None, Some(asked)) => quoted(&asked.text),
        (None, None) => String::new(),
    };
    out.h3(
        &format!("{}-voices-{}", area.id, voices.question),
        &question,
        "",
    );
    out.push(Block::Columns(vec![
        (
            vec![strong("Polished, shallow")],
            plain(quoted(&voices.shallow)),
        ),
        (vec![strong("Lived")], plain(quoted(&voices.lived))),
    ]));
    if let Some(split) = area.follow_ups.iter().find(|f| f.id == voices.split_by) {
        out.rich(
            Tone::Body,
            labelled("What splits them:", &quoted(&split.text)),
        );
    }
}

fn lower_first(s: &str) -> String {
    let mut chars = s.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

pub fn signals(area: &Area) -> Vec<SignalRow> {
    area.signals
        .iter()
        .enumerate()
        .map(|(i, s)| SignalRow {
            number: i + 1,
            text: s.text.clone(),
            counts: s.counts.clone(),
        })
        .collect()
}

fn phase_row(phase: &Phase) -> Vec<Rich> {
    let mut row = vec![vec![
        strong(phase.title.clone()),
        muted(format!(" {} min", phase.minutes)),
        muted(format!("\n\n{}", phase.aim)),
    ]];
    row.extend(phase.hints.iter().map(|hint| plain(hint.clone())));
    row.resize(4, Rich::new());
    row
}

/// With `tick`, each cell begins with a box, so that the table is where levels are pencilled.
pub fn rubric(area: &Area, tick: bool) -> Table {
    let cell = |s: &str| match tick {
        true => vec![crate::doc::Inline::Mark(crate::doc::Mark::Tick), text(s)],
        false => plain(s),
    };
    let rubric = &area.rubric;
    let mut rows: Vec<Vec<Rich>> = rubric
        .behaviours
        .iter()
        .map(|b| {
            vec![
                vec![strong(b.title.clone())],
                cell(&b.weak),
                cell(&b.good),
                cell(&b.excellent),
            ]
        })
        .collect();
    rows.push(vec![
        vec![strong("The area as a whole")],
        cell(&rubric.weak),
        cell(&rubric.good),
        cell(&rubric.excellent),
    ]);
    Table {
        kind: TableKind::Rubric,
        columns: level_columns(0.16),
        rows,
    }
}

pub fn level_columns(first: f32) -> Vec<Column> {
    let share = (1.0 - first) / 3.0;
    let mut columns = vec![Column {
        title: plain("Behaviour"),
        share: first,
    }];
    for l in [Level::Weak, Level::Good, Level::Excellent] {
        columns.push(Column {
            title: level(Some(l)),
            share,
        });
    }
    columns
}

pub fn columns(list: &[(&str, f32)]) -> Vec<Column> {
    list.iter()
        .map(|(title, share)| Column {
            title: plain(*title),
            share: *share,
        })
        .collect()
}
