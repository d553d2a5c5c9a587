//! `decisions`: questions with options, or a bounded value; each option is a patch.

use std::collections::BTreeMap;

use seatrial_sim::system::{ParamKind, Patch};
use seatrial_source::{Entry, Fields, Node, Span, Value, clip, nearest};

use crate::cx::Cx;
use crate::model::{Answers, Choice, Decision};
use crate::show::read_plain;
use crate::slot::Kind;
use crate::unit;

/// Who set a path first.
type Setters = BTreeMap<String, (String, Span)>;

impl<'a> Cx<'a> {
    /// Blocks that only a patch names are written before the paths inside of them are looked up.
    pub fn name_blocks(&mut self, root: &'a Node) {
        let mut nodes: Vec<&'a Node> = Vec::new();
        for entry in self.section(root, "decisions") {
            let options = entry.value.get("options").map(|node| &node.value);
            if let Some(Value::Map(options)) = options {
                nodes.extend(options.iter().filter_map(|option| option.value.get("set")));
            }
        }
        for section in ["faults", "moves", "vary"] {
            nodes.extend(
                self.section(root, section)
                    .iter()
                    .filter_map(|entry| entry.value.get("set")),
            );
        }
        nodes.extend(super::versions::version_sets(self.section(root, "services")));
        for node in nodes {
            let Value::Map(entries) = &node.value else {
                continue;
            };
            for entry in entries {
                if let Some(&slot) = self.paths.get(&entry.key)
                    && matches!(self.slots[slot].kind, Kind::Block { .. })
                {
                    self.patches(slot, &entry.value, &entry.key);
                }
            }
        }
        self.write_blocks();
    }

    pub fn decisions(&mut self, root: &'a Node) -> Vec<Decision> {
        let mut setters = Setters::new();
        let mut decisions = Vec::new();
        for entry in self.section(root, "decisions") {
            if entry.key == "extends" {
                self.error(
                    entry.key_span,
                    "bad-name",
                    "`extends` is a word of designs",
                    "choose another name",
                );
            }
            let decision = self.at.map(&entry.value, "decision", |f| {
                let ask = f.text("ask");
                let answers = match (f.optional("options"), f.optional("sets")) {
                    (Some(options), None) => self.options(entry, options, &mut setters),
                    (None, Some(sets)) => self.bounded(entry, f, sets, &mut setters),
                    (Some(_), Some(_)) => {
                        f.error(
                            f.key("sets"),
                            "either-or",
                            "a decision has `options` or `sets` one value, not both",
                            "",
                        );
                        None
                    }
                    (None, None) => {
                        let help = "add `options:`, or `sets: path` with `from` and `to`";
                        f.error(
                            f.span(),
                            "missing-field",
                            "this decision has no `options`",
                            help,
                        );
                        None
                    }
                };
                answers.map(|answers| Decision {
                    name: entry.key.clone(),
                    ask,
                    answers,
                })
            });
            decisions.extend(decision.flatten());
        }
        decisions
    }

    fn options(
        &mut self,
        decision: &'a Entry,
        node: &'a Node,
        setters: &mut Setters,
    ) -> Option<Answers> {
        let entries = self.at.entries(node, "`options`");
        if entries.len() < 2 {
            self.error(
                node.span,
                "bad-value",
                "a decision has at least two options",
                "what else could one do?",
            );
        }
        let mut choices: Vec<Choice> = Vec::new();
        let mut mine = BTreeMap::new();
        for entry in entries {
            let choice = self
                .at
                .map(&entry.value, "option", |f| self.choice(entry, f, &mut mine));
            choices.extend(choice);
        }
        let defaults = choices.iter().filter(|choice| choice.default).count();
        if defaults != 1 && choices.len() == entries.len() {
            let message = format!("{defaults} options of `{}` are the default", decision.key);
            self.error(
                decision.key_span,
                "bad-default",
                message,
                "one option is the system as found: `{default: true}`",
            );
        }
        for (path, span) in mine {
            self.claim(setters, &decision.key, path, span);
        }
        Some(Answers::Options(choices))
    }

    fn choice(
        &mut self,
        entry: &'a Entry,
        f: &mut Fields<'a>,
        mine: &mut BTreeMap<String, Span>,
    ) -> Choice {
        let default = f.flag("default");
        let says = f.optional_text("says").value;
        let costs = f.optional("costs").map_or(0, |node| self.a_month(node));
        let set = f.optional("set");
        if let Some(node) = set
            && default
        {
            self.error(
                node.span,
                "bad-default",
                "the default is the system as found: it sets nothing",
                "write the value where it belongs",
            );
        }
        if set.is_none() && !default && costs == 0 {
            f.error(
                entry.key_span,
                "bad-value",
                format!("the option `{}` changes nothing", entry.key),
                "add `set:`",
            );
        }
        if let Some(Value::Map(entries)) = set.map(|node| &node.value) {
            for entry in entries {
                mine.entry(entry.key.clone()).or_insert(entry.key_span);
            }
        }
        let patches = set.map(|node| self.settings(node)).unwrap_or_default();
        Choice {
            name: entry.key.clone(),
            patches,
            costs_a_month: costs,
            default,
            says,
        }
    }

    pub fn a_month(&mut self, node: &'a Node) -> i64 {
        let text = match &node.value {
            Value::Scalar(scalar) => scalar.text.as_str(),
            _ => "",
        };
        match unit::money_a_month(text, &self.currency) {
            Ok(money) => money,
            Err(unit::Wrong::Negative) => {
                self.wrong(
                    node.span,
                    &Kind::Money,
                    "costs",
                    text,
                    unit::Wrong::Negative,
                );
                0
            }
            Err(_) => {
                let message = format!("`costs` must be money per month, but is `{}`", clip(text));
                self.error(
                    node.span,
                    "wrong-unit",
                    message,
                    format!("such as 900 {}/month", self.currency.code),
                );
                0
            }
        }
    }

    /// Two decisions that set one path: told at both places.
    fn claim(&self, setters: &mut Setters, decision: &str, path: String, span: Span) {
        match setters.get(&path) {
            Some((other, first)) if other != decision => {
                let tell = |span: Span, other: &str, place: Span| {
                    let there = self.at.report.mention(self.at.file, place);
                    let message = format!("the decision `{other}` sets `{path}` too, at {there}");
                    self.error(
                        span,
                        "path-set-twice",
                        message,
                        "a path belongs to one decision",
                    );
                };
                tell(span, other, *first);
                tell(*first, decision, span);
            }
            Some(_) => {}
            None => drop(setters.insert(path, (decision.to_owned(), span))),
        }
    }

    fn bounded(
        &mut self,
        decision: &Entry,
        f: &mut Fields<'a>,
        sets: &'a Node,
        setters: &mut Setters,
    ) -> Option<Answers> {
        let path = self.name(sets, "`sets`");
        let (from, to, default) = (f.required("from"), f.required("to"), f.optional("default"));
        let path = path?;
        let slot = self.find_path(&path.value, path.span)?;
        self.claim(setters, &decision.key, path.value.clone(), path.span);
        let slot = self.slots[slot].clone();
        let kind = slot.kind.param();
        if !matches!(
            kind,
            ParamKind::Duration
                | ParamKind::Count
                | ParamKind::Ratio
                | ParamKind::Rate
                | ParamKind::Money
        ) {
            let message = format!(
                "`{}` is {} and has no bounds",
                path.value,
                slot.kind.wanted(&self.currency).0
            );
            self.error(
                path.span,
                "wrong-type",
                message,
                "give the decision `options`",
            );
            return None;
        }
        let from = from.and_then(|node| {
            self.value(&slot.kind, node, "from")
                .map(|value| (value, node))
        });
        let to = to.and_then(|node| {
            self.value(&slot.kind, node, "to")
                .map(|value| (value, node))
        });
        let default_value = default.map(|node| self.value(&slot.kind, node, "default"));
        let found = self
            .system
            .params
            .get(slot.param.at())
            .map_or(0, |param| param.value);
        if let (Some(node), Some(Some(value))) = (default, default_value)
            && value != found
        {
            let there = self.at.report.mention(self.at.file, slot.span);
            let found = crate::show::show(kind, found, &self.currency, &[]);
            let message = format!(
                "the default is the system as found, and `{}` is {found} (at {there})",
                path.value
            );
            self.error(
                node.span,
                "bad-default",
                message,
                "change one of the two, or leave the default out",
            );
        }
        let ((from, _), (to, to_node)) = from.zip(to)?;
        if !ordered(kind, from, to) {
            self.error(
                to_node.span,
                "out-of-range",
                "`to` is not more than `from`",
                "",
            );
        } else if !ordered(kind, from, found) && from != found
            || !ordered(kind, found, to) && to != found
        {
            self.error(
                sets.span,
                "out-of-range",
                format!("`{}` as found lies outside of `from` and `to`", path.value),
                "",
            );
        }
        Some(Answers::Value {
            sets: path.value,
            param: slot.param,
            kind,
            from,
            to,
            default: found,
        })
    }
}

/// Whether one value is less than another.
pub(crate) fn ordered(kind: ParamKind, one: i64, other: i64) -> bool {
    match kind {
        ParamKind::Ratio | ParamKind::Rate => {
            f64::from_bits(one as u64) < f64::from_bits(other as u64)
        }
        _ => one < other,
    }
}

/// What a decision answered like this patches; what is wrong with the answer, otherwise.
pub(crate) fn read_selection(
    decision: &Decision,
    answer: &str,
    currency: &unit::Currency,
) -> Result<Vec<Patch>, (String, Option<String>)> {
    match &decision.answers {
        Answers::Options(choices) => match choices.iter().find(|choice| choice.name == answer) {
            Some(choice) => Ok(choice.patches.clone()),
            None => {
                let names = choices.iter().map(|choice| choice.name.as_str());
                let near = nearest(answer, names.clone()).map(str::to_owned);
                let known = names.collect::<Vec<_>>().join(", ");
                let message = format!(
                    "`{}` is no option of `{}`: one of {known}",
                    clip(answer),
                    decision.name
                );
                Err((message, near))
            }
        },
        Answers::Value {
            param,
            kind,
            from,
            to,
            ..
        } => {
            let shown = |value| crate::show::show(*kind, value, currency, &[]);
            let bounds = format!("from {} to {}", shown(*from), shown(*to));
            let value = read_plain(*kind, answer, currency).ok_or_else(|| {
                (
                    format!(
                        "`{}` of `{}` must be a value {bounds}",
                        clip(answer),
                        decision.name
                    ),
                    None,
                )
            })?;
            if ordered(*kind, value, *from) || ordered(*kind, *to, value) {
                return Err((
                    format!(
                        "`{}` of `{}` lies outside of {bounds}",
                        clip(answer),
                        decision.name
                    ),
                    None,
                ));
            }
            Ok(vec![Patch {
                param: *param,
                value,
            }])
        }
    }
}
