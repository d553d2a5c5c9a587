//! `seatrial schema`: what it prints takes every file that ships and every file that `seatrial new` writes, and knows exactly
//! the fields that the readers know.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use seatrial_source::{At, Kind, Node, Report, Sources, Value, read_yaml};
use serde_json::{Map, Value as Json, json};
use tempfile::tempdir;

use crate::run::{repository, run};

const EDITORS: [&str; 7] = ["scenario", "part", "plan", "kit", "area", "pack", "exercise"];

fn schema(kind: &str) -> Json {
    let ran = run(&repository(), &["schema", kind]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_slice(&ran.stdout).expect("JSON")
}

/// As an editor reads YAML.
fn plain(node: &Node) -> Json {
    match &node.value {
        Value::Unread => Json::Null,
        Value::Seq(items) => items.iter().map(plain).collect(),
        Value::Map(entries) => Json::Object(entries.iter().map(|e| (e.key.clone(), plain(&e.value))).collect::<Map<_, _>>()),
        Value::Scalar(scalar) => match scalar.kind() {
            Kind::Nothing => Json::Null,
            Kind::Flag(flag) => json!(flag),
            Kind::Whole | Kind::Fraction => serde_json::from_str(&scalar.text).unwrap_or_else(|_| json!(scalar.text)),
            Kind::Text => json!(scalar.text),
        },
    }
}

fn yaml(text: &str) -> Json {
    let files = BTreeMap::from([("it".to_owned(), text.as_bytes().to_vec())]);
    let sources = Sources::new(&files);
    let report = Report::new(&sources);
    plain(&read_yaml(At::new(&report, "it")).expect("YAML"))
}

/// The YAML files of a kit by what they are.
fn files(kit: &Path) -> Vec<(&'static str, String, String)> {
    let mut found = vec![("kit", "kit.yaml".to_owned(), fs::read_to_string(kit.join("kit.yaml")).unwrap())];
    for kind in EDITORS.into_iter().filter(|kind| *kind != "kit") {
        let Ok(entries) = fs::read_dir(kit.join(format!("{kind}s"))) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            found.push((kind, path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

/// One kit with every template in it.
fn begun(folder: &Path) -> Vec<(&'static str, String, String)> {
    for args in ["kit first-kit", "area second-area --in first-kit", "scenario second-trial --in first-kit", "part first-part --in first-kit"] {
        let ran = run(folder, &["new"].into_iter().chain(args.split(' ')).collect::<Vec<_>>());
        assert_eq!(ran.code, 0, "{args}: {}", ran.stderr);
    }
    files(&folder.join("first-kit"))
}

#[test]
fn every_file_that_ships_or_is_begun_holds_to_its_schema() {
    let folder = tempdir().unwrap();
    let validators: BTreeMap<&str, _> =
        EDITORS.into_iter().map(|kind| (kind, jsonschema::validator_for(&schema(kind)).expect("a schema"))).collect();
    let mut seen = BTreeSet::new();
    let all = files(&repository().join("kits/microservices")).into_iter();
    for (kind, path, text) in all.chain(files(&repository().join("docs/src/example-kit"))).chain(begun(folder.path())) {
        let wrong: Vec<String> = validators[kind].iter_errors(&yaml(&text)).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(wrong.is_empty(), "{path} as {kind}\n{}", wrong.join("\n"));
        seen.insert(kind);
    }
    assert_eq!(seen.len(), EDITORS.len(), "{seen:?}");
}

#[test]
fn what_is_wrong_is_refused() {
    let kit = repository().join("docs/src/example-kit");
    for (kind, file, from, to) in [
        ("kit", "kit.yaml", "schema: 1", "schema: 2"),
        ("area", "areas/on-call.yaml", "minutes: 30", "minutes: soon"),
        ("pack", "packs/service-owner.yaml", "level: good", "level: great"),
        ("exercise", "exercises/pager-log.yaml", "rarity: 2", "rare: 2"),
    ] {
        let text = fs::read_to_string(kit.join(file)).unwrap();
        assert!(text.contains(from), "{file}");
        let validator = jsonschema::validator_for(&schema(kind)).unwrap();
        assert!(!validator.is_valid(&yaml(&text.replacen(from, to, 1))), "{to}");
    }
}

/// Each group of each file of a kit gets a field that is none, and the answer names those that are.
#[test]
fn the_schemas_of_a_kit_know_what_its_readers_know() {
    let folder = tempdir().unwrap();
    begun(folder.path());
    let mut known: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for root in [folder.path().join("first-kit"), repository().join("docs/src/example-kit")] {
        let mut all = BTreeMap::new();
        gather(&root, &root, &mut all);
        for (path, text) in all.iter().filter(|(path, _)| kind_of(path).is_some()) {
            for changed in with_a_strange_field(text) {
                let mut bytes: BTreeMap<String, Vec<u8>> = all.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
                bytes.insert(path.clone(), changed.into_bytes());
                for one in seatrial_kit::load(&bytes).1 {
                    let Some(what) = one.message.strip_prefix("`zqzqzqzq` is not a field of this ") else { continue };
                    let fields = one.help.split(';').next().and_then(|help| help.strip_prefix("its fields are ")).expect("no name is near");
                    let key = (kind_of(path).unwrap().to_owned(), what.replace(' ', "_"));
                    known.entry(key).or_default().extend(fields.split(", ").map(str::to_owned));
                }
            }
        }
    }
    for kind in ["kit", "area", "pack", "exercise", "plan"] {
        let schema = schema(kind);
        let groups = schema["$defs"].as_object().unwrap().iter().filter(|(_, of)| of["additionalProperties"] == json!(false));
        for (name, of) in groups {
            let fields: BTreeSet<String> = of["properties"].as_object().unwrap().keys().cloned().collect();
            assert_eq!(known.remove(&(kind.to_owned(), name.clone())), Some(fields), "{kind}: {name}");
        }
    }
    assert!(known.is_empty(), "no schema has {:?}", known.keys());
}

fn kind_of(path: &str) -> Option<&'static str> {
    match path.split('/').next()? {
        "kit.yaml" => Some("kit"),
        "areas" => Some("area"),
        "packs" => Some("pack"),
        "exercises" => Some("exercise"),
        "plans" => Some("plan"),
        _ => None,
    }
}

fn gather(root: &Path, folder: &Path, all: &mut BTreeMap<String, String>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.strip_prefix(root).unwrap().display().to_string();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            gather(root, &path, all);
        } else {
            all.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

fn with_a_strange_field(text: &str) -> Vec<String> {
    let inside = text.match_indices('{').map(|(at, _)| format!("{}zqzqzqzq: 1, {}", &text[..=at], &text[at + 1..]));
    let lines: Vec<&str> = text.lines().collect();
    let between = lines.iter().enumerate().filter(|(_, line)| line.contains(": ") || line.ends_with(':')).map(|(number, line)| {
        let item = line.trim_start().starts_with("- ");
        let indent = line.len() - line.trim_start_matches([' ', '-']).len();
        let mut with = lines.clone();
        let added = format!("{}zqzqzqzq: 1", " ".repeat(indent));
        with.insert(number + usize::from(item), &added);
        with.join("\n")
    });
    inside.chain(between).collect()
}

#[test]
fn the_list_of_schemas_and_a_word_that_is_nearly_one() {
    let ran = run(&repository(), &["schema"]);
    insta::assert_snapshot!("schemas", ran.text());
    let wrong = run(&repository(), &["schema", "scenari"]);
    assert_eq!(wrong.code, 2);
    insta::assert_snapshot!("schema_wrong", wrong.stderr);
    let folder = tempdir().unwrap();
    let ran = run(folder.path(), &["schema", "--to", "mine"]);
    assert_eq!((ran.code, fs::read_dir(folder.path().join("mine")).unwrap().count()), (0, EDITORS.len()), "{}", ran.stderr);
}
