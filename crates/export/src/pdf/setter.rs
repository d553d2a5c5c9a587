//! Shapes text into lines: fonts and their fallback, direction, line breaks.
//!
//! Knows nothing of pages. Fonts come from this crate and from the caller, never from the machine.

use super::fonts::{FALLBACK, PLEX};
use super::look::{Ink, Type};
use crate::doc::{Face, Inline, Mark};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::style::{
    FontFamily, FontFamilyName, FontWeight, LineHeight, OverflowWrap, StyleProperty,
};
use parley::{
    Alignment, AlignmentOptions, FontContext, InlineBox, InlineBoxKind, LayoutContext,
    PositionedLayoutItem, VerticalAlign,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// A line as it will be drawn: everything is relative to its start and its top.
#[derive(Debug, Clone)]
pub struct Line {
    pub height: f32,
    pub width: f32,
    pub baseline: f32,
    pub text: Rc<str>,
    pub runs: Vec<Run>,
    pub marks: Vec<(f32, Mark)>,
}

#[derive(Clone)]
pub struct Run {
    pub x: f32,
    pub font: Font,
    pub size: f32,
    pub ink: Ink,
    pub glyphs: Vec<KrillaGlyph>,
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run")
            .field("x", &self.x)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

pub struct Setter {
    fonts: FontContext,
    layouts: LayoutContext<Ink>,
    sans: Vec<FontFamilyName<'static>>,
    mono: Vec<FontFamilyName<'static>>,
    /// By the font data's number and the face's place in it.
    faces: BTreeMap<(u64, u32), Option<Font>>,
}

impl Setter {
    pub fn new(extra: &[Arc<Vec<u8>>]) -> Setter {
        let options = CollectionOptions {
            shared: false,
            system_fonts: false,
        };
        let mut collection = Collection::new(options);
        let mut families: Vec<String> = Vec::new();
        let mut register = |collection: &mut Collection, blob: Blob<u8>| {
            for (id, _) in collection.register_fonts(blob, None) {
                if let Some(name) = collection.family_name(id).map(str::to_owned)
                    && !families.contains(&name)
                {
                    families.push(name);
                }
            }
        };
        for bytes in PLEX {
            register(&mut collection, Blob::new(Arc::new(bytes)));
        }
        for bytes in extra {
            register(&mut collection, Blob::new(bytes.clone()));
        }
        for bytes in FALLBACK {
            register(&mut collection, Blob::new(Arc::new(bytes)));
        }
        let named = |names: Vec<String>| {
            names
                .into_iter()
                .map(|n| FontFamilyName::Named(Cow::Owned(n)))
                .collect::<Vec<_>>()
        };
        let (mono, sans): (Vec<String>, Vec<String>) =
            families.into_iter().partition(|f| f == "IBM Plex Mono");
        let mono: Vec<String> = mono.into_iter().chain(sans.iter().cloned()).collect();
        Setter {
            fonts: FontContext {
                collection,
                source_cache: SourceCache::default(),
            },
            layouts: LayoutContext::new(),
            sans: named(sans),
            mono: named(mono),
            faces: BTreeMap::new(),
        }
    }

    /// Sets one paragraph to lines no wider than `width`.
    pub fn set(&mut self, rich: &[Inline], style: Type, width: f32) -> Vec<Line> {
        let mut text = String::new();
        let mut faces = Vec::new();
        let mut marks = Vec::new();
        for inline in rich {
            match inline {
                Inline::Text { text: s, face } => {
                    let from = text.len();
                    text.extend(s.chars().map(printable));
                    faces.push((from..text.len(), *face));
                }
                Inline::Mark(mark) => marks.push((text.len(), *mark)),
            }
        }
        if text.is_empty() {
            return marks_alone(&marks, style);
        }
        let text: Rc<str> = text.into();
        let mut layout = self.shape(&text, &faces, &marks, style);
        layout.break_all_lines(Some(width));
        layout.align(Alignment::Start, AlignmentOptions::default());
        let mut lines = Vec::new();
        for line in layout.lines() {
            let metrics = *line.metrics();
            let mut out = Line {
                height: style.leading,
                width: metrics.advance - metrics.hanging_advance,
                // All lines of a text stand equally far apart, whichever fonts they fall back to.
                baseline: style.leading / 2.0 + style.size * 0.345,
                text: text.clone(),
                runs: Vec::new(),
                marks: Vec::new(),
            };
            let mut last = None;
            for item in line.items() {
                match item {
                    PositionedLayoutItem::GlyphRun(run) if last == Some(run.run().index()) => {}
                    PositionedLayoutItem::GlyphRun(run) => {
                        last = Some(run.run().index());
                        self.runs(&layout, run.run(), run.offset(), &mut out.runs);
                    }
                    PositionedLayoutItem::InlineBox(at) => {
                        if let Some((_, mark)) = marks.get(at.id as usize) {
                            out.marks.push((at.x, *mark));
                        }
                    }
                }
            }
            lines.push(out);
        }
        lines
    }

    fn shape(
        &mut self,
        text: &str,
        faces: &[(std::ops::Range<usize>, Face)],
        marks: &[(usize, Mark)],
        style: Type,
    ) -> parley::Layout<Ink> {
        let sans = FontFamily::List(Cow::Borrowed(&self.sans));
        let mono = FontFamily::List(Cow::Borrowed(&self.mono));
        let mut builder = self
            .layouts
            .ranged_builder(&mut self.fonts, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(if style.mono {
            mono.clone()
        } else {
            sans
        }));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(
            style.leading,
        )));
        builder.push_default(StyleProperty::Brush(style.ink));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        let weight = if style.strong { 600.0 } else { 400.0 };
        builder.push_default(StyleProperty::FontWeight(FontWeight::new(weight)));
        for (range, face) in faces {
            match face {
                Face::Plain => {}
                Face::Strong => {
                    builder.push(
                        StyleProperty::FontWeight(FontWeight::new(600.0)),
                        range.clone(),
                    );
                    // A label inside quiet text speaks up.
                    builder.push(StyleProperty::Brush(Ink::Dark), range.clone());
                }
                Face::Muted => builder.push(StyleProperty::Brush(Ink::Muted), range.clone()),
                Face::Mono => {
                    builder.push(StyleProperty::FontFamily(mono.clone()), range.clone());
                    builder.push(StyleProperty::FontSize(style.size * 0.94), range.clone());
                }
            }
        }
        for (id, (index, mark)) in marks.iter().enumerate() {
            builder.push_inline_box(InlineBox {
                id: id as u64,
                kind: InlineBoxKind::InFlow,
                index: *index,
                width: mark_width(*mark),
                height: style.size * 0.7,
                baseline: None,
                vertical_align: VerticalAlign::BASELINE,
            });
        }
        builder.build(text)
    }

    /// A run of one font, divided where the colour changes.
    fn runs(
        &mut self,
        layout: &parley::Layout<Ink>,
        run: &parley::layout::Run<'_, Ink>,
        at: f32,
        out: &mut Vec<Run>,
    ) {
        let data = run.font().clone();
        let index = data.index;
        let (bytes, id) = data.data.into_raw_parts();
        let font = self
            .faces
            .entry((id, index))
            .or_insert_with(|| Font::new(bytes.into(), index));
        let Some(font) = font.clone() else { return };
        let size = run.font_size();
        let mut x = at;
        let mut now: Option<(Ink, Run)> = None;
        for cluster in run.visual_clusters() {
            if cluster.is_ligature_continuation() {
                if let Some(glyph) = now.as_mut().and_then(|(_, run)| run.glyphs.last_mut()) {
                    glyph.text_range.end = glyph.text_range.end.max(cluster.text_range().end);
                    glyph.text_range.start = glyph.text_range.start.min(cluster.text_range().start);
                }
                continue;
            }
            for glyph in cluster.glyphs() {
                let ink = layout.styles()[usize::from(cluster.style_index())].brush;
                if now.as_ref().is_none_or(|(last, _)| *last != ink) {
                    out.extend(now.take().map(|(_, run)| run));
                    now = Some((
                        ink,
                        Run {
                            x,
                            font: font.clone(),
                            size,
                            ink,
                            glyphs: Vec::new(),
                        },
                    ));
                }
                if let Some((_, run)) = &mut now {
                    run.glyphs.push(KrillaGlyph::new(
                        GlyphId::new(glyph.id),
                        glyph.advance / size,
                        glyph.x / size,
                        -glyph.y / size,
                        0.0,
                        cluster.text_range(),
                        None,
                    ));
                }
                x += glyph.advance;
            }
        }
        out.extend(now.map(|(_, run)| run));
    }
}

/// Control characters have no letter; anything that would end the line is a blank here.
fn printable(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// A mark and the gap after it.
pub fn mark_width(mark: Mark) -> f32 {
    match mark {
        Mark::Level(_) => 12.0,
        Mark::Difficulty(_) => 36.0,
        Mark::Tick => 13.0,
    }
}

fn marks_alone(marks: &[(usize, Mark)], style: Type) -> Vec<Line> {
    if marks.is_empty() {
        return Vec::new();
    }
    let mut x = 0.0;
    let mut line = Line {
        height: style.leading,
        width: 0.0,
        baseline: style.leading / 2.0 + style.size * 0.345,
        text: "".into(),
        runs: Vec::new(),
        marks: Vec::new(),
    };
    for (_, mark) in marks {
        line.marks.push((x, *mark));
        x += mark_width(*mark);
    }
    line.width = x;
    vec![line]
}
