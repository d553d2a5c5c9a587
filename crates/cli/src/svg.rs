//! The front of a sweep as a drawing for documents and pages: no script, no font of its own, light and dark by the page.

use std::fmt::Write;

use seatrial_scenario::Compiled;
use seatrial_study::{Measure, nice_ticks};

use crate::{
    front::{Front, label},
    runs_report::figured,
    spec::Sweep,
};

const WIDTH: f64 = 880.0;
const LEFT: f64 = 110.0;
const TOP: f64 = 72.0;
const PLOT: (f64, f64) = (700.0, 400.0);
const MARGIN: f64 = 16.0;
const LINE: f64 = 20.0;
const STYLE: &str = "text{font:13px system-ui,sans-serif;fill:#1c2530}.t{font-size:16px;font-weight:600}.f{fill:#5b6673}\
    .g{stroke:#d9dee4}.o{fill:#9aa5b1}.b{fill:#0b62a8}.s{fill:none;stroke:#0b62a8;stroke-width:2}.n{fill:#fff;font-size:11px;font-weight:600}\
    svg{background:#fff}@media(prefers-color-scheme:dark){svg{background:#11161c}text{fill:#e4e8ec}.f{fill:#9aa5b1}.g{stroke:#2b343e}\
    .o{fill:#66717d}.b{fill:#5fb0ee}.s{stroke:#5fb0ee}.n{fill:#11161c}}";

/// A drawing, the same bytes each time.
pub fn drawing(compiled: &Compiled, sweep: &Sweep, front: &Front) -> String {
    let spans = front.spans();
    let ticks = spans.map(|(low, high)| nice_ticks(low, high, 5));
    let ends = [0, 1].map(|axis| (ticks[axis][0], ticks[axis][ticks[axis].len() - 1]));
    let x = |value: f64| LEFT + (value - ends[0].0) / (ends[0].1 - ends[0].0) * PLOT.0;
    let y = |value: f64| TOP + PLOT.1 - (value - ends[1].0) / (ends[1].1 - ends[1].0) * PLOT.1;
    let height = TOP + PLOT.1 + 72.0 + LINE * (front.best.len() as f64 + 1.0);
    let [first, second] = front.axes.each_ref().map(Measure::name);
    let title = format!("{}: {first} and {second}", compiled.title);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"t d\">\n\
         <title id=\"t\">{}</title>\n<desc id=\"d\">{}</desc>\n<style>{STYLE}</style>",
        escaped(&title),
        escaped(&told(compiled, sweep, front))
    );
    text(&mut out, (MARGIN, 28.0), "t", "start", &title);
    for (axis, ticks) in ticks.iter().enumerate() {
        for &tick in ticks {
            let label = figured(&front.axes[axis], tick, compiled);
            if axis == 0 {
                line(&mut out, (x(tick), TOP), (x(tick), TOP + PLOT.1));
                text(&mut out, (x(tick), TOP + PLOT.1 + 20.0), "f", "middle", &label);
            } else {
                line(&mut out, (LEFT, y(tick)), (LEFT + PLOT.0, y(tick)));
                text(&mut out, (LEFT - 8.0, y(tick) + 4.0), "f", "end", &label);
            }
        }
    }
    text(&mut out, (LEFT + PLOT.0 / 2.0, TOP + PLOT.1 + 44.0), "", "middle", &first);
    text(&mut out, (MARGIN, TOP - 16.0), "", "start", &second);
    for (arm, mean) in front.means.iter().enumerate().filter_map(|(arm, mean)| Some((arm, (*mean)?))) {
        if front.name(arm).is_none() {
            let _ = writeln!(
                out,
                "<circle class=\"o\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\"><title>{}</title></circle>",
                x(mean[0]),
                y(mean[1]),
                escaped(&label(sweep, arm))
            );
        }
    }
    let best: Vec<(usize, [f64; 2])> = front.best.iter().filter_map(|&arm| Some((arm, front.means[arm]?))).collect();
    // Between two of the front lies a step: nothing is known to be as good as both.
    let mut steps = String::new();
    for (at, (_, mean)) in best.iter().enumerate() {
        if at == 0 {
            let _ = write!(steps, "M{:.1} {:.1}", x(mean[0]), y(mean[1]));
        } else {
            let _ = write!(steps, "H{:.1}V{:.1}", x(mean[0]), y(mean[1]));
        }
    }
    let _ = writeln!(out, "<path class=\"s\" d=\"{steps}\"/>");
    for (place, (arm, mean)) in best.iter().enumerate() {
        let (cx, cy) = (x(mean[0]), y(mean[1]));
        let _ = writeln!(out, "<circle class=\"b\" cx=\"{cx:.1}\" cy=\"{cy:.1}\" r=\"9\"><title>{}</title></circle>", escaped(&label(sweep, *arm)));
        let name = front.name(*arm).map(String::from).unwrap_or_default();
        text(&mut out, (cx, cy + 4.0), "n", "middle", &name);
        let show = |axis: usize| figured(&front.axes[axis], mean[axis], compiled);
        let said = format!("{name}  {}: {} {}, {} {}", label(sweep, *arm), first, show(0), second, show(1));
        text(&mut out, (MARGIN, TOP + PLOT.1 + 76.0 + LINE * place as f64), "", "start", &said);
    }
    out.push_str("</svg>\n");
    out
}

/// For who does not see it.
fn told(compiled: &Compiled, sweep: &Sweep, front: &Front) -> String {
    let one = |&arm: &usize| {
        let mean = front.means.get(arm).copied().flatten()?;
        let show = |axis: usize| figured(&front.axes[axis], mean[axis], compiled);
        Some(format!("{} ({}, {})", label(sweep, arm), show(0), show(1)))
    };
    let best: Vec<String> = front.best.iter().filter_map(one).collect();
    format!("Of {} combinations, none betters these on both: {}.", front.means.len(), best.join("; "))
}

fn text(out: &mut String, (x, y): (f64, f64), class: &str, anchor: &str, said: &str) {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let _ = writeln!(out, "<text{class} x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>", escaped(said));
}

fn line(out: &mut String, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
    let _ = writeln!(out, "<line class=\"g\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>");
}

/// Text of a scenario is text of a stranger.
pub fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        out
    })
}
