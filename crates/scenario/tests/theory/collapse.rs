//! Retries that destroy what they were to save.

use crate::common::{run, runs, system};

/// Gateway, service, database, each M/M/4 with 100 ms of work: 40 requests a second at most. The gateway waits for the
/// two behind it, and tries twice more at once.
fn chain(work: u32, rate: f64, timeout_ms: u32, attempts: u32, minutes: u32) -> std::sync::Arc<seatrial_sim::System> {
    system(&format!(
        "
clock: {{warm_up: 0s, play: {minutes}m}}
telemetry: {{metrics: 1m}}
clients: {{callers: {{arrive: poisson {rate}/s, call: gateway.handle}}}}
services:
  gateway: {{run: {{cores: 4, in_flight: 1000000}}, handlers: {{handle: {{steps: [{{work: exp {work}ms}}, {{call: service.serve, timeout: {timeout_ms}ms, attempts: {attempts}, retry: [unknown]}}]}}}}}}
  service: {{run: {{cores: 4, in_flight: 1000000}}, handlers: {{serve: {{steps: [{{work: exp {work}ms}}, {{call: database.query}}]}}}}}}
  database: {{run: {{cores: 4, in_flight: 1000000}}, handlers: {{query: {{steps: [{{work: exp {work}ms}}]}}}}}}
"
    ))
}

#[test]
fn explore() {
    let Ok(_) = std::env::var("EXPLORE") else { return };
    let rates: Vec<f64> = std::env::var("EXPLORE").unwrap().split(',').map(|x| x.parse().unwrap()).collect();
    for rate in rates {
        for timeout in [1000, 1200, 1500, 2000] {
            let system = chain(std::env::var("WORK").unwrap().parse().unwrap(), rate, timeout, 3, std::env::var("MINUTES").unwrap().parse().unwrap());
            let good = runs(&system, 24, |report| report.clients[0].by_outcome[0] as f64 / report.clients[0].clicks as f64);
            let dead = good.iter().filter(|g| **g < 0.5).count();
            let mut sorted = good.clone();
            sorted.sort_by(f64::total_cmp);
            println!("{rate} {timeout}: dead {dead}/24, goodput {:.3} … {:.3} … {:.3}", sorted[0], sorted[12], sorted[23]);
        }
    }
    let _ = run;
}
