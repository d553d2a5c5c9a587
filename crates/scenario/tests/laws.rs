//! Laws that hold for every system: what comes in is accounted for, and the same inputs give the same run, however it
//! is cut, wherever it is copied, whichever thread it runs in.
//!
//! `PROPTEST_CASES=1000` looks longer.

mod common;
mod random;

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use seatrial_scenario::{compile, doubts};
use seatrial_sim::engine::Moment;
use seatrial_sim::{Command, Report, Setup, Sim, System};

use random::{Case, case};

/// What a run came to: equal for equal runs.
#[derive(Debug, Clone, PartialEq)]
struct End {
    digest: u64,
    report: Report,
    samples: usize,
}

fn end(sim: &Sim) -> End {
    End { digest: sim.digest(), report: sim.report(), samples: sim.samples().len() }
}

fn sim(case: &Case) -> Sim {
    Sim::new(Arc::clone(&case.system), &case.design, Setup { seed: case.seed, faults: true, operator: case.operator })
}

/// Lives through the commands, each at its time, and calls `at` wherever the run is cut.
fn live(sim: &mut Sim, commands: &[(u64, Command)], cuts: &[u64], mut at: impl FnMut(&mut Sim)) -> Vec<bool> {
    let mut taken = Vec::new();
    let mut cuts = cuts.iter().copied().peekable();
    for (when, command) in commands {
        while let Some(cut) = cuts.next_if(|cut| cut <= when) {
            sim.advance(cut);
            at(sim);
        }
        sim.advance(*when);
        taken.push(sim.apply(command).is_ok());
        at(sim);
    }
    for cut in cuts {
        sim.advance(cut);
        at(sim);
    }
    sim.finish();
    taken
}

fn check(case: &Case) -> Result<(), TestCaseError> {
    // In one go; everything is accounted for at each command and at the end.
    let mut whole = sim(case);
    let mut lost = None;
    let taken = live(&mut whole, &case.commands, &[], |sim| lost = lost.take().or(sim.conserved().err()));
    prop_assert_eq!(lost.or(whole.conserved().err()), None);
    let expected = end(&whole);
    prop_assert!(expected.report.stopped.is_none(), "{:?}", expected.report.stopped);

    // In pieces, accounted for at every cut; one of the pieces is copied, and the copy goes on from there.
    let mut cut = sim(case);
    let mut lost = None;
    let mut copies = Vec::new();
    live(&mut cut, &case.commands, &case.cuts, |sim| {
        lost = lost.take().or(sim.conserved().err());
        copies.push(sim.clone());
    });
    prop_assert_eq!(lost, None);
    prop_assert_eq!(&end(&cut), &expected);
    if !copies.is_empty() {
        let at = case.seed as usize % copies.len();
        let mut copy = copies.swap_remove(at);
        // Commands and cuts were visited in order of time, commands after the cuts of their instant.
        let seen = {
            let mut order: Vec<(u64, u8)> = case.cuts.iter().map(|cut| (*cut, 0)).collect();
            order.extend(case.commands.iter().map(|(when, _)| (*when, 1)));
            order.sort();
            order.truncate(at + 1);
            order.iter().filter(|(_, kind)| *kind == 1).count()
        };
        live(&mut copy, &case.commands[seen..], &[], |_| {});
        prop_assert_eq!(&end(&copy), &expected);
    }

    // Listened to: the same run. Whoever listens longer hears the same at the end, and a copy keeps what was heard.
    let mut recorded = sim(case);
    recorded.record(500);
    recorded.watch(case.seed);
    let mut copies = Vec::new();
    live(&mut recorded, &case.commands, &case.cuts, |sim| copies.push((sim.clone(), sim.recorded().count())));
    prop_assert_eq!(&end(&recorded), &expected);
    let mut more = sim(case);
    more.record(usize::MAX);
    live(&mut more, &case.commands, &[], |_| {});
    let all: Vec<&Moment> = more.recorded().collect();
    let last: Vec<&Moment> = recorded.recorded().collect();
    prop_assert_eq!(last.len(), all.len().min(500));
    prop_assert_eq!(&last[..], &all[all.len() - last.len()..]);
    prop_assert!(all.is_sorted_by_key(|moment| moment.at));
    for (copy, heard) in &copies {
        prop_assert_eq!(copy.recorded().count(), *heard);
    }

    // Without the commands that were refused, and in another thread.
    let commands: Vec<(u64, Command)> =
        case.commands.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(command, _)| command.clone()).collect();
    let mut other = sim(case);
    let elsewhere = std::thread::spawn(move || {
        live(&mut other, &commands, &[], |_| {});
        end(&other)
    });
    prop_assert_eq!(&elsewhere.join().expect("no panic"), &expected);
    Ok(())
}

/// The same cases each time, unless somebody wants to look longer. In two halves, for two cores.
fn config(seed: u64) -> ProptestConfig {
    let plain = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => plain,
        None => ProptestConfig { cases: 50, rng_seed: RngSeed::Fixed(seed), ..plain },
    }
}

proptest! {
    #![proptest_config(config(1))]

    #[test]
    fn laws(case in case()) {
        check(&case)?;
    }
}

proptest! {
    #![proptest_config(config(3))]

    #[test]
    fn laws_of_other_systems(case in case()) {
        check(&case)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, rng_seed: RngSeed::Fixed(2), failure_persistence: None, ..ProptestConfig::default() })]

    /// Of any system something can be said, the same each time, and what is pointed at is there.
    #[test]
    fn doubts_have_a_place_in_the_text(case in case()) {
        let files = BTreeMap::from([("random.yaml".to_owned(), case.text.clone().into_bytes())]);
        let compiled = compile(&files, "random.yaml").0.expect("it was compiled before");
        let found = doubts(&compiled, &case.design);
        prop_assert_eq!(&found, &doubts(&compiled, &case.design));
        for place in found.iter().filter_map(|doubt| doubt.place.as_ref()) {
            prop_assert_eq!(place.file.as_str(), "random.yaml");
            prop_assert!(case.text.get(place.span.start..place.span.end).is_some_and(|text| !text.is_empty()), "{:?}", place);
        }
    }
}

/// Another seed is another run: a digest that never changed would keep all laws.
#[test]
fn another_seed_is_another_run() {
    let (files, _) = common::shipped();
    let (compiled, _) = seatrial_scenario::compile(&files, "kits/microservices/scenarios/parcel-carrier.yaml");
    let system: Arc<System> = Arc::new(compiled.unwrap().system);
    let digest = |seed| {
        let mut sim = Sim::new(Arc::clone(&system), &[], Setup::unattended(seed));
        sim.advance(60_000_000_000);
        sim.digest()
    };
    assert_ne!(digest(1), digest(2));
}
