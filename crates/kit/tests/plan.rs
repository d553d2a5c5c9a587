//! A plan laid over its areas: what changes, what stays, and that both views can be read by the same code.

mod common;

use std::collections::BTreeSet;

use seatrial_kit::{
    AgendaPhase, Area, Heard, Kit, OutsideKind, load, load_with_names, plan_agenda, relevant,
};

fn kit() -> Kit {
    load(&common::small()).0.expect("no mistakes")
}

fn area<'k>(kit: &'k Kit, id: &str) -> &'k Area {
    kit.areas
        .iter()
        .find(|area| area.id == id)
        .expect("an area of the small kit")
}

#[test]
fn the_agenda_is_the_plan_in_order() {
    let kit = kit();
    let plan = kit.plan("charge-lost").expect("a plan");
    let agenda = plan_agenda(plan);
    insta::assert_debug_snapshot!(agenda);
    assert_eq!(
        agenda.iter().map(|phase| phase.minutes).sum::<u32>(),
        plan.minutes
    );
}

#[test]
fn an_area_asks_what_the_plan_asks_and_keeps_its_rubric() {
    let kit = kit();
    let laid = kit.with_plan("charge-lost").expect("a plan");
    let (before, after) = (area(&kit, "consistency"), area(&laid, "consistency"));
    let ids = |all: &[seatrial_kit::Signal]| all.iter().map(|s| s.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&after.signals), ["asks-first", "names-them"]);
    assert_eq!(after.prompts.len(), 1);
    assert_eq!(after.red_flags.len(), 1);
    assert_eq!(
        after.rubric.behaviours.len(),
        before.rubric.behaviours.len()
    );
    for (row, was) in after
        .rubric
        .behaviours
        .iter()
        .zip(&before.rubric.behaviours)
    {
        assert_eq!((&row.title, &row.good), (&was.title, &was.good));
        assert!(
            row.signals
                .iter()
                .all(|id| after.signals.iter().any(|signal| signal.id == *id)),
            "{} points at a signal that nobody hears",
            row.id
        );
    }
    assert_eq!(after.facts, before.facts);
    assert_eq!(laid.regret_probes[0].id, "silence");
    assert!(kit.with_plan("red-build").is_none(), "it has no plan");
}

#[test]
fn with_all_plans_nothing_is_lost_and_nothing_is_meant_twice() {
    let kit = kit();
    let (all, laid) = (
        kit.with_all_plans(),
        kit.with_plan("charge-lost").expect("a plan"),
    );
    for one in &all.areas {
        let ids: Vec<&str> = one
            .signals
            .iter()
            .map(|s| s.id.as_str())
            .chain(one.prompts.iter().map(|p| p.id.as_str()))
            .chain(one.follow_ups.iter().map(|f| f.id.as_str()))
            .chain(one.red_flags.iter().map(|f| f.id.as_str()))
            .collect();
        for part in [area(&kit, &one.id), area(&laid, &one.id)] {
            for signal in &part.signals {
                assert!(one.signals.contains(signal), "{}", signal.id);
            }
            for follow_up in &part.follow_ups {
                assert!(one.follow_ups.contains(follow_up), "{}", follow_up.id);
            }
            for flag in &part.red_flags {
                assert!(one.red_flags.contains(flag), "{}", flag.id);
            }
        }
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    }
}

#[test]
fn follow_ups_fit_their_own_phase_and_no_other() {
    let laid = kit().with_plan("charge-lost").expect("a plan");
    let (none, heard) = (BTreeSet::new(), BTreeSet::from(["asks-first".to_owned()]));
    let at = |phase: &str, signals: &BTreeSet<String>| -> Vec<String> {
        let now = Heard {
            phase,
            signals,
            asked: &none,
        };
        let area = area(&laid, "consistency");
        relevant(area, &now, 9)
            .iter()
            .map(|f| f.id.clone())
            .collect()
    };
    assert_eq!(at("consistency/words", &none), ["after-silence"]);
    assert!(at("consistency/words", &heard).is_empty());
    assert_eq!(at("consistency/it-breaks", &none), ["who-pays"]);
}

#[test]
fn names_of_the_scenario_are_handed_on_with_their_places() {
    let files = common::small();
    let (_, _, names) = load_with_names(&files);
    let text = std::str::from_utf8(&files["plans/charge-lost.yaml"]).expect("text");
    for kind in [
        OutsideKind::Fault,
        OutsideKind::Decision,
        OutsideKind::Invariant,
        OutsideKind::Area,
        OutsideKind::Option {
            of: "no_answer".into(),
        },
    ] {
        assert!(names.iter().any(|name| name.kind == kind), "{kind:?}");
    }
    for name in names
        .iter()
        .filter(|name| name.kind != OutsideKind::Scenario)
    {
        assert_eq!(&text[name.span.start..name.span.end], name.name);
        assert_eq!(name.scenario, "charge-lost");
    }
}

#[test]
fn a_kit_from_before_there_were_plans_can_be_read() {
    let mut json = serde_json::to_value(kit()).expect("a kit is plain data");
    json.as_object_mut().expect("an object").remove("plans");
    let old: Kit = serde_json::from_value(json).expect("it needs no plans");
    assert!(old.plans.is_empty());
    let _: Vec<AgendaPhase> = old.plans.iter().flat_map(plan_agenda).collect();
}
