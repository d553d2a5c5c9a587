//! Where a part of a scalar's text stands in the file: quotes, escapes and joined lines are walked along. Nowhere when
//! the two cannot be brought together, as where a part's parameter was filled in.

/// Where `start..end` of a scalar's text stands in the source that it was read from.
pub(super) fn walk(source: &str, text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let quote = source.chars().next().filter(|c| matches!(c, '"' | '\''));
    let mut from = None;
    let mut to = None;
    let mut at = usize::from(quote.is_some());
    if source.starts_with(['>', '|']) {
        at = source.find('\n')? + 1;
    }
    let mut done = 0;
    for wanted in text.chars() {
        let rest = source.get(at..)?;
        let c = rest.chars().next()?;
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        // Blanks that were joined or dropped stand before what is wanted.
        let skipped = if blank(c) && !blank(wanted) {
            rest.len() - rest.trim_start().len()
        } else {
            0
        };
        at += skipped;
        let rest = source.get(at..)?;
        let c = rest.chars().next()?;
        if done >= start && from.is_none() {
            from = Some(at);
        }
        if done >= end && to.is_none() {
            to = Some(at);
        }
        at += match (quote, c) {
            (Some('\''), '\'') if wanted == '\'' && rest.starts_with("''") => 2,
            (Some('"'), '\\') => 1 + rest.chars().nth(1)?.len_utf8(),
            _ if c == wanted || (blank(c) && blank(wanted)) => c.len_utf8(),
            _ => return None,
        };
        if blank(c) && wanted == ' ' && c != ' ' {
            let rest = source.get(at..)?;
            at += rest.len() - rest.trim_start().len();
        }
        done += wanted.len_utf8();
    }
    Some((from.unwrap_or(at), to.unwrap_or(at)))
}

#[cfg(test)]
mod tests {
    use super::walk;

    #[test]
    fn places_inside_of_scalars() {
        assert_eq!(walk("a + b", "a + b", 4, 5), Some((4, 5)));
        assert_eq!(walk("\"a + b\"", "a + b", 4, 5), Some((5, 6)));
        assert_eq!(
            walk("'x == ''y'' + b'", "x == 'y' + b", 11, 12),
            Some((14, 15))
        );
        assert_eq!(
            walk("\"x == \\\"y\\\" + b\"", "x == \"y\" + b", 11, 12),
            Some((14, 15))
        );
        assert_eq!(walk("a\n   + b", "a + b", 4, 5), Some((7, 8)));
        assert_eq!(walk(">-\n  a\n  + b", "a + b", 4, 5), Some((11, 12)));
        assert_eq!(walk("${x} + b", "long + b", 7, 8), None);
    }
}
