//! Sagas: who joins one, what its journal knows, how it goes on, goes back, or asks.

use crate::cases;
use crate::world::{World, world};

/// Open a row, charge, confirm. What differs is said.
fn shop(saga: &str, charge: &str, rest: &str) -> World {
    world(&shop_text(saga, charge, rest))
}

fn shop_text(saga: &str, charge: &str, rest: &str) -> String {
    format!(
        "
clock: {{warm_up: 0s, play: 1500ms, drain: 10m}}
records:
  Order: {{fields: {{id: id, value: money}}, states: {{open: [done, gone]}}}}
  Pay: {{fields: {{id: id, order: Order.id, amount: money}}, states: {{taken: [back]}}}}
clients:
  people:
    arrive: constant 1/s
    make: {{Order: {{value: 5 USD}}}}
    call: {{to: front.buy, timeout: 9s}}
    human: {{click_again: {{after: 8s, chance: 0%, at_most: 1}}}}
stores: {{db: {{takes: 10ms, tables: {{orders: {{of: Order, unique: [id]}}}}}}}}
providers:
  bank:
    operations:
      take: {{creates: Pay.taken, takes: 1s, effect_at: 50%}}
      give: {{takes_record: Pay, moves: taken -> back, takes: 1s}}
      find: {{reads: Pay, by: order, takes: 100ms}}
    idempotency: {{keep: 24h}}
services:
  front:
    replicas: 2
    start_up: 1s
    run: {{threads: 100}}
    handlers:
      buy:
        input: {{order: Order}}
        steps:
          - saga: sale
            journal: db
            resume_after: 30s
            {saga}
            steps:
              - {{id: open, tx: db, do: [{{insert: orders, exists: continue}}], undo: {{move: orders, to: gone}}}}
              - {{id: take, call: bank.take, with: {{amount: order.value}}, timeout: 3s, undo: back.give, ask: {{call: bank.find, after: 5s, timeout: 2s}}, {charge}}}
              - {{id: done, tx: db, do: [{{move: orders, to: done}}]}}
          - respond: saga.outcome
  back:
    run: {{threads: 100}}
    handlers: {{give: {{input: {{pay: Pay}}, steps: [{{call: bank.give, idempotency_key: \"'give-' + pay.id\", timeout: 3s}}]}}}}
invariants: {{once: {{each: Order, never: pays.size() > 1, means: {{hurts: customer}}}}}}
{rest}"
    )
}

const SAGA: &[&str] = &["saga", "effect", "commits", "dies", "told"];

cases! {
    a_saga_goes_through_its_steps(
        "saga", "Steps in order, each after the one before is done",
        "Garcia-Molina and Salem, Sagas, SIGMOD 1987"
    ) {
        let run = shop("failed: leave", "", "").run();
        run.tells(SAGA, &[
            "saga begins attempt 1", "front.buy.sale.open commits", "saga step 0 ok", "bank.take effect ok", "saga step 1 ok",
            "front.buy.sale.done commits", "saga step 2 ok", "saga ends ok", "is told ok",
        ]);
    }

    a_click_attaches_to_the_saga_that_runs(
        "saga", "A second request under the key of a running saga waits for its outcome instead of starting another",
        "Temporal docs, Workflow Id conflict policy: use existing"
    ) {
        let run = shop("failed: leave", "", "").run_with(&[("people.click_again.chance", "1"), ("people.click_again.after", "500ms"), ("people.timeout", "20s")]);
        assert_eq!((run.count("saga begins"), run.count("effect"), run.count("told ok"), run.count("clicks")), (1, 1, 2, 2));
        assert_eq!(run.times("told ok")[0], run.times("told ok")[1]);
    }

    a_click_after_the_end_opens_the_next_attempt(
        "saga", "After a terminal outcome the same key begins attempt 2: with the order as the key of the charge a decline is replayed, with the attempt it is asked anew",
        "Temporal docs, Workflow Id reuse policy; Stripe docs, Idempotent requests"
    ) {
        let clicks = [("people.click_again.chance", "1"), ("bank.take.declined", "1")];
        let replayed = shop("failed: undo", "idempotency_key: order.id", "").run_with(&clicks);
        replayed.tells(&["saga begins", "effect", "replays"], &["saga begins attempt 1", "bank.take effect declined", "saga begins attempt 2", "bank.take replays declined"]);
        let anew = shop("failed: undo", "idempotency_key: \"order.id + '/' + saga.attempt\"", "").run_with(&clicks);
        anew.tells(&["saga begins", "effect", "replays"], &["saga begins attempt 1", "bank.take effect declined", "saga begins attempt 2", "bank.take effect declined"]);
    }

    a_failed_step_is_left(
        "saga", "`failed: leave`: what was done stays as it is",
        "by definition"
    ) {
        let run = shop("failed: leave", "", "").run_with(&[("bank.take.declined", "1")]);
        run.tells(SAGA, &["saga begins attempt 1", "front.buy.sale.open commits", "saga step 0 ok", "bank.take effect declined", "saga step 1 declined", "saga ends declined", "is told declined"]);
    }

    a_failed_step_undoes_those_before_it_last_first(
        "saga", "`failed: undo`: compensations run in reverse, and the outcome is that of the step that failed",
        "Garcia-Molina and Salem, Sagas, SIGMOD 1987: backward recovery"
    ) {
        // The last step fails: the row has been moved to `gone` by another hand, so there is nothing to move.
        let text = shop_text("failed: undo", "", "").replace("{id: done, tx: db, do: [{move: orders, to: done}]}", "{id: look, call: bank.find}\n              - {id: last, tx: db, do: [{move: orders, to: done, by: {id: pay.id}}]}");
        let run = world(&text).run();
        run.tells(&["saga step", "undone", "ends", "bank.give effect", "told"], &[
            "saga step 0 ok", "saga step 1 ok", "saga step 2 ok", "saga step 3 missing", "bank.give effect ok", "saga step 1 undone ok",
            "saga step 0 undone ok", "saga ends missing", "is told missing",
        ]);
    }

    an_undo_that_fails_is_tried_again(
        "saga", "A compensation must come to an end: it is repeated after `resume_after` until it does",
        "Garcia-Molina and Salem, Sagas, SIGMOD 1987: compensations are retried"
    ) {
        let text = shop_text("failed: undo", "", "faults: {bad: {at: 0s, lasts: 50s, set: {bank.give.error: 100%}}}\n")
            .replace("{id: done, tx: db, do: [{move: orders, to: done}]}", "{id: last, tx: db, do: [{move: orders, to: done, by: {id: pay.id}}]}")
            .replace("idempotency_key: \"'give-' + pay.id\", ", "");
        let run = world(&text).run();
        run.tells(&["undone", "ends", "resumes", "told"], &[
            "saga step 1 undone failed", "is told failed", "saga resumes at 1", "saga step 1 undone failed", "saga resumes at 1", "saga step 1 undone ok",
            "saga step 0 undone ok", "saga ends missing",
        ]);
    }

    what_is_unknown_is_left_or_asked(
        "saga", "`unknown: leave` ends with an unknown outcome; `ask` finds the charge and goes on with it",
        "Stripe docs, Error handling: retrieve the object after a network error"
    ) {
        let lost = [("bank.lost.answer", "1")];
        let left = shop("unknown: leave", "", "").run_with(&lost);
        left.tells(&["saga step", "ends", "told"], &["saga step 0 ok", "saga step 1 unknown", "saga ends unknown", "is told unknown"]);
        // Only the first answer is lost: the question's comes.
        let text = shop_text("unknown: ask", "", "faults: {lost: {at: 0s, lasts: 4s, set: {bank.lost.answer: 100%}}}\n").replace("timeout: 9s", "timeout: 20s");
        let found = world(&text).run();
        found.tells(&["effect", "saga step", "ends", "told"], &[
            "saga step 0 ok", "bank.take effect ok", "saga step 1 unknown", "bank.find effect ok", "saga step 2 ok", "saga ends ok", "is told ok",
        ]);
        assert!((9.0..9.2).contains(&found.when("bank.find effect")), "{}", found.when("bank.find effect"));
    }

    a_question_that_finds_nothing_undoes(
        "saga", "Asked, and nothing is there: it was not done, so what came before is undone",
        "by definition"
    ) {
        let text = shop_text("unknown: ask, failed: undo".replace(", ", "\n            ").as_str(), "", "faults: {lost: {at: 0s, lasts: 4s, set: {bank.lost.request: 100%}}}\n").replace("timeout: 9s", "timeout: 20s");
        let run = world(&text).run();
        run.tells(&["effect", "saga step", "ends", "told"], &[
            "saga step 0 ok", "saga step 1 unknown", "bank.find effect missing", "saga step 0 undone ok", "saga ends failed", "is told failed",
        ]);
    }

    a_question_without_an_answer_is_asked_again(
        "saga", "While nobody can say, the saga stays open, is taken up after `resume_after`, and asks again",
        "by definition"
    ) {
        let text = shop_text("unknown: ask", "", "faults: {lost: {at: 0s, lasts: 30s, set: {bank.lost.answer: 100%}}}\n").replace("timeout: 9s", "timeout: 20s");
        let run = world(&text).run();
        run.tells(&["bank.find effect", "resumes", "saga step", "ends", "told"], &[
            "saga step 0 ok", "saga step 1 unknown", "bank.find effect ok", "is told unknown", "saga resumes at 1", "bank.find effect ok", "saga step 2 ok", "saga ends ok",
        ]);
    }

    another_replica_goes_on_from_the_journal(
        "saga", "A crash before the charge: another replica takes the saga up after `resume_after`, at the step that the journal names",
        "Temporal docs, event history; Garcia-Molina and Salem 1987: forward recovery"
    ) {
        let run = shop("failed: leave", "", "faults: {killed: {at: 0s, crash: {service: front, after_step: open}}}\n").run();
        run.tells(&["saga", "effect", "dies", "told", "commits"], &[
            "saga begins attempt 1", "front.buy.sale.open commits", "front.buy dies", "is told unknown", "saga resumes at 1", "bank.take effect ok", "saga step 1 ok",
            "front.buy.sale.done commits", "saga step 2 ok", "saga ends ok",
        ]);
        assert!((31.0..31.1).contains(&run.when("resumes")), "{}", run.when("resumes"));
    }

    a_crash_after_the_charge_charges_again(
        "saga", "The journal learns of the charge with the commit behind it; a crash in between does the charge again: twice without a key, once with one",
        "Temporal docs, Activities: at least once, so idempotent; Helland, Life beyond Distributed Transactions, 2007"
    ) {
        let faults = "faults: {killed: {at: 0s, crash: {service: front, after_step: take}}}\n";
        let bare = shop("failed: leave", "", faults).run();
        bare.tells(&["resumes", "effect", "broken"], &["bank.take effect ok", "saga resumes at 1", "broken once", "bank.take effect ok"]);
        let keyed = shop("failed: leave", "idempotency_key: order.id", faults).run();
        keyed.tells(&["resumes", "effect", "replays", "ends", "broken"], &["bank.take effect ok", "saga resumes at 1", "bank.take replays ok", "saga ends ok"]);
    }

    a_crash_inside_the_last_commit_charges_again_as_well(
        "saga", "Until the last transaction is committed the journal says `take`",
        "by definition of a journal that rides along"
    ) {
        // 1.010 opened, 2.010 charged, 2.020 would be done.
        let run = shop("failed: leave", "idempotency_key: order.id", "faults: {killed: {at: 2015ms, crash: {service: front, replicas: 2}}}\n").run();
        run.tells(&["resumes", "replays", "ends"], &["saga resumes at 1", "bank.take replays ok", "saga ends ok"]);
    }

    a_saga_without_an_entry_has_never_been(
        "saga", "A crash before the first entry is committed leaves nothing to take up; the next click begins",
        "by definition of a journal"
    ) {
        let run = shop("failed: leave", "", "faults: {killed: {at: 1005ms, crash: {service: front, replicas: 2}}}\n").run_with(&[("people.click_again.chance", "1")]);
        run.tells(&["saga", "effect"], &[
            "saga begins attempt 1", "saga ends unknown", "saga begins attempt 2", "saga step 0 ok", "bank.take effect ok", "saga step 1 ok", "saga step 2 ok", "saga ends ok",
        ]);
    }

    a_saga_all_of_whose_steps_are_done_is_done(
        "saga", "A crash after the last commit: the journal says that nothing is left to do",
        "by definition of a journal"
    ) {
        let run = shop("failed: leave", "", "faults: {killed: {at: 0s, crash: {service: front, after_step: done}}}\n").run();
        run.tells(&["resumes", "effect", "commits", "ends"], &["front.buy.sale.open commits", "bank.take effect ok", "front.buy.sale.done commits", "saga resumes at 3", "saga ends ok"]);
    }

    a_journal_that_is_down_stops_sagas(
        "saga", "While the store of the journal is down a saga cannot begin; one under way is left open and goes on later",
        "by definition of a journal"
    ) {
        let begin = shop("failed: leave", "", "faults: {down: {at: 500ms, lasts: 1m, fail: db}}\n").run();
        begin.tells(&["saga", "told"], &["is told refused"]);
    }
}
