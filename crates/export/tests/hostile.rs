//! Text that wants to be more than text, and text in other scripts: both are shown as they are.

mod common;

use common::{kit, sheet};
use proptest::prelude::*;
use seatrial_export::{Format, Part, export};
use seatrial_kit::Kit;

const NASTY: &str = "<script>alert(1)</script> | a & b \"q\" 'x' `c` *s* _u_ [l](javascript:x) <img src=x onerror=y>";

fn nasty_kit() -> Kit {
    let mut kit = kit();
    kit.title = NASTY.to_owned();
    kit.areas[0].prompts[0].text = NASTY.to_owned();
    kit.areas[0].signals[0].text = format!("=cmd|' /C calc'!A0 {NASTY}");
    kit.areas[0].follow_ups[0].text = "+1+1".to_owned();
    kit.areas[0].rubric.behaviours[0].weak = "a | b\n\n| c".to_owned();
    kit.exercises[0].material[2].text =
        format!("{NASTY}\n\n<div onclick=x>block</div>\n\n~~~\n```\n</script>\n~~~\n");
    kit.exercises[0].material[1].text = "</code></td><script>\n```\n".to_owned();
    kit.exercises[0].material[0].text = "a,b\n\"<b>\",=1\n".to_owned();
    kit
}

fn text(kit: &Kit, part: &Part, format: Format) -> String {
    String::from_utf8(export(kit, part, format).expect("exports")).expect("UTF-8")
}

#[test]
fn html_shows_markup_and_runs_none() {
    let html = text(&nasty_kit(), &Part::Whole, Format::Html);
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    for run in ["<script", "<img", "<div onclick", "onerror=y>", "</script>"] {
        assert!(!html.contains(run), "{run}");
    }
}

#[test]
fn markdown_shows_markup_and_keeps_its_tables() {
    let markdown = text(&nasty_kit(), &Part::Whole, Format::Markdown);
    let mut options = pulldown_cmark::Options::ENABLE_TABLES;
    options |= pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
    for event in pulldown_cmark::Parser::new_ext(&markdown, options) {
        use pulldown_cmark::{Event, Tag};
        match event {
            // Our own anchors and line breaks are the only HTML.
            Event::Html(s) | Event::InlineHtml(s) => {
                assert!(
                    s.starts_with("<a id=\"")
                        || s.starts_with("</a>")
                        || s.starts_with("<br>")
                        || s.trim().is_empty(),
                    "{s}"
                );
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with('#'), "{dest_url}")
            }
            Event::Start(Tag::Image { .. }) => panic!("an image"),
            _ => {}
        }
    }
    for rows in markdown
        .split("\n\n")
        .filter(|block| block.starts_with("| "))
    {
        let bars: Vec<usize> = rows
            .lines()
            .map(|row| row.replace("\\|", "").matches('|').count())
            .collect();
        assert!(bars.windows(2).all(|pair| pair[0] == pair[1]), "{rows}");
    }
}

#[test]
fn spreadsheets_get_no_formulas() {
    for part in [Part::Whole, Part::Area("money"), Part::Loop(sheet())] {
        let csv = text(&nasty_kit(), &part, Format::Csv);
        let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        for record in reader.records() {
            for cell in &record.expect("a row") {
                assert!(
                    !cell.trim_start().starts_with(['=', '+', '-', '@']),
                    "{cell}"
                );
            }
        }
    }
}

#[test]
fn names_in_other_scripts_arrive_in_every_text_format() {
    let mut sheet = sheet();
    sheet.team = "צוות התשלומים".to_owned();
    sheet.sessions[0].asked_by = ["ليلى حداد", "李明", "Ольга Ким", "Σοφία", "김민준"]
        .map(str::to_owned)
        .to_vec();
    for format in [Format::Html, Format::Markdown, Format::Csv, Format::Json] {
        let out = text(&kit(), &Part::Loop(sheet.clone()), format);
        for name in std::iter::once(&sheet.team).chain(&sheet.sessions[0].asked_by) {
            assert!(
                out.contains(name.as_str()),
                "{name} in {}",
                format.extension()
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// No text makes an export fail or panic, in any format.
    #[test]
    fn any_text_prints(a in "\\PC{0,300}", b in "[ -~\\n\\t]{0,200}", c in any::<String>()) {
        let mut kit = kit();
        kit.title = c.clone();
        kit.areas[0].summary = a.clone();
        kit.areas[0].prompts[0].text = b.clone();
        kit.areas[0].signals[1].text = c.clone();
        kit.areas[0].rubric.behaviours[0].good = a.repeat(3);
        kit.exercises[0].material[0].text = b.clone();
        kit.exercises[0].material[1].text = c.clone();
        kit.exercises[0].material[2].text = format!("{b}\n\n{c}");
        for format in Format::ALL {
            prop_assert!(export(&kit, &Part::Whole, format).is_ok());
        }
    }
}
