//! Tokens, before anything recurses: what is too long, too deep or unreadable is told here, so that the parser and the
//! checker never see it.

use std::ops::Range;

use cel::parser::pratt_parser::{Lexer, TokenKind};

use super::{Mistake, NESTING_MAX, TEXT_MAX};

#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub start: usize,
    pub end: usize,
    /// For a bracket, the place of its partner in the list.
    pub partner: Option<usize>,
}

impl Token {
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

pub(super) fn scan(text: &str) -> Result<Vec<Token>, Vec<Mistake>> {
    if text.len() > TEXT_MAX {
        let end = text.floor_char_boundary(TEXT_MAX);
        let message = format!(
            "the expression has {} bytes; at most {TEXT_MAX} are read",
            text.len()
        );
        return Err(vec![
            Mistake::new(0..end, "too-long", message).help("Say it with fewer words."),
        ]);
    }
    if let Some((at, wrong)) = text
        .char_indices()
        .find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    {
        let message = format!(
            "a control character (U+{:04X}) stands here",
            u32::from(wrong)
        );
        return Err(vec![Mistake::new(
            at..at + wrong.len_utf8(),
            "unreadable",
            message,
        )]);
    }
    let mut tokens = tokens(text)?;
    if tokens.is_empty() {
        let message = "the expression is empty";
        return Err(vec![Mistake::new(0..text.len(), "empty", message)]);
    }
    pair(text, &mut tokens)?;
    depth(&tokens)?;
    Ok(tokens)
}

fn tokens(text: &str) -> Result<Vec<Token>, Vec<Mistake>> {
    let mut lexer = Lexer::new(text);
    let mut tokens = Vec::new();
    let mut mistakes = Vec::new();
    loop {
        let token = lexer.lex();
        // The lexer goes by bytes; a place inside of a character is moved to its borders.
        let start = text.floor_char_boundary(token.start);
        let end = text.ceil_char_boundary(token.end);
        match token.kind {
            TokenKind::TokEnd => break,
            TokenKind::TokWhitespace | TokenKind::TokComment => {}
            TokenKind::TokError => {
                let wrong = lexer
                    .get_error()
                    .map(|error| error.message.clone())
                    .unwrap_or_default();
                // One for a character of several bytes.
                if mistakes
                    .last()
                    .is_none_or(|last: &Mistake| last.end <= start)
                {
                    mistakes.push(unreadable(text, start..end, &wrong));
                }
            }
            kind => tokens.push(Token {
                kind,
                start,
                end,
                partner: None,
            }),
        }
        if mistakes.len() > 9 {
            break;
        }
    }
    if mistakes.is_empty() {
        Ok(tokens)
    } else {
        Err(mistakes)
    }
}

fn unreadable(text: &str, at: Range<usize>, wrong: &str) -> Mistake {
    let found = &text[at.clone()];
    match found {
        "&" => Mistake::new(at, "syntax", "`&` is not an operator").help("Write `&&` for *and*."),
        "|" => Mistake::new(at, "syntax", "`|` is not an operator").help("Write `||` for *or*."),
        "‘" | "’" | "“" | "”" | "„" => Mistake::new(
            at,
            "unreadable",
            format!("`{found}` is a printer's quotation mark"),
        )
        .help("Texts stand in straight ones: 'captured'."),
        "≤" | "≥" | "≠" => {
            Mistake::new(at, "unreadable", format!("`{found}` is not an operator"))
                .help("Write `<=`, `>=` or `!=`.")
        }
        _ if wrong.starts_with("unterminated") => {
            Mistake::new(at, "syntax", "this text has no end")
                .help("Its closing quotation mark is missing.")
        }
        _ if wrong == "unexpected character" => Mistake::new(
            at,
            "unreadable",
            format!("`{found}` cannot stand in an expression"),
        )
        .help("Other letters and signs may stand in texts only: 'like this'."),
        _ => Mistake::new(
            at,
            "syntax",
            format!("this number or text cannot be read: {wrong}"),
        ),
    }
}

/// Finds the partner of each bracket.
fn pair(text: &str, tokens: &mut [Token]) -> Result<(), Vec<Mistake>> {
    let mut open: Vec<usize> = Vec::new();
    let mut mistakes = Vec::new();
    for at in 0..tokens.len() {
        let closes = match tokens[at].kind {
            TokenKind::TokLeftParen | TokenKind::TokLeftBracket | TokenKind::TokLeftBrace => {
                open.push(at);
                continue;
            }
            TokenKind::TokRightParen => TokenKind::TokLeftParen,
            TokenKind::TokRightBracket => TokenKind::TokLeftBracket,
            TokenKind::TokRightBrace => TokenKind::TokLeftBrace,
            _ => continue,
        };
        let found = &text[tokens[at].range()];
        match open.pop() {
            None => mistakes.push(Mistake::new(
                tokens[at].range(),
                "brackets",
                format!("`{found}` closes nothing"),
            )),
            Some(opened) if tokens[opened].kind != closes => {
                let wanted = closing(tokens[opened].kind);
                let message =
                    format!("`{found}` stands here, and `{wanted}` would close what was opened");
                return Err(vec![Mistake::new(tokens[at].range(), "brackets", message)]);
            }
            Some(opened) => {
                tokens[opened].partner = Some(at);
                tokens[at].partner = Some(opened);
            }
        }
    }
    for opened in open {
        let token = tokens[opened];
        let message = format!("`{}` is opened and not closed", &text[token.range()]);
        let help = format!("`{}` is missing.", closing(token.kind));
        mistakes.push(Mistake::new(token.range(), "brackets", message).help(help));
    }
    mistakes.truncate(9);
    mistakes.sort_by_key(|mistake| mistake.start);
    if mistakes.is_empty() {
        Ok(())
    } else {
        Err(mistakes)
    }
}

fn closing(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::TokLeftParen => ")",
        TokenKind::TokLeftBracket => "]",
        _ => "}",
    }
}

/// What one bracket has seen so far.
#[derive(Default, Clone, Copy)]
struct Level {
    /// `?` since the last comma: each nests to the right.
    choices: usize,
    /// Operators since the last comma, `&&`, `||`, `?`, `:`: each nests to the left. (The parser balances `&&` and `||`.)
    chain: usize,
    /// `.`, `[…]`, `{…}` and `!` since the last operator.
    around: usize,
}

/// Bounds how deep a tree these tokens can become.
fn depth(tokens: &[Token]) -> Result<(), Vec<Mistake>> {
    let mut levels = vec![Level::default()];
    for token in tokens {
        let level = levels.last_mut().expect("the outermost never leaves");
        match token.kind {
            TokenKind::TokLeftParen | TokenKind::TokLeftBracket | TokenKind::TokLeftBrace => {
                levels.push(Level::default());
            }
            TokenKind::TokRightParen | TokenKind::TokRightBracket | TokenKind::TokRightBrace => {
                if levels.len() > 1 {
                    levels.pop();
                }
                if let (Some(level), TokenKind::TokRightBracket | TokenKind::TokRightBrace) =
                    (levels.last_mut(), token.kind)
                {
                    level.around += 1;
                }
            }
            TokenKind::TokDot | TokenKind::TokExclamation => level.around += 1,
            TokenKind::TokComma => *level = Level::default(),
            TokenKind::TokQuestion => {
                *level = Level {
                    choices: level.choices + 1,
                    ..Level::default()
                }
            }
            TokenKind::TokColon | TokenKind::TokLogicalAnd | TokenKind::TokLogicalOr => {
                *level = Level {
                    choices: level.choices,
                    ..Level::default()
                };
            }
            TokenKind::TokMinus => {
                level.chain += 1;
                level.around = 0;
            }
            kind if is_operator(kind) => {
                level.chain += 1;
                level.around = 0;
            }
            _ => {}
        }
        let depth: usize = levels
            .iter()
            .map(|level| 1 + level.choices + level.chain + level.around)
            .sum();
        if depth > NESTING_MAX {
            let message = format!("the expression nests deeper than {NESTING_MAX}");
            let help = "Brackets, choices and long chains of operators count. Split it, or say it more simply.";
            return Err(vec![
                Mistake::new(token.range(), "too-deep", message).help(help),
            ]);
        }
    }
    Ok(())
}

fn is_operator(kind: TokenKind) -> bool {
    use TokenKind::*;
    matches!(
        kind,
        TokPlus
            | TokAsterisk
            | TokSlash
            | TokPercent
            | TokEqual
            | TokEqualEqual
            | TokExclamationEqual
            | TokLess
            | TokLessEqual
            | TokGreater
            | TokGreaterEqual
            | TokIn
    )
}
