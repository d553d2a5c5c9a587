//! Where the boxes of a picture stand: whoever people call stands at their side, others' systems at the other, and a line meets
//! few boxes that it has nothing to do with.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_scenario::compile;
use seatrial_scenario::picture::{Carries, Picture, Shape, boxes, picture};

fn shipped() -> Vec<(String, Picture)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../kits/microservices");
    let mut files = BTreeMap::new();
    for folder in ["scenarios", "parts", "material"] {
        for entry in std::fs::read_dir(format!("{root}/{folder}")).unwrap() {
            let entry = entry.unwrap();
            files.insert(format!("{folder}/{}", entry.file_name().to_string_lossy()), std::fs::read(entry.path()).unwrap());
        }
    }
    let names: Vec<String> = files.keys().filter(|name| name.starts_with("scenarios/")).cloned().collect();
    let drawn = |name: String| {
        let system = compile(&files, &name).0.unwrap().system;
        let picture = picture(&system);
        let listed: Vec<_> = picture.boxes.iter().map(|place| ((place.what, place.at), place.name.clone())).collect();
        assert_eq!(listed, boxes(&system), "{name}");
        (name, picture)
    };
    names.into_iter().map(drawn).collect()
}

#[test]
fn people_come_from_the_left_and_what_others_run_is_on_the_right() {
    for (name, picture) in shipped() {
        let mut cells = BTreeSet::new();
        for place in picture.boxes.iter().filter(|place| place.what != Shape::Client) {
            assert!(cells.insert((place.column, place.row)), "{name}: two boxes in one place");
            assert_eq!(place.row % 2 == 1, place.what == Shape::Store, "{name}: {}", place.name);
            assert_eq!(place.column + 1 == picture.columns && picture.boxes.iter().any(|other| other.what == Shape::Provider), place.what == Shape::Provider,
                "{name}: {}", place.name);
        }
        for edge in picture.edges.iter().filter(|edge| picture.boxes[edge.from].what == Shape::Client) {
            let (from, to) = (&picture.boxes[edge.from], &picture.boxes[edge.to]);
            assert_eq!((to.column, from.row), (0, to.row), "{name}: {} calls {}", from.name, to.name);
        }
        assert!(picture.columns <= 5 && picture.rows <= 8, "{name}: {} columns, {} rows", picture.columns, picture.rows);
    }
}

#[test]
fn a_line_between_neighbours_is_the_rule() {
    for (name, picture) in shipped() {
        // A line of calls or rows whose two boxes stand in one row or column, with no box between them but perhaps a store.
        let clear = |from: usize, to: usize| {
            let (a, b) = (&picture.boxes[from], &picture.boxes[to]);
            let between = |c: &&seatrial_scenario::picture::Place| {
                let inside = |x: usize, one: usize, other: usize| one.min(other) < x && x < one.max(other);
                c.what != Shape::Client && c.what != Shape::Store
                    && (a.column == b.column && c.column == a.column && inside(c.row, a.row, b.row)
                        || a.row == b.row && c.row == a.row && inside(c.column, a.column, b.column))
            };
            (a.column == b.column || a.row == b.row) && picture.boxes.iter().filter(between).count() == 0
        };
        let lines: Vec<_> = picture.edges.iter().filter(|edge| edge.carries != Carries::Events).collect();
        let straight = lines.iter().filter(|edge| clear(edge.from, edge.to)).count();
        assert!(straight * 2 > lines.len(), "{name}: {straight} of {} lines are straight", lines.len());
    }
}

#[test]
fn a_store_hangs_at_whoever_uses_it() {
    for (name, picture) in shipped() {
        for (at, store) in picture.boxes.iter().enumerate().filter(|(_, place)| place.what == Shape::Store) {
            let users = picture.edges.iter().filter(|edge| edge.to == at && edge.carries == Carries::Rows).map(|edge| &picture.boxes[edge.from]);
            let near = |user: &seatrial_scenario::picture::Place| user.column == store.column && user.row.abs_diff(store.row) == 1;
            assert!(users.into_iter().any(near), "{name}: {} stands alone", store.name);
        }
    }
}
