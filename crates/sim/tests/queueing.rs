//! Theory: mean response times within the interval that independent runs give.

mod common;

use std::sync::Arc;

use seatrial_sim::{Setup, Sim, System};

fn mean_response_ms(system: &Arc<System>, seed: u64) -> f64 {
    let mut sim = Sim::new(Arc::clone(system), &[], Setup::unattended(seed));
    sim.finish();
    sim.conserved().unwrap();
    sim.report().clients[0].latency.mean_ns / 1e6
}

/// Erlang C by the recursion of Erlang B; mean response in units of the mean service time.
fn erlang_c_response(servers: u32, rho: f64) -> f64 {
    let load = f64::from(servers) * rho;
    let blocked = (1..=servers).fold(1.0, |b, k| load * b / (f64::from(k) + load * b));
    let waits = blocked / (1.0 - rho * (1.0 - blocked));
    1.0 + waits / (f64::from(servers) * (1.0 - rho))
}

#[track_caller]
fn agrees(servers: u32, rho: f64) {
    let mean_ns = 10e6;
    let rate = f64::from(servers) * rho / (mean_ns / 1e9);
    let seconds = (200_000.0 / rate) as u64;
    let system = Arc::new(common::mmc(rate, i64::from(servers), mean_ns, seconds));
    let runs: Vec<f64> = (0..20).map(|seed| mean_response_ms(&system, seed + 1)).collect();
    let mean = runs.iter().sum::<f64>() / 20.0;
    let variance = runs.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 19.0;
    // Student's t, 19 degrees of freedom, 99.9 %.
    let half = 3.883 * (variance / 20.0).sqrt();
    let theory = 10.0 * erlang_c_response(servers, rho);
    assert!((mean - theory).abs() <= half, "M/M/{servers} at {rho}: {mean} ± {half} ms, theory says {theory} ms");
    // An interval so wide that it says nothing would always agree.
    assert!(half < theory * 0.05, "M/M/{servers} at {rho}: ± {half} ms is no evidence");
}

#[test]
fn one_server_agrees_with_theory() {
    agrees(1, 0.5);
    agrees(1, 0.8);
}

#[test]
fn several_servers_agree_with_erlang_c() {
    agrees(2, 0.7);
    agrees(8, 0.9);
}
