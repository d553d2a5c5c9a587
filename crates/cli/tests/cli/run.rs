//! Starting the binary. No test of its own.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;

pub fn seatrial() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_seatrial"));
    // What somebody has set for themselves is no part of a test.
    for name in ["SEATRIAL_DATA", "SEATRIAL_LISTEN", "SEATRIAL_PUBLIC_URL", "SEATRIAL_KIT", "SEATRIAL_LOG", "COLUMNS"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs in a folder, so that what is printed names no place of this machine.
pub fn run(folder: &Path, args: &[&str]) -> Ran {
    let Output { status, stdout, stderr } = seatrial().current_dir(folder).args(args).output().unwrap();
    let stderr = String::from_utf8(stderr).unwrap();
    assert!(!stderr.contains("panicked"), "{stderr}");
    Ran { code: status.code().unwrap(), stdout, stderr }
}

pub struct Ran {
    pub code: i32,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Ran {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.stdout).unwrap()
    }
}

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A server that runs until it is dropped; it is killed then, without a chance to tidy up.
pub struct Server {
    child: Child,
    pub url: String,
    agent: ureq::Agent,
    cookie: Option<String>,
}

impl Server {
    pub fn start(data: &Path) -> Self {
        let mut command = seatrial();
        command.arg("serve").arg("--data").arg(data).args(["--listen", "127.0.0.1:0"]);
        Self::spawn(command)
    }

    /// Reads the address and then listens no more, as `seatrial serve | head -1` does: a server lives on.
    pub fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let mut said = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        lines.read_line(&mut said).unwrap();
        let at = said.find("http://").unwrap_or_else(|| panic!("no address in {said:?}"));
        let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        Self { child, url: said[at..].trim().to_owned(), agent, cookie: None }
    }

    pub fn get(&mut self, path: &str) -> (u16, Value) {
        let mut request = self.agent.get(format!("{}{path}", self.url));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let response = request.call().unwrap();
        self.read(response)
    }

    pub fn post(&mut self, path: &str, body: &Value) -> (u16, Value) {
        let mut request = self.agent.post(format!("{}{path}", self.url)).header("x-seatrial", "1");
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let response = request.send_json(body).unwrap();
        self.read(response)
    }

    fn read(&mut self, mut response: ureq::http::Response<ureq::Body>) -> (u16, Value) {
        if let Some(cookie) = response.headers().get("set-cookie") {
            self.cookie = Some(cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
        }
        let text = response.body_mut().read_to_string().unwrap();
        (response.status().as_u16(), serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// SIGKILL, and a new server on the same data; whoever was signed in still is.
    pub fn kill_and_start_again(mut self, data: &Path) -> Self {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let mut again = Self::start(data);
        again.cookie = self.cookie.take();
        again
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
