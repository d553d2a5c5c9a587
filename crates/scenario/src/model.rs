//! What a compiled scenario is.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_sim::System;
use seatrial_sim::system::{HandlerId, ParamId, ParamKind, Patch};
use seatrial_source::{Diagnostic, Span, nearest};

use crate::read::read_selection;
use crate::show;
use crate::unit::Currency;
use crate::variation::Variation;

/// A scenario that has no mistakes.
#[derive(Debug, Clone)]
pub struct Compiled {
    pub system: System,
    pub title: String,
    pub story: String,
    /// Areas of a kit, by their ids.
    pub areas: Vec<String>,
    /// SHA-256, in hex, over the path and content of each file that was read.
    pub hash: String,
    /// In the order of the file.
    pub decisions: Vec<Decision>,
    pub designs: Vec<DesignDef>,
    /// What else it can be held as.
    pub variations: Vec<Variation>,
    /// The variation that this is; none as it is written.
    pub variation: Option<String>,
    pub separates: Option<Separates>,
    /// Everything that may be patched, by path.
    pub paths: BTreeMap<String, PathInfo>,
    pub warnings: Vec<Diagnostic>,
    /// Paths of the files that were read: the scenario's own, and the parts that it uses.
    pub read: BTreeSet<String>,
    pub places: Places,
}

/// Where in the files things stand, for whoever has something to say about them.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// By parameter: where its value stands, or what it belongs to when it is left out.
    params: Vec<InFile>,
    /// By handler; those of jobs come last and have none.
    handlers: Vec<InFile>,
}

/// A place in one of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InFile {
    pub file: String,
    pub span: Span,
}

impl Places {
    pub(crate) fn new(params: Vec<InFile>, handlers: Vec<InFile>) -> Places {
        Places { params, handlers }
    }

    pub fn param(&self, param: ParamId) -> Option<&InFile> {
        self.params.get(param.at())
    }

    pub fn handler(&self, handler: HandlerId) -> Option<&InFile> {
        self.handlers.get(handler.at())
    }
}

/// A question about the system, and what can be answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    pub name: String,
    pub ask: String,
    pub answers: Answers,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Answers {
    Options(Vec<Choice>),
    /// Any value from `from` to `to`; `default` is the system as found. All three as a parameter holds them.
    Value {
        sets: String,
        param: ParamId,
        kind: ParamKind,
        from: i64,
        to: i64,
        default: i64,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub name: String,
    pub patches: Vec<Patch>,
    /// Minor units of the scenario's currency.
    pub costs_a_month: i64,
    /// The system as found.
    pub default: bool,
    pub says: String,
}

/// Answers under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignDef {
    pub name: String,
    pub extends: Option<String>,
    /// Option or value by decision, those of what it extends included.
    pub answers: BTreeMap<String, String>,
}

/// A design from a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Design {
    /// Option or value by decision, those of what it extends included.
    pub answers: BTreeMap<String, String>,
    pub patches: Vec<Patch>,
}

/// A place that may be patched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathInfo {
    pub param: ParamId,
    pub kind: ParamKind,
    /// For `ParamKind::Word`: the words and their values.
    pub words: &'static [(&'static str, i64)],
    /// Before a number that may stand instead of its words.
    pub counts: Option<&'static str>,
    /// For counts: the least and the most.
    pub bounds: Option<(i64, i64)>,
    /// Nothing is no value: a duration that must pass.
    pub needed: bool,
    /// A ratio that is at most 1.
    pub share: bool,
}

impl PathInfo {
    /// The number that stands in the place of a word.
    fn counted(&self, text: &str) -> Option<i64> {
        crate::unit::count(text.trim().strip_prefix(self.counts?)?).ok().filter(|count| (1..=1_000_000).contains(count))
    }

    /// What is wrong with a value of the right kind.
    fn refuses(&self, value: i64) -> Option<String> {
        if let Some((least, most)) = self.bounds.filter(|(least, most)| !(*least..=*most).contains(&value)) {
            return Some(format!("it must be between {least} and {most}"));
        }
        if self.needed && value == 0 {
            return Some("it must be more than nothing".into());
        }
        (self.share && f64::from_bits(value as u64) > 1.0).then(|| "a share is at most 100 %".into())
    }
}

/// What is claimed to tell the designs apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Separates {
    pub seeds: u32,
    pub pairs: Vec<Pair>,
    pub trades: Vec<Trade>,
}

/// `to` is better than `from` on the measure, by the gap at least.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// An invariant, or a measure such as `detect`.
    pub measure: String,
    pub from: String,
    pub to: String,
    pub gap: Gap,
}

/// `worse` is worse than `than` on the measure, by the gap at least.
#[derive(Debug, Clone, PartialEq)]
pub struct Trade {
    pub measure: String,
    pub worse: String,
    pub than: String,
    pub gap: Gap,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gap {
    /// Of the worse design's mean.
    Ratio(f64),
    DurationNs(u64),
    /// Minor units.
    Money(i64),
    /// Minor units.
    MoneyAMonth(i64),
}

impl Decision {
    /// All that any of its answers may set, as far as that is known beforehand.
    pub fn patches(&self) -> Vec<(ParamId, i64)> {
        match &self.answers {
            Answers::Options(choices) => choices
                .iter()
                .flat_map(|choice| &choice.patches)
                .map(|patch| (patch.param, patch.value))
                .collect(),
            Answers::Value {
                param, from, to, ..
            } => vec![(*param, *from), (*param, *to)],
        }
    }
}

impl Compiled {
    pub(crate) fn currency(&self) -> Currency {
        Currency {
            code: self.system.currency.clone(),
            digits: self.system.currency_digits,
        }
    }

    pub fn path(&self, path: &str) -> Option<ParamId> {
        self.paths.get(path).map(|info| info.param)
    }

    pub fn decision(&self, name: &str) -> Option<&Decision> {
        self.decisions.iter().find(|decision| decision.name == name)
    }

    pub fn named_design(&self, name: &str) -> Option<&DesignDef> {
        self.designs.iter().find(|design| design.name == name)
    }

    /// The patches of a set of answers: option or value by decision. What is wrong with them otherwise, one sentence each.
    pub fn design(&self, answers: &BTreeMap<String, String>) -> Result<Vec<Patch>, Vec<String>> {
        let mut patches = Vec::new();
        let mut wrong = Vec::new();
        let currency = self.currency();
        let hint = |near: Option<&str>| {
            near.map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default()
        };
        for (name, answer) in answers {
            let Some(decision) = self.decision(name) else {
                let near = nearest(
                    name,
                    self.decisions.iter().map(|decision| decision.name.as_str()),
                );
                wrong.push(format!("there is no decision `{name}`{}", hint(near)));
                continue;
            };
            match read_selection(decision, answer, &currency) {
                Ok(read) => patches.extend(read),
                Err((message, near)) => wrong.push(format!("{message}{}", hint(near.as_deref()))),
            }
        }
        if wrong.is_empty() {
            Ok(patches)
        } else {
            Err(wrong)
        }
    }

    /// What a set of answers costs a month, in minor units.
    pub fn costs_a_month(&self, answers: &BTreeMap<String, String>) -> i64 {
        let costs = self
            .decisions
            .iter()
            .map(|decision| match &decision.answers {
                Answers::Options(choices) => {
                    let chosen = |choice: &&Choice| match answers.get(&decision.name) {
                        Some(answer) => choice.name == *answer,
                        None => choice.default,
                    };
                    choices
                        .iter()
                        .find(chosen)
                        .map_or(0, |choice| choice.costs_a_month)
                }
                Answers::Value { .. } => 0,
            });
        costs.fold(0, i64::saturating_add)
    }

    /// A patch of any path, for values that need nothing compiled: what is wrong with it otherwise.
    pub fn set(&self, path: &str, text: &str) -> Result<Patch, String> {
        let Some(info) = self.paths.get(path) else {
            let near = nearest(path, self.paths.keys().map(String::as_str));
            let hint = near
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default();
            return Err(format!("there is no path `{path}`{hint}"));
        };
        if let Some((_, value)) = info.words.iter().find(|(word, _)| *word == text.trim()) {
            return Ok(Patch {
                param: info.param,
                value: *value,
            });
        }
        if let Some(value) = info.counted(text) {
            return Ok(Patch { param: info.param, value });
        }
        match show::read_plain(info.kind, text, &self.currency()) {
            Some(value) => match info.refuses(value) {
                None => Ok(Patch {
                    param: info.param,
                    value,
                }),
                Some(why) => Err(format!("`{text}` cannot be set at `{path}`: {why}")),
            },
            None => Err(format!(
                "`{text}` cannot be set at `{path}`: {}",
                show::wanted(info.kind)
            )),
        }
    }

    /// A parameter's value as people write it.
    pub fn show(&self, path: &str, value: i64) -> String {
        match self.paths.get(path) {
            Some(info) => show::show_in(&self.system, info, value, &self.currency()),
            None => value.to_string(),
        }
    }
}
