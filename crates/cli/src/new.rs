//! `seatrial new`: small working beginnings, from the templates in `crates/cli/templates` or from what ships.
//!
//! Everything is made and checked in memory; only then is it written. A file that is there is never written over; the lists
//! of a kit that name its files are added to.

mod beginnings;
mod draft;
mod insert;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};

use crate::{Failure, Outcome, files, say};
use draft::{Draft, Place};

#[derive(Debug, Subcommand)]
pub enum NewCommand {
    /// A running system that is proven to tell its designs apart; in a kit, with a plan to interview over it
    Scenario(Named),
    /// A kit with one area, one role, and one scenario with its plan; or a fork of the kit that ships
    Kit(Named),
    /// An area of a kit, named in kit.yaml and in every role
    Area(Whole),
    /// A part for scenarios to share, with parameters; or a copy of one that ships
    Part(Named),
}

#[derive(Debug, Args)]
pub struct Named {
    /// What it is called: small letters, digits and hyphens
    #[arg(value_name = "NAME")]
    name: String,
    /// The kit that it goes into, or any folder
    #[arg(long = "in", value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Begin with a copy of this one, which ships
    #[arg(long, value_name = "SHIPPED")]
    from: Option<String>,
}

#[derive(Debug, Args)]
pub struct Whole {
    /// What it is called: small letters, digits and hyphens
    #[arg(value_name = "NAME")]
    name: String,
    /// The kit that it goes into
    #[arg(long = "in", value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

/// Ids are longer by what a template puts behind them.
const LONGEST: usize = 40;

pub fn new(command: &NewCommand) -> Outcome {
    let (name, folder) = match command {
        NewCommand::Scenario(new) | NewCommand::Kit(new) | NewCommand::Part(new) => (&new.name, &new.folder),
        NewCommand::Area(new) => (&new.name, &new.folder),
    };
    sound(name)?;
    let place = Place::of(folder)?;
    let draft = match command {
        NewCommand::Scenario(new) => beginnings::scenario(&place, name, new.from.as_deref())?,
        NewCommand::Kit(new) => beginnings::kit(&place, name, new.from.as_deref())?,
        NewCommand::Area(_) => beginnings::area(&place, name)?,
        NewCommand::Part(new) => beginnings::part(&place, name, new.from.as_deref())?,
    };
    told(&place, draft)
}

fn sound(name: &str) -> Result<(), Failure> {
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let good = name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('-').all(|part| !part.is_empty() && part.chars().all(word));
    if good && name.len() <= LONGEST {
        return Ok(());
    }
    let kebab: Vec<String> = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_ascii_lowercase).collect();
    let kebab = kebab.join("-");
    let hint = match kebab.starts_with(|c: char| c.is_ascii_lowercase()) && kebab.len() <= LONGEST && kebab != name {
        true => format!("perhaps `{kebab}`"),
        false => format!("small letters, digits and single hyphens, beginning with a letter, at most {LONGEST}"),
    };
    Err(Failure::input(format!("`{}` cannot be a name", name.escape_default())).hint(hint))
}

/// Writes, and says what was written and what to do next.
fn told(place: &Place, draft: Draft) -> Outcome {
    let next = draft.next.clone();
    let (written, changed) = draft.write(place)?;
    let mut line = match written.len() {
        many @ 9.. => format!("Wrote {many} files, from {} to {}", written[0], written[many - 1]),
        _ => format!("Wrote {}", list(&written)),
    };
    if !changed.is_empty() {
        line += &format!("; added to {}", list(&changed));
    }
    say(format_args!("{line}."));
    next.iter().for_each(say);
    Ok(ExitCode::SUCCESS)
}

fn list(paths: &[String]) -> String {
    match paths {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// Names of what ships in a folder of the kit.
fn shipped(folder: &str) -> Vec<String> {
    let name = |path: &String| Some(path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".yaml")?.to_owned());
    files::shipped().keys().filter_map(name).collect()
}
