//! exercises/<id>.yaml: an exercise with its material, whose files are read along.

use seatrial_source::{At, Fields, Node, Span, Spanned, nearest};

use super::{Cx, in_area, own_id, rubric::levels, values};
use crate::{Exercise, Finding, Material, MaterialFormat};

const FORMATS: &[(&str, MaterialFormat)] = &[
    ("markdown", MaterialFormat::Markdown),
    ("yaml", MaterialFormat::Yaml),
    ("csv", MaterialFormat::Csv),
];

/// The exercise, and the paths of its material.
pub(crate) fn exercise(cx: Cx<'_>, tree: &Node, id: &str) -> Option<(Exercise, Vec<String>)> {
    cx.at.map(tree, "exercise", |f| {
        let place = f.key("exercise");
        let id = own_id(f, "exercise", id);
        let title = f.text("title");
        let area = f.id("area");
        cx.names.refer(cx.at, "area", "", &area);
        cx.names.define(
            cx.at,
            "exercise",
            &in_area(&area.value),
            &Spanned {
                value: id.clone(),
                span: place,
            },
        );
        let minutes = f.int("minutes", 1..=240).value;
        let (summary, prompt) = (f.text("summary"), f.text("prompt"));
        let mut files = Vec::new();
        let material = f.list("material", "material", |f| material(cx, f, &id, &mut files));
        let findings = f.list("findings", "finding", |f| Finding {
            title: f.text("title"),
            text: f.text("text"),
            rarity: f.int("rarity", 1..=3).value,
        });
        let follow_ups = values(f.texts("follow_ups"));
        let [weak, good, excellent] = levels(f, "the exercise says what each level looks like");
        let area = area.value;
        let material = material.into_iter().flatten().collect();
        (
            Exercise {
                id,
                title,
                area,
                minutes,
                summary,
                prompt,
                material,
                findings,
                follow_ups,
                weak,
                good,
                excellent,
            },
            files,
        )
    })
}

fn material(
    cx: Cx<'_>,
    f: &mut Fields<'_>,
    exercise: &str,
    files: &mut Vec<String>,
) -> Option<Material> {
    let id = f.id("id");
    cx.names
        .define(cx.at, "material", &format!("exercise {exercise}"), &id);
    let title = f.text("title");
    let format = f.choice("format", FORMATS);
    let file = f.spanned("file");
    let text = material_text(f, &file)?;
    files.push(file.value);
    Some(Material {
        id: id.value,
        title,
        format: format?,
        text,
    })
}

fn material_text(f: &Fields<'_>, file: &Spanned<String>) -> Option<String> {
    if file.value.is_empty() {
        return None;
    }
    let report = f.at().report;
    let sources = report.sources();
    if sources.get(&file.value).is_none() {
        let near = nearest(&file.value, sources.paths());
        let message = format!("there is no file {}", file.value);
        let missing = f.at().error(file.span, "missing-file", message);
        report.add(
            missing
                .help("paths start at the kit's root, such as material/orders-api.md")
                .suggest(near),
        );
        return None;
    }
    let text = sources
        .text(&file.value, report)?
        .trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        let at = At {
            report,
            file: &file.value,
        };
        report.add(
            at.error(
                Span::default(),
                "empty-file",
                "there is nothing in this file",
            )
            .help("write what the candidate is shown"),
        );
        return None;
    }
    Some(text.replace("\r\n", "\n"))
}
