//! What the operating system knows about this process.

use std::{fs, path::Path, time::Instant};

/// A span of CPU time; of time on the wall where the system does not say.
#[derive(Debug)]
pub struct Cpu {
    wall: Instant,
    of: fn() -> Option<u64>,
    before: Option<u64>,
}

impl Cpu {
    /// Of this process, all threads together.
    pub fn start() -> Cpu {
        Cpu { wall: Instant::now(), of: used_ns, before: used_ns() }
    }

    pub fn start_of_thread() -> Cpu {
        Cpu { wall: Instant::now(), of: thread_ns, before: thread_ns() }
    }

    pub fn seconds(&self) -> f64 {
        match (self.before, (self.of)()) {
            (Some(before), Some(now)) => (now - before) as f64 / 1e9,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

/// Nanoseconds, from the scheduler (Linux); `times` would be good to ten milliseconds only. Threads that have ended are
/// not in it.
fn used_ns() -> Option<u64> {
    fs::read_dir("/proc/self/task").ok()?.flatten().map(|task| spent(&task.path().join("schedstat"))).sum()
}

fn thread_ns() -> Option<u64> {
    spent("/proc/thread-self/schedstat".as_ref())
}

fn spent(file: &Path) -> Option<u64> {
    fs::read_to_string(file).ok()?.split_whitespace().next()?.parse().ok()
}

/// The largest resident size so far, in KiB; 0 where the system does not say.
pub fn peak_kib() -> u64 {
    status("VmHWM:")
}

fn status(name: &str) -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kib| kib.parse().ok()).unwrap_or(0)
}
