//! A log with places to begin from: any moment of a take, quickly.
//!
//! Places are snapshots. They are a cache: without them everything is the same and slower. They are kept at even
//! distances, and every other one is given up when there are too many.

use std::sync::Arc;

use crate::command::{Command, V};
use crate::playable::Playable;
use crate::take::Take;

const SNAPSHOTS_MAX: usize = 8;
const FIRST_DISTANCE_NS: V = 120_000_000_000;

#[derive(Debug, Clone)]
pub struct Reel {
    play: Arc<Playable>,
    seed: u64,
    log: Vec<Command>,
    /// Shared, so that a copy of a reel costs its log.
    snapshots: Vec<Arc<Take>>,
    distance: V,
}

impl Reel {
    pub fn new(play: Arc<Playable>, seed: u64) -> Reel {
        let first = Arc::new(Take::open(play.clone(), seed));
        Reel { play, seed, log: Vec::new(), snapshots: vec![first], distance: FIRST_DISTANCE_NS }
    }

    /// Without a place to begin from: for whoever plays it once.
    pub(crate) fn bare(play: Arc<Playable>, seed: u64) -> Reel {
        Reel { play, seed, log: Vec::new(), snapshots: Vec::new(), distance: FIRST_DISTANCE_NS }
    }

    pub fn log(&self) -> &[Command] {
        &self.log
    }

    pub fn play(&self) -> &Arc<Playable> {
        &self.play
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    pub fn push(&mut self, command: Command) {
        debug_assert_eq!(command.seq, self.log.len() as u64 + 1, "a log has no gaps");
        self.log.push(command);
    }

    /// Keeps a place if the last one is far enough away.
    pub fn pass(&mut self, take: &mut Take) {
        let last = self.snapshots.last().map_or(0, |take| take.now());
        if take.now() < last + self.distance {
            return;
        }
        self.snapshots.push(Arc::new(take.snapshot()));
        if self.snapshots.len() > SNAPSHOTS_MAX {
            let mut place = 0;
            self.snapshots.retain(|_| {
                place += 1;
                place % 2 == 1
            });
            self.distance *= 2;
        }
    }

    /// The take as it stood at `v`, with the commands up to `seq` (none: all that stand at or before `v`).
    pub fn seek(&self, v: V, seq: Option<u64>) -> Take {
        let v = v.max(self.play.opens());
        let holds = |command: &Command| command.v <= v && seq.is_none_or(|seq| command.seq <= seq);
        let upto = self.log.iter().take_while(|command| holds(command)).count() as u64;
        let usable = |take: &&Arc<Take>| take.now() <= v && take.head() <= upto;
        let mut take = match self.snapshots.iter().rev().find(usable) {
            Some(take) => Take::clone(take),
            None => Take::open(self.play.clone(), self.seed),
        };
        for command in &self.log[take.head() as usize..upto as usize] {
            let _ = take.push(command);
        }
        take.advance(v);
        take
    }

    /// The whole log, until the later of `horizon` and its last command, keeping places on the way.
    pub fn live(&mut self, horizon: V) -> Take {
        let mut take = Take::open(self.play.clone(), self.seed);
        let log = std::mem::take(&mut self.log);
        for command in &log {
            self.go(&mut take, command.v);
            let _ = take.push(command);
        }
        self.log = log;
        self.go(&mut take, horizon);
        take
    }

    /// The take at the horizon, with the history of one arrival. What began before anybody could watch is lived through
    /// again from the start: a story has no places to begin from.
    pub fn watched(&self, horizon: V, serial: u64) -> Take {
        let mut take = Take::open_watching(self.play.clone(), self.seed, serial);
        for command in self.log.iter().filter(|command| command.v <= horizon) {
            let _ = take.push(command);
        }
        take.advance(horizon);
        take
    }

    /// As `seek`, from the start, and nothing is kept for traces and logs: the quickest way to an outcome.
    pub fn unrecorded(&self, until: V) -> Take {
        let mut take = Take::open_unrecorded(self.play.clone(), self.seed);
        for command in self.log.iter().take_while(|command| command.v <= until) {
            let _ = take.push(command);
        }
        take.advance(until);
        take
    }

    fn go(&mut self, take: &mut Take, to: V) {
        while take.now() < to {
            take.advance(to.min(take.now() + self.distance));
            self.pass(take);
        }
    }
}
