//! Queues whose answers are known: M/M/1, M/M/c, M/M/c/K, M/G/1, Little's law.

use crate::common::{SEEDS, agrees, erlang_c, queue, run, runs, system};

fn response_ms(report: &seatrial_sim::Report) -> f64 {
    report.clients[0].latency.mean_ns / 1e6
}

#[test]
fn one_server() {
    // Kleinrock, Queueing Systems I, 3.2: T = 1 / (μ − λ); its quantiles are exponential.
    for (rho, narrow) in [(0.5, 0.02), (0.8, 0.06), (0.9, 0.2)] {
        let system = queue(100.0 * rho, "{threads: 1, queue: fifo}", "exp 10ms", 50_000.0);
        let all = runs(&system, SEEDS, |report| {
            (response_ms(report), report.clients[0].latency.p90_us as f64 / 1e3)
        });
        let theory = 10.0 / (1.0 - rho);
        agrees(&format!("M/M/1 at {rho}"), &all.iter().map(|x| x.0).collect::<Vec<_>>(), theory, narrow);
        // The histogram keeps two digits, so the quantile is up to one per cent too high.
        let p90: Vec<f64> = all.iter().map(|x| x.1 / 1.005).collect();
        agrees(&format!("M/M/1 at {rho}, p90"), &p90, theory * std::f64::consts::LN_10, narrow * 1.5);
    }
}

#[test]
fn several_servers() {
    // Erlang C: mean wait C / (c μ (1 − ρ)). The expected figures are those of `mmc` in queueing-and-retry.json.
    for (servers, rho, expected, narrow) in
        [(2u32, 0.7, 1.960_784_313_725_49, 0.04), (4, 0.8, 1.745_540_589_734_255_7, 0.04), (8, 0.9, 1.876_916_237_682_821_5, 0.08), (16, 0.8, 1.095_276_222_790_630_3, 0.02)]
    {
        let load = f64::from(servers) * rho;
        let theory = 1.0 + erlang_c(servers, load) / (f64::from(servers) * (1.0 - rho));
        assert!((theory - expected).abs() < 1e-9, "{theory}");
        for run in [format!("{{threads: {servers}, queue: fifo}}"), format!("{{cores: {servers}, in_flight: 1000000}}")] {
            let system = queue(load * 100.0, &run, "exp 10ms", 50_000.0);
            agrees(&format!("M/M/{servers} at {rho}, {run}"), &runs(&system, SEEDS, response_ms), 10.0 * theory, narrow);
        }
    }
}

#[test]
fn a_queue_of_bounded_length() {
    // M/M/c/K: the share that is turned away is the probability of K in the system.
    for (servers, places, rho) in [(1u32, 4u32, 0.8f64), (4, 6, 0.95), (4, 0, 0.8), (2, 8, 1.3)] {
        let load = f64::from(servers) * rho;
        let most = servers + places;
        let weight = |n: u32| (1..=n).fold(1.0, |w, k| w * load / f64::from(k.min(servers)));
        let theory = weight(most) / (0..=most).map(weight).sum::<f64>();
        let system = queue(load * 100.0, &format!("{{threads: {servers}, queue: fifo {places}}}"), "exp 10ms", 50_000.0);
        let refused = runs(&system, SEEDS, |report| {
            let client = &report.clients[0];
            client.by_outcome[5] as f64 / client.clicks as f64
        });
        agrees(&format!("M/M/{servers}/{most} at {rho}"), &refused, theory, 0.06);
    }
}

#[test]
fn any_service_time() {
    // Pollaczek and Khinchine: W = ρ (1 + cv²) / (2 (1 − ρ)) service times. A log-normal's median is its mean / √(1 + cv²).
    for (rho, cv, narrow) in [(0.5f64, 0.5f64, 0.02), (0.7, 1.0, 0.05), (0.7, 2.0, 0.2), (0.8, 0.0, 0.05)] {
        let median_us = 10_000.0 / (1.0 + cv * cv).sqrt();
        let work = if cv == 0.0 { "10ms".to_owned() } else { format!("lognormal {median_us:.3}us cv {cv}") };
        let system = queue(100.0 * rho, "{threads: 1, queue: fifo}", &work, 60_000.0);
        let theory = 10.0 * (1.0 + rho * (1.0 + cv * cv) / (2.0 * (1.0 - rho)));
        agrees(&format!("M/G/1 at {rho}, cv {cv}"), &runs(&system, SEEDS, response_ms), theory, narrow);
    }
}

#[test]
fn littles_law_on_every_node() {
    // L = λ W, for each station and whatever its arrivals: threads that are held on average, against requests a second
    // times how long each holds one. A thread of the gateway is held while the others work.
    let system = system(
        "
clock: {warm_up: 0s, play: 2h, drain: 10m}
clients: {callers: {arrive: poisson 30/s, call: gateway.handle}}
services:
  gateway: {run: {threads: 10000}, handlers: {handle: {steps: [{work: lognormal 20ms cv 1}, {call: service.serve}]}}}
  service: {run: {threads: 10000}, handlers: {serve: {steps: [{work: exp 50ms}, {call: database.query}, {wait: uniform 0ms..20ms}]}}}
  database: {run: {threads: 10000}, handlers: {query: {steps: [{work: exp 80ms}]}}}
",
    );
    let report = run(&system, 1);
    let seconds = report.ends as f64 / 1e9;
    let client = &report.clients[0];
    let whole = client.arrivals as f64 / seconds * client.latency.mean_ns / 1e9;
    // Whoever is still under way at the end is counted on one side alone, and nobody is after the drain.
    assert!((report.services[0].busy_mean / whole - 1.0).abs() < 1e-9, "{} {whole}", report.services[0].busy_mean);
    let held_s = [20.0 * 2f64.sqrt() / 1e3 + 0.14, 0.14, 0.08];
    for (service, held) in report.services.iter().zip(held_s) {
        let expected = service.offered as f64 / seconds * held;
        assert!((service.busy_mean / expected - 1.0).abs() < 0.01, "{}: {} {expected}", service.name, service.busy_mean);
    }
}

#[test]
fn a_chain_of_stations_is_a_product() {
    // Burke, The Output of a Queuing System, 1956: each station as if it stood alone.
    let system = system(
        "
clock: {warm_up: 5m, play: 45m, drain: 1h}
clients: {callers: {arrive: poisson 28/s, call: gateway.handle}}
services:
  gateway: {run: {cores: 4, in_flight: 1000000}, handlers: {handle: {steps: [{work: exp 100ms}, {call: service.serve}]}}}
  service: {run: {cores: 4, in_flight: 1000000}, handlers: {serve: {steps: [{work: exp 100ms}, {call: database.query}]}}}
  database: {run: {cores: 4, in_flight: 1000000}, handlers: {query: {steps: [{work: exp 100ms}]}}}
",
    );
    let theory = 3.0 * 100.0 * (1.0 + erlang_c(4, 2.8) / (4.0 * 0.3));
    agrees("three times M/M/4", &runs(&system, SEEDS, response_ms), theory, 0.02);
}
