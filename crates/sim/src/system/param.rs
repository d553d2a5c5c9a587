//! Everything that a decision, a fault or a move may change is a parameter: one `i64` in a flat list.
//!
//! Code refers to a parameter by its place. What belongs to a service is read from the configuration that the
//! asking replica runs with, so that a change arrives replica by replica; what belongs to the world (providers,
//! topics, clients, telemetry) is read from one list that changes at once.

use super::{DistId, ParamId, ServiceId};

/// How a parameter's `i64` is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParamKind {
    /// Nanoseconds. Where nothing means "no limit", 0 is nothing.
    Duration,
    Count,
    /// 0 or 1.
    Flag,
    /// The bits of an `f64`: a probability, a factor, a share.
    Ratio,
    /// The bits of an `f64`, per second.
    Rate,
    /// A `DistId`.
    Dist,
    /// An `ExprId`, or `NONE`.
    Expr,
    /// A `BlockId`.
    Block,
    /// A set of outcomes, `Outcomes::bits`.
    Outcomes,
    /// A `Backoff` in `System::backoffs`.
    Backoff,
    /// Minor units of the scenario's currency.
    Money,
    /// One word of a short list, by its place; the list is the compiler's.
    Word,
    /// `park::NEVER`, `park::PERMANENT`, or after how many failures.
    Park,
    /// A number of instances, or a share of them in whole per cent: see `portion`.
    Portion,
}

/// No expression, no block.
pub const NONE: i64 = -1;

/// When a message that keeps failing is put aside.
pub mod park {
    pub const NEVER: i64 = -1;
    /// At once when the consumer says `invalid`; for everything else, never.
    pub const PERMANENT: i64 = 0;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    World,
    /// Arrives replica by replica.
    Service(ServiceId),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Param {
    pub value: i64,
    pub kind: ParamKind,
    pub owner: Owner,
}

/// A change of one parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patch {
    pub param: ParamId,
    pub value: i64,
}

/// A time, an amount of money, a number: what is drawn. Times are in nanoseconds, money in minor units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Dist {
    Constant(f64),
    Exponential {
        mean: f64,
    },
    /// `mu` and `sigma` are those of the underlying normal distribution.
    LogNormal {
        mu: f64,
        sigma: f64,
    },
    Uniform {
        low: f64,
        high: f64,
    },
}

impl Dist {
    /// A log-normal distribution by its median and its coefficient of variation (standard deviation over mean):
    /// `sigma² = ln(1 + cv²)`, `mu = ln(median)`.
    pub fn log_normal(median: f64, cv: f64) -> Dist {
        let sigma = libm::sqrt(libm::log1p(cv * cv));
        Dist::LogNormal { mu: libm::log(median), sigma }
    }

    pub fn mean(&self) -> f64 {
        match *self {
            Dist::Constant(value) => value,
            Dist::Exponential { mean } => mean,
            Dist::LogNormal { mu, sigma } => libm::exp(mu + sigma * sigma / 2.0),
            Dist::Uniform { low, high } => (low + high) / 2.0,
        }
    }
}

/// How long to wait before attempt n (counted from 2). Constants follow the software named in the library's docs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backoff {
    pub growth: Growth,
    pub jitter: Jitter,
    /// Nanoseconds.
    pub base: u64,
    /// Nanoseconds; 0 is no ceiling.
    pub cap: u64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Growth {
    /// At once.
    None,
    Fixed,
    /// base · factor^(n − 2)
    Exponential {
        factor: f64,
    },
}

/// Marc Brooker's names, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jitter {
    None,
    /// Uniform in [0, delay].
    Full,
    /// Half the delay, and uniform in [0, half].
    Equal,
    /// Uniform in [base, 3 · previous delay].
    Decorrelated,
}

impl DistId {
    pub fn value(self) -> i64 {
        i64::from(self.0)
    }
}
