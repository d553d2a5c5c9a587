//! What is watched: telemetry, measures, alerts, invariants and their consequences, the support desk.

use seatrial_sim::system::{
    Alert, Dist, ExprId, Invariant, InvariantKind, Measure, Support, TableId, Telemetry, TicketRule,
};
use seatrial_source::{Entry, Fields, Node, Spanned};

use crate::cx::{Cx, Place};
use crate::expr::Wish;
use crate::slot::Kind;
use crate::unit::DistOf;

const SECOND: i64 = 1_000_000_000;

impl<'a> Cx<'a> {
    pub fn telemetry(&mut self, root: &'a Node) {
        let place = Place::world("telemetry");
        let Some(node) = root
            .get("telemetry")
            .filter(|node| !crate::parts::is_nothing(node))
        else {
            return;
        };
        self.at.map(node, "telemetry", |f| {
            let every = self.field(f, &place, "metrics", Kind::Duration, 10 * SECOND);
            let correlation = self.field(f, &place, "correlation", Kind::Flag, 0);
            let business = self.field(f, &place, "business", Kind::Flag, 0);
            let audit = self.field(f, &place, "audit", Kind::Flag, 0);
            self.late(audit);
            self.system.telemetry = Some(Telemetry {
                every,
                correlation,
                business,
                audit,
            });
        });
    }

    pub fn measures(&mut self, root: &'a Node) {
        for entry in self.section(root, "measures") {
            let measure = self
                .at
                .map(&entry.value, "measure", |f| self.measure(&entry.key, f))
                .flatten();
            self.system.measures.extend(measure);
        }
    }

    fn measure(&mut self, name: &str, f: &mut Fields<'a>) -> Option<Measure> {
        let oldest = f
            .required("oldest")
            .and_then(|node| self.name(node, "`oldest`"));
        let without = f
            .required("without")
            .and_then(|node| self.name(node, "`without`"));
        let states = self.names(f, "state");
        let by = f.required("by");
        let oldest = oldest.and_then(|name| self.find_table(&name));
        let without = without.and_then(|name| self.find_table(&name));
        let (oldest, without) = oldest.zip(without)?;
        let info = &self.known.tables[oldest];
        let known = info.states.clone();
        let states = states.map_or(u64::MAX, |states| {
            let set = states
                .iter()
                .filter_map(|s| self.state_of(&known, &s.value, s.span, &info.name));
            set.fold(0, |set, state| set | 1 << state)
        });
        let (left, right) = (
            info.fields.clone(),
            self.known.tables[without].fields.clone(),
        );
        let (field, without_field) = self.pair(by?, &left, &right)?;
        Some(Measure {
            name: name.to_owned(),
            oldest: TableId(oldest as u16),
            states,
            without: TableId(without as u16),
            field,
            without_field,
        })
    }

    pub fn alerts(&mut self, root: &'a Node) {
        for entry in self.section(root, "alerts") {
            let place = Place::world("alerts").below(&entry.key);
            self.at.map(&entry.value, "alert", |f| {
                let enabled = self.field(f, &place, "enabled", Kind::Flag, 1);
                let when = f.required("when").and_then(|node| self.alert_expr(node));
                let hold = self.field(f, &place, "hold", Kind::Limit, 0);
                let needs: &[(&str, bool)] = &[("business", true)];
                let needs_business = f.optional_choice("needs", needs).unwrap_or(false);
                if self.system.telemetry.is_none() {
                    f.error(
                        f.span(),
                        "missing-field",
                        "an alert needs telemetry",
                        "add `telemetry: {metrics: 10s}`",
                    );
                }
                if let Some(when) = when {
                    self.system.alerts.push(Alert {
                        name: entry.key.clone(),
                        enabled,
                        when,
                        hold,
                        needs_business,
                    });
                }
            });
        }
    }

    pub fn support(&mut self, root: &'a Node) {
        let Some(node) = root
            .get("support")
            .filter(|node| !crate::parts::is_nothing(node))
        else {
            return;
        };
        let place = Place::world("support");
        self.at.map(node, "support desk", |f| {
            let agents = self.field(
                f,
                &place,
                "agents",
                Kind::Count {
                    least: 1,
                    most: 1000,
                },
                1,
            );
            let five = self.dist(Dist::Constant(300e9));
            let handling = self.field(f, &place, "handling", Kind::Dist(DistOf::Time), five);
            let sees: &[(&str, ())] = &[("telemetry", ())];
            f.optional_choice("sees", sees);
            let step = self.step("support");
            self.system.support = Some(Support {
                agents,
                handling,
                step,
            });
        });
    }

    pub fn invariants(&mut self, root: &'a Node) {
        for entry in self.section(root, "invariants") {
            let invariant = self
                .at
                .map(&entry.value, "invariant", |f| self.invariant(entry, f));
            self.system.invariants.extend(invariant.flatten());
        }
    }

    fn invariant(&mut self, entry: &'a Entry, f: &mut Fields<'a>) -> Option<Invariant> {
        let place = Place::world("invariants").below(&entry.key);
        let each_named = self.named(f, "each");
        let each = each_named.as_ref().and_then(|name| self.find_record(name));
        let (never, eventually, at_end) = (
            f.optional("never"),
            f.optional("eventually"),
            f.optional("at_end"),
        );
        if [never, eventually, at_end].iter().flatten().count() != 1 {
            f.error(
                f.span(),
                "either-or",
                "an invariant says one thing",
                "one of `never`, `eventually`, `at_end`",
            );
        }
        if each_named.is_none() && at_end.is_none() {
            f.error(
                f.span(),
                "missing-field",
                "this invariant does not say about whom",
                "add `each: Record`",
            );
        }
        let readable = each.is_some() || each_named.is_none();
        let mut kind = None;
        let first = self.system.exprs.len();
        if let Some(node) = never.filter(|_| readable) {
            kind = self
                .oracle_expr(node, each, Wish::Bool)
                .map(InvariantKind::Never);
        }
        if let Some(node) = eventually.filter(|_| readable) {
            self.at.map(node, "promise", |f| {
                let when = f
                    .required("when")
                    .and_then(|node| self.oracle_expr(node, each, Wish::Bool));
                let then = f
                    .required("then")
                    .and_then(|node| self.oracle_expr(node, each, Wish::Bool));
                let within = self.required(f, &place, "within", Kind::Duration);
                kind = when
                    .zip(then)
                    .map(|(when, then)| InvariantKind::Eventually { when, then, within });
            });
        }
        if let Some(node) = at_end.filter(|_| readable) {
            kind = self
                .oracle_expr(node, each, Wish::Bool)
                .map(InvariantKind::AtEnd);
            if let (Some(InvariantKind::AtEnd(holds)), Some(_)) = (&kind, each) {
                self.is_of_one_instance(node, *holds);
            }
        }
        let reads = self.shelves_read(first);
        let (mut hurts, mut costs, mut ticket) = (String::new(), None, None);
        let (mut called, mut says) = (String::new(), String::new());
        f.one("means", "consequence", |f| {
            hurts = f.spanned("hurts").value;
            costs = f
                .optional("costs")
                .filter(|_| readable)
                .and_then(|node| self.oracle_expr(node, each, Wish::Money));
            called = f.optional_text("called").value;
            f.optional_one("ticket", "ticket", |f| {
                says = f.optional_text("says").value;
                ticket = Some(self.ticket(f, &place))
            });
        });
        if ticket.is_some() && at_end.is_some() {
            f.error(
                f.key("means"),
                "bad-value",
                "when the end has come nobody writes a ticket",
                "leave the `ticket` out",
            );
        }
        Some(Invariant {
            name: entry.key.clone(),
            each,
            kind: kind?,
            reads,
            hurts,
            costs,
            ticket,
            called,
            says,
        })
    }

    /// One instance is judged when nothing can change it any more, which is not the end of everything.
    fn is_of_one_instance(&self, node: &Node, holds: ExprId) {
        let program = &self.system.exprs[holds.at()];
        if program.reads_totals() || program.reads_time() {
            self.error(
                node.span,
                "bad-value",
                "what holds for each at the end cannot read totals, balances or the time",
                "leave `each` out, or say it of the instance and its rows",
            );
        }
    }

    fn ticket(&mut self, f: &mut Fields<'a>, place: &Place) -> TicketRule {
        let place = place.below("ticket");
        let chance = self.field(f, &place, "chance", Kind::Share, super::stores::ONE);
        let instant = self.dist(Dist::Constant(0.0));
        let after = self.field(f, &place, "after", Kind::Dist(DistOf::Time), instant);
        TicketRule {
            chance,
            after,
            step: self.step(&place.path),
        }
    }

    pub fn find_invariant(&self, name: &Spanned<String>) -> Option<usize> {
        self.find_in(&self.known.invariants, "invariant", name)
    }
}
