//! A scenario made ready for rooms.

use std::collections::BTreeMap;
use std::sync::Arc;

use seatrial_scenario::{Answers, Compiled, Decision};
use seatrial_sim::System;
use seatrial_sim::system::Patch;

use crate::wiring::Wiring;

/// How long the system keeps what is quiet in a room: somebody may still ask about it, refund it or repair it.
const KEEPS_QUIET_NS: u64 = 900_000_000_000;

#[derive(Debug, Clone)]
pub struct Playable {
    pub compiled: Compiled,
    pub system: Arc<System>,
    pub wiring: Wiring,
    /// Whether faults come by themselves, at the moments that the scenario plans: where nobody is there to fire them.
    pub alone: bool,
}

impl Playable {
    pub fn new(compiled: Compiled) -> Playable {
        let mut system = compiled.system.clone();
        system.keeps_quiet = system.keeps_quiet.max(KEEPS_QUIET_NS);
        Playable { wiring: Wiring::new(&system), system: Arc::new(system), compiled, alone: false }
    }

    /// For somebody who is alone in the room: faults come by themselves.
    pub fn alone(mut self) -> Playable {
        self.alone = true;
        self
    }

    /// When a room opens: the warm-up is done.
    pub fn opens(&self) -> u64 {
        self.system.clock.warm_up
    }

    pub fn ends(&self) -> u64 {
        self.system.clock.ends()
    }

    pub fn decision(&self, name: &str) -> Option<(usize, &Decision)> {
        self.compiled.decisions.iter().enumerate().find(|(_, decision)| decision.name == name)
    }

    /// What people call a consumer group: `settlement.add`.
    pub fn group_name(&self, at: usize) -> String {
        let handler = &self.system.handlers[self.system.groups[at].handler.at()];
        format!("{}.{}", self.system.services[handler.service.at()].name, handler.name)
    }

    pub fn group(&self, name: &str) -> Option<usize> {
        (0..self.system.groups.len()).find(|at| self.group_name(*at) == name)
    }

    pub fn fault(&self, name: &str) -> Option<usize> {
        self.system.faults.iter().position(|fault| fault.name == name)
    }

    /// What a change of one decision sets: its own patches, and the system as found wherever another of its answers would
    /// have set something. None takes everything back to what was found.
    ///
    /// # Errors
    /// A sentence, when it is no answer to this decision.
    pub fn change(&self, decision: &Decision, answer: Option<&str>) -> Result<Vec<Patch>, String> {
        let mine = match answer {
            Some(answer) => {
                let answers = BTreeMap::from([(decision.name.clone(), answer.to_owned())]);
                self.compiled.design(&answers).map_err(|wrong| wrong.join("; "))?
            }
            None => Vec::new(),
        };
        let mut patches: Vec<Patch> = Vec::new();
        for (param, _) in decision.patches() {
            let known = mine.iter().chain(&patches).any(|patch| patch.param == param);
            if !known {
                patches.push(Patch { param, value: self.system.params[param.at()].value });
            }
        }
        patches.extend(mine);
        Ok(patches)
    }

    /// What an answer says, in words.
    pub fn says(&self, decision: &Decision, answer: Option<&str>) -> String {
        match &decision.answers {
            Answers::Options(choices) => {
                let chosen = choices.iter().find(|choice| match answer {
                    Some(answer) => choice.name == answer,
                    None => choice.default,
                });
                chosen.map_or_else(String::new, |choice| match choice.says.as_str() {
                    "" => choice.name.replace('_', " "),
                    says => says.to_owned(),
                })
            }
            Answers::Value { sets, default, .. } => match answer {
                Some(answer) => answer.to_owned(),
                None => self.compiled.show(sets, *default),
            },
        }
    }
}
