//! Practice: a scenario, opened and run in the reader's browser.
//!
//! Lives here: what is asked and answered as JSON. Does not live here: the language (`scenario`), the simulation (`sim`),
//! the words for what happened (`story`), and anything that a page decides for itself: colours, pixels, playing back.

mod book;
mod desk;
mod open;
mod outcome;
mod series;

pub use book::{Book, scenarios};
pub use desk::{Began, Desk, Order, Reached, Watched};
pub use open::{Opened, open, reference};
pub use outcome::Outcome;
