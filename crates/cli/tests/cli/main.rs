//! The real binary: arguments in, exit code, output and files out.

mod admin;
mod check;
mod deploy;
mod doubts;
mod export;
mod help;
mod openmetrics;
mod otlp;
mod run;
mod serve;
#[cfg(unix)]
mod stopped;
mod sweep;
mod systems;
mod validate;
