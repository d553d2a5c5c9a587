//! Other futures: the same customers under other decisions, and the same decisions with other customers.

mod common;

use std::collections::BTreeMap;

use common::{MINUTE, command, play};
use seatrial_room::spread::{broken, outcome, seeds, spread};
use seatrial_room::{Answer, Body, Reel, Side, view};

/// A room where time-outs are tried again without a key, and answers get lost.
fn held(seed: u64) -> Reel {
    let play = play();
    let opens = play.opens();
    let mut reel = Reel::new(play, seed);
    let bodies = [
        (0, Side::Candidate, Body::ShowOptions { decision: "no_answer".into() }),
        (0, Side::Candidate, Body::Choose { decision: "no_answer".into(), answer: Answer::Option("again".into()) }),
        (0, Side::Panel, Body::Resume),
        (MINUTE, Side::Panel, Body::Fire { fault: "answers_vanish".into() }),
    ];
    for (at, (v, side, body)) in bodies.into_iter().enumerate() {
        reel.push(command(at as u64 + 1, opens + v, side, body));
    }
    reel
}

fn with_key() -> BTreeMap<String, String> {
    BTreeMap::from([("no_answer".to_owned(), "again_same".to_owned())])
}

/// Promises by their names, and how often each was broken at the end.
fn charged_twice(reel: &Reel, until: u64) -> u64 {
    let at = reel.play().system.invariants.iter().position(|invariant| invariant.name == "charged_once");
    broken(reel.unrecorded(until).sim())[at.expect("the promise")]
}

#[test]
fn with_the_key_from_the_start_the_same_customers_are_not_charged_twice() {
    let reel = held(5);
    let until = reel.play().opens() + 6 * MINUTE;
    assert!(charged_twice(&reel, until) > 5);
    let otherwise = reel.otherwise(0, &with_key()).expect("an answer of this decision");
    assert_eq!(charged_twice(&otherwise, until), 0);
    // The same person came with the same thing at the same moment.
    let frame = view::whole(&reel.unrecorded(until), &common::context(), 0);
    let hurt = frame.truth.rows.iter().find(|row| row.promise == "charged_once").and_then(|row| row.who.first()).expect("somebody hurt");
    let (one, other) = (view::history(&reel, until, hurt.serial), view::history(&otherwise, until, hurt.serial));
    let (one, other) = (one.expect("came"), other.expect("came there too"));
    assert_eq!((one.came, one.what, &one.steps[0].text), (other.came, other.what, &other.steps[0].text));
    assert!(one.steps.iter().any(|step| step.weighs == Some("harm")));
    assert!(!other.steps.iter().any(|step| step.weighs == Some("harm")));
}

#[test]
fn deciding_the_same_is_the_same_future() {
    let reel = held(6);
    let until = reel.play().opens() + 3 * MINUTE;
    let same = BTreeMap::from([("no_answer".to_owned(), "again".to_owned())]);
    let again = reel.otherwise(reel.play().opens(), &same).expect("an answer");
    assert_eq!(reel.unrecorded(until).digest(), again.unrecorded(until).digest());
    // From a later moment on, what was before stays as it was.
    let late = reel.otherwise(until, &with_key()).expect("an answer");
    assert_eq!(reel.seek(until - MINUTE, None).digest(), late.seek(until - MINUTE, None).digest());
    assert!(reel.otherwise(0, &BTreeMap::from([("no_answer".to_owned(), "never heard of".to_owned())])).is_err());
}

#[test]
fn other_seeds_are_other_customers_under_the_same_decisions() {
    let reel = held(7);
    let until = reel.play().opens() + 3 * MINUTE;
    let others: Vec<Vec<u64>> = seeds(7, 3).into_iter().map(|seed| outcome(&reel, until, seed)).collect();
    assert!(others.iter().all(|one| one[0] > 0), "the faults come with them: {others:?}");
    assert_ne!(reel.with_seed(seeds(7, 1)[0]).unrecorded(until).digest(), reel.unrecorded(until).digest());
    assert_eq!(outcome(&reel, until, 7), broken(reel.unrecorded(until).sim()), "its own seed is itself");
}

#[test]
fn percentiles_stand_where_they_should() {
    let others: Vec<u64> = (0..=100).collect();
    let found = spread(50, &others).expect("others");
    assert_eq!((found.low, found.p25, found.median, found.p75, found.high), (5.0, 25.0, 50.0, 75.0, 95.0));
    assert!((found.share_below - 0.5).abs() < 1e-9);
    assert_eq!(spread(3, &[]), None);
    assert_eq!(spread(3, &[1]).map(|one| (one.low, one.high, one.share_below)), Some((1.0, 1.0, 1.0)));
}
