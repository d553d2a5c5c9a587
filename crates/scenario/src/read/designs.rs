//! `designs`: answers under a name, perhaps built on others; and a design in a file of its own.

use std::collections::BTreeMap;

use seatrial_source::{At, Entry, Node, Span, Value, clip, nearest};

use super::read_selection;
use crate::cx::Cx;
use crate::model::{Decision, DesignDef};
use crate::unit::Currency;

/// A design as written: what it extends, and its answers with their places.
struct Written {
    name: String,
    extends: Option<(String, Span)>,
    answers: BTreeMap<String, String>,
}

impl<'a> Cx<'a> {
    pub fn designs(&mut self, root: &'a Node, decisions: &[Decision]) -> Vec<DesignDef> {
        // A decision with a mistake is there; what is said about it waits until it is mended.
        let written = self
            .section(root, "decisions")
            .iter()
            .map(|entry| entry.key.as_str());
        let unread: Vec<&str> = written
            .filter(|name| decisions.iter().all(|d| d.name != *name))
            .collect();
        let mut written = Vec::new();
        for entry in self.section(root, "designs") {
            if crate::parts::is_nothing(&entry.value) {
                written.push(Written {
                    name: entry.key.clone(),
                    extends: None,
                    answers: BTreeMap::new(),
                });
                continue;
            }
            let entries = self.at.entries(&entry.value, "a design");
            let (extends, answers) =
                read_answers(self.at, entries, decisions, &unread, &self.currency);
            written.push(Written {
                name: entry.key.clone(),
                extends,
                answers,
            });
        }
        let mut designs = Vec::new();
        for one in &written {
            let mut answers = one.answers.clone();
            let mut seen = vec![one.name.as_str()];
            let mut next = one.extends.as_ref();
            while let Some((name, span)) = next {
                if seen.contains(&name.as_str()) {
                    let message = format!("`{name}` extends itself: {}", seen.join(", "));
                    self.error(*span, "circle", message, "delete one `extends`");
                    break;
                }
                let Some(base) = written.iter().find(|design| design.name == *name) else {
                    self.unknown(
                        *span,
                        "design",
                        name,
                        written.iter().map(|d| d.name.as_str()),
                    );
                    break;
                };
                for (decision, answer) in &base.answers {
                    answers
                        .entry(decision.clone())
                        .or_insert_with(|| answer.clone());
                }
                seen.push(&base.name);
                next = base.extends.as_ref();
            }
            let extends = one.extends.as_ref().map(|(name, _)| name.clone());
            designs.push(DesignDef {
                name: one.name.clone(),
                extends,
                answers,
            });
        }
        designs
    }
}

/// The `decision: option` lines of a design; mistakes are reported at their places.
pub(crate) fn read_answers(
    at: At<'_>,
    entries: &[Entry],
    decisions: &[Decision],
    unread: &[&str],
    currency: &Currency,
) -> (Option<(String, Span)>, BTreeMap<String, String>) {
    let mut extends = None;
    let mut answers = BTreeMap::new();
    for entry in entries {
        let Value::Scalar(scalar) = &entry.value.value else {
            at.wrong_type(
                &entry.value,
                &format!("`{}`", clip(&entry.key)),
                "the name of an option, or a value",
            );
            continue;
        };
        let answer = scalar.text.trim().to_owned();
        if unread.contains(&entry.key.as_str()) {
            continue;
        }
        if entry.key == "extends" {
            extends = Some((answer, entry.value.span));
            continue;
        }
        let Some(decision) = decisions.iter().find(|decision| decision.name == entry.key) else {
            let names = decisions.iter().map(|decision| decision.name.as_str());
            let near = nearest(&entry.key, names.clone());
            let known = names.take(12).collect::<Vec<_>>().join(", ");
            let help = if near.is_some() {
                String::new()
            } else {
                format!("known: {known}")
            };
            let message = format!("there is no decision `{}`", clip(&entry.key));
            at.report.add(
                at.error(entry.key_span, "unknown-name", message)
                    .help(help)
                    .suggest(near),
            );
            continue;
        };
        match read_selection(decision, &answer, currency) {
            Ok(_) => drop(answers.insert(entry.key.clone(), answer)),
            Err((message, near)) => {
                at.report.add(
                    at.error(entry.value.span, "unknown-option", message)
                        .suggest(near.as_deref()),
                );
            }
        }
    }
    (extends, answers)
}
