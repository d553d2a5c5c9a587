//! Text to tree, by the `cel` crate's parser; its errors in our words.

use std::ops::Range;
use std::sync::Arc;

use cel::common::ast::{IdedExpr, SourceInfo};
use cel::parser::{ParseError, PrattParser};

use super::places::Places;
use super::scan::Token;
use super::{Mistake, NESTING_MAX};

pub(super) struct Tree<'a> {
    pub root: IdedExpr,
    pub places: Places<'a>,
}

pub(super) fn parse<'a>(text: &'a str, tokens: &'a [Token]) -> Result<Tree<'a>, Vec<Mistake>> {
    match parser().parse(text) {
        Ok(root) => Ok(Tree {
            root,
            places: Places {
                text,
                tokens,
                info: offsets(text),
            },
        }),
        Err(errors) => {
            let mut mistakes: Vec<Mistake> = Vec::new();
            for error in &errors.errors {
                if !mistakes.is_empty() && error.msg.contains("expecting <EOF>") {
                    continue;
                }
                let mistake = mistake(text, tokens, error);
                // What follows from a mistake at its own place is no second one.
                if mistakes
                    .last()
                    .is_none_or(|last| last.end <= mistake.start && last.start < mistake.start)
                {
                    mistakes.push(mistake);
                }
            }
            Err(mistakes)
        }
    }
}

fn parser() -> PrattParser {
    PrattParser::new().max_recursion_depth(NESTING_MAX as u16 + 8)
}

/// The parser tells where its nodes stand only beside an error. It numbers nodes as it meets them, so the same text
/// with an error after its end gives the places of the same nodes.
fn offsets(text: &str) -> Option<Arc<SourceInfo>> {
    let errors = parser().parse(&format!("{text}\n)")).err()?;
    errors
        .errors
        .into_iter()
        .find_map(|error| error.source_info)
}

fn mistake(text: &str, tokens: &[Token], error: &ParseError) -> Mistake {
    let at = place(text, tokens, error);
    let found = text.get(at.clone()).unwrap_or_default();
    let message = error.msg.as_str();
    if message.starts_with("reserved identifier") {
        return Mistake::new(
            at,
            "syntax",
            format!("`{found}` is a reserved word of the language"),
        );
    }
    if message == "argument must be a simple name" {
        return Mistake::new(at, "syntax", "the first argument of a list macro is a name").help(
            "As in `charges.exists(c, c.amount > usd(5))`: the name stands for each element.",
        );
    }
    if message.starts_with("expected identifier") {
        return Mistake::new(at, "syntax", "a name is missing here");
    }
    if message.contains("':' in conditional") {
        return Mistake::new(at, "syntax", "`?` needs a `:`")
            .help("Write `condition ? this : that`.");
    }
    if message.contains("int literal") {
        return Mistake::new(
            at,
            "syntax",
            format!("`{found}` is too large for a whole number"),
        );
    }
    if message.contains("'<EOF>'") {
        return Mistake::new(
            at,
            "syntax",
            format!("something is missing after `{found}`"),
        );
    }
    let wrong = Mistake::new(at, "syntax", format!("`{found}` cannot stand here"));
    match found {
        "=" => wrong.help("Write `==` to compare."),
        "and" | "AND" => wrong.help("Write `&&` for *and*."),
        "or" | "OR" => wrong.help("Write `||` for *or*."),
        "is" => wrong.help("Write `==` to compare."),
        _ if message.contains("expecting <EOF>") => {
            wrong.help("An operator is missing before it, or it is too much.")
        }
        _ => wrong,
    }
}

fn place(text: &str, tokens: &[Token], error: &ParseError) -> Range<usize> {
    let offset = error
        .source_info
        .as_ref()
        .and_then(|info| info.offset_for(error.expr_id));
    let start = match offset {
        Some((start, _)) => text.floor_char_boundary(start as usize),
        None => offset_of(text, error.pos),
    };
    match tokens
        .iter()
        .find(|token| token.start <= start && start < token.end)
    {
        Some(token) => token.range(),
        // At the end, the last token is what nothing follows.
        None => tokens.last().map_or(0..text.len(), |last| last.range()),
    }
}

/// Line and column, from 1, in bytes.
fn offset_of(text: &str, (line, column): (isize, isize)) -> usize {
    let (line, column) = (
        usize::try_from(line).unwrap_or(0),
        usize::try_from(column).unwrap_or(0),
    );
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    text.floor_char_boundary((before + column.saturating_sub(1)).min(text.len()))
}
