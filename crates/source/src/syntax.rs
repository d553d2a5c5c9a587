//! What the YAML parser stumbled over, in words for people who write such files. Mistakes that authors really make
//! have their own sentence; the rest keep the parser's.

use granit_parser::ErrorKind;

use crate::{Diagnostic, Span};

pub(crate) fn explain(
    file: &str,
    text: &str,
    start: usize,
    kind: &ErrorKind,
    depth: usize,
) -> Diagnostic {
    use ErrorKind as K;
    let (code, message, help) = match kind {
        K::RecursionLimitExceeded => (
            "too-deep",
            format!("lists and maps are nested more than {depth} deep here"),
            "nothing needs that; look for a bracket that is repeated or never closed",
        ),
        K::MappingValueNotAllowed => (
            "yaml-syntax",
            "a `:` cannot stand here".to_owned(),
            "put a text that holds “: ” in quotes or below a `>-`; else check the indentation and the line before",
        ),
        K::InvalidColonPlacement => (
            "yaml-syntax",
            "a `:` cannot stand here".to_owned(),
            "look for a bracket or quote above that is never closed",
        ),
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabInPlainScalar
        | K::TabAtBlockScalarStart => (
            "yaml-syntax",
            "a tab stands where YAML wants spaces".to_owned(),
            "indent with spaces only",
        ),
        K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar => (
            "yaml-syntax",
            "a quoted text starts here and never ends".to_owned(),
            "close the quote; an apostrophe inside '…' is written twice",
        ),
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => (
            "yaml-syntax",
            "something follows the closing quote".to_owned(),
            "quote the whole text, or write it below a `>-`",
        ),
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidUnicodeEscape => (
            "yaml-syntax",
            "this text has a backslash that YAML does not know".to_owned(),
            "write \\\\ for a backslash, or use '…' quotes",
        ),
        K::UnclosedFlowCollection { open } => (
            "yaml-syntax",
            format!("this `{open}` is never closed"),
            "close it, or write the list as `- item` lines",
        ),
        K::MismatchedFlowCollectionEnd { open, close } => (
            "yaml-syntax",
            format!("`{open}` is closed by `{close}`"),
            "make the two brackets match",
        ),
        K::MisplacedFlowCollectionEnd => (
            "yaml-syntax",
            "this bracket closes nothing".to_owned(),
            "delete it, or put the text in quotes",
        ),
        K::ExpectedFlowSequenceSeparator | K::ExpectedFlowMappingSeparator => (
            "yaml-syntax",
            "a comma or the closing bracket is missing before this".to_owned(),
            "texts with commas or brackets inside […] and {…} need quotes",
        ),
        K::ExpectedBlockMappingKey
        | K::ExpectedBlockSequenceEntry
        | K::SimpleKeyExpected
        | K::InvalidIndentation => (
            "yaml-syntax",
            "this line does not belong to what stands above it".to_owned(),
            "check the indentation, the `-` of lists and the `:` after keys",
        ),
        K::BlockSequenceEntryNotAllowed | K::BlockEntryInFlowCollection => (
            "yaml-syntax",
            "a list item cannot start here".to_owned(),
            "put `-` on a line of its own, or quote the text",
        ),
        K::UnexpectedCharacter { character } => (
            "yaml-syntax",
            format!("a text cannot start with `{}`", character.escape_debug()),
            "put the text in quotes",
        ),
        K::DirectiveDisallowed => (
            "yaml-syntax",
            "lines that start with `%` are not read".to_owned(),
            "delete the line",
        ),
        K::InvalidBlockScalarHeader | K::InvalidBlockScalarIndent | K::ZeroBlockScalarIndent => (
            "yaml-syntax",
            "this text block is not indented as a block".to_owned(),
            "start the text on the line after `>-` or `|`, and indent all its lines alike",
        ),
        K::BomInsideDocument => (
            "yaml-syntax",
            "a byte-order mark stands inside the file".to_owned(),
            "delete the hidden character",
        ),
        other => (
            "yaml-syntax",
            format!("this is not YAML: {other}"),
            "check the indentation, quotes and brackets",
        ),
    };
    let span = match kind {
        // The parser stops behind the tab.
        K::TabNotAllowed | K::TabInBlockIndentation | K::TabInIndentation => {
            tab_before(text, start)
        }
        K::RecursionLimitExceeded => word_at(text, start, 1),
        _ => word_at(text, start, 40),
    };
    Diagnostic::error(file, span, code, message).help(help)
}

/// The rest of the word at a point, which is easier to see than the point.
fn word_at(text: &str, start: usize, most: usize) -> Span {
    let rest = text.get(start..).unwrap_or("");
    let word = rest.chars().take_while(|c| !c.is_whitespace()).take(most);
    Span::new(start, start + word.map(char::len_utf8).sum::<usize>())
}

fn tab_before(text: &str, start: usize) -> Span {
    let head = text
        .get(..start.saturating_add(1).min(text.len()))
        .unwrap_or("");
    let line = head.rfind('\n').map_or(0, |at| at + 1);
    match head.rfind('\t').filter(|&at| at >= line) {
        Some(at) => Span::new(at, at + 1),
        None => word_at(text, start, 40),
    }
}
