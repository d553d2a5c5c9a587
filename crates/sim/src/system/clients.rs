//! People: when they come, what they bring, and what they do when they get no answer. All parameters are the world's.

use super::{DistId, HandlerId, ParamId, RecordId, StepId};

/// A source of traffic: people who come one after the other and do not know of each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Client {
    /// As the scenario calls it.
    pub name: String,
    /// How arrivals follow each other.
    pub arrivals: Arrivals,
    /// How many come, in each second of a flat pattern: a rate.
    pub rate: ParamId,
    /// What each arrival makes. The ids are new; other fields are drawn.
    pub make: Option<Make>,
    /// What a click calls.
    pub target: HandlerId,
    /// The callee's first registers.
    pub args: Vec<ClientFill>,
    /// How long somebody waits for an answer: a duration, 0 is for ever. With `sdks`, each has its own.
    pub timeout: ParamId,
    /// Whether the service is told when somebody stops waiting, since a closed connection is noticed: a flag.
    pub cancel: ParamId,
    /// Somebody who has no good answer yet clicks again; none: nobody does.
    pub click_again: Option<ClickAgain>,
    /// Somebody who got nowhere comes again later.
    pub comes_back: Option<ComesBack>,
    /// How the rate changes over time.
    pub pattern: Pattern,
    /// What tries again for them; each person has one. None: nothing does.
    pub sdks: Vec<Sdk>,
    /// How urgent their requests are: a count, from 0 (served first) to 7, which is passed on from call to call.
    pub priority: ParamId,
    /// The state of what it makes once it has heard `ok`.
    pub served: Option<u8>,
    /// The state of what it makes once it has given up: no `ok`, nothing under way, and no click to come.
    pub gives_up: Option<u8>,
    /// Where chance is drawn for arrivals and bursts.
    pub step: StepId,
}

/// How arrivals follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrivals {
    /// Exponential times in between: people who do not know of each other.
    Poisson,
    /// Evenly spaced.
    Constant,
}

/// A factor on a client's rate.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// Always one.
    Flat,
    /// Times of traffic, and of none, both drawn: the rate as it is, and none at all.
    Bursts {
        /// How long traffic lasts, at least a millisecond.
        on: ParamId,
        /// How long there is none, at least a millisecond. A run begins with traffic.
        off: ParamId,
    },
    /// A cosine from `low` to 1, with its peak at a second of the scenario's day.
    Day {
        /// The factor half a day from the peak.
        low: f64,
        /// Seconds after midnight of the scenario's calendar.
        peak_s: u32,
    },
    /// By the minute from virtual 0 on, from the beginning again after the last. Not empty.
    Minutes(Vec<f64>),
}

/// A version of the software through which people call.
#[derive(Debug, Clone, PartialEq)]
pub struct Sdk {
    /// As the scenario calls it.
    pub name: String,
    /// Of those who come, a ratio; only how the shares stand to each other matters.
    pub share: ParamId,
    /// How long one attempt waits for an answer: a duration, 0 is for ever.
    pub timeout: ParamId,
    /// Attempts in all, a count from 1; its user sees the last one's outcome.
    pub attempts: ParamId,
    /// Which outcomes it tries again.
    pub retry: ParamId,
    /// How long it waits in between; `NONE` is not at all.
    pub backoff: ParamId,
}

/// Somebody who has no good answer, and has stopped clicking, comes `after` a while with this chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComesBack {
    /// From the end of the visit before: a duration that is drawn.
    pub after: ParamId,
    /// The chance, a ratio, drawn for each visit.
    pub chance: ParamId,
    /// How many visits, a count; the first is not counted.
    pub at_most: ParamId,
}

/// What an arrival makes: one instance of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Make {
    /// What it is.
    pub record: RecordId,
    /// Per field after the id: what it is drawn from.
    pub fields: Vec<DistId>,
    /// The state in which it begins: into `Record::states`.
    pub state: u8,
}

/// What a register of the callee is given by whoever comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientFill {
    /// The record that was made.
    Made,
    /// The number of the arrival.
    Number,
}

/// Somebody who has no good answer `after` a click (none yet, or an error) clicks again with this chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClickAgain {
    /// From the click: a duration.
    pub after: ParamId,
    /// The chance, a ratio, drawn for each click.
    pub chance: ParamId,
    /// How many clicks of one visit, a count; the first is not counted.
    pub at_most: ParamId,
}
