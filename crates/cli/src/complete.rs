//! Whether a kit is whole: parts that nobody uses, scenarios that nobody can hold, and what a plan leaves out of its scenario.
//! Warnings only: each may be meant.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_kit::{Diagnostic, Kit, Outside, OutsideKind, Sources};
use seatrial_scenario::{Compiled, check_part};
use seatrial_source::{PER_FILE, Report, Severity, Span};

type Systems = BTreeMap<String, Option<Compiled>>;

/// Parts that no scenario of the kit uses: the form of each is looked at all the same.
pub fn unused_parts(files: &BTreeMap<String, Vec<u8>>, systems: &Systems) -> Vec<Diagnostic> {
    let used: BTreeSet<&String> = systems.values().flatten().flat_map(|compiled| &compiled.read).collect();
    let whole = systems.values().all(Option::is_some);
    let sources = Sources::new(files);
    let report = Report::new(&sources);
    for path in files.keys().filter(|path| path.starts_with("parts/") && path.ends_with(".yaml") && !used.contains(path)) {
        let (head, found) = check_part(files, path);
        let broken = found.iter().any(|one| one.severity == Severity::Error);
        // A scenario with mistakes may be the one that uses it, and has told of it.
        if !whole {
            continue;
        }
        found.into_iter().for_each(|one| report.add(one));
        if let Some(head) = head.filter(|_| !broken) {
            let message = format!("no scenario of this kit uses the part `{}`", head.name);
            let help = "say `use: [{part: …}]` in one, or delete it";
            report.add(Diagnostic::warning(path, head_of(&sources, path, "part:"), "unused-part", message).help(help));
        }
    }
    report.finish(PER_FILE)
}

/// What nobody will come to in an interview.
pub fn gaps(files: &BTreeMap<String, Vec<u8>>, kit: &Kit, names: &[Outside], systems: &Systems) -> Vec<Diagnostic> {
    let sources = Sources::new(files);
    let report = Report::new(&sources);
    for (id, system) in systems {
        let Some(system) = system else { continue };
        let path = format!("scenarios/{id}.yaml");
        let Some(plan) = kit.plan(id) else {
            // Named in kit.yaml it is offered to roles and areas, which count on it being held.
            if kit.scenarios.iter().any(|one| one.id == *id) {
                let message = format!("kit.yaml offers this scenario, and nobody can hold it: there is no plans/{id}.yaml");
                let help = format!("write a plan, and list {id} below `plans` in kit.yaml; without one it can be run and practised");
                report.add(Diagnostic::warning(&path, head_of(&sources, &path, "scenario:"), "no-plan", message).help(help));
            }
            continue;
        };
        let Some(head) = names.iter().find(|name| name.scenario == *id && name.kind == OutsideKind::Scenario) else { continue };
        let told: BTreeSet<&String> = plan.phases.iter().flat_map(|phase| &phase.decisions).collect();
        let left: Vec<&str> = system.decisions.iter().filter(|one| !told.contains(&one.name)).map(|one| one.name.as_str()).collect();
        if !left.is_empty() {
            let message = format!("no phase of this plan talks about {}", left.join(", "));
            let help = "add it to `decisions` of the phase in which it is weighed; a candidate can choose it all the same";
            report.add(Diagnostic::warning(&head.file, head.span, "decision-untold", message).help(help));
        }
    }
    report.finish(PER_FILE)
}

/// The line on which a file says what it is.
fn head_of(sources: &Sources, path: &str, key: &str) -> Span {
    let text = sources.get(path).map_or("", |source| source.text());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with(key) {
            return Span::new(at, at + line.trim_end().len());
        }
        at += line.len();
    }
    Span::default()
}
