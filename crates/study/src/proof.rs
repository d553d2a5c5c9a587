//! What a proof says, point by point. What was not looked at says so.

use crate::claim::Verdict;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Holds,
    Fails,
    /// Why not.
    NotChecked(&'static str),
}

/// One of the seven points.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub number: u8,
    pub title: &'static str,
    pub state: State,
    /// Sentences: what was found, failures first.
    pub found: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    pub seeds: usize,
    pub runs: usize,
    /// Claims of the scenario, in its order.
    pub pairs: Vec<Verdict>,
    pub trades: Vec<Verdict>,
    pub points: Vec<Point>,
}

impl Proof {
    /// Whether no point failed. Points that were not checked do not count as held: see `is_complete`.
    pub fn holds(&self) -> bool {
        self.points.iter().all(|point| point.state != State::Fails)
    }

    /// Whether all seven points were checked.
    pub fn is_complete(&self) -> bool {
        self.points
            .iter()
            .all(|point| !matches!(point.state, State::NotChecked(_)))
    }
}

pub(crate) const TITLES: [&str; 7] = [
    "the designs separate, and the better one costs something",
    "seeds come from the scenario's hash, and nothing is dropped",
    "it holds with the telemetry-only operator and without",
    "controls show no difference where there is none",
    "it survives other loads, latencies and faults",
    "every decision matters, and none alone is the answer",
    "the references stand where they should among random designs",
];
