//! What theory and published results say of small systems, against what the simulator makes of them.
//!
//! Lives here: the catalogue of validations, each with its file in the public language, what is varied in it, what is
//! expected and by whom; intervals and verdicts; the document, the curves and the page that are made of them. Does not
//! live here: threads, files, terminals. A trial hands out runs and takes back what they came to, as a study does.

mod catalogue;
mod chart;
mod document;
mod files;
mod page;
mod reading;
pub mod theory;
mod trial;
mod validation;
mod verdict;

pub use catalogue::{all, named};
pub use chart::svg;
pub use document::{Checked, Document, Results, Wanted, schema};
pub use files::FILES;
pub use page::{figure, page};
pub use reading::{Lived, Reading};
pub use seatrial_study::Cell;
pub use trial::{Row, Trial};
pub use validation::{Arm, Axis, Chart, Check, Curve, Expected, Kind, Validation};
pub use verdict::{State, Verdict, judge};
