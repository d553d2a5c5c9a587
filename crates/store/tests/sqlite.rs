//! The file in the data folder: what is told when it cannot be opened, and where it may lie.

mod common;

use std::{fs, path::Path, time::Duration};

use common::at;
use seatrial_store::{Role, Store, StoreError};
use sqlx::{Connection, SqliteConnection};

/// Opening either works or says at once why it does not; nobody waits half a minute for that.
async fn open(folder: &Path) -> Result<Store, StoreError> {
    tokio::time::timeout(Duration::from_secs(10), Store::open_folder(folder)).await.expect("an answer in time")
}

async fn refusal(folder: &Path) -> StoreError {
    open(folder).await.expect_err("it cannot be opened")
}

fn one_sentence(error: &StoreError, place: &str) -> String {
    let said = error.to_string();
    assert!(said.contains(place), "it names the place: {said}");
    assert!(!said.contains('\n') && !said.contains("  "), "{said}");
    said
}

#[tokio::test]
async fn a_folder_of_any_name_is_made_and_found_again() {
    let root = tempfile::tempdir().expect("a temporary folder");
    for name in ["plain", "two words", "100%", "50%41", "who?", "a#b", "a&b=c", "данные", "資料", "بيانات", "é́", "a/b/c", "'\";--"] {
        let folder = root.path().join(name);
        let store = open(&folder).await.expect(name);
        store.add_person(name, "a@example.org", "", Role::Admin, false, at(0)).await.expect(name);
        store.close().await;
        assert!(folder.join("seatrial.db").is_file(), "the file lies where it was asked for: {name}");
        let again = open(&folder).await.expect(name);
        assert_eq!(again.people().await.expect(name)[0].name, name);
    }
}

#[tokio::test]
async fn a_newer_database_is_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    open(folder.path()).await.expect("it opens").close().await;
    let file = folder.path().join("seatrial.db");
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.expect("it opens");
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9001, 'later', 1, x'00', 0)",
    )
    .execute(&mut connection)
    .await
    .expect("written");
    connection.close().await.expect("closed");
    let error = refusal(folder.path()).await;
    assert!(matches!(error, StoreError::Newer { version: 9001, .. }), "{error:?}");
    assert!(one_sentence(&error, "seatrial.db").contains("newer Seatrial"));
}

#[tokio::test]
async fn a_file_in_the_place_of_the_folder_is_told() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let file = root.path().join("data");
    fs::write(&file, "not a folder").expect("written");
    for folder in [file.clone(), file.join("below")] {
        let error = refusal(&folder).await;
        assert!(matches!(error, StoreError::Folder { .. }), "{error:?}");
        assert!(one_sentence(&error, "data").contains("--data"));
    }
    assert_eq!(fs::read_to_string(&file).expect("there"), "not a folder");
}

#[tokio::test]
async fn a_folder_in_the_place_of_the_file_is_told() {
    let root = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(root.path().join("seatrial.db")).expect("made");
    let error = refusal(root.path()).await;
    assert!(matches!(error, StoreError::Open { .. }), "{error:?}");
    one_sentence(&error, "seatrial.db");
}

#[tokio::test]
async fn a_damaged_file_is_told_and_left_as_it_is() {
    let root = tempfile::tempdir().expect("a temporary folder");
    let noise: Vec<u8> = (0..40_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    // The head of a real file with noise behind it is damaged too, though SQLite takes it for its own at first.
    let healthy = root.path().join("healthy");
    open(&healthy).await.expect("it opens").close().await;
    let mut half = fs::read(healthy.join("seatrial.db")).expect("there");
    half.iter_mut().skip(100).zip(&noise).for_each(|(byte, noise)| *byte = *noise);
    for (name, bytes) in [("noise", noise.clone()), ("text", b"These are my notes, not a database.".repeat(99)), ("half", half)] {
        let folder = root.path().join(name);
        fs::create_dir(&folder).expect("made");
        fs::write(folder.join("seatrial.db"), &bytes).expect("written");
        let error = refusal(&folder).await;
        assert!(matches!(error, StoreError::Damaged { .. }), "{name}: {error:?}");
        assert!(one_sentence(&error, "seatrial.db").contains("copy"), "{error}");
        assert_eq!(fs::read(folder.join("seatrial.db")).expect("there"), bytes, "{name}: it can still be examined");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_without_its_password() {
    let url = "postgres://anna:secret@127.0.0.1:1/seatrial";
    let opened = tokio::time::timeout(Duration::from_secs(10), Store::open_url(url)).await.expect("an answer in time");
    let error = opened.expect_err("nobody answers there");
    assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
    let said = one_sentence(&error, "127.0.0.1:1/seatrial");
    assert!(!said.contains("secret") && !said.contains("folder"), "{said}");
}

#[tokio::test]
async fn an_empty_file_becomes_a_database() {
    let root = tempfile::tempdir().expect("a temporary folder");
    fs::write(root.path().join("seatrial.db"), "").expect("written");
    assert!(!open(root.path()).await.expect("it opens").has_people().await.expect("read"));
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = open(folder.path()).await.expect("it opens");
    let anna = store.add_person("Anna", "a@example.org", "", Role::Admin, false, at(0)).await.expect("added");
    let file = folder.path().join("seatrial.db");
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.expect("it opens");
    sqlx::query("UPDATE person SET role = 'emperor'").execute(&mut connection).await.expect("written");
    let error = store.person(&anna.id).await.expect_err("no such role");
    assert!(matches!(error, StoreError::Unreadable { what: "role", .. }), "{error:?}");
}
