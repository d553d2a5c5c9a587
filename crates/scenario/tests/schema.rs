//! The schema for editors: it takes every scenario that ships, and knows the fields that the readers know.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use seatrial_scenario::compile;

const GOOD: &str = include_str!("small/small.yaml");

/// What the readers say are the fields of each kind of group: each group of the good scenario gets a field that is none,
/// and the answer names those that are.
fn known() -> BTreeMap<String, BTreeSet<String>> {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut texts = Vec::new();
    for (at, _) in GOOD.match_indices('{') {
        texts.push(format!("{}zqzqzqzq: 1, {}", &GOOD[..=at], &GOOD[at + 1..]));
    }
    let lines: Vec<&str> = GOOD.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start_matches([' ', '-']).len();
        let bullet = line.trim_start().starts_with("- ") && !line.contains("- {");
        let mut with = lines.clone();
        let added = format!("{}zqzqzqzq: 1", " ".repeat(indent));
        if !line.trim_start().starts_with("- {") && !bullet {
            with.insert(number, &added);
            texts.push(with.join("\n"));
        } else if bullet {
            with.insert(number + 1, &added);
            texts.push(with.join("\n"));
        }
    }
    for text in texts {
        let files = common::Files::from([("small.yaml".to_owned(), text.into_bytes())]);
        for diagnostic in compile(&files, "small.yaml").1 {
            let Some(what) = diagnostic.message.strip_prefix("`zqzqzqzq` is not a field of this ") else { continue };
            let fields = diagnostic.help.strip_prefix("its fields are ").expect("no name is near");
            known.entry(what.to_owned()).or_default().extend(fields.split(", ").map(str::to_owned));
        }
    }
    known
}

#[test]
fn print() {
    for (what, fields) in known() {
        println!("{what}: {}", fields.into_iter().collect::<Vec<_>>().join(" "));
    }
}
