//! From files to a compiled scenario: what is read after what, and what is looked at once all of it has been.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_sim::system::{BLOCK, Breaker, REJECT, VIA_OUTBOX, concurrency};
use seatrial_source::{At, Diagnostic, PER_FILE, Report, Severity, Sources, Span, read_yaml};
use sha2::{Digest, Sha256};

use crate::cel::Pools;
use crate::cx::Cx;
use crate::model::{Compiled, Design, InFile, PathInfo, Places};
use crate::parts::{self, Whole};
use crate::slot::Kind;

const FORCED_OPEN: &[(&str, i64)] = &[("open", Breaker::FORCED_OPEN.to_bits() as i64)];

/// Reads the scenario in the file `entry`. Files are given by path; parts are looked for in `parts/` beside the
/// entry's folder and below it.
///
/// `entry` may end in `#name`: then it is the scenario's variation of that name, which has a hash of its own.
///
/// All mistakes come back, sorted by file and place; the scenario is there when none of them is an error. Never
/// panics, whatever the bytes are.
pub fn compile(
    files: &BTreeMap<String, Vec<u8>>,
    entry: &str,
) -> (Option<Compiled>, Vec<Diagnostic>) {
    let (entry, variation) = match entry.split_once('#') {
        Some((entry, name)) => (entry, Some(name)),
        None => (entry, None),
    };
    let sources = Sources::new(files);
    let report = Report::new(&sources);
    if sources.get(entry).is_none() {
        report.add(Diagnostic::error(
            entry,
            Span::default(),
            "missing-file",
            "there is no such file",
        ));
        return (None, report.finish(PER_FILE));
    }
    let compiled = parts::whole(&report, entry).map(|whole| lower(&report, entry, &whole, files));
    let compiled = compiled.map(|compiled| match variation.map(|name| compiled.varied(name)) {
        None => compiled,
        Some(Ok(varied)) => varied,
        Some(Err(message)) => {
            report.add(Diagnostic::error(entry, Span::default(), "unknown-name", message));
            compiled
        }
    });
    let errors = report.has_errors();
    let diagnostics = report.finish(PER_FILE);
    let compiled = compiled.filter(|_| !errors).map(|compiled| {
        let warnings = diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Warning)
            .cloned()
            .collect();
        Compiled {
            warnings,
            ..compiled
        }
    });
    (compiled, diagnostics)
}

fn lower(
    report: &Report<'_>,
    entry: &str,
    whole: &Whole,
    files: &BTreeMap<String, Vec<u8>>,
) -> Compiled {
    let root = &whole.tree;
    let mut cx = Cx::new(At::new(report, entry));
    let head = cx.head(root);
    // Names first, in the order in which they build on each other; then what is said about them.
    cx.records(root);
    cx.hide(root);
    cx.stores(root);
    cx.topics(root);
    cx.caches(root);
    cx.declare(root);
    cx.build_envs();
    cx.table_checks();
    cx.place_handlers();
    cx.providers(root);
    cx.modules(root);
    cx.services(root);
    cx.clients(root);
    cx.links(root);
    cx.secrets(root);
    cx.flags(root);
    cx.clocks(root);
    cx.telemetry(root);
    cx.measures(root);
    cx.alerts(root);
    cx.support(root);
    cx.invariants(root);
    // Patches last: by now every path is there.
    cx.name_blocks(root);
    cx.versions(root);
    cx.moves(root);
    cx.operator(root);
    cx.faults(root);
    let decisions = cx.decisions(root);
    let designs = cx.designs(root, &decisions);
    let variations = cx.variations(root, &decisions);
    let separates = cx.separates(root, &designs);
    cx.write_blocks();
    let begins = cx.begins();
    // Warnings are for what is whole: half of a scenario leaves much unused.
    if !report.has_errors() {
        cx.reach(root, &begins);
        cx.unused_blocks();
    }
    cx.outboxes(&decisions, &variations);
    cx.asks();
    cx.too_much();
    let Pools { texts, shapes } = std::mem::take(&mut cx.pools);
    cx.system.texts = texts;
    cx.system.shapes = shapes;
    let paths = cx.paths.iter().filter_map(|(path, slot)| {
        let slot = cx.slots.get(*slot)?;
        let words = match slot.kind {
            Kind::Word(words) => words,
            Kind::Full => &[("reject", REJECT), ("block", BLOCK)],
            Kind::InHand => &[("none", concurrency::NONE), ("aimd", concurrency::AIMD), ("gradient", concurrency::GRADIENT)],
            Kind::RateLimit => &[("none", 0)],
            Kind::FirstOf => &[("all", 0)],
            Kind::Breaker => FORCED_OPEN,
            _ => &[],
        };
        let bounds = match slot.kind {
            Kind::Count { least, most } => Some((least, most)),
            _ => None,
        };
        Some((
            path.clone(),
            PathInfo {
                param: slot.param,
                kind: slot.kind.param(),
                words,
                bounds,
                counts: match slot.kind {
                    Kind::Full => Some("backlog "),
                    Kind::InHand => Some(""),
                    _ => None,
                },
                needed: matches!(slot.kind, Kind::Duration),
                share: matches!(slot.kind, Kind::Share | Kind::Budget | Kind::Breaker),
            },
        ))
    });
    let place = |span: Span| {
        let (file, span) = report.locate(entry, span);
        InFile { file, span }
    };
    let params = cx.slots.iter().map(|slot| place(slot.span)).collect();
    let handlers = cx.known.handlers.iter().map(|handler| place(handler.span)).collect();
    Compiled {
        paths: paths.collect(),
        places: Places::new(params, handlers),
        read: whole.read.clone(),
        system: cx.system,
        title: head.title,
        story: head.story,
        areas: head.areas,
        hash: hash(files, &whole.read),
        decisions,
        designs,
        variations,
        variation: None,
        separates,
        warnings: Vec::new(),
    }
}

impl Cx<'_> {
    /// Stores keep an outbox when anything may publish through it; then something must publish it.
    fn outboxes(&mut self, decisions: &[crate::model::Decision], variations: &[crate::variation::Variation]) {
        let patched: BTreeSet<(seatrial_sim::system::ParamId, i64)> = decisions
            .iter()
            .flat_map(|decision| decision.patches())
            .chain(variations.iter().flat_map(|v| &v.patches).map(|patch| (patch.param, patch.value)))
            .collect();
        for (via, store, span) in std::mem::take(&mut self.known.vias) {
            let found = self.system.params[via.at()].value == VIA_OUTBOX;
            let chosen = patched.contains(&(via, VIA_OUTBOX));
            self.system.stores[store].outbox |= found || chosen;
            if (found || chosen) && !self.known.relays.contains(&store) {
                let name = self.known.stores.name(store);
                let message =
                    format!("messages go through the outbox of {name}, and nothing publishes it");
                self.error(
                    span,
                    "no-relay",
                    message,
                    format!("give a service a job `{{every: 200ms, relay: {name}}}`"),
                );
            }
        }
        for store in std::mem::take(&mut self.known.relays) {
            self.system.stores[store].outbox = true;
        }
    }

    fn asks(&self) {
        for (param, _) in &self.known.saga_asks {
            // Parameters and slots are made together, so they stand at the same places.
            let Some(slot) = self.slots.get(param.at()) else {
                continue;
            };
            self.can_ask(*param, self.system.params[param.at()].value, slot.span);
        }
    }

    /// Places are counted with 16 bits.
    fn too_much(&self) {
        let s = &self.system;
        let counts = [
            s.steps.len(),
            s.calls.len(),
            s.txs.len(),
            s.publishes.len(),
            s.sagas.len(),
            s.blocks.len(),
            s.tables.len(),
            s.topics.len(),
            s.services.len(),
            s.handlers.len(),
            s.dists.len(),
            s.operations.len(),
            s.versions.len(),
            s.defects.len(),
        ];
        if counts.iter().any(|count| *count > usize::from(u16::MAX)) {
            self.error(
                Span::default(),
                "too-many",
                "this scenario has more parts than can be counted",
                "divide it",
            );
        }
    }
}

/// SHA-256 over each file's path and bytes with their lengths, in order of the paths; in hex.
fn hash(files: &BTreeMap<String, Vec<u8>>, read: &BTreeSet<String>) -> String {
    let mut sha = Sha256::new();
    for (path, bytes) in files.iter().filter(|(path, _)| read.contains(*path)) {
        // The folder that a scenario lies in is nothing of it.
        let name = path
            .rsplit_once('/')
            .map_or(path.as_str(), |(_, name)| name);
        for part in [name.as_bytes(), bytes] {
            sha.update((part.len() as u64).to_be_bytes());
            sha.update(part);
        }
    }
    hex(&sha.finalize())
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a design from a file of its own: `decision: option` lines, and perhaps `extends: name` for one of the
/// scenario's.
pub fn read_design(
    bytes: &[u8],
    path: &str,
    compiled: &Compiled,
) -> (Option<Design>, Vec<Diagnostic>) {
    let files = BTreeMap::from([(path.to_owned(), bytes.to_vec())]);
    let sources = Sources::new(&files);
    let report = Report::new(&sources);
    let design = design_of(At::new(&report, path), compiled);
    let errors = report.has_errors();
    (design.filter(|_| !errors), report.finish(PER_FILE))
}

fn design_of(at: At<'_>, compiled: &Compiled) -> Option<Design> {
    let tree = read_yaml(at)?;
    let entries = at.entries(&tree, "a design");
    let (extends, mut answers) =
        crate::read::read_answers(at, entries, &compiled.decisions, &[], &compiled.currency());
    if let Some((name, span)) = extends {
        match compiled.named_design(&name) {
            Some(base) => {
                for (decision, answer) in &base.answers {
                    answers
                        .entry(decision.clone())
                        .or_insert_with(|| answer.clone());
                }
            }
            None => {
                let names = compiled.designs.iter().map(|design| design.name.as_str());
                let near = seatrial_source::nearest(&name, names.clone());
                let known = names.collect::<Vec<_>>().join(", ");
                let message = format!("there is no design `{}`", seatrial_source::clip(&name));
                at.report.add(
                    at.error(span, "unknown-name", message)
                        .help(format!("known: {known}"))
                        .suggest(near),
                );
            }
        }
    }
    let patches = compiled.design(&answers).ok()?;
    Some(Design { answers, patches })
}
