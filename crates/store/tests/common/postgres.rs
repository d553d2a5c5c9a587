//! A PostgreSQL for one test: the one that SEATRIAL_TEST_POSTGRES names, or one that is started in a temporary folder
//! and stopped at the end.

use std::{
    fs::{self, Permissions},
    net::TcpListener,
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
    /// Where it answers over TLS, if it does.
    port: Option<u16>,
}

impl Postgres {
    pub async fn start() -> Self {
        match std::env::var("SEATRIAL_TEST_POSTGRES") {
            Ok(server) => Self { url: fresh_database(&server).await, started: None },
            Err(_) => {
                let (started, server) = start(None);
                Self { url: fresh_database(&server).await, started: Some(started) }
            }
        }
    }

    /// A server on a port of this machine that takes connections over TLS only, under a certificate for its address. None
    /// where the tests use a server that runs already, and this machine has no programs to start another.
    pub async fn start_tls(certificate: &str, key: &str) -> Option<Self> {
        if std::env::var_os("SEATRIAL_TEST_POSTGRES").is_some() && find("initdb").is_none() {
            return None;
        }
        let (started, server) = start(Some((certificate, key)));
        Some(Self { url: fresh_database(&server).await, started: Some(started) })
    }

    /// The same database by the port of a server that was started with TLS.
    pub fn url_by_port(&self, parameters: &str) -> String {
        let port = self.started.as_ref().and_then(|s| s.port).expect("started with TLS");
        let before = self.url.split('?').next().unwrap_or_default();
        let name = before.rsplit('/').next().unwrap_or_default();
        format!("postgres://seatrial@127.0.0.1:{port}/{name}?{parameters}")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(Started { pg_ctl, folder, .. }) = &self.started {
            let data = folder.path().join("data");
            // Nothing can be done about a server that does not stop; its folder goes all the same.
            let _ = run(pg_ctl, &["stop", "--mode=immediate", "--silent", "-D", &text(&data)]);
        }
    }
}

fn start(tls: Option<(&str, &str)>) -> (Started, String) {
    let initdb = find("initdb").expect(MISSING);
    let pg_ctl = initdb.with_file_name("pg_ctl");
    // A socket's path is short by law, so the folder lies in /tmp whatever TMPDIR says.
    let folder = tempfile::Builder::new().prefix("seatrial-pg").tempdir_in("/tmp").expect("a temporary folder");
    // The server runs as somebody else when this runs as root.
    fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).expect("the folder is ours");
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    done(&run(&initdb, &["--no-sync", "--auth=trust", "--username=seatrial", "--encoding=UTF8", "-D", &text(&data)]));
    // Without TLS no port is opened: the socket in the folder is the only way in, so tests at the same time do not meet.
    let mut options = format!("-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=off", folder.path().display());
    let mut port = None;
    if let Some((certificate, key)) = tls {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        let script = "umask 077; printf %s \"$2\" > \"$1/server.crt\"; printf %s \"$3\" > \"$1/server.key\"; \
                      printf '%s\\n' 'local all all trust' 'hostssl all all 127.0.0.1/32 trust' > \"$1/pg_hba.conf\"";
        // Written by the server's own user, since it takes no key that others could read.
        done(&run(Path::new("/bin/sh"), &["-c", script, "sh", &text(&data), certificate, key]));
        options.push_str(&format!(" -c listen_addresses=127.0.0.1 -c port={free} -c ssl=on"));
        port = Some(free);
    }
    done(&run(&pg_ctl, &["start", "--wait", "--silent", "-D", &text(&data), "-l", &text(&log), "-o", &options]));
    let by_port = port.map(|p| format!("&port={p}")).unwrap_or_default();
    let server = format!("postgres://seatrial@localhost/postgres?host={}{by_port}", folder.path().display());
    (Started { pg_ctl, folder, port }, server)
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
