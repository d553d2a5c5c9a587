//! A fault in words, and the boxes of the picture that it strikes.

use seatrial_scenario::Compiled;
use seatrial_scenario::picture::{boxes as parts, struck};
use seatrial_sim::system::{Fault, FaultEffect, Patch};

use crate::words::{plain, span};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultWords {
    /// One for each thing that it does.
    pub says: Vec<String>,
    /// Places in the picture's list of boxes.
    pub boxes: Vec<usize>,
}

pub fn fault_words(compiled: &Compiled, fault: &Fault) -> FaultWords {
    let system = &compiled.system;
    let parts = parts(system);
    let mut boxes = Vec::new();
    let mut strikes = |name: &str| boxes.extend(parts.iter().position(|(_, part)| part == name));
    // What is lost is lost, however long the fault lasts.
    let (mut says, mut at_once) = (Vec::new(), Vec::new());
    for effect in &fault.effects {
        says.push(match effect {
            FaultEffect::RollOut(version) => {
                let version = &system.versions[version.at()];
                format!("{} of {} is rolled out", version.name, plain(&system.services[version.service.at()].name))
            }
            FaultEffect::Set(patch) => {
                let (path, value) = setting(compiled, *patch);
                strikes(path.split('.').next().unwrap_or_default());
                format!("{path} is {value}")
            }
            FaultEffect::Empty(cache) => {
                at_once.push(format!("all that {} keeps is gone", system.caches[cache.at()].name));
                continue;
            }
            FaultEffect::Down(down) => {
                let node = struck(*down, system);
                let name = parts.iter().find(|(part, _)| *part == node).map(|(_, name)| name.clone()).unwrap_or_default();
                strikes(&name);
                format!("{name} is down")
            }
            FaultEffect::Crash { service, replicas, after_step, .. } => {
                let name = &system.services[service.at()].name;
                strikes(name);
                let (many, die) = if *replicas == 1 { ("a replica".into(), "dies") } else { (format!("{replicas} replicas"), "die") };
                let after = after_step.map(|step| format!(" right after {}", system.steps[step.at()]));
                format!("{many} of {name} {die}{}", after.unwrap_or_default())
            }
            FaultEffect::Pause { service, replicas } => {
                let name = &system.services[service.at()].name;
                strikes(name);
                format!("{replicas} of {name} {} still: nothing runs, connections stay", if *replicas == 1 { "stands" } else { "stand" })
            }
            FaultEffect::Drain { service, replicas } => {
                let name = &system.services[service.at()].name;
                strikes(name);
                at_once.push(match replicas {
                    1 => format!("the machine of an instance of {name} is emptied: it ends, and another starts elsewhere"),
                    many => format!("the machines of {many} instances of {name} are emptied: they end, and others start elsewhere"),
                });
                continue;
            }
            FaultEffect::Lose { store, last } => {
                let name = &system.stores[store.at()].name;
                strikes(name);
                at_once.push(format!("{name} loses what was committed in the last {}", span(*last)));
                continue;
            }
            FaultEffect::Rotate(secret) => {
                at_once.push(format!("{} is rotated", plain(&system.secrets[secret.at()].name)));
                continue;
            }
            FaultEffect::Revoke(secret) => {
                at_once.push(format!("what is old or leaked of {} is to be revoked", plain(&system.secrets[secret.at()].name)));
                continue;
            }
            FaultEffect::Leak { secret, every, .. } => {
                format!("somebody else has {} and uses it every {}", system.secrets[secret.at()].name, span(*every))
            }
            FaultEffect::FailOver(store) => {
                let name = &system.stores[store.at()].name;
                strikes(name);
                at_once.push(format!("{name} fails, and its copy takes over"));
                continue;
            }
            FaultEffect::Migrate(migration) => {
                let migration = &system.migrations[migration.at()];
                let name = &system.stores[migration.store.at()].name;
                strikes(name);
                at_once.push(format!("{} changes tables of {name}, if it is due at all", migration.name));
                continue;
            }
            FaultEffect::Corrupt { topic, count } => {
                let name = &system.topics[topic.at()].name;
                strikes(name);
                let many = if *count == 1 { "a message".into() } else { format!("{count} messages") };
                format!("{many} in {name} cannot be read")
            }
        });
    }
    if fault.lasts > 0 {
        let lasts = span(fault.lasts);
        says.iter_mut().for_each(|one| one.push_str(&format!(" for {lasts}")));
    }
    says.append(&mut at_once);
    FaultWords { says, boxes }
}

/// A patch as people write it. A parameter may have several paths; the shortest names it best.
pub fn setting(compiled: &Compiled, patch: Patch) -> (String, String) {
    let paths = compiled.paths.iter().filter(|(_, info)| info.param == patch.param).map(|(path, _)| path);
    match paths.min_by_key(|path| path.len()) {
        Some(path) => {
            let shown = compiled.show(path, patch.value);
            (path.clone(), shown)
        }
        None => ("a value".into(), patch.value.to_string()),
    }
}
