//! The strips below the picture: which lines there are, and their values sample by sample. The default strips tell of the
//! whole; each box has some of its own, shown while it is in focus.

use seatrial_scenario::picture::Shape;
use seatrial_sim::engine::Sample;
use seatrial_sim::system::{Client, System};
use serde::Serialize;

use super::{ms, per_second, plain};
use crate::command::V;
use crate::take::Take;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Strip {
    pub id: String,
    /// Shown only while this box of the picture is in focus; none: by default.
    pub r#box: Option<u32>,
    pub title: String,
    pub says: String,
    pub unit: Unit,
    pub log: bool,
    pub lines: Vec<Line>,
    /// Where an alert looks.
    pub alert_at: Option<f64>,
    /// Why it has no values, when they were not paid for.
    pub not_bought: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    PerSecond,
    Percent,
    Ms,
    Count,
    Seconds,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = StripLine))]
pub struct Line {
    /// Its place in `Row::values`.
    pub at: u32,
    pub label: String,
    pub strong: bool,
}

/// All lines at the end of one sample.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Row {
    pub v: V,
    pub values: Vec<Option<f64>>,
}

/// Where a line's values come from.
#[derive(Debug, Clone, Copy)]
enum Source {
    Offered(usize),
    Good(usize),
    ClientTime(usize, Quantile),
    Answered(usize),
    Errors(usize),
    ServiceTime(usize, Quantile),
    ServiceWaiting(usize),
    Lag(usize),
    Dead(usize),
    Handled(usize),
    Oldest(usize),
    Commits(usize),
    StoreRefused(usize),
    StoreTime(usize, Quantile),
    Published(usize),
    ProviderGood(usize),
    ProviderOther(usize),
    ProviderTime(usize, Quantile),
}

#[derive(Debug, Clone, Copy)]
enum Quantile {
    P50,
    P90,
    P99,
}

struct Plan {
    strips: Vec<Strip>,
    sources: Vec<Source>,
}

impl Plan {
    fn add(&mut self, at: Option<usize>, id: &str, title: &str, says: &str, unit: Unit, lines: Vec<(&str, bool, Source)>) -> &mut Strip {
        let lines = lines.into_iter().map(|(label, strong, source)| {
            self.sources.push(source);
            Line { at: self.sources.len() as u32 - 1, label: label.to_owned(), strong }
        });
        let strip = Strip {
            id: at.map_or_else(|| id.to_owned(), |at| format!("{id}-{at}")),
            r#box: at.map(|at| at as u32),
            title: title.to_owned(),
            says: says.to_owned(),
            unit,
            log: unit == Unit::Ms,
            lines: lines.collect(),
            alert_at: None,
            not_bought: None,
        };
        self.strips.push(strip);
        let last = self.strips.len() - 1;
        &mut self.strips[last]
    }
}

pub fn strips(take: &Take) -> Vec<Strip> {
    let mut plan = plan(take);
    if !business(take) {
        for strip in plan.strips.iter_mut().filter(|strip| strip.id.starts_with("oldest")) {
            strip.not_bought = Some("not bought".to_owned());
        }
    }
    plan.strips
}

/// The rows from one place on.
pub fn rows(take: &Take, from: usize) -> Vec<Row> {
    let sources = plan(take).sources;
    let bought = business(take);
    let samples = take.sim().samples();
    let row = |at: usize| {
        let sample = &samples[at];
        let before = at.checked_sub(1).map_or(0, |before| samples[before].at);
        let values = sources.iter().map(|source| value(*source, sample, sample.at - before, bought));
        Row { v: sample.at, values: values.collect() }
    };
    (from.min(samples.len())..samples.len()).map(row).collect()
}

fn business(take: &Take) -> bool {
    let telemetry = take.play.system.telemetry.as_ref();
    telemetry.is_some_and(|telemetry| take.sim().configured(telemetry.business).first() == Some(&1))
}

fn plan(take: &Take) -> Plan {
    let system = &*take.play.system;
    let wiring = &take.play.wiring;
    let mut plan = Plan { strips: Vec::new(), sources: Vec::new() };
    for (at, client) in system.clients.iter().enumerate() {
        let alone = system.clients.len() == 1;
        let of = |rest: &str| if alone { rest.to_owned() } else { format!("{}, {rest}", plain(&client.name)) };
        plan.add(None, &format!("requests-{at}"), "Requests", &of("per second"), Unit::PerSecond, vec![
            ("offered", false, Source::Offered(at)),
            ("good", true, Source::Good(at)),
        ]);
        let front = |client: &Client| system.handlers[client.target.at()].service.at();
        let service = front(client);
        // Who comes to one service meets the same errors.
        if system.clients[..at].iter().all(|other| front(other) != service) {
            let name = &system.services[service].name;
            let strip = plan.add(None, &format!("errors-{at}"), "Errors", &format!("{name}, per cent"), Unit::Percent, vec![
                ("now", true, Source::Errors(service)),
            ]);
            strip.alert_at = alert_at(system, name);
        }
        plan.add(None, &format!("latency-{at}"), "Latency", &of("log scale"), Unit::Ms, vec![
            ("p99", true, Source::ClientTime(at, Quantile::P99)),
            ("p90", false, Source::ClientTime(at, Quantile::P90)),
            ("p50", false, Source::ClientTime(at, Quantile::P50)),
        ]);
    }
    for (at, topic) in system.topics.iter().enumerate() {
        let groups = system.groups.iter().enumerate().filter(|(_, group)| group.topic.at() == at);
        let lines: Vec<(&str, bool, Source)> =
            groups.map(|(group, def)| (service_of(system, group, &def.name), group == 0, Source::Lag(group))).collect();
        if !lines.is_empty() {
            plan.add(None, &format!("queue-{at}"), "Queue", &format!("{}, by group", topic.name), Unit::Count, lines);
        }
    }
    for (at, measure) in system.measures.iter().enumerate() {
        plan.add(None, &format!("oldest-{at}"), "Oldest", &plain(&measure.name), Unit::Seconds, vec![("age", true, Source::Oldest(at))]);
    }
    for (place, node) in wiring.picture.boxes.iter().enumerate() {
        let (at, name) = (node.at, &node.name);
        let here = Some(place);
        match node.what {
            // A client's strips are those of the whole.
            Shape::Client => {}
            Shape::Service => {
                plan.add(here, "rate", "Requests", &format!("{name}, per second"), Unit::PerSecond, vec![("answered", true, Source::Answered(at))]);
                let strip = plan.add(here, "errors", "Errors", &format!("{name}, per cent"), Unit::Percent, vec![("now", true, Source::Errors(at))]);
                strip.alert_at = alert_at(system, name);
                plan.add(here, "time", "Latency", &format!("{name}, log scale"), Unit::Ms, vec![
                    ("p99", true, Source::ServiceTime(at, Quantile::P99)),
                    ("p50", false, Source::ServiceTime(at, Quantile::P50)),
                ]);
                let groups = system.groups.iter().enumerate();
                let mine = groups.filter(|(_, group)| system.handlers[group.handler.at()].service.at() == at);
                let mut lines: Vec<(&str, bool, Source)> = vec![("waiting", false, Source::ServiceWaiting(at))];
                lines.extend(mine.flat_map(|(group, _)| [("behind", true, Source::Lag(group)), ("dead", false, Source::Dead(group))]));
                plan.add(here, "waiting", "Waiting", &format!("at {name}"), Unit::Count, lines);
            }
            Shape::Store => {
                plan.add(here, "commits", "Transactions", &format!("{name}, per second"), Unit::PerSecond, vec![
                    ("committed", true, Source::Commits(at)),
                    ("refused", false, Source::StoreRefused(at)),
                ]);
                plan.add(here, "time", "Latency", &format!("{name}, log scale"), Unit::Ms, vec![
                    ("p99", true, Source::StoreTime(at, Quantile::P99)),
                    ("p50", false, Source::StoreTime(at, Quantile::P50)),
                ]);
            }
            Shape::Topic => {
                let mut lines: Vec<(&str, bool, Source)> = vec![("published", true, Source::Published(at))];
                let groups = system.groups.iter().enumerate().filter(|(_, group)| group.topic.at() == at);
                lines.extend(groups.map(|(group, def)| (service_of(system, group, &def.name), false, Source::Handled(group))));
                plan.add(here, "flow", "Messages", &format!("{name}, per second"), Unit::PerSecond, lines);
                let groups = system.groups.iter().enumerate().filter(|(_, group)| group.topic.at() == at);
                let lag = groups.map(|(group, def)| (service_of(system, group, &def.name), group == 0, Source::Lag(group)));
                plan.add(here, "lag", "Queue", &format!("{name}, by group"), Unit::Count, lag.collect());
            }
            Shape::Provider => {
                plan.add(here, "rate", "Requests", &format!("to {name}, per second"), Unit::PerSecond, vec![
                    ("answered", true, Source::ProviderGood(at)),
                    ("not", false, Source::ProviderOther(at)),
                ]);
                plan.add(here, "time", "Latency", &format!("{name}, log scale"), Unit::Ms, vec![
                    ("p99", true, Source::ProviderTime(at, Quantile::P99)),
                    ("p50", false, Source::ProviderTime(at, Quantile::P50)),
                ]);
            }
        }
    }
    plan
}

/// The service that reads is what people call a group by.
fn service_of<'a>(system: &'a System, group: usize, name: &'a str) -> &'a str {
    let handler = system.groups[group].handler;
    let alone = system.groups.iter().filter(|other| system.handlers[other.handler.at()].service == system.handlers[handler.at()].service).count() == 1;
    if alone { &system.services[system.handlers[handler.at()].service.at()].name } else { name }
}

/// Per cent, where an alert looks at a service's errors.
fn alert_at(system: &System, service: &str) -> Option<f64> {
    let text = format!("error_ratio('{service}') >");
    let looks = |alert: &seatrial_sim::system::Alert| system.expr_texts.get(alert.when.at())?.strip_prefix(&text)?.trim().parse::<f64>().ok();
    system.alerts.iter().find_map(looks).map(|ratio| ratio * 100.0)
}

fn value(source: Source, sample: &Sample, span: u64, bought: bool) -> Option<f64> {
    let rate = |count: u32| Some(per_second(count, span));
    let time = |us: u32| (us > 0).then(|| ms(us));
    match source {
        Source::Offered(at) => rate(sample.clients[at].offered),
        Source::Good(at) => rate(sample.clients[at].good),
        Source::ClientTime(at, which) => {
            let of = sample.clients[at];
            time(match which {
                Quantile::P50 => of.p50_us,
                Quantile::P90 => of.p90_us,
                Quantile::P99 => of.p99_us,
            })
        }
        Source::Answered(at) => rate(sample.services[at].answered),
        Source::Errors(at) => {
            let of = sample.services[at];
            let all = of.answered + of.refused;
            (all > 0).then(|| (f64::from(of.failed + of.refused) / f64::from(all) * 1000.0).round() / 10.0)
        }
        Source::ServiceTime(at, Quantile::P50) => time(sample.services[at].p50_us),
        Source::ServiceTime(at, _) => time(sample.services[at].p99_us),
        Source::ServiceWaiting(at) => Some(f64::from(sample.services[at].waiting)),
        Source::Lag(at) => Some(f64::from(sample.groups[at].lag)),
        Source::Dead(at) => Some(f64::from(sample.groups[at].dead)),
        Source::Handled(at) => rate(sample.groups[at].handled),
        Source::Oldest(at) => bought.then(|| (sample.measures[at] as f64 / 1e9).round()),
        Source::Commits(at) => rate(sample.stores[at].commits),
        Source::StoreRefused(at) => rate(sample.stores[at].refused),
        Source::StoreTime(at, Quantile::P50) => time(sample.stores[at].p50_us),
        Source::StoreTime(at, _) => time(sample.stores[at].p99_us),
        Source::Published(at) => rate(sample.topics[at].published),
        Source::ProviderGood(at) => rate(sample.providers[at].good),
        Source::ProviderOther(at) => rate(sample.providers[at].other),
        Source::ProviderTime(at, Quantile::P50) => time(sample.providers[at].p50_us),
        Source::ProviderTime(at, _) => time(sample.providers[at].p99_us),
    }
}
