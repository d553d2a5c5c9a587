//! The `seatrial` command: arguments, files, and exit codes. Data goes to standard output, talk to standard error.
//!
//! Exit codes: 0 fine, 1 it could not be done or did not hold, 2 the input is wrong.

mod admin;
mod atomic;
mod check;
mod compare;
mod complete;
mod designs;
mod explain;
mod explain_alone;
mod explain_changes;
mod explain_instances;
mod explain_parts;
mod figures;
mod files;
mod front;
mod history;
mod history_text;
mod kit;
mod names;
mod new;
mod paint;
mod part;
mod parts;
mod plans;
mod preview;
mod progress;
mod proof_page;
mod reduce;
mod run;
mod run_charts;
mod run_report;
mod runs_report;
mod scenario;
mod schema;
mod separates;
mod serve;
mod spec;
mod svg;
mod sweep;
mod table;
mod trace;
mod validate;
mod vary;

use std::{
    io::{ErrorKind, Write},
    path::PathBuf,
    process::ExitCode,
    sync::OnceLock,
};

use clap::{Parser, Subcommand};

/// An interview kit for senior microservices engineers: hold the interview, score with evidence, debrief.
#[derive(Debug, Parser)]
#[command(name = "seatrial", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "To begin:\n  \
    seatrial demo                        read a finished debrief; nothing to set up\n  \
    seatrial serve                       hold interviews; prints the address to open\n  \
    seatrial run charged-not-settled --design weak   break a system, and see who is hurt\n  \
    seatrial kit export --to pdf -o kit.pdf   print the whole kit\n  \
    seatrial new kit my-kit              begin a kit of your own\n  \
    seatrial check my-kit/               find every mistake in it")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the app on this machine and prints the address to open
    Serve(serve::ServeArgs),
    /// Serves the sample: one opening, three candidates, complete records
    Demo(serve::DemoArgs),
    /// Lives through a scenario: what happened, who was hurt, what it cost
    Run(run::RunArgs),
    /// Tells one customer's story in a run, step by step, what is true beside what could be seen
    History(history::HistoryArgs),
    /// Shows one customer's traces and log lines in a run, as the team's own instruments have them
    Trace(trace::TraceArgs),
    /// Sets two designs side by side over the same seeds: what differs, by how much, and whether that can be told
    Compare(compare::CompareArgs),
    /// Runs every combination of some answers, in parallel, into a table; shows which nobody betters
    Sweep(sweep::SweepArgs),
    /// Puts together what the shards of a sweep or a proof have made
    Reduce(reduce::ReduceArgs),
    /// Describes a scenario in words: parts, calls, decisions, faults, invariants
    Explain(explain::ExplainArgs),
    /// Proves that a scenario tells its designs apart
    Separates(separates::SeparatesArgs),
    /// Holds the simulator against theory and published results
    Validate(validate::ValidateArgs),
    /// Writes a small working beginning: a scenario, a kit, an area, a part
    New {
        #[command(subcommand)]
        command: new::NewCommand,
    },
    /// Reports every mistake in a kit, a scenario or a part, each at file:line:column
    Check {
        /// A scenario's or a part's file, or a kit's folder, the one that holds kit.yaml
        #[arg(value_name = "FILE|DIR")]
        path: PathBuf,
    },
    /// Shows a scenario running in a browser while you write it
    Preview(preview::PreviewArgs),
    /// Prints the kit, or describes its data
    Kit {
        #[command(subcommand)]
        command: kit::KitCommand,
    },
    /// Prints the JSON Schema of what is written and printed, for editors and for programs
    Schema(schema::SchemaArgs),
    /// Helps whoever is locked out, on the machine itself
    Admin {
        #[command(subcommand)]
        command: admin::AdminCommand,
    },
}

fn main() -> ExitCode {
    let args = Args::parse();
    let result = match args.command {
        Command::Serve(args) => serve::serve(&args),
        Command::Demo(args) => serve::demo(&args),
        Command::Run(args) => run::run(&args),
        Command::History(args) => history::history(&args),
        Command::Trace(args) => trace::trace(&args),
        Command::Compare(args) => compare::compare(&args),
        Command::Sweep(args) => sweep::sweep(&args),
        Command::Reduce(args) => reduce::reduce(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Separates(args) => separates::separates(&args),
        Command::Validate(args) => validate::validate(&args),
        Command::New { command } => new::new(&command),
        Command::Check { path } => check::check(&path),
        Command::Preview(args) => preview::preview(&args),
        Command::Kit { command } => kit::run(&command),
        Command::Schema(args) => schema::schema(&args),
        Command::Admin { command } => admin::admin(&command),
    };
    match result {
        Ok(code) => match UNSAID.get() {
            Some(why) => {
                eprintln!("seatrial: not all of it could be written to standard output: {why}");
                ExitCode::from(1)
            }
            None => code,
        },
        Err(failure) => {
            eprintln!("seatrial: {}", failure.say);
            if let Some(hint) = failure.hint {
                eprintln!("hint: {hint}");
            }
            failure.code
        }
    }
}

/// Why a command stopped, and what to do.
#[derive(Debug)]
struct Failure {
    say: String,
    hint: Option<String>,
    code: ExitCode,
}

impl Failure {
    /// It could not be done here and now.
    fn new(say: impl ToString) -> Self {
        Self { say: say.to_string(), hint: None, code: ExitCode::from(1) }
    }

    /// The input is wrong.
    fn input(say: impl ToString) -> Self {
        Self { say: say.to_string(), hint: None, code: ExitCode::from(2) }
    }

    fn hint(mut self, hint: impl ToString) -> Self {
        self.hint = Some(hint.to_string());
        self
    }
}

/// Why something could not be said, such as a full disk behind `> file`.
static UNSAID: OnceLock<String> = OnceLock::new();

/// Prints a line of data. Nobody listening any more (`| head -1`) is no reason to stop, least of all for a server.
fn say(line: impl std::fmt::Display) {
    let mut out = std::io::stdout();
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Err(why) if why.kind() != ErrorKind::BrokenPipe => drop(UNSAID.set(why.to_string())),
        _ => {}
    }
}

type Outcome = Result<ExitCode, Failure>;
