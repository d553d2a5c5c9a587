//! Types of expressions, and which of them a place in a scenario takes.

use seatrial_sim::expr::Shelf;

use super::Env;

/// What the `i64` of a value means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// 0 or 1.
    Bool,
    Int,
    /// The bits of an `f64`.
    Ratio,
    /// Minor units of the scenario's currency.
    Money,
    /// Nanoseconds.
    Duration,
    /// Nanoseconds since virtual 0.
    Time,
    /// Days since 1970-01-01.
    Date,
    /// The bits of a `seatrial_sim::Id` with the bare shape. Keys may be composed from it.
    Id,
    /// The bits of a `seatrial_sim::Id` of any shape: composed already.
    Key,
    /// A place in the pool of texts.
    Text,
    /// A place in the list of states of the shelf; -1 for what is not there.
    State(Shelf),
    /// The place of a record or a row on the shelf; -1 for what is not there.
    Tuple(Shelf),
    /// Never the type of a finished expression.
    List(Shelf),
}

impl Type {
    /// As a noun with what it is, for messages.
    pub(super) fn says(self, env: &Env) -> String {
        match self {
            Type::Bool => "a yes or no (bool)".into(),
            Type::Int => "a whole number (int)".into(),
            Type::Ratio => "a number with a point (ratio)".into(),
            Type::Money => "money".into(),
            Type::Duration => "a duration".into(),
            Type::Time => "a time".into(),
            Type::Date => "a date".into(),
            Type::Id => "an id".into(),
            Type::Key => "a composed key".into(),
            Type::Text => "a text".into(),
            Type::State(shelf) => format!("a state of `{}`", env.shelf_name(shelf)),
            Type::Tuple(shelf) => format!("a whole `{}`", env.shelf_name(shelf)),
            Type::List(shelf) => format!("a list of `{}`", env.shelf_name(shelf)),
        }
    }
}

/// The types that a place takes, and how to say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Want {
    pub accepts: Vec<Type>,
    /// With an article: "a yes or no (bool)".
    pub says: String,
}

impl Want {
    pub fn new(accepts: &[Type], says: &str) -> Want {
        Want {
            accepts: accepts.to_vec(),
            says: says.to_owned(),
        }
    }

    pub fn bool() -> Want {
        Want::new(&[Type::Bool], "a yes or no (bool)")
    }

    pub fn money() -> Want {
        Want::new(&[Type::Money], "money")
    }

    pub fn int() -> Want {
        Want::new(&[Type::Int], "a whole number (int)")
    }

    pub fn ratio() -> Want {
        Want::new(&[Type::Ratio], "a number with a point (ratio)")
    }

    pub fn duration() -> Want {
        Want::new(&[Type::Duration], "a duration")
    }

    pub fn date() -> Want {
        Want::new(&[Type::Date], "a date")
    }

    pub fn text() -> Want {
        Want::new(&[Type::Text], "a text")
    }

    /// A key of idempotency, of a row, of a message. A date is one as its number of days.
    pub fn id() -> Want {
        Want::new(&[Type::Id, Type::Key, Type::Date], "an id")
    }
}
