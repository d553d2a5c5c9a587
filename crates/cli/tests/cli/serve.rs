//! `seatrial serve`: it starts from nothing, keeps what it acknowledged, and says in a sentence why it cannot start.

use std::{fs, net::TcpListener, path::Path};

use serde_json::{Value, json};
use sqlx::Connection;
use tempfile::tempdir;

use crate::run::{Ran, Server, run, seatrial};

#[test]
fn starts_with_a_folder_that_is_not_there_yet_and_answers() {
    let folder = tempdir().unwrap();
    let mut server = Server::start(&folder.path().join("new/data"));
    assert_eq!(server.get("/api/health"), (200, json!({ "done": true })));
    let (status, me) = server.get("/api/me");
    assert_eq!((status, &me["setup_needed"], &me["reachable"]), (200, &json!(true), &json!(false)));
    assert!(folder.path().join("new/data/seatrial.db").is_file());
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there_after_it() {
    let folder = tempdir().unwrap();
    let mut server = Server::start(folder.path());
    let account = json!({ "name": "Ada", "email": "ada@example.com", "password": "three plain words" });
    assert_eq!(server.post("/api/setup", &account).0, 200);
    let (_, made) = server.post("/api/interviews", &json!({ "area": "consistency", "minutes": 10 }));
    let interview = made["id"].as_str().unwrap().to_owned();
    let entries = format!("/api/interviews/{interview}/entries");
    let mut acknowledged: Vec<(String, i64)> = Vec::new();
    let mut write = |server: &mut Server, body: Value| {
        let id = uuid::Uuid::now_v7().to_string();
        let (status, answer) = server.post(&entries, &json!({ "entries": [{ "id": id, "at_ms": 0, "body": body }] }));
        assert_eq!(status, 200, "{answer}");
        acknowledged.push((id, answer["results"][0]["seq"].as_i64().unwrap()));
    };
    write(&mut server, json!({ "kind": "start" }));
    // Killed three times in the middle of it; nobody signs in again.
    for round in 0..3 {
        for n in 0..5 {
            let text = format!("note {n} of round {round}, كل شيء محفوظ");
            write(&mut server, json!({ "kind": "note", "note": "said", "text": text, "area": null, "signal": null }));
        }
        server = server.kill_and_start_again(folder.path());
    }
    let (status, read) = server.get(&format!("/api/interviews/{interview}"));
    assert_eq!(status, 200, "{read}");
    assert_eq!(read["live"]["state"], "running");
    let kept: Vec<(String, i64)> = read["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["id"].as_str().unwrap().to_owned(), e["seq"].as_i64().unwrap()))
        .collect();
    assert_eq!(kept, acknowledged);
}

#[test]
fn the_demo_opens_on_its_debrief_and_can_be_started_again() {
    let folder = tempdir().unwrap();
    for _ in 0..2 {
        let mut command = seatrial();
        command.arg("demo").arg("--data").arg(folder.path()).args(["--listen", "127.0.0.1:0"]);
        let mut server = Server::spawn(command);
        let (base, token) = server.url.clone().split_once("/enter/").map(|(b, t)| (b.to_owned(), t.to_owned())).unwrap();
        server.url = base;
        assert_eq!(server.get(&format!("/enter/{token}")).0, 303);
        let (_, start) = server.get("/api/start");
        assert_eq!(start["openings"][0]["loops"].as_array().unwrap().len(), 3);
        assert_eq!(server.get("/enter/guessed").0, 404);
    }
}

fn refused(folder: &Path, args: &[&str]) -> Ran {
    let mut all = vec!["serve"];
    all.extend(args);
    let ran = run(folder, &all);
    assert_eq!((ran.code, ran.text()), (1, ""), "{}", ran.stderr);
    // One sentence, at most with a hint below it.
    assert!(ran.stderr.lines().count() <= 2 && ran.stderr.starts_with("seatrial: "), "{}", ran.stderr);
    ran
}

#[test]
fn a_taken_port_is_said() {
    let folder = tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let ran = refused(folder.path(), &["--data", "data", "--listen", &format!("127.0.0.1:{port}")]);
    assert!(ran.stderr.contains(&format!("port {port} is taken")) && ran.stderr.contains("--listen"), "{}", ran.stderr);
    assert!(!folder.path().join("data").exists(), "nothing was touched");
}

#[test]
fn a_folder_that_cannot_be_one_is_said() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("data"), "a file").unwrap();
    let ran = refused(folder.path(), &["--data", "data", "--listen", "127.0.0.1:0"]);
    assert!(ran.stderr.contains("data folder data") && ran.stderr.contains("--data"), "{}", ran.stderr);
}

#[test]
fn a_database_of_a_newer_version_is_left_alone_and_said() {
    let folder = tempdir().unwrap();
    let data = folder.path().join("data");
    drop(Server::start(&data));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(data.join("seatrial.db"));
        let mut database = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9001, 'later', 1, x'00', 0)";
        sqlx::query(newer).execute(&mut database).await.unwrap();
        database.close().await.unwrap();
    });
    let ran = refused(folder.path(), &["--data", "data", "--listen", "127.0.0.1:0"]);
    assert!(ran.stderr.contains("newer Seatrial") && ran.stderr.contains("9001"), "{}", ran.stderr);
}

#[test]
fn a_public_address_that_is_none_is_the_callers_mistake() {
    let folder = tempdir().unwrap();
    for url in ["trial.example.com", "https://", "https://a b", "ftp://x", "https://x/?q=1"] {
        let ran = run(folder.path(), &["serve", "--public-url", url]);
        assert_eq!((ran.code, ran.text()), (2, ""), "{url}");
        assert!(ran.stderr.contains("https://trial.example.com"), "{}", ran.stderr);
    }
}
