//! Chance without a stream: a draw is a hash of the seed, who draws (business key, click, attempts: the *luck* of an
//! activation) and the step. One retry more shifts nobody else's draws, so two designs meet the same people.
//!
//! The mixer multiplies to 128 bits and folds, as wyhash does (Wang Yi, 2019). Logarithms and the like come from
//! `libm`, so the same seed gives the same bits on every platform.

use crate::system::Dist;

const A: u64 = 0xa076_1d64_78bd_642f;
const B: u64 = 0xe703_7ed1_a0b4_28db;

/// One number from two.
#[inline]
pub fn mix(a: u64, b: u64) -> u64 {
    let wide = u128::from(a ^ A) * u128::from(b ^ B);
    let folded = (wide as u64) ^ ((wide >> 64) as u64);
    folded ^ folded >> 29
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
}

#[inline]
pub fn draw(luck: u64, step: u16, purpose: Purpose) -> u64 {
    mix(luck, purpose as u64 | u64::from(step))
}

#[inline]
pub fn happens(bits: u64, probability: f64) -> bool {
    probability > 0.0 && unit(bits) < probability
}

/// A value of the distribution, never negative.
#[inline]
pub fn value(dist: &Dist, bits: u64) -> f64 {
    match *dist {
        Dist::Constant(value) => value,
        Dist::Exponential { mean } => -libm::log(unit(bits)) * mean,
        Dist::Uniform { low, high } => low + (high - low) * unit(bits),
        Dist::LogNormal { mu, sigma } => {
            // Box and Muller, 1958.
            let radius = libm::sqrt(-2.0 * libm::log(unit(bits)));
            let angle = std::f64::consts::TAU * unit(mix(bits, B));
            libm::exp(mu + sigma * radius * libm::cos(angle))
        }
    }
}
