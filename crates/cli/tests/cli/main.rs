//! The real binary: arguments in, exit code, output and files out.

mod admin;
mod check;
mod deploy;
mod doubts;
mod export;
mod help;
mod new;
mod openmetrics;
mod otlp;
mod run;
mod schema;
mod serve;
#[cfg(unix)]
mod stopped;
mod sweep;
mod systems;
mod tutorial;
mod validate;
