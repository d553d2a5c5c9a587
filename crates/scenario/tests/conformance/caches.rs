//! 13. Caches: the hit ratio emerges, misses multiply, what is old is served or not.

use crate::cases;
use crate::world::{Run, World, world};

/// One key, asked for so often; what is missing is fetched from `back`, by `steps`.
fn cached(rate: &str, play: &str, cache: &str, replicas: u32, steps: &str, more: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: {play}, drain: 1m}}
records: {{Job: {{fields: {{id: id, item: count}}}}}}
clients: {{people: {{arrive: {rate}, make: {{Job: {{item: 7}}}}, call: front.go}}}}
caches: {{items: {{{cache}}}}}
services:
  front: {{replicas: {replicas}, start_up: 100ms, restart_after: 100ms, run: {{threads: 10000}}, handlers: {{go: {{input: {{job: Job}}, \
         steps: [{{cache: items, key: job.item, miss: [{{call: back.get}}]}}]}}}}}}
  back: {{run: {{threads: 10000}}, handlers: {{get: {{input: {{job: Job}}, steps: {steps}}}}}}}
{more}"
    ))
}

/// How often something was fetched.
fn fetched(run: &Run) -> u64 {
    run.report.services[1].offered
}

cases! {
    the_hit_ratio_follows_from_popularity_and_size(
        "13", "A hundred of a thousand keys with Zipf weights fit: the share of hits is that of Che's approximation",
        "Che, Tung, Wang, Hierarchical Web Caching Systems, IEEE JSAC 20(7), 2002; Breslau et al., INFOCOM 1999, for the weights"
    ) {
        let run = world("
clock: {warm_up: 0s, play: 10m, drain: 1m}
records: {Job: {fields: {id: id, item: count}}}
clients: {people: {arrive: poisson 100/s, make: {Job: {item: zipf 1000 s 0.8}}, call: front.go}}
caches: {items: {capacity: 100}}
services:
  front: {handlers: {go: {input: {job: Job}, steps: [{cache: items, key: job.item, miss: [{call: back.get}]}]}}}
  back: {handlers: {get: {input: {job: Job}, steps: [{respond: ok}]}}}
").run();
        let weights: Vec<f64> = (1..=1000).map(|rank| f64::from(rank).powf(-0.8)).collect();
        let all: f64 = weights.iter().sum();
        let kept = |time: f64| weights.iter().map(|weight| 1.0 - (-weight / all * time).exp()).sum::<f64>();
        let (mut low, mut high) = (0.0, 1e6);
        for _ in 0..100 {
            let middle = f64::midpoint(low, high);
            if kept(middle) < 100.0 { low = middle } else { high = middle }
        }
        let expected: f64 = weights.iter().map(|weight| weight / all * (1.0 - (-weight / all * low).exp())).sum();
        let hits = 1.0 - fetched(&run) as f64 / run.report.services[0].offered as f64;
        assert!((hits - expected).abs() < 0.01, "{hits} {expected}");
        assert_eq!(run.report.caches[0].misses, fetched(&run));
        assert!(run.report.caches[0].evicted > 1000);
    }

    an_entry_lives_for_its_time(
        "13", "Ten a second for a key that lives for a second: ten of eleven find it",
        "renewal argument: λT / (1 + λT); Jung, Berger, Balakrishnan, INFOCOM 2003"
    ) {
        let run = cached("poisson 10/s", "20m", "ttl: 1s", 1, "[{respond: ok}]", "").run();
        let hits = 1.0 - fetched(&run) as f64 / run.report.services[0].offered as f64;
        assert!((hits - 10.0 / 11.0).abs() < 0.005, "{hits}");
        // With a jitter of all of it an entry lives for half as long on average.
        let run = cached("poisson 10/s", "20m", "ttl: 1s, jitter: 100%", 1, "[{respond: ok}]", "").run();
        let hits = 1.0 - fetched(&run) as f64 / run.report.services[0].offered as f64;
        assert!((hits - 5.0 / 6.0).abs() < 0.01, "{hits}");
    }

    everybody_who_misses_fetches_unless_single_flight(
        "13", "Fifty ask in the second that a fetch takes: fifty fetch. After a restart the process has nothing, and fifty fetch again. \
               With single flight it is one each time, and the others wait for it",
        "Nishtala et al., Scaling Memcache at Facebook, NSDI 2013, 3.2.1: thundering herds; Go, golang.org/x/sync/singleflight"
    ) {
        let crash = "faults: {killed: {at: 10s, crash: {service: front}}}";
        let world = cached("constant 50/s", "20s", "single_flight: false", 1, "[{wait: 1s}]", crash);
        let herd = fetched(&world.run());
        assert!((99..=102).contains(&herd), "{herd}");
        let run = world.run_with(&[("items.single_flight", "true")]);
        assert_eq!(fetched(&run), 2);
        // The first waits a second, the second for what is left of it.
        assert_eq!((run.when("arrives"), run.when("is told ok")), (0.02, 1.02));
    }

    a_cache_in_the_process_is_one_per_replica(
        "13", "Four replicas fetch a key four times, a shared cache once; a shared one outlives their restart",
        "by definition; Nishtala et al., NSDI 2013"
    ) {
        let crash = "faults: {killed: {at: 10s, crash: {service: front, replicas: 4}}}";
        let own = cached("constant 50/s", "20s", "", 4, "[{respond: ok}]", crash).run();
        let shared = cached("constant 50/s", "20s", "shared: true, takes: 1ms", 4, "[{respond: ok}]", crash).run();
        assert_eq!((fetched(&own), fetched(&shared)), (8, 1));
        assert_eq!((shared.when("arrives"), shared.when("is told ok")), (0.02, 0.021));
    }

    a_shared_cache_that_is_emptied_sends_everybody_to_what_is_behind_it(
        "13", "A cache that loses all it has: everybody who asks until the first fetch is back fetches",
        "Nishtala et al., NSDI 2013, 4.3: cold clusters"
    ) {
        let world = cached("constant 50/s", "20s", "shared: true", 1, "[{wait: 1s}]", "faults: {cold: {at: 10s, empty: items}}");
        let herd = fetched(&world.run());
        assert!((99..=102).contains(&herd), "{herd}");
    }

    what_is_stale_is_served_while_one_fetches(
        "13", "An entry that has become old is served at once, and one look-up beside it makes it fresh: nobody but the first waits",
        "RFC 5861, 3: stale-while-revalidate"
    ) {
        let world = cached("constant 10/s", "10s", "ttl: 2s, stale: 10s", 1, "[{wait: 50ms}]", "");
        let run = world.run();
        // At 0.1 s, and about every 2.05 s after it.
        assert_eq!(fetched(&run), 5);
        assert!(run.report.clients[0].latency.p90_us < 1000 && run.report.clients[0].latency.max_us >= 50_000);
        assert_eq!(run.report.caches[0].stale, 4);
        let waits = world.run_with(&[("items.stale", "none")]);
        assert!(waits.report.caches[0].stale == 0 && fetched(&waits) == 5);
    }

    what_is_stale_stands_in_for_what_cannot_be_fetched(
        "13", "When fetching fails, an entry that is too old is better than none, for as long as `on_error` says",
        "RFC 5861, 4: stale-if-error"
    ) {
        let down = "faults: {down: {at: 5s, lasts: 60s, fail: service back}}";
        let world = cached("constant 10/s", "20s", "ttl: 2s", 1, "[{wait: 10ms}]", down);
        let without = world.run().outcomes(0);
        assert!(without[0] < 75 && without[5] > 120, "{without:?}");
        assert_eq!(world.run_with(&[("items.on_error", "1h")]).outcomes(0)[5], 0);
        let for_a_while = world.run_with(&[("items.on_error", "5s")]).outcomes(0);
        assert!(for_a_while[0] > 100 && for_a_while[5] > 70, "{for_a_while:?}");
    }

    that_something_is_missing_is_kept_as_well(
        "13", "With negative caching for five seconds, what does not exist is asked for every five seconds instead of each time",
        "RFC 2308: negative caching"
    ) {
        let world = cached("constant 10/s", "20s", "negative: 5s", 1, "[{respond: missing}]", "");
        let run = world.run();
        assert_eq!((fetched(&run), run.outcomes(0)[2]), (4, 199));
        assert_eq!(fetched(&world.run_with(&[("items.negative", "none")])), 199);
    }

    what_was_read_is_kept(
        "13", "What the steps behind a look-up read is what a hit gives back, although the row has changed since",
        "by definition: a cache is a copy"
    ) {
        let run = world("
clock: {warm_up: 0s, play: 3500ms, drain: 1m}
records: {Job: {fields: {id: id, item: count}}}
clients: {people: {arrive: constant 1/s, make: {Job: {item: 7}}, call: front.go}}
caches: {prices: {ttl: 1500ms}}
stores: {db: {tables: {items: {fields: {name: string, sum: count}, unique: [name]}}}}
services:
  front:
    handlers:
      go:
        input: {job: Job}
        steps:
          - {id: first, tx: db, do: [{insert: items, exists: continue, set: {name: one, sum: 1}}]}
          - {cache: prices, key: job.item, miss: [{id: look, tx: db, do: [{read: items, by: {name: one}, into: [sum]}]}]}
          - {id: more, tx: db, do: [{update: items, by: {name: one}, set: {sum: sum + 1}}]}
          - {if: sum > 1, then: [{respond: declined}]}
").run();
        // 1 is read and made 2. A hit says 1, and makes it 2 again. Then it is read anew.
        assert_eq!((run.outcomes(0)[0], run.outcomes(0)[1]), (2, 1));
    }
}
