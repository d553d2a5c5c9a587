//! A PostgreSQL for one test: the one that SEATRIAL_TEST_POSTGRES names, or one that is started in a temporary folder
//! and stopped at the end.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

const MISSING: &str = "these tests need PostgreSQL: install the package postgresql, or set SEATRIAL_TEST_POSTGRES to the URL of a server \
     on which databases may be created";

/// A server with a fresh database. Dropping it stops what was started.
#[derive(Debug)]
pub struct Postgres {
    /// Where the fresh database answers.
    pub url: String,
    started: Option<Started>,
}

#[derive(Debug)]
struct Started {
    pg_ctl: PathBuf,
    folder: TempDir,
}

impl Postgres {
    pub async fn start() -> Self {
        match std::env::var("SEATRIAL_TEST_POSTGRES") {
            Ok(server) => Self { url: fresh_database(&server).await, started: None },
            Err(_) => {
                let (started, server) = start();
                Self { url: fresh_database(&server).await, started: Some(started) }
            }
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(Started { pg_ctl, folder }) = &self.started {
            let data = folder.path().join("data");
            // Nothing can be done about a server that does not stop; its folder goes all the same.
            let _ = run(pg_ctl, &["stop", "--mode=immediate", "--silent", "-D", &text(&data)]);
        }
    }
}

fn start() -> (Started, String) {
    let initdb = find("initdb").expect(MISSING);
    let pg_ctl = initdb.with_file_name("pg_ctl");
    // A socket's path is short by law, so the folder lies in /tmp whatever TMPDIR says.
    let folder = tempfile::Builder::new().prefix("seatrial-pg").tempdir_in("/tmp").expect("a temporary folder");
    // The server runs as somebody else when this runs as root.
    fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).expect("the folder is ours");
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    done(&run(&initdb, &["--no-sync", "--auth=trust", "--username=seatrial", "--encoding=UTF8", "-D", &text(&data)]));
    // No port is opened: the socket in the folder is the only way in, so tests at the same time do not meet.
    let options = format!("-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=off", folder.path().display());
    done(&run(&pg_ctl, &["start", "--wait", "--silent", "-D", &text(&data), "-l", &text(&log), "-o", &options]));
    let server = format!("postgres://seatrial@localhost/postgres?host={}", folder.path().display());
    (Started { pg_ctl, folder }, server)
}

/// Makes a database of its own and gives its URL.
async fn fresh_database(server: &str) -> String {
    let name = format!("seatrial_{}", uuid::Uuid::now_v7().simple());
    let mut connection = PgConnection::connect(server).await.expect("the server answers");
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::query(create).execute(&mut connection).await.expect("a database can be created");
    let (before, options) = server.split_once('?').map_or((server, String::new()), |(b, o)| (b, format!("?{o}")));
    let (host, _) = before.rsplit_once('/').expect("a URL with a database");
    format!("{host}/{name}{options}")
}

fn find(name: &str) -> Option<PathBuf> {
    let on_path = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    let mut packaged: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|v| v.path().join("bin")).collect())
        .unwrap_or_default();
    packaged.sort();
    // Links are followed, since pg_ctl and the server are found beside initdb itself.
    let there = packaged.into_iter().rev().chain(on_path).map(|folder| folder.join(name)).find(|file| file.is_file())?;
    fs::canonicalize(there).ok()
}

/// Runs a program of PostgreSQL, which refuses root, as its own user then.
fn run(program: &Path, arguments: &[&str]) -> Output {
    let root = fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0);
    let mut command = if root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.args(arguments).current_dir("/").env_remove("LC_ALL").env("LANG", "C").output().expect(MISSING)
}

fn done(output: &Output) {
    let words = |bytes| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", words(&output.stdout), words(&output.stderr));
}

fn text(path: &Path) -> String {
    path.display().to_string()
}
