//! One mistake: where, what, and what to do about it. How it is drawn lives in `render`.

use std::fmt;

use crate::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// What was read cannot be used.
    Error,
    /// Usable, and worth another look.
    Warning,
}

/// A mistake at its place. Displays as one line, `file:line:column: error[code]: message`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Path as the caller named it.
    pub file: String,
    /// Bytes of the file's text; 0..0 when the file itself is the matter.
    pub span: Span,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    pub severity: Severity,
    /// Stable, kebab-case.
    pub code: &'static str,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What is expected or what to do; empty when the message says it.
    pub help: String,
    /// The known name nearest to the one that was written.
    pub suggestion: Option<String>,
}

impl Diagnostic {
    pub fn error(
        file: &str,
        span: Span,
        code: &'static str,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            file: file.to_owned(),
            span,
            line: 1,
            column: 1,
            severity: Severity::Error,
            code,
            message: message.into(),
            help: String::new(),
            suggestion: None,
        }
    }

    pub fn warning(
        file: &str,
        span: Span,
        code: &'static str,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(file, span, code, message)
        }
    }

    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = help.into();
        self
    }

    /// Names the known name nearest to what was written, when there is one near enough.
    pub fn suggest(mut self, nearest: Option<&str>) -> Diagnostic {
        self.suggestion = nearest.map(str::to_owned);
        self
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic {
            file,
            line,
            column,
            severity,
            code,
            message,
            ..
        } = self;
        write!(f, "{file}:{line}:{column}: {severity}[{code}]: {message}")
    }
}
