//! A database from before there were drills: its rooms, takes, branches and words are there afterwards, on both databases.

mod common;

use std::path::Path;

use common::postgres::Postgres;
use seatrial_store::{RoomKind, Store};
use sqlx::{AnyConnection, Connection, any::install_default_drivers, migrate::Migrator};

/// The last migration before the one that makes the tables of rooms anew.
const BEFORE: i64 = 5;

const ROWS: [&str; 10] = [
    "INSERT INTO person (id, name, email, password_hash, role, created_at) VALUES ('anna', 'Anna', 'a@example.com', '', 'admin', 1)",
    "INSERT INTO kit_version (hash, kit, first_seen_at) VALUES ('k1', '{}', 1)",
    "INSERT INTO loop (id, code, name, owner, created_at) VALUES ('l1', 'P-1', '', 'anna', 1)",
    "INSERT INTO interview (id, loop_id, title, areas, agenda, kit_hash, created_by, created_at) \
     VALUES ('i1', 'l1', 'T', '[]', '[]', 'k1', 'anna', 1)",
    "INSERT INTO scenario_version (hash, entry, files, first_seen_at) VALUES ('h1', 'a.yaml', '{}', 1)",
    "INSERT INTO room (id, interview_id, kind, scenario, scenario_hash, engine, seed, created_at, pad, pad_rev, rehearsal) \
     VALUES ('r1', 'i1', 'live', 's', 'h1', 'e1', '7', 1, 'pad', 3, 'weak')",
    "INSERT INTO take (id, room_id, n, head, horizon, created_by, created_at) VALUES ('t1', 'r1', 1, 2, 40, 'anna', 1)",
    "INSERT INTO take (id, room_id, n, parent_id, parent_seq, parent_v, head, horizon, created_by, created_at) \
     VALUES ('t0', 'r1', 2, 't1', 1, 10, 1, 10, 'anna', 2)",
    "INSERT INTO command (take_id, seq, v, id, side, who, seen_v, received_at, body) \
     VALUES ('t1', 1, 10, 'c1', 'candidate', 'candidate', 10, 1, '{}'), ('t1', 2, 20, 'c2', 'panel', 'anna', 20, 1, '{}')",
    "INSERT INTO command_words (take_id, command_id, body) VALUES ('t1', 'c1', 'Twice, then stop.')",
];

async fn older(url: &str) {
    install_default_drivers();
    // As they were: the same files, and with them the same sums.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    for file in std::fs::read_dir(migrations).expect("read") {
        let path = file.expect("read").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        if name.split('_').next().and_then(|number| number.parse::<i64>().ok()).is_some_and(|number| number <= BEFORE) {
            std::fs::copy(&path, folder.path().join(name)).expect("copied");
        }
    }
    let mut connection = AnyConnection::connect(url).await.expect("it opens");
    Migrator::new(folder.path()).await.expect("read").run(&mut connection).await.expect("migrated");
    for row in ROWS {
        sqlx::query(row).execute(&mut connection).await.expect(row);
    }
    connection.close().await.expect("closed");
}

async fn everything_is_there(store: &Store) {
    let room = store.room_of("i1").await.expect("read").expect("there");
    assert_eq!((room.id.as_str(), room.kind, room.seed, room.rehearsal.as_deref()), ("r1", RoomKind::Live, 7, Some("weak")));
    assert_eq!(room.interview_id.as_deref(), Some("i1"));
    assert_eq!(store.pad("r1").await.expect("read"), (3, "pad".to_owned()));
    let takes = store.takes_of("r1").await.expect("read");
    assert_eq!(takes.iter().map(|take| (take.id.as_str(), take.head, take.horizon)).collect::<Vec<_>>(), [("t1", 2, 40), ("t0", 1, 10)]);
    assert_eq!(takes[1].of.as_ref().map(|of| (of.take.as_str(), of.seq, of.v)), Some(("t1", 1, 10)));
    let log = store.commands("t1").await.expect("read");
    let told: Vec<_> = log.iter().map(|one| (one.id.as_str(), one.words.as_deref())).collect();
    assert_eq!(told, [("c1", Some("Twice, then stop.")), ("c2", None)]);
    // What refers to a table still does.
    assert!(store.checkpoint(&[("t1".to_owned(), 50)]).await.is_ok());
    assert!(store.add_take("no such room", None, 0, "anna", jiff::Timestamp::UNIX_EPOCH).await.is_err(), "a take without a room was taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn told_by_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    older(&format!("sqlite://{}?mode=rwc", folder.path().join("seatrial.db").display())).await;
    everything_is_there(&Store::open_folder(folder.path()).await.expect("it opens")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn told_by_postgres() {
    let postgres = Postgres::start().await;
    older(&postgres.url).await;
    let store = Store::open_url(&postgres.url).await.expect("it opens");
    everything_is_there(&store).await;
    store.close().await;
}
