//! What the fuzzer has found and what it begins with, held to the same laws on any compiler.

#[path = "../../../fuzz/src/files.rs"]
mod files;
#[path = "../../../fuzz/src/scenarios.rs"]
mod laws;

use std::fs;
use std::path::Path;

fn each(target: &str, law: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut count = 0;
    for entry in fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display())) {
        let path = entry.unwrap().path();
        // Its name stands above the panic, if there is one.
        println!("{}", path.display());
        law(&fs::read(&path).unwrap());
        count += 1;
    }
    assert!(count > 3, "{target}: {count} texts are no corpus");
}

#[test]
fn scenarios() {
    each("scenario", laws::scenario);
}

#[test]
fn expressions() {
    each("expression", laws::expression);
}

#[test]
fn designs() {
    each("design", laws::design);
}

#[test]
fn runs() {
    each("run", laws::run);
}
