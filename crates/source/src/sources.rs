//! The texts that are read, handed over by the caller as paths and bytes, and the places in them. Text that
//! cannot be read as text (too long, not UTF-8, control characters) is a diagnostic, told when first asked for.

use std::collections::BTreeMap;

use crate::{Diagnostic, Report, Span};

/// How much is read before it is called a mistake.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes in one file.
    pub bytes: usize,
    /// Lists and maps within each other.
    pub depth: usize,
    /// Texts, lists and maps in one file.
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes: 1 << 20,
            depth: 64,
            nodes: 50_000,
        }
    }
}

/// Texts by path. Paths use `/`.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: BTreeMap<String, Source>,
    limits: Limits,
}

/// One text with its lines.
#[derive(Debug, Clone)]
pub struct Source {
    text: String,
    /// Byte at which each line starts.
    lines: Vec<usize>,
    trouble: Option<Trouble>,
}

#[derive(Debug, Clone, Copy)]
enum Trouble {
    TooLong { bytes: usize },
    Utf16,
    NotUtf8 { at: usize },
    Control { at: usize, character: char },
}

impl Sources {
    pub fn new(files: &BTreeMap<String, Vec<u8>>) -> Sources {
        Sources::with_limits(files, Limits::default())
    }

    pub fn with_limits(files: &BTreeMap<String, Vec<u8>>, limits: Limits) -> Sources {
        let read =
            |(path, bytes): (&String, &Vec<u8>)| (path.clone(), Source::new(bytes, limits.bytes));
        Sources {
            files: files.iter().map(read).collect(),
            limits,
        }
    }

    pub fn limits(&self) -> Limits {
        self.limits
    }

    pub fn get(&self, path: &str) -> Option<&Source> {
        self.files.get(path)
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The text of a file that is known to exist; what keeps it from being text is reported.
    pub fn text<'s>(&'s self, path: &str, report: &Report<'_>) -> Option<&'s str> {
        let source = self.files.get(path)?;
        let Some(trouble) = source.trouble else {
            return Some(&source.text);
        };
        report.add(source.explain(path, trouble, self.limits.bytes));
        None
    }
}

impl Source {
    fn new(bytes: &[u8], limit: usize) -> Source {
        if bytes.len() > limit {
            // The text is dropped: nothing in it will be shown, and it may be of any size.
            return Source {
                text: String::new(),
                lines: vec![0],
                trouble: Some(Trouble::TooLong { bytes: bytes.len() }),
            };
        }
        let (text, mut trouble) = match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), None),
            // Up to the first bad byte the replaced text equals the file, so that place can be shown.
            Err(error) => {
                let text = String::from_utf8_lossy(bytes).into_owned();
                (
                    text,
                    Some(Trouble::NotUtf8 {
                        at: error.valid_up_to(),
                    }),
                )
            }
        };
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            trouble = Some(Trouble::Utf16);
        }
        if trouble.is_none()
            && let Some((at, character)) = text.char_indices().find(|&(_, c)| is_control(c))
        {
            trouble = Some(Trouble::Control { at, character });
        }
        let lines = line_starts(&text);
        Source {
            text,
            lines,
            trouble,
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte, both from 1; columns count characters, a byte-order mark is none.
    pub fn place(&self, byte: usize) -> (u32, u32) {
        let byte = floor_boundary(&self.text, byte);
        let line = self.line_of(byte);
        let before = self.text.get(self.line(line).start..byte).unwrap_or("");
        let column = before.chars().filter(|&c| c != '\u{feff}').count() + 1;
        (line, clamp(column))
    }

    /// The line of a byte, from 1; cheaper than `place` where lines are long.
    pub fn line_of(&self, byte: usize) -> u32 {
        clamp(self.lines.partition_point(|&start| start <= byte).max(1))
    }

    /// The bytes of a line, counted from 1, without its line break.
    pub fn line(&self, line: u32) -> Span {
        let index = (line as usize).saturating_sub(1);
        let start = self.lines.get(index).copied().unwrap_or(self.text.len());
        let end = self
            .lines
            .get(index + 1)
            .copied()
            .unwrap_or(self.text.len());
        let text = self
            .text
            .get(start..end)
            .unwrap_or("")
            .trim_end_matches(['\n', '\r']);
        Span::new(start, start + text.len())
    }

    /// The span, moved onto character boundaries within the text.
    pub fn fit(&self, span: Span) -> Span {
        let start = floor_boundary(&self.text, span.start);
        Span::new(start, floor_boundary(&self.text, span.end))
    }

    fn explain(&self, path: &str, trouble: Trouble, limit: usize) -> Diagnostic {
        let character_at = |at: usize| {
            let length = self
                .text
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
            Span::new(at, at + length)
        };
        let error = |span, code, message: String| Diagnostic::error(path, span, code, message);
        match trouble {
            Trouble::TooLong { bytes } => error(
                Span::default(),
                "file-too-long",
                format!("this file has {bytes} bytes; at most {limit} are read"),
            )
            .help("split it, or leave out what does not belong here"),
            Trouble::Utf16 => error(
                Span::default(),
                "not-utf-8",
                "this file is UTF-16, not UTF-8".into(),
            )
            .help("save it again with the encoding UTF-8"),
            Trouble::NotUtf8 { at } => error(
                character_at(at),
                "not-utf-8",
                "this is not UTF-8 text from here on".into(),
            )
            .help("save the file with the encoding UTF-8; pictures and archives cannot be read"),
            Trouble::Control { at, character } => {
                let message = format!(
                    "the control character U+{:04X} cannot stand in a text",
                    character as u32
                );
                error(character_at(at), "control-character", message)
                    .help("delete it; editors often hide it")
            }
        }
    }
}

/// Characters that no text needs and that would garble a terminal or a page.
pub(crate) fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}'))
        || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// YAML breaks lines at `\n`, `\r\n` and a lone `\r`.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let breaks = bytes
        .iter()
        .enumerate()
        .filter(|&(i, &b)| b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')));
    std::iter::once(0)
        .chain(breaks.map(|(i, _)| i + 1))
        .collect()
}

fn floor_boundary(text: &str, byte: usize) -> usize {
    text.floor_char_boundary(byte.min(text.len()))
}

fn clamp(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
