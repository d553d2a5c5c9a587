//! What the fuzzer begins with and has found, held to the same law on any compiler.

#[path = "../../../fuzz/src/files.rs"]
mod files;
#[path = "../../../fuzz/src/kits.rs"]
mod law;

use std::fs;
use std::path::Path;

#[test]
fn kits() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/kit");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // Its name stands above the panic, if there is one.
        println!("{}", path.display());
        law::kit(&fs::read(&path).unwrap());
        count += 1;
    }
    assert!(count > 3, "{count} texts are no corpus");
}
