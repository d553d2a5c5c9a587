//! When a debrief opens: all due scorecards are in. There is no other way but a logged exception.

use std::collections::BTreeSet;

/// Somebody whose scorecard is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub person: String,
    pub submitted: bool,
}

/// Whether others' scorecards may be seen. Nobody due means that there is nothing to open.
pub fn everything_is_in(due: &[Due]) -> bool {
    let people: BTreeSet<&str> = due.iter().map(|d| d.person.as_str()).collect();
    !people.is_empty() && due.iter().all(|d| d.submitted)
}
