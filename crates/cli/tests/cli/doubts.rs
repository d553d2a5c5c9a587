//! What `seatrial explain` finds worth a second look: systems with one mistake put in, and those that have none.

use std::fs;

use tempfile::{TempDir, tempdir};

use crate::run::{repository, run};

/// What is worth a second look in a file with these changes.
#[track_caller]
fn doubts(file: &str, changes: &[(&str, &str)], more: &str) -> String {
    let folder: TempDir = tempdir().unwrap();
    let mut text = fs::read_to_string(repository().join(file)).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let name = file.rsplit('/').next().unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    if file.starts_with("kits/") {
        crate::run::copy(&repository().join("kits/microservices/parts"), &folder.path().join("parts"));
    }
    let args: Vec<&str> = ["explain", name].into_iter().chain(more.split_whitespace()).collect();
    let ran = run(folder.path(), &args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.text().split_once("Worth a second look\n").map_or_else(String::new, |(_, doubts)| doubts.to_owned())
}

const SMALL: &str = "crates/study/tests/small.yaml";
const CHAIN: &str = "validation/three-tier-chain.yaml";
const CHARGED: &str = "kits/microservices/scenarios/charged-not-settled.yaml";

/// What it is called, the file, what is changed in it, and more for the command.
type Case<'a> = (&'a str, &'a str, Vec<(&'a str, &'a str)>, &'a str);

#[test]
fn one_mistake_is_found_at_its_place_with_its_figure() {
    let orphan = ("    handlers:\n      book:", "    handlers:\n      idle: {input: {visit: Visit}, steps: [{work: exp 1ms}]}\n      book:");
    let chained = (
        "    handlers:\n      book:",
        "    handlers:\n      first: {input: {visit: Visit}, steps: [{call: desk.second}]}\n      \
         second: {input: {visit: Visit}, steps: [{work: exp 1ms}]}\n      book:",
    );
    let error = ("takes: lognormal 80ms cv 0.5}", "takes: lognormal 80ms cv 0.5, error: 2%}");
    let cases: Vec<Case<'_>> = vec![
        ("nothing is wrong", SMALL, vec![], ""),
        ("too many come for the threads", SMALL, vec![("poisson 4/s", "poisson 400/s")], ""),
        ("one thread too few", SMALL, vec![("threads: 16", "threads: 1"), ("poisson 4/s", "poisson 24/s")], ""),
        ("too many come for the cores", CHAIN, vec![("poisson 28/s", "poisson 41/s")], ""),
        ("the provider takes fewer", SMALL, vec![("idempotency: {keep", "limit: 3/s burst 5\n    idempotency: {keep")], ""),
        ("messages come faster than they are handled", CHARGED, vec![("work: lognormal 60ms", "work: lognormal 6s")], ""),
        ("a store with one slow connection", CHARGED, vec![("shop: {connections: 200", "shop: {connections: 1, takes: 40ms")], ""),
        ("a pool of one", CHARGED, vec![("shop: {size: 20", "shop: {size: 1"), ("shop: {connections", "shop: {takes: 90ms, connections")], ""),
        ("a timeout below the provider's median", SMALL, vec![("timeout: 1s", "timeout: 60ms")], ""),
        ("the same with retries", SMALL, vec![("timeout: 1s", "timeout: 60ms")], "--set again=with_key"),
        ("people who leave too early", SMALL, vec![("timeout: 10s", "timeout: 70ms")], ""),
        ("a timeout below what a chain takes", CHAIN, vec![("timeout: none", "timeout: 120ms")], ""),
        ("the design sets it", CHAIN, vec![("timeout: 1100ms", "timeout: 120ms")], "--design hasty"),
        ("retries of nothing", SMALL, vec![("retry: [unknown]", "retry: []")], "--set again=with_key"),
        ("retries of what is decided", SMALL, vec![error, ("retry: [unknown]", "retry: [unknown, failed]")], "--set again=with_key"),
        ("retries when nobody waits any more", CHARGED, vec![], "--design good --set wait=10s"),
        ("retries without a key", SMALL, vec![], "--design careless"),
        ("a handler that nobody calls", SMALL, vec![orphan], ""),
        ("and one that only such a one calls", SMALL, vec![chained], ""),
    ];
    let told: Vec<String> = cases
        .iter()
        .map(|(name, file, changes, more)| {
            let found = doubts(file, changes, more);
            format!("{name}:\n{}", if found.is_empty() { "  nothing\n".into() } else { found })
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

/// M/M/1 with 10 ms and M/M/4 with 10 ms: what comes beyond 100/s and 400/s is more than can be done.
#[test]
fn the_line_lies_where_theory_has_it() {
    for (file, from, below, above, utilisation) in [
        ("validation/mm1.yaml", "poisson 80/s", "poisson 99.9/s", "poisson 101/s", "utilisation 1.01"),
        ("validation/mmc.yaml", "poisson 320/s", "poisson 399.9/s", "poisson 404/s", "utilisation 1.01"),
        ("validation/golden-timeout.yaml", "poisson 680/s", "poisson 799/s", "poisson 816/s", "utilisation 1.02"),
    ] {
        assert_eq!(doubts(file, &[(from, below)], ""), "");
        let found = doubts(file, &[(from, above)], "");
        assert!(found.contains("warning[utilisation]") && found.contains(utilisation), "{found}");
    }
}

/// What ships is right under each of its designs: where something is said of it, it is so.
#[test]
fn what_ships_is_not_suspected_of_what_it_does_not_do() {
    let designs = ["", "--design weak", "--design good", "--design excellent"];
    let ask = |file: &str, design: &str| {
        let ran = run(&repository(), &["explain", file].into_iter().chain(design.split_whitespace()).collect::<Vec<_>>());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let codes = ran.text().split("warning[").skip(1).filter_map(|rest| rest.split(']').next());
        codes.map(str::to_owned).collect::<Vec<String>>()
    };
    for file in ["mm1", "mmc", "three-tier-chain", "golden-timeout"] {
        assert_eq!(ask(&format!("validation/{file}.yaml"), ""), [""; 0], "{file}");
    }
    for design in ["plain", "patient", "hasty"] {
        assert_eq!(ask(CHAIN, &format!("--design {design}")), [""; 0], "{design}");
    }
    let charged = designs.map(|design| ask("charged-not-settled", design));
    // Three attempts of 2 s behind a caller who waits for 3 s.
    assert_eq!(charged, [vec![], vec!["works-for-nobody", "repeats-without-key"], vec!["works-for-nobody"], vec!["works-for-nobody"]]);
    let parcel = designs.map(|design| ask("parcel-carrier", design));
    // The carrier stores its errors under the key, as Stripe does, and `failed` is tried again.
    assert_eq!(parcel, [vec![], vec!["repeats-without-key"], vec!["retry-in-vain"], vec!["retry-in-vain"]]);
}
