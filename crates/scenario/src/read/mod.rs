//! The readers of a scenario's sections, one idea a file. Each puts what it reads into the system; names were
//! declared before, so sections may refer to each other in any direction.

mod answers;
mod blocks;
mod caches;
mod calls;
mod clients;
mod comers;
mod decisions;
mod declare;
mod designs;
mod faults;
mod flags;
mod gather;
mod head;
mod instances;
mod jobs;
mod links;
mod lines;
mod modules;
mod moves;
mod parallel;
mod providers;
mod publish;
mod queues;
mod records;
mod rollout;
mod saga;
mod secrets;
mod schema;
mod separates;
mod services;
mod steps;
mod stores;
mod turns;
mod tx;
mod vary;
mod versions;
mod watch;
mod zones;

pub(crate) use blocks::{Site, Waiting};
pub(crate) use decisions::read_selection;
pub(crate) use head::SECTIONS;
pub(crate) use designs::read_answers;
pub(crate) use lines::{full, in_hand};
pub(crate) use saga::says;

use seatrial_sim::system::{Backoff, Growth, Jitter};

pub(crate) const NO_BACKOFF: Backoff = Backoff {
    growth: Growth::None,
    jitter: Jitter::None,
    base: 0,
    cap: 0,
};
