//! areas/<id>.yaml: one area, complete enough to hold an interview from.

use seatrial_source::{Fields, Node, Spanned};

use super::questions::{self, Place, QUESTION};
use super::{Cx, in_area, number, own_id, phases, rubric, style, values};
use crate::{Area, Facts, Impact, Line, MiniCase, SoundAnswer, SoundStep};

pub(crate) fn area(cx: Cx<'_>, tree: &Node, id: &str, number: u32) -> Option<Area> {
    let within = in_area(id);
    for kind in [
        QUESTION,
        "prompt",
        "follow-up",
        "signal",
        "phase",
        "rubric row",
    ] {
        cx.names.open(kind, &within);
    }
    cx.at.map(tree, "area", |f| {
        let id = own_id(f, "area", id);
        let (title, short, hook, summary) = (
            f.text("title"),
            f.text("short"),
            f.text("hook"),
            f.text("summary"),
        );
        let line = f.one("line", "line", |f| Line {
            title: f.text("title"),
            question: f.text("question"),
        });
        let facts = facts(f);
        let scenarios = f.ids("scenarios");
        cx.names.refer_all(cx.at, "scenario", "", &scenarios);
        let place = Place {
            within: &within,
            area: &id,
        };
        let prompts = f.list("prompts", "prompt", |f| questions::prompt(cx, f, &place));
        let follow_ups = f.list("follow_ups", "follow-up", |f| {
            questions::follow_up(cx, f, &place, None)
        });
        questions::some_separate(f, "follow_ups", "area", follow_ups.iter());
        let sound_answer = sound_answer(f);
        let voices = f.list("voices", "pair of voices", |f| {
            questions::voices(cx, f, &within)
        });
        let signals = rubric::signals(cx, f, &id);
        let red_flags = rubric::red_flags(cx, f, &id);
        let minutes = facts.as_ref().and_then(|(_, minutes)| minutes.as_ref());
        let phases = phases::phases(cx, f, &within, minutes);
        phases::every_prompt_is_read(f, &prompts, &phases);
        let mini_case = f.one("mini_case", "mini case", |f| MiniCase {
            situation: f.text("situation"),
            question: f.text("question"),
            discussion: f.text("discussion"),
        });
        let rubric = rubric::rubric(cx, f, &id);
        let impact = f.one("impact", "impact", |f| Impact {
            weight: f.text("weight"),
            poor_hire: f.text("poor_hire"),
            good_hire: f.text("good_hire"),
        });
        let exercises = f.optional_ids("exercises");
        cx.names.refer_all(cx.at, "exercise", &within, &exercises);
        Some(Area {
            id,
            number,
            title,
            short,
            hook,
            summary,
            line: line?,
            facts: facts?.0,
            scenarios: values(scenarios),
            prompts: prompts.into_iter().map(|(prompt, _)| prompt).collect(),
            follow_ups,
            sound_answer: sound_answer?,
            voices,
            signals,
            red_flags,
            phases,
            mini_case: mini_case?,
            rubric: rubric?,
            impact: impact?,
            exercises: values(exercises),
        })
    })?
}

/// The planning facts, and where the minutes stand.
fn facts(f: &mut Fields<'_>) -> Option<(Facts, Option<Spanned<u32>>)> {
    f.one("facts", "group of facts", |f| {
        let minutes = f.int("minutes", 5..=240);
        let facts = Facts {
            minutes: number(&minutes),
            difficulty: number(&f.int("difficulty", 1..=5)),
            difficulty_note: f.text("difficulty_note"),
            needs: f.text("needs"),
            use_when: f.text("use_when"),
            outcome: f.text("outcome"),
            advantage: f.text("advantage"),
        };
        (facts, minutes)
    })
}

fn sound_answer(f: &mut Fields<'_>) -> Option<SoundAnswer> {
    f.one("sound_answer", "sound answer", |f| {
        let steps = f.list("steps", "step", |f| {
            let title = f.spanned("title");
            style::word_count(f, "title", &title, 1..=3);
            SoundStep {
                title: title.value,
                text: f.text("text"),
                often_missing: f.flag("often_missing"),
            }
        });
        style::list_size(f, "steps", steps.len(), 4..=6);
        SoundAnswer {
            steps,
            text: f.text("text"),
        }
    })
}
