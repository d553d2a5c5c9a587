//! `seatrial explain`: a scenario in words, as it stands under a design.

use std::process::ExitCode;

use clap::Args;
use seatrial_scenario::{Answers, Decision};
use seatrial_sim::system::{FaultEffect, InvariantKind, ParamId, System};
use seatrial_source::Diagnostic;

use crate::{
    Outcome,
    designs::Picked,
    figures::{counted, money, time},
    names::{self, Paths},
    paint::{Paint, pad, tame, wrap},
    say,
    scenario::{Chosen, Scenario, load},
};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    seatrial explain charged-not-settled\n  \
    seatrial explain my/scenario.yaml --design good      what is in force under that design\n\n\
    The last section is what is worth a second look, each at file:line:column with its figure: utilisation\n\
    above 1 before any fault, timeouts below the callee's median, retries that cannot help, handlers that\n\
    nobody calls, and others.")]
pub struct ExplainArgs {
    #[command(flatten)]
    chosen: Chosen,
}

pub fn explain(args: &ExplainArgs) -> Outcome {
    let scenario = load(&args.chosen.file)?;
    let picked = scenario.pick(&args.chosen)?;
    let words = Words { paths: Paths::new(&scenario.compiled), scenario: &scenario, picked: &picked, paint: Paint::stdout() };
    say(words.all());
    Ok(ExitCode::SUCCESS)
}

pub(crate) struct Words<'a> {
    scenario: &'a Scenario,
    picked: &'a Picked,
    pub(crate) paths: Paths<'a>,
    pub(crate) paint: Paint,
}

impl Words<'_> {
    pub(crate) fn system(&self) -> &System {
        &self.scenario.compiled.system
    }

    fn all(&self) -> String {
        let compiled = &self.scenario.compiled;
        let mut parts = vec![format!("{}  {}", self.paint.strong(&tame(&compiled.title)), self.paint.faint(&compiled.system.name))];
        let clock = compiled.system.clock;
        let [play, warm_up, drain] = [clock.play, clock.warm_up, clock.drain].map(|ns| time(ns as f64));
        let span = format!("{play} of play after {warm_up} of warm-up, then {drain} to finish work");
        parts[0] += &format!("\n{}\n{}", wrap(&tame(&compiled.story), 0), self.paint.faint(&span));
        let sections = [
            ("Who comes", self.clients()),
            ("What runs", self.services()),
            ("What runs by itself", self.jobs()),
            ("What keeps and carries", self.stores()),
            ("Whom it depends on", self.providers()),
            ("What lies between", self.links()),
            ("What calls somebody", self.alerts()),
            ("Who answers", self.people()),
            ("What can be decided", self.decisions()),
            ("What can go out", self.versions()),
            ("What may become of tables", self.migrations()),
            ("What can be done by hand", self.by_hand()),
            ("What goes wrong", self.faults()),
            ("What must be true", self.invariants()),
            ("Worth a second look", self.doubts()),
        ];
        let told = sections.into_iter().filter(|(_, lines)| !lines.is_empty());
        parts.extend(told.map(|(head, lines)| format!("{}\n{}", self.paint.strong(head), lines.join("\n"))));
        parts.join("\n\n")
    }

    /// A parameter as it is under the design.
    pub(crate) fn value(&self, param: ParamId) -> i64 {
        let set = self.picked.patches.iter().rev().find(|patch| patch.param == param);
        set.map_or_else(|| self.system().params[param.at()].value, |patch| patch.value)
    }

    pub(crate) fn show(&self, param: ParamId) -> String {
        self.paths.show(param, self.value(param))
    }

    pub(crate) fn ratio(&self, param: ParamId) -> f64 {
        f64::from_bits(self.value(param) as u64)
    }

    fn decisions(&self) -> Vec<String> {
        self.scenario.compiled.decisions.iter().map(|decision| self.decision(decision)).collect()
    }

    fn decision(&self, decision: &Decision) -> String {
        let compiled = &self.scenario.compiled;
        let system = self.system();
        let answer = self.picked.design.answers.get(&decision.name);
        let mut out = format!("  {} {}", self.paint.strong(&decision.name), tame(&decision.ask));
        match &decision.answers {
            Answers::Options(choices) => {
                let width = choices.iter().map(|choice| choice.name.len()).max().unwrap_or(0);
                for choice in choices {
                    let chosen = answer.map_or(choice.default, |answer| *answer == choice.name);
                    let mut sets: Vec<String> = choice.patches.iter().filter_map(|patch| self.paths.patch(patch)).collect();
                    if choice.default {
                        sets.insert(0, "as found".into());
                    }
                    if choice.costs_a_month != 0 {
                        sets.push(format!("costs {} a month", money(choice.costs_a_month, &system.currency, system.currency_digits)));
                    }
                    let mark = if chosen { "›" } else { " " };
                    let under = |text: &str| wrap(text, width + 7);
                    let says = tame(&choice.says);
                    let head = if says.is_empty() { sets.join(", ") } else { says.to_string() };
                    out += &format!("\n    {mark} {} {}", pad(&choice.name, width), under(&head).trim_start());
                    if !choice.says.is_empty() && !sets.is_empty() {
                        out += &format!("\n{}", self.paint.faint(&under(&sets.join(", "))));
                    }
                }
            }
            Answers::Value { sets, from, to, default, .. } => {
                let show = |value| compiled.show(sets, value);
                let now = answer.map(|answer| format!(", here {}", tame(answer))).unwrap_or_default();
                out += &format!("\n    {sets} from {} to {}; as found {}{now}", show(*from), show(*to), show(*default));
            }
        }
        out
    }

    fn faults(&self) -> Vec<String> {
        let system = self.system();
        let say = |fault: &seatrial_sim::system::Fault| {
            let effects: Vec<String> = fault.effects.iter().map(|effect| self.effect(effect)).collect();
            let lasts = if fault.lasts > 0 { format!(", for {}", time(fault.lasts as f64)) } else { String::new() };
            wrap(&format!("{}, after {}{lasts}: {}", fault.name, time(fault.at as f64), effects.join(", ")), 2)
        };
        system.faults.iter().map(say).collect()
    }

    fn effect(&self, effect: &FaultEffect) -> String {
        let system = self.system();
        match effect {
            FaultEffect::Set(patch) => self.paths.patch(patch).unwrap_or_else(|| "a value changes".into()),
            FaultEffect::Empty(cache) => format!("all that {} keeps is gone", system.caches[cache.at()].name),
            FaultEffect::Down(what) => format!("{} is down", names::down(system, *what)),
            FaultEffect::Crash { service, replicas, after_step, .. } => {
                let who = format!("{} of {}", counted(u64::from(*replicas), "replica"), system.services[service.at()].name);
                let dies = if *replicas == 1 { "dies" } else { "die" };
                match after_step {
                    Some(step) => format!("{who} {dies} just after {}", system.steps[step.at()]),
                    None => format!("{who} {dies}"),
                }
            }
            FaultEffect::Pause { service, replicas } => format!("{replicas} of {} stand still", system.services[service.at()].name),
            FaultEffect::Drain { service, replicas } => {
                let name = &system.services[service.at()].name;
                format!("{} of {name} told to end, and others start elsewhere", if *replicas == 1 { "one is".into() } else { format!("{replicas} are") })
            }
            FaultEffect::Lose { store, last } => {
                format!("{} loses what was committed in the last {}", system.stores[store.at()].name, time(*last as f64))
            }
            FaultEffect::Rotate(secret) => format!("{} is rotated", system.secrets[secret.at()].name),
            FaultEffect::Revoke(secret) => {
                format!("what is old or leaked of {} is to be revoked", system.secrets[secret.at()].name)
            }
            FaultEffect::Leak { secret, every, .. } => {
                format!("somebody else has {} and uses it every {}", system.secrets[secret.at()].name, time(*every as f64))
            }
            FaultEffect::FailOver(store) => format!("{} fails, and its copy takes over", system.stores[store.at()].name),
            FaultEffect::RollOut(version) => {
                let version = &system.versions[version.at()];
                format!("{} of {} is rolled out", version.name, system.services[version.service.at()].name)
            }
            FaultEffect::Migrate(migration) => {
                let migration = &system.migrations[migration.at()];
                let later = match self.value(migration.at) {
                    0 => String::new(),
                    _ => format!(" {} later", self.show(migration.at)),
                };
                format!("{}.{} begins{later}", system.stores[migration.store.at()].name, migration.name)
            }
            FaultEffect::Corrupt { topic, count } => {
                format!("{} of {} cannot be read", counted(u64::from(*count), "message"), system.topics[topic.at()].name)
            }
        }
    }

    fn invariants(&self) -> Vec<String> {
        let system = self.system();
        let say = |invariant: &seatrial_sim::system::Invariant| {
            let of = invariant.each.map(|record| format!("each {}", system.records[record.at()].name)).unwrap_or_else(|| "the whole".into());
            let text = |at: seatrial_sim::system::ExprId| {
                let text = system.expr_texts[at.at()].split_whitespace().collect::<Vec<_>>().join(" ");
                tame(&text)
            };
            let when = match invariant.kind {
                InvariantKind::Never(of) => format!("at no moment {}", text(of)),
                InvariantKind::Eventually { when, then, within } => {
                    let since = text(when);
                    let since = if since == "true" { "coming".into() } else { since };
                    format!("within {} of {since} there is {}", self.show(within), text(then))
                }
                InvariantKind::AtEnd(of) => format!("at the end {}", text(of)),
            };
            let ticket = if invariant.ticket.is_some() { "; some write a ticket" } else { "" };
            let head = format!("{}: for {of}; else the {} is hurt{ticket}", invariant.name, tame(&invariant.hurts));
            format!("{}\n{}", wrap(&head, 2), self.paint.faint(&wrap(&when, 6)))
        };
        system.invariants.iter().map(say).collect()
    }

    /// Likely mistakes: of the design or of the model; a person decides which. Each at its place.
    fn doubts(&self) -> Vec<String> {
        let compiled = &*self.scenario.compiled;
        let found = self.scenario.located(seatrial_scenario::doubts(compiled, &self.picked.patches));
        let told = |doubt: &Diagnostic| {
            let place = if doubt.span.is_empty() { String::new() } else { format!("{}:{}:{}: ", doubt.file, doubt.line, doubt.column) };
            let help = if doubt.help.is_empty() { String::new() } else { format!("\n{}", self.paint.faint(&wrap(&doubt.help, 6))) };
            let head = self.paint.unsure(&format!("{place}warning[{}]", doubt.code));
            format!("  {head}\n{}{help}", wrap(&format!("{}.", tame(&doubt.message)), 4))
        };
        found.iter().map(told).collect()
    }
}
