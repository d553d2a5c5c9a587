//! `seatrial check`: every mistake of a kit at once.

use std::{
    io::{IsTerminal, stderr, stdout},
    path::Path,
    process::ExitCode,
};

use seatrial_kit::{Sources, Style, render_all, summary};

use crate::{
    Outcome,
    files::{Loaded, load_folder},
    say,
};

pub fn check(dir: &Path) -> Outcome {
    let loaded = load_folder(dir)?;
    if loaded.has_errors() {
        report(&loaded, dir);
        return Ok(ExitCode::from(2));
    }
    report(&loaded, dir);
    if let Some(kit) = &loaded.kit {
        let questions: usize = kit.areas.iter().map(|a| a.prompts.len() + a.follow_ups.len()).sum();
        say(format_args!(
            "{} {} ({}): {} areas, {questions} questions, {} role packs, {} exercises",
            kit.id,
            kit.version,
            kit.hash,
            kit.areas.len(),
            kit.packs.len(),
            kit.exercises.len()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what is wrong. Paths start at the folder that was named, so that a terminal can open them.
pub fn report(loaded: &Loaded, dir: &Path) {
    let colour = stderr().is_terminal() && stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let place = dir.display().to_string();
    let place = place.trim_end_matches('/');
    let shown = |path: &str| format!("{place}/{path}");
    let files = loaded.files.iter().map(|(path, bytes)| (shown(path), bytes.clone())).collect();
    let diagnostics: Vec<_> = loaded
        .diagnostics
        .iter()
        .cloned()
        .map(|mut d| {
            d.file = shown(&d.file);
            d
        })
        .collect();
    if !diagnostics.is_empty() {
        eprintln!("{}", render_all(&diagnostics, &Sources::new(&files), Style { colour, ..Style::default() }));
    }
    eprintln!("{}", summary(&diagnostics));
}
