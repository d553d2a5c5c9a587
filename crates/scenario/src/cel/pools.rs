//! What the programs of a scenario share: constant texts and the shapes of composed ids.

use seatrial_sim::{Id, Shape};

/// Becomes `System::texts` and `System::shapes`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pools {
    pub texts: Vec<String>,
    /// Shape 0 is the bare number.
    pub shapes: Vec<Shape>,
}

impl Default for Pools {
    fn default() -> Pools {
        Pools {
            // What is not there reads as 0, which is to be the empty text.
            texts: vec![String::new()],
            shapes: vec![Shape::default()],
        }
    }
}

impl Pools {
    /// Texts are asked for with 16 bits.
    pub const TEXTS_MAX: usize = 1 << 16;

    /// The place of a text, new or known; none when the pool is full.
    pub fn text(&mut self, text: &str) -> Option<u16> {
        if let Some(at) = self.texts.iter().position(|known| known == text) {
            return u16::try_from(at).ok();
        }
        let at = u16::try_from(self.texts.len()).ok()?;
        self.texts.push(text.to_owned());
        Some(at)
    }

    /// The place of a shape, new or known; none when the pool is full.
    pub fn shape(&mut self, shape: Shape) -> Option<u16> {
        if self.shapes.is_empty() {
            self.shapes.push(Shape::default());
        }
        if let Some(at) = self.shapes.iter().skip(1).position(|known| *known == shape) {
            return u16::try_from(at + 1).ok();
        }
        if self.shapes.len() >= Id::SHAPES_MAX {
            return None;
        }
        self.shapes.push(shape);
        u16::try_from(self.shapes.len() - 1).ok()
    }
}
