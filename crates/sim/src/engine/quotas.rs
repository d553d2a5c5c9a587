//! Limits of single operations: a token bucket each, or one for each value of an argument.

use super::World;
use super::config::WORLD;
use crate::system::{OperationId, Quota};

/// Beyond so many, those that are full again are forgotten: a full bucket is as good as a new one.
const BUCKETS_MAX: usize = 10_000;

impl World {
    /// `counted`: the value of the argument by which is counted.
    pub(super) fn within_quota(&mut self, operation: OperationId, quota: &Quota, counted: i64) -> bool {
        let rate = f64::from_bits(self.configs.get(WORLD, quota.rate) as u64);
        if rate <= 0.0 {
            return true;
        }
        let (now, burst) = (self.now, self.configs.get(WORLD, quota.burst));
        if self.quotas.len() > BUCKETS_MAX {
            self.quotas.retain(|(of, _), bucket| *of != operation.0 || !bucket.is_full(now, rate));
        }
        self.quotas.entry((operation.0, counted)).or_default().lets_in(now, rate, burst)
    }
}
