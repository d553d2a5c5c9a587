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

/// Why somebody stays an interviewer of an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// Their scorecard is in, and it belongs to an interview.
    Submitted,
    /// They still owe it, and others are in: without them the debrief would open as if nobody had been awaited.
    Owes,
}

/// Whether an interviewer can be taken off an interview, given whether it has started, whether their own scorecard is in,
/// and whether anybody's is. Somebody who did not turn up can be taken off before the first scorecard; after it there is
/// the logged exception.
pub fn must_stay(started: bool, submitted: bool, any_in: bool) -> Option<Stays> {
    if submitted {
        Some(Stays::Submitted)
    } else if started && any_in {
        Some(Stays::Owes)
    } else {
        None
    }
}
