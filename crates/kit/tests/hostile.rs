//! Kits that were damaged, by chance or on purpose: told, never a panic, and nothing that takes long.

mod common;

use std::fmt::Write;

use common::Files;
use proptest::prelude::*;
use seatrial_kit::{Diagnostic, Severity, Sources, Style, load, render_all};

const AREA: &str = "areas/consistency.yaml";

fn with(path: &str, bytes: Vec<u8>) -> Files {
    let mut files = common::small();
    files.insert(path.to_owned(), bytes);
    files
}

/// What is found about one file.
fn codes_of(files: &Files, path: &str) -> Vec<&'static str> {
    let (kit, diagnostics) = load(files);
    assert!(kit.is_none());
    diagnostics
        .iter()
        .filter(|d| d.file == path)
        .map(|d| d.code)
        .collect()
}

#[test]
fn damage_to_one_file_is_one_mistake() {
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("nothing", Vec::new(), "empty-file"),
        ("brackets", b"[".repeat(200_000), "too-deep"),
        ("braces", b"{a: ".repeat(200_000), "too-deep"),
        (
            "noise",
            (0..5000u32).map(|i| ((i * i) >> 5) as u8).collect(),
            "not-utf-8",
        ),
        ("nul", b"area: consistency\0".to_vec(), "control-character"),
        ("wide text", b"\xff\xfea\0r\0".to_vec(), "not-utf-8"),
        ("length", vec![b'x'; 2 << 20], "file-too-long"),
        ("a list", b"- a\n- b\n".to_vec(), "wrong-type"),
        ("a word", b"consistency".to_vec(), "wrong-type"),
    ];
    for (about, bytes, code) in cases {
        for path in [
            AREA,
            "kit.yaml",
            "packs/fintech-engineer.yaml",
            "exercises/flaky-suite.yaml",
            "plans/charge-lost.yaml",
        ] {
            assert_eq!(
                codes_of(&with(path, bytes.clone()), path),
                [code],
                "{about} in {path}"
            );
        }
    }
}

#[test]
fn damaged_material_is_told() {
    let path = "material/runs.csv";
    assert_eq!(
        codes_of(&with(path, b"a,\xff".to_vec()), path),
        ["not-utf-8"]
    );
    assert_eq!(
        codes_of(&with(path, b"a,\0".to_vec()), path),
        ["control-character"]
    );
    assert_eq!(codes_of(&with(path, b" \n".to_vec()), path), ["empty-file"]);
}

#[test]
fn no_files_at_all() {
    let (kit, diagnostics) = load(&Files::new());
    assert!(kit.is_none());
    assert_eq!(
        diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(),
        ["missing-file"]
    );
}

#[test]
fn thousands_of_mistakes_of_each_kind_are_counted() {
    let many = |line: fn(usize) -> String| (0..9000).map(line).collect::<String>();
    let unknown_fields = many(|i| format!("unknown-{i}: x\n"));
    let unknown_names = format!("scenarios: [{}]\n", many(|i| format!("charge-lo{i},")));
    let same_names = format!(
        "prompts:\n{}",
        many(|_| "  - {id: marketplace, text: x}\n".into())
    );
    let files_not_there = format!("areas: [{}]\n", many(|i| format!("area-{i},")));
    for text in [unknown_fields, unknown_names, same_names] {
        let found = codes_of(&with(AREA, text.into_bytes()), AREA);
        assert_eq!(found.len(), 51);
        assert_eq!(found.last(), Some(&"and-more"));
    }
    let found = codes_of(&with("kit.yaml", files_not_there.into_bytes()), "kit.yaml");
    assert_eq!(found.last(), Some(&"and-more"));
}

#[test]
fn hostile_text_is_kept_as_it_is() {
    let evil = "<script>alert(1)</script> =cmd|' /C calc'!A0 {{7*7}} שלום 漢字 \u{202e}x";
    let mut text = String::new();
    for line in String::from_utf8_lossy(&common::small()[AREA]).lines() {
        let _ = match line.strip_prefix("summary:") {
            Some(_) => writeln!(text, "summary: \"{evil}\""),
            None => writeln!(text, "{line}"),
        };
    }
    let (kit, diagnostics) = load(&with(AREA, text.into_bytes()));
    assert_eq!(diagnostics, []);
    assert_eq!(kit.expect("no mistakes").areas[0].summary, evil);
}

fn holds_together(files: &Files) -> Result<(), TestCaseError> {
    let (kit, diagnostics) = load(files);
    let sources = Sources::new(files);
    let errors = diagnostics.iter().any(|d| d.severity == Severity::Error);
    prop_assert_eq!(kit.is_some(), !errors);
    for found in &diagnostics {
        let inside = match sources.get(&found.file) {
            Some(source) => source
                .text()
                .get(found.span.start..found.span.end)
                .is_some(),
            None => found.span.is_empty(),
        };
        prop_assert!(inside, "{found:?}");
    }
    let order = |d: &Diagnostic| (d.file.clone(), d.code == "and-more", d.span);
    prop_assert!(diagnostics.is_sorted_by_key(order));
    let drawn = render_all(&diagnostics, &sources, Style::default());
    prop_assert!(!drawn.chars().any(|c| c.is_control() && c != '\n'));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_in_any_file(file in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut files = common::small();
        let path = files.keys().nth(file.index(files.len())).expect("one of them").clone();
        files.insert(path, bytes);
        holds_together(&files)?;
    }

    #[test]
    fn any_cut_and_paste(
        file in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, "[-a-z:{}\\[\\]\"'|> \n#&*0-9é漢]{0,8}"), 1..5),
    ) {
        let mut files = common::small();
        let (path, bytes) = files.iter().nth(file.index(files.len())).expect("one of them");
        let (path, mut bytes) = (path.clone(), bytes.clone());
        for (at, length, instead) in edits {
            let start = at.index(bytes.len() + 1);
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, instead.into_bytes());
        }
        files.insert(path, bytes);
        holds_together(&files)?;
    }

    #[test]
    fn any_line_left_out(file in any::<prop::sample::Index>(), line in any::<prop::sample::Index>()) {
        let mut files = common::small();
        let (path, bytes) = files.iter().nth(file.index(files.len())).expect("one of them");
        let (path, text) = (path.clone(), String::from_utf8_lossy(bytes).into_owned());
        let left_out = line.index(text.lines().count());
        let kept: Vec<&str> = text.lines().enumerate().filter(|(i, _)| *i != left_out).map(|(_, line)| line).collect();
        files.insert(path, kept.join("\n").into_bytes());
        holds_together(&files)?;
    }
}
