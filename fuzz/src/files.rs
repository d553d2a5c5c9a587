//! Several files in one text.

use std::collections::BTreeMap;

/// The first is the scenario, or whatever one begins with. Behind a line `--- NAME` stands a part of that name, behind
/// `--- a/path.yaml` what is in that file.
pub fn files(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut name = "scenarios/s.yaml".to_owned();
    let mut text = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let part = line.strip_prefix(b"--- ").and_then(|rest| std::str::from_utf8(rest).ok()).map(str::trim);
        match part.filter(|part| !part.is_empty() && files.len() < 8) {
            Some(part) => {
                files.insert(name, std::mem::take(&mut text));
                name = if part.contains('/') { part.to_owned() } else { format!("parts/{part}.yaml") };
            }
            None => text.extend_from_slice(line),
        }
    }
    files.insert(name, text);
    files
}
