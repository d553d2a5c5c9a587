//! Scenarios, expressions, designs and runs.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use seatrial_scenario::{Compiled, compile, doubts, picture, read_design};
use seatrial_sim::{Setup, Sim};
use seatrial_source::{Diagnostic, Severity};

use super::files::files;

const SMALL: &str = include_str!("small.yaml");

/// A scenario's text comes back as a system or with a mistake at a place, and what explains and draws it takes it as well.
/// Behind a line `--- NAME` stands the text of a part of that name.
pub fn scenario(bytes: &[u8]) {
    compiled(&files(bytes));
}

/// A text stands where an expression does: the first byte says where, in a step, in the oracle or in an alert.
pub fn expression(bytes: &[u8]) {
    let Some((first, Ok(text))) = bytes.split_first().map(|(first, rest)| (first, std::str::from_utf8(rest))) else { return };
    let mut quoted = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c => quoted.push(c),
        }
    }
    let place = usize::from(*first) % SOUND.len();
    let text = SOUND.iter().enumerate().fold(PLACES.to_owned(), |all, (at, (name, sound))| {
        all.replace(name, if at == place { &quoted } else { sound })
    });
    compiled(&BTreeMap::from([("scenarios/s.yaml".to_owned(), text.into_bytes())]));
}

/// A scenario with places for expressions, and what stands there when nothing else does.
const PLACES: &str = include_str!("places.yaml");
const SOUND: [(&str, &str); 5] =
    [("KEY", "job.id"), ("STEP", "job.price > eur(1)"), ("NEVER", "dones.size() > 1"), ("COSTS", "eur(1)"), ("WHEN", "error_ratio('desk') > 0.5")];

/// A design for a scenario that has no mistakes.
pub fn design(bytes: &[u8]) {
    static WORLD: LazyLock<Compiled> = LazyLock::new(|| {
        let files = BTreeMap::from([("scenarios/s.yaml".to_owned(), SMALL.as_bytes().to_vec())]);
        compile(&files, "scenarios/s.yaml").0.expect("it has no mistakes")
    });
    let (design, diagnostics) = read_design(bytes, "d.yaml", &WORLD);
    told(design.is_some(), &diagnostics);
    if let Some(design) = design {
        assert!(design.patches.iter().all(|patch| WORLD.system.accepts(patch)));
    }
}

/// A scenario that has no mistakes is run for a while: nothing panics, all that came in is accounted for, and where the run
/// was cut is nothing to its digest.
pub fn run(bytes: &[u8]) {
    let Some(compiled) = compiled(&files(bytes)) else { return };
    let system = Arc::new(compiled.system);
    let mut whole = Sim::new(Arc::clone(&system), &[], Setup::unattended(1));
    let mut until = 0;
    while whole.stopped().is_none() && whole.events() < EVENTS && until < system.clock.ends() {
        until += system.clock.ends() / 200 + 1_000_000;
        whole.advance(until);
    }
    if whole.stopped().is_none() {
        whole.conserved().unwrap_or_else(|astray| panic!("{astray}"));
    }
    let mut cut = Sim::new(system, &[], Setup::unattended(1));
    cut.advance(until / 3);
    let mut cut = cut.clone();
    cut.advance(until);
    assert_eq!((whole.digest(), whole.events()), (cut.digest(), cut.events()));
    drop(whole.report());
}

/// Enough for whatever happens to have happened, and not for ever.
const EVENTS: u64 = 20_000;

fn compiled(files: &BTreeMap<String, Vec<u8>>) -> Option<Compiled> {
    let (compiled, diagnostics) = compile(files, "scenarios/s.yaml");
    told(compiled.is_some(), &diagnostics);
    if let Some(compiled) = &compiled {
        drop(doubts(compiled, &[]));
        drop(picture::picture(&compiled.system));
    }
    compiled
}

/// It is there, or why not is told.
fn told(there: bool, diagnostics: &[Diagnostic]) {
    let errors = diagnostics.iter().any(|d| d.severity == Severity::Error);
    assert!(there != errors, "it is there when there are no errors");
    for told in diagnostics {
        assert!(!told.message.is_empty() && told.line >= 1 && told.column >= 1, "{told}");
    }
}
