//! The stack program and its interpreter.

/// A compiled expression.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Program {}
