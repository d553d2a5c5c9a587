//! The functions behind the exports, natively: what they answer, and what they say when they cannot.

use std::collections::BTreeMap;

use seatrial_wasm::{Refused, VERSION, answer, check_kit};
use serde_json::{Value, json};

fn check(files: Value) -> Value {
    let answered = answer("check_kit", &files.to_string(), |files| {
        Ok(check_kit(files))
    });
    serde_json::from_str(&answered.unwrap()).unwrap()
}

#[test]
fn a_mistake_comes_with_its_place_and_as_a_terminal_shows_it() {
    let checked = check(json!({ "kit.yaml": "schema: 1\nid: 漢字\ntitel: Typo\n" }));
    assert_eq!(checked["usable"], false);
    let typo = checked["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["line"] == 3)
        .unwrap();
    assert_eq!(
        (&typo["file"], &typo["column"], &typo["severity"]),
        (&json!("kit.yaml"), &json!(1), &json!("error"))
    );
    assert_eq!(typo["suggestion"], "title");
    let shown = typo["shown"].as_str().unwrap();
    assert!(
        shown.contains("    3 | titel: Typo\n      | ^^^^^\n"),
        "{shown}"
    );
}

#[test]
fn a_folder_without_a_kit_is_a_mistake_and_not_a_refusal() {
    let checked = check(json!({}));
    assert_eq!(checked["diagnostics"][0]["code"], "missing-file");
    assert_eq!(checked["summary"], "1 error in 1 file");
}

#[test]
fn arguments_of_another_shape_are_refused_in_a_sentence() {
    for args in ["", "7", "[1]", "{\"kit.yaml\": 3}"] {
        let Err(Refused(why)) = answer("check_kit", args, |files: BTreeMap<String, String>| {
            Ok(check_kit(files))
        }) else {
            panic!("{args} was taken");
        };
        assert!(
            why.starts_with("check_kit cannot read its arguments: ")
                && why.ends_with("see web/src/wasm/calls.ts"),
            "{why}"
        );
    }
    assert_eq!(
        answer("version", "null", |(): ()| Ok(VERSION)),
        Ok(format!("\"{VERSION}\""))
    );
}
