//! Measures start, kit load, the API under a panel's use and the simulator, and prints one table. Nothing is asserted: a number is for
//! reading beside its floor from the same run. What fails ends the run, so that no failure is counted as a fast answer.

mod api;
mod engine;
mod kit;
mod room;
mod server;
mod start;
mod table;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use table::Table;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Where things are. Everything is written below `work`, which is removed at the end.
struct Places {
    binary: PathBuf,
    kit: PathBuf,
    work: tempfile::TempDir,
}

impl Places {
    fn find() -> Outcome<Self> {
        let binary = PathBuf::from(env::var_os("SEATRIAL_BIN").unwrap_or_else(|| "target/release/seatrial".into()));
        let binary =
            fs::canonicalize(&binary).map_err(|e| format!("{}: {e}; run `make build`, or set SEATRIAL_BIN", binary.display()))?;
        // The system's own folder for temporary files is often memory, where a write costs nothing.
        let parent = PathBuf::from(env::var_os("SEATRIAL_BENCH_DIR").unwrap_or_else(|| "target".into()));
        fs::create_dir_all(&parent)?;
        let kit = PathBuf::from("kits/microservices");
        if !Path::new("kits/microservices/kit.yaml").is_file() {
            return Err("there is no kits/microservices here; run it from the top of the repository".into());
        }
        Ok(Self { binary, kit, work: tempfile::Builder::new().prefix("bench-").tempdir_in(parent)? })
    }
}

fn run() -> Outcome<()> {
    // `seatrial-bench engine` measures the simulator alone, which needs no binary.
    if env::args().nth(1).as_deref() == Some("engine") {
        let mut table = Table::default();
        engine::measure(&mut table)?;
        println!("{table}");
        return Ok(());
    }
    // Nor does `seatrial-bench room`.
    if env::args().nth(1).as_deref() == Some("room") {
        let mut table = Table::default();
        room::measure(&mut table)?;
        println!("{table}");
        return Ok(());
    }
    let places = Places::find()?;
    let mut table = Table::default();
    eprintln!("start …");
    start::measure(&places, &mut table)?;
    eprintln!("kit …");
    kit::measure(&places, &mut table)?;
    eprintln!("api, about half a minute …");
    api::measure(&places, &mut table)?;
    eprintln!("engine, about half a minute …");
    engine::measure(&mut table)?;
    eprintln!("room …");
    room::measure(&mut table)?;
    println!("{table}");
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("bench: {why}");
            ExitCode::FAILURE
        }
    }
}
