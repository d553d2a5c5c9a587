//! A kit's contents as rows, in the order of its files.

use super::Row;
use super::plans::plan;
use crate::part::{self, LoopSession, LoopSheet, Part};
use seatrial_kit::{
    Area, BarLine, Depth, Exercise, FollowUp, Kit, Level, Pack, Prompt, SessionItem, Voices,
};

pub fn rows(kit: &Kit, part: &Part) -> Vec<Row> {
    let mut rows = vec![Row {
        kind: "kit",
        id: kit.id.clone(),
        text: kit.title.clone(),
        extra: format!("version {}, hash {}", kit.version, kit.hash),
        ..Row::default()
    }];
    match part {
        Part::Whole => {
            rows[0].good = kit.summary.clone();
            across_before(kit, &mut rows);
            kit.areas.iter().for_each(|a| area(a, &mut rows));
            across_after(kit, &mut rows);
            kit.packs.iter().for_each(|p| pack(p, None, &mut rows));
            kit.exercises.iter().for_each(|e| exercise(e, &mut rows));
            rows.extend(numbered(kit.scenarios.iter().map(|s| Row {
                kind: "scenario",
                id: s.id.clone(),
                text: s.situation.clone(),
                ..Row::default()
            })));
            kit.plans.iter().for_each(|p| plan(p, &mut rows));
        }
        Part::Area(id) => {
            if let Ok(a) = part::area(kit, id) {
                area(a, &mut rows);
                a.exercises
                    .iter()
                    .filter_map(|id| part::exercise(kit, id).ok())
                    .for_each(|e| exercise(e, &mut rows));
            }
        }
        Part::Pack {
            pack: id,
            seniority,
        } => {
            if let Ok(p) = part::pack(kit, id) {
                pack(p, *seniority, &mut rows);
            }
        }
        Part::Plan(id) => {
            if let Ok(p) = part::plan(kit, id) {
                plan(p, &mut rows);
            }
        }
        Part::Loop(sheet) => opening(sheet, &mut rows),
    }
    rows
}

pub(super) fn numbered(rows: impl Iterator<Item = Row>) -> impl Iterator<Item = Row> {
    rows.enumerate().map(|(i, row)| Row {
        number: i + 1,
        ..row
    })
}

fn across_before(kit: &Kit, rows: &mut Vec<Row>) {
    rows.extend(numbered(kit.principles.iter().map(|p| Row {
        kind: "principle",
        id: p.id.clone(),
        text: p.title.clone(),
        extra: p.text.clone(),
        ..Row::default()
    })));
}

fn across_after(kit: &Kit, rows: &mut Vec<Row>) {
    rows.extend(numbered(kit.record_questions.iter().map(|q| Row {
        kind: "record-question",
        id: q.id.clone(),
        text: q.ask.clone(),
        weak: q.no_sounds.clone(),
        good: q.yes_sounds.clone(),
        ..Row::default()
    })));
    let trade = &kit.trade_off;
    rows.extend(numbered(
        [&trade.optimise, &trade.give_up, &trade.why]
            .into_iter()
            .map(|s| Row {
                kind: "trade-off",
                text: s.clone(),
                extra: trade.intro.clone(),
                ..Row::default()
            }),
    ));
    rows.extend(numbered(kit.regret_probes.iter().map(|p| Row {
        kind: "regret-probe",
        id: p.id.clone(),
        text: p.ask.clone(),
        extra: kit.regret_reading.clone(),
        weak: p.absence.clone(),
        good: p.experience.clone(),
        ..Row::default()
    })));
    rows.push(Row {
        kind: "t-shape",
        text: kit.t_shape.clone(),
        ..Row::default()
    });
}

fn area(area: &Area, rows: &mut Vec<Row>) {
    let of = |kind: &'static str| Row {
        area: area.id.clone(),
        kind,
        ..Row::default()
    };
    rows.push(Row {
        id: area.id.clone(),
        number: area.number as usize,
        text: area.title.clone(),
        extra: area.summary.clone(),
        minutes: Some(area.facts.minutes),
        ..of("area")
    });
    let facts = &area.facts;
    let planning = [
        (
            "difficulty",
            format!("{} of 5", facts.difficulty),
            facts.difficulty_note.clone(),
        ),
        ("needs", facts.needs.clone(), String::new()),
        ("use-when", facts.use_when.clone(), String::new()),
        ("outcome", facts.outcome.clone(), String::new()),
        ("advantage", facts.advantage.clone(), String::new()),
        (
            "debrief-line",
            area.line.title.clone(),
            area.line.question.clone(),
        ),
        ("scenarios", area.scenarios.join(", "), String::new()),
    ];
    rows.extend(planning.into_iter().map(|(id, text, extra)| Row {
        id: id.to_owned(),
        text,
        extra,
        ..of("fact")
    }));
    rows.extend(numbered(
        area.prompts.iter().map(|p| prompt(p, of("prompt"))),
    ));
    rows.extend(numbered(
        area.follow_ups
            .iter()
            .map(|f| follow_up(f, of("follow-up"))),
    ));
    rows.extend(numbered(area.sound_answer.steps.iter().map(|s| Row {
        text: s.title.clone(),
        extra: s.text.clone(),
        ..of("answer-step")
    })));
    rows.push(Row {
        text: area.sound_answer.text.clone(),
        ..of("answer")
    });
    rows.extend(numbered(
        area.voices.iter().map(|v| voices(v, of("voices"))),
    ));
    rows.extend(numbered(area.signals.iter().map(|s| Row {
        id: s.id.clone(),
        text: s.text.clone(),
        extra: s.counts.clone(),
        ..of("signal")
    })));
    rows.extend(numbered(area.red_flags.iter().map(|f| Row {
        id: f.id.clone(),
        text: f.says.clone(),
        extra: f.ask_then.clone(),
        ..of("red-flag")
    })));
    for (i, phase) in area.phases.iter().enumerate() {
        rows.push(Row {
            id: phase.id.clone(),
            number: i + 1,
            text: phase.title.clone(),
            extra: phase.aim.clone(),
            minutes: Some(phase.minutes),
            ..of("phase")
        });
        rows.extend(numbered(phase.hints.iter().map(|hint| Row {
            id: phase.id.clone(),
            text: hint.clone(),
            ..of("hint")
        })));
    }
    rows.push(Row {
        text: area.mini_case.question.clone(),
        extra: format!(
            "{}\n\n{}",
            area.mini_case.situation, area.mini_case.discussion
        ),
        ..of("mini-case")
    });
    rows.extend(numbered(area.rubric.behaviours.iter().map(|b| Row {
        id: b.id.clone(),
        text: b.title.clone(),
        extra: b.signals.join(", "),
        weak: b.weak.clone(),
        good: b.good.clone(),
        excellent: b.excellent.clone(),
        ..of("behaviour")
    })));
    rows.push(Row {
        weak: area.rubric.weak.clone(),
        good: area.rubric.good.clone(),
        excellent: area.rubric.excellent.clone(),
        ..of("rubric")
    });
    rows.push(Row {
        text: area.impact.weight.clone(),
        weak: area.impact.poor_hire.clone(),
        good: area.impact.good_hire.clone(),
        ..of("impact")
    });
}

pub(super) fn prompt(prompt: &Prompt, of: Row) -> Row {
    Row {
        id: prompt.id.clone(),
        text: prompt.text.clone(),
        extra: prompt.note.clone(),
        ..of
    }
}

pub(super) fn follow_up(follow_up: &FollowUp, of: Row) -> Row {
    let separates = if follow_up.separates {
        "separates; "
    } else {
        ""
    };
    Row {
        id: follow_up.id.clone(),
        text: follow_up.text.clone(),
        extra: format!("{separates}{}", follow_up.moment),
        weak: follow_up.shallow.clone(),
        good: follow_up.lived.clone(),
        ..of
    }
}

pub(super) fn voices(voices: &Voices, of: Row) -> Row {
    Row {
        id: voices.question.clone(),
        extra: format!("split by {}", voices.split_by),
        weak: voices.shallow.clone(),
        good: voices.lived.clone(),
        ..of
    }
}

fn pack(pack: &Pack, only: Option<&str>, rows: &mut Vec<Row>) {
    rows.push(Row {
        kind: "pack",
        id: pack.id.clone(),
        text: pack.title.clone(),
        extra: format!("{}\n\n{}", pack.summary, pack.emphasis),
        ..Row::default()
    });
    for seniority in pack
        .seniorities
        .iter()
        .filter(|s| only.is_none_or(|id| id == s.id))
    {
        bar(
            &format!("{}/{}", pack.id, seniority.id),
            &seniority.bar,
            &seniority.rules,
            rows,
        );
    }
    for (i, session) in pack.sessions.iter().enumerate() {
        let id = format!("{}/{}", pack.id, session.id);
        let about = format!("asked by {}; {}", session.asked_by, session.reason);
        self::session(&id, i + 1, &session.title, about, &session.items, rows);
    }
}

fn opening(sheet: &LoopSheet, rows: &mut Vec<Row>) {
    rows.push(Row {
        kind: "opening",
        text: sheet.title.clone(),
        extra: sheet.team.clone(),
        ..Row::default()
    });
    bar("opening", &sheet.bar, &sheet.rules, rows);
    for (
        i,
        LoopSession {
            title,
            asked_by,
            reason,
            items,
        },
    ) in sheet.sessions.iter().enumerate()
    {
        let about = format!("asked by {}; {reason}", asked_by.join(", "));
        session(
            &format!("opening/{}", i + 1),
            i + 1,
            title,
            about,
            items,
            rows,
        );
    }
}

fn bar(id: &str, bar: &[BarLine], rules: &[String], rows: &mut Vec<Row>) {
    rows.extend(numbered(bar.iter().map(|line| Row {
        area: line.area.clone(),
        kind: "bar",
        id: id.to_owned(),
        text: line.level.map_or("none", level).to_owned(),
        extra: line.reason.clone(),
        ..Row::default()
    })));
    rows.extend(numbered(rules.iter().map(|rule| Row {
        kind: "rule",
        id: id.to_owned(),
        text: rule.clone(),
        ..Row::default()
    })));
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Weak => "weak",
        Level::Good => "good",
        Level::Excellent => "excellent",
    }
}

fn session(
    id: &str,
    number: usize,
    title: &str,
    about: String,
    items: &[SessionItem],
    rows: &mut Vec<Row>,
) {
    rows.push(Row {
        kind: "session",
        id: id.to_owned(),
        number,
        text: title.to_owned(),
        extra: about,
        minutes: Some(items.iter().map(|i| i.minutes).sum()),
        ..Row::default()
    });
    rows.extend(numbered(items.iter().map(|item| {
        let depth = match item.depth {
            Depth::Deep => "deep",
            Depth::Steady => "steady",
        };
        let asks: Vec<&str> = [&item.prompts, &item.follow_ups, &item.exercises]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        Row {
            area: item.area.clone(),
            kind: "session-item",
            id: id.to_owned(),
            text: format!("{depth}: {}", asks.join(", ")),
            extra: item.reason.clone(),
            minutes: Some(item.minutes),
            ..Row::default()
        }
    })));
}

fn exercise(exercise: &Exercise, rows: &mut Vec<Row>) {
    let of = |kind: &'static str| Row {
        area: exercise.area.clone(),
        kind,
        id: exercise.id.clone(),
        ..Row::default()
    };
    rows.push(Row {
        text: exercise.title.clone(),
        extra: format!("{}\n\n{}", exercise.summary, exercise.prompt),
        minutes: Some(exercise.minutes),
        ..of("exercise")
    });
    rows.extend(numbered(exercise.material.iter().map(|m| Row {
        id: format!("{}/{}", exercise.id, m.id),
        text: m.title.clone(),
        extra: m.text.clone(),
        ..of("material")
    })));
    rows.extend(numbered(exercise.findings.iter().map(|f| Row {
        text: f.title.clone(),
        extra: format!("{}\n\nrarity {} of 3", f.text, f.rarity),
        ..of("finding")
    })));
    rows.extend(numbered(exercise.follow_ups.iter().map(|f| Row {
        text: f.clone(),
        ..of("exercise-follow-up")
    })));
    rows.push(Row {
        weak: exercise.weak.clone(),
        good: exercise.good.clone(),
        excellent: exercise.excellent.clone(),
        ..of("exercise-levels")
    });
}
