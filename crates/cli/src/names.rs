//! What the numbers of a system are called.

use std::collections::BTreeMap;

use seatrial_scenario::Compiled;
use seatrial_sim::engine::Part;
use seatrial_sim::system::{CallDef, Downable, HandlerId, OperationId, OperationKind, ParamId, Patch, RecordId, Statement, System, Target, TxDef};
use seatrial_sim::Id;

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
        Target::Handler(id) => handler(system, id),
        Target::Operation(id) => operation(system, id),
    }
}

/// The record that an operation makes, changes or finds.
pub fn record_of(system: &System, id: OperationId) -> Option<RecordId> {
    match system.operations[id.at()].kind {
        OperationKind::Create { record, .. } | OperationKind::Change { record, .. } | OperationKind::Find { record, .. } => Some(record),
        OperationKind::Report { .. } | OperationKind::Nothing => None,
    }
}

pub fn record(system: &System, record: RecordId, id: i64) -> String {
    format!("{} {}", system.records[record.at()].name, Id(id as u64).show(&system.shapes))
}

pub fn part(system: &System, part: Part) -> String {
    match part {
        Part::Client(id) => system.clients[id.at()].name.clone(),
        Part::Service(id) => system.services[id.at()].name.clone(),
        Part::Store(id) => system.stores[id.at()].name.clone(),
        Part::Provider(id) => system.providers[id.at()].name.clone(),
        Part::Topic(id) => system.topics[id.at()].name.clone(),
        Part::Group(id) => system.groups[id.at()].name.clone(),
        Part::Saga(id) => system.sagas[id.at()].name.clone(),
        Part::Support => "support".into(),
        Part::Operator => "operator".into(),
        Part::Telemetry => "telemetry".into(),
        Part::Oracle => "truth".into(),
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

/// What a transaction does: `inserts into charges, publishes to money`.
pub fn does(system: &System, tx: &TxDef) -> String {
    let statement = |statement: &Statement| match statement {
        Statement::Insert(insert) => format!("inserts into {}", system.tables[insert.table.at()].name),
        Statement::Move { find, to, .. } => {
            let table = &system.tables[find.table.at()];
            let state = table.states.get(usize::from(*to)).map_or("another state", String::as_str);
            format!("moves {} to {state}", table.name)
        }
        Statement::Update { find, .. } => format!("updates {}", system.tables[find.table.at()].name),
        Statement::Read { find, .. } => format!("reads {}", system.tables[find.table.at()].name),
        Statement::Publish(publish) => format!("publishes to {}", system.topics[system.publishes[publish.at()].topic.at()].name),
    };
    tx.statements.iter().map(statement).collect::<Vec<_>>().join(", ")
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
