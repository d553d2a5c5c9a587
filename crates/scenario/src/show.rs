//! Values of parameters as people write them, and the other way round where that needs no system.

use seatrial_sim::system::{Breaker, Dist, Growth, Jitter, NONE, ParamKind, park};
use seatrial_sim::{Outcome, Outcomes, System};

use crate::model::PathInfo;
use crate::slot::Kind;
use crate::unit::Currency;

/// A text as the `i64` of a parameter of this kind.
pub(crate) fn read_plain(kind: ParamKind, text: &str, currency: &Currency) -> Option<i64> {
    let kind = match kind {
        ParamKind::Duration => Kind::Limit,
        ParamKind::Count => Kind::Bulkhead,
        ParamKind::Flag => Kind::Flag,
        ParamKind::Ratio => Kind::Factor,
        ParamKind::Rate => Kind::Rate,
        ParamKind::Money => Kind::Money,
        ParamKind::Outcomes => Kind::Outcomes,
        ParamKind::Park => Kind::Park,
        ParamKind::Portion => Kind::Portion,
        ParamKind::Word
        | ParamKind::Dist
        | ParamKind::Expr
        | ParamKind::Block
        | ParamKind::Backoff => return None,
    };
    kind.read(text, currency)?.ok()
}

pub(crate) fn wanted(kind: ParamKind) -> &'static str {
    match kind {
        ParamKind::Duration => "a duration such as 3s",
        ParamKind::Count => "a whole number",
        ParamKind::Flag => "true or false",
        ParamKind::Ratio => "a share such as 35%",
        ParamKind::Rate => "a rate such as 20/s",
        ParamKind::Money => "an amount of money such as 35 USD",
        ParamKind::Outcomes => "a list of outcomes such as [unknown, refused]",
        ParamKind::Park => "never, after 5, or permanent errors",
        ParamKind::Portion => "a number or a share such as 25%",
        ParamKind::Word => "one of its words",
        _ => "only a decision or the scenario itself can set it",
    }
}

pub(crate) fn show_in(system: &System, info: &PathInfo, value: i64, currency: &Currency) -> String {
    match info.kind {
        ParamKind::Word if value > 0 && info.counts.is_some() => format!("{}{value}", info.counts.unwrap_or_default()),
        ParamKind::Dist if value == NONE => "none".into(),
        ParamKind::Dist => {
            let money = |x: f64| show(ParamKind::Money, x.round() as i64, currency, &[]);
            let time = |x: f64| show(ParamKind::Duration, x.round() as i64, currency, &[]);
            // Money is drawn for fields of records, which are no parameters: what is patched is a time.
            let _ = money;
            match usize::try_from(value)
                .ok()
                .and_then(|value| system.dists.get(value))
            {
                Some(Dist::Constant(x)) => time(*x),
                Some(Dist::Exponential { mean }) => format!("exp {}", time(*mean)),
                Some(Dist::Uniform { low, high }) => {
                    format!("uniform {}..{}", time(*low), time(*high))
                }
                Some(Dist::LogNormal { mu, sigma }) => {
                    let cv = libm::sqrt(libm::expm1(sigma * sigma));
                    format!(
                        "lognormal {} cv {}",
                        time(libm::exp(*mu)),
                        (cv * 1000.0).round() / 1000.0
                    )
                }
                Some(Dist::Zipf { keys, exponent }) => format!("zipf {keys} s {exponent}"),
                None => value.to_string(),
            }
        }
        ParamKind::Backoff if value == NONE => "never".into(),
        ParamKind::Backoff => match usize::try_from(value)
            .ok()
            .and_then(|value| system.backoffs.get(value))
        {
            None => value.to_string(),
            Some(backoff) => {
                let time = |ns: u64| show(ParamKind::Duration, ns as i64, currency, &[]);
                let mut text = match backoff.growth {
                    Growth::None => return "none".into(),
                    Growth::Fixed => format!("fixed {}", time(backoff.base)),
                    Growth::Exponential { factor } => {
                        format!("exponential {} x{factor}", time(backoff.base))
                    }
                };
                if backoff.cap > 0 {
                    text += &format!(" cap {}", time(backoff.cap));
                }
                text + match backoff.jitter {
                    Jitter::None => "",
                    Jitter::Full => " full jitter",
                    Jitter::Equal => " equal jitter",
                    Jitter::Decorrelated => " decorrelated jitter",
                }
            }
        },
        ParamKind::Block => {
            let block = usize::try_from(value)
                .ok()
                .and_then(|value| system.blocks.get(value));
            block.map_or_else(|| value.to_string(), |block| block.name.clone())
        }
        ParamKind::Expr if value == NONE => "none".into(),
        ParamKind::Expr => {
            let text = usize::try_from(value).ok().and_then(|value| system.expr_texts.get(value));
            text.map_or_else(|| value.to_string(), |text| format!("`{text}`"))
        }
        kind => show(kind, value, currency, info.words),
    }
}

/// A value whose kind says everything.
pub(crate) fn show(
    kind: ParamKind,
    value: i64,
    currency: &Currency,
    words: &[(&str, i64)],
) -> String {
    let ratio = f64::from_bits(value as u64);
    match kind {
        ParamKind::Duration => duration(value),
        ParamKind::Flag => (value != 0).to_string(),
        ParamKind::Ratio if ratio < 0.0 => "none".into(),
        ParamKind::Ratio if ratio == Breaker::FORCED_OPEN => "open".into(),
        ParamKind::Ratio if ratio > 1.0 => ratio.to_string(),
        ParamKind::Ratio => format!("{}%", (ratio * 1e8).round() / 1e6),
        ParamKind::Rate => format!("{}/s", (ratio * 1e6).round() / 1e6),
        ParamKind::Money => {
            let unit = 10i64.pow(currency.digits.min(6));
            let sign = if value < 0 { "-" } else { "" };
            let (whole, part) = (
                value.unsigned_abs() / unit as u64,
                value.unsigned_abs() % unit as u64,
            );
            match part {
                0 => format!("{sign}{whole} {}", currency.code),
                part => format!(
                    "{sign}{whole}.{part:0width$} {}",
                    currency.code,
                    width = currency.digits as usize
                ),
            }
        }
        ParamKind::Outcomes => {
            let set = Outcomes::from_bits(value);
            let names: Vec<&str> = Outcome::ALL
                .iter()
                .filter(|o| set.has(**o))
                .map(|o| o.name())
                .collect();
            format!("[{}]", names.join(", "))
        }
        ParamKind::Portion if value < 0 => format!("{}%", -1 - value),
        ParamKind::Portion => value.to_string(),
        ParamKind::Park => match value {
            park::NEVER => "never".into(),
            park::PERMANENT => "permanent errors".into(),
            times => format!("after {times}"),
        },
        ParamKind::Word => words
            .iter()
            .find(|word| word.1 == value)
            .map_or_else(|| value.to_string(), |word| word.0.into()),
        _ => value.to_string(),
    }
}

/// `1h30m`, `1.5s`: the two largest units, or one with a fraction below a second.
pub(crate) fn duration(ns: i64) -> String {
    const UNITS: &[(i64, &str)] = &[
        (86_400_000_000_000, "d"),
        (3_600_000_000_000, "h"),
        (60_000_000_000, "m"),
        (1_000_000_000, "s"),
    ];
    if ns == 0 {
        return "0s".into();
    }
    if ns % 1_000_000_000 == 0 {
        let mut rest = ns;
        let mut text = String::new();
        for (unit, name) in UNITS {
            if rest / unit > 0 {
                text += &format!("{}{name}", rest / unit);
                rest %= unit;
            }
        }
        return text;
    }
    let (unit, name) = match ns {
        1_000_000_000.. => (1e9, "s"),
        1_000_000.. => (1e6, "ms"),
        1_000.. => (1e3, "us"),
        _ => (1.0, "ns"),
    };
    format!("{}{name}", (ns as f64 / unit * 1e3).round() / 1e3)
}
