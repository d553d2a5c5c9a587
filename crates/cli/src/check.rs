//! `seatrial check`: every mistake of a kit at once, its scenarios and their plans included; or of one scenario, or one part.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{IsTerminal, stderr, stdout},
    path::Path,
    process::ExitCode,
};

use seatrial_kit::{Diagnostic, Sources, Style, render_all, summary};

use crate::{
    Outcome, complete,
    files::{self, Loaded, load_files},
    part, plans, say, scenario,
};

pub fn check(path: &Path) -> Outcome {
    if path.is_dir() || !is_scenario(path) { folder(path) } else { file(path) }
}

/// Whether a path that is no folder looks like a scenario's file; a word without an end is a folder that is missing.
fn is_scenario(path: &Path) -> bool {
    let yaml = path.extension().is_some_and(|end| end == "yaml" || end == "yml");
    yaml || path.to_str().is_some_and(|word| crate::files::scenarios().iter().any(|name| name == word))
}

fn file(path: &Path) -> Outcome {
    if part::is_part(path) {
        return part::check(path);
    }
    let Some(compiled) = scenario::checked(path)? else { return Ok(ExitCode::from(2)) };
    let system = &compiled.system;
    let parts = [
        (system.services.len(), "service"),
        (compiled.decisions.len(), "decision"),
        (system.invariants.len(), "invariant"),
        (system.faults.len(), "fault"),
        (compiled.designs.len(), "design"),
    ];
    let parts = parts.map(|(number, one)| crate::figures::counted(number as u64, one)).join(", ");
    say(format_args!("{} ({}): {parts}", system.name, &compiled.hash[..12]));
    Ok(ExitCode::SUCCESS)
}

/// A kit with everything that can be wrong in it: its own files, its scenarios and parts, and what one says of another.
pub fn whole(files: BTreeMap<String, Vec<u8>>) -> Loaded {
    let mut loaded = load_files(files);
    let mut systems = BTreeMap::new();
    let mut found = BTreeSet::new();
    for path in loaded.files.keys().filter(|path| path.starts_with("scenarios/") && path.ends_with(".yaml")) {
        let (compiled, diagnostics) = seatrial_scenario::compile(&loaded.files, path);
        // A mistake in a part is found by each scenario that uses it, and told once.
        let new = |one: &Diagnostic| found.insert((one.file.clone(), one.line, one.column, one.message.clone()));
        loaded.diagnostics.extend(diagnostics.into_iter().filter(new).collect::<Vec<_>>());
        let id = path.trim_start_matches("scenarios/").trim_end_matches(".yaml");
        systems.insert(id.to_owned(), compiled);
    }
    loaded.diagnostics.extend(complete::unused_parts(&loaded.files, &systems));
    // What a broken kit calls by name may be what is broken in it.
    if !loaded.has_errors() {
        loaded.diagnostics.extend(plans::strays(&loaded.files, &loaded.names, &systems));
    }
    if let Some(kit) = loaded.kit.as_ref().filter(|_| !loaded.has_errors()) {
        loaded.diagnostics.extend(complete::gaps(&loaded.files, kit, &loaded.names, &systems));
    }
    loaded
}

fn folder(dir: &Path) -> Outcome {
    let loaded = whole(files::read_folder(dir)?);
    let count = loaded.files.keys().filter(|path| path.starts_with("scenarios/") && path.ends_with(".yaml")).count();
    report(&loaded, dir);
    if loaded.has_errors() {
        return Ok(ExitCode::from(2));
    }
    if let Some(kit) = &loaded.kit {
        let questions: usize = kit.areas.iter().map(|a| a.prompts.len() + a.follow_ups.len()).sum();
        say(format_args!(
            "{} {} ({}): {} areas, {questions} questions, {} role packs, {} exercises, {count} scenarios, {}",
            kit.id,
            kit.version,
            kit.hash,
            kit.areas.len(),
            kit.packs.len(),
            kit.exercises.len(),
            match kit.plans.len() {
                1 => "1 of them with a plan".to_owned(),
                with => format!("{with} of them with plans"),
            }
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what is wrong. Paths start at the folder that was named, so that a terminal can open them.
pub fn report(loaded: &Loaded, dir: &Path) {
    report_of(&loaded.files, &loaded.diagnostics, dir);
}

fn report_of(files: &BTreeMap<String, Vec<u8>>, diagnostics: &[Diagnostic], dir: &Path) {
    let place = dir.display().to_string();
    let place = place.trim_end_matches('/');
    let shown = |path: &str| format!("{place}/{path}");
    let files = files.iter().map(|(path, bytes)| (shown(path), bytes.clone())).collect();
    let diagnostics: Vec<_> = diagnostics
        .iter()
        .cloned()
        .map(|mut d| {
            d.file = shown(&d.file);
            d
        })
        .collect();
    draw(&diagnostics, &files);
}

/// Diagnostics with their places underlined, and how many there are.
pub fn draw(diagnostics: &[Diagnostic], files: &BTreeMap<String, Vec<u8>>) {
    let colour = stderr().is_terminal() && stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    if !diagnostics.is_empty() {
        eprintln!("{}", render_all(diagnostics, &Sources::new(files), Style { colour, ..Style::default() }));
    }
    eprintln!("{}", summary(diagnostics));
}
