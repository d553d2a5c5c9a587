//! The document as one HTML file: no script, no outside address, readable on a screen in light and dark, and on A4.
//!
//! Every text that comes from a kit goes through `escape` and stands in an element with `dir="auto"`.

mod blocks;

use crate::doc::{Block, Doc, Face, Heading, Inline, Mark, Page, Rich, level_word, paragraphs};
use base64::Engine;
use seatrial_kit::Level;

const STYLE: &str = include_str!("style.css");
const FONTS: [(&str, u32, &[u8]); 3] = [
    (
        "IBM Plex Sans",
        400,
        include_bytes!("../../fonts/IBMPlexSans-Regular-Latin1.woff2"),
    ),
    (
        "IBM Plex Sans",
        600,
        include_bytes!("../../fonts/IBMPlexSans-SemiBold-Latin1.woff2"),
    ),
    (
        "IBM Plex Mono",
        400,
        include_bytes!("../../fonts/IBMPlexMono-Regular-Latin1.woff2"),
    ),
];
/// What the embedded fonts hold; other scripts come from the reader's system.
const LATIN: &str = "U+0000-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2013-2014,U+2018-201A,U+201C-201E,U+2020-2022,\
    U+2026,U+2030,U+2039-203A,U+2044,U+2074,U+20AC,U+2122,U+2212,U+FB01-FB02";

pub fn render(doc: &Doc) -> String {
    let mut out = String::with_capacity(256 * 1024);
    out.push_str("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
    out.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"");
    out.push_str("default-src 'none'; style-src 'unsafe-inline'; font-src data:\">\n");
    out.push_str(&format!(
        "<title>{} · Seatrial</title>\n<style>\n",
        escape(&doc.title)
    ));
    for (family, weight, bytes) in FONTS {
        let data = base64::engine::general_purpose::STANDARD.encode(bytes);
        out.push_str(&format!(
            "@font-face{{font-family:\"{family}\";font-weight:{weight};font-display:swap;\
             src:url(data:font/woff2;base64,{data}) format(\"woff2\");unicode-range:{LATIN}}}\n"
        ));
    }
    out.push_str(STYLE);
    out.push_str("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">To the text</a>\n");
    side(doc, &mut out);
    out.push_str("<main id=\"main\">\n");
    body(doc, &mut out);
    out.push_str(&format!(
        "<footer><p dir=\"auto\">{}</p></footer>\n</main>\n</body>\n</html>\n",
        escape(&doc.stamp)
    ));
    out
}

/// Contents beside the text, where the window is wide enough.
fn side(doc: &Doc, out: &mut String) {
    out.push_str("<nav class=\"side\" aria-label=\"Contents\"><div>\n");
    out.push_str(&format!("<p class=\"mark\">{SHIP}Seatrial</p>\n"));
    list(doc, out);
    out.push_str("</div></nav>\n");
}

const SHIP: &str = "<svg viewBox=\"0 0 20 16\" aria-hidden=\"true\"><circle cx=\"10\" cy=\"8\" r=\"6.25\" fill=\"none\" \
    stroke=\"currentColor\" stroke-width=\"1.5\"/><path d=\"M0 8h20\" stroke=\"currentColor\" stroke-width=\"1.5\"/></svg>";

fn list(doc: &Doc, out: &mut String) {
    out.push_str("<ol>\n");
    for heading in headings(doc) {
        let eyebrow = if heading.eyebrow.is_empty() {
            String::new()
        } else {
            escape(&heading.eyebrow)
        };
        out.push_str(&format!(
            "<li><a href=\"#{}\"><span class=\"e\" dir=\"auto\">{eyebrow}</span><span dir=\"auto\">{}</span></a></li>\n",
            escape(&heading.id),
            escape(&heading.text)
        ));
    }
    out.push_str("</ol>\n");
}

fn headings(doc: &Doc) -> impl Iterator<Item = &Heading> {
    doc.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) if heading.level == 1 => Some(heading),
        _ => None,
    })
}

fn body(doc: &Doc, out: &mut String) {
    let mut page: Option<&'static str> = None;
    let mut open_page = |out: &mut String, class: Option<&'static str>| {
        if page.is_some() {
            out.push_str("</div>\n");
        }
        if let Some(class) = class {
            out.push_str(&format!("<div class=\"{class}\">\n"));
        }
        page = class;
    };
    open_page(out, Some("page first"));
    let mut section = false;
    let mut close_section = |out: &mut String, open: bool| {
        if section {
            out.push_str("</section>\n");
        }
        if open {
            out.push_str("<section>\n");
        }
        section = open;
    };
    for (i, block) in doc.blocks.iter().enumerate() {
        match block {
            Block::Break(kind) => {
                close_section(out, false);
                open_page(
                    out,
                    Some(if *kind == Page::Landscape {
                        "page wide"
                    } else {
                        "page"
                    }),
                );
            }
            Block::Contents => {
                out.push_str(
                    "<nav class=\"contents\" aria-label=\"Contents\">\n<h2>Contents</h2>\n",
                );
                list(doc, out);
                out.push_str("</nav>\n");
            }
            Block::Heading(heading) => {
                if heading.level == 2 {
                    close_section(out, true);
                }
                blocks::heading(heading, out);
            }
            block => blocks::block(block, heading_before(&doc.blocks[..i]), out),
        }
    }
    close_section(out, false);
    open_page(out, None);
}

/// Names tables for people who hear the page.
fn heading_before(blocks: &[Block]) -> &str {
    blocks
        .iter()
        .rev()
        .find_map(|b| match b {
            Block::Heading(h) => Some(h.text.as_str()),
            _ => None,
        })
        .unwrap_or_default()
}

pub(crate) fn escape(s: &str) -> String {
    let mut out = String::with_capacity(s.len() + 8);
    for c in s.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not allowed in HTML at all; a reader sees that something stood there.
            '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\x7f' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// One paragraph's inside.
fn inline(rich: &[Inline]) -> String {
    let mut out = String::new();
    for inline in rich {
        match inline {
            Inline::Text {
                text,
                face: Face::Plain,
            } => out.push_str(&escape(text)),
            Inline::Text {
                text,
                face: Face::Strong,
            } => out.push_str(&format!("<b>{}</b>", escape(text))),
            Inline::Text {
                text,
                face: Face::Muted,
            } => {
                out.push_str(&format!("<span class=\"m\">{}</span>", escape(text)));
            }
            Inline::Text {
                text,
                face: Face::Mono,
            } => out.push_str(&format!("<code>{}</code>", escape(text))),
            Inline::Mark(mark) => out.push_str(&draw(*mark)),
        }
    }
    out
}

/// Paragraphs as `<p>`; a single one may stand bare where the element around it carries the direction.
fn cell(rich: &Rich) -> String {
    let all = paragraphs(rich);
    match all.as_slice() {
        [one] => inline(one),
        all => all
            .iter()
            .map(|p| format!("<p dir=\"auto\">{}</p>", inline(p)))
            .collect(),
    }
}

/// Marks are decoration: the word beside them says the same.
fn draw(mark: Mark) -> String {
    const OUTLINE: &str = "<rect x=\".75\" y=\".75\" width=\"10.5\" height=\"10.5\" fill=\"none\" stroke=\"currentColor\"";
    match mark {
        Mark::Level(level) => {
            let inside = match level {
                None => format!(
                    "{OUTLINE} stroke-width=\"1.2\" stroke-dasharray=\"2.1 2.1\" stroke-dashoffset=\"1.05\"/>"
                ),
                Some(Level::Weak) => format!("{OUTLINE} stroke-width=\"1.5\"/>"),
                Some(Level::Good) => format!(
                    "{OUTLINE} stroke-width=\"1.5\"/><rect x=\"1\" y=\"6\" width=\"10\" height=\"5\" fill=\"currentColor\"/>"
                ),
                Some(Level::Excellent) => {
                    "<rect width=\"12\" height=\"12\" fill=\"currentColor\"/>".to_owned()
                }
            };
            debug_assert!(!level_word(level).is_empty());
            format!("<svg class=\"sq\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">{inside}</svg>")
        }
        Mark::Difficulty(n) => {
            let n = n.min(5);
            format!(
                "<svg class=\"dif\" viewBox=\"0 0 50 4\" role=\"img\" aria-label=\"{n} of 5\"><rect width=\"50\" height=\"4\" \
                 class=\"g\"/><rect width=\"{}\" height=\"4\" fill=\"currentColor\"/></svg>",
                n * 10
            )
        }
        Mark::Tick => "<span class=\"tick\" aria-hidden=\"true\"></span>".to_owned(),
    }
}
