//! What expressions come to.

use seatrial_sim::Id;
use seatrial_sim::expr::{Program, Shelf};

use super::world::{self, CHARGE, LINES, ORDER, ORDERS, world};
use crate::cel::{Env, Pools, Type, Want, compile};

/// Anything that can be wanted.
pub fn anything() -> Want {
    use Type::*;
    let states = [ORDER, CHARGE, ORDERS].map(State);
    let mut types = vec![
        Bool,
        Int,
        Ratio,
        Money,
        Duration,
        Time,
        Date,
        Id,
        Key,
        Text,
        Tuple(ORDER),
    ];
    types.extend(states);
    Want::new(&types, "anything")
}

fn made(text: &str, env: &Env) -> (Program, Type, Pools) {
    let mut pools = Pools::default();
    match compile(text, env, anything(), &mut pools) {
        Ok((program, ty)) => (program, ty, pools),
        Err(mistakes) => panic!("{text}: {mistakes:#?}"),
    }
}

#[track_caller]
fn is(env: &Env, text: &str, ty: Type, value: i64) {
    let (program, found, _) = made(text, env);
    assert_eq!((found, program.run(&world())), (ty, value), "{text}");
}

#[track_caller]
fn yes(env: &Env, text: &str) {
    is(env, text, Type::Bool, 1);
}

#[track_caller]
fn no(env: &Env, text: &str) {
    is(env, text, Type::Bool, 0);
}

#[test]
fn money() {
    let env = world::oracle();
    is(&env, "usd(35)", Type::Money, 3_500);
    is(&env, "usd(0.50)", Type::Money, 50);
    is(&env, "usd(-1.07)", Type::Money, -107);
    is(&env, "-usd(3) + usd(1)", Type::Money, -200);
    is(&env, "order.value * 2 - usd(1)", Type::Money, 19_900);
    is(&env, "order.value * 0.02", Type::Money, 200);
    is(&env, "0.02 * order.value", Type::Money, 200);
    is(&env, "2 * order.value / 3", Type::Money, 6_666);
    is(&env, "usd(0.05) * 0.5", Type::Money, 2);
    is(&env, "order.value / 0", Type::Money, 0);
    yes(&env, "order.value > usd(99.99)");
    no(&env, "order.value > usd(100)");
    yes(&env, "order.value >= usd(100) && usd(100) <= order.value");
}

#[test]
fn other_currencies_have_other_digits() {
    let mut env = world::oracle();
    env.currency = crate::cel::Currency {
        code: "JPY".into(),
        digits: 0,
    };
    is(&env, "jpy(35)", Type::Money, 35);
    env.currency = crate::cel::Currency {
        code: "KWD".into(),
        digits: 3,
    };
    is(&env, "kwd(0.125)", Type::Money, 125);
}

#[test]
fn times() {
    let env = world::oracle();
    is(&env, "duration('1h30m')", Type::Duration, 5_400_000_000_000);
    is(&env, "duration('1.5s') * 2", Type::Duration, 3_000_000_000);
    is(&env, "duration('3ns') * 0.5", Type::Duration, 2);
    is(&env, "now - duration('2us')", Type::Time, 3_000);
    is(&env, "duration('2us') + now", Type::Time, 7_000);
    is(&env, "date(now)", Type::Date, 20_524);
    is(&env, "today", Type::Date, 20_524);
    yes(
        &env,
        "order.charges.all(c, now - c.made <= duration('4us'))",
    );
}

#[test]
fn records_and_their_lists() {
    let env = world::oracle();
    is(&env, "charges.size()", Type::Int, 3);
    is(&env, "size(order.charges)", Type::Int, 3);
    is(
        &env,
        "sum(charges.map(c, c.amount - c.refunded))",
        Type::Money,
        12_500,
    );
    is(
        &env,
        "sum(charges.filter(c, c.state == 'captured').map(c, c.amount))",
        Type::Money,
        12_500,
    );
    is(
        &env,
        "sum(charges.map(c, c.state == 'captured', c.amount))",
        Type::Money,
        12_500,
    );
    is(
        &env,
        "charges.filter(c, c.amount > usd(20)).filter(d, d.id != order.id).size()",
        Type::Int,
        2,
    );
    is(
        &env,
        "charges.filter(c, c.state == 'disputed').size() + 1",
        Type::Int,
        1,
    );
    yes(
        &env,
        "sum(charges.map(c, c.amount - c.refunded)) > order.value",
    );
    yes(&env, "charges.exists(c, c.state == 'refunded')");
    no(&env, "charges.exists(c, c.state == 'disputed')");
    yes(&env, "charges.all(c, c.order == order.id)");
    no(&env, "charges.all(c, c.amount > usd(10))");
    yes(
        &env,
        "charges.filter(c, c.state == 'disputed').all(c, false)",
    );
    yes(&env, "charges.exists_one(c, c.amount == usd(100))");
    no(&env, "charges.exists_one(c, c.state == 'captured')");
    is(
        &env,
        "sum(lines.map(l, l.share))",
        Type::Ratio,
        0.25f64.to_bits().cast_signed(),
    );
    is(
        &env,
        "sum(lines.map(l, l.charge.order.value))",
        Type::Money,
        10_000,
    );
    yes(&env, "order.state in ['confirmed', 'cancelled']");
    no(&env, "order.state in ['pending']");
    yes(
        &env,
        "order.state != 'pending' ? charges.size() > 2 : false",
    );
}

#[test]
fn lists_inside_lists() {
    let env = world::oracle();
    is(
        &env,
        "charges.filter(c, c.lines.size() == 1).size()",
        Type::Int,
        1,
    );
    is(
        &env,
        "sum(charges.map(c, sum(c.lines.map(l, l.amount))))",
        Type::Money,
        10_000,
    );
    yes(
        &env,
        "charges.exists(c, c.state == 'captured' && !lines.exists(l, l.charge == c.id))",
    );
    yes(&env, "charges.all(c, charges.exists(d, d.id == c.id))");
}

#[test]
fn rows_of_the_instance() {
    let env = world::oracle();
    is(&env, "shop.orders.size()", Type::Int, 1);
    yes(&env, "shop.orders.state == 'cancelled'");
    yes(&env, "shop.orders.state != order.state");
    is(&env, "shop.orders.value", Type::Money, 10_000);
    let mut empty = world();
    empty.shelves.insert(ORDERS, vec![]);
    for text in [
        "shop.orders.state == 'pending'",
        "shop.orders.value != usd(0)",
    ] {
        assert_eq!(
            made(text, &env).0.run(&empty),
            0,
            "{text}: a row that is not there"
        );
    }
}

#[test]
fn totals_and_balances() {
    let env = world::oracle();
    yes(
        &env,
        "total('Charge.amount') - total('Charge.refunded') == usd(130)",
    );
    // The world of these tests holds as many as the text's number, and a hundred; the first text is the empty one.
    is(&env, "-balance('payable')", Type::Money, 101);
    let (_, _, pools) = made(
        "balance('payable') + balance('clearing') + balance('payable')",
        &env,
    );
    assert_eq!(pools.texts, ["", "payable", "clearing"]);
}

#[test]
fn alerts() {
    let env = world::alert();
    yes(&env, "error_ratio('checkout') > 0.05");
    yes(
        &env,
        "rate('payments') / 2.0 == 10.0 && waiting('checkout') > 3",
    );
    is(&env, "p99('checkout')", Type::Duration, 990_000_000);
    is(
        &env,
        "latency('checkout', 0.5)",
        Type::Duration,
        500_000_000,
    );
    is(
        &env,
        "latency('checkout', 0.999)",
        Type::Duration,
        999_000_000,
    );
    is(&env, "lag('money', 'settlement')", Type::Int, 11);
    yes(&env, "parked('money') == 1 || lag('money', 'ledger') > 0");
    yes(&env, "oldest_unsettled > duration('5m')");
}

#[test]
fn keys() {
    let env = world::step();
    let key = |text: &str| {
        let (program, ty, pools) = made(text, &env);
        assert!(Want::id().accepts.contains(&ty), "{text}");
        Id(program.run(&world()).cast_unsigned()).show(&pools.shapes)
    };
    assert_eq!(key("order.id"), "7");
    assert_eq!(key("'refund-' + charge.id"), "refund-71");
    assert_eq!(key("charge.id + '-r'"), "71-r");
    assert_eq!(key("order.id + '/' + string(saga.attempt)"), "7/3");
    assert_eq!(key("'o' + order.id + '/' + saga.attempt + '!'"), "o7/3!");
    assert_eq!(key("'o' + 'p' + order.id + ':' + 'a' + click"), "op7:a2");
    assert_eq!(key("event.order + '/' + (saga.attempt + 1)"), "7/4");
    assert_eq!(key("'click-' + click"), "click-2");
    assert_eq!(key("click + 1 + '.'"), "3.");
    assert_eq!(key("date(now)"), "20524");
    assert_eq!(key("'day-' + date(now)"), "day-20524");
    assert_eq!(key("event.ref"), "902");
    assert_eq!(key("click > 1 ? order.id : order.id + '/1'"), "7");
}

#[test]
fn shapes_and_texts_are_shared() {
    let env = world::step();
    let mut pools = Pools::default();
    for text in [
        "'refund-' + charge.id",
        "'refund-' + order.id",
        "order.id + '/' + click",
    ] {
        compile(text, &env, Want::id(), &mut pools).unwrap();
    }
    assert_eq!(pools.shapes.len(), 3, "the bare one, and two");
    compile("'x' + nothing", &env, Want::id(), &mut pools).unwrap_err();
    assert_eq!(pools.shapes.len(), 3, "mistakes leave nothing behind");
}

#[test]
fn constants_are_folded() {
    let env = world::oracle();
    assert_eq!(
        made("usd(35) * 2 + usd(0.5)", &env).0.as_constant(),
        Some(7_050)
    );
    assert_eq!(
        made("1 < 2 || order.items == 0", &env).0.as_constant(),
        None
    );
    assert_eq!(made("!(1 < 2) ? 5 : 6", &env).0.as_constant(), Some(6));
}

#[test]
fn dependencies() {
    let env = world::oracle();
    let reads = |text| made(text, &env).0.reads();
    assert_eq!(reads("1 == 1"), [] as [Shelf; 0]);
    assert_eq!(
        reads("sum(charges.map(c, c.amount)) > order.value"),
        [ORDER, CHARGE]
    );
    assert_eq!(
        reads("charges.exists(c, c.lines.size() > 0)"),
        [ORDER, CHARGE, LINES]
    );
    assert!(made("now - now > duration('1s')", &env).0.reads_time());
}
