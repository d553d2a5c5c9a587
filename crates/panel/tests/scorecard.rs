//! What a scorecard lacks, what closes it, and what is kept of its changes.

mod common;

use std::collections::BTreeMap;

use common::{KIT, area, wall};
use proptest::prelude::*;
use seatrial_kit::Level;
use seatrial_panel::{
    record::{NoteKind, TEXT_CHARS_MAX},
    scorecard::{AreaScore, CellSeen, Evidence, Moment, Part, ScoreError, Scorecard},
};

fn evidence(entry: &str, kind: NoteKind) -> Evidence {
    let moment = Moment { take: "talk".to_owned(), seq: 1, v: 5_000_000_000 };
    Evidence { entry: entry.to_owned(), kind, moment, prompted: Some(false), behaviour: None }
}

fn whole(level: Level) -> AreaScore {
    AreaScore {
        decided: true,
        level: Some(level),
        confidence: Some(2),
        would_move: "A repair they ran themselves.".to_owned(),
        evidence: vec![evidence("n1", NoteKind::Said)],
        ..AreaScore::blank("consistency")
    }
}

fn not_assessed() -> AreaScore {
    AreaScore { decided: true, ..AreaScore::blank("consistency") }
}

fn titles() -> BTreeMap<String, String> {
    KIT.areas.iter().map(|a| (a.id.clone(), a.title.clone())).collect()
}

fn due() -> Vec<String> {
    vec!["consistency".to_owned()]
}

fn card() -> Scorecard {
    Scorecard::new("loop", "anna", "kit")
}

fn score() -> impl Strategy<Value = AreaScore> {
    let level = prop_oneof![Just(None), prop_oneof![Just(Level::Weak), Just(Level::Good), Just(Level::Excellent)].prop_map(Some)];
    let kinds = prop::collection::btree_map("n[0-9]", prop_oneof![Just(NoteKind::Said), Just(NoteKind::Did), Just(NoteKind::Reading)], 0..4);
    (level, prop::option::of(1u8..=3), prop_oneof![Just(""), Just(" \n"), Just("A repair.")], kinds, any::<bool>()).prop_map(
        |(level, confidence, would_move, kinds, decided)| AreaScore {
            decided: decided || level.is_some(),
            level,
            confidence,
            would_move: would_move.to_owned(),
            evidence: kinds.into_iter().map(|(entry, kind)| evidence(&entry, kind)).collect(),
            ..AreaScore::blank("consistency")
        },
    )
}

proptest! {
    #[test]
    fn a_level_is_submitted_with_evidence_confidence_and_what_would_move_it_or_not_at_all(score in score()) {
        let mut card = card();
        card.set(area("consistency"), score.clone()).expect("well formed");
        let heard = score.evidence.iter().any(|e| e.kind != NoteKind::Reading);
        let said = !score.would_move.trim().is_empty();
        let complete = score.decided && (score.level.is_none() || heard && said && score.confidence.is_some());
        let missing = card.missing(&due(), &titles());
        prop_assert_eq!(missing.is_empty(), complete);
        prop_assert!(missing.iter().all(|m| m.area == "consistency" && m.say.starts_with(&area("consistency").title)));
        let before = card.clone();
        match card.submit(&due(), &titles(), wall(0)) {
            Ok(()) => {
                prop_assert!(complete);
                prop_assert_eq!(card.area("consistency"), Some(&score), "it leaves as it came");
            }
            Err(refused) => {
                prop_assert_eq!(refused, ScoreError::Incomplete(missing));
                prop_assert_eq!(card, before);
            }
        }
    }

    #[test]
    fn nothing_changes_after_submission_but_by_amendments_that_chain(scores in prop::collection::vec((score(), "[ a-z]{0,6}"), 0..12)) {
        let consistency = area("consistency");
        let mut card = card();
        card.set(consistency, whole(Level::Good)).expect("well formed");
        card.submit(&due(), &titles(), wall(0)).expect("complete");
        let first = card.area("consistency").cloned().expect("scored");
        for (at, (score, reason)) in scores.into_iter().enumerate() {
            let before = card.clone();
            prop_assert_eq!(card.set(consistency, score.clone()), Err(ScoreError::Submitted));
            prop_assert_eq!(card.submit(&due(), &titles(), wall(9)), Err(ScoreError::Submitted));
            if card.amend(consistency, score.clone(), &reason, wall(at as i64)).is_ok() {
                prop_assert!(!reason.trim().is_empty());
                prop_assert_eq!(&card.amendments[..before.amendments.len()], &before.amendments[..]);
                prop_assert_eq!(card.amendments.len(), before.amendments.len() + 1);
                prop_assert_eq!(card.area("consistency"), Some(&score));
                prop_assert!(card.missing(&due(), &titles()).is_empty(), "an amended area is as complete as a submitted one");
            } else {
                prop_assert_eq!(&card, &before);
            }
            prop_assert_eq!(card.submitted_at, Some(wall(0)));
        }
        let mut stands = first;
        for amendment in &card.amendments {
            prop_assert_eq!(&amendment.before, &stands);
            prop_assert_ne!(&amendment.after, &stands);
            stands = amendment.after.clone();
        }
        prop_assert_eq!(card.area("consistency"), Some(&stands));
    }
}

#[test]
fn what_is_missing_is_said_part_by_part() {
    let cases: [(AreaScore, &[Part]); 7] = [
        (AreaScore::blank("consistency"), &[Part::Level]),
        (not_assessed(), &[]),
        (whole(Level::Weak), &[]),
        (AreaScore { evidence: vec![evidence("n1", NoteKind::Reading)], ..whole(Level::Good) }, &[Part::Evidence]),
        (AreaScore { would_move: " ".to_owned(), ..whole(Level::Good) }, &[Part::WouldMove]),
        (AreaScore { confidence: None, ..whole(Level::Good) }, &[Part::Confidence]),
        (
            AreaScore { decided: true, level: Some(Level::Good), ..AreaScore::blank("consistency") },
            &[Part::Evidence, Part::WouldMove, Part::Confidence],
        ),
    ];
    for (score, expected) in cases {
        let mut card = card();
        card.set(area("consistency"), score.clone()).expect("well formed");
        let parts: Vec<Part> = card.missing(&due(), &titles()).iter().map(|m| m.what).collect();
        assert_eq!(parts, expected, "{score:?}");
    }
}

#[test]
fn what_is_due_and_untouched_is_missing_and_what_is_asked_for_twice_is_missing_once() {
    let due = ["testing", "consistency", "testing"].map(str::to_owned);
    let missing = card().missing(&due, &titles());
    let areas: Vec<&str> = missing.iter().map(|m| m.area.as_str()).collect();
    assert_eq!(areas, ["testing", "consistency"]);
}

#[test]
fn an_area_that_was_only_touched_must_be_whole_once_decided_and_leaves_when_it_is_not() {
    let mut card = card();
    card.set(area("consistency"), AreaScore { confidence: None, ..whole(Level::Good) }).expect("well formed");
    assert_eq!(card.missing(&[], &titles()).len(), 1);
    card.set(area("consistency"), AreaScore { decided: false, level: None, ..whole(Level::Good) }).expect("well formed");
    card.submit(&[], &titles(), wall(0)).expect("nothing is missing");
    assert!(card.areas.is_empty());
}

#[test]
fn what_does_not_belong_is_refused() {
    let unknown = |what, id: &str| ScoreError::Unknown { what, id: id.to_owned() };
    let row = area("consistency").rubric.behaviours[0].id.clone();
    let seen = |ids: &[&str]| ids.iter().map(|id| CellSeen { behaviour: (*id).to_owned(), level: Level::Good }).collect();
    let behind = |id: &str| Evidence { behaviour: Some(id.to_owned()), ..evidence("n1", NoteKind::Did) };
    let cases = [
        (AreaScore::blank("testing"), unknown("area", "testing")),
        (AreaScore { decided: false, ..whole(Level::Good) }, ScoreError::LevelUndecided),
        (AreaScore { confidence: Some(0), ..whole(Level::Good) }, ScoreError::Confidence(0)),
        (AreaScore { confidence: Some(4), ..not_assessed() }, ScoreError::Confidence(4)),
        (AreaScore { seen: seen(&["charm"]), ..whole(Level::Good) }, unknown("behaviour", "charm")),
        (AreaScore { evidence: vec![behind("charm")], ..whole(Level::Good) }, unknown("behaviour", "charm")),
        (AreaScore { seen: seen(&[&row, &row]), ..whole(Level::Good) }, ScoreError::Twice(row.clone())),
        (AreaScore { evidence: vec![behind(&row), behind(&row)], ..whole(Level::Good) }, ScoreError::Twice("a note".to_owned())),
        (
            AreaScore { would_move: "x".repeat(TEXT_CHARS_MAX + 1), ..whole(Level::Good) },
            ScoreError::TooLong(TEXT_CHARS_MAX + 1),
        ),
    ];
    for (score, refused) in cases {
        let mut card = card();
        assert_eq!(card.set(area("consistency"), score.clone()), Err(refused.clone()));
        assert_eq!(card, self::card(), "a refusal changes nothing");
        card.submit(&[], &titles(), wall(0)).expect("nothing is due");
        assert_eq!(card.amend(area("consistency"), score, "second thoughts", wall(1)), Err(refused));
    }
}

#[test]
fn amendments_come_after_submission_with_a_reason_and_a_change() {
    let consistency = area("consistency");
    let mut card = card();
    card.set(consistency, whole(Level::Good)).expect("well formed");
    assert_eq!(card.amend(consistency, whole(Level::Weak), "why", wall(0)), Err(ScoreError::NotSubmitted));
    card.submit(&due(), &titles(), wall(0)).expect("complete");
    assert_eq!(card.amend(consistency, whole(Level::Weak), " ", wall(1)), Err(ScoreError::NoReason));
    assert_eq!(card.amend(consistency, whole(Level::Good), "why", wall(1)), Err(ScoreError::NoChange));
    let bare = AreaScore { evidence: Vec::new(), ..whole(Level::Weak) };
    assert!(matches!(card.amend(consistency, bare, "why", wall(1)), Err(ScoreError::Incomplete(_))));
    let undecided = AreaScore { decided: false, level: None, ..whole(Level::Weak) };
    assert!(matches!(card.amend(consistency, undecided, "why", wall(1)), Err(ScoreError::Incomplete(_))));
    card.amend(consistency, not_assessed(), "I asked it too late", wall(1)).expect("a level can be taken back");
    // An area that was not scored at first is amended from a blank one.
    let testing = AreaScore { area: "testing".to_owned(), ..whole(Level::Weak) };
    card.amend(area("testing"), testing, "it came up", wall(2)).expect("complete");
    assert_eq!(card.amendments[1].before, AreaScore::blank("testing"));
}
