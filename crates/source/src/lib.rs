//! Text with places.
//!
//! Lives here: the texts a caller hands over (`Sources`), YAML read into a tree whose every part knows where
//! it stands (`read_yaml`, `Node`), typed readers that collect every mistake instead of stopping at the first
//! (`At`, `Fields`, `Names`), and diagnostics with their rendering for a terminal. Kits and scenarios are both
//! read through it. Does not live here: what a kit or a scenario is; files, clocks, terminals.
//!
//! Nothing here panics or recurses on what it reads: hostile text becomes a diagnostic.

mod at;
mod diagnostic;
mod fields;
mod id;
mod names;
mod nearest;
mod node;
mod render;
mod report;
mod scalar;
mod sources;
mod syntax;
mod yaml;

pub use at::{At, Spanned, clip};
pub use diagnostic::{Diagnostic, Severity};
pub use fields::Fields;
pub use names::Names;
pub use nearest::nearest;
pub use node::{Entry, Node, Scalar, ScalarStyle, Span, Value};
pub use render::{Style, render, render_all, summary};
pub use report::{PER_FILE, Report};
pub use scalar::Kind;
pub use sources::{Limits, Source, Sources};
pub use yaml::read_yaml;
