//! How fast virtual time goes, and how far a tick may go.

use crate::command::{Body, V};

/// Times the pace of a wall clock.
pub const SPEEDS: [u32; 5] = [1, 2, 4, 8, 16];

/// How often a room that is watched goes on.
pub const TICK_MS: u64 = 100;

/// The longest stretch of wall time that one tick makes up for. A laptop that slept, a clock that jumped and a process
/// that was stopped change the pace for a moment, and never make the system leap.
pub const TICK_MAX_MS: u64 = 250;

/// How far virtual time goes in one tick, in nanoseconds.
pub fn step(elapsed_ms: u64, speed: u32) -> V {
    elapsed_ms.min(TICK_MAX_MS) * u64::from(speed) * 1_000_000
}

/// What came in wants to be read: a ticket, an alert or a move brings a faster room down to the pace of a wall clock. `heard` and
/// `news` are what [`Take::news`](crate::Take::news) counted before a tick and after it.
pub fn slows(pace: Pace, heard: usize, news: usize) -> Option<Body> {
    (news > heard && pace.speed > 1).then_some(Body::Speed { times: 1 })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    pub running: bool,
    pub speed: u32,
}

impl Default for Pace {
    /// A room opens standing: nothing moves before somebody says so.
    fn default() -> Pace {
        Pace { running: false, speed: 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_laptop_that_slept_makes_no_leap() {
        let night_ms = 9 * 60 * 60 * 1000;
        assert_eq!(step(night_ms, 1), step(TICK_MAX_MS, 1));
        assert_eq!(step(u64::MAX, 16), TICK_MAX_MS * 16 * 1_000_000);
        assert_eq!(step(0, 16), 0);
        assert_eq!(step(100, 4), 400_000_000);
    }
}
