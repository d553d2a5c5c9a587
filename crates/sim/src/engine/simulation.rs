//! A simulated run as others use it.

use std::sync::Arc;

use super::*;

/// A run: what happens when a system with a design and a seed lives through its clock.
///
/// Any partition of `advance` gives the same events, the same digest and the same report. Cloning is a snapshot.
#[derive(Debug, Clone)]
pub struct Sim {
    pub(super) system: Arc<System>,
    pub(super) world: World,
}

impl Sim {
    /// Begins a run at virtual 0, with nothing happened yet. `design`: patches that hold from the beginning, the later of
    /// two for one parameter.
    ///
    /// # Panics
    ///
    /// Where a system does not fit together: an id beyond its list, a patch of a parameter that is not there. A patch's
    /// value is taken as it is; ask `System::accepts` about values from outside.
    pub fn new(system: Arc<System>, design: &[Patch], setup: Setup) -> Sim {
        let world = World::new(&system, design, setup);
        Sim { system, world }
    }

    /// Nanoseconds since virtual 0. Everything up to this instant has happened.
    pub fn now(&self) -> u64 {
        self.world.now
    }

    /// Lets everything happen whose time is at most `to`, in nanoseconds after virtual 0; never beyond the end of the
    /// scenario's clock. A `to` that is past changes nothing, and neither does a run that has `stopped`.
    pub fn advance(&mut self, to: u64) {
        let system = &*self.system;
        let to = to.min(system.clock.ends());
        while self.world.stopped.is_none() {
            let Some(entry) = self.world.queue.pop_until(to) else {
                break;
            };
            self.world.step(system, entry);
        }
        if self.world.stopped.is_none() {
            self.world.now = self.world.now.max(to);
        }
        self.world.tell_unkept(system);
    }

    /// A copy of it as it is now, for going back. What is kept of the past both have in common until one of them writes to
    /// it: cheaper than `clone`, in time and in memory, and the more so the more of them are kept.
    pub fn snapshot(&mut self) -> Sim {
        self.share();
        self.clone()
    }

    /// From here on clones have in common with this one what neither has written to since.
    pub fn share(&mut self) {
        self.world.vault.share();
        self.world.sagas.share();
        self.world.saga_keys.share();
        self.world.keys.share();
        self.world.messages.share();
        self.world.oracle.windows.share();
    }

    /// Runs to the end of the clock.
    pub fn finish(&mut self) {
        self.advance(self.system.clock.ends());
    }

    /// Takes a command at the present instant: after all that happened until now, before all that comes. What follows at
    /// once has happened when it returns; a decision arrives replica by replica, and a move takes its time.
    ///
    /// # Errors
    ///
    /// Says why the command cannot be taken, or that the run has stopped. The run and its digest are then as if it had
    /// not come.
    pub fn apply(&mut self, command: &Command) -> Result<(), Refusal> {
        let system = &*self.system;
        if self.world.stopped.is_some() {
            return Err(Refusal::Stopped);
        }
        let done = self.world.command(system, command);
        self.world.carry_on(system);
        done
    }

    /// Keeps the history of one arrival, by the id of the record that it made, from now on; it takes the place of one
    /// that was kept before. At most ten thousand moments.
    pub fn watch(&mut self, serial: u64) {
        self.world.ears.get_or_insert_default().story = Some(Story::about(serial));
    }

    /// What `watch` has kept; none when nobody is watched.
    pub fn story(&self) -> Option<&Story> {
        self.world.ears.as_ref()?.story.as_ref()
    }

    /// Keeps the most recent moments of all arrivals from now on: so many, of 64 bytes each. Clones share what they have
    /// in common. Nothing of it is part of the digest. What was recorded before is gone.
    pub fn record(&mut self, capacity_moments: usize) {
        self.world.ears.get_or_insert_default().recorder = Some(Recorder::new(capacity_moments));
    }

    /// What `record` has kept, oldest first.
    pub fn recorded(&self) -> impl DoubleEndedIterator<Item = &Moment> + Clone {
        let recorder = self.world.ears.as_ref().and_then(|ears| ears.recorder.as_ref());
        recorder.into_iter().flat_map(Recorder::moments)
    }

    /// What the team pays to see at present.
    pub fn bought(&self) -> Bought {
        let telemetry = self.system.telemetry.as_ref();
        let on = |param: ParamId| self.world.configs.get(config::WORLD, param) != 0;
        Bought {
            correlation: telemetry.is_some_and(|bought| on(bought.correlation)),
            business: telemetry.is_some_and(|bought| on(bought.business)),
        }
    }

    /// Why the run has ended before its clock, if it has. It stands still then: `advance` does nothing, and `apply`
    /// refuses.
    pub fn stopped(&self) -> Option<Stopped> {
        self.world.stopped
    }

    /// A hash of every event and effect so far.
    pub fn digest(&self) -> u64 {
        self.world.digest
    }

    /// Entries taken from the event queue so far.
    pub fn events(&self) -> u64 {
        self.world.events
    }

    /// What the run was made of; a design's patches are not in it.
    pub fn system(&self) -> &System {
        &self.system
    }

    /// Telemetry and oracle figures, one entry per sample, oldest first.
    pub fn samples(&self) -> &[Arc<Sample>] {
        &self.world.telemetry.series
    }

    /// What the run has come to until now. Its totals are made anew each time; a run that is not over may be asked as
    /// well.
    pub fn report(&self) -> Report {
        self.world.report(&self.system)
    }

    /// Of a client's good answers after the warm-up: how many took at most so many microseconds, for each of the edges.
    /// Good to two digits.
    ///
    /// # Panics
    ///
    /// When there is no such client.
    pub fn answered_within(&self, client: ClientId, edges_us: &[u64]) -> Vec<u64> {
        let latency = &self.world.tally.clients[client.at()].latency;
        edges_us.iter().map(|edge| latency.count_between(0, *edge)).collect()
    }

    /// Checks that everything that came in is accounted for: done, failed, or in flight.
    ///
    /// # Errors
    ///
    /// Says what is not: a fault of the engine, whatever the system is.
    pub fn conserved(&self) -> Result<(), String> {
        self.world.conserved(&self.system)
    }

    /// What waits among a group's dead letters, oldest first.
    ///
    /// # Panics
    ///
    /// When there is no such group.
    pub fn dead_letters(&self, group: GroupId) -> Vec<DeadLetterSeen> {
        self.world.dead_letters(group)
    }

    /// The tickets that were filed, oldest first; of more than ten thousand the youngest.
    pub fn tickets(&self) -> impl ExactSizeIterator<Item = &TicketSeen> {
        self.world.operators.log.iter()
    }

    /// The number of the arrival to which a record belongs, by the record's id; none when there is no such record, or
    /// nothing of it is kept any more.
    pub fn serial_of(&self, record: RecordId, id: i64) -> Option<u64> {
        let (case, _) = self.world.find_record_by_id(record, id)?;
        Some(self.world.vault.cases[case as usize].serial)
    }

    /// Business keys that are kept in memory, and those that were given back.
    pub fn keys(&self) -> (u64, u64) {
        (self.world.vault.live_cases() as u64, self.world.vault.retired)
    }
}
