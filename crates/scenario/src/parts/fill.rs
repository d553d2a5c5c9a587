//! A part's tree with its parameters filled in, and laid over what is there already.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_source::{Entry, Node, Scalar, Span, Value, clip, nearest};

use super::{BYTES_MOST, Building, NODES_MOST};

impl Building<'_, '_> {
    /// The node with its parameters filled in. Nothing when that grows beyond all bounds. Recursion is as deep as YAML
    /// may nest (`Limits::depth`).
    pub(super) fn fill(&mut self, node: Node, params: &BTreeMap<String, Node>) -> Option<Node> {
        self.nodes += 1;
        if self.nodes > NODES_MOST || self.bytes > BYTES_MOST {
            // Told once: whoever comes later finds the sum already beyond.
            if self.nodes < usize::MAX / 2 {
                self.nodes = usize::MAX / 2;
                self.error(
                    node.span,
                    "too-many-values",
                    "the parts make this scenario too large".into(),
                    "use fewer",
                );
            }
            return None;
        }
        let span = node.span;
        let value = match node.value {
            Value::Scalar(scalar) => {
                if let Some(name) = sole(&scalar.text)
                    && let Some(given) = params.get(name)
                {
                    let node = given.clone();
                    self.nodes += count(&node);
                    return Some(node);
                }
                let style = scalar.style;
                match self.text(&scalar.text, span, params) {
                    Some(text) => Value::Scalar(Scalar { text, style }),
                    None => Value::Unread,
                }
            }
            Value::Seq(items) => Value::Seq(
                items
                    .into_iter()
                    .map(|item| self.fill(item, params))
                    .collect::<Option<_>>()?,
            ),
            Value::Map(entries) => {
                let mut filled: Vec<Entry> = Vec::new();
                let mut keys = BTreeSet::new();
                for entry in entries {
                    let Some(key) = self.text(&entry.key, entry.key_span, params) else {
                        continue;
                    };
                    let value = self.fill(entry.value, params)?;
                    if keys.insert(key.clone()) {
                        filled.push(Entry {
                            key,
                            key_span: entry.key_span,
                            value,
                        });
                    } else {
                        let message = format!("`{}` is given twice", clip(&key));
                        self.error(
                            entry.key_span,
                            "duplicate-key",
                            message,
                            "keep one of the two",
                        );
                    }
                }
                Value::Map(filled)
            }
            Value::Unread => Value::Unread,
        };
        Some(Node { value, span })
    }

    /// A text with its parameters filled in; nothing when one of them cannot be, which has been told.
    fn text(&mut self, text: &str, span: Span, params: &BTreeMap<String, Node>) -> Option<String> {
        let mut out = String::new();
        let mut rest = text;
        let mut whole = true;
        while let Some((before, after)) = rest.split_once("${") {
            out += before;
            let Some((name, after)) = after.split_once('}') else {
                self.error(
                    span,
                    "bad-parameter",
                    "a `${` is never closed".into(),
                    "write `${name}`",
                );
                return None;
            };
            rest = after;
            match params.get(name).map(|node| &node.value) {
                Some(Value::Scalar(scalar)) => {
                    self.bytes += scalar.text.len();
                    if self.bytes <= BYTES_MOST {
                        out += &scalar.text;
                    }
                    continue;
                }
                Some(Value::Unread) => {}
                Some(_) => {
                    let message = format!(
                        "`{}` is a list or a group and stands inside of a text",
                        clip(name)
                    );
                    self.error(
                        span,
                        "bad-parameter",
                        message,
                        "let `${…}` stand alone, or give a single value",
                    );
                }
                None => {
                    let near = nearest(name, params.keys().map(String::as_str));
                    let message = format!("this part takes no `{}`", clip(name));
                    let unknown = self.at.error(span, "unknown-name", message);
                    self.at
                        .report
                        .add(unknown.help("name it below `takes`").suggest(near));
                }
            }
            whole = false;
        }
        whole.then(|| out + rest)
    }

    /// `over` laid over `base`: groups merge, everything else is replaced; between two parts that is a mistake.
    pub(super) fn merge(&self, base: Node, over: Node, parts: bool) -> Node {
        let (lower, upper) = match (base.value, over.value) {
            (Value::Map(lower), Value::Map(upper)) => (lower, upper),
            (lower, Value::Unread) => {
                return Node {
                    value: lower,
                    span: base.span,
                };
            }
            (lower, value) => {
                if parts && lower != Value::Unread && lower != value {
                    let first = self.at.report.mention(self.at.file, base.span);
                    let message = format!("another part has set this already, at {first}");
                    self.error(
                        over.span,
                        "defined-twice",
                        message,
                        "use one of the two parts, or say it in the scenario",
                    );
                }
                return Node {
                    value,
                    span: over.span,
                };
            }
        };
        let places: BTreeMap<String, usize> = lower
            .iter()
            .enumerate()
            .map(|(i, e)| (e.key.clone(), i))
            .collect();
        let mut entries: Vec<Entry> = lower;
        for entry in upper {
            match places.get(&entry.key).and_then(|&i| entries.get_mut(i)) {
                Some(there) => {
                    let old = std::mem::replace(
                        &mut there.value,
                        Node {
                            value: Value::Unread,
                            span: Span::default(),
                        },
                    );
                    there.value = self.merge(old, entry.value, parts);
                    if !parts {
                        there.key_span = entry.key_span;
                    }
                }
                None => entries.push(entry),
            }
        }
        Node {
            value: Value::Map(entries),
            span: over.span,
        }
    }
}

/// The parameter's name when a text is one `${…}` and nothing else.
fn sole(text: &str) -> Option<&str> {
    let name = text.trim().strip_prefix("${")?.strip_suffix('}')?;
    (!name.contains(['{', '}'])).then_some(name)
}

fn count(node: &Node) -> usize {
    1 + match &node.value {
        Value::Seq(items) => items.iter().map(count).sum(),
        Value::Map(entries) => entries.iter().map(|e| count(&e.value)).sum(),
        _ => 0,
    }
}

pub(crate) fn shift(node: Node, base: usize) -> Node {
    let moved = |span: Span| Span::new(span.start + base, span.end + base);
    let value = match node.value {
        Value::Seq(items) => Value::Seq(items.into_iter().map(|item| shift(item, base)).collect()),
        Value::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|e| Entry {
                    key: e.key,
                    key_span: moved(e.key_span),
                    value: shift(e.value, base),
                })
                .collect(),
        ),
        other => other,
    };
    Node {
        value,
        span: moved(node.span),
    }
}
