//! YAML events become a tree with places. The stack is a list, never the call stack, and grows no deeper than
//! the limit; anchors, aliases and tags are refused, so that a file means what it shows and nothing multiplies.
//!
//! A file with a syntax mistake yields that one mistake and no tree: what follows it would be guessed.

use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle as Written, options};

use crate::at::{Tell, clip};
use crate::{At, Entry, Node, Scalar, ScalarStyle, Span, Value, sources::is_control, syntax};

/// Reads a file of `sources` into a tree. None when there is none to read; why has then been reported, except
/// that a path unknown to the sources is the caller's to report.
pub fn read_yaml(at: At<'_>) -> Option<Node> {
    let sources = at.report.sources();
    let text = sources.text(at.file, at.report)?;
    let limits = sources.limits();
    let rules = options! {
        disallow_directives: true,
        emit_comments: false,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: limits.depth,
        block_nesting_limit: limits.depth
    };
    let mut tree = Tree {
        at,
        text,
        open: Vec::new(),
        root: None,
        nodes: 0,
        documents: 0,
    };
    for next in Parser::new_from_str_with_options(text, rules) {
        match next {
            Ok((event, span)) => {
                tree.refuse_tag(span.tag_span());
                if !tree.take(event, bytes(span)) {
                    return None;
                }
            }
            Err(error) => {
                let start = error.marker().byte_offset().unwrap_or(0);
                at.report.add(syntax::explain(
                    at.file,
                    text,
                    start,
                    error.kind(),
                    limits.depth,
                ));
                return None;
            }
        }
        if tree.nodes > limits.nodes {
            let message = format!("this file holds more than {} values", limits.nodes);
            at.error(tree.last(), "too-many-values", message)
                .help("split the file")
                .tell(at);
            return None;
        }
    }
    if tree.root.is_none() {
        at.error(
            Span::default(),
            "empty-file",
            "there is nothing in this file",
        )
        .help("write its fields as `key: value` lines; comments alone do not count")
        .tell(at);
    }
    tree.root
}

fn bytes(span: granit_parser::Span) -> Span {
    span.byte_range()
        .map_or(Span::default(), |r| Span::new(r.start, r.end))
}

struct Tree<'a> {
    at: At<'a>,
    text: &'a str,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    documents: usize,
}

/// A list or map whose end has not come yet.
enum Open {
    Seq {
        start: usize,
        items: Vec<Node>,
    },
    Map {
        start: usize,
        entries: Vec<Entry>,
        keys: BTreeMap<String, Span>,
        key: Option<Key>,
    },
}

/// A key waiting for its value; without text when it could not be read, so that its value is passed over.
struct Key {
    text: Option<String>,
    span: Span,
}

impl Tree<'_> {
    /// Takes in one event; false when reading cannot go on.
    fn take(&mut self, event: Event<'_>, span: Span) -> bool {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.at
                        .error(
                            span,
                            "several-documents",
                            "a second document starts here; a file holds one",
                        )
                        .help("delete the `---`, or move what follows to a file of its own")
                        .tell(self.at);
                    return false;
                }
            }
            Event::Scalar(text, style, ..) => {
                let node = self.scalar(text.into_owned(), style, span);
                self.place(node);
            }
            Event::SequenceStart(..) => {
                self.open.push(Open::Seq {
                    start: span.start,
                    items: Vec::new(),
                });
            }
            Event::MappingStart(..) => {
                let start = span.start;
                self.open.push(Open::Map {
                    start,
                    entries: Vec::new(),
                    keys: BTreeMap::new(),
                    key: None,
                });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Anchor(_, name) => self.refuse_link(span, &format!("&{name}")),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                let name = self
                    .text
                    .get(span.start..span.end)
                    .unwrap_or("*")
                    .to_owned();
                self.refuse_link(span, &name);
                self.place(Node {
                    value: Value::Unread,
                    span,
                });
            }
            _ => {}
        }
        true
    }

    fn scalar(&mut self, text: String, written: Written, span: Span) -> Node {
        let style = match written {
            Written::Plain => ScalarStyle::Plain,
            Written::Literal => ScalarStyle::Literal,
            Written::Folded => ScalarStyle::Folded,
            _ => ScalarStyle::Quoted,
        };
        // The parser ends a block's span where the next token starts.
        let inside = self.text.get(span.start..span.end).unwrap_or("");
        let span = Span::new(span.start, span.start + inside.trim_end().len());
        if let Some(character) = text.chars().find(|&c| is_control(c)) {
            let message = format!(
                "the control character U+{:04X} cannot stand in a text",
                character as u32
            );
            self.at
                .error(span, "control-character", message)
                .help("delete the escape")
                .tell(self.at);
            return Node {
                value: Value::Unread,
                span,
            };
        }
        // A key without a value arrives as a plain `~` that takes no room.
        let text = if span.is_empty() { String::new() } else { text };
        Node {
            value: Value::Scalar(Scalar { text, style }),
            span,
        }
    }

    fn close(&mut self, end: Span) {
        let (value, start, last) = match self.open.pop() {
            Some(Open::Seq { start, items }) => {
                let last = items.last().map_or(start, |node| node.span.end);
                (Value::Seq(items), start, last)
            }
            Some(Open::Map { start, entries, .. }) => {
                let last = entries
                    .last()
                    .map_or(start, |e| e.value.span.end.max(e.key_span.end));
                (Value::Map(entries), start, last)
            }
            None => return,
        };
        // Brackets end with their own character; blocks end with the last thing in them.
        let end = if end.is_empty() { last } else { end.end };
        self.place(Node {
            value,
            span: Span::new(start, end),
        });
    }

    /// Puts a finished node where it belongs: the list, the key or the value that is open.
    fn place(&mut self, node: Node) {
        self.nodes += 1;
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Seq { items, .. }) => items.push(node),
            Some(Open::Map {
                entries, keys, key, ..
            }) => match key.take() {
                None => *key = Some(read_key(self.at, keys, node)),
                Some(Key {
                    text: Some(text),
                    span,
                }) => {
                    entries.push(Entry {
                        key: text,
                        key_span: span,
                        value: node,
                    });
                }
                Some(Key { text: None, .. }) => {}
            },
        }
    }

    fn refuse_tag(&self, tag: Option<granit_parser::Span>) {
        if let Some(span) = tag {
            self.at
                .error(
                    bytes(span),
                    "tag-refused",
                    "tags such as `!name` are not read",
                )
                .help("delete the tag; every field knows its type")
                .tell(self.at);
        }
    }

    fn refuse_link(&self, span: Span, name: &str) {
        let message = format!(
            "anchors and aliases are not read, and this is one: `{}`",
            clip(name)
        );
        self.at
            .error(span, "alias-refused", message)
            .help("write the value out; a text that starts with & or * needs quotes")
            .tell(self.at);
    }

    /// Where reading has come to.
    fn last(&self) -> Span {
        match self.open.last() {
            Some(Open::Seq { items, .. }) => items.last().map_or(Span::default(), |n| n.span),
            Some(Open::Map { entries, .. }) => {
                entries.last().map_or(Span::default(), |e| e.key_span)
            }
            None => Span::default(),
        }
    }
}

fn read_key(at: At<'_>, keys: &mut BTreeMap<String, Span>, node: Node) -> Key {
    let span = node.span;
    let Value::Scalar(Scalar { text, .. }) = node.value else {
        if node.value != Value::Unread {
            at.error(
                span,
                "key-not-text",
                "a key must be a word, not a list or a map",
            )
            .tell(at);
        }
        return Key { text: None, span };
    };
    if text.is_empty() {
        at.error(span, "key-not-text", "there is no key before this `:`")
            .tell(at);
        return Key { text: None, span };
    }
    if let Some(first) = keys.get(&text) {
        let line = at
            .report
            .sources()
            .get(at.file)
            .map_or(1, |source| source.line_of(first.start));
        let message = format!(
            "`{}` is given twice; the first is on line {line}",
            clip(&text)
        );
        at.error(span, "duplicate-key", message)
            .help("keep one of the two")
            .tell(at);
        return Key { text: None, span };
    }
    keys.insert(text.clone(), span);
    Key {
        text: Some(text),
        span,
    }
}
