//! Expressions in scenarios: CEL, parsed by the `cel` crate, typed and compiled here to `seatrial_sim::expr`.
