//! `seatrial kit`: the kit on paper and as data.

use std::{
    io::{IsTerminal, Write, stdout},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Subcommand, ValueEnum};
use seatrial_export::{Fonts, Format, Part, export, export_with, json_schema};

use crate::{Failure, Outcome, atomic, files::usable, say};

#[derive(Debug, Subcommand)]
pub enum KitCommand {
    /// Prints the whole kit, one area, one role's loop, or one scenario's plan
    Export(ExportArgs),
    /// Prints the JSON Schema of `export --to json`
    Schema,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum To {
    Html,
    Pdf,
    Md,
    Csv,
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    seatrial kit export --to pdf -o kit.pdf\n  \
    seatrial kit export --to html --area consistency -o consistency.html\n  \
    seatrial kit export --to md --pack fintech-engineer --seniority staff\n  \
    seatrial kit export --to pdf --plan charged-not-settled -o plan.pdf\n  \
    seatrial kit export --to json --kit my-kit/ | jq '.part.content.areas[].title'")]
pub struct ExportArgs {
    /// The form to print in
    #[arg(long)]
    to: To,
    /// One area only, with a sheet for an interview on paper
    #[arg(long, value_name = "ID", conflicts_with = "pack")]
    area: Option<String>,
    /// One role's loop with its bar
    #[arg(long, value_name = "ID")]
    pack: Option<String>,
    /// One seniority of that role
    #[arg(long, value_name = "ID", requires = "pack")]
    seniority: Option<String>,
    /// One scenario's plan, with the candidate's brief and a sheet for an interview on paper
    #[arg(long, value_name = "SCENARIO", conflicts_with_all = ["area", "pack"])]
    plan: Option<String>,
    /// A kit of your own, instead of the one that ships
    #[arg(long, value_name = "DIR")]
    kit: Option<PathBuf>,
    /// Where to write; standard output when left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub fn run(command: &KitCommand) -> Outcome {
    match command {
        KitCommand::Export(args) => print(args),
        KitCommand::Schema => {
            say(json_schema().trim_end());
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn print(args: &ExportArgs) -> Outcome {
    atomic::end_between_files(atomic::NOTHING_WRITTEN);
    let kit = usable(args.kit.as_deref())?;
    let format = match args.to {
        To::Html => Format::Html,
        To::Pdf => Format::Pdf,
        To::Md => Format::Markdown,
        To::Csv => Format::Csv,
        To::Json => Format::Json,
    };
    let part = match (&args.area, &args.pack, &args.plan) {
        (Some(area), _, _) => Part::Area(area),
        (None, None, Some(plan)) => Part::Plan(plan),
        (None, Some(pack), _) => Part::Pack { pack, seniority: args.seniority.as_deref() },
        (None, None, None) => Part::Whole,
    };
    // A kit of one's own may be written in any script.
    let fonts = match (format, &args.kit) {
        (Format::Pdf, Some(_)) => seatrial_server::fonts_for(&String::from_utf8_lossy(&export(&kit, &part, Format::Markdown).map_err(Failure::input)?)),
        _ => Fonts::default(),
    };
    let bytes = export_with(&kit, &part, format, &fonts).map_err(Failure::input)?;
    match &args.output {
        Some(path) => {
            atomic::write(path, &bytes)?;
            eprintln!("{} written, {} kB", path.display(), bytes.len().div_ceil(1024));
        }
        None if matches!(args.to, To::Pdf) && stdout().is_terminal() => {
            return Err(Failure::input("a PDF does not read well in a terminal").hint("add -o kit.pdf"));
        }
        None => match stdout().lock().write_all(&bytes) {
            // A reader that has seen enough (`| head`) is no failure.
            Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
                return Err(Failure::new(format!("cannot write to standard output: {e}")));
            }
            _ => {}
        },
    }
    Ok(ExitCode::SUCCESS)
}
