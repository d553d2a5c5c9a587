//! Names that are given in one place and used in others, perhaps in other files: given twice and used without
//! being given are reported once everything has been read.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::at::Tell;
use crate::{At, Report, Span, Spanned, nearest};

/// A kind of name (`signal`) and the thing it belongs to (`area consistency`; empty for everything read).
type Scope = (&'static str, String);

/// Names known so far, and the uses that wait for them.
#[derive(Debug, Default)]
pub struct Names {
    scopes: RefCell<BTreeMap<Scope, Known>>,
    uses: RefCell<Vec<Use>>,
}

#[derive(Debug, Default)]
struct Known {
    names: BTreeMap<String, Place>,
    open: bool,
    /// A name was given that could not be read; it may be the one that is looked for.
    unreadable: bool,
}

#[derive(Debug, Clone)]
struct Place {
    file: String,
    span: Span,
}

#[derive(Debug)]
struct Use {
    place: Place,
    name: String,
    scope: Scope,
}

impl Names {
    /// Says that all names of this kind and place will be given. Uses of scopes that were never opened are not
    /// reported: whatever keeps the scope from being read has been.
    pub fn open(&self, kind: &'static str, within: &str) {
        let mut scopes = self.scopes.borrow_mut();
        scopes.entry((kind, within.to_owned())).or_default().open = true;
    }

    /// Gives a name; one given before is reported. False then, and for names that could not be read.
    pub fn define(
        &self,
        at: At<'_>,
        kind: &'static str,
        within: &str,
        name: &Spanned<String>,
    ) -> bool {
        let mut scopes = self.scopes.borrow_mut();
        let scope = scopes.entry((kind, within.to_owned())).or_default();
        if name.value.is_empty() {
            scope.unreadable = true;
            return false;
        }
        let place = Place {
            file: at.file.to_owned(),
            span: name.span,
        };
        let Some(first) = scope.names.get(&name.value) else {
            scope.names.insert(name.value.clone(), place);
            return true;
        };
        let (file, span) = at.report.locate(&first.file, first.span);
        let line = at
            .report
            .sources()
            .get(&file)
            .map_or(1, |source| source.line_of(span.start));
        let elsewhere = if file == at.report.locate(at.file, name.span).0 {
            String::new()
        } else {
            format!(" of {file}")
        };
        let message = format!(
            "there is already a {kind} `{}`, on line {line}{elsewhere}",
            name.value
        );
        at.error(name.span, "duplicate-id", message)
            .help("give one of the two another id")
            .tell(at);
        false
    }

    /// Gives a name that may be given again.
    pub fn know(&self, at: At<'_>, kind: &'static str, within: &str, name: &Spanned<String>) {
        let mut scopes = self.scopes.borrow_mut();
        let scope = scopes.entry((kind, within.to_owned())).or_default();
        scope.unreadable |= name.value.is_empty();
        if !name.value.is_empty() {
            let place = Place {
                file: at.file.to_owned(),
                span: name.span,
            };
            scope.names.entry(name.value.clone()).or_insert(place);
        }
    }

    /// Uses a name. Whether it exists is said by `resolve`.
    pub fn refer(&self, at: At<'_>, kind: &'static str, within: &str, name: &Spanned<String>) {
        if name.value.is_empty() {
            return;
        }
        let place = Place {
            file: at.file.to_owned(),
            span: name.span,
        };
        let scope = (kind, within.to_owned());
        self.uses.borrow_mut().push(Use {
            place,
            name: name.value.clone(),
            scope,
        });
    }

    /// Uses several names of one kind.
    pub fn refer_all(
        &self,
        at: At<'_>,
        kind: &'static str,
        within: &str,
        names: &[Spanned<String>],
    ) {
        names
            .iter()
            .for_each(|name| self.refer(at, kind, within, name));
    }

    /// Reports every use of a name that was never given, with the nearest one that was.
    pub fn resolve(&self, report: &Report<'_>) {
        let scopes = self.scopes.borrow();
        for used in self.uses.borrow().iter() {
            let (kind, within) = &used.scope;
            let Some(Known { names: known, .. }) = scopes
                .get(&used.scope)
                .filter(|k| k.open && !k.unreadable && !k.names.contains_key(&used.name))
            else {
                continue;
            };
            let at = At {
                report,
                file: &used.place.file,
            };
            let belongs = if within.is_empty() {
                String::new()
            } else {
                format!(" in the {within}")
            };
            let message = format!("there is no {kind} `{}`{belongs}", used.name);
            let names = || known.keys().map(String::as_str);
            let near = if report.is_crowded(at.file) {
                None
            } else {
                nearest(&used.name, names())
            };
            let help = match near {
                Some(_) => String::new(),
                None => list(known.len(), names()),
            };
            at.error(used.place.span, "unknown-name", message)
                .help(help)
                .suggest(near)
                .tell(at);
        }
    }
}

fn list<'a>(count: usize, names: impl Iterator<Item = &'a str>) -> String {
    const SHOWN: usize = 12;
    match count {
        0 => "there are none at all".into(),
        count if count <= SHOWN => format!("known: {}", names.collect::<Vec<_>>().join(", ")),
        count => format!(
            "known: {} and {} more",
            names.take(SHOWN).collect::<Vec<_>>().join(", "),
            count - SHOWN
        ),
    }
}
