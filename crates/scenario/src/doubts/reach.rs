//! Handlers that nobody calls.

use std::collections::BTreeSet;

use seatrial_sim::system::{HandlerId, HandlerKind, MoveEffect, Op, Statement, Target};

use super::{Doubt, Look, called};

impl Look<'_> {
    /// Whatever may be called under some design counts: a block that this design does not use is no mistake.
    pub(super) fn unreachable(&mut self) {
        let system = self.system;
        let published = self.published();
        let mut reached: BTreeSet<HandlerId> = BTreeSet::new();
        let mut next: Vec<HandlerId> = system.clients.iter().map(|client| client.target).collect();
        next.extend(system.providers.iter().filter_map(|provider| provider.webhooks.as_ref()).map(|hooks| hooks.to));
        next.extend(system.moves.iter().filter_map(|makes| match makes.does {
            MoveEffect::Call { handler, .. } => Some(handler),
            _ => None,
        }));
        let started = system.handlers.iter().enumerate().filter(|(_, handler)| handler.kind == HandlerKind::Job);
        next.extend(started.map(|(at, _)| HandlerId(at as u16)));
        next.extend(system.groups.iter().filter(|group| published.contains(&group.topic.at())).map(|group| group.handler));
        // Calls that stand in no handler of the file: those of jobs and comparisons.
        next.extend(self.calls().filter(|(_, caller)| caller.is_none()).flat_map(|(call, _)| called(system, call)));
        while let Some(handler) = next.pop() {
            if reached.insert(handler) {
                next.extend(self.calls_of(handler).flat_map(|call| called(system, call)));
            }
        }
        for at in 0..system.handlers.len() {
            let id = HandlerId(at as u16);
            let Some(place) = self.compiled.places.handler(id).filter(|_| !reached.contains(&id)) else { continue };
            let name = self.handler(id);
            let callers = self.calls().filter(|(call, _)| call.target == Target::Handler(id)).filter_map(|(_, caller)| caller);
            let callers: BTreeSet<String> = callers.filter(|caller| *caller != id).map(|caller| self.handler(caller)).collect();
            let topic = system.groups.iter().find(|group| group.handler == id).map(|group| &system.topics[group.topic.at()].name);
            let message = match topic {
                Some(topic) => format!("{name} never runs: 0 places publish to {topic}"),
                None if callers.is_empty() => format!("{name} never runs: 0 calls, clients, webhooks, jobs or moves lead to it"),
                None => format!("{name} never runs: only {} call it, which never run", callers.into_iter().collect::<Vec<_>>().join(", ")),
            };
            self.found.push(Doubt {
                place: Some(place.clone()),
                code: "unreachable-handler",
                message,
                help: "call it from somewhere, or delete it".into(),
            });
        }
    }

    /// Topics that anything publishes to.
    fn published(&self) -> BTreeSet<usize> {
        let system = self.system;
        let topic = |publish: seatrial_sim::system::PublishId| system.publishes[publish.at()].topic.at();
        let at_once = system.code.iter().filter_map(|op| match op {
            Op::Publish(publish) => Some(topic(*publish)),
            _ => None,
        });
        let in_tx = system.txs.iter().flat_map(|tx| &tx.statements).filter_map(|statement| match statement {
            Statement::Publish(publish) => Some(topic(*publish)),
            _ => None,
        });
        at_once.chain(in_tx).collect()
    }
}
