//! Likely mistakes of a model, as it stands under a design and before any fault: each at its place, with the figure that
//! made it. What is said here is sure as far as a model can be: branches that may not be taken count for nothing, nobody
//! comes twice, nothing waits in a queue.
//!
//! Lives here: what is looked for, one file a subject. Does not live here: what can be wrong with the text of a scenario,
//! which the compiler says while it reads.

mod kept;
mod load;
mod reach;
mod retry;
mod time;
mod walk;

use std::collections::BTreeMap;

use seatrial_sim::System;
use seatrial_sim::system::{CallDef, HandlerId, NONE, OperationId, OperationKind, ParamId, Patch, Target};

use crate::model::{Compiled, InFile};
use crate::show;

/// Something that is worth a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// None where there is no place to point at.
    pub place: Option<InFile>,
    /// Stable, kebab-case.
    pub code: &'static str,
    /// What looks wrong, with its figure, without a full stop.
    pub message: String,
    /// What may be done.
    pub help: String,
}

/// All doubts about a scenario under a design, in the order of what they are about.
pub fn doubts(compiled: &Compiled, patches: &[Patch]) -> Vec<Doubt> {
    let mut params: Vec<i64> = compiled.system.params.iter().map(|param| param.value).collect();
    for patch in patches {
        if let Some(value) = params.get_mut(patch.param.at()) {
            *value = patch.value;
        }
    }
    let callers = callers(&compiled.system);
    let mut look = Look { compiled, system: &compiled.system, params, callers, found: Vec::new() };
    look.unreachable();
    look.timeouts();
    look.killed_while_starting();
    look.retries();
    look.nowhere_else();
    look.works_for_nobody();
    look.load();
    look.rows_of_nobody();
    look.nothing_happens();
    look.found
}

struct Look<'a> {
    compiled: &'a Compiled,
    system: &'a System,
    /// As they are under the design.
    params: Vec<i64>,
    /// By call.
    callers: Vec<Option<HandlerId>>,
    found: Vec<Doubt>,
}

impl Look<'_> {
    fn value(&self, param: ParamId) -> i64 {
        self.params.get(param.at()).copied().unwrap_or(0)
    }

    fn ratio(&self, param: ParamId) -> f64 {
        f64::from_bits(self.value(param) as u64)
    }

    fn doubt(&mut self, at: ParamId, code: &'static str, message: String, help: impl Into<String>) {
        let place = self.compiled.places.param(at).cloned();
        self.found.push(Doubt { place, code, message, help: help.into() });
    }

    fn step(&self, call: &CallDef) -> &str {
        self.system.steps.get(call.step.at()).map_or("", |step| step)
    }

    fn handler(&self, id: HandlerId) -> String {
        let def = &self.system.handlers[id.at()];
        format!("{}.{}", self.system.services[def.service.at()].name, def.name)
    }

    fn operation(&self, id: OperationId) -> String {
        let def = &self.system.operations[id.at()];
        format!("{}.{}", self.system.providers[def.provider.at()].name, def.name)
    }

    fn target(&self, call: &CallDef) -> String {
        match call.target {
            Target::Handler(id) => self.handler(id),
            Target::Operation(id) => self.operation(id),
        }
    }

    /// Calls that a handler, its blocks and its sagas may make.
    fn calls_of(&self, id: HandlerId) -> impl Iterator<Item = &CallDef> {
        self.system.calls.iter().zip(&self.callers).filter(move |(_, caller)| **caller == Some(id)).map(|(call, _)| call)
    }

    /// All calls, each with the handler that it belongs to; those of jobs and comparisons belong to none.
    fn calls(&self) -> impl Iterator<Item = (&CallDef, Option<HandlerId>)> {
        self.system.calls.iter().zip(self.callers.iter().copied())
    }

    /// A caller stops waiting before its callee can be through with its own calls.
    fn works_for_nobody(&mut self) {
        for call in &self.system.calls {
            let (Target::Handler(id), wait) = (call.target, self.value(call.policy.timeout)) else { continue };
            // What the callee may wait for, added up over its own calls.
            let waits = |inner: &CallDef| {
                self.value(inner.policy.timeout).saturating_mul(self.value(inner.policy.attempts).max(1))
            };
            let longest = self.calls_of(id).map(waits).fold(0, i64::saturating_add);
            if wait > 0 && longest > wait {
                let (step, name) = (self.step(call).to_owned(), self.handler(id));
                let (wait, longest) = (time_text(wait as f64), time_text(longest as f64));
                let message = format!("{step} waits {wait} for {name}, which may itself wait {longest}: it goes on working for nobody");
                self.doubt(call.policy.timeout, "works-for-nobody", message, "wait longer here, or less there");
            }
        }
    }

    fn nothing_happens(&mut self) {
        use seatrial_sim::system::Op;
        if !self.system.code.iter().any(|op| matches!(op, Op::Call(_) | Op::Fork(_) | Op::Transact(_) | Op::Work { .. } | Op::Batch(_))) {
            let message = "nothing in this system works, calls or keeps anything".to_owned();
            self.found.push(Doubt { place: None, code: "idle", message, help: String::new() });
        }
    }

    /// Whether an operation makes something, so that made twice it is there twice.
    fn creates(&self, call: &CallDef) -> Option<OperationId> {
        match call.target {
            Target::Operation(id) => {
                matches!(self.system.operations[id.at()].kind, OperationKind::Create { .. }).then_some(id)
            }
            Target::Handler(_) => None,
        }
    }

    fn has_key(&self, call: &CallDef) -> bool {
        self.value(call.policy.key) != NONE
    }
}

/// The handler that each call belongs to, by the path of its step: `service.handler.…`.
fn callers(system: &System) -> Vec<Option<HandlerId>> {
    let names = system.handlers.iter().map(|def| (system.services[def.service.at()].name.as_str(), def.name.as_str()));
    let places: BTreeMap<(&str, &str), HandlerId> = names.zip((0..).map(HandlerId)).collect();
    let caller = |call: &CallDef| {
        let mut words = system.steps.get(call.step.at())?.splitn(3, '.');
        places.get(&(words.next()?, words.next()?)).copied()
    };
    system.calls.iter().map(caller).collect()
}

/// Whom a call may reach: a module's handler wherever it may be.
fn called(system: &System, call: &CallDef) -> Vec<HandlerId> {
    match (call.placed, call.target) {
        (Some(placed), _) => system.placed[placed.at()].handlers.clone(),
        (None, Target::Handler(id)) => vec![id],
        (None, Target::Operation(_)) => Vec::new(),
    }
}

/// A time to three digits, as people write it.
fn time_text(ns: f64) -> String {
    let unit = 10f64.powi((ns.max(1.0).log10().floor() as i32 - 2).max(0));
    show::duration(((ns / unit).round() * unit) as i64)
}

/// A number to three digits.
fn number_text(value: f64) -> String {
    let text = match value {
        x if x >= 100.0 => format!("{x:.0}"),
        x if x >= 10.0 => format!("{x:.1}"),
        x => format!("{x:.2}"),
    };
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}
