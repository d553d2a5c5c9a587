//! The table of the docs, made from the cases' own data.

use crate::common::root;
use crate::world::Case;

/// What the language or the engine does not have, or has in a simpler way than the real thing.
const LIMITS: &[&str] = &[
    "A restart kills where nothing is said of `instances`. `partitions` and `metrics` hold from the beginning: changing them in the middle of a run \
         does nothing.",
    "10: without a `discovery` everybody hears of the end of an instance after one and the same delay (`unheard`). A start-up takes one given time.",
    "12: an autoscaler has one metric, and the platform's limits on growth (twice as many, or four more) are fixed. It sees loads of ready instances only.",
    "Roll-outs: a roll-out cannot be replaced by another one on its way. Requests are shared between versions one by one: nobody sticks to a version. A \
        canary's instances come on top of the old ones. A held rolling update does not scale. Gates look at the last half-minute; \
        there is no statistical test in them.",
    "Memory grows with requests and time only.",
    "4: connections are counted while a transaction holds one; idle ones and their maximum lifetime cannot be said, but where a store has a credential.",
    "13: an entry counts as one whatever it holds, nobody takes entries out of a cache when what they were made from changes, and a look-up in a \
        shared cache has \
        no time-out. What is cached are values, not records.",
    "7: a crash that is aimed at one call of a `parallel` never comes. 5: beyond a backlog a request is refused, where Linux drops the SYN.",
    "5: one queue per replica, of whole requests; concurrency limits are learnt by the server alone, never by its callers.",
    "7, 20: a cut between a service and a queue (not a log) delays what it publishes and stops nobody who takes from it. Relays of an outbox and the \
        journals of sagas take no link. \
        `exists: stop` is heard of at once, whatever the link.",
    "6, 7: links have no bandwidth, and packets that are lost delay their own request only (as HTTP/1.1 and HTTP/3 have it, not HTTP/2 over TCP). \
        A cut drops; it never answers with a reset. Connections that rest are not closed unless `lifetime` says so. Without `links` what is sent is there. \
        A call without a time-out whose answer is lost for good waits for ever.",
    "8: a retry budget is a bucket of ten tokens, filled by first attempts (Finagle's rule), not by successes as in gRPC A6. A breaker has resilience4j's \
        defaults beside its share.",
    "3: what a paused process has under way in a store waits with it: a transaction keeps its locks and commits on waking. The list of its callers' \
        connections does not fill: its kernel takes whatever comes. A workflow that stands still is not taken over.",
    "11: probes come over no link, and count their `initial_delay` from when the program is up: none fails before that, and none can kill a \
        start-up (`explain` warns of a liveness probe that would). An instance that ends is not probed any more.",
    "9, 14: a registry never loses what is registered, and its self-preservation is not in the language; a registry's instance is listed as soon as \
        it is up. A \
        resolver has one cache per caller's instance.",
    "18: a store has one replica, which is replaced at once when it has taken over; it shares the store's limit of connections. Two that both take \
        themselves for the first (split brain) are out of scope: the old one is fenced off.",
    "17: a change has its lock on one table at a time, and a table with a migration is locked as a whole. An index makes nothing faster; one that is built \
        concurrently does not wait for old transactions and cannot be left invalid. A column that comes holds nothing until something fills it.",
    "16: a statement without `takes` takes no time of its own: the store's `takes` passes before the commit. What a transaction has written itself it reads \
        at its commit, not before. A row that a snapshot looks for is found by what its fields hold now. No savepoints, no gap locks. Serializable \
            knows rows by their keys, not ranges.",
    "19: several relays never take one row twice (SKIP LOCKED); two that do not know of each other, and publish everything twice, cannot be said.",
    "20: each partition is polled for itself, a message at a time: a poll limit is per message, not per batch of `max.poll.records`; without `concurrency` a \
        replica has a thread for each of its partitions. Consumers of a dead member wait for its session, and nobody is a static member.",
    "21: asking a queue for messages takes no time of its own, and brings one at a time to the consumer whose turn it is; a message is never handed \
        out twice by \
        mistake, and its dead letters are kept for ever. A failed broker keeps everything.",
    "23: a stored answer takes as long as the first did. Keys and rows are given back with the arrival that made them, two minutes after the last \
        thing that can \
        reach it, unless they say `shared` or `keep`: those keep their arrival. A row that was changed after it was inserted is as old as it was.",
    "14: a login that fails is `refused` at once; a pool does not wait for one that succeeds, as HikariCP does until its time-out. A replica holds one version \
        of a credential, and falls back to no other. A certificate is that of a service and is looked at in handshakes over a `link` only; chains, \
            revocation and \
        clients' certificates cannot be said. Connections to a store without a credential are not counted while they rest.",
    "15: `now` and `today` in steps, and the validity of certificates, go by a replica's clock; what a job at a time of day goes by does not.",
    "24: a signed event is either believed or answered with an error, in no time of its own and without its way over a link; what somebody records or \
        forges is counted and not sent. A provider's effects are one record each, and a refund is a part of the record that it gives back. What a \
        provider does by itself it does to each record for itself; it posts no fees.",
    "25: what a job gathers it claims in one instant that takes no time, and its rows' states alone; one amount is one currency, that of the \
        scenario. Zones are those \
        of a short list, or a POSIX rule.",
    "Sagas: turning back, and the end after a last step outside of the journal's store, are written down at once, without a transaction's time.",
    "Rows of arrivals that make no record belong to the world: they are never given back, and are looked through one by one.",
    "Low rates: an arrival that was drawn at a low rate comes at its time although the rate has risen since.",
];

const FILE: &str = "docs/src/reference/conformance.md";

fn table() -> String {
    let groups: &[&[Case]] = &[
        crate::batches::CASES,
        crate::broker_links::CASES,
        crate::caches::CASES,
        crate::calls::CASES,
        crate::chance::CASES,
        crate::client_side::CASES,
        crate::comers::CASES,
        crate::copies::CASES,
        crate::discovery::CASES,
        crate::ending::CASES,
        crate::isolation::CASES,
        crate::lifecycles::CASES,
        crate::lines::CASES,
        crate::links::CASES,
        crate::logs::CASES,
        crate::manifests::CASES,
        crate::members::CASES,
        crate::migrations::CASES,
        crate::modules::CASES,
        crate::moves::CASES,
        crate::operations::CASES,
        crate::pauses::CASES,
        crate::probes::CASES,
        crate::providers::CASES,
        crate::queues::CASES,
        crate::relays::CASES,
        crate::retention::CASES,
        crate::rollouts::CASES,
        crate::sagas::CASES,
        crate::scaling::CASES,
        crate::secrets::CASES,
        crate::signatures::CASES,
        crate::settlement::CASES,
        crate::several::CASES,
        crate::store_links::CASES,
        crate::stores::CASES,
        crate::workers::CASES,
    ];
    let mut cases: Vec<&Case> = groups.iter().copied().flatten().collect();
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
