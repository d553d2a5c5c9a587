//! One server, one queue: a million requests, and how many events that took.
//!
//! ```text
//!   people ──20 % below──▶ [ queue ][ server ] ──▶ answer
//! ```

#[path = "../tests/common/mod.rs"]
mod common;

use std::sync::Arc;

use seatrial_sim::{Setup, Sim};

fn main() {
    // 80 requests a second, 10 ms each: utilisation 0.8, mean response 50 ms by theory.
    let system = Arc::new(common::mmc(80.0, 1, 10e6, 12_500));
    let mut sim = Sim::new(system, &[], Setup::unattended(1));
    sim.finish();
    let latency = sim.report().clients[0].latency;
    println!(
        "{} requests, {} events, mean {:.2} ms, p99 {} us",
        latency.count,
        sim.events(),
        latency.mean_ns / 1e6,
        latency.p99_us
    );
}
