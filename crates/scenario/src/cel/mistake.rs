//! What is wrong with an expression, and where.

use std::ops::Range;

/// One mistake; the loader moves it to its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Bytes within the text of the expression, on borders of characters.
    pub start: usize,
    pub end: usize,
    /// Stable, kebab-case.
    pub code: &'static str,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do about it; empty when the message says it.
    pub help: String,
    /// The known name nearest to the one that was written.
    pub suggestion: Option<String>,
}

impl Mistake {
    pub(super) fn new(at: Range<usize>, code: &'static str, message: impl Into<String>) -> Mistake {
        let (start, end) = (at.start, at.end);
        Mistake {
            start,
            end,
            code,
            message: message.into(),
            help: String::new(),
            suggestion: None,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Mistake {
        self.help = help.into();
        self
    }

    pub(super) fn nearest<'a>(
        mut self,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Mistake {
        self.suggestion = seatrial_source::nearest(name, known).map(str::to_owned);
        self
    }
}
