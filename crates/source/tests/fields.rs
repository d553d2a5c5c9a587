//! The typed readers that kits and scenarios share: what they take, what they say, what they go on with.

use std::collections::BTreeMap;

use proptest::prelude::*;
use seatrial_source::{At, Fields, Names, PER_FILE, Report, Sources, nearest, read_yaml};

/// Reads a map with `read`; returns what came out and the one-line diagnostics.
fn reading<T>(text: &str, read: impl FnOnce(&mut Fields<'_>) -> T) -> (Option<T>, Vec<String>) {
    let sources = Sources::new(&BTreeMap::from([(
        "f".to_owned(),
        text.as_bytes().to_vec(),
    )]));
    let report = Report::new(&sources);
    let at = At::new(&report, "f");
    let tree = read_yaml(at);
    let result = tree.as_ref().and_then(|tree| at.map(tree, "thing", read));
    (
        result,
        report
            .finish(PER_FILE)
            .iter()
            .map(ToString::to_string)
            .collect(),
    )
}

fn text_of(yaml: &str) -> String {
    let (text, told) = reading(yaml, |f| f.text("t"));
    assert_eq!(told, [""; 0]);
    text.expect("a map")
}

#[test]
fn prose_keeps_paragraphs_however_it_is_written() {
    let both = "One line.\n\nAnother paragraph.";
    assert_eq!(
        text_of("t: |\n  One\n  line.\n\n  Another\n  paragraph.\n"),
        both
    );
    assert_eq!(
        text_of("t: >-\n  One\n  line.\n\n  Another\n  paragraph.\n"),
        both
    );
    assert_eq!(
        text_of("t: One\n  line.\n\n  Another\n  paragraph.\n"),
        both
    );
    assert_eq!(text_of("t: \"One line.\\n\\n\\nAnother paragraph.\""), both);
}

#[test]
fn words_that_only_look_like_types_are_text() {
    for word in [
        "yes",
        "no",
        "on",
        "off",
        "1 day",
        "12:30",
        "2026-01-02",
        "infinity",
        "nan",
        "1e",
        "0b1",
        ".",
    ] {
        assert_eq!(text_of(&format!("t: {word}")), word, "{word}");
    }
    for written in ["\"1\"", "'true'", "\"null\""] {
        assert_eq!(
            text_of(&format!("t: {written}")),
            written.trim_matches(['"', '\''])
        );
    }
}

#[test]
fn every_script_survives() {
    for text in [
        "שלום עולם",
        "مرحبا",
        "支払い",
        "Zażółć gęślą",
        "🧪 x",
        "a\u{200f}b",
    ] {
        assert_eq!(text_of(&format!("t: {text}")), text);
    }
}

#[test]
fn types_that_are_not_text_are_told_in_words() {
    let told = |yaml: &str| reading(yaml, |f| f.text("t")).1.join("\n");
    let all = [
        "t: 1",
        "t: 0x1f",
        "t: 1.5e3",
        "t: .inf",
        "t: true",
        "t: null",
        "t: ~",
        "t: [a]",
        "t: {a: b}",
        "u: 1",
        "[a]",
        "x",
    ];
    insta::assert_snapshot!(
        all.map(|yaml| format!("{yaml}\n{}\n", told(yaml)))
            .join("\n")
    );
}

#[test]
fn a_field_left_out_is_no_mistake_where_it_may_be() {
    let (read, told) = reading("a: ~\nb:\n", |f| {
        let texts = (
            f.optional_text("a").value,
            f.optional_texts("b"),
            f.optional_ids("c"),
        );
        (
            texts,
            f.flag("d"),
            f.optional_choice("e", &[("x", 1)]),
            f.optional_one("g", "part", |f| f.text("t")),
        )
    });
    assert_eq!(told, [""; 0]);
    assert_eq!(
        read,
        Some(((String::new(), vec![], vec![]), false, None, None))
    );
}

#[test]
fn names_are_looked_up_after_everything_was_read() {
    let sources = Sources::new(&BTreeMap::from([(
        "f".to_owned(),
        b"give: [a-name, other]\nuse: [other, a-nam, x]\nodd: [q]\n".to_vec(),
    )]));
    let report = Report::new(&sources);
    let (at, names) = (At::new(&report, "f"), Names::default());
    let tree = read_yaml(at).expect("it is YAML");
    at.map(&tree, "thing", |f| {
        names.refer_all(at, "part", "", &f.ids("use"));
        names.refer_all(at, "never opened", "", &f.ids("odd"));
        names.open("part", "");
        f.ids("give")
            .iter()
            .for_each(|name| _ = names.define(at, "part", "", name));
    });
    names.resolve(&report);
    let told = report.finish(PER_FILE);
    let told: Vec<String> = told
        .iter()
        .map(|d| format!("{d} ({:?}) {}", d.suggestion, d.help))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn the_nearest_name_is_near() {
    let known = [
        "follow_ups",
        "prompts",
        "phases",
        "few-end-to-end",
        "own-state",
    ];
    let near = |name: &str| nearest(name, known);
    assert_eq!(near("follow-ups"), Some("follow_ups"));
    assert_eq!(near("promtps"), Some("prompts"));
    assert_eq!(near("Phases"), Some("phases"));
    assert_eq!(near("few-e2e"), None);
    assert_eq!(near("weather"), None);
    assert_eq!(near(""), None);
    assert_eq!(near(&"own-state".repeat(1000)), None);
}

proptest! {
    #[test]
    fn what_is_suggested_is_known(name in "\\PC{0,20}", known in prop::collection::vec("[a-z-]{0,12}", 0..8)) {
        if let Some(found) = nearest(&name, known.iter().map(String::as_str)) {
            prop_assert!(known.iter().any(|k| k == found));
        }
    }

    #[test]
    fn whole_numbers_are_read_within_their_bounds(number in any::<i64>(), least in 0u32..50, room in 0u32..100) {
        let (read, told) = reading(&format!("n: {number}"), |f| f.int("n", least..=least + room));
        let fits = i64::from(least) <= number && number <= i64::from(least + room);
        prop_assert_eq!(told.is_empty(), fits);
        prop_assert_eq!(read.flatten().map(|n| i64::from(n.value)), fits.then_some(number));
    }
}
