//! Text that was never meant to be read: bombs, noise, depth, length. Each becomes a diagnostic, quickly.

use std::collections::BTreeMap;

use proptest::prelude::*;
use seatrial_source::{
    At, Diagnostic, Node, PER_FILE, Report, Severity, Sources, Span, Style, Value, read_yaml,
    render_all,
};

fn sources(bytes: &[u8]) -> Sources {
    Sources::new(&BTreeMap::from([("f.yaml".to_owned(), bytes.to_vec())]))
}

fn read(bytes: &[u8]) -> (Option<Node>, Vec<Diagnostic>) {
    let sources = sources(bytes);
    let report = Report::new(&sources);
    let tree = read_yaml(At::new(&report, "f.yaml"));
    (tree, report.finish(PER_FILE))
}

/// The codes of what is found, in order.
fn codes(bytes: &[u8]) -> Vec<&'static str> {
    let (tree, diagnostics) = read(bytes);
    let errors = diagnostics.iter().any(|d| d.severity == Severity::Error);
    assert!(
        errors || tree.is_some(),
        "nothing was read and nothing was said"
    );
    diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn depth_is_a_mistake_whatever_it_is_made_of() {
    for piece in ["[", "{a: ", "- ", "? ", "{\"a\":", "[[{a: ["] {
        let text = piece.repeat((1 << 20) / piece.len());
        assert_eq!(codes(text.as_bytes()), ["too-deep"], "{piece}");
    }
    assert_eq!(codes("[".repeat(200_000).as_bytes()), ["too-deep"]);
    let indented: String = (0..500)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    assert_eq!(codes(indented.as_bytes()), ["too-deep"]);
}

#[test]
fn as_deep_as_allowed_is_no_mistake() {
    let text = format!("{}{}", "[".repeat(64), "]".repeat(64));
    assert!(codes(text.as_bytes()).is_empty());
}

#[test]
fn nothing_multiplies() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, of) in ('b'..='z').zip('a'..) {
        bomb += &format!("{name}: &{name} [*{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}]\n");
    }
    let found = codes(bomb.as_bytes());
    assert_eq!(found.len(), PER_FILE + 1);
    assert!(
        found
            .iter()
            .all(|code| ["alias-refused", "and-more"].contains(code))
    );
    assert_eq!(codes(b"a: &a [*a]"), ["alias-refused", "alias-refused"]);
    assert_eq!(codes(b"a: *nobody"), ["alias-refused"]);
    assert_eq!(codes(b"<<: *nobody"), ["alias-refused"]);
}

#[test]
fn length_is_a_mistake() {
    assert_eq!(codes(&vec![b'a'; (1 << 20) + 1]), ["file-too-long"]);
    assert!(codes(&vec![b'a'; 1 << 20]).is_empty());
    assert_eq!(
        codes("- a\n".repeat(200_000).as_bytes()),
        ["too-many-values"]
    );
    assert_eq!(
        codes(format!("[{}]", ",a".repeat(200_000)).as_bytes()),
        ["yaml-syntax"]
    );
    assert_eq!(
        codes(format!("[{}]", "a,".repeat(200_000)).as_bytes()),
        ["too-many-values"]
    );
}

#[test]
fn what_is_not_text_is_a_mistake() {
    let noise: Vec<u8> = (0..4096u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    assert_eq!(codes(&noise), ["not-utf-8"]);
    assert_eq!(codes(b"a: \xff\n"), ["not-utf-8"]);
    assert_eq!(codes(b"\xff\xfea\0:\0"), ["not-utf-8"]);
    assert_eq!(codes(b"a: b\0c\n"), ["control-character"]);
    assert_eq!(codes(b"a: \x1b[31m\n"), ["control-character"]);
    assert_eq!(codes(b"a: \"\\0\"\n"), ["control-character"]);
    assert_eq!(codes(b"\"\\u0007\": b\n"), ["control-character"]);
}

#[test]
fn nothing_at_all_is_a_mistake() {
    for text in ["", "\n\n", "# only a comment\n", "\u{feff}", "---\n...\n"] {
        let (tree, diagnostics) = read(text.as_bytes());
        let empty_document = matches!(&tree, Some(node) if node.span.is_empty());
        assert!(
            empty_document || diagnostics[0].code == "empty-file",
            "{text:?}"
        );
    }
}

#[test]
fn a_byte_order_mark_and_any_line_break_are_fine() {
    let (tree, diagnostics) = read("\u{feff}a: 1\r\nb: 2\rc: 3\n".as_bytes());
    assert!(diagnostics.is_empty());
    let Some(Node {
        value: Value::Map(entries),
        ..
    }) = tree
    else {
        panic!("a map")
    };
    let keys: Vec<&str> = entries.iter().map(|e| e.key.as_str()).collect();
    assert_eq!(keys, ["a", "b", "c"]);
    let sources = sources("\u{feff}a: 1\r\nb: 2\rc: 3\n".as_bytes());
    let source = sources.get("f.yaml").expect("it is there");
    assert_eq!(
        entries
            .iter()
            .map(|e| source.place(e.key_span.start))
            .collect::<Vec<_>>(),
        [(1, 1), (2, 1), (3, 1)]
    );
}

#[test]
fn many_mistakes_are_counted_not_told() {
    let text: String = (0..20_000).map(|_| "a: b\n").collect();
    let (_, diagnostics) = read(text.as_bytes());
    assert_eq!(diagnostics.len(), PER_FILE + 1);
    let last = diagnostics.last().expect("there are some");
    assert_eq!(
        last.to_string(),
        "f.yaml:52:1: error[and-more]: and 19949 more in this file"
    );
}

/// All spans of a tree lie within their parents' file and on character boundaries.
fn check_spans(text: &str, node: &Node) -> Result<(), TestCaseError> {
    let inside = |span: Span| span.start <= span.end && text.get(span.start..span.end).is_some();
    prop_assert!(inside(node.span), "{:?}", node.span);
    match &node.value {
        Value::Seq(items) => items.iter().try_for_each(|item| check_spans(text, item)),
        Value::Map(entries) => entries.iter().try_for_each(|entry| {
            prop_assert!(inside(entry.key_span), "{:?}", entry.key_span);
            check_spans(text, &entry.value)
        }),
        Value::Scalar(_) | Value::Unread => Ok(()),
    }
}

fn reads_safely(bytes: &[u8]) -> Result<(), TestCaseError> {
    let sources = sources(bytes);
    let source = sources.get("f.yaml").expect("it is there");
    let (tree, diagnostics) = read(bytes);
    for found in &diagnostics {
        let text = source.text().get(found.span.start..found.span.end);
        prop_assert!(text.is_some(), "{found:?}");
        prop_assert_eq!(source.place(found.span.start), (found.line, found.column));
    }
    for width in [0, 20, 100] {
        let drawn = render_all(
            &diagnostics,
            &sources,
            Style {
                colour: false,
                width,
            },
        );
        let steers = |c: char| c.is_control() && c != '\n';
        prop_assert!(!drawn.chars().any(steers), "{drawn:?}");
    }
    tree.map_or(Ok(()), |tree| check_spans(source.text(), &tree))
}

/// Pieces of YAML, so that random text gets past its first line.
fn yaml_like() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "b: ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        ": ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "'",
        "\"",
        "|\n",
        ">-\n",
        "#",
        " ",
        "&x ",
        "*x",
        "!t ",
        "!!str ",
        "---\n",
        "...\n",
        "%",
        "\t",
        "é",
        "漢",
        "\u{feff}",
        "\r\n",
        "\r",
        "\\",
        "\\u0041",
        "\u{85}",
        "\u{2028}",
        "\u{202e}",
        "👩‍🚒",
        "~",
        "1",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_read_safely(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        reads_safely(&bytes)?;
    }

    #[test]
    fn any_text_is_read_safely(text in "\\PC{0,120}") {
        reads_safely(text.as_bytes())?;
    }

    #[test]
    fn anything_like_yaml_is_read_safely(text in yaml_like()) {
        reads_safely(text.as_bytes())?;
    }
}
