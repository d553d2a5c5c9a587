//! The schema for editors (docs/src/scenario.schema.json): it takes every scenario that ships, and knows exactly the
//! fields that the readers know.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::Files;
use seatrial_scenario::compile;
use seatrial_source::{At, Kind, Node, Report, Sources, Value, read_yaml};
use serde_json::{Map, Value as Json, json};

const GOOD: &str = include_str!("small/small.yaml");
const SCHEMA: &str = include_str!("../../../docs/src/scenario.schema.json");

/// What `small/manifest.yaml` names.
const MANIFEST: &str = "kind: Deployment\nspec: {replicas: 2}\n";

fn schema() -> Json {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

/// Systems below `small/`: together they use every field that no shipped scenario uses. `small.yaml` is the one that other
/// tests point into by line, so what is new goes into a file of its own.
fn small() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/small");
    let mut found: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the folder of small systems")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).expect("a text"))
        })
        .collect();
    found.sort();
    found
}

fn all() -> (Files, Vec<String>) {
    let (mut files, mut entries) = common::shipped();
    for (name, text) in small() {
        entries.push(name.clone());
        files.insert(name, text.into());
    }
    files.insert("material/front.yaml".into(), MANIFEST.into());
    (files, entries)
}

/// As an editor reads YAML.
fn plain(node: &Node) -> Json {
    match &node.value {
        Value::Unread => Json::Null,
        Value::Seq(items) => items.iter().map(plain).collect(),
        Value::Map(entries) => Json::Object(
            entries
                .iter()
                .map(|e| (e.key.clone(), plain(&e.value)))
                .collect::<Map<_, _>>(),
        ),
        Value::Scalar(scalar) => match scalar.kind() {
            Kind::Nothing => Json::Null,
            Kind::Flag(flag) => json!(flag),
            Kind::Whole | Kind::Fraction => {
                serde_json::from_str(&scalar.text).unwrap_or_else(|_| json!(scalar.text))
            }
            Kind::Text => json!(scalar.text),
        },
    }
}

#[test]
fn it_takes_the_scenarios_that_ship() {
    let validator = jsonschema::validator_for(&schema()).expect("a schema");
    let (files, entries) = all();
    let sources = Sources::new(&files);
    for entry in entries {
        let report = Report::new(&sources);
        let tree = read_yaml(At::new(&report, &entry)).expect("YAML");
        let mistakes: Vec<String> = validator
            .iter_errors(&plain(&tree))
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(mistakes.is_empty(), "{entry}\n{}", mistakes.join("\n"));
    }
}

#[test]
fn it_refuses_what_is_wrong() {
    let validator = jsonschema::validator_for(&schema()).expect("a schema");
    for (there, instead) in [
        ("timeout: 12s", "timeout: 12 USD"),
        ("replicas: 2", "replica: 2"),
        ("chance: 35%", "chance: [1]"),
    ] {
        let text = GOOD.replacen(there, instead, 1);
        let files = Files::from([("small.yaml".to_owned(), text.into_bytes())]);
        let sources = Sources::new(&files);
        let report = Report::new(&sources);
        let tree = read_yaml(At::new(&report, "small.yaml")).expect("YAML");
        assert!(!validator.is_valid(&plain(&tree)), "{instead}");
    }
}

/// What the readers say are the fields of each kind of group: each group of each file gets a field that is none, and the
/// answer names those that are.
fn known() -> BTreeMap<String, BTreeSet<String>> {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (files, _) = all();
    // A manifest is in somebody else's language; and what the larger scenarios use, a small one does, too.
    let read = ["/charged-not-settled.yaml", "/parcel-carrier.yaml"];
    let small = |path: &str| !path.contains("/scenarios/") || read.iter().any(|name| path.ends_with(name));
    for (path, bytes) in files.iter().filter(|(path, _)| !path.starts_with("material/") && small(path)) {
        let entry = if path.contains("/parts/") {
            "kits/microservices/scenarios/charged-not-settled.yaml"
        } else {
            path
        };
        let text = String::from_utf8(bytes.clone()).expect("text");
        for changed in with_strange_fields(&text) {
            let mut files = files.clone();
            files.insert(path.clone(), changed.into_bytes());
            for diagnostic in compile(&files, entry).1 {
                let Some(what) = diagnostic
                    .message
                    .strip_prefix("`zqzqzqzq` is not a field of this ")
                else {
                    continue;
                };
                let fields = diagnostic
                    .help
                    .split(';')
                    .next()
                    .and_then(|help| help.strip_prefix("its fields are "));
                let fields = fields
                    .expect("no name is near")
                    .split(", ")
                    .map(str::to_owned);
                known
                    .entry(what.replace(' ', "_"))
                    .or_default()
                    .extend(fields);
            }
        }
    }
    known
}

/// Many at once, far from each other: one reading answers for all of them.
fn with_strange_fields(text: &str) -> Vec<String> {
    let mut places: Vec<(usize, String)> = Vec::new();
    for (at, _) in text.match_indices('{').filter(|(at, _)| !text[..*at].ends_with('$')) {
        places.push((at + 1, "zqzqzqzq: 1, ".to_owned()));
    }
    let mut begins = 0;
    for line in text.split_inclusive('\n') {
        let item = line.trim_start().starts_with("- ");
        let indent = line.len() - line.trim_start_matches([' ', '-']).len();
        places.push((begins + if item { line.len() } else { 0 }, format!("{}zqzqzqzq: 1\n", " ".repeat(indent))));
        begins += line.len();
    }
    places.retain(|place| is_yaml(&with(text, &[place])));
    places.sort();
    const TOGETHER: usize = 24;
    let apart = places.len().div_ceil(TOGETHER).max(1);
    let groups = (0..apart).map(|first| places.iter().skip(first).step_by(apart).collect::<Vec<_>>());
    groups.map(|group| with(text, &group)).collect()
}

/// The text with what is put in at its places, which are in order.
fn with(text: &str, places: &[&(usize, String)]) -> String {
    let mut out = String::new();
    let mut done = 0;
    for (at, what) in places {
        out += &text[done..*at];
        out += what;
        done = *at;
    }
    out + &text[done..]
}

fn is_yaml(text: &str) -> bool {
    let files = Files::from([("one.yaml".to_owned(), text.as_bytes().to_vec())]);
    let sources = Sources::new(&files);
    let report = Report::new(&sources);
    read_yaml(At::new(&report, "one.yaml")).is_some()
}

#[test]
fn it_knows_what_the_readers_know() {
    let schema = schema();
    let known = known();
    let groups = schema["$defs"].as_object().expect("definitions").iter();
    let groups = groups
        .filter(|(_, of)| of["additionalProperties"] == json!(false))
        .map(|(name, _)| name);
    let unasked: Vec<&String> = groups.filter(|name| !known.contains_key(*name)).collect();
    assert!(unasked.is_empty(), "no reader was seen to read {unasked:?}");
    for (what, fields) in known {
        let defined = schema["$defs"][&what]["properties"]
            .as_object()
            .unwrap_or_else(|| panic!("the schema has no `{what}`"));
        let defined: BTreeSet<String> = defined.keys().cloned().collect();
        let missing: Vec<_> = fields.difference(&defined).collect();
        let strange: Vec<_> = defined.difference(&fields).collect();
        assert!(
            missing.is_empty(),
            "the schema's `{what}` lacks {missing:?}"
        );
        // A step is read by what it does, and not everything is done in the files that ship.
        if !matches!(
            what.as_str(),
            "step" | "statement" | "operation" | "way_of_running" | "move" | "change"
        ) {
            assert!(
                strange.is_empty(),
                "no reader asks for {strange:?} of a `{what}`"
            );
        }
    }
}
