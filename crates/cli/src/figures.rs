//! Figures as people read them: `40,285 USD`, `516 ms`, `6.5 min`, `1 order`, `2 orders`.

/// With commas between thousands.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 replica`, `2 replicas`.
pub fn counted(number: u64, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {one}{plural}", count(number))
}

/// Minor units of a currency; from a thousand on without them.
pub fn money(minor: i64, currency: &str, digits: u32) -> String {
    let unit = 10u64.pow(digits.min(6));
    let whole = minor.unsigned_abs();
    let sign = if minor < 0 { "-" } else { "" };
    if digits == 0 || whole >= 1000 * unit || whole.is_multiple_of(unit) {
        return format!("{sign}{} {currency}", count((whole + unit / 2) / unit));
    }
    format!("{sign}{}.{:0width$} {currency}", count(whole / unit), whole % unit, width = digits.min(6) as usize)
}

/// A length of time in one unit.
pub fn time(ns: f64) -> String {
    let (value, unit) = match ns.abs() {
        x if x >= 7200e9 => (ns / 3600e9, "h"),
        x if x >= 120e9 => (ns / 60e9, "min"),
        x if x >= 1e9 => (ns / 1e9, "s"),
        x if x >= 1e6 => (ns / 1e6, "ms"),
        x => return if x == 0.0 { "0 s".into() } else { format!("{:.0} µs", ns / 1e3) },
    };
    if value.abs() >= 100.0 || (value - value.round()).abs() < 0.05 { format!("{value:.0} {unit}") } else { format!("{value:.1} {unit}") }
}

pub fn share(share: f64) -> String {
    match share * 100.0 {
        100.0 => "100 %".into(),
        // Nearly all is not all.
        x if x > 99.9 => format!("{:.2} %", (x * 100.0).floor() / 100.0),
        x => format!("{x:.1} %"),
    }
}

/// A mean in its measure's unit.
pub fn mean(value: f64) -> String {
    match value.abs() {
        x if x >= 1000.0 => count(value.round().abs() as u64),
        x if x >= 100.0 => format!("{value:.0}"),
        x if x >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// A clock of the scenario's calendar: `23:41:08`.
pub fn clock(starts_unix_s: i64, at_ns: u64) -> String {
    let second = (starts_unix_s + (at_ns / 1_000_000_000) as i64).rem_euclid(86_400);
    format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!([count(0), count(999), count(1000), count(1_234_567)], ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([money(3500, "USD", 2), money(3617, "USD", 2), money(4_028_550, "USD", 2)], ["35 USD", "36.17 USD", "40,286 USD"]);
        assert_eq!([money(-50, "EUR", 2), money(7, "JPY", 0)], ["-0.50 EUR", "7 JPY"]);
        assert_eq!([time(0.0), time(1500.0), time(516e6), time(8.22e9), time(390e9), time(9000e9)], ["0 s", "2 µs", "516 ms", "8.2 s", "6.5 min", "2.5 h"]);
        assert_eq!([share(1.0), share(0.99999), share(0.5)], ["100 %", "99.99 %", "50.0 %"]);
        assert_eq!(clock(1_773_358_200, 3_600_000_000_000), "00:30:00");
    }
}
