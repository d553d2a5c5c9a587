//! Kits for tests: the small one beside these tests, and folders read as the command would read them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub type Files = BTreeMap<String, Vec<u8>>;

/// A kit as small as one without a mistake can be.
pub fn small() -> Files {
    folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small"))
}

/// All files below a folder by their path in it, without hidden ones.
pub fn folder(root: &Path) -> Files {
    let mut files = Files::new();
    let mut open: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            let name = path
                .strip_prefix(root)
                .expect("below the root")
                .to_string_lossy()
                .replace('\\', "/");
            if path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'))
            {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(name, std::fs::read(&path).expect("the file can be read"));
            }
        }
    }
    files
}
