//! Curves as SVG: what is expected as lines, what came out as points with their intervals. On no ground of its own and in
//! middle tones, so that it reads on white and on black.

use plotters::coord::Shift;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::document::Document;
use crate::validation::{Axis, Validation};

const SIZE: (u32, u32) = (760, 420);
/// Of text and axes: as far from white as from black.
const QUIET: RGBColor = RGBColor(124, 130, 138);
/// One a curve, told apart by the shape of their points as well.
const TONES: [RGBColor; 5] = [
    RGBColor(46, 134, 193),
    RGBColor(211, 110, 38),
    RGBColor(42, 157, 114),
    RGBColor(178, 86, 160),
    RGBColor(160, 132, 24),
];
const LETTERS: i32 = 17;

type Drawing<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<Ruler, Ruler>>;
type Failed = DrawingAreaErrorKind<std::io::Error>;

/// The chart of a validation with what came out of it.
pub fn svg(validation: &Validation, document: &Document) -> Result<String, String> {
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, SIZE).into_drawing_area();
        draw(&area, validation, document).map_err(|why| why.to_string())?;
        area.present().map_err(|why| why.to_string())?;
    }
    // Whoever does not see it is told what it is; the page beside it has the figures.
    let title = format!("<title>{}: expected and simulated</title>\n", validation.title);
    let at = text.find(">\n").map_or(0, |at| at + 2);
    text.insert_str(at, &title);
    Ok(format!("{}\n", text.trim_end()))
}

fn draw(area: &Drawing<'_>, validation: &Validation, document: &Document) -> Result<(), Failed> {
    let (x, y) = (&validation.chart.x, &validation.chart.y);
    let mut chart = ChartBuilder::on(area)
        .margin(12)
        .margin_right(24)
        .x_label_area_size(48)
        .y_label_area_size(68)
        .build_cartesian_2d(Ruler::of(x), Ruler::of(y))?;
    let letters = ("sans-serif", LETTERS).into_font().color(&QUIET);
    chart
        .configure_mesh()
        .disable_mesh()
        .axis_style(QUIET)
        .label_style(letters.clone())
        .axis_desc_style(letters.clone())
        .x_desc(x.label)
        .y_desc(y.label)
        .draw()?;
    let to = |(at, value): (f64, f64)| (placed(x, at), placed(y, value));
    for (number, curve) in validation.chart.curves.iter().enumerate() {
        let tone = TONES[number % TONES.len()];
        let inside = curve.points.iter().copied().filter(|(at, value)| holds(x, *at) && holds(y, *value));
        if x.words.is_empty() {
            chart.draw_series(LineSeries::new(inside.map(to), tone.stroke_width(2)))?;
            continue;
        }
        // Between two words there is nothing: each has a level of its own.
        for (at, value) in inside {
            let level = [(at - 0.25, value), (at + 0.25, value)].map(to);
            chart.draw_series(LineSeries::new(level, tone.stroke_width(2)))?;
        }
    }
    for ((_, _, check), checked) in validation.checks().zip(&document.checks) {
        let (Some((number, at)), Some(mean)) = (check.at, checked.mean) else { continue };
        if !holds(x, at) || !holds(y, mean) {
            continue;
        }
        if let (Some(low), Some(high)) = (checked.low, checked.high) {
            let ends = [low, high].map(|end| to((at, end.clamp(least(y), y.to))));
            chart.draw_series(LineSeries::new(ends, TONES[number % TONES.len()].stroke_width(1)))?;
        }
        point(&mut chart, number, to((at, mean)))?;
    }
    names(area, validation, &letters)
}

/// A point of a curve's own shape.
fn point(chart: &mut Drawn<'_, '_>, number: usize, at: (f64, f64)) -> Result<(), Failed> {
    let tone = TONES[number % TONES.len()].filled();
    match number % 3 {
        0 => chart.draw_series([Circle::new(at, 4, tone)]).map(drop),
        1 => chart.draw_series([TriangleMarker::new(at, 6, tone)]).map(drop),
        _ => chart.draw_series([EmptyElement::at(at) + Rectangle::new([(-4, -4), (4, 4)], tone)]).map(drop),
    }
}

/// Which curve is which, in the upper corner that the curves leave free. One curve alone is named by the axis.
fn names(area: &Drawing<'_>, validation: &Validation, letters: &TextStyle<'_>) -> Result<(), Failed> {
    let first = validation.chart.curves.first().and_then(|curve| curve.points.first().zip(curve.points.last()));
    let falls = validation.chart.x.words.is_empty() && first.is_some_and(|(begin, end)| begin.1 > end.1);
    for (number, curve) in validation.chart.curves.iter().enumerate().filter(|(_, curve)| !curve.name.is_empty()) {
        let (left, top) = (if falls { SIZE.0 as i32 - 180 } else { 100 }, 24 + 20 * number as i32);
        let tone = TONES[number % TONES.len()].filled();
        match number % 3 {
            0 => area.draw(&Circle::new((left, top), 4, tone))?,
            1 => area.draw(&TriangleMarker::new((left, top), 6, tone))?,
            _ => area.draw(&Rectangle::new([(left - 4, top - 4), (left + 4, top + 4)], tone))?,
        }
        let style = letters.pos(Pos::new(HPos::Left, VPos::Center));
        area.draw(&Text::new(curve.name.clone(), (left + 12, top), style))?;
    }
    Ok(())
}

fn least(axis: &Axis) -> f64 {
    axis.from
}

fn holds(axis: &Axis, value: f64) -> bool {
    value.is_finite() && value >= axis.from && value <= axis.to
}

/// A logarithmic axis is drawn by the logarithms of its values.
fn placed(axis: &Axis, value: f64) -> f64 {
    if axis.log { value.log10() } else { value }
}

/// An axis as it is drawn.
struct Ruler {
    from: f64,
    to: f64,
    marks: Vec<f64>,
    log: bool,
    words: &'static [&'static str],
}

impl Ruler {
    fn of(axis: &Axis) -> Ruler {
        let (from, to) = (placed(axis, axis.from), placed(axis, axis.to));
        Ruler { from, to, marks: marks(axis), log: axis.log, words: axis.words }
    }
}

impl Ranged for Ruler {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        let share = (value - self.from) / (self.to - self.from);
        limit.0 + (share * f64::from(limit.1 - limit.0)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<f64> {
        self.marks.clone()
    }

    fn range(&self) -> std::ops::Range<f64> {
        self.from..self.to
    }
}

impl ValueFormatter<f64> for Ruler {
    fn format(value: &f64) -> String {
        format!("{value}")
    }

    fn format_ext(&self, place: &f64) -> String {
        if !self.words.is_empty() {
            return self.words.get(place.round() as usize).map_or_else(String::new, |word| (*word).to_owned());
        }
        let value = if self.log { 10f64.powf(*place) } else { *place };
        format!("{}", (value * 1e6).round() / 1e6)
    }
}

/// Where figures stand: at 1, 2 and 5 of each decade, or at some six round values.
fn marks(axis: &Axis) -> Vec<f64> {
    if !axis.words.is_empty() {
        return (0..axis.words.len()).map(|at| at as f64).collect();
    }
    if axis.log {
        let decades = (axis.from.log10().floor() as i32)..=(axis.to.log10().ceil() as i32);
        let of = |decade: i32| [1.0, 2.0, 5.0].map(|digit: f64| digit * 10f64.powi(decade));
        return decades.flat_map(of).filter(|value| holds(axis, *value)).map(f64::log10).collect();
    }
    let rough = (axis.to - axis.from) / 6.0;
    let decade = 10f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 5.0, 10.0].map(|digit| digit * decade).into_iter().find(|step| *step >= rough).unwrap_or(rough);
    let first = (axis.from / step).ceil() as i64;
    (first..).map(|n| n as f64 * step).take_while(|value| *value <= axis.to + step * 1e-9).collect()
}
