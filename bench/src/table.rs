//! Samples, their quantiles, and the table that is printed.

use std::{fmt, time::Duration};

/// Times of one thing, measured again and again.
#[derive(Debug, Default, Clone)]
pub struct Samples(Vec<Duration>);

impl Samples {
    pub fn push(&mut self, took: Duration) {
        self.0.push(took);
    }

    pub fn extend(&mut self, other: Samples) {
        self.0.extend(other.0);
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The smallest sample that at least this share of all does not exceed; zero when there is none.
    pub fn quantile(&self, share: f64) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (share * sorted.len() as f64).ceil() as usize;
        sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }

    pub fn median(&self) -> Duration {
        self.quantile(0.5)
    }
}

#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<[String; 5]>,
    remarks: Vec<String>,
}

impl Table {
    /// A row that others are compared to.
    pub fn floor(&mut self, what: &str, samples: &Samples) {
        self.row(what, samples, &[]);
    }

    /// A row with its ratios of medians, each to a named floor.
    pub fn row(&mut self, what: &str, samples: &Samples, floors: &[(&str, &Samples)]) {
        let ratios: Vec<String> = floors
            .iter()
            .map(|(name, floor)| format!("{:.1} × {name}", samples.median().as_secs_f64() / floor.median().as_secs_f64()))
            .collect();
        self.rows.push([
            what.to_owned(),
            shown(samples.median()),
            shown(samples.quantile(0.99)),
            samples.count().to_string(),
            ratios.join(", "),
        ]);
    }

    /// A sentence below the table.
    pub fn remark(&mut self, text: String) {
        self.remarks.push(text);
    }
}

/// Three digits are as many as two runs agree on.
fn shown(took: Duration) -> String {
    let ms = took.as_secs_f64() * 1000.0;
    match ms {
        ms if ms >= 100.0 => format!("{ms:.0} ms"),
        ms if ms >= 10.0 => format!("{ms:.1} ms"),
        ms if ms >= 1.0 => format!("{ms:.2} ms"),
        ms => format!("{ms:.3} ms"),
    }
}

/// Markdown with aligned columns, so that it reads in a terminal and pastes into a page.
impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["what", "median", "p99", "n", "against"].map(str::to_owned);
        let widths: [usize; 5] = std::array::from_fn(|column| {
            self.rows.iter().chain([&head]).map(|row| row[column].chars().count()).max().unwrap_or_default()
        });
        let [w0, w1, w2, w3, w4] = widths;
        for (n, [what, median, p99, count, against]) in [&head].into_iter().chain(&self.rows).enumerate() {
            writeln!(f, "| {what:<w0$} | {median:>w1$} | {p99:>w2$} | {count:>w3$} | {against:<w4$} |")?;
            if n == 0 {
                let line = |width: usize| "-".repeat(width);
                writeln!(f, "| {} | {}: | {}: | {}: | {} |", line(w0), line(w1 - 1), line(w2 - 1), "-".repeat(w3 - 1), line(w4))?;
            }
        }
        for remark in &self.remarks {
            write!(f, "\n{remark}\n")?;
        }
        Ok(())
    }
}
