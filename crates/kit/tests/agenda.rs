//! The phases of an interview, and which follow-ups fit: laws for every kit, and what they are for these two.

mod common;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use seatrial_kit::{AgendaPhase, Area, Heard, Kit, area_agenda, load, relevant, session_agenda};

static SMALL: LazyLock<Kit> = LazyLock::new(|| load(&common::small()).0.expect("no mistakes"));

fn small() -> &'static Kit {
    &SMALL
}

fn shipped() -> Kit {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kits/microservices");
    load(&common::folder(&root)).0.expect("no mistakes")
}

fn consistency(kit: &Kit) -> &Area {
    &kit.areas[0]
}

fn set(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn drawn(agenda: &[AgendaPhase]) -> String {
    let line = |p: &AgendaPhase| {
        let asked = [&p.prompts, &p.follow_ups, &p.exercises].map(|ids| ids.join(" "));
        format!("{:>3}  {:<30} {}", p.minutes, p.id, asked.join(" | "))
    };
    agenda.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_area_scaled() {
    let kit = small();
    let of = |minutes| drawn(&area_agenda(consistency(kit), minutes));
    let all = [
        None,
        Some(60),
        Some(30),
        Some(7),
        Some(4),
        Some(2),
        Some(1),
        Some(0),
    ];
    insta::assert_snapshot!(
        all.map(|minutes| format!("{minutes:?}\n{}\n", of(minutes)))
            .join("\n")
    );
}

#[test]
fn the_sessions_of_a_pack() {
    let kit = small();
    let sessions = kit.packs[0].sessions.iter();
    let all = sessions.map(|s| format!("{}\n{}\n", s.title, drawn(&session_agenda(kit, s))));
    insta::assert_snapshot!(all.collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_session_that_is_shipped_holds_what_it_plans() {
    let kit = shipped();
    for session in kit.packs.iter().flat_map(|pack| &pack.sessions) {
        let agenda = session_agenda(&kit, session);
        let closing =
            |p: &AgendaPhase| p.id.ends_with("/looking-back") || p.id.ends_with("/their-questions");
        assert_eq!(
            agenda.iter().filter(|p| closing(p)).count(),
            2,
            "{}",
            session.id
        );
        assert!(agenda.iter().rev().take(2).all(closing), "{}", session.id);
        for item in &session.items {
            let phases: Vec<&AgendaPhase> = agenda.iter().filter(|p| p.area == item.area).collect();
            let minutes: u32 = phases.iter().map(|p| p.minutes).sum();
            assert_eq!(minutes, item.minutes, "{} {}", session.id, item.area);
            let planned = |of: fn(&AgendaPhase) -> &Vec<String>| -> BTreeSet<&String> {
                phases.iter().flat_map(|p| of(p)).collect()
            };
            assert_eq!(planned(|p| &p.prompts), item.prompts.iter().collect());
            assert_eq!(planned(|p| &p.follow_ups), item.follow_ups.iter().collect());
            assert_eq!(planned(|p| &p.exercises), item.exercises.iter().collect());
        }
    }
}

#[test]
fn at_least_one_follow_up_fits_in_every_working_phase() {
    for area in &shipped().areas {
        let working = area.phases.len() - 2;
        for phase in area.phases.iter().take(working) {
            let heard = Heard {
                phase: &phase.id,
                signals: &set(&[]),
                asked: &set(&[]),
            };
            assert!(
                !relevant(area, &heard, 3).is_empty(),
                "{}/{}",
                area.id,
                phase.id
            );
        }
    }
}

#[test]
fn what_fits_depends_on_phase_and_on_what_was_heard() {
    let kit = small();
    let fits = |phase: &str, signals: &[&str], asked: &[&str]| -> Vec<String> {
        let (signals, asked) = (set(signals), set(asked));
        let heard = Heard {
            phase,
            signals: &signals,
            asked: &asked,
        };
        relevant(consistency(kit), &heard, 9)
            .iter()
            .map(|f| f.id.clone())
            .collect()
    };
    assert_eq!(fits("open", &[], &[]), ["who-signs"]);
    assert_eq!(fits("breaks", &[], &[]), ["late-and-twice", "who-signs"]);
    assert_eq!(
        fits("breaks", &["own-state"], &[]),
        ["worst-case", "late-and-twice", "who-signs"]
    );
    assert_eq!(
        fits("consistency/breaks", &["own-state"], &[]),
        ["worst-case", "late-and-twice", "who-signs"]
    );
    assert_eq!(
        fits("breaks", &["own-state", "key-on-charge"], &[]),
        ["worst-case", "who-signs"]
    );
    assert_eq!(
        fits("breaks", &["own-state"], &["worst-case"]),
        ["late-and-twice", "who-signs"]
    );
    assert_eq!(
        fits("looking-back", &[], &[]),
        ["refund-twice", "who-signs"]
    );
}

proptest! {
    #[test]
    fn minutes_are_exact_and_nothing_planned_is_lost(minutes in 0u32..300, area in 0usize..2) {
        let kit = small();
        let area = &kit.areas[area];
        let agenda = area_agenda(area, Some(minutes));
        prop_assert_eq!(agenda.iter().map(|p| p.minutes).sum::<u32>(), minutes);
        prop_assert!(agenda.iter().all(|p| p.minutes > 0 && p.hints.len() == 3));
        prop_assert_eq!(agenda.len(), area.phases.len().min(minutes as usize));
        if minutes > 0 {
            let asked: BTreeSet<&String> = agenda.iter().flat_map(|p| p.prompts.iter().chain(&p.follow_ups)).collect();
            let kit_has: BTreeSet<&String> = area.prompts.iter().map(|p| &p.id).chain(area.follow_ups.iter().map(|f| &f.id)).collect();
            prop_assert_eq!(asked, kit_has);
        }
    }

    #[test]
    fn what_is_relevant_keeps_its_promises(
        phase in prop::sample::select(vec!["open", "design", "breaks", "looking-back", "nowhere"]),
        signals in prop::collection::btree_set(prop::sample::select(vec!["own-state", "key-on-charge", "stuck-alert"]), 0..3),
        asked in prop::collection::btree_set(prop::sample::select(vec!["worst-case", "late-and-twice", "who-signs"]), 0..3),
        limit in 0usize..5,
    ) {
        let kit = small();
        let signals: BTreeSet<String> = signals.into_iter().map(str::to_owned).collect();
        let asked: BTreeSet<String> = asked.into_iter().map(str::to_owned).collect();
        let heard = Heard { phase, signals: &signals, asked: &asked };
        let found = relevant(consistency(kit), &heard, limit);
        prop_assert!(found.len() <= limit);
        prop_assert!(found.iter().all(|f| !asked.contains(&f.id)));
        prop_assert!(found.iter().all(|f| f.fits.after.iter().all(|s| signals.contains(s))));
        prop_assert!(found.iter().all(|f| f.fits.unless.iter().all(|s| !signals.contains(s))));
        let all = relevant(consistency(kit), &heard, usize::MAX);
        prop_assert_eq!(&all[..found.len()], &found[..]);
    }
}
