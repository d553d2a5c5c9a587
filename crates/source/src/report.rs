//! Collects diagnostics, gives them their lines and columns, sorts them and keeps their number bearable.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::{Diagnostic, Severity, Sources, Span};

/// How many diagnostics of one file are told; the rest are counted.
pub const PER_FILE: usize = 50;

/// Kept per file while collecting, so that a hostile file costs no memory. More than `PER_FILE`, since errors
/// that come late go before warnings that came early.
const KEPT: usize = 1000;

/// Looking for near names is the dear part of a diagnostic; after this many in a file nobody will read it.
const CROWDED: usize = 100;

/// Where mistakes are put while reading goes on. Shared by reference between all readers.
#[derive(Debug)]
pub struct Report<'s> {
    sources: &'s Sources,
    files: RefCell<BTreeMap<String, File>>,
}

#[derive(Debug, Default)]
struct File {
    kept: Vec<Diagnostic>,
    errors: usize,
    warnings: usize,
}

impl<'s> Report<'s> {
    pub fn new(sources: &'s Sources) -> Report<'s> {
        Report {
            sources,
            files: RefCell::default(),
        }
    }

    pub fn sources(&self) -> &'s Sources {
        self.sources
    }

    pub fn add(&self, mut diagnostic: Diagnostic) {
        let mut files = self.files.borrow_mut();
        let file = files.entry(diagnostic.file.clone()).or_default();
        match diagnostic.severity {
            Severity::Error => file.errors += 1,
            Severity::Warning => file.warnings += 1,
        }
        if file.kept.len() >= KEPT {
            return;
        }
        match self.sources.get(&diagnostic.file) {
            Some(source) => {
                diagnostic.span = source.fit(diagnostic.span);
                (diagnostic.line, diagnostic.column) = source.place(diagnostic.span.start);
            }
            None => diagnostic.span = Span::default(),
        }
        file.kept.push(diagnostic);
    }

    /// Whether a file has so many mistakes that looking for near names is no longer worth it.
    pub fn is_crowded(&self, file: &str) -> bool {
        self.files
            .borrow()
            .get(file)
            .is_some_and(|f| f.kept.len() >= CROWDED)
    }

    pub fn has_errors(&self) -> bool {
        self.files.borrow().values().any(|file| file.errors > 0)
    }

    /// All that was found, by file and place. Of each file at most `per_file`, errors first; then one more
    /// diagnostic, `and-more`, counts what was left out.
    pub fn finish(self, per_file: usize) -> Vec<Diagnostic> {
        let files = self.files.into_inner();
        files
            .into_iter()
            .flat_map(|(path, file)| file.finish(&path, per_file))
            .collect()
    }
}

impl File {
    fn finish(mut self, path: &str, per_file: usize) -> Vec<Diagnostic> {
        let order = |d: &Diagnostic| (d.span, d.severity, d.code);
        self.kept
            .sort_by(|a, b| (order(a), &a.message).cmp(&(order(b), &b.message)));
        let before = self.kept.len();
        self.kept.dedup();
        let told_twice = before - self.kept.len();
        let all = self.errors + self.warnings - told_twice;
        if all <= per_file {
            return self.kept;
        }
        let errors = self
            .kept
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .count();
        let mut room = [errors.min(per_file), per_file.saturating_sub(errors)];
        let mut left_out = None;
        self.kept.retain(|d| {
            let room = &mut room[d.severity as usize];
            let keep = *room > 0;
            *room -= usize::from(keep);
            if !keep && left_out.is_none() {
                left_out = Some((d.span, d.line, d.column));
            }
            keep
        });
        let (span, line, column) = left_out.unwrap_or_default();
        let more = all - self.kept.len();
        let severity = if self.errors > per_file {
            Severity::Error
        } else {
            Severity::Warning
        };
        let message = format!("and {more} more in this file");
        let more = Diagnostic {
            severity,
            line: line.max(1),
            column: column.max(1),
            ..Diagnostic::error(path, span, "and-more", message)
        };
        self.kept
            .push(more.help("mend the first ones and check again"));
        self.kept
    }
}
