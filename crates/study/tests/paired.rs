//! Paired differences against published values and by hand, and what must be so for any pairs.

use proptest::prelude::*;
use seatrial_study::{LEVEL, Paired, Told, paired, seeds_to_tell};

#[track_caller]
fn near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found} instead of {expected}");
}

fn one(pairs: &[(f64, f64)]) -> Paired {
    let family = [pairs.iter().copied().map(Some).collect()];
    paired(&family).remove(0)
}

/// Student's own data (1908, *The probable error of a mean*): extra hours of sleep of ten patients under two drugs. R's
/// `t.test(extra ~ group, data = sleep, paired = TRUE)` has t = −4.0621, df = 9, p = 0.002833, the interval −2.4598858 to
/// −0.7001142, and the mean difference −1.58.
#[test]
fn students_sleep_data_come_to_what_student_and_r_say() {
    let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    let pairs: Vec<(f64, f64)> = second.into_iter().zip(first).collect();
    let found = one(&pairs);
    near(found.difference, -1.58, 1e-12);
    near(found.p, 0.002833, 5e-7);
    let interval = found.interval.unwrap();
    near(interval.low, -2.459_885_8, 1e-6);
    near(interval.high, -0.700_114_2, 1e-6);
    near(interval.confidence, 0.95, 1e-12);
    near(found.first_mean, 2.33, 1e-12);
    near(found.second_mean, 0.75, 1e-12);
}

/// G*Power 3.1, t tests, difference between two dependent means, two-sided, α = 0.05, power 0.8: n = 199, 34 and 15 for
/// d = 0.2, 0.5 and 0.8 (Cohen's small, medium and large).
#[test]
fn seeds_to_tell_are_those_of_the_power_tables() {
    assert_eq!(seeds_to_tell(0.2, 1.0, 0.05), Some(199));
    assert_eq!(seeds_to_tell(-0.5, 1.0, 0.05), Some(34));
    assert_eq!(seeds_to_tell(8.0, 10.0, 0.05), Some(15));
    assert_eq!(seeds_to_tell(0.0, 1.0, 0.05), None);
    assert_eq!(seeds_to_tell(1e-9, 1.0, 0.05), None);
    // Where every pair differs by the same, as many signs alike are rare enough: 0.5^5 < 0.05.
    assert_eq!(seeds_to_tell(3.0, 0.0, 0.05), Some(6));
}

#[test]
fn pairs_that_all_differ_by_the_same_are_told_by_their_number() {
    let found = one(&[(1.0, 2.0); 5]);
    assert_eq!((found.p, found.told), (0.0625, Told::Open { would: Some(6) }));
    assert_eq!(one(&[(1.0, 2.0); 6]).told, Told::After { seeds: 6 });
    // 0.3 − 0.2 and 0.2 − 0.1 are not the same to a computer.
    let rounding: Vec<(f64, f64)> = (0..4).map(|n| (f64::from(n) * 0.1, f64::from(n + 1) * 0.1)).collect();
    assert_eq!(one(&rounding).p, 0.125);
    assert_eq!(one(&[(2.5, 2.5); 9]).told, Told::Same);
    assert_eq!(one(&[(1.0, 9.0)]).told, Told::Open { would: seeds_to_tell(8.0, 0.0, LEVEL) });
}

/// By hand: differences 1, 2, 3 have mean 2 and sd 1, so t = 2√3 with 2 degrees of freedom, whose tail is
/// 1 − t/√(t² + 2) = 1 − √(12/14); the fourth, 2, makes it t = 2·2/√(2/3) with 3. Told from 4 on, since p(3) = 0.0742.
#[test]
fn told_from_the_first_number_of_seeds_after_which_it_stays_so() {
    let found = one(&[(0.0, 1.0), (0.0, 2.0), (0.0, 3.0)]);
    near(found.p, 1.0 - (12.0f64 / 14.0).sqrt(), 1e-9);
    assert!(matches!(found.told, Told::Open { .. }));
    let found = one(&[(0.0, 1.0), (0.0, 2.0), (0.0, 3.0), (0.0, 2.0)]);
    assert_eq!(found.told, Told::After { seeds: 4 });
    // A seed on which one side says nothing counts as a seed, and not as a pair.
    let gap = [vec![Some((0.0, 1.0)), None, Some((0.0, 2.0)), Some((0.0, 3.0)), Some((0.0, 2.0))]];
    let found = &paired(&gap)[0];
    assert_eq!((found.n, found.told), (4, Told::After { seeds: 5 }));
}

#[test]
fn one_question_among_many_needs_more_than_one_alone() {
    let pairs: Vec<Option<(f64, f64)>> = [1.0, 2.0, 3.0, 2.0].map(|d| Some((0.0, d))).to_vec();
    let nothing: Vec<Option<(f64, f64)>> = [1.0, -1.0, 2.0, -2.0].map(|d| Some((0.0, d))).to_vec();
    assert!(matches!(paired(std::slice::from_ref(&pairs))[0].told, Told::After { .. }));
    let mut family = vec![nothing; 19];
    family.push(pairs);
    let found = paired(&family);
    near(found[19].p_adjusted, 20.0 * found[19].p, 1e-12);
    assert!(matches!(found[19].told, Told::Open { .. }));
    near(found[19].interval.unwrap().confidence, 1.0 - LEVEL / 20.0, 1e-12);
    assert!(paired(&[]).is_empty());
    assert!(paired(&[Vec::new()])[0].interval.is_none());
}

fn families() -> impl Strategy<Value = Vec<Vec<Option<(f64, f64)>>>> {
    // Whole numbers, as counts are, so that ties and differences that are all the same come up.
    let value = || prop_oneof![(0i32..4).prop_map(f64::from), -1e3..1e3f64];
    let pair = prop_oneof![9 => (value(), value()).prop_map(Some), 1 => Just(None)];
    (1..6usize, 0..25usize).prop_flat_map(move |(measures, seeds)| prop::collection::vec(prop::collection::vec(pair.clone(), seeds), measures))
}

proptest! {
    /// What is told is told of an interval on one side of nothing, and the other way round.
    #[test]
    fn the_interval_and_the_verdict_agree(family in families()) {
        for found in paired(&family) {
            let Some(interval) = found.interval else { continue };
            // Where all pairs differ by the same, the interval is a point and says nothing of how sure it is.
            if found.sd > 0.0 {
                let apart = interval.low > 0.0 || interval.high < 0.0;
                prop_assert_eq!(apart, matches!(found.told, Told::After { .. }), "{:?}", found);
            }
            prop_assert!(interval.low <= found.difference && found.difference <= interval.high);
        }
    }

    /// Exchanging the designs turns the sign and nothing else.
    #[test]
    fn exchanging_the_sides_turns_the_sign(family in families()) {
        let turned: Vec<Vec<_>> = family.iter().map(|pairs| pairs.iter().map(|pair| pair.map(|(a, b)| (b, a))).collect()).collect();
        for (one, other) in paired(&family).iter().zip(paired(&turned)) {
            prop_assert_eq!(one.difference, -other.difference);
            prop_assert_eq!((one.p, one.p_adjusted, one.told, one.sd), (other.p, other.p_adjusted, other.told, other.sd));
        }
    }

    /// A correction makes nothing surer, and the order of the measures is nothing.
    #[test]
    fn corrected_is_never_surer_and_order_is_nothing(family in families()) {
        let found = paired(&family);
        let mut turned: Vec<_> = family.clone();
        turned.reverse();
        let mut back = paired(&turned);
        back.reverse();
        for (one, other) in found.iter().zip(&back) {
            prop_assert!(one.p_adjusted >= one.p);
            prop_assert_eq!((one.p_adjusted, one.told), (other.p_adjusted, other.told));
        }
    }
}
