//! `seatrial run --openmetrics`: held line by line to the specification's grammar and rules (OpenMetrics 1.0, "ABNF" and
//! "Overall Structure"), and to what the run's own report says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;
use tempfile::tempdir;

use crate::run::{repository, run};

#[derive(Debug, Default)]
struct Family {
    is: String,
    unit: String,
    points: Vec<Point>,
}

#[derive(Debug, Clone)]
struct Point {
    name: String,
    labels: BTreeMap<String, String>,
    value: f64,
    at: f64,
}

fn is_name(name: &str) -> bool {
    let first = |c: char| c.is_ascii_alphabetic() || c == '_' || c == ':';
    name.starts_with(first) && name.chars().all(|c| first(c) || c.is_ascii_digit())
}

/// Everything up to the quote that ends it, with its escapes undone.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, &text[at + 1..]),
            '\\' => value.push(match chars.next() {
                Some((_, 'n')) => '\n',
                Some((_, c @ ('\\' | '"'))) => c,
                other => panic!("{other:?} is no escape"),
            }),
            c => value.push(c),
        }
    }
    panic!("no end of {text}")
}

fn point(line: &str) -> Point {
    let end = line.find(['{', ' ']).expect("a value");
    let (name, mut rest) = line.split_at(end);
    assert!(is_name(name), "{line}");
    let mut labels = BTreeMap::new();
    if let Some(inside) = rest.strip_prefix('{') {
        let mut left = inside;
        loop {
            let (key, value) = left.split_once("=\"").unwrap_or_else(|| panic!("{line}"));
            assert!(is_name(key) && !key.contains(':'), "{line}");
            let (value, after) = quoted(value);
            assert_eq!(labels.insert(key.to_owned(), value), None, "{line}");
            match after.strip_prefix(',') {
                Some(more) => left = more,
                None => {
                    rest = after.strip_prefix('}').unwrap_or_else(|| panic!("{line}"));
                    break;
                }
            }
        }
    }
    let numbers: Vec<&str> = rest.strip_prefix(' ').expect("one space").split(' ').collect();
    let [value, at] = numbers[..] else { panic!("{line}") };
    let number = |text: &str| text.parse::<f64>().unwrap_or_else(|_| panic!("{line}"));
    Point { name: name.to_owned(), labels, value: number(value), at: number(at) }
}

/// The families by name; whatever the specification forbids panics.
fn read(text: &str) -> BTreeMap<String, Family> {
    assert!(text.ends_with("# EOF\n") && text.matches("# EOF").count() == 1 && !text.contains('\r'));
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    let mut now = String::new();
    for line in text.lines().take_while(|line| *line != "# EOF") {
        if let Some(about) = line.strip_prefix("# ") {
            let (what, rest) = about.split_once(' ').unwrap();
            let (name, said) = rest.split_once(' ').unwrap();
            assert!(is_name(name), "{line}");
            if what == "TYPE" {
                assert!(!families.contains_key(name), "{name} comes twice");
                now = name.to_owned();
                families.entry(now.clone()).or_default().is = said.to_owned();
            }
            assert_eq!(name, now, "{line}");
            let family = families.get_mut(&now).unwrap();
            assert!(family.points.is_empty(), "{line}: after its points");
            if what == "UNIT" {
                assert!(name.ends_with(&format!("_{said}")), "{line}");
                family.unit = said.to_owned();
            }
            assert!(["TYPE", "UNIT", "HELP"].contains(&what) && !said.is_empty(), "{line}");
            continue;
        }
        families.get_mut(&now).unwrap_or_else(|| panic!("{line}: of no family")).points.push(point(line));
    }
    families.iter().for_each(|(name, family)| holds(name, family));
    families
}

/// What the specification asks of a type.
fn holds(name: &str, family: &Family) {
    let suffixes: &[&str] = match family.is.as_str() {
        "counter" => &["_total"],
        "gauge" => &[""],
        "info" => &["_info"],
        "summary" => &[""],
        "histogram" => &["_bucket", "_count", "_sum"],
        other => panic!("{name} is {other}"),
    };
    // A provider that was never called has no latency to tell of.
    assert!(!family.points.is_empty() || family.is == "summary", "{name} has no point");
    let mut metrics: Vec<(BTreeMap<String, String>, Vec<&Point>)> = Vec::new();
    for point in &family.points {
        assert!(suffixes.iter().any(|suffix| point.name == format!("{name}{suffix}")), "{}: not of {name}", point.name);
        let mut labels = point.labels.clone();
        assert_eq!(labels.remove("le").is_some(), point.name.ends_with("_bucket"), "{}", point.name);
        assert_eq!(labels.remove("quantile").is_some(), family.is == "summary", "{}", point.name);
        match metrics.last_mut().filter(|(last, _)| *last == labels) {
            Some((_, points)) => points.push(point),
            None => {
                assert!(metrics.iter().all(|(seen, _)| *seen != labels), "{name} {labels:?}: points are apart");
                metrics.push((labels, vec![point]));
            }
        }
    }
    for (labels, points) in metrics {
        assert!(points.windows(2).all(|pair| pair[0].at <= pair[1].at), "{name} {labels:?}: time goes back");
        assert!(points.iter().all(|point| point.value.is_finite() && (family.is == "gauge" || point.value >= 0.0)));
        match family.is.as_str() {
            "counter" => assert!(points.windows(2).all(|pair| pair[0].value <= pair[1].value && pair[0].at < pair[1].at)),
            "gauge" => assert!(points.windows(2).all(|pair| pair[0].at < pair[1].at), "{name} {labels:?}"),
            "histogram" => {
                let buckets: Vec<&&Point> = points.iter().filter(|point| point.labels.contains_key("le")).collect();
                let edges: Vec<f64> = buckets.iter().map(|point| point.labels["le"].parse().unwrap()).collect();
                assert!(edges.windows(2).all(|pair| pair[0] < pair[1]) && edges.last() == Some(&f64::INFINITY));
                assert!(buckets.windows(2).all(|pair| pair[0].value <= pair[1].value));
                let count = points.iter().find(|point| point.name.ends_with("_count")).unwrap();
                assert_eq!(buckets.last().unwrap().value, count.value);
            }
            _ => {}
        }
    }
}

fn metrics(of: &str) -> (BTreeMap<String, Family>, Value) {
    let folder = tempdir().unwrap();
    fs::copy(repository().join("crates/study/tests/small.yaml"), folder.path().join("small.yaml")).unwrap();
    let args = format!("run {of} --json --openmetrics metrics.txt");
    let ran = run(folder.path(), &args.split(' ').collect::<Vec<_>>());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let families = read(&fs::read_to_string(folder.path().join("metrics.txt")).unwrap());
    (families, serde_json::from_str(ran.text()).unwrap())
}

/// The sum over all label sets of a counter's last points, where a label has the value.
fn last(families: &BTreeMap<String, Family>, name: &str, label: &str, value: &str) -> f64 {
    let mut by: BTreeMap<&BTreeMap<String, String>, f64> = BTreeMap::new();
    for point in families[name].points.iter().filter(|point| point.labels.get(label).is_some_and(|is| is == value)) {
        by.insert(&point.labels, point.value);
    }
    by.values().sum()
}

#[test]
fn metrics_are_openmetrics_and_say_what_the_report_says() {
    let (families, report) = metrics("small.yaml --design careless");
    assert_eq!(families["seatrial_run"].points[0].labels["digest"], report["digest"].as_str().unwrap());
    let broken = last(&families, "seatrial_oracle_broken_instances", "invariant", "booked_once");
    assert_eq!(broken, report["invariants"]["booked_once"]["violations"].as_f64().unwrap());
    assert!(broken > 0.0);
    // Each attempt that was sent came to something, but for those that were under way.
    let of = |name: &str| last(&families, name, "call", "desk.book.seat");
    assert!(of("seatrial_call_retries") > 0.0 && of("seatrial_call_sent") >= of("seatrial_call_attempts"));
    let times: BTreeSet<u64> = families["seatrial_service_replicas"].points.iter().map(|point| point.at as u64).collect();
    assert_eq!((times.first(), times.len()), (Some(&(1_773_309_600 + 10)), 13 * 6), "a sample each ten seconds of 13 minutes");
    let histogram = &families["seatrial_client_latency_seconds"];
    let count = histogram.points.iter().find(|point| point.name.ends_with("_count")).unwrap().value;
    let sum = histogram.points.iter().find(|point| point.name.ends_with("_sum")).unwrap().value;
    let mean_ms = report["latency"]["guests"]["mean_ms"].as_f64().unwrap();
    assert!((sum / count * 1e3 - mean_ms).abs() < 0.01 * mean_ms, "{sum} / {count} and {mean_ms}");
}

#[test]
fn every_part_of_a_large_system_has_its_metrics() {
    let has = |scenario: &str, names: &[&str]| {
        let (families, _) = metrics(scenario);
        for name in names {
            let family = families.get(&format!("seatrial_{name}"));
            assert!(family.is_some_and(|family| !family.points.is_empty()), "{scenario}: {name}: {:?}", families.keys());
        }
        families
    };
    has("parcel-carrier", &["store_transactions", "provider_requests", "service_latency_seconds"]);
    has("rotate-the-password", &["secret_failed_logins", "secret_versions", "oracle_secret_misuses"]);
    has("slow-dependency", &["cache_reads", "cache_evictions", "oracle_cache_stale_reads"]);
    // What versions did adds up to what their service did.
    let families = has("canary-with-migration", &["version_requests", "version_latency_seconds"]);
    let service = families["seatrial_version_requests"].points[0].labels["service"].clone();
    let [all, by_version] = ["service", "version"].map(|of| last(&families, &format!("seatrial_{of}_requests"), "service", &service));
    assert!(all > 0.0 && by_version > 0.0 && by_version <= all, "{by_version} of {all}");
}
