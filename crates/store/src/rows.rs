//! Between rows and values: times and JSON.

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::{StoreError, StoreResult};

pub(crate) fn ms(at: Timestamp) -> i64 {
    at.as_millisecond()
}

pub(crate) fn time(ms: i64) -> Timestamp {
    // Only a file changed by hand holds a time outside jiff's range of years; it then reads as its nearest end.
    Timestamp::from_millisecond(ms).unwrap_or(if ms < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// A moment without its parts below a millisecond, which the database does not keep: what is answered at once then
/// equals what is read later.
pub(crate) fn whole_ms(at: Timestamp) -> Timestamp {
    time(ms(at))
}

pub(crate) fn json<T: Serialize>(value: &T) -> String {
    // The types stored are plain data with string keys; serialising them cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}

pub(crate) fn read_json<T: DeserializeOwned>(what: &'static str, text: &str) -> StoreResult<T> {
    serde_json::from_str(text).map_err(|e| StoreError::Unreadable { what, reason: e.to_string() })
}

pub(crate) fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
