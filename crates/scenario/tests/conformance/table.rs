//! The table of the docs, made from the cases' own data.

use crate::common::root;
use crate::world::Case;

/// What the language or the engine does not have, or has in a simpler way than the real thing.
const LIMITS: &[&str] = &[
    "3, 10–15, 17, 18 (pauses, probes, autoscaling, DNS and TLS, clocks, schema changes, fail-over with a lagging replica) are not in the \
     language yet. A restart kills; it does not drain. `partitions` and `metrics` hold from the beginning: changing them in the middle of a run \
         does nothing.",
    "10: everybody hears of the end of an instance after one and the same delay (`unheard`), not each after their own. A start-up takes one given time.",
    "4: connections are counted while a transaction holds one; idle ones, their maximum lifetime, and remote calls inside a transaction cannot be said.",
    "13: an entry counts as one whatever it holds, nobody takes entries out of a cache when what they were made from changes, and a look-up in a shared cache has \
        no time-out. What is cached are values, not records.",
    "5: one queue per replica, of whole requests; concurrency limits are learnt by the server alone, never by its callers.",
    "6, 7: links have no bandwidth, and packets that are lost delay their own request only (as HTTP/1.1 and HTTP/3 have it, not HTTP/2 over TCP). \
        A cut drops; it never answers with a reset. Connections that rest are not closed unless `lifetime` says so. Without `links` what is sent is there. \
        A call without a time-out whose answer is lost for good waits for ever.",
    "8: a retry budget is a bucket of ten tokens, filled by first attempts (Finagle's rule), not by successes as in gRPC A6. A breaker has resilience4j's \
        defaults beside its share.",
    "9: every caller knows at once who is up; lists of endpoints are never stale. Outlier ejection is not in the language. A hedge goes where the balancer sends it: with `random`, perhaps to the \
        same replica again.",
    "16: isolation is read committed. A transaction takes the locks of its statements when it begins, as far as nobody holds them, and its time passes \
        after that: two \
     transactions of a few milliseconds deadlock less often than with statements that take time in between. Snapshot isolation and version checks cannot be \
         said.",
    "19: one relay publishes in the order of commits; polling by id, which skips late committers, and two relays cannot be said.",
    "20: a group moves partitions of dead members only (cooperative, no pause for others); there is no poll limit, so a slow consumer is never taken for \
        dead and no zombie works beside its successor.",
    "21: asking a queue for messages takes no time of its own, and brings one at a time to the consumer whose turn it is; a message is never handed out twice by \
        mistake, and its dead letters are kept for ever. A failed broker keeps everything.",
    "23: a stored answer takes as long as the first did. Keys and rows are given back with the arrival that made them, two minutes after the last thing \
        that can reach it: \
     a key that many arrivals share lives as long as the first of them.",
    "24: signatures and clock skew are not modelled; a provider's effects are one record each.",
    "Sagas: turning back, and the end after a last step outside of the journal's store, are written down at once, without a transaction's time.",
    "Rows of arrivals that make no record belong to the world: they are never given back, and are looked through one by one.",
    "Low rates: an arrival that was drawn at a low rate comes at its time although the rate has risen since.",
];

const FILE: &str = "docs/src/reference/conformance.md";

fn table() -> String {
    let groups: &[&[Case]] = &[crate::chance::CASES, crate::workers::CASES, crate::calls::CASES, crate::client_side::CASES, crate::stores::CASES,
        crate::several::CASES, crate::lines::CASES, crate::caches::CASES, crate::comers::CASES,
        crate::logs::CASES, crate::moves::CASES, crate::providers::CASES, crate::sagas::CASES, crate::operations::CASES, crate::links::CASES, crate::scaling::CASES];
    let mut cases: Vec<&Case> = groups.iter().copied().flatten().collect();
    cases.extend(crate::queues::CASES);
    cases.sort_by_key(|case| (case.behaviour.parse::<u32>().unwrap_or(100), case.behaviour));
    let mut out = String::from(
        "# What the simulator is held to\n\n<!-- Made by `UPDATE_DOCS=1 cargo test -p seatrial-scenario --test conformance`. -->\n\n\
         Each row is a small system in the language with an expected history; the test runs it. Numbers are those of the list of\n\
         behaviours that experts look for; the last word is the test, below `crates/scenario/tests/conformance/`.\n\n\
         | behaviour | what must happen | source | test |\n| --- | --- | --- | --- |\n",
    );
    for case in cases {
        let test = case.test.strip_prefix("conformance::").unwrap_or(case.test);
        out += &format!("| {} | {} | {} | `{test}` |\n", case.behaviour, case.says, case.source);
    }
    out += "\n## Known limits\n\n";
    for limit in LIMITS {
        out += &format!("- {limit}\n");
    }
    out
}

#[test]
fn the_table_of_the_docs_is_that_of_the_cases() {
    let path = root().join(FILE);
    let made = table();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == made, "{FILE} is out of date: run with UPDATE_DOCS=1");
}
