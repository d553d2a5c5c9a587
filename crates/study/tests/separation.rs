//! The proof over a small scenario: what must be found is found, and nothing is found where there is nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use seatrial_scenario::{Compiled, compile};
use seatrial_sim::Report;
use seatrial_study::{Measure, Plan, Proof, State, Tier, Unit, run};

const SMALL: &str = include_str!("small.yaml");

fn compiled(text: &str) -> Arc<Compiled> {
    let files = BTreeMap::from([("small.yaml".to_owned(), text.as_bytes().to_vec())]);
    let (compiled, mistakes) = compile(&files, "small.yaml");
    let said: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    Arc::new(compiled.unwrap_or_else(|| panic!("{}", said.join("\n"))))
}

fn prove(text: &str, seeds: usize) -> Proof {
    let plan = Plan::new(&compiled(text), seeds, Tier::Usual).unwrap();
    let rows: Vec<_> = plan
        .cells()
        .into_iter()
        .map(|cell| plan.run(cell))
        .collect();
    plan.prove(&rows)
}

fn report(text: &str, seed: u64) -> Report {
    let compiled = compiled(text);
    run(
        &Arc::new(compiled.system.clone()),
        &[],
        seatrial_sim::Setup::unattended(seed),
    )
    .0
}

#[test]
fn a_design_that_repeats_without_a_key_is_told_from_one_with_it() {
    let proof = prove(SMALL, 12);
    let once = &proof.pairs[0];
    assert!(once.holds(), "{once:?}");
    assert!(once.worse_mean > once.better_mean);
    assert!(once.interval.unwrap().low > once.needed);
    assert!(proof.trades[0].holds(), "{:?}", proof.trades[0]);
    let states: Vec<_> = proof
        .points
        .iter()
        .map(|point| (point.number, point.state.clone()))
        .collect();
    assert_eq!(states[0], (1, State::Holds), "{:?}", proof.points[0]);
    // One claim that holds is enough for a pair; the one that does not is listed all the same.
    assert!(
        proof.points[0]
            .found
            .iter()
            .any(|said| said.contains("goodput: careless → careful is not shown"))
    );
    assert_eq!(states[1], (2, State::Holds));
    assert_eq!(states[3], (4, State::Holds), "{:?}", proof.points[3]);
    for unchecked in [2, 4, 5, 6] {
        assert!(
            matches!(states[unchecked].1, State::NotChecked(_)),
            "{states:?}"
        );
    }
    assert!(proof.holds() && !proof.is_complete());
}

#[test]
fn a_design_under_another_name_does_not_separate() {
    let same = SMALL.replace(
        "careful: {again: with_key, watch: closely}",
        "careful: {again: without_key, watch: closely}",
    );
    assert_ne!(same, SMALL);
    let proof = prove(&same, 12);
    assert!(
        !proof.pairs[0].clears && proof.pairs[0].ordered < 0.9,
        "{:?}",
        proof.pairs[0]
    );
    assert_eq!(proof.points[0].state, State::Fails);
    assert!(!proof.holds());
}

#[test]
fn the_same_runs_in_another_order_give_the_same_proof() {
    let plan = Plan::new(&compiled(SMALL), 4, Tier::Usual).unwrap();
    let mut rows: Vec<_> = plan
        .cells()
        .into_iter()
        .map(|cell| plan.run(cell))
        .collect();
    let proof = plan.prove(&rows);
    rows.reverse();
    assert_eq!(plan.prove(&rows), proof);
    // A run that did not come back is missed.
    rows.pop();
    assert_eq!(plan.prove(&rows).points[1].state, State::Fails);
}

#[test]
fn what_is_never_noticed_is_cut_off_at_the_end_and_says_so() {
    let mut report = report(SMALL, 1);
    let ends = report.ends;
    report.detection[0].began = Some(ends - 10 * 60_000_000_000);
    report.detection[0].noticed = None;
    let seen = Measure::Detect(None).of(&report, 0).unwrap();
    assert_eq!(seen.value, 10.0);
    let censored = seen.censored.unwrap();
    assert_eq!((censored.detected, censored.of), (0, 1));
    report.detection[0].noticed =
        Some((ends - 5 * 60_000_000_000, seatrial_sim::engine::Sign::Alert));
    let seen = Measure::Detect(Some("silence".into()))
        .of(&report, 0)
        .unwrap();
    assert_eq!((seen.value, seen.censored.unwrap().detected), (5.0, 1));
    // A fault that did not begin has no detection at all.
    report.detection[0].began = None;
    assert_eq!(Measure::Detect(None).of(&report, 0), None);
}

#[test]
fn measures_have_names_units_and_a_direction() {
    let system = &compiled(SMALL).system;
    for measure in Measure::usual(system) {
        assert_eq!(
            Measure::named(&measure.name(), system).as_ref(),
            Ok(&measure)
        );
    }
    assert_eq!(
        Measure::named("detect.silence", system).unwrap().unit(),
        Unit::Minutes
    );
    assert!(Measure::named("detect.noise", system).is_err());
    assert!(Measure::named("repair", system).is_err());
    assert!(Measure::Goodput.more_is_better() && !Measure::Loss.more_is_better());
}
