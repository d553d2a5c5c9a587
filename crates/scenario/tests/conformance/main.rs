//! Behaviours that an expert looks for, one tiny system each: an expected history, and where it is known from.
//!
//! The table in the docs is made from the cases: `UPDATE_DOCS=1 cargo test -p seatrial-scenario --test conformance`.

#[path = "../common/mod.rs"]
mod common;
mod world;

mod batches;
mod broker_links;
mod caches;
mod calls;
mod client_side;
mod copies;
mod discovery;
mod ending;
mod lifecycles;
mod members;
mod links;
mod migrations;
mod isolation;
mod logs;
mod manifests;
mod modules;
mod moves;
mod operations;
mod providers;
mod queues;
mod relays;
mod pauses;
mod probes;
mod sagas;
mod rollouts;
mod retention;
mod settlement;
mod scaling;
mod several;
mod secrets;
mod signatures;
mod lines;
mod comers;
mod chance;
mod store_links;
mod stores;
mod table;
mod workers;
