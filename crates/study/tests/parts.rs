//! Parts of a study as text, and fronts: what is written is read back to the last bit, what is torn is known for torn, and
//! a front is what a look at every pair finds.

use proptest::prelude::*;
use seatrial_study::{Cell, Censored, Observed, Row, Trouble, front, hex, nice_ticks, part_size, read_part, write_part};

/// FIPS 180-4's own example.
#[test]
fn plans_are_known_by_sha_256() {
    assert_eq!(hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn parts_follow_from_how_much_there_is_to_do() {
    assert_eq!([0, 1, 4096, 4097, 100_000, 1_000_000].map(part_size), [1, 1, 1, 2, 25, 64]);
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let value = prop_oneof![any::<f64>().prop_filter("a number", |x| x.is_finite()), (0u32..1000).prop_map(f64::from), Just(0.1 + 0.2)];
    let seen = (value, prop::option::of((0u32..9, 0u32..9))).prop_map(|(value, censored)| Observed {
        value,
        censored: censored.map(|(detected, of)| Censored { detected, of }),
    });
    let row = (0usize..99, 0u64..1 << 52, any::<u64>(), prop::collection::vec(prop::option::of(seen), 0..6), prop::option::of(any::<String>()));
    prop::collection::vec(row.prop_map(|(arm, seed, digest, observed, astray)| Row { arm, seed, digest, observed, astray }), 0..8)
}

fn cells(rows: &[Row]) -> Vec<Cell> {
    rows.iter().map(|row| Cell { arm: row.arm, seed: row.seed }).collect()
}

const PLAN: &str = "0123456789abcdef";

proptest! {
    #[test]
    fn what_is_written_is_read_back_to_the_last_bit(rows in rows()) {
        let text = write_part(PLAN, 3, 9, &rows);
        let back = read_part(text.as_bytes(), PLAN, 3, 9, &cells(&rows));
        prop_assert_eq!(back.as_ref().map(|back| write_part(PLAN, 3, 9, back)), Ok(text.clone()));
        prop_assert_eq!(back, Ok(rows.clone()));
        // Under another plan, another place, or with other runs it does not belong.
        let cells = cells(&rows);
        let other = |plan: &str, at, of, cells: &[Cell]| matches!(read_part(text.as_bytes(), plan, at, of, cells), Err(Trouble::Foreign(_)));
        prop_assert!(other("another", 3, 9, &cells) && other(PLAN, 4, 9, &cells) && other(PLAN, 3, 8, &cells));
        let more: Vec<Cell> = cells.iter().copied().chain([Cell { arm: 0, seed: 0 }]).collect();
        prop_assert!(other(PLAN, 3, 9, &more));
    }

    /// Cut off anywhere, or with a byte turned, it is never taken for whole.
    #[test]
    fn what_is_torn_is_known_for_torn(rows in rows(), cut in any::<prop::sample::Index>(), bit in 0u8..8) {
        let text = write_part(PLAN, 3, 9, &rows).into_bytes();
        let at = cut.index(text.len());
        prop_assert!(matches!(read_part(&text[..at], PLAN, 3, 9, &cells(&rows)), Err(Trouble::Torn(_))));
        let mut turned = text.clone();
        turned[at] ^= 1 << bit;
        prop_assert!(read_part(&turned, PLAN, 3, 9, &cells(&rows)).is_err());
    }

    #[test]
    fn whatever_bytes_there_are_they_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read_part(&bytes, PLAN, 0, 1, &[]).is_err());
    }

    #[test]
    fn a_front_is_what_a_look_at_every_pair_finds(points in prop::collection::vec((0i32..6, 0i32..6), 0..30)) {
        let points: Vec<(f64, f64)> = points.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).collect();
        let betters = |a: (f64, f64), b: (f64, f64)| a.0 <= b.0 && a.1 <= b.1 && a != b;
        let mut slow: Vec<usize> = (0..points.len()).filter(|&at| !points.iter().any(|other| betters(*other, points[at]))).collect();
        let found = front(&points);
        prop_assert!(found.windows(2).all(|two| points[two[0]].0 <= points[two[1]].0));
        let mut sorted = found;
        sorted.sort_unstable();
        slow.sort_unstable();
        prop_assert_eq!(sorted, slow);
    }

    #[test]
    fn ticks_hold_all_between_them_and_are_not_many(low in -1e9f64..1e9, spread in 0f64..1e9) {
        let high = low + spread;
        let ticks = nice_ticks(low, high, 5);
        prop_assert!(ticks.len() >= 2 && ticks.len() <= 10, "{:?}", ticks);
        let slack = (high.abs() + 1.0) * 1e-9;
        prop_assert!(ticks[0] <= low + slack && ticks[ticks.len() - 1] >= high - slack, "{:?}", ticks);
    }
}

#[test]
fn no_number_is_on_no_front() {
    assert_eq!(front(&[(f64::NAN, 1.0), (1.0, f64::NAN), (2.0, 2.0)]), [2]);
    assert!(front(&[]).is_empty());
    assert_eq!(nice_ticks(0.0, 9.3, 5), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
    assert_eq!(nice_ticks(0.0, 483_961.0, 5), [0.0, 100_000.0, 200_000.0, 300_000.0, 400_000.0, 500_000.0]);
}
