//! `clients`: who comes, how often, what they ask for, and how patient they are.

use seatrial_sim::system::{
    Arrivals, ClickAgain, Client, ClientFill, DistId, FieldKind, HandlerId, Make, Owner, RecordId,
};
use seatrial_source::{Entry, Fields, Node, Spanned, Value, clip};

use crate::cx::{Cx, Place};
use crate::scope::Ty;
use crate::slot::Kind;
use crate::unit::{self, DistOf, Wrong};

impl<'a> Cx<'a> {
    pub fn clients(&mut self, root: &'a Node) {
        for entry in self.section(root, "clients") {
            let place = Place {
                path: entry.key.clone(),
                owner: Owner::World,
            };
            let client = self
                .at
                .map(&entry.value, "client", |f| self.client(entry, &place, f))
                .flatten();
            self.system.clients.extend(client);
        }
    }

    fn client(&mut self, entry: &'a Entry, place: &Place, f: &mut Fields<'a>) -> Option<Client> {
        let (arrivals, rate, span) = self.arrive(f);
        let rate = self.param(place, "rate", Kind::Rate, rate.to_bits() as i64, span);
        let make = f.optional("make").and_then(|node| self.make(node));
        let mut target = None;
        let mut waits = None;
        match f.required("call") {
            Some(node) if matches!(node.value, Value::Scalar(_)) => {
                target = self.name(node, "`call`");
                let timeout = self.param(place, "timeout", Kind::Limit, 0, node.span);
                waits = Some((timeout, self.param(place, "cancel", Kind::Flag, 0, node.span)));
            }
            Some(node) => {
                self.at.map(node, "call", |f| {
                    target = f.required("to").and_then(|node| self.name(node, "`to`"));
                    let timeout = self.field(f, place, "timeout", Kind::Limit, 0);
                    waits = Some((timeout, self.field(f, place, "cancel", Kind::Flag, 0)));
                });
            }
            None => {}
        }
        let mut click_again = None;
        let mut comes_back = None;
        f.optional_one("human", "way of people", |f| {
            comes_back = self.comes_back(f, place);
            f.optional_one("click_again", "way of clicking again", |f| {
                let place = place.below("click_again");
                let after = self.required(f, &place, "after", Kind::Duration);
                let chance = self.required(f, &place, "chance", Kind::Share);
                let at_most = self.field(
                    f,
                    &place,
                    "at_most",
                    Kind::Count {
                        least: 0,
                        most: 1000,
                    },
                    1,
                );
                click_again = Some(ClickAgain {
                    after,
                    chance,
                    at_most,
                });
            });
        });
        let (served, gives_up) = self.becomes(f, make.as_ref());
        let pattern = self.pattern(f, place);
        let sdks = self.sdks(f, place, waits.map(|(timeout, _)| timeout));
        let priority = self.field(f, place, "priority", Kind::Count { least: 0, most: 7 }, 3);
        self.late(priority);
        let step = self.step(&place.path);
        let target = target?;
        let (timeout, cancel) = waits?;
        self.late(cancel);
        let handler = self.find_handler(&target)?;
        let args = self.client_args(handler, make.as_ref().map(|make| make.record), &target);
        Some(Client {
            name: entry.key.clone(),
            arrivals,
            rate,
            make,
            target: HandlerId(handler as u16),
            args,
            timeout,
            cancel,
            click_again,
            comes_back,
            pattern,
            sdks,
            priority,
            served,
            gives_up,
            step,
        })
    }

    /// `becomes: {served: …, gives_up: …}`: states that what the client made goes to, once, by how it ends for them.
    fn becomes(&self, f: &mut Fields<'a>, make: Option<&Make>) -> (Option<u8>, Option<u8>) {
        let mut ends = (None, None);
        let span = f.key("becomes");
        f.optional_one("becomes", "way it ends", |f| {
            ends = (self.end_state(f, "served", make), self.end_state(f, "gives_up", make));
        });
        if make.is_none() && f.optional("becomes").is_some() {
            self.error(span, "bad-value", "this client makes nothing that could become something", "let it `make` a record");
        }
        ends
    }

    fn end_state(&self, f: &mut Fields<'a>, key: &'static str, make: Option<&Make>) -> Option<u8> {
        let name = f.optional(key).and_then(|node| self.name(node, &format!("`{key}`")))?;
        let record = make?.record;
        let of = self.known.record_name(record);
        let state = self.state_of(&self.known.records[record.at()].states, &name.value, name.span, of)?;
        if self.system.records[record.at()].next[0] & 1 << state == 0 {
            let first = &self.known.records[record.at()].states[0];
            let message = format!("{of} does not go from {first} to {}", name.value);
            self.error(name.span, "bad-value", message, format!("write `{first}: [{}]` in its `states`", name.value));
        }
        Some(state)
    }

    /// `poisson 20/s`, `constant 20/s`.
    fn arrive(&mut self, f: &mut Fields<'a>) -> (Arrivals, f64, seatrial_source::Span) {
        let stand_in = (Arrivals::Poisson, 0.0, f.span());
        let Some(node) = f.required("arrive") else {
            return stand_in;
        };
        let Value::Scalar(scalar) = &node.value else {
            self.at.wrong_type(
                node,
                "`arrive`",
                "a way to arrive and a rate, such as `poisson 20/s`",
            );
            return stand_in;
        };
        let text = scalar.text.trim();
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        let arrivals = match word {
            "poisson" => Arrivals::Poisson,
            "constant" => Arrivals::Constant,
            _ => {
                let message = format!(
                    "`arrive` must be a way to arrive and a rate, but is `{}`",
                    clip(text)
                );
                self.error(
                    node.span,
                    "wrong-unit",
                    message,
                    "such as `poisson 20/s` or `constant 20/s`",
                );
                return stand_in;
            }
        };
        match unit::rate(rest) {
            Ok(rate) if rate <= 1e6 => (arrivals, rate, node.span),
            Ok(_) => {
                self.wrong(node.span, &Kind::Rate, "arrive", rest, Wrong::TooLarge);
                stand_in
            }
            Err(wrong) => {
                self.wrong(node.span, &Kind::Rate, "arrive", rest, wrong);
                stand_in
            }
        }
    }

    /// `{Order: {value: lognormal 60 USD cv 1.2}}`: one record, its fields drawn.
    fn make(&mut self, node: &'a Node) -> Option<Make> {
        let entries = self.at.entries(node, "`make`");
        let entry = match entries {
            [entry] => entry,
            _ => {
                self.error(
                    node.span,
                    "bad-value",
                    "a client makes one kind of record",
                    "write `make: {Order: {…}}`",
                );
                return None;
            }
        };
        let record = self.find_record(&Spanned {
            value: entry.key.clone(),
            span: entry.key_span,
        })?;
        let given = if crate::parts::is_nothing(&entry.value) {
            &[][..]
        } else {
            self.at.entries(&entry.value, "its fields")
        };
        let fields = self.known.records[record.at()].fields.clone();
        self.given_fields(
            &entry.key,
            &fields,
            crate::scope::Given {
                entries: given,
                span: entry.key_span,
                key: "make",
            },
        );
        let mut drawn = Vec::new();
        for field in &fields[1..] {
            let of = match field.ty.field() {
                FieldKind::Money => Some(DistOf::Money),
                FieldKind::Duration => Some(DistOf::Time),
                FieldKind::Count => Some(DistOf::Number),
                FieldKind::Ratio | FieldKind::Id | FieldKind::Text | FieldKind::Date | FieldKind::Time => None,
            };
            let value = given.iter().find(|e| e.key == field.name);
            let dist = match (value, of) {
                (Some(value), Some(of)) => self.value(&Kind::Dist(of), &value.value, &field.name),
                (Some(value), None) => {
                    let message = format!(
                        "`{}` is {} and cannot be drawn",
                        field.name,
                        super::says(field.ty.field())
                    );
                    self.error(value.value.span, "wrong-type", message, "make it in a step");
                    None
                }
                (None, Some(_)) if !field.hidden => {
                    let message = format!(
                        "`{}` cannot be filled: nothing says what it is drawn from",
                        field.name
                    );
                    self.error(
                        entry.key_span,
                        "unfillable",
                        message,
                        format!("write `{}: {{{}: …}}`", entry.key, field.name),
                    );
                    None
                }
                (None, None) if !field.hidden => {
                    let what = super::says(field.ty.field());
                    let message = format!(
                        "`{}` of {} cannot be filled: it is {what}, and a client draws none",
                        field.name, entry.key
                    );
                    self.error(
                        entry.key_span,
                        "unfillable",
                        message,
                        "let a step or a provider make the record",
                    );
                    None
                }
                _ => None,
            };
            let dist = dist.unwrap_or_else(|| self.dist(seatrial_sim::system::Dist::Constant(0.0)));
            drawn.push(DistId(dist as u16));
        }
        Some(Make {
            record,
            fields: drawn,
            state: 0,
        })
    }

    /// The callee's inputs: the record that was made, and the number of the arrival for an id of nothing in particular.
    fn client_args(
        &self,
        handler: usize,
        made: Option<RecordId>,
        target: &Spanned<String>,
    ) -> Vec<ClientFill> {
        let mut args = Vec::new();
        for (name, ty) in &self.known.handlers[handler].inputs {
            args.push(match ty {
                Ty::Record(record) | Ty::Id(Some(record)) if Some(*record) == made => {
                    ClientFill::Made
                }
                Ty::Plain(FieldKind::Count) | Ty::Id(None) => ClientFill::Number,
                _ => {
                    let message = format!(
                        "`{name}` of {} cannot be filled: this client makes none",
                        target.value
                    );
                    self.error(
                        target.span,
                        "unfillable",
                        message,
                        "let the client `make` it",
                    );
                    ClientFill::Number
                }
            });
        }
        args
    }
}
