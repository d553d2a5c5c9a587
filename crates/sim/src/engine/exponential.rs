//! Times without memory, in whole nanoseconds.
//!
//! What counts is `−libm::log(unit) · mean`, cut to whole nanoseconds: it has the same bits everywhere. But `libm`'s logarithm
//! divides and then waits for itself, and whoever puts the time into the event queue waits with it. So a quicker logarithm comes
//! first: a table of 64 reciprocals and a short series. It is wrong by less than a known bound; where that could move the time
//! to another nanosecond, one in some ten thousand, `libm` is asked after all. The outcome is the same, number for number.

use super::chance::{nanoseconds, value};
use crate::system::Dist;

/// Cells in [1, 2), and how many bits of a fraction tell them.
const CELLS: usize = 64;
const CELL_BITS: u32 = CELLS.trailing_zeros();

/// Bits behind the point of a number, and its exponent's offset.
const FRACTION_BITS: u32 = 52;
const OFFSET: i64 = 1023;

/// The quick logarithm L is less than (L + 1) times this from `libm`'s: the series ends before r⁶ ⁄ 6 with |r| < 2⁻⁷, which
/// is more than all that rounds, and than the unit of its last place that `libm` may be from the truth.
const BOUND: f64 = 1.0 / (1u64 << 42) as f64;

/// Of each cell: the reciprocal of its middle, and minus the logarithm of that reciprocal.
const TABLE: [(f64, f64); CELLS] = {
    let mut table = [(0.0, 0.0); CELLS];
    let mut cell = 0;
    while cell < CELLS {
        let inverse = 1.0 / (1.0 + (cell as f64 + 0.5) / CELLS as f64);
        table[cell] = (inverse, -log(inverse));
        cell += 1;
    }
    table
};

/// For the table, of numbers from a half to 1: 2 artanh((x − 1) ⁄ (x + 1)) as its series.
const fn log(x: f64) -> f64 {
    let s = (x - 1.0) / (x + 1.0);
    let (mut sum, mut term) = (0.0, 41.0);
    while term > 0.0 {
        sum = sum * s * s + 1.0 / term;
        term -= 2.0;
    }
    2.0 * s * sum
}

/// Added to a smaller number this rounds it to a whole one, which then stands in the lowest bits.
const WHOLE: f64 = (3u64 << 51) as f64;

/// An exponential time with this mean, both in nanoseconds: never negative, and 2⁶² at most.
#[inline]
pub fn exponential_ns(mean: f64, bits: u64) -> u64 {
    // In browsers what is fetched counts, and it is the same number.
    if cfg!(target_family = "wasm") {
        return exactly(mean, bits);
    }
    let value = minus_log(bits) * mean;
    let error = (value + mean) * BOUND;
    // Half of one taken off, then to the nearest: what is behind the point is cut, unless it is very close to 0 or to 1.
    let shifted = (value - 0.5) + WHOLE;
    let rest = (value - 0.5) - (shifted - WHOLE);
    // No whole number lies between what it can be at least and at most; what is no number, or large, fails as well.
    if rest.abs() < 0.5 - error && mean > 0.0 { shifted.to_bits() - WHOLE.to_bits() } else { exactly(mean, bits) }
}

#[cold]
#[inline(never)]
fn exactly(mean: f64, bits: u64) -> u64 {
    nanoseconds(value(&Dist::Exponential { mean }, bits))
}

/// About −ln(unit(bits)), within the bound.
#[inline(always)]
fn minus_log(bits: u64) -> f64 {
    // The same number as in `unit`, 2⁵² times as large.
    let scaled = ((bits >> 12) as f64 + 0.5).to_bits();
    let exponent = (scaled >> FRACTION_BITS) as i64 - OFFSET;
    let fraction = scaled & ((1 << FRACTION_BITS) - 1);
    let mantissa = f64::from_bits(fraction | (OFFSET as u64) << FRACTION_BITS);
    let (inverse, log) = TABLE[(fraction >> (FRACTION_BITS - CELL_BITS)) as usize % CELLS];
    let r = mantissa * inverse - 1.0;
    let square = r * r;
    let series = r + square * ((r * (1.0 / 3.0) - 0.5) + square * (r * (1.0 / 5.0) - 0.25));
    ((i64::from(FRACTION_BITS) - exponent) as f64 * std::f64::consts::LN_2 - log) - series
}

#[cfg(test)]
mod tests {
    use super::super::chance::{mix, unit};
    use super::*;
    use proptest::prelude::*;

    /// Numbers everywhere in (0, 1): at both ends, at the borders of cells, close to powers of two, anywhere.
    fn everywhere() -> impl Iterator<Item = u64> {
        let borders = (0..CELLS as u64).flat_map(|cell| {
            (0..52).flat_map(move |shift| {
                let border = (1 << 63 | cell << (63 - CELL_BITS)) >> shift;
                (0..5).map(move |near: u64| border.wrapping_add(near << 12).wrapping_sub(2 << 12))
            })
        });
        let ends = (0..4096u64).flat_map(|near| [near << 12, u64::MAX - (near << 12)]);
        borders.chain(ends).chain((0..2_000_000).map(|n| mix(17, n)))
    }

    #[test]
    fn the_quick_logarithm_keeps_its_bound_with_room() {
        for bits in everywhere() {
            let (quick, exact) = (minus_log(bits), -libm::log(unit(bits)));
            assert!((quick - exact).abs() < (exact + 1.0) * BOUND / 2.0, "{bits:x}: {quick:e} {exact:e}");
        }
    }

    #[test]
    fn whoever_asks_gets_what_libm_says() {
        for mean in [1.0, 37.0, 1e3, 5e7, 1e8, 3.6e12, 1e15, 1e19] {
            for bits in everywhere() {
                assert_eq!(exponential_ns(mean, bits), exactly(mean, bits), "{mean} {bits:x}");
            }
        }
    }

    /// Means that put the product right at a whole number, where one bit of the logarithm would decide.
    #[test]
    fn at_the_edge_of_a_nanosecond_the_exact_one_decides() {
        for n in 0..200_000u64 {
            let bits = mix(23, n);
            let whole = (mix(29, n) >> 34) as f64 + 1.0;
            let mean = whole / -libm::log(unit(bits));
            for mean in [mean, f64::from_bits(mean.to_bits() - 1), f64::from_bits(mean.to_bits() + 1)] {
                assert_eq!(exponential_ns(mean, bits), exactly(mean, bits), "{mean} {bits:x}");
            }
        }
    }

    #[test]
    fn hardly_anybody_waits_for_the_exact_one() {
        let asks = |bits: u64| {
            let value = minus_log(bits) * 1e8;
            (value.fract() - 0.5).abs() >= 0.5 - (value + 1e8) * BOUND
        };
        assert!((0..1_000_000).filter(|n| asks(mix(31, *n))).count() < 200);
    }

    proptest! {
        #[test]
        fn any_mean_and_any_bits(mean in any::<f64>(), bits in any::<u64>()) {
            prop_assert_eq!(exponential_ns(mean, bits), exactly(mean, bits));
        }
    }
}
