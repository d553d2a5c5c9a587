//! Chance without a stream: a draw is a hash of the seed, who draws (business key, click, attempts: the *luck* of an
//! activation) and the step. One retry more shifts nobody else's draws, so two designs meet the same people.
//!
//! The mixer multiplies to 128 bits and folds, as wyhash does (Wang Yi, 2019), then
//! spreads once more, for inputs that are close to each other. Logarithms and the like come from
//! `libm`, so the same seed gives the same bits on every platform.

use super::exponential::exponential_ns;
use crate::system::Dist;

const A: u64 = 0xa076_1d64_78bd_642f;
const B: u64 = 0xe703_7ed1_a0b4_28db;
const C: u64 = 0x9e37_79b9_7f4a_7c15;

/// One number from two. Neither may be the constant it is mixed with, which no number of the engine is.
#[inline]
pub fn mix(a: u64, b: u64) -> u64 {
    let wide = u128::from(a ^ A) * u128::from(b ^ B);
    let folded = (wide as u64) ^ ((wide >> 64) as u64);
    let spread = (folded ^ folded >> 32).wrapping_mul(C);
    spread ^ spread >> 29
}

/// Uniform in (0, 1), never either end.
#[inline]
pub fn unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) * (1.0 / (1u64 << 52) as f64)
}

/// What is drawn for, so that several draws at one step are independent.
#[derive(Debug, Clone, Copy)]
#[repr(u64)]
pub enum Purpose {
    Time = 1 << 32,
    Lost = 2 << 32,
    LostAnswer = 3 << 32,
    Declined = 4 << 32,
    Error = 5 << 32,
    Jitter = 6 << 32,
    Click = 7 << 32,
    Field = 8 << 32,
    Balance = 9 << 32,
    Twice = 10 << 32,
    Delay = 11 << 32,
    Ticket = 12 << 32,
    TicketDelay = 13 << 32,
    Commit = 14 << 32,
    Other = 15 << 32,
    Patience = 16 << 32,
    Throttle = 17 << 32,
    Way = 18 << 32,
    WayBack = 19 << 32,
    Packet = 20 << 32,
    Branch = 21 << 32,
    Version = 22 << 32,
    Key = 23 << 32,
    Defect = 24 << 32,
    Flag = 25 << 32,
    Phase = 26 << 32,
    Statement = 27 << 32,
    Again = 28 << 32,
    Replication = 29 << 32,
    Applies = 30 << 32,
    Sdk = 31 << 32,
    Ttl = 32 << 32,
    Return = 33 << 32,
    ReturnDelay = 34 << 32,
}

#[inline]
pub fn draw(luck: u64, step: u16, purpose: Purpose) -> u64 {
    mix(luck, purpose as u64 | u64::from(step))
}

#[inline]
pub fn happens(bits: u64, probability: f64) -> bool {
    probability > 0.0 && unit(bits) < probability
}

/// Two centuries or so: whatever is drawn, adding two of them does not go round.
pub const LONGEST_NS: u64 = 1 << 62;

/// Whole nanoseconds, neither negative nor more than the longest.
pub fn nanoseconds(value: f64) -> u64 {
    (value as i64).clamp(0, LONGEST_NS as i64) as u64
}

/// A value of the distribution in whole nanoseconds, as `nanoseconds` makes it of `value`.
#[inline(always)]
pub fn value_ns(dist: &Dist, bits: u64) -> u64 {
    match *dist {
        Dist::Exponential { mean } => exponential_ns(mean, bits),
        _ => nanoseconds(value(dist, bits)),
    }
}

/// A value of the distribution, never negative.
pub fn value(dist: &Dist, bits: u64) -> f64 {
    match *dist {
        Dist::Constant(value) => value,
        Dist::Exponential { mean } => -libm::log(unit(bits)) * mean,
        Dist::Uniform { low, high } => low + (high - low) * unit(bits),
        Dist::Zipf { keys, exponent } => zipf(keys, exponent, bits),
        Dist::LogNormal { mu, sigma } => {
            // Box and Muller, 1958.
            let radius = libm::sqrt(-2.0 * libm::log(unit(bits)));
            let angle = std::f64::consts::TAU * unit(mix(bits, 0));
            libm::exp(mu + sigma * radius * libm::cos(angle))
        }
    }
}

/// A rank from 1 to `keys`, drawn with a weight of rank^−exponent: rejection-inversion (Hörmann and Derflinger, 1996).
fn zipf(keys: f64, exponent: f64, bits: u64) -> f64 {
    let tail = 1.0 - exponent;
    let area = |x: f64| {
        let log = libm::log(x);
        let y = tail * log;
        if libm::fabs(y) < 1e-8 { log * (1.0 + y / 2.0) } else { libm::expm1(y) / y * log }
    };
    let rank_at = |u: f64| {
        let t = (u * tail).max(-1.0);
        if libm::fabs(t) < 1e-8 { libm::exp(u * (1.0 - t / 2.0)) } else { libm::exp(libm::log1p(t) / t * u) }
    };
    let weight = |x: f64| libm::exp(-exponent * libm::log(x));
    let (first, last) = (area(1.5) - 1.0, area(keys + 0.5));
    let close = 2.0 - rank_at(area(2.5) - weight(2.0));
    let mut bits = bits;
    loop {
        let u = last + unit(bits) * (first - last);
        let x = rank_at(u);
        let rank = libm::floor(x + 0.5).clamp(1.0, keys);
        if rank - x <= close || u >= area(rank + 0.5) - weight(rank) {
            return rank;
        }
        bits = mix(bits, 5);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Many draws: mean and standard deviation, and the share below the median.
    fn moments(dist: Dist, median: f64) -> (f64, f64, f64) {
        const COUNT: u64 = 200_000;
        let drawn: Vec<f64> = (0..COUNT).map(|n| value(&dist, draw(mix(7, n), 3, Purpose::Time))).collect();
        let mean = drawn.iter().sum::<f64>() / COUNT as f64;
        let variance = drawn.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / COUNT as f64;
        let below = drawn.iter().filter(|x| **x < median).count() as f64 / COUNT as f64;
        (mean, variance.sqrt(), below)
    }

    #[test]
    fn draws_have_the_moments_of_their_distribution() {
        let (mean, deviation, below) = moments(Dist::Exponential { mean: 10.0 }, 10.0 * std::f64::consts::LN_2);
        assert!((mean - 10.0).abs() < 0.1 && (deviation - 10.0).abs() < 0.2 && (below - 0.5).abs() < 0.005);
        // Median 220, cv 0.8: mean is median times the root of 1 + cv².
        let log_normal = Dist::log_normal(220.0, 0.8);
        let expected = 220.0 * (1.0f64 + 0.64).sqrt();
        let (mean, deviation, below) = moments(log_normal, 220.0);
        assert!((log_normal.mean() - expected).abs() < 1e-9);
        assert!((mean / expected - 1.0).abs() < 0.01, "{mean} {expected}");
        assert!((deviation / mean - 0.8).abs() < 0.03, "{}", deviation / mean);
        assert!((below - 0.5).abs() < 0.005, "{below}");
        let (mean, deviation, _) = moments(Dist::Uniform { low: 2.0, high: 4.0 }, 3.0);
        assert!((mean - 3.0).abs() < 0.01 && (deviation - 1.0 / 3.0f64.sqrt()).abs() < 0.01);
    }

    #[test]
    fn ranks_have_their_weights() {
        const COUNT: u64 = 200_000;
        for exponent in [0.5, 1.0, 1.3] {
            let all: f64 = (1..=100).map(|rank| f64::from(rank).powf(-exponent)).sum();
            let dist = Dist::Zipf { keys: 100.0, exponent };
            let mut seen = [0u32; 101];
            (0..COUNT).for_each(|n| seen[value(&dist, draw(mix(9, n), 3, Purpose::Field)) as usize] += 1);
            for rank in [1usize, 2, 10, 100] {
                let (share, expected) = (f64::from(seen[rank]) / COUNT as f64, (rank as f64).powf(-exponent) / all);
                assert!((share - expected).abs() < 0.004, "{exponent} {rank}: {share} {expected}");
            }
        }
    }

    #[test]
    fn draws_of_different_purposes_and_steps_do_not_move_together() {
        let pairs = |other: fn(u64) -> u64| {
            let product = |n: u64| (unit(draw(n, 3, Purpose::Time)) - 0.5) * (unit(other(n)) - 0.5);
            (0..100_000).map(product).sum::<f64>() / 100_000.0 * 12.0
        };
        for other in [|n| draw(n, 4, Purpose::Time), |n| draw(n, 3, Purpose::Lost), |n| draw(n + 1, 3, Purpose::Time)] {
            let correlation = pairs(other);
            assert!(correlation.abs() < 0.015, "{correlation}");
        }
    }
}
