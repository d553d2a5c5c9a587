//! Small drawings: levels, difficulty, boxes to tick, the sign on the first page; and the strokes they are made of.

use super::look::Ink;
use crate::doc::Mark;
use krilla::geom::{Path, PathBuilder, Rect};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use seatrial_kit::Level;

/// Stands on the baseline.
pub fn mark(surface: &mut Surface<'_>, mark: Mark, x: f32, baseline: f32) {
    const SIDE: f32 = 7.4;
    let top = baseline - SIDE + 0.7;
    surface.set_fill(None);
    match mark {
        Mark::Level(level) => {
            let dash = level.is_none().then(|| StrokeDash {
                array: vec![1.4, 1.4],
                offset: 0.7,
            });
            surface.set_stroke(Some(line_of(
                Ink::Dark,
                if level.is_none() { 0.8 } else { 1.0 },
                dash,
            )));
            rect(surface, x + 0.5, top + 0.5, SIDE - 1.0, SIDE - 1.0);
            surface.set_stroke(None);
            surface.set_fill(Some(fill(Ink::Dark)));
            match level {
                Some(Level::Good) => rect(surface, x, top + SIDE / 2.0, SIDE, SIDE / 2.0),
                Some(Level::Excellent) => rect(surface, x, top, SIDE, SIDE),
                Some(Level::Weak) | None => {}
            }
        }
        Mark::Difficulty(n) => {
            let y = baseline - 4.4;
            surface.set_stroke(None);
            surface.set_fill(Some(fill(Ink::Rule)));
            rect(surface, x, y, 30.0, 2.6);
            surface.set_fill(Some(fill(Ink::Dark)));
            rect(surface, x, y, n.min(5) as f32 * 6.0, 2.6);
        }
        Mark::Tick => {
            surface.set_stroke(Some(line_of(Ink::Line, 0.8, None)));
            rect(surface, x + 0.4, top - 0.6, 8.0, 8.0);
        }
    }
    surface.set_stroke(None);
}

pub fn ship(surface: &mut Surface<'_>, x: f32, y: f32) {
    surface.set_fill(None);
    surface.set_stroke(Some(line_of(Ink::Dark, 1.2, None)));
    // A circle from four curves; 0.5523 is the usual distance of their control points.
    let (cx, cy, r) = (x + 9.0, y + 7.0, 5.5_f32);
    let k = r * 0.5523;
    let mut path = PathBuilder::new();
    path.move_to(cx + r, cy);
    path.cubic_to(cx + r, cy + k, cx + k, cy + r, cx, cy + r);
    path.cubic_to(cx - k, cy + r, cx - r, cy + k, cx - r, cy);
    path.cubic_to(cx - r, cy - k, cx - k, cy - r, cx, cy - r);
    path.cubic_to(cx + k, cy - r, cx + r, cy - k, cx + r, cy);
    path.close();
    path.move_to(x, cy);
    path.line_to(x + 18.0, cy);
    shape(surface, path);
    surface.set_stroke(None);
}

pub fn stroke(surface: &mut Surface<'_>, ink: Ink, weight: f32, dashed: bool) {
    let dash = dashed.then(|| StrokeDash {
        array: vec![3.0, 2.2],
        offset: 0.0,
    });
    surface.set_fill(None);
    surface.set_stroke(Some(line_of(ink, weight, dash)));
}

pub fn line_of(ink: Ink, width: f32, dash: Option<StrokeDash>) -> Stroke {
    Stroke {
        paint: ink.color().into(),
        width,
        dash,
        ..Stroke::default()
    }
}

pub fn fill(ink: Ink) -> Fill {
    Fill {
        paint: ink.color().into(),
        opacity: NormalizedF32::ONE,
        rule: Default::default(),
    }
}

pub fn fill_white() -> Fill {
    Fill {
        paint: krilla::color::rgb::Color::white().into(),
        opacity: NormalizedF32::ONE,
        rule: Default::default(),
    }
}

pub fn rect(surface: &mut Surface<'_>, x: f32, y: f32, width: f32, height: f32) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
        path.push_rect(rect);
    }
    shape(surface, path);
}

pub fn shape(surface: &mut Surface<'_>, path: PathBuilder) {
    let path: Option<Path> = path.finish();
    if let Some(path) = path {
        surface.draw_path(&path);
    }
}
