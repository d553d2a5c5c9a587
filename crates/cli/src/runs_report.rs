//! Many runs on a terminal: a table of means with intervals.

use seatrial_sim::Report;
use seatrial_study::document::Figure;
use seatrial_study::{Measure, Unit};

use crate::{
    figures::{mean, money, share},
    paint::{pad, pad_left},
    run::Shown,
    run_report,
};

pub fn text(shown: &Shown<'_>, reports: &[Report]) -> String {
    let compiled = shown.made.compiled;
    let seeds = if reports.len() == 1 { "1 seed".into() } else { format!("{} seeds", reports.len()) };
    let mut out = vec![run_report::head(shown, &seeds), String::new()];
    out.push(shown.paint.strong(&row("", "mean", "95 % interval", "least", "most", "")));
    let cost = compiled.costs_a_month(&shown.made.design.answers);
    for measure in Measure::usual(&compiled.system) {
        let Some(figure) = Figure::new(&measure, reports, cost) else { continue };
        let show = |value: f64| figured(&measure, value, compiled);
        let interval = figure.interval.map_or_else(|| "needs two seeds".into(), |i| format!("{} … {}", show(i.low), show(i.high)));
        let noticed = figure.detected.map(|detected| format!("{} noticed", share(detected))).unwrap_or_default();
        out.push(row(&measure.name(), &show(figure.mean), &interval, &show(figure.min), &show(figure.max), &noticed));
    }
    if let Some(worst) = reports.iter().max_by_key(|report| report.cost()).filter(|report| report.cost() > 0) {
        out.push(String::new());
        out.push(shown.paint.faint(&format!("The dearest run was that of seed {}: see it with --seed {}.", worst.seed, worst.seed)));
    }
    out.join("\n")
}

/// A value in its measure's unit, without the currency's digits.
pub fn figured(measure: &Measure, value: f64, compiled: &seatrial_scenario::Compiled) -> String {
    let (currency, digits) = (&compiled.system.currency, compiled.system.currency_digits);
    match measure.unit() {
        Unit::Count => mean(value),
        Unit::Minutes => format!("{} min", mean(value)),
        Unit::Share => {
            // No minus before nothing.
            let share = (value * 1e4).round() / 100.0 + 0.0;
            format!("{share:.2} %")
        },
        Unit::Money => money(value.round() as i64, currency, digits),
        Unit::MoneyAMonth => format!("{}/mo", money(value.round() as i64, currency, digits)),
        Unit::Milliseconds => format!("{} ms", mean(value)),
    }
}

fn row(name: &str, mean: &str, interval: &str, least: &str, most: &str, noticed: &str) -> String {
    let cells = [pad(name, 22), pad_left(mean, 14), pad_left(interval, 27), pad_left(least, 13), pad_left(most, 13)];
    format!("{}  {noticed}", cells.join(" ")).trim_end().to_owned()
}
