//! Many runs beside one another, with the time left on standard error: a bar on a terminal, a line every half minute
//! elsewhere, and nothing where it takes no longer than a moment.

use std::io::{IsTerminal, stderr};
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use crate::figures::{count, time};

/// Runs what was asked for on all cores; results in the order of the items.
pub fn all<T: Sync, R: Send>(what: &str, items: &[T], run: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    let progress = Progress::new(what, items.len(), 0);
    let results = items.par_iter().map(|item| progress.counts(run(item))).collect();
    progress.end();
    results
}

pub struct Progress {
    bar: ProgressBar,
    /// For a log that somebody reads while it grows.
    log: Option<Log>,
}

struct Log {
    what: String,
    began: Instant,
    said: Mutex<Instant>,
    runs: usize,
    before: usize,
    done: AtomicUsize,
}

/// How often a log is told.
const EVERY: Duration = Duration::from_secs(30);

impl Progress {
    /// `before`: how many of the runs had been made already.
    pub fn new(what: &str, runs: usize, before: usize) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(runs as u64), ProgressDrawTarget::stderr_with_hz(4));
        let style = ProgressStyle::with_template("{msg} {pos}/{len} {wide_bar} {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what.to_owned());
        bar.set_position(before as u64);
        // Time left is judged by what is done from here on.
        bar.reset_eta();
        if runs > before + 1 {
            bar.enable_steady_tick(Duration::from_millis(500));
        }
        let log = (!stderr().is_terminal()).then(|| {
            let now = Instant::now();
            Log { what: what.to_owned(), began: now, said: Mutex::new(now), runs, before, done: AtomicUsize::new(0) }
        });
        Progress { bar, log }
    }

    /// One more is done.
    pub fn counts<R>(&self, result: R) -> R {
        self.bar.inc(1);
        if let Some(log) = &self.log {
            log.counts();
        }
        result
    }

    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl Log {
    fn counts(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.elapsed() < EVERY {
            return;
        }
        *said = Instant::now();
        let (there, left) = (self.before + done, self.runs.saturating_sub(self.before + done));
        let left_ns = self.began.elapsed().as_nanos() as f64 / done as f64 * left as f64;
        eprintln!("{}: {} of {} runs, about {} left", self.what, count(there as u64), count(self.runs as u64), time(left_ns));
    }
}
