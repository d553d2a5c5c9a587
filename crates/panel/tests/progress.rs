//! Where a loop stands, and how candidates are called.

use std::collections::BTreeSet;

use jiff::Timestamp;
use seatrial_panel::{
    progress::{Next, NextKind, Stage, candidate_code, next},
    record::ClockState,
};

fn at(day: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + day * 86_400).expect("within the range of years")
}

fn stage(id: &str, state: ClockState, scheduled: Option<i64>) -> Stage<'_> {
    Stage { id, state, scheduled_at: scheduled.map(at), due_at: scheduled.map(|day| at(day + 1)) }
}

#[test]
fn interviews_come_before_scorecards_and_scorecards_before_the_debrief() {
    use ClockState::{CalledOff, Ended, Paused, Planned, Running};
    let say = |kind, at: Option<i64>, id: Option<&str>| Next { kind, at: at.map(self::at), interview_id: id.map(str::to_owned) };
    let done = || stage("a", Ended, Some(1));
    let cases = [
        (vec![], false, say(NextKind::None, None, None)),
        (vec![stage("a", Planned, None)], false, say(NextKind::Schedule, None, Some("a"))),
        (vec![stage("a", Planned, None), stage("b", Planned, Some(3))], false, say(NextKind::Interview, Some(3), Some("b"))),
        (vec![stage("a", Planned, Some(5)), stage("b", Planned, Some(3))], false, say(NextKind::Interview, Some(3), Some("b"))),
        (vec![stage("a", Planned, Some(1)), stage("b", Running, Some(3))], false, say(NextKind::Interview, Some(3), Some("b"))),
        (vec![done(), stage("b", Paused, None)], false, say(NextKind::Interview, None, Some("b"))),
        (vec![done(), stage("b", Planned, None)], false, say(NextKind::Schedule, None, Some("b"))),
        (vec![done(), stage("b", Ended, Some(4))], false, say(NextKind::Scorecard, Some(5), None)),
        (vec![done()], true, say(NextKind::None, None, None)),
        (vec![stage("a", CalledOff, Some(9))], false, say(NextKind::None, None, None)),
        (vec![stage("a", CalledOff, Some(9)), stage("b", Planned, None)], false, say(NextKind::Schedule, None, Some("b"))),
        (vec![done(), stage("b", CalledOff, Some(9))], false, say(NextKind::Scorecard, Some(2), None)),
    ];
    for (stages, all_in, expected) in cases {
        assert_eq!(next(&stages, all_in, false, false), expected, "{stages:?}");
        assert_eq!(next(&stages, all_in, true, false).kind, NextKind::Debrief);
        assert_eq!(next(&stages, all_in, true, true).kind, NextKind::Decided, "a decision ends it");
    }
}

#[test]
fn the_first_2376_candidates_have_codes_of_their_own() {
    let codes: BTreeSet<String> = (0..2376).map(candidate_code).collect();
    assert_eq!(codes.len(), 2376);
    for code in &codes {
        let [letter, b'-', tens, ones] = *code.as_bytes() else { panic!("{code} is not a letter and two digits") };
        assert!(letter.is_ascii_uppercase() && !b"IO".contains(&letter), "{code}");
        assert!(tens.is_ascii_digit() && ones.is_ascii_digit(), "{code}");
    }
}

#[test]
fn neighbours_differ_in_letter_and_number() {
    for n in 0..2375 {
        let (one, other) = (candidate_code(n), candidate_code(n + 1));
        assert_ne!(one[..1], other[..1], "{one} {other}");
        assert_ne!(one[2..], other[2..], "{one} {other}");
    }
}
