//! The part as data, with its schema. The envelope says which kit and which part; inside stand the kit's own types.

use crate::part::{self, LoopSheet, Part};
use schemars::JsonSchema;
use seatrial_kit::{Area, Exercise, Kit, Pack, ScenarioPlan};
use serde::Serialize;

/// Version of the envelope; grows when a reader of the older one would misread the newer.
const SCHEMA: u32 = 1;

/// A kit, or a part of one, as exported by Seatrial.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Seatrial kit export")]
struct Export<'a> {
    #[schemars(extend("const" = "seatrial-kit"))]
    format: &'static str,
    #[schemars(extend("const" = 1))]
    schema: u32,
    kit: Stamp<'a>,
    part: Content<'a>,
}

/// Which kit it came from.
#[derive(Serialize, JsonSchema)]
struct Stamp<'a> {
    id: &'a str,
    title: &'a str,
    version: &'a str,
    hash: &'a str,
}

#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Content<'a> {
    /// Everything.
    Kit { content: &'a Kit },
    /// One area with its exercises.
    Area {
        content: &'a Area,
        exercises: Vec<&'a Exercise>,
    },
    /// One role's loop; `seniority` names the bar that was asked for, if one was.
    Pack {
        content: &'a Pack,
        seniority: Option<&'a str>,
    },
    /// The plan of a scenario; ids refer to the kit above.
    Plan { content: &'a ScenarioPlan },
    /// An opening's plan; ids refer to the kit above.
    Opening { content: &'a LoopSheet },
}

pub fn render(kit: &Kit, part: &Part) -> String {
    let content = match part {
        Part::Whole => Content::Kit { content: kit },
        // `Part::check` came first; if it did not, the whole kit is the honest answer.
        Part::Area(id) => {
            part::area(kit, id).map_or(Content::Kit { content: kit }, |area| Content::Area {
                content: area,
                exercises: area
                    .exercises
                    .iter()
                    .filter_map(|id| part::exercise(kit, id).ok())
                    .collect(),
            })
        }
        Part::Pack { pack, seniority } => {
            part::pack(kit, pack).map_or(Content::Kit { content: kit }, |pack| Content::Pack {
                content: pack,
                seniority: *seniority,
            })
        }
        Part::Plan(id) => part::plan(kit, id).map_or(Content::Kit { content: kit }, |plan| {
            Content::Plan { content: plan }
        }),
        Part::Loop(sheet) => Content::Opening { content: sheet },
    };
    let export = Export {
        format: "seatrial-kit",
        schema: SCHEMA,
        kit: Stamp {
            id: &kit.id,
            title: &kit.title,
            version: &kit.version,
            hash: &kit.hash,
        },
        part: content,
    };
    let mut text =
        serde_json::to_string_pretty(&export).expect("strings and numbers always serialise");
    text.push('\n');
    text
}

/// The JSON Schema (2020-12) of every JSON export.
pub fn json_schema() -> String {
    let schema = schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let schema = schema.into_root_schema_for::<Export>();
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}
