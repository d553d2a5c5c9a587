//! Typed readers for the parts of a tree. Each says what is wrong and goes on with a stand-in (an empty text, a
//! zero, nothing), so that one pass finds every mistake; whoever reads drops the result when the report has
//! errors. The keys a reader asked for are the keys a map may have: others are reported with the nearest.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::scalar::Kind;
use crate::yaml::{Tell, clip};
use crate::{Diagnostic, Entry, Node, Report, Scalar, Span, Value, nearest};

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

/// The fields of one map while it is read.
#[derive(Debug)]
pub struct Fields<'a> {
    at: At<'a>,
    /// What the map is, as it reads after "this": `follow-up`, `file`.
    what: &'static str,
    entries: &'a [Entry],
    span: Span,
    asked: Vec<&'static str>,
}

impl<'a> At<'a> {
    pub fn error(self, span: Span, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.file, span, code, message)
    }

    pub fn warning(self, span: Span, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::warning(self.file, span, code, message)
    }

    /// Reads a map. None when the node is something else, which is reported.
    pub fn map<T>(
        self,
        node: &'a Node,
        what: &'static str,
        read: impl FnOnce(&mut Fields<'a>) -> T,
    ) -> Option<T> {
        let Value::Map(entries) = &node.value else {
            self.wrong_type(
                node,
                &format!("this {what}"),
                "fields, written as `key: value` lines",
            );
            return None;
        };
        let mut fields = Fields {
            at: self,
            what,
            entries,
            span: node.span,
            asked: Vec::new(),
        };
        let result = read(&mut fields);
        fields.report_unknown();
        Some(result)
    }

    fn wrong_type(self, node: &Node, name: &str, wanted: &str) {
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

    fn first_line(self, span: Span) -> Span {
        let Some(source) = self.report.sources().get(self.file) else {
            return span;
        };
        let line = source.line(source.line_of(span.start));
        Span::new(span.start, span.end.min(line.end))
    }

    fn text(self, node: &Node, name: &str) -> Option<Spanned<String>> {
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

    fn id(self, node: &Node, name: &str) -> Option<Spanned<String>> {
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

    fn items(self, node: &'a Node, name: &str, of: &str) -> &'a [Node] {
        match &node.value {
            Value::Seq(items) => items,
            _ => {
                self.wrong_type(node, name, &format!("a list of {of}"));
                &[]
            }
        }
    }
}

impl<'a> Fields<'a> {
    pub fn at(&self) -> At<'a> {
        self.at
    }

    /// Where to point when the whole map is meant: its first line.
    pub fn span(&self) -> Span {
        let first = self
            .entries
            .first()
            .map_or(self.span, |e| e.key_span.to(e.value.span));
        self.at.first_line(first)
    }

    /// Where to point when a field is meant as a whole: its key; the map's first line if it has none.
    pub fn key(&self, key: &str) -> Span {
        self.entries
            .iter()
            .find(|e| e.key == key)
            .map_or_else(|| self.span(), |e| e.key_span)
    }

    /// Reports an error about this map.
    pub fn error(
        &self,
        span: Span,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.at.error(span, code, message).help(help).tell(self.at);
    }

    /// Reports a warning about this map.
    pub fn warn(
        &self,
        span: Span,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.at
            .warning(span, code, message)
            .help(help)
            .tell(self.at);
    }

    /// The node of a field that may be left out; a key without a value counts as left out.
    pub fn optional(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        let node = &self.entries.iter().find(|e| e.key == key)?.value;
        match &node.value {
            Value::Unread => None,
            Value::Scalar(scalar) if scalar.kind() == Kind::Nothing => None,
            _ => Some(node),
        }
    }

    /// The node of a field that must be there.
    pub fn required(&mut self, key: &'static str) -> Option<&'a Node> {
        self.required_as(key, "missing-field", "")
    }

    fn required_as(
        &mut self,
        key: &'static str,
        code: &'static str,
        help: &str,
    ) -> Option<&'a Node> {
        if let Some(node) = self.optional(key) {
            return Some(node);
        }
        let help = if help.is_empty() {
            format!("add `{key}:`")
        } else {
            help.to_owned()
        };
        match self.entries.iter().find(|e| e.key == key) {
            None => self.error(
                self.span(),
                code,
                format!("this {} has no `{key}`", self.what),
                help,
            ),
            Some(entry) if entry.value.value == Value::Unread => {}
            Some(entry) => self.error(
                entry.key_span,
                "empty-field",
                format!("`{key}` is empty"),
                "give it a value",
            ),
        }
        None
    }

    /// A text with its place; required.
    pub fn spanned(&mut self, key: &'static str) -> Spanned<String> {
        let node = self.required(key);
        node.and_then(|node| self.at.text(node, &format!("`{key}`")))
            .unwrap_or_default()
    }

    /// A text; required.
    pub fn text(&mut self, key: &'static str) -> String {
        self.spanned(key).value
    }

    /// A text; required, with a code and help of its own when missing.
    pub fn text_or(
        &mut self,
        key: &'static str,
        code: &'static str,
        help: &str,
    ) -> Spanned<String> {
        let node = self.required_as(key, code, help);
        node.and_then(|node| self.at.text(node, &format!("`{key}`")))
            .unwrap_or_default()
    }

    /// A text that may be left out; empty then.
    pub fn optional_text(&mut self, key: &'static str) -> Spanned<String> {
        let node = self.optional(key);
        node.and_then(|node| self.at.text(node, &format!("`{key}`")))
            .unwrap_or_default()
    }

    /// An id: kebab-case, starting with a letter. Empty when there is none worth the name.
    pub fn id(&mut self, key: &'static str) -> Spanned<String> {
        let node = self.required(key);
        node.and_then(|node| self.at.id(node, &format!("`{key}`")))
            .unwrap_or_default()
    }

    /// A whole number within bounds; the lower bound stands in for what cannot be read.
    pub fn int(&mut self, key: &'static str, bounds: RangeInclusive<u32>) -> Spanned<u32> {
        let (least, most) = (*bounds.start(), *bounds.end());
        let stand_in = Spanned {
            value: least,
            span: self.key(key),
        };
        let Some(node) = self.required(key) else {
            return stand_in;
        };
        let name = format!("`{key}`");
        match &node.value {
            Value::Scalar(scalar) if scalar.kind() == Kind::Whole => {
                match scalar.text.parse::<u32>() {
                    Ok(value) if bounds.contains(&value) => Spanned {
                        value,
                        span: node.span,
                    },
                    _ => {
                        let message = format!(
                            "{name} is {}; it must be between {least} and {most}",
                            clip(&scalar.text)
                        );
                        self.error(node.span, "out-of-range", message, "");
                        stand_in
                    }
                }
            }
            _ => {
                self.at.wrong_type(node, &name, "a whole number");
                stand_in
            }
        }
    }

    /// `true` or `false`; false when left out.
    pub fn flag(&mut self, key: &'static str) -> bool {
        let Some(node) = self.optional(key) else {
            return false;
        };
        if let Value::Scalar(scalar) = &node.value
            && let Kind::Flag(flag) = scalar.kind()
        {
            return flag;
        }
        self.at
            .wrong_type(node, &format!("`{key}`"), "`true` or `false`");
        false
    }

    /// One of a few words; required.
    pub fn choice<T: Clone>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let node = self.required(key)?;
        self.choose(key, node, words)
    }

    /// One of a few words that may be left out.
    pub fn optional_choice<T: Clone>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let node = self.optional(key)?;
        self.choose(key, node, words)
    }

    fn choose<T: Clone>(&mut self, key: &str, node: &Node, words: &[(&str, T)]) -> Option<T> {
        let text = self.at.text(node, &format!("`{key}`"))?;
        let found = words.iter().find(|(word, _)| *word == text.value);
        if found.is_none() {
            let known = words.iter().map(|(word, _)| *word);
            let message = format!("`{}` is not a {key}", clip(&text.value));
            let help = format!("one of {}", known.clone().collect::<Vec<_>>().join(", "));
            let near = nearest(&text.value, known);
            self.at
                .error(text.span, "unknown-word", message)
                .help(help)
                .suggest(near)
                .tell(self.at);
        }
        found.map(|(_, value)| value.clone())
    }

    /// A map below a key; required.
    pub fn one<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        read: impl FnOnce(&mut Fields<'a>) -> T,
    ) -> Option<T> {
        let node = self.required(key)?;
        self.at.map(node, what, read)
    }

    /// A map below a key that may be left out.
    pub fn optional_one<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        read: impl FnOnce(&mut Fields<'a>) -> T,
    ) -> Option<T> {
        let node = self.optional(key)?;
        self.at.map(node, what, read)
    }

    /// A list of maps; required, not empty.
    pub fn list<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        read: impl FnMut(&mut Fields<'a>) -> T,
    ) -> Vec<T> {
        let Some(node) = self.required_items(key, what) else {
            return Vec::new();
        };
        let at = self.at;
        let mut read = read;
        node.iter()
            .filter_map(|item| at.map(item, what, &mut read))
            .collect()
    }

    /// A list of texts; required, not empty.
    pub fn texts(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let items = self.required_items(key, "text").unwrap_or_default();
        self.read_texts(key, items)
    }

    /// A list of texts that may be left out.
    pub fn optional_texts(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let Some(node) = self.optional(key) else {
            return Vec::new();
        };
        let items = self.at.items(node, &format!("`{key}`"), "texts");
        self.read_texts(key, items)
    }

    /// A list of ids, none twice; required, not empty.
    pub fn ids(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let items = self.required_items(key, "id").unwrap_or_default();
        self.read_ids(key, items)
    }

    /// A list of ids, none twice, that may be left out.
    pub fn optional_ids(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let Some(node) = self.optional(key) else {
            return Vec::new();
        };
        let items = self.at.items(node, &format!("`{key}`"), "ids");
        self.read_ids(key, items)
    }

    fn required_items(&mut self, key: &'static str, of: &str) -> Option<&'a [Node]> {
        let node = self.required(key)?;
        let items = self.at.items(node, &format!("`{key}`"), &format!("{of}s"));
        if matches!(&node.value, Value::Seq(items) if items.is_empty()) {
            self.error(
                node.span,
                "empty-field",
                format!("`{key}` is an empty list"),
                format!("add at least one {of}"),
            );
        }
        Some(items)
    }

    fn read_texts(&self, key: &str, items: &'a [Node]) -> Vec<Spanned<String>> {
        let name = format!("an item of `{key}`");
        items
            .iter()
            .filter_map(|item| self.at.text(item, &name))
            .collect()
    }

    fn read_ids(&self, key: &str, items: &'a [Node]) -> Vec<Spanned<String>> {
        let name = format!("an item of `{key}`");
        let mut seen = BTreeMap::new();
        let mut ids = Vec::new();
        for id in items.iter().filter_map(|item| self.at.id(item, &name)) {
            if seen.insert(id.value.clone(), ()).is_some() {
                self.error(
                    id.span,
                    "listed-twice",
                    format!("`{}` is already in this list", id.value),
                    "delete one of the two",
                );
            } else {
                ids.push(id);
            }
        }
        ids
    }

    fn report_unknown(&self) {
        // A field that is already there is no suggestion; worked out once, since a hostile map has many keys.
        let missing = |key: &&str| self.entries.iter().all(|e| e.key != *key);
        let unwritten: Vec<&str> = self.asked.iter().copied().filter(missing).collect();
        for entry in self
            .entries
            .iter()
            .filter(|e| !self.asked.contains(&e.key.as_str()))
        {
            let crowded = self.at.report.is_crowded(self.at.file);
            let near = if crowded {
                None
            } else {
                nearest(&entry.key, unwritten.iter().copied())
            };
            let message = format!(
                "`{}` is not a field of this {}",
                clip(&entry.key),
                self.what
            );
            let help = format!("its fields are {}", self.asked.join(", "));
            self.at
                .error(entry.key_span, "unknown-field", message)
                .help(help)
                .suggest(near)
                .tell(self.at);
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

const LONGEST_ID: usize = 64;

fn is_id(text: &str) -> bool {
    text.len() <= LONGEST_ID
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.ends_with('-')
        && !text.contains("--")
}

/// The text as an id, if it can be made one.
fn kebab(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    Some(words.collect::<Vec<_>>().join("-")).filter(|id| is_id(id))
}
