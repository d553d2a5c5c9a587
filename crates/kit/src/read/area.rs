//! areas/<id>.yaml: one area, complete enough to hold an interview from.

use seatrial_source::{Fields, Node, Spanned};

use super::{Cx, in_area, number, own_id, phases, rubric, style, values};
use crate::{
    Area, Facts, Fits, FollowUp, Impact, Line, MiniCase, Prompt, SoundAnswer, SoundStep, Voices,
};

/// Prompts and follow-ups share their ids, since voices may answer either.
const QUESTION: &str = "prompt or follow-up";

pub(crate) fn area(cx: Cx<'_>, tree: &Node, id: &str, number: u32) -> Option<Area> {
    let within = in_area(id);
    for kind in [QUESTION, "prompt", "follow-up", "signal", "phase"] {
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
        let prompts = prompts(cx, f, &within);
        let follow_ups = follow_ups(cx, f, &within);
        let sound_answer = sound_answer(f);
        let voices = voices(cx, f, &within);
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

fn prompts(cx: Cx<'_>, f: &mut Fields<'_>, within: &str) -> Vec<(Prompt, Spanned<String>)> {
    f.list("prompts", "prompt", |f| {
        let id = f.id("id");
        if cx.names.define(cx.at, QUESTION, within, &id) || id.value.is_empty() {
            cx.names.define(cx.at, "prompt", within, &id);
        }
        let prompt = Prompt {
            id: id.value.clone(),
            text: f.text("text"),
            note: f.optional_text("note").value,
        };
        (prompt, id)
    })
}

fn follow_ups(cx: Cx<'_>, f: &mut Fields<'_>, within: &str) -> Vec<FollowUp> {
    let follow_ups = f.list("follow_ups", "follow-up", |f| {
        let id = f.id("id");
        if cx.names.define(cx.at, QUESTION, within, &id) || id.value.is_empty() {
            cx.names.define(cx.at, "follow-up", within, &id);
        }
        let (text, moment) = (f.text("text"), f.spanned("moment"));
        if moment.value.ends_with('.') {
            f.warn(
                moment.span,
                "moment-style",
                "`moment` ends with a full stop",
                "it is read after “Ask this …”: leave the full stop out",
            );
        }
        let fits = f.optional_one("fits", "group of conditions", |f| fits(cx, f, within));
        let separates = f.flag("separates");
        let (shallow, lived) = (f.spanned("shallow"), f.spanned("lived"));
        style::word_count(f, "shallow", &shallow, 1..=15);
        style::word_count(f, "lived", &lived, 1..=20);
        let fits = fits.unwrap_or(Fits {
            phases: Vec::new(),
            after: Vec::new(),
            unless: Vec::new(),
        });
        FollowUp {
            id: id.value,
            text,
            moment: moment.value,
            fits,
            separates,
            shallow: shallow.value,
            lived: lived.value,
        }
    });
    if !follow_ups.is_empty() && !follow_ups.iter().any(|follow_up| follow_up.separates) {
        let help = "mark the follow-up that only experience answers with `separates: true`";
        f.error(
            f.key("follow_ups"),
            "no-separating-follow-up",
            "no follow-up of this area separates",
            help,
        );
    }
    follow_ups
}

fn fits(cx: Cx<'_>, f: &mut Fields<'_>, within: &str) -> Fits {
    let (phases, after, unless) = (
        f.optional_ids("phases"),
        f.optional_ids("after"),
        f.optional_ids("unless"),
    );
    cx.names.refer_all(cx.at, "phase", within, &phases);
    cx.names.refer_all(cx.at, "signal", within, &after);
    cx.names.refer_all(cx.at, "signal", within, &unless);
    for both in unless
        .iter()
        .filter(|signal| after.iter().any(|a| a.value == signal.value))
    {
        let message = format!(
            "`{}` stands in `after` and in `unless`: this follow-up never fits",
            both.value
        );
        f.error(
            both.span,
            "never-fits",
            message,
            "keep it in one of the two",
        );
    }
    Fits {
        phases: values(phases),
        after: values(after),
        unless: values(unless),
    }
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

fn voices(cx: Cx<'_>, f: &mut Fields<'_>, within: &str) -> Vec<Voices> {
    f.list("voices", "pair of voices", |f| {
        let question = f.id("question");
        cx.names.refer(cx.at, QUESTION, within, &question);
        let (shallow, lived) = (f.spanned("shallow"), f.spanned("lived"));
        style::word_count(f, "shallow", &shallow, 35..=100);
        style::word_count(f, "lived", &lived, 35..=100);
        let split_by = f.id("split_by");
        cx.names.refer(cx.at, "follow-up", within, &split_by);
        Voices {
            question: question.value,
            shallow: shallow.value,
            lived: lived.value,
            split_by: split_by.value,
        }
    })
}
