//! Roll-outs: one version takes another's place, instance by instance, share by share, or as a whole; gates look at what was
//! bought of telemetry, and turn it back.

use super::World;
use super::chance::{Purpose, draw, happens};
use super::config::WORLD;
use super::grounds::AlertGround;
use super::moves::Hindrance;
use super::operators::Noticed;
use super::queue::Kind;
use super::report::Sign;
use super::state::Health;
use super::story::{Part, RollOutStep};
use super::vault::WORLD_CASE;
use crate::system::{ParamId, Patch, RollOutDef, ServiceId, System, VersionId, on_failure, portion, strategy};

/// A version on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// Of the service's roll-outs, from 1.
    pub number: u32,
    /// What ran before it: the instances that it replaces.
    pub from: VersionId,
    /// The version that is on its way.
    pub to: VersionId,
    /// A word of `system::strategy`, as it was when this began.
    pub strategy: i64,
    /// When it began. Nanoseconds after virtual 0, as are the other two.
    pub began: u64,
    /// What it is doing now.
    pub stage: Stage,
    /// Since when it is in its stage.
    pub since: u64,
    /// Canary: the share of requests that is aimed at.
    pub weight: f64,
    /// When instances last came closer to what is wanted.
    pub progressed: u64,
    /// How many new ones were available then.
    pub best: usize,
    /// There was no progress for longer than the deadline.
    pub late: bool,
    /// It stands still: somebody holds it, or a gate failed where that pauses.
    pub held: bool,
    /// It takes a version back that was on its way, or was there: gates do not look.
    pub returns: bool,
    /// Looks that failed.
    pub failures: u32,
    /// By gate: whether it failed at the last look; none while nobody has looked, or the gate is switched off.
    pub gates: Vec<Option<bool>>,
}

/// What a roll-out does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Tables change first, by the migration of this place in `Version::before`; no instance moves.
    Migrates(u16),
    /// Instances come and go.
    Moves,
    /// The share of requests is as wanted, and watched.
    Bakes,
    /// Everything goes to the new ones; the old ones stand by.
    Keeps,
}

/// What became of a service's last roll-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Released {
    /// It came through: all instances are of the version.
    Done,
    /// A gate or somebody turned it back: shares and switches at once; of the others the way back is a roll-out of its
    /// own.
    RolledBack,
}

impl World {
    fn release_param(&self, param: ParamId) -> i64 {
        self.configs.get(WORLD, param)
    }

    fn release_share(&self, param: ParamId) -> f64 {
        f64::from_bits(self.release_param(param) as u64)
    }

    /// Begins to bring a version to all instances. Not while another is on its way.
    pub(super) fn start_release(&mut self, system: &System, to: VersionId, returns: bool) -> Result<(), Hindrance> {
        let service = system.versions[to.at()].service.at();
        let (Some(def), Some(from)) = (system.services[service].roll_out.as_ref(), self.services[service].runs) else {
            return Err(Hindrance::NoRollOut);
        };
        if self.services[service].release.is_some() {
            return Err(Hindrance::RollOutUnderWay);
        }
        if from == to {
            return Err(Hindrance::NoRollOut);
        }
        let strategy = self.release_param(def.strategy);
        self.begin_release(system, service, def, from, to, strategy, returns);
        Ok(())
    }

    #[allow(clippy::too_many_arguments, reason = "a roll-out is made from all of it, at one place")]
    fn begin_release(&mut self, system: &System, service: usize, def: &RollOutDef, from: VersionId, to: VersionId, strategy: i64, returns: bool) {
        let now = self.now;
        self.note(14 << 40 | u64::from(to.0), service as u64);
        let weight = if strategy == strategy::CANARY { self.release_share(def.first).min(1.0) } else { 1.0 };
        let check = (self.release_param(def.check) as u64).max(1_000_000_000);
        // What a version took away or brought stays when it goes.
        let first = !returns && !system.versions[to.at()].before.is_empty();
        let stage = if first { Stage::Migrates(0) } else { Stage::Moves };
        let state = &mut self.services[service];
        state.releases += 1;
        let number = state.releases;
        if matches!(strategy, strategy::CANARY | strategy::BLUE_GREEN) {
            state.split = Some((to, 0.0));
        }
        state.release = Some(Release {
            number,
            from,
            to,
            strategy,
            began: now,
            stage,
            since: now,
            weight,
            progressed: now,
            best: 0,
            late: false,
            held: false,
            returns,
            failures: 0,
            gates: vec![None; def.gates.len()],
        });
        let part = Part::Service(ServiceId(service as u16));
        self.beat(WORLD_CASE, part, || super::Beat::RollsOut { version: to, step: RollOutStep::Begins });
        if !returns && !def.gates.is_empty() {
            self.queue.push(now + check, Kind::Gates, service as u32, number);
        }
        if first {
            return self.migrates_before(system, service, 0);
        }
        self.release_progresses(system, service);
        self.instances_changed(system, service);
    }

    /// From now on the deadline counts anew.
    pub(super) fn release_progresses(&mut self, system: &System, service: usize) {
        let Some(def) = &system.services[service].roll_out else { return };
        let deadline = self.release_param(def.progress) as u64;
        let now = self.now;
        let Some(release) = &mut self.services[service].release else { return };
        (release.progressed, release.late) = (now, false);
        if deadline > 0 {
            self.queue.push(now + deadline, Kind::Release, service as u32, release.number);
        }
    }

    /// Something that a roll-out waits for may be over: a bake, a deadline, the time after which an instance is available.
    pub(super) fn release_due(&mut self, system: &System, service: u32, number: u32) {
        let service = service as usize;
        let Some(def) = &system.services[service].roll_out else { return };
        let deadline = self.release_param(def.progress) as u64;
        let now = self.now;
        let Some(release) = self.services[service].release.as_mut().filter(|release| release.number == number) else { return };
        if deadline > 0 && now >= release.progressed + deadline && release.stage == Stage::Moves {
            release.late = true;
        }
        self.instances_changed(system, service);
    }

    /// One look at a roll-out: whatever can be done about it now is done.
    pub(super) fn advance_release(&mut self, system: &System, service: usize) {
        let Some(def) = &system.services[service].roll_out else { return };
        // Each pass does at least one thing, and there are only so many instances.
        loop {
            let goes = |release: &&Release| !release.held && !matches!(release.stage, Stage::Migrates(_));
            let Some(release) = self.services[service].release.as_ref().filter(goes) else { return };
            let (to, strategy) = (release.to, release.strategy);
            let wanted = self.wanted(system, service);
            let acted = match strategy {
                strategy::RECREATE => self.recreates(system, service, to, wanted),
                strategy::CANARY => self.goes_by_share(system, service, def, wanted),
                strategy::BLUE_GREEN => self.switches(system, service, def, wanted),
                _ => self.rolls(system, service, def, wanted),
            };
            self.looks_for_progress(system, service, def);
            if !acted || self.stopped.is_some() {
                return;
            }
        }
    }

    fn looks_for_progress(&mut self, system: &System, service: usize, def: &RollOutDef) {
        let Some(release) = &self.services[service].release else { return };
        let (to, best) = (release.to, release.best);
        let available = self.of_version(service, to, true).into_iter().filter(|&replica| self.is_available(def, replica)).count();
        if available > best {
            if let Some(release) = &mut self.services[service].release {
                release.best = available;
            }
            self.release_progresses(system, service);
        }
    }

    /// Instances that do not end, of one version or of all others.
    fn of_version(&self, service: usize, version: VersionId, same: bool) -> Vec<u32> {
        self.first_to_end(service).into_iter().filter(|&replica| (self.replicas[replica as usize].version == version.0) == same).collect()
    }

    fn is_available(&self, def: &RollOutDef, replica: u32) -> bool {
        let state = &self.replicas[replica as usize];
        let ready = self.release_param(def.min_ready) as u64;
        state.health == Health::Up && !state.unready && state.ready_since.is_none_or(|since| self.now >= since + ready)
    }

    /// A new instance is ready: it counts from when it has been so for long enough.
    pub(super) fn release_sees(&mut self, system: &System, service: usize) {
        let (Some(def), Some(release)) = (&system.services[service].roll_out, &self.services[service].release) else { return };
        let ready = self.release_param(def.min_ready) as u64;
        if ready > 0 {
            self.queue.push(self.now + ready, Kind::Release, service as u32, release.number);
        }
        self.instances_changed(system, service);
    }

    fn add_of(&mut self, system: &System, service: usize, version: VersionId, count: usize) -> bool {
        (0..count).all(|_| self.add_replica(system, service, Some(version)).is_some()) && count > 0
    }

    fn end_all(&mut self, system: &System, replicas: impl IntoIterator<Item = u32>) -> bool {
        let mut any = false;
        for replica in replicas {
            self.terminate(system, replica);
            any = true;
        }
        any
    }

    /// Kubernetes, `pkg/controller/deployment/rolling.go`: new ones as far as the surge allows; then old ones that serve nobody;
    /// then as many old ones as leave enough available.
    fn rolls(&mut self, system: &System, service: usize, def: &RollOutDef, wanted: usize) -> bool {
        let Some(to) = self.services[service].release.as_ref().map(|release| release.to) else { return false };
        let surge = portion(self.release_param(def.max_surge), wanted, true);
        let unavailable = match portion(self.release_param(def.max_unavailable), wanted, false) {
            // Neither more nor fewer than wanted would never move.
            0 if surge == 0 => 1,
            unavailable => unavailable.min(wanted),
        };
        let (new, old) = (self.of_version(service, to, true), self.of_version(service, to, false));
        let total = new.len() + old.len();
        let add = (wanted + surge).saturating_sub(total).min(wanted.saturating_sub(new.len()));
        if add > 0 {
            return self.add_of(system, service, to, add);
        }
        if new.len() > wanted {
            return self.end_all(system, new.into_iter().take(1));
        }
        let available = |world: &World, list: &[u32]| list.iter().filter(|&&replica| world.is_available(def, replica)).count();
        let (new_available, old_available) = (available(self, &new), available(self, &old));
        let least = wanted.saturating_sub(unavailable);
        let down = total.saturating_sub(least).saturating_sub(new.len() - new_available);
        if down > 0 && !old.is_empty() {
            let dead: Vec<u32> = old.iter().copied().filter(|&replica| !self.is_available(def, replica)).take(down).collect();
            if self.end_all(system, dead) {
                return true;
            }
            let down = (new_available + old_available).saturating_sub(least).min(down);
            if self.end_all(system, old.into_iter().take(down)) {
                return true;
            }
        } else if old.is_empty() && new_available == wanted {
            self.release_ends(system, service, Released::Done);
        }
        false
    }

    /// Everything stops, then everything starts.
    fn recreates(&mut self, system: &System, service: usize, to: VersionId, wanted: usize) -> bool {
        let old = self.of_version(service, to, false);
        if self.end_all(system, old) {
            return true;
        }
        let ends = self.services[service].replicas.iter().any(|&replica| self.replicas[replica as usize].health == Health::Ending);
        let new = self.of_version(service, to, true);
        if !ends && new.len() < wanted {
            return self.add_of(system, service, to, wanted - new.len());
        }
        let Some(def) = &system.services[service].roll_out else { return false };
        if !ends && new.len() >= wanted && new.iter().all(|&replica| self.is_available(def, replica)) {
            self.release_ends(system, service, Released::Done);
        }
        false
    }

    /// As many new instances as the share calls for, beside all old ones (Argo Rollouts with a traffic router); watched; then more.
    fn goes_by_share(&mut self, system: &System, service: usize, def: &RollOutDef, wanted: usize) -> bool {
        let Some(Release { to, weight, stage, since, number, .. }) = self.services[service].release.clone() else { return false };
        let new = self.of_version(service, to, true);
        let enough = if weight >= 1.0 { wanted } else { ((wanted as f64 * weight).ceil() as usize).max(1) };
        if new.len() < enough {
            return self.add_of(system, service, to, enough - new.len());
        }
        let old = self.of_version(service, to, false);
        if weight < 1.0 && old.len() < wanted {
            let from = self.services[service].runs;
            return (0..wanted - old.len()).all(|_| self.add_replica(system, service, from).is_some());
        }
        let bake = self.release_param(def.bake) as u64;
        match stage {
            Stage::Moves => {
                if new.iter().filter(|&&replica| self.is_available(def, replica)).count() < enough {
                    return false;
                }
                if weight >= 1.0 {
                    self.services[service].split = None;
                    self.end_all(system, old);
                    self.release_ends(system, service, Released::Done);
                    return false;
                }
                self.services[service].split = Some((to, weight));
                self.enter_stage(service, Stage::Bakes);
                self.queue.push(self.now + bake, Kind::Release, service as u32, number);
                false
            }
            _ if self.now >= since + bake => {
                if !self.look_at_gates(system, service, def) {
                    let by = self.release_share(def.by).max(0.01);
                    if let Some(release) = &mut self.services[service].release {
                        // Shares are written in whole per cent, and their sums should be.
                        release.weight = ((weight + by) * 1e6).round() / 1e6;
                    }
                    self.enter_stage(service, Stage::Moves);
                    return true;
                }
                false
            }
            _ => false,
        }
    }

    /// A whole new set, then all requests at once, and for a time a way back.
    fn switches(&mut self, system: &System, service: usize, def: &RollOutDef, wanted: usize) -> bool {
        let Some(Release { to, stage, since, number, .. }) = self.services[service].release.clone() else { return false };
        let (new, old) = (self.of_version(service, to, true), self.of_version(service, to, false));
        if new.len() < wanted {
            return self.add_of(system, service, to, wanted - new.len());
        }
        let keep = self.release_param(def.keep) as u64;
        match stage {
            Stage::Keeps if self.now >= since + keep => {
                if !self.look_at_gates(system, service, def) {
                    self.services[service].split = None;
                    self.end_all(system, old);
                    self.release_ends(system, service, Released::Done);
                }
            }
            Stage::Keeps => {}
            _ if new.iter().all(|&replica| self.is_available(def, replica)) => {
                self.services[service].split = Some((to, 1.0));
                self.enter_stage(service, Stage::Keeps);
                self.queue.push(self.now + keep, Kind::Release, service as u32, number);
            }
            _ => {}
        }
        false
    }

    pub(super) fn enter_stage(&mut self, service: usize, stage: Stage) {
        let now = self.now;
        if let Some(release) = &mut self.services[service].release {
            (release.stage, release.since) = (stage, now);
        }
    }

    /// It is time to look at the gates.
    pub(super) fn gates_due(&mut self, system: &System, service: u32, number: u32) {
        let service = service as usize;
        let Some(def) = &system.services[service].roll_out else { return };
        let Some(release) = self.services[service].release.as_ref().filter(|release| release.number == number) else { return };
        let serves = match release.strategy {
            _ if matches!(release.stage, Stage::Migrates(_)) => false,
            strategy::CANARY | strategy::BLUE_GREEN => release.stage != Stage::Moves || self.services[service].split.is_some_and(|(_, share)| share > 0.0),
            _ => self.of_version(service, release.to, true).into_iter().any(|replica| self.is_up(replica)),
        };
        let looks = serves && !release.held;
        let check = (self.release_param(def.check) as u64).max(1_000_000_000);
        self.queue.push(self.now + check, Kind::Gates, service as u32, number);
        if looks {
            self.look_at_gates(system, service, def);
        }
    }

    /// Whether a gate has stopped the roll-out: it is held, or turned back.
    fn look_at_gates(&mut self, system: &System, service: usize, def: &RollOutDef) -> bool {
        let Some(release) = self.services[service].release.as_ref() else { return true };
        if release.returns {
            return false;
        }
        let business = system.telemetry.as_ref().is_some_and(|bought| self.release_param(bought.business) != 0);
        let read = |gate: &crate::system::Gate| {
            let on = self.release_param(gate.enabled) != 0 && (business || !gate.needs_business);
            on.then(|| system.exprs[gate.fails.at()].run(&AlertGround { world: self }) != 0)
        };
        let gates: Vec<Option<bool>> = def.gates.iter().map(read).collect();
        let failed = gates.contains(&Some(true));
        let limit = self.release_param(def.failures).max(1) as u32;
        let pauses = self.release_param(def.on_failure) == on_failure::PAUSE;
        let Some(release) = self.services[service].release.as_mut() else { return true };
        release.gates = gates;
        release.failures += u32::from(failed);
        if !failed || release.failures < limit {
            return false;
        }
        let version = release.to;
        if pauses {
            release.held = true;
        }
        let part = Part::Service(ServiceId(service as u16));
        self.beat(WORLD_CASE, part, || super::Beat::RollsOut { version, step: RollOutStep::GateFails });
        self.notice(system, Sign::Gate, Noticed::Version(version), self.now, self.now);
        if !pauses {
            self.turn_release_back(system, service);
        }
        true
    }

    /// Takes back what is on its way. Shares and switches do so at once; what was replaced is replaced again.
    fn turn_release_back(&mut self, system: &System, service: usize) {
        let Some(def) = &system.services[service].roll_out else { return };
        let Some(Release { from, to, strategy, stage, .. }) = self.services[service].release.clone() else { return };
        self.release_ends(system, service, Released::RolledBack);
        if matches!(stage, Stage::Migrates(_)) {
            // Nothing has moved; what is being done to tables goes on to its end.
            return;
        }
        if matches!(strategy, strategy::CANARY | strategy::BLUE_GREEN) {
            let new = self.of_version(service, to, true);
            let before = std::mem::replace(&mut self.services[service].changing, true);
            self.end_all(system, new);
            self.services[service].changing = before;
            self.instances_changed(system, service);
        } else {
            // What runs is a mixture; the way back is a roll-out of what ran before.
            self.services[service].runs = Some(to);
            self.begin_release(system, service, def, to, from, strategy, true);
        }
    }

    pub(super) fn release_ends(&mut self, system: &System, service: usize, how: Released) {
        let state = &mut self.services[service];
        let Some(release) = state.release.take() else { return };
        state.split = None;
        if how == Released::Done {
            (state.before, state.runs) = (Some(release.from), Some(release.to));
            state.config = state.versions[system.versions[release.to.at()].place()];
        }
        state.released = Some((release.to, how));
        let version = release.to;
        let step = if how == Released::Done { RollOutStep::Done } else { RollOutStep::RolledBack };
        let part = Part::Service(ServiceId(service as u16));
        self.beat(WORLD_CASE, part, || super::Beat::RollsOut { version, step });
        self.release_over(service, version, how);
        if how == Released::Done && !release.returns {
            self.migrates_after(system, service, 0);
        }
        if !self.services[service].release_waits.is_empty() {
            self.queue.push(self.now, Kind::NextRelease, service as u32, 0);
        }
    }

    /// A pipeline rolls out one after another: while one is under way, the next waits for its end.
    pub(super) fn release_in_turn(&mut self, system: &System, to: VersionId) {
        let service = system.versions[to.at()].service;
        if self.start_release(system, to, false) != Err(Hindrance::RollOutUnderWay) {
            return;
        }
        self.services[service.at()].release_waits.push_back(to);
        self.beat(WORLD_CASE, Part::Service(service), || super::Beat::RollsOut { version: to, step: RollOutStep::Waits });
    }

    pub(super) fn next_release(&mut self, system: &System, service: usize) {
        while self.services[service].release.is_none()
            && let Some(next) = self.services[service].release_waits.pop_front()
        {
            // It runs already, when what was before it turned back.
            let _ = self.start_release(system, next, false);
        }
    }

    /// What an operator asks of a roll-out: to stand still, to go on, to turn back.
    pub(super) fn hold_release(&mut self, service: usize) -> Result<(), Hindrance> {
        let release = self.services[service].release.as_mut().filter(|release| !release.held).ok_or(Hindrance::NoRollOut)?;
        release.held = true;
        Ok(())
    }

    /// Goes on, or does not wait any longer.
    pub(super) fn promote_release(&mut self, system: &System, service: usize) -> Result<(), Hindrance> {
        let release = self.services[service].release.as_mut().ok_or(Hindrance::NoRollOut)?;
        release.failures = 0;
        if !std::mem::take(&mut release.held) {
            // As if the bake were over; the gates are looked at all the same.
            release.since = 0;
        }
        self.instances_changed(system, service);
        Ok(())
    }

    /// Turns back what is on its way, or goes back to what ran before; the version that then will run.
    pub(super) fn roll_back(&mut self, system: &System, service: usize) -> Result<VersionId, Hindrance> {
        if let Some(release) = &self.services[service].release {
            if release.returns {
                return Err(Hindrance::RollOutUnderWay);
            }
            let from = release.from;
            self.turn_release_back(system, service);
            return Ok(from);
        }
        let before = self.services[service].before.ok_or(Hindrance::NoRollOut)?;
        self.start_release(system, before, true)?;
        Ok(before)
    }

    /// While requests are shared between versions: one of those that the draw falls on, or anybody when there is none.
    pub(super) fn choose_by_version(&mut self, service: u16, luck: u64) -> Vec<u32> {
        let all = self.services[service as usize].replicas.iter().copied().filter(|&replica| self.is_listed(replica));
        let all: Vec<u32> = all.collect();
        let Some((to, new)) = self.draws_version(service.into(), luck) else { return all };
        let some: Vec<u32> = all.iter().copied().filter(|&replica| (self.replicas[replica as usize].version == to.0) == new).collect();
        if some.is_empty() { all } else { some }
    }

    /// While requests are shared between versions: the one on its way, and whether this request is for it.
    pub(super) fn draws_version(&self, service: usize, luck: u64) -> Option<(VersionId, bool)> {
        let (to, weight) = self.services[service].split?;
        Some((to, weight >= 1.0 || happens(draw(luck, service as u16, Purpose::Version), weight)))
    }

    pub(super) fn config_of(&self, system: &System, replica: u32) -> u16 {
        let state = &self.replicas[replica as usize];
        let of = &self.services[state.service as usize];
        match system.versions.get(usize::from(state.version)) {
            Some(version) => of.versions[version.place()],
            None => of.config,
        }
    }

    pub(super) fn start_versions(&mut self, system: &System) {
        for (service, def) in system.services.iter().enumerate() {
            let Some(first) = def.runs else { continue };
            let configs: Vec<u16> = def.versions.iter().map(|version| self.configs.derive(WORLD, &system.versions[version.at()].patches)).collect();
            let state = &mut self.services[service];
            state.versions = configs;
            state.runs = Some(first);
            state.config = state.versions[system.versions[first.at()].place()];
        }
    }

    /// What was built wins over what the world's part of a change has set.
    pub(super) fn restore_versions(&mut self, system: &System) {
        for (service, def) in system.services.iter().enumerate() {
            for (place, version) in def.versions.iter().enumerate() {
                self.configs.patch(self.services[service].versions[place], &system.versions[version.at()].patches);
            }
        }
    }

    /// A changed decision: each version gets its own configuration with it; the first of them, and the one that runs.
    pub(super) fn derive_versions(&mut self, system: &System, service: usize, patches: &[Patch]) -> Option<u16> {
        let def = &system.services[service];
        let mut first = None;
        for (place, version) in def.versions.iter().enumerate() {
            let config = self.configs.derive(self.services[service].versions[place], patches);
            self.configs.patch(config, &system.versions[version.at()].patches);
            self.services[service].versions[place] = config;
            first = first.or(Some(config));
        }
        if let Some(runs) = self.services[service].runs {
            self.services[service].config = self.services[service].versions[system.versions[runs.at()].place()];
        }
        first
    }

    /// What a move waits for has come to its end.
    fn release_over(&mut self, service: usize, version: VersionId, how: Released) {
        let waits: Vec<u32> =
            self.operators.moves.live().filter(|(_, making)| making.awaits_version == Some((service as u16, version))).map(|(at, _)| at).collect();
        for at in waits {
            self.operators.moves[at].awaits_version = None;
            let of = self.operators.moves.of(at);
            self.part_done(of, if how == Released::Done { Ok(()) } else { Err(Hindrance::RolledBack) });
        }
    }
}
