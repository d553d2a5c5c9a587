//! What a room leaves on disk, told alike by both databases: a log whose places nobody gives away twice, a horizon that
//! never goes back, branches that share their beginning, and a pad on which nobody's line is lost.

mod common;

use std::collections::BTreeMap;

use common::{WORDS, at, interview, kit, postgres::Postgres};
use seatrial_store::{Branch, CommandRow, NewRoom, Role, RoomKind, Store};

#[tokio::test(flavor = "multi_thread")]
async fn told_by_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open_folder(folder.path()).await.expect("it opens");
    let take = story(&store).await;
    drop(store);
    epilogue(&Store::open_folder(folder.path()).await.expect("it opens again"), &take).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn told_by_postgres() {
    let postgres = Postgres::start().await;
    let store = Store::open_url(&postgres.url).await.expect("it opens");
    let take = story(&store).await;
    drop(store);
    let again = Store::open_url(&postgres.url).await.expect("it opens again");
    epilogue(&again, &take).await;
    again.close().await;
}

fn command(seq: i64, v: i64, id: &str, words: Option<&str>) -> CommandRow {
    CommandRow {
        seq,
        v,
        id: id.to_owned(),
        side: "candidate".to_owned(),
        who: "candidate".to_owned(),
        seen_v: v,
        received_at: 1_780_000_000_000,
        body: format!("{{\"kind\":\"pause\",\"note\":{}}}", seq),
        words: words.map(str::to_owned),
    }
}

async fn story(store: &Store) -> String {
    store.keep_kit(&kit("k1"), at(0)).await.expect("kept");
    let anna = store.add_person("Anna", "anna@example.com", "hash", Role::Admin, false, at(0)).await.expect("added");
    let loop_id = store.add_loop(None, "P-1", "", &anna.id, false, at(0)).await.expect("added");
    let talk = store.add_interview(&interview(&loop_id, &anna.id, 0), Some(&anna.id)).await.expect("added");
    let new = |kind: RoomKind| NewRoom {
        interview_id: Some(talk.clone()).filter(|_| !kind.is_drill()),
        kind,
        rehearsal: Some("weak".to_owned()).filter(|_| kind == RoomKind::Live),
        scenario: "charged-not-settled".to_owned(),
        scenario_hash: "h1".to_owned(),
        files: BTreeMap::from([("scenarios/a.yaml".to_owned(), WORDS.to_owned())]),
        entry: "scenarios/a.yaml".to_owned(),
        engine: "e1".to_owned(),
        // The largest that a text of JSON holds exactly, and more than half of a BIGINT.
        seed: (1 << 53) - 1,
        created_by: anna.id.clone(),
        created_at: at(1),
        opens_v: 300_000_000_000,
    };
    // Two people open it at once: there is one room.
    let (mine, theirs) = (new(RoomKind::Live), new(RoomKind::Live));
    let (one, other) = tokio::join!(store.add_room(&mine), store.add_room(&theirs));
    let (room, take) = one.expect("made");
    assert_eq!((room.clone(), take.clone()), other.expect("made or found"));
    let tutorial = store.add_room(&new(RoomKind::Tutorial)).await.expect("made");
    assert_ne!(tutorial.0, room);
    let row = store.room_of(&talk).await.expect("read").expect("there");
    assert_eq!((row.id.as_str(), row.seed, row.rehearsal.as_deref(), row.kind), (room.as_str(), (1 << 53) - 1, Some("weak"), RoomKind::Live));
    let (entry, files) = store.scenario_version("h1").await.expect("read").expect("kept");
    assert_eq!((entry.as_str(), files["scenarios/a.yaml"].as_str()), ("scenarios/a.yaml", WORDS));

    // Places follow one another; who knew an older head gets none.
    assert!(store.append_commands(&take, 0, &[command(1, 10, "a", Some(WORDS)), command(2, 20, "b", None)]).await.expect("written"));
    assert!(!store.append_commands(&take, 1, &[command(2, 30, "c", None)]).await.expect("answered"));
    assert!(store.append_commands(&take, 2, &[command(3, 20, "b", None)]).await.is_err(), "an id has one place");
    let (first, second) = tokio::join!(
        async { store.append_commands(&take, 2, &[command(3, 40, "d", None)]).await },
        async { store.append_commands(&take, 2, &[command(3, 40, "e", None)]).await },
    );
    assert_eq!(usize::from(first.expect("answered")) + usize::from(second.expect("answered")), 1);

    // The horizon goes forward only, by checkpoints and by commands.
    store.checkpoint(&[(take.clone(), 500_000_000_000)]).await.expect("written");
    store.checkpoint(&[(take.clone(), 400_000_000_000)]).await.expect("written");
    assert_eq!(store.take(&take).await.expect("read").expect("there").horizon, 500_000_000_000);

    // A branch has the beginning of the log with its words, and a number of its own.
    let of = Branch { take: take.clone(), seq: 2, v: 20 };
    let branch = store.add_take(&room, Some(&of), 20, &anna.id, at(2)).await.expect("made");
    assert_eq!((branch.n, branch.head), (2, 2));
    let log = store.commands(&branch.id).await.expect("read");
    assert_eq!(log.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(log[0].words.as_deref(), Some(WORDS));
    assert!(store.append_commands(&branch.id, 2, &[command(3, 50, "d", None)]).await.expect("written"), "ids are a take's own");
    let again = store.add_take(&room, None, 300_000_000_000, &anna.id, at(3)).await.expect("made");
    assert_eq!((again.n, again.of), (3, None));

    // Drills belong to no interview, so there may be many; each has its people, and its maker is one.
    let ben = store.add_person("Ben", "ben@example.com", "hash", Role::Interviewer, false, at(0)).await.expect("added");
    let (led, _) = store.add_drill(&new(RoomKind::Drill), Some(&anna.id)).await.expect("made");
    let (open, first) = store.add_drill(&new(RoomKind::OpenDrill), None).await.expect("made");
    assert_ne!(led, open);
    store.join_drill(&open, &ben.id, at(4)).await.expect("joined");
    store.join_drill(&open, &ben.id, at(5)).await.expect("joined again");
    let drill = store.drill(&open).await.expect("read").expect("there");
    assert_eq!((drill.leader, drill.made_by.as_str(), drill.members), (None, anna.id.as_str(), vec![anna.id.clone(), ben.id.clone()]));
    assert_eq!(store.drill(&led).await.expect("read").expect("there").leader.as_deref(), Some(anna.id.as_str()));
    let row = store.room(&open).await.expect("read").expect("there");
    assert_eq!((row.interview_id, row.kind), (None, RoomKind::OpenDrill));
    assert_eq!(store.takes_of(&open).await.expect("read").into_iter().map(|take| take.id).collect::<Vec<_>>(), [first]);
    assert_eq!(store.drills_of(&ben.id, 9).await.expect("read").iter().map(|of| of.room_id.as_str()).collect::<Vec<_>>(), [open.as_str()]);
    assert_eq!(store.drills_of(&anna.id, 9).await.expect("read").len(), 2);
    assert_eq!(store.drill(&room).await.expect("read"), None);

    // The pad takes what was made from its last revision.
    assert_eq!(store.pad(&room).await.expect("read"), (0, String::new()));
    assert_eq!(store.write_pad(&room, 0, WORDS).await.expect("answered"), Some(1));
    assert_eq!(store.write_pad(&room, 0, "over it").await.expect("answered"), None);
    assert_eq!(store.pad(&room).await.expect("read"), (1, WORDS.to_owned()));
    take
}

async fn epilogue(store: &Store, take: &str) {
    let row = store.take(take).await.expect("read").expect("there");
    assert_eq!((row.head, row.horizon), (3, 500_000_000_000));
    let log = store.commands(take).await.expect("read");
    assert_eq!(log.iter().map(|one| one.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(log[0].words.as_deref(), Some(WORDS));
    assert_eq!(store.takes_of(&row.room_id).await.expect("read").len(), 3);
}
