//! What a scalar is: nothing, true or false, a number, or text, by the YAML 1.2 core schema; and the text of
//! prose, whose lines are joined to paragraphs.

use crate::{Scalar, ScalarStyle};

/// What a plain scalar means by itself; a reader that knows the field's type may see more in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Nothing,
    Flag(bool),
    Whole,
    Fraction,
    Text,
}

impl Scalar {
    pub fn kind(&self) -> Kind {
        if self.style != ScalarStyle::Plain {
            return Kind::Text;
        }
        match self.text.as_str() {
            "" | "~" | "null" | "Null" | "NULL" => Kind::Nothing,
            "true" | "True" | "TRUE" => Kind::Flag(true),
            "false" | "False" | "FALSE" => Kind::Flag(false),
            text if is_whole(text) => Kind::Whole,
            text if is_fraction(text) => Kind::Fraction,
            _ => Kind::Text,
        }
    }

    /// Prose: paragraphs divided by one empty line, the lines of each joined by spaces. In a `|` block an empty
    /// line divides paragraphs; everywhere else YAML has already joined lines, and each line is a paragraph.
    pub(crate) fn prose(&self) -> String {
        let mut paragraphs: Vec<String> = Vec::new();
        let mut continues = false;
        for line in self.text.lines().map(str::trim) {
            match paragraphs.last_mut() {
                _ if line.is_empty() => continues = false,
                Some(last) if continues => {
                    last.push(' ');
                    last.push_str(line);
                }
                _ => {
                    paragraphs.push(line.to_owned());
                    continues = self.style == ScalarStyle::Literal;
                }
            }
        }
        paragraphs.join("\n\n")
    }
}

fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let based = |prefix: &str, radix: u32| {
        text.strip_prefix(prefix)
            .is_some_and(|d| !d.is_empty() && d.chars().all(|c| c.is_digit(radix)))
    };
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
        || based("0o", 8)
        || based("0x", 16)
}

fn is_fraction(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let named =
        matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN");
    // Rust's own reader also takes words such as "inf" and "infinity", which are text here.
    let numeric = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'-' | b'+'))
        && unsigned.bytes().any(|b| b.is_ascii_digit());
    named || (numeric && text.parse::<f64>().is_ok())
}
