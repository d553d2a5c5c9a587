//! The page that lists the proofs of the scenarios that ship. A proof takes minutes, so its page is made by `seatrial separates`
//! and committed; which version of a scenario it is about stands in its head.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use seatrial_scenario::compile;

pub const FOLDER: &str = "docs/src/reference/proofs";
const KIT: &str = "kits/microservices";

/// What a committed page says of itself.
struct Proven {
    hash: String,
    state: String,
    runs: String,
}

/// One line for each scenario that ships, proven or not.
pub fn page(root: &Path) -> String {
    let mut out = String::from(
        "# Proofs of the scenarios that ship\n\n\
         A [proof](../cli/separates.md) says that the designs of a scenario come to different ends, on seeds that nobody chose. Each page shows how every \
         claim is spread over the seeds, what the scenario does in its variations, and what each of the seven points found; it is of the version whose hash \
         it names. `seatrial separates NAME --full --html OUT` makes it again.\n\n\
         | scenario | proof |\n| --- | --- |\n",
    );
    for (name, title, hash) in scenarios(root) {
        let said = match proven(root, &name) {
            None => "none yet".to_owned(),
            Some(proven) if proven.hash != hash => format!("[of an earlier version](proofs/{name}.html)"),
            Some(proven) => {
                let state = match proven.state.as_str() {
                    "holds" => "all seven points hold",
                    "part" => "what was checked holds",
                    _ => "fails",
                };
                format!("[{state}](proofs/{name}.html), {} runs", proven.runs)
            }
        };
        let _ = writeln!(out, "| `{name}`: {title} | {said} |");
    }
    out
}

/// Names of the scenarios whose committed proof is of an earlier version.
#[cfg(test)]
pub fn outdated(root: &Path) -> Vec<String> {
    let old = |(name, _, hash): &(String, String, String)| proven(root, name).is_some_and(|proven| proven.hash != *hash);
    scenarios(root).into_iter().filter(old).map(|(name, ..)| name).collect()
}

fn proven(root: &Path, name: &str) -> Option<Proven> {
    let html = fs::read_to_string(root.join(FOLDER).join(format!("{name}.html"))).ok()?;
    let meta = |what: &str| {
        let (_, rest) = html.split_once(&format!("<meta name=\"seatrial-{what}\" content=\""))?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    Some(Proven { hash: meta("hash")?, state: meta("proof")?, runs: meta("runs")? })
}

/// Name, title and hash of each scenario that claims something, by name.
fn scenarios(root: &Path) -> Vec<(String, String, String)> {
    let mut files = BTreeMap::new();
    for folder in ["scenarios", "parts", "material"] {
        let entries = fs::read_dir(root.join(KIT).join(folder)).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "yaml")) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            files.insert(format!("{folder}/{name}"), fs::read(&path).unwrap_or_default());
        }
    }
    let entries: Vec<String> = files.keys().filter(|path| path.starts_with("scenarios/")).cloned().collect();
    let compiled = entries.iter().filter_map(|entry| compile(&files, entry).0);
    compiled.filter(|compiled| compiled.separates.is_some()).map(|c| (c.system.name, c.title, c.hash)).collect()
}
