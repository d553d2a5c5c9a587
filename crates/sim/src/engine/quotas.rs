//! Limits of single operations: a token bucket each, or one for each value of an argument.

use super::World;
use super::config::WORLD;
use crate::system::{OperationId, Quota};

/// Thousandths of requests, and when it was last filled.
#[derive(Debug, Clone, Copy)]
pub struct Bucket {
    tokens_milli: u64,
    filled: u64,
}

/// Beyond so many, those that are full again are forgotten: a full bucket is as good as a new one.
const BUCKETS_MAX: usize = 10_000;

impl World {
    /// `counted`: the value of the argument by which is counted.
    pub(super) fn within_quota(&mut self, operation: OperationId, quota: &Quota, counted: i64) -> bool {
        let rate = f64::from_bits(self.configs.get(WORLD, quota.rate) as u64);
        if rate <= 0.0 {
            return true;
        }
        let burst = (self.configs.get(WORLD, quota.burst).max(1) as u64).saturating_mul(1000);
        let now = self.now;
        let more = |bucket: &Bucket| ((now - bucket.filled) as f64 * rate / 1e6) as u64;
        if self.quotas.len() > BUCKETS_MAX {
            self.quotas.retain(|(of, _), bucket| *of != operation.0 || bucket.tokens_milli.saturating_add(more(bucket)) < burst);
        }
        let bucket = self.quotas.entry((operation.0, counted)).or_insert(Bucket { tokens_milli: burst, filled: now });
        let gained = more(bucket);
        if gained > 0 {
            bucket.tokens_milli = bucket.tokens_milli.saturating_add(gained).min(burst);
            bucket.filled = now;
        }
        let enough = bucket.tokens_milli >= 1000;
        if enough {
            bucket.tokens_milli -= 1000;
        }
        enough
    }
}
