//! A proof as a page: what was claimed, how it is spread over the seeds, and what each of the seven points found. One file,
//! without scripts, light and dark, good on paper.

use std::fmt::Write;

use seatrial_scenario::Compiled;
use seatrial_study::{Measure, Proof, Spreads, State, Verdict, nice_ticks};

use crate::{
    figures::{counted, money, share},
    runs_report::figured,
    svg::escaped,
};

const WIDTH: f64 = 820.0;
const LEFT: f64 = 150.0;
const ROW: f64 = 26.0;
const STYLE: &str = "\
:root{color-scheme:light dark;--paper:#fff;--ink:#1c2530;--soft:#5b6673;--rule:#d9dee4;--mark:#0b62a8;--good:#1d6f3c;--bad:#a8321f}\
@media(prefers-color-scheme:dark){:root{--paper:#11161c;--ink:#e4e8ec;--soft:#9aa5b1;--rule:#2b343e;--mark:#5fb0ee;--good:#6cc08b;--bad:#ec8a76}}\
body{background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:52rem;padding:2rem 1.25rem 4rem}\
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2.5rem 0 .5rem}p{margin:.5rem 0}\
.soft{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad)}code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}\
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}\
th,td{text-align:right;padding:.3rem .6rem;border-bottom:1px solid var(--rule);font-variant-numeric:tabular-nums;white-space:nowrap}\
th:first-child,td:first-child{text-align:left;white-space:normal}th{color:var(--soft);font-weight:500}\
ol.points{list-style:none;padding:0}ol.points li{padding:.5rem 0 .5rem 2.2rem;border-bottom:1px solid var(--rule);text-indent:-2.2rem}\
ol.points li>*{text-indent:0}ol.points b{display:inline-block;width:2.2rem;text-indent:0}ol.points ul{margin:.25rem 0;padding-left:1.1rem}\
svg{display:block;width:100%;height:auto;min-width:34rem}svg text{font:13px system-ui,sans-serif;fill:var(--ink)}svg .f{fill:var(--soft)}\
svg .g{stroke:var(--rule)}svg .o{fill:var(--mark);fill-opacity:.45}svg .m{stroke:var(--ink);stroke-width:2}svg .bar{fill:var(--mark)}\
@media print{body{max-width:none;padding:0}}";

/// The page, the same bytes for the same proof.
pub fn page(compiled: &Compiled, proof: &Proof, spreads: &Spreads) -> String {
    let (word, class) = match (proof.holds(), proof.is_complete()) {
        (false, _) => ("The proof fails.", "bad"),
        (true, true) => ("All seven points hold.", "good"),
        (true, false) => ("What was checked holds; the rest is for a full proof.", "good"),
    };
    let state = match (proof.holds(), proof.is_complete()) {
        (false, _) => "fails",
        (true, true) => "holds",
        (true, false) => "part",
    };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"seatrial-scenario\" content=\"{}\">\n<meta name=\"seatrial-hash\" content=\"{}\">\n<meta name=\"seatrial-proof\" content=\"{state}\">\n\
         <meta name=\"seatrial-runs\" content=\"{}\">\n<title>{}: proof</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        compiled.system.name,
        compiled.hash,
        proof.runs,
        escaped(&compiled.title)
    );
    let _ = writeln!(out, "<h1>{}</h1>", escaped(&compiled.title));
    let as_what = compiled.variation.as_ref().map(|name| format!(", as {name}")).unwrap_or_default();
    let _ = writeln!(
        out,
        "<p class=\"soft\">{}{as_what} · {} · {}</p>\n<p class=\"{class}\"><strong>{word}</strong></p>",
        compiled.system.name,
        counted(proof.seeds as u64, "seed"),
        counted(proof.runs as u64, "run")
    );
    let _ = writeln!(
        out,
        "<p>A proof says that designs of this system come to different ends. It says nothing about the people who choose them.</p>\n\
         <p class=\"soft\">Made by <code>seatrial separates {} --full --html …</code>; the scenario’s hash is <code>{}</code>, \
         and the seeds follow from it.</p>",
        asked(compiled),
        compiled.hash
    );
    claims(&mut out, compiled, proof);
    points(&mut out, proof);
    let _ = writeln!(out, "<h2>Seed by seed</h2>\n<p class=\"soft\">Each point is a run of one design with one seed; the stroke is the mean.</p>");
    for (measure, values) in &spreads.measures {
        strips(&mut out, compiled, measure, &spreads.designs, values);
    }
    if spreads.worlds.len() > 1 {
        worlds(&mut out, compiled, spreads);
    }
    if !spreads.closes.is_empty() {
        closes(&mut out, spreads);
    }
    if !spreads.crowd.is_empty() {
        crowd(&mut out, compiled, spreads);
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// As one asks for it.
fn asked(compiled: &Compiled) -> String {
    match &compiled.variation {
        Some(variation) => format!("{}#{variation}", compiled.system.name),
        None => compiled.system.name.clone(),
    }
}

fn claims(out: &mut String, compiled: &Compiled, proof: &Proof) {
    let _ = writeln!(
        out,
        "<h2>What is claimed</h2>\n<div class=\"scroll\"><table>\n<tr><th scope=\"col\">measure</th><th scope=\"col\">from</th><th scope=\"col\">to</th>\
         <th scope=\"col\">difference</th><th scope=\"col\">needed</th><th scope=\"col\">single seeds</th><th scope=\"col\"></th></tr>"
    );
    let mut row = |verdict: &Verdict, trade: bool| {
        let show = |value: f64| escaped(&figured(&verdict.claim.measure, value, compiled));
        let difference = verdict.interval.map_or_else(|| show(verdict.difference), |i| format!("{} … {}", show(i.low), show(i.high)));
        let (state, class) = if verdict.holds() { ("holds", "good") } else { ("not shown", "soft") };
        let name = if trade { format!("{} <span class=\"soft\">the price</span>", verdict.claim.measure.name()) } else { verdict.claim.measure.name() };
        let _ = writeln!(
            out,
            "<tr><td>{name}</td><td>{} {}</td><td>{} {}</td><td>{difference}</td><td>{}</td><td>{}</td><td class=\"{class}\">{state}</td></tr>",
            verdict.claim.worse,
            show(verdict.worse_mean),
            verdict.claim.better,
            show(verdict.better_mean),
            show(verdict.needed),
            share(verdict.ordered)
        );
    };
    proof.pairs.iter().for_each(|verdict| row(verdict, false));
    proof.trades.iter().for_each(|verdict| row(verdict, true));
    out.push_str("</table></div>\n<p class=\"soft\">Differences are taken seed by seed, with the interval that Holm’s procedure leaves to each claim.</p>\n");
}

fn points(out: &mut String, proof: &Proof) {
    out.push_str("<h2>The seven points</h2>\n<ol class=\"points\">\n");
    for point in &proof.points {
        let (mark, class, note) = match &point.state {
            State::Holds => ("✓", "good", String::new()),
            State::Fails => ("✗", "bad", " fails".to_owned()),
            State::NotChecked(why) => ("·", "soft", format!(" not checked: {why}")),
        };
        let (title, note) = (escaped(point.title), escaped(&note));
        let _ = write!(out, "<li><b class=\"{class}\">{mark} {}</b><span>{title}</span><span class=\"{class}\">{note}</span>", point.number);
        if !point.found.is_empty() {
            out.push_str("<ul>");
            for found in &point.found {
                let _ = write!(out, "<li>{}</li>", escaped(found));
            }
            out.push_str("</ul>");
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}

/// One line of points for each design.
fn strips(out: &mut String, compiled: &Compiled, measure: &Measure, designs: &[String], values: &[Vec<f64>]) {
    let all = || values.iter().flatten().copied();
    let Some(axis) = Axis::over(all()) else { return };
    let height = ROW * (designs.len() as f64 + 1.0) + 8.0;
    let name = measure.name();
    begin(out, height, &format!("{name}, by design and seed"));
    text(out, (0.0, 16.0), "", "start", &name);
    axis.draw(out, 24.0, height - ROW, &|value| figured(measure, value, compiled));
    for (at, (design, values)) in designs.iter().zip(values).enumerate() {
        let y = 24.0 + ROW * (at as f64 + 0.5);
        text(out, (LEFT - 12.0, y + 4.0), "", "end", design);
        for (seed, &value) in values.iter().enumerate() {
            // Three lanes, so that equal values can be told apart.
            let lane = y + ((seed % 3) as f64 - 1.0) * 5.0;
            let _ = writeln!(out, "<circle class=\"o\" cx=\"{:.1}\" cy=\"{lane:.1}\" r=\"3\"/>", axis.x(value));
        }
        if !values.is_empty() {
            let x = axis.x(values.iter().sum::<f64>() / values.len() as f64);
            let _ = writeln!(out, "<line class=\"m\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>", y - 10.0, y + 10.0);
        }
    }
    out.push_str("</svg></div>\n");
}

fn worlds(out: &mut String, compiled: &Compiled, spreads: &Spreads) {
    out.push_str("<h2>In other worlds</h2>\n<p class=\"soft\">Mean loss of each design when something about the system or its night is different.</p>\n");
    out.push_str("<div class=\"scroll\"><table>\n<tr><th scope=\"col\">world</th>");
    for design in &spreads.designs {
        let _ = write!(out, "<th scope=\"col\">{design}</th>");
    }
    out.push_str("</tr>\n");
    for (name, losses) in &spreads.worlds {
        let _ = write!(out, "<tr><td>{}</td>", escaped(name));
        for &loss in losses {
            let shown = if loss.is_finite() { money(loss.round() as i64, &compiled.system.currency, compiled.system.currency_digits) } else { "–".into() };
            let _ = write!(out, "<td>{shown}</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table></div>\n");
}

fn closes(out: &mut String, spreads: &Spreads) {
    let (worst, best) = (spreads.designs.first().map_or("", |d| d), spreads.designs.last().map_or("", |d| d));
    let _ = writeln!(
        out,
        "<h2>One decision at a time</h2>\n<p class=\"soft\">How much of the way from {worst} to {best} one answer closes by itself, in loss. \
         Less than nothing: alone it makes things worse. More than 60 % would be the whole answer.</p>"
    );
    let least = spreads.closes.iter().map(|(_, closed)| *closed).fold(0.0, f64::min).max(-1.0);
    let Some(axis) = Axis::over([least, 0.6].into_iter()) else { return };
    let height = ROW * (spreads.closes.len() as f64 + 1.0) + 8.0;
    begin(out, height, "share of the way that each decision closes alone");
    axis.draw(out, 0.0, height - ROW, &share);
    for (at, (decision, closed)) in spreads.closes.iter().enumerate() {
        let y = ROW * at as f64;
        text(out, (LEFT - 12.0, y + 17.0), "", "end", decision);
        let (from, to) = (axis.x(0.0), axis.x(closed.clamp(least, 1.0)));
        let (x, width) = (from.min(to), (to - from).abs().max(1.0));
        let _ = writeln!(out, "<rect class=\"bar\" x=\"{x:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{:.1}\"/>", y + 6.0, ROW - 12.0);
        text(out, (from.max(to) + 6.0, y + 17.0), "f", "start", &share(*closed));
    }
    out.push_str("</svg></div>\n");
}

/// How many random designs lose how much, and where the references stand.
fn crowd(out: &mut String, compiled: &Compiled, spreads: &Spreads) {
    const BINS: usize = 40;
    const HIGH: f64 = 150.0;
    let as_written = spreads.worlds.first().map_or(&[][..], |(_, losses)| losses);
    let references: Vec<(&String, f64)> = spreads.designs.iter().zip(as_written.iter().copied()).collect();
    let Some(axis) = Axis::over(spreads.crowd.iter().copied().chain(references.iter().map(|(_, loss)| *loss))) else { return };
    let mut bins = [0usize; BINS];
    for loss in &spreads.crowd {
        let at = (loss - axis.from) / (axis.to - axis.from) * BINS as f64;
        bins[(at as usize).min(BINS - 1)] += 1;
    }
    let most = bins.iter().copied().max().unwrap_or(1).max(1) as f64;
    let _ = writeln!(
        out,
        "<h2>Among random designs</h2>\n<p class=\"soft\">The loss of {} in which every question was answered by lot, and where the references stand.</p>",
        counted(spreads.crowd.len() as u64, "design")
    );
    let top = ROW * references.len() as f64;
    begin(out, top + HIGH + ROW + 8.0, "losses of random designs");
    let measure = Measure::Loss;
    axis.draw(out, top, top + HIGH, &|value| figured(&measure, value, compiled));
    let wide = (WIDTH - LEFT - 60.0) / BINS as f64;
    for (at, &count) in bins.iter().enumerate().filter(|(_, count)| **count > 0) {
        let high = count as f64 / most * HIGH;
        let _ = writeln!(
            out,
            "<rect class=\"o\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{high:.1}\"><title>{}</title></rect>",
            LEFT + wide * at as f64,
            top + HIGH - high,
            wide - 1.0,
            counted(count as u64, "design")
        );
    }
    for (at, (design, loss)) in references.iter().enumerate().filter(|(_, (_, loss))| loss.is_finite()) {
        let (x, y) = (axis.x(*loss), ROW * at as f64 + 16.0);
        let _ = writeln!(out, "<line class=\"m\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>", y - 10.0, top + HIGH);
        // On the side where there is room.
        let (shift, anchor) = if x > WIDTH * 0.6 { (-6.0, "end") } else { (6.0, "start") };
        text(out, (x + shift, y), "", anchor, design);
    }
    out.push_str("</svg></div>\n");
}

struct Axis {
    from: f64,
    to: f64,
    ticks: Vec<f64>,
}

impl Axis {
    fn over(values: impl Iterator<Item = f64>) -> Option<Axis> {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite()) {
            (low, high) = (low.min(value), high.max(value));
        }
        if low > high {
            return None;
        }
        // What is counted begins at nothing, unless it lies far away from it.
        if low > 0.0 && low < 0.7 * high {
            low = 0.0;
        }
        let ticks = nice_ticks(low, high, 5);
        Some(Axis { from: *ticks.first()?, to: *ticks.last()?, ticks })
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + (value - self.from) / (self.to - self.from) * (WIDTH - LEFT - 60.0)
    }

    fn draw(&self, out: &mut String, top: f64, bottom: f64, show: &dyn Fn(f64) -> String) {
        for &tick in &self.ticks {
            let x = self.x(tick);
            let _ = writeln!(out, "<line class=\"g\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{top:.1}\" y2=\"{bottom:.1}\"/>");
            text(out, (x, bottom + 18.0), "f", "middle", &show(tick));
        }
    }
}

fn begin(out: &mut String, height: f64, label: &str) {
    let _ = writeln!(out, "<div class=\"scroll\"><svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">", escaped(label));
}

fn text(out: &mut String, at: (f64, f64), class: &str, anchor: &str, words: &str) {
    let _ = writeln!(out, "<text class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>", at.0, at.1, escaped(words));
}
