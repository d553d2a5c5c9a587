//! The book's recipes: each is a whole scenario without a mistake, whose promise breaks as found and is kept, or nearly so, with its other answer.

mod common;

use std::sync::Arc;

use common::Files;
use seatrial_scenario::{Answers, compile};
use seatrial_sim::system::Patch;
use seatrial_sim::{Setup, Sim};

/// The texts of the page, in order.
fn recipes() -> Vec<String> {
    let page = std::fs::read_to_string(common::root().join("docs/src/author/recipes.md")).expect("the page");
    page.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().expect("an end").to_owned()).collect()
}

#[test]
fn each_recipe_shows_a_harm_and_mends_it() {
    let texts = recipes();
    assert!(texts.len() >= 10, "{} recipes", texts.len());
    for text in texts {
        let name = text.lines().next().unwrap_or_default().trim_start_matches("scenario: ").to_owned();
        let file = format!("{name}.yaml");
        let files = Files::from([(file.clone(), text.into_bytes())]);
        let (compiled, diagnostics) = compile(&files, &file);
        assert!(diagnostics.is_empty(), "{name}\n{}", common::drawn(&diagnostics, &files));
        let compiled = compiled.expect("no mistakes");
        let [decision] = &compiled.decisions[..] else { panic!("{name}: one decision each") };
        let Answers::Options(options) = &decision.answers else { panic!("{name}: options") };
        let other = options.iter().find(|option| !option.default).expect("another option");
        let system = Arc::new(compiled.system.clone());
        let broken = |patches: &[Patch]| {
            let mut sim = Sim::new(Arc::clone(&system), patches, Setup { seed: 1, faults: true, operator: false });
            sim.finish();
            let report = sim.report();
            assert!(report.stopped.is_none(), "{name}: {:?}", report.stopped);
            report.invariants.iter().map(|invariant| invariant.violations).sum::<u64>()
        };
        let (found, mended) = (broken(&[]), broken(&other.patches));
        assert!(found >= 10 && mended * 10 <= found, "{name}: broken {found} times as found, {mended} times with {}", other.name);
    }
}
