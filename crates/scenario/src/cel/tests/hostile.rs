//! Text that nobody wrote in good faith.

use proptest::prelude::*;

use super::values::anything;
use super::world;
use crate::cel::{Mistake, Pools, TEXT_MAX, compile};

/// Compiles in all three places; every mistake must stand within the text, on borders of characters.
#[track_caller]
fn survives(text: &str) -> Vec<Mistake> {
    let mut all = Vec::new();
    for env in [world::oracle(), world::alert(), world::step()] {
        if let Err(mistakes) = compile(text, &env, anything(), &mut Pools::default()) {
            assert!(!mistakes.is_empty(), "{text:?} is refused without a word");
            for mistake in &mistakes {
                assert!(
                    text.get(mistake.start..mistake.end).is_some(),
                    "{text:?}: {mistake:?}"
                );
            }
            all.extend(mistakes);
        }
    }
    all
}

#[track_caller]
fn refused(text: &str, code: &str) {
    let mistakes = survives(text);
    assert!(
        mistakes.iter().all(|mistake| mistake.code == code),
        "{:?}",
        mistakes.first()
    );
    assert!(!mistakes.is_empty());
}

#[test]
fn deep_nesting_is_refused_before_anything_recurses() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("-(", ")"),
        ("!(", ")"),
        ("size(", ")"),
        ("1+(", ")"),
    ] {
        let times = TEXT_MAX / (open.len() + close.len()) - 2;
        refused(
            &format!("{}1{}", open.repeat(times), close.repeat(times)),
            "too-deep",
        );
    }
    refused(&format!("1{}", "?1:1".repeat(1000)), "too-deep");
    refused(
        &format!("1{}", "?1".repeat(1500) + &":1".repeat(500)),
        "too-deep",
    );
    refused(&format!("1{}", "+1".repeat(2000)), "too-deep");
    refused(&format!("a{}", ".a".repeat(2000)), "too-deep");
    refused(&format!("{}true", "!".repeat(4000)), "too-deep");
    refused(&format!("{}1", "-".repeat(4000)), "too-deep");
    refused(&format!("a{}", "[0]".repeat(1000)), "too-deep");
    refused(&format!("a{}", ".f(x)".repeat(800)), "too-deep");
    survives(&"(".repeat(4000));
    survives(&")".repeat(4000));
}

#[test]
fn as_deep_as_allowed_is_fine() {
    let deep = format!("{}1{}", "(".repeat(60), ")".repeat(60));
    let mut pools = Pools::default();
    compile(&deep, &world::oracle(), anything(), &mut pools).unwrap();
    let wide = vec!["order.value > usd(1)"; 90].join(" && ");
    compile(&wide, &world::oracle(), anything(), &mut pools).unwrap();
    let sum = vec!["1"; 60].join(" + ");
    compile(&sum, &world::oracle(), anything(), &mut pools).unwrap();
    // To the right, every operand waits on the stack for the one that follows.
    let right = format!("{}1{}", "order.items-(".repeat(20), ")".repeat(20));
    compile(&right, &world::oracle(), anything(), &mut pools).unwrap();
}

#[test]
fn more_than_the_stack_holds_is_refused() {
    let deep = |times| format!("{}size(charges){}", "1-(".repeat(times), ")".repeat(times));
    compile(
        &deep(30),
        &world::oracle(),
        anything(),
        &mut Pools::default(),
    )
    .unwrap();
    refused_by_oracle(&deep(31), "too-much");
    refused_by_oracle(&deep(32), "too-deep");
}

#[test]
fn long_programs_are_refused() {
    let states = vec!["'pending'"; 300].join(",");
    refused_by_oracle(&format!("order.state in [{states}]"), "too-much");
    refused(&"1".repeat(TEXT_MAX + 1), "too-long");
    refused(&"é".repeat(TEXT_MAX), "too-long");
}

#[track_caller]
fn refused_by_oracle(text: &str, code: &str) {
    let mistakes = compile(text, &world::oracle(), anything(), &mut Pools::default()).unwrap_err();
    assert_eq!(mistakes[0].code, code);
}

#[test]
fn choices_inside_choices_do_not_multiply() {
    for inner in ["true", "nothing", "order.id"] {
        let mut text = inner.to_owned();
        for _ in 0..20 {
            text = format!("({text} in [true, false, 1, true, 2])");
        }
        survives(&text);
    }
}

#[test]
fn odd_texts() {
    for text in [
        "",
        " ",
        "\n",
        "//",
        "// order.id",
        "order.id // why\n",
        "order.id // why",
        "'",
        "\"",
        "'''",
        "r'",
        "b'x'",
        "`a`",
        "a.`b c`",
        "0x",
        "0xg",
        "1e",
        "1e999",
        "-9223372036854775808",
        "9223372036854775808",
        "1u",
        "é",
        "order.é",
        "'é'",
        "'\\",
        "'\\u00'",
        "'\\U99999999'",
        "'\\xff'",
        "order . id",
        ".order.id",
        "a.?b",
        "a[?b]",
        "{",
        "{}",
        "{1:2}",
        "Order{id: 1}",
        "order.id.id",
        "has(order.id)",
        "has(1)",
        "[1,2",
        "[,]",
        "f(,)",
        "f(1,)",
        "in",
        "1 in",
        "in [1]",
        "1 in []",
        "true in [true]",
        "@result",
        "__a__",
        "null",
        "for",
        "charges.exists(",
        "charges.exists()",
        "charges.exists(1, true)",
        "charges.exists(c, c.exists(d, true))",
        "charges.map(c, c)",
        "sum(sum(1))",
        "\u{0}",
        "a\u{202e}b",
        "🦀",
        "order.id 🦀",
        "''''''",
        "'a' 'b'",
        "usd()",
        "usd(1e2)",
        "usd(0x10)",
        "usd(-0.005)",
        "usd(-)",
        "duration()",
        "duration('')",
        "duration('é')",
        "date()",
        "string()",
        "string(string(1))",
        "'a' + string()",
        "- - 1",
        "!-!1",
        "charges[0]",
        "order['id']",
        "1.",
        ".5",
        "1..2",
        "charges.sum()",
        "lag('money')",
        "lag('money', 1)",
        "latency('checkout', 'x')",
        "latency('checkout', 1.5)",
        "charges.filter(c, true)",
        "\u{feff}1",
    ] {
        survives(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn noise(text in any::<String>()) {
        survives(&text);
    }

    #[test]
    fn noise_of_our_own_words(words in proptest::collection::vec(proptest::sample::select(vec![
        "order", "charges", "charge", ".", "id", "value", "state", "(", ")", "[", "]", ",", "+", "-", "*", "/", "%", "==", "<",
        ">=", "&&", "||", "!", "?", ":", "'a'", "'captured'", "1", "0.5", "usd(1)", "duration('1s')", ".exists(c,",
        ".map(c,", ".filter(c,", ".all(c,", ".exists_one(c,", "c", ".size()", "sum(", "string(", "in", "now", "saga.attempt", "lag('money',",
        "latency('checkout',", "é", "{", "}", "true", "\n", "//",
    ]), 0..24)) {
        survives(&words.concat());
        survives(&words.join(" "));
    }
}
