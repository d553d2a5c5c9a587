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
    splices: RefCell<Vec<Splice>>,
}

/// A file whose tree was shifted and put into another one's: its places lie behind those of every other file, so
/// that a tree of several files needs no more than spans.
#[derive(Debug)]
struct Splice {
    base: usize,
    path: String,
    /// Where it was put in, in words for a help text.
    used: String,
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
            splices: RefCell::default(),
        }
    }

    /// Announces that the tree of a file will stand in another one's. Shift its spans by the result: what is
    /// reported there is then reported in its own file, with `used` (what put it there, and where) in the help.
    pub fn splice(&self, path: &str, used: String) -> usize {
        let mut splices = self.splices.borrow_mut();
        let base = match splices.last() {
            Some(last) => last.base + self.bytes(&last.path) + 1,
            // Behind every file, since any may be the one that the first is put into.
            None => self
                .sources
                .paths()
                .map(|path| self.bytes(path) + 1)
                .max()
                .unwrap_or(0),
        };
        splices.push(Splice {
            base,
            path: path.to_owned(),
            used,
        });
        base
    }

    fn bytes(&self, path: &str) -> usize {
        self.sources
            .get(path)
            .map_or(0, |source| source.text().len())
    }

    /// The file that a place really lies in, and where in it.
    pub fn locate(&self, file: &str, span: Span) -> (String, Span) {
        let splices = self.splices.borrow();
        match splices.iter().rfind(|splice| splice.base <= span.start) {
            Some(splice) => {
                let back = |at: usize| at.saturating_sub(splice.base);
                (
                    splice.path.clone(),
                    Span::new(back(span.start), back(span.end)),
                )
            }
            None => (file.to_owned(), span),
        }
    }

    /// `file:line` of a place, for texts that mention a second one.
    pub fn mention(&self, file: &str, span: Span) -> String {
        let (file, span) = self.locate(file, span);
        let line = self
            .sources
            .get(&file)
            .map_or(1, |source| source.line_of(span.start));
        format!("{file}:{line}")
    }

    fn relocate(&self, diagnostic: &mut Diagnostic) {
        let splices = self.splices.borrow();
        let Some(splice) = splices
            .iter()
            .rfind(|splice| splice.base <= diagnostic.span.start)
        else {
            return;
        };
        let gap = if diagnostic.help.is_empty() { "" } else { "; " };
        diagnostic.help += &format!("{gap}{}", splice.used);
        drop(splices);
        (diagnostic.file, diagnostic.span) = self.locate(&diagnostic.file, diagnostic.span);
    }

    pub fn sources(&self) -> &'s Sources {
        self.sources
    }

    pub fn add(&self, mut diagnostic: Diagnostic) {
        self.relocate(&mut diagnostic);
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
