//! Many runs beside one another, with the time left on standard error: only there, only on a terminal, and only when it
//! takes longer than a moment.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

/// Runs what was asked for on all cores; results in the order of the items.
pub fn all<T: Sync, R: Send>(what: &str, items: &[T], run: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    let bar = bar(what, items.len());
    let one = |item| {
        let result = run(item);
        bar.inc(1);
        result
    };
    let results = items.par_iter().map(one).collect();
    bar.finish_and_clear();
    results
}

fn bar(what: &str, runs: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(runs as u64), ProgressDrawTarget::stderr_with_hz(4));
    let style = ProgressStyle::with_template("{msg} {pos}/{len} {wide_bar} {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(what.to_owned());
    if runs > 1 {
        bar.enable_steady_tick(Duration::from_millis(500));
    }
    bar
}
