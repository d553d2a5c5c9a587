//! How a run begins, and what a design sees of it.

/// What a design pays for beyond rates and times of its own services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bought {
    /// Whether correlation ids are passed on, so that what several services saw of one request joins.
    pub correlation: bool,
    /// Whether business figures are measured.
    pub business: bool,
}

/// How a run begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setup {
    pub seed: u64,
    /// Whether the scenario's faults fire by themselves.
    pub faults: bool,
    /// Whether the automatic operator acts on alerts and tickets.
    pub operator: bool,
}

impl Setup {
    pub fn unattended(seed: u64) -> Setup {
        Setup { seed, faults: true, operator: true }
    }
}
