//! Charts of one line each: arrivals, errors, latency, queues, harm, and under them when faults began.

use seatrial_sim::engine::Sample;

use crate::{
    figures::{count, time},
    paint::{columns, pad, pad_left, spark},
    run::{Run, Shown},
};

const COLUMNS: usize = 60;
const NAMES: usize = 20;
/// Letters that mark faults.
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";

pub fn text(shown: &Shown<'_>, run: &Run) -> String {
    let system = &shown.made.compiled.system;
    // The drain may be many times as long as the play; its beginning says how work was finished.
    let until = system.clock.play_ends() + system.clock.drain.min(system.clock.play / 3);
    let samples: Vec<&Sample> = run.samples.iter().map(AsRef::as_ref).filter(|sample: &&Sample| sample.at <= until).collect();
    if samples.len() < 2 {
        return shown.paint.faint("Too short for charts.");
    }
    let mut out = vec![shown.paint.strong("Over time")];
    let mut line = |name: &str, of: &dyn Fn(&Sample) -> f64, fold: fn(&[f64]) -> f64, show: &dyn Fn(f64) -> String| {
        let values: Vec<f64> = samples.iter().map(|sample| of(sample)).collect();
        let drawn = columns(&values, COLUMNS, fold);
        let most = drawn.iter().copied().fold(0.0, f64::max);
        if most > 0.0 {
            out.push(format!("  {} {} {}", pad_left(name, NAMES), pad(&spark(&drawn, most), COLUMNS), show(most)));
        }
    };
    let seconds = samples[1].at.saturating_sub(samples[0].at) as f64 / 1e9;
    // Stretches differ in length by a sample, so counts are averaged.
    let mean: fn(&[f64]) -> f64 = |stretch| stretch.iter().sum::<f64>() / stretch.len().max(1) as f64;
    let top: fn(&[f64]) -> f64 = |stretch| stretch.iter().copied().fold(0.0, f64::max);
    let number = |most: f64| format!("at most {}", count(most.round() as u64));
    for (at, client) in system.clients.iter().enumerate() {
        line(&client.name, &|sample| f64::from(sample.clients[at].offered), mean, &|most| format!("at most {:.1}/s", most / seconds));
        line("without good answer", &|sample| f64::from(sample.clients[at].bad), mean, &|most| format!("at most {:.1}/s", most / seconds));
        line("99 % within", &|sample| f64::from(sample.clients[at].p99_us), top, &|most| format!("at most {}", time(most * 1e3)));
    }
    for (at, service) in system.services.iter().enumerate() {
        line(&format!("{} waiting", service.name), &|sample| f64::from(sample.services[at].waiting), top, &number);
        let there: Vec<u16> = samples.iter().map(|sample| sample.services[at].replicas).collect();
        let (least, most) = (there.iter().min().copied().unwrap_or(0), there.iter().max().copied().unwrap_or(0));
        let of = if least == most { count(most.into()) } else { format!("{least} to {most}") };
        line(&format!("{} not up", service.name), &|sample| f64::from(sample.services[at].replicas - sample.services[at].up), top, &|not_up| {
            format!("at most {not_up} of {of} replicas")
        });
    }
    for (at, group) in system.groups.iter().enumerate() {
        line(&format!("{} behind", group.name), &|sample| f64::from(sample.groups[at].lag), top, &number);
        line(&format!("{} put aside", group.name), &|sample| f64::from(sample.groups[at].dead), top, &number);
    }
    for (at, invariant) in system.invariants.iter().enumerate() {
        line(&invariant.name, &|sample| f64::from(sample.broken[at]), top, &|most| format!("broken {} times", count(most as u64)));
    }
    let (begin, end) = (samples[0].at, samples[samples.len() - 1].at);
    let place = |at: u64| (at.saturating_sub(begin) as f64 / (end - begin).max(1) as f64 * (COLUMNS - 1) as f64) as usize;
    let mut marks = vec![' '; COLUMNS];
    let mut legend = Vec::new();
    for (detection, letter) in run.report.detection.iter().zip(LETTERS.iter().copied().cycle()) {
        let Some(began) = detection.began.filter(|began| *began <= end) else { continue };
        marks[place(began).min(COLUMNS - 1)] = char::from(letter);
        legend.push(format!("{} {}", char::from(letter), detection.fault));
    }
    if !legend.is_empty() {
        let marks: String = marks.into_iter().collect();
        out.push(format!("  {} {}", pad_left("faults", NAMES), marks.trim_end()));
        out.push(format!("  {} {}", pad("", NAMES), legend.join(", ")));
    }
    let mut axis = vec!['·'; COLUMNS];
    axis[place(system.clock.warm_up).min(COLUMNS - 1)] = '├';
    axis[place(system.clock.play_ends()).min(COLUMNS - 1)] = '┤';
    let axis: String = axis.into_iter().collect();
    out.push(format!("  {} {axis} ├ judged from here, ┤ no arrivals from here", pad_left(&time((end - begin) as f64), NAMES)));
    out.join("\n")
}
