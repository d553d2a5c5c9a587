//! The document as PDF: A4, tagged, with bookmarks and page numbers; the same input gives the same bytes.
//!
//! In four steps: `setter` shapes text into lines, `layout` makes strips of them, `pages` puts strips on pages, `paint`
//! draws the pages. Page numbers of the contents are known only after the third step, so they are set in the fourth.

mod fonts;
mod layout;
mod look;
mod marks;
mod pages;
mod paint;
mod setter;
mod strip;
mod tags;

use crate::doc::Doc;
use crate::error::ExportError;
use std::sync::Arc;

/// The letters that a PDF is set in. IBM Plex ships with this crate, and behind it one font a script for other letters.
#[derive(Debug, Clone, Default)]
pub struct Fonts {
    extra: Vec<Arc<Vec<u8>>>,
}

impl Fonts {
    /// With more fonts (TTF, OTF or collections), in order, for letters that Plex lacks: they are preferred to those that
    /// ship behind it. What is not a font is passed over.
    pub fn new(extra: Vec<Vec<u8>>) -> Fonts {
        Fonts {
            extra: extra.into_iter().map(Arc::new).collect(),
        }
    }
}

pub fn render(doc: &Doc, fonts: &Fonts) -> Result<Vec<u8>, ExportError> {
    let mut setter = setter::Setter::new(&fonts.extra);
    let mut layout = layout::Layout::new(&mut setter);
    layout.doc(doc);
    let (flow, tags) = layout.finish();
    let pages = pages::paginate(flow);
    paint::paint(doc, pages, tags, &mut setter)
}
