//! Numbers with a unit: `usd(0.50)`, `duration('1h30m')`. Exact: read from the text, never through a float.

use std::ops::Range;

use crate::cel::{Currency, Mistake};

/// Minor units of an amount as it was written.
pub(super) fn money(written: &str, currency: &Currency, at: Range<usize>) -> Result<i64, Mistake> {
    let Currency { code, digits } = currency;
    let lower = code.to_lowercase();
    match decimal(written, *digits) {
        Ok(amount) => Ok(amount),
        Err(Decimal::Digits) => {
            let message =
                format!("{code} has {digits} digits behind the point, and `{written}` has more");
            Err(Mistake::new(at, "amount", message))
        }
        Err(Decimal::Range) => Err(Mistake::new(
            at,
            "amount",
            format!("`{written}` is too large an amount"),
        )),
        Err(Decimal::Form) => {
            let message = format!("`{written}` is no amount");
            Err(Mistake::new(at, "amount", message)
                .help(format!("Write it as in `{lower}(35)` or `{lower}(0.50)`.")))
        }
    }
}

/// A quantile as thousandths.
pub(super) fn per_mille(written: &str, at: Range<usize>) -> Result<u16, Mistake> {
    match decimal(written, 3) {
        Ok(thousandths @ 1..1000) => Ok(thousandths as u16),
        _ => {
            let message = format!("`{written}` is no quantile");
            Err(Mistake::new(at, "quantile", message)
                .help("Write a share between 0 and 1, with three digits at most: `0.99`."))
        }
    }
}

#[derive(Debug, PartialEq)]
enum Decimal {
    Form,
    Digits,
    Range,
}

/// `-12.50` with two digits as -1250.
fn decimal(written: &str, digits: u32) -> Result<i64, Decimal> {
    let (negative, plain) = match written.strip_prefix('-') {
        Some(plain) => (true, plain),
        None => (false, written),
    };
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
        return Err(Decimal::Form);
    }
    let fraction = fraction.trim_end_matches('0');
    let missing = digits as usize;
    if fraction.len() > missing {
        return Err(Decimal::Digits);
    }
    let text = format!("{whole}{fraction}{}", "0".repeat(missing - fraction.len()));
    // All zeros may have been trimmed away where there are no digits at all.
    let value: i64 = if text.is_empty() {
        0
    } else {
        text.parse().map_err(|_| Decimal::Range)?
    };
    Ok(if negative { -value } else { value })
}

const UNITS: [(&str, i64); 7] = [
    ("ns", 1),
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
    ("d", 86_400_000_000_000),
];

/// Nanoseconds of `5m`, `1h30m`, `1.5s`, `-10s`.
pub(super) fn duration(text: &str, at: Range<usize>) -> Result<i64, Mistake> {
    let wrong = |message: String| {
        Err(Mistake::new(at.clone(), "duration", message)
            .help("Write numbers with units, as in '5m' or '1h30m': ns, us, ms, s, m, h, d."))
    };
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    if rest.is_empty() {
        return wrong(format!("`{text}` is no duration"));
    }
    let mut total: i64 = 0;
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let letters = after
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let Some((_, each)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            return match (number, unit) {
                ("", _) => wrong(format!("`{text}` is no duration")),
                (_, "") => wrong(format!("`{number}` has no unit")),
                _ => wrong(format!("`{unit}` is no unit of time")),
            };
        };
        // Nine digits: a fraction of a second to the nanosecond.
        let Ok(billionths) = decimal(number, 9) else {
            return wrong(format!("`{number}` is no number that a duration can have"));
        };
        let exact = i128::from(billionths) * i128::from(*each);
        if exact % 1_000_000_000 != 0 {
            return wrong(format!(
                "`{number}{unit}` is no whole number of nanoseconds"
            ));
        }
        let Some(sum) = i64::try_from(exact / 1_000_000_000)
            .ok()
            .and_then(|part| total.checked_add(part))
        else {
            return wrong(format!("`{text}` is too long a duration"));
        };
        total = sum;
        rest = after;
    }
    Ok(sign * total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        assert_eq!(decimal("35", 2), Ok(3500));
        assert_eq!(decimal("0.50", 2), Ok(50));
        assert_eq!(decimal("-0.07", 2), Ok(-7));
        assert_eq!(decimal("1.500", 2), Ok(150));
        assert_eq!(decimal(".5", 2), Ok(50));
        assert_eq!(decimal("100", 0), Ok(100));
        assert_eq!(decimal("0.0", 0), Ok(0));
        assert_eq!(decimal("0.005", 2), Err(Decimal::Digits));
        assert_eq!(decimal("99999999999999999999", 2), Err(Decimal::Range));
        assert_eq!(decimal("1e3", 2), Err(Decimal::Form));
        assert_eq!(decimal("0x10", 2), Err(Decimal::Form));
        assert_eq!(decimal("", 2), Err(Decimal::Form));
    }

    #[test]
    fn durations_are_exact() {
        let ns = |text| duration(text, 0..0);
        assert_eq!(ns("5m"), Ok(300_000_000_000));
        assert_eq!(ns("1h30m"), Ok(5_400_000_000_000));
        assert_eq!(ns("1.5s"), Ok(1_500_000_000));
        assert_eq!(ns("250us"), Ok(250_000));
        assert_eq!(ns("7ns"), Ok(7));
        assert_eq!(ns("-2d"), Ok(-172_800_000_000_000));
        for wrong in [
            "",
            "-",
            "5",
            "m",
            "5x",
            "0.5ns",
            "5m3",
            "999999999999d",
            "1.2.3s",
            "5 m",
            "٣s",
        ] {
            assert!(ns(wrong).is_err(), "{wrong}");
        }
    }
}
