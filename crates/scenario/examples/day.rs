//! A day of `charged-not-settled`: how many business keys are kept, and how much memory that takes: `day FILE HOURS`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use seatrial_sim::{Setup, Sim};

/// Resident memory in MiB, where the system says.
fn resident_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let root = Path::new(&args[1]).parent().unwrap().parent().unwrap();
    let mut files = BTreeMap::new();
    for folder in ["scenarios", "parts", "material"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
            files.insert(name, std::fs::read(path).unwrap());
        }
    }
    let entry = format!("scenarios/{}", Path::new(&args[1]).file_name().unwrap().to_string_lossy());
    let compiled = seatrial_scenario::compile(&files, &entry).0.unwrap();
    let hours: u64 = args[2].parse().unwrap();
    for design in ["weak", "good", "excellent"] {
        let answers = compiled.designs.iter().find(|d| d.name == design).unwrap().answers.clone();
        let patches = compiled.design(&answers).unwrap();
        let mut system = compiled.system.clone();
        system.clock.play = hours * 3_600_000_000_000;
        let mut sim = Sim::new(Arc::new(system), &patches, Setup::unattended(1));
        println!("{design}");
        for hour in 1..=hours {
            sim.advance(hour * 3_600_000_000_000);
            if hour % 4 == 0 || hour == 1 {
                let (kept, given_back) = sim.keys();
                println!("  {hour:>3} h: {kept:>8} keys kept, {given_back:>8} given back, {:?} MiB", resident_mib());
            }
        }
    }
}
