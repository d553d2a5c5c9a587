//! Files that are whole or not there: written beside their place, brought to disk, and then renamed. Ctrl-C waits for a
//! file that is being written, and nothing else.

use std::collections::hash_map::RandomState;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::Failure;

static WRITING: Mutex<()> = Mutex::new(());

/// Begins the name of a file that is not whole yet.
pub const UNFINISHED: &str = ".unfinished-";

fn writing() -> MutexGuard<'static, ()> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What can be known to be wrong with a file's place before hours of work for it.
pub fn place(file: &Path) -> Result<(), Failure> {
    tidy(file);
    if file.is_dir() {
        return Err(Failure::input(format!("{} is a folder", file.display())).hint("name a file in it"));
    }
    match file.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        Some(folder) => Err(Failure::input(format!("there is no folder {} to write into", folder.display())).hint("make it first")),
        None => Ok(()),
    }
}

/// Writes a file, whole or not at all. What is no file that ends, such as a pipe, is written as it is.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let say = |why: io::Error| {
        let failure = Failure::new(format!("cannot write {}: {}", path.display(), reason(&why)));
        match why.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                failure.hint("make room, and give the same command again: what is whole is kept")
            }
            io::ErrorKind::NotFound => failure.hint("make its folder first"),
            _ => failure,
        }
    };
    let _one = writing();
    if fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir()) {
        return OpenOptions::new().write(true).open(path).and_then(|mut file| file.write_all(bytes)).map_err(say);
    }
    let beside = beside(path);
    let written = whole(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written.map_err(say)
}

/// Without the number that systems put behind it.
fn reason(why: &io::Error) -> String {
    let said = why.to_string();
    said.split(" (os error").next().unwrap_or(&said).to_lowercase()
}

fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A name of its own in the same folder: several machines may write there.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mine = RandomState::new().build_hasher().finish();
    path.with_file_name(format!("{UNFINISHED}{mine:016x}-{name}"))
}

/// Takes away what a killed command left beside a file.
pub fn tidy(path: &Path) {
    let (Some(name), Some(folder)) = (path.file_name(), path.parent()) else { return };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = fs::read_dir(folder) else { return };
    let end = format!("-{}", name.to_string_lossy());
    for found in entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()) {
        let mark = found.strip_prefix(UNFINISHED).and_then(|rest| rest.strip_suffix(&end));
        if mark.is_some_and(|mark| mark.len() == 16 && mark.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            let _ = fs::remove_file(folder.join(found));
        }
    }
}

/// From now on Ctrl-C, or being told to end, ends the program between two files; `then` says what becomes of them.
pub fn end_between_files(then: impl Into<String>) {
    let mut said = THEN.lock().unwrap_or_else(PoisonError::into_inner);
    let first = said.is_empty();
    *said = then.into();
    if !first {
        return;
    }
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    // Listening begins here, not some time later in the thread.
    let stopped = runtime.block_on(async { stopped() });
    let wait = move || {
        let code = runtime.block_on(stopped);
        let _one = writing();
        let then = THEN.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(io::stderr(), "\nseatrial: stopped; {then}");
        std::process::exit(code);
    };
    std::thread::spawn(wait);
}

/// What becomes of the files, for whoever stops the program.
static THEN: Mutex<String> = Mutex::new(String::new());

/// What a command says that writes its one file at the end.
pub const NOTHING_WRITTEN: &str = "no file is half-written";

/// The exit code that shells give to whom a signal has ended.
#[cfg(unix)]
fn stopped() -> impl Future<Output = i32> {
    use tokio::signal::unix::{SignalKind, signal};
    let (broken, told) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        let (Ok(mut broken), Ok(mut told)) = (broken, told) else { return std::future::pending().await };
        tokio::select! {
            _ = broken.recv() => 130,
            _ = told.recv() => 143,
        }
    }
}

#[cfg(not(unix))]
async fn stopped() -> i32 {
    match tokio::signal::ctrl_c().await {
        Ok(()) => 130,
        Err(_) => std::future::pending().await,
    }
}
