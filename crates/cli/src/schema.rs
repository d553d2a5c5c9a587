//! `seatrial schema`: the JSON Schemas of what people write and of what this program prints, for editors and for programs.

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

use clap::Args;
use seatrial_source::nearest;
use serde_json::{Value, json};

use crate::{Failure, Outcome, atomic, say};

/// Where `seatrial new` puts them; a kit's files end at a dot.
pub const FOLDER: &str = ".schemas";
/// By this line editors with a YAML language server find a file's schema; the path is relative to the file.
pub const MODELINE: &str = "# yaml-language-server: $schema=";

const SCENARIO: &str = include_str!("../../../docs/src/scenario.schema.json");

/// What people write, then what is printed: name, file in the book, what it describes.
const KINDS: &[(&str, &str, &str)] = &[
    ("scenario", SCENARIO, "scenarios/*.yaml, a running system"),
    ("part", "", "parts/*.yaml, what scenarios share"),
    ("plan", include_str!("../../../docs/src/plan.schema.json"), "plans/*.yaml, a scenario held as an interview"),
    ("kit", include_str!("../../../docs/src/kit.schema.json"), "kit.yaml"),
    ("area", include_str!("../../../docs/src/area.schema.json"), "areas/*.yaml"),
    ("pack", include_str!("../../../docs/src/pack.schema.json"), "packs/*.yaml, a role"),
    ("exercise", include_str!("../../../docs/src/exercise.schema.json"), "exercises/*.yaml"),
    ("kit-export", include_str!("../../../docs/src/kit-export.schema.json"), "printed by seatrial kit export --to json"),
    ("run-report", include_str!("../../../docs/src/run-report.schema.json"), "printed by seatrial run --json"),
    ("comparison", include_str!("../../../docs/src/comparison.schema.json"), "printed by seatrial compare --json"),
    ("sweep", include_str!("../../../docs/src/sweep.schema.json"), "printed by seatrial sweep --json"),
    ("validation", include_str!("../../../docs/src/validation.schema.json"), "printed by seatrial validate --json"),
];
/// How many of them are for editors.
const WRITTEN: usize = 7;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    seatrial schema                          what there is\n  \
    seatrial schema scenario > scenario.schema.json\n  \
    seatrial schema --to my-kit/.schemas     all that editors need, written anew")]
pub struct SchemaArgs {
    /// Which one; all are listed when left out
    #[arg(value_name = "KIND", conflicts_with = "to")]
    kind: Option<String>,
    /// Writes those of a kit's files into a folder, over older ones
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

pub fn schema(args: &SchemaArgs) -> Outcome {
    if let Some(folder) = &args.to {
        std::fs::create_dir_all(folder).map_err(|e| Failure::new(format!("cannot make {}: {e}", folder.display())))?;
        for (kind, ..) in KINDS.iter().take(WRITTEN) {
            let text = of(kind).unwrap_or_default();
            atomic::write(&folder.join(name(kind)), text.as_bytes())?;
        }
        say(format_args!("Wrote {WRITTEN} schemas into {}.", folder.display()));
        return Ok(ExitCode::SUCCESS);
    }
    let Some(kind) = &args.kind else {
        for (kind, _, about) in KINDS {
            say(format_args!("{kind:<11} {about}"));
        }
        return Ok(ExitCode::SUCCESS);
    };
    let text = of(kind).ok_or_else(|| {
        let known = KINDS.iter().map(|(kind, ..)| *kind);
        let hint = match nearest(kind, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", known.collect::<Vec<_>>().join(", ")),
        };
        Failure::input(format!("there is no schema `{kind}`")).hint(hint)
    })?;
    say(text.trim_end());
    Ok(ExitCode::SUCCESS)
}

/// The schema of a kind, as text with its line end.
pub fn of(kind: &str) -> Option<String> {
    let (_, text, _) = KINDS.iter().find(|(known, ..)| *known == kind)?;
    if kind == "part" {
        return part();
    }
    Some(format!("{}\n", text.trim_end()))
}

fn name(kind: &str) -> String {
    format!("{kind}.schema.json")
}

/// Where a schema lies in a kit.
pub fn file(kind: &str) -> String {
    format!("{FOLDER}/{}", name(kind))
}

/// A part has the sections of a scenario, with holes in keys and texts, and none of what makes it whole.
fn part() -> Option<String> {
    let mut whole: Value = serde_json::from_str(SCENARIO).ok()?;
    let own = json!({
        "part": {"$ref": "#/$defs/name", "description": "Its name; the file has the same."},
        "says": {"type": "string", "description": "What it is, for whoever looks for one."},
        "takes": {
            "type": "object",
            "description": "Its parameters with their defaults, or `required`. `${name}` stands for one, in keys and texts; `${as}` is what the use calls it.",
        },
    });
    let sections: BTreeMap<String, Value> = whole["$defs"]["scenario"]["properties"].as_object()?.clone().into_iter().collect();
    const WHOLE: [&str; 8] = ["scenario", "title", "story", "areas", "currency", "use", "designs", "separates"];
    let sections = sections.into_iter().filter(|(key, _)| !WHOLE.contains(&key.as_str()));
    let properties: serde_json::Map<String, Value> = own.as_object()?.clone().into_iter().chain(sections).collect();
    whole["$defs"]["scenario"] = json!({
        "type": "object",
        "description": "What scenarios share: sections with parameters.",
        "required": ["part"],
        "additionalProperties": false,
        "properties": properties,
    });
    whole["title"] = json!("Seatrial part");
    serde_json::to_string_pretty(&whole).ok().map(|text| text + "\n")
}
