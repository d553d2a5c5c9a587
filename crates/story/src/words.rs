//! Values as people read them. Not here: sentences.

use seatrial_sim::Id;
use seatrial_sim::system::{FieldKind, RecordId, System};

/// `charged_once` → `charged once`.
pub fn plain(name: &str) -> String {
    name.replace(['_', '-'], " ")
}

/// `order 8123`: a record by its kind and id.
pub fn thing(system: &System, record: RecordId, id: i64) -> String {
    format!("{} {}", plain(&words_of(&system.records[record.at()].name)), Id(id as u64).show(&system.shapes))
}

/// `ReturnLabel` → `return label`.
pub fn words_of(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

/// The value of a field, as people read it.
pub fn field(system: &System, kind: FieldKind, value: i64) -> String {
    match kind {
        FieldKind::Id => Id(value as u64).show(&system.shapes),
        FieldKind::Money => money(system, value),
        FieldKind::Text => usize::try_from(value).ok().and_then(|at| system.texts.get(at)).cloned().unwrap_or_default(),
        FieldKind::Date => format!("day {value}"),
        FieldKind::Time => span(value.max(0) as u64),
        FieldKind::Duration => span(value.max(0) as u64),
        FieldKind::Count => value.to_string(),
        FieldKind::Ratio => format!("{:.3}", f64::from_bits(value as u64)),
    }
}

/// `84.20 USD`.
pub fn money(system: &System, minor: i64) -> String {
    let digits = system.currency_digits as usize;
    let unit = 10u64.pow(system.currency_digits.min(6));
    let sign = if minor < 0 { "−" } else { "" };
    let (whole, part) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let part = if digits == 0 || part == 0 { String::new() } else { format!(".{part:0digits$}") };
    format!("{sign}{whole}{part} {}", system.currency)
}

/// Nanoseconds: `0.31 s`, `12 s`, `2 min 5 s`, `1 h 3 min`.
pub fn span(ns: u64) -> String {
    let s = ns / 1_000_000_000;
    let pair = |whole: u64, name: &str, rest: u64, small: &str| match rest {
        0 => format!("{whole} {name}"),
        rest => format!("{whole} {name} {rest} {small}"),
    };
    match ns {
        0..1_000_000 => format!("{:.1} ms", ns as f64 / 1e6),
        1_000_000..1_000_000_000 => format!("{} ms", ns / 1_000_000),
        1_000_000_000..10_000_000_000 => {
            let text = format!("{:.2}", ns as f64 / 1e9);
            format!("{} s", text.trim_end_matches('0').trim_end_matches('.'))
        }
        _ if s < 60 => format!("{s} s"),
        _ if s < 3600 => pair(s / 60, "min", s % 60, "s"),
        _ => pair(s / 3600, "h", s / 60 % 60, "min"),
    }
}
