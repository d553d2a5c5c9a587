//! Intervals and corrections against published values.

use seatrial_study::{Summary, holm, p_above, seeds, t_quantile};

#[track_caller]
fn near(found: f64, expected: f64, within: f64) {
    assert!(
        (found - expected).abs() <= within,
        "{found} instead of {expected}"
    );
}

/// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: critical values of Student's t.
#[test]
fn quantiles_of_students_t_are_those_of_the_tables() {
    for (freedom, at_95, at_975) in [
        (1, 6.314, 12.706),
        (2, 2.920, 4.303),
        (9, 1.833, 2.262),
        (19, 1.729, 2.093),
        (30, 1.697, 2.042),
        (100, 1.660, 1.984),
    ] {
        near(t_quantile(0.95, freedom), at_95, 0.0006);
        near(t_quantile(0.975, freedom), at_975, 0.0006);
    }
}

#[test]
fn an_interval_holds_the_mean_and_one_value_has_none() {
    let summary = Summary::of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).unwrap();
    near(summary.mean, 5.0, 1e-12);
    near(summary.sd, (32.0f64 / 7.0).sqrt(), 1e-12);
    near(summary.median, 4.5, 1e-12);
    let interval = summary.interval(0.95).unwrap();
    // 2.3646 is the quantile for seven degrees of freedom.
    near(interval.high - 5.0, 2.3646 * summary.sd / 8f64.sqrt(), 1e-4);
    assert!(Summary::of(&[3.0]).unwrap().interval(0.95).is_none());
    assert!(Summary::of(&[]).is_none());
    assert!(Summary::of(&[1.0, f64::NAN]).is_none());
}

#[test]
fn the_test_and_the_interval_agree() {
    let values = [0.3, 0.1, 0.9, 0.4, -0.2, 0.8, 0.6, 0.2];
    let summary = Summary::of(&values).unwrap();
    let p = p_above(&summary);
    assert!(p < 0.05);
    // At exactly its own level, the interval begins at nothing.
    near(summary.interval(1.0 - p).unwrap().low, 0.0, 1e-6);
    assert_eq!(p_above(&Summary::of(&[1.0, 1.0]).unwrap()), 0.0);
    assert_eq!(p_above(&Summary::of(&[0.0, 0.0]).unwrap()), 1.0);
    assert_eq!(p_above(&Summary::of(&[5.0]).unwrap()), 1.0);
}

/// The example of R's documentation of `p.adjust`, by hand: 4 × 0.01, 3 × 0.013, 2 × 0.014, 1 × 0.19, never falling.
#[test]
fn holm_multiplies_by_what_is_left_and_never_falls() {
    let adjusted: Vec<f64> = holm(&[0.19, 0.01, 0.013, 0.014])
        .iter()
        .map(|(p, _)| *p)
        .collect();
    near(adjusted[1], 0.04, 1e-12);
    near(adjusted[2], 0.04, 1e-12);
    near(adjusted[3], 0.04, 1e-12);
    near(adjusted[0], 0.19, 1e-12);
    let parts: Vec<f64> = holm(&[0.19, 0.01, 0.013, 0.014])
        .iter()
        .map(|(_, part)| *part)
        .collect();
    assert_eq!(parts, [1.0, 0.25, 1.0 / 3.0, 0.5]);
    assert!(holm(&[]).is_empty());
    assert_eq!(holm(&[0.9, 0.8])[0].0, 1.0);
}

#[test]
fn seeds_follow_from_the_hash_alone() {
    let some = seeds("abc", 50);
    assert_eq!(some[..10], seeds("abc", 10));
    assert_ne!(some, seeds("abd", 50));
    assert!(
        some.iter().all(|&seed| seed < 1 << 53),
        "a seed that a JSON number would round"
    );
    let mut sorted = some.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), 50);
}
