//! Modules: handlers that are functions of one service, or have a service of their own.

use seatrial_sim::Outcome;

use crate::cases;
use crate::world::{Run, World, world};

/// A shop of one worker that charges through its module `billing`; billing has a service of its own, too.
fn shop(module: &str, call: &str, rest: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 10m, drain: 1m}}
records:
  Order: {{fields: {{id: id, value: money}}}}
clients: {{people: {{arrive: constant 2/s, make: {{Order: {{value: 5 USD}}}}, call: shop.buy}}}}
stores: {{books: {{takes: 10ms, tables: {{bills: {{fields: {{order: Order.id, amount: money}}, unique: [order]}}}}}}}}
links: {{between: {{from: shop, to: billing, latency: 20ms}}}}
services:
  shop:
    run: {{threads: 1, queue: fifo 100}}
    handlers:
      buy: {{input: {{order: Order}}, steps: [{{work: 50ms}}, {{id: charge, call: billing.charge, with: {{order: order.id, amount: order.value}}{call}}}]}}
  billing: {{run: {{threads: 4}}, pools: {{books: {{size: 2}}}}}}
modules:
  billing:
    of: shop
{module}    handlers: {{charge: {{input: {{order: Order.id, amount: money}}, steps: [{{work: 100ms}}, {{tx: books, do: [{{insert: bills}}]}}]}}}}
{rest}"
    ))
}

fn told(run: &Run) -> u64 {
    run.report.clients[0].latency.p50_us / 1000
}

cases! {
    inside_one_service_a_call_is_a_function(
        "placement", "A module that lives in the caller's service costs no network and no worker: one thread serves both, and nothing waits for itself",
        "Fowler, MonolithFirst and Microservice Trade-Offs, 2015: in-process calls against remote ones"
    ) {
        let run = shop("", "", "").run();
        // 50 ms, 100 ms and a commit of 10 ms; two orders a second find the only thread free.
        assert_eq!(told(&run), 160);
        run.tells(&["begins", "answers"], &[
            "shop.buy begins on 1", "shop.billing.charge begins on 1", "shop.billing.charge answers ok", "shop.buy answers ok",
        ]);
        assert_eq!((run.report.services[0].offered, run.report.services[1].offered), (1199, 0));
        let wire = &run.report.services[0];
        assert_eq!(wire.by_outcome[Outcome::Ok as usize], 1199);
    }

    apart_it_is_a_call_like_any_other(
        "placement", "Apart, the same call opens a connection, waits for the way there and back, and takes a worker and a pool of the other service",
        "Fowler, Microservice Trade-Offs, 2015: distribution"
    ) {
        let run = shop("    placed: apart\n", "", "").run();
        // The connection is kept: only the first order opens one.
        assert_eq!(told(&run), 200);
        assert_eq!((run.report.services[0].offered, run.report.services[1].offered), (1199, 1199));
        // Where it is can be decided, and the same people have the same luck.
        let moved = shop("", "", "").run_with(&[("modules.billing.placed", "apart")]);
        assert_eq!(moved.report.digest, run.report.digest);
    }

    a_function_has_no_time_out_and_no_second_attempt(
        "placement", "What is said of the network holds once there is one: inside a process a call is made once, and its caller waits for it",
        "a function call; RFC 9110 has nothing to say about it"
    ) {
        let policy = ", timeout: 60ms, attempts: 3, retry: [unknown]";
        let together = shop("", policy, "").run();
        assert_eq!((told(&together), together.report.retries), (160, 0));
        let apart = shop("", policy, "").run_with(&[("modules.billing.placed", "apart")]);
        assert!(apart.report.retries > 2000, "{}", apart.report.retries);
        assert_eq!(apart.outcomes(0)[Outcome::Ok as usize], 0);
    }

    together_they_share_their_workers_and_their_fate(
        "placement", "A module that is slow holds the threads of whoever it lives with; apart, with a time-out, it holds them no longer than that",
        "Nygard, Release It!, 2018: bulkheads"
    ) {
        let slow = "faults: {slow: {at: 1m, lasts: 5m, set: {books.slow: 100}}}\n";
        let together = shop("", ", timeout: 200ms, fallback: ok", slow).run();
        // A commit of a second where one is begun each half second: the queue of a hundred is full after a minute and a half.
        assert!(together.outcomes(0)[Outcome::Refused as usize] > 100);
        let apart = shop("", ", timeout: 200ms, fallback: ok", slow).run_with(&[("modules.billing.placed", "apart")]);
        assert_eq!(apart.outcomes(0)[Outcome::Ok as usize], 1199);
        assert!(told(&apart) <= 250);
    }

    a_crash_takes_a_function_with_its_caller(
        "placement", "When the process dies in a function nothing of it goes on, and nobody else has to be told", "by definition"
    ) {
        let crash = "faults: {dies: {at: 1ms, lasts: 10s, crash: {service: shop, replicas: 1, after_step: billing.charge.work}}}\n";
        let run = shop("", "", crash).run();
        assert_eq!(run.report.crashes, 1);
        run.tells(&["dies"], &["shop.buy dies", "shop.billing.charge dies"]);
    }
}
