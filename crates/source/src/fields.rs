//! Typed readers for the parts of a tree. Each says what is wrong and goes on with a stand-in (an empty text, a
//! zero, nothing), so that one pass finds every mistake; whoever reads drops the result when the report has
//! errors. The keys a reader asked for are the keys a map may have: others are reported with the nearest.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::at::{Tell, clip};
use crate::scalar::Kind;
use crate::{At, Entry, Node, Span, Spanned, Value, nearest};

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

impl<'a> Fields<'a> {
    pub(crate) fn new(at: At<'a>, what: &'static str, entries: &'a [Entry], span: Span) -> Self {
        Fields {
            at,
            what,
            entries,
            span,
            asked: Vec::new(),
        }
    }

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
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
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

    /// A whole number within bounds; required. None when there is none worth the name.
    pub fn int(&mut self, key: &'static str, bounds: RangeInclusive<u32>) -> Option<Spanned<u32>> {
        let node = self.required(key)?;
        self.read_int(key, node, bounds)
    }

    fn read_int(
        &self,
        key: &str,
        node: &Node,
        bounds: RangeInclusive<u32>,
    ) -> Option<Spanned<u32>> {
        let name = format!("`{key}`");
        let Value::Scalar(scalar) = &node.value else {
            self.at.wrong_type(node, &name, "a whole number");
            return None;
        };
        if scalar.kind() != Kind::Whole {
            self.at.wrong_type(node, &name, "a whole number");
            return None;
        }
        let number = scalar.text.parse().ok().filter(|n| bounds.contains(n));
        if number.is_none() {
            let (least, most) = (bounds.start(), bounds.end());
            let given = clip(&scalar.text);
            let message = format!("{name} is {given}; it must be between {least} and {most}");
            self.error(node.span, "out-of-range", message, "");
        }
        number.map(|value| Spanned {
            value,
            span: node.span,
        })
    }

    /// A whole number within bounds that may be left out.
    pub fn optional_int(
        &mut self,
        key: &'static str,
        bounds: RangeInclusive<u32>,
    ) -> Option<Spanned<u32>> {
        let node = self.optional(key)?;
        self.read_int(key, node, bounds)
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
        self.word(key, &text, words)
    }

    /// Any of a few words, none twice, in a list that may be left out. `what` is what each of them is.
    pub fn optional_choices<T: Clone>(
        &mut self,
        key: &'static str,
        what: &'static str,
        words: &[(&str, T)],
    ) -> Vec<T> {
        let mut seen: Vec<String> = Vec::new();
        let mut chosen = Vec::new();
        for text in self.optional_texts(key) {
            if seen.contains(&text.value) {
                self.twice(&text);
                continue;
            }
            chosen.extend(self.word(what, &text, words));
            seen.push(text.value);
        }
        chosen
    }

    fn word<T: Clone>(&self, what: &str, text: &Spanned<String>, words: &[(&str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == text.value);
        if found.is_none() {
            let known = words.iter().map(|(word, _)| *word);
            let message = format!("`{}` is not a {what}", clip(&text.value));
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
        self.at.map_called(&format!("`{key}`"), node, what, read)
    }

    /// A map below a key that may be left out.
    pub fn optional_one<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        read: impl FnOnce(&mut Fields<'a>) -> T,
    ) -> Option<T> {
        let node = self.optional(key)?;
        self.at.map_called(&format!("`{key}`"), node, what, read)
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

    /// A list of maps that may be left out.
    pub fn optional_list<T>(
        &mut self,
        key: &'static str,
        what: &'static str,
        mut read: impl FnMut(&mut Fields<'a>) -> T,
    ) -> Vec<T> {
        let Some(node) = self.optional(key) else {
            return Vec::new();
        };
        let at = self.at;
        let items = at.items(node, &format!("`{key}`"), &format!("{what}s"));
        items
            .iter()
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
                self.twice(&id);
            } else {
                ids.push(id);
            }
        }
        ids
    }

    /// Reports something that a list already holds.
    pub fn twice(&self, item: &Spanned<String>) {
        self.error(
            item.span,
            "listed-twice",
            format!("`{}` is already in this list", clip(&item.value)),
            "delete one of the two",
        );
    }

    pub(crate) fn report_unknown(&self) {
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
            let help = match near {
                Some(_) => String::new(),
                None => format!("its fields are {}", self.asked.join(", ")),
            };
            self.at
                .error(entry.key_span, "unknown-field", message)
                .help(help)
                .suggest(near)
                .tell(self.at);
        }
    }
}
