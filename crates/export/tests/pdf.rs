//! The PDF as a reader finds it: words, pages, bookmarks, structure.

mod common;

use common::{kit, sheet, shipped};
use lopdf::{Document, Object, content::Content};
use seatrial_export::{Fonts, Format, Part, export, export_with};
use seatrial_kit::Kit;

fn pdf(kit: &Kit, part: &Part) -> Document {
    Document::load_mem(&export(kit, part, Format::Pdf).expect("exports")).expect("a PDF")
}

/// All text, blanks removed, since lines break where they must.
fn letters(document: &Document) -> String {
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    squeeze(&document.extract_text(&pages).expect("text"))
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn it_says_what_the_kit_says() {
    let kit = kit();
    let read = letters(&pdf(&kit, &Part::Whole));
    for said in common::said(&kit) {
        for paragraph in said.split("\n\n") {
            assert!(read.contains(&squeeze(paragraph)), "{paragraph}");
        }
    }
    for principle in &kit.principles {
        assert!(read.contains(&squeeze(&principle.title)));
    }
    assert!(read.contains(&kit.hash));
}

#[test]
fn the_same_kit_gives_the_same_bytes() {
    let kit = kit();
    for part in [Part::Whole, Part::Loop(sheet())] {
        let (one, two) = (
            export(&kit, &part, Format::Pdf),
            export(&kit, &part, Format::Pdf),
        );
        assert!(one.expect("exports") == two.expect("exports"));
    }
}

#[test]
fn it_has_a_title_bookmarks_language_and_structure() {
    let kit = shipped();
    let document = pdf(&kit, &Part::Whole);
    let catalog = document.catalog().expect("a catalog");
    for key in [&b"Outlines"[..], b"StructTreeRoot", b"Lang", b"MarkInfo"] {
        assert!(catalog.has(key), "{}", String::from_utf8_lossy(key));
    }
    let bookmarks = document.get_toc().expect("bookmarks").toc;
    let titles: Vec<&str> = bookmarks.iter().map(|entry| entry.title.as_str()).collect();
    for area in &kit.areas {
        assert!(titles.contains(&area.title.as_str()), "{titles:?}");
    }
    assert!(titles.contains(&"Contents"));
    assert!(titles.contains(&"Follow-ups"));
    let pages = document.get_pages();
    assert!(
        bookmarks
            .iter()
            .all(|entry| pages.contains_key(&(entry.page as u32)))
    );
}

#[test]
fn only_the_comparison_and_wide_material_lie_on_their_side() {
    let document = pdf(&kit(), &Part::Whole);
    let wide: Vec<u32> = document
        .get_pages()
        .into_iter()
        .filter(|(_, id)| {
            let page = document.get_dictionary(*id).expect("a page");
            let size: Vec<f32> = page
                .get(b"MediaBox")
                .and_then(Object::as_array)
                .expect("a size")
                .iter()
                .map(|n| n.as_float().expect("a number"))
                .collect();
            size[2] > size[3]
        })
        .map(|(number, _)| number)
        .collect();
    assert_eq!(wide, [3]);
}

#[test]
fn right_to_left_names_are_printed_with_letters_that_exist() {
    let mut sheet = sheet();
    sheet.sessions[0].asked_by = vec!["נועה לוי".to_owned(), "ليلى حداد".to_owned()];
    let document = pdf(&kit(), &Part::Loop(sheet));
    let fonts = font_names(&document);
    assert!(fonts.iter().any(|f| f.contains("Hebrew")), "{fonts:?}");
    assert!(fonts.iter().any(|f| f.contains("Arabic")), "{fonts:?}");
}

/// One name a script, as people are called.
const NAMES: [(&str, &str); 22] = [
    ("Chinese", "李明轩"),
    ("Chinese, traditional", "陳美齡"),
    ("Japanese", "小林 はるか"),
    ("Japanese, katakana", "ミシェル"),
    ("Korean", "김민준"),
    ("Greek", "Ελένη Παπαδοπούλου"),
    ("Cyrillic", "Олена Ковальчук"),
    ("Armenian", "Անահիտ Սարգսյան"),
    ("Georgian", "ნინო ბერიძე"),
    ("Hebrew", "נועה לוי"),
    ("Arabic", "ليلى حداد"),
    ("Devanagari", "अनन्या शर्मा"),
    ("Bengali", "অনন্যা রায়"),
    ("Gurmukhi", "ਗੁਰਪ੍ਰੀਤ"),
    ("Gujarati", "મીરા પટેલ"),
    ("Tamil", "கவிதா"),
    ("Telugu", "ప్రియ"),
    ("Kannada", "ಅನನ್ಯ"),
    ("Malayalam", "അഞ്ജലി"),
    ("Sinhala", "නිමාලි"),
    ("Thai", "สมชาย ใจดี"),
    ("Ethiopic", "ሰላም ተስፋዬ"),
];

#[test]
fn a_name_in_any_script_is_printed_with_letters_that_exist() {
    let plain = export(&kit(), &Part::Loop(sheet()), Format::Pdf).expect("exports").len();
    for (script, name) in NAMES {
        let mut sheet = sheet();
        sheet.sessions[0].asked_by = vec![name.to_owned()];
        let bytes = export(&kit(), &Part::Loop(sheet), Format::Pdf).expect("exports");
        let document = Document::load_mem(&bytes).expect("a PDF");
        assert_eq!(missing_glyphs(&document), 0, "{script}: letters without a shape");
        // Only the letters that are used go along, not a font of four megabytes.
        assert!(bytes.len() < plain + 40_000, "{script}: {} bytes more", bytes.len() - plain);
        // What is copied out of the PDF is the name again. Signs that join letters, or stand around them, are written beside
        // the glyphs in a way that this reader does not read, so here it is only letters that must not be lost.
        let read = letters(&document);
        let lost: Vec<char> = squeeze(name).chars().filter(|c| c.is_alphabetic() && !read.contains(*c)).collect();
        assert!(lost.is_empty(), "{script}: {lost:?} of {name}");
    }
}

#[test]
fn a_letter_that_no_font_has_is_seen_to_be_missing_by_these_tests() {
    let mut sheet = sheet();
    // Cuneiform: nobody's name, and no font here has it.
    sheet.sessions[0].asked_by = vec!["𒀀𒁀".to_owned()];
    let document = pdf(&kit(), &Part::Loop(sheet));
    assert!(missing_glyphs(&document) >= 2);
    assert!(letters(&document).contains("Askedby"), "the rest prints all the same");
}

/// Glyphs of the number 0 on all pages: the box that stands for a letter without a shape.
fn missing_glyphs(document: &Document) -> usize {
    let mut missing = 0;
    for id in document.get_pages().into_values() {
        let bytes = document.get_page_content(id);
        for operation in Content::decode(&bytes).expect("operations").operations {
            let shown: Vec<&Object> = match operation.operator.as_str() {
                "Tj" => operation.operands.iter().collect(),
                "TJ" => operation.operands[0].as_array().expect("an array").iter().collect(),
                _ => continue,
            };
            for text in shown.into_iter().filter_map(|o| o.as_str().ok()) {
                missing += text.chunks(2).filter(|code| code == &[0, 0]).count();
            }
        }
    }
    missing
}

#[test]
fn the_fonts_that_the_caller_hands_in_come_before_those_that_ship_behind_plex() {
    let mut sheet = sheet();
    sheet.sessions[0].asked_by = vec!["李明".to_owned()];
    let part = Part::Loop(sheet);
    // A font of our own with a frame for each of a few letters; see `fonts/README.md`.
    let font = include_bytes!("fonts/frames.ttf").to_vec();
    let fonts = Fonts::new(vec![b"not a font".to_vec(), font]);
    let bytes = export_with(&kit(), &part, Format::Pdf, &fonts).expect("exports");
    let document = Document::load_mem(&bytes).expect("a PDF");
    assert!(font_names(&document).iter().any(|f| f.contains("Frames")));
    assert!(letters(&document).contains("李明"));
    assert!(font_names(&pdf(&kit(), &part)).iter().any(|f| f.contains("Droid")));
}

fn font_names(document: &Document) -> Vec<String> {
    let mut names: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter_map(|dict| dict.get(b"BaseFont").ok())
        .filter_map(|name| name.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    names.sort();
    names.dedup();
    names
}

/// A cell longer than a page is divided, not cut.
#[test]
fn endless_text_goes_on_over_pages() {
    let mut kit = kit();
    let long = "So it goes on. ".repeat(800);
    kit.areas[0].rubric.behaviours[0].good = format!("{long} The very end.");
    kit.areas[0].follow_ups[0].text = format!("{long} Another end?");
    kit.areas[0].prompts[0].text = "x".repeat(9000);
    let read = letters(&pdf(&kit, &Part::Area("money")));
    assert!(read.contains("Theveryend."));
    assert!(read.contains("Anotherend?"));
    assert_eq!(
        read.matches('x').count() / 9000,
        2,
        "once in the area, once on its sheet"
    );
}
