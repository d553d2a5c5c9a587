//! The document as GitHub-flavoured Markdown: tables where the text is a table, lists where it is a list.
//!
//! Text from a kit is escaped so that it reads as written: no markup, no HTML, no table cell comes out of it.

use crate::doc::{
    Block, Cover, Doc, Face, Heading, Inline, Margin, Mark, Rich, SignalRow, Table, Tone, flat,
    paragraphs,
};

pub fn render(doc: &Doc) -> String {
    let mut out = String::new();
    for block in &doc.blocks {
        self::block(doc, block, &mut out);
    }
    out.push_str(&format!("---\n\n{}\n", escape(&doc.stamp)));
    out
}

fn block(doc: &Doc, block: &Block, out: &mut String) {
    match block {
        Block::Cover(cover) => self::cover(cover, out),
        Block::Contents => contents(doc, out),
        Block::Break(_) => {}
        Block::Heading(heading) => self::heading(heading, out),
        Block::Text(tone, rich) => text(*tone, rich, out),
        Block::Bullets(items) => {
            for item in items {
                out.push_str(&format!("- {}\n", line(item)));
            }
            out.push('\n');
        }
        Block::Facts(facts) => self::facts(facts, out),
        Block::Margins(rows) => {
            rows.iter().for_each(|row| margin(row, out));
            out.push('\n');
        }
        Block::Steps(steps) => {
            for (i, step) in steps.iter().enumerate() {
                let often = if step.often_missing {
                    " (often left out)"
                } else {
                    ""
                };
                out.push_str(&format!(
                    "{}. **{}**: {}{often}\n",
                    i + 1,
                    escape(step.title.trim()),
                    escape(&step.text)
                ));
            }
            out.push('\n');
        }
        Block::Columns(columns) => {
            for (title, text) in columns {
                out.push_str(&format!("**{}**\n\n", escape(flat(title).trim())));
                quote(text, out);
            }
        }
        Block::Signals(rows) => signals(rows, out),
        Block::Table(table) => self::table(table, out),
        Block::Code(code) => self::code(code, out),
        Block::NoteLines(0) => {}
        Block::NoteLines(count) => {
            let count = count.max(&12);
            out.push_str("| Moment | Note |\n| --- | --- |\n");
            out.push_str(&"| | |\n".repeat(*count as usize));
            out.push('\n');
        }
        Block::Blanks(labels) => {
            for label in labels {
                out.push_str(&format!(
                    "- {}: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\n",
                    escape(label)
                ));
            }
            out.push('\n');
        }
    }
}

fn cover(cover: &Cover, out: &mut String) {
    out.push_str(&format!(
        "# {}\n\n*{}*\n\n",
        escape(&cover.title),
        escape(cover.eyebrow.trim())
    ));
    for rich in [&cover.summary, &cover.about] {
        text(Tone::Body, rich, out);
    }
    facts(&cover.facts, out);
    if !cover.principles.is_empty() {
        out.push_str(&format!("## {}\n\n", escape(&cover.principles_title)));
        for (title, body) in &cover.principles {
            let body: Vec<String> = paragraphs(body).iter().map(|p| inline(p)).collect();
            out.push_str(&format!(
                "- **{}**: {}\n",
                escape(title.trim()),
                body.join("\n\n  ")
            ));
        }
        out.push('\n');
    }
}

fn contents(doc: &Doc, out: &mut String) {
    out.push_str("## Contents\n\n");
    for block in &doc.blocks {
        if let Block::Heading(h) = block
            && h.level == 1
        {
            let eyebrow = if h.eyebrow.is_empty() {
                String::new()
            } else {
                format!(" ({})", escape(&h.eyebrow))
            };
            out.push_str(&format!("- [{}](#{}){eyebrow}\n", escape(&h.text), h.id));
        }
    }
    out.push('\n');
}

fn heading(heading: &Heading, out: &mut String) {
    if heading.level == 1 {
        // Headings' own anchors differ from one viewer to the next; this one is ours.
        out.push_str(&format!(
            "<a id=\"{}\"></a>\n\n",
            crate::html::escape(&heading.id)
        ));
    }
    let marks = "#".repeat(usize::from(heading.level) + 1);
    out.push_str(&format!("{marks} {}\n\n", escape(&heading.text)));
    let beside: Vec<&str> = [heading.eyebrow.as_str(), heading.aside.as_str()]
        .into_iter()
        .filter(|s| !s.trim().is_empty())
        .collect();
    if !beside.is_empty() {
        out.push_str(&format!("*{}*\n\n", escape(beside.join("; ").trim())));
    }
}

fn text(tone: Tone, rich: &Rich, out: &mut String) {
    if matches!(tone, Tone::Spoken | Tone::SpokenSmall) {
        return quote(rich, out);
    }
    for paragraph in paragraphs(rich) {
        let inside = inline(&paragraph);
        match tone {
            Tone::PanelOnly => out.push_str(&format!("**{}**\n\n", inside.trim())),
            _ => out.push_str(&format!("{}\n\n", inside.trim())),
        }
    }
}

fn quote(rich: &Rich, out: &mut String) {
    let all: Vec<String> = paragraphs(rich)
        .iter()
        .map(|p| format!("> {}", inline(p).trim()))
        .collect();
    out.push_str(&all.join("\n>\n"));
    out.push_str("\n\n");
}

fn facts(facts: &[(String, Rich)], out: &mut String) {
    for (label, value) in facts {
        out.push_str(&format!(
            "- **{}:** {}\n",
            escape(label.trim()),
            line(value)
        ));
    }
    out.push('\n');
}

fn margin(row: &Margin, out: &mut String) {
    let tick = if row.tick { "☐ " } else { "" };
    let text: Vec<String> = paragraphs(&row.text).iter().map(|p| inline(p)).collect();
    out.push_str(&format!("- {tick}{}\n", text.join("\n\n  ")));
    let when = match (row.head.is_empty(), row.margin.is_empty()) {
        (true, true) => None,
        (true, false) => Some(format!("Ask {}.", escape(&row.margin))),
        (false, true) => Some(format!("**{}.**", escape(&row.head))),
        (false, false) => Some(format!(
            "**{}.** Ask {}.",
            escape(&row.head),
            escape(&row.margin)
        )),
    };
    for line in when.into_iter().chain(row.below.iter().map(line)) {
        out.push_str(&format!("  - {line}\n"));
    }
}

fn signals(rows: &[SignalRow], out: &mut String) {
    out.push_str("| No. | Signal | Unprompted | Prompted |\n| --- | --- | :-: | :-: |\n");
    for row in rows {
        let counts = if row.counts.is_empty() {
            String::new()
        } else {
            format!("<br>{}", escape(&row.counts))
        };
        out.push_str(&format!(
            "| {} | {}{counts} | ☐ | ☐ |\n",
            row.number,
            escape(&row.text)
        ));
    }
    out.push('\n');
}

fn table(table: &Table, out: &mut String) {
    let head: Vec<String> = table.columns.iter().map(|c| line(&c.title)).collect();
    out.push_str(&format!(
        "| {} |\n|{}\n",
        head.join(" | "),
        " --- |".repeat(head.len())
    ));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(line).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out.push('\n');
}

fn code(code: &str, out: &mut String) {
    // A fence longer than any in the text cannot be closed by it.
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    out.push_str(&format!("{fence}text\n"));
    let width = code.lines().count().to_string().len();
    for (i, line) in code.lines().enumerate() {
        out.push_str(format!("{:>width$}  {line}", i + 1).trim_end());
        out.push('\n');
    }
    out.push_str(&format!("{fence}\n\n"));
}

/// Several paragraphs on one line, for cells and list items.
fn line(rich: &Rich) -> String {
    paragraphs(rich)
        .iter()
        .map(|p| inline(p).trim().to_owned())
        .collect::<Vec<_>>()
        .join("<br>")
}

fn inline(rich: &[Inline]) -> String {
    let mut out = String::new();
    for inline in rich {
        match inline {
            Inline::Text {
                text,
                face: Face::Strong,
            } => wrap(&mut out, text, "**"),
            Inline::Text {
                text,
                face: Face::Mono,
            } => code_span(&mut out, text),
            Inline::Text { text, .. } => out.push_str(&escape(text)),
            Inline::Mark(Mark::Tick) => out.push_str("☐ "),
            Inline::Mark(Mark::Difficulty(n)) => out.push_str(&format!("{n}/5 ")),
            // The word stands beside it.
            Inline::Mark(Mark::Level(_)) => {}
        }
    }
    out
}

/// Emphasis must touch its words: spaces go outside.
fn wrap(out: &mut String, text: &str, mark: &str) {
    let inside = text.trim();
    if inside.is_empty() {
        return out.push_str(text);
    }
    let start = &text[..text.len() - text.trim_start().len()];
    let end = &text[text.trim_end().len()..];
    out.push_str(&format!("{start}{mark}{}{mark}{end}", escape(inside)));
}

fn code_span(out: &mut String, text: &str) {
    if text.contains(['`', '|', '\\', '\n']) {
        return out.push_str(&escape(text));
    }
    out.push_str(&format!("`{text}`"));
}

fn escape(s: &str) -> String {
    let mut out = String::with_capacity(s.len() + 8);
    let one_line = s.replace(['\n', '\r'], " ");
    let mut at_start = true;
    for (i, c) in one_line.char_indices() {
        let special = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' => true,
            // Only at the start of a line do these begin a heading, a list or a rule.
            '#' | '+' | '-' | '=' => at_start,
            '.' | ')' => {
                i > 0
                    && one_line[..i]
                        .trim_start()
                        .chars()
                        .all(|c| c.is_ascii_digit())
            }
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        at_start = at_start && c.is_whitespace();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser};

    #[test]
    fn markup_is_shown_as_written() {
        assert_eq!(
            escape("<script>a|b</script>"),
            "\\<script\\>a\\|b\\</script\\>"
        );
        assert_eq!(escape("# no"), "\\# no");
        assert_eq!(escape("1. no"), "1\\. no");
        assert_eq!(escape("a - b"), "a - b");
    }

    proptest! {
        /// Whatever is written, a Markdown reader finds exactly that text in it.
        #[test]
        fn escaped_text_reads_as_written(s in "[ -~]{0,40}") {
            let written = s.split_whitespace().collect::<Vec<_>>().join(" ");
            let mut read = String::new();
            for event in Parser::new_ext(&escape(&written), Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
                match event {
                    Event::Text(t) => read.push_str(&t),
                    Event::Start(_) | Event::End(_) => {}
                    other => prop_assert!(false, "{other:?}"),
                }
            }
            prop_assert_eq!(read, written);
        }
    }
}
