//! 24, 25. What becomes of somebody else's records by itself, in parts, and at a cut-off; events that come in another order.

use crate::cases;
use crate::world::{World, world};

const ONE: u64 = 1_000_001;

/// A shop that reserves money at a bank once a second, and what becomes of it there.
fn bank(clock: &str, bank: &str, steps: &str, rest: &str) -> World {
    world(&format!(
        "
clock: {{{clock}, warm_up: 0s}}
records:
  Order: {{fields: {{id: id, value: money}}}}
  Pay:
    fields: {{id: id, order: Order.id, amount: money, back: money}}
    states:
      reserved: [captured, lapsed, void]
      captured: [settled, part_back, back]
      settled: [disputed, part_back, back]
      part_back: [back]
      back: [bounced]
      disputed: [won, lost]
clients: {{people: {{arrive: constant 1/s, make: {{Order: {{value: 60 USD}}}}, call: {{to: front.buy, timeout: 20s}}}}}}
providers:
  bank:
    operations:
      reserve: {{creates: Pay.reserved}}
      take: {{creates: Pay.captured}}
      capture: {{takes_record: Pay, moves: reserved -> captured}}
      cancel: {{takes_record: Pay, moves: reserved -> void}}
      give: {{takes_record: Pay, moves: captured | settled | part_back -> back, adds: back, up_to: amount, partly: part_back}}
{bank}
stores: {{db: {{takes: 0s, tables: {{pays: {{of: Pay, unique: [id]}}, heard: {{fields: {{id: id, pay: Pay.id, says: string}}}}}}}}}}
services:
  front: {{run: {{threads: 100}}, handlers: {{buy: {{input: {{order: Order}}, steps: [{steps}]}}}}}}
{rest}"
    ))
}

const RESERVE: &str = "{call: bank.reserve, with: {amount: order.value}}";
const TAKE: &str = "{call: bank.take, with: {amount: order.value}}";

cases! {
    a_reservation_lapses_by_itself(
        "24", "Money that was reserved and not captured within seven days is free again, without anybody asking; a capture after that is declined",
        "Stripe docs, place a hold on a payment method: authorization validity windows"
    ) {
        let lapse = "    by_itself: {lapse: {of: Pay, moves: reserved -> lapsed, after: 7d}}";
        let late = bank("play: 1500ms, drain: 9d", lapse, &format!("{RESERVE}, {{wait: 8d}}, {{call: bank.capture}}"), "").run();
        late.tells(&["turns", "effect"], &["bank.reserve effect ok", "Pay turns lapsed", "bank.capture effect declined"]);
        assert_eq!(late.when("turns"), 1.0 + 7.0 * 86_400.0);
        for first in ["capture", "cancel"] {
            let early = bank("play: 1500ms, drain: 9d", lapse, &format!("{RESERVE}, {{wait: 6d}}, {{call: bank.{first}}}"), "").run();
            early.tells(&["turns", "effect"], &["bank.reserve effect ok", &format!("bank.{first} effect ok")]);
        }
    }

    parts_add_up_to_the_whole(
        "24", "Refunds of 25 and 35 of 60: partly, then fully refunded; one of a cent more than is left is declined and changes nothing",
        "Stripe API, refunds: up to the remaining unrefunded amount"
    ) {
        let give = |amounts: &[&str]| {
            let gives: Vec<String> = amounts.iter().enumerate().map(|(n, amount)| {
                format!(", {{id: give{n}, call: bank.give, with: {{amount: {amount} USD}}, when: {{declined: [{{wait: 1s}}]}}}}")
            }).collect();
            let rest = "invariants:
  partly: {each: Pay, never: \"pay.state == 'part_back' && (pay.back <= usd(0) || pay.back >= pay.amount)\", means: {hurts: customer}}
  fully: {each: Pay, never: \"pay.state == 'back' && pay.back != pay.amount\", means: {hurts: customer}}
  left: {each: Pay, at_end: pay.back == pay.amount, means: {hurts: customer}}
";
            bank("play: 1500ms, drain: 1m", "", &format!("{TAKE}{}", gives.join("")), rest).run()
        };
        let whole = give(&["25", "35"]);
        assert_eq!((whole.count("bank.give effect ok"), whole.broken("partly"), whole.broken("fully"), whole.broken("left")), (2, 0, 0, 0));
        let more = give(&["25", "35.01"]);
        more.tells(&["give effect"], &["bank.give effect ok", "bank.give effect declined"]);
        assert_eq!((more.broken("partly"), more.broken("left")), (0, 1));
        // Nothing more can be given back of what is all given back.
        give(&["60", "1"]).tells(&["give effect"], &["bank.give effect ok", "bank.give effect declined"]);
    }

    a_refund_can_fail_a_day_later(
        "24", "A refund that was answered `ok` bounces a day later: the money is with the provider again, and an event says so",
        "Stripe docs, failed refunds: refund.failed, up to 30 days later"
    ) {
        let bounce = "    by_itself: {bounce: {of: Pay, moves: back -> bounced, after: 1d, clears: back}}
    webhooks: {send: [Pay.bounced], to: front.heard, delay: 1s}";
        let heard = "      heard: {input: {event: bank.event, says: bank.state}, steps: [{tx: db, do: [{insert: heard, set: {id: event.id, says: says}}]}]}";
        let rest = "invariants: {returned: {each: Pay, at_end: pay.back == pay.amount, means: {hurts: customer}}}\n";
        let world = world(&bank_text("play: 1500ms, drain: 2d", bounce, &format!("{TAKE}, {{call: bank.give, with: {{amount: pay.amount}}}}"), heard, rest));
        let run = world.run();
        run.tells(&["told", "turns", "heard.tx"], &["is told ok", "Pay turns bounced", "front.heard.tx-db commits"]);
        assert_eq!(run.broken("returned"), 1);
    }

    ways_out_of_a_state_compete(
        "24", "Of a thousand captured payments about one in fifty is disputed, and of those three in ten are won; the others stay settled",
        "Stripe docs, disputes: won or lost"
    ) {
        let turns = "    by_itself:
      settle: {of: Pay, moves: captured -> settled, after: 1d}
      dispute: {of: Pay, moves: settled -> disputed, chance: 10%, after: lognormal 10d cv 0.3}
      decide: {of: Pay, moves: disputed -> won, chance: 30%, otherwise: lost, after: 20d}";
        let rest = "telemetry: {metrics: 1h}
invariants:
  won: {each: Pay, never: pay.state == 'won', means: {hurts: shop}}
  lost: {each: Pay, never: pay.state == 'lost', means: {hurts: shop}}
  open: {each: Pay, at_end: \"pay.state != 'disputed' && pay.state != 'captured'\", means: {hurts: shop}}
";
        let run = bank("play: 2000s, drain: 90d", turns, TAKE, rest).run();
        let (won, lost) = (run.broken("won") as f64, run.broken("lost") as f64);
        // 200 expected of 2000, of which 60; four standard deviations each.
        assert!((won + lost - 200.0).abs() < 54.0, "{won} {lost}");
        assert!((won / (won + lost) - 0.3).abs() < 0.13, "{won} {lost}");
        assert_eq!(run.broken("open"), 0);
    }

    settlement_follows_the_wall_clock_of_its_place(
        "25", "A cut-off at 17:00 in Berlin is 16:00 in UTC in winter and 15:00 in summer: on the day on which the clocks change 23 hours lie between two",
        "IANA time zone database: Europe/Berlin; cut-off times are local"
    ) {
        let settle = "    by_itself: {settle: {of: Pay, moves: captured -> settled, at: \"17:00\", zone: Europe/Berlin}}";
        // Of the 28th and the 29th of March 2026; in the night between them the clocks go forward.
        let text = |starts: &str| bank(&format!("starts: \"{starts}\", play: 1500ms, drain: 2d"), settle, TAKE, "");
        let run = text("2026-03-28T15:59:58Z").run();
        assert_eq!(run.when("turns"), 2.0, "{:?}", run.story);
        let after = text("2026-03-28T16:00:00Z").run();
        assert_eq!(after.when("turns"), 23.0 * 3600.0);
        // What comes exactly at the cut-off is in.
        let at = text("2026-03-28T15:59:59Z").run();
        assert_eq!(at.when("turns"), 1.0);
    }

    events_come_in_another_order_than_they_were_made(
        "24", "Each event is on its way for its own time: the later may come first, and says what was true when it was made. Who writes down what \
            came last ends \
            with what is not true any more",
        "Stripe docs, webhooks: event ordering is not guaranteed"
    ) {
        let hooks = "    webhooks: {send: [Pay.captured, Pay.part_back, Pay.back], to: front.heard, delay: uniform 1s..60s}";
        let last = "      heard: {input: {event: bank.event, says: bank.state}, steps: [{tx: db, do: [{insert: status, exists: continue, set: {id: pay.id}}, \
            {update: status, by: {id: pay.id}, set: {says: says}}]}]}";
        let steps = format!("{TAKE}, {{wait: 5s}}, {{call: bank.give, with: {{amount: usd(20)}}}}, {{wait: 5s}}, \
            {{id: rest, call: bank.give, with: {{amount: usd(40)}}}}");
        let rest = "invariants: {right: {each: Pay, at_end: \"status.filter(s, s.says == 'back').size() == 1\", means: {hurts: shop}}}\n";
        let text = bank_text("play: 100500ms, drain: 5m", hooks, &steps, last, rest);
        let text = text.replace("heard: {fields: {id: id, pay: Pay.id, says: string}}", "status: {fields: {id: id, pay: Pay.id, says: string}, unique: [id]}");
        let world = world(&text);
        let run = world.run();
        assert_eq!(run.count("sent"), 3);
        let sent = |n: u64| -> Vec<String> { world.about(ONE + n).with_words(&["sent"]) };
        // Events are numbered when they are made.
        let number = |line: &String| line.split(' ').nth(1).and_then(|word| word.parse::<u64>().ok()).unwrap();
        let orders: Vec<Vec<u64>> = (0..100).map(|n| sent(n).iter().map(number).collect()).collect();
        let wrong = orders.iter().filter(|order| order.iter().max() != order.last()).count() as u64;
        assert!(wrong > 30, "{wrong}");
        assert_eq!(run.broken("right"), wrong);
    }

    answering_before_storing_loses(
        "24", "A handler that answers first and stores after: a crash in between, and the provider never tells again; one that stores first is told again",
        "Stripe docs, webhooks: return 2xx once it is safely kept"
    ) {
        let hooks = "    webhooks: {send: [Pay.captured], to: ears.heard, delay: 1s, timeout: 2s, retry: {backoff: fixed 10s, give_up: 5m}}";
        let run = |steps: &str, after: &str| {
            let rest = format!("  ears: {{restart_after: 1s, start_up: 1s, handlers: {{heard: {{input: {{event: bank.event}}, steps: [{steps}]}}}}}}
faults: {{killed: {{at: 0s, crash: {{service: ears, after_step: {after}}}}}}}
invariants: {{kept: {{each: Pay, at_end: pays.size() == 1, means: {{hurts: customer}}}}}}
");
            bank("play: 1500ms, drain: 10m", hooks, TAKE, &rest).run()
        };
        let store = "{id: store, tx: db, do: [{insert: pays, exists: continue}]}";
        let first = run(&format!("{{respond: ok}}, {{id: think, work: 50ms}}, {store}"), "think");
        assert_eq!((first.count("sent"), first.broken("kept")), (1, 1), "{:?}", first.story);
        let last = run(&format!("{{id: think, work: 50ms}}, {store}, {{respond: ok}}"), "think");
        assert_eq!((last.count("sent"), last.broken("kept")), (2, 0), "{:?}", last.story);
    }

    an_operation_has_a_limit_of_its_own(
        "24", "A bucket for each account: one that asks too often is refused, and the others are not",
        "Stripe docs, rate limits: per endpoint and per object"
    ) {
        let text = "
clock: {warm_up: 0s, play: 1050ms, drain: 1m}
records:
  Order: {fields: {id: id, value: money}}
  Pay: {fields: {id: id, order: Order.id, amount: money}}
clients: {people: {arrive: constant 10/s, make: {Order: {value: 5 USD}}, call: {to: front.buy, timeout: 20s}}}
providers: {bank: {operations: {take: {creates: Pay, limit: 1/s burst 2, per: order}}}}
services:
  front: {run: {threads: 100}, handlers: {buy: {input: {order: Order}, steps: [{call: bank.take, with: {amount: order.value}}, \
            {id: again, call: bank.take, with: {amount: order.value}}, {id: more, call: bank.take, with: {amount: order.value}}]}}}
";
        let each = world(text).run();
        // Two each of ten, and each one's third is refused; to its caller it has failed, for two were done.
        assert_eq!((each.report.providers[0].received, each.report.providers[0].turned_away), (20, 10));
        let one = world(&text.replace(", per: order", "")).run();
        assert_eq!(one.report.providers[0].received, 2);
    }
}

fn bank_text(clock: &str, bank_more: &str, steps: &str, handlers: &str, rest: &str) -> String {
    format!(
        "
clock: {{{clock}, warm_up: 0s}}
records:
  Order: {{fields: {{id: id, value: money}}}}
  Pay:
    fields: {{id: id, order: Order.id, amount: money, back: money}}
    states: {{captured: [settled, part_back, back], settled: [part_back, back], part_back: [back], back: [bounced]}}
clients: {{people: {{arrive: constant 1/s, make: {{Order: {{value: 60 USD}}}}, call: {{to: front.buy, timeout: 60s}}}}}}
providers:
  bank:
    operations:
      take: {{creates: Pay.captured}}
      give: {{takes_record: Pay, moves: captured | settled | part_back -> back, adds: back, up_to: amount, partly: part_back}}
{bank_more}
stores: {{db: {{takes: 0s, tables: {{pays: {{of: Pay, unique: [id]}}, heard: {{fields: {{id: id, pay: Pay.id, says: string}}}}}}}}}}
services:
  front:
    run: {{threads: 100}}
    handlers:
      buy: {{input: {{order: Order}}, steps: [{steps}]}}
{handlers}
{rest}"
    )
}
