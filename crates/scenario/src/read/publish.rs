//! `publish`: a message, inside of a transaction or alone.

use seatrial_sim::system::{Fill, PublishDef, PublishId, TopicId, VIA_DIRECT, VIA_OUTBOX};
use seatrial_source::{Fields, Spanned};

use super::steps::Body;
use crate::cx::Cx;
use crate::scope::Given;
use crate::slot::Kind;

const VIA: &[(&str, i64)] = &[("direct", VIA_DIRECT), ("outbox", VIA_OUTBOX)];

impl<'a> Cx<'a> {
    /// A message: its body, and whether it goes through the outbox.
    pub fn publish(
        &mut self,
        f: &mut Fields<'a>,
        b: &mut Body<'a>,
        name: &Spanned<String>,
        id: &str,
        store: Option<usize>,
    ) -> Option<PublishId> {
        let place = b.place.below(id);
        let via = match store {
            Some(store) => {
                let via = self.field(f, &place, "via", Kind::Word(VIA), VIA_DIRECT);
                self.known.vias.push((via, store, name.span));
                via
            }
            None => self.param(&place, "via", Kind::Word(&VIA[..1]), VIA_DIRECT, name.span),
        };
        let body = f
            .optional("body")
            .map_or(&[][..], |node| self.at.entries(node, "`body`"));
        let step = self.step(&place.path);
        if name.value.is_empty() {
            return None;
        }
        let topic = self.find_topic(name)?;
        let given = Given {
            entries: body,
            span: name.span,
            key: "body",
        };
        let fields = self.known.topic_fields[topic].clone();
        self.given_fields(&format!("the topic {}", name.value), &fields, given);
        let body: Vec<Fill> = fields
            .iter()
            .map(|field| self.fill(&b.scope, field, given))
            .collect();
        let key = body
            .get(usize::from(self.known.topic_keys[topic]))
            .copied()
            .unwrap_or(Fill::Constant(0));
        self.system.publishes.push(PublishDef {
            step,
            topic: TopicId(topic as u16),
            via,
            body,
            key,
        });
        Some(PublishId((self.system.publishes.len() - 1) as u16))
    }
}
