//! What a page may call, and nothing else: each function here is a name, its JSON in and its JSON out. What it does
//! stands in a file of its own without `wasm_bindgen`, so that it is tested natively.
//!
//! A new function: here, in `web/src/wasm/calls.ts`, and its words there.
#![allow(
    unsafe_code,
    reason = "what #[wasm_bindgen] expands to; nobody writes any by hand"
)]

use wasm_bindgen::prelude::*;

use crate::{Refused, VERSION, answer, check_kit as check_files, panics};

/// Runs once, when the module is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    panics::become_exceptions(stop);
}

/// `null` → the version, as a string.
#[wasm_bindgen]
pub fn version(args: &str) -> Result<String, JsError> {
    told(answer("version", args, |(): ()| Ok(VERSION)))
}

/// `{path: text}` → what is wrong with that kit: `Checked`.
#[wasm_bindgen]
pub fn check_kit(args: &str) -> Result<String, JsError> {
    told(answer("check_kit", args, |files| Ok(check_files(files))))
}

/// A refusal is an exception, and the module goes on.
fn told(answered: Result<String, Refused>) -> Result<String, JsError> {
    answered.map_err(|Refused(why)| JsError::new(&why))
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Error)]
    type Exception;
    #[wasm_bindgen(constructor, js_class = "Error")]
    fn new(message: &str) -> Exception;
    #[wasm_bindgen(method, setter, js_class = "Error")]
    fn set_name(this: &Exception, name: &str);
}

/// A panic is an exception of the name `Panic`. Nothing was unwound, so the module must not be called again; the page's
/// wrapper sees the name and starts a fresh one.
fn stop(message: &str) {
    let exception = Exception::new(message);
    exception.set_name("Panic");
    wasm_bindgen::throw_val(exception.into());
}
