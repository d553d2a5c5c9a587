//! Runs a scenario with a design and prints what it came to: `play FILE DESIGN SEED`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use seatrial_sim::{Setup, Sim};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let root = Path::new(&args[1]).parent().unwrap().parent().unwrap();
    let mut files = BTreeMap::new();
    for folder in ["scenarios", "parts"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
            files.insert(name, std::fs::read(path).unwrap());
        }
    }
    let entry = format!(
        "scenarios/{}",
        Path::new(&args[1]).file_name().unwrap().to_string_lossy()
    );
    let (compiled, mistakes) = seatrial_scenario::compile(&files, &entry);
    for mistake in &mistakes {
        println!("{mistake}");
    }
    let compiled = compiled.unwrap();
    let design = compiled
        .designs
        .iter()
        .find(|d| d.name == args[2])
        .map(|d| d.answers.clone())
        .unwrap_or_default();
    let patches = compiled.design(&design).unwrap();
    let mut sim = Sim::new(
        Arc::new(compiled.system),
        &patches,
        Setup::unattended(args[3].parse().unwrap()),
    );
    let since = std::time::Instant::now();
    sim.finish();
    let took = since.elapsed();
    println!("{:?}", sim.conserved());
    println!("{:#?}", sim.report());
    println!(
        "{took:?}, {:.2} M events/s, keys {:?}",
        sim.events() as f64 / took.as_secs_f64() / 1e6,
        sim.keys()
    );
}
