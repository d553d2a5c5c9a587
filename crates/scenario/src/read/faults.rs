//! `faults`: what goes wrong, when, and for how long.

use seatrial_sim::system::{
    CacheId,
    AlertId, Downable, Fault, FaultEffect, GroupId, InvariantId, ProviderId, ServiceId, StepId, StoreId,
    Statement, TopicId, TxDef,
};
use seatrial_source::{Entry, Fields, Node, Span, Spanned};

use crate::cx::Cx;
use crate::slot::Kind;

/// What was inserted longer ago may have been given back with its arrival.
const LOSS_NS_MAX: u64 = 120_000_000_000;

/// A sign that only begins so long after a fault has ended is about something else.
const NOTICED_WITHIN_NS: i64 = 600_000_000_000;

impl<'a> Cx<'a> {
    pub fn faults(&mut self, root: &'a Node) {
        for entry in self.section(root, "faults") {
            let fault = self.at.map(&entry.value, "fault", |f| self.fault(entry, f));
            self.system.faults.extend(fault);
        }
    }

    fn fault(&mut self, entry: &'a Entry, f: &mut Fields<'a>) -> Fault {
        if f.required("at").is_none() {
            f.optional("at");
        }
        let at = self.fixed(f, "at", Kind::Limit, 0) as u64;
        let lasts = self.fixed(f, "lasts", Kind::Limit, 0) as u64;
        // What is done in a moment, as a release or a leak, has no end of its own.
        let felt = if lasts == 0 { 0 } else { NOTICED_WITHIN_NS };
        let noticed_within = match self.fixed(f, "noticed_within", Kind::Limit, felt) {
            0 => u64::MAX,
            within => within as u64,
        };
        let mut effects = Vec::new();
        let mut endless = false;
        if let Some(node) = f.optional("set") {
            effects.extend(self.settings(node).into_iter().map(FaultEffect::Set));
            endless = true;
        }
        if let Some(node) = f.optional("fail") {
            for name in self.name_list(node, "fail") {
                effects.extend(self.downable(&name).map(FaultEffect::Down));
            }
            endless = true;
        }
        if f.optional("pause").is_some() {
            f.optional_one("pause", "pause", |f| {
                let some = self.some_of(f);
                effects.extend(some.map(|(service, replicas)| FaultEffect::Pause { service, replicas }));
            });
            endless = true;
        }
        if endless && f.optional("lasts").is_none() {
            f.error(
                f.span(),
                "missing-field",
                "this fault does not say how long it `lasts`",
                "add `lasts: 10m`",
            );
        }
        f.optional_one("crash", "crash", |f| effects.extend(self.crash(f)));
        f.optional_one("drain", "drain", |f| {
            let some = self.some_of(f);
            effects.extend(some.map(|(service, replicas)| FaultEffect::Drain { service, replicas }));
        });
        let count = self.fixed(
            f,
            "count",
            Kind::Count {
                least: 1,
                most: 1_000_000,
            },
            1,
        ) as u32;
        if let Some(name) = self.named(f, "corrupt") {
            let topic = self.find_topic(&name).map(|topic| TopicId(topic as u16));
            effects.extend(topic.map(|topic| FaultEffect::Corrupt { topic, count }));
        } else if f.optional("count").is_some() {
            f.error(f.key("count"), "unknown-field", "only `corrupt` counts", "");
        }
        if let Some(name) = self.named(f, "empty") {
            let cache = self.find_in(&self.known.caches, "cache", &name).map(|at| CacheId(at as u16));
            effects.extend(cache.map(FaultEffect::Empty));
        }
        for name in self.names(f, "roll_out").unwrap_or_default() {
            effects.extend(self.find_version(&name).map(FaultEffect::RollOut));
        }
        if let Some(node) = f.optional("migrate") {
            for name in self.name_list(node, "migrate") {
                effects.extend(self.find_migration(&name).map(FaultEffect::Migrate));
            }
        }
        if f.optional("fail_over").is_some() {
            effects.extend(self.copied_store(f).map(FaultEffect::FailOver));
        }
        f.optional_one("lose", "loss", |f| effects.extend(self.loss(f)));
        let every = self.fixed(f, "every", Kind::Duration, 60_000_000_000) as u64;
        if let Some(name) = self.named(f, "leak") {
            let secret = self.find_credential(&name);
            let from = self.named(f, "from").and_then(|name| self.find_service(&name)).map(|at| ServiceId(at as u16));
            effects.extend(secret.map(|secret| FaultEffect::Leak { secret, every, from }));
        } else if f.optional("every").is_some() {
            f.error(f.key("every"), "unknown-field", "only `leak` comes every so often", "");
        }
        if let Some(name) = self.named(f, "rotate") {
            effects.extend(self.find_secret(&name).map(FaultEffect::Rotate));
        }
        if let Some(name) = self.named(f, "revoke") {
            effects.extend(self.find_credential(&name).map(FaultEffect::Revoke));
        }
        let nothing = ["set", "fail", "crash", "corrupt", "lose", "pause", "drain", "roll_out", "migrate", "leak", "rotate", "revoke", "fail_over", "empty"]
            .iter()
            .all(|key| entry.value.get(key).is_none());
        if nothing {
            f.error(
                f.span(),
                "bad-value",
                "this fault does nothing",
                "add `set`, `fail`, `crash`, `pause`, `drain`, `corrupt`, `lose`, `leak`, `rotate`, `revoke`, `roll_out`, `migrate`, `fail_over` or `empty`",
            );
        }
        let (mut reveals, mut reveals_alerts) = (Vec::new(), Vec::new());
        for name in self.names(f, "reveals").unwrap_or_default() {
            if let Some(alert) = self.known.alerts.get(&name.value) {
                reveals_alerts.push(AlertId(alert as u16));
            } else if let Some(invariant) = self.find_invariant(&name) {
                reveals.push(InvariantId(invariant as u16));
            }
        }
        let play = self.system.clock.play;
        if at >= play {
            f.warn(
                f.key("at"),
                "never-happens",
                "this fault comes when nobody arrives any more",
                "move it, or let the clock play longer; what still runs in the drain meets it all the same",
            );
        }
        Fault {
            name: entry.key.clone(),
            at,
            lasts,
            effects,
            reveals,
            reveals_alerts,
            noticed_within,
        }
    }

    /// `depot`, or with its kind where several things have the name: `group depot`.
    fn downable(&self, name: &Spanned<String>) -> Option<Downable> {
        let (kind, short) = match name.value.split_once(' ') {
            Some((kind, short)) => (Some(kind), short.trim()),
            None => (None, name.value.as_str()),
        };
        let mut found: Vec<(&str, Downable)> = Vec::new();
        let service = self
            .known
            .services
            .get(short)
            .map(|s| Downable::Service(ServiceId(s as u16)));
        let store = self
            .known
            .stores
            .get(short)
            .map(|s| Downable::Store(StoreId(s as u16)));
        let provider = self
            .known
            .providers
            .get(short)
            .map(|p| Downable::Provider(ProviderId(p as u16)));
        let topic = self
            .known
            .topics
            .get(short)
            .map(|t| Downable::Topic(TopicId(t as u16)));
        found.extend(service.map(|s| ("service", s)));
        found.extend(store.map(|s| ("store", s)));
        found.extend(provider.map(|p| ("provider", p)));
        found.extend(topic.map(|t| ("topic", t)));
        let groups = self
            .known
            .groups
            .iter()
            .enumerate()
            .filter(|(_, (_, group, _))| group == short);
        found.extend(groups.map(|(place, _)| ("group", Downable::Group(GroupId(place as u16)))));
        let fits: Vec<(&str, Downable)> = found
            .iter()
            .copied()
            .filter(|(k, _)| kind.is_none_or(|kind| *k == kind))
            .collect();
        match fits[..] {
            [(_, one)] => Some(one),
            [] => {
                let known = self
                    .known
                    .services
                    .iter()
                    .chain(self.known.stores.iter())
                    .chain(self.known.providers.iter());
                let all: Vec<&str> = known.chain(self.known.topics.iter()).collect();
                self.unknown(
                    name.span,
                    "service, store, provider, topic or group",
                    short,
                    all.into_iter(),
                );
                None
            }
            _ => {
                let kinds: Vec<String> = fits
                    .iter()
                    .map(|(kind, _)| format!("`{kind} {short}`"))
                    .collect();
                let message = format!("`{short}` is the name of several things");
                self.error(
                    name.span,
                    "ambiguous",
                    message,
                    format!("say which: {}", kinds.join(" or ")),
                );
                None
            }
        }
    }

    fn crash(&mut self, f: &mut Fields<'a>) -> Option<FaultEffect> {
        let service = f
            .required("service")
            .and_then(|node| self.name(node, "`service`"));
        let replicas = self.fixed(
            f,
            "replicas",
            Kind::Count {
                least: 1,
                most: 1000,
            },
            1,
        ) as u32;
        let step = self.named(f, "after_step");
        let host = f.flag("host");
        if host && step.is_some() {
            f.error(f.key("host"), "either-or", "a machine does not die after a step", "delete `host` or `after_step`");
        }
        let service = self.find_service(&service?)?;
        let step = step.map(|step| self.step_of(service, &step.value, step.span));
        if let Some(None) = step {
            return None;
        }
        Some(FaultEffect::Crash {
            service: ServiceId(service as u16),
            replicas,
            after_step: step.flatten(),
            host,
        })
    }

    /// So many replicas of a service.
    fn some_of(&mut self, f: &mut Fields<'a>) -> Option<(ServiceId, u32)> {
        let service = f.required("service").and_then(|node| self.name(node, "`service`"));
        let replicas = self.fixed(f, "replicas", Kind::Count { least: 1, most: 1000 }, 1) as u32;
        let service = self.find_service(&service?)?;
        Some((ServiceId(service as u16), replicas))
    }

    /// Rows that are changed later would come back as they were before, which is another story.
    fn loss(&mut self, f: &mut Fields<'a>) -> Option<FaultEffect> {
        let name = self.named(f, "store");
        let last = self.fixed(f, "last", Kind::Limit, 0) as u64;
        if f.optional("last").is_none() {
            f.error(f.span(), "missing-field", "this loss does not say how much", "add `last: 20s`");
        } else if last > LOSS_NS_MAX {
            f.error(f.key("last"), "bad-value", "no copy is so far behind", "two minutes at most");
        }
        let name = name?;
        let store = StoreId(self.find_store(&name)? as u16);
        let changes = |statement: &Statement| matches!(statement, Statement::Move { .. } | Statement::Update { .. });
        let of = |tx: &&TxDef| tx.store == store;
        if self.system.txs.iter().filter(of).flat_map(|tx| &tx.statements).any(changes) {
            self.error(
                name.span,
                "bad-value",
                format!("rows of `{}` are changed after they were inserted", name.value),
                "only a store to which rows are only added can lose some",
            );
        }
        Some(FaultEffect::Lose { store, last })
    }

    /// The store whose copy is to take over.
    pub fn copied_store(&self, f: &mut Fields<'a>) -> Option<StoreId> {
        let name = self.named(f, "fail_over")?;
        let store = self.find_store(&name)?;
        if self.system.stores[store].copy.is_none() {
            let message = format!("`{}` has no copy that could take over", name.value);
            self.error(name.span, "bad-value", message, "give the store a `replica`");
            return None;
        }
        Some(StoreId(store as u16))
    }

    /// A step of a service by the last words of its path.
    fn step_of(&self, service: usize, name: &str, span: Span) -> Option<StepId> {
        let begin = format!("{}.", self.known.services.name(service));
        let own = |step: &&String| step.starts_with(&begin);
        let end = format!(".{name}");
        let found: Vec<usize> = self
            .system
            .steps
            .iter()
            .enumerate()
            .filter(|(_, s)| own(s) && s.ends_with(&end))
            .map(|s| s.0)
            .collect();
        match found[..] {
            [step] => Some(StepId(step as u16)),
            [] => {
                let known: Vec<&str> = self
                    .system
                    .steps
                    .iter()
                    .filter(own)
                    .map(|s| &s[begin.len()..])
                    .collect();
                let what = format!("step of {} called", self.known.services.name(service));
                let last = known
                    .iter()
                    .map(|path| path.rsplit_once('.').map_or(*path, |(_, last)| last));
                match seatrial_source::nearest(name, last) {
                    Some(near) => self.unknown(span, &what, name, [near].into_iter()),
                    None => self.unknown(span, &what, name, known.iter().copied()),
                }
                None
            }
            _ => {
                let paths: Vec<&str> = found
                    .iter()
                    .map(|&s| &self.system.steps[s][begin.len()..])
                    .collect();
                self.error(
                    span,
                    "ambiguous",
                    format!("several steps are called `{name}`"),
                    format!("say which: {}", paths.join(", ")),
                );
                None
            }
        }
    }

    /// `{path: value}` entries, each checked at its place.
    pub fn settings(&mut self, node: &'a Node) -> Vec<seatrial_sim::system::Patch> {
        let entries: &'a [Entry] = self.at.entries(node, "`set`");
        let mut patches = Vec::new();
        for entry in entries {
            let Some(slot) = self.find_path(&entry.key, entry.key_span) else {
                continue;
            };
            let set = self.patches(slot, &entry.value, &entry.key);
            for patch in &set {
                self.can_ask(patch.param, patch.value, entry.value.span);
            }
            patches.extend(set);
        }
        patches
    }

    /// The slot of a path; the nearest when there is none.
    pub fn find_path(&self, path: &str, span: Span) -> Option<usize> {
        let found = self.paths.get(path).copied();
        if found.is_none() {
            let known: Vec<&str> = self.paths.keys().map(String::as_str).collect();
            // The paths that begin the same way say more than the first of all.
            let mut stem = path;
            let mut alike: Vec<&str> = Vec::new();
            while alike.is_empty()
                && let Some((shorter, _)) = stem.rsplit_once('.')
            {
                stem = shorter;
                let begin = format!("{stem}.");
                alike = known
                    .iter()
                    .copied()
                    .filter(|path| path.starts_with(&begin))
                    .collect();
            }
            let crowded = self.at.report.is_crowded(self.at.file);
            let near = if crowded {
                None
            } else {
                seatrial_source::nearest(path, known.iter().copied())
            };
            let help = match (near, alike.is_empty()) {
                (Some(_), _) => String::new(),
                (None, true) => "a path is `service.handler.step.field`, or begins with a provider, topic, store or client".into(),
                (None, false) => {
                    alike.truncate(12);
                    format!("below {stem}: {}", alike.join(", "))
                }
            };
            let message = format!("there is no path `{}`", seatrial_source::clip(path));
            self.at.report.add(
                self.at
                    .error(span, "bad-path", message)
                    .help(help)
                    .suggest(near),
            );
        }
        found
    }
}
