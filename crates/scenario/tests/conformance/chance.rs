//! 1. Chance: a draw belongs to who draws and where, not to the order of things.

use crate::cases;
use crate::world::{SECOND, lines, world};
use seatrial_sim::engine::{Beat, Moment};

/// A shop whose calls fail by chance; every customer's draws show in the times of their history.
const SHOP: &str = "
clock: {warm_up: 0s, play: 1m, drain: 1m}
records:
  Order: {fields: {id: id, value: money}}
  Pay: {fields: {id: id, order: Order.id, amount: money}}
clients:
  people: {arrive: poisson 5/s, make: {Order: {value: lognormal 60 USD cv 1}}, call: {to: front.buy, timeout: 30s}}
providers:
  bank: {operations: {take: {creates: Pay, takes: lognormal 200ms cv 1, declined: 20%, error: 20%}}, lost: {request: 5%, answer: 10%}}
services:
  front:
    run: {threads: 1000}
    handlers:
      buy:
        input: {order: Order}
        steps: [{work: exp 5ms}, {call: bank.take, with: {amount: order.value}, timeout: 1s, retry: [unknown, failed], backoff: exponential 50ms x2 full \
            jitter}]
";

cases! {
    one_retry_more_shifts_nobody_elses_draws(
        "1", "With more attempts allowed, every customer who needed no more lives through the same, to the nanosecond",
        "common random numbers: Law, Simulation Modeling and Analysis, 5th ed., 11.2"
    ) {
        let world = world(SHOP);
        let (mut same, mut other) = (0, 0);
        for serial in 1_000_001..1_000_200 {
            let story = |attempts: &str| {
                let mut sim = world.with(&[("front.buy.take.attempts", attempts)], 7);
                sim.watch(serial);
                sim.finish();
                lines(&sim)
            };
            let (two, three) = (story("2"), story("3"));
            let third = three.iter().any(|line| line.contains("attempt 3"));
            if third {
                other += 1;
                // What came before the third attempt is the same as well.
                let told = two.iter().position(|line| line.contains("buy answers")).unwrap();
                assert_eq!(two[..told], three[..told], "{serial}");
            } else {
                same += 1;
                assert_eq!(two, three, "{serial}");
            }
        }
        assert!(same > 150 && other > 5, "{same} {other}");
    }

    a_third_service_draws_for_itself(
        "1", "A slow night at one provider's expense does not change who comes, or what they want",
        "common random numbers: Law, Simulation Modeling and Analysis, 5th ed., 11.2"
    ) {
        let world = world(SHOP);
        let arrivals = |set: &[(&str, &str)]| {
            let mut sim = world.with(set, 7);
            sim.advance(60 * SECOND);
            let report = sim.report();
            (report.clients[0].arrivals, report.providers[0].received > 0)
        };
        let plain = arrivals(&[]);
        assert_eq!(plain, arrivals(&[("bank.slow", "5"), ("bank.lost.request", "0.5")]));
    }

    a_message_tried_again_draws_anew(
        "1", "Another attempt is another draw: what fails by chance does not fail for ever",
        "by definition of a draw (seed, source, key, attempt, step)"
    ) {
        let world = world(SHOP);
        let mut sim = world.with(&[("front.buy.take.attempts", "50"), ("bank.take.error", "0.5"), ("bank.take.declined", "0"), ("bank.lost.request", "0"),
            ("bank.lost.answer", "0")], 3);
        sim.finish();
        let report = sim.report();
        assert_eq!(report.clients[0].by_outcome[0], report.clients[0].clicks);
        // Half of all attempts fail, so there are as many retries as calls.
        let ratio = report.retries as f64 / report.clients[0].clicks as f64;
        assert!((0.7..1.3).contains(&ratio), "{ratio}");
    }

    what_is_done_for_one_customer_is_no_draw_of_anothers(
        "1", "How long a refund takes, and what it comes to, does not depend on how many were made before it",
        "common random numbers: Law, Simulation Modeling and Analysis, 5th ed., 11.2"
    ) {
        let text = format!("{SHOP}      fix: {{input: {{pay: Pay}}, steps: [{{work: exp 1s}}]}}
moves: {{fix: {{takes: exp 1m, call: front.fix, pick: {{newest: Pay, at_least: 1}}}}}}
").replace("Pay: {fields: {id: id, order: Order.id, amount: money}}", "Pay: {fields: {id: id, order: Order.id, amount: money}, states: {open: [closed]}}")
            .replace("newest: Pay,", "newest: Pay.open,").replace("creates: Pay,", "creates: Pay.open,");
        let world = world(&text);
        let took = |others: &[i64]| {
            let mut sim = world.with(&[("bank.take.declined", "0"), ("bank.take.error", "0"), ("bank.lost.request", "0")], 7);
            sim.watch(1_000_003);
            sim.advance(30 * SECOND);
            let made = |moment: &Moment| match moment.beat {
                Beat::Effect { id, .. } if id > 0 => Some(id),
                _ => None,
            };
            let ids: Vec<i64> = sim.story().unwrap().moments.iter().filter_map(made).collect();
            for other in others {
                sim.apply(&world.makes("fix", Some(*other))).unwrap();
            }
            sim.apply(&world.makes("fix", Some(ids[0]))).unwrap();
            sim.finish();
            lines(&sim)
        };
        assert_eq!(took(&[]), took(&[2_000_001, 2_000_002, 2_000_001]));
    }
}
