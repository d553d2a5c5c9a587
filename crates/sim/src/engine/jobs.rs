//! What a clock starts: steps at night, the relay of an outbox, comparisons of two books.

use std::collections::VecDeque;

use super::World;
use super::arena::Ref;
use super::moves::Hindrance;
use super::now::JobResult;
use super::chance::{Purpose, mix};
use super::queue::Kind;
use super::relay::{BY_ID, Batch};
use super::row::Row;
use super::sending::Sending;
use super::state::Caller;
use super::vault::WORLD_CASE;
use crate::Outcome;
use crate::system::{HandlerId, Job, JobWork, StepId, StoreId, System, When};

#[derive(Debug, Clone, Default)]
pub struct JobState {
    pub runs: u32,
    /// The replica that a relay's batch is with.
    pub on: Option<u32>,
    /// How many of the outbox's first entries the batch holds.
    pub batch: usize,
    /// Batches of relays that are not plain; what has been published is up to this id.
    pub batches: Vec<Batch>,
    pub last_id: u64,
    /// Rows that wait to be gathered: the row, its life, its case.
    pub open: Vec<(u32, u32, u32)>,
    /// What a comparison has still to look at: since when, the record, its case, the record's life.
    pub reported: Row<Reported>,
    /// Repairs that a comparison has not begun yet, and how many it is at.
    pub repairs: VecDeque<Repair>,
    pub at_work: u32,
    /// The move that asked for the batch that a relay has under way.
    pub asked_by: Option<Ref>,
    /// What the last runs of a comparison came to.
    pub results: VecDeque<RunResult>,
}

/// A run of a comparison, and who asked for it.
#[derive(Debug, Clone, Copy)]
pub struct RunResult {
    pub is: JobResult,
    /// Repairs under way.
    pub open: u32,
    pub by: Option<Ref>,
}

/// What one run of a comparison has found and will mend.
#[derive(Debug, Clone, Copy)]
pub struct Repair {
    pub run: u32,
    pub replica: u32,
    pub handler: HandlerId,
    pub item: Reported,
    pub luck: u64,
}

/// How many results that ended are remembered.
pub const RESULTS_KEPT: usize = 20;

#[derive(Debug, Clone, Copy)]
pub struct Reported {
    pub since: u64,
    pub record: u32,
    pub case: u32,
}

pub fn start(system: &System) -> Vec<JobState> {
    vec![JobState::default(); system.jobs.len()]
}

const DAY_NS: u64 = 86_400_000_000_000;

impl World {
    pub(super) fn start_jobs(&mut self, system: &System) {
        for job in 0..system.jobs.len() as u32 {
            self.next_run(system, job);
        }
    }

    fn job_param(&self, system: &System, job: &Job, param: crate::system::ParamId) -> i64 {
        let config = match self.first_up(job.service.0) {
            Some(replica) => self.replicas[replica as usize].config,
            None => self.services[job.service.at()].config,
        };
        debug_assert!(param.at() < system.params.len());
        self.configs.get(config, param)
    }

    fn next_run(&mut self, system: &System, job: u32) {
        let def = &system.jobs[job as usize];
        let delay = match def.when {
            When::Every(every) => (self.job_param(system, def, every) as u64).max(1_000_000),
            When::Listed(calendar) => {
                let instants = &system.calendars[usize::from(calendar)];
                match instants.get(instants.partition_point(|instant| *instant <= self.now)) {
                    Some(next) => next - self.now,
                    None => return,
                }
            }
            When::At(of_day) => {
                let second = system.clock.starts_unix_s.rem_euclid(86_400) as u64;
                let now_of_day = (second * 1_000_000_000 + self.now) % DAY_NS;
                (of_day + DAY_NS - now_of_day - 1) % DAY_NS + 1
            }
        };
        self.queue.push(self.now + delay, Kind::Job, job, 0);
    }

    pub(super) fn job(&mut self, system: &System, job: u32) {
        self.next_run(system, job);
        if self.job_param(system, &system.jobs[job as usize], system.jobs[job as usize].enabled) != 0 {
            self.run_job(system, job, None);
        }
    }

    /// `by`: the move that asks for it.
    pub(super) fn run_job(&mut self, system: &System, job: u32, by: Option<Ref>) {
        let def = &system.jobs[job as usize];
        let Some(replica) = self.first_up(def.service.0) else {
            return self.job_fails(by, Hindrance::NobodyUp(def.service));
        };
        match &def.work {
            JobWork::Steps(handler) => {
                self.jobs[job as usize].runs += 1;
                let runs = self.jobs[job as usize].runs;
                let luck = mix(self.setup.seed, u64::from(job) << 32 | u64::from(runs) | 17 << 56);
                let caller = by.map_or(Caller::Nobody, Caller::Move);
                if let Some(by) = by {
                    self.move_waits(by, 1);
                }
                self.start_aside(system, replica, *handler, &[], WORLD_CASE, luck, caller);
            }
            JobWork::Relay { store, batch, order, relays } => {
                let batch = self.configs.get(self.replicas[replica as usize].config, *batch).max(1) as usize;
                if self.relays_plainly(system, replica, *store, *order, *relays) {
                    return self.relay(system, job, replica, *store, batch, by);
                }
                let config = self.replicas[replica as usize].config;
                let (by_id, relays) = (self.configs.get(config, *order) == BY_ID, self.configs.get(config, *relays) as usize);
                self.take_batch(system, job, replica, *store, batch, by_id, relays, by);
            }
            JobWork::Compare(compare) => self.compare(system, job, replica, compare, by),
            JobWork::Gather(gather) => self.gather(system, job, replica, gather, by),
        }
    }

    pub(super) fn job_fails(&mut self, by: Option<Ref>, why: Hindrance) {
        if let Some(by) = by {
            self.part_of_move(by, Err(why));
        }
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn start_aside(
        &mut self,
        system: &System,
        replica: u32,
        handler: HandlerId,
        args: &[i64],
        case: u32,
        luck: u64,
        caller: Caller,
    ) -> Ref {
        let sending = Sending::new(handler, args, caller, case, luck);
        self.begin_aside(system, replica, &sending, system.handlers[handler.at()].entry)
    }

    /// Publishes a batch. One batch at a time; a batch whose replica died is published again by the next run.
    fn relay(
        &mut self,
        system: &System,
        job: u32,
        replica: u32,
        store: StoreId,
        batch: usize,
        by: Option<Ref>,
    ) {
        let state = &self.stores[store.at()];
        if state.down || self.jobs[job as usize].on.is_some() || !self.jobs[job as usize].batches.is_empty() {
            return self.job_fails(by, Hindrance::JobCannotRun);
        }
        if state.outbox.is_empty() {
            return;
        }
        let count = state.outbox.len().min(batch);
        if self.topics[state.outbox[0].topic.at()].down {
            let why = Hindrance::BrokerDown(state.outbox[0].topic);
            return self.job_fails(by, why);
        }
        let topic = state.outbox[0].topic;
        self.jobs[job as usize].runs += 1;
        let runs = self.jobs[job as usize].runs;
        (self.jobs[job as usize].on, self.jobs[job as usize].batch) = (Some(replica), count);
        self.jobs[job as usize].asked_by = by;
        if let Some(by) = by {
            self.move_waits(by, 1);
        }
        let luck = mix(self.setup.seed, u64::from(job) << 32 | u64::from(runs) | 19 << 56);
        let takes = self.world_duration(system, system.topics[topic.at()].takes, luck, StepId(0), Purpose::Time);
        self.queue.push(self.now + takes, Kind::Relayed, job, runs);
    }

    pub(super) fn relayed(&mut self, system: &System, job: u32, run: u32) {
        let JobWork::Relay { store, .. } = system.jobs[job as usize].work else {
            return;
        };
        let state = &self.jobs[job as usize];
        if let Some(&Batch { replica, .. }) = state.batches.iter().find(|batch| batch.run == run) {
            if self.freezes_event(replica, Kind::Relayed, job, run) {
                return;
            }
            return self.batch_relayed(system, job, run, store);
        }
        if state.on.is_none() || state.runs != run {
            // That of a replica that died; another batch may be under way.
            return;
        }
        if let Some(on) = self.jobs[job as usize].on
            && self.freezes_event(on, Kind::Relayed, job, run)
        {
            return;
        }
        if self.stores[store.at()].down {
            return self.batch_ends(job as usize, Err(Hindrance::JobCannotRun));
        }
        let count = self.jobs[job as usize].batch;
        for at in 0..count {
            let outgoing = self.stores[store.at()].outbox[at].clone();
            self.stores[store.at()].outbox[at].sent = true;
            self.publish(system, &outgoing);
        }
        let luck = mix(self.setup.seed, u64::from(job) << 32 | u64::from(run) | 23 << 56);
        let takes = self.world_duration(system, system.stores[store.at()].takes, luck, StepId(0), Purpose::Commit);
        self.queue.push(self.now + takes, Kind::Marked, job, run);
    }

    pub(super) fn marked(&mut self, system: &System, job: u32, run: u32) {
        let JobWork::Relay { store, .. } = system.jobs[job as usize].work else {
            return;
        };
        if let Some(&Batch { replica, .. }) = self.jobs[job as usize].batches.iter().find(|batch| batch.run == run) {
            if self.freezes_event(replica, Kind::Marked, job, run) {
                return;
            }
            return self.batch_marked(system, job, run, store);
        }
        if self.jobs[job as usize].on.is_none() || self.jobs[job as usize].runs != run {
            return;
        }
        if let Some(on) = self.jobs[job as usize].on
            && self.freezes_event(on, Kind::Marked, job, run)
        {
            return;
        }
        // On a full disk nothing is marked, so the next run publishes it again.
        if self.stores[store.at()].down || self.is_full(system, store) {
            return self.batch_ends(job as usize, Err(Hindrance::JobCannotRun));
        }
        for _ in 0..self.jobs[job as usize].batch {
            if let Some(outgoing) = self.stores[store.at()].outbox.pop_front() {
                self.release(outgoing.case);
            }
        }
        self.batch_ends(job as usize, Ok(()));
    }

    fn batch_ends(&mut self, job: usize, came_to: Result<(), Hindrance>) {
        self.jobs[job].on = None;
        if let Some(by) = self.jobs[job].asked_by.take() {
            self.part_done(by, came_to);
        }
    }

    /// What the relays of a store have under way may be gone.
    pub(super) fn relays_lose(&mut self, system: &System, store: StoreId) {
        for job in 0..self.jobs.len() {
            let mine = matches!(system.jobs[job].work, JobWork::Relay { store: of, .. } if of == store);
            if mine && self.jobs[job].on.is_some() {
                self.batch_ends(job, Err(Hindrance::JobCannotRun));
            }
            if mine {
                self.batches_lose(system, job, |_| true, Hindrance::JobCannotRun);
            }
        }
    }

    /// The replica died: what it had under way is not marked.
    pub(super) fn jobs_lose(&mut self, system: &System, replica: u32) {
        for job in 0..self.jobs.len() {
            if self.jobs[job].on == Some(replica) {
                self.batch_ends(job, Err(Hindrance::Answered(Outcome::Unknown)));
            }
            if !self.jobs[job].batches.is_empty() {
                self.batches_lose(system, job, |batch| batch.replica == replica, Hindrance::Answered(Outcome::Unknown));
            }
        }
    }
}
