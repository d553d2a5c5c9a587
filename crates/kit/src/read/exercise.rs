//! exercises/<id>.yaml: an exercise with its material, whose files are read along.

use seatrial_source::{At, Fields, Node, Span, Spanned, nearest};

use super::{Cx, in_area, number, own_id, rubric::levels, values};
use crate::{Exercise, Finding, Material, MaterialFormat};

const FORMATS: &[(&str, MaterialFormat)] = &[
    ("markdown", MaterialFormat::Markdown),
    ("yaml", MaterialFormat::Yaml),
    ("csv", MaterialFormat::Csv),
];

/// An exercise, and the files of its material.
pub(crate) struct WithFiles {
    pub exercise: Exercise,
    pub files: Vec<String>,
    /// Whether all of its material was found.
    pub whole: bool,
}

pub(crate) fn exercise(cx: Cx<'_>, tree: &Node, id: &str) -> Option<WithFiles> {
    cx.at.map(tree, "exercise", |f| {
        let own = Spanned {
            value: own_id(f, "exercise", id),
            span: f.key("exercise"),
        };
        let title = f.text("title");
        let area = f.id("area");
        cx.names.refer(cx.at, "area", "", &area);
        let within = in_area(&area.value);
        cx.names.define(cx.at, "exercise", &within, &own);
        let minutes = number(&f.int("minutes", 1..=240));
        let (summary, prompt) = (f.text("summary"), f.text("prompt"));
        let mut files = Vec::new();
        let material = f.list("material", "material", |f| material(cx, f, id, &mut files));
        let findings = f.list("findings", "finding", |f| Finding {
            title: f.text("title"),
            text: f.text("text"),
            rarity: number(&f.int("rarity", 1..=3)),
        });
        let follow_ups = values(f.texts("follow_ups"));
        let [weak, good, excellent] = levels(f, "the exercise says what each level looks like");
        let whole = !material.is_empty() && material.iter().all(Option::is_some);
        let exercise = Exercise {
            id: own.value,
            title,
            area: area.value,
            minutes,
            summary,
            prompt,
            material: material.into_iter().flatten().collect(),
            findings,
            follow_ups,
            weak,
            good,
            excellent,
        };
        WithFiles {
            exercise,
            files,
            whole,
        }
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

/// Material lies in a folder of its own, so that no file for the panel is shown to a candidate by a slip.
const FOLDER: &str = "material/";

fn material_text(f: &Fields<'_>, file: &Spanned<String>) -> Option<String> {
    let path = file.value.as_str();
    if path.is_empty() {
        return None;
    }
    let report = f.at().report;
    let sources = report.sources();
    if !path.starts_with(FOLDER) {
        let message = "material must lie in the kit's folder `material`";
        let help = "write a path such as material/orders-api.md, from the kit's root";
        f.error(file.span, "outside-material", message, help);
        return None;
    }
    if sources.get(path).is_none() {
        let there = sources.paths().filter(|path| path.starts_with(FOLDER));
        let missing = f.at().error(
            file.span,
            "missing-file",
            format!("there is no file {path}"),
        );
        let help = "add the file; paths start at the kit's root";
        report.add(missing.help(help).suggest(nearest(path, there)));
        return None;
    }
    let text = sources.text(path, report)?.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        let at = At { report, file: path };
        let empty = at.error(
            Span::default(),
            "empty-file",
            "there is nothing in this file",
        );
        report.add(empty.help("write what the candidate is shown"));
        return None;
    }
    Some(text.replace("\r\n", "\n"))
}
