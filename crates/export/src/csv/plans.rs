//! A scenario's plan as rows. What it asks and listens for has the kinds that an area's has, with the area in its column.

use super::Row;
use super::rows::{follow_up, numbered, prompt, voices};
use seatrial_kit::ScenarioPlan;

pub fn plan(plan: &ScenarioPlan, rows: &mut Vec<Row>) {
    let of = |kind: &'static str| Row {
        kind,
        id: plan.scenario.clone(),
        ..Row::default()
    };
    rows.push(Row {
        text: plan.title.clone(),
        extra: plan.hook.clone(),
        minutes: Some(plan.minutes),
        ..of("plan")
    });
    let brief = &plan.brief;
    let told = [&brief.title, &brief.story, &brief.task].into_iter();
    rows.extend(numbered(told.chain(&brief.can).chain(&brief.assessed).map(
        |text| Row {
            text: text.clone(),
            ..of("brief")
        },
    )));
    for (i, phase) in plan.phases.iter().enumerate() {
        let id = format!("{}/{}", plan.scenario, phase.id);
        let of = |kind: &'static str| Row {
            area: phase.area.clone(),
            kind,
            id: id.clone(),
            ..Row::default()
        };
        rows.push(Row {
            number: i + 1,
            text: phase.title.clone(),
            extra: phase.aim.clone(),
            minutes: Some(phase.minutes),
            ..of("plan-phase")
        });
        let asked = phase.follow_ups.iter();
        rows.extend(numbered(
            phase.prompts.iter().map(|p| prompt(p, of("prompt"))),
        ));
        rows.extend(numbered(asked.map(|f| follow_up(f, of("follow-up")))));
        rows.extend(numbered(
            phase.voices.iter().map(|v| voices(v, of("voices"))),
        ));
        rows.extend(numbered(phase.hints.iter().map(|hint| Row {
            text: hint.clone(),
            ..of("hint")
        })));
        rows.extend(numbered(phase.faults.iter().map(|fault| Row {
            id: format!("{id}/{}", fault.fault),
            text: fault.title.clone(),
            extra: format!(
                "virtual minutes {} to {}; {}",
                fault.from_minutes, fault.to_minutes, fault.reveals
            ),
            ..of("armed-fault")
        })));
    }
    rows.extend(numbered(plan.signals.iter().map(|signal| Row {
        area: signal.area.clone(),
        id: signal.id.clone(),
        text: signal.text.clone(),
        extra: signal.counts.clone(),
        ..of("signal")
    })));
    rows.extend(numbered(plan.red_flags.iter().map(|flag| Row {
        area: flag.area.clone(),
        id: flag.id.clone(),
        text: flag.says.clone(),
        extra: flag.ask_then.clone(),
        ..of("red-flag")
    })));
    rows.push(Row {
        id: plan.regret_probe.id.clone(),
        text: plan.regret_probe.ask.clone(),
        weak: plan.regret_probe.absence.clone(),
        good: plan.regret_probe.experience.clone(),
        ..of("regret-probe")
    });
    rows.push(Row {
        text: plan.reveal.text.clone(),
        extra: format!("{}: {}", plan.reveal.decision, plan.reveal.option),
        ..of("reveal")
    });
    guide(plan, &of, rows);
}

fn guide(plan: &ScenarioPlan, of: &dyn Fn(&'static str) -> Row, rows: &mut Vec<Row>) {
    rows.push(Row {
        text: plan.guide.system.clone(),
        ..of("guide")
    });
    rows.extend(numbered(plan.guide.strong.iter().map(|line| Row {
        good: line.clone(),
        ..of("guide")
    })));
    rows.extend(numbered(plan.guide.weak.iter().map(|line| Row {
        weak: line.clone(),
        ..of("guide")
    })));
    rows.extend(numbered(plan.guide.faults.iter().map(|told| Row {
        id: format!("{}/{}", plan.scenario, told.fault),
        text: told.shows.clone(),
        weak: told.weak.clone(),
        good: told.strong.clone(),
        ..of("guide-fault")
    })));
    rows.extend(numbered(plan.guide.traps.iter().map(|trap| Row {
        text: trap.title.clone(),
        extra: trap.text.clone(),
        ..of("trap")
    })));
}
