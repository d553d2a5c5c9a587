//! What is said about each mistake, and where. Every case changes one thing of a good scenario; the snapshots are
//! meant to be read.

mod common;

use common::{Files, drawn};
use seatrial_scenario::compile;

const GOOD: &str = include_str!("small/small.yaml");

fn told(text: &str, more: &[(&str, &str)]) -> String {
    let mut files = Files::from([("small.yaml".to_owned(), text.as_bytes().to_vec())]);
    files.extend(
        more.iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())),
    );
    let (compiled, diagnostics) = compile(&files, "small.yaml");
    if compiled.is_some() && diagnostics.is_empty() {
        return "no mistakes\n".into();
    }
    drawn(&diagnostics, &files)
}

/// Each case: what stands in the good scenario, and what stands there instead.
fn check(cases: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (there, instead) in cases {
        assert_eq!(
            GOOD.matches(there).count(),
            1,
            "`{there}` must stand there once"
        );
        out += &format!("### {there}  →  {instead}\n");
        out += &told(&GOOD.replacen(there, instead, 1), &[]);
        out += "\n";
    }
    out
}

macro_rules! mistakes {
    ($($name:ident: [$(($there:expr, $instead:expr)),+ $(,)?];)+) => {$(
        #[test]
        fn $name() {
            let told = check(&[$(($there, $instead)),+]);
            insta::assert_snapshot!(told);
        }
    )+};
}

#[test]
fn the_good_one_is_good() {
    assert_eq!(told(GOOD, &[]), "no mistakes\n");
}

mistakes! {
    instances: [
        ("    replicas: 2\n", "    replicas: 2\n    discovery: {ttl: 30s}\n"),
        ("    replicas: 2\n", "    replicas: 2\n    discovery: {by: zookeeper}\n"),
        ("    replicas: 2\n", "    replicas: 2\n    max_connection_age: 5m\n"),
        ("    replicas: 2\n", "    replicas: 2\n    eject: {most: 300%}\n"),
        ("    replicas: 2\n", "    replicas: 2\n    probes: {ready: {period: 10s}}\n"),
        ("    replicas: 2\n", "    replicas: 2\n    probes: {alive: {steps: [{work: 1ms}]}}\n"),
        ("    replicas: 2\n", "    replicas: 2\n    instances: {on_term: drian}\n"),
        ("    replicas: 2\n", "    replicas: 2\n    pauses: {every: 1m}\n"),
    ];
    units: [
        ("timeout: 12s", "timeout: 12 USD"),
        ("timeout: 12s", "timeout: 12"),
        ("timeout: 12s", "timeout: -3s"),
        ("poisson 5/s", "poisson 5"),
        ("poisson 5/s", "5/s"),
        ("chance: 35%", "chance: 350%"),
        ("chance: 35%", "chance: 35s"),
        ("lognormal 60 USD cv 1.2", "lognormal 60 EUR cv 1.2"),
        ("lognormal 60 USD cv 1.2", "lognormal 60 USD"),
        ("lognormal 60 USD cv 1.2", "60s"),
        ("work: exp 3ms", "work: uniform 5ms..1ms"),
        ("100/s burst 200", "100"),
        ("replicas: 2", "replicas: many"),
        ("replicas: 2", "replicas: 20000"),
        ("queue: fifo 32", "queue: 32 deep"),
        ("queue: fifo 32", "queue: fifo 32, wait: a while"),
        ("park: never", "park: after 0"),
        ("park: never", "park: sometimes"),
        ("at: \"00:00\"", "at: 24h"),
        ("10 USD/month", "10 USD"),
        ("gap: 30%", "gap: large"),
        ("starts: \"2026-03-12T23:30Z\"", "starts: tomorrow"),
        ("currency: USD", "currency: dollars"),
        ("idempotency_key: order.id", "idempotency_key: order.id, retry: [unkown], backoff: exponential 1s x0.5"),
        ("idempotency_key: order.id", "idempotency_key: order.id, retry: [unknown, ok]"),
    ];
    names: [
        ("call: {to: front.buy,", "call: {to: front.by,"),
        ("call: bank.take", "call: bank.tke"),
        ("call: bank.give", "call: bank.report"),
        ("tx: books,", "tx: book,"),
        ("insert: lines", "insert: orders"),
        ("of: Moved, key: pay", "of: Moved, key: pays"),
        ("order: Order.id", "order: Odrer.id"),
        ("order: Order.id", "order: Order"),
        ("amount: money, back: money", "amount: mony, back: money"),
        ("creates: Pay.taken", "creates: Pay.token"),
        ("{move: orders, to: done}", "{move: orders, to: doen}"),
        ("use: not_heard", "use: not_herd"),
        ("publish: news", "publish: nws"),
        ("journal: db", "journal: dbb"),
        ("each: Pay\n", "each: Payment\n"),
        ("fail: books", "fail: bokks"),
        ("after_step: take", "after_step: tack"),
        ("reveals: [once]", "reveals: [twice]"),
        ("after: alert errors", "after: alert eror"),
        ("pick: {newest: Pay.taken", "pick: {newest: Order.open"),
        ("extends: good", "extends: god"),
        ("hear: listens", "hear: listen"),
        ("wait: 3s}", "wait: 30s}"),
        ("pairs: {once", "pairs: {twice"),
        ("telemetry: {metrics: 10s}", "telemtry: {metrics: 10s}"),
        ("replicas: 2", "replica: 2"),
        ("scenario: small", "scenario: Small Shop"),
    ];
    paths: [
        ("sets: front.buy.sale.take.timeout", "sets: front.buy.sale.take.timeouts"),
        ("sets: front.buy.sale.take.timeout", "sets: front.buy.sale.work"),
        ("sets: front.buy.sale.take.timeout", "sets: front.heard.use"),
        ("take.attempts: 3", "take.timeout: 3s"),
        ("take.attempts: 3", "take.attempts: 3s"),
        ("take.attempts: 3", "take.attempts: 0"),
        ("front.heard.use: heard", "front.heard.use: herd"),
        ("front.heard.use: heard", "front.buy.sale.take.idempotency_key: 'order.vale'"),
        ("bank.lost.answer: 20%", "bank.lost.answer: 20s"),
        ("bank.lost.answer: 20%", "carrier.lost.answer: 20%"),
        ("no_: {default: true}", "no_: {}"),
        ("from: 200ms, to: 10s", "from: 3s, to: 10s"),
        ("from: 200ms, to: 10s", "from: 200ms, to: 10s, default: 3s"),
    ];
    fields: [
        ("with: {amount: order.value}", "with: {}"),
        ("with: {amount: order.value}", "with: {amont: order.value}"),
        ("with: {amount: order.value}", "with: {amount: order.id}"),
        ("with: {amount: order.value}", "with: {amount: order.value, back: order.value}"),
        ("body: {ref: pay.id, what: sale}", "body: {ref: pay.id}"),
        ("set: {day: today}", "set: {day: now}"),
        ("make: {Order: {value: lognormal 60 USD cv 1.2}}", "make: {Order: {}}"),
        ("make: {Order: {value: lognormal 60 USD cv 1.2}}", "make: {Pay: {amount: 3 USD}}"),
        ("input: {order: Order}", "input: {}"),
        ("key: order.id\n", "key: order.value\n"),
        ("by: order, stale: 2s", "stale: 2s"),
    ];
    expressions: [
        ("event.amount > usd(100)", "event.amount > 100"),
        ("event.amount > usd(100)", "event.amunt > usd(100)"),
        ("event.amount > usd(100)", "event.amount + usd(100)"),
        ("event.amount > usd(100)", "event.amount > > usd(100)"),
        ("event.amount > usd(100)", "error_ratio('front') > 0.05"),
        ("event.amount > usd(100)", "total('Pay.amount') > usd(100)"),
        ("error_ratio('front') > 0.05", "error_ratio('frnt') > 0.05"),
        ("error_ratio('front') > 0.05", "\"error_ratio('front') > 0.05 && click > 1\""),
        ("p.amount - p.back)) > order.value", "p.amount - p.bck)) > order.value"),
        ("pay.state == 'taken', then", "pay.state == 'tken', then"),
        ("costs: usd(35)", "costs: 35"),
        ("balance('sale')", "balance('slae')"),
        ("idempotency_key: order.id", "idempotency_key: pay.id"),
        ("idempotency_key: order.id", "idempotency_key: order.value"),
        ("idempotency_key: order.id", "idempotency_key: pay.back"),
    ];
    shape: [
        ("work: exp 3ms", "wrk: exp 3ms"),
        ("- work: exp 3ms", "- {work: exp 3ms, wait: 1s}"),
        ("id: keep, tx", "id: take, tx"),
        ("relay: {every: 200ms, relay: db}", "relay: {every: 200ms, steps: [{work: 1ms}]}"),
        ("ask: bank.find", "undo2: bank.find"),
        ("states: {open: [done, gone]}", "states: {open: [done, gone], odd: [done]}"),
        ("states: {open: [done, gone]}", "states: {open: [done], gone: [done]}"),
        ("heard: [{tx", "unheard: [{respond: ok}]\n  heard: [{tx"),
        ("lasts: 1m, fail: books", "fail: books"),
        ("down: {at: 2m", "down: {at: 20m"),
        ("from: {topic: news}", "from: {topic: news}\n        input: {order: Order}"),
        ("never: sum(", "at_end: 'true'\n    never: sum("),
        ("  db: {connections", "  front: {connections"),
        ("{id: id, value: money}", "{value: money, id: id}"),
        ("id: open, tx", "id: \"Open it\", tx"),
        ("extends: good, hear: listens", "extends: best"),
        ("webhooks: {send: [Pay.taken], to: front.heard}", "webhooks: {send: [Pay.taken], to: front.back}"),
        ("moves: taken -> given_back", "moves: taken"),
    ];
}

/// Of a part of a service that may leave it.
#[test]
fn modules() {
    let modules = include_str!("small/modules.yaml").replace("scenario: modules", "scenario: small");
    assert_eq!(told(&modules, &[]), "no mistakes\n");
    let mut out = String::new();
    for (there, instead) in [
        ("of: shop\n", "of: shp\n"),
        ("    of: shop\n", ""),
        ("apart: billing", "apart: shop"),
        ("apart: billing", "apart: bills"),
        ("placed: together", "placed: elsewhere"),
        ("call: billing.charge", "call: billing.charg"),
        ("call: shop.buy", "call: billing.charge"),
        ("charge: {input: {order: Order},", "charge: {from: {topic: news},"),
        ("  billing:\n    jobs:", "  billing:\n    handlers: {charge: {input: {order: Order}, steps: [{work: 1s}]}}\n    jobs:"),
        ("modules.billing.placed: apart", "modules.billing.placed: away"),
        ("modules.billing.placed: apart", "modules.bills.placed: apart"),
        ("concurrency: 8", "concurrency: 0"),
        ("noticed_within: 20m", "noticed_within: soon"),
    ] {
        assert_eq!(modules.matches(there).count(), 1, "`{there}`");
        out += &format!("{there} → {instead}\n{}\n", told(&modules.replace(there, instead), &[]));
    }
    insta::assert_snapshot!(out);
}

/// Of the small systems of queues, of members of a group, and of what others do by themselves.
#[test]
fn brokers_and_others() {
    let queues = include_str!("small/queues.yaml");
    let members = include_str!("small/members.yaml");
    let lifecycles = include_str!("small/lifecycles.yaml");
    for text in [queues, members, lifecycles] {
        let named = text.split_once('\n').map_or(text, |(_, rest)| rest);
        assert_eq!(told(&format!("scenario: small\n{named}"), &[]), "no mistakes\n");
    }
    let mut out = String::new();
    for (text, there, instead) in [
        (queues, "    key: job\n", ""),
        (queues, "visibility: 1m", "visibility: soon"),
        (queues, "nack: exponential 1s x2 cap 15m full jitter", "nack: sometimes"),
        (queues, "    fifo: true", "    partitions: 8"),
        (queues, "in_flight('tasks', 'workers')", "in_flight('tasks', 'worker')"),
        (members, "rebalance: eager", "rebalance: hastily"),
        (members, "poll_limit: 5m", "prefetch: 5"),
        (lifecycles, "moves: reserved -> lapsed, after: 7d", "moves: reserved -> lapsed"),
        (lifecycles, "moves: reserved -> lapsed, after: 7d", "moves: reserved, after: 7d"),
        (lifecycles, "at: \"17:00\", zone: Europe/Berlin", "at: \"17:00\""),
        (lifecycles, "at: \"17:00\", zone: Europe/Berlin", "at: \"17:00\", zone: Europe/Bern"),
        (lifecycles, "otherwise: lost", "otherwise: loss"),
        (lifecycles, ", up_to: amount, partly: part_back", ""),
        (lifecycles, "says: bank.state}", "says: bank.states}"),
        (lifecycles, "{event: bank.event, says: bank.state}", "{says: bank.state, event: bank.event}"),
        (lifecycles, "per: order", "per: orders"),
        (lifecycles, "sum: amount, moves: open -> paid", "sum: of, moves: open -> paid"),
        (lifecycles, "{table: db.parts, by: of, sum: amount, moves: open -> paid}, steps: [{tx: db, do: [{insert: outs}]}]", "{table: db.parts, sum: amount}"),
    ] {
        assert_eq!(text.matches(there).count(), 1, "`{there}` must stand there once");
        out += &format!("### {}  →  {}\n", there.trim(), instead.trim());
        let named = text.split_once('\n').map_or(text, |(_, rest)| rest);
        out += &told(&format!("scenario: small\n{}", named.replacen(there, instead, 1)), &[]);
        out += "\n";
    }
    insta::assert_snapshot!(out);
}

/// Links, credentials, certificates, flags and clocks stand at the end of the good one.
#[test]
fn between_the_parts() {
    let link = "hall: {from: front, to: [ledger]";
    for (there, instead, says) in [
        (link, "hall: {from: books, to: [ledger]", "error[unknown-name]: there is no service, client or provider `books`"),
        (link, "hall: {from: front, to: [people]", "error[unknown-name]: there is no service, provider, store or topic `people`"),
        (link, "hall: {from: front, to: [ledger], cut: everything", "error[unknown-word]: `cut` must be one of none, there, back, both"),
        ("  hall: {", "  other: {from: front, to: ledger}\n  hall: {", "error[duplicate-id]: two links join the same two parts"),
        ("of: [books], rotation", "of: [ledger], rotation", "error[unknown-name]: there is no store or provider `ledger`"),
        ("{of: [books], rotation", "{signs: bank, of: [books], rotation", "error[either-or]: `books_password` says one of `of` and `signs`"),
        ("{of: [books], rotation: overlap, sessions", "{signs: bank, rotation: overlap, sessions", "`sessions` is about connections"),
        ("{of: [books], rotation", "{signs: ledger, rotation", "error[unknown-name]: there is no provider `ledger`"),
        ("rotation: overlap", "rotation: twice", "error[unknown-word]: `rotation` must be one of replace, overlap"),
        ("{of: ledger, expires", "{of: books, expires", "error[unknown-name]: there is no service `books`"),
        ("new_till: {share: 0%", "new_till: {share: 120%", "error[bad-value]: `share` is `120%`: a share is at most 100 %"),
        ("clocks: {ledger:", "clocks: {leger:", "error[unknown-name]: there is no service `leger`"),
        ("- work: exp 3ms", "- {if: \"flag('old_till')\", then: [{work: 1ms}]}", "error[unknown-name]: there is no flag `old_till`"),
    ] {
        assert_eq!(GOOD.matches(there).count(), 1, "`{there}` must stand there once");
        let told = told(&GOOD.replacen(there, instead, 1), &[]);
        assert!(told.contains(says), "{instead}\n{told}");
    }
    for (what, says) in [
        ("faults: {out: {at: 1m, leak: ledger_certificate}}", "`ledger_certificate` is a certificate"),
        ("faults: {out: {at: 1m, lasts: 1m, fail: db, every: 1m}}", "only `leak` comes every so often"),
    ] {
        let good = GOOD.lines().take_while(|line| !line.starts_with("faults:"));
        let rest = GOOD.lines().skip_while(|line| !line.starts_with("faults:")).skip(1).skip_while(|line| line.starts_with(' '));
        let text: Vec<&str> = good.chain([what]).chain(rest).collect();
        let told = told(&text.join("\n"), &[]);
        assert!(told.contains(says), "{what}\n{told}");
    }
}

#[test]
fn many_at_once() {
    let text = GOOD
        .replace("timeout: 12s", "timeout: 12 USD")
        .replace("tx: books,", "tx: book,")
        .replace("event.amount > usd(100)", "event.amount > 100")
        .replace("creates: Pay.taken", "creates: Pay.token")
        .replace("gap: 30%", "gap: large");
    let told = told(&text, &[]);
    insta::assert_snapshot!(told);
}

#[test]
fn parts() {
    let part = "part: shelf\ntakes: {store: required, size: 5, more: {}}\nstores: {\"${store}\": {connections: \"${size}\"}}\n";
    let good = format!("use: [{{part: shelf, as: attic, with: {{store: cellar}}}}]\n{GOOD}");
    let cases: &[(&str, &str, &str)] = &[
        ("good", "", ""),
        ("no such part", "part: shelf, as", "part: shelve, as"),
        ("missing", "with: {store: cellar}", "with: {}"),
        (
            "unknown",
            "with: {store: cellar}",
            "with: {store: cellar, sise: 3}",
        ),
        (
            "wrong unit in the part, from the scenario",
            "with: {store: cellar}",
            "with: {store: cellar, size: 3s}",
        ),
        (
            "a list in a name",
            "with: {store: cellar}",
            "with: {store: [a]}",
        ),
    ];
    let mut out = String::new();
    for (name, there, instead) in cases {
        out += &format!(
            "### {name}\n{}\n",
            told(
                &good.replacen(there, instead, 1),
                &[("parts/shelf.yaml", part)]
            )
        );
    }
    let broken: &[(&str, &str)] = &[
        (
            "wrong unit",
            "part: shelf\ntakes: {store: required}\nstores: {\"${store}\": {connections: 5s}}\n",
        ),
        (
            "unknown parameter",
            "part: shelf\ntakes: {store: required}\nstores: {\"${stor}\": {}}\n",
        ),
        ("syntax", "part: shelf\nstores: {"),
        ("empty", ""),
        (
            "not closed",
            "part: shelf\ntakes: {store: required}\nstores: {\"${store\": {}}\n",
        ),
        (
            "another name",
            "part: cupboard\ntakes: {store: required}\nstores: {\"${store}\": {}}\n",
        ),
    ];
    for (name, part) in broken {
        out += &format!(
            "### {name}\n{}\n",
            told(&good, &[("parts/shelf.yaml", part)])
        );
    }
    let twice = format!(
        "use: [{{part: shelf, with: {{store: cellar}}}}, {{part: shelf, as: b, with: {{store: cellar, size: 6}}}}]\n{GOOD}"
    );
    out += &format!(
        "### twice\n{}\n",
        told(&twice, &[("parts/shelf.yaml", part)])
    );
    insta::assert_snapshot!(out);
}

#[test]
fn files_that_are_none() {
    let mut out = String::new();
    let deep = format!("scenario: small\ntitle: x\nservices: {}", "[".repeat(200));
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    for (name, text) in [
        ("empty", ""),
        ("comments", "# nothing\n"),
        ("a list", "- a\n- b\n"),
        ("a word", "hello"),
        ("deep", deep.as_str()),
        ("bomb", bomb),
        ("two documents", "a: 1\n---\nb: 2\n"),
        ("control", "a: \u{1}\n"),
        ("title only", "title: x\n"),
    ] {
        out += &format!("### {name}\n{}\n", told(text, &[]));
    }
    insta::assert_snapshot!(out);
}

/// What may be said in other ways, or left out.
#[test]
fn other_ways_to_say_it() {
    let cases = [
        ("timeout: 12s}", "timeout: none}"),
        ("call: {to: front.buy, timeout: 12s}", "call: front.buy"),
        (
            "run: {threads: 16, queue: fifo 32, full: reject}",
            "run: {cores: 2, in_flight: 100, queue: lifo 10}",
        ),
        ("replicas: 2", "replicas: 2\n    balance: two choices"),
        (
            "undo: {move: orders, to: gone}",
            "undo: [{move: orders, to: gone, from: open}, {work: 1ms}]",
        ),
        (
            "ask: bank.find",
            "ask: {call: bank.find, after: exp 5s, timeout: 1s, with: {order: order.id}}",
        ),
        (
            "undo: front.back",
            "undo: {call: front.back, timeout: 3s, attempts: 5, backoff: exponential 1s x3 cap 30s equal jitter}",
        ),
        (
            "id: take, call: bank.take",
            "id: take, as: pay, call: bank.take",
        ),
        (
            "- work: exp 3ms",
            "- {id: think, work: exp 3ms}\n          - {tx: db, do: [{read: orders, into: {value: old}, lock: true}, {update: orders, set: {value: old}}]}",
        ),
        (
            "- work: exp 3ms",
            "- {tx: db, do: [{read: orders, into: [value], by: {id: order.id}}]}\n          - {if: value > usd(5), then: [{work: 1ms}]}",
        ),
        (
            "- respond: saga.outcome",
            "- {publish: news, body: {ref: order.id, pay: pay.id, amount: order.value, what: \"'other words'\"}}\n          - respond: last",
        ),
        (
            "idempotency_key: order.id",
            "idempotency_key: \"order.id + '/' + string(saga.attempt)\", budget: 10%, breaker: 50%, throttle: 2, bulkhead: 20, deadline: true",
        ),
        (
            "from: {topic: news}",
            "from: {topic: news, group: books-of-the-shop, ack: before}",
        ),
        (
            "of: Moved, key: pay",
            "fields: {ref: id, pay: Pay.id, amount: money, what: string}, key: pay",
        ),
        ("nightly: {at: \"00:00\"", "nightly: {every: 1d"),
        (
            "nightly: {at: \"00:00\", enabled: false, steps: [{work: 2s}]}",
            "nightly: {at: \"23:30\", compare: {left: bank.report, right: db.pays, by: id}, \
             missing_right: [{work: 1ms}, {call: front.back}], left_repeats: {by: order, do: [{call: front.back}]}}",
        ),
        ("fail: books", "fail: [books, group ledger, bank, news]"),
        (
            "states: {open: [done, gone]}",
            "states: {open: [done, gone], gone:, done: []}",
        ),
        ("limit: 100/s burst 200", "limit: none"),
        (
            "insert: lines, exists: continue, set: {day: today}",
            "insert: lines, exists: stop, rows: [{ref: event.ref, day: date(now)}]",
        ),
    ];
    let mut wrong = String::new();
    for (there, instead) in cases {
        assert_eq!(
            GOOD.matches(there).count(),
            1,
            "`{there}` must stand there once"
        );
        let told = told(&GOOD.replacen(there, instead, 1), &[]);
        if told != "no mistakes\n" {
            wrong += &format!("### {instead}\n{told}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
