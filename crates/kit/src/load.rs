//! A kit from its files: which files there are, in which order they are read, what nothing refers to. What
//! stands in each kind of file lives in `read`.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use seatrial_source::{
    At, Diagnostic, Names, Node, PER_FILE, Report, Sources, Span, Spanned, nearest, read_yaml,
};
use sha2::{Digest, Sha256};

use crate::Kit;
use crate::read::{self, Cx, Head, WithFiles};

const HEAD: &str = "kit.yaml";

/// Reads a kit from all of its files: bytes by path from the kit's root, with `/` between folders.
///
/// All mistakes of all files come back, sorted by file and place, at most fifty of a file. The kit is there when none of
/// them is an error; warnings leave it usable. Never panics, whatever the bytes are.
pub fn load(files: &BTreeMap<String, Vec<u8>>) -> (Option<Kit>, Vec<Diagnostic>) {
    let (kit, diagnostics, _) = load_with_names(files);
    (kit, diagnostics)
}

/// A name in a plan that belongs to the scenario, which a kit does not read: whoever can compile the scenario says
/// whether there is such a thing in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// The plan's scenario, by its id.
    pub scenario: String,
    pub kind: OutsideKind,
    pub name: String,
    /// Where the name stands.
    pub file: String,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutsideKind {
    /// The scenario itself.
    Scenario,
    /// An area that the scenario should say that it is about.
    Area,
    Fault,
    Decision,
    Option {
        /// The decision.
        of: String,
    },
    Invariant,
}

/// As `load`, with the names that plans use of their scenarios.
pub fn load_with_names(
    files: &BTreeMap<String, Vec<u8>>,
) -> (Option<Kit>, Vec<Diagnostic>, Vec<Outside>) {
    let sources = Sources::new(files);
    let report = Report::new(&sources);
    let names = Names::default();
    let outside = RefCell::default();
    let kit = Loading {
        report: &report,
        names: &names,
        outside: &outside,
        used: BTreeSet::new(),
    }
    .kit(hash(files));
    names.resolve(&report);
    let kit = kit.filter(|_| !report.has_errors());
    (kit, report.finish(PER_FILE), outside.into_inner())
}

/// The kit's hash: SHA-256 over each file's path and bytes with their lengths, in order of the paths; the first 12 hex digits.
pub fn hash(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut sha = Sha256::new();
    for (path, bytes) in files {
        for part in [path.as_bytes(), bytes] {
            sha.update((part.len() as u64).to_be_bytes());
            sha.update(part);
        }
    }
    sha.finalize()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

struct Loading<'a> {
    report: &'a Report<'a>,
    names: &'a Names,
    outside: &'a RefCell<Vec<Outside>>,
    used: BTreeSet<String>,
}

impl<'a> Loading<'a> {
    fn kit(mut self, hash: String) -> Option<Kit> {
        let head = self.head();
        let listed = |ids: fn(&Head) -> &Vec<Spanned<String>>, folder| match &head {
            Some(head) => ids(head).clone(),
            // Without a list every file of the folder is read, so that its mistakes are told all the same.
            None => ids_in_folder(self.report.sources(), folder),
        };
        let areas = listed(|head| &head.areas, "areas");
        let packs = listed(|head| &head.packs, "packs");
        let exercises = listed(|head| &head.exercises, "exercises");
        let plans = listed(|head| &head.plans, "plans");
        for (kind, ids) in [("area", &areas), ("pack", &packs), ("exercise", &exercises)] {
            self.names.open(kind, "");
            for id in ids {
                self.names.define(At::new(self.report, HEAD), kind, "", id);
            }
        }

        let read_areas = self.files("areas", &areas, read::area);
        let read_exercises = self.files("exercises", &exercises, |cx, tree, id, _| {
            read::exercise(cx, tree, id)
        });
        // Packs are held to the areas that there are; a missing one has been reported once.
        let there = ids_in_folder(self.report.sources(), "areas");
        let order: Vec<&str> = areas
            .iter()
            .filter(|id| there.iter().any(|there| there.value == id.value))
            .map(|id| id.value.as_str())
            .collect();
        let placed =
            |read: &Option<WithFiles>| read.as_ref().is_some_and(|e| !e.exercise.area.is_empty());
        if read_exercises.iter().all(placed) {
            for area in &order {
                self.names.open("exercise", &read::in_area(area));
            }
        }
        let read_packs = self.files("packs", &packs, |cx, tree, id, _| {
            read::pack(cx, tree, id, &order)
        });
        let read_plans = self.files("plans", &plans, |cx, tree, id, _| read::plan(cx, tree, id));

        for read in read_exercises.iter().flatten() {
            self.used.extend(read.files.iter().cloned());
        }
        let whole = |read: &Option<WithFiles>| read.as_ref().is_some_and(|e| e.whole);
        self.unused(head.is_some(), read_exercises.iter().all(whole));

        let head = head?;
        let exercises: Option<Vec<WithFiles>> = read_exercises.into_iter().collect();
        Some(Kit {
            schema: head.schema,
            id: head.id,
            version: head.version,
            hash,
            title: head.title,
            summary: head.summary,
            principles: head.principles,
            areas: read_areas.into_iter().collect::<Option<_>>()?,
            record_questions: head.record_questions,
            trade_off: head.trade_off?,
            regret_probes: head.regret_probes,
            regret_reading: head.regret_reading,
            t_shape: head.t_shape,
            packs: read_packs.into_iter().collect::<Option<_>>()?,
            exercises: exercises?.into_iter().map(|read| read.exercise).collect(),
            scenarios: head.scenarios,
            plans: read_plans.into_iter().collect::<Option<_>>()?,
        })
    }

    fn head(&mut self) -> Option<Head> {
        let at = At::new(self.report, HEAD);
        if self.report.sources().get(HEAD).is_none() {
            let missing = at.error(Span::default(), "missing-file", "there is no kit.yaml");
            let help =
                "a kit is a folder with a kit.yaml that names its areas, packs and exercises";
            self.report.add(missing.help(help));
        }
        self.used.insert(HEAD.into());
        let tree = read_yaml(at)?;
        read::head(self.cx(at), &tree)
    }

    /// Reads `<folder>/<id>.yaml` for each id; the reader is told the id and its place in the list, from 1.
    fn files<T>(
        &mut self,
        folder: &str,
        ids: &[Spanned<String>],
        read: impl Fn(Cx<'_>, &Node, &str, u32) -> Option<T>,
    ) -> Vec<Option<T>> {
        let numbered = ids.iter().zip(1..);
        numbered
            .map(|(id, number)| {
                let path = self.path(folder, id)?;
                let at = At::new(self.report, &path);
                let tree = read_yaml(at)?;
                read(self.cx(at), &tree, &id.value, number)
            })
            .collect()
    }

    /// The path of a listed file, if there is such a file.
    fn path(&mut self, folder: &str, id: &Spanned<String>) -> Option<String> {
        let path = format!("{folder}/{}.yaml", id.value);
        let sources = self.report.sources();
        if sources.get(&path).is_some() {
            self.used.insert(path.clone());
            return Some(path);
        }
        let there = ids_in_folder(sources, folder);
        let near = nearest(&id.value, there.iter().map(|id| id.value.as_str()));
        let missing = At::new(self.report, HEAD).error(
            id.span,
            "missing-file",
            format!("there is no file {path}"),
        );
        let help = format!("write it, or take `{}` out of the list", id.value);
        self.report.add(missing.help(help).suggest(near));
        None
    }

    fn cx<'b>(&'b self, at: At<'b>) -> Cx<'b> {
        Cx {
            at,
            names: self.names,
            outside: self.outside,
        }
    }

    /// Warns of files that no other file names, as far as the files that could name them were read. Texts
    /// about the kit itself may stand beside kit.yaml.
    fn unused(&self, head_was_read: bool, material_was_found: bool) {
        for path in self.report.sources().paths() {
            let folder = path.split_once('/').map_or("", |(folder, _)| folder);
            let about = ["README", "LICEN", "NOTICE", "CHANGELOG"];
            let (known, help) = match folder {
                "areas" | "packs" | "exercises" | "plans" => (
                    head_was_read,
                    format!("add it to `{folder}` in kit.yaml, or delete it"),
                ),
                "" if about.iter().any(|word| path.starts_with(word)) => continue,
                // Running systems and what they are made of: the scenario language reads them.
                "scenarios" | "parts" if path.ends_with(".yaml") => continue,
                "material" if self.is_manifest_of_a_scenario(path) => continue,
                "material" => (
                    head_was_read && material_was_found,
                    "name it as the `file` of an exercise's material, or delete it".to_owned(),
                ),
                _ => (
                    true,
                    "delete it, or keep it outside the kit's folder".to_owned(),
                ),
            };
            if known && !self.used.contains(path) {
                let at = At::new(self.report, path);
                let unused = at.warning(
                    Span::default(),
                    "unused-file",
                    "nothing in the kit refers to this file",
                );
                self.report.add(unused.help(help));
            }
        }
    }
}

impl Loading<'_> {
    /// A scenario may read a service out of a manifest that lies among the material.
    fn is_manifest_of_a_scenario(&self, path: &str) -> bool {
        let sources = self.report.sources();
        let mut scenarios = sources.paths().filter(|of| of.starts_with("scenarios/") || of.starts_with("parts/"));
        scenarios.any(|of| sources.get(of).is_some_and(|source| source.text().contains(path)))
    }
}

/// Ids by the names of the YAML files in a folder.
fn ids_in_folder(sources: &Sources, folder: &str) -> Vec<Spanned<String>> {
    let id = |path: &str| {
        Some(
            path.strip_prefix(folder)?
                .strip_prefix('/')?
                .strip_suffix(".yaml")?
                .to_owned(),
        )
    };
    sources
        .paths()
        .filter_map(id)
        .map(|value| Spanned {
            value,
            span: Span::default(),
        })
        .collect()
}
