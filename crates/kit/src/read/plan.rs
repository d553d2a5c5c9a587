//! plans/<scenario>.yaml: how a running scenario is led. What is checked here is what a kit can know; names of the
//! scenario itself are handed on with their places (`Outside`).

use std::collections::BTreeSet;

use seatrial_source::{Fields, Node, Spanned};

use super::questions::{self, Place, QUESTION};
use super::{Cx, in_area, number, own_id, phases, plan_phase, rubric, style, values};
use crate::load::OutsideKind;
use crate::{
    Brief, FaultGuide, Guide, PlanRedFlag, PlanSignal, RegretProbe, Reveal, ScenarioPlan, Trap,
};

/// Where the names of a plan in one of its areas live.
pub(super) fn in_plan(plan: &str, area: &str) -> String {
    format!("plan {plan}, area {area}")
}

pub(crate) fn plan(cx: Cx<'_>, tree: &Node, id: &str) -> Option<ScenarioPlan> {
    let whole = format!("plan {id}");
    for kind in ["area", "fault", "phase"] {
        cx.names.open(kind, &whole);
    }
    cx.at.map(tree, "plan", |f| {
        let scenario = own_id(f, "plan", id);
        cx.outside(OutsideKind::Scenario, &scenario, &scenario, f.key("plan"));
        let (title, hook) = (f.text("title"), f.text("hook"));
        let minutes = f.int("minutes", 10..=240);
        let areas = areas(cx, f, &scenario);
        let brief = f.one("brief", "brief", |f| Brief {
            title: f.text("title"),
            story: f.text("story"),
            task: f.text("task"),
            can: values(f.texts("can")),
            assessed: values(f.texts("assessed")),
        });
        let mut all_timed = true;
        let phases = f.list("phases", "phase", |f| {
            plan_phase::phase(cx, f, &scenario, &mut all_timed)
        });
        style::list_size(f, "phases", phases.len(), 5..=8);
        if let Some(planned) = minutes.as_ref().filter(|_| all_timed) {
            let minutes = phases.iter().map(|phase| phase.minutes);
            phases::minutes_add_up(f, "plan", minutes, planned);
        }
        phases::closes_well(f, phases.iter().map(|phase| phase.id.as_str()));
        let follow_ups = phases.iter().flat_map(|phase| &phase.follow_ups);
        questions::some_separate(f, "phases", "plan", follow_ups);
        let signals = signals(cx, f, &scenario);
        let red_flags = red_flags(cx, f, &scenario);
        let regret_probe = f.one("regret_probe", "regret probe", |f| {
            let id = f.id("id");
            cx.names.define(cx.at, "regret probe", "", &id);
            RegretProbe {
                id: id.value,
                ask: f.text("ask"),
                experience: f.text("experience"),
                absence: f.text("absence"),
            }
        });
        let reveal = f.one("reveal", "reveal", |f| reveal(cx, f, &scenario));
        let armed: BTreeSet<&str> = phases
            .iter()
            .flat_map(|phase| &phase.faults)
            .map(|armed| armed.fault.as_str())
            .collect();
        let guide = f.one("guide", "guide", |f| guide(cx, f, &whole, &armed));
        Some(ScenarioPlan {
            scenario,
            title,
            hook,
            minutes: number(&minutes),
            areas,
            brief: brief?,
            phases,
            signals,
            red_flags,
            regret_probe: regret_probe?,
            reveal: reveal?,
            guide: guide?,
        })
    })?
}

fn areas(cx: Cx<'_>, f: &mut Fields<'_>, plan: &str) -> Vec<String> {
    let areas = f.ids("areas");
    cx.names.refer_all(cx.at, "area", "", &areas);
    for area in &areas {
        cx.names
            .define(cx.at, "area", &format!("plan {plan}"), area);
        cx.outside(OutsideKind::Area, plan, &area.value, area.span);
        let within = in_plan(plan, &area.value);
        for kind in [QUESTION, "prompt", "follow-up", "signal"] {
            cx.names.open(kind, &within);
        }
    }
    values(areas)
}

/// The area that something in a plan is about, which must be one of the plan's.
pub(super) fn area(cx: Cx<'_>, f: &mut Fields<'_>, plan: &str) -> String {
    let area = f.id("area");
    cx.names
        .refer(cx.at, "area", &format!("plan {plan}"), &area);
    area.value
}

fn signals(cx: Cx<'_>, f: &mut Fields<'_>, plan: &str) -> Vec<PlanSignal> {
    let mut read = 0;
    f.list("signals", "signal", |f| {
        read += 1;
        let id = f.id("id");
        if read == rubric::MOST_SIGNALS + 1 {
            let most = rubric::MOST_SIGNALS;
            let message = format!("this is signal number {read}; a plan has at most {most}");
            let help =
                "each has a key from 1 to 9 over all areas: merge two, or drop the one heard least";
            f.error(f.span(), "too-many-signals", message, help);
        }
        let area = area(cx, f, plan);
        let within = in_plan(plan, &area);
        let place = Place {
            within: &within,
            area: &area,
        };
        place.define(cx, "signal", &id);
        let rows = f.ids("rows");
        cx.names
            .refer_all(cx.at, "rubric row", &in_area(&area), &rows);
        let signal = rubric::signal(f, id.value);
        PlanSignal {
            id: signal.id,
            area,
            text: signal.text,
            short: signal.short,
            counts: signal.counts,
            rows: values(rows),
        }
    })
}

fn red_flags(cx: Cx<'_>, f: &mut Fields<'_>, plan: &str) -> Vec<PlanRedFlag> {
    f.list("red_flags", "red flag", |f| {
        let id = f.id("id");
        let area = area(cx, f, plan);
        let within = in_plan(plan, &area);
        let place = Place {
            within: &within,
            area: &area,
        };
        place.define(cx, "red flag", &id);
        PlanRedFlag {
            id: id.value,
            area,
            says: f.text("says"),
            ask_then: f.text("ask_then"),
        }
    })
}

fn reveal(cx: Cx<'_>, f: &mut Fields<'_>, plan: &str) -> Reveal {
    let text = f.text("text");
    let (decision, option) = (name(f, "decision"), name(f, "option"));
    cx.outside(OutsideKind::Decision, plan, &decision.value, decision.span);
    let of = OutsideKind::Option {
        of: decision.value.clone(),
    };
    cx.outside(of, plan, &option.value, option.span);
    Reveal {
        text,
        decision: decision.value,
        option: option.value,
    }
}

fn guide(cx: Cx<'_>, f: &mut Fields<'_>, whole: &str, armed: &BTreeSet<&str>) -> Guide {
    let system = f.text("system");
    let (strong, weak) = (values(f.texts("strong")), values(f.texts("weak")));
    let mut told: Vec<String> = Vec::new();
    let faults = f.list("faults", "fault", |f| {
        let fault = name(f, "fault");
        cx.names.refer(cx.at, "fault", whole, &fault);
        if !fault.value.is_empty() && told.contains(&fault.value) {
            f.twice(&fault);
        }
        told.push(fault.value.clone());
        FaultGuide {
            fault: fault.value,
            shows: f.text("shows"),
            strong: f.text("strong"),
            weak: f.text("weak"),
        }
    });
    let silent: Vec<&str> = armed
        .iter()
        .copied()
        .filter(|fault| !fault.is_empty() && !told.iter().any(|told| told == fault))
        .collect();
    // A name that is astray has been reported, and is probably this one.
    if !silent.is_empty() && told.iter().all(|told| armed.contains(told.as_str())) {
        let message = format!("the guide does not tell of {}", silent.join(", "));
        let help =
            "say of each armed fault what it shows, and what strong and weak candidates do then";
        f.error(f.key("faults"), "fault-untold", message, help);
    }
    let traps = f.list("traps", "trap", |f| Trap {
        title: f.text("title"),
        text: f.text("text"),
    });
    Guide {
        system,
        strong,
        weak,
        faults,
        traps,
    }
}

/// A name of the scenario: one word, whatever its letters.
pub(super) fn name(f: &mut Fields<'_>, key: &'static str) -> Spanned<String> {
    let name = f.spanned(key);
    one_word(f, key, name)
}

/// Names of the scenario, none twice; may be left out.
pub(super) fn names(f: &mut Fields<'_>, key: &'static str) -> Vec<Spanned<String>> {
    let mut names: Vec<Spanned<String>> = Vec::new();
    for name in f.optional_texts(key) {
        let name = one_word(f, key, name);
        if names.iter().any(|there| there.value == name.value) {
            f.twice(&name);
        } else if !name.value.is_empty() {
            names.push(name);
        }
    }
    names
}

fn one_word(f: &Fields<'_>, key: &str, name: Spanned<String>) -> Spanned<String> {
    if !name.value.contains(char::is_whitespace) {
        return name;
    }
    let message = format!("`{key}` names something of the scenario, so it is one word");
    f.error(
        name.span,
        "bad-name",
        message,
        "write the name as the scenario's file has it",
    );
    Spanned::default()
}
