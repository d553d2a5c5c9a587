//! Means with intervals. Replications are independent, so Student's t over them is right whatever happens inside of one
//! run (Law, *Simulation Modeling and Analysis*, 5th ed., 4.5: fixed-sample-size procedure).

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Where a mean lies, with a confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
    /// Such as 0.95.
    pub confidence: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    pub n: usize,
    pub mean: f64,
    /// Sample standard deviation; 0 for a single value.
    pub sd: f64,
    pub min: f64,
    pub median: f64,
    pub max: f64,
}

impl Summary {
    /// Nothing for no values, or when one of them is no number.
    pub fn of(values: &[f64]) -> Option<Summary> {
        if values.is_empty() || values.iter().any(|x| !x.is_finite()) {
            return None;
        }
        let n = values.len();
        let mean = values.iter().sum::<f64>() / n as f64;
        let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
        let sd = if n > 1 {
            (squares / (n - 1) as f64).sqrt()
        } else {
            0.0
        };
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
        Some(Summary {
            n,
            mean,
            sd,
            min: sorted[0],
            median,
            max: sorted[n - 1],
        })
    }

    /// Two-sided. One value has no interval.
    pub fn interval(&self, confidence: f64) -> Option<Interval> {
        if self.n < 2 {
            return None;
        }
        let half =
            t_quantile(0.5 + confidence / 2.0, self.n - 1) * self.sd / (self.n as f64).sqrt();
        Some(Interval {
            low: self.mean - half,
            high: self.mean + half,
            confidence,
        })
    }
}

/// The quantile of Student's t.
pub fn t_quantile(p: f64, freedom: usize) -> f64 {
    StudentsT::new(0.0, 1.0, freedom.max(1) as f64).map_or(f64::INFINITY, |t| t.inverse_cdf(p))
}

/// How likely values like these are when their true mean is not above 0: twice the one-sided tail, so that it matches
/// the two-sided interval. 1 when there is too little to say anything.
pub fn p_above(summary: &Summary) -> f64 {
    if summary.n < 2 {
        return 1.0;
    }
    if summary.sd == 0.0 {
        return if summary.mean > 0.0 { 0.0 } else { 1.0 };
    }
    let t = summary.mean / (summary.sd / (summary.n as f64).sqrt());
    let tail = StudentsT::new(0.0, 1.0, (summary.n - 1) as f64).map_or(1.0, |law| law.sf(t));
    (2.0 * tail).min(1.0)
}
