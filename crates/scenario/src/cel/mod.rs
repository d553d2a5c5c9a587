//! Expressions in scenarios: CEL, parsed by the `cel` crate, typed and compiled here to `seatrial_sim::expr`.
//!
//! What is offered:
//! - `&& || ! ?:`, `== != < <= > >=`, `+ - * / %`, `x in [a, b]`; whole numbers, ratios (with a point), texts;
//! - `usd(0.50)` by the currency's code, `duration('1h30m')`, `now`, `today`, `date(now)`, `double(count)`;
//! - lists: `.size()`, `.exists(x, p)`, `.exists_one(x, p)`, `.all(x, p)`, after any number of `.filter(x, p)`;
//!   `sum(list.map(x, e))`, at most two lists inside each other;
//! - members of records and rows, `.state`, and what a reference leads to: `charge.order.value`;
//! - keys: `'refund-' + charge.id`, `order.id + '/' + string(saga.attempt)`;
//! - the names and functions of the `Env`.
//!
//! What goes with what: two of one type under `+`, `-` and comparisons; money and durations times a whole number or a
//! ratio (half to even), divided by a whole number; the difference of times is a duration, a time moved by a duration
//! a time. Ids, states, texts and yes or no have no order. Nothing is converted silently.
//!
//! `scan` reads tokens and refuses what is too much; `parse` gives the tree and where each node stands; `check` types
//! the tree against an `Env` and writes the program. What can be named is data of the loader: `env`.

mod check;
mod env;
mod mistake;
mod parse;
mod places;
mod pools;
mod scan;
#[cfg(test)]
mod tests;
mod types;

pub use env::{Binding, Children, Column, Currency, Env, Function, Of, Place, Tuples};
pub use mistake::Mistake;
pub use pools::Pools;
pub use types::{Type, Want};

use seatrial_sim::expr::Program;

/// Bytes of one expression.
pub const TEXT_MAX: usize = 4096;

/// Brackets inside brackets, operators after operators.
pub const NESTING_MAX: usize = 64;

/// Compiles one expression to a program and says its type, which is one of those wanted. Otherwise all mistakes found,
/// in the order of the text; `out` is then as it was.
pub fn compile(
    text: &str,
    env: &Env,
    want: Want,
    out: &mut Pools,
) -> Result<(Program, Type), Vec<Mistake>> {
    let tokens = scan::scan(text)?;
    let tree = parse::parse(text, &tokens)?;
    let mut pools = out.clone();
    let done = check::check(&tree, env, &want, &mut pools)?;
    *out = pools;
    Ok(done)
}
