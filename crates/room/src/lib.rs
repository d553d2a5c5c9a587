//! One live interview over a running system: an ordered log of commands, a horizon up to which it is simulated, replay,
//! seek, and what each audience may see of it.
//!
//! Lives here: what a command means, what a candidate and a panel are shown. Does not live here: clocks, databases,
//! connections, rights; what the system does (`seatrial-sim`) and what a scenario says (`seatrial-scenario`).

mod act;
pub mod command;
pub mod desk;
mod engine;
pub mod marks;
mod moves;
mod news;
pub mod pace;
mod playable;
mod reel;
pub mod spread;
mod take;
mod tickets;
mod understudy;
pub mod view;
mod whatif;
mod wiring;

pub use command::{Answer, Body, Command, MoveArgs, Panel, Rejection, Side, V, Verdict};
pub use engine::engine;
pub use playable::Playable;
pub use reel::Reel;
pub use take::Take;
pub use understudy::Understudy;
pub use wiring::{Wire, Wiring};
