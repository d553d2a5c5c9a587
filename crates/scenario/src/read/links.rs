//! `links`: what lies between those who ask and those who are asked.

use seatrial_sim::system::{
    CUT_BACK, CUT_THERE, ClientId, Dist, End, Link, ProviderId, ServiceId, StoreId, TopicId,
};
use seatrial_source::{Fields, Node, Spanned};

use crate::cx::{Cx, Place};
use crate::slot::Kind;
use crate::unit::DistOf;

const SECOND: i64 = 1_000_000_000;

const CUTS: &[(&str, i64)] = &[
    ("none", 0),
    ("there", CUT_THERE),
    ("back", CUT_BACK),
    ("both", CUT_THERE | CUT_BACK),
];

impl<'a> Cx<'a> {
    pub fn links(&mut self, root: &'a Node) {
        for entry in self.section(root, "links") {
            self.word(&entry.key, entry.key_span);
            let place = Place::world(format!("links.{}", entry.key));
            let link = self
                .at
                .map(&entry.value, "link", |f| self.link(&entry.key, f, &place));
            let Some(link) = link else { continue };
            for &from in &link.from {
                let twice = link.to.iter().find(|to| self.system.link(from, **to).is_some());
                if twice.is_some() {
                    let message = "two links join the same two parts";
                    self.error(entry.key_span, "duplicate-id", message, "leave one end out of one of them");
                    break;
                }
            }
            self.system.links.push(link);
        }
    }

    fn link(&mut self, name: &str, f: &mut Fields<'a>, place: &Place) -> Link {
        let ends = |cx: &Self, f: &mut Fields<'a>, key: &'static str| {
            let names = f
                .required(key)
                .map(|node| cx.name_list(node, key))
                .unwrap_or_default();
            names
                .iter()
                .filter_map(|name| cx.end(name, key == "from"))
                .collect::<Vec<_>>()
        };
        let from = ends(self, f, "from");
        let to = ends(self, f, "to");
        let at_once = self.dist(Dist::Constant(0.0));
        let latency = self.field(f, place, "latency", Kind::Dist(DistOf::Time), at_once);
        let loss = self.field(f, place, "loss", Kind::Share, 0);
        let (lost_request, lost_answer) = self.lost(f, place);
        Link {
            name: name.to_owned(),
            from,
            to,
            latency,
            loss,
            lost_request,
            lost_answer,
            cut: self.field(f, place, "cut", Kind::Word(CUTS), 0),
            cut_replicas: self.field(f, place, "cut_replicas", Kind::count(0), 0),
            // Envoy, `Cluster.connect_timeout`: 5 s.
            connect: self.field(f, place, "connect", Kind::Limit, 5 * SECOND),
            // Linux, `tcp_retries2`: 15 times, 924.6 s.
            gives_up: self.field(f, place, "gives_up", Kind::Duration, 924_600_000_000),
            lifetime: self.field(f, place, "lifetime", Kind::Limit, 0),
            step: self.step(&place.path),
        }
    }

    /// A part by its name. Those who ask and those who are asked are not the same.
    fn end(&self, name: &Spanned<String>, asks: bool) -> Option<End> {
        let (known, short) = (&self.known, name.value.as_str());
        let service = known.services.get(short).map(|at| End::Service(ServiceId(at as u16)));
        let provider = known.providers.get(short).map(|at| End::Provider(ProviderId(at as u16)));
        let client = known.clients.get(short).map(|at| End::Client(ClientId(at as u16)));
        let store = known.stores.get(short).map(|at| End::Store(StoreId(at as u16)));
        let topic = known.topics.get(short).map(|at| End::Topic(TopicId(at as u16)));
        let found = match asks {
            true => service.or(client).or(provider),
            false => service.or(provider).or(store).or(topic),
        };
        if found.is_none() {
            let all = known.services.iter().chain(known.providers.iter());
            let what = if asks { "service, client or provider" } else { "service, provider, store or topic" };
            match asks {
                true => self.unknown(name.span, what, short, all.chain(known.clients.iter())),
                false => self.unknown(name.span, what, short, all.chain(known.stores.iter()).chain(known.topics.iter())),
            }
        }
        found
    }
}
