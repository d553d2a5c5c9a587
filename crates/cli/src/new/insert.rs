//! One more item for a list of a YAML file that somebody writes by hand: everything else stays as it is, comments included.

use std::collections::BTreeMap;

use seatrial_source::{At, Node, Report, Sources, Value, read_yaml};

/// A file's text, and what goes into it at which byte.
pub struct Editing {
    text: String,
    tree: Node,
    added: BTreeMap<usize, String>,
}

impl Editing {
    /// None when it is no YAML.
    pub fn new(text: &str) -> Option<Editing> {
        let files = BTreeMap::from([("it".to_owned(), text.as_bytes().to_vec())]);
        let sources = Sources::new(&files);
        let report = Report::new(&sources);
        let tree = read_yaml(At::new(&report, "it"))?;
        Some(Editing { text: text.to_owned(), tree, added: BTreeMap::new() })
    }

    pub fn tree(&self) -> &Node {
        &self.tree
    }

    /// Puts a plain word at the end of the list below `key`, or makes that list in front of the key `before`.
    pub fn word(&mut self, key: &str, before: &str, word: &str) -> Option<()> {
        match self.tree.get(key).cloned() {
            Some(list) => self.append(&list, &[word.to_owned()]),
            None => {
                let Value::Map(entries) = &self.tree.value else { return None };
                let at = entries.iter().find(|entry| entry.key == before)?.key_span.start;
                self.put(at, format!("{key}: [{word}]\n"));
                Some(())
            }
        }
    }

    /// Puts an item, one line or several, at the end of a list that has one.
    pub fn append(&mut self, list: &Node, lines: &[String]) -> Option<()> {
        let Value::Seq(items) = &list.value else { return None };
        let (first, last) = (items.first()?, items.last()?);
        let before = self.text.get(..first.span.start)?;
        // What opens the list stands before its first item; a map in braces has its own.
        let lead = before.trim_end_matches([' ', '\n', '{', '"', '\'']);
        match lead.chars().next_back()? {
            '[' if lines.len() == 1 && !matches!(last.value, Value::Map(_) | Value::Seq(_)) => {
                self.put(last.span.end, format!(", {}", lines.first()?));
                Some(())
            }
            '-' => {
                let line = lead.rfind('\n').map_or(0, |at| at + 1);
                let indent = " ".repeat(self.text.get(line..lead.len() - 1)?.chars().count());
                let end = match self.text.get(last.span.end.saturating_sub(1)..last.span.end)? {
                    "\n" => last.span.end - 1,
                    _ => self.text.get(last.span.end..)?.find('\n').map_or(self.text.len(), |at| last.span.end + at),
                };
                let said = lines.iter().enumerate().map(|(at, line)| format!("\n{indent}{}{line}", if at == 0 { "- " } else { "  " }));
                self.put(end, said.collect());
                Some(())
            }
            _ => None,
        }
    }

    fn put(&mut self, at: usize, text: String) {
        self.added.entry(at).or_default().push_str(&text);
    }

    pub fn finish(mut self) -> String {
        for (at, text) in self.added.iter().rev() {
            self.text.insert_str(*at, text);
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn appended(text: &str, lines: &[&str]) -> String {
        let mut editing = Editing::new(text).unwrap();
        let list = editing.tree().get("list").unwrap().clone();
        editing.append(&list, &lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>()).expect("an edit");
        editing.finish()
    }

    #[test]
    fn a_list_in_brackets_gets_one_more_word() {
        assert_eq!(appended("list: [one, two]   # both\nend: 1\n", &["three"]), "list: [one, two, three]   # both\nend: 1\n");
        assert_eq!(appended("list: [\"one\"]\n", &["two"]), "list: [\"one\", two]\n");
    }

    #[test]
    fn a_list_of_lines_gets_one_more_item_at_the_same_indent() {
        assert_eq!(appended("list:\n  - one   # first\nend: 1\n", &["two"]), "list:\n  - one   # first\n  - two\nend: 1\n");
        assert_eq!(appended("list:\n- {a: 1}\n", &["{a: 2}"]), "list:\n- {a: 1}\n- {a: 2}\n");
        let two = appended("list:\n  - id: a\n    says: b\nend: 1\n", &["id: c", "says: d"]);
        assert_eq!(two, "list:\n  - id: a\n    says: b\n  - id: c\n    says: d\nend: 1\n");
        assert_eq!(appended("list:\n  - one", &["two"]), "list:\n  - one\n  - two");
    }

    #[test]
    fn a_text_of_several_lines_stays_whole() {
        let text = "list:\n  - id: a\n    says: >-\n      first\n      second\nend: 1\n";
        assert_eq!(appended(text, &["id: b"]), "list:\n  - id: a\n    says: >-\n      first\n      second\n  - id: b\nend: 1\n");
    }

    #[test]
    fn a_list_that_is_not_there_is_made() {
        let mut editing = Editing::new("areas: [a]\npacks: [b]\n").unwrap();
        editing.word("plans", "packs", "c").unwrap();
        editing.word("areas", "packs", "d").unwrap();
        assert_eq!(editing.finish(), "areas: [a, d]\nplans: [c]\npacks: [b]\n");
    }
}
