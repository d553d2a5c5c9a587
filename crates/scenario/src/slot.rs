//! A place that can be patched: its path, its parameter, and how a value for it is read. The file's own value and
//! the values of decisions and faults are read by the same code.

use std::rc::Rc;

use seatrial_sim::system::{BlockId, Breaker, NONE, ParamId, ParamKind, Patch};
use seatrial_source::{Kind as Yaml, Node, Span, Value, clip};

use crate::cx::Cx;
use crate::scope::Scope;
use crate::unit::{self, Currency, DistOf, Wrong};

#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub param: ParamId,
    pub kind: Kind,
    /// Where its value stands, or where it would stand.
    pub span: Span,
}

/// What a value may be.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// More than nothing.
    Duration,
    /// `none` is 0.
    Limit,
    Count {
        least: i64,
        most: i64,
    },
    Flag,
    /// From 0 to 1.
    Share,
    /// From 0 on.
    Factor,
    /// A share, or `none`, which is negative.
    Budget,
    /// A share, or `none`, which is 0.
    Breaker,
    /// A factor of at least 1, or `none`, which is 0.
    Throttle,
    /// `none` is 0.
    Bulkhead,
    /// A number, or `all`, which is 0.
    FirstOf,
    /// What a full queue does.
    Full,
    /// A limit on what is in hand.
    InHand,
    Rate,
    Dist(DistOf),
    /// A time that is drawn, or `none`, which is `NONE`.
    Patience,
    /// An idempotency key in a step's scope, or `none`.
    Key(Rc<Scope>),
    /// A block, at a place that uses one.
    Block {
        site: usize,
    },
    Outcomes,
    Backoff,
    /// A back-off, or `never`, which is `NONE`: nobody tells.
    Nack,
    Money,
    Word(&'static [(&'static str, i64)]),
    Park,
    /// A rate with a burst; the burst is the parameter after it.
    RateLimit,
    /// A number of instances, or a share of them in whole per cent.
    Portion,
    Bytes,
}

pub(crate) const MANY: i64 = 1_000_000;

impl Kind {
    pub fn count(least: i64) -> Kind {
        Kind::Count { least, most: MANY }
    }

    pub fn param(&self) -> ParamKind {
        match self {
            Kind::Duration | Kind::Limit => ParamKind::Duration,
            Kind::Count { .. } | Kind::Bulkhead | Kind::FirstOf | Kind::Bytes => ParamKind::Count,
            Kind::Flag => ParamKind::Flag,
            Kind::Share | Kind::Factor | Kind::Budget | Kind::Breaker | Kind::Throttle => {
                ParamKind::Ratio
            }
            Kind::Rate | Kind::RateLimit => ParamKind::Rate,
            Kind::Dist(_) | Kind::Patience => ParamKind::Dist,
            Kind::Key(_) => ParamKind::Expr,
            Kind::Block { .. } => ParamKind::Block,
            Kind::Outcomes => ParamKind::Outcomes,
            Kind::Backoff | Kind::Nack => ParamKind::Backoff,
            Kind::Money => ParamKind::Money,
            Kind::Word(_) | Kind::Full | Kind::InHand => ParamKind::Word,
            Kind::Park => ParamKind::Park,
            Kind::Portion => ParamKind::Portion,
        }
    }

    /// What is expected, and how it looks.
    pub fn wanted(&self, currency: &Currency) -> (String, String) {
        let (what, example) = match self {
            Kind::Duration => ("a duration", "250ms, 3s or 1h30m".to_owned()),
            Kind::Limit => ("a duration or `none`", "250ms, 3s or 1h30m".to_owned()),
            Kind::Count { .. } => ("a whole number", "write it without a unit".to_owned()),
            Kind::Flag => ("`true` or `false`", String::new()),
            Kind::Share => ("a share from 0 to 100 %", "35% or 0.35".to_owned()),
            Kind::Factor => ("a factor", "3 or 150%".to_owned()),
            Kind::Budget => ("a share or `none`", "20% or 0.2".to_owned()),
            Kind::Breaker => ("a share, `none` or `open`", "50% or 0.5".to_owned()),
            Kind::Throttle => ("a factor from 1 on, or `none`", "2".to_owned()),
            Kind::Bulkhead => ("a whole number or `none`", "10".to_owned()),
            Kind::FirstOf => ("a whole number or `all`", "2".to_owned()),
            Kind::Full => ("what a full queue does", "reject, block, backlog 128".to_owned()),
            Kind::InHand => ("a limit on what is in hand", "none, 50, aimd, gradient".to_owned()),
            Kind::Rate => ("a rate", "20/s, 90/m or 5/h".to_owned()),
            Kind::RateLimit => ("a rate with a burst, or `none`", "100/s burst 200".to_owned()),
            Kind::Dist(DistOf::Time) => {
                ("a duration or a distribution of one", "3ms, exp 3ms, lognormal 220ms cv 0.8, uniform 1ms..5ms".to_owned())
            }
            Kind::Patience => ("a duration, a distribution of one, or `none`", "500ms, exp 2s".to_owned()),
            Kind::Dist(DistOf::Money) => (
                "an amount of money or a distribution of one",
                format!("60 {c}, lognormal 60 {c} cv 1.2", c = currency.code),
            ),
            Kind::Dist(DistOf::Number) => ("a number or a distribution of one", "3, uniform 1..5".to_owned()),
            Kind::Key(_) => ("an expression or `none`", "order.id, 'again-' + order.id".to_owned()),
            Kind::Block { .. } => ("the name of a block", String::new()),
            Kind::Outcomes => (
                "a list of outcomes",
                "[unknown, refused]; outcomes are declined, missing, invalid, failed, refused, unknown".to_owned(),
            ),
            Kind::Backoff => ("a back-off", "none, fixed 1s, exponential 10s x2 cap 1h full jitter".to_owned()),
            Kind::Nack => ("`never`, `at once` or a back-off", "fixed 5s, exponential 1s x2 cap 15m full jitter".to_owned()),
            Kind::Money => ("an amount of money", format!("35 {}", currency.code)),
            Kind::Word(words) => {
                let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                return (format!("one of {}", words.join(", ")), String::new());
            }
            Kind::Portion => ("a number of instances, or a share of them in whole per cent", "1 or 25%".to_owned()),
            Kind::Bytes => ("an amount of memory", "512MiB or 20kB".to_owned()),
            Kind::Park => ("a rule for parking", "never, after 5, permanent errors".to_owned()),
        };
        let example = match self {
            Kind::Count { .. } | Kind::Outcomes => example,
            _ if example.is_empty() => example,
            _ => format!("such as {example}"),
        };
        (what.to_owned(), example)
    }

    /// A text's value, as far as it needs no system around it: for values given on a command line too.
    pub fn read(&self, text: &str, currency: &Currency) -> Option<Result<i64, Wrong>> {
        let text = text.trim();
        let none = text == "none";
        let bits = |read: Result<f64, Wrong>| read.map(|x| x.to_bits() as i64);
        let ns = |read: Result<u64, Wrong>| read.map(|ns| ns as i64);
        let share = |text: &str| match unit::ratio(text) {
            Ok(share) if share > 1.0 => Err(Wrong::Said("a share is at most 100 %".into())),
            other => other,
        };
        Some(match self {
            Kind::Limit if none => Ok(0),
            Kind::Limit => ns(unit::duration(text)),
            Kind::Duration => ns(match unit::duration(text) {
                Ok(0) => Err(Wrong::Said("it must be more than nothing".into())),
                other => other,
            }),
            Kind::Bulkhead if none => Ok(0),
            Kind::Bulkhead => unit::count(text),
            Kind::Count { least, most } => {
                unit::count(text).and_then(|n| match (*least..=*most).contains(&n) {
                    true => Ok(n),
                    false => Err(Wrong::Said(format!(
                        "it must be between {least} and {most}"
                    ))),
                })
            }
            Kind::Full => crate::read::full(text).ok_or(Wrong::Other),
            Kind::InHand => crate::read::in_hand(text).ok_or(Wrong::Other),
            Kind::FirstOf if text == "all" => Ok(0),
            Kind::FirstOf => unit::count(text).and_then(|n| match n {
                0 => Err(Wrong::Said("at least 1, or `all`".into())),
                n => Ok(n),
            }),
            Kind::Flag => match text {
                "true" => Ok(1),
                "false" => Ok(0),
                _ => Err(Wrong::Other),
            },
            Kind::Share => bits(share(text)),
            Kind::Factor => bits(unit::ratio(text)),
            Kind::Budget if none => bits(Ok(-1.0)),
            Kind::Breaker | Kind::Throttle if none => bits(Ok(0.0)),
            Kind::Breaker if text == "open" => bits(Ok(Breaker::FORCED_OPEN)),
            Kind::Throttle => bits(match unit::ratio(text) {
                Ok(factor) if factor < 1.0 => Err(Wrong::Said(
                    "less than 1 would hold back what is accepted".into(),
                )),
                other => other,
            }),
            Kind::Budget | Kind::Breaker => bits(share(text)),
            Kind::Rate => bits(unit::rate(text)),
            Kind::Money => unit::money(text, currency),
            Kind::Word(words) => words
                .iter()
                .find(|(word, _)| *word == text)
                .map(|w| w.1)
                .ok_or(Wrong::Other),
            Kind::Park => unit::parked(text),
            Kind::Portion => unit::portion(text),
            Kind::Bytes => unit::bytes(text),
            Kind::Outcomes => {
                let inner = text
                    .strip_prefix('[')
                    .and_then(|t| t.strip_suffix(']'))
                    .unwrap_or(text);
                let words = inner
                    .split(',')
                    .map(str::trim)
                    .filter(|w| !w.is_empty() && *w != "none");
                unit::tried_again(words).map(|set| set.bits())
            }
            Kind::RateLimit => bits(unit::limit(text).map(|limit| limit.0)),
            Kind::Dist(_) | Kind::Patience | Kind::Key(_) | Kind::Block { .. } | Kind::Backoff | Kind::Nack => return None,
        })
    }
}

impl Slot {
    /// What setting this place to a value that was read means. A rate limit has its burst behind it.
    pub fn patch(&self, value: i64) -> Patch {
        Patch {
            param: self.param,
            value,
        }
    }
}

impl<'a> Cx<'a> {
    /// Reads a value of a kind. None when it is none, which is reported.
    pub fn value(&mut self, kind: &Kind, node: &'a Node, name: &str) -> Option<i64> {
        let text = match (&node.value, kind) {
            (Value::Unread, _) => return None,
            (Value::Seq(items), Kind::Outcomes) => {
                let words: Vec<String> = items
                    .iter()
                    .filter_map(|i| self.name(i, "an outcome"))
                    .map(|n| n.value)
                    .collect();
                words.join(",")
            }
            (Value::Scalar(scalar), _) if scalar.kind() != Yaml::Nothing => scalar.text.clone(),
            _ => {
                self.at
                    .wrong_type(node, &format!("`{name}`"), &kind.wanted(&self.currency).0);
                return None;
            }
        };
        let read = match kind {
            Kind::Dist(of) => unit::dist(&text, *of, &self.currency).map(|dist| self.dist(dist)),
            Kind::Nack if text == "never" => Ok(NONE),
            Kind::Backoff | Kind::Nack => unit::backoff(if text == "at once" { "none" } else { &text }).map(|backoff| {
                let place = self
                    .system
                    .backoffs
                    .iter()
                    .position(|b| *b == backoff)
                    .unwrap_or_else(|| {
                        self.system.backoffs.push(backoff);
                        self.system.backoffs.len() - 1
                    });
                place as i64
            }),
            Kind::Patience | Kind::Key(_) if text == "none" => Ok(NONE),
            Kind::Patience => unit::dist(&text, DistOf::Time, &self.currency).map(|dist| self.dist(dist)),
            Kind::Key(scope) => {
                let scope = scope.clone();
                return self
                    .step_expr(node, &scope, crate::expr::Wish::Id)
                    .map(|id| i64::from(id.0));
            }
            Kind::Block { site } => {
                return self.block(*site, node).map(|BlockId(id)| i64::from(id));
            }
            other => other.read(&text, &self.currency)?,
        };
        match read {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.wrong(node.span, kind, name, &text, wrong);
                None
            }
        }
    }

    pub fn wrong(&self, span: Span, kind: &Kind, name: &str, text: &str, wrong: Wrong) {
        let (what, example) = kind.wanted(&self.currency);
        let text = clip(text);
        let (code, message) = match wrong {
            Wrong::Negative => (
                "negative",
                format!("`{name}` is {text}; it cannot be less than 0"),
            ),
            Wrong::TooLarge => (
                "out-of-range",
                format!("`{name}` is {text}, which is more than can be counted"),
            ),
            Wrong::Said(said) => ("bad-value", format!("`{name}` is `{text}`: {said}")),
            Wrong::Other => {
                let code = if matches!(kind, Kind::Word(_) | Kind::Flag) {
                    "unknown-word"
                } else {
                    "wrong-unit"
                };
                (code, format!("`{name}` must be {what}, but is `{text}`"))
            }
        };
        let near = match kind {
            Kind::Word(words) => seatrial_source::nearest(&text, words.iter().map(|w| w.0)),
            _ => None,
        };
        self.at.report.add(
            self.at
                .error(span, code, message)
                .help(example)
                .suggest(near),
        );
    }

    /// The patches that set a path to a value; a rate limit sets its burst too.
    pub fn patches(&mut self, slot: usize, node: &'a Node, name: &str) -> Vec<Patch> {
        let Some(slot) = self.slots.get(slot).cloned() else {
            return Vec::new();
        };
        let Some(value) = self.value(&slot.kind, node, name) else {
            return Vec::new();
        };
        let mut patches = vec![slot.patch(value)];
        if let (Kind::RateLimit, Value::Scalar(scalar)) = (&slot.kind, &node.value)
            && let Ok((_, burst)) = unit::limit(&scalar.text)
        {
            patches.push(Patch {
                param: ParamId(slot.param.0 + 1),
                value: burst,
            });
        }
        patches
    }
}
