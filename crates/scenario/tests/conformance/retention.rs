//! 22, 23. How long a promise of "once" holds: keys that many arrivals share, and rows of one's own that are kept for a time.

use crate::cases;
use crate::world::{Run, World, world};

/// A report that whoever comes first in an hour has made, under a key that says neither who nor when they came.
fn report(keep: &str) -> World {
    world(&format!(
        "
clock: {{starts: \"2026-03-12T08:00Z\", warm_up: 0s, play: 59m, drain: 10m}}
records:
  Visit: {{fields: {{id: id}}}}
clients: {{people: {{arrive: constant 6/h, make: {{Visit: {{}}}}, call: {{to: front.look, timeout: 20s}}}}}}
providers: {{press: {{operations: {{make: {{takes: 1s}}}}, idempotency: {{{keep}, other_args: error}}}}}}
services:
  front: {{handlers: {{look: {{input: {{visit: Visit}}, steps: [{{call: press.make, idempotency_key: today, timeout: 5s}}]}}}}}}
"
    ))
}

/// An event that comes twice, the second time up to two hours later, and an inbox that keeps what came.
fn inbox(keep: &str, steps: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 20500ms, drain: 6h}}
records:
  Order: {{fields: {{id: id, value: money}}}}
  Pay: {{fields: {{id: id, order: Order.id, amount: money}}}}
  Parcel: {{fields: {{id: id, order: Order.id}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Order: {{value: 5 USD}}}}, call: {{to: front.buy, timeout: 20s}}}}}}
providers:
  bank:
    operations: {{take: {{creates: Pay}}}}
    webhooks: {{send: [Pay], to: front.heard, delay: uniform 1s..2h, twice: 100%}}
stores: {{db: {{takes: 1ms, tables: {{parcels: {{of: Parcel}}, inbox: {{fields: {{ref: id}}, unique: [ref]{keep}}}}}}}}}
services:
  front:
    restart_after: 1s
    start_up: 1s
    run: {{threads: 100}}
    handlers:
      buy: {{input: {{order: Order}}, steps: [{{call: bank.take, with: {{amount: order.value}}}}]}}
      heard: {{input: {{event: bank.event}}, steps: [{steps}]}}
invariants:
  once: {{each: Order, never: parcels.size() > 1, means: {{hurts: shop}}}}
  sent: {{each: Order, at_end: parcels.size() >= 1, means: {{hurts: customer}}}}
"
    ))
}

const TOGETHER: &str = "{id: send, tx: db, do: [{insert: inbox, exists: stop, set: {ref: event.id}}, {insert: parcels, set: {id: event.id}}]}";

cases! {
    a_key_that_many_share_lives_for_its_time(
        "23", "Visits ten minutes apart under one key: the first is done, and for as long as the key is kept the others get its answer, though the first \
            visitor is long gone; then it is done anew",
        "Stripe docs, Idempotent requests: keys are kept at least 24 hours, whoever sends them"
    ) {
        let day = report("keep: 24h, shared: true").run();
        assert_eq!((day.report.providers[0].received, day.report.providers[0].replayed, day.outcomes(0)[0]), (5, 4, 5), "{:?}", day.outcomes(0));
        // At 10 minutes the first; 20 and 30 under its key, which ends at 35; 40 makes the next, which 50 shares.
        let part = report("keep: 25m, shared: true").run();
        assert_eq!((part.report.providers[0].received, part.report.providers[0].replayed, part.outcomes(0)[0]), (5, 3, 5));
    }

    what_is_kept_bounds_the_promise(
        "22", "An inbox that keeps keys for half an hour: a duplicate that is later makes a second effect; one that keeps them longer than anything is under \
            way makes none",
        "Amazon SQS FIFO: five-minute deduplication interval; Stripe docs, webhooks: retries for three days"
    ) {
        let short = inbox(", keep: 30m", TOGETHER).run();
        let gaps = |world: &World| -> Vec<f64> {
            let times = |n: u64| world.about(1_000_001 + n).times("event");
            (0..20).map(times).map(|sent| (sent[1] - sent[0]).abs()).collect()
        };
        let late = gaps(&inbox(", keep: 30m", TOGETHER)).iter().filter(|gap| **gap > 1800.0).count() as u64;
        assert!(late > 5 && late < 20, "{late}");
        assert_eq!((short.broken("once"), short.broken("sent")), (late, 0));
        let long = inbox(", keep: 3h", TOGETHER).run();
        assert_eq!((long.broken("once"), long.broken("sent")), (0, 0));
    }

    a_key_before_its_effect_and_an_effect_before_its_key(
        "22", "In two transactions a crash in between loses the effect, or makes it twice, as one is before the other; in one it does neither",
        "Richardson, Microservices Patterns, 3.3.6: idempotent consumer"
    ) {
        let key = "{id: note, tx: db, do: [{insert: inbox, exists: stop, set: {ref: event.id}}]}";
        let effect = "{id: send, tx: db, do: [{insert: parcels, set: {id: event.id}}]}";
        let run = |steps: &str, after: &str| {
            let world = world(&inbox_text(steps, &format!("faults: {{killed: {{at: 0s, crash: {{service: front, after_step: {after}}}}}}}\n")));
            Run::of(world.with(&[], 1))
        };
        let first = run(&format!("{key}, {effect}"), "note");
        assert_eq!((first.broken("sent"), first.broken("once")), (1, 0));
        // The effect is made, and its key is not yet written down when it is told again.
        let last = run(&format!("{effect}, {key}"), "send");
        assert_eq!((last.broken("sent"), last.broken("once") > 0), (0, true));
        let both = run(TOGETHER, "send");
        assert_eq!((both.broken("sent"), both.broken("once")), (0, 0));
    }
}

fn inbox_text(steps: &str, rest: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 1500ms, drain: 6h}}
records:
  Order: {{fields: {{id: id, value: money}}}}
  Pay: {{fields: {{id: id, order: Order.id, amount: money}}}}
  Parcel: {{fields: {{id: id, order: Order.id}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Order: {{value: 5 USD}}}}, call: {{to: shop.buy, timeout: 20s}}}}}}
providers:
  bank:
    operations: {{take: {{creates: Pay}}}}
    webhooks: {{send: [Pay], to: front.heard, delay: 1s, retry: {{backoff: fixed 10s, give_up: 1h}}}}
stores: {{db: {{takes: 1ms, tables: {{parcels: {{of: Parcel}}, inbox: {{fields: {{ref: id}}, unique: [ref]}}}}}}}}
services:
  shop: {{handlers: {{buy: {{input: {{order: Order}}, steps: [{{call: bank.take, with: {{amount: order.value}}}}]}}}}}}
  front:
    restart_after: 1s
    start_up: 1s
    handlers: {{heard: {{input: {{event: bank.event}}, steps: [{steps}]}}}}
invariants:
  once: {{each: Order, never: parcels.size() > 1, means: {{hurts: shop}}}}
  sent: {{each: Order, at_end: parcels.size() >= 1, means: {{hurts: customer}}}}
{rest}"
    )
}
