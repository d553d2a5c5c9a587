//! A process that stands still: a collector that stops the world, a virtual machine that is moved, a machine without memory left.
//!
//! Nothing in it runs and none of its timers fires, but its sockets still accept and others go on: leases end, sessions end, and
//! answers wait in buffers. When it wakes up it goes on where it was, in the order in which things came due, and believes what it
//! believed: it may finish what others have taken over from it.

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, mix};
use super::config::WORLD;
use super::queue::{Event, Kind};
use super::state::{Health, Replica};
use super::story::Turn;
use crate::Outcome;
use crate::system::{Op, Pauses, ServiceId, System};

/// What would have happened in it.
#[derive(Debug, Clone, Copy)]
pub enum Frozen {
    Event { event: Event, due: u64 },
    Run(Ref),
    Answer { flight: Ref, attempt: u16, outcome: Outcome, result: u32 },
}

impl World {
    #[inline]
    pub(super) fn is_paused(&self, replica: u32) -> bool {
        // People have no process that could stand still.
        self.paused > 0 && self.replicas.get(replica as usize).is_some_and(|it| it.paused_since.is_some())
    }

    /// Keeps for later what cannot happen in a process that stands still. Asked before anything happens in a process.
    #[inline]
    pub(super) fn freezes(&mut self, replica: u32, what: impl FnOnce(u64) -> Frozen) -> bool {
        if !self.is_paused(replica) {
            return false;
        }
        let what = what(self.now);
        self.replicas[replica as usize].frozen.push(what);
        true
    }

    pub(super) fn freezes_event(&mut self, replica: u32, kind: Kind, a: u32, b: u32) -> bool {
        self.freezes(replica, |due| Frozen::Event { event: Event { kind, a, b }, due })
    }

    /// So many replicas of a service stand still from now on; which.
    pub(super) fn pause_replicas(&mut self, system: &System, service: ServiceId, count: u32) -> Vec<(u32, u32)> {
        let all = self.services[service.at()].replicas.clone();
        let fit = all.into_iter().filter(|&replica| self.is_up(replica) && !self.is_paused(replica));
        let paused: Vec<u32> = fit.take(count as usize).collect();
        paused.iter().for_each(|&replica| self.pause_replica(system, replica));
        paused.into_iter().map(|replica| (replica, self.replicas[replica as usize].life)).collect()
    }

    fn pause_replica(&mut self, system: &System, replica: u32) {
        self.replicas[replica as usize].paused_since = Some(self.now);
        self.paused += 1;
        self.turns(replica, Turn::Pauses);
        self.stops_renewing(system, replica);
        let service = ServiceId(self.replicas[replica as usize].service);
        for group in 0..system.groups.len() as u32 {
            let def = &system.groups[group as usize];
            if system.handlers[def.handler.at()].service == service {
                let session = self.configs.get(WORLD, system.topics[def.topic.at()].session) as u64;
                self.queue.push(self.now + session, Kind::Rebalance, group, 0);
            }
        }
    }

    /// A service whose instances stand still by themselves: the next time of one of them, `after` so long at least.
    pub(super) fn next_pause(&mut self, system: &System, replica: u32, after: u64) {
        let Replica { service, config, life, .. } = self.replicas[replica as usize];
        if let Some(pauses) = system.services[service as usize].pauses {
            let every = self.duration(system, self.configs.get(config, pauses.every), self.pause_draw(replica, pauses, Purpose::Delay));
            self.queue.push(self.now + after + every.max(1_000_000), Kind::StandsStill, replica, life);
        }
    }

    pub(super) fn stands_still(&mut self, system: &System, replica: u32, life: u32) {
        let Replica { service, config, life: lives, health, .. } = self.replicas[replica as usize];
        let (Some(pauses), true) = (system.services[service as usize].pauses, lives == life && health == Health::Up) else {
            return;
        };
        let lasts = self.duration(system, self.configs.get(config, pauses.lasts), self.pause_draw(replica, pauses, Purpose::Time));
        if !self.is_paused(replica) {
            self.pause_replica(system, replica);
            self.queue.push(self.now + lasts, Kind::WakesUp, replica, life);
        }
        self.replicas[replica as usize].pauses += 1;
        self.next_pause(system, replica, lasts);
    }

    fn pause_draw(&self, replica: u32, pauses: Pauses, purpose: Purpose) -> u64 {
        let Replica { address, pauses: before, .. } = self.replicas[replica as usize];
        draw(mix(mix(self.setup.seed, u64::from(address) | 67 << 40), u64::from(before)), pauses.step.0, purpose)
    }

    /// Whether a group has given up a member that stands still: its session is over.
    pub(super) fn is_out_of_session(&self, replica: u32, session: u64) -> bool {
        self.paused > 0 && self.replicas[replica as usize].paused_since.is_some_and(|since| since + session <= self.now)
    }

    pub(super) fn wake_up(&mut self, system: &System, replica: u32, life: u32) {
        let state = &mut self.replicas[replica as usize];
        if state.life != life {
            return;
        }
        let Some(since) = state.paused_since.take() else {
            return;
        };
        self.paused -= 1;
        let frozen = std::mem::take(&mut state.frozen);
        let service = ServiceId(state.service);
        self.turns(replica, Turn::WakesUp);
        // Work that was under way has lost the time; what of it would have been done by now goes on for as long as was left.
        let due: Vec<u32> = frozen.iter().filter_map(|what| match what {
            Frozen::Event { event: Event { kind: Kind::Step, a, .. }, .. } => Some(*a),
            _ => None,
        }).collect();
        let works: Vec<u32> = self.acts.live().filter(|(at, act)| act.replica == replica && !due.contains(at)).map(|(at, _)| at).collect();
        for at in works {
            if self.is_at_work(system, at) {
                self.acts[at].owed += self.now - since;
            }
        }
        for what in frozen {
            match what {
                Frozen::Event { event: Event { kind: Kind::Step, a, b }, due }
                    if self.acts.is(Ref { at: a, generation: b }) && self.is_at_work(system, a) =>
                {
                    self.queue.push(self.now + (due - since), Kind::Step, a, b);
                }
                Frozen::Event { event, .. } => self.happens(system, event),
                Frozen::Run(act) => self.ready.push(act),
                Frozen::Answer { flight, attempt, outcome, result } => self.attempt_done(system, flight, attempt, outcome, result),
            }
        }
        if self.replicas[replica as usize].health == Health::Up && !self.replicas[replica as usize].unready {
            self.list(system, replica, true);
        }
        self.wake_replica(system, replica);
        for group in 0..system.groups.len() {
            if system.handlers[system.groups[group].handler.at()].service == service {
                self.rebalance(system, group as u32);
                self.deliver_all(system, group);
            }
        }
    }

    /// Whether an activation is in the middle of `work`.
    fn is_at_work(&self, system: &System, at: u32) -> bool {
        let act = &self.acts[at];
        let runs = !act.waits_in_queue && act.flight.is_none() && act.tx.is_none() && act.publishing.is_none() && !act.journals;
        let core = match system.services[system.handlers[act.handler as usize].service.at()].run {
            crate::system::Run::Async { .. } => act.holds_core,
            crate::system::Run::Threads { .. } => true,
        };
        runs && core && act.pc > 0 && matches!(system.code[act.pc as usize - 1], Op::Work { .. })
    }

    /// It is no more, or another: nothing of what was to happen in it happens.
    pub(super) fn pause_ends_with(&mut self, replica: u32) {
        let state = &mut self.replicas[replica as usize];
        state.frozen.clear();
        if state.paused_since.take().is_some() {
            self.paused -= 1;
        }
    }
}
