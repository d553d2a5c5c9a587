//! Random systems in the language, with designs, commands and cuts.

use std::sync::Arc;

use proptest::prelude::*;
use seatrial_scenario::{Compiled, compile};
use seatrial_sim::engine::{Letters, With};
use seatrial_sim::system::{FaultId, GroupId, MoveId, Patch};
use seatrial_sim::{Command, System};

use crate::common::{Files, drawn};

const SECOND: u64 = 1_000_000_000;
/// The clock of all of them: warm-up, play and drain.
const ENDS: u64 = 125 * SECOND;

#[derive(Clone)]
pub struct Case {
    pub text: String,
    pub system: Arc<System>,
    pub design: Vec<Patch>,
    pub seed: u64,
    pub operator: bool,
    /// In the order of their times.
    pub commands: Vec<(u64, Command)>,
    pub cuts: Vec<u64>,
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "seed {}, operator {}, design {:?}", self.seed, self.operator, self.design)?;
        writeln!(f, "commands {:?}\ncuts {:?}\n{}", self.commands, self.cuts, self.text)
    }
}

/// Throws that were made beforehand: fewer of them, a smaller system.
struct Dice<'a>(std::slice::Iter<'a, u32>);

impl Dice<'_> {
    fn below(&mut self, count: u32) -> u32 {
        self.0.next().map_or(0, |throw| throw % count)
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len() as u32) as usize]
    }

    fn often(&mut self) -> bool {
        self.below(3) > 0
    }
}

fn policy(d: &mut Dice<'_>) -> String {
    let mut text = format!(
        "timeout: {}, attempts: {}, retry: {}, backoff: {}",
        d.one(&["none", "50ms", "300ms", "2s"]),
        d.one(&["1", "2", "3", "5"]),
        d.one(&["[unknown]", "[unknown, refused]", "[failed, unknown, refused]", "[]"]),
        d.one(&["none", "fixed 20ms", "exponential 10ms x2 cap 1s full jitter", "exponential 5ms x3 decorrelated jitter"]),
    );
    for more in [
        d.one(&["", ", budget: 20%", ", budget: 0%"]),
        d.one(&["", "", ", breaker: 50%"]),
        d.one(&["", "", ", throttle: 2", ", throttle: 1.1"]),
        d.one(&["", "", ", bulkhead: 3"]),
        d.one(&["", ", deadline: true", ", deadline: bounds"]),
        d.one(&["", "", ", cancel: true"]),
        d.one(&["", "", ", hedge: {after: 20ms, at_most: 2}", ", hedge: {after: 1ms}"]),
        d.one(&["", "", "", ", rate_limit: 20/s burst 3"]),
        d.one(&["", "", "", ", priority: \"1\""]),
        d.one(&["", "", ", fallback: declined", ", fallback: missing"]),
        d.one(&["", "", ", elsewhere: true"]),
    ] {
        text += more;
    }
    text
}

/// `aside`: there is a module, which lives with the first service or by itself.
fn steps(d: &mut Dice<'_>, service: u32, services: u32, aside: bool) -> String {
    let mut steps = vec![format!("{{work: {}}}", d.one(&["exp 2ms", "1ms", "lognormal 5ms cv 2", "uniform 0ms..3ms"]))];
    if service == 0 && d.often() {
        let policy = policy(d);
        let key = d.one(&["", ", idempotency_key: item.id", ", idempotency_key: \"item.id + '/' + click\""]);
        let via = d.one(&["direct", "outbox"]);
        steps.push(format!(
            "{{saga: deal, journal: db, resume_after: {}, failed: {}, unknown: {}, steps: [{{id: open, tx: db, do: [{{insert: items, exists: continue}}], \
                undo: {{move: items, to: gone}}}}, \
             {{id: take, call: bank.take, with: {{amount: item.value}}, {policy}{key}, undo: s0.give, ask: {{call: bank.find, after: 1s, timeout: 500ms}}}}, \
             {{id: keep, tx: db, do: [{{insert: deals, exists: {}}}, {{move: items, to: done}}, {{id: tell, publish: news, via: {via}, body: {{ref: \
                 deal.id}}}}]}}]}}",
            d.one(&["1s", "5s"]), d.one(&["leave", "undo"]), d.one(&["leave", "ask"]), d.one(&["continue", "fail", "stop"]),
        ));
    }
    for to in service + 1..services {
        if to == service + 1 || d.below(4) == 0 {
            steps.push(format!("{{id: to{to}, call: s{to}.go, {}{}}}", policy(d), d.one(&["", ", when: {\"failed, refused\": [{wait: 1ms}]}"])));
        }
    }
    if service + 1 < services && d.below(3) == 0 {
        let key = d.one(&["item.id", "\"item.id + '/' + click\"", "item.value"]);
        steps.push(format!("{{cache: {}, key: {key}, miss: [{{id: fetch, call: s{}.go, {}}}]}}", d.one(&["near", "far"]), service + 1, policy(d)));
    }
    if service + 1 < services && d.below(3) == 0 {
        let to = service + 1 + d.below(services - service - 1);
        steps.push(format!(
            "{{id: many{}, parallel: [{{id: one, call: s{to}.go, {}}}, {{id: two, call: s{}.go, times: {}, {}, optional: {}}}]}}",
            d.one(&[", first: 1", ", first: 2", ""]), policy(d), service + 1, d.one(&["1", "3"]), policy(d), d.one(&["true", "false"]),
        ));
    }
    if d.often() {
        let lock = d.one(&["true", "false"]);
        let tries = d.one(&["", "", ", attempts: 3, backoff: fixed 2ms", ", attempts: 5, isolation: repeatable_read", ", attempts: 3, isolation: \
            serializable"]);
        let takes = d.one(&["", "", ", takes: exp 5ms"]);
        let between = d.one(&["", "", ", {wait: exp 4ms}"]);
        let look = d.one(&["", "", &format!(", {{tx: db, id: peek, reads_from: replica, do: [{{read: counts, by: {{name: c{}}}, into: {{sum: \
            peeked}}}}]}}", 0)]).to_owned();
        let last = d.one(&["set: {sum: sum + 1}", "add: {sum: 2}", "set: {sum: sum + 1}, expect: {sum: sum}"]);
        steps.push(format!("{{id: count, tx: db{tries}, do: [{{insert: counts, exists: continue, set: {{name: c{}, sum: 0}}}}, {{read: counts, by: \
            {{name: c{}}}, \
            lock: {lock}, into: [sum]{takes}}}{between}, {{update: counts, by: {{name: c{}}}, {last}}}]}}",
            d.below(3), d.below(2), d.below(2)));
        // A row that is not there makes it `missing`.
        let step = steps.pop().unwrap();
        steps.push(format!("{{if: \"click > {}\", then: [{step}{look}]}}", d.below(3)));
    }
    if aside && d.often() {
        steps.push(format!("{{id: aside, call: aside.go, {}}}", policy(d)));
    }
    if service > 0 && d.below(3) == 0 {
        steps.push("{id: say, publish: news, body: {ref: item.id, amount: item.value}}".into());
    }
    if d.below(4) == 0 {
        steps.push(format!("{{respond: {}}}", d.one(&["ok", "last", "declined"])));
        steps.push("{wait: 2ms}".into());
    }
    format!("[{}]", steps.join(", "))
}

fn text(d: &mut Dice<'_>) -> String {
    let services = 1 + d.below(5);
    let aside = d.below(3) == 0;
    let mut out = format!(
        "scenario: random\ntitle: Random\nclock: {{starts: \"2026-03-12T23:59Z\", warm_up: 5s, play: 60s, drain: 60s}}\nroll_out: {} each\n\
         records:\n  Item: {{fields: {{id: id, value: money}}, states: {{open: [done, gone]}}}}\n  Deal: {{fields: {{id: id, item: Item.id, amount: money, \
             back: money}}, states: {{taken: [given]}}}}\n  \
         Made: {{fields: {{ref: id, item: Item.id, amount: money}}}}\n  Batch: {{fields: {{id: id, day: date}}}}\n",
        d.one(&["1s", "10s", "0s"])
    );
    out += &format!(
        "clients:\n  people: {{arrive: {} {}/s, make: {{Item: {{value: lognormal 60 USD cv 1}}}}, call: {{to: s0.go, timeout: {}{}}}, human: {{click_again: \
            {{after: {}, chance: {}, at_most: {}}}}}}}\n",
        d.one(&["poisson", "constant"]), d.one(&["5", "20", "60"]), d.one(&["none", "1s", "4s"]), d.one(&["", "", ", cancel: true"]),
            d.one(&["500ms", "3s"]), d.one(&["0%", "50%", "100%"]),
            d.below(4),
    );
    out += &format!("stores:\n  db: {{connections: {}, takes: {}, tables: {{items: {{of: Item, unique: [id]}}, deals: {{of: Deal, unique: [id]}}, counts: \
        {{fields: {{name: string, sum: count}}, unique: [name]}}}}{}}}\n",
        d.one(&["100", "4"]), d.one(&["1ms", "exp 3ms"]), d.one(&["", "", ", isolation: repeatable_read", ", isolation: serializable", ", \
            deadlock_timeout: 20ms, lock_timeout: 100ms"]).to_owned()
            + d.one(&["", ", migrations: {change: {at: 20s, changes: [{index: counts, takes: 200ms}, {require: counts.name, takes: 50ms}]}}",
                ", migrations: {change: {at: 10s, lock_timeout: 5ms, attempts: 4, again: 1s, changes: [{index: items, takes: 1s}, {drop_table: counts}]}}"])
            + ", replica: " + d.one(&["{}", "{delay: exp 2s, promotes: exp 1s}", "{applies: 30ms, synchronous: true, promotes: 2s}"]));
    out += &format!("  books: {{tables: {{lines: {{of: Made, unique: [ref]{}}}, sums: {{fields: {{batch: id, sum: money, rows: count}}, unique: \
        [batch]}}, notes: {{fields: {{ref: id}}, unique: [ref]{}}}}}}}\n", d.one(&["", ", \
        append_only: true"]), d.one(&["", ", keep: 3s"]));
    if d.below(3) == 0 {
        out += &format!("topics:\n  news: {{kind: queue, of: Made, key: item, fifo: {}, visibility: {}, delay: {}, keep: {}, failing: {{nack: {}, \
            park: {}}}}}\n",
            d.one(&["true", "false"]), d.one(&["none", "20ms", "2s"]), d.one(&["0s", "300ms"]), d.one(&["4d", "15s"]),
            d.one(&["never", "at once", "exponential 10ms x2 cap 5s full jitter"]), d.one(&["never", "after 2", "permanent errors"]));
    } else {
        out += &format!("topics:\n  news: {{of: Made, key: item, partitions: {}, session: {}, keep: {}, failing: {{again: {}, park: {}}}}}\n",
        d.one(&["1", "4"]), d.one(&["2s", "20s"]), d.one(&["4d", "15s"]), d.one(&["100ms", "1s"]), d.one(&["never", "after 2", "permanent errors"]));
    }
    let queued = out.contains("kind: queue");
    out += &format!("providers:\n  bank:\n    operations:\n      take: {{creates: Deal.taken, takes: lognormal 50ms cv 1, declined: {}, error: {}, \
        effect_at: {}}}\n      give: {{takes_record: Deal, moves: taken -> given, set: {{back: amount}}, takes: 20ms, error: 10%}}\n      \
         find: {{reads: Deal, by: item, stale: {}, takes: 5ms}}\n      report: {{reads: Deal, every: 10s}}\n      submit: {{creates: Batch, takes: \
             1s}}\n    lost: {{request: {}, answer: {}}}\n    limit: {}\n    idempotency: {{keep: {}}}\n    \
         webhooks: {{send: [Deal.taken], to: s0.heard, delay: exp 500ms, twice: {}, timeout: 1s, retry: {{backoff: exponential 500ms x2 cap 5s, give_up: \
             30s}}}}\n",
        d.one(&["0%", "5%"]), d.one(&["0%", "5%"]), d.one(&["0%", "50%", "100%"]), d.one(&["0s", "2s"]), d.one(&["0%", "2%"]), d.one(&["0%", "5%"]),
            d.one(&["none", "30/s burst 5"]), d.one(&["1s", "24h", "2s, shared: true"]), d.one(&["0%", "20%"]));
    if d.below(3) == 0 {
        out = out.replace("set: {back: amount}", "adds: back, up_to: amount, partly: taken");
        out += &format!("    by_itself: {{again: {{of: Deal, moves: given -> taken, chance: {}, after: exp 5s, clears: back}}, \
            late: {{of: Deal, moves: taken -> given, chance: 20%, after: exp 2s, at: \"{}\", zone: Europe/Paris}}}}\n", d.one(&["50%", "100%"]),
                d.one(&["01:00", "17:30"]));
    }
    for cache in ["near: {", "far: {shared: true, takes: exp 1ms, "] {
        out += &format!(
            "{}  {cache}capacity: {}, ttl: {}, stale: {}, on_error: {}, negative: {}, single_flight: {}, jitter: {}}}\n",
            if cache.starts_with("near") { "caches:\n" } else { "" },
            d.one(&["100", "3", "0"]), d.one(&["none", "1s", "20s"]), d.one(&["none", "2s"]), d.one(&["none", "10s"]), d.one(&["none", "3s"]),
            d.one(&["false", "true"]), d.one(&["0%", "50%"]),
        );
    }
    out += "services:\n";
    for service in 0..services {
        let run = match d.below(3) {
            0 => format!("{{cores: {}, in_flight: {}, queue: {} {}}}", 1 + d.below(3), d.one(&["2", "100"]), d.one(&["fifo", "lifo"]), d.one(&["0", "5",
                "1000"])),
            _ => format!(
                "{{threads: {}, queue: {} {}{}}}",
                d.one(&["1", "4", "50"]),
                d.one(&["fifo", "lifo"]),
                d.one(&["0", "5", "1000"]),
                d.one(&["", "", ", wait: 30ms", ", wait: exp 20ms"])
            ),
        };
        let run = run.replace('}', &format!(
            "{}{}{}{}{}}}",
            d.one(&["", "", ", order: priority", ", order: adaptive lifo"]),
            d.one(&["", "", ", full: block", ", full: backlog 3"]),
            d.one(&["", "", ", shed: codel", ", shed: controlled delay"]),
            d.one(&["", "", "", ", concurrency: 4", ", concurrency: aimd", ", concurrency: gradient"]),
            d.one(&["", "", "", ", rate_limit: 30/s burst 5"]),
        ));
        let more = [
            d.one(&["", "", "    discovery: {by: endpoints, delay: exp 2s}\n", "    discovery: {by: dns, ttl: 5s, pool_age: 20s, connect: 500ms}\n",
                "    discovery: {by: registry, renew: 2s, expires: 6s, fetch: 3s, cache: 1s}\n"]),
            d.one(&["", "", "    pauses: {every: exp 10s, lasts: exp 300ms}\n"]),
            d.one(&["", "", "    eject: {after: 2, base: 5s, most: 50%}\n"]),
            d.one(&["", "", "    instances: {grace: 3s, pre_stop: 1s}\n", "    instances: {grace: 300ms, on_term: exit}\n", "    instances: {grace: \
                2s, on_term: ignore}\n"]),
            d.one(&["", "", "    probes: {ready: {steps: [{work: 1ms}], period: 2s, failures: 1}}\n", "    restart_backoff: exponential 1s x2 cap \
                5s\n    probes: {startup: \
                {steps: [{work: 1ms}], period: 1s}, ready: {steps: [{tx: db, do: [{read: counts, by: {name: c0}, into: [sum]}]}], period: 3s}, live: \
                    {own_port: true, steps: \
                [{work: 1ms}], period: 2s}}\n"]),
        ]
        .concat();
        out += &format!("  s{service}:\n{more}    replicas: {}\n    start_up: {}\n    restart_after: 500ms\n    balance: {}\n    run: {run}\n    pools: {{db: \
            {{size: {}, wait: {}}}}}\n    handlers:\n      go: {{input: {{item: Item}}, steps: {}}}\n",
            1 + d.below(3), d.one(&["0s", "3s"]), d.one(&["round robin", "random", "least requests", "two choices", "pinned"]), d.one(&["1", "10"]),
                d.one(&["20ms",
                "1s", "none"]), steps(d, service, services, aside));
        if service == 0 {
            out += "      give: {input: {deal: Deal}, steps: [{call: bank.give, timeout: 1s, idempotency_key: deal.id}]}\n";
            out += &format!("      heard: {{input: {{event: bank.event}}, use: {}}}\n", d.one(&["deaf", "hears"]));
            out += &format!("    jobs:\n      sum: {{{}, gather: {{table: db.deals, by: item, sum: amount, moves: taken -> given}}, steps: [{{work: \
                1ms}}, {{tx: books, do: [{{insert: \
                sums}}]}}]}}\n      relay: {{every: {}, relay: db, batch: {}{}}}\n      close: {{at: \"00:00\", steps: [{{call: bank.submit, with: \
                {{day: today}}, idempotency_key: today}}]}}\n      \
                 compare: {{enabled: {}, every: 5s, compare: {{left: bank.report, right: db.deals, by: id, older_than: 4s}}, missing_right: [{{publish: \
                     news, body: {{ref: deal.id}}}}], left_repeats: {{by: item, do: [{{call: s0.give}}]}}}}\n",
                d.one(&["every: 7s", "at: \"01:00\", zone: Europe/Paris", "every: 50s"]), d.one(&["100ms", "2s"]), d.one(&["1", "100"]),
                    d.one(&["", "", ", order: id", ", relays: 3"]), d.one(&["true", "false"]));
        }
    }
    out += &format!("  desk:\n    replicas: {}\n    start_up: 1s\n    run: {{threads: {}}}\n    handlers:\n      hear: {{from: {{topic: news, ack: {}{}}}, \
        steps: [{{work: {}}}, {{tx: books, do: [{{insert: lines, exists: {}}}]}}]}}\n      \
         also: {{from: {{topic: news, group: also}}, steps: [{{tx: books, do: [{{insert: notes, exists: stop, set: {{ref: event.ref}}}}]}}]}}\n",
        1 + d.below(3), d.one(&["1", "8"]), d.one(&["after", "before"]), if queued { d.one(&["", ", concurrency: 1", ", concurrency: 2, prefetch: 9, \
            extend: 5ms"]) } else {
            d.one(&["", ", poll_limit: 15ms", ", concurrency: 1, poll_limit: 40ms, rebalance: eager", ", commit_every: 3s, rebalance: eager", ", \
                commit_every: 500ms, concurrency: 2, poll_limit: 1s"])
        },
        d.one(&["1ms", "exp 20ms"]), d.one(&["continue", "fail", "stop"]));
    if aside {
        out += &format!(
            "  aside: {{replicas: {}, start_up: 1s, run: {{threads: {}}}, pools: {{db: {{size: 2, wait: 50ms}}}}}}\n\
             modules: {{aside: {{of: s0, placed: {}, handlers: {{go: {{input: {{item: Item}}, steps: [{{work: {}}}, {{tx: db, do: [\
                {{insert: counts, exists: continue, set: {{name: aside, sum: 0}}}}, {{update: counts, by: {{name: aside}}, add: {{sum: 1}}}}]}}{}]}}}}}}}}\n",
            1 + d.below(2), d.one(&["1", "8"]), d.one(&["together", "apart"]), d.one(&["1ms", "exp 5ms"]), d.one(&["", ", {respond: declined}"]),
        );
    }
    let linked = d.below(3) > 0;
    if linked {
        let way = |d: &mut Dice<'_>| format!("latency: {}, loss: {}, lost: {{request: {}, answer: {}}}, connect: {}, gives_up: {}, lifetime: {}",
            d.one(&["0s", "1ms", "exp 5ms"]), d.one(&["0%", "0%", "10%"]), d.one(&["0%", "2%"]), d.one(&["0%", "2%"]), d.one(&["none", "500ms", "5s"]),
            d.one(&["15m", "3s"]), d.one(&["none", "1s"]));
        if d.often() {
            out += &format!("credentials:\n  word: {{of: [db, bank], rotation: {}, sessions: {}, lock: {{after: {}, for: 3s}}, reload: {{s0: {}}}}}\n",
                d.one(&["replace", "overlap"]), d.one(&["none", "2s"]), d.one(&["none", "4"]), d.one(&["none", "3s"]));
            out += &format!("  seal: {{signs: bank, rotation: {}, tolerance: {}, reload: {{s0: {}}}}}\n", d.one(&["replace", "overlap"]),
                d.one(&["none", "1s"]), d.one(&["none", "3s"]));
            out += "certificates:\n  paper: {of: s0, expires: 30s, lives: 60s, reload: {s0: 5s}}\n";
        }
        out += &format!("flags: {{fresh: {{share: {}, poll: {}}}}}\nclocks: {{s0: {{ahead: {}, replicas: 1, gains_daily: 10s, ntp: {}}}}}\n",
            d.one(&["0%", "40%", "100%"]), d.one(&["none", "7s"]), d.one(&["0s", "2s"]), d.one(&["none", "step", "slew"]));
        let more = if services > 1 { "s1, " } else { "" };
        out += &format!("links:\n  near: {{from: [people, bank], to: s0, {}}}\n  far: {{from: s0, to: [{more}bank, db], {}}}\n  post: {{from: [s0, \
            {more}desk], to: news, {}}}\n",
            way(d), way(d), way(d));
    }
    out += "blocks:\n  deaf: [{respond: ok}]\n  hears: [{tx: db, do: [{insert: deals, exists: continue}]}]\n";
    out += "telemetry: {metrics: 5s, business: true}\nmeasures: {late: {oldest: db.deals, state: taken, without: books.lines, by: {id: ref}}}\n";
    out += "alerts: {errors: {when: \"error_ratio('s0') > 0.1\", hold: 5s}, late: {needs: business, when: \"oldest_late > duration('10s')\"}}\nsupport: \
        {agents: 1, handling: exp 5s}\n";
    let leaves = match aside {
        true => "  leaves: {ask: Does it leave?, options: {no: {default: true}, yes: {set: {modules.aside.placed: apart}}}}\n",
        false => "",
    };
    out += &format!("decisions:\n{leaves}  wait: {{ask: How long?, sets: bank.webhooks.timeout, from: 100ms, to: 10s}}\n  hear: {{ask: Listen?, options: \
        {{as_found: {{default: true}}, other: {{set: {{s0.heard.use: {}, s0.threads: 2}}}}}}}}\n",
        d.one(&["deaf", "hears"])).replace(", s0.threads: 2", "");
    out += "invariants:\n  once: {each: Item, never: \"sum(deals.map(x, x.amount - x.back)) > item.value\", means: {hurts: customer, costs: usd(5), ticket: \
        {chance: 60%, after: exp 3s}}}\n  \
            heard: {each: Item, eventually: {when: \"deals.size() > 0\", then: \"lines.size() > 0\", within: 20s}, means: {hurts: shop, ticket: {chance: \
                10%, after: 1s}}}\n";
    let at = |d: &mut Dice<'_>| d.one(&["1s", "10s", "20s", "40s", "59s"]).to_owned();
    let lasts = |d: &mut Dice<'_>| d.one(&["1s", "12s", "30s"]).to_owned();
    out += &format!("faults:\n  down: {{at: {}, lasts: {}, fail: {}}}\n  again: {{at: {}, lasts: {}, fail: {}}}\n", at(d), lasts(d), d.one(&["store db",
        "store books", "bank", "news", "service desk", "service s0", "group also"]), at(d), lasts(d), d.one(&["store db", "service desk", "bank"]));
    out += &format!("  killed: {{at: {}, crash: {{service: {}, replicas: {}}}}}\n  poison: {{at: {}, corrupt: news, count: {}}}\n  lost: {{at: {}, lasts: \
        {}, set: {{bank.lost.answer: 50%, bank.slow: 4}}}}\n",
        at(d), d.one(&["s0", "desk"]), 1 + d.below(3), at(d), 1 + d.below(20), at(d), lasts(d));
    out += &format!("  over: {{at: {}, fail_over: db}}\n  full: {{at: {}, lasts: {}, set: {{db.full: true}}}}\n", at(d), at(d), lasts(d));
    out += &format!("  still: {{at: {}, lasts: {}, pause: {{service: {}, replicas: {}}}}}\n", at(d), lasts(d), d.one(&["s0", "desk"]), 1 + d.below(3));
    out += &format!("  cold: {{at: {}, empty: far}}\n", at(d));
    out += &format!("  busy: {{at: {}, lasts: {}, set: {{people.rate: {}}}}}\n", at(d), lasts(d), d.one(&["0/s", "100/s"]));
    if linked {
        let mut cut = |name: &str| format!("  cut_{name}: {{at: {}, lasts: {}, set: {{links.{name}.cut: {}, links.{name}.cut_replicas: {}}}}}\n", at(d),
            lasts(d), d.one(&["there", "back", "both"]), d.below(2));
        out += &cut("near");
        out += &cut("far");
        out += &cut("post");
    }
    out += "moves:\n  redrive: {takes: 1s, redrive: news, rate: 5/s}\n  give: {takes: exp 2s, call: s0.give, pick: {newest: Deal.taken, at_least: \
        2}}\n  restart: {takes: 1s, restart: s0}\n  compare: {takes: 100ms, run: s0.compare}\n  skip: {takes: 3s, skip: news}\n  \
        pause: {takes: 100ms, pause: news}\n  resume: {takes: 100ms, resume: news}\n  \
        limit: {set: {s0.start_up: 1s, bank.webhooks.timeout: 2s}}\n  relay: {run: s0.relay}\n  switch: {takes: 1s, fail_over: db}\n";
    if out.contains("\ncredentials:") {
        out += "  rotate: {takes: 1s, rotate: word}\n  load: {takes: 0s, reload: word, service: s0}\n  revoke: {takes: 0s, revoke: word}\n  \
            throw_out: {takes: 1s, revoke: word, terminate: true}\n  seal_anew: {takes: 0s, rotate: seal}\n  renew: {takes: 1s, rotate: paper}\n";
    }
    out += "operator: {reacts: 2s, script: [{after: alert, move: redrive}, {after: alert, move: skip}, \
        {after: ticket once, move: give}, {after: alert errors, move: restart}]}\n";
    out
}

fn compiled(text: &str) -> Compiled {
    let files = Files::from([("random.yaml".to_owned(), text.as_bytes().to_vec())]);
    let (compiled, diagnostics) = compile(&files, "random.yaml");
    compiled.unwrap_or_else(|| panic!("{}\n{text}", drawn(&diagnostics, &files)))
}

fn command(d: &mut Dice<'_>, compiled: &Compiled) -> Command {
    let system = &compiled.system;
    match d.below(4) {
        0 => {
            let patches: Vec<Patch> = compiled.decisions.iter().flat_map(|decision| decision.patches()).map(|(param, value)| Patch { param, value }).collect();
            Command::Decide(vec![patches[d.below(patches.len() as u32) as usize]])
        }
        // One more than there are: refused.
        1 => Command::Inject(FaultId(d.below(system.faults.len() as u32 + 1) as u16)),
        2 => Command::Lift(FaultId(d.below(system.faults.len() as u32 + 1) as u16)),
        _ => {
            let number = |d: &mut Dice<'_>, most: u32| d.below(most) as u16;
            let with = match d.below(8) {
                0 | 1 => With::Nothing,
                2 => With::Record(i64::from(2_000_001 + d.below(300))),
                3 => With::DeadLetters { which: Letters::First(d.below(4)), rate: Some(f64::from(d.below(5))) },
                4 => With::DeadLetters { which: Letters::These(vec![d.below(5).into(), d.below(20).into()]), rate: None },
                5 => With::Group(GroupId(number(d, 3))),
                6 => With::Partition { group: GroupId(number(d, 3)), partition: number(d, 4) },
                _ => With::Replica(number(d, 4)),
            };
            match d.below(6) {
                0 => Command::TakeBack(d.below(6).into()),
                1 => Command::CallOff(d.below(12).into()),
                _ => Command::Move { makes: MoveId(d.below(system.moves.len() as u32 + 1) as u16), with },
            }
        }
    }
}

pub fn case() -> impl Strategy<Value = Case> {
    let times = |most: usize| prop::collection::vec(0..ENDS, 0..most);
    (prop::collection::vec(any::<u32>(), 0..250), prop::collection::vec(any::<u32>(), 40), times(8), times(12), any::<u64>(), any::<bool>()).prop_map(
        |(throws, more, mut when, mut cuts, seed, operator)| {
            let text = text(&mut Dice(throws.iter()));
            let compiled = compiled(&text);
            let mut d = Dice(more.iter());
            let last = |name: &str| {
                let patches = compiled.decisions.iter().find(|decision| decision.name == name).map(|decision| decision.patches());
                patches.and_then(|patches| patches.last().copied()).map(|(param, value)| Patch { param, value })
            };
            let mut design = Vec::new();
            for name in ["wait", "leaves"] {
                design.extend(last(name).filter(|_| d.often()));
            }
            when.sort_unstable();
            cuts.sort_unstable();
            let commands = when.into_iter().map(|at| (at, command(&mut d, &compiled))).collect();
            Case { text, system: Arc::new(compiled.system), design, seed, operator, commands, cuts }
        },
    )
}
