//! Expressions in scenarios: CEL, parsed by the `cel` crate, typed and compiled here to `seatrial_sim::expr`.
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
