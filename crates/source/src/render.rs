//! Draws diagnostics for a terminal or a log:
//!
//! ```text
//! areas/testing.yaml:14:13: error[unknown-name]: there is no signal `few-e2e` in the area testing
//!    14 |     after: [few-e2e]
//!       |             ^^^^^^^
//!       = did you mean `few-end-to-end`?
//! ```
//!
//! Meaning never hangs on colour. Control characters are shown as signs, so that no text can steer the
//! terminal; tabs are four columns, wide characters two, and a long line is cut around the place.

use std::fmt::Write;

use anstyle::{AnsiColor, Reset, Style as Ansi};
use unicode_width::UnicodeWidthChar;

use crate::{Diagnostic, Severity, Sources, Span};

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub colour: bool,
    /// Columns of a shown line of text.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            colour: false,
            width: 100,
        }
    }
}

/// All diagnostics, an empty line between them.
pub fn render_all(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    diagnostics
        .iter()
        .map(|d| render(d, sources, style))
        .collect::<Vec<_>>()
        .join("\n")
}

/// `3 errors and 1 warning in 2 files`; `no mistakes` when there are none.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .count()
    };
    let plural = |n: usize, word: &str| {
        if n == 1 {
            format!("1 {word}")
        } else {
            format!("{n} {word}s")
        }
    };
    let mut files: Vec<&str> = diagnostics.iter().map(|d| d.file.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    let found = match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => return "no mistakes".into(),
        (errors, 0) => plural(errors, "error"),
        (0, warnings) => plural(warnings, "warning"),
        (errors, warnings) => format!(
            "{} and {}",
            plural(errors, "error"),
            plural(warnings, "warning")
        ),
    };
    format!("{found} in {}", plural(files.len(), "file"))
}

/// One diagnostic; ends with a line break.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let Diagnostic {
        file,
        line,
        column,
        severity,
        code,
        message,
        ..
    } = diagnostic;
    let paint = Paint {
        on: style.colour,
        severity: *severity,
    };
    let mut out = String::new();
    let place = format!("{}:{line}:{column}:", shown(file));
    let _ = writeln!(
        out,
        "{} {}: {}",
        paint.strong(&place),
        paint.loud(&format!("{severity}[{code}]")),
        shown(message)
    );
    let number = line.to_string();
    let gutter = " ".repeat(number.len().max(5));
    if let Some(source) = sources.get(file)
        && !source.text().is_empty()
    {
        let line = source.line(*line);
        let text = source.text().get(line.start..line.end).unwrap_or("");
        let start = diagnostic.span.start.clamp(line.start, line.end) - line.start;
        let end = diagnostic.span.end.clamp(line.start, line.end) - line.start;
        let (text, before, marked) = draw(text, Span::new(start, end), style.width.max(20));
        let _ = writeln!(
            out,
            "{} {}",
            paint.faint(&format!("{number:>w$} |", w = gutter.len())),
            text
        );
        let marks = format!("{}{}", " ".repeat(before), paint.loud(&"^".repeat(marked)));
        let _ = writeln!(out, "{} {marks}", paint.faint(&format!("{gutter} |")));
    }
    let question = diagnostic
        .suggestion
        .as_ref()
        .map(|name| format!("did you mean `{}`?", shown(name)));
    let help = Some(shown(&diagnostic.help)).filter(|help| !help.is_empty());
    for hint in question.into_iter().chain(help) {
        let _ = writeln!(out, "{} {hint}", paint.faint(&format!("{gutter} =")));
    }
    out
}

/// The line as shown, the columns before the marked part, and the columns of the marked part (at least one).
fn draw(line: &str, span: Span, width: usize) -> (String, usize, usize) {
    let cells: Vec<(String, usize, bool)> = line
        .char_indices()
        .filter(|&(_, c)| c != '\u{feff}')
        .map(|(at, c)| {
            let (text, columns) = cell(c);
            (text, columns, span.start <= at && at < span.end)
        })
        .collect();
    let columns = |cells: &[(String, usize, bool)]| cells.iter().map(|c| c.1).sum::<usize>();
    let first = cells
        .iter()
        .position(|c| c.2)
        .unwrap_or_else(|| line.get(..span.start).map_or(0, |s| s.chars().count()));
    let first = first.min(cells.len());
    let after = cells
        .iter()
        .rposition(|c| c.2)
        .map_or(first, |last| last + 1);
    if columns(&cells) <= width {
        let text = cells.iter().map(|c| c.0.as_str()).collect();
        return (
            text,
            columns(&cells[..first]),
            columns(&cells[first..after]).max(1),
        );
    }
    // A third of the room shows what stands before, the rest the place and what follows.
    let room = width - 2;
    let mut from = first;
    let mut used = 0;
    while from > 0 && used + cells[from - 1].1 <= room / 3 {
        from -= 1;
        used += cells[from].1;
    }
    let mut to = from;
    let mut used = 0;
    while to < cells.len() && used + cells[to].1 <= room {
        used += cells[to].1;
        to += 1;
    }
    let (head, tail) = (
        if from > 0 { "…" } else { "" },
        if to < cells.len() { "…" } else { "" },
    );
    let text: String = cells[from..to].iter().map(|c| c.0.as_str()).collect();
    let before = usize::from(from > 0) + columns(&cells[from..first]);
    let marked = columns(&cells[first.min(to)..after.min(to)]).max(1);
    (format!("{head}{text}{tail}"), before, marked)
}

/// A character as it is shown, and how many columns it takes.
fn cell(c: char) -> (String, usize) {
    match c {
        '\t' => ("    ".into(), 4),
        c => {
            let c = sign(c);
            (c.into(), c.width().unwrap_or(0))
        }
    }
}

/// Control characters and those that turn the direction of the rest of the line become signs.
fn sign(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

fn shown(text: &str) -> String {
    text.chars().map(sign).collect()
}

struct Paint {
    on: bool,
    severity: Severity,
}

impl Paint {
    fn with(&self, ansi: Ansi, text: &str) -> String {
        if self.on {
            format!("{}{text}{}", ansi.render(), Reset.render())
        } else {
            text.to_owned()
        }
    }

    fn strong(&self, text: &str) -> String {
        self.with(Ansi::new().bold(), text)
    }

    fn loud(&self, text: &str) -> String {
        let colour = match self.severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
        };
        self.with(colour.on_default().bold(), text)
    }

    fn faint(&self, text: &str) -> String {
        self.with(AnsiColor::Blue.on_default(), text)
    }
}
