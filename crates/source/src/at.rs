//! Where reading stands: a file and the report its mistakes go to. Here are the readers of single nodes; those of
//! a map's fields live in `fields`.

use crate::id::{is_id, kebab};
use crate::scalar::Kind;
use crate::{Diagnostic, Entry, Fields, Node, Report, Scalar, Span, Value};

/// Something that was read, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

/// The file being read and the report that its mistakes go to.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    pub report: &'a Report<'a>,
    pub file: &'a str,
}

/// Shorthand of this crate's readers: a diagnostic that goes to the report it came from.
pub(crate) trait Tell {
    fn tell(self, at: At<'_>);
}

impl Tell for Diagnostic {
    fn tell(self, at: At<'_>) {
        at.report.add(self);
    }
}

impl<'a> At<'a> {
    pub fn new(report: &'a Report<'a>, file: &'a str) -> At<'a> {
        At { report, file }
    }

    pub fn error(self, span: Span, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.file, span, code, message)
    }

    pub fn warning(self, span: Span, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(self.file, span, code, message)
    }

    /// Reads a map. None when the node is something else, which is reported. `what` is what the map is, as it
    /// reads after "this".
    pub fn map<T>(
        self,
        node: &'a Node,
        what: &'static str,
        read: impl FnOnce(&mut Fields<'a>) -> T,
    ) -> Option<T> {
        self.map_called(&format!("this {what}"), node, what, read)
    }

    pub(crate) fn map_called<T>(
        self,
        name: &str,
        node: &'a Node,
        what: &'static str,
        read: impl FnOnce(&mut Fields<'a>) -> T,
    ) -> Option<T> {
        let Value::Map(entries) = &node.value else {
            self.wrong_type(node, name, "a group of `key: value` fields");
            return None;
        };
        let mut fields = Fields::new(self, what, entries, node.span);
        let result = read(&mut fields);
        fields.report_unknown();
        Some(result)
    }

    /// Reports that a node is not what `name` must be.
    pub fn wrong_type(self, node: &Node, name: &str, wanted: &str) {
        let Some(found) = describe(node) else { return };
        let help = match &node.value {
            Value::Scalar(s) if wanted == "text" => {
                format!("put it in quotes: \"{}\"", clip(&s.text))
            }
            Value::Scalar(s) if wanted == "a whole number" && s.kind() == Kind::Text => {
                "write the number without quotes or unit".into()
            }
            Value::Scalar(_) if wanted.starts_with("a list") => {
                "write `- ` before each item, or […] around them".into()
            }
            _ => String::new(),
        };
        let span = self.first_line(node.span);
        self.error(
            span,
            "wrong-type",
            format!("{name} must be {wanted}, but is {found}"),
        )
        .help(help)
        .tell(self);
    }

    pub(crate) fn first_line(self, span: Span) -> Span {
        let (file, there) = self.report.locate(self.file, span);
        let Some(source) = self.report.sources().get(&file) else {
            return span;
        };
        let line = source.line(source.line_of(there.start));
        let length = there.end.min(line.end).saturating_sub(there.start);
        Span::new(span.start, span.start + length)
    }

    /// A text that is not empty. `name` is what it is, as it stands in a message.
    pub fn text(self, node: &Node, name: &str) -> Option<Spanned<String>> {
        match &node.value {
            Value::Scalar(scalar) if scalar.kind() == Kind::Text => {
                let value = scalar.prose();
                if value.is_empty() {
                    self.error(node.span, "empty-field", format!("{name} is empty"))
                        .help("write a text")
                        .tell(self);
                    return None;
                }
                Some(Spanned {
                    value,
                    span: node.span,
                })
            }
            Value::Scalar(scalar) if scalar.kind() == Kind::Nothing => {
                self.error(node.span, "empty-field", format!("{name} is empty"))
                    .help("write a text")
                    .tell(self);
                None
            }
            _ => {
                self.wrong_type(node, name, "text");
                None
            }
        }
    }

    pub(crate) fn id(self, node: &Node, name: &str) -> Option<Spanned<String>> {
        let id = self.text(node, name)?;
        if is_id(&id.value) {
            return Some(id);
        }
        let message = format!("`{}` cannot be an id", clip(&id.value));
        let help =
            "small letters a–z, digits and single hyphens, starting with a letter, at most 64";
        let rewritten = kebab(&id.value);
        self.error(id.span, "bad-id", message)
            .help(help)
            .suggest(rewritten.as_deref())
            .tell(self);
        None
    }

    /// The entries of a map whose keys are names that its author chose; none when it is something else, which is
    /// reported.
    pub fn entries(self, node: &'a Node, name: &str) -> &'a [Entry] {
        match &node.value {
            Value::Map(entries) => entries,
            _ => {
                self.wrong_type(node, name, "a group of `name: …` entries");
                &[]
            }
        }
    }

    /// The items of a list; none when it is something else, which is reported.
    pub fn items(self, node: &'a Node, name: &str, of: &str) -> &'a [Node] {
        match &node.value {
            Value::Seq(items) => items,
            _ => {
                self.wrong_type(node, name, &format!("a list of {of}"));
                &[]
            }
        }
    }
}

/// What a node is, in words; none for what has been reported already.
fn describe(node: &Node) -> Option<String> {
    Some(match &node.value {
        Value::Unread => return None,
        Value::Seq(_) => "a list".into(),
        Value::Map(_) => "a group of fields".into(),
        Value::Scalar(scalar) => describe_scalar(scalar),
    })
}

fn describe_scalar(scalar: &Scalar) -> String {
    match scalar.kind() {
        Kind::Nothing => "empty".into(),
        Kind::Flag(flag) => format!("`{flag}`"),
        Kind::Whole | Kind::Fraction => format!("the number {}", clip(&scalar.text)),
        Kind::Text => format!("the text “{}”", clip(&scalar.text)),
    }
}

/// A name for use inside a message: one line, not too long.
pub fn clip(text: &str) -> String {
    const LONGEST: usize = 60;
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() <= LONGEST {
        return one_line;
    }
    one_line
        .chars()
        .take(LONGEST - 1)
        .chain(std::iter::once('…'))
        .collect()
}
