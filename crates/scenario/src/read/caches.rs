//! `caches`, and the step that looks something up in one.

use seatrial_sim::system::{Cache, CacheId, Fill, Lookup, LookupId, Op};
use seatrial_source::Fields;

use super::steps::{Body, Mode};
use crate::cx::{Cx, Place};
use crate::known::Index;
use crate::scope::Ty;
use crate::slot::{Kind, MANY};
use crate::unit::DistOf;

/// What an entry holds at most.
const VALUES: usize = 4;

impl<'a> Cx<'a> {
    pub fn caches(&mut self, root: &'a seatrial_source::Node) {
        let entries = self.section(root, "caches");
        self.known.caches = Index::of(entries);
        for entry in entries {
            self.word(&entry.key, entry.key_span);
            let place = Place::world(entry.key.clone());
            let cache = self.at.map(&entry.value, "cache", |f| {
                let shared = f.flag("shared");
                if !shared && f.optional("takes").is_some() {
                    f.error(f.key("takes"), "bad-value", "a cache in the process takes no time", "make it `shared: true`, or delete the `takes`");
                }
                let none = self.dist(seatrial_sim::system::Dist::Constant(0.0));
                Cache {
                    name: entry.key.clone(),
                    shared,
                    capacity: self.field(f, &place, "capacity", Kind::count(0), 10_000),
                    ttl: self.field(f, &place, "ttl", Kind::Limit, 0),
                    stale: self.field(f, &place, "stale", Kind::Limit, 0),
                    on_error: self.field(f, &place, "on_error", Kind::Limit, 0),
                    negative: self.field(f, &place, "negative", Kind::Limit, 0),
                    jitter: self.field(f, &place, "jitter", Kind::Share, 0),
                    single_flight: self.field(f, &place, "single_flight", Kind::Flag, 0),
                    takes: self.field(f, &place, "takes", Kind::Dist(DistOf::Time), none),
                }
            });
            debug_assert!(MANY <= 1_000_000, "a cache has no more entries than the engine keeps");
            self.system.caches.extend(cache);
        }
    }

    /// `{cache: prices, key: item.id, miss: [steps]}`: what the steps bring into the handler is kept, as far as it is no record.
    pub fn cache_step(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>, mode: Mode) -> String {
        let name = self.named(f, "cache");
        let id = self.step_id(f, b, name.as_ref().map_or("cache", |name| &name.value));
        let place = b.place.below(&id);
        let step = self.step(&place.path);
        let cache = name.and_then(|name| self.find_in(&self.known.caches, "cache", &name)).map(|at| CacheId(at as u16));
        let scope = b.scope.clone();
        let key = f.required("key").map(|node| self.fill_from(&scope, Ty::Unread, node, "key")).unwrap_or(Fill::Constant(0));
        let lookup = LookupId(self.system.lookups.len() as u16);
        if let Some(cache) = cache.and_then(|cache| self.system.caches.get(cache.at())).filter(|cache| cache.shared) {
            let time = cache.takes;
            self.emit(Op::Wait { time, step });
        }
        let get = self.emit(Op::CacheGet(lookup)) as u32;
        let miss = self.pc();
        // Numbered now, so that a cache in its own steps, which is a mistake, finds another.
        self.system.lookups.push(Lookup { step, cache: cache.unwrap_or(CacheId(0)), key, values: Vec::new(), get, miss, put: miss });
        if let Some(node) = f.required("miss") {
            self.steps(node, b, "miss");
            let from = miss as usize;
            let ends = |op: &Op| matches!(op, Op::Respond(_) | Op::SagaEnter(_) | Op::CacheGet(_) | Op::Use { .. });
            if self.system.code[from..].iter().any(ends) {
                self.error(node.span, "bad-step", "these steps answer, run a saga, use a block or look up another time", "fetch here what is missing, \
                    and nothing else");
            }
        }
        let put = self.emit(Op::CachePut(lookup)) as u32;
        if mode == Mode::OrFail {
            self.emit(Op::OrFail);
        }
        let brought: Vec<_> = b.scope.vars[scope.vars.len()..].iter().filter(|var| !matches!(var.ty, Ty::Record(_))).cloned().collect();
        if brought.len() > VALUES {
            self.error(f.span(), "too-many", format!("an entry of a cache holds at most {VALUES} values"), "read fewer");
        }
        let def = &mut self.system.lookups[lookup.at()];
        def.put = put;
        def.values = brought.iter().map(|var| var.reg).collect();
        let unsure = b.scope.unsure;
        b.scope = scope;
        b.scope.unsure |= unsure;
        b.scope.vars.extend(brought);
        b.last_result = None;
        id
    }
}
