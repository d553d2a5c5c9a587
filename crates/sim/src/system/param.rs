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
    /// A number of something, none negative.
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
    /// A failing message is tried again for ever.
    pub const NEVER: i64 = -1;
    /// At once when the consumer says `invalid`; for everything else, never.
    pub const PERMANENT: i64 = 0;
}

/// Whose a parameter is: whence it is read, and how a change arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// One value for all: a change holds at once.
    World,
    /// Arrives replica by replica.
    Service(ServiceId),
}

/// A value that may change, as the system is found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Param {
    /// What it is where no design, command or fault says otherwise.
    pub value: i64,
    /// How the value is to be read.
    pub kind: ParamKind,
    /// Whose it is.
    pub owner: Owner,
}

/// A change of one parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patch {
    /// Which one.
    pub param: ParamId,
    /// Its new value; `System::accepts` says whether it can have it.
    pub value: i64,
}

/// A time, an amount of money, a number: what is drawn. Times are in nanoseconds, money in minor units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Dist {
    /// Always this.
    Constant(f64),
    /// Exponential: what comes without memory.
    Exponential {
        /// Its mean.
        mean: f64,
    },
    /// `mu` and `sigma` are those of the underlying normal distribution.
    LogNormal {
        /// The mean of the logarithms: the logarithm of the median.
        mu: f64,
        /// The standard deviation of the logarithms.
        sigma: f64,
    },
    /// Everything between two ends alike.
    Uniform {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// A rank from 1 to `keys`, with a weight of rank^−exponent.
    Zipf {
        /// How many there are to choose from.
        keys: f64,
        /// How steeply it falls; 0 is uniform.
        exponent: f64,
    },
}

impl Dist {
    /// A log-normal distribution by its median and its coefficient of variation (standard deviation over mean):
    /// `sigma² = ln(1 + cv²)`, `mu = ln(median)`.
    pub fn log_normal(median: f64, cv: f64) -> Dist {
        let sigma = libm::sqrt(libm::log1p(cv * cv));
        Dist::LogNormal { mu: libm::log(median), sigma }
    }

    /// The expected value; of more than a million Zipf keys, that of the first million.
    pub fn mean(&self) -> f64 {
        match *self {
            Dist::Constant(value) => value,
            Dist::Exponential { mean } => mean,
            Dist::LogNormal { mu, sigma } => libm::exp(mu + sigma * sigma / 2.0),
            Dist::Uniform { low, high } => (low + high) / 2.0,
            Dist::Zipf { keys, exponent } => {
                let sum = |power: f64| (1..=keys.min(1e6) as u32).map(|rank| libm::pow(f64::from(rank), power)).sum::<f64>();
                sum(1.0 - exponent) / sum(-exponent)
            }
        }
    }
}

/// How long to wait before attempt n (counted from 2). Constants follow the software named in the library's docs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backoff {
    /// How it grows from attempt to attempt.
    pub growth: Growth,
    /// What chance makes of it.
    pub jitter: Jitter,
    /// Nanoseconds.
    pub base: u64,
    /// Nanoseconds; 0 is no ceiling.
    pub cap: u64,
}

/// How a delay grows, before chance and the cap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Growth {
    /// At once.
    None,
    /// Always `base`.
    Fixed,
    /// base · factor^(n − 2)
    Exponential {
        /// By how much, each time.
        factor: f64,
    },
}

/// Marc Brooker's names, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jitter {
    /// The delay as it is.
    None,
    /// Uniform in [0, delay].
    Full,
    /// Half the delay, and uniform in [0, half].
    Equal,
    /// Uniform in [base, 3 · previous delay].
    Decorrelated,
}

impl DistId {
    /// As a parameter of the kind `ParamKind::Dist` holds it.
    pub fn value(self) -> i64 {
        i64::from(self.0)
    }
}
