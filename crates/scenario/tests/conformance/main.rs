//! Behaviours that an expert looks for, one tiny system each: an expected history, and where it is known from.
//!
//! The table in the docs is made from the cases: `UPDATE_DOCS=1 cargo test -p seatrial-scenario --test conformance`.

#[path = "../common/mod.rs"]
mod common;
mod world;

mod caches;
mod calls;
mod client_side;
mod links;
mod logs;
mod moves;
mod operations;
mod providers;
mod queues;
mod sagas;
mod scaling;
mod several;
mod lines;
mod comers;
mod chance;
mod stores;
mod table;
mod workers;
