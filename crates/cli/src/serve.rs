//! `seatrial serve` and `seatrial demo`.

use std::{
    io::ErrorKind,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use clap::Args;
use jiff::Timestamp;
use seatrial_kit::Kit;
use seatrial_server::{App, Options, load_demo, new_token};
use seatrial_store::Store;
use tokio::net::TcpListener;

use crate::{Failure, Outcome, files::{read_folder, shipped, usable}, say};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    seatrial serve\n  \
    seatrial serve --data /srv/seatrial --listen 0.0.0.0:7070 --public-url https://trial.example.com\n  \
    seatrial serve --data postgres://user:password@db/seatrial")]
pub struct ServeArgs {
    /// Folder for the database, or a postgres:// URL
    #[arg(long, value_name = "DIR", default_value = "seatrial-data", env = "SEATRIAL_DATA")]
    data: String,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7070", env = "SEATRIAL_LISTEN")]
    listen: SocketAddr,
    /// The address that others reach this server under, for links in invitations
    #[arg(long, value_name = "URL", env = "SEATRIAL_PUBLIC_URL")]
    public_url: Option<String>,
    /// A kit of your own, instead of the one that ships
    #[arg(long, value_name = "DIR", env = "SEATRIAL_KIT")]
    kit: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Folder for the sample's own database, made anew at each start
    #[arg(long, value_name = "DIR", default_value = "seatrial-demo")]
    data: PathBuf,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7071")]
    listen: SocketAddr,
}

pub fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("SEATRIAL_LOG").unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

pub fn run<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|e| Failure::new(format!("cannot start: {e}")))?.block_on(work)
}

pub fn serve(args: &ServeArgs) -> Outcome {
    start_log();
    let public_url = args.public_url.as_deref().map(checked_url).transpose()?;
    let kit = usable(args.kit.as_deref())?;
    let files = match &args.kit {
        Some(dir) => read_folder(dir)?,
        None => shipped(),
    };
    run(async {
        // The port first: a second server on the same data should fail before it touches anything.
        let listener = listen(args.listen).await?;
        let own_url = own_url(&listener)?;
        let store = if args.data.contains("://") {
            Store::open_url(&args.data).await
        } else {
            Store::open_folder(Path::new(&args.data)).await
        };
        let store = store.map_err(Failure::new)?;
        store.keep_kit(&kit, Timestamp::now()).await.map_err(Failure::new)?;
        let loopback = args.listen.ip().is_loopback();
        let new = !store.has_people().await.map_err(Failure::new)?;
        // Behind a proxy a server on loopback is reached by everybody all the same.
        let setup_token = (new && (!loopback || public_url.is_some())).then(new_token);
        let address = public_url.clone().unwrap_or_else(|| own_url.clone());
        let options = Options { public_url, own_url, loopback, setup_token: setup_token.clone(), ..Options::default() };
        say(format_args!("Seatrial is ready: {address}"));
        match (new, &setup_token) {
            (true, None) => say(format_args!("Open it and make the first account. Ctrl-C stops it; what was saved stays in {}.", shown(&args.data))),
            (true, Some(token)) => say(format_args!("Make the first account at {}/setup?token={token}", address.trim_end_matches('/'))),
            (false, _) => say(format_args!("Ctrl-C stops it; what was saved stays in {}.", shown(&args.data))),
        }
        finish(listener, App::new(store, kit, options).with_files(files)).await
    })
}

pub fn demo(args: &DemoArgs) -> Outcome {
    start_log();
    let kit: Kit = usable(None)?;
    run(async {
        let listener = listen(args.listen).await?;
        let own_url = own_url(&listener)?;
        remove_old(&args.data)?;
        let store = Store::open_folder(&args.data).await.map_err(Failure::new)?;
        store.keep_kit(&kit, Timestamp::now()).await.map_err(Failure::new)?;
        let token = new_token();
        let mut app = App::new(store, kit, Options { own_url: own_url.clone(), loopback: args.listen.ip().is_loopback(), ..Options::default() })
            .with_files(shipped());
        let loaded = load_demo(&app, Timestamp::now()).await.map_err(Failure::new)?;
        app.options.entry = Some((token.clone(), loaded.owner));
        app.options.entry_page = Some(format!("/loops/{}/debrief#consistency", loaded.loop_id));
        say(format_args!("The sample is ready: {own_url}/enter/{token}"));
        say(format_args!("It opens on a debrief, at the line on which three people differ. 28:10 there plays the minute that settles it."));
        say(format_args!("Nothing there is real, and Ctrl-C ends it."));
        finish(listener, app).await
    })
}

async fn finish(listener: TcpListener, app: App) -> Outcome {
    seatrial_server::serve(listener, Arc::new(app), stop()).await.map_err(|e| Failure::new(format!("stopped serving: {e}")))?;
    Ok(ExitCode::SUCCESS)
}

/// Until Ctrl-C, or until the system asks.
pub async fn stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}

pub async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|e| {
        let (say, hint) = match e.kind() {
            ErrorKind::AddrInUse => {
                (format!("port {} is taken by another program", address.port()), "stop it, or choose another with --listen 127.0.0.1:0 (any free one)")
            }
            ErrorKind::PermissionDenied => (format!("port {} needs more rights", address.port()), "choose one above 1023 with --listen"),
            ErrorKind::AddrNotAvailable => (format!("this machine has no address {}", address.ip()), "use 127.0.0.1 or 0.0.0.0 with --listen"),
            _ => return Failure::new(format!("cannot listen on {address}: {e}")),
        };
        Failure::new(say).hint(hint)
    })
}

fn own_url(listener: &TcpListener) -> Result<String, Failure> {
    let address = listener.local_addr().map_err(Failure::new)?;
    Ok(format!("http://{address}"))
}

pub fn checked_url(url: &str) -> Result<String, Failure> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match rest {
        Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) && !host.contains(['?', '#']) => {
            Ok(url.trim_end_matches('/').to_owned())
        }
        _ => Err(Failure::input(format!("{url} is no address to put into a link"))
            .hint("write it as https://trial.example.com, without a query")),
    }
}

/// A URL's password stays out of what is printed.
fn shown(data: &str) -> &str {
    data.rsplit_once('@').map_or(data, |(_, place)| place)
}

/// The sample is made anew, so that its days count from today.
fn remove_old(folder: &Path) -> Result<(), Failure> {
    for name in ["seatrial.db", "seatrial.db-wal", "seatrial.db-shm"] {
        let file = folder.join(name);
        match std::fs::remove_file(&file) {
            Err(e) if e.kind() != ErrorKind::NotFound => {
                return Err(Failure::new(format!("cannot remove {}: {e}", file.display())).hint("choose another folder with --data"));
            }
            _ => {}
        }
    }
    Ok(())
}
