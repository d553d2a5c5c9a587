//! Work that is done for several requests at once: a device takes what waits, up to its size, when it is full or when the
//! first has waited for long enough, and all of them are done together (Clipper, NSDI 2017, 4.3; NVIDIA Triton's dynamic
//! batcher: preferred size and `max_queue_delay`). Each instance has devices and a line of its own; both are empty after
//! a restart, and whoever was in a batch then dies with it.

use std::collections::VecDeque;

use smallvec::SmallVec;

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, mix};
use super::beat::Beat;
use super::listen::Who;
use super::queue::Kind;
use super::run::Then;
use super::story::Part;
use crate::Outcome;
use crate::system::{BatchDef, BatchId, StepId, System};

/// One place that batches, on one instance.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Who waits, and since when.
    waiting: VecDeque<(Ref, u64)>,
    /// Devices at work.
    busy: u32,
    /// Tells a timer from those of lines that have been served since.
    round: u32,
}

/// What a device works at.
#[derive(Debug, Clone)]
pub struct Batch {
    place: BatchId,
    replica: u32,
    life: u32,
    members: SmallVec<[Ref; 8]>,
}

impl World {
    pub(super) fn join_batch(&mut self, system: &System, act: Ref, place: BatchId) -> Then {
        let def = &system.batches[place.at()];
        let replica = self.acts[act.at].replica;
        if self.replicas[replica as usize].lines.is_empty() {
            self.replicas[replica as usize].lines.resize(system.batches.len(), Line::default());
        }
        let room = self.param(act.at, def.waiting);
        let line = &mut self.replicas[replica as usize].lines[place.at()];
        if line.waiting.len() as i64 >= room {
            self.acts[act.at].outcome = Outcome::Refused;
            return Then::GoesOn;
        }
        line.waiting.push_back((act, self.now));
        if line.waiting.len() == 1 {
            self.wait_for_more(system, replica, place);
        }
        self.serve_line(system, replica, place);
        Then::Waits
    }

    /// The first of a line waits for others, for a time.
    fn wait_for_more(&mut self, system: &System, replica: u32, place: BatchId) {
        let state = &mut self.replicas[replica as usize];
        let line = &mut state.lines[place.at()];
        let Some(&(_, since)) = line.waiting.front() else { return };
        line.round = line.round.wrapping_add(1) & 0xffff;
        let (round, config) = (line.round, state.config);
        let within = self.configs.get(config, system.batches[place.at()].within) as u64;
        let due = since.saturating_add(within);
        if due > self.now {
            self.queue.push(due, Kind::BatchDue, replica, u32::from(place.0) << 16 | round);
        }
    }

    /// The first of a line has waited for as long as it does.
    pub(super) fn batch_due(&mut self, system: &System, replica: u32, stamped: u32) {
        let place = BatchId((stamped >> 16) as u16);
        let state = &self.replicas[replica as usize];
        if state.lines.get(place.at()).is_some_and(|line| line.round == stamped & 0xffff) {
            self.serve_line(system, replica, place);
        }
    }

    /// Gives devices that are free what waits, when it is enough or has waited enough.
    pub(super) fn serve_line(&mut self, system: &System, replica: u32, place: BatchId) {
        let def = &system.batches[place.at()];
        let config = self.replicas[replica as usize].config;
        let get = |world: &World, param| world.configs.get(config, param);
        let (size, within) = (get(self, def.up_to).max(1) as usize, get(self, def.within) as u64);
        let devices = get(self, def.devices);
        loop {
            self.leave_expired(replica, place);
            let line = &self.replicas[replica as usize].lines[place.at()];
            let Some(&(_, since)) = line.waiting.front() else { return };
            let enough = line.waiting.len() >= size || self.now >= since.saturating_add(within);
            if i64::from(line.busy) >= devices || !enough {
                return;
            }
            self.launch(system, replica, place, size);
            self.wait_for_more(system, replica, place);
        }
    }

    /// Whoever is gone, or is not waited for any more, does not take a place in a batch.
    fn leave_expired(&mut self, replica: u32, place: BatchId) {
        let now = self.now;
        let (acts, ready) = (&self.acts, &mut self.ready);
        let stays = |&(act, _): &(Ref, u64)| match acts.get(act) {
            Some(state) if state.deadline > now => true,
            // It finds its deadline over as soon as it goes on.
            Some(_) => {
                ready.push(act);
                false
            }
            None => false,
        };
        self.replicas[replica as usize].lines[place.at()].waiting.retain(stays);
    }

    fn launch(&mut self, system: &System, replica: u32, place: BatchId, size: usize) {
        let def: &BatchDef = &system.batches[place.at()];
        let state = &mut self.replicas[replica as usize];
        let (config, life) = (state.config, state.life);
        let line = &mut state.lines[place.at()];
        let taken = size.min(line.waiting.len());
        let came: SmallVec<[(Ref, u64); 8]> = line.waiting.drain(..taken).collect();
        line.busy += 1;
        let members: SmallVec<[Ref; 8]> = came.iter().map(|(act, _)| *act).collect();
        for (act, since) in came {
            let (case, with) = (self.acts[act.at].case, taken as u16 - 1);
            self.beat_by(Who::act(act), case, Part::Service(def.service), || Beat::Batched { with, since });
        }
        // The batch's luck is that of all who are in it.
        let luck = members.iter().fold(0, |luck, act| mix(luck, self.acts[act.at].luck));
        let takes = self.duration(system, self.configs.get(config, def.takes), draw(luck, def.step.0, Purpose::Time));
        let each = self.configs.get(config, def.each) as u64;
        let slow = self.configs.get(config, system.services[def.service.at()].slow);
        let delay = self.slowed(takes.saturating_add(each.saturating_mul(taken as u64)), slow);
        let batch = self.batches.put(Batch { place, replica, life, members });
        self.after(delay, Kind::Batched, batch);
    }

    pub(super) fn batched(&mut self, system: &System, of: Ref) {
        let Some(Batch { place, replica, life, members }) = self.batches.get(of).cloned() else {
            return;
        };
        self.batches.free(of.at);
        if self.replicas[replica as usize].life != life {
            return;
        }
        self.replicas[replica as usize].lines[place.at()].busy -= 1;
        let step: StepId = system.batches[place.at()].step;
        for act in members {
            if !self.acts.is(act) {
                continue;
            }
            self.acts[act.at].outcome = Outcome::Ok;
            if !self.falls_into_trap(system, act, step) {
                self.ready.push(act);
            }
        }
        // A trap may have killed the instance, and its lines with it.
        if self.replicas[replica as usize].life == life {
            self.serve_line(system, replica, place);
        }
    }

    /// A limit may have changed: lines are looked at again.
    pub(super) fn serve_lines(&mut self, system: &System, replica: u32) {
        for place in 0..self.replicas[replica as usize].lines.len() {
            self.serve_line(system, replica, BatchId(place as u16));
        }
    }
}

impl Line {
    /// What a restart leaves.
    pub fn clear(&mut self) {
        self.waiting.clear();
        self.busy = 0;
        self.round = self.round.wrapping_add(1) & 0xffff;
    }
}
