//! When a debrief opens: every interview was held or called off, and all due scorecards are in. There is no other way but
//! a logged exception: opening early, or excusing one person.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::record::ClockState;

/// Somebody whose scorecard is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub person: String,
    pub submitted: bool,
    /// A manager logged that nobody waits for this one. Whoever is excused may still write theirs, and until then sees
    /// nothing of the others, so that it stays their own.
    pub excused: bool,
}

/// Whether others' scorecards may be seen. Nobody awaited means that there is nothing to open, also when everybody was
/// excused.
pub fn everything_is_in(due: &[Due]) -> bool {
    let awaited = || due.iter().filter(|d| d.submitted || !d.excused);
    let people: BTreeSet<&str> = awaited().map(|d| d.person.as_str()).collect();
    !people.is_empty() && awaited().all(|d| d.submitted)
}

/// Whether nothing of an interview is awaited any more: it was held, or it will not be.
pub fn is_over(state: ClockState) -> bool {
    matches!(state, ClockState::Ended | ClockState::CalledOff)
}

/// That nobody waits for somebody's scorecard any more: who said so, when, and why. Names, as they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excuse<'a> {
    pub person: &'a str,
    pub by: &'a str,
    pub at: Timestamp,
    pub reason: &'a str,
}

/// Why somebody cannot be excused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoExcuse {
    NothingDue,
    Submitted,
    Already,
}

/// Whether somebody can be excused, given what is due from whom.
///
/// # Errors
/// [`NoExcuse`] when there is nothing to be excused from.
pub fn may_excuse(due: &[Due], person: &str) -> Result<(), NoExcuse> {
    match due.iter().find(|d| d.person == person) {
        None => Err(NoExcuse::NothingDue),
        Some(d) if d.submitted => Err(NoExcuse::Submitted),
        Some(d) if d.excused => Err(NoExcuse::Already),
        Some(_) => Ok(()),
    }
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
