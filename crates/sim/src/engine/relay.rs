//! Relays of an outbox that do not simply publish in the order of commits: several at a time, or by the ids of rows.
//!
//! A row's id is drawn when it is inserted, before its transaction commits, so ids become visible out of order. Whoever asks for
//! `id > last` passes over what commits late, for good (Kleppmann, Designing Data-Intensive Applications, ch. 11; PostgreSQL
//! docs, nextval: never rolled back, no order of commits). Several relays take different rows (SKIP LOCKED), and the later may be
//! done first.

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, mix};
use super::moves::Hindrance;
use super::queue::Kind;
use crate::system::{JobWork, ParamId, StepId, StoreId, System};

/// A batch under way.
#[derive(Debug, Clone, Copy)]
pub struct Batch {
    pub run: u32,
    pub replica: u32,
    pub by: Option<Ref>,
}

pub const BY_ID: i64 = 1;

impl World {
    /// Whether one relay publishes in the order of commits.
    pub(super) fn relays_plainly(&self, system: &System, replica: u32, store: StoreId, order: ParamId, relays: ParamId) -> bool {
        let config = self.replicas[replica as usize].config;
        let others = system.jobs.iter().filter(|job| matches!(job.work, JobWork::Relay { store: of, .. } if of == store)).count();
        self.configs.get(config, order) != BY_ID && self.configs.get(config, relays) <= 1 && others <= 1
    }

    /// Takes a batch that nobody else has.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn take_batch(&mut self, system: &System, job: u32, replica: u32, store: StoreId, batch: usize, by_id: bool, relays: usize, by: Option<Ref>) {
        let state = &self.jobs[job as usize];
        if self.stores[store.at()].down || state.on.is_some() || state.batches.len() >= relays.max(1) {
            return self.relay_cannot(by, Hindrance::JobCannotRun);
        }
        let last = state.last_id;
        let outbox = &self.stores[store.at()].outbox;
        let mut chosen: Vec<usize> = (0..outbox.len()).filter(|&at| outbox[at].claim.is_none() && (!by_id || outbox[at].id > last)).collect();
        if by_id {
            chosen.sort_by_key(|&at| outbox[at].id);
        }
        chosen.truncate(batch);
        let Some(&first) = chosen.first() else { return };
        let topic = outbox[first].topic;
        if self.topics[topic.at()].down {
            return self.relay_cannot(by, Hindrance::BrokerDown(topic));
        }
        self.jobs[job as usize].runs += 1;
        let run = self.jobs[job as usize].runs;
        for at in chosen {
            self.stores[store.at()].outbox[at].claim = Some((job as u16, run));
        }
        self.jobs[job as usize].batches.push(Batch { run, replica, by });
        if let Some(by) = by {
            self.move_waits(by, 1);
        }
        let luck = mix(self.setup.seed, u64::from(job) << 32 | u64::from(run) | 19 << 56);
        let takes = self.world_duration(system, system.topics[topic.at()].takes, luck, StepId(0), Purpose::Time);
        self.queue.push(self.now + takes, Kind::Relayed, job, run);
    }

    fn relay_cannot(&mut self, by: Option<Ref>, why: Hindrance) {
        if let Some(by) = by {
            self.part_of_move(by, Err(why));
        }
    }

    /// The broker has a batch; it is to be marked.
    pub(super) fn batch_relayed(&mut self, system: &System, job: u32, run: u32, store: StoreId) {
        if self.stores[store.at()].down {
            return self.batch_over(job as usize, run, store, Err(Hindrance::JobCannotRun));
        }
        let mut mine: Vec<usize> = (0..self.stores[store.at()].outbox.len()).collect();
        mine.retain(|&at| self.stores[store.at()].outbox[at].claim == Some((job as u16, run)));
        mine.sort_by_key(|&at| self.stores[store.at()].outbox[at].id);
        for at in mine {
            let outgoing = self.stores[store.at()].outbox[at].clone();
            self.stores[store.at()].outbox[at].sent = true;
            self.publish(system, &outgoing);
        }
        let luck = mix(self.setup.seed, u64::from(job) << 32 | u64::from(run) | 23 << 56);
        let takes = self.world_duration(system, system.stores[store.at()].takes, luck, StepId(0), Purpose::Commit);
        self.queue.push(self.now + takes, Kind::Marked, job, run);
    }

    pub(super) fn batch_marked(&mut self, system: &System, job: u32, run: u32, store: StoreId) {
        if self.stores[store.at()].down || self.is_full(system, store) {
            return self.batch_over(job as usize, run, store, Err(Hindrance::JobCannotRun));
        }
        let mine = Some((job as u16, run));
        let outbox = std::mem::take(&mut self.stores[store.at()].outbox);
        let (done, left) = outbox.into_iter().partition::<std::collections::VecDeque<_>, _>(|outgoing| outgoing.claim == mine);
        self.stores[store.at()].outbox = left;
        for outgoing in done {
            let last = &mut self.jobs[job as usize].last_id;
            *last = (*last).max(outgoing.id);
            self.release(outgoing.case);
        }
        self.batch_over(job as usize, run, store, Ok(()));
    }

    /// Nobody has the rows of a batch any more.
    pub(super) fn batch_over(&mut self, job: usize, run: u32, store: StoreId, came_to: Result<(), Hindrance>) {
        for outgoing in &mut self.stores[store.at()].outbox {
            if outgoing.claim == Some((job as u16, run)) {
                outgoing.claim = None;
            }
        }
        let batches = &mut self.jobs[job].batches;
        let Some(at) = batches.iter().position(|batch| batch.run == run) else { return };
        if let Some(by) = batches.remove(at).by {
            self.part_done(by, came_to);
        }
    }

    /// Ends the batches of a job that satisfy.
    pub(super) fn batches_lose(&mut self, system: &System, job: usize, lost: impl Fn(&Batch) -> bool, why: Hindrance) {
        let JobWork::Relay { store, .. } = system.jobs[job].work else { return };
        let runs: Vec<u32> = self.jobs[job].batches.iter().filter(|batch| lost(batch)).map(|batch| batch.run).collect();
        for run in runs {
            self.batch_over(job, run, store, Err(why));
        }
    }
}
