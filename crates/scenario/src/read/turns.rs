//! `by_itself`: what becomes of a provider's records without anybody asking. And what is done to them in parts.

use seatrial_sim::system::{Dist, FieldKind, Part, ProviderId, Turn};
use seatrial_source::{Entry, Fields, Spanned};

use super::stores::ONE;
use crate::cx::{Cx, Place};
use crate::scope::FieldInfo;
use crate::slot::Kind;
use crate::unit::DistOf;

impl<'a> Cx<'a> {
    pub fn turns(&mut self, provider: usize, f: &mut Fields<'a>, place: &Place) {
        let entries = f.optional("by_itself").map_or(&[][..], |node| self.at.entries(node, "`by_itself`"));
        for entry in entries {
            self.word(&entry.key, entry.key_span);
            let place = place.below(&entry.key);
            let turn = self.at.map(&entry.value, "turn of events", |f| self.turn(provider, entry, f, &place));
            self.system.turns.extend(turn.flatten());
        }
    }

    fn turn(&mut self, provider: usize, entry: &'a Entry, f: &mut Fields<'a>, place: &Place) -> Option<Turn> {
        let of = f.required("of").and_then(|node| self.name(node, "`of`"));
        let moves = f.required("moves").and_then(|node| self.name(node, "`moves`"));
        let otherwise = self.named(f, "otherwise");
        let clears = self.names(f, "clears").unwrap_or_default();
        let chance = self.field(f, place, "chance", Kind::Share, ONE);
        let at_once = self.dist(Dist::Constant(0.0));
        let after = self.field(f, place, "after", Kind::Dist(DistOf::Time), at_once);
        let at = f.optional("at");
        let mut calendar = None;
        if let Some(node) = at {
            self.time_of_day(node);
            calendar = self.zoned(f, node);
        }
        match (at, f.optional("zone")) {
            (Some(node), None) => {
                f.error(node.span, "missing-field", "a time of day by whose clock?", "add `zone: UTC`, or where it is: `zone: Europe/Berlin`");
            }
            (None, None) if f.optional("after").is_none() => {
                let help = "add `after: 7d`, or `at: \"17:00\"` with a `zone`";
                f.error(f.span(), "missing-field", "this does not say when it happens", help);
            }
            _ => {}
        }
        let record = self.find_record(&of?)?;
        let info = &self.known.records[record.at()];
        let (states, fields, of) = (info.states.clone(), info.fields.clone(), info.name.clone());
        let (from, to) = self.arrow(&states, &of, &moves?);
        let otherwise = otherwise.and_then(|name| self.state_of(&states, &name.value, name.span, &of));
        let clears = clears.iter().filter_map(|name| self.find_field(&fields, &of, name)).collect();
        let provider = ProviderId(provider as u16);
        Some(Turn { name: entry.key.clone(), provider, record, from, to, otherwise, chance, after, at: calendar, clears })
    }

    /// `adds: given, up_to: amount, partly: part_given`.
    pub fn part(&mut self, f: &mut Fields<'a>, states: &[String], fields: &[FieldInfo], of: &str) -> Option<Part> {
        let adds = self.named(f, "adds");
        let (up_to, partly) = (self.named(f, "up_to"), self.named(f, "partly"));
        let adds = match (adds, &up_to, &partly) {
            (Some(adds), _, _) => adds,
            (None, None, None) => return None,
            (None, ..) => {
                let key = if up_to.is_some() { "up_to" } else { "partly" };
                f.error(f.key(key), "missing-field", "parts of what?", "add `adds: field`, which is to receive their sum");
                return None;
            }
        };
        let (Some(up_to), Some(partly)) = (up_to, partly) else {
            let help = "add `up_to: field`, the most that the sum may come to, and `partly: state`, the state until then";
            self.error(adds.span, "missing-field", "this does not say when the parts are the whole", help);
            return None;
        };
        let money = |cx: &Self, name: &Spanned<String>| cx.typed_field(fields, of, name, FieldKind::Money);
        let adds = money(self, &adds);
        let up_to = money(self, &up_to);
        let partly = self.state_of(states, &partly.value, partly.span, of);
        Some(Part { adds: adds?, up_to: up_to?, partly: partly? })
    }
}
