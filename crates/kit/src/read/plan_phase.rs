//! One phase of a plan: what is said, what may break, and how the scenario's clock goes meanwhile.

use seatrial_source::Fields;

use super::plan::{area, in_plan, name, names};
use super::questions::{self, Place};
use super::{Cx, number, phases, style, values};
use crate::load::OutsideKind;
use crate::{ArmedFault, ClockPolicy, ClockStart, PlanPhase, SlowsOn};

const STARTS: &[(&str, ClockStart)] = &[("stands", ClockStart::Stands), ("runs", ClockStart::Runs)];

const SLOWS_ON: &[(&str, SlowsOn)] = &[
    ("alert", SlowsOn::Alert),
    ("ticket", SlowsOn::Ticket),
    ("move", SlowsOn::Move),
];

/// Virtual seconds in a second; what happens faster than this nobody can follow.
const FASTEST: u32 = 16;

pub(super) fn phase(cx: Cx<'_>, f: &mut Fields<'_>, plan: &str, all_timed: &mut bool) -> PlanPhase {
    let whole = format!("plan {plan}");
    let id = f.id("id");
    cx.names.define(cx.at, "phase", &whole, &id);
    let title = f.text("title");
    let minutes = f.int("minutes", 1..=120);
    *all_timed &= minutes.is_some();
    let area = area(cx, f, plan);
    let within = in_plan(plan, &area);
    let place = Place {
        within: &within,
        area: &area,
    };
    let aim = f.text("aim");
    let clock = f
        .one("clock", "clock policy", clock)
        .unwrap_or(ClockPolicy {
            start: ClockStart::Stands,
            speed: 1,
            slows_on: Vec::new(),
        });
    let prompts = f.optional_list("prompts", "prompt", |f| questions::prompt(cx, f, &place).0);
    let follow_ups = f.optional_list("follow_ups", "follow-up", |f| {
        questions::follow_up(cx, f, &place, Some(&id.value))
    });
    let voices = f.optional_list("voices", "pair of voices", |f| {
        questions::voices(cx, f, &within)
    });
    let hints = phases::hints(f);
    let virtual_minutes = number(&minutes) * clock.speed;
    let faults = f.optional_list("faults", "armed fault", |f| {
        fault(cx, f, plan, virtual_minutes)
    });
    style::list_size(f, "faults", faults.len(), 1..=3);
    let (decisions, watch) = (names(f, "decisions"), names(f, "watch"));
    for (kind, all) in [
        (OutsideKind::Decision, &decisions),
        (OutsideKind::Invariant, &watch),
    ] {
        all.iter()
            .for_each(|name| cx.outside(kind.clone(), plan, &name.value, name.span));
    }
    PlanPhase {
        id: id.value,
        title,
        minutes: number(&minutes),
        area,
        aim,
        clock,
        prompts,
        follow_ups,
        voices,
        hints,
        faults,
        decisions: values(decisions),
        watch: values(watch),
    }
}

fn clock(f: &mut Fields<'_>) -> ClockPolicy {
    let start = f.choice("start", STARTS).unwrap_or(ClockStart::Stands);
    let speed = f.optional_int("speed", 1..=FASTEST);
    let slows_on = f.optional_choices("slows_on", "reason to slow down", SLOWS_ON);
    ClockPolicy {
        start,
        speed: speed.map_or(1, |speed| speed.value),
        slows_on,
    }
}

fn fault(cx: Cx<'_>, f: &mut Fields<'_>, plan: &str, virtual_minutes: u32) -> ArmedFault {
    let fault = name(f, "fault");
    // One fault may wait in several phases, for whoever is quicker or slower than planned.
    cx.names
        .know(cx.at, "fault", &format!("plan {plan}"), &fault);
    cx.outside(OutsideKind::Fault, plan, &fault.value, fault.span);
    let title = f.text("title");
    let window = f.one("window", "window", |f| {
        (f.int("from", 0..=600), f.int("to", 1..=600))
    });
    let (from, to) = window.unwrap_or_default();
    if let (Some(from), Some(to)) = (&from, &to) {
        if from.value >= to.value {
            let message = format!(
                "this window closes at minute {}, and opens at {}",
                to.value, from.value
            );
            let help = "`from` and `to` are virtual minutes since the phase began";
            f.error(to.span, "window-closed", message, help);
        } else if virtual_minutes > 0 && to.value > virtual_minutes {
            let message = format!(
                "this window is open until minute {}, and the phase has {virtual_minutes} virtual minutes",
                to.value
            );
            let help = "a phase has its minutes times its speed; fire it earlier, or let the clock run faster";
            f.error(to.span, "window-too-late", message, help);
        }
    }
    ArmedFault {
        fault: fault.value,
        title,
        from_minutes: number(&from),
        to_minutes: number(&to),
        reveals: f.text("reveals"),
    }
}
