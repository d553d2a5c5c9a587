//! What the tests share: a small kit, the shipped one, and what to look for in their exports.
#![allow(dead_code, unused_imports)] // Each test file takes what it needs.

mod small;
mod small_plan;

pub use small::{kit, sheet};

use seatrial_kit::{Kit, load};
use std::collections::BTreeMap;
use std::path::Path;

/// The kit that ships with the repository.
pub fn shipped() -> Kit {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kits/microservices");
    let mut files = BTreeMap::new();
    read(&root, &root, &mut files);
    let (kit, diagnostics) = load(&files);
    kit.unwrap_or_else(|| panic!("the shipped kit has {} mistakes", diagnostics.len()))
}

fn read(root: &Path, dir: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(dir).expect("the kit's folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(root, &path, files);
        } else {
            let name = path
                .strip_prefix(root)
                .expect("below the root")
                .to_string_lossy()
                .replace('\\', "/");
            files.insert(name, std::fs::read(&path).expect("a file"));
        }
    }
}

/// Every text that is read aloud or listened for.
pub fn said(kit: &Kit) -> Vec<String> {
    let mut all = Vec::new();
    for area in &kit.areas {
        all.extend(area.prompts.iter().map(|p| p.text.clone()));
        all.extend(area.follow_ups.iter().map(|f| f.text.clone()));
        all.extend(area.signals.iter().map(|f| f.text.clone()));
    }
    all.extend(kit.exercises.iter().map(|e| e.prompt.clone()));
    for plan in &kit.plans {
        let phases = || plan.phases.iter();
        all.extend(
            phases()
                .flat_map(|p| &p.prompts)
                .map(|prompt| prompt.text.clone()),
        );
        all.extend(
            phases()
                .flat_map(|p| &p.follow_ups)
                .map(|f| f.text.clone()),
        );
        all.extend(phases().flat_map(|p| p.hints.iter().cloned()));
        all.extend(plan.signals.iter().map(|signal| signal.text.clone()));
        all.push(plan.guide.system.clone());
    }
    all
}

/// Every id that the kit gives.
pub fn ids(kit: &Kit) -> Vec<String> {
    let mut all = vec![kit.id.clone(), kit.hash.clone()];
    all.extend(kit.principles.iter().map(|p| p.id.clone()));
    for area in &kit.areas {
        all.push(area.id.clone());
        all.extend(area.prompts.iter().map(|p| p.id.clone()));
        all.extend(area.follow_ups.iter().map(|f| f.id.clone()));
        all.extend(area.signals.iter().map(|f| f.id.clone()));
        all.extend(area.red_flags.iter().map(|f| f.id.clone()));
        all.extend(area.phases.iter().map(|f| f.id.clone()));
        all.extend(area.rubric.behaviours.iter().map(|f| f.id.clone()));
    }
    for pack in &kit.packs {
        all.push(pack.id.clone());
        all.extend(pack.seniorities.iter().map(|x| x.id.clone()));
        all.extend(pack.sessions.iter().map(|x| x.id.clone()));
    }
    for exercise in &kit.exercises {
        all.push(exercise.id.clone());
        all.extend(exercise.material.iter().map(|x| x.id.clone()));
    }
    all.extend(kit.scenarios.iter().map(|x| x.id.clone()));
    for plan in &kit.plans {
        all.extend(plan.phases.iter().map(|x| x.id.clone()));
        all.extend(plan.signals.iter().map(|x| x.id.clone()));
        all.extend(plan.red_flags.iter().map(|x| x.id.clone()));
    }
    all.extend(kit.record_questions.iter().map(|x| x.id.clone()));
    all.extend(kit.regret_probes.iter().map(|x| x.id.clone()));
    all
}

/// Words only, so that line breaks and paragraphs do not matter.
pub fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
