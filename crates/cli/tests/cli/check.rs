//! `seatrial check`: good kits, broken kits, and folders that are none.

use std::fs;

use tempfile::{TempDir, tempdir};

use crate::run::{Ran, copy, repository, run};

/// A folder with a copy of the loader's small kit in `kit`.
fn small() -> TempDir {
    let folder = tempdir().unwrap();
    copy(&repository().join("crates/kit/tests/small"), &folder.path().join("kit"));
    folder
}

fn check(folder: &TempDir) -> Ran {
    let ran = run(folder.path(), &["check", "kit"]);
    assert!(!ran.stderr.contains('\u{1b}'), "colours without a terminal");
    ran
}

/// Writes one file of the small kit anew and checks it; it must be refused.
fn broken(file: &str, bytes: &[u8]) -> Ran {
    let folder = small();
    fs::write(folder.path().join("kit").join(file), bytes).unwrap();
    let ran = check(&folder);
    assert_eq!((ran.code, ran.text()), (2, ""), "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("kit/{file}:1:")), "{}", ran.stderr);
    assert!(ran.stderr.len() < 20_000, "{} bytes about one file", ran.stderr.len());
    ran
}

#[test]
fn the_kit_that_ships_has_no_mistake() {
    let ran = run(&repository(), &["check", "kits/microservices"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.text().contains("7 areas") && ran.text().contains("4 role packs"), "{}", ran.text());
}

#[test]
fn mistakes_in_several_files_are_all_said_at_once_each_at_its_place() {
    let folder = small();
    for (file, from, to) in [
        ("areas/consistency.yaml", "after: [own-state]", "after: [own-stat]"),
        ("areas/consistency.yaml", "minutes: 45", "minutes: soon"),
        ("packs/fintech-engineer.yaml", "- {area: consistency, depth", "- {area: consistncy, depth"),
        ("kit.yaml", "exercises: [flaky-suite]", "exercises: [flaky-suites]"),
    ] {
        let path = folder.path().join("kit").join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} no longer says {from}");
        fs::write(path, text.replace(from, to)).unwrap();
    }
    let ran = check(&folder);
    assert_eq!((ran.code, ran.text()), (2, ""));
    insta::assert_snapshot!("several_mistakes", ran.stderr);
}

#[test]
fn bytes_that_are_no_kit_are_refused_with_a_place_and_without_a_panic() {
    let bomb: String = ('b'..='z').fold("a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, c| {
        let before = char::from(c as u8 - 1);
        format!("{text}{c}: &{c} [*{before}, *{before}, *{before}, *{before}, *{before}, *{before}, *{before}, *{before}, *{before}]\n")
    });
    let noise: Vec<u8> = (0..60_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let said: Vec<String> = [
        ("brackets", "[".repeat(200_000).into_bytes()),
        ("braces", "{".repeat(200_000).into_bytes()),
        ("empty", Vec::new()),
        ("no UTF-8", b"kit: \xff\xfe".to_vec()),
        ("NUL", b"kit: a\0b".to_vec()),
        ("a list", b"- kit".to_vec()),
    ]
    .into_iter()
    .map(|(what, bytes)| format!("--- {what}\n{}", broken("kit.yaml", &bytes).stderr))
    .collect();
    insta::assert_snapshot!("no_kit", said.concat());
    let folder = small();
    for bytes in [noise, bomb.into_bytes()] {
        fs::write(folder.path().join("kit/areas/testing.yaml"), bytes).unwrap();
        assert_eq!(check(&folder).code, 2);
    }
}

#[test]
fn a_folder_that_is_no_kit_is_named() {
    let folder = tempdir().unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("file.yaml"), "kit: x").unwrap();
    let said: Vec<String> = ["empty", "missing", "file.yaml"]
        .into_iter()
        .map(|name| {
            let ran = run(folder.path(), &["check", name]);
            assert_eq!((ran.code, ran.text()), (2, ""), "{name}");
            ran.stderr
        })
        .collect();
    insta::assert_snapshot!("no_folder", said.concat());
}

#[test]
fn a_plan_is_held_to_the_scenario_that_it_leads() {
    let folder = small();
    let kit = folder.path().join("kit");
    let plan = fs::read_to_string(kit.join("plans/charge-lost.yaml")).unwrap();
    // Without the scenario there is nothing to look names up in; the plan can be held talk-only.
    let ran = check(&folder);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    insta::assert_snapshot!("plan_without_system", ran.stderr);

    // With a scenario that was made for something else, every name is astray.
    copy(&repository().join("kits/microservices/parts"), &kit.join("parts"));
    fs::create_dir(kit.join("scenarios")).unwrap();
    let system = fs::read_to_string(repository().join("kits/microservices/scenarios/charged-not-settled.yaml")).unwrap();
    fs::write(kit.join("scenarios/charge-lost.yaml"), system.replace("scenario: charged-not-settled", "scenario: charge-lost")).unwrap();
    let ran = check(&folder);
    assert_eq!((ran.code, ran.text()), (2, ""), "{}", ran.stderr);
    insta::assert_snapshot!("plan_astray", ran.stderr);

    // An option belongs to its decision.
    let named = [("bank_down", "settle_db_down"), ("answers_lost", "answers_vanish")];
    let plan = named.iter().fold(plan, |plan, (from, to)| plan.replace(from, to));
    fs::write(kit.join("plans/charge-lost.yaml"), plan.replace("option: again_same", "option: again_never")).unwrap();
    let ran = check(&folder);
    assert!(ran.stderr.contains("no option of `no_answer` `again_never`"), "{}", ran.stderr);
}
