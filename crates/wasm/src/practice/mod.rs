//! Practice: a scenario, opened and run in the reader's browser.
//!
//! Lives here: what is asked and answered as JSON, and the words for what happened. Does not live here: the language
//! (`scenario`), the simulation (`sim`), and anything that a page decides for itself: colours, pixels, playing back.

mod book;
mod desk;
mod open;
mod outcome;
mod series;
mod story;
mod words;

pub use book::{Book, scenarios};
pub use desk::{Desk, Began, Order, Reached};
pub use open::{Opened, open, reference};
pub use outcome::Outcome;
pub use story::History;
