//! What the practice page is told, natively: scenarios, runs, histories, and the digests that the module must make too.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_wasm::Refused;
use seatrial_wasm::practice::{Book, Desk, Opened, Order, Outcome, Watched, open, reference, scenarios};
use serde_json::{Value, json};

const SHOP: &str = "charged-not-settled";

fn order(extra: Value) -> Order {
    let mut order = json!({ "scenario": SHOP, "seed": "1" });
    order.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    serde_json::from_value(order).unwrap()
}

fn run(choices: Value) -> Outcome {
    Desk::run(order(json!({ "choices": choices }))).unwrap()
}

fn history(choices: Value, serial: u64) -> Watched {
    let mut desk = Desk::default();
    desk.begin(order(json!({ "choices": choices, "watch": serial }))).unwrap();
    desk.advance(u64::MAX).unwrap();
    desk.history().unwrap()
}

fn opened(scenario: &str) -> Value {
    let Opened::Scenario(opened) = open(&Book::Shipped { scenario: scenario.into() }).unwrap() else {
        panic!("{scenario} has mistakes");
    };
    serde_json::to_value(opened).unwrap()
}

#[test]
fn every_shipped_scenario_opens_and_its_picture_has_room_for_each_box() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../kits/microservices/scenarios");
    let files = std::fs::read_dir(folder).unwrap().filter(|file| file.as_ref().unwrap().path().extension() == Some("yaml".as_ref()));
    let listed = scenarios();
    assert_eq!(listed.len(), files.count());
    for one in listed {
        let scenario = opened(one.id);
        let boxes = scenario["picture"]["boxes"].as_array().unwrap();
        // Twelve is what people take in at once.
        // Several kinds of people who come to one box are drawn as one way in.
        let comes = |edge: &&Value| boxes[edge["from"].as_u64().unwrap() as usize]["is"] == "client";
        let ways: BTreeSet<u64> = scenario["picture"]["edges"].as_array().unwrap().iter().filter(comes).map(|edge| edge["to"].as_u64().unwrap()).collect();
        let drawn = boxes.iter().filter(|place| place["is"] != "client").count() + ways.len();
        assert!((2..=12).contains(&drawn), "{}: {drawn} boxes", one.id);
        let solid = boxes.iter().filter(|place| place["is"] != "client");
        let mut cells: Vec<_> = solid.map(|place| (place["column"].as_u64(), place["row"].as_u64())).collect();
        let all = cells.len();
        cells.sort();
        cells.dedup();
        assert_eq!(cells.len(), all, "{}: two boxes in one place", one.id);
        assert_eq!(scenario["picture"], opened(one.id)["picture"]);
    }
}

#[test]
fn a_variation_opens_under_a_name_and_a_hash_of_its_own() {
    let listed = scenarios();
    let shop = listed.iter().find(|one| one.id == SHOP).unwrap();
    let written = opened(SHOP);
    for name in &shop.variations {
        assert_ne!(opened(&format!("{SHOP}#{name}"))["hash"], written["hash"], "{name}");
    }
    assert!(shop.variations.len() >= 3);
}

#[test]
fn the_shop_is_drawn_as_people_draw_it() {
    let scenario = opened(SHOP);
    let boxes = scenario["picture"]["boxes"].as_array().unwrap();
    let drawn: Vec<String> = boxes.iter().map(|b| format!("{} {} {}", b["name"].as_str().unwrap(), b["column"], b["row"])).collect();
    for place in [
        "shoppers 0 0", "checkout 0 0", "payments 1 0", "psp 3 0", "shop 0 1", "pay 1 1", "ledger 0 2", "money 1 2", "settlement 2 2", "bank 3 2",
        "books 0 3", "settle 2 3",
    ] {
        assert!(drawn.iter().any(|one| one == place), "{place} is not in {drawn:?}");
    }
    let name = |at: &Value| boxes[at.as_u64().unwrap() as usize]["name"].as_str().unwrap();
    let edges = scenario["picture"]["edges"].as_array().unwrap();
    let edges: Vec<String> = edges.iter().map(|e| format!("{} to {}", name(&e["from"]), name(&e["to"]))).collect();
    for edge in ["shoppers to checkout", "checkout to payments", "payments to psp", "psp to payments", "payments to money", "money to settlement"] {
        assert!(edges.iter().any(|one| one == edge), "{edge} is not in {edges:?}");
    }
    // What nobody does in the system as found is not drawn: the comparison of the books, and asking the provider.
    assert!(!edges.iter().any(|one| one == "settlement to payments" || one == "checkout to psp"), "{edges:?}");
}

#[test]
fn a_scenario_is_told_in_words_and_keeps_its_answers_to_itself() {
    let scenario = opened(SHOP);
    let asked = scenario["decisions"].as_array().unwrap();
    let no_answer = asked.iter().find(|one| one["name"] == "no_answer").unwrap();
    assert_eq!(no_answer["ask"], "The provider has not answered. What now?");
    assert_eq!(no_answer["options"][0]["default"], true);
    assert_eq!(no_answer["options"][1]["sets"], json!([["payments.charge.psp.attempts", "3"]]));
    assert_eq!(asked[0]["between"]["default"], "2s");
    assert_eq!(scenario["designs"], json!(["weak", "good", "excellent"]));
    assert_eq!(scenario["faults"][0]["says"], json!(["settle is down for 10 min"]));
    let wanted = serde_json::from_value(json!({ "scenario": SHOP, "design": "weak" })).unwrap();
    assert_eq!(reference(&wanted).unwrap(), BTreeMap::from([("no_answer".to_owned(), "again".to_owned())]));
}

#[test]
fn the_same_customer_is_charged_twice_without_a_key_and_once_with_it() {
    let weak = run(json!({ "no_answer": "again" }));
    let keyed = run(json!({ "no_answer": "again_same" }));
    let (before, after) = (&weak.invariants[0], &keyed.invariants[0]);
    assert_eq!(before.name, "charged_once");
    assert!(before.violations > 100 && after.violations == 0, "{} and {}", before.violations, after.violations);
    assert_eq!(weak.series.broken[0].last().copied(), Some(before.violations as u32));
    assert_eq!(weak.clients[0].judged, keyed.clients[0].judged);

    let serial = before.keys[0].serial;
    let (hurt, spared) = (history(json!({ "no_answer": "again" }), serial), history(json!({ "no_answer": "again_same" }), serial));
    // Watching changes nothing, and the same person comes at the same moment for the same thing.
    assert_eq!(hurt.digest, weak.digest);
    let (one, other) = (&hurt.history, &spared.history);
    assert_eq!((&one.what, one.came, &one.steps[0].text), (&other.what, other.came, &other.steps[0].text));
    let real = |watched: &Watched| watched.history.steps.iter().filter(|step| step.weighs == Some("effect")).count();
    assert!(real(&hurt) >= 2 && real(&spared) == 1, "{hurt:#?}\n{spared:#?}");
    let harm = hurt.history.steps.iter().find(|step| step.weighs == Some("harm")).unwrap();
    assert!(harm.seen == seatrial_story::Seen::No && harm.text.contains(&hurt.history.what), "{harm:?}");
    assert!(spared.history.steps.iter().any(|step| step.text.starts_with("knows this key")));
}

fn told(choices: Value, follow: &[u64]) -> seatrial_story::Back {
    let mut desk = Desk::default();
    desk.begin(order(json!({ "choices": choices, "follow": follow }))).unwrap();
    desk.advance(u64::MAX).unwrap();
    desk.back().unwrap()
}

#[test]
fn a_run_is_told_back_with_the_fates_of_those_it_hurt_under_each_design() {
    let weak = run(json!({ "no_answer": "again" }));
    let follow: Vec<u64> = weak.invariants.iter().flat_map(|of| of.keys.iter().map(|key| key.serial)).collect();
    let hurt = told(json!({ "no_answer": "again" }), &follow);
    // Listening changes nothing.
    assert_eq!(hurt.digest, weak.digest);
    for (at, of) in weak.invariants.iter().enumerate() {
        assert_eq!((of.violations, of.cost, of.tickets), (hurt.promises[at].broken, hurt.promises[at].cost, hurt.promises[at].tickets));
        assert_eq!(weak.series.broken[at].last() != Some(&0), hurt.promises[at].first.is_some(), "{}", of.name);
        // Everybody who is named is told of, whatever the kind of the promise.
        for key in &of.keys {
            let fate = hurt.fates.iter().find(|fate| fate.serial == key.serial).unwrap_or_else(|| panic!("{} is not told of", key.what));
            assert!(fate.broken.contains(&at), "{}: {} in {fate:?}", of.name, key.what);
        }
    }
    // What showed a fault is named, and not before it began; some are never shown.
    let shown = hurt.faults.iter().filter_map(|fault| Some((fault.began, fault.shown.as_ref()?)));
    assert!(shown.clone().count() >= 2 && shown.clone().all(|(began, shown)| !shown.what.is_empty() && Some(shown.at) >= began));
    assert!(hurt.moves.iter().all(|of| of.first.is_some()), "{:?}", hurt.moves);

    let twice = weak.invariants[0].keys[0].serial;
    let keyed = told(json!({ "no_answer": "again_same" }), &follow);
    let fate = |back: &seatrial_story::Back| {
        let fate = back.fates.iter().find(|fate| fate.serial == twice).unwrap();
        (fate.what.clone(), fate.came, fate.broken.contains(&0), fate.made.first().cloned())
    };
    let ((what, came, broken, made), (what_now, came_now, broken_now, made_now)) = (fate(&hurt), fate(&keyed));
    assert_eq!((&what, came), (&what_now, came_now));
    assert!(broken && !broken_now, "{made:?} {made_now:?}");
    assert!(made.unwrap().1 >= 2 && made_now.unwrap().1 == 1);
}

#[test]
fn every_scenario_is_told_back_under_its_first_design() {
    for one in scenarios() {
        let Some(design) = opened(one.id)["designs"].as_array().unwrap().first().cloned() else { continue };
        let choices = reference(&serde_json::from_value(json!({ "scenario": one.id, "design": design })).unwrap()).unwrap();
        let desk = |follow: &[u64]| {
            let order = json!({ "scenario": one.id, "seed": "7", "choices": choices, "follow": follow });
            let mut desk = Desk::default();
            desk.begin(serde_json::from_value(order).unwrap()).unwrap();
            desk.advance(UNTIL_MS).unwrap();
            desk
        };
        let outcome = desk(&[]).outcome().unwrap();
        let keys: Vec<u64> = outcome.invariants.iter().flat_map(|of| of.keys.iter().map(|key| key.serial)).collect();
        let back = desk(&keys).back().unwrap();
        assert_eq!(back.digest, outcome.digest, "{} {design}", one.id);
        assert!(back.promises.iter().all(|of| !of.called.is_empty()));
        for (at, of) in outcome.invariants.iter().enumerate() {
            for key in &of.keys {
                assert!(back.fates.iter().any(|fate| fate.serial == key.serial && fate.broken.contains(&at)), "{} {design}: {}", one.id, key.what);
            }
        }
    }
}

#[test]
fn slices_change_nothing() {
    let whole = run(json!({}));
    let mut desk = Desk::default();
    let ends = desk.begin(order(json!({}))).unwrap().ends;
    let mut to = 0;
    while desk.advance(to).unwrap().now < ends {
        to += 777_000;
    }
    assert_eq!(desk.outcome().unwrap().digest, whole.digest);
}

#[test]
fn what_cannot_be_run_is_refused_in_a_sentence() {
    let refused = |order: Order| {
        let Err(Refused(why)) = Desk::default().begin(order) else { panic!("it began") };
        why
    };
    assert!(refused(order(json!({ "choices": { "no_answr": "again" } }))).contains("did you mean `no_answer`?"));
    assert!(refused(order(json!({ "seed": "minus one" }))).contains("is no seed"));
    assert!(refused(order(json!({ "scenario": "nowhere" }))).contains("there is no scenario “nowhere”"));
    assert_eq!(Desk::default().outcome().unwrap_err(), Refused("no run has begun".into()));
    let files = json!({ "files": { "a.yaml": "scenario: a\ntitel: Typo\n" }, "entry": "a.yaml" });
    let Opened::Mistakes(mistakes) = open(&serde_json::from_value(files).unwrap()).unwrap() else { panic!("it opened") };
    assert!(mistakes.iter().any(|one| one.line == 2 && one.suggestion.as_deref() == Some("title")));
}

/// Files that do not ship with the module, as a page would give them.
fn of_validation(scenario: &str) -> Value {
    let path = format!("{}/../../validation/{scenario}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path}: {why}"));
    json!({ "files": { "it.yaml": text }, "entry": "it.yaml" })
}

/// One table for every build: that of `crates/scenario`, which is written there. `web/src/wasm/module.test.ts` holds the
/// module to it too. Runs with commands are no business of this page, which gives none.
#[test]
fn digests_are_as_the_table_says() {
    let table = include_str!("../../scenario/tests/digests.txt");
    let mut compared = 0;
    for row in table.lines().filter(|line| !line.starts_with('#') && !line.contains('@')) {
        let [scenario, design, seed, digest, events] = row.split(' ').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let shipped = scenarios().iter().any(|one| one.id == scenario);
        let mut wanted = if shipped { json!({ "scenario": scenario }) } else { of_validation(scenario) };
        let choices = if design == "found" {
            BTreeMap::new()
        } else {
            wanted["design"] = design.into();
            reference(&serde_json::from_value(wanted.clone()).unwrap()).unwrap()
        };
        wanted["seed"] = seed.into();
        wanted["choices"] = json!(choices);
        let mut desk = Desk::default();
        desk.begin(serde_json::from_value(wanted).unwrap()).unwrap();
        desk.advance(UNTIL_MS).unwrap();
        let outcome = desk.outcome().unwrap();
        assert_eq!((outcome.digest.as_str(), outcome.events.to_string().as_str()), (digest, events), "{row}");
        compared += 1;
    }
    assert!(compared >= 8, "only {compared} runs were compared");
}

/// How much of each run the table holds; its first line says so too.
const UNTIL_MS: u64 = 1_500_000;
