//! `seatrial new`: what it writes holds at once, nothing is written over, and it says what to do next.

use std::fs;

use tempfile::{TempDir, tempdir};

use crate::run::{Ran, run};

fn new(folder: &TempDir, args: &str) -> Ran {
    run(folder.path(), &["new"].into_iter().chain(args.split(' ')).collect::<Vec<_>>())
}

fn check(folder: &TempDir, path: &str) -> Ran {
    run(folder.path(), &["check", path])
}

/// A kit's hash stands in brackets.
fn without_hashes(said: &str) -> String {
    let hash = |word: &str| word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts: Vec<&str> = said.split('(').map(|part| part.split_once(')').filter(|(word, _)| hash(word)).map_or(part, |(_, rest)| rest)).collect();
    parts.iter().enumerate().fold(String::new(), |text, (at, part)| match (at, part.starts_with(':')) {
        (0, _) => (*part).to_owned(),
        (_, true) => format!("{text}(hash){part}"),
        (_, false) => format!("{text}({part}"),
    })
}

#[test]
fn a_kit_grows_and_is_sound_at_each_step() {
    let folder = tempdir().unwrap();
    let mut said = String::new();
    for (args, checks) in [
        ("kit my-kit", "my-kit"),
        ("area silence --in my-kit", "my-kit"),
        ("area repair --in my-kit", "my-kit"),
        ("scenario seats --in my-kit", "my-kit"),
        ("part keeper --in my-kit", "my-kit/parts/keeper.yaml"),
        ("part card-provider --from card-provider --in my-kit", "my-kit/parts/card-provider.yaml"),
    ] {
        let ran = new(&folder, args);
        let after = check(&folder, checks);
        assert_eq!((ran.code, after.code), (0, 0), "{args}\n{}{}", ran.stderr, after.stderr);
        assert!(ran.text().lines().count() <= 3, "{}", ran.text());
        said += &format!("$ seatrial new {args}\n{}{}$ seatrial check {checks}\n{}{}\n", ran.stderr, ran.text(), after.stderr, after.text());
    }
    // A copy of what ships brings the parts that it uses, and leaves the one that is there.
    let ran = new(&folder, "scenario charged --from charged-not-settled --in my-kit");
    assert!(ran.code == 0 && !ran.text().contains("card-provider"), "{}{}", ran.text(), ran.stderr);
    let after = check(&folder, "my-kit/scenarios/charged.yaml");
    assert!(after.code == 0 && after.text().starts_with("charged ("), "{}", after.stderr);
    insta::assert_snapshot!("new_kit", without_hashes(&said));
    insta::assert_snapshot!("new_kit_head", fs::read_to_string(folder.path().join("my-kit/kit.yaml")).unwrap());
    insta::assert_snapshot!("new_kit_role", fs::read_to_string(folder.path().join("my-kit/packs/first-role.yaml")).unwrap());
}

#[test]
fn the_scenario_that_is_begun_is_proven_in_seconds() {
    let folder = tempdir().unwrap();
    assert_eq!(new(&folder, "scenario my-own").code, 0);
    let ran = run(folder.path(), &["separates", "my-own.yaml"]);
    assert_eq!(ran.code, 0, "{}{}", ran.text(), ran.stderr);
    insta::assert_snapshot!("new_separates", ran.text());
}

#[test]
fn the_part_that_is_begun_runs_in_a_scenario() {
    let folder = tempdir().unwrap();
    new(&folder, "part archive");
    fs::write(
        folder.path().join("mine.yaml"),
        "scenario: mine
title: Mine
clock: {play: 1m}
use: [{part: archive, as: keeper, with: {of: Moved, topic: news}}]
records:
  Thing: {fields: {id: id}}
  Moved: {fields: {ref: id, thing: Thing.id}}
topics: {news: {of: Moved, key: thing}}
clients: {people: {arrive: constant 2/s, make: {Thing: {}}, call: {to: front.go}}}
services: {front: {handlers: {go: {input: {thing: Thing}, steps: [{publish: news, body: {ref: thing.id}}, {respond: ok}]}}}}
invariants: {kept: {each: Thing, at_end: kept.size() == 1, means: {hurts: people}}}
",
    )
    .unwrap();
    let ran = check(&folder, "mine.yaml");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = check(&folder, "parts/archive.yaml");
    assert!(ran.text().ends_with("used by mine\n"), "{}", ran.text());
    let ran = run(folder.path(), &["run", "mine.yaml"]);
    assert!(ran.text().contains("✓ kept"), "{}{}", ran.text(), ran.stderr);

    // A parameter that is none is told at its place, in the part's own file.
    let path = folder.path().join("parts/archive.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("replicas: ${replicas}", "replicas: ${replica}")).unwrap();
    let ran = check(&folder, "parts/archive.yaml");
    assert_eq!((ran.code, ran.text()), (2, ""));
    insta::assert_snapshot!("part_mistake", ran.stderr);
}

#[test]
fn nothing_is_written_over_and_nothing_half_written() {
    let folder = tempdir().unwrap();
    new(&folder, "kit my-kit");
    let before = fs::read_to_string(folder.path().join("my-kit/kit.yaml")).unwrap();
    fs::write(folder.path().join("my-kit/areas/mine.yaml"), "mine").unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let mut said = String::new();
    for args in [
        "kit my-kit",
        "area mine --in my-kit",
        "area first-area --in my-kit",
        "area mine",
        "scenario Mine_Own",
        "scenario 7up",
        "scenario mine --from charged-not-setled",
        "part mine --from card-provder",
        "kit mine --from theirs",
        "kit mine --in my-kit",
        "part mine --in nowhere",
        "part mine --in file",
    ] {
        let ran = new(&folder, args);
        assert_eq!((ran.code, ran.text()), (2, ""), "{args}");
        said += &format!("$ seatrial new {args}\n{}\n", ran.stderr);
    }
    insta::assert_snapshot!("new_refused", said);
    assert_eq!(fs::read_to_string(folder.path().join("my-kit/kit.yaml")).unwrap(), before);
    assert_eq!(fs::read_to_string(folder.path().join("my-kit/areas/mine.yaml")).unwrap(), "mine");

    // A kit that is broken is mended first.
    fs::write(folder.path().join("my-kit/kit.yaml"), before.replace("areas: [first-area]", "areas: [first-aria]")).unwrap();
    let ran = new(&folder, "scenario mine --in my-kit");
    assert!(ran.stderr.contains("first-aria") && ran.stderr.ends_with("hint: mend them first: seatrial check lists them\n"), "{}", ran.stderr);
    assert!(!folder.path().join("my-kit/scenarios/mine.yaml").exists());
}

#[test]
fn a_fork_of_the_kit_that_ships_is_whole() {
    let folder = tempdir().unwrap();
    let ran = new(&folder, "kit ours --from microservices");
    assert_eq!((ran.code, ran.text().lines().count()), (0, 3), "{}{}", ran.stderr, ran.text());
    let ran = check(&folder, "ours");
    assert!(ran.code == 0 && ran.stderr == "no mistakes\n" && ran.text().starts_with("ours "), "{}{}", ran.stderr, ran.text());
    let readme = fs::read_to_string(folder.path().join("ours/README.md")).unwrap();
    assert!(readme.contains("Forked from the kit microservices"), "{readme}");
}

#[test]
fn what_a_kit_lacks_is_said() {
    let folder = tempdir().unwrap();
    new(&folder, "kit my-kit");
    new(&folder, "part keeper --in my-kit");
    let plan = folder.path().join("my-kit/plans/first-trial.yaml");
    let text = fs::read_to_string(&plan).unwrap();
    fs::write(&plan, text.replace("decisions: [no_answer, sight]", "decisions: [no_answer]")).unwrap();
    let ran = new(&folder, "scenario seats --in my-kit");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let kit = folder.path().join("my-kit/kit.yaml");
    let head = fs::read_to_string(&kit).unwrap();
    fs::write(&kit, head.replace("plans: [first-trial, seats]", "plans: [first-trial]")).unwrap();
    fs::remove_file(folder.path().join("my-kit/plans/seats.yaml")).unwrap();
    let ran = check(&folder, "my-kit");
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!("kit_lacks", ran.stderr);
}
