//! Colour on a terminal, lines that fit it, and charts of one line. Meaning never hangs on colour.

use std::io::{IsTerminal, stdout};

use anstyle::{AnsiColor, Reset, Style};
use unicode_width::UnicodeWidthStr;

/// Columns that a report is written for.
pub const WIDTH: usize = 96;

#[derive(Debug, Clone, Copy)]
pub struct Paint {
    pub colour: bool,
}

impl Paint {
    pub fn stdout() -> Paint {
        Paint { colour: stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() }
    }

    fn with(self, style: Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{Reset}") } else { text.to_owned() }
    }

    pub fn strong(self, text: &str) -> String {
        self.with(Style::new().bold(), text)
    }

    pub fn faint(self, text: &str) -> String {
        self.with(Style::new().dimmed(), text)
    }

    pub fn bad(self, text: &str) -> String {
        self.with(Style::new().bold().fg_color(Some(AnsiColor::Red.into())), text)
    }

    pub fn good(self, text: &str) -> String {
        self.with(Style::new().fg_color(Some(AnsiColor::Green.into())), text)
    }

    pub fn unsure(self, text: &str) -> String {
        self.with(Style::new().fg_color(Some(AnsiColor::Yellow.into())), text)
    }
}

/// Filled with spaces to so many columns.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

/// The same, with the spaces before it.
pub fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(text.width())))
}

/// Broken between words, each line after so many spaces.
pub fn wrap(text: &str, indent: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if !line.is_empty() && line.width() + 1 + word.width() > WIDTH - indent {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    let before = " ".repeat(indent);
    lines.iter().map(|line| format!("{before}{line}")).collect::<Vec<_>>().join("\n")
}

/// Text from a file, without characters that would steer the terminal.
pub fn tame(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// One column a value, from nothing to `most`. A little is never drawn as nothing: nothing is a space.
pub fn spark(values: &[f64], most: f64) -> String {
    let block = |value: &f64| {
        if *value <= 0.0 || most <= 0.0 {
            return ' ';
        }
        BLOCKS[((value / most * 8.0).ceil() as usize).clamp(1, 8) - 1]
    };
    values.iter().map(block).collect()
}

/// Values as so many columns, each a fold of its stretch.
pub fn columns(values: &[f64], count: usize, fold: fn(&[f64]) -> f64) -> Vec<f64> {
    let count = count.min(values.len());
    (0..count).map(|at| fold(&values[at * values.len() / count..(at + 1) * values.len() / count])).collect()
}
