//! What a page may call, and nothing else: each function here is a name, its JSON in and its JSON out. What it does
//! stands in a file of its own without `wasm_bindgen`, so that it is tested natively.
//!
//! A new function: here, in `web/src/wasm/calls.ts`, and its words there.
#![allow(
    unsafe_code,
    reason = "what #[wasm_bindgen] expands to; nobody writes any by hand"
)]

use std::cell::RefCell;

use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;

use crate::practice::{self, Desk};
use crate::{Refused, VERSION, answer, check_kit as check_files, panics};

thread_local! {
    /// The one run under way. The page asks one thing at a time.
    static DESK: RefCell<Desk> = RefCell::default();
}

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

/// `null` → the scenarios that ship: `[Listed]`.
#[wasm_bindgen]
pub fn scenarios(args: &str) -> Result<String, JsError> {
    told(answer("scenarios", args, |(): ()| Ok(practice::scenarios())))
}

/// `Book` → `Opened`.
#[wasm_bindgen]
pub fn open(args: &str) -> Result<String, JsError> {
    told(answer("open", args, |book| practice::open(&book)))
}

/// `Book` and `design` → the answers of a reference design, by decision.
#[wasm_bindgen]
pub fn reference(args: &str) -> Result<String, JsError> {
    told(answer("reference", args, |wanted| practice::reference(&wanted)))
}

/// `Order` → `Began`; the run before it is forgotten.
#[wasm_bindgen]
pub fn begin(args: &str) -> Result<String, JsError> {
    at_desk("begin", args, |desk, order| desk.begin(order))
}

/// Milliseconds of virtual time to reach → `Reached`.
#[wasm_bindgen]
pub fn advance(args: &str) -> Result<String, JsError> {
    at_desk("advance", args, |desk, to| desk.advance(to))
}

/// `null` → what the run came to so far: `Outcome`.
#[wasm_bindgen]
pub fn outcome(args: &str) -> Result<String, JsError> {
    at_desk("outcome", args, |desk, (): ()| desk.outcome())
}

/// `null` → the `History` of whom the run watched.
#[wasm_bindgen]
pub fn history(args: &str) -> Result<String, JsError> {
    at_desk("history", args, |desk, (): ()| desk.history())
}

/// `null` → the run told back: `Back`.
#[wasm_bindgen]
pub fn back(args: &str) -> Result<String, JsError> {
    at_desk("back", args, |desk, (): ()| desk.back())
}

fn at_desk<A: DeserializeOwned, T: Serialize>(
    name: &str,
    args: &str,
    call: impl FnOnce(&mut Desk, A) -> Result<T, Refused>,
) -> Result<String, JsError> {
    told(answer(name, args, |args| DESK.with_borrow_mut(|desk| call(desk, args))))
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
