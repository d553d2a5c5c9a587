//! `rollout`, `autoscale` and `memory` of a service.

use std::collections::BTreeMap;

use seatrial_sim::expr::{Asked, Figure};
use seatrial_sim::system::{Autoscale, Gate, Memory, RollOutDef, ServiceId, on_failure, strategy};
use seatrial_source::{Fields, Node};

use crate::cel::{Binding, Type};
use crate::cx::{Cx, Place};
use crate::slot::Kind;

const SECOND: i64 = 1_000_000_000;
const MINUTE: i64 = 60 * SECOND;

const STRATEGIES: &[(&str, i64)] = &[
    ("rolling", strategy::ROLLING),
    ("recreate", strategy::RECREATE),
    ("canary", strategy::CANARY),
    ("blue green", strategy::BLUE_GREEN),
];

const ON_FAILURE: &[(&str, i64)] = &[("roll back", on_failure::ROLL_BACK), ("pause", on_failure::PAUSE)];

/// 25 %, as a Deployment has it.
const QUARTER: i64 = -26;

fn share(share: f64) -> i64 {
    share.to_bits() as i64
}

impl<'a> Cx<'a> {
    pub fn rollout(&mut self, f: &mut Fields<'a>, place: &Place, service: usize) -> Option<RollOutDef> {
        let versions = f.optional("versions").is_some();
        let mut read = None;
        f.optional_one("rollout", "way of rolling out", |f| {
            read = Some(RollOutDef {
                strategy: self.field(f, place, "strategy", Kind::Word(STRATEGIES), strategy::ROLLING),
                max_surge: self.field(f, place, "max_surge", Kind::Portion, QUARTER),
                max_unavailable: self.field(f, place, "max_unavailable", Kind::Portion, QUARTER),
                min_ready: self.field(f, place, "min_ready", Kind::Limit, 0),
                progress: self.field(f, place, "progress", Kind::Limit, 600 * SECOND),
                first: self.field(f, place, "first", Kind::Share, share(0.2)),
                by: self.field(f, place, "by", Kind::Share, share(0.2)),
                bake: self.field(f, place, "bake", Kind::Limit, 10 * MINUTE),
                keep: self.field(f, place, "keep", Kind::Limit, 10 * MINUTE),
                check: self.field(f, place, "check", Kind::Duration, MINUTE),
                failures: self.field(f, place, "failures", Kind::count(1), 1),
                on_failure: self.field(f, place, "on_failure", Kind::Word(ON_FAILURE), on_failure::ROLL_BACK),
                gates: self.gates(f, &place.below("gates"), service),
            });
        });
        if versions && read.is_none() {
            f.error(f.key("versions"), "missing-field", "nothing says how these versions are rolled out", "add `rollout: {strategy: rolling}`");
        }
        read
    }

    fn gates(&mut self, f: &mut Fields<'a>, place: &Place, service: usize) -> Vec<Gate> {
        let entries = f.optional("gates").map_or(&[][..], |node| self.at.entries(node, "`gates`"));
        let mut gates = Vec::new();
        for entry in entries {
            let place = place.below(&entry.key);
            self.at.map(&entry.value, "gate", |f| {
                let enabled = self.field(f, &place, "enabled", Kind::Flag, 1);
                let fails = f.required("fails").and_then(|node| self.gate_expr(node, service));
                let needs: &[(&str, bool)] = &[("business", true)];
                let needs_business = f.optional_choice("needs", needs).unwrap_or(false);
                gates.extend(fails.map(|fails| {
                    let needs_business = needs_business || self.system.exprs[fails.at()].reads_business();
                    Gate { name: entry.key.clone(), enabled, fails, needs_business }
                }));
            });
        }
        gates
    }

    /// As an alert, with figures of the new version and of the old.
    fn gate_expr(&mut self, node: &'a Node, service: usize) -> Option<seatrial_sim::system::ExprId> {
        let service = ServiceId(service as u16);
        let figures = [
            ("error_ratio", Figure::ErrorRatio, Type::Ratio),
            ("ok_ratio", Figure::OkRatio, Type::Ratio),
            ("rate", Figure::Rate, Type::Ratio),
            ("count", Figure::Count, Type::Int),
            ("p50", Figure::P50, Type::Duration),
            ("p99", Figure::P99, Type::Duration),
        ];
        let group = |new: bool| {
            let asks = figures.iter().map(|(name, figure, ty)| {
                let what = Asked::Release { service, new, figure: *figure };
                ((*name).to_owned(), Binding::Ask { what, ty: ty.clone() })
            });
            Binding::Group(asks.collect())
        };
        self.alert_expr_with(node, BTreeMap::from([("new".to_owned(), group(true)), ("old".to_owned(), group(false))]))
    }

    pub fn autoscale(&mut self, f: &mut Fields<'a>, place: &Place) -> Option<Autoscale> {
        let mut read = None;
        f.optional_one("autoscale", "autoscaler", |f| {
            let scale = Autoscale {
                enabled: self.field(f, place, "enabled", Kind::Flag, 1),
                min: self.field(f, place, "min", Kind::Count { least: 1, most: 1000 }, 1),
                max: self.required(f, place, "max", Kind::Count { least: 1, most: 1000 }),
                target: self.field(f, place, "target", Kind::Share, share(0.8)),
                rate: self.field(f, place, "rate", Kind::Rate, 0),
                scrape: self.field(f, place, "scrape", Kind::Duration, 15 * SECOND),
                every: self.field(f, place, "every", Kind::Duration, 15 * SECOND),
                tolerance: self.field(f, place, "tolerance", Kind::Share, share(0.1)),
                down_after: self.field(f, place, "down_after", Kind::Limit, 300 * SECOND),
            };
            let value = |param: seatrial_sim::system::ParamId| self.system.params[param.at()].value;
            if value(scale.min) > value(scale.max) {
                f.error(f.key("max"), "bad-value", "the autoscaler may have no number: `max` is less than `min`", "");
            }
            if f64::from_bits(value(scale.target) as u64) <= 0.0 {
                f.error(f.key("target"), "bad-value", "a target of nothing calls for instances without end", "such as `60%`");
            }
            read = Some(scale);
        });
        read
    }

    pub fn memory(&mut self, f: &mut Fields<'a>, place: &Place) -> Option<Memory> {
        let mut read = None;
        f.optional_one("memory", "need of memory", |f| {
            read = Some(Memory {
                limit: self.field(f, place, "limit", Kind::Bytes, 0),
                at_start: self.field(f, place, "at_start", Kind::Bytes, 0),
                per_hour: self.field(f, place, "per_hour", Kind::Bytes, 0),
                per_request: self.field(f, place, "per_request", Kind::Bytes, 0),
            });
        });
        read
    }
}
