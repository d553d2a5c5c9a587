use crate::{ExportError, doc::Doc};
#[derive(Debug, Default)]
pub struct Fonts;
pub fn render(_doc: &Doc, _fonts: &Fonts) -> Result<Vec<u8>, ExportError> {
    Err(ExportError::Pdf(String::new()))
}
