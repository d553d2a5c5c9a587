//! `seatrial admin`: what whoever runs the server does on the machine itself.

use std::{path::Path, process::ExitCode};

use clap::{Args, Subcommand};
use jiff::Timestamp;
use seatrial_server::new_reset;
use seatrial_store::Store;

use crate::{
    Failure, Outcome, say,
    serve::{checked_url, run},
};

#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Makes a link with which somebody who lost their password chooses a new one
    ResetLink(ResetLinkArgs),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    seatrial admin reset-link ada@example.com\n  \
    seatrial admin reset-link ada@example.com --data /srv/seatrial --public-url https://trial.example.com")]
pub struct ResetLinkArgs {
    /// The address that they sign in with
    email: String,
    /// Folder of the database, or its postgres:// URL
    #[arg(long, value_name = "DIR", default_value = "seatrial-data", env = "SEATRIAL_DATA")]
    data: String,
    /// The address that the running server is reached under
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:7070", env = "SEATRIAL_PUBLIC_URL")]
    public_url: String,
}

pub fn admin(command: &AdminCommand) -> Outcome {
    let AdminCommand::ResetLink(args) = command;
    reset_link(args)
}

/// Whoever can read the data folder owns it already, so nothing more is asked. The server may go on running.
fn reset_link(args: &ResetLinkArgs) -> Outcome {
    let url = checked_url(&args.public_url)?;
    run(async {
        let store = open(&args.data).await?;
        let found = store.person_by_email(&args.email).await.map_err(Failure::new)?;
        let Some((person, _)) = found.filter(|(p, _)| !p.demo) else {
            return Err(Failure::new(format!("no account has the address {}", args.email))
                .hint("look at the spelling, and at --data: it names the folder that `seatrial serve` uses"));
        };
        if person.disabled {
            return Err(Failure::new(format!("the account of {} is closed", person.email))
                .hint("an administrator opens it again under People"));
        }
        let (token, _) = new_reset(&store, &person, None, Timestamp::now()).await.map_err(Failure::new)?;
        store.close().await;
        say(format_args!("{url}/reset/{token}"));
        eprintln!("It sets a new password for {}, once, within a day. All their sessions end with that.", person.email);
        Ok(ExitCode::SUCCESS)
    })
}

/// Opens what is there; a folder without a database is a mistake here, and none is made.
async fn open(data: &str) -> Result<Store, Failure> {
    if data.contains("://") {
        return Store::open_url(data).await.map_err(Failure::new);
    }
    let folder = Path::new(data);
    if !folder.join("seatrial.db").is_file() {
        return Err(Failure::new(format!("there is no database in {data}")).hint("name the folder that `seatrial serve` uses with --data"));
    }
    Store::open_folder(folder).await.map_err(Failure::new)
}
