//! A take: a log of commands over a simulated system. The same scenario, seed and log give the same take, to the bit,
//! however its time was cut into ticks.

use std::collections::BTreeMap;
use std::sync::Arc;

use seatrial_sim::engine::Command as Act;
use seatrial_sim::{Setup, Sim};

use crate::command::{Command, Rejection, V};
use crate::desk::Desk;
use crate::playable::Playable;

/// Whose moments are kept. It changes nothing of what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listens {
    /// The last minutes of all arrivals, for traces and logs.
    ToAll,
    /// One arrival's whole history, by its number.
    To(u64),
    ToNobody,
}

#[derive(Debug, Clone)]
pub struct Take {
    pub(crate) play: Arc<Playable>,
    pub(crate) seed: u64,
    listens: Listens,
    pub(crate) sim: Sim,
    pub(crate) desk: Desk,
    /// The last command.
    pub(crate) head: u64,
    /// What acted on the system before its clock first ran in the room; a decision made then makes the system anew.
    pub(crate) opening: Vec<Act>,
    /// How many samples and tickets have been told of.
    pub(crate) told: crate::news::Told,
}

impl Take {
    /// A take at its beginning: the warm-up has been lived through, and it stands.
    pub fn open(play: Arc<Playable>, seed: u64) -> Take {
        Take::listening(play, seed, Listens::ToAll)
    }

    /// As `open`, and nothing is kept for traces and logs.
    pub(crate) fn open_unrecorded(play: Arc<Playable>, seed: u64) -> Take {
        Take::listening(play, seed, Listens::ToNobody)
    }

    /// As `open`, and the history of one arrival is kept.
    pub(crate) fn open_watching(play: Arc<Playable>, seed: u64, serial: u64) -> Take {
        Take::listening(play, seed, Listens::To(serial))
    }

    fn listening(play: Arc<Playable>, seed: u64, listens: Listens) -> Take {
        let desk = Desk::new(play.compiled.decisions.len(), play.system.faults.len());
        let sim = begin(&play, seed, &BTreeMap::new(), listens);
        let told = crate::news::Told::default();
        Take { play, seed, listens, sim, desk, head: 0, opening: Vec::new(), told }
    }

    /// A copy to go back to, which has most in common with what this one goes on with.
    pub(crate) fn snapshot(&mut self) -> Take {
        self.sim.share();
        self.clone()
    }

    /// Everything up to this instant has happened.
    pub fn now(&self) -> V {
        self.sim.now()
    }

    pub fn head(&self) -> u64 {
        self.head
    }

    pub fn sim(&self) -> &Sim {
        &self.sim
    }

    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    pub fn play(&self) -> &Arc<Playable> {
        &self.play
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The clock of the scenario has come to its end.
    pub fn is_over(&self) -> bool {
        self.sim.now() >= self.play.ends() || self.sim.stopped().is_some()
    }

    /// A hash of all events and of all commands that acted.
    pub fn digest(&self) -> u64 {
        self.sim.digest()
    }

    /// Lets everything up to `horizon` happen.
    pub fn advance(&mut self, horizon: V) {
        if horizon > self.sim.now() {
            self.sim.advance(horizon);
            self.hear();
        }
    }

    /// The next command of the log. What it comes to depends on nothing but what stands before it.
    ///
    /// # Errors
    /// Why it comes to nothing; it stays in the log all the same.
    pub fn push(&mut self, command: &Command) -> Result<(), Rejection> {
        debug_assert_eq!(command.seq, self.head + 1, "a log has no gaps");
        self.advance(command.v);
        self.head = command.seq;
        let done = self.act(command);
        if let Err(why) = &done {
            self.desk.rejected.push((command.seq, why.clone()));
        }
        self.hear();
        done
    }

    /// What every decision comes to, by name; those as found are left out.
    pub fn design(&self) -> BTreeMap<String, String> {
        let decisions = self.play.compiled.decisions.iter().zip(&self.desk.decisions);
        decisions.filter_map(|(decision, desk)| Some((decision.name.clone(), desk.in_force.clone()?))).collect()
    }

    /// Whether the room's clock has never run.
    pub fn is_opening(&self) -> bool {
        self.sim.now() <= self.play.opens()
    }

    /// The system anew, with the design as it stands, and with all that has acted on it since it opened.
    pub(crate) fn begin_anew(&mut self) {
        let mut sim = begin(&self.play, self.seed, &self.design(), self.listens);
        for act in &self.opening {
            // What was refused then may be refused again; what was taken is taken.
            let _ = sim.apply(act);
        }
        self.sim = sim;
        self.told = crate::news::Told::default();
    }

    pub(crate) fn apply(&mut self, act: Act) -> Result<(), seatrial_sim::engine::Refusal> {
        self.sim.apply(&act)?;
        if self.is_opening() && !matches!(act, Act::Decide(_)) {
            self.opening.push(act);
        }
        Ok(())
    }
}

/// Moments that are kept for traces and logs, of 64 bytes each: the last minutes of everything. What is older is found by
/// its key.
const RECORDS_MOMENTS: usize = 250_000;

fn begin(play: &Playable, seed: u64, design: &BTreeMap<String, String>, listens: Listens) -> Sim {
    let patches = play.compiled.design(design).unwrap_or_default();
    // Nothing breaks and nobody repairs by itself where people sit.
    let setup = Setup { seed, faults: play.alone, operator: false };
    let mut sim = Sim::new(play.system.clone(), &patches, setup);
    match listens {
        Listens::To(serial) => sim.watch(serial),
        Listens::ToAll => sim.record(RECORDS_MOMENTS),
        Listens::ToNobody => {}
    }
    sim.advance(play.opens());
    sim
}
