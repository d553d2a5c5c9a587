//! The book's tutorial, worked through: every file that it writes is written, every change made, every command run, and what it
//! says is printed is printed.
//!
//! On the page: a `yaml` block begins with the path of the file that it is added to; a `diff` block changes that file; a
//! `console` block has commands behind `$ `, each with its output, in which `…` stands for what was left out.

use std::{fs, path::Path};

use tempfile::tempdir;

use crate::run::{repository, run};

struct Block {
    kind: String,
    lines: Vec<String>,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) {
            let lines = lines.by_ref().take_while(|line| *line != "```").map(str::to_owned).collect();
            found.push(Block { kind: kind.to_owned(), lines });
        }
    }
    found
}

/// A line of the page holds for a line of the output; `…` in it is anything.
fn holds(wanted: &str, printed: &str) -> bool {
    let printed = printed.trim_end();
    let mut parts = wanted.split('…');
    let Some(mut rest) = parts.next().and_then(|first| printed.strip_prefix(first)) else { return false };
    let mut last = None;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
        last = Some(part);
    }
    rest.is_empty() || last == Some("")
}

/// The output holds what the page shows of it, in order and without a gap that is not told.
fn shows(wanted: &[String], printed: &str) -> Result<(), String> {
    let printed: Vec<&str> = printed.trim_end().lines().collect();
    let mut at = 0;
    let mut gap = false;
    for line in wanted {
        if line == "…" {
            gap = true;
            continue;
        }
        let there = match gap {
            true => printed.iter().skip(at).position(|printed| holds(line, printed)),
            false => printed.get(at).filter(|printed| holds(line, printed)).map(|_| 0),
        };
        at += there.ok_or_else(|| format!("the page shows\n{line}\n"))? + 1;
        gap = false;
    }
    if gap || at == printed.len() { Ok(()) } else { Err(format!("the page leaves out, without saying so,\n{}\n", printed[at])) }
}

fn work_through(page: &str, folder: &Path) -> usize {
    let (mut commands, mut file) = (0, None);
    for block in blocks(page) {
        match block.kind.as_str() {
            "yaml" => {
                let path = block.lines[0].strip_prefix("# ").and_then(|said| said.split(':').next()).expect("a path");
                let path = folder.join(path);
                let before = fs::read_to_string(&path).unwrap_or_default();
                fs::write(&path, before + &block.lines.join("\n") + "\n").unwrap();
                file = Some(path);
            }
            "diff" => {
                let side = |sign: char| -> String { block.lines.iter().filter_map(|line| line.strip_prefix(sign)).map(|line| format!("{line}\n")).collect() };
                let path = file.as_ref().expect("a file before a change of it");
                let text = fs::read_to_string(path).unwrap();
                assert!(text.contains(&side('-')), "nothing to change:\n{}", side('-'));
                fs::write(path, text.replacen(&side('-'), &side('+'), 1)).unwrap();
            }
            "console" => {
                let starts: Vec<usize> = (0..block.lines.len()).filter(|at| block.lines[*at].starts_with("$ seatrial ")).collect();
                assert_eq!(starts.first(), Some(&0), "a block of commands begins with one");
                for (number, start) in starts.iter().enumerate() {
                    let end = starts.get(number + 1).copied().unwrap_or(block.lines.len());
                    let command = block.lines[*start].trim_start_matches("$ seatrial ");
                    let ran = run(folder, &command.split(' ').collect::<Vec<_>>());
                    let printed = ran.stderr.clone() + ran.text();
                    if let Err(why) = shows(&block.lines[start + 1..end], &printed) {
                        panic!("$ seatrial {command}\n{why}but it prints\n{printed}");
                    }
                    commands += 1;
                }
            }
            _ => {}
        }
    }
    commands
}

#[test]
fn the_tutorial_is_true() {
    let folder = tempdir().unwrap();
    let page = fs::read_to_string(repository().join("docs/src/author/tutorial.md")).unwrap();
    assert!(work_through(&page, folder.path()) >= 13);
}

#[test]
fn what_is_left_out_is_told() {
    let wanted = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let printed = "one\ntwo (abc)\nthree\n";
    assert!(shows(&wanted("one\ntwo (…)\nthree"), printed).is_ok());
    assert!(shows(&wanted("…\nthree"), printed).is_ok());
    assert!(shows(&wanted("one\n…"), printed).is_ok());
    assert!(shows(&wanted("one\nthree"), printed).is_err());
    assert!(shows(&wanted("one\ntwo (…)"), printed).is_err());
    assert!(shows(&wanted("…\ntwo (…) and\n…"), printed).is_err());
}
