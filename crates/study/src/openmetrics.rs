//! A run as OpenMetrics text (version 1.0), with a point of each metric for each sample: what Prometheus, Grafana and the
//! like read. Times are those of the scenario's calendar.
//!
//! What begins with `seatrial_oracle_` is true and no instrument shows it; everything else is what the team's have.

use std::fmt::Write;
use std::sync::Arc;

use seatrial_sim::engine::{CallSample, Sample, Sim};
use seatrial_sim::system::{ClientId, Group, System, Version};

use crate::document::Made;

/// Edges of the latency histogram, microseconds: 1, 2.5, 5 for each power of ten.
const EDGES_US: [u64; 16] =
    [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000];

/// `sim` has run; its samples are told from the first to the last.
pub fn openmetrics(made: &Made<'_>, sim: &Sim) -> String {
    let mut text = Text { out: String::new(), starts: sim.system().clock.starts_unix_s, samples: sim.samples() };
    about(&mut text, made, sim);
    clients(&mut text, sim);
    services(&mut text, sim.system());
    versions(&mut text, sim.system());
    calls(&mut text, sim.system());
    caches(&mut text, sim);
    stores(&mut text, sim.system());
    secrets(&mut text, sim);
    topics(&mut text, sim.system());
    providers(&mut text, sim.system());
    business(&mut text, sim.system());
    oracle(&mut text, sim.system());
    text.out.push_str("# EOF\n");
    text.out
}

struct Text<'a> {
    out: String,
    starts: i64,
    samples: &'a [Arc<Sample>],
}

type Labels<'a> = [(&'a str, &'a str)];

impl Text<'_> {
    fn family(&mut self, name: &str, is: &str, unit: &str, help: &str) {
        let _ = writeln!(self.out, "# TYPE {name} {is}");
        if !unit.is_empty() {
            let _ = writeln!(self.out, "# UNIT {name} {unit}");
        }
        let _ = writeln!(self.out, "# HELP {name} {help}");
    }

    /// One point. The spaces are single and the line ends in a line feed: the format knows no other way.
    fn point(&mut self, name: &str, labels: &Labels<'_>, value: impl std::fmt::Display, at: u64) {
        self.out.push_str(name);
        for (place, (key, value)) in labels.iter().enumerate() {
            self.out.push(if place == 0 { '{' } else { ',' });
            let _ = write!(self.out, "{key}=\"{}\"", escaped(value));
        }
        if !labels.is_empty() {
            self.out.push('}');
        }
        let seconds = self.starts + (at / 1_000_000_000) as i64;
        let _ = writeln!(self.out, " {value} {seconds}.{:03}", at / 1_000_000 % 1000);
    }

    /// What is counted from sample to sample, added up: a counter never goes back.
    fn counter(&mut self, name: &str, labels: &Labels<'_>, of: impl Fn(&Sample) -> u32) {
        let mut sum = 0u64;
        for sample in self.samples {
            sum += u64::from(of(sample));
            self.point(&format!("{name}_total"), labels, sum, sample.at);
        }
    }

    /// What is counted over the whole run and told once, at its end.
    fn total(&mut self, name: &str, labels: &Labels<'_>, of: u64, at: u64) {
        self.point(&format!("{name}_total"), labels, of, at);
    }

    fn gauge(&mut self, name: &str, labels: &Labels<'_>, of: impl Fn(&Sample) -> f64) {
        for sample in self.samples {
            self.point(name, labels, of(sample), sample.at);
        }
    }

    /// Quantiles of each sample's own span, in seconds; nothing where there was none. A point is all quantiles of an instant.
    fn quantiles<const N: usize>(&mut self, name: &str, labels: &Labels<'_>, of: impl Fn(&Sample) -> [(&'static str, u32); N]) {
        for sample in self.samples {
            for (quantile, us) in of(sample).into_iter().filter(|(_, us)| *us > 0) {
                let labels: Vec<(&str, &str)> = labels.iter().copied().chain([("quantile", quantile)]).collect();
                self.point(name, &labels, f64::from(us) / 1e6, sample.at);
            }
        }
    }
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn about(text: &mut Text<'_>, made: &Made<'_>, sim: &Sim) {
    let (report, system) = (sim.report(), sim.system());
    let (seed, digest) = (report.seed.to_string(), format!("{:016x}", report.digest));
    let design = made.design.name.as_deref().unwrap_or("");
    text.family("seatrial_run", "info", "", "Which run this is.");
    let labels = [("scenario", system.name.as_str()), ("hash", &made.compiled.hash), ("design", design), ("seed", &seed), ("digest", &digest)];
    text.point("seatrial_run_info", &labels, 1, report.ends);
}

fn clients(text: &mut Text<'_>, sim: &Sim) {
    let (system, report) = (sim.system(), sim.report());
    if system.clients.is_empty() {
        return;
    }
    let name = "seatrial_client_requests";
    text.family(name, "counter", "", "Requests of a client that were answered, or that it gave up.");
    for (at, client) in system.clients.iter().enumerate() {
        text.counter(name, &[("client", &client.name), ("outcome", "good")], |sample| sample.clients[at].good);
        text.counter(name, &[("client", &client.name), ("outcome", "bad")], |sample| sample.clients[at].bad);
    }
    let name = "seatrial_client_recent_latency_seconds";
    text.family(name, "summary", "seconds", "Of good answers since the sample before.");
    for (at, client) in system.clients.iter().enumerate() {
        text.quantiles(name, &[("client", &client.name)], |sample| {
            let of = sample.clients[at];
            [("0.5", of.p50_us), ("0.9", of.p90_us), ("0.99", of.p99_us)]
        });
    }
    let name = "seatrial_client_latency_seconds";
    text.family(name, "histogram", "seconds", "Of good answers after the warm-up, over the whole run.");
    for (at, client) in report.clients.iter().enumerate() {
        let within = sim.answered_within(ClientId(at as u16), &EDGES_US);
        for (edge, count) in EDGES_US.iter().zip(within) {
            let edge = format!("{:?}", *edge as f64 / 1e6);
            text.point(&format!("{name}_bucket"), &[("client", &client.name), ("le", &edge)], count, report.ends);
        }
        let (count, sum) = (client.latency.count, client.latency.mean_ns * client.latency.count as f64 / 1e9);
        text.point(&format!("{name}_bucket"), &[("client", &client.name), ("le", "+Inf")], count, report.ends);
        text.point(&format!("{name}_count"), &[("client", &client.name)], count, report.ends);
        text.point(&format!("{name}_sum"), &[("client", &client.name)], sum, report.ends);
    }
}

fn services(text: &mut Text<'_>, system: &System) {
    if system.services.is_empty() {
        return;
    }
    let services = || system.services.iter().map(|service| service.name.as_str()).enumerate();
    let name = "seatrial_service_requests";
    text.family(name, "counter", "", "Requests and messages: handled, handled and failed, or turned away before.");
    for (at, service) in services() {
        let fine = |sample: &Sample| sample.services[at].answered - sample.services[at].failed;
        text.counter(name, &[("service", service), ("outcome", "handled")], fine);
        text.counter(name, &[("service", service), ("outcome", "failed")], |sample| sample.services[at].failed);
        text.counter(name, &[("service", service), ("outcome", "refused")], |sample| sample.services[at].refused);
    }
    let name = "seatrial_service_latency_seconds";
    text.family(name, "summary", "seconds", "From arrival to answer, since the sample before.");
    for (at, service) in services() {
        text.quantiles(name, &[("service", service)], |sample| both(sample.services[at].p50_us, sample.services[at].p99_us));
    }
    let name = "seatrial_service_waiting_requests";
    text.family(name, "gauge", "requests", "Requests in the queues of all replicas.");
    for (at, service) in services() {
        text.gauge(name, &[("service", service)], |sample| f64::from(sample.services[at].waiting));
    }
    let name = "seatrial_service_replicas";
    text.family(name, "gauge", "", "Replicas that take requests, and all that there should be.");
    for (at, service) in services() {
        text.gauge(name, &[("service", service), ("state", "up")], |sample| f64::from(sample.services[at].up));
        text.gauge(name, &[("service", service), ("state", "wanted")], |sample| f64::from(sample.services[at].replicas));
    }
}

fn versions(text: &mut Text<'_>, system: &System) {
    if system.versions.is_empty() {
        return;
    }
    let versions = || {
        let service = |version: &Version| system.services[version.service.at()].name.as_str();
        system.versions.iter().enumerate().map(move |(at, version)| (at, [("service", service(version)), ("version", version.name.as_str())]))
    };
    let name = "seatrial_version_requests";
    text.family(name, "counter", "", "Requests and messages by the version of the instance that had them.");
    for (at, [service, version]) in versions() {
        let fine = |sample: &Sample| sample.versions[at].answered - sample.versions[at].failed;
        text.counter(name, &[service, version, ("outcome", "handled")], fine);
        text.counter(name, &[service, version, ("outcome", "failed")], |sample| sample.versions[at].failed);
        text.counter(name, &[service, version, ("outcome", "refused")], |sample| sample.versions[at].refused);
    }
    let name = "seatrial_version_latency_seconds";
    text.family(name, "summary", "seconds", "From arrival to answer, since the sample before.");
    for (at, labels) in versions() {
        text.quantiles(name, &labels, |sample| both(sample.versions[at].p50_us, sample.versions[at].p99_us));
    }
}

fn caches(text: &mut Text<'_>, sim: &Sim) {
    let (system, report) = (sim.system(), sim.report());
    if system.caches.is_empty() {
        return;
    }
    let caches = || system.caches.iter().zip(&report.caches).map(|(cache, is)| (cache.name.as_str(), is));
    let name = "seatrial_cache_reads";
    text.family(name, "counter", "", "Of all its copies together: what was there, and what had to be fetched.");
    for (cache, is) in caches() {
        text.total(name, &[("cache", cache), ("outcome", "hit")], is.hits, report.ends);
        text.total(name, &[("cache", cache), ("outcome", "miss")], is.misses, report.ends);
    }
    let name = "seatrial_cache_evictions";
    text.family(name, "counter", "", "Entries that had to make room.");
    for (cache, is) in caches() {
        text.total(name, &[("cache", cache)], is.evicted, report.ends);
    }
    let name = "seatrial_oracle_cache_stale_reads";
    text.family(name, "counter", "", "Of the hits, those older than they should be. No instrument shows it.");
    for (cache, is) in caches() {
        text.total(name, &[("cache", cache)], is.stale, report.ends);
    }
}

fn secrets(text: &mut Text<'_>, sim: &Sim) {
    let report = sim.report();
    if report.secrets.is_empty() {
        return;
    }
    let name = "seatrial_secret_failed_logins";
    text.family(name, "counter", "", "Connections that were refused for what they showed, a lock included.");
    for secret in &report.secrets {
        text.total(name, &[("secret", &secret.name)], secret.failed_logins, report.ends);
    }
    let name = "seatrial_secret_versions";
    text.family(name, "counter", "", "Versions that there have been.");
    for secret in &report.secrets {
        text.total(name, &[("secret", &secret.name)], secret.versions, report.ends);
    }
    let name = "seatrial_oracle_secret_misuses";
    text.family(name, "counter", "", "Uses by somebody else. No instrument shows it.");
    for secret in &report.secrets {
        text.total(name, &[("secret", &secret.name)], secret.misused, report.ends);
    }
}

fn calls(text: &mut Text<'_>, system: &System) {
    if system.calls.is_empty() {
        return;
    }
    let calls = || system.calls.iter().map(|call| system.steps[call.step.at()].as_str()).enumerate();
    let name = "seatrial_call_attempts";
    text.family(name, "counter", "", "Attempts as their caller counts them; held back are those that were not made.");
    type Of = fn(&CallSample) -> u32;
    let outcomes: [(&str, Of); 5] =
        [("ok", |is| is.ok), ("failed", |is| is.failed), ("refused", |is| is.refused), ("timed_out", |is| is.timed_out), ("held_back", |is| is.held_back)];
    for (at, call) in calls() {
        for (outcome, of) in outcomes {
            text.counter(name, &[("call", call), ("outcome", outcome)], |sample| of(&sample.calls[at]));
        }
    }
    let name = "seatrial_call_sent";
    text.family(name, "counter", "", "Attempts that were sent.");
    for (at, call) in calls() {
        text.counter(name, &[("call", call)], |sample| sample.calls[at].sent);
    }
    let name = "seatrial_call_retries";
    text.family(name, "counter", "", "Of the attempts that were sent, second and later ones.");
    for (at, call) in calls() {
        text.counter(name, &[("call", call)], |sample| sample.calls[at].retries);
    }
    let name = "seatrial_call_latency_seconds";
    text.family(name, "summary", "seconds", "Of attempts that were answered, since the sample before.");
    for (at, call) in calls() {
        text.quantiles(name, &[("call", call)], |sample| both(sample.calls[at].p50_us, sample.calls[at].p99_us));
    }
}

fn stores(text: &mut Text<'_>, system: &System) {
    if system.stores.is_empty() {
        return;
    }
    let stores = || system.stores.iter().map(|store| store.name.as_str()).enumerate();
    let name = "seatrial_store_transactions";
    text.family(name, "counter", "", "Transactions; refused are those that had no connection.");
    for (at, store) in stores() {
        text.counter(name, &[("store", store), ("outcome", "committed")], |sample| sample.stores[at].commits);
        text.counter(name, &[("store", store), ("outcome", "aborted")], |sample| sample.stores[at].aborts);
        text.counter(name, &[("store", store), ("outcome", "refused")], |sample| sample.stores[at].refused);
    }
    let name = "seatrial_store_latency_seconds";
    text.family(name, "summary", "seconds", "From asking for a connection to the commit, since the sample before.");
    for (at, store) in stores() {
        text.quantiles(name, &[("store", store)], |sample| both(sample.stores[at].p50_us, sample.stores[at].p99_us));
    }
}

fn topics(text: &mut Text<'_>, system: &System) {
    if system.topics.is_empty() {
        return;
    }
    let name = "seatrial_topic_messages";
    text.family(name, "counter", "", "Messages that the broker took, and that it did not take.");
    for (at, topic) in system.topics.iter().enumerate() {
        text.counter(name, &[("topic", &topic.name), ("outcome", "published")], |sample| sample.topics[at].published);
        text.counter(name, &[("topic", &topic.name), ("outcome", "refused")], |sample| sample.topics[at].refused);
    }
    if system.groups.is_empty() {
        return;
    }
    let groups = || {
        let topic = |group: &Group| system.topics[group.topic.at()].name.as_str();
        system.groups.iter().enumerate().map(move |(at, group)| (at, [("topic", topic(group)), ("group", group.name.as_str())]))
    };
    let name = "seatrial_group_messages";
    text.family(name, "counter", "", "Messages that a consumer group handled, and attempts that failed.");
    for (at, [topic, group]) in groups() {
        text.counter(name, &[topic, group, ("outcome", "handled")], |sample| sample.groups[at].handled);
        text.counter(name, &[topic, group, ("outcome", "failed")], |sample| sample.groups[at].failed);
    }
    type Of = fn(&Sample, usize) -> u32;
    let levels: [(&str, &str, Of); 3] = [
        ("seatrial_group_lag_messages", "Messages that the group has not handled yet.", |sample, at| sample.groups[at].lag),
        ("seatrial_group_lag_max_messages", "Of the partition that is furthest behind.", |sample, at| sample.groups[at].lag_max),
        ("seatrial_group_dead_letters_messages", "Messages among the dead letters.", |sample, at| sample.groups[at].dead),
    ];
    for (name, help, of) in levels {
        text.family(name, "gauge", "messages", help);
        for (at, labels) in groups() {
            text.gauge(name, &labels, |sample| f64::from(of(sample, at)));
        }
    }
}

fn providers(text: &mut Text<'_>, system: &System) {
    if system.providers.is_empty() {
        return;
    }
    let providers = || system.providers.iter().map(|provider| provider.name.as_str()).enumerate();
    let name = "seatrial_provider_requests";
    text.family(name, "counter", "", "Requests as their callers count them: answered well, or anything else.");
    for (at, provider) in providers() {
        text.counter(name, &[("provider", provider), ("outcome", "good")], |sample| sample.providers[at].good);
        text.counter(name, &[("provider", provider), ("outcome", "other")], |sample| sample.providers[at].other);
    }
    let name = "seatrial_provider_latency_seconds";
    text.family(name, "summary", "seconds", "From request to answer, since the sample before.");
    for (at, provider) in providers() {
        text.quantiles(name, &[("provider", provider)], |sample| both(sample.providers[at].p50_us, sample.providers[at].p99_us));
    }
    let name = "seatrial_provider_webhooks";
    text.family(name, "counter", "", "Events that it sent, by the answer that it had.");
    for (at, provider) in providers() {
        text.counter(name, &[("provider", provider), ("outcome", "ok")], |sample| sample.providers[at].hooks_ok);
        text.counter(name, &[("provider", provider), ("outcome", "failed")], |sample| sample.providers[at].hooks_failed);
    }
}

fn business(text: &mut Text<'_>, system: &System) {
    if system.measures.is_empty() {
        return;
    }
    let name = "seatrial_measure_oldest_seconds";
    text.family(name, "gauge", "seconds", "Age of the oldest row without its counterpart; 0 unless business figures are bought.");
    for (at, measure) in system.measures.iter().enumerate() {
        text.gauge(name, &[("measure", &measure.name)], |sample| sample.measures[at] as f64 / 1e9);
    }
}

fn oracle(text: &mut Text<'_>, system: &System) {
    if system.invariants.is_empty() {
        return;
    }
    let name = "seatrial_oracle_broken_instances";
    text.family(name, "gauge", "instances", "Instances that broke an invariant so far. No instrument shows it.");
    for (at, invariant) in system.invariants.iter().enumerate() {
        text.gauge(name, &[("invariant", &invariant.name), ("hurts", &invariant.hurts)], |sample| f64::from(sample.broken[at]));
    }
    let unit = 10f64.powi(system.currency_digits.min(6) as i32);
    text.family("seatrial_oracle_cost", "gauge", "", "What all violations cost so far, in the currency. No instrument shows it.");
    text.gauge("seatrial_oracle_cost", &[("currency", &system.currency)], |sample| sample.cost as f64 / unit);
}

fn both(p50_us: u32, p99_us: u32) -> [(&'static str, u32); 2] {
    [("0.5", p50_us), ("0.99", p99_us)]
}
