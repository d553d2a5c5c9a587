//! How diagnostics look: underlines that stand below their text, whatever it is made of.

use std::collections::BTreeMap;

use seatrial_source::{Diagnostic, Report, Sources, Span, Style, render_all, summary};

/// Draws one error over the part of the text between `«` and `»`, which are taken out.
fn drawn(marked: &str, style: Style) -> String {
    let start = marked.find('«').expect("a mark");
    let text = marked.replacen('«', "", 1);
    let end = text.find('»').expect("a second mark");
    let text = text.replacen('»', "", 1);
    let sources = Sources::new(&BTreeMap::from([("f.yaml".to_owned(), text.into_bytes())]));
    let report = Report::new(&sources);
    report.add(
        Diagnostic::error(
            "f.yaml",
            Span::new(start, end),
            "example",
            "this is an example",
        )
        .help("do something"),
    );
    render_all(&report.finish(50), &sources, style)
}

#[test]
fn underlines_stand_below_their_text() {
    let long = format!("{}«needle»{}", "hay ".repeat(60), " straw".repeat(60));
    let very_long = format!("start «{}» end", "x".repeat(500));
    let cases = [
        "plain: «text» here",
        "tabs:\t«text»\there",
        "wide: 漢字 «料金» here",
        "wide: 漢字漢字 «x»",
        "combining: e\u{301}tude «e\u{301}tude»",
        "right-to-left: «שלום עולם» end",
        "turned: «a\u{202e}b» end",
        "steering: «\u{1b}[31mred» end",
        "nothing: «»",
        "«»",
        "first\nsecond: «line\nand third» line",
        "crlf: «text»\r\nnext\r\n",
        "\u{feff}mark: «text»",
        &long,
        &very_long,
    ];
    let all: Vec<String> = cases
        .iter()
        .map(|case| drawn(case, Style::default()))
        .collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_narrow_page_cuts_around_the_place() {
    let text = "one two three four five six «seven» eight nine ten eleven twelve";
    insta::assert_snapshot!(drawn(
        text,
        Style {
            colour: false,
            width: 30
        }
    ));
}

#[test]
fn colour_only_when_asked() {
    let plain = drawn("a: «b»", Style::default());
    let coloured = drawn(
        "a: «b»",
        Style {
            colour: true,
            ..Style::default()
        },
    );
    assert!(!plain.contains('\u{1b}'));
    insta::assert_snapshot!(coloured.replace('\u{1b}', "ESC"));
}

#[test]
fn a_summary_counts() {
    let at = |file: &str| Diagnostic::error(file, Span::default(), "example", "x");
    let warning = Diagnostic::warning("b", Span::default(), "example", "x");
    assert_eq!(summary(&[]), "no mistakes");
    assert_eq!(summary(&[at("a")]), "1 error in 1 file");
    assert_eq!(
        summary(&[at("a"), at("b"), warning.clone()]),
        "2 errors and 1 warning in 2 files"
    );
    assert_eq!(summary(&[warning]), "1 warning in 1 file");
}

#[test]
fn errors_are_told_before_warnings_when_there_are_too_many() {
    let sources = Sources::new(&BTreeMap::from([(
        "f".to_owned(),
        "x\n".repeat(100).into_bytes(),
    )]));
    let report = Report::new(&sources);
    for line in 0..10 {
        let span = Span::new(line * 2, line * 2 + 1);
        report.add(Diagnostic::warning("f", span, "warned", "first"));
    }
    for line in 10..14 {
        let span = Span::new(line * 2, line * 2 + 1);
        report.add(Diagnostic::error("f", span, "wrong", "later"));
    }
    let told: Vec<String> = report.finish(6).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn the_same_mistake_is_told_once() {
    let sources = Sources::new(&BTreeMap::from([("f".to_owned(), b"x".to_vec())]));
    let report = Report::new(&sources);
    for _ in 0..3 {
        report.add(Diagnostic::error("f", Span::new(0, 1), "wrong", "again"));
    }
    assert_eq!(report.finish(50).len(), 1);
}
