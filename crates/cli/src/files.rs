//! A kit's files: from a folder, or the ones that ship inside this program.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use rust_embed::RustEmbed;
use seatrial_kit::{Diagnostic, Kit, Outside, Severity, load, load_with_names};

use crate::Failure;

/// Files and folders below a kit's folder; a kit has about thirty.
const FILES_MAX: usize = 2_000;
/// Bytes of all of them together.
const BYTES_MAX: u64 = 32 << 20;

#[derive(RustEmbed)]
#[folder = "../../kits/microservices"]
struct Shipped;

/// The kit that ships with this program.
pub fn shipped() -> BTreeMap<String, Vec<u8>> {
    Shipped::iter().filter_map(|path| Some((path.to_string(), Shipped::get(&path)?.data.into_owned()))).collect()
}

/// Names of the scenarios that ship.
pub fn scenarios() -> Vec<String> {
    let name = |path: &str| Some(path.strip_prefix("scenarios/")?.strip_suffix(".yaml")?.to_owned());
    Shipped::iter().filter_map(|path| name(&path)).collect()
}

/// Every file of a kit's folder, by its path from there.
pub fn read_folder(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let cannot = |path: &Path, why: io::Error| {
        let say = match why.kind() {
            io::ErrorKind::NotFound => format!("there is no {}", path.display()),
            io::ErrorKind::PermissionDenied => format!("{} may not be read", path.display()),
            _ => format!("cannot read {}: {why}", path.display()),
        };
        Failure::input(say)
    };
    let about = fs::metadata(root).map_err(|e| cannot(root, e))?;
    if !about.is_dir() {
        return Err(Failure::input(format!("{} is a file, and a kit is a folder", root.display()))
            .hint("name the folder that holds kit.yaml"));
    }
    let mut files = BTreeMap::new();
    let mut bytes = 0;
    let mut folders: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|e| cannot(&folder, e))? {
            let entry = entry.map_err(|e| cannot(&folder, e))?;
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            // What starts with a dot belongs to an editor or to git.
            if name.starts_with('.') {
                continue;
            }
            // The link itself is looked at, not its end: links could lead out of the folder, or round in circles.
            let about = fs::symlink_metadata(&path).map_err(|e| cannot(&path, e))?;
            if about.is_dir() {
                folders.push(path);
            } else if about.is_file() {
                bytes += about.len();
                if bytes > BYTES_MAX || files.len() >= FILES_MAX {
                    let most = BYTES_MAX >> 20;
                    return Err(Failure::input(format!("{} holds more than a kit can: {FILES_MAX} files or {most} MiB", root.display()))
                        .hint("name the folder that holds kit.yaml, and nothing above it"));
                }
                let inside = path.strip_prefix(root).unwrap_or(&path);
                let key: Vec<String> = inside.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
                files.insert(key.join("/"), fs::read(&path).map_err(|e| cannot(&path, e))?);
            }
        }
    }
    if !files.contains_key("kit.yaml") {
        return Err(Failure::input(format!("{} holds no kit.yaml", root.display())).hint("name the folder that holds kit.yaml"));
    }
    Ok(files)
}

/// What was read, with every mistake.
#[derive(Debug)]
pub struct Loaded {
    pub files: BTreeMap<String, Vec<u8>>,
    pub kit: Option<Kit>,
    pub diagnostics: Vec<Diagnostic>,
    /// What plans call by name in their scenarios.
    pub names: Vec<Outside>,
}

impl Loaded {
    pub fn has_errors(&self) -> bool {
        self.kit.is_none() || self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
}

pub fn load_folder(root: &Path) -> Result<Loaded, Failure> {
    Ok(load_files(read_folder(root)?))
}

pub fn load_files(files: BTreeMap<String, Vec<u8>>) -> Loaded {
    let (kit, diagnostics, names) = load_with_names(&files);
    Loaded { files, kit, diagnostics, names }
}

/// The kit of a folder, or the one that ships; with its mistakes on standard error when it cannot be used.
pub fn usable(dir: Option<&Path>) -> Result<Kit, Failure> {
    let Some(dir) = dir else {
        return load(&shipped()).0.ok_or_else(|| Failure::new("the kit inside this program is broken"));
    };
    let loaded = load_folder(dir)?;
    if loaded.has_errors() {
        crate::check::report(&loaded, dir);
        return Err(Failure::input(format!("the kit in {} has mistakes", dir.display())));
    }
    loaded.kit.ok_or_else(|| Failure::input("the kit cannot be read"))
}
