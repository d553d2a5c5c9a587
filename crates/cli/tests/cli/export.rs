//! `seatrial kit export`: every format, to a file and to standard output; and what is asked wrongly.

use std::fs;

use tempfile::tempdir;

use crate::run::{copy, repository, run};

#[test]
fn every_format_is_the_same_in_a_file_and_on_standard_output() {
    let folder = tempdir().unwrap();
    for (to, begins) in [("html", "<!doctype html>"), ("pdf", "%PDF-"), ("md", "# "), ("csv", ""), ("json", "{")] {
        let file = format!("kit.{to}");
        let written = run(folder.path(), &["kit", "export", "--to", to, "--area", "consistency", "-o", &file]);
        assert_eq!((written.code, written.text()), (0, ""), "{}", written.stderr);
        assert!(written.stderr.contains(&file), "{}", written.stderr);
        let printed = run(folder.path(), &["kit", "export", "--to", to, "--area", "consistency"]);
        assert_eq!((printed.code, printed.stderr.as_str()), (0, ""));
        let bytes = fs::read(folder.path().join(&file)).unwrap();
        assert!(bytes == printed.stdout, "{to} differs");
        let start = String::from_utf8_lossy(&bytes[..20]).to_lowercase();
        assert!(start.starts_with(&begins.to_lowercase()), "{to} begins with {start}");
    }
}

#[test]
fn a_role_pack_and_a_kit_of_ones_own_print_too() {
    let folder = tempdir().unwrap();
    let ran = run(folder.path(), &["kit", "export", "--to", "md", "--pack", "fintech-engineer", "--seniority", "staff"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.text().contains("Staff"));
    copy(&repository().join("crates/kit/tests/small"), &folder.path().join("kit"));
    let ran = run(folder.path(), &["kit", "export", "--to", "json", "--kit", "kit"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(serde_json::from_str::<serde_json::Value>(ran.text()).unwrap()["format"], "seatrial-kit");
    let schema = run(folder.path(), &["kit", "schema"]);
    assert!(serde_json::from_str::<serde_json::Value>(schema.text()).unwrap()["$schema"].is_string());
}

#[test]
fn a_wrong_name_is_answered_with_the_nearest() {
    let folder = tempdir().unwrap();
    for (args, nearest) in [
        ("--to md --area consistancy", "consistency"),
        ("--to md --pack fintech-enginer", "fintech-engineer"),
        ("--to md --pack fintech-engineer --seniority staf", "staff"),
        ("--to htm", "html"),
    ] {
        let mut all = vec!["kit", "export"];
        all.extend(args.split(' '));
        let ran = run(folder.path(), &all);
        assert_eq!((ran.code, ran.text()), (2, ""), "{args}");
        assert!(ran.stderr.contains(nearest), "{args}: {}", ran.stderr);
    }
}

#[test]
fn a_place_that_cannot_be_written_and_a_broken_kit_are_said() {
    let folder = tempdir().unwrap();
    let ran = run(folder.path(), &["kit", "export", "--to", "md", "-o", "no/such/folder/kit.md"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("no/such/folder/kit.md"), "{}", ran.stderr);
    fs::create_dir(folder.path().join("kit")).unwrap();
    fs::write(folder.path().join("kit/kit.yaml"), "kit: [").unwrap();
    let ran = run(folder.path(), &["kit", "export", "--to", "md", "--kit", "kit"]);
    assert_eq!((ran.code, ran.text()), (2, ""));
    assert!(ran.stderr.contains("kit/kit.yaml:1:") && ran.stderr.contains("has mistakes"), "{}", ran.stderr);
}
