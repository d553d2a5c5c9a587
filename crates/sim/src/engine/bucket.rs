//! Token buckets: `burst` requests at once, and `rate` a second in the long run. Every limit on how often something may be asked
//! is one: a caller's own, a service's, a provider's, and a quota of one operation.

/// Thousandths of requests that it lacks, and when that was last looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bucket {
    spent_milli: u64,
    looked: u64,
}

const REQUEST_MILLI: u64 = 1000;

impl Bucket {
    /// What has come back since it was last looked at.
    fn gained(&self, now: u64, rate: f64) -> u64 {
        ((now - self.looked) as f64 * rate / 1e6) as u64
    }

    /// Whether one more request fits; it is then counted. `now` in nanoseconds, `rate` a second, 0 or less without a limit.
    pub fn lets_in(&mut self, now: u64, rate: f64, burst: i64) -> bool {
        if rate <= 0.0 {
            return true;
        }
        let gained = self.gained(now, rate);
        // What is less than a thousandth goes on being counted from when it was last looked at.
        if gained > 0 {
            (self.spent_milli, self.looked) = (self.spent_milli.saturating_sub(gained), now);
        }
        let enough = self.spent_milli + REQUEST_MILLI <= (burst.max(1) as u64).saturating_mul(REQUEST_MILLI);
        self.spent_milli += if enough { REQUEST_MILLI } else { 0 };
        enough
    }

    /// One that is full is as good as a new one.
    pub fn is_full(&self, now: u64, rate: f64) -> bool {
        self.gained(now, rate) >= self.spent_milli
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// In any stretch of time no more get in than the burst and what the rate allows for it; and whoever keeps to the rate
        /// always does.
        #[test]
        fn no_more_get_in_than_the_limit_says(
            rate in 0.5f64..500.0, burst in 1i64..50, waits in prop::collection::vec(0u64..200_000_000, 1..200),
        ) {
            let (mut bucket, mut now, mut let_in) = (Bucket::default(), 0, Vec::new());
            for wait in waits {
                now += wait;
                if bucket.lets_in(now, rate, burst) {
                    let_in.push(now);
                }
            }
            for (first, from) in let_in.iter().enumerate() {
                for (last, to) in let_in.iter().enumerate().skip(first) {
                    let allowed = burst as f64 + (to - from) as f64 * rate / 1e9;
                    prop_assert!((last - first + 1) as f64 <= allowed + 1e-6, "{} in {} s", last - first + 1, (to - from) as f64 / 1e9);
                }
            }
            let (mut steady, gap) = (Bucket::default(), (1e9 / rate).ceil() as u64 + 1_000_000);
            prop_assert!((1..200).all(|turn| steady.lets_in(turn * gap, rate, burst)));
        }
    }
}
