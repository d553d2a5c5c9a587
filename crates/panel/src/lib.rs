//! What a panel does with a kit: keeps the record of an interview, scores with evidence, and debriefs.
//!
//! Lives here: the rules. A record folds from its entries (`record`), a scorecard knows what it lacks
//! (`scorecard`), a bar says where it is met (`bar`), a plan covers the seven areas (`plan`), and a debrief shows
//! where people differ (`debrief`). Does not live here: storage, rights, the clock on the wall, the simulator. No
//! function sets, suggests or ranks a level: levels come from people and leave as they came.

pub mod bar;
pub mod debrief;
pub mod plan;
pub mod progress;
pub mod record;
pub mod scorecard;
