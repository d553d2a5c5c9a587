//! A server in this process, and somebody who talks to it. No test of its own: what every answer owes is checked here.

use std::{collections::BTreeMap, path::Path, sync::Arc, sync::OnceLock, time::Duration};

use argon2::{Algorithm, Argon2, Params, Version, password_hash::PasswordHasher};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, header},
};
use http_body_util::BodyExt;
use jiff::Timestamp;
use seatrial_kit::Kit;
use seatrial_server::{App, Options, router};
use seatrial_store::{Role, Store};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

pub const PASSWORD: &str = "three plain words";

/// The kit that ships, read once.
pub fn kit() -> &'static Kit {
    static KIT: OnceLock<Kit> = OnceLock::new();
    KIT.get_or_init(|| seatrial_kit::load(files()).0.unwrap())
}

/// Its files by path.
pub fn files() -> &'static BTreeMap<String, Vec<u8>> {
    static FILES: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    FILES.get_or_init(|| {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../kits/microservices"));
        let mut files = BTreeMap::new();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let inside = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                    files.insert(inside, std::fs::read(&path).unwrap());
                }
            }
        }
        files
    })
}

/// A hash that is checked like any other, made cheaply: these tests are not about its strength.
fn cheap_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
        cheap.hash_password(PASSWORD.as_bytes()).unwrap().to_string()
    })
}

pub struct Trial {
    pub app: Arc<App>,
    router: Router,
    pub folder: TempDir,
}

impl Trial {
    pub async fn new() -> Self {
        Self::with(Options { own_url: "http://127.0.0.1:7070".to_owned(), loopback: true, ..Options::default() }).await
    }

    pub async fn with(options: Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_folder(folder.path()).await.unwrap();
        store.keep_kit(kit(), Timestamp::now()).await.unwrap();
        let app = Arc::new(App::new(store, kit().clone(), options).with_files(files().clone()));
        Self { router: router(app.clone()), app, folder }
    }

    pub fn nobody(&self) -> Client {
        Client { router: self.router.clone(), cookie: None, id: String::new(), name: String::new() }
    }

    /// Somebody with an account, signed in.
    pub async fn person(&self, name: &str, role: Role) -> Client {
        let email = format!("{}@example.com", name.to_lowercase());
        let row = self.app.store.add_person(name, &email, cheap_hash(), role, false, Timestamp::now()).await.unwrap();
        let mut client = self.nobody();
        client.sign_in(&email).await.ok();
        client.id = row.id;
        client.name = name.to_owned();
        client
    }

    /// The same data behind a server that was started again.
    pub async fn started_again(self) -> Self {
        self.started_again_over(files().clone()).await
    }

    /// The same data, with another kit or another version of it.
    pub async fn started_again_over(self, files: BTreeMap<String, Vec<u8>>) -> Self {
        let store = Store::open_folder(self.folder.path()).await.unwrap();
        let (kit, mistakes) = seatrial_kit::load(&files);
        let kit = kit.unwrap_or_else(|| panic!("{mistakes:?}"));
        store.keep_kit(&kit, Timestamp::now()).await.unwrap();
        let app = Arc::new(App::new(store, kit, self.app.options.clone()).with_files(files));
        Self { router: router(app.clone()), app, folder: self.folder }
    }

    /// Every byte that the database has on disk.
    pub fn bytes_on_disk(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }
}

#[derive(Clone)]
pub struct Client {
    router: Router,
    cookie: Option<String>,
    pub id: String,
    pub name: String,
}

impl Client {
    pub async fn sign_in(&mut self, email: &str) -> Reply {
        let reply = self.post("/api/session", json!({ "email": email, "password": PASSWORD })).await;
        self.keep_cookie(&reply);
        reply
    }

    pub fn keep_cookie(&mut self, reply: &Reply) {
        if let Some(cookie) = reply.headers.get(header::SET_COOKIE) {
            self.cookie = Some(cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
        }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send("POST", path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.send("PUT", path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send("PATCH", path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, None).await
    }

    pub async fn send(&self, method: &str, path: &str, body: Option<Value>) -> Reply {
        let mut request = Request::builder().method(method).uri(path).header("x-seatrial", "1");
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        self.raw(request.body(body.map_or_else(Body::empty, |b| Body::from(b.to_string()))).unwrap()).await
    }

    /// Sends a request as it is, with this client's cookie.
    pub async fn raw(&self, mut request: Request<Body>) -> Reply {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
        }
        let asked = format!("{} {}", request.method(), request.uri());
        let api = request.uri().path().starts_with("/api/");
        let (head, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let mut reply = Reply { asked, status: head.status.as_u16(), headers: head.headers, text: String::new(), bytes: Vec::new(), stream: None };
        if reply.kind().starts_with("text/event-stream") {
            reply.stream = Some(body);
        } else {
            reply.bytes = body.collect().await.unwrap().to_bytes().to_vec();
            reply.text = String::from_utf8_lossy(&reply.bytes).into_owned();
        }
        reply.owes(api);
        reply
    }

    /// Writes into an interview's record; every entry must be taken.
    pub async fn write(&self, interview: &str, bodies: &[Value]) -> Value {
        let answer = self.try_write(interview, bodies).await;
        for result in answer["results"].as_array().unwrap() {
            assert!(result["refused"].is_null(), "refused: {result}");
        }
        answer
    }

    pub async fn try_write(&self, interview: &str, bodies: &[Value]) -> Value {
        let entries: Vec<Value> = bodies.iter().map(|b| json!({ "id": new_id(), "at_ms": 0, "body": b })).collect();
        self.post(&format!("/api/interviews/{interview}/entries"), json!({ "entries": entries })).await.ok()
    }

    /// Somebody whose session is known to a server that was started again.
    pub fn at(&self, trial: &Trial) -> Self {
        Self { router: trial.router.clone(), ..self.clone() }
    }

    pub async fn events(&self, path: &str) -> Events {
        let reply = self.get(path).await;
        assert_eq!(reply.status, 200, "{}: {}", reply.asked, reply.text);
        Events { body: reply.stream.unwrap(), rest: String::new() }
    }
}

pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

pub struct Reply {
    asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub text: String,
    stream: Option<Body>,
}

impl Reply {
    pub fn kind(&self) -> &str {
        self.headers.get(header::CONTENT_TYPE).map_or("", |v| v.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}: {}", self.asked, self.text);
        self.json()
    }

    pub fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.text);
        self.json()
    }

    /// What a problem says is wrong.
    pub fn detail(&self, status: u16) -> String {
        self.problem(status)["detail"].as_str().unwrap().to_owned()
    }

    /// The first event of a stream, or the body of everything else.
    pub async fn heard(self) -> String {
        match self.stream {
            Some(body) => Events { body, rest: String::new() }.next().await.map_or_else(String::new, |v| v.to_string()),
            None => self.text,
        }
    }

    fn owes(&self, api: bool) {
        for name in ["content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-opener-policy"] {
            assert!(self.headers.contains_key(name), "{} lacks {name}", self.asked);
        }
        if !api {
            return;
        }
        assert_eq!(self.headers.get(header::CACHE_CONTROL).map(|v| v.as_bytes().starts_with(b"no-")), Some(true), "{} may be cached", self.asked);
        if self.status >= 400 {
            assert_eq!(self.kind(), "application/problem+json", "{}: {} {}", self.asked, self.status, self.text);
            let problem = self.json();
            assert_eq!(problem["status"], self.status, "{}", self.asked);
            for field in ["type", "title", "detail", "fix"] {
                let text = problem[field].as_str().unwrap_or_default();
                assert!(!text.is_empty(), "{}: a problem without {field}: {}", self.asked, self.text);
            }
        }
    }
}

/// Server-sent events as they come.
pub struct Events {
    body: Body,
    rest: String,
}

impl Events {
    /// The next event's data; none when the stream has ended. Fails when neither happens in time.
    pub async fn next(&mut self) -> Option<Value> {
        tokio::time::timeout(Duration::from_secs(10), self.wait()).await.expect("an event, or the end, within ten seconds")
    }

    /// Everything of the stream that comes within some virtual patience, as it is on the wire.
    pub async fn raw(mut self, until: impl Fn(&str) -> bool) -> String {
        let mut all = self.rest.clone();
        let end = tokio::time::Instant::now() + Duration::from_secs(20);
        while !until(&all) {
            let frame = tokio::time::timeout_at(end, self.body.frame()).await.expect("what is waited for, within twenty seconds");
            let Some(frame) = frame else { break };
            all.push_str(std::str::from_utf8(frame.unwrap().data_ref().unwrap()).unwrap());
        }
        all
    }

    async fn wait(&mut self) -> Option<Value> {
        loop {
            while let Some((event, rest)) = self.rest.split_once("\n\n") {
                let data: Option<Value> = event.lines().find_map(|l| l.strip_prefix("data: ")).map(|d| serde_json::from_str(d).unwrap());
                self.rest = rest.to_owned();
                if data.is_some() {
                    return data;
                }
            }
            let frame = self.body.frame().await?.unwrap();
            self.rest.push_str(std::str::from_utf8(frame.data_ref().unwrap()).unwrap());
        }
    }
}
