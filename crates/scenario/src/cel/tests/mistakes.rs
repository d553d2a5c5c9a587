//! How mistakes read.

use super::world;
use crate::cel::{Env, Mistake, Pools, Want, compile};

/// Wider texts are cut: these snapshots are read by people.
const WIDTH: usize = 100;

fn render(text: &str, mistake: &Mistake) -> String {
    let line = text.replace('\n', " ");
    let before = line[..mistake.start].chars().count();
    let under = line[mistake.start..mistake.end].chars().count().max(1);
    let cut = |line: String| line.chars().take(WIDTH).collect::<String>();
    let underline = cut(" ".repeat(before) + &"^".repeat(under));
    let mut shown = format!(
        "{}\n{underline}\n[{}] {}\n",
        cut(line),
        mistake.code,
        mistake.message
    );
    if !mistake.help.is_empty() {
        shown += &format!("help: {}\n", mistake.help);
    }
    if let Some(name) = &mistake.suggestion {
        shown += &format!("did you mean `{name}`?\n");
    }
    shown
}

fn shown(env: &Env, cases: &[(&str, Want)]) -> String {
    let mut all = Vec::new();
    for (text, want) in cases {
        let mistakes = compile(text, env, want.clone(), &mut Pools::default()).expect_err(text);
        all.push(
            mistakes
                .iter()
                .map(|mistake| render(text, mistake))
                .collect::<Vec<_>>()
                .join("\n"),
        );
    }
    all.join("\n----\n")
}

fn booleans(env: &Env, texts: &[&str]) -> String {
    let cases: Vec<_> = texts.iter().map(|text| (*text, Want::bool())).collect();
    shown(env, &cases)
}

#[test]
fn syntax() {
    insta::assert_snapshot!(booleans(
        &world::oracle(),
        &[
            "",
            "order.value = usd(5)",
            "order.value > usd(5) and true",
            "order.value > usd(5) & true",
            "order.value >",
            "(order.value > usd(5)",
            "order.value > usd(5))",
            "charges.exists(c, c.amount > usd(5]",
            "order.state == ‘captured’",
            "order.state == 'captured",
            "order.items ≥ 2",
            "order.items > 2 ? true",
            "charges.exists(1, true)",
            "99999999999999999999 > 1",
            "order..value > usd(5)",
            "if order.items",
        ]
    ));
}

#[test]
fn types() {
    insta::assert_snapshot!(booleans(
        &world::oracle(),
        &[
            "order.value > 5",
            "order.value > order.items",
            "usd(5) + 5 > usd(1)",
            "order.items > 0.5",
            "order.items * 0.5 > 1.0",
            "now - now > 5",
            "now > duration('5m')",
            "now + now > now",
            "order.value * order.value > usd(1)",
            "order.value / order.value > 1.0",
            "order.items",
            "order.value",
            "order.state",
            "order",
            "order.id == '7'",
            "order.id == order",
            "order.id < order.id",
            "!order.items",
            "-order.state == order.state",
            "order.items && order.value > usd(1) || order.state",
            "true ? usd(1) : 1",
            "now - duration(5) > now",
            "usd(order.items) > usd(1)",
            "usd(0.505) > usd(1) || eur(5) > usd(1)",
            "duration('5x') > duration('5') || duration('1.5ns') > duration('5m')",
        ]
    ));
}

#[test]
fn names() {
    insta::assert_snapshot!(booleans(
        &world::oracle(),
        &[
            "oder.value > usd(1)",
            "order.vaule > usd(1)",
            "order.state == 'confirmd'",
            "order.state == confirmed",
            "order.state in ['pending', 'gone']",
            "charges.exists(c, c.amout > usd(1)) && charges.all(d, d.state == 'capturd')",
            "shop.order.size() == 1",
            "shop",
            "total('Charge.amonut') > usd(1)",
            "total(Charge) > usd(1)",
            "balance('payabel') > usd(1)",
            "sise(charges) > 1",
            "charges.exist(c, true)",
            "charges.exists(c)",
            "exists(charges, true)",
            "size > 1",
            "charges(1)",
            "lines.state == 'x'",
            "order.value.amount > usd(1)",
        ]
    ));
}

#[test]
fn lists() {
    insta::assert_snapshot!(booleans(
        &world::oracle(),
        &[
            "charges",
            "charges.map(c, c.amount)",
            "sum(charges) > usd(1)",
            "sum(charges.map(c, c.state)) > usd(1)",
            "charges.map(c, c.amount).filter(a, true).size() > 1",
            "charges.amount > usd(1)",
            "charges[0].amount > usd(1)",
            "size(order) > 1",
            "charges.exists(c, c.amount)",
            "charges.exists(a, charges.exists(b, charges.exists(c, true)))",
            "order.state in charges",
            "has(order.value) && order.id != null",
            "{1: 2}.size() == 1",
        ]
    ));
}

#[test]
fn steps() {
    let id = Want::id;
    insta::assert_snapshot!(shown(
        &world::step(),
        &[
            ("charge.refunded > usd(1)", Want::bool()),
            ("charge.state == 'captured'", Want::bool()),
            ("charges.size() > 1", Want::bool()),
            ("error_ratio('checkout') > 0.1", Want::bool()),
            ("charge.order.value > usd(1)", Want::bool()),
            ("saga.atempt > 1", Want::bool()),
            ("date(now - duration('1d'))", id()),
            ("'refund-'", id()),
            ("click", id()),
            ("charge", id()),
            ("charge.amount", id()),
            ("'a' + 'b'", id()),
            ("order.id + '/' + charge.id", id()),
            ("order.id + '/' + click + '/' + saga.attempt", id()),
            ("saga.attempt + '/' + order.id", id()),
            ("order.id + click", id()),
            ("'x' + event.ref", id()),
            ("'x' + (order.id + '/')", id()),
            ("'x' + charge.amount", id()),
            ("string(click)", id()),
            ("order.id + '/' + string(charge.amuont)", id()),
        ]
    ));
}

#[test]
fn alerts() {
    insta::assert_snapshot!(booleans(
        &world::alert(),
        &[
            "charges.size() > 1",
            "error_ratio('chekout') > 0.1",
            "error_ratio(checkout) > 0.1",
            "error_ratio('checkout') > 1",
            "latency('checkout') > duration('1s')",
            "latency('checkout', 99) > duration('1s')",
            "lag('money', 'legder') > 1",
            "lag('cash', 'ledger') > 1",
            "oldest_unsetled > duration('5m')",
            "now > now",
            "p99('checkout', 'x') > duration('1s')",
        ]
    ));
}

#[test]
fn limits() {
    insta::assert_snapshot!(booleans(
        &world::oracle(),
        &[
            &format!("{}true{}", "(".repeat(70), ")".repeat(70)),
            &format!("{}size(charges){} > 1", "1-(".repeat(31), ")".repeat(31)),
            &format!("order.state in [{}]", ["'pending'"; 300].join(",")),
        ]
    ));
}
