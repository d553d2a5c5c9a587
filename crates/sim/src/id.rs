//! Ids: the number of a record, or something composed around one number: `return:8123`, `8123/2`.
//!
//! A composed id is a shape (fixed texts, known when the scenario is compiled) with one number and perhaps one small
//! count in it. So ids compare and hash as 64 bits, cost no memory, and can always be shown.

/// bits 63–52 shape, 51–40 count, 39–0 number. Shape 0 is the bare number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

/// The texts around the number and the count: before, between, after. Without `counted` the count is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    /// Stands before the number.
    pub before: String,
    /// Stands between the number and the count; without `counted`, after the number.
    pub between: String,
    /// Ends it.
    pub after: String,
    /// Whether the count is shown.
    pub counted: bool,
}

impl Id {
    /// The largest number; larger ones wrap.
    pub const NUMBER_MAX: u64 = (1 << 40) - 1;
    /// The largest count.
    pub const COUNT_MAX: u64 = (1 << 12) - 1;
    /// How many shapes there are, that of the bare number included.
    pub const SHAPES_MAX: usize = 1 << 12;

    /// A bare number.
    pub fn number(number: u64) -> Id {
        Id(number & Id::NUMBER_MAX)
    }

    /// The count is held at `COUNT_MAX`.
    pub fn shaped(shape: u16, number: u64, count: u64) -> Id {
        Id(u64::from(shape) << 52 | count.min(Id::COUNT_MAX) << 40 | (number & Id::NUMBER_MAX))
    }

    /// Into the shapes of the system; 0 is the bare number.
    pub fn shape(self) -> usize {
        (self.0 >> 52) as usize
    }

    /// 0 where nothing is counted.
    pub fn count(self) -> u64 {
        self.0 >> 40 & Id::COUNT_MAX
    }

    /// Without its shape and its count.
    pub fn bare(self) -> u64 {
        self.0 & Id::NUMBER_MAX
    }

    /// As people read it.
    pub fn show(self, shapes: &[Shape]) -> String {
        let Some(shape) = shapes.get(self.shape()).filter(|_| self.shape() > 0) else {
            return self.bare().to_string();
        };
        let mut text = format!("{}{}{}", shape.before, self.bare(), shape.between);
        if shape.counted {
            text += &self.count().to_string();
        }
        text + &shape.after
    }
}
