//! A kit from its files: which files there are, in which order they are read, what nothing refers to. What
//! stands in each kind of file lives in `read`.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_source::{
    At, Diagnostic, Names, Node, PER_FILE, Report, Sources, Span, Spanned, nearest, read_yaml,
};
use sha2::{Digest, Sha256};

use crate::read::{self, Cx};
use crate::{Area, Exercise, Kit, Pack};

const HEAD: &str = "kit.yaml";

/// Reads a kit from all of its files: bytes by path from the kit's root, with `/` between folders.
///
/// All mistakes of all files come back, sorted by file and place, at most fifty of a file. The kit is there when none of
/// them is an error; warnings leave it usable. Never panics, whatever the bytes are.
pub fn load(files: &BTreeMap<String, Vec<u8>>) -> (Option<Kit>, Vec<Diagnostic>) {
    let sources = Sources::new(files);
    let report = Report::new(&sources);
    let names = Names::default();
    let kit = Loading {
        report: &report,
        names: &names,
        used: BTreeSet::new(),
    }
    .kit(hash(files));
    names.resolve(&report);
    let kit = kit.filter(|_| !report.has_errors());
    (kit, report.finish(PER_FILE))
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
    used: BTreeSet<String>,
}

impl<'a> Loading<'a> {
    fn kit(mut self, hash: String) -> Option<Kit> {
        let sources = self.report.sources();
        let at = At {
            report: self.report,
            file: HEAD,
        };
        if sources.get(HEAD).is_none() {
            at.report.add(
                at.error(Span::default(), "missing-file", "there is no kit.yaml")
                    .help("a kit is a folder with a kit.yaml that names its areas, packs and exercises"),
            );
        }
        self.used.insert(HEAD.into());
        let tree = read_yaml(at);
        let head = tree.as_ref().and_then(|tree| {
            read::head(
                Cx {
                    at,
                    names: self.names,
                },
                tree,
            )
        });
        // Without a list of files every file of the folder is read, so that its mistakes are told all the same.
        let list = |given: Option<&Vec<Spanned<String>>>, folder: &str| match given {
            Some(ids) => ids.clone(),
            None => ids_in_folder(sources, folder),
        };
        let areas = list(head.as_ref().map(|h| &h.areas), "areas");
        let packs = list(head.as_ref().map(|h| &h.packs), "packs");
        let exercises = list(head.as_ref().map(|h| &h.exercises), "exercises");
        for (kind, ids) in [("area", &areas), ("pack", &packs), ("exercise", &exercises)] {
            self.names.open(kind, "");
            ids.iter()
                .for_each(|id| _ = self.names.define(at, kind, "", id));
        }
        let order: Vec<&str> = areas.iter().map(|id| id.value.as_str()).collect();

        let read_areas: Vec<Option<Area>> = areas
            .iter()
            .zip(1..)
            .map(|(id, number)| {
                self.file("areas", id, |cx, tree| {
                    read::area(cx, tree, &id.value, number)
                })
            })
            .collect();
        let read_exercises: Vec<Option<(Exercise, Vec<String>)>> = exercises
            .iter()
            .map(|id| {
                self.file("exercises", id, |cx, tree| {
                    read::exercise(cx, tree, &id.value)
                })
            })
            .collect();
        if read_exercises.iter().all(Option::is_some) {
            order
                .iter()
                .for_each(|area| self.names.open("exercise", &read::in_area(area)));
        }
        let read_packs: Vec<Option<Pack>> = packs
            .iter()
            .map(|id| {
                self.file("packs", id, |cx, tree| {
                    read::pack(cx, tree, &id.value, &order)
                })
            })
            .collect();

        for (_, material) in read_exercises.iter().flatten() {
            self.used.extend(material.iter().cloned());
        }
        self.unused(head.is_some());
        let exercises: Option<Vec<_>> = read_exercises.into_iter().collect();
        let head = head?;
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
            exercises: exercises?
                .into_iter()
                .map(|(exercise, _)| exercise)
                .collect(),
            scenarios: head.scenarios,
        })
    }

    /// Reads `<folder>/<id>.yaml`.
    fn file<T>(
        &mut self,
        folder: &str,
        id: &Spanned<String>,
        read: impl FnOnce(Cx<'_>, &Node) -> Option<T>,
    ) -> Option<T> {
        let path = format!("{folder}/{}.yaml", id.value);
        let sources = self.report.sources();
        if sources.get(&path).is_none() {
            let at = At {
                report: self.report,
                file: HEAD,
            };
            let there = ids_in_folder(sources, folder);
            let near = nearest(&id.value, there.iter().map(|id| id.value.as_str()));
            let message = format!("there is no file {path}");
            let help = format!("write it, or take `{}` out of the list", id.value);
            self.report.add(
                at.error(id.span, "missing-file", message)
                    .help(help)
                    .suggest(near),
            );
            return None;
        }
        self.used.insert(path.clone());
        let at = At {
            report: self.report,
            file: &path,
        };
        let tree = read_yaml(at)?;
        read(
            Cx {
                at,
                names: self.names,
            },
            &tree,
        )
    }

    /// Warns of files that no other file names. Texts about the kit itself may stand beside kit.yaml.
    fn unused(&self, head_was_read: bool) {
        for path in self.report.sources().paths() {
            let about = !path.contains('/')
                && ["README", "LICEN", "NOTICE", "CHANGELOG"]
                    .iter()
                    .any(|word| path.starts_with(word));
            let listed = head_was_read || path.starts_with("material/");
            if self.used.contains(path) || about || !listed {
                continue;
            }
            let at = At {
                report: self.report,
                file: path,
            };
            let list = path
                .split_once('/')
                .map(|(folder, _)| folder)
                .filter(|f| ["areas", "packs", "exercises"].contains(f));
            let help = match list {
                Some(folder) => format!("add it to `{folder}` in kit.yaml, or delete it"),
                None => "name it as the `file` of an exercise's material, or delete it".into(),
            };
            self.report.add(
                at.warning(
                    Span::default(),
                    "unused-file",
                    "nothing in the kit refers to this file",
                )
                .help(help),
            );
        }
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
