//! The library of parts: `use:` puts a part's sections into the scenario's tree, with its parameters filled in.
//!
//! A part is a file `parts/<name>.yaml` beside the folder of the scenario (or below it): `part: name`, `takes:` its
//! parameters with their defaults or `required`, and any sections of a scenario. `${name}` stands for a parameter, in keys
//! and texts; a text that is nothing else takes the parameter's whole node. `${as}` is the name that the use gives.
//!
//! Spans of a part's nodes are shifted behind those of the scenario (`Report::splice`), so that one tree holds all.

mod alone;
mod fill;

pub use alone::{PartHead, check_part};
pub(crate) use fill::shift;

use std::collections::{BTreeMap, BTreeSet};

use seatrial_source::{
    At, Entry, Fields, Kind, Names, Node, Report, Scalar, Span, Spanned, Value, clip, nearest,
    read_yaml,
};

/// What a scenario may grow to by its parts.
const NODES_MOST: usize = 200_000;
const BYTES_MOST: usize = 4 << 20;

/// The scenario's tree with its parts in it, and the paths of the files that were read.
pub(crate) struct Whole {
    pub tree: Node,
    pub read: BTreeSet<String>,
}

/// Reads the entry and what it uses.
pub(crate) fn whole(report: &Report<'_>, entry: &str) -> Option<Whole> {
    let at = At::new(report, entry);
    let mut read = BTreeSet::from([entry.to_owned()]);
    let own = read_yaml(at)?;
    let Value::Map(entries) = own.value else {
        at.wrong_type(&own, "a scenario", "a group of `key: value` fields");
        return None;
    };
    let (uses, entries): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|e| e.key == "use");
    let mut building = Building {
        at,
        read: &mut read,
        nodes: 0,
        bytes: 0,
        parts: Vec::new(),
    };
    let names = Names::default();
    for item in uses
        .iter()
        .flat_map(|e| at.items(&e.value, "`use`", "parts"))
    {
        building.take(item, &names);
    }
    let mut tree = Node {
        value: Value::Map(Vec::new()),
        span: own.span,
    };
    for part in std::mem::take(&mut building.parts) {
        tree = building.merge(tree, part, true);
    }
    let own = Node {
        value: Value::Map(entries),
        span: own.span,
    };
    tree = building.merge(tree, own, false);
    let tree = crate::manifest::lay_under(report, entry, tree, &mut read);
    Some(Whole { tree, read })
}

/// One tree over another, group by group.
pub(crate) fn lay_over(at: At<'_>, base: Node, over: Node) -> Node {
    let building = Building { at, read: &mut BTreeSet::new(), nodes: 0, bytes: 0, parts: Vec::new() };
    building.merge(base, over, false)
}

/// Where a file that a scenario names may lie: beside the scenario's folder, or below it.
pub(crate) fn candidates(entry: &str, name: &str) -> Vec<String> {
    folders(entry).iter().map(|folder| format!("{folder}{name}")).collect()
}

struct Building<'a, 'b> {
    at: At<'a>,
    read: &'b mut BTreeSet<String>,
    nodes: usize,
    bytes: usize,
    parts: Vec<Node>,
}

/// A use, as it was read.
struct Use<'n> {
    part: Spanned<String>,
    name: String,
    with: BTreeMap<String, (Span, &'n Node)>,
}

impl Building<'_, '_> {
    fn take(&mut self, item: &Node, names: &Names) {
        let at = self.at;
        let Some(used) = read_use(at, item) else {
            return;
        };
        if used.part.value.is_empty() {
            return;
        }
        let name = Spanned {
            value: used.name.clone(),
            span: used.part.span,
        };
        names.define(at, "part called", "", &name);
        let Some(path) = self.find(&used.part) else {
            return;
        };
        let place = at.report.mention(at.file, used.part.span);
        let there = At::new(at.report, &path);
        let first = self.read.insert(path.clone());
        // A part whose text cannot be read has said so the first time.
        let Some(tree) = (if first {
            read_yaml(there)
        } else {
            read_again(at.report, &path)
        }) else {
            return;
        };
        let base = at
            .report
            .splice(&path, format!("from the part that {place} uses"));
        let tree = fill::shift(tree, base);
        self.instantiate(tree, &used);
    }

    /// The path of a part's file: beside the scenario's folder, or below it.
    fn find(&self, part: &Spanned<String>) -> Option<String> {
        let sources = self.at.report.sources();
        let folders = folders(self.at.file);
        let paths = folders
            .iter()
            .map(|folder| format!("{folder}parts/{}.yaml", part.value));
        let paths: Vec<String> = paths.collect();
        if let Some(path) = paths.iter().find(|path| sources.get(path).is_some()) {
            return Some(path.clone());
        }
        let known: Vec<String> = sources
            .paths()
            .filter_map(|path| {
                let folder = folders
                    .iter()
                    .find_map(|f| path.strip_prefix(&format!("{f}parts/")))?;
                folder.strip_suffix(".yaml").map(str::to_owned)
            })
            .collect();
        let near = nearest(&part.value, known.iter().map(String::as_str));
        let help = match (near, known.is_empty()) {
            (Some(_), _) => String::new(),
            (None, true) => format!(
                "a part is a file such as {}",
                paths.first().map_or("", |p| p)
            ),
            (None, false) => format!("known: {}", known.join(", ")),
        };
        let message = format!("there is no part `{}`", clip(&part.value));
        let missing = self.at.error(part.span, "unknown-part", message);
        self.at.report.add(missing.help(help).suggest(near));
        None
    }

    fn instantiate(&mut self, tree: Node, used: &Use<'_>) {
        let at = self.at;
        let Value::Map(entries) = tree.value else {
            at.wrong_type(&tree, "a part", "a group of `key: value` fields");
            return;
        };
        let mut params: BTreeMap<String, Node> = BTreeMap::new();
        let mut body = Vec::new();
        let mut takes = Vec::new();
        for entry in entries {
            match entry.key.as_str() {
                "part" => self.check_name(&entry, used),
                "says" => {}
                "takes" => takes.push(entry.value),
                "use" => self.error(
                    entry.key_span,
                    "unknown-field",
                    "a part cannot use parts".into(),
                    "",
                ),
                _ => body.push(entry),
            }
        }
        for entry in takes.iter().flat_map(|node| at.entries(node, "`takes`")) {
            let required = matches!(&entry.value.value, Value::Scalar(s) if s.text == "required");
            match used.with.get(&entry.key) {
                Some((_, node)) => drop(params.insert(entry.key.clone(), (*node).clone())),
                None if required => {
                    let message = format!("this part needs `{}`", entry.key);
                    self.error(
                        used.part.span,
                        "missing-field",
                        message,
                        &format!("add `with: {{{}: …}}`", entry.key),
                    );
                    params.insert(
                        entry.key.clone(),
                        Node {
                            value: Value::Unread,
                            span: entry.value.span,
                        },
                    );
                }
                None => drop(params.insert(entry.key.clone(), entry.value.clone())),
            }
        }
        for (key, (span, _)) in &used.with {
            if !params.contains_key(key) {
                let near = nearest(key, params.keys().map(String::as_str));
                let known: Vec<&str> = params.keys().map(String::as_str).collect();
                let message = format!("the part `{}` takes no `{}`", used.part.value, clip(key));
                let unknown = at.error(*span, "unknown-field", message);
                let help = format!(
                    "it takes {}",
                    if known.is_empty() {
                        "nothing".into()
                    } else {
                        known.join(", ")
                    }
                );
                at.report.add(
                    unknown
                        .help(if near.is_some() { String::new() } else { help })
                        .suggest(near),
                );
            }
        }
        let name = Scalar {
            text: used.name.clone(),
            style: seatrial_source::ScalarStyle::Plain,
        };
        params.insert(
            "as".into(),
            Node {
                value: Value::Scalar(name),
                span: used.part.span,
            },
        );
        let body = Node {
            value: Value::Map(body),
            span: tree.span,
        };
        if let Some(body) = self.fill(body, &params) {
            self.parts.push(body);
        }
    }

    fn check_name(&self, entry: &Entry, used: &Use<'_>) {
        if let Value::Scalar(s) = &entry.value.value
            && s.text != used.part.value
        {
            let message = format!(
                "this file is used as the part `{}`, but calls itself `{}`",
                used.part.value,
                clip(&s.text)
            );
            self.error(
                entry.value.span,
                "id-differs",
                message,
                "name the file after the part",
            );
        }
    }

    fn error(&self, span: Span, code: &'static str, message: String, help: &str) {
        self.at
            .report
            .add(self.at.error(span, code, message).help(help));
    }
}

fn read_use<'n>(at: At<'n>, item: &'n Node) -> Option<Use<'n>> {
    if let Value::Scalar(_) = &item.value {
        let part = at.text(item, "a part")?;
        return Some(Use {
            name: part.value.clone(),
            part,
            with: BTreeMap::new(),
        });
    }
    at.map(item, "use of a part", |f: &mut Fields<'_>| {
        let part = f.spanned("part");
        let name = f.optional_text("as").value;
        let with = f
            .optional("with")
            .map_or(&[][..], |node| f.at().entries(node, "`with`"));
        let with = with
            .iter()
            .map(|e| (e.key.clone(), (e.key_span, &e.value)))
            .collect();
        Use {
            name: if name.is_empty() {
                part.value.clone()
            } else {
                name
            },
            part,
            with,
        }
    })
}

/// A tree that was read before, without telling its mistakes again.
fn read_again(report: &Report<'_>, path: &str) -> Option<Node> {
    let quiet = Report::new(report.sources());
    read_yaml(At::new(&quiet, path))
}

/// The folders in which `parts/` is looked for: the parent of the file's folder, then the folder itself.
fn folders(file: &str) -> Vec<String> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let parent = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
    let slash = |folder: &str| {
        if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        }
    };
    let mut folders = vec![slash(parent), slash(folder)];
    folders.dedup();
    folders
}

/// Whether a node says nothing.
pub(crate) fn is_nothing(node: &Node) -> bool {
    match &node.value {
        Value::Unread => true,
        Value::Scalar(scalar) => scalar.kind() == Kind::Nothing,
        _ => false,
    }
}
