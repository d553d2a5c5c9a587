//! Text with places.
