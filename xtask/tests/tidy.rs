//! What the compiler does not see: rules about the text of this repository, told as `file:line: what to do instead`.
//! What generated files hold is checked in `src/main.rs`; how code behaves, in the crates.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use pulldown_cmark::{Event, Options, Parser, Tag};

const LONGEST_LINE: usize = 160;
const LONGEST_FILE: usize = 600;

/// Made from the API's description; nobody reads it top to bottom.
const GENERATED: &[&str] = &["web/src/api/schema.d.ts"];

/// This file names everything that it forbids.
const ITSELF: &str = "xtask/tests/tidy.rs";

/// The crates that are handed the time and the files, and what they do instead of reaching for the machine.
const CORE: &[&str] = &[
    "crates/source/src/",
    "crates/sim/src/",
    "crates/scenario/src/",
    "crates/study/src/",
    "crates/validate/src/",
    "crates/kit/src/",
    "crates/panel/src/",
    "crates/export/src/",
    "crates/wasm/src/",
];
const BANNED_IN_CORE: &[(&str, &str)] = &[
    ("SystemTime::now", "take the time as an argument"),
    ("Instant::now", "take the time as an argument"),
    ("Timestamp::now", "take the time as an argument"),
    ("std::fs", "take the text or the bytes; the command and the server read files"),
    ("std::net", "leave the network to the server"),
    ("tokio", "stay synchronous; the server and the store wait"),
    ("HashMap", "use BTreeMap: its order is the same every time"),
    ("HashSet", "use BTreeSet: its order is the same every time"),
    ("thread::", "stay on the caller's thread; the server decides what runs beside what"),
];

/// What each crate may use of the others, lowest first. The command may use everything.
const LAYERS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("sim", &[]),
    ("scenario", &["source", "sim"]),
    ("study", &["source", "sim", "scenario"]),
    ("validate", &["sim", "scenario", "study"]),
    ("kit", &["source"]),
    ("panel", &["kit"]),
    ("export", &["kit"]),
    ("story", &["sim", "scenario"]),
    ("room", &["sim", "scenario", "story"]),
    ("wasm", &["source", "sim", "scenario", "story", "kit"]),
    ("store", &["kit", "panel"]),
    ("server", &["export", "kit", "panel", "scenario", "room", "store"]),
    ("cli", &["source", "sim", "scenario", "story", "study", "validate", "kit", "panel", "export", "store", "server"]),
];

const UNFINISHED: &[(&str, &str)] = &[
    ("todo!(", "write it, or leave out what needs it"),
    ("unimplemented!(", "write it, or leave out what needs it"),
    ("FIXME", "fix it, or open an issue"),
    ("#[ignore", "repair the test, or remove it"),
    (".only(", "remove it, so that the other tests run again"),
];

const MACHINE: &[(&str, &str)] = &[
    ("/work/", "name no folder of one machine"),
    ("/tmp/st", "name no folder of one machine"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// Paths of the repository, `/` between the parts: what git keeps or would keep; without git, what lies there.
fn paths() -> BTreeSet<String> {
    let root = root();
    let git = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(&root)
        .output()
        .ok()
        .filter(|output| output.status.success())
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .filter(|listed| !listed.is_empty());
    let found: BTreeSet<String> = match git {
        Some(listed) => listed.split('\0').filter(|p| root.join(p).is_file()).map(str::to_owned).collect(),
        None => walk(&root, ""),
    };
    // A listing that came out empty would pass every rule.
    assert!(found.contains(ITSELF), "the files of the repository were not found below {}", root.display());
    found
}

fn walk(root: &Path, below: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(root.join(below)).unwrap().map(Result::unwrap) {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if entry.file_type().unwrap().is_dir() {
            if ![".git", "target", "node_modules", "dist", "book", "pkg", "site"].contains(&name.as_str()) {
                found.extend(walk(root, &path));
            }
        } else {
            found.insert(path);
        }
    }
    found
}

/// The files that are text, with their text.
fn texts() -> Vec<(String, String)> {
    let root = root();
    paths().into_iter().filter_map(|path| Some((path.clone(), fs::read_to_string(root.join(path)).ok()?))).collect()
}

fn is_code(path: &str) -> bool {
    [".rs", ".ts", ".tsx"].iter().any(|end| path.ends_with(end))
}

/// Every line of the files whose path is `wanted`, with its number.
fn each_line(wanted: impl Fn(&str) -> bool, mut look: impl FnMut(&str, usize, &str)) {
    for (path, text) in texts().iter().filter(|(path, _)| wanted(path)) {
        for (at, line) in text.lines().enumerate() {
            look(path, at + 1, line);
        }
    }
}

/// Places where one of `words` stands, each with its advice.
fn found(words: &[(&str, &str)], wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let mut wrong = Vec::new();
    each_line(wanted, |path, at, line| {
        for (word, advice) in words.iter().filter(|(word, _)| line.contains(word)) {
            wrong.push(format!("{path}:{at}: `{word}`: {advice}"));
        }
    });
    wrong
}

#[track_caller]
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn the_core_does_not_reach_for_the_machine() {
    let is_core = |path: &str| CORE.iter().any(|folder| path.starts_with(folder)) && !path.contains("/tests/");
    none(&found(BANNED_IN_CORE, |path| path.ends_with(".rs") && is_core(path)));
}

/// The simulator is general: a parcel carrier is made from the same parts as a bank.
const DOMAINS: &[&str] = &["payment", "charge", "refund", "ledger", "settle", "customer", "order_id", "shopper", "parcel", "invoice"];

#[test]
fn the_simulator_knows_no_domain() {
    let mut wrong = Vec::new();
    each_line(
        |path| path.starts_with("crates/sim/src/"),
        |path, at, line| {
            let line = line.to_lowercase();
            for word in DOMAINS.iter().filter(|word| line.contains(*word)) {
                wrong.push(format!("{path}:{at}: `{word}`: say it in general terms; scenarios name the things of a domain"));
            }
        },
    );
    none(&wrong);
}

#[test]
fn lines_fit_on_a_screen() {
    let mut wrong = Vec::new();
    each_line(
        |path| is_code(path) && !GENERATED.contains(&path),
        |path, at, line| {
            let long = line.chars().count();
            if long > LONGEST_LINE {
                wrong.push(format!("{path}:{at}: {long} characters; break it before {LONGEST_LINE}"));
            }
            if path.ends_with(".rs") && line.contains('\t') {
                wrong.push(format!("{path}:{at}: a tab; indent with spaces, write \\t in text"));
            }
        },
    );
    none(&wrong);
}

#[test]
fn files_end_with_a_line_end() {
    let wrong: Vec<String> = texts()
        .iter()
        // What a fuzzer found stays as it was found.
        .filter(|(path, text)| !path.starts_with("fuzz/corpus/") && !text.is_empty() && !text.ends_with('\n'))
        .map(|(path, text)| format!("{path}:{}: end the last line", text.lines().count()))
        .collect();
    none(&wrong);
}

#[test]
fn files_hold_one_idea() {
    let wrong: Vec<String> = texts()
        .iter()
        .filter(|(path, _)| is_code(path) && !GENERATED.contains(&path.as_str()))
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(path, lines)| format!("{path}: {lines} lines; split it before {LONGEST_FILE}"))
        .collect();
    none(&wrong);
}

#[test]
fn nothing_is_left_for_later() {
    let mut wrong = found(UNFINISHED, |path| is_code(path) && path != ITSELF);
    each_line(is_code, |path, at, line| {
        // Playwright leaves a test out on some screens: `test.skip(isMobile, "why")`. Without a condition, the first
        // argument is the test's name.
        let left_out = line.split("test.skip(").nth(1).is_some_and(|rest| !rest.starts_with(|c: char| c == '!' || c.is_alphabetic()));
        if left_out && path != ITSELF {
            wrong.push(format!("{path}:{at}: `test.skip(` without a condition: repair the test, or remove it"));
        }
    });
    none(&wrong);
}

#[test]
fn nothing_depends_on_where_it_was_made() {
    let mut wrong = found(MACHINE, |path| path != ITSELF);
    // What npm and cargo read. Cargo names its own index in the lock file whatever mirror served it.
    each_line(
        |path| ["package-lock.json", ".npmrc", "Cargo.lock", "Cargo.toml", ".cargo/config.toml"].iter().any(|name| path.ends_with(name)),
        |path, at, line| {
            let line = line.replace("registry+https://github.com/rust-lang/crates.io-index", "");
            for word in ["crates.io", "npmjs", "\"resolved\"", "registry+", "registry="] {
                if line.contains(word) {
                    wrong.push(format!("{path}:{at}: `{word}`: name no registry; whoever builds chooses theirs"));
                }
            }
        },
    );
    none(&wrong);
}

/// Targets of links and pictures, with the line they stand on. Pictures may also be written as HTML.
fn targets(text: &str) -> Vec<(usize, String)> {
    let mut targets = Vec::new();
    for (event, place) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let at = text[..place.start].matches('\n').count() + 1;
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => targets.push((at, dest_url.to_string())),
            Event::Html(html) | Event::InlineHtml(html) => {
                for attribute in ["src=\"", "srcset=\"", "href=\""] {
                    let values = html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next());
                    targets.extend(values.map(|value| (at, value.to_owned())));
                }
            }
            _ => {}
        }
    }
    targets
}

/// Where a relative target points, seen from the file it stands in; nothing for other sites and places on the same page.
fn points_to(from: &str, target: &str) -> Option<String> {
    let target = target.split(['#', '?']).next().filter(|target| !target.is_empty())?;
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[test]
fn every_link_leads_somewhere() {
    let there = paths();
    let is_there = |path: &str| there.contains(path) || there.iter().any(|p| p.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')));
    let mut wrong = Vec::new();
    for (path, text) in texts() {
        let read = ["README.md", "ARCHITECTURE.md"].contains(&path.as_str()) || path.starts_with("docs/") && path.ends_with(".md");
        for (at, target) in if read { targets(&text) } else { Vec::new() } {
            if points_to(&path, &target).is_some_and(|to| !is_there(&to)) {
                wrong.push(format!("{path}:{at}: nothing is at `{target}`"));
            }
        }
    }
    none(&wrong);
}

#[test]
fn every_page_of_the_book_is_in_its_summary() {
    const SUMMARY: &str = "docs/src/SUMMARY.md";
    let summary = fs::read_to_string(root().join(SUMMARY)).unwrap();
    let linked: BTreeSet<String> = targets(&summary).iter().filter_map(|(_, target)| points_to(SUMMARY, target)).collect();
    let wrong: Vec<String> = paths()
        .iter()
        .filter(|path| path.starts_with("docs/src/") && path.ends_with(".md") && *path != SUMMARY && !linked.contains(*path))
        .map(|path| format!("{path}: no reader finds it; link it from {SUMMARY}"))
        .collect();
    none(&wrong);
}

#[test]
fn dependencies_point_down() {
    let mut wrong = Vec::new();
    for path in paths() {
        let Some(name) = path.strip_prefix("crates/").and_then(|rest| rest.strip_suffix("/Cargo.toml")) else { continue };
        let Some((_, may)) = LAYERS.iter().find(|(layer, _)| *layer == name) else {
            wrong.push(format!("{path}: `{name}` has no place among the layers; give it one in {ITSELF}"));
            continue;
        };
        let text = fs::read_to_string(root().join(&path)).unwrap();
        for (at, line) in text.lines().enumerate() {
            // A dependency begins its line, or names its own section.
            let line = line.trim_start();
            let key = line.strip_prefix('[').and_then(|section| section.split_once("dependencies.").map(|(_, key)| key)).unwrap_or(line);
            let Some(rest) = key.strip_prefix("seatrial-") else { continue };
            let used: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
            if !may.contains(&used.as_str()) {
                wrong.push(format!("{path}:{}: {name} may not use {used}, only: {}", at + 1, may.join(", ")));
            }
        }
    }
    none(&wrong);
}

#[test]
fn crates_say_what_they_are() {
    let wrong: Vec<String> = texts()
        .iter()
        .filter(|(path, text)| {
            let parts: Vec<&str> = path.split('/').collect();
            matches!(parts[..], ["crates", _, "src", "lib.rs" | "main.rs"]) && !text.starts_with("//! ")
        })
        .map(|(path, _)| format!("{path}:1: begin with a `//!` line that says what lives here and what does not"))
        .collect();
    none(&wrong);
}

#[test]
fn only_the_rights_decide_by_role() {
    let decides = |line: &str| {
        let compares = ["==", "!=", "matches!", "match "].iter().any(|word| line.contains(word));
        compares && (line.contains(".role") || line.contains(" Role::"))
    };
    let mut wrong = Vec::new();
    each_line(
        |path| path.starts_with("crates/server/src/api"),
        |path, at, line| {
            if decides(line) {
                wrong.push(format!("{path}:{at}: decides by role; ask `rights.rs`, where all such decisions stand"));
            }
        },
    );
    none(&wrong);
}
