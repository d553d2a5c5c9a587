//! Kits without mistakes: the small one of these tests, and the one that is shipped.

mod common;

use std::path::Path;

use seatrial_kit::{Level, MaterialFormat, Sources, Style, load, render_all};

#[test]
fn the_small_kit_is_read_whole() {
    let (kit, diagnostics) = load(&common::small());
    assert_eq!(
        render_all(
            &diagnostics,
            &Sources::new(&common::small()),
            Style::default()
        ),
        ""
    );
    insta::assert_debug_snapshot!(kit.expect("no mistakes"));
}

#[test]
fn the_shipped_kit_has_no_mistakes() {
    let files =
        common::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kits/microservices"));
    let (kit, diagnostics) = load(&files);
    assert_eq!(
        render_all(&diagnostics, &Sources::new(&files), Style::default()),
        ""
    );
    let kit = kit.expect("no mistakes");
    assert_eq!(kit.areas.len(), 7);
    assert_eq!(kit.packs.len(), 4);
}

#[test]
fn paragraphs_survive_and_lines_are_joined() {
    let (kit, _) = load(&common::small());
    let kit = kit.expect("no mistakes");
    assert_eq!(
        kit.regret_reading,
        "Listen for the cost.\n\nA regret without a cost is a story."
    );
    assert_eq!(
        kit.areas[0].prompts[0].text,
        "A marketplace takes 400 orders an hour.\n\nEach is charged once."
    );
}

#[test]
fn what_may_be_left_out_is_empty() {
    let (kit, _) = load(&common::small());
    let kit = kit.expect("no mistakes");
    assert!(kit.areas[1].prompts[0].note.is_empty());
    assert!(kit.areas[0].exercises.is_empty());
    assert_eq!(kit.packs[0].seniorities[0].bar[1].level, None);
    assert_eq!(
        kit.packs[0].seniorities[1].bar[0].level,
        Some(Level::Excellent)
    );
    assert_eq!(kit.exercises[0].material[0].format, MaterialFormat::Csv);
}

#[test]
fn the_hash_changes_with_every_byte_and_every_path() {
    let files = common::small();
    let hash = |files: &common::Files| seatrial_kit::hash(files);
    let mut changed = files.clone();
    changed
        .get_mut("material/runs.csv")
        .expect("it is there")
        .push(b'\n');
    let mut moved = files.clone();
    let text = moved.remove("material/runs.csv").expect("it is there");
    moved.insert("material/runs2.csv".into(), text);
    assert_eq!(hash(&files).len(), 12);
    assert_ne!(hash(&files), hash(&changed));
    assert_ne!(hash(&files), hash(&moved));
    assert_eq!(load(&files).0.expect("no mistakes").hash, hash(&files));
}

#[test]
fn scenarios_and_their_parts_are_not_strange() {
    let mut files = common::small();
    files.insert("scenarios/some.yaml".into(), b"scenario: some\n".to_vec());
    files.insert("parts/some.yaml".into(), b"part: some\n".to_vec());
    let (kit, diagnostics) = load(&files);
    assert!(kit.is_some() && diagnostics.is_empty(), "{diagnostics:?}");
}
