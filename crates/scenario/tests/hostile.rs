//! Nothing that is read makes the compiler panic, overflow or take long.

mod common;

use common::Files;
use proptest::prelude::*;
use seatrial_scenario::{compile, read_design};

const GOOD: &str = include_str!("small/small.yaml");

fn survives(text: &[u8]) {
    let files = Files::from([("small.yaml".to_owned(), text.to_vec())]);
    let (compiled, diagnostics) = compile(&files, "small.yaml");
    let errors = diagnostics
        .iter()
        .any(|d| d.severity == seatrial_source::Severity::Error);
    assert_eq!(
        compiled.is_none(),
        errors,
        "a scenario comes back when there are no errors"
    );
    for diagnostic in &diagnostics {
        assert!(
            !diagnostic.message.is_empty() && !diagnostic.message.ends_with('.'),
            "{diagnostic}"
        );
        assert!(diagnostic.line >= 1 && diagnostic.column >= 1);
    }
}

/// Words of the language and values of every kind, thrown together.
fn word() -> impl Strategy<Value = String> {
    prop::sample::select(
        GOOD.split(|c: char| c.is_whitespace() || "{}[],:".contains(c))
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn noise(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        survives(&bytes);
    }

    #[test]
    fn truncated(at in 0..GOOD.len()) {
        survives(&GOOD.as_bytes()[..at]);
    }

    /// Some lines are dropped, some are swapped.
    #[test]
    fn lines(drop in prop::collection::vec(0usize..110, 0..6), swap in prop::collection::vec((0usize..110, 0usize..110), 0..4)) {
        let mut lines: Vec<&str> = GOOD.lines().collect();
        for (a, b) in swap {
            let (a, b) = (a % lines.len(), b % lines.len());
            lines.swap(a, b);
        }
        let kept: Vec<&str> = lines.iter().enumerate().filter(|(i, _)| !drop.contains(i)).map(|(_, l)| *l).collect();
        survives(kept.join("\n").as_bytes());
    }

    /// Some words are other words.
    #[test]
    fn words(changes in prop::collection::vec((0usize..400, word()), 1..8)) {
        let mut text = GOOD.to_owned();
        for (nth, word) in changes {
            let words: Vec<(usize, usize)> = text
                .match_indices(|c: char| c.is_alphanumeric())
                .map(|(at, _)| at)
                .filter(|&at| at == 0 || !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
                .map(|at| (at, text[at..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len() - at)))
                .collect();
            let (at, length) = words[nth % words.len()];
            text.replace_range(at..at + length, &word);
        }
        survives(text.as_bytes());
    }

    /// Single bytes change.
    #[test]
    fn bytes(changes in prop::collection::vec((0..GOOD.len(), any::<u8>()), 1..6)) {
        let mut text = GOOD.as_bytes().to_vec();
        for (at, byte) in changes {
            text[at] = byte;
        }
        survives(&text);
    }

    #[test]
    fn designs(text in "(extends|wait|again|hear|x): (good|best|3s|yes_|[a-z]{0,4}|\\[\\])\n(wait: .{0,8})?") {
        let files = Files::from([("small.yaml".to_owned(), GOOD.as_bytes().to_vec())]);
        let compiled = compile(&files, "small.yaml").0.expect("good");
        let (design, diagnostics) = read_design(text.as_bytes(), "d.yaml", &compiled);
        prop_assert_eq!(design.is_none(), !diagnostics.is_empty());
    }
}

/// Every value of the good scenario, replaced by each of these.
#[test]
fn every_value_of_the_wrong_kind() {
    let values = [
        "",
        "[]",
        "{}",
        "-1",
        "1e999",
        "\"\"",
        "[[]]",
        "{a: {b: c}}",
        "99999999999999999999",
        "${x}",
        "~",
        "'\u{e9}'",
    ];
    for (number, line) in GOOD.lines().enumerate() {
        let Some((key, _)) = line.split_once(": ") else {
            continue;
        };
        for value in values {
            let changed: Vec<String> = GOOD
                .lines()
                .enumerate()
                .map(|(i, l)| {
                    if i == number {
                        format!("{key}: {value}")
                    } else {
                        l.to_owned()
                    }
                })
                .collect();
            survives(changed.join("\n").as_bytes());
        }
    }
}

#[test]
fn deep_and_wide() {
    let nested = |depth: usize| {
        let mut steps = "[{work: 1ms}]".to_owned();
        for _ in 0..depth {
            steps = format!("[{{if: 'true', then: {steps}}}]");
        }
        format!(
            "scenario: small\ntitle: x\nclients: {{c: {{arrive: poisson 1/s, call: s.h}}}}\nservices: {{s: {{handlers: {{h: {{steps: {steps}}}}}}}}}\n"
        )
    };
    survives(nested(18).as_bytes());
    survives(nested(40).as_bytes());
    let many_steps = format!(
        "scenario: small\ntitle: x\nclients: {{c: {{arrive: poisson 1/s, call: s.h}}}}\nservices:\n  s:\n    handlers:\n      h:\n        steps:\n{}",
        "          - work: 1ms\n".repeat(15_000)
    );
    survives(many_steps.as_bytes());
    let many_calls = format!(
        "scenario: small\ntitle: x\nclients: {{c: {{arrive: poisson 1/s, call: s.h}}}}\nservices:\n  s:\n    handlers:\n      h:\n        steps:\n{}",
        "          - call: s.g\n".repeat(15_000)
    );
    survives(many_calls.as_bytes());
    let many_handlers: String = (0..5000)
        .map(|i| format!("      h{i}: {{steps: [{{call: s.h{}}}]}}\n", i + 1))
        .collect();
    survives(
        format!("scenario: small\ntitle: x\nclients: {{c: {{arrive: poisson 1/s, call: s.h0}}}}\nservices:\n  s:\n    handlers:\n{many_handlers}").as_bytes(),
    );
    let many_records: String = (0..5000)
        .map(|i| {
            format!(
                "  R{i}: {{fields: {{id: id, other: R{}.id}}}}\n",
                (i + 1) % 5000
            )
        })
        .collect();
    survives(format!("scenario: small\ntitle: x\nrecords:\n{many_records}").as_bytes());
    let many_sets: String = (0..5000).map(|i| format!("  d{i}: {{ask: x, options: {{a: {{default: true}}, b: {{set: {{no.such.path{i}: 1}}}}}}}}\n")).collect();
    survives(format!("scenario: small\ntitle: x\ndecisions:\n{many_sets}").as_bytes());
}

#[test]
fn parts_that_multiply() {
    let part = format!(
        "part: p\ntakes: {{x: ''}}\nrecords: {{Rec: {{fields: {{a: '{}'}}}}}}\n",
        "${x}".repeat(10_000)
    );
    let uses: String = (0..500)
        .map(|i| {
            format!(
                "  - {{part: p, as: n{i}, with: {{x: '{}'}}}}\n",
                "x".repeat(500)
            )
        })
        .collect();
    let files = Files::from([
        (
            "a/small.yaml".to_owned(),
            format!("scenario: small\ntitle: x\nuse:\n{uses}").into_bytes(),
        ),
        ("parts/p.yaml".to_owned(), part.into_bytes()),
    ]);
    let (compiled, diagnostics) = compile(&files, "a/small.yaml");
    assert!(compiled.is_none());
    assert!(
        diagnostics.iter().any(|d| d.code == "too-many-values"),
        "{diagnostics:?}"
    );
}
