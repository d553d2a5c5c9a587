//! What the numbers of a system are called.

use std::collections::BTreeMap;

use seatrial_scenario::Compiled;
use seatrial_sim::system::{CallDef, Downable, HandlerId, OperationId, ParamId, Patch, System, Target};

pub fn handler(system: &System, id: HandlerId) -> String {
    let def = &system.handlers[id.at()];
    format!("{}.{}", system.services[def.service.at()].name, def.name)
}

pub fn operation(system: &System, id: OperationId) -> String {
    let def = &system.operations[id.at()];
    format!("{}.{}", system.providers[def.provider.at()].name, def.name)
}

pub fn target(system: &System, call: &CallDef) -> String {
    match call.target {
        Target::Handler(id) if call.placed.is_some() => system.handlers[id.at()].name.clone(),
        Target::Handler(id) => handler(system, id),
        Target::Operation(id) => operation(system, id),
    }
}

pub fn down(system: &System, what: Downable) -> String {
    match what {
        Downable::Service(id) => system.services[id.at()].name.clone(),
        Downable::Store(id) => system.stores[id.at()].name.clone(),
        Downable::Provider(id) => system.providers[id.at()].name.clone(),
        Downable::Topic(id) => system.topics[id.at()].name.clone(),
        Downable::Group(id) => system.groups[id.at()].name.clone(),
    }
}

/// Parameters by the paths that set them.
pub struct Paths<'a> {
    compiled: &'a Compiled,
    by_param: BTreeMap<ParamId, &'a str>,
}

impl<'a> Paths<'a> {
    pub fn new(compiled: &'a Compiled) -> Paths<'a> {
        // A part's inner path and its public one may name the same parameter: the shorter reads better.
        let mut by_param: BTreeMap<ParamId, &str> = BTreeMap::new();
        for (path, info) in &compiled.paths {
            let known = by_param.entry(info.param).or_insert(path);
            if path.len() < known.len() {
                *known = path;
            }
        }
        Paths { compiled, by_param }
    }

    pub fn path(&self, param: ParamId) -> Option<&'a str> {
        self.by_param.get(&param).copied()
    }

    pub fn show(&self, param: ParamId, value: i64) -> String {
        self.path(param).map_or_else(|| value.to_string(), |path| self.compiled.show(path, value))
    }

    /// `payments.charge.psp.attempts = 3`.
    pub fn patch(&self, patch: &Patch) -> Option<String> {
        let path = self.path(patch.param)?;
        Some(format!("{path} = {}", self.compiled.show(path, patch.value)))
    }
}
