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
    /// What all chance hangs on: the same system, design, seed and commands give the same run.
    pub seed: u64,
    /// Whether the scenario's faults fire by themselves.
    pub faults: bool,
    /// Whether the automatic operator acts on alerts and tickets.
    pub operator: bool,
}

impl Setup {
    /// As a study runs it: faults fire by themselves, and the automatic operator acts.
    pub fn unattended(seed: u64) -> Setup {
        Setup { seed, faults: true, operator: true }
    }
}
