//! Credentials and certificates: versions, who holds which, and what happens where one is asked for.
//!
//! A store asks when a connection opens and never again: PostgreSQL's ALTER ROLE … PASSWORD, as any change of a password,
//! leaves open sessions alone, and a wrong one is FATAL 28P01 before anything was done, so the outcome is `refused`. A
//! provider asks with each request, and answers `failed` (HTTP 401). A certificate is looked at in the handshake only, by
//! the clock of whoever opens the connection (RFC 5280, 4.1.2.5).

use std::collections::BTreeMap;

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, mix, unit};
use super::config::WORLD;
use super::listen::Who;
use super::queue::Kind;
use super::state::Tx;
use super::story::{Beat, Part};
use super::vault::WORLD_CASE;
use crate::Outcome;
use crate::system::{EACH, END_ALL, END_REVOKED, End, OVERLAP, RotationPlan, SERVICES_FIRST, SecretId, SecretKind, ServiceId, StoreId, System};

#[derive(Debug, Clone, Copy)]
pub struct Version {
    pub since: u64,
    /// Of a certificate: until when it is valid.
    pub until: u64,
    pub accepted: bool,
    /// Only this login has got a new password, where each service has its own; all have otherwise.
    of: u16,
}

#[derive(Debug, Clone, Default)]
pub struct SecretState {
    /// The last is the newest.
    pub versions: Vec<Version>,
    /// The newest that the store of secrets gives out.
    published: u16,
    /// By login: versions below it are refused.
    floors: BTreeMap<u16, u16>,
    /// By login: failures in a row, and until when it is locked.
    locks: BTreeMap<u16, (i64, u64)>,
    pub failed_logins: u64,
    /// Of this minute and of the one before.
    failed: [u64; 2],
    minute: u64,
    /// Somebody else has this version.
    leaked: Option<u16>,
    /// As this login.
    leaked_login: u16,
    /// Services whose data it opens.
    reach: u64,
    /// And has a connection that is logged in.
    intruder_is_in: bool,
    intruder_since: u64,
    every: u64,
    pub misused: u64,
    /// Times the services whose data was open.
    pub exposed: u64,
}

/// A connection that has logged in.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    pub version: u16,
    pub until: u64,
}

/// Connections of one replica to the stores that know a credential.
#[derive(Debug, Clone, Default)]
pub struct Sessions {
    /// By credential and store.
    idle: BTreeMap<(u16, u16), Vec<Session>>,
    /// By transaction.
    used: BTreeMap<u32, (u16, u16, Session)>,
}

/// The login that all share.
const ALL: u16 = u16::MAX;
/// What comes of a rotation later, in the upper bits of an event.
const COMES_IN_FORCE: u32 = 0;
const IS_PUBLISHED: u32 = 1;
const RETIRES: u32 = 2;
const REVOKES: u32 = 3;
const REVOKES_AND_ENDS: u32 = 4;
const MINUTE_NS: u64 = 60_000_000_000;
/// HikariCP lets connections end up to 2.5 % earlier than `maxLifetime` says, so that they do not end together.
const EARLIER: f64 = 0.025;

pub fn start(system: &System, configs: &super::config::Configs) -> Vec<SecretState> {
    let first = |kind: &SecretKind| match kind {
        SecretKind::Credential { .. } => Version { since: 0, until: u64::MAX, accepted: true, of: ALL },
        SecretKind::Certificate { expires, .. } => {
            let expires = configs.get(WORLD, *expires) as u64;
            Version { since: 0, until: if expires == 0 { u64::MAX } else { expires }, accepted: true, of: ALL }
        }
    };
    system.secrets.iter().map(|def| SecretState { versions: vec![first(&def.kind)], ..SecretState::default() }).collect()
}

impl World {
    /// What the store of secrets gives out.
    fn newest(&self, secret: usize) -> u16 {
        self.secrets[secret].published
    }

    fn plan(system: &System, secret: SecretId) -> Option<RotationPlan> {
        match system.secrets[secret.at()].kind {
            SecretKind::Credential { plan, .. } => Some(plan),
            SecretKind::Certificate { .. } => None,
        }
    }

    fn each_has_its_own(&self, system: &System, secret: SecretId) -> bool {
        Self::plan(system, secret).is_some_and(|plan| self.configs.get(WORLD, plan.logins) == EACH)
    }

    fn login_of(&self, system: &System, secret: SecretId, replica: u32) -> u16 {
        if self.each_has_its_own(system, secret) { self.replicas[replica as usize].service } else { ALL }
    }

    /// A process reads what it needs when it starts.
    pub(super) fn reads_secrets(&mut self, system: &System, replica: u32) {
        if system.secrets.is_empty() {
            return;
        }
        self.replicas[replica as usize].holds = (0..system.secrets.len()).map(|at| self.newest(at)).collect();
    }

    /// Who has the newest version at the time at which it asks; a restart in between may have brought it already.
    pub(super) fn loads_secret(&mut self, _: &System, replica: u32, secret: u32) {
        let newest = self.newest(secret as usize);
        if let Some(held) = self.replicas[replica as usize].holds.get_mut(secret as usize) {
            *held = newest;
        }
        self.note(14 << 40 | u64::from(secret), u64::from(replica));
    }

    /// A new version. Store and services have it at once, or the one `between` after the other; whoever dies in between
    /// leaves it like that.
    pub(super) fn rotate(&mut self, system: &System, secret: SecretId) {
        let new = self.secrets[secret.at()].versions.len() as u16;
        let (kind, plan) = (&system.secrets[secret.at()].kind, Self::plan(system, secret));
        let until = match *kind {
            SecretKind::Credential { .. } => u64::MAX,
            SecretKind::Certificate { lives, .. } => self.now.saturating_add(self.configs.get(WORLD, lives) as u64),
        };
        let between = plan.map_or(0, |plan| self.configs.get(WORLD, plan.between) as u64);
        let services_first = between > 0 && plan.is_some_and(|plan| self.configs.get(WORLD, plan.order) == SERVICES_FIRST);
        // What has leaked is one login; the passwords of the others stay.
        let state = &self.secrets[secret.at()];
        let leaks = self.each_has_its_own(system, secret) && state.leaked.is_some_and(|leaked| state.accepts(leaked, state.leaked_login));
        let of = if leaks { state.leaked_login } else { ALL };
        self.secrets[secret.at()].versions.push(Version { since: self.now, until, accepted: plan.is_none(), of });
        self.note(13 << 40, u64::from(secret.0));
        if services_first {
            self.publishes(system, secret, new);
        } else {
            self.comes_in_force(system, secret, new);
        }
        match (between, services_first) {
            (0, _) => self.publishes(system, secret, new),
            (_, true) => self.secret_later(secret, between, COMES_IN_FORCE, new),
            (_, false) => self.secret_later(secret, between, IS_PUBLISHED, new),
        }
    }

    fn secret_later(&mut self, secret: SecretId, wait: u64, what: u32, version: u16) {
        self.queue.push(self.now.saturating_add(wait), Kind::Secret, secret.0.into(), what << 16 | u32::from(version));
    }

    pub(super) fn secret_due(&mut self, system: &System, secret: u32, what: u32) {
        let (secret, version) = (SecretId(secret as u16), what as u16);
        match what >> 16 {
            COMES_IN_FORCE => self.comes_in_force(system, secret, version),
            IS_PUBLISHED => self.publishes(system, secret, version),
            RETIRES => {
                let of = self.secrets[secret.at()].versions[usize::from(version)].of;
                self.refuses(system, secret, version, of, self.plan_ends(system, secret, false));
            }
            what => drop(self.revoke(system, secret, what == REVOKES_AND_ENDS || self.plan_ends(system, secret, true))),
        }
    }

    /// The store takes it, and takes the one before as well, or no longer.
    fn comes_in_force(&mut self, system: &System, secret: SecretId, new: u16) {
        let SecretKind::Credential { rotation, plan, .. } = system.secrets[secret.at()].kind else { return };
        let of = self.secrets[secret.at()].versions[usize::from(new)].of;
        self.secrets[secret.at()].versions[usize::from(new)].accepted = true;
        if self.configs.get(WORLD, rotation) != OVERLAP {
            return self.refuses(system, secret, new, of, self.plan_ends(system, secret, false));
        }
        let retire = self.configs.get(WORLD, plan.retire) as u64;
        if retire > 0 {
            self.secret_later(secret, retire, RETIRES, new);
        }
    }

    /// Whoever asks is given it from now on, and who asks every so often does within his period.
    fn publishes(&mut self, system: &System, secret: SecretId, new: u16) {
        let def = &system.secrets[secret.at()];
        self.secrets[secret.at()].published = new;
        for &(service, reload) in &def.reload {
            let poll = self.configs.get(WORLD, reload) as u64;
            if poll == 0 {
                continue;
            }
            for &replica in &self.services[service.at()].replicas {
                let luck = mix(self.setup.seed, u64::from(replica) << 16 | u64::from(secret.0) | 31 << 56);
                let wait = (unit(draw(luck, def.step.0, Purpose::Phase)) * poll as f64) as u64;
                self.queue.push(self.now + wait, Kind::Loads, replica, secret.0.into());
            }
        }
    }

    /// Whether sessions of what is refused are ended, by what was decided.
    fn plan_ends(&self, system: &System, secret: SecretId, revoked: bool) -> bool {
        let least = if revoked { END_REVOKED } else { END_ALL };
        Self::plan(system, secret).is_some_and(|plan| self.configs.get(WORLD, plan.terminate) >= least)
    }

    /// Versions below one are refused from now on: of a login, or of all.
    fn refuses(&mut self, system: &System, secret: SecretId, below: u16, login: u16, terminates: bool) {
        let state = &mut self.secrets[secret.at()];
        if login == ALL {
            state.versions.iter_mut().take(below.into()).for_each(|version| version.accepted = false);
        } else {
            let floor = state.floors.entry(login).or_insert(0);
            *floor = below.max(*floor);
        }
        if terminates {
            self.end_sessions(system, secret);
        }
    }

    /// All replicas that hold it are told to load it anew; those of one service, if one is named.
    pub(super) fn reload(&mut self, system: &System, secret: SecretId, only: Option<ServiceId>) {
        for replica in 0..self.replicas.len() as u32 {
            if self.is_up(replica) && only.is_none_or(|only| only.0 == self.replicas[replica as usize].service) {
                self.loads_secret(system, replica, secret.0.into());
            }
        }
    }

    /// What has leaked, or, where nothing has, all versions before the newest, is to be revoked, now or later, as it was
    /// decided. False when there is none.
    pub(super) fn is_to_be_revoked(&mut self, system: &System, secret: SecretId, terminates: bool) -> bool {
        let wait = Self::plan(system, secret).map_or(0, |plan| self.configs.get(WORLD, plan.revoke_after) as u64);
        if wait == 0 {
            return self.revoke(system, secret, terminates || self.plan_ends(system, secret, true));
        }
        self.secret_later(secret, wait, if terminates { REVOKES_AND_ENDS } else { REVOKES }, 0);
        let state = &self.secrets[secret.at()];
        state.leaked.is_some() || state.versions.len() > 1
    }

    /// Somebody does it now, as the words of the move say.
    pub(super) fn revoke(&mut self, system: &System, secret: SecretId, terminates: bool) -> bool {
        let each = self.each_has_its_own(system, secret);
        let state = &self.secrets[secret.at()];
        let login = if each && state.leaked.is_some() { state.leaked_login } else { ALL };
        let Some(last) = state.leaked.or((state.versions.len() as u16 - 1).checked_sub(1)) else { return false };
        self.note(15 << 40 | u64::from(terminates), u64::from(secret.0));
        self.refuses(system, secret, last + 1, login, terminates);
        true
    }

    /// Ends the sessions of versions that are not accepted any more: what they have under way is rolled back, and told so
    /// (PostgreSQL's pg_terminate_backend: FATAL 57P01).
    fn end_sessions(&mut self, system: &System, secret: SecretId) {
        let each = self.each_has_its_own(system, secret);
        let state = &mut self.secrets[secret.at()];
        if state.leaked.is_some_and(|leaked| !state.accepts(leaked, state.leaked_login)) {
            state.intruder_is_in = false;
        }
        let mut ended = Vec::new();
        for replica in &mut self.replicas {
            let login = if each { replica.service } else { ALL };
            for ((of, _), idle) in &mut replica.sessions.idle {
                if *of == secret.0 {
                    idle.retain(|session| state.accepts(session.version, login));
                }
            }
            let broken = |used: &(u16, u16, Session)| used.0 == secret.0 && !state.accepts(used.2.version, login);
            ended.extend(replica.sessions.used.iter().filter(|(_, used)| broken(used)).map(|(tx, _)| *tx));
            replica.sessions.used.retain(|_, used| !broken(used));
        }
        for at in ended {
            let of = self.txs.of(at);
            if self.txs.is(of) && self.txs[at].stage.connected() {
                self.session_ends(system, of);
            }
        }
    }

    /// A store that goes down takes all connections with it, also those that rest in pools (PostgreSQL: 57P02, 08006).
    pub(super) fn sessions_lose(&mut self, system: &System, store: u16) {
        // Who was locked out is remembered in the server's memory (MySQL, Failed-Login Tracking: reset when the server starts).
        for (def, state) in system.secrets.iter().zip(&mut self.secrets) {
            if matches!(&def.kind, SecretKind::Credential { of, .. } if of.contains(&End::Store(StoreId(store)))) {
                state.locks.clear();
            }
        }
        for replica in &mut self.replicas {
            replica.sessions.idle.retain(|(_, of), _| *of != store);
        }
    }

    /// Nobody rotates again what nobody has got hold of since.
    pub(super) fn newest_has_leaked(&self, secret: SecretId) -> bool {
        let state = &self.secrets[secret.at()];
        state.leaked.is_some_and(|leaked| usize::from(leaked) + 1 == state.versions.len())
    }

    /// Whether somebody else could get in, or is in and would be thrown out, and there is a newer version for everybody else.
    pub(super) fn is_worth_revoking(&self, system: &System, secret: SecretId, terminates: bool) -> bool {
        let state = &self.secrets[secret.at()];
        let ends = terminates || self.plan_ends(system, secret, true);
        match state.leaked {
            Some(leaked) => {
                !self.newest_has_leaked(secret) && (state.accepts(leaked, state.leaked_login) || state.intruder_is_in && ends)
            }
            None => state.versions.iter().rev().skip(1).any(|version| version.accepted),
        }
    }

    /// The credential that a part asks for.
    pub(super) fn asks_for(&self, system: &System, end: End) -> Option<SecretId> {
        let knows = |kind: &SecretKind| matches!(kind, SecretKind::Credential { of, .. } if of.contains(&end));
        system.secrets.iter().position(|def| knows(&def.kind)).map(|at| SecretId(at as u16))
    }

    /// Whether a replica is let in with the version that it holds: asked wherever a connection opens, or a request comes.
    pub(super) fn authenticate(&mut self, system: &System, secret: SecretId, version: u16, login: u16) -> bool {
        let SecretKind::Credential { lock_after, lock_for, .. } = system.secrets[secret.at()].kind else {
            return true;
        };
        let (lock_after, lock_for) = (self.configs.get(WORLD, lock_after), self.configs.get(WORLD, lock_for) as u64);
        let now = self.now;
        let state = &mut self.secrets[secret.at()];
        let accepted = state.accepts(version, login);
        let (in_a_row, until) = state.locks.entry(login).or_default();
        let locked = *until > now;
        if !locked && accepted {
            *in_a_row = 0;
            return true;
        }
        if !locked {
            *in_a_row += 1;
            if lock_after > 0 && *in_a_row >= lock_after {
                (*in_a_row, *until) = (0, now.saturating_add(lock_for));
            }
        }
        state.refuses_one(now);
        false
    }

    /// A transaction has its place in the pool: it takes a connection that is logged in, or logs in.
    pub(super) fn logs_in(&mut self, system: &System, of: Ref) -> bool {
        if system.secrets.is_empty() {
            return true;
        }
        let Tx { act, def, replica, .. } = self.txs[of.at];
        let store = system.txs[def.at()].store;
        let Some(secret) = self.asks_for(system, End::Store(store)) else {
            return true;
        };
        let key = (secret.0, store.0);
        let now = self.now;
        let idle = self.replicas[replica as usize].sessions.idle.entry(key).or_default();
        idle.retain(|session| session.until > now);
        let session = match idle.pop() {
            Some(session) => session,
            None => {
                if !self.replica_logs_in(system, secret, replica) {
                    let case = self.acts[act.at].case;
                    let login = self.login_of(system, secret, replica);
                    let locked = self.secrets[secret.at()].locks.get(&login).is_some_and(|(_, until)| *until > now);
                    self.beat_by(Who::act(act), case, Part::Store(store), || Beat::LoginFailed { store, locked });
                    return false;
                }
                let version = self.replicas[replica as usize].holds[secret.at()];
                Session { version, until: self.session_until(system, secret, of) }
            }
        };
        self.replicas[replica as usize].sessions.used.insert(of.at, (key.0, key.1, session));
        true
    }

    /// With what it holds; whoever asks for new versions may ask at once when that fails.
    pub(super) fn replica_logs_in(&mut self, system: &System, secret: SecretId, replica: u32) -> bool {
        let login = self.login_of(system, secret, replica);
        let held = self.replicas[replica as usize].holds[secret.at()];
        if self.authenticate(system, secret, held, login) {
            return true;
        }
        let newest = self.newest(secret.at());
        let asks = Self::plan(system, secret).is_some_and(|plan| self.configs.get(WORLD, plan.on_failure) != 0);
        let service = ServiceId(self.replicas[replica as usize].service);
        let may = |&&(of, poll): &&(ServiceId, crate::system::ParamId)| of == service && self.configs.get(WORLD, poll) > 0;
        if !asks || newest == held || system.secrets[secret.at()].reload.iter().find(may).is_none() {
            return false;
        }
        self.loads_secret(system, replica, secret.0.into());
        self.authenticate(system, secret, newest, login)
    }

    fn session_until(&self, system: &System, secret: SecretId, of: Ref) -> u64 {
        let SecretKind::Credential { sessions, .. } = system.secrets[secret.at()].kind else {
            return u64::MAX;
        };
        let lasts = self.configs.get(WORLD, sessions) as u64;
        if lasts == 0 {
            return u64::MAX;
        }
        let luck = self.acts[self.txs[of.at].act.at].luck;
        let earlier = unit(draw(luck, system.secrets[secret.at()].step.0, Purpose::Phase)) * EARLIER * lasts as f64;
        self.now.saturating_add(lasts - (earlier as u64).min(lasts))
    }

    /// The transaction is over: its connection rests in the pool.
    pub(super) fn session_rests(&mut self, of: Ref) {
        let replica = self.txs[of.at].replica as usize;
        if let Some((secret, store, session)) = self.replicas[replica].sessions.used.remove(&of.at) {
            self.replicas[replica].sessions.idle.entry((secret, store)).or_default().push(session);
        }
    }

    /// Whether a provider takes the credential that comes with a request.
    pub(super) fn is_let_in(&mut self, system: &System, replica: u32, provider: crate::system::ProviderId) -> Result<(), Outcome> {
        if system.secrets.is_empty() {
            return Ok(());
        }
        let Some(secret) = self.asks_for(system, End::Provider(provider)) else {
            return Ok(());
        };
        if self.replica_logs_in(system, secret, replica) { Ok(()) } else { Err(Outcome::Failed) }
    }

    /// Whether whoever opens a connection takes the certificate that a replica shows.
    pub(super) fn certificate_holds(&self, system: &System, from: u32, to: u32) -> bool {
        if system.secrets.is_empty() {
            return true;
        }
        let service = ServiceId(self.replicas[to as usize].service);
        let shown = |kind: &SecretKind| matches!(kind, SecretKind::Certificate { of, .. } if *of == service);
        let Some(at) = system.secrets.iter().position(|def| shown(&def.kind)) else {
            return true;
        };
        let held = self.replicas[to as usize].holds[at];
        let Version { since, until, .. } = self.secrets[at].versions[usize::from(held)];
        let now = self.wall(system, from);
        // What it was given to begin with has been valid for long.
        (held == 0 || now >= since as i64) && now < until.min(i64::MAX as u64) as i64
    }

    pub(super) fn leaks(&mut self, system: &System, secret: SecretId, every: u64, from: Option<ServiceId>) {
        let newest = self.newest(secret.at());
        let one = from.filter(|_| self.each_has_its_own(system, secret));
        let reach = if one.is_some() { 1 } else { services_of(system, secret) };
        let state = &mut self.secrets[secret.at()];
        (state.leaked, state.every) = (Some(newest), every.max(1_000_000));
        (state.leaked_login, state.reach) = (one.map_or(ALL, |service| service.0), reach);
        self.queue.push(self.now, Kind::Misuse, secret.0.into(), 0);
    }

    /// Whoever has what leaked uses it: over the connection that he has, else he logs in.
    pub(super) fn misuse(&mut self, system: &System, secret: u32) {
        let secret = SecretId(secret as u16);
        let Some(version) = self.secrets[secret.at()].leaked else { return };
        let SecretKind::Credential { of, signs, sessions, plan, .. } = &system.secrets[secret.at()].kind else { return };
        let forged = signs.and_then(|of| system.providers[of.at()].webhooks.as_ref()).map(|hooks| system.handlers[hooks.to.at()].service);
        let store = of.iter().find_map(|end| if let End::Store(store) = end { Some(*store) } else { None });
        // Connections since which the store was down are gone.
        if store.is_some_and(|store| self.stores[store.at()].failed_at > self.secrets[secret.at()].intruder_since) {
            self.secrets[secret.at()].intruder_is_in = false;
        }
        let age = if self.configs.get(WORLD, plan.enforced) != 0 { self.configs.get(WORLD, *sessions) as u64 } else { 0 };
        if age > 0 && self.now >= self.secrets[secret.at()].intruder_since.saturating_add(age) {
            self.secrets[secret.at()].intruder_is_in = false;
        }
        let up = store.is_none_or(|store| !self.stores[store.at()].down);
        let (was_in, login) = (self.secrets[secret.at()].intruder_is_in, self.secrets[secret.at()].leaked_login);
        let is_in = match forged {
            Some(service) => self.takes_forged(service, secret, version),
            None => up && (was_in || self.authenticate(system, secret, version, login)),
        };
        if is_in {
            let state = &mut self.secrets[secret.at()];
            if !was_in {
                state.intruder_since = self.now;
            }
            state.misused += 1;
            state.exposed += state.reach;
            state.intruder_is_in = store.is_some();
            self.note(16 << 40, u64::from(secret.0));
            if self.audits(system) {
                let at = of.first().map(|end| match *end {
                    End::Client(client) => Part::Client(client),
                    End::Service(service) => Part::Service(service),
                    End::Store(store) => Part::Store(store),
                    End::Provider(provider) => Part::Provider(provider),
                    End::Topic(topic) => Part::Topic(topic),
                });
                let at = at.or(forged.map(Part::Service)).unwrap_or(Part::Support);
                self.beat(WORLD_CASE, at, || Beat::Misused { secret });
            }
        }
        self.queue.push(self.now + self.secrets[secret.at()].every, Kind::Misuse, secret.0.into(), 0);
    }

    pub(super) fn audits(&self, system: &System) -> bool {
        system.telemetry.as_ref().is_some_and(|bought| self.configs.get(WORLD, bought.audit) != 0)
    }

    /// Logins that failed lately, as a server's log tells.
    pub(super) fn failed_lately(&self, secret: SecretId) -> i64 {
        let state = &self.secrets[secret.at()];
        match self.now / MINUTE_NS - state.minute {
            0 => (state.failed[0] + state.failed[1]) as i64,
            1 => state.failed[0] as i64,
            _ => 0,
        }
    }
}

/// Those whose transactions are on a store that asks for it, or whose calls are to such a provider; one at least.
fn services_of(system: &System, secret: SecretId) -> u64 {
    let SecretKind::Credential { of, .. } = &system.secrets[secret.at()].kind else { return 1 };
    let service = |step: crate::system::StepId| system.steps[step.at()].split('.').next().map(str::to_owned);
    let asked = system.txs.iter().filter(|tx| of.contains(&End::Store(tx.store)));
    let services: std::collections::BTreeSet<String> = asked.filter_map(|tx| service(tx.step)).collect();
    (services.len() as u64).max(1)
}

impl SecretState {
    fn accepts(&self, version: u16, login: u16) -> bool {
        self.versions[usize::from(version)].accepted && self.floors.get(&login).is_none_or(|&floor| version >= floor)
    }

    pub(super) fn refuses_one(&mut self, now: u64) {
        self.failed_logins += 1;
        self.counts(now);
        self.failed[0] += 1;
    }

    fn counts(&mut self, now: u64) {
        let minute = now / MINUTE_NS;
        match minute - self.minute {
            0 => {}
            1 => self.failed = [0, self.failed[0]],
            _ => self.failed = [0, 0],
        }
        self.minute = minute;
    }
}
