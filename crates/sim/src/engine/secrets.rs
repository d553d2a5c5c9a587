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
use super::state::{Tx, TxStage};
use super::story::{Beat, Part};
use super::vault::WORLD_CASE;
use crate::Outcome;
use crate::system::{End, OVERLAP, SecretId, SecretKind, ServiceId, StoreId, System};

#[derive(Debug, Clone, Copy)]
pub struct Version {
    pub since: u64,
    /// Of a certificate: until when it is valid.
    pub until: u64,
    pub accepted: bool,
}

#[derive(Debug, Clone, Default)]
pub struct SecretState {
    /// The last is the newest.
    pub versions: Vec<Version>,
    failures_in_a_row: i64,
    locked_until: u64,
    pub failed_logins: u64,
    /// Of this minute and of the one before.
    failed: [u64; 2],
    minute: u64,
    /// Somebody else has this version.
    leaked: Option<u16>,
    /// And has a connection that is logged in.
    intruder_is_in: bool,
    every: u64,
    pub misused: u64,
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

const MINUTE_NS: u64 = 60_000_000_000;
/// HikariCP lets connections end up to 2.5 % earlier than `maxLifetime` says, so that they do not end together.
const EARLIER: f64 = 0.025;

pub fn start(system: &System, configs: &super::config::Configs) -> Vec<SecretState> {
    let first = |kind: &SecretKind| match kind {
        SecretKind::Credential { .. } => Version { since: 0, until: u64::MAX, accepted: true },
        SecretKind::Certificate { expires, .. } => {
            let expires = configs.get(WORLD, *expires) as u64;
            Version { since: 0, until: if expires == 0 { u64::MAX } else { expires }, accepted: true }
        }
    };
    system.secrets.iter().map(|def| SecretState { versions: vec![first(&def.kind)], ..SecretState::default() }).collect()
}

impl World {
    fn newest(&self, secret: usize) -> u16 {
        (self.secrets[secret].versions.len() - 1) as u16
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

    pub(super) fn rotate(&mut self, system: &System, secret: SecretId) {
        let def = &system.secrets[secret.at()];
        let until = match def.kind {
            SecretKind::Credential { .. } => u64::MAX,
            SecretKind::Certificate { lives, .. } => self.now.saturating_add(self.configs.get(WORLD, lives) as u64),
        };
        if let SecretKind::Credential { rotation, .. } = def.kind
            && self.configs.get(WORLD, rotation) != OVERLAP
        {
            self.secrets[secret.at()].versions.iter_mut().for_each(|version| version.accepted = false);
        }
        let new = Version { since: self.now, until, accepted: true };
        self.secrets[secret.at()].versions.push(new);
        self.note(13 << 40, u64::from(secret.0));
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

    /// All replicas that hold it are told to load it anew; those of one service, if one is named.
    pub(super) fn reload(&mut self, system: &System, secret: SecretId, only: Option<ServiceId>) {
        for replica in 0..self.replicas.len() as u32 {
            if self.is_up(replica) && only.is_none_or(|only| only.0 == self.replicas[replica as usize].service) {
                self.loads_secret(system, replica, secret.0.into());
            }
        }
    }

    /// Takes back what has leaked, or, where nothing has, all versions before the newest. False when there is none.
    pub(super) fn revoke(&mut self, system: &System, secret: SecretId, terminates: bool) -> bool {
        let newest = self.newest(secret.at());
        let state = &mut self.secrets[secret.at()];
        let last = state.leaked.map(u16::from).or(newest.checked_sub(1));
        let Some(last) = last else { return false };
        state.versions.iter_mut().take(usize::from(last) + 1).for_each(|version| version.accepted = false);
        self.note(15 << 40 | u64::from(terminates), u64::from(secret.0));
        if terminates {
            self.end_sessions(system, secret);
        }
        true
    }

    /// Ends the sessions of versions that are not accepted any more: what they have under way is rolled back, and told so
    /// (PostgreSQL's pg_terminate_backend: FATAL 57P01).
    fn end_sessions(&mut self, system: &System, secret: SecretId) {
        let state = &mut self.secrets[secret.at()];
        if state.leaked.is_some_and(|leaked| !state.versions[usize::from(leaked)].accepted) {
            state.intruder_is_in = false;
        }
        let bad: Vec<bool> = state.versions.iter().map(|version| !version.accepted).collect();
        let mut ended = Vec::new();
        for replica in &mut self.replicas {
            for ((of, _), idle) in &mut replica.sessions.idle {
                if *of == secret.0 {
                    idle.retain(|session| !bad[usize::from(session.version)]);
                }
            }
            let broken = |used: &(u16, u16, Session)| used.0 == secret.0 && bad[usize::from(used.2.version)];
            ended.extend(replica.sessions.used.iter().filter(|(_, used)| broken(used)).map(|(tx, _)| *tx));
            replica.sessions.used.retain(|_, used| !broken(used));
        }
        for at in ended {
            let of = self.txs.of(at);
            if self.txs.is(of) && self.txs[at].stage != TxStage::WaitsForConnection {
                self.session_ends(system, of);
            }
        }
    }

    /// The credential that a part asks for.
    pub(super) fn asks_for(&self, system: &System, end: End) -> Option<SecretId> {
        let knows = |kind: &SecretKind| matches!(kind, SecretKind::Credential { of, .. } if of.contains(&end));
        system.secrets.iter().position(|def| knows(&def.kind)).map(|at| SecretId(at as u16))
    }

    /// Whether a replica is let in with the version that it holds: asked wherever a connection opens, or a request comes.
    pub(super) fn authenticate(&mut self, system: &System, secret: SecretId, version: u16) -> bool {
        let SecretKind::Credential { lock_after, lock_for, .. } = system.secrets[secret.at()].kind else {
            return true;
        };
        let (lock_after, lock_for) = (self.configs.get(WORLD, lock_after), self.configs.get(WORLD, lock_for) as u64);
        let now = self.now;
        let state = &mut self.secrets[secret.at()];
        let locked = state.locked_until > now;
        if !locked && state.versions[usize::from(version)].accepted {
            state.failures_in_a_row = 0;
            return true;
        }
        state.failed_logins += 1;
        state.counts(now);
        state.failed[0] += 1;
        if !locked {
            state.failures_in_a_row += 1;
            if lock_after > 0 && state.failures_in_a_row >= lock_after {
                (state.failures_in_a_row, state.locked_until) = (0, now.saturating_add(lock_for));
            }
        }
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
                let version = self.replicas[replica as usize].holds[secret.at()];
                if !self.authenticate(system, secret, version) {
                    let case = self.acts[act.at].case;
                    self.beat_by(Who::act(act), case, Part::Store(store), || Beat::LoginFailed { store });
                    return false;
                }
                Session { version, until: self.session_until(system, secret, of) }
            }
        };
        self.replicas[replica as usize].sessions.used.insert(of.at, (key.0, key.1, session));
        true
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
        let version = self.replicas[replica as usize].holds[secret.at()];
        if self.authenticate(system, secret, version) { Ok(()) } else { Err(Outcome::Failed) }
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

    pub(super) fn leaks(&mut self, secret: SecretId, every: u64) {
        let newest = self.newest(secret.at());
        let state = &mut self.secrets[secret.at()];
        (state.leaked, state.every) = (Some(newest), every.max(1_000_000));
        self.queue.push(self.now, Kind::Misuse, secret.0.into(), 0);
    }

    /// Whoever has what leaked uses it: over the connection that he has, else he logs in.
    pub(super) fn misuse(&mut self, system: &System, secret: u32) {
        let secret = SecretId(secret as u16);
        let Some(version) = self.secrets[secret.at()].leaked else { return };
        let SecretKind::Credential { of, .. } = &system.secrets[secret.at()].kind else { return };
        let store = of.iter().find_map(|end| if let End::Store(store) = end { Some(*store) } else { None });
        let is_in = self.secrets[secret.at()].intruder_is_in || self.authenticate(system, secret, version);
        if is_in {
            let state = &mut self.secrets[secret.at()];
            state.misused += 1;
            state.intruder_is_in = store.is_some();
            self.note(16 << 40, u64::from(secret.0));
            if self.audits(system) {
                self.beat(WORLD_CASE, Part::Store(store.unwrap_or(StoreId(0))), || Beat::Misused { secret });
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

impl SecretState {
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
