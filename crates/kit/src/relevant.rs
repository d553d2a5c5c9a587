//! Which follow-ups fit at this moment of an interview. Not here: what was heard (a record), how many a
//! screen shows.

use std::collections::BTreeSet;

use crate::{Area, FollowUp};

/// What has happened so far in an area's interview.
#[derive(Debug, Clone, Copy)]
pub struct Heard<'a> {
    /// The phase that runs: a phase's id, or an agenda's `<area>/<phase>`.
    pub phase: &'a str,
    /// Ids of signals heard.
    pub signals: &'a BTreeSet<String>,
    /// Ids of follow-ups that were asked.
    pub asked: &'a BTreeSet<String>,
}

/// The follow-ups of an area that fit now and were not asked, at most `limit`. First those that name this
/// phase, then those that separate, then in the order of the kit.
pub fn relevant<'k>(area: &'k Area, heard: &Heard<'_>, limit: usize) -> Vec<&'k FollowUp> {
    let own_phase = heard
        .phase
        .strip_prefix(area.id.as_str())
        .and_then(|rest| rest.strip_prefix('/'));
    let phase = own_phase.unwrap_or(heard.phase);
    let names_phase = |f: &FollowUp| f.fits.phases.iter().any(|p| p == phase);
    let fits = |f: &FollowUp| {
        (f.fits.phases.is_empty() || names_phase(f))
            && f.fits
                .after
                .iter()
                .all(|signal| heard.signals.contains(signal))
            && !f
                .fits
                .unless
                .iter()
                .any(|signal| heard.signals.contains(signal))
    };
    let mut found: Vec<&FollowUp> = area
        .follow_ups
        .iter()
        .filter(|f| !heard.asked.contains(&f.id) && fits(f))
        .collect();
    // The sort is stable: what is equal keeps the kit's order.
    found.sort_by_key(|f| (!names_phase(f), !f.separates));
    found.truncate(limit);
    found
}
