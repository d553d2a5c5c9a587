//! A part by itself, before any scenario uses it: its form, and its parameters. What its sections come to is known only
//! where they are filled in.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_source::{At, Diagnostic, Entry, Fields, Node, PER_FILE, Report, Sources, Span, Value, clip, nearest, read_yaml};

use crate::read::SECTIONS;

/// Sections that a scenario reads by themselves.
const BESIDE: &[&str] = &["clients", "services", "clock", "roll_out"];

/// What a part says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartHead {
    pub name: String,
    /// Parameters in order; true for those that a use must give.
    pub takes: Vec<(String, bool)>,
    /// The sections that it brings.
    pub sections: Vec<String>,
}

/// Reads the part in the file `path`. All mistakes come back; the head is there when none of them is an error.
pub fn check_part(files: &BTreeMap<String, Vec<u8>>, path: &str) -> (Option<PartHead>, Vec<Diagnostic>) {
    let sources = Sources::new(files);
    let report = Report::new(&sources);
    let at = At::new(&report, path);
    let head = read_yaml(at).and_then(|tree| at.map(&tree, "part", |f| head(f, path, &tree)));
    let errors = report.has_errors();
    (head.filter(|_| !errors), report.finish(PER_FILE))
}

fn head<'a>(f: &mut Fields<'a>, path: &str, tree: &'a Node) -> PartHead {
    let at = f.at();
    let name = f.id("part");
    let stem = path.rsplit('/').next().and_then(|file| file.strip_suffix(".yaml")).unwrap_or_default();
    if !name.value.is_empty() && !stem.is_empty() && name.value != stem {
        let message = format!("this part calls itself `{}`, but its file is {stem}.yaml", clip(&name.value));
        f.error(name.span, "id-differs", message, "give both one name: a scenario finds the part by it");
    }
    f.optional_text("says");
    let takes = f.optional("takes").map_or(&[][..], |node| at.entries(node, "`takes`"));
    if let Some(own) = takes.iter().find(|entry| entry.key == "as") {
        f.error(own.key_span, "bad-name", "`as` is the name that a use gives", "call the parameter something else");
    }
    let mut sections = Vec::new();
    let known = SECTIONS.iter().chain(BESIDE).copied().filter(|section| *section != "use");
    for section in known {
        if f.optional(section).is_some() {
            sections.push(section.to_owned());
        }
    }
    let mut holes = Holes { at, takes, used: BTreeSet::new() };
    if let Value::Map(entries) = &tree.value {
        entries.iter().filter(|entry| sections.contains(&entry.key)).for_each(|entry| holes.node(&entry.value));
    }
    let unused = takes.iter().filter(|entry| entry.key != "as" && !holes.used.contains(entry.key.as_str()));
    for entry in unused {
        let message = format!("nothing in this part says ${{{}}}", clip(&entry.key));
        f.warn(entry.key_span, "unused-parameter", message, "use it, or take it out");
    }
    if sections.is_empty() {
        f.error(f.span(), "missing-field", "this part brings nothing", "add a section of a scenario, such as `services:`");
    }
    let required = |entry: &Entry| matches!(&entry.value.value, Value::Scalar(scalar) if scalar.text == "required");
    PartHead { name: name.value, takes: takes.iter().map(|entry| (entry.key.clone(), required(entry))).collect(), sections }
}

/// Looks for `${…}` in keys and texts. As deep as YAML may nest.
struct Holes<'a> {
    at: At<'a>,
    takes: &'a [Entry],
    used: BTreeSet<&'a str>,
}

impl<'a> Holes<'a> {
    fn node(&mut self, node: &'a Node) {
        match &node.value {
            Value::Scalar(scalar) => self.text(&scalar.text, node.span),
            Value::Seq(items) => items.iter().for_each(|item| self.node(item)),
            Value::Map(entries) => entries.iter().for_each(|entry| {
                self.text(&entry.key, entry.key_span);
                self.node(&entry.value);
            }),
            Value::Unread => {}
        }
    }

    fn text(&mut self, text: &'a str, span: Span) {
        let mut rest = text;
        while let Some((_, after)) = rest.split_once("${") {
            let Some((name, behind)) = after.split_once('}') else {
                let error = self.at.error(span, "bad-parameter", "a `${` is never closed");
                return self.at.report.add(error.help("write `${name}`"));
            };
            rest = behind;
            if name == "as" {
                continue;
            }
            if self.takes.iter().any(|entry| entry.key == name) {
                self.used.insert(name);
                continue;
            }
            let known: Vec<&str> = self.takes.iter().map(|entry| entry.key.as_str()).chain(["as"]).collect();
            let near = nearest(name, known.iter().copied());
            let error = self.at.error(span, "unknown-name", format!("this part takes no `{}`", clip(name)));
            self.at.report.add(error.help("name it below `takes`").suggest(near));
        }
    }
}
