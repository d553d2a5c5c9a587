//! Puts the kit's scenarios and the parts they use into the module, so that a static page needs no server: a list of
//! (path below the kit, text) in the order of the paths.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let kit = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../kits/microservices");
    let mut files: Vec<(String, PathBuf)> = Vec::new();
    for folder in ["material", "parts", "scenarios"] {
        println!("cargo::rerun-if-changed={}", kit.join(folder).display());
        let Ok(entries) = fs::read_dir(kit.join(folder)) else { continue };
        for entry in entries {
            let path = entry?.path().canonicalize()?;
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.ends_with(".yaml") {
                files.push((format!("{folder}/{name}"), path));
            }
        }
    }
    files.sort();
    let mut list = String::from("pub const FILES: &[(&str, &str)] = &[\n");
    for (path, file) in files {
        println!("cargo::rerun-if-changed={}", file.display());
        list += &format!("    ({path:?}, include_str!({file:?})),\n");
    }
    list += "];\n";
    fs::write(Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("shipped.rs"), list)
}
