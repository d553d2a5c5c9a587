//! `seatrial preview`: the practice page over a file that somebody is writing. It is read again when it is saved, its parts
//! too; while it has mistakes, they are shown beside the last version that held.

use std::{
    collections::BTreeSet,
    fs,
    io::{ErrorKind, IsTerminal, stdout},
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::Args;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use seatrial_server::{Told, serve_preview};
use serde_json::json;
use tokio::{net::TcpListener, sync::{mpsc, watch}, time::timeout};

use crate::{Failure, Outcome, say, scenario, serve};

/// Taken when nobody names another, and when it is free; so a page that is open finds its preview again.
const PORT: u16 = 7072;
/// Editors write a file in several steps.
const SETTLES: Duration = Duration::from_millis(60);
/// Some folders, such as those of another machine, do not tell of changes.
const LOOKS_ANYWAY: Duration = Duration::from_secs(2);

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    seatrial new scenario first-trial\n  \
    seatrial preview first-trial.yaml")]
pub struct PreviewArgs {
    /// The scenario's file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Port on this machine; another free one when left out and 7072 is taken
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Prints the address and opens no browser
    #[arg(long)]
    no_open: bool,
}

pub fn preview(args: &PreviewArgs) -> Outcome {
    serve::start_log();
    // A word that is no file would be one that ships, in which nothing can be changed.
    if fs::symlink_metadata(&args.file).is_err() {
        let failure = scenario::bounded(&args.file).err().unwrap_or_else(|| Failure::input(format!("there is no {}", args.file.display())));
        return Err(match scenario::look(&args.file) {
            Ok(_) => failure.hint(format!("copy it first: seatrial new scenario NAME --from {}", args.file.display())),
            Err(_) => failure,
        });
    }
    let mut state = State::default();
    state.look(&args.file)?;
    let (tell, told) = watch::channel(state.told());
    serve::run(async {
        let listener = listen(args.port).await?;
        let address = listener.local_addr().map_err(Failure::new)?;
        say(format_args!("The preview is ready: http://{address}/"));
        say(format_args!("It follows {} and its parts. Ctrl-C ends it.", args.file.display()));
        state.print();
        if stdout().is_terminal() && !args.no_open {
            // Without a browser the address is there to be opened elsewhere.
            let _ = opener::open(format!("http://{address}/"));
        }
        let follow = follow(&args.file, state, tell);
        tokio::select! {
            served = serve_preview(listener, told, serve::stop()) => served.map_err(|e| Failure::new(format!("stopped serving: {e}")))?,
            never = follow => never?,
        }
        Ok(ExitCode::SUCCESS)
    })
}

async fn listen(port: Option<u16>) -> Result<TcpListener, Failure> {
    let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    match port {
        Some(port) => serve::listen(at(port)).await.map_err(|failure| failure.hint("stop what has it, or leave --port out: any free one will do")),
        None => match TcpListener::bind(at(PORT)).await {
            Err(why) if why.kind() == ErrorKind::AddrInUse => serve::listen(at(0)).await,
            bound => bound.map_err(|e| Failure::new(format!("cannot listen on {}: {e}", at(PORT)))),
        },
    }
}

/// What the page is told.
#[derive(Debug, Default)]
struct State {
    /// Counts the versions that held.
    version: u64,
    /// The last of them.
    book: Option<serde_json::Value>,
    file: String,
    said: String,
    /// Whether what stands in the file holds.
    holds: bool,
}

impl State {
    /// True when there is something new to tell.
    fn look(&mut self, file: &Path) -> Result<bool, Failure> {
        let look = scenario::look(file)?;
        let holds = look.files.is_some();
        let book = look.files.map(|files| json!({"entry": look.entry, "files": files}));
        let newer = book.is_some() && book != self.book;
        let changed = newer || look.said != self.said || holds != self.holds || self.file.is_empty();
        if newer {
            self.version += 1;
            self.book = book;
        }
        (self.file, self.said, self.holds) = (file.display().to_string(), look.said, holds);
        Ok(changed)
    }

    fn told(&self) -> Told {
        json!({"version": self.version, "file": self.file, "book": self.book, "said": self.said, "holds": self.holds}).to_string().into()
    }

    /// The same in the terminal.
    fn print(&self) {
        if !self.said.is_empty() {
            eprintln!("{}", self.said);
        } else if self.version > 0 {
            eprintln!("no mistakes");
        }
        if !self.holds && self.version > 0 {
            eprintln!("the page goes on with the last version that held");
        }
    }
}

/// Looks whenever something near the file has changed, for ever.
async fn follow(file: &Path, mut state: State, tell: watch::Sender<Told>) -> Result<(), Failure> {
    let (send, mut news) = mpsc::unbounded_channel::<()>();
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = send.send(());
        }
    });
    // Without a watcher it is looked at every so often all the same.
    let mut watcher = watcher.ok();
    let mut watched = BTreeSet::new();
    loop {
        watch_near(file, watcher.as_mut(), &mut watched);
        // A watcher that ended says nothing, for ever; time goes on.
        match timeout(LOOKS_ANYWAY, news.recv()).await {
            Ok(Some(())) => while timeout(SETTLES, news.recv()).await.is_ok_and(|more| more.is_some()) {},
            Ok(None) => tokio::time::sleep(LOOKS_ANYWAY).await,
            Err(_) => {}
        }
        match state.look(file) {
            Ok(false) => {}
            Ok(true) => {
                state.print();
                let _ = tell.send(state.told());
            }
            // Some editors take the file away before they put the new one there.
            Err(failure) => {
                if state.said != failure.say {
                    (state.said, state.holds) = (failure.say, false);
                    state.print();
                    let _ = tell.send(state.told());
                }
            }
        }
    }
}

/// The folders in which a scenario's files may lie. One that is made later is found when its parent tells of it.
fn watch_near(file: &Path, watcher: Option<&mut RecommendedWatcher>, watched: &mut BTreeSet<PathBuf>) {
    let Some(watcher) = watcher else { return };
    let beside = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let above = beside.join("..");
    for folder in [beside, &above] {
        for near in [folder.to_owned(), folder.join("parts"), folder.join("material")] {
            let there = near.is_dir();
            if there && !watched.contains(&near) && watcher.watch(&near, RecursiveMode::NonRecursive).is_ok() {
                watched.insert(near);
            } else if !there && watched.remove(&near) {
                let _ = watcher.unwatch(&near);
            }
        }
    }
}
