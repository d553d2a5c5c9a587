//! The tree that a YAML file is read into. Every part knows its bytes in the file. No types beyond text, list
//! and map: what a text means is decided by whoever reads the field.

/// Bytes `start..end` of a file; both lie on character boundaries of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Span {
        Span {
            start,
            end: end.max(start),
        }
    }

    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// From the start of one to the end of the other.
    pub fn to(self, end: Span) -> Span {
        Span::new(self.start, end.end)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub value: Value,
    /// A text's own bytes; for lists and maps from the first to the last thing in them. Empty where a key has
    /// no value.
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Scalar(Scalar),
    Seq(Vec<Node>),
    /// In the order of the file; each key once.
    Map(Vec<Entry>),
    /// Something was here whose mistake has already been reported; readers pass over it in silence.
    Unread,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: Node,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    /// As YAML reads it: quotes and escapes resolved, lines folded where the style folds.
    pub text: String,
    pub style: ScalarStyle,
}

/// How a text was written; only plain ones can be numbers, true, false or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarStyle {
    Plain,
    Quoted,
    /// `>`: lines are joined, an empty line is a line break.
    Folded,
    /// `|`: lines stay as they are.
    Literal,
}

impl Node {
    /// The value under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|e| e.key == key).map(|e| &e.value),
            _ => None,
        }
    }
}
