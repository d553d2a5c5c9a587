//! Systems in the language, many seeds of each, and the interval that their means give.

use std::collections::BTreeMap;
use std::sync::Arc;

use seatrial_scenario::compile;
use seatrial_sim::{Report, Setup, Sim, System};

pub fn system(text: &str) -> Arc<System> {
    let text = format!("scenario: theory\ntitle: Theory\n{text}");
    let files = BTreeMap::from([("theory.yaml".to_owned(), text.into_bytes())]);
    let (compiled, diagnostics) = compile(&files, "theory.yaml");
    Arc::new(compiled.unwrap_or_else(|| panic!("{diagnostics:#?}")).system)
}

pub fn run(system: &Arc<System>, seed: u64) -> Report {
    let mut sim = Sim::new(Arc::clone(system), &[], Setup::unattended(seed));
    sim.finish();
    sim.conserved().unwrap();
    assert_eq!(sim.stopped(), None);
    sim.report()
}

/// Independent runs, two at a time.
pub fn runs<T: Send>(system: &Arc<System>, seeds: u64, of: impl Fn(&Report) -> T + Sync) -> Vec<T> {
    let one = &|seed: u64| of(&run(system, seed));
    std::thread::scope(|scope| {
        let half = seeds / 2;
        let other = scope.spawn(move || (half + 1..=seeds).map(one).collect::<Vec<T>>());
        let mut all: Vec<T> = (1..=half).map(one).collect();
        all.extend(other.join().expect("no panic"));
        all
    })
}

pub const SEEDS: u64 = 16;

/// Student's t at 99.9 %, 15 degrees of freedom.
const T: f64 = 4.073;

/// The mean of the runs and half of its interval.
pub fn interval(values: &[f64]) -> (f64, f64) {
    assert_eq!(values.len(), SEEDS as usize);
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (count - 1.0);
    (mean, T * (variance / count).sqrt())
}

/// Agrees with theory, by an interval that is narrow enough to be evidence.
#[track_caller]
pub fn agrees(what: &str, values: &[f64], theory: f64, narrow: f64) {
    let (mean, half) = interval(values);
    assert!((mean - theory).abs() <= half, "{what}: {mean} ± {half}, theory says {theory}");
    assert!(half <= theory * narrow, "{what}: ± {half} around {mean} is no evidence");
}

/// One service, Poisson arrivals; so many arrivals after a warm-up of a tenth.
pub fn queue(rate: f64, run: &str, work: &str, arrivals: f64) -> Arc<System> {
    let play = arrivals / rate;
    let warm_up = play / 10.0;
    system(&format!(
        "
clock: {{warm_up: {warm_up:.3}s, play: {play:.3}s, drain: 1h}}
clients: {{callers: {{arrive: poisson {rate:.6}/s, call: desk.serve}}}}
services: {{desk: {{run: {run}, handlers: {{serve: {{steps: [{{work: {work}}}]}}}}}}}}
"
    ))
}

/// Erlang's C: the probability of waiting, by the recursion of his B.
pub fn erlang_c(servers: u32, load: f64) -> f64 {
    let blocked = (1..=servers).fold(1.0, |b, k| load * b / (f64::from(k) + load * b));
    let rho = load / f64::from(servers);
    blocked / (1.0 - rho * (1.0 - blocked))
}
