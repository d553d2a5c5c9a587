//! What the practice page is told, natively: scenarios, runs, histories, and the digests that the module must make too.

use std::collections::BTreeMap;

use seatrial_wasm::Refused;
use seatrial_wasm::practice::{Book, Desk, History, Opened, Order, Outcome, open, reference, scenarios};
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

fn history(choices: Value, serial: u64) -> History {
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
        assert!((2..=12).contains(&boxes.len()), "{}: {} boxes", one.id, boxes.len());
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
    assert_eq!((&hurt.what, hurt.came, &hurt.steps[0].text), (&spared.what, spared.came, &spared.steps[0].text));
    let real = |history: &History| history.steps.iter().filter(|step| step.weighs == Some("effect")).count();
    assert!(real(&hurt) >= 2 && real(&spared) == 1, "{hurt:#?}\n{spared:#?}");
    let harm = hurt.steps.iter().find(|step| step.weighs == Some("harm")).unwrap();
    assert!(!harm.seen && harm.text.contains(&hurt.what), "{harm:?}");
    assert!(spared.steps.iter().any(|step| step.text.starts_with("knows this key")));
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

/// The module makes the same digests: `web/src/wasm/module.test.ts` reads this table too. `UPDATE_DIGESTS=1` writes it.
#[test]
fn digests_are_as_the_table_says() {
    const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/digests.txt");
    let mut table = String::from("# scenario design seed digest\n");
    for (scenario, design, seed) in [
        (SHOP, "found", "1"),
        (SHOP, "weak", "2"),
        (SHOP, "excellent", "18446744073709551615"),
        ("parcel-carrier", "found", "1"),
    ] {
        let choices = match design {
            "found" => BTreeMap::new(),
            design => reference(&serde_json::from_value(json!({ "scenario": scenario, "design": design })).unwrap()).unwrap(),
        };
        let book = Book::Shipped { scenario: scenario.into() };
        let outcome = Desk::run(Order { book, choices, seed: seed.into(), faults: true, watch: None }).unwrap();
        table += &format!("{scenario} {design} {seed} {}\n", outcome.digest);
    }
    if std::env::var_os("UPDATE_DIGESTS").is_some() {
        std::fs::write(TABLE, &table).unwrap();
    }
    let kept = std::fs::read_to_string(TABLE).unwrap_or_default();
    assert_eq!(kept, table, "the simulation has changed; if it was meant to, write the table anew with UPDATE_DIGESTS=1");
}
