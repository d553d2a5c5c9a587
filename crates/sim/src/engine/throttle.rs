//! A caller that holds back what would be refused anyway: client-side adaptive throttling (Beyer et al., *Site Reliability
//! Engineering*, 2016, ch. 21). Over the last two minutes a place has asked so often, and so many of that were accepted;
//! beyond K times as many, a request is held back with probability (asked − K · accepted) / (asked + 1).
//!
//! What was answered was accepted, whatever the answer; what was refused or came to nothing certain was not.

use crate::Outcome;

/// Two minutes, in stretches of ten seconds.
const STRETCHES: usize = 12;
const STRETCH_NS: u64 = 10_000_000_000;

/// What one place has asked and been given lately.
#[derive(Debug, Clone, Copy, Default)]
pub struct Throttle {
    /// Number of the youngest stretch.
    stretch: u64,
    asked: [u32; STRETCHES],
    accepted: [u32; STRETCHES],
}

impl Throttle {
    /// Counts a request, and says how likely it is to be held back for those before it.
    pub fn asks(&mut self, now: u64, factor: f64) -> f64 {
        self.roll(now);
        let sum = |counts: &[u32; STRETCHES]| counts.iter().map(|&count| f64::from(count)).sum::<f64>();
        let (asked, accepted) = (sum(&self.asked), sum(&self.accepted));
        self.asked[self.place()] += 1;
        ((asked - factor * accepted) / (asked + 1.0)).max(0.0)
    }

    pub fn answered(&mut self, now: u64, outcome: Outcome) {
        self.roll(now);
        self.accepted[self.place()] += u32::from(!matches!(outcome, Outcome::Refused | Outcome::Unknown));
    }

    fn place(&self) -> usize {
        (self.stretch % STRETCHES as u64) as usize
    }

    /// Forgets what is older than two minutes.
    fn roll(&mut self, now: u64) {
        let stretch = now / STRETCH_NS;
        if stretch - self.stretch >= STRETCHES as u64 {
            *self = Throttle { stretch, ..Throttle::default() };
        }
        while self.stretch < stretch {
            self.stretch += 1;
            let place = self.place();
            (self.asked[place], self.accepted[place]) = (0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    #[test]
    fn two_minutes_are_remembered_and_no_more() {
        let mut throttle = Throttle::default();
        for second in 0..60 {
            throttle.asks(second * SECOND, 2.0);
            throttle.answered(second * SECOND, if second < 10 { Outcome::Failed } else { Outcome::Refused });
        }
        // 60 asked, 10 accepted.
        assert!((throttle.asks(60 * SECOND, 2.0) - 40.0 / 61.0).abs() < 1e-12);
        assert!((throttle.asks(60 * SECOND, 100.0) - 0.0).abs() < 1e-12);
        // The ten that were accepted are forgotten first.
        assert!((throttle.asks(125 * SECOND, 2.0) - 52.0 / 53.0).abs() < 1e-12);
        assert!(throttle.asks(400 * SECOND, 2.0).abs() < 1e-12);
    }
}
