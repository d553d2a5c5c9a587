//! What compiling goes through: the system as far as it is built, the names that the scenario gives, the paths of
//! what may be patched, and the report.

use std::collections::BTreeMap;

use seatrial_sim::System;
use seatrial_sim::system::{Dist, DistId, Owner, Param, ParamId, StepId};
use seatrial_source::{At, Entry, Fields, Node, Span, Spanned, Value, clip, nearest};

use crate::known::Known;
use crate::slot::{Kind, Slot};
use crate::unit::Currency;

pub(crate) struct Cx<'a> {
    pub at: At<'a>,
    pub system: System,
    pub currency: Currency,
    pub known: Known<'a>,
    pub slots: Vec<Slot>,
    /// Where each path's slot stands.
    pub paths: BTreeMap<String, usize>,
    /// Places that use a block; see `read::blocks`.
    pub sites: Vec<crate::read::Site>,
    pub waiting: Vec<crate::read::Waiting<'a>>,
    pub envs: crate::expr::Envs,
    /// Constant texts and shapes of composed ids.
    pub pools: crate::cel::Pools,
    /// Some type could not be read: what expressions say of types is then not worth telling.
    pub unread: std::cell::Cell<bool>,
    /// Places of distributions that are there already.
    dists: BTreeMap<(u8, u64, u64), i64>,
}

/// Whose parameters are read, and below which path.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub path: String,
    pub owner: Owner,
}

impl Place {
    pub fn world(path: impl Into<String>) -> Place {
        Place {
            path: path.into(),
            owner: Owner::World,
        }
    }

    pub fn below(&self, name: &str) -> Place {
        Place {
            path: format!("{}.{name}", self.path),
            owner: self.owner,
        }
    }
}

impl<'a> Cx<'a> {
    pub fn new(at: At<'a>) -> Cx<'a> {
        Cx {
            at,
            // Thirty seconds each: a rolling restart with a readiness probe, as the design pages have it.
            system: System {
                roll_out_each: 30_000_000_000,
                ..System::default()
            },
            currency: Currency {
                code: "USD".into(),
                digits: 2,
            },
            known: Known::default(),
            slots: Vec::new(),
            paths: BTreeMap::new(),
            sites: Vec::new(),
            waiting: Vec::new(),
            envs: Default::default(),
            pools: Default::default(),
            unread: std::cell::Cell::new(false),
            dists: BTreeMap::new(),
        }
    }

    pub fn error(
        &self,
        span: Span,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.at
            .report
            .add(self.at.error(span, code, message).help(help));
    }

    pub fn warn(
        &self,
        span: Span,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.at
            .report
            .add(self.at.warning(span, code, message).help(help));
    }

    /// An unknown name, with the nearest that there is.
    pub fn unknown<'n>(
        &self,
        span: Span,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        const SHOWN: usize = 12;
        let crowded = self.at.report.is_crowded(self.at.file);
        let near = if crowded {
            None
        } else {
            nearest(name, known.clone())
        };
        let count = known.clone().count();
        let shown: Vec<&str> = known.take(SHOWN).collect();
        let help = match (near, count) {
            (Some(_), _) => String::new(),
            (None, 0) => "there are none at all".to_owned(),
            (None, count) if count > SHOWN => {
                format!("known: {} and {} more", shown.join(", "), count - SHOWN)
            }
            (None, _) => format!("known: {}", shown.join(", ")),
        };
        let message = format!("there is no {what} `{}`", clip(name));
        self.at.report.add(
            self.at
                .error(span, "unknown-name", message)
                .help(help)
                .suggest(near),
        );
    }

    /// The entries of a top-level section.
    pub fn section(&self, root: &'a Node, name: &str) -> &'a [Entry] {
        match root.get(name) {
            Some(node) if !crate::parts::is_nothing(node) => {
                self.at.entries(node, &format!("`{name}`"))
            }
            _ => &[],
        }
    }

    /// A name: any scalar that is not empty.
    pub fn name(&self, node: &'a Node, what: &str) -> Option<Spanned<String>> {
        match &node.value {
            Value::Scalar(scalar) if !scalar.text.trim().is_empty() => Some(Spanned {
                value: scalar.text.trim().to_owned(),
                span: node.span,
            }),
            Value::Unread => None,
            _ => {
                self.at.wrong_type(node, what, "a name");
                None
            }
        }
    }

    /// A name below a key that may be left out.
    pub fn named(&self, f: &mut Fields<'a>, key: &'static str) -> Option<Spanned<String>> {
        let node = f.optional(key)?;
        self.name(node, &format!("`{key}`"))
    }

    /// One text or a list of texts below a key.
    pub fn names(&self, f: &mut Fields<'a>, key: &'static str) -> Option<Vec<Spanned<String>>> {
        let node = f.optional(key)?;
        Some(self.name_list(node, key))
    }

    pub fn name_list(&self, node: &'a Node, key: &str) -> Vec<Spanned<String>> {
        match &node.value {
            Value::Seq(items) => items
                .iter()
                .filter_map(|item| self.name(item, &format!("an item of `{key}`")))
                .collect(),
            _ => self.name(node, &format!("`{key}`")).into_iter().collect(),
        }
    }

    pub fn step(&mut self, path: &str) -> StepId {
        self.system.steps.push(path.to_owned());
        StepId((self.system.steps.len() - 1).min(u16::MAX as usize) as u16)
    }

    pub fn dist(&mut self, dist: Dist) -> i64 {
        let key = match dist {
            Dist::Constant(x) => (0, x, 0.0),
            Dist::Exponential { mean } => (1, mean, 0.0),
            Dist::LogNormal { mu, sigma } => (2, mu, sigma),
            Dist::Uniform { low, high } => (3, low, high),
        };
        let key = (key.0, key.1.to_bits(), key.2.to_bits());
        if let Some(place) = self.dists.get(&key) {
            return *place;
        }
        let place = DistId(self.system.dists.len().min(u16::MAX as usize) as u16).value();
        self.system.dists.push(dist);
        self.dists.insert(key, place);
        place
    }

    /// The place of a constant text.
    pub fn text(&mut self, text: &str) -> u16 {
        self.pools.text(text).unwrap_or(0)
    }

    /// A parameter at a path, with a value that has been read.
    pub fn param(
        &mut self,
        place: &Place,
        field: &str,
        kind: Kind,
        value: i64,
        span: Span,
    ) -> ParamId {
        let param = ParamId(self.system.params.len() as u32);
        self.system.params.push(Param {
            value,
            kind: kind.param(),
            owner: place.owner,
        });
        let path = format!("{}.{field}", place.path);
        if !self.paths.contains_key(&path) {
            self.paths.insert(path.clone(), self.slots.len());
        }
        self.slots.push(Slot { param, kind, span });
        param
    }

    /// A parameter from a field that may be left out.
    pub fn field(
        &mut self,
        f: &mut Fields<'a>,
        place: &Place,
        key: &'static str,
        kind: Kind,
        default: i64,
    ) -> ParamId {
        self.field_as(f, place, key, key, kind, default)
    }

    /// `field` for one that older versions of the language did not have.
    pub fn late_field(&mut self, f: &mut Fields<'a>, place: &Place, key: &'static str, kind: Kind, default: i64) -> ParamId {
        let param = self.field(f, place, key, kind, default);
        self.late(param)
    }

    /// Marks a parameter that older versions of the language did not have, so that digests of older scenarios stay.
    pub fn late(&mut self, param: ParamId) -> ParamId {
        let late = &mut self.system.late_params;
        late.insert(late.partition_point(|known| *known < param), param);
        param
    }

    /// The same, where the path's last word is not the key.
    pub fn field_as(
        &mut self,
        f: &mut Fields<'a>,
        place: &Place,
        key: &'static str,
        name: &str,
        kind: Kind,
        default: i64,
    ) -> ParamId {
        let node = f.optional(key);
        let value = node
            .and_then(|node| self.value(&kind, node, key))
            .unwrap_or(default);
        let span = node.map_or_else(|| f.span(), |node| node.span);
        self.param(place, name, kind, value, span)
    }

    /// A parameter from a field that must be there.
    pub fn required(
        &mut self,
        f: &mut Fields<'a>,
        place: &Place,
        key: &'static str,
        kind: Kind,
    ) -> ParamId {
        let node = f.required(key);
        let value = node
            .and_then(|node| self.value(&kind, node, key))
            .unwrap_or(0);
        let span = node.map_or_else(|| f.span(), |node| node.span);
        self.param(place, key, kind, value, span)
    }

    /// A value that cannot be patched.
    pub fn fixed(
        &mut self,
        f: &mut Fields<'a>,
        key: &'static str,
        kind: Kind,
        default: i64,
    ) -> i64 {
        let node = f.optional(key);
        node.and_then(|node| self.value(&kind, node, key))
            .unwrap_or(default)
    }
}
