//! Designs as one writes them on a command line: a name, a file, and what differs from it.
//!
//! `weak`, `ours.yaml`, `weak+no_answer=stop`, `found+payments.charge.psp.attempts=3+wait=5s`. What differs is a decision
//! and its answer, or any path that can be set and its value.

use std::collections::BTreeMap;
use std::path::Path;

use seatrial_scenario::{Compiled, read_design};
use seatrial_sim::system::Patch;
use seatrial_source::nearest;
use seatrial_study::document::Design;

use crate::{
    Failure, check,
    scenario::{Scenario, bounded, options},
};

/// A design, and what it changes.
#[derive(Debug, Clone)]
pub struct Picked {
    pub design: Design,
    /// Values by path, beside what is decided.
    pub paths: BTreeMap<String, String>,
    pub patches: Vec<Patch>,
}

/// The word for the system as found.
pub const FOUND: &str = "found";

impl Scenario {
    /// A design, and settings on top of it. `asked`: what was written for a setting, for messages.
    pub fn picked(&self, name: Option<&str>, sets: &[&str], asked: impl Fn(&str) -> String) -> Result<Picked, Failure> {
        let mut design = Design { name: name.map(str::to_owned), answers: BTreeMap::new() };
        if let Some(name) = name {
            design.answers = self.answers(name)?;
        }
        let mut paths = BTreeMap::new();
        let mut set_there = Vec::new();
        for set in sets {
            let Some((knob, value)) = set.split_once('=') else {
                return Err(Failure::input(format!("{} has no `=`", asked(set))).hint(format!("write {}", asked(&self.example()))));
            };
            let (knob, value) = (knob.trim(), value.trim());
            if self.compiled.decision(knob).is_none() && self.compiled.paths.contains_key(knob) {
                let patch = self.compiled.set(knob, value).map_err(Failure::input)?;
                set_there.push(patch);
                paths.insert(knob.to_owned(), self.compiled.show(knob, patch.value));
            } else if self.compiled.decision(knob).is_some() {
                design.answers.insert(knob.to_owned(), value.to_owned());
            } else {
                return Err(self.no_knob(knob));
            }
        }
        let mut patches = self.compiled.design(&design.answers).map_err(|wrong| {
            Failure::input(wrong.join("\n          "))
                .hint(format!("decisions: {}; `seatrial explain` lists their options", self.decisions().join(", ")))
        })?;
        // A path that is named is meant, whatever a decision says of it.
        patches.extend(set_there);
        Ok(Picked { design, paths, patches })
    }

    /// `NAME`, `FILE`, `NAME+knob=value+…`.
    pub fn expression(&self, text: &str) -> Result<Picked, Failure> {
        // A file may have a plus in its name.
        let whole = self.compiled.named_design(text).is_some() || Path::new(text).exists();
        let mut parts = if whole { vec![text] } else { text.split('+').collect::<Vec<_>>() }.into_iter();
        let name = parts.next().map(str::trim).unwrap_or_default();
        let found = name.is_empty() || name == FOUND && self.compiled.named_design(FOUND).is_none();
        let sets: Vec<&str> = parts.collect();
        self.picked((!found).then_some(name), &sets, |set| match found {
            true => format!("{FOUND}+{set}"),
            false => format!("{name}+{set}"),
        })
    }

    pub fn decisions(&self) -> Vec<&str> {
        self.compiled.decisions.iter().map(|decision| decision.name.as_str()).collect()
    }

    /// There is nothing of this name to decide or to set.
    pub fn no_knob(&self, name: &str) -> Failure {
        let decisions = self.decisions();
        let paths = self.compiled.paths.keys().map(String::as_str);
        let hint = match nearest(name, decisions.iter().copied().chain(paths)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if decisions.is_empty() => "nothing is asked in this scenario; a path such as those of its decisions' `set` can be given".into(),
            None => format!("decisions: {}; `seatrial explain` lists their options, and the paths that they set", decisions.join(", ")),
        };
        Failure::input(format!("there is no decision and no path `{name}`")).hint(hint)
    }

    /// Something that could be set, for hints.
    pub fn example(&self) -> String {
        let first = self.compiled.decisions.first();
        let answer = |decision| options(decision).last().cloned().unwrap_or_else(|| "value".into());
        first.map_or_else(|| "decision=option".into(), |decision| format!("{}={}", decision.name, answer(decision)))
    }

    fn answers(&self, name: &str) -> Result<BTreeMap<String, String>, Failure> {
        if let Some(design) = self.compiled.named_design(name) {
            return Ok(design.answers.clone());
        }
        let file = Path::new(name);
        if !file.exists() {
            let names = self.compiled.designs.iter().map(|design| design.name.as_str());
            let hint = match nearest(name, names.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("designs of this scenario: {}; or name a file of `decision: option` lines", names.collect::<Vec<_>>().join(", ")),
            };
            return Err(Failure::input(format!("there is no design `{name}`, and no such file")).hint(hint));
        }
        let bytes = bounded(file)?;
        let (design, diagnostics) = read_design(&bytes, name, &self.compiled);
        if !diagnostics.is_empty() {
            check::draw(&diagnostics, &BTreeMap::from([(name.to_owned(), bytes)]));
        }
        design.map(|design| design.answers).ok_or_else(|| Failure::input(format!("the design in {name} has mistakes")))
    }
}

impl Picked {
    /// What it decides and sets, `knob value` each, in the order of the scenario.
    pub fn told(&self, compiled: &Compiled) -> Vec<String> {
        let decided = compiled.decisions.iter().filter_map(|decision| {
            let answer = self.design.answers.get(&decision.name)?;
            Some(format!("{} {answer}", decision.name))
        });
        decided.chain(self.paths.iter().map(|(path, value)| format!("{path} {value}"))).collect()
    }

    /// What a month costs, in minor units.
    pub fn costs_a_month(&self, compiled: &Compiled) -> i64 {
        compiled.costs_a_month(&self.design.answers)
    }

    /// With the values of paths among the answers, as documents show it.
    pub fn shown(&self) -> Design {
        let mut shown = self.design.clone();
        shown.answers.extend(self.paths.clone());
        shown
    }
}
