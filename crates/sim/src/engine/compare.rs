//! Comparing two books: what a provider reports against the rows of a table.
//!
//! A reported record is looked at once it is old enough. Without its row the repair is started, and it is looked at
//! again after as long once more; so is one for which there is an older record of the same kind that says the same.
//! Repairs are worked on a few at once, in the order in which they were found; until the last has begun there is no other run.

use super::World;
use super::arena::Ref;
use super::chance::mix;
use super::config::WORLD;
use super::jobs::{RESULTS_KEPT, Repair, Reported, RunResult};
use super::moves::Hindrance;
use super::now::JobResult;
use super::state::Caller;
use crate::Outcome;
use crate::expr::Shelf;
use crate::system::{Compare, JobWork, OperationKind, RecordId, System};

impl World {
    /// A record is new at a provider: comparisons will look at it.
    pub(super) fn reported(&mut self, system: &System, record: RecordId, at: u32, case: u32) {
        for (job, def) in system.jobs.iter().enumerate() {
            let JobWork::Compare(compare) = &def.work else {
                continue;
            };
            let OperationKind::Report { record: of, .. } = system.operations[compare.report.at()].kind else {
                continue;
            };
            let fresh = self.vault.about(Shelf::Record(record), at).born == self.now;
            if of == record && fresh {
                self.hold(case);
                self.jobs[job].reported.push(Reported { since: self.now, record: at, case });
            }
        }
    }

    pub(super) fn compare(
        &mut self,
        system: &System,
        job: u32,
        replica: u32,
        compare: &Compare,
        by: Option<Ref>,
    ) {
        let OperationKind::Report { record, every } = system.operations[compare.report.at()].kind else {
            return;
        };
        if !self.jobs[job as usize].repairs.is_empty() {
            return self.job_fails(by, Hindrance::JobCannotRun);
        }
        let config = self.replicas[replica as usize].config;
        let older_than = self.configs.get(config, compare.older_than) as u64;
        let every = (self.configs.get(WORLD, every) as u64).max(1);
        // The report holds what there was when it was last written.
        let written = self.now / every * every;
        self.jobs[job as usize].runs += 1;
        let run = self.jobs[job as usize].runs;
        let began = self.now;
        // Open until all has been looked at.
        let is = JobResult { run, began, ..JobResult::default() };
        self.jobs[job as usize].results.push_back(RunResult { is, open: 1, by });
        for _ in 0..self.jobs[job as usize].reported.len() {
            let Some(item) = self.jobs[job as usize].reported.first() else {
                break;
            };
            if item.since > written || item.since.saturating_add(older_than) > self.now {
                break;
            }
            self.jobs[job as usize].reported.pop();
            self.result(job, run).is.looked_at += 1;
            let value = self.vault.field(Shelf::Record(record), item.record, compare.left_field);
            let there = self.vault.find(system, compare.right, item.case, compare.right_field, value).is_some();
            let number = self.vault.number_in_case(Shelf::Record(record), item.case, item.record);
            let luck =
                mix(self.vault.cases[item.case as usize].luck, u64::from(number) << 32 | u64::from(run) | 41 << 56);
            let repeats = compare.repeats.filter(|(by, _)| self.repeats(record, item, *by));
            if let Some((_, handler)) = repeats {
                self.differs(job, run, by, true);
                self.repair_later(job, Repair { run, replica, handler, item, luck });
            }
            if repeats.is_none() && !there {
                self.differs(job, run, by, compare.missing_right.is_some());
            }
            // A repair takes its time and may fail: look again when it should have worked.
            let repaired = repeats.is_none() && (there || compare.missing_right.is_none());
            if repaired {
                self.release(item.case);
                continue;
            }
            self.jobs[job as usize].reported.push(Reported { since: self.now, ..item });
            if let (Some(handler), None) = (compare.missing_right, repeats) {
                self.repair_later(job, Repair { run, replica, handler, item, luck: mix(luck, 1) });
            }
        }
        self.repair_next(system, job as u16);
        self.item_over(job as u16, run);
    }

    fn result(&mut self, job: u32, run: u32) -> &mut RunResult {
        let results = &mut self.jobs[job as usize].results;
        let last = results.len() - 1;
        let at = results.iter().rposition(|result| result.is.run == run).unwrap_or(last);
        &mut results[at]
    }

    /// A difference was found; `mends`: a repair is started for it.
    fn differs(&mut self, job: u32, run: u32, by: Option<Ref>, mends: bool) {
        let result = self.result(job, run);
        result.is.differ += 1;
        result.open += u32::from(mends);
        result.is.left += u32::from(!mends);
        match (by, mends) {
            (Some(by), true) => self.move_waits(by, 1),
            (Some(by), false) => self.part_of_move(by, Err(Hindrance::NoRepair)),
            (None, _) => {}
        }
    }

    /// A repair has come to something.
    pub(super) fn item_answered(&mut self, system: &System, job: u16, run: u32, outcome: Outcome) {
        let result = self.result(job.into(), run);
        let by = result.by;
        match outcome {
            Outcome::Ok => result.is.repaired += 1,
            _ => result.is.left += 1,
        }
        if let Some(by) = by {
            self.move_answered(by, outcome);
        }
        self.jobs[usize::from(job)].at_work -= 1;
        self.item_over(job, run);
        self.repair_next(system, job);
    }

    fn item_over(&mut self, job: u16, run: u32) {
        let now = self.now;
        let result = self.result(job.into(), run);
        result.open -= 1;
        if result.open == 0 {
            result.is.ended = Some(now);
        }
        let results = &mut self.jobs[job as usize].results;
        while results.len() > RESULTS_KEPT && results.front().is_some_and(|oldest| oldest.is.ended.is_some()) {
            results.pop_front();
        }
    }

    fn repair_later(&mut self, job: u32, repair: Repair) {
        self.hold(repair.item.case);
        self.jobs[job as usize].repairs.push_back(repair);
    }

    /// Begins what there is room for. What a process that died had still before it, it has forgotten.
    fn repair_next(&mut self, system: &System, job: u16) {
        let JobWork::Compare(compare) = &system.jobs[usize::from(job)].work else {
            return;
        };
        while let Some(&Repair { run, replica, handler, item, luck }) = self.jobs[usize::from(job)].repairs.front() {
            let up = self.is_up(replica);
            let most = self.configs.get(self.replicas[replica as usize].config, compare.concurrency).max(1);
            if up && i64::from(self.jobs[usize::from(job)].at_work) >= most {
                return;
            }
            self.jobs[usize::from(job)].repairs.pop_front();
            if up {
                self.jobs[usize::from(job)].at_work += 1;
                self.start_aside(system, replica, handler, &[item.record.into()], item.case, luck, Caller::Item { job, run });
            } else {
                self.repair_forgotten(job, run);
            }
            self.release(item.case);
        }
    }

    fn repair_forgotten(&mut self, job: u16, run: u32) {
        let result = self.result(job.into(), run);
        result.is.left += 1;
        if let Some(by) = result.by {
            self.move_answered(by, Outcome::Unknown);
        }
        self.item_over(job, run);
    }

    /// Whether an older record of the case is in the same state and has the same value in the field.
    fn repeats(&self, record: RecordId, item: Reported, by: u8) -> bool {
        let shelf = Shelf::Record(record);
        let mine = *self.vault.about(shelf, item.record);
        let value = self.vault.field(shelf, item.record, by);
        let mut from = 0;
        while let Some((at, next)) = self.vault.next(shelf, item.case, Some((by, value)), from) {
            if at == item.record {
                return false;
            }
            if self.vault.about(shelf, at).state == mine.state {
                return true;
            }
            from = next;
        }
        false
    }
}
