//! `credentials` and `certificates`: who asks for them, who holds them, and how a new version comes to its holders.

use seatrial_sim::system::{
    EACH, END_ALL, END_NONE, END_REVOKED, End, OVERLAP, ParamId, ProviderId, REPLACE, RotationPlan, SERVICES_FIRST, SHARED, STORE_FIRST, Secret, SecretId,
    SecretKind,
    ServiceId, StoreId,
};
use seatrial_source::{Entry, Fields, Node, Spanned};

use crate::cx::{Cx, Place};
use crate::slot::Kind;

const MINUTE: i64 = 60_000_000_000;
const DAY: i64 = 1440 * MINUTE;

impl<'a> Cx<'a> {
    pub fn secrets(&mut self, root: &'a Node) {
        for entry in self.section(root, "credentials") {
            let place = Place::world(format!("credentials.{}", entry.key));
            let secret = self.at.map(&entry.value, "credential", |f| self.credential(entry, f, &place));
            self.system.secrets.extend(secret);
        }
        for entry in self.section(root, "certificates") {
            let place = Place::world(format!("certificates.{}", entry.key));
            let secret = self.at.map(&entry.value, "certificate", |f| self.certificate(entry, f, &place));
            self.system.secrets.extend(secret.flatten());
        }
    }

    fn credential(&mut self, entry: &'a Entry, f: &mut Fields<'a>, place: &Place) -> Secret {
        let signs = f.optional("signs").and_then(|node| self.name(node, "`signs`")).and_then(|name| self.signer(&name, entry));
        let names = match f.optional("of") {
            Some(node) => self.name_list(node, "of"),
            None => Vec::new(),
        };
        if (entry.value.get("of").is_some()) == (entry.value.get("signs").is_some()) {
            let help = "`of: store` for what is shown to be let in, `signs: provider` for what webhooks are signed with";
            self.error(entry.key_span, "either-or", format!("`{}` says one of `of` and `signs`", entry.key), help);
        }
        let of: Vec<End> = names.iter().filter_map(|name| self.who_asks(name)).collect();
        for end in &of {
            let known = |kind: &SecretKind| matches!(kind, SecretKind::Credential { of, .. } if of.contains(end));
            if self.system.secrets.iter().any(|other| known(&other.kind)) {
                self.error(f.key("of"), "duplicate-id", "one part asks for two credentials", "name it in one of them");
            }
        }
        let words: &'static [(&'static str, i64)] = &[("replace", REPLACE), ("overlap", OVERLAP)];
        let rotation = self.field(f, place, "rotation", Kind::Word(words), REPLACE);
        // HikariCP, maxLifetime: 30 minutes.
        let sessions = self.field(f, place, "sessions", Kind::Limit, 30 * MINUTE);
        let below = place.below("lock");
        let mut lock = None;
        f.optional_one("lock", "rule for locking out", |f| {
            let after = self.field(f, &below, "after", Kind::Bulkhead, 0);
            lock = Some((after, self.field(f, &below, "for", Kind::Duration, 5 * MINUTE)));
        });
        let span = f.span();
        let (lock_after, lock_for) = lock.unwrap_or_else(|| {
            let after = self.param(&below, "after", Kind::Bulkhead, 0, span);
            (after, self.param(&below, "for", Kind::Duration, 5 * MINUTE, span))
        });
        let orders: &'static [(&'static str, i64)] = &[("store_first", STORE_FIRST), ("services_first", SERVICES_FIRST)];
        let logins: &'static [(&'static str, i64)] = &[("shared", SHARED), ("each", EACH)];
        let ends: &'static [(&'static str, i64)] = &[("false", END_NONE), ("revoked", END_REVOKED), ("true", END_ALL)];
        let plan = RotationPlan {
            order: self.field(f, place, "order", Kind::Word(orders), STORE_FIRST),
            between: self.field(f, place, "between", Kind::Limit, 0),
            retire: self.field(f, place, "retire", Kind::Limit, 0),
            revoke_after: self.field(f, place, "revoke_after", Kind::Limit, 0),
            terminate: self.field(f, place, "terminate", Kind::Word(ends), END_NONE),
            on_failure: self.field(f, place, "on_failure", Kind::Flag, 0),
            enforced: self.field(f, place, "enforced", Kind::Flag, 0),
            logins: self.field(f, place, "logins", Kind::Word(logins), SHARED),
        };
        let reload = self.reloads(f, place);
        // Stripe's libraries: five minutes.
        let tolerance = self.field(f, place, "tolerance", Kind::Limit, 5 * MINUTE);
        let kind = SecretKind::Credential { of, signs, tolerance, rotation, sessions, lock_after, lock_for, plan };
        Secret { name: entry.key.clone(), kind, reload, step: self.step(&place.path) }
    }

    /// Whose webhooks are signed with it. What is said of logins means nothing there.
    fn signer(&mut self, name: &Spanned<String>, entry: &'a Entry) -> Option<ProviderId> {
        for key in ["sessions", "lock", "terminate", "enforced", "logins"] {
            if let Some(node) = entry.value.get(key) {
                let message = format!("`{key}` is about connections, and nothing logs in with what only signs");
                self.error(node.span, "bad-value", message, "leave it out");
            }
        }
        let provider = self.find_provider(name)?;
        if self.known.webhooks[provider].is_none() {
            let message = format!("`{}` sends no webhooks", name.value);
            self.error(name.span, "bad-value", message, "give it `webhooks:`, or leave this secret out");
        }
        let this = self.known.secrets.get(&entry.key);
        if self.known.signers.get(&provider).copied() != this {
            let message = format!("the webhooks of `{}` are signed with another secret already", name.value);
            self.error(name.span, "duplicate-id", message, "a provider has one secret, in versions");
        }
        Some(ProviderId(provider as u16))
    }

    fn certificate(&mut self, entry: &'a Entry, f: &mut Fields<'a>, place: &Place) -> Option<Secret> {
        let of = f.required("of").and_then(|node| self.name(node, "`of`"));
        let expires = self.field(f, place, "expires", Kind::Limit, 0);
        // Let's Encrypt: 90 days.
        let lives = self.field(f, place, "lives", Kind::Duration, 90 * DAY);
        let reload = self.reloads(f, place);
        let of = ServiceId(self.find_service(&of?)? as u16);
        let kind = SecretKind::Certificate { of, expires, lives };
        Some(Secret { name: entry.key.clone(), kind, reload, step: self.step(&place.path) })
    }

    /// `reload: {orders: 60s, billing: none}`: how often a service's replicas ask for a new version.
    fn reloads(&mut self, f: &mut Fields<'a>, place: &Place) -> Vec<(ServiceId, ParamId)> {
        let below = place.below("reload");
        let entries = f.optional("reload").map_or(&[][..], |node| self.at.entries(node, "`reload`"));
        let mut given = Vec::new();
        for entry in entries {
            let name = Spanned { value: entry.key.clone(), span: entry.key_span };
            if let Some(service) = self.find_service(&name) {
                let every = self.value(&Kind::Limit, &entry.value, &entry.key).unwrap_or(0);
                given.push((service, every, entry.value.span));
            }
        }
        // Every service has a path, so that a decision can let it ask.
        let span = f.span();
        (0..self.known.services.iter().count())
            .map(|service| {
                let said = given.iter().find(|(of, _, _)| *of == service);
                let (every, span) = said.map_or((0, span), |(_, every, span)| (*every, *span));
                let name = self.known.services.name(service).to_owned();
                (ServiceId(service as u16), self.param(&below, &name, Kind::Limit, every, span))
            })
            .collect()
    }

    fn who_asks(&self, name: &Spanned<String>) -> Option<End> {
        let short = name.value.as_str();
        let store = self.known.stores.get(short).map(|at| End::Store(StoreId(at as u16)));
        let provider = self.known.providers.get(short).map(|at| End::Provider(ProviderId(at as u16)));
        let found = store.or(provider);
        if found.is_none() {
            let all = self.known.stores.iter().chain(self.known.providers.iter());
            self.unknown(name.span, "store or provider", short, all);
        }
        found
    }

    pub fn find_secret(&self, name: &Spanned<String>) -> Option<SecretId> {
        self.find_in(&self.known.secrets, "credential or certificate", name).map(|at| SecretId(at as u16))
    }

    pub fn find_credential(&self, name: &Spanned<String>) -> Option<SecretId> {
        let secret = self.find_secret(name)?;
        let is = |secret: SecretId| secret.at() < self.known.credentials;
        if !is(secret) {
            let message = format!("`{}` is a certificate", name.value);
            self.error(name.span, "wrong-type", message, "name a credential");
        }
        Some(secret).filter(|&secret| is(secret))
    }
}
