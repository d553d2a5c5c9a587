//! `seatrial admin reset-link`: for the one who is locked out of the server that runs here.

use serde_json::json;
use tempfile::tempdir;

use crate::run::{Server, run};

#[test]
fn a_link_made_beside_the_running_server_sets_a_new_password_once() {
    let folder = tempdir().unwrap();
    let data = folder.path().join("data");
    let mut server = Server::start(&data);
    let account = json!({ "name": "Ada", "email": "ada@example.com", "password": "three plain words" });
    assert_eq!(server.post("/api/setup", &account).0, 200);
    assert_eq!(server.get("/api/start").0, 200);
    let data = data.to_str().unwrap();
    let ran = run(folder.path(), &["admin", "reset-link", " ADA@example.com", "--data", data, "--public-url", "https://trial.example.com/"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let token = ran.text().trim().strip_prefix("https://trial.example.com/reset/").unwrap().to_owned();
    assert_eq!(token.len(), 64);
    assert!(!ran.stderr.contains(&token), "talk and data do not mix");
    let path = format!("/api/reset/{token}");
    assert_eq!(server.get(&path), (200, json!({ "name": "Ada", "email": "ada@example.com" })));
    let new = json!({ "password": "four other plain words" });
    assert_eq!(server.post(&path, &new).0, 200);
    assert_eq!(server.post(&path, &new).0, 404);
    let credentials = |password: &str| json!({ "email": "ada@example.com", "password": password });
    assert_eq!(server.post("/api/session", &credentials("three plain words")).0, 401);
    assert_eq!(server.post("/api/session", &credentials("four other plain words")).0, 200);
}

#[test]
fn what_is_not_there_is_told_and_nothing_is_made() {
    let folder = tempdir().unwrap();
    let ran = run(folder.path(), &["admin", "reset-link", "ada@example.com", "--data", "nowhere"]);
    assert_eq!((ran.code, ran.text()), (1, ""));
    assert!(ran.stderr.contains("there is no database in nowhere") && ran.stderr.contains("--data"), "{}", ran.stderr);
    assert!(!folder.path().join("nowhere").exists());
    drop(Server::start(&folder.path().join("data")));
    let ran = run(folder.path(), &["admin", "reset-link", "ada@example.com", "--data", "data"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("no account has the address ada@example.com"), "{}", ran.stderr);
    let ran = run(folder.path(), &["admin", "reset-link", "ada@example.com", "--data", "data", "--public-url", "trial"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
}
