//! Variations: another system under the same decisions, with a hash of its own; and what can be wrong with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use seatrial_scenario::{Compiled, compile};
use seatrial_sim::{Setup, Sim};

const TEXT: &str = include_str!("small/vary.yaml");

fn read(text: &str, entry: &str) -> Result<Compiled, String> {
    let files = BTreeMap::from([("vary.yaml".to_owned(), text.as_bytes().to_vec())]);
    let (compiled, mistakes) = compile(&files, entry);
    compiled.ok_or_else(|| mistakes.iter().map(|m| format!("{}: {} {}", m.line, m.message, m.help)).collect::<Vec<_>>().join("\n"))
}

fn arrivals(compiled: Compiled, answers: &[(&str, &str)]) -> u64 {
    let answers = answers.iter().map(|(d, a)| ((*d).to_owned(), (*a).to_owned())).collect();
    let patches = compiled.design(&answers).expect("answers");
    let mut sim = Sim::new(Arc::new(compiled.system), &patches, Setup::unattended(1));
    sim.finish();
    sim.report().clients[0].arrivals
}

#[test]
fn a_variation_is_another_system_under_the_same_decisions() {
    let plain = read(TEXT, "vary.yaml").expect("no mistakes");
    let crowd = read(TEXT, "vary.yaml#crowd").expect("no mistakes");
    assert_eq!((plain.variation.clone(), crowd.variation.as_deref()), (None, Some("crowd")));
    assert_ne!(plain.hash, crowd.hash);
    assert_eq!(plain.hash, crowd.variations.first().and_then(|_| read(TEXT, "vary.yaml").ok()).expect("again").hash);
    assert_eq!(plain.path("desk.replicas"), crowd.path("desk.replicas"));
    assert_eq!(arrivals(plain, &[]), 1199);
    assert_eq!(arrivals(crowd.clone(), &[]), 5400);
    // What is decided is laid over the variation.
    let found = |compiled: &Compiled, answers: &[(&str, &str)]| {
        let answers: BTreeMap<String, String> = answers.iter().map(|(d, a)| ((*d).to_owned(), (*a).to_owned())).collect();
        let patches = compiled.design(&answers).expect("answers");
        let param = compiled.path("desk.replicas").expect("a path");
        patches.iter().find(|p| p.param == param).map_or(compiled.system.params[param.at()].value, |p| p.value)
    };
    assert_eq!((found(&crowd, &[]), found(&crowd, &[("hands", "4")])), (3, 4));
}

#[test]
fn a_variation_moves_faults() {
    let later = read(TEXT, "vary.yaml#later").expect("no mistakes");
    let minute = 60_000_000_000;
    let times: Vec<(u64, u64)> = later.system.faults.iter().map(|fault| (fault.at / minute, fault.lasts / minute)).collect();
    assert_eq!(times, [(4, 3), (9, 0)]);
}

#[test]
fn mistakes_of_variations_have_their_place() {
    let said = |vary: &str, entry: &str| read(&format!("{}\nvary:\n{vary}\n", TEXT.split("vary:\n").next().unwrap()), entry).expect_err("a mistake");
    insta::assert_snapshot!([
        said("  a: {says: Nothing}", "vary.yaml"),
        said("  a: {says: Too few, set: {desk.replicas: 9}}", "vary.yaml"),
        said("  a: {says: Another fault, faults: {slov: {at: 1m}}}", "vary.yaml"),
        said("  a: {says: No length, faults: {crash: {lasts: 1m}}}", "vary.yaml"),
        said("  a: {says: No end, faults: {slow: {lasts: 0s}}}", "vary.yaml"),
        said("  a: {says: As it was, faults: {slow: {}}}", "vary.yaml"),
        said("  a: {set: {people.rate: 3}}", "vary.yaml"),
        said("  crowd: {says: More, set: {people.rate: 3/s}}", "vary.yaml#crowds"),
        read(TEXT.split("vary:\n").next().unwrap(), "vary.yaml#a").expect_err("none"),
    ].join("\n--\n"));
}
