//! Kits.

use seatrial_kit::load;
use seatrial_source::Severity;

use super::files::files;

/// The files of a kit: behind a line `--- PATH` stands what is in the file of that path.
pub fn kit(bytes: &[u8]) {
    let mut files = files(bytes);
    if let Some(entry) = files.remove("scenarios/s.yaml") {
        files.insert("kit.yaml".to_owned(), entry);
    }
    let (kit, diagnostics) = load(&files);
    let errors = diagnostics.iter().any(|d| d.severity == Severity::Error);
    assert!(kit.is_some() || errors, "a kit that is not there is explained");
}
