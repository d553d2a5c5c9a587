//! Files and shared helpers of the tests.

#![allow(dead_code)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use seatrial_source::{Diagnostic, Sources, Style, render_all};

pub type Files = BTreeMap<String, Vec<u8>>;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The YAML files of a folder of the repository, by path from its root.
pub fn folder(path: &str) -> Files {
    let mut files = Files::new();
    let Ok(entries) = std::fs::read_dir(root().join(path)) else {
        return files;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".yaml") {
            files.insert(
                format!("{path}/{name}"),
                std::fs::read(entry.path()).expect("readable"),
            );
        }
    }
    files
}

/// Every scenario that ships, with the parts and manifests that it may use.
pub fn shipped() -> (Files, Vec<String>) {
    let mut files = folder("kits/microservices/scenarios");
    files.extend(folder("validation"));
    let entries = files.keys().cloned().collect();
    files.extend(folder("kits/microservices/parts"));
    files.extend(folder("kits/microservices/material"));
    (files, entries)
}

pub fn drawn(diagnostics: &[Diagnostic], files: &Files) -> String {
    render_all(diagnostics, &Sources::new(files), Style::default())
}
