//! `seatrial check` of a part: its form, and what the scenarios beside it that use it make of it.

use std::{collections::BTreeMap, fs, path::Path, process::ExitCode};

use seatrial_scenario::{check_part, compile};
use seatrial_source::Severity;

use crate::{Outcome, check, say, scenario};

/// A part says `part:` where a scenario says `scenario:`.
pub fn is_part(path: &Path) -> bool {
    let said = |text: &str| text.lines().any(|line| line.starts_with("part:")) && !text.lines().any(|line| line.starts_with("scenario:"));
    scenario::bounded(path).is_ok_and(|bytes| said(&String::from_utf8_lossy(&bytes)))
}

pub fn check(path: &Path) -> Outcome {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let own = format!("parts/{name}");
    let mut files = BTreeMap::from([(own.clone(), scenario::bounded(path)?)]);
    let (head, mut found) = check_part(&files, &own);
    let mut users = Vec::new();
    if head.is_some() {
        let folder = path.parent().unwrap_or(Path::new("")).join("..");
        for below in ["parts", "scenarios", "material", "."] {
            gather(&folder, below, &mut files)?;
        }
        for entry in files.keys().filter(|path| !path.starts_with("parts/") && !path.starts_with("material/")) {
            let (compiled, diagnostics) = compile(&files, entry);
            if compiled.as_ref().is_some_and(|compiled| compiled.read.contains(&own)) || diagnostics.iter().any(|one| one.file == own) {
                users.push(entry.rsplit('/').next().unwrap_or(entry).trim_end_matches(".yaml").to_owned());
            }
            for one in diagnostics.into_iter().filter(|one| one.file == own) {
                if !found.iter().any(|there| (there.line, there.column, &there.message) == (one.line, one.column, &one.message)) {
                    found.push(one);
                }
            }
        }
    }
    let errors = found.iter().any(|one| one.severity == Severity::Error);
    let shown = path.display().to_string();
    let bytes = files.remove(&own).unwrap_or_default();
    found.iter_mut().for_each(|one| one.file.clone_from(&shown));
    check::draw(&found, &BTreeMap::from([(shown, bytes)]));
    let Some(head) = head.filter(|_| !errors) else { return Ok(ExitCode::from(2)) };
    let takes: Vec<String> = head.takes.iter().map(|(name, required)| if *required { format!("{name} (required)") } else { name.clone() }).collect();
    let list = |words: &[String], none: &str| if words.is_empty() { none.to_owned() } else { words.join(", ") };
    say(format_args!("part {}: takes {}; brings {}", head.name, list(&takes, "nothing"), list(&head.sections, "nothing")));
    say(format_args!("used by {}", list(&users, "no scenario here")));
    Ok(ExitCode::SUCCESS)
}

/// The YAML files of a folder beside the part's, by the path under which the language finds them.
fn gather(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), crate::Failure> {
    let Ok(entries) = fs::read_dir(folder.join(below)) else { return Ok(()) };
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".yaml") && !name.starts_with('.')) else { continue };
        // Beside the folder of parts may lie anything; what is a scenario says so.
        let bytes = scenario::bounded(&path)?;
        let key = if below == "." { format!("scenarios/{name}") } else { format!("{below}/{name}") };
        let running = below != "." || String::from_utf8_lossy(&bytes).lines().any(|line| line.starts_with("scenario:"));
        if running {
            files.entry(key).or_insert(bytes);
        }
    }
    Ok(())
}
