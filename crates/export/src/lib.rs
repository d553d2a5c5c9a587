//! Prints a kit: the whole, an area, a role's loop, a scenario's plan or an opening's plan, as HTML, PDF, Markdown, CSV
//! or JSON.
//!
//! Lives here: what a printed kit says (`compose`) and how each format draws it. Does not live here: files, clocks,
//! the machine's fonts (the caller may hand some over), candidates' results. The same input gives the same bytes.
//!
//! HTML, PDF and Markdown are drawn from one `doc::Doc`; CSV and JSON come straight from the kit.

mod compose;
mod csv;
pub mod doc;
mod error;
mod html;
mod json;
mod markdown;
mod material;
mod part;
mod pdf;

pub use error::ExportError;
pub use json::json_schema;
pub use part::{LoopSession, LoopSheet, Part};
pub use pdf::Fonts;

use seatrial_kit::Kit;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One self-contained file: no script, no outside address.
    Html,
    /// A4, tagged, with bookmarks.
    Pdf,
    Markdown,
    /// One row per item, for spreadsheets; the columns are described at the head of `csv.rs`.
    Csv,
    /// The part as data; `json_schema` describes it.
    Json,
}

impl Format {
    pub const ALL: [Format; 5] = [
        Format::Html,
        Format::Pdf,
        Format::Markdown,
        Format::Csv,
        Format::Json,
    ];

    /// As in `--to`, and the ending of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Pdf => "pdf",
            Format::Markdown => "md",
            Format::Csv => "csv",
            Format::Json => "json",
        }
    }

    pub fn from_extension(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|f| f.extension() == name)
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Format::Html => "text/html; charset=utf-8",
            Format::Pdf => "application/pdf",
            Format::Markdown => "text/markdown; charset=utf-8",
            Format::Csv => "text/csv; charset=utf-8",
            Format::Json => "application/json",
        }
    }
}

/// Prints with the fonts that ship with this crate.
///
/// # Errors
/// When the part names an area, pack, seniority, plan, prompt or exercise that the kit does not have.
pub fn export(kit: &Kit, part: &Part, format: Format) -> Result<Vec<u8>, ExportError> {
    export_with(kit, part, format, &Fonts::default())
}

/// As `export`; `fonts` matter for PDF only, where a script's letters must come from somewhere.
///
/// # Errors
/// As `export`, and when the PDF cannot be written.
pub fn export_with(
    kit: &Kit,
    part: &Part,
    format: Format,
    fonts: &Fonts,
) -> Result<Vec<u8>, ExportError> {
    part.check(kit)?;
    match format {
        Format::Html => Ok(html::render(&compose::doc(kit, part)).into_bytes()),
        Format::Markdown => Ok(markdown::render(&compose::doc(kit, part)).into_bytes()),
        Format::Pdf => pdf::render(&compose::doc(kit, part), fonts),
        Format::Csv => Ok(csv::render(kit, part).into_bytes()),
        Format::Json => Ok(json::render(kit, part).into_bytes()),
    }
}

/// A name for the file: kit, part and ending, in letters that every system takes.
pub fn file_name(kit: &Kit, part: &Part, format: Format) -> String {
    format!("{}.{}", part.slug(kit), format.extension())
}
