//! A sweep on a terminal: the combinations with their means, and those that nobody betters on two measures, drawn.

use seatrial_scenario::Compiled;
use seatrial_study::{Grid, Measure, Row, Summary, front};

use crate::{
    Failure,
    figures::counted,
    paint::{Paint, pad, pad_left, tame, wrap},
    runs_report::figured,
    spec::Sweep,
    vary,
};

/// Which combinations stand at the front, by their means on two measures.
pub struct Front {
    pub axes: [Measure; 2],
    /// By combination; none where no run had anything to say.
    pub means: Vec<Option<[f64; 2]>>,
    /// Combinations that nobody betters, from the best on the first measure to the best on the second.
    pub best: Vec<usize>,
}

/// What combinations are called in the drawing. Who comes after them has no name of its own.
const NAMES: &[u8] = b"123456789abcdefghijklmnopqrstuvwxyz";
const COLUMNS: usize = 64;
const LINES: usize = 17;
/// Combinations that a terminal still shows all of.
const SHOWN: usize = 40;
/// Measures beside which there is room for intervals.
const BRACKETED: usize = 2;

impl Front {
    /// `loss,running_cost`, both of which the sweep measures.
    pub fn measures(grid: &Grid, text: &str) -> Result<[Measure; 2], Failure> {
        let names: Vec<&str> = text.split(',').map(str::trim).collect();
        let [first, second] = names[..] else {
            return Err(Failure::input(format!("--pareto {text} does not name two measures")).hint("write --pareto loss,running_cost"));
        };
        let find = |name: &str| {
            let known: Vec<String> = grid.measures().iter().map(Measure::name).collect();
            let found = grid.measures().iter().find(|measure| measure.name() == name).cloned();
            found.ok_or_else(|| {
                let hint = match seatrial_source::nearest(name, known.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("this sweep measures {}", known.join(", ")),
                };
                Failure::input(format!("--pareto: nothing called `{name}` is measured")).hint(hint)
            })
        };
        let (first, second) = (find(first)?, find(second)?);
        match first == second {
            true => {
                Err(Failure::input(format!("--pareto {text} names one measure twice")).hint("name two that pull apart, such as loss,running_cost"))
            }
            false => Ok([first, second]),
        }
    }

    pub fn of(grid: &Grid, rows: &[Row], text: &str) -> Result<Front, Failure> {
        let axes = Front::measures(grid, text)?;
        let means: Vec<Option<[f64; 2]>> = (0..grid.arms().len())
            .map(|arm| {
                let mean = |measure| Some(summary(grid, rows, arm, measure)?.mean);
                Some([mean(&axes[0])?, mean(&axes[1])?])
            })
            .collect();
        let cost = |at: usize, value: f64| if axes[at].more_is_better() { -value } else { value };
        let points: Vec<(f64, f64)> = means.iter().map(|mean| mean.map_or((f64::NAN, f64::NAN), |[x, y]| (cost(0, x), cost(1, y)))).collect();
        Ok(Front { best: front(&points), axes, means })
    }

    /// What a combination at the front is called.
    pub fn name(&self, arm: usize) -> Option<char> {
        let place = self.best.iter().position(|&best| best == arm)?;
        Some(NAMES.get(place).map_or('*', |name| char::from(*name)))
    }

    /// From the least to the most on each axis, with some air.
    pub fn spans(&self) -> [(f64, f64); 2] {
        [0, 1].map(|axis| {
            let values = self.means.iter().flatten().map(|mean| mean[axis]);
            let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
            match (low <= high, low == high) {
                (false, _) => (0.0, 1.0),
                (_, true) => (low - low.abs().max(1.0) * 0.1, high + high.abs().max(1.0) * 0.1),
                _ => (low, high),
            }
        })
    }

    fn drawing(&self, compiled: &Compiled) -> Vec<String> {
        let [x, y] = self.spans();
        let place = |value: f64, (low, high): (f64, f64), steps: usize| ((value - low) / (high - low) * (steps - 1) as f64).round() as usize;
        let mut field = vec![vec![' '; COLUMNS]; LINES];
        for best in [false, true] {
            for (arm, mean) in self.means.iter().enumerate().filter_map(|(arm, mean)| Some((arm, (*mean)?))) {
                let cell = &mut field[LINES - 1 - place(mean[1], y, LINES)][place(mean[0], x, COLUMNS)];
                match self.name(arm) {
                    Some(name) if best => *cell = if *cell == ' ' || *cell == '·' { name } else { '+' },
                    None if !best => *cell = '·',
                    _ => {}
                }
            }
        }
        let show = |axis: usize, value: f64| figured(&self.axes[axis], value, compiled);
        let labels = [(0, y.1), (LINES / 2, f64::midpoint(y.0, y.1)), (LINES - 1, y.0)].map(|(line, value)| (line, show(1, value)));
        let width = labels.iter().map(|(_, label)| label.chars().count()).max().unwrap_or(0);
        let mut lines = vec![format!("  {} {}", pad_left("", width), self.axes[1].name())];
        for (at, line) in field.iter().enumerate() {
            let label = labels.iter().find(|(line, _)| *line == at).map_or("", |(_, label)| label);
            let drawn: String = line.iter().collect();
            lines.push(format!("  {} ┤{drawn}", pad_left(label, width)).trim_end().to_owned());
        }
        lines.push(format!("  {} └{}", pad_left("", width), "─".repeat(COLUMNS)));
        let (low, high) = (show(0, x.0), show(0, x.1));
        let name = self.axes[0].name();
        let gap = COLUMNS.saturating_sub(low.chars().count() + high.chars().count() + name.chars().count());
        let (left, right) = (gap / 2, gap - gap / 2);
        lines.push(format!("  {}  {low}{}{name}{}{high}", pad_left("", width), " ".repeat(left), " ".repeat(right)));
        lines
    }
}

fn summary(grid: &Grid, rows: &[Row], arm: usize, measure: &Measure) -> Option<Summary> {
    let at = grid.measures().iter().position(|known| known == measure)?;
    let seen: Vec<f64> = grid.observed(rows, arm, at).into_iter().flatten().map(|seen| seen.value).collect();
    Summary::of(&seen)
}

/// `no_answer stop, wait 1s`.
pub fn label(sweep: &Sweep, arm: usize) -> String {
    let values = vary::point(&sweep.vary, arm);
    let said: Vec<String> = sweep.vary.iter().zip(values).map(|(axis, value)| format!("{} {value}", axis.knob)).collect();
    said.join(", ")
}

pub fn text(compiled: &Compiled, sweep: &Sweep, grid: &Grid, rows: &[Row], front: Option<&Front>, paint: Paint) -> String {
    let arms = grid.arms().len();
    let (combinations, seeds) = (counted(arms as u64, "combination"), counted(grid.seeds().len() as u64, "seed"));
    let mut what = format!("{} · {combinations} × {seeds}", compiled.system.name);
    for (said, is) in [(" · no faults", !sweep.faults), (" · no operator", !sweep.operator)] {
        if is {
            what += said;
        }
    }
    let mut out = vec![format!("{}  {}", paint.strong(&tame(&compiled.title)), paint.faint(&what))];
    let rest: Vec<String> = sweep
        .answers
        .iter()
        .chain(&sweep.paths)
        .filter(|(name, _)| sweep.vary.iter().all(|axis| axis.knob != **name))
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    let design = sweep.design.as_deref().unwrap_or("the system as found");
    let rest = if rest.is_empty() { String::new() } else { format!(": {}", rest.join(", ")) };
    out.push(wrap(&tame(&format!("What does not vary is as in {design}{rest}")), 0));
    out.push(String::new());
    if let Some(front) = front {
        out.extend(front.drawing(compiled));
        out.push(String::new());
    }
    let shown: Vec<Measure> = match front {
        Some(front) => front.axes.to_vec(),
        None => {
            let usual = [Measure::Loss, Measure::Goodput, Measure::LatencyP99, Measure::RunningCost];
            let known: Vec<Measure> = usual.into_iter().filter(|measure| grid.measures().contains(measure)).collect();
            if known.is_empty() { grid.measures().iter().take(4).cloned().collect() } else { known }
        }
    };
    out.extend(list(compiled, sweep, grid, rows, &shown, front, paint));
    out.push(String::new());
    let brackets = if shown.len() <= BRACKETED { "; in brackets 95 % intervals of each alone" } else { "" };
    let mut note =
        format!("Means over the seeds, which are the same for all combinations{brackets}. Two that lie close are told apart by seatrial compare.");
    if let Some(front) = front {
        let names =
            front.axes.each_ref().map(|measure| format!("{} ({} is better)", measure.name(), if measure.more_is_better() { "more" } else { "less" }));
        note = format!("Marked are those that no other betters on both {} and {}. {note}", names[0], names[1]);
    }
    out.push(paint.faint(&wrap(&note, 0)));
    out.join("\n")
}

fn list(compiled: &Compiled, sweep: &Sweep, grid: &Grid, rows: &[Row], shown: &[Measure], front: Option<&Front>, paint: Paint) -> Vec<String> {
    let all = grid.arms().len();
    let arms: Vec<usize> = match front {
        Some(front) if all > SHOWN => front.best.iter().copied().take(SHOWN).collect(),
        _ => (0..all.min(SHOWN)).collect(),
    };
    let width = arms.iter().map(|arm| label(sweep, *arm).chars().count()).max().unwrap_or(0).min(60);
    let cell = |arm: usize, measure: &Measure| {
        let Some(summary) = summary(grid, rows, arm, measure) else { return ["–".to_owned(), String::new()] };
        let show = |value: f64| figured(measure, value, compiled);
        let interval = summary.interval(0.95).filter(|i| i.low < i.high).map(|i| format!("[{} … {}]", show(i.low), show(i.high)));
        [show(summary.mean), interval.unwrap_or_default()]
    };
    let cells: Vec<Vec<[String; 2]>> = arms.iter().map(|arm| shown.iter().map(|measure| cell(*arm, measure)).collect()).collect();
    let wide = |column: usize, part: usize| cells.iter().map(|row| row[column][part].chars().count()).max().unwrap_or(0);
    // Intervals where there is room for them.
    let brackets = shown.len() <= BRACKETED;
    let widths: Vec<usize> = (0..shown.len()).map(|column| wide(column, 0).max(shown[column].name().len())).collect();
    let mut head = format!("      {}", pad("", width));
    for (column, measure) in shown.iter().enumerate() {
        head += &format!("  {}", pad_left(&measure.name(), widths[column]));
        if brackets {
            head += &format!(" {}", pad("", wide(column, 1)));
        }
    }
    let mut lines = vec![paint.strong(head.trim_end())];
    for (arm, row) in arms.iter().zip(&cells) {
        let name = front.and_then(|front| front.name(*arm));
        let mut line = format!("  {} {}", name.map_or_else(|| "  ".into(), |name| format!("{name} ")), pad(&tame(&label(sweep, *arm)), width + 1));
        for (column, [mean, interval]) in row.iter().enumerate() {
            line += &format!("  {}", pad_left(mean, widths[column]));
            if brackets {
                line += &format!(" {}", pad(interval, wide(column, 1)));
            }
        }
        let line = line.trim_end();
        lines.push(if front.is_some() && name.is_none() { paint.faint(line) } else { line.to_owned() });
    }
    if arms.len() < all {
        lines.push(paint.faint(&format!("      and {} more; --out writes all of them", all - arms.len())));
    }
    lines
}
