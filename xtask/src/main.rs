//! What developers run: `cargo xtask generate` writes every file that is made from code, `cargo xtask check` says which of
//! them are stale, and `cargo xtask wasm [--release]` builds the module for browsers.

mod proofs;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// A file that is made from code: where it stands, and what it must hold.
fn generated() -> Vec<(String, String)> {
    let made = [
        ("web/openapi.json", seatrial_server::openapi()),
        ("docs/src/kit-export.schema.json", ended(&seatrial_export::json_schema())),
        ("docs/src/run-report.schema.json", ended(&seatrial_study::document::run_schema())),
        ("docs/src/comparison.schema.json", ended(&seatrial_study::comparison::comparison_schema())),
        ("docs/src/sweep.schema.json", ended(&seatrial_study::swept::swept_schema())),
        ("docs/src/validation.schema.json", ended(&seatrial_validate::schema())),
    ];
    let proofs = (format!("{}.md", proofs::FOLDER), proofs::page(&root()));
    made.into_iter().map(|(path, text)| (path.to_owned(), text)).chain(validation()).chain([proofs]).collect()
}

/// The page on validation and its curves: made from what `seatrial validate --json` has printed, which takes minutes and is
/// committed. That it is not stale itself is a test of `crates/validate`.
fn validation() -> Vec<(String, String)> {
    const RESULTS: &str = "docs/src/reference/validation/results.json";
    let there = fs::read_to_string(root().join(RESULTS)).unwrap_or_default();
    let Ok(results) = serde_json::from_str::<seatrial_validate::Results>(&there) else {
        return vec![(RESULTS.into(), "made by `seatrial validate --json`\n".into())];
    };
    let curves = results.validations.iter().filter_map(|document| {
        let known = seatrial_validate::named(&document.name)?;
        let path = format!("docs/src/reference/validation/{}.svg", document.name);
        Some((path, seatrial_validate::svg(&known, document).unwrap_or_else(|why| why)))
    });
    let page = ("docs/src/reference/validation.md".into(), ended(&seatrial_validate::page(&results)));
    curves.chain([page]).collect()
}

/// With one line end at its end.
fn ended(text: &str) -> String {
    format!("{}\n", text.trim_end())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_owned)
}

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("generate") => {
            for (path, text) in generated() {
                let file = root().join(&path);
                let same = fs::read_to_string(&file).is_ok_and(|there| there == text);
                if same {
                    println!("{path} is up to date");
                } else if let Err(error) = fs::write(&file, text) {
                    eprintln!("cannot write {path}: {error}");
                    return ExitCode::FAILURE;
                } else {
                    println!("{path} written");
                }
            }
            ExitCode::SUCCESS
        }
        Some("check") => {
            let stale: Vec<String> = generated()
                .into_iter()
                .filter(|(path, text)| fs::read_to_string(root().join(path)).ok().as_ref() != Some(text))
                .map(|(path, _)| path)
                .collect();
            for path in &stale {
                eprintln!("{path} is stale: run `cargo xtask generate`, then `npm run api` in web/");
            }
            if stale.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Some("wasm") => wasm(std::env::args().skip(2)),
        _ => {
            eprintln!("usage: cargo xtask generate | check | wasm [--release]");
            ExitCode::from(2)
        }
    }
}

/// The script that `make` calls too, which does not need what this program is built from.
fn wasm(args: impl Iterator<Item = String>) -> ExitCode {
    match Command::new(root().join("scripts/wasm")).args(args).status() {
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            eprintln!("cannot run scripts/wasm: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    /// A proof is of one version. When a scenario or a part of it has changed, the proof is made again or taken out.
    #[test]
    fn proofs_are_of_todays_scenarios() {
        let old = crate::proofs::outdated(&super::root());
        assert!(old.is_empty(), "{old:?} have changed since their proof: run `seatrial separates NAME --full --html {}/NAME.html`", crate::proofs::FOLDER);
    }

    /// The committed documents are those that this code makes; the client's types are made from them.
    #[test]
    fn generated_files_are_fresh() {
        for (path, text) in super::generated() {
            let there = std::fs::read_to_string(super::root().join(&path)).unwrap_or_default();
            assert!(there == text, "{path} is stale: run `cargo xtask generate`, then `npm run api` in web/");
        }
    }
}
