//! The bar: written whole, changed with a reason, met by persons and never by sums.

mod common;

use common::{KIT, wall};
use proptest::prelude::*;
use seatrial_kit::{BarLine, Level};
use seatrial_panel::bar::{Bar, BarError, met};

fn areas() -> Vec<String> {
    KIT.areas.iter().map(|a| a.id.clone()).collect()
}

fn proposed() -> Bar {
    Bar::proposed(&KIT.packs[0].seniorities[0])
}

fn written() -> Bar {
    let mut bar = proposed();
    let (lines, rules) = (bar.lines.clone(), bar.rules.clone());
    bar.write(&areas(), lines, rules, "marta", None, wall(1000)).expect("a pack's bar can be written");
    bar
}

fn level() -> impl Strategy<Value = Level> {
    prop_oneof![Just(Level::Weak), Just(Level::Good), Just(Level::Excellent)]
}

proptest! {
    #[test]
    fn it_is_met_by_those_who_saw_it_and_nobody_else_counts(
        bar in prop::option::of(level()), levels in prop::collection::vec(level(), 0..7), other in level()
    ) {
        let one = met(bar, &levels);
        let met_by = levels.iter().filter(|l| bar.is_some_and(|b| **l >= b)).count();
        prop_assert_eq!((one.met, one.of), (met_by, levels.len()));
        // One more person changes their own part only.
        let more = met(bar, &[levels.clone(), vec![other]].concat());
        prop_assert_eq!(more.met - one.met, usize::from(bar.is_some_and(|b| other >= b)));
        prop_assert_eq!(more.of, one.of + 1);
    }

    #[test]
    fn every_version_since_it_was_written_is_kept(levels in prop::collection::vec((prop::option::of(level()), any::<bool>()), 1..10)) {
        let mut bar = written();
        let mut stands = bar.lines.clone();
        for (at, (level, reasoned)) in levels.into_iter().enumerate() {
            let before = bar.clone();
            let mut lines = stands.clone();
            lines[at % 7].level = level;
            let changes = lines != stands;
            let outcome = bar.write(&areas(), lines.clone(), bar.rules.clone(), "marta", reasoned.then_some("the role grew"), wall(2000));
            match outcome {
                Ok(()) if changes => {
                    prop_assert!(reasoned);
                    let change = bar.changes.last().expect("it is kept");
                    prop_assert_eq!(&change.before, &stands);
                    prop_assert_eq!(&change.after, &lines);
                    stands = lines;
                }
                _ => prop_assert_eq!(&bar, &before),
            }
            prop_assert_eq!(bar.written_at, before.written_at, "the day on which it was written stays");
        }
    }
}

#[test]
fn met_is_said_in_people() {
    use Level::{Excellent, Good, Weak};
    let cases: [(Option<Level>, &[Level], &str); 6] = [
        (Some(Good), &[Good, Weak, Excellent], "met by 2 of 3"),
        (Some(Excellent), &[Good], "met by 0 of 1"),
        (Some(Weak), &[Weak], "met by 1 of 1"),
        (None, &[Good, Weak], "no bar set"),
        (None, &[], "not assessed"),
        (Some(Good), &[], "not assessed"),
    ];
    for (bar, levels, say) in cases {
        assert_eq!(met(bar, levels).say, say);
    }
}

#[test]
fn a_bar_that_is_not_whole_is_not_written() {
    let lines = proposed().lines;
    let twice = [lines.clone(), vec![lines[2].clone()]].concat();
    let without: Vec<BarLine> = lines.iter().filter(|l| l.area != "testing").cloned().collect();
    let mut foreign = lines.clone();
    foreign.push(BarLine { area: "charm".to_owned(), level: None, reason: String::new() });
    let empty: Vec<BarLine> = lines.iter().map(|l| BarLine { level: None, ..l.clone() }).collect();
    let cases = [
        (twice, BarError::Line("consistency".to_owned())),
        (without, BarError::Line("testing".to_owned())),
        (foreign, BarError::Line("charm".to_owned())),
        (empty, BarError::Empty),
        (Vec::new(), BarError::Line("architecture".to_owned())),
    ];
    for (lines, refused) in cases {
        let mut bar = proposed();
        assert_eq!(bar.write(&areas(), lines, Vec::new(), "marta", None, wall(0)), Err(refused));
        assert_eq!(bar, proposed());
    }
}

#[test]
fn a_change_of_a_written_bar_needs_its_reason() {
    let mut bar = written();
    let mut lines = bar.lines.clone();
    lines[0].level = None;
    for reason in [None, Some(""), Some(" \n")] {
        let refused = bar.write(&areas(), lines.clone(), bar.rules.clone(), "marta", reason, wall(2000));
        assert!(matches!(refused, Err(BarError::NoReason(_))), "{refused:?}");
        assert_eq!(bar, written());
    }
    let more_rules = [bar.rules.clone(), vec!["No hole in testing.".to_owned()]].concat();
    let refused = bar.write(&areas(), bar.lines.clone(), more_rules.clone(), "marta", None, wall(2000));
    assert!(matches!(refused, Err(BarError::NoReason(_))), "rules are part of the bar");
    bar.write(&areas(), bar.lines.clone(), bar.rules.clone(), "marta", None, wall(2000)).expect("the same again is no change");
    assert!(bar.changes.is_empty());
    bar.write(&areas(), lines, more_rules, "bo", Some(" the role grew "), wall(2000)).expect("with a reason it changes");
    let change = &bar.changes[0];
    assert_eq!((change.by.as_str(), change.reason.as_str(), change.at), ("bo", "the role grew", wall(2000)));
    assert_eq!(bar.written_by.as_deref(), Some("marta"));
}

#[test]
fn only_what_was_written_before_the_first_interview_stood_before_it() {
    assert!(!proposed().stood_before(wall(9000)), "a proposal is not a bar");
    let bar = written();
    assert!(!bar.stood_before(wall(999)));
    assert!(bar.stood_before(wall(1000)) && bar.stood_before(wall(5000)));
}
