//! Scalars with units: text to value, and what is said when a text is none. Nothing here knows where a text stands.

use seatrial_sim::system::{Backoff, Dist, Growth, Jitter, park};
use seatrial_sim::{Outcome, Outcomes};

/// Why a text is not what was wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// It is something else.
    Other,
    Negative,
    /// More than can be counted.
    TooLarge,
    /// Something more special than the above, in words.
    Said(String),
}

type Read<T> = Result<T, Wrong>;

/// About 146 years; sums of two stay within an `i64`.
const NS_MOST: f64 = (1u64 << 62) as f64;

/// The scenario's money: ISO 4217's code and digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Currency {
    pub code: String,
    pub digits: u32,
}

impl Currency {
    /// ISO 4217 gives most currencies two digits; those that differ are listed.
    pub fn new(code: &str) -> Option<Currency> {
        let known = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
        let digits = match code {
            "JPY" | "KRW" | "VND" | "CLP" | "ISK" | "PYG" | "UGX" | "XAF" | "XOF" | "XPF"
            | "RWF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        };
        known.then(|| Currency {
            code: code.to_owned(),
            digits,
        })
    }
}

/// A decimal number without a sign, all of the text.
fn decimal(text: &str) -> Read<f64> {
    let (body, negative) = match text.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let shape = body.starts_with(|c: char| c.is_ascii_digit())
        && body.ends_with(|c: char| c.is_ascii_digit())
        && body.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && body.bytes().filter(|&b| b == b'.').count() <= 1;
    match body.parse::<f64>() {
        Ok(number) if shape && negative && number > 0.0 => Err(Wrong::Negative),
        Ok(number) if shape && number.is_finite() => Ok(number),
        _ => Err(Wrong::Other),
    }
}

/// A negative number with whatever unit is told as negative, not as unreadable.
fn sign<T>(text: &str, read: impl Fn(&str) -> Read<T>) -> Read<T> {
    match text.strip_prefix('-') {
        Some(rest) if read(rest.trim_start()).is_ok() => Err(Wrong::Negative),
        _ => read(text),
    }
}

/// Nanoseconds: `250ms`, `1h30m`.
pub(crate) fn duration(text: &str) -> Read<u64> {
    sign(text.trim(), |text| {
        let ns = nanoseconds(text)?;
        if ns >= NS_MOST {
            Err(Wrong::TooLarge)
        } else {
            Ok(ns.round() as u64)
        }
    })
}

fn nanoseconds(text: &str) -> Read<f64> {
    if text == "0" {
        return Ok(0.0);
    }
    let mut rest = text;
    let mut sum = 0.0;
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let letters = after
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let factor = match unit {
            "ns" => 1.0,
            "us" | "µs" | "μs" => 1e3,
            "ms" => 1e6,
            "s" => 1e9,
            "m" => 60e9,
            "h" => 3600e9,
            "d" => 86400e9,
            _ => return Err(Wrong::Other),
        };
        sum += decimal(number)? * factor;
        rest = after;
    }
    if text.is_empty() {
        Err(Wrong::Other)
    } else {
        Ok(sum)
    }
}

/// Per second: `20/s`, `90/m`, `5/h`.
pub(crate) fn rate(text: &str) -> Read<f64> {
    sign(text.trim(), |text| {
        let (number, unit) = text.split_once('/').ok_or(Wrong::Other)?;
        let seconds = match unit.trim() {
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return Err(Wrong::Other),
        };
        Ok(decimal(number.trim())? / seconds)
    })
}

/// A share or a factor: `35%`, `0.35`.
pub(crate) fn ratio(text: &str) -> Read<f64> {
    sign(text.trim(), |text| match text.strip_suffix('%') {
        Some(percent) => Ok(decimal(percent.trim_end())? / 100.0),
        None => decimal(text),
    })
}

pub(crate) fn count(text: &str) -> Read<i64> {
    sign(text.trim(), |text| {
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Wrong::Other);
        }
        text.parse().map_err(|_| Wrong::TooLarge)
    })
}

/// `1`, `25%`: see the simulator's `portion`.
pub(crate) fn portion(text: &str) -> Read<i64> {
    let Some(percent) = text.strip_suffix('%') else {
        return match count(text)? {
            n if n <= 1000 => Ok(n),
            _ => Err(Wrong::TooLarge),
        };
    };
    match count(percent)? {
        percent if percent <= 100 => Ok(-1 - percent),
        _ => Err(Wrong::Said("a share is at most 100 %".into())),
    }
}

/// `512MiB`, `512Mi` (as Kubernetes writes it), `20kB`, `300`.
pub(crate) fn bytes(text: &str) -> Read<i64> {
    sign(text.trim(), |text| {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let factor: f64 = match unit.trim() {
            "" | "B" => 1.0,
            "k" | "kB" => 1e3,
            "M" | "MB" => 1e6,
            "G" | "GB" => 1e9,
            "Ki" | "KiB" => 1024.0,
            "Mi" | "MiB" => 1024.0 * 1024.0,
            "Gi" | "GiB" => 1024.0 * 1024.0 * 1024.0,
            _ => return Err(Wrong::Other),
        };
        let bytes = decimal(number)? * factor;
        if bytes > 1e15 { Err(Wrong::TooLarge) } else { Ok(bytes as i64) }
    })
}

/// Minor units: `35 USD`, `0.50 USD`.
pub(crate) fn money(text: &str, currency: &Currency) -> Read<i64> {
    sign(text.trim(), |text| {
        let (number, code) = text.split_once(char::is_whitespace).ok_or(Wrong::Other)?;
        if code.trim() != currency.code {
            let three =
                code.trim().len() == 3 && code.trim().bytes().all(|b| b.is_ascii_uppercase());
            return Err(match three {
                true => Wrong::Said(format!("this scenario counts in {}", currency.code)),
                false => Wrong::Other,
            });
        }
        decimal(number)?;
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if part.len() > currency.digits as usize {
            return Err(Wrong::Said(format!(
                "{} has {} digits behind the point",
                currency.code, currency.digits
            )));
        }
        let digits = format!("{whole}{part:0<width$}", width = currency.digits as usize);
        digits
            .parse()
            .ok()
            .filter(|&minor: &i64| minor < 1 << 53)
            .ok_or(Wrong::TooLarge)
    })
}

/// Minor units a month: `900 USD/month`.
pub(crate) fn money_a_month(text: &str, currency: &Currency) -> Read<i64> {
    let (amount, month) = text.trim().rsplit_once('/').ok_or(Wrong::Other)?;
    if month.trim() == "month" {
        money(amount.trim_end(), currency)
    } else {
        Err(Wrong::Other)
    }
}

/// Nanoseconds after midnight: `23:30`.
pub(crate) fn time_of_day(text: &str) -> Read<u64> {
    let (hours, minutes) = text.split_once(':').ok_or(Wrong::Other)?;
    let number = |text: &str, below: i64| match text.len() {
        2 => count(text).ok().filter(|&n| n < below).ok_or(Wrong::Other),
        _ => Err(Wrong::Other),
    };
    Ok((number(hours, 24)? * 3600 + number(minutes, 60)? * 60) as u64 * 1_000_000_000)
}

/// What a distribution is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DistOf {
    Time,
    Money,
    Number,
}

/// `exp 3ms`, `lognormal 220ms cv 0.8`, `uniform 1ms..5ms`, `constant 3ms` or `3ms`.
pub(crate) fn dist(text: &str, of: DistOf, currency: &Currency) -> Read<Dist> {
    let value = |text: &str| match of {
        DistOf::Time => duration(text).map(|ns| ns as f64),
        DistOf::Money => money(text, currency).map(|minor| minor as f64),
        DistOf::Number => decimal(text.trim()),
    };
    let text = text.trim();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match word {
        "exp" | "exponential" => Ok(Dist::Exponential { mean: value(rest)? }),
        "constant" => Ok(Dist::Constant(value(rest)?)),
        "lognormal" => {
            let shape =
                || Wrong::Said("a log-normal distribution is `lognormal MEDIAN cv NUMBER`".into());
            let (median, cv) = rest.split_once(" cv ").ok_or_else(shape)?;
            let (median, cv) = (value(median)?, decimal(cv.trim())?);
            if median <= 0.0 {
                return Err(Wrong::Said(
                    "the median of a log-normal distribution is more than 0".into(),
                ));
            }
            Ok(Dist::log_normal(median, cv))
        }
        "uniform" => {
            let shape = || Wrong::Said("a uniform distribution is `uniform LEAST..MOST`".into());
            let (low, high) = rest.split_once("..").ok_or_else(shape)?;
            let (low, high) = (value(low)?, value(high)?);
            if low > high {
                return Err(Wrong::Said("the least is more than the most".into()));
            }
            Ok(Dist::Uniform { low, high })
        }
        "zipf" if matches!(of, DistOf::Number) => {
            let shape = || Wrong::Said("a Zipf distribution is `zipf KEYS s EXPONENT`".into());
            let (keys, exponent) = rest.split_once(" s ").ok_or_else(shape)?;
            let (keys, exponent) = (count(keys)?, decimal(exponent.trim())?);
            if !(1..=1_000_000_000).contains(&keys) || !(0.0..=10.0).contains(&exponent) {
                return Err(Wrong::Said("it has from 1 to a billion keys, and an exponent from 0 to 10".into()));
            }
            Ok(Dist::Zipf { keys: keys as f64, exponent })
        }
        _ => Ok(Dist::Constant(value(text)?)),
    }
}

/// `none`, `fixed 1s`, `exponential 10s x2 cap 1h full jitter`.
pub(crate) fn backoff(text: &str) -> Read<Backoff> {
    let mut words = text.split_whitespace().peekable();
    let mut read = Backoff {
        growth: Growth::None,
        jitter: Jitter::None,
        base: 0,
        cap: 0,
    };
    let first = words.next().ok_or(Wrong::Other)?;
    match first {
        "none" => {
            return if words.next().is_none() {
                Ok(read)
            } else {
                Err(Wrong::Other)
            };
        }
        "fixed" => read.growth = Growth::Fixed,
        // Doubling, unless the text says otherwise.
        "exponential" => read.growth = Growth::Exponential { factor: 2.0 },
        _ => return Err(Wrong::Other),
    }
    read.base = duration(words.next().ok_or(Wrong::Other)?)?;
    while let Some(word) = words.next() {
        match word {
            "cap" => read.cap = duration(words.next().ok_or(Wrong::Other)?)?,
            "full" => read.jitter = Jitter::Full,
            "equal" => read.jitter = Jitter::Equal,
            "decorrelated" => read.jitter = Jitter::Decorrelated,
            _ => match (word.strip_prefix('x'), read.growth) {
                (Some(factor), Growth::Exponential { .. }) => {
                    let factor = decimal(factor)?;
                    if factor < 1.0 {
                        return Err(Wrong::Said(
                            "a back-off grows by a factor of at least 1".into(),
                        ));
                    }
                    read.growth = Growth::Exponential { factor };
                }
                _ => return Err(Wrong::Other),
            },
        }
        if matches!(word, "full" | "equal" | "decorrelated")
            && words.next_if_eq(&"jitter").is_none()
        {
            return Err(Wrong::Said(format!(
                "`{word}` is a kind of jitter: write `{word} jitter`"
            )));
        }
    }
    Ok(read)
}

/// `never`, `after 5`, `permanent errors`.
pub(crate) fn parked(text: &str) -> Read<i64> {
    match text.split_whitespace().collect::<Vec<_>>()[..] {
        ["never"] => Ok(park::NEVER),
        ["permanent", "errors"] => Ok(park::PERMANENT),
        ["after", times] => match count(times)? {
            0 => Err(Wrong::Said("a message is tried at least once".into())),
            times => Ok(times),
        },
        _ => Err(Wrong::Other),
    }
}

/// `100/s burst 200`; without a burst, one second's worth.
pub(crate) fn limit(text: &str) -> Read<(f64, i64)> {
    if text.trim() == "none" {
        return Ok((0.0, 0));
    }
    match text.split_once("burst") {
        Some((per_second, burst)) => Ok((rate(per_second)?, count(burst)?)),
        None => rate(text).map(|rate| (rate, (rate.ceil() as i64).max(1))),
    }
}

pub(crate) fn outcome(text: &str) -> Option<Outcome> {
    Outcome::ALL
        .into_iter()
        .find(|outcome| outcome.name() == text)
}

pub(crate) fn outcomes<'a>(words: impl Iterator<Item = &'a str>) -> Read<Outcomes> {
    let found: Result<Vec<Outcome>, Wrong> = words
        .map(|word| outcome(word).ok_or_else(|| Wrong::Said(format!("`{word}` is not an outcome"))))
        .collect();
    Ok(Outcomes::of(&found?))
}

/// Outcomes after which something is tried again.
pub(crate) fn tried_again<'a>(words: impl Iterator<Item = &'a str>) -> Read<Outcomes> {
    match outcomes(words)? {
        done if done.has(Outcome::Ok) => Err(Wrong::Said("what came to `ok` is done, and is not tried again".into())),
        outcomes => Ok(outcomes),
    }
}
