//! A scenario's plan: the lead through its phases, what to listen for, the guide, the candidate's brief, and a sheet to
//! hold the interview on paper.

use super::area::{columns, follow_up, rubric, two_voices};
use super::{Out, count, labelled, labelled_muted, minutes, quoted, sheet, spoken_for};
use crate::doc::{
    Block, Inline, Mark, Rich, SignalRow, Table, TableKind, Tone, mono, muted, plain, strong, text,
};
use seatrial_kit::{Area, ArmedFault, ClockStart, Kit, PlanPhase, ScenarioPlan, SlowsOn};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// As it is read.
    Read,
    /// With the sheet for paper.
    Paper,
}

pub fn plan(kit: &Kit, plan: &ScenarioPlan, detail: Detail, out: &mut Out) {
    let Some(laid) = kit.with_plan(&plan.scenario) else {
        return;
    };
    let id = |section: &str| format!("plan-{}-{section}", plan.scenario);
    out.h1(
        &format!("plan-{}", plan.scenario),
        "Plan of a scenario",
        &plan.title,
    );
    out.rich(
        Tone::PanelOnly,
        plain("For the panel. The candidate gets the brief, and nothing else of this."),
    );
    out.say(Tone::Lede, &plan.hook);
    out.push(Block::Facts(facts(&laid, plan)));
    out.push(Block::Table(course(&laid, plan)));

    for phase in &plan.phases {
        one_phase(&laid, plan, phase, out);
    }

    out.h2(
        &id("signals"),
        "Signals",
        "tick what you hear or see: unprompted, or prompted by a follow-up or hint",
    );
    out.push(Block::Signals(signals(&laid, plan)));
    out.h2(
        &id("red-flags"),
        "Worrying to hear",
        "a reason to ask, not a verdict",
    );
    out.push(Block::Table(Table {
        kind: TableKind::Plain,
        columns: columns(&[("You hear", 0.42), ("Ask then", 0.58)]),
        rows: plan
            .red_flags
            .iter()
            .map(|f| vec![plain(quoted(&f.says)), plain(f.ask_then.clone())])
            .collect(),
    }));
    out.h2(&id("regret"), "One regret", "while looking back");
    out.say(Tone::SpokenSmall, &plan.regret_probe.ask);
    out.push(Block::Columns(vec![
        (
            vec![strong("Experience answers")],
            plain(plan.regret_probe.experience.clone()),
        ),
        (
            vec![strong("Its absence answers")],
            plain(plan.regret_probe.absence.clone()),
        ),
    ]));
    out.h2(&id("reveal"), "The reveal", "after levels are pencilled");
    out.say(Tone::Body, &plan.reveal.text);
    let reveal = &plan.reveal;
    out.rich(
        Tone::Aside,
        vec![
            muted("The same customers, with "),
            mono(format!("{}: {}", reveal.decision, reveal.option)),
        ],
    );
    guide(plan, out);
    brief(plan, out);
    if detail == Detail::Paper {
        paper(&laid, plan, out);
    }
}

fn facts(kit: &Kit, plan: &ScenarioPlan) -> Vec<(String, Rich)> {
    let areas: Vec<&str> = plan.areas.iter().map(|id| title(kit, id)).collect();
    let faults: usize = plan.phases.iter().map(|phase| phase.faults.len()).sum();
    vec![
        ("Scenario".to_owned(), vec![mono(plan.scenario.clone())]),
        ("Evidence for".to_owned(), plain(areas.join(", "))),
        (
            "Time".to_owned(),
            plain(format!(
                "{}, {}",
                minutes(plan.minutes),
                count(plan.phases.len(), "phase", "phases")
            )),
        ),
        (
            "Waits to be fired".to_owned(),
            plain(count(faults, "fault", "faults")),
        ),
    ]
}

fn title<'k>(kit: &'k Kit, area: &'k str) -> &'k str {
    area_of(kit, area).map_or(area, |area| area.short.as_str())
}

fn area_of<'k>(kit: &'k Kit, id: &str) -> Option<&'k Area> {
    kit.areas.iter().find(|area| area.id == id)
}

/// The whole interview in one table.
fn course(kit: &Kit, plan: &ScenarioPlan) -> Table {
    let mut from = 0;
    let rows = plan
        .phases
        .iter()
        .map(|phase| {
            let to = from + phase.minutes;
            let faults: Vec<String> = phase
                .faults
                .iter()
                .map(|f| format!("{}, {}", f.title, window(f)))
                .collect();
            let row = vec![
                plain(format!("{from}–{to}")),
                vec![
                    strong(phase.title.clone()),
                    muted(format!("\n\n{}", title(kit, &phase.area))),
                ],
                plain(phase.aim.clone()),
                plain(clock(phase)),
                plain(faults.join("\n\n")),
            ];
            from = to;
            row
        })
        .collect();
    Table {
        kind: TableKind::Plain,
        columns: columns(&[
            ("Minutes", 0.1),
            ("Phase", 0.2),
            ("What it is for", 0.3),
            ("The scenario’s clock", 0.18),
            ("Armed", 0.22),
        ]),
        rows,
    }
}

fn window(fault: &ArmedFault) -> String {
    format!(
        "virtual minutes {} to {}",
        fault.from_minutes, fault.to_minutes
    )
}

fn clock(phase: &PlanPhase) -> String {
    let start = match (phase.clock.start, phase.clock.speed) {
        (ClockStart::Stands, 1) => return "stands".to_owned(),
        (ClockStart::Stands, speed) => format!("stands, then {speed}×"),
        (ClockStart::Runs, speed) => format!("runs at {speed}×"),
    };
    let word = |slows: &SlowsOn| match slows {
        SlowsOn::Alert => "an alert",
        SlowsOn::Ticket => "a ticket",
        SlowsOn::Move => "a move",
    };
    let slows: Vec<&str> = phase.clock.slows_on.iter().map(word).collect();
    match slows.is_empty() {
        true => start,
        false => format!("{start}; {} brings it to 1×", slows.join(" or ")),
    }
}

fn one_phase(kit: &Kit, plan: &ScenarioPlan, phase: &PlanPhase, out: &mut Out) {
    let aside = format!("{}, {}", minutes(phase.minutes), title(kit, &phase.area));
    out.h2(
        &format!("plan-{}-{}", plan.scenario, phase.id),
        &phase.title,
        &aside,
    );
    out.say(Tone::Body, &phase.aim);
    for (label, names) in [
        ("Decisions talked about", &phase.decisions),
        ("Keep in sight", &phase.watch),
    ] {
        if !names.is_empty() {
            out.rich(
                Tone::Aside,
                vec![muted(format!("{label}: ")), mono(names.join(", "))],
            );
        }
    }
    for prompt in &phase.prompts {
        out.rich(
            Tone::Aside,
            plain(format!("Read aloud, {}.", spoken_for(&[&prompt.text]))),
        );
        out.say(Tone::Spoken, &prompt.text);
        out.say(Tone::Aside, &prompt.note);
    }
    if !phase.faults.is_empty() {
        out.push(Block::Table(Table {
            kind: TableKind::Named,
            columns: columns(&[("Armed", 0.34), ("Fire it", 0.2), ("What it reveals", 0.46)]),
            rows: phase
                .faults
                .iter()
                .map(|fault| {
                    vec![
                        vec![
                            strong(fault.title.clone()),
                            muted(format!("\n\n{}", fault.fault)),
                        ],
                        plain(window(fault)),
                        plain(fault.reveals.clone()),
                    ]
                })
                .collect(),
        }));
    }
    if !phase.follow_ups.is_empty() {
        out.push(Block::Margins(
            phase
                .follow_ups
                .iter()
                .map(|f| follow_up(f, false, true))
                .collect(),
        ));
    }
    if let Some(area) = area_of(kit, &phase.area) {
        for voices in &phase.voices {
            two_voices(area, voices, out);
        }
    }
    out.push(Block::Bullets(
        ["First hint:", "Second:", "Third:"]
            .iter()
            .zip(&phase.hints)
            .map(|(label, hint)| labelled_muted(label, hint))
            .collect(),
    ));
}

fn signals(kit: &Kit, plan: &ScenarioPlan) -> Vec<SignalRow> {
    plan.signals
        .iter()
        .enumerate()
        .map(|(i, signal)| SignalRow {
            number: i + 1,
            text: signal.text.clone(),
            counts: match signal.counts.is_empty() {
                true => title(kit, &signal.area).to_owned(),
                false => format!("{}; {}", title(kit, &signal.area), signal.counts),
            },
        })
        .collect()
}

fn guide(plan: &ScenarioPlan, out: &mut Out) {
    let guide = &plan.guide;
    let id = |section: &str| format!("plan-{}-{section}", plan.scenario);
    out.h2(
        &id("guide"),
        "For the interviewer",
        "to read the day before",
    );
    out.say(Tone::Body, &guide.system);
    for (section, heading, all) in [
        ("strong", "Strong candidates", &guide.strong),
        ("weak", "Weak ones", &guide.weak),
    ] {
        out.h3(&id(section), heading, "");
        out.push(Block::Bullets(
            all.iter().map(|line| plain(line.clone())).collect(),
        ));
    }
    out.h3(&id("faults"), "When a fault strikes", "");
    out.push(Block::Table(Table {
        kind: TableKind::Named,
        columns: columns(&[
            ("Fault", 0.18),
            ("What can be seen", 0.34),
            ("Strong", 0.24),
            ("Weak", 0.24),
        ]),
        rows: guide
            .faults
            .iter()
            .map(|told| {
                let armed = plan.phases.iter().flat_map(|phase| &phase.faults);
                let name = armed
                    .clone()
                    .find(|armed| armed.fault == told.fault)
                    .map_or(&told.fault, |armed| &armed.title);
                vec![
                    vec![strong(name.clone())],
                    plain(told.shows.clone()),
                    plain(told.strong.clone()),
                    plain(told.weak.clone()),
                ]
            })
            .collect(),
    }));
    out.h3(&id("traps"), "Where interviewers go wrong", "");
    for trap in &guide.traps {
        out.rich(
            Tone::Body,
            labelled(&format!("{}.", trap.title), &trap.text),
        );
    }
}

/// A page of its own: it may be handed over.
fn brief(plan: &ScenarioPlan, out: &mut Out) {
    let id = format!("plan-{}-brief", plan.scenario);
    out.h1(&id, "For the candidate", &plan.brief.title);
    out.say(Tone::Body, &plan.brief.story);
    out.h2(&format!("{id}-task"), "What is wanted", "");
    out.say(Tone::Body, &plan.brief.task);
    out.h2(&format!("{id}-can"), "What you can do", "");
    let bullets = |all: &[String]| all.iter().map(|line| plain(line.clone())).collect();
    out.push(Block::Bullets(bullets(&plan.brief.can)));
    out.h2(&format!("{id}-assessed"), "What is assessed", "");
    out.push(Block::Bullets(bullets(&plan.brief.assessed)));
}

/// The interview with a pencil; without the running system each fault is told instead of fired.
fn paper(kit: &Kit, plan: &ScenarioPlan, out: &mut Out) {
    let id = |section: &str| format!("plan-{}-paper-{section}", plan.scenario);
    out.h1(
        &format!("plan-{}-paper", plan.scenario),
        "On paper",
        &plan.title,
    );
    out.say(
        Tone::Aside,
        "Without the running system, tell what breaks in place of firing it: “It is now that …”. Then let them ask what they \
         would see.",
    );
    sheet::who(out);
    let mut from = 0;
    for phase in &plan.phases {
        let to = from + phase.minutes;
        out.h2(&id(&phase.id), &phase.title, &format!("{from}–{to}"));
        from = to;
        for prompt in &phase.prompts {
            out.say(Tone::SpokenSmall, &prompt.text);
        }
        if !phase.faults.is_empty() {
            out.push(Block::Bullets(phase.faults.iter().map(told).collect()));
        }
        if !phase.follow_ups.is_empty() {
            let rows = phase.follow_ups.iter().map(|f| follow_up(f, true, false));
            out.push(Block::Margins(rows.collect()));
        }
        out.push(Block::Bullets(
            phase
                .hints
                .iter()
                .map(|hint| {
                    vec![
                        Inline::Mark(Mark::Tick),
                        muted("Hint: "),
                        text(hint.clone()),
                    ]
                })
                .collect(),
        ));
    }
    out.h2(
        &id("signals"),
        "Signals",
        "U unprompted, P prompted by a follow-up or hint",
    );
    out.push(Block::Signals(signals(kit, plan)));
    for area in plan.areas.iter().filter_map(|id| area_of(kit, id)) {
        out.h2(
            &id(&format!("levels-{}", area.id)),
            &format!("Pencilled level, {}", area.short),
            "behaviour by behaviour, then the whole",
        );
        out.push(Block::Table(rubric(area, true)));
        sheet::confidence(out);
    }
    sheet::notes(&id("end"), out);
}

/// A fault on paper: something to say, with a box.
fn told(fault: &ArmedFault) -> Rich {
    vec![
        Inline::Mark(Mark::Tick),
        strong(format!("{}. ", fault.title)),
        muted(fault.reveals.clone()),
    ]
}
