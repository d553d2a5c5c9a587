//! `seatrial validate`: the table, names that are none, verdicts that fail, and JSON by its schema.

use std::fs;

use serde_json::Value;
use tempfile::tempdir;

use crate::run::{Ran, repository, run};

fn validate(args: &str) -> Ran {
    let words = ["validate"].into_iter().chain(args.split_whitespace());
    run(tempdir().unwrap().path(), &words.collect::<Vec<_>>())
}

#[test]
fn what_there_is_is_listed_with_its_source() {
    let ran = validate("--list");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("validate_list", ran.text());
}

#[test]
fn too_few_runs_are_no_evidence_and_exit_with_1() {
    let ran = validate("littles-law --replications 2");
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("validate_unclear", ran.text());
    assert!(ran.text().lines().all(|line| line.chars().count() <= 120), "{}", ran.text());
}

#[test]
fn a_name_that_is_none_gets_the_nearest() {
    let ran = validate("metastable-retires");
    assert_eq!((ran.code, ran.text()), (2, ""));
    assert!(ran.stderr.contains("did you mean `metastable-retries`?"), "{}", ran.stderr);
    assert!(validate("nonsense").stderr.contains("there are erlang-c, "));
    assert_eq!(validate("erlang-c --replications 1").code, 2);
}

#[test]
fn json_is_what_its_schema_says_and_curves_are_drawn() {
    let folder = tempdir().unwrap();
    let ran = run(folder.path(), &["validate", "retry-amplification", "--replications", "6", "--json", "--svg", "curves"]);
    let results: Value = serde_json::from_str(ran.text()).unwrap();
    let schema = fs::read_to_string(repository().join("docs/src/validation.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let wrong: Vec<String> = jsonschema::validator_for(&schema).unwrap().iter_errors(&results).map(|e| e.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(results["validations"][0]["checks"][0]["values"].as_array().unwrap().len(), 6);
    let drawn = fs::read_to_string(folder.path().join("curves/retry-amplification.svg")).unwrap();
    assert!(drawn.starts_with("<svg") && drawn.contains("3 layers of 4"));
}
