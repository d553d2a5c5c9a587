//! One JSON text in, another out. Not here: what is asked and what is answered.

use serde::{Serialize, de::DeserializeOwned};

/// Why a call got no answer: one sentence for whoever wrote the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub String);

/// Reads the arguments, calls, writes the answer. `name` is the function's own, for the message when the arguments are
/// not what it takes.
///
/// # Errors
/// When `args` is not the JSON that `call` takes, and when `call` refuses.
pub fn answer<A: DeserializeOwned, T: Serialize>(
    name: &str,
    args: &str,
    call: impl FnOnce(A) -> Result<T, Refused>,
) -> Result<String, Refused> {
    let args = serde_json::from_str(args).map_err(|error| {
        Refused(format!(
            "{name} cannot read its arguments: {error}; see web/src/wasm/calls.ts"
        ))
    })?;
    let answer = call(args)?;
    serde_json::to_string(&answer)
        .map_err(|error| Refused(format!("{name} cannot write its answer: {error}")))
}
