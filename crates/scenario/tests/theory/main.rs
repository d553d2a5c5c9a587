//! What theory and published results say, through the public language.

mod common;

mod collapse;
mod queues;
