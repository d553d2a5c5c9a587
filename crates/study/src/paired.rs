//! Two samples seed by seed: how far they lie apart, whether that can be told from chance, and after how many seeds.
//!
//! Both designs meet the same customers, so the difference is taken pair by pair and Student's t is over the differences
//! (Law, *Simulation Modeling and Analysis*, 5th ed., 10.2.1, with the common random numbers of 11.2). All measures of a
//! comparison are one family, corrected by Holm's procedure: what is told among twenty measures is not the one of twenty
//! that chance tells anyway.

use crate::holm::holm;
use crate::seeds::SEEDS_MAX;
use crate::summary::{Interval, t_quantile};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// The chance of telling any difference where there is none.
pub const LEVEL: f64 = 0.05;
/// The chance of telling one that is there, for which seeds are counted.
pub const POWER: f64 = 0.8;

/// What the pairs of one measure say. The difference is the second minus the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// Pairs in which both had something to say.
    pub n: usize,
    pub first_mean: f64,
    pub second_mean: f64,
    pub difference: f64,
    /// Of the differences.
    pub sd: f64,
    /// At the confidence that Holm's procedure leaves to it, so that it lies on one side of 0 when the difference is told.
    pub interval: Option<Interval>,
    pub p: f64,
    pub p_adjusted: f64,
    pub told: Told,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// No pair differs.
    Same,
    /// The difference was told with so many seeds, and with every number of them after that.
    After { seeds: usize },
    /// About so many seeds would tell it, if it is as large as it looks; none: more than any study has.
    Open { would: Option<usize> },
}

/// Count, mean and squares of what came so far (Welford 1962).
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    n: usize,
    mean: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, value: f64) {
        self.n += 1;
        let off = value - self.mean;
        self.mean += off / self.n as f64;
        self.squares += off * (value - self.mean);
    }

    /// Rounding is no variance.
    fn sd(&self) -> f64 {
        let sd = if self.n > 1 { (self.squares / (self.n - 1) as f64).sqrt() } else { 0.0 };
        if sd <= self.mean.abs() * 1e-12 { 0.0 } else { sd }
    }

    /// Two-sided. Where all pairs differ by the same, t says nothing, and what is left is how many there are: as many signs
    /// fall alike by chance once in 2ⁿ⁻¹.
    fn p(&self) -> f64 {
        let sd = self.sd();
        match self.n {
            0 | 1 => 1.0,
            _ if sd == 0.0 && self.mean == 0.0 => 1.0,
            n if sd == 0.0 => 0.5f64.powi((n - 1).min(1000) as i32),
            n => {
                let t = self.mean.abs() / (sd / (n as f64).sqrt());
                StudentsT::new(0.0, 1.0, (n - 1) as f64).map_or(1.0, |law| (2.0 * law.sf(t)).min(1.0))
            }
        }
    }

    fn interval(&self, confidence: f64) -> Option<Interval> {
        let half = t_quantile(0.5 + confidence / 2.0, self.n.max(2) - 1) * self.sd() / (self.n as f64).sqrt();
        (self.n > 1).then_some(Interval { low: self.mean - half, high: self.mean + half, confidence })
    }
}

/// Judges the measures of a comparison as one family. Per measure: a pair for each seed, in the order of the seeds; none
/// where a run had nothing to say.
pub fn paired(family: &[Vec<Option<(f64, f64)>>]) -> Vec<Paired> {
    let seeds = family.iter().map(Vec::len).max().unwrap_or(0);
    let mut moments = vec![Moments::default(); family.len()];
    let mut corrected = vec![(1.0, 1.0); family.len()];
    // The last number of seeds with which a measure was not told.
    let mut open = vec![0; family.len()];
    for at in 0..seeds {
        for (moments, pairs) in moments.iter_mut().zip(family) {
            if let Some((first, second)) = pairs.get(at).copied().flatten() {
                moments.add(second - first);
            }
        }
        let p: Vec<f64> = moments.iter().map(Moments::p).collect();
        corrected = holm(&p);
        for (open, (p, _)) in open.iter_mut().zip(&corrected) {
            if *p >= LEVEL {
                *open = at + 1;
            }
        }
    }
    let told = corrected.iter().filter(|(p, _)| *p < LEVEL).count();
    // Holm's procedure stops at the first that it cannot tell; whatever comes after has the share of that one.
    let rest = 1.0 / (family.len() - told).max(1) as f64;
    let judged = |at: usize| {
        let (of, (p_adjusted, part)) = (moments[at], corrected[at]);
        let told = p_adjusted < LEVEL;
        let level = LEVEL * if told { part } else { rest };
        let pairs: Vec<(f64, f64)> = family[at].iter().copied().flatten().collect();
        let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / pairs.len().max(1) as f64;
        Paired {
            n: of.n,
            first_mean: mean(|pair| pair.0),
            second_mean: mean(|pair| pair.1),
            difference: of.mean,
            sd: of.sd(),
            interval: of.interval(1.0 - level),
            p: of.p(),
            p_adjusted,
            told: match told {
                true => Told::After { seeds: open[at] + 1 },
                false if pairs.iter().all(|pair| pair.0 == pair.1) => Told::Same,
                false => Told::Open { would: seeds_to_tell(of.mean, of.sd(), level) },
            },
        }
    };
    (0..family.len()).map(judged).collect()
}

/// How many pairs tell a mean difference from 0 in four of five studies: the least n that is not below
/// ((t(1 − level/2) + t(power)) · sd / mean)², with n − 1 degrees of freedom (Cohen, *Statistical Power Analysis for the
/// Behavioral Sciences*, 2nd ed., chapter 2; t in the place of the normal quantiles, as Law 9.4 has it). None for more
/// than any study has.
pub fn seeds_to_tell(mean: f64, sd: f64, level: f64) -> Option<usize> {
    if mean == 0.0 || !mean.is_finite() {
        return None;
    }
    let enough = |n: usize| {
        if sd == 0.0 {
            return 0.5f64.powi((n - 1).min(1000) as i32) < level;
        }
        let quantiles = t_quantile(1.0 - level / 2.0, n - 1) + t_quantile(POWER, n - 1);
        n as f64 >= (quantiles * sd / mean).powi(2)
    };
    let (mut low, mut high) = (2, SEEDS_MAX);
    if !enough(high) {
        return None;
    }
    while low < high {
        let middle = low.midpoint(high);
        if enough(middle) { high = middle } else { low = middle + 1 }
    }
    Some(low)
}
