//! Ctrl-C at any moment: what a command writes is whole or not there, and nothing lies beside it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::tempdir;

use crate::run::{repository, seatrial};

/// Starts it, sends the signal after a while, and says with which code it ended.
fn stopped(folder: &Path, args: &str, signal: &str, after: Duration) -> i32 {
    let mut child = seatrial().current_dir(folder).args(args.split(' ')).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(after);
    // It may be through already.
    Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status().unwrap();
    let status = child.wait().unwrap();
    status.code().unwrap_or_else(|| {
        // The signal came before the program listened for it; then nothing was begun either.
        use std::os::unix::process::ExitStatusExt;
        128 + status.signal().unwrap()
    })
}

/// Before it begins, while it runs, while it writes, and after: each command takes about as long as it takes undisturbed.
fn at_any_moment(args: &str, file: &str) {
    let folder = tempdir().unwrap();
    fs::copy(repository().join("crates/study/tests/small.yaml"), folder.path().join("small.yaml")).unwrap();
    let since = Instant::now();
    assert!(seatrial().current_dir(folder.path()).args(args.split(' ')).output().unwrap().status.success(), "{args}");
    let whole_run = since.elapsed();
    let whole = fs::read(folder.path().join(file)).unwrap();
    let (mut broken, mut done) = (0, 0);
    let mut once = |signal: &str, after: Duration| {
        fs::remove_file(folder.path().join(file)).ok();
        let code = stopped(folder.path(), args, signal, after);
        let there = fs::read(folder.path().join(file)).ok();
        match code {
            0 => assert_eq!(there.as_ref(), Some(&whole), "{args}: it said that all was well"),
            130 | 143 => assert!(there.is_none_or(|bytes| bytes == whole), "{args}: half of a file"),
            other => panic!("{args}: ended with {other}"),
        }
        if code == 0 { done += 1 } else { broken += 1 }
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| name == "small.yaml" || name == file), "{args}: {left:?}");
        (broken, done)
    };
    let mut seen = (0, 0);
    for (round, signal) in ["-INT", "-TERM"].into_iter().cycle().take(24).enumerate() {
        seen = once(signal, whole_run * (round as u32) / 18);
    }
    // The machine may have become slower or faster meanwhile: until both were seen.
    for round in 0..12 {
        if seen.1 == 0 {
            seen = once("-INT", whole_run * (2 << round.min(4)));
        } else if seen.0 <= 2 {
            seen = once("-TERM", whole_run / (4 << round));
        }
    }
    assert!(seen.0 > 2 && seen.1 > 0, "{args}: {} were stopped, {} were not", seen.0, seen.1);
}

#[test]
fn a_run_leaves_its_metrics_whole_or_not_at_all() {
    at_any_moment("run small.yaml --openmetrics run.txt", "run.txt");
}

#[test]
fn a_trace_is_there_or_is_not() {
    at_any_moment("trace small.yaml --key 1000645 --otlp trace.json", "trace.json");
}

#[test]
fn a_printed_kit_is_there_or_is_not() {
    at_any_moment("kit export --to md -o kit.md", "kit.md");
}
