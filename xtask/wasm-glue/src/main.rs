//! `wasm-glue [--release] MODULE.wasm FOLDER`: what `wasm-bindgen --target web` does, from the version that Cargo.lock names, so that
//! nobody has to install a tool of the right version first. `scripts/wasm` calls it.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let (options, paths): (Vec<_>, Vec<_>) = std::env::args_os()
        .skip(1)
        .map(PathBuf::from)
        .partition(|arg| arg.as_os_str() == "--release");
    let [module, folder] = paths.as_slice() else {
        eprintln!(
            "usage: wasm-glue [--release] MODULE.wasm FOLDER; scripts/wasm builds the module and calls this"
        );
        return ExitCode::from(2);
    };
    match write(module, folder, !options.is_empty()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!(
                "cannot write the JavaScript for {}: {error}",
                module.display()
            );
            ExitCode::FAILURE
        }
    }
}

/// A release has no names of functions; without it, a trap in the browser's console names them.
fn write(module: &Path, folder: &Path, release: bool) -> Result<(), Box<dyn Error>> {
    let made = module.with_extension("pkg");
    if made.exists() {
        fs::remove_dir_all(&made)?;
    }
    let mut bindgen = Bindgen::new();
    // The page names the module's address itself, since the bundler gives it a name of its own.
    bindgen
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .remove_producers_section(true)
        .remove_name_section(release);
    bindgen
        .input_path(module)
        .generate(&made)
        .map_err(|error| format!("{error:#}"))?;

    let mut names = Vec::new();
    for entry in fs::read_dir(&made)? {
        names.push(entry?.file_name());
    }
    // Untouched when nothing changed: `make` builds the pages anew when these files are newer.
    let there = |name| fs::read(folder.join(name)).ok();
    if names
        .iter()
        .all(|name| there(name).is_some() && there(name) == fs::read(made.join(name)).ok())
    {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for name in &names {
        fs::write(folder.join(name), fs::read(made.join(name))?)?;
    }
    Ok(())
}
