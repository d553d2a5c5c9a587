//! Against a small world: an order with charges, lines of a settlement, a shop's own rows.

mod against_cel;
mod hostile;
mod mistakes;

mod values;
mod world;
mod writer;
