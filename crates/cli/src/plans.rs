//! Plans against the systems that they lead: a kit does not read scenarios, so what a plan calls by name is looked up here.

use std::collections::BTreeMap;

use seatrial_kit::{Diagnostic, Outside, OutsideKind, Sources};
use seatrial_scenario::{Answers, Compiled};
use seatrial_source::{PER_FILE, Report, nearest};

/// What plans name and their scenarios do not have, each at its place in the kit's files.
pub fn strays(files: &BTreeMap<String, Vec<u8>>, names: &[Outside], systems: &BTreeMap<String, Option<Compiled>>) -> Vec<Diagnostic> {
    let sources = Sources::new(files);
    let report = Report::new(&sources);
    names.iter().filter_map(|name| stray(name, systems.get(&name.scenario))).for_each(|stray| report.add(stray));
    report.finish(PER_FILE)
}

fn stray(name: &Outside, system: Option<&Option<Compiled>>) -> Option<Diagnostic> {
    let Some(system) = system else {
        // Said once, where the plan names its scenario.
        let path = format!("scenarios/{}.yaml", name.scenario);
        let missing = (name.kind == OutsideKind::Scenario)
            .then(|| Diagnostic::warning(&name.file, name.span, "no-system", format!("nothing runs under this plan: there is no {path}")))?;
        return Some(missing.help("it can be held talk-only; what it calls by name was not checked"));
    };
    // A scenario with mistakes has been told of; what it would have is not known.
    let system = system.as_ref()?;
    let (what, known): (String, Vec<&str>) = match &name.kind {
        OutsideKind::Scenario => return None,
        OutsideKind::Area => ("area".into(), system.areas.iter().map(String::as_str).collect()),
        OutsideKind::Fault => ("fault".into(), system.system.faults.iter().map(|fault| fault.name.as_str()).collect()),
        OutsideKind::Decision => ("decision".into(), system.decisions.iter().map(|one| one.name.as_str()).collect()),
        OutsideKind::Invariant => ("invariant".into(), system.system.invariants.iter().map(|one| one.name.as_str()).collect()),
        OutsideKind::Option { of } => {
            // A decision that is not there has been told.
            let Answers::Options(choices) = &system.decision(of)?.answers else {
                let message = format!("`{of}` is answered with a value, and `{}` is none", name.name);
                return Some(Diagnostic::error(&name.file, name.span, "no-such-name", message));
            };
            (format!("option of `{of}`"), choices.iter().map(|choice| choice.name.as_str()).collect())
        }
    };
    if known.contains(&name.name.as_str()) {
        return None;
    }
    let message = format!("the scenario {} has no {what} `{}`", name.scenario, name.name);
    let stray = Diagnostic::error(&name.file, name.span, "no-such-name", message);
    let near = nearest(&name.name, known.iter().copied());
    Some(match near {
        Some(near) => stray.suggest(Some(near)),
        None => stray.help(format!("it has {}", if known.is_empty() { "none".to_owned() } else { known.join(", ") })),
    })
}
