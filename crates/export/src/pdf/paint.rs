//! Draws pages with krilla: letters, rules, marks, page numbers, bookmarks, links.

use super::look::{FOOT, FOOTER, Ink, SIDE};
use super::marks::{fill, fill_white, line_of, mark, rect, shape, ship, stroke};
use super::pages::{Sheet, size};
use super::setter::{Line, Setter};
use super::strip::{Anchor, Draw};
use super::tags::{TagId, Tags};
use crate::doc::{Doc, plain};
use crate::error::ExportError;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::{Document, SerializeSettings};
use std::collections::BTreeMap;

/// Where an anchor came to stand.
struct Place {
    page: usize,
    y: f32,
}

pub fn paint(
    doc: &Doc,
    sheets: Vec<Sheet>,
    mut tags: Tags,
    setter: &mut Setter,
) -> Result<Vec<u8>, ExportError> {
    let settings = SerializeSettings {
        enable_tagging: true,
        ..SerializeSettings::default()
    };
    let mut document = Document::new_with(settings);
    let (places, order) = places(&sheets);
    let count = sheets.len();
    for (n, sheet) in sheets.iter().enumerate() {
        let (width, height) = size(sheet.page);
        let settings = PageSettings::from_wh(width, height)
            .ok_or_else(|| ExportError::Pdf("empty page".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut links = Vec::new();
        let mut surface = page.surface();
        for (top, strip) in &sheet.strips {
            for draw in &strip.draws {
                draw_one(
                    draw,
                    *top,
                    &mut surface,
                    &mut tags,
                    setter,
                    &places,
                    &mut links,
                );
            }
        }
        foot(doc, sheet, n, count, &mut surface, setter);
        surface.finish();
        for (annotation, tag) in links {
            let id = page.add_tagged_annotation(annotation);
            if let Some(tag) = tag {
                tags.leaf(tag, id);
            }
        }
        page.finish();
    }
    document.set_outline(outline(&order, &places));
    document.set_metadata(
        Metadata::new()
            .title(doc.title.clone())
            .description(doc.stamp.clone())
            .creator("Seatrial".to_owned())
            .language("en".to_owned())
            // Without one, an id is made from the contents; this says that editions of one kit belong together.
            .document_id(format!("seatrial:{}", doc.title)),
    );
    document.set_tag_tree(tags.into_tree("en"));
    document
        .finish()
        .map_err(|error| ExportError::Pdf(format!("{error:?}")))
}

fn places(sheets: &[Sheet]) -> (BTreeMap<String, Place>, Vec<Anchor>) {
    let mut places = BTreeMap::new();
    let mut order = Vec::new();
    for (page, sheet) in sheets.iter().enumerate() {
        for (y, strip) in &sheet.strips {
            if let Some(anchor) = &strip.anchor {
                places.insert(anchor.id.clone(), Place { page, y: *y });
                order.push(anchor.clone());
            }
        }
    }
    (places, order)
}

fn outline(order: &[Anchor], places: &BTreeMap<String, Place>) -> Outline {
    let node = |anchor: &Anchor| {
        let place = places.get(&anchor.id)?;
        let at = XyzDestination::new(place.page, Point::from_xy(0.0, (place.y - 12.0).max(0.0)));
        Some(OutlineNode::new(anchor.title.clone(), at))
    };
    let mut outline = Outline::new();
    let mut open: Option<OutlineNode> = None;
    for anchor in order {
        let Some(node) = node(anchor) else { continue };
        match (anchor.level, &mut open) {
            (0 | 1, _) => {
                if let Some(done) = open.replace(node) {
                    outline.push_child(done);
                }
            }
            (2, Some(parent)) => parent.push_child(node),
            (2, None) => outline.push_child(node),
            _ => {}
        }
    }
    if let Some(done) = open {
        outline.push_child(done);
    }
    outline
}

fn draw_one(
    draw: &Draw,
    top: f32,
    surface: &mut Surface<'_>,
    tags: &mut Tags,
    setter: &mut Setter,
    places: &BTreeMap<String, Place>,
    links: &mut Vec<(Annotation, Option<TagId>)>,
) {
    match draw {
        Draw::Line { x, y, line, tag } => tagged(surface, tags, *tag, |surface| {
            text(surface, line, SIDE + x, top + y)
        }),
        Draw::PageOf {
            right,
            y,
            target,
            style,
            tag,
        } => {
            let Some(place) = places.get(target) else {
                return;
            };
            let number = (place.page + 1).to_string();
            for line in setter.set(&plain(number), *style, 100.0) {
                let x = SIDE + right - line.width;
                tagged(surface, tags, *tag, |surface| {
                    text(surface, &line, x, top + y)
                });
            }
        }
        Draw::Rule {
            x,
            y,
            length,
            weight,
            ink,
            dashed,
        } => artifact(surface, |surface| {
            stroke(surface, *ink, *weight, *dashed);
            let mut path = PathBuilder::new();
            path.move_to(SIDE + x, top + y);
            path.line_to(SIDE + x + length, top + y);
            shape(surface, path);
        }),
        Draw::Upright { x, y, length, ink } => artifact(surface, |surface| {
            stroke(surface, *ink, 0.5, false);
            let mut path = PathBuilder::new();
            path.move_to(SIDE + x, top + y);
            path.line_to(SIDE + x, top + y + length);
            shape(surface, path);
        }),
        Draw::Node { x, y } => artifact(surface, |surface| {
            surface.set_stroke(Some(line_of(Ink::Dark, 1.2, None)));
            surface.set_fill(Some(fill_white()));
            rect(surface, SIDE + x + 0.6, top + y - 2.6, 5.2, 5.2);
        }),
        Draw::Ship { x, y } => artifact(surface, |surface| ship(surface, SIDE + x, top + y)),
        Draw::Link {
            x,
            y,
            width,
            height,
            target,
            tag,
        } => {
            let Some(place) = places.get(target) else {
                return;
            };
            let Some(area) = Rect::from_xywh(SIDE + x, top + y, *width, *height) else {
                return;
            };
            let at =
                XyzDestination::new(place.page, Point::from_xy(0.0, (place.y - 12.0).max(0.0)));
            let link = LinkAnnotation::new(area, Target::Destination(at.into()));
            links.push((
                Annotation::new_link(link, Some(format!("Page {}", place.page + 1))),
                *tag,
            ));
        }
    }
}

fn tagged(
    surface: &mut Surface<'_>,
    tags: &mut Tags,
    tag: Option<TagId>,
    draw: impl FnOnce(&mut Surface<'_>),
) {
    let Some(tag) = tag else {
        return artifact(surface, draw);
    };
    let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
    draw(surface);
    surface.end_tagged();
    tags.leaf(tag, id);
}

fn artifact(surface: &mut Surface<'_>, draw: impl FnOnce(&mut Surface<'_>)) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
        ArtifactType::Layout,
    )));
    draw(surface);
    surface.end_tagged();
}

fn text(surface: &mut Surface<'_>, line: &Line, x: f32, y: f32) {
    surface.set_stroke(None);
    for run in &line.runs {
        surface.set_fill(Some(fill(run.ink)));
        let at = Point::from_xy(x + run.x, y + line.baseline);
        surface.draw_glyphs(
            at,
            &run.glyphs,
            run.font.clone(),
            &line.text,
            run.size,
            false,
        );
    }
    for (at, drawn) in &line.marks {
        mark(surface, *drawn, x + at, y + line.baseline);
    }
}

/// Section at the left; which kit and which page at the right. The cover has none.
fn foot(
    doc: &Doc,
    sheet: &Sheet,
    n: usize,
    count: usize,
    surface: &mut Surface<'_>,
    setter: &mut Setter,
) {
    if n == 0 {
        return;
    }
    let (width, height) = size(sheet.page);
    let measure = width - 2.0 * SIDE;
    let y = height - FOOT - FOOTER.leading;
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
        ArtifactType::Footer,
    )));
    let mut put = |surface: &mut Surface<'_>, s: &str, share: f32, right: f32| {
        let lines = setter.set(&plain(s), FOOTER, measure * share);
        let cut = lines.len() > 1;
        let Some(line) = lines.first() else { return };
        let x = if right > 0.0 {
            SIDE + measure * right - line.width
        } else {
            SIDE
        };
        text(surface, line, x, y);
        if cut && let Some(dots) = setter.set(&plain("…"), FOOTER, 20.0).first() {
            text(surface, dots, x + line.width, y);
        }
    };
    put(surface, &sheet.section, 0.45, 0.0);
    put(surface, &doc.stamp, 0.4, 0.9);
    put(surface, &format!("{} / {count}", n + 1), 0.1, 1.0);
    surface.end_tagged();
}
