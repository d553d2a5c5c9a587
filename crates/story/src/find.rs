//! What somebody asks traces and logs for.

use seatrial_sim::Id;
use seatrial_sim::engine::Carried;
use seatrial_sim::system::System;
use serde::{Deserialize, Serialize};

use crate::log::Level;
use crate::words::words_of;

/// Something by which a trace or a line is found: `order` = `8123`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    pub name: String,
    pub value: String,
}

/// A value that is looked for, in the field of a name or in any: `order = 8123`, `order 8123`, `8123`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub name: Option<String>,
    pub value: String,
}

impl Key {
    pub fn read(text: &str) -> Key {
        let text = text.trim();
        match text.split_once('=').or_else(|| text.rsplit_once(' ')) {
            Some((name, value)) if !name.trim().is_empty() => {
                Key { name: Some(name.trim().to_lowercase()), value: value.trim().to_owned() }
            }
            Some((_, value)) => Key { name: None, value: value.trim().to_owned() },
            None => Key { name: None, value: text.to_owned() },
        }
    }

    pub fn is(&self, field: &Field) -> bool {
        self.value == field.value && self.name.as_ref().is_none_or(|name| *name == field.name)
    }
}

/// Times are nanoseconds after virtual 0. What is not asked for does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TraceQuery {
    /// See `Key`.
    pub key: Option<String>,
    /// A service that takes part.
    pub service: Option<String>,
    /// What its first handler came to, by its word: `ok`, `failed`, `unknown` …
    pub outcome: Option<String>,
    /// Only those in which something went wrong.
    pub troubled: bool,
    /// Of the whole trace, nanoseconds.
    pub took_at_least: Option<u64>,
    /// When it began: from here on, and before there.
    pub from: Option<u64>,
    pub to: Option<u64>,
    /// The youngest so many; 0 is `LIMIT`.
    pub limit: usize,
}

/// As `TraceQuery`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogQuery {
    pub service: Option<String>,
    /// At least as grave.
    pub level: Option<Level>,
    /// Contained in the line's text, whatever the case of its letters.
    pub text: Option<String>,
    pub key: Option<String>,
    pub from: Option<u64>,
    pub to: Option<u64>,
    pub limit: usize,
}

/// How many are listed when nobody says.
pub const LIMIT: usize = 200;

pub(crate) fn limit(asked: usize) -> usize {
    if asked == 0 { LIMIT } else { asked }
}

/// Whether an instant lies in a window; the end is not part of it.
pub(crate) fn within(at: u64, from: Option<u64>, to: Option<u64>) -> bool {
    from.is_none_or(|from| at >= from) && to.is_none_or(|to| at < to)
}

pub(crate) fn field(system: &System, carried: Carried, id: i64) -> Field {
    let name = match carried {
        Carried::Input(handler, reg) => {
            let name = system.handlers[handler.at()].regs.get(usize::from(reg)).map_or("", String::as_str);
            name.strip_prefix("event.").unwrap_or(name).to_owned()
        }
        Carried::Record(record) => words_of(&system.records[record.at()].name),
    };
    Field { name, value: Id(id as u64).show(&system.shapes) }
}
