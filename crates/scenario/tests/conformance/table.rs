//! The table of the docs, made from the cases' own data.

use crate::common::root;
use crate::world::Case;

/// What the language or the engine does not have, or has in a simpler way than the real thing.
const LIMITS: &[&str] = &[];

const FILE: &str = "docs/src/reference/conformance.md";

fn table() -> String {
    let groups: &[&[Case]] = &[crate::chance::CASES, crate::workers::CASES, crate::calls::CASES, crate::client_side::CASES, crate::stores::CASES, crate::logs::CASES, crate::providers::CASES, crate::sagas::CASES, crate::operations::CASES];
    let mut cases: Vec<&Case> = groups.iter().copied().flatten().collect();
    cases.sort_by_key(|case| (case.behaviour.parse::<u32>().unwrap_or(100), case.behaviour));
    let mut out = String::from(
        "# What the simulator is held to\n\n<!-- Made by `UPDATE_DOCS=1 cargo test -p seatrial-scenario --test conformance`. -->\n\n\
         Each row is a small system in the language with an expected history; the test runs it. Numbers are those of the list of\n\
         behaviours that experts look for; the last word is the test, below `crates/scenario/tests/conformance/`.\n\n\
         | behaviour | what must happen | source | test |\n| --- | --- | --- | --- |\n",
    );
    for case in cases {
        let test = case.test.strip_prefix("conformance::").unwrap_or(case.test);
        out += &format!("| {} | {} | {} | `{test}` |\n", case.behaviour, case.says, case.source);
    }
    out += "\n## Known limits\n\n";
    for limit in LIMITS {
        out += &format!("- {limit}\n");
    }
    out
}

#[test]
fn the_table_of_the_docs_is_that_of_the_cases() {
    let path = root().join(FILE);
    let made = table();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == made, "{FILE} is out of date: run with UPDATE_DOCS=1");
}
