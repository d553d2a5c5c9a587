//! Sizes, spaces and colours of the printed page, in points.

use krilla::color::rgb;

/// Width and height of A4.
pub const A4: (f32, f32) = (595.28, 841.89);
pub const SIDE: f32 = 52.0;
pub const TOP: f32 = 52.0;
pub const BOTTOM: f32 = 58.0;
/// From the paper's lower edge to the foot's baseline.
pub const FOOT: f32 = 32.0;
/// The margin of follow-ups and contents, and the gap beside it.
pub const MARGIN: f32 = 122.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ink {
    #[default]
    Dark,
    Muted,
    Violet,
    /// Thin rules between rows.
    Rule,
    /// Edges of boxes to tick and lines to write on.
    Line,
}

impl Ink {
    pub fn color(self) -> rgb::Color {
        match self {
            Ink::Dark => rgb::Color::new(0x14, 0x20, 0x1f),
            Ink::Muted => rgb::Color::new(0x55, 0x62, 0x60),
            Ink::Violet => rgb::Color::new(0x6a, 0x4b, 0xbc),
            Ink::Rule => rgb::Color::new(0xd0, 0xd7, 0xd3),
            Ink::Line => rgb::Color::new(0x84, 0x91, 0x8e),
        }
    }
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    pub size: f32,
    pub leading: f32,
    pub strong: bool,
    pub mono: bool,
    pub ink: Ink,
}

impl Type {
    const fn new(size: f32, leading: f32) -> Type {
        Type {
            size,
            leading,
            strong: false,
            mono: false,
            ink: Ink::Dark,
        }
    }

    pub const fn strong(self) -> Type {
        Type {
            strong: true,
            ..self
        }
    }

    pub const fn muted(self) -> Type {
        Type {
            ink: Ink::Muted,
            ..self
        }
    }

    pub const fn ink(self, ink: Ink) -> Type {
        Type { ink, ..self }
    }

    pub fn scaled(self, by: f32) -> Type {
        Type {
            size: self.size * by,
            leading: self.leading * by,
            ..self
        }
    }
}

pub const BODY: Type = Type::new(9.5, 14.0);
pub const SMALL: Type = Type::new(8.0, 11.0);
pub const ASIDE: Type = Type::new(8.5, 12.0).muted();
pub const TABLE: Type = Type::new(8.5, 11.8);
/// Tables of figures with many columns.
pub const CROWDED: Type = Type::new(7.0, 9.4);
pub const LEDE: Type = Type::new(11.5, 17.5).muted();
pub const SPOKEN: Type = Type::new(14.0, 21.0);
pub const SPOKEN_SMALL: Type = Type::new(11.0, 16.5);
/// Answers set beside one another.
pub const SPEECH: Type = Type::new(9.0, 13.2);
pub const SAY: Type = Type::new(10.0, 14.5);
pub const TITLE: Type = Type::new(28.0, 35.0).strong();
pub const H1: Type = Type::new(20.0, 26.0).strong();
pub const H2: Type = Type::new(11.0, 15.0).strong();
pub const H3: Type = Type::new(9.5, 14.0).strong();
pub const CODE: Type = Type {
    mono: true,
    ..Type::new(8.0, 11.6)
};
pub const FOOTER: Type = Type::new(7.5, 10.0).muted();
