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
