//! The scenarios that ship have no mistakes, and stay readable.

mod common;

use seatrial_scenario::compile;

#[test]
fn shipped_scenarios_have_no_mistakes() {
    let (files, entries) = common::shipped();
    assert!(!entries.is_empty());
    for entry in entries {
        let (compiled, diagnostics) = compile(&files, &entry);
        assert!(
            diagnostics.is_empty(),
            "{}",
            common::drawn(&diagnostics, &files)
        );
        assert!(compiled.is_some(), "{entry}");
    }
}

/// What it compiles to, for whoever wants to look: `SHOW=path cargo test -p seatrial-scenario show -- --nocapture`.
#[test]
fn show() {
    let Ok(wanted) = std::env::var("SHOW") else {
        return;
    };
    let (files, _) = common::shipped();
    let (compiled, diagnostics) = compile(&files, &wanted);
    println!("{}", common::drawn(&diagnostics, &files));
    println!("{:#?}", compiled.expect("no mistakes"));
}

/// Parts are general: what a payment or a parcel is, a scenario says.
#[test]
fn no_word_of_a_domain_stands_in_the_code() {
    const WORDS: &[&str] = &[
        "payment", "charge", "refund", "ledger", "settle", "customer", "order_id", "psp", "parcel",
    ];
    let mut folders = vec![common::root().join("crates/scenario/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir()
                && path
                    .file_name()
                    .is_some_and(|name| name != "tests" && name != "cel")
            {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).expect("text").to_lowercase();
                for word in WORDS {
                    assert!(!text.contains(word), "{}: `{word}`", path.display());
                }
            }
        }
    }
}

#[test]
fn the_scenarios_of_the_kit_stay_short() {
    for (path, bytes) in common::folder("kits/microservices/scenarios") {
        let lines = String::from_utf8(bytes).expect("text");
        // A question with five answers takes fifteen lines, and a system with nine of them is still read in one sitting.
        assert!(
            lines.lines().count() <= 330,
            "{path} has {} lines",
            lines.lines().count()
        );
        assert!(
            lines.lines().all(|line| line.chars().count() <= 160),
            "{path} has a line that is too long"
        );
    }
}

/// What is led as an interview asks as much as forty-five minutes hold, breaks in a few ways, and can be held as something else.
#[test]
fn interviews_have_their_measure() {
    let (files, _) = common::shipped();
    let led = common::folder("kits/microservices/plans");
    assert!(led.len() >= 15, "{} plans", led.len());
    for plan in led.keys() {
        let name = plan.rsplit('/').next().unwrap_or_default();
        let (compiled, _) = compile(&files, &format!("kits/microservices/scenarios/{name}"));
        let compiled = compiled.unwrap_or_else(|| panic!("{name} is no scenario"));
        let (decisions, faults) = (compiled.decisions.len(), compiled.system.faults.len());
        assert!((5..=9).contains(&decisions), "{name} has {decisions} decisions");
        assert!((3..=6).contains(&faults), "{name} has {faults} faults");
        assert!(!compiled.variations.is_empty(), "{name} is the same for everybody");
        assert!(["weak", "good", "excellent"].iter().all(|design| compiled.designs.iter().any(|def| def.name == *design)), "{name}");
    }
}
