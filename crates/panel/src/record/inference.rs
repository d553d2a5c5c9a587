//! Prompted or unprompted, when the interviewer did not say.
//!
//! A signal counts as prompted when the interviewer led to it: a follow-up that asks for this very signal (one that
//! stops fitting once it was heard) was asked, or a hint was given in the phase that runs. Otherwise it came by itself.
//! One key flips it; what the interviewer says stands.

use seatrial_kit::Area;

use super::Record;

pub fn is_prompted(record: &Record, area: &Area, signal: &str) -> bool {
    let hinted = record.phase.as_deref().is_some_and(|phase| !record.hints(phase).is_empty());
    let asked = record.asked(&area.id);
    let led = area.follow_ups.iter().any(|f| asked.contains(&f.id) && f.fits.unless.iter().any(|s| s == signal));
    hinted || led
}
