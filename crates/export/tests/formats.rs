//! What each format holds, for a small kit (as snapshots) and for the shipped one (as laws).

mod common;

use common::{ids, kit, said, sheet, shipped, words};
use seatrial_export::{ExportError, Format, Part, export, file_name, json_schema};
use seatrial_kit::Kit;

fn text(kit: &Kit, part: &Part, format: Format) -> String {
    String::from_utf8(export(kit, part, format).expect("exports")).expect("UTF-8")
}

#[test]
fn markdown_of_a_small_kit() {
    insta::assert_snapshot!(text(&kit(), &Part::Whole, Format::Markdown));
}

#[test]
fn markdown_of_a_plan() {
    insta::assert_snapshot!(text(&kit(), &Part::Plan("lost-answer"), Format::Markdown));
}

#[test]
fn the_candidates_page_of_a_plan_holds_the_brief_and_nothing_else() {
    let kit = shipped();
    for plan in &kit.plans {
        let printed = text(&kit, &Part::Plan(&plan.scenario), Format::Markdown);
        let (_, rest) = printed.split_once("For the candidate").expect("the brief");
        let (brief, _) = rest.split_once("On paper").expect("the sheet");
        let brief = words(brief);
        for told in plan.brief.can.iter().chain(&plan.brief.assessed) {
            assert!(brief.contains(&words(told)), "{told}");
        }
        for secret in said(&kit) {
            assert!(!brief.contains(&words(&secret)), "{secret}");
        }
    }
}

#[test]
fn markdown_of_an_opening() {
    insta::assert_snapshot!(text(&kit(), &Part::Loop(sheet()), Format::Markdown));
}

#[test]
fn csv_of_a_small_kit() {
    insta::assert_snapshot!(text(&kit(), &Part::Whole, Format::Csv).replace('\r', ""));
}

#[test]
fn html_of_one_area() {
    let html = text(&kit(), &Part::Area("money"), Format::Html);
    let body = &html[html.find("<body>").expect("a body")..];
    insta::assert_snapshot!(body);
}

#[test]
fn json_of_a_role_for_one_seniority() {
    let part = Part::Pack {
        pack: "payments",
        seniority: Some("staff"),
    };
    insta::assert_snapshot!(text(&kit(), &part, Format::Json));
}

fn parts(kit: &Kit) -> Vec<Part<'_>> {
    let mut parts = vec![Part::Whole];
    parts.extend(kit.areas.iter().map(|a| Part::Area(&a.id)));
    parts.extend(kit.plans.iter().map(|p| Part::Plan(&p.scenario)));
    for pack in &kit.packs {
        parts.push(Part::Pack {
            pack: &pack.id,
            seniority: None,
        });
        parts.extend(pack.seniorities.iter().map(|s| Part::Pack {
            pack: &pack.id,
            seniority: Some(&s.id),
        }));
    }
    parts
}

#[test]
fn every_export_as_json_fits_the_published_schema() {
    let schema = serde_json::from_str(&json_schema()).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let (small, large) = (kit(), shipped());
    for (kit, mut parts) in [(&small, parts(&small)), (&large, parts(&large))] {
        if kit.id == "small" {
            parts.push(Part::Loop(sheet()));
        }
        for part in parts {
            let json = serde_json::from_str(&text(kit, &part, Format::Json)).expect("JSON");
            let mistakes: Vec<String> = validator
                .iter_errors(&json)
                .map(|e| e.to_string())
                .collect();
            assert_eq!(mistakes, Vec::<String>::new(), "{part:?}");
        }
    }
}

#[test]
fn the_schema_refuses_what_is_not_an_export() {
    let schema = serde_json::from_str(&json_schema()).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let export: serde_json::Value =
        serde_json::from_str(&text(&kit(), &Part::Whole, Format::Json)).expect("JSON");
    for (field, value) in [
        ("format", serde_json::json!("other")),
        ("schema", serde_json::json!(2)),
    ] {
        let mut wrong = export.clone();
        wrong[field] = value;
        assert!(!validator.is_valid(&wrong), "{field}");
    }
    let mut wrong = export;
    wrong["part"]["content"]["areas"][0]["rubric"]
        .as_object_mut()
        .expect("a rubric")
        .remove("good");
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn json_keeps_every_id_and_reads_back_as_the_same_kit() {
    for kit in [kit(), shipped()] {
        let json = text(&kit, &Part::Whole, Format::Json);
        for id in ids(&kit) {
            assert!(json.contains(&format!("\"{id}\"")), "{id}");
        }
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let again: Kit = serde_json::from_value(value["part"]["content"].clone()).expect("a kit");
        assert_eq!(again, kit);
    }
}

#[test]
fn csv_has_a_row_for_everything_that_is_said() {
    let kit = shipped();
    let csv = text(&kit, &Part::Whole, Format::Csv);
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    assert_eq!(
        header.iter().collect::<Vec<_>>(),
        [
            "area",
            "kind",
            "id",
            "number",
            "text",
            "extra",
            "weak",
            "good",
            "excellent",
            "minutes"
        ]
    );
    let cells: Vec<String> = reader
        .records()
        .flat_map(|r| {
            r.expect("a row")
                .iter()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    for area in &kit.areas {
        for said in area
            .prompts
            .iter()
            .map(|p| &p.text)
            .chain(area.signals.iter().map(|s| &s.text))
        {
            assert!(cells.contains(said), "{said}");
        }
    }
}

/// Undoes both kinds of escaping, so that a text can be looked for as it was written.
fn as_read(format: Format, text: &str) -> String {
    match format {
        Format::Html => {
            let text = text.replace("<p", "\n<p").replace("</p>", "\n");
            let mut out = String::new();
            let mut inside = false;
            for c in text.chars() {
                match c {
                    '<' => inside = true,
                    '>' if inside => inside = false,
                    c if !inside => out.push(c),
                    _ => {}
                }
            }
            let out = out
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'");
            words(&out.replace("&amp;", "&"))
        }
        _ => {
            let lines: Vec<&str> = text
                .lines()
                .map(|l| l.trim_start_matches("> ").trim_start_matches('>'))
                .collect();
            let mut out = String::new();
            let mut chars = lines
                .join("\n")
                .chars()
                .collect::<Vec<_>>()
                .into_iter()
                .peekable();
            while let Some(c) = chars.next() {
                match (c, chars.peek()) {
                    ('\\', Some(next)) if next.is_ascii_punctuation() => {}
                    _ => out.push(c),
                }
            }
            words(&out)
        }
    }
}

#[test]
fn whatever_is_said_stands_in_html_and_markdown() {
    for kit in [kit(), shipped()] {
        for format in [Format::Html, Format::Markdown] {
            let read = as_read(format, &text(&kit, &Part::Whole, format));
            for said in said(&kit) {
                assert!(
                    read.contains(&words(&said)),
                    "{}: {said}",
                    format.extension()
                );
            }
        }
    }
}

#[test]
fn html_needs_nothing_from_outside() {
    let html = text(&shipped(), &Part::Whole, Format::Html);
    for outside in [
        "<script",
        "<link",
        "<img",
        "<iframe",
        "@import",
        "url(http",
        "src=\"http",
        "href=\"http",
    ] {
        assert!(!html.contains(outside), "{outside}");
    }
    for target in html
        .split("href=\"#")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or_default())
    {
        assert!(html.contains(&format!("id=\"{target}\"")), "{target}");
    }
}

#[test]
fn an_unknown_part_is_answered_with_the_nearest() {
    let kit = kit();
    let wrong = |part: Part| {
        export(&kit, &part, Format::Markdown)
            .expect_err("must fail")
            .to_string()
    };
    assert_eq!(
        wrong(Part::Area("mony")),
        "the kit has no area “mony”; did you mean “money”?"
    );
    assert_eq!(
        wrong(Part::Area("discovery")),
        "the kit has no area “discovery”; it has money, release"
    );
    let seniority = Part::Pack {
        pack: "payments",
        seniority: Some("stuff"),
    };
    assert_eq!(
        wrong(seniority),
        "the kit has no seniority “stuff”; did you mean “staff”?"
    );
    let mut sheet = sheet();
    sheet.sessions[0].items[0].follow_ups[0] = "worse".to_owned();
    assert_eq!(
        wrong(Part::Loop(sheet)),
        "the kit has no follow-up “worse”; did you mean “worst”?"
    );
    assert!(matches!(
        export(&kit, &Part::Area("x"), Format::Json),
        Err(ExportError::Unknown { what: "area", .. })
    ));
}

#[test]
fn file_names_are_plain() {
    let kit = kit();
    let mut sheet = sheet();
    sheet.title = "../Équipe «x» / נועה".to_owned();
    assert_eq!(
        file_name(&kit, &Part::Loop(sheet), Format::Pdf),
        "small-quipe-x.pdf"
    );
    assert_eq!(
        file_name(
            &kit,
            &Part::Pack {
                pack: "payments",
                seniority: Some("staff")
            },
            Format::Html
        ),
        "small-payments-staff.html"
    );
}
