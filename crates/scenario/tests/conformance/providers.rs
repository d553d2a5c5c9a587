//! 23, 24. Idempotency keys, and what a provider tells by itself.

use crate::cases;
use crate::world::{World, world};

/// A customer who clicks again, and a bank that knows keys.
fn bank(bank: &str, call: &str, rest: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 1500ms, drain: 5m}}
records:
  Order: {{fields: {{id: id, value: money}}}}
  Pay: {{fields: {{id: id, order: Order.id, amount: money}}, states: {{taken: [back]}}}}
clients:
  people:
    arrive: constant 1/s
    make: {{Order: {{value: 5 USD}}}}
    call: {{to: front.buy, timeout: 20s}}
    human: {{click_again: {{after: 10s, chance: 100%, at_most: 1}}}}
providers:
  bank:
    operations:
      take: {{creates: Pay.taken, takes: 1s, effect_at: 50%}}
      give: {{takes_record: Pay, moves: taken -> back, takes: 1s}}
      find: {{reads: Pay, by: order, takes: 100ms}}
    {bank}
stores: {{db: {{tables: {{pays: {{of: Pay, unique: [id]}}, inbox: {{fields: {{id: id}}, unique: [id]}}}}}}}}
services:
  front:
    run: {{threads: 100}}
    handlers:
      buy: {{input: {{order: Order}}, steps: [{{call: bank.take, with: {{amount: order.value}}, {call}}}]}}
{rest}
invariants: {{once: {{each: Order, never: pays.size() > 1, means: {{hurts: customer}}}}}}
"
    ))
}

const EVENTS: &str = "      heard: {input: {event: bank.event}, steps: [{tx: db, do: [{insert: inbox, exists: stop, set: {id: event.id}}, {insert: pays, \
    exists: continue}]}]}\n";

cases! {
    a_retry_with_the_same_key_is_the_same_charge(
        "23", "The first final answer is given again: one effect, whatever number of attempts",
        "Stripe docs, Idempotent requests"
    ) {
        let world = bank("idempotency: {keep: 24h}", "idempotency_key: order.id, timeout: 3s, attempts: 2, retry: [unknown]", "");
        let run = world.run_with(&[("bank.lost.answer", "1")]);
        assert_eq!((run.count("effect ok"), run.count("take attempt"), run.broken("once")), (1, 4, 0));
        let none = bank("idempotency: {keep: 24h}", "timeout: 3s, attempts: 2, retry: [unknown]", "").run_with(&[("bank.lost.answer", "1")]);
        assert_eq!(none.count("effect ok"), 4);
    }

    a_request_that_is_still_running_conflicts(
        "23", "Under a key whose first request runs, the second is answered `conflict`: refused, and not done",
        "Stripe docs, Idempotent requests: 409 for concurrent requests"
    ) {
        let world = bank("idempotency: {keep: 24h, concurrent: conflict}", "idempotency_key: order.id, timeout: 200ms, attempts: 2, retry: [unknown], \
            backoff: fixed 50ms", "");
        let run = world.run_with(&[("people.click_again.chance", "0")]);
        run.tells(&["effect", "too late"], &["bank.take effect ok", "bank.take answers too late", "bank.take answers too late"]);
        assert_eq!(run.report.providers[0].replayed, 1);
        assert_eq!(run.broken("once"), 0);
    }

    other_arguments_under_a_key_are_an_error(
        "23", "A key with a fingerprint of other arguments is an error, and nothing is done",
        "Stripe docs, Idempotent requests: idempotency_error"
    ) {
        let world = bank("idempotency: {keep: 24h, other_args: error}", "idempotency_key: order.id, timeout: 3s", "");
        let text = world.run();
        text.tells(&["told"], &["is told ok"]);
        let other = crate::world::world(&"
clock: {warm_up: 0s, play: 1500ms, drain: 1m}
records:
  Order: {fields: {id: id, value: money}}
  Pay: {fields: {id: id, order: Order.id, amount: money}}
clients: {people: {arrive: constant 1/s, make: {Order: {value: 5 USD}}, call: front.buy}}
providers: {bank: {operations: {take: {creates: Pay, takes: 1s}}, idempotency: {keep: 24h, other_args: error}}}
services:
  front: {run: {threads: 100}, handlers: {buy: {input: {order: Order}, steps: [{call: bank.take, with: {amount: order.value}, idempotency_key: order.id}, \
      {id: more, call: bank.take, with: {amount: order.value + usd(1)}, idempotency_key: order.id}]}}}
".to_string()).run();
        other.tells(&["effect", "replays", "told"], &["bank.take effect ok", "bank.take replays invalid", "is told invalid"]);
    }

    another_operation_is_another_key(
        "23", "The scope of a key is the operation: a refund under the charge's key is no replay of the charge",
        "behaviour list, 23: scope (account, operation, key)"
    ) {
        let run = world("
clock: {warm_up: 0s, play: 1500ms, drain: 1m}
records:
  Order: {fields: {id: id, value: money}}
  Pay: {fields: {id: id, order: Order.id, amount: money}, states: {taken: [back]}}
clients: {people: {arrive: constant 1/s, make: {Order: {value: 5 USD}}, call: front.buy}}
providers: {bank: {operations: {take: {creates: Pay.taken, takes: 1s}, give: {takes_record: Pay, moves: taken -> back, takes: 1s}}, idempotency: {keep: 24h}}}
services:
  front: {run: {threads: 100}, handlers: {buy: {input: {order: Order}, steps: [{call: bank.take, with: {amount: order.value}, idempotency_key: order.id}, \
      {call: bank.give, idempotency_key: order.id}]}}}
").run();
        run.tells(&["effect", "replays"], &["bank.take effect ok", "bank.give effect ok"]);
    }

    declines_and_failures_are_replayed(
        "23", "With the order alone as the key, a click after a decline replays the decline, and one after an error the error",
        "Stripe docs, Idempotent requests: the first status and body, 500s included"
    ) {
        for (path, outcome) in [("bank.take.declined", "declined"), ("bank.take.error", "failed")] {
            let run = bank("idempotency: {keep: 24h}", "idempotency_key: order.id, timeout: 3s", "").run_with(&[(path, "1")]);
            run.tells(&["effect", "replays", "told"], &[
                &format!("bank.take effect {outcome}"), &format!("is told {outcome}"),
                &format!("bank.take replays {outcome}"), &format!("is told {outcome}"),
            ]);
        }
    }

    a_key_per_click_asks_anew(
        "23", "With order and click as the key, a click after a decline is a new request",
        "behaviour list, 23: what the key is made of is a decision"
    ) {
        let run = bank("idempotency: {keep: 24h}", "idempotency_key: \"order.id + '/' + click\", timeout: 3s", "").run_with(&[("bank.take.declined", "1")]);
        assert_eq!((run.count("effect declined"), run.count("replays")), (2, 0));
    }

    a_key_that_has_expired_executes_anew(
        "23", "After `keep` a key is new: a late retry is a second charge",
        "Stripe docs, Idempotent requests: keys are pruned after 24 hours"
    ) {
        let call = "idempotency_key: order.id, timeout: 3s, attempts: 2, retry: [unknown], backoff: fixed 20s";
        let short = bank("idempotency: {keep: 20s}", call, "").run_with(&[("bank.lost.answer", "1"), ("people.click_again.chance", "0")]);
        assert_eq!((short.count("effect ok"), short.broken("once")), (2, 1));
        let long = bank("idempotency: {keep: 30s}", call, "").run_with(&[("bank.lost.answer", "1"), ("people.click_again.chance", "0")]);
        assert_eq!((long.count("effect ok"), long.broken("once")), (1, 0));
    }

    operations_that_leave_nothing_repeat_under_a_key(
        "23", "An operation without a record keeps its answer under its key too",
        "Stripe docs, Idempotent requests"
    ) {
        let run = world("
clock: {warm_up: 0s, play: 1500ms, drain: 1m}
records: {Order: {fields: {id: id}}}
clients: {people: {arrive: constant 1/s, make: {Order: {}}, call: front.buy}}
providers: {mail: {operations: {send: {takes: 1s}}, idempotency: {keep: 24h}}}
services:
  front: {run: {threads: 100}, handlers: {buy: {input: {order: Order}, steps: [{call: mail.send, idempotency_key: order.id}, {id: more, call: mail.send, \
      idempotency_key: order.id}]}}}
").run();
        run.tells(&["effect", "replays", "told"], &["mail.send effect ok", "mail.send replays ok", "is told ok"]);
    }

    a_rate_limit_refuses(
        "23", "Beyond rate and burst a request is refused and not done",
        "Stripe docs, Rate limits: 429; token bucket"
    ) {
        let world = bank("limit: 1/s burst 2", "timeout: 3s", "");
        let mut sim = world.with(&[("people.rate", "1000/s"), ("people.click_again.chance", "0")], 1);
        sim.advance(1_499_000_000);
        let report = sim.report();
        assert_eq!((report.providers[0].received, report.clients[0].by_outcome[5]), (3, report.clients[0].clicks - 3));
    }

    an_event_is_told_until_it_is_taken(
        "24", "A webhook whose answer is an error, or none, is sent again with back-off until it is taken: the same event",
        "Stripe docs, webhooks: retried up to three days with exponential back-off"
    ) {
        let hooks = "webhooks: {send: [Pay.taken], to: front.heard, delay: 1s, timeout: 10s, retry: {backoff: exponential 10s x2, give_up: 3d}}";
        let world = bank(hooks, "timeout: 3s", &format!("{EVENTS}faults: {{down: {{at: 0s, lasts: 100s, fail: db}}}}\n"));
        let run = world.run();
        let sent = run.times("event");
        // 1.5 s the charge, 2.5 s the first, then after 10, 20, 40, 80 s.
        assert_eq!(sent, [2.5, 12.5, 32.5, 72.5, 152.5]);
        assert_eq!(run.count("heard.tx-db commits"), 1);
    }

    an_event_that_takes_too_long_is_sent_again(
        "24", "A handler slower than the provider's patience gets the event again while it still works",
        "Stripe docs, webhooks: return 2xx quickly"
    ) {
        let hooks = "webhooks: {send: [Pay.taken], to: front.heard, delay: 1s, timeout: 2s, retry: {backoff: fixed 3s, give_up: 1m}}";
        let events = EVENTS.replace("steps: [", "steps: [{work: 4s}, ");
        let run = bank(hooks, "timeout: 3s", &events).run_with(&[("people.click_again.chance", "0")]);
        // Nobody ever answers in time, so it goes on for a minute: 2 s of patience and 3 s of pause each.
        let sent = run.times("event");
        assert!(sent.len() == 13 && sent.windows(2).all(|pair| (4.99..5.01).contains(&(pair[1] - pair[0]))), "{sent:?}");
        assert_eq!((run.count("heard.tx-db commits"), run.count("is there already")), (1, 12));
    }

    an_event_is_given_up(
        "24", "After `give_up` the provider stops telling",
        "Stripe docs, webhooks: up to three days"
    ) {
        let hooks = "webhooks: {send: [Pay.taken], to: front.heard, delay: 1s, retry: {backoff: fixed 10s, give_up: 35s}}";
        let run = bank(hooks, "timeout: 3s", &format!("{EVENTS}faults: {{down: {{at: 0s, lasts: 10m, fail: db}}}}\n")).run();
        assert_eq!(run.times("event"), [2.5, 12.5, 22.5, 32.5, 42.5]);
    }

    an_event_comes_twice(
        "24", "`twice` sends the same event again; an inbox makes one of it, its absence two",
        "Stripe docs, webhooks: handle duplicate events"
    ) {
        let hooks = "webhooks: {send: [Pay.taken], to: front.heard, delay: 1s, twice: 100%}";
        let run = bank(hooks, "timeout: 3s", EVENTS).run();
        run.tells(&["event", "heard.tx"], &["event 1 sent, attempt 1", "event 1 sent, attempt 1", "front.heard.tx-db commits", "front.heard.tx-db is there \
            already"]);
    }

    events_of_the_answer_that_was_lost_are_told(
        "24", "The charge that nobody heard of is told by its webhook, late",
        "Stripe docs, webhooks"
    ) {
        let hooks = "webhooks: {send: [Pay.taken], to: front.heard, delay: 30s}";
        let run = bank(hooks, "timeout: 3s", EVENTS).run_with(&[("bank.lost.answer", "1"), ("people.click_again.chance", "0")]);
        run.tells(&["effect", "told", "heard.tx"], &["bank.take effect ok", "is told unknown", "front.heard.tx-db commits"]);
        assert!((31.5..31.6).contains(&run.when("heard.tx")));
    }

    a_question_sees_what_is_old_enough(
        "24", "A lookup lags: what is younger than `stale` is missing, then it is found",
        "Stripe docs, search: up to a minute behind"
    ) {
        let text = |wait: &str| world(&format!("
clock: {{warm_up: 0s, play: 1500ms, drain: 1m}}
records:
  Order: {{fields: {{id: id, value: money}}}}
  Pay: {{fields: {{id: id, order: Order.id, amount: money}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Order: {{value: 5 USD}}}}, call: front.buy}}}}
providers: {{bank: {{operations: {{take: {{creates: Pay, takes: 1s, effect_at: 100%}}, find: {{reads: Pay, by: order, stale: 2s, takes: 100ms}}}}}}}}
services:
  front: {{run: {{threads: 100}}, handlers: {{buy: {{input: {{order: Order}}, steps: [{{call: bank.take, with: {{amount: order.value}}}}, {{wait: {wait}}}, \
      {{call: bank.find}}]}}}}}}
")).run();
        text("1s").tells(&["told"], &["is told missing"]);
        text("3s").tells(&["told"], &["is told ok"]);
    }

    a_question_can_fail(
        "24", "A lookup declines and fails by chance like any operation",
        "by definition"
    ) {
        let run = bank("lost: {answer: 0%}", "timeout: 3s", "").run_with(&[("bank.find.error", "1")]);
        assert_eq!(run.count("told ok"), 1);
        let run = world("
clock: {warm_up: 0s, play: 1500ms, drain: 1m}
records:
  Order: {fields: {id: id, value: money}}
  Pay: {fields: {id: id, order: Order.id, amount: money}}
clients: {people: {arrive: constant 1/s, make: {Order: {value: 5 USD}}, call: front.buy}}
providers: {bank: {operations: {take: {creates: Pay}, find: {reads: Pay, by: order, error: 100%}}}}
services:
  front: {run: {threads: 100}, handlers: {buy: {input: {order: Order}, steps: [{call: bank.find}]}}}
").run();
        run.tells(&["told"], &["is told failed"]);
    }
}
