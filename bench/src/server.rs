//! The server as its own process, and somebody who asks it over loopback.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use serde_json::Value;

use crate::Outcome;

pub fn seatrial(binary: &Path) -> Command {
    let mut command = Command::new(binary);
    // What somebody has set for themselves is no part of a measurement.
    for name in ["SEATRIAL_DATA", "SEATRIAL_LISTEN", "SEATRIAL_PUBLIC_URL", "SEATRIAL_KIT", "SEATRIAL_LOG"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs until it is stopped or dropped.
pub struct Server {
    child: Child,
    pub url: String,
}

impl Server {
    /// Returns as soon as the server has said its address.
    pub fn start(binary: &Path, data: &Path) -> Outcome<Self> {
        let mut command = seatrial(binary);
        command.arg("serve").arg("--data").arg(data).args(["--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let mut said = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut said)?;
        }
        let url = said.find("http://").map(|at| said[at..].trim().to_owned()).unwrap_or_default();
        let server = Self { child, url };
        if server.url.is_empty() {
            return Err("the server ended without saying an address".into());
        }
        Ok(server)
    }

    /// Asks it to end and waits, so that the next start finds a database that was closed.
    pub fn stop(mut self) -> Outcome<()> {
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Somebody with a session of their own, on a connection of their own.
pub struct Client {
    agent: ureq::Agent,
    url: String,
    cookie: Option<String>,
}

impl Client {
    pub fn new(server: &Server) -> Self {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        Self { agent, url: server.url.clone(), cookie: None }
    }

    /// The answer's text, unparsed: reading JSON is the client's cost and not the server's.
    pub fn get(&mut self, path: &str) -> Outcome<String> {
        let mut request = self.agent.get(format!("{}{path}", self.url));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let response = request.call()?;
        self.text(path, response)
    }

    pub fn post(&mut self, path: &str, body: &Value) -> Outcome<String> {
        let request = self.agent.post(format!("{}{path}", self.url));
        self.send(path, request, body)
    }

    pub fn patch(&mut self, path: &str, body: &Value) -> Outcome<String> {
        let request = self.agent.patch(format!("{}{path}", self.url));
        self.send(path, request, body)
    }

    fn send(&mut self, path: &str, request: ureq::RequestBuilder<ureq::typestate::WithBody>, body: &Value) -> Outcome<String> {
        let mut request = request.header("x-seatrial", "1");
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let response = request.send_json(body)?;
        self.text(path, response)
    }

    fn text(&mut self, path: &str, mut response: ureq::http::Response<ureq::Body>) -> Outcome<String> {
        if let Some(cookie) = response.headers().get("set-cookie") {
            self.cookie = cookie.to_str()?.split(';').next().map(str::to_owned);
        }
        let text = response.body_mut().read_to_string()?;
        match response.status().as_u16() {
            200 => Ok(text),
            status => Err(format!("{path} answered {status}: {text}").into()),
        }
    }
}
