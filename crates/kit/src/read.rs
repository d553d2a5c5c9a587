//! One reader per kind of file. They share a context and a few words: where names live, and warnings on style.

mod area;
mod exercise;
mod head;
mod pack;
mod phases;
mod plan;
mod plan_phase;
mod questions;
mod rubric;
mod style;

use std::cell::RefCell;

use seatrial_source::{At, Fields, Names, Span, Spanned};

use crate::load::{Outside, OutsideKind};

pub(crate) use area::area;
pub(crate) use exercise::{WithFiles, exercise};
pub(crate) use head::{Head, head};
pub(crate) use pack::pack;
pub(crate) use plan::plan;

/// What a reader of a file is given.
#[derive(Clone, Copy)]
pub(crate) struct Cx<'a> {
    pub at: At<'a>,
    pub names: &'a Names,
    pub outside: &'a RefCell<Vec<Outside>>,
}

impl Cx<'_> {
    /// Keeps a name that only the scenario can tell to be right.
    fn outside(self, kind: OutsideKind, scenario: &str, name: &str, span: Span) {
        if name.is_empty() {
            return;
        }
        self.outside.borrow_mut().push(Outside {
            scenario: scenario.to_owned(),
            kind,
            name: name.to_owned(),
            file: self.at.file.to_owned(),
            span,
        });
    }
}

/// Where the names of an area live.
pub(crate) fn in_area(area: &str) -> String {
    format!("area {area}")
}

/// The file's own id, which must be its name.
fn own_id(f: &mut Fields<'_>, key: &'static str, expected: &str) -> String {
    let id = f.id(key);
    if !id.value.is_empty() && id.value != expected {
        let message = format!(
            "this file is listed as `{expected}`, but calls itself `{}`",
            id.value
        );
        f.error(
            id.span,
            "id-differs",
            message,
            format!("write `{key}: {expected}`, or rename the file and its entry in kit.yaml"),
        );
    }
    expected.to_owned()
}

fn values(spanned: Vec<Spanned<String>>) -> Vec<String> {
    spanned.into_iter().map(|s| s.value).collect()
}

/// The number; zero stands in for what could not be read.
fn number(read: &Option<Spanned<u32>>) -> u32 {
    read.as_ref().map_or(0, |number| number.value)
}
