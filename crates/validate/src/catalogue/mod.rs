//! Every validation, theory first.

mod jitter;
mod metastable;
mod queues;
mod retries;
mod spread;
mod tail;
mod throttling;

use crate::reading::Reading;
use crate::validation::{Check, Expected, Validation};

/// All that are run when none is named.
pub fn all() -> Vec<Validation> {
    vec![
        queues::erlang_c(),
        queues::mmck(),
        queues::pollaczek_khinchine(),
        queues::erlang_a(),
        queues::littles_law(),
        retries::amplification(),
        spread::maximum_of_n(),
        spread::two_choices(),
        metastable::retries(),
        jitter::jitter(),
        retries::token_bucket(),
        tail::at_scale(),
        throttling::adaptive(),
    ]
}

pub fn named(name: &str) -> Option<Validation> {
    all().into_iter().find(|validation| validation.name == name)
}

/// The mean of the runs against an exact value.
fn mean(what: impl Into<String>, unit: &'static str, of: Reading, value: f64, narrow: f64, at: (usize, f64)) -> Check {
    Check { what: what.into(), unit, of, expected: Expected::Mean { value, narrow }, at: Some(at) }
}

/// A figure that is expected of something, without a place on a curve.
fn plain(what: impl Into<String>, unit: &'static str, of: Reading, expected: Expected) -> Check {
    Check { what: what.into(), unit, of, expected, at: None }
}

/// A rate as the language writes it.
fn rate(a_second: f64) -> String {
    format!("{a_second}/s")
}
