//! One run at a time, in slices, so that a page can tell how far it is and end it between two of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use seatrial_scenario::Compiled;
use seatrial_sim::{Setup, Sim};
use seatrial_story::{Back, History, back, history};
use serde::{Deserialize, Serialize};

use super::book::Book;
use super::outcome::{Outcome, outcome};
use crate::Refused;

/// A run that is wanted.
#[derive(Debug, Clone, Deserialize)]
pub struct Order {
    #[serde(flatten)]
    pub book: Book,
    /// Option or value by decision; what is not named stays as found.
    #[serde(default)]
    pub choices: BTreeMap<String, String>,
    /// A text, since it may have more digits than a number of JSON can hold exactly.
    pub seed: String,
    #[serde(default = "yes")]
    pub faults: bool,
    /// The number of an arrival whose history is wanted.
    #[serde(default)]
    pub watch: Option<u64>,
    /// The numbers of arrivals whose fates are wanted.
    #[serde(default)]
    pub follow: Option<Vec<u64>>,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Serialize)]
pub struct Began {
    /// Milliseconds.
    pub ends: u64,
    pub hash: String,
}

#[derive(Debug, Serialize)]
pub struct Reached {
    pub now: u64,
    pub ends: u64,
}

/// The history of the arrival that a run watched.
#[derive(Debug, Serialize)]
pub struct Watched {
    /// That of the run: two with the same are the same in every event.
    pub digest: String,
    #[serde(flatten)]
    pub history: History,
}

/// What the module remembers between two calls.
#[derive(Debug, Default)]
pub struct Desk {
    run: Option<Run>,
}

#[derive(Debug)]
struct Run {
    compiled: Compiled,
    order: Order,
    sim: Sim,
}

impl Desk {
    /// # Errors
    /// When there is no such scenario, when an answer is not one of its decision, and when the seed is no number.
    pub fn begin(&mut self, order: Order) -> Result<Began, Refused> {
        let compiled = order.book.read()?;
        let design = compiled.design(&order.choices).map_err(|wrong| Refused(wrong.join("; ")))?;
        let seed: u64 = order.seed.parse().map_err(|_| Refused(format!("“{}” is no seed", order.seed)))?;
        let setup = Setup { seed, faults: order.faults, operator: true };
        let mut sim = Sim::new(Arc::new(compiled.system.clone()), &design, setup);
        if let Some(serial) = order.watch {
            sim.watch(serial);
        }
        if let Some(serials) = &order.follow {
            sim.follow(serials.iter().copied());
        }
        let began = Began { ends: compiled.system.clock.ends() / 1_000_000, hash: compiled.hash.clone() };
        self.run = Some(Run { compiled, order, sim });
        Ok(began)
    }

    /// Goes on until this many milliseconds of virtual time.
    ///
    /// # Errors
    /// When nothing has begun.
    pub fn advance(&mut self, to: u64) -> Result<Reached, Refused> {
        let run = self.run.as_mut().ok_or_else(nothing)?;
        run.sim.advance(to.saturating_mul(1_000_000));
        Ok(Reached { now: run.sim.now() / 1_000_000, ends: run.compiled.system.clock.ends() / 1_000_000 })
    }

    /// What the run came to, as far as it has gone.
    ///
    /// # Errors
    /// When nothing has begun.
    pub fn outcome(&self) -> Result<Outcome, Refused> {
        let run = self.run.as_ref().ok_or_else(nothing)?;
        Ok(outcome(&run.compiled, &run.order.choices, &run.sim))
    }

    /// The history that was asked for when the run began.
    ///
    /// # Errors
    /// When nothing has begun, or nobody was watched.
    pub fn history(&self) -> Result<Watched, Refused> {
        let run = self.run.as_ref().ok_or_else(nothing)?;
        let story = run.sim.story().ok_or_else(|| Refused("this run watched nobody".into()))?;
        Ok(Watched { digest: format!("{:016x}", run.sim.digest()), history: history(&run.compiled, story) })
    }

    /// The run told back, as far as it has gone, with the fates of those whom it followed.
    ///
    /// # Errors
    /// When nothing has begun.
    pub fn back(&self) -> Result<Back, Refused> {
        let run = self.run.as_ref().ok_or_else(nothing)?;
        Ok(back(&run.compiled, &run.sim))
    }

    /// From beginning to end.
    ///
    /// # Errors
    /// As `begin`.
    pub fn run(order: Order) -> Result<Outcome, Refused> {
        let mut desk = Desk::default();
        desk.begin(order)?;
        desk.advance(u64::MAX)?;
        desk.outcome()
    }
}

fn nothing() -> Refused {
    Refused("no run has begun".into())
}
