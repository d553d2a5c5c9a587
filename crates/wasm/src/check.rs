//! The mistakes of a kit, as a page shows them. Not here: what a mistake is, which `kit` knows, and how it is drawn,
//! which `source` knows.

use std::collections::BTreeMap;

use seatrial_kit::{Diagnostic, Sources, Style, load, render, summary};
use serde::Serialize;

/// What is wrong with a kit.
#[derive(Debug, Serialize)]
pub struct Checked {
    /// Whether the kit can be used: warnings leave it usable.
    pub usable: bool,
    /// `3 errors and 1 warning in 2 files`.
    pub summary: String,
    pub diagnostics: Vec<Mistake>,
}

/// One mistake at its place.
#[derive(Debug, Serialize)]
pub struct Mistake {
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// `error` or `warning`.
    pub severity: String,
    pub code: &'static str,
    pub message: String,
    /// What to do; empty when the message says it.
    pub help: String,
    /// The known name nearest to what was written.
    pub suggestion: Option<String>,
    /// All of it as a terminal would show it, with its line of text and underlined; in a fixed-width type.
    pub shown: String,
}

/// Reads a kit from all of its files, text by path from the kit's root, and tells all of its mistakes.
pub fn check_kit(files: BTreeMap<String, String>) -> Checked {
    let files = files
        .into_iter()
        .map(|(path, text)| (path, text.into_bytes()))
        .collect();
    let (kit, found) = load(&files);
    Checked {
        usable: kit.is_some(),
        summary: summary(&found),
        diagnostics: mistakes(found, &files),
    }
}

/// What was found in files, as a page shows it.
pub fn mistakes(found: Vec<Diagnostic>, files: &BTreeMap<String, Vec<u8>>) -> Vec<Mistake> {
    let sources = Sources::new(files);
    found.into_iter().map(|one| mistake(one, &sources)).collect()
}

fn mistake(found: Diagnostic, sources: &Sources) -> Mistake {
    let shown = render(&found, sources, Style::default());
    let Diagnostic {
        file,
        line,
        column,
        severity,
        code,
        message,
        help,
        suggestion,
        ..
    } = found;
    Mistake {
        file,
        line,
        column,
        severity: severity.to_string(),
        code,
        message,
        help,
        suggestion,
        shown,
    }
}
