//! One story, from the first account to the end of the demo, that both databases must tell in the same way. It calls
//! every method of the store.

mod common;

use common::{WORDS, at, bar, by, interview, kept, kit, note, opening, plan, postgres::Postgres, scorecard};
use jiff::Timestamp;
use seatrial_kit::Level;
use seatrial_panel::{
    bar::Bar,
    debrief::{Decision, DecisionKind, Item, Mark},
    record::{Body, Draft, NoteKind, Refusal},
};
use seatrial_store::{ExcuseRow, Part, PersonRow, Role, Stale, Store, StoreError};

#[tokio::test(flavor = "multi_thread")]
async fn told_by_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open_folder(folder.path()).await.expect("it opens");
    story(&store).await;
    // Nobody says goodbye: what was answered as done is on disk.
    drop(store);
    let again = Store::open_folder(folder.path()).await.expect("it opens again");
    epilogue(&again).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn told_by_postgres() {
    let postgres = Postgres::start().await;
    let store = Store::open_url(&postgres.url).await.expect("it opens");
    story(&store).await;
    drop(store);
    let again = Store::open_url(&postgres.url).await.expect("it opens again");
    epilogue(&again).await;
    again.close().await;
}

async fn story(store: &Store) {
    store.ping().await.expect("it answers");
    let [anna, bo, _] = people(store).await;
    invitations(store, &anna).await;
    passwords(store, &anna, &bo).await;
    sessions(store).await;
    let opening_id = openings(store, &anna).await;
    let (loop_id, talk) = loops(store, &opening_id, &anna, &bo).await;
    record(store, &talk, &anna, &bo).await;
    two_writers(store, &loop_id, &anna, &bo).await;
    pencils_and_links(store, &loop_id, &talk, &anna, &bo).await;
    scorecards(store, &loop_id, &anna, &bo).await;
    attached(store, &loop_id, &anna).await;
    debrief(store, &loop_id, &anna, &bo).await;
    demo(store, &loop_id, &anna).await;
}

/// The database after the story is no place for it: nobody of the story is an administrator at its end.
#[tokio::test(flavor = "multi_thread")]
async fn administrators_close_each_other_in_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    closing_each_other(&Store::open_folder(folder.path()).await.expect("it opens")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_close_each_other_in_postgres() {
    let postgres = Postgres::start().await;
    let store = Store::open_url(&postgres.url).await.expect("it opens");
    closing_each_other(&store).await;
    store.close().await;
}

/// What a second start finds.
async fn epilogue(store: &Store) {
    assert_eq!(store.people().await.expect("read").len(), 4);
    assert!(store.add_first_person("Eve", "eve@example.org", "hash", at(0)).await.is_err(), "there is a first account");
    let mut lengths = Vec::new();
    for row in store.interviews().await.expect("read") {
        lengths.push(store.record(&row.id).await.expect("read").head);
    }
    lengths.sort_unstable();
    assert_eq!(lengths, [0, 1, 4, 80]);
}

async fn people(store: &Store) -> [PersonRow; 3] {
    assert!(!store.has_people().await.expect("read"));
    // Of two who make the first account at once, one is told that it is there.
    let (one, other) = tokio::join!(
        store.add_first_person(" Anna ", "Anna@Example.org ", "hash-a", at(0)),
        store.add_first_person("Eve", "eve@example.org", "hash-e", at(0)),
    );
    let (first, refused) = if one.is_ok() { (one, other) } else { (other, one) };
    assert!(matches!(refused, Err(StoreError::Taken)), "{refused:?}");
    let anna = first.expect("the first account");
    assert_eq!((anna.role, anna.disabled, anna.demo, anna.created_at), (Role::Admin, false, false, kept(0)));
    let bo = store.add_person(WORDS, "bo@example.org", "hash-b", Role::Manager, false, at(1)).await.expect("added");
    let taken = store.add_person("Bo", " BO@example.org", "", Role::Interviewer, false, at(1)).await;
    assert!(matches!(taken, Err(StoreError::Taken)), "one address is one account: {taken:?}");
    let li = store.add_person("李", "li@example.org", "", Role::Interviewer, false, at(2)).await.expect("added");
    assert!(store.has_people().await.expect("read"));
    assert_eq!(store.person(&bo.id).await.expect("read").as_ref(), Some(&bo));
    assert_eq!(store.person("nobody").await.expect("read"), None);
    assert_eq!(store.person_by_email(" bo@EXAMPLE.org").await.expect("read"), Some((bo.clone(), "hash-b".to_owned())));
    assert_eq!(store.person_by_email("nobody@example.org").await.expect("read"), None);
    // Somebody who can invite people always remains.
    assert!(!store.change_person(&anna.id, Role::Interviewer, false).await.expect("asked"));
    assert!(!store.change_person(&anna.id, Role::Admin, true).await.expect("asked"));
    assert_eq!(store.person(&anna.id).await.expect("read").as_ref(), Some(&anna), "it was left as it was");
    assert!(store.change_person(&li.id, Role::Manager, true).await.expect("asked"));
    let li = store.person(&li.id).await.expect("read").expect("there");
    assert_eq!((li.role, li.disabled), (Role::Manager, true));
    [anna, bo, li]
}

async fn invitations(store: &Store, anna: &PersonRow) {
    let invite = |token: &'static str, until| store.add_invitation(token, Role::Interviewer, WORDS, &anna.id, at(10), at(until));
    let open = invite("t-open", 100).await.expect("added");
    let revoked = invite("t-revoked", 100).await.expect("added");
    invite("t-late", 50).await.expect("added");
    assert!(matches!(invite("t-open", 100).await, Err(StoreError::Taken)));
    assert_eq!((open.note.as_str(), open.created_at, open.used_at), (WORDS, kept(10), None));
    assert_eq!(store.invitation_by_token("t-open").await.expect("read"), Some(open.clone()));
    assert_eq!(store.invitation_by_token("t-none").await.expect("read"), None);
    assert!(store.revoke_invitation(&revoked.id, at(20)).await.expect("asked"));
    assert!(!store.revoke_invitation(&revoked.id, at(21)).await.expect("asked"), "once is enough");
    for token in ["t-revoked", "t-late", "t-none"] {
        assert_eq!(store.join(token, "Zoë", "zoe@example.org", "hash", at(60)).await.expect("asked"), None, "{token}");
    }
    // An address that is taken leaves the invitation open.
    let taken = store.join("t-open", "Bo", "bo@example.org", "hash", at(60)).await;
    assert!(matches!(taken, Err(StoreError::Taken)), "{taken:?}");
    let (one, other) = tokio::join!(
        store.join("t-open", "Zoë", "zoe@example.org", "hash", at(60)),
        store.join("t-open", "Ada", "ada@example.org", "hash", at(60)),
    );
    let joined = [one.expect("asked"), other.expect("asked")];
    assert_eq!(joined.iter().flatten().count(), 1, "an invitation is used once: {joined:?}");
    assert!(!store.revoke_invitation(&open.id, at(61)).await.expect("asked"), "it is used up");
    let all = store.invitations().await.expect("read");
    assert_eq!(all.iter().filter_map(|i| i.used_at).collect::<Vec<_>>(), [kept(60)]);
    assert_eq!(all.iter().filter_map(|i| i.revoked_at).collect::<Vec<_>>(), [kept(20)]);
}

/// The one who lost a password and the one who changes it: each counts as one change, and links are spent with it.
async fn passwords(store: &Store, anna: &PersonRow, bo: &PersonRow) {
    assert_eq!(store.password_hash("nobody").await.expect("read"), None);
    assert_eq!((bo.password_no, store.password_hash(&bo.id).await.expect("read").as_deref()), (0, Some("hash-b")));
    assert_eq!(store.change_password(&bo.id, 7, "hash-x", at(10)).await.expect("asked"), None, "read at another change");
    let changed = store.change_password(&bo.id, 0, "hash-c", at(10)).await.expect("asked").expect("changed");
    assert_eq!((changed.password_no, store.password_hash(&bo.id).await.expect("read").as_deref()), (1, Some("hash-c")));
    let link = |token: &'static str, by: Option<&'static str>, until| {
        let by = by.map(|_| anna.id.as_str());
        store.add_password_reset(token, &bo.id, by, at(20), at(until))
    };
    link("r-old", Some("anna"), 100).await.expect("added");
    link("r-late", None, 50).await.expect("added");
    for token in ["r-old", "r-late", "r-none"] {
        assert_eq!(store.person_of_reset(token, at(60)).await.expect("read"), None, "{token}");
        assert_eq!(store.reset_password(token, "hash-x", at(60)).await.expect("asked"), None, "{token}");
    }
    link("r-open", None, 100).await.expect("added");
    assert_eq!(store.person_of_reset("r-open", at(60)).await.expect("read"), Some(changed));
    let (one, other) =
        tokio::join!(store.reset_password("r-open", "hash-d", at(60)), store.reset_password("r-open", "hash-e", at(60)));
    let set = [one.expect("asked"), other.expect("asked")];
    assert_eq!(set.iter().flatten().map(|p| p.password_no).collect::<Vec<_>>(), [2], "a link is used once: {set:?}");
    // A change by the one who remembered after all spends the link that lies about.
    link("r-left", None, 100).await.expect("added");
    store.change_password(&bo.id, 2, "hash-b", at(61)).await.expect("asked").expect("changed");
    assert_eq!(store.person_of_reset("r-left", at(62)).await.expect("read"), None);
    assert_eq!(store.person(&anna.id).await.expect("read").expect("there").password_no, 0, "nobody else’s");
}

/// Administrators who close each other's accounts at the same moment: one of them always remains.
async fn closing_each_other(store: &Store) {
    for round in 0..8 {
        let mut admins = Vec::new();
        for n in 0..4 {
            let email = format!("closer-{round}-{n}@example.org");
            admins.push(store.add_person("Closer", &email, "hash", Role::Admin, false, at(300)).await.expect("added"));
        }
        // From here on these four are the only administrators.
        let before: Vec<PersonRow> = store.people().await.expect("read");
        for other in before.iter().filter(|p| p.role == Role::Admin && !p.disabled && admins.iter().all(|a| a.id != p.id)) {
            assert!(store.change_person(&other.id, Role::Admin, true).await.expect("asked"));
        }
        let closing = (0..4).map(|n| {
            let (store, id) = (store.clone(), admins[(n + 1) % 4].id.clone());
            tokio::spawn(async move { store.change_person(&id, Role::Admin, true).await.expect("asked") })
        });
        let mut closed = 0;
        for task in closing.collect::<Vec<_>>() {
            closed += usize::from(task.await.expect("no panic"));
        }
        assert_eq!(closed, 3, "the last is refused");
        let left = store.people().await.expect("read").into_iter().filter(|p| p.role == Role::Admin && !p.disabled && !p.demo);
        assert_eq!(left.count(), 1);
    }
}

async fn sessions(store: &Store) {
    store.add_session("s1", WORDS, at(100)).await.expect("added");
    assert!(matches!(store.add_session("s1", "other", at(100)).await, Err(StoreError::Taken)));
    store.save_session("s1", "changed", at(200)).await.expect("saved");
    store.save_session("s2", WORDS, at(100)).await.expect("saved");
    assert_eq!(store.session("s1", at(150)).await.expect("read").as_deref(), Some("changed"));
    assert_eq!(store.session("s2", at(50)).await.expect("read").as_deref(), Some(WORDS));
    assert_eq!(store.session("s2", at(100)).await.expect("read"), None, "it has run out");
    store.remove_expired_sessions(at(100)).await.expect("removed");
    assert_eq!(store.session("s2", at(50)).await.expect("read"), None);
    store.remove_session("s1").await.expect("removed");
    assert_eq!(store.session("s1", at(50)).await.expect("read"), None);
}

async fn openings(store: &Store, anna: &PersonRow) -> String {
    store.keep_kit(&kit("k1"), at(0)).await.expect("kept");
    let mut other = kit("k1");
    other.title = "Another".to_owned();
    store.keep_kit(&other, at(1)).await.expect("asked");
    assert_eq!(store.kit("k1").await.expect("read"), Some(kit("k1")), "a version stays as it was first kept");
    assert_eq!(store.kit("k2").await.expect("read"), None);
    let id = store.add_opening(&opening(&anna.id, false)).await.expect("added");
    let row = store.opening(&id).await.expect("read").expect("there");
    assert_eq!(row, seatrial_store::OpeningRow { id: id.clone(), created_at: kept(0), ..opening(&anna.id, false) });
    assert_eq!(store.opening("none").await.expect("read"), None);
    store.rename_opening(&id, "Staff engineer", WORDS, Some(at(5))).await.expect("renamed");
    store.set_plan(&id, &[plan(), plan()].concat()).await.expect("planned");
    let row = store.opening(&id).await.expect("read").expect("there");
    assert_eq!((row.title.as_str(), row.team.as_str(), row.closed_at, row.plan.len()), ("Staff engineer", WORDS, Some(kept(5)), 2));
    assert_eq!(store.openings().await.expect("read"), [row]);
    // People who change the bar at once: each sees what the others wrote, and no change is lost.
    let changes = (0..8).map(|n| {
        let (store, id) = (store.clone(), id.clone());
        tokio::spawn(async move { store.change_bar(&id, |bar: &mut Bar| Ok::<_, ()>(bar.rules.push(format!("rule {n}")))).await })
    });
    for change in changes.collect::<Vec<_>>() {
        change.await.expect("no panic").expect("written").expect("there").expect("not refused");
    }
    let refused = store.change_bar(&id, |bar| {
        bar.rules.clear();
        Err("no")
    });
    assert_eq!(refused.await.expect("asked"), Some(Err("no")));
    assert_eq!(store.change_bar("none", |_| Ok::<_, ()>(())).await.expect("asked"), None);
    let mut rules = store.opening(&id).await.expect("read").expect("there").bar.rules;
    assert_eq!(rules.remove(0), bar().rules[0]);
    rules.sort();
    assert_eq!(rules, (0..8).map(|n| format!("rule {n}")).collect::<Vec<_>>());
    id
}

async fn loops(store: &Store, opening: &str, anna: &PersonRow, bo: &PersonRow) -> (String, String) {
    let alone = store.add_loop(None, "H-27", "", &anna.id, false, at(9)).await.expect("added");
    let id = store.add_loop(Some(opening), "H-28", "Candidate", &anna.id, false, at(10)).await.expect("added");
    store.rename_loop(&id, "K-01", WORDS).await.expect("renamed");
    let row = store.loop_by_id(&id).await.expect("read").expect("there");
    assert_eq!((row.code.as_str(), row.name.as_str(), row.opening_id.as_deref(), row.demo), ("K-01", WORDS, Some(opening), false));
    assert_eq!(store.loops().await.expect("read").iter().map(|l| &l.id).collect::<Vec<_>>(), [&id, &alone], "newest first");
    assert_eq!(store.loop_by_id("none").await.expect("read"), None);
    // An interview that was held alone is attached; the loop that it leaves empty goes.
    let talk = store.add_interview(&interview(&alone, &anna.id, 20), Some(&anna.id)).await.expect("added");
    store.move_interview(&talk, &alone, &id).await.expect("moved");
    assert_eq!(store.loop_by_id(&alone).await.expect("read"), None);
    store.set_dates(&talk, Some(at(3000)), None).await.expect("set");
    let row = store.interview(&talk).await.expect("read").expect("there");
    assert_eq!((row.loop_id.as_str(), row.title.as_str(), row.scheduled_at, row.due_at), (id.as_str(), WORDS, Some(kept(3000)), None));
    assert_eq!(row.scenario.as_deref(), Some("charged-not-settled"), "it goes along");
    assert_eq!(store.interviews_of_loop(&id).await.expect("read"), [row.clone()]);
    assert_eq!(store.interviews().await.expect("read"), [row]);
    assert_eq!(store.interview("none").await.expect("read"), None);
    let both = [(anna.id.clone(), Part::Interviewer), (bo.id.clone(), Part::Shadow)];
    store.set_participants(&talk, &both).await.expect("set");
    let mut parts = store.participants_of(&talk).await.expect("read");
    parts.sort_by_key(|p| p.person_id != anna.id);
    assert_eq!(parts.iter().map(|p| (p.person_id.clone(), p.part)).collect::<Vec<_>>(), both);
    assert_eq!(store.participants().await.expect("read").len(), 2);
    assert_eq!(store.participants_of_loop(&id).await.expect("read").len(), 2);
    let nobody = store.set_participants(&talk, &[("nobody".to_owned(), Part::Shadow)]).await;
    assert!(nobody.is_err());
    assert_eq!(store.participants_of(&talk).await.expect("read").len(), 2, "a change is made whole or not at all");
    (id, talk)
}

async fn record(store: &Store, talk: &str, anna: &PersonRow, bo: &PersonRow) {
    let draft = |id: &str, body| Draft { id: id.to_owned(), at_ms: 0, body, waited_ms: 0, moment: None };
    let first = vec![draft("a", Body::Start), note("b", WORDS), note("c", ""), note("b", "sent twice in one go")];
    let (results, answered) = store.append(talk, at(30), first.clone(), by(&anna.id)).await.expect("appended");
    let expected = [("a", Ok(1)), ("b", Ok(2)), ("c", Err(Refusal::Empty)), ("b", Ok(2))];
    assert_eq!(results, expected.map(|(id, r)| (id.to_owned(), r)));
    assert_eq!(store.record(talk).await.expect("read"), answered, "what was answered is what is read");
    let (again, same) = store.append(talk, at(40), first, by(&bo.id)).await.expect("appended");
    assert_eq!((again, same), (results, answered), "sending again is harmless, whoever sends");
    let revise = Body::Revise { entry: "b".to_owned(), text: format!("{WORDS}, anew"), note: NoteKind::Did };
    let more = vec![draft("d", revise), draft("e", Body::Pause)];
    let (_, answered) = store.append(talk, at(50), more, by(&anna.id)).await.expect("appended");
    let read = store.record(talk).await.expect("read");
    assert_eq!(read, answered);
    assert_eq!((read.head, read.notes()[0].text.as_str()), (4, &*format!("{WORDS}, anew")));
    assert_eq!(read.clock.started_at, Some(kept(30)));
    assert_eq!(store.record("none").await.expect("read").head, 0);
    let off = store.add_interview(&interview(&store.interview(talk).await.expect("read").expect("there").loop_id, &anna.id, 22), None).await.expect("added");
    let call_off = vec![draft("o", Body::CallOff { reason: WORDS.to_owned() })];
    let (_, answered) = store.append(&off, at(51), call_off, by(&anna.id)).await.expect("appended");
    assert_eq!(store.record(&off).await.expect("read"), answered);
    assert_eq!(answered.called_off().map(|(_, reason)| reason), Some(WORDS));
    assert!(store.append("none", at(50), vec![note("x", "lost")], by(&anna.id)).await.is_err(), "there is no such interview");
}

/// Two people write at the same time: no place is left out or taken twice, and both end with the same record.
async fn two_writers(store: &Store, loop_id: &str, anna: &PersonRow, bo: &PersonRow) {
    let talk = store.add_interview(&interview(loop_id, &anna.id, 21), None).await.expect("added");
    let writers = [anna, bo].map(|person| {
        let (store, talk, who) = (store.clone(), talk.clone(), person.id.clone());
        tokio::spawn(async move {
            let mut seen = Vec::new();
            for n in 0..20 {
                let drafts = ["x", "y"].map(|part| note(&format!("{who}-{n}-{part}"), WORDS)).to_vec();
                let (results, record) = store.append(&talk, at(60), drafts, by(&who)).await.expect("appended");
                for (id, place) in results {
                    let place = place.expect("not refused");
                    assert_eq!(record.entry(&id).map(|e| e.seq), Some(place));
                    seen.push((id, place));
                }
            }
            seen
        })
    });
    let mut places = Vec::new();
    for writer in writers {
        places.extend(writer.await.expect("no panic"));
    }
    let record = store.record(&talk).await.expect("read");
    assert!(record.entries().iter().map(|e| e.seq).eq(1..=80), "without gaps");
    assert!(places.iter().all(|(id, place)| record.entry(id).map(|e| e.seq) == Some(*place)), "where each was told");
}

async fn pencils_and_links(store: &Store, loop_id: &str, talk: &str, anna: &PersonRow, bo: &PersonRow) {
    store.pencil(talk, &anna.id, "consistency", Some("good")).await.expect("pencilled");
    store.pencil(talk, &anna.id, "consistency", Some("weak")).await.expect("pencilled");
    store.pencil(talk, &anna.id, "testing", Some("not_assessed")).await.expect("pencilled");
    store.pencil(talk, &anna.id, "testing", None).await.expect("rubbed out");
    let expected = vec![("consistency".to_owned(), "weak".to_owned())];
    assert_eq!(store.pencilled(talk, &anna.id).await.expect("read"), expected);
    assert_eq!(store.pencilled_in_loop(loop_id, &anna.id).await.expect("read"), expected);
    assert_eq!(store.pencilled(talk, &bo.id).await.expect("read"), [], "a pencil is private");
    let link = store.add_candidate_link(talk, "hash-1", at(70), at(170)).await.expect("added");
    let later = store.add_candidate_link(talk, "hash-2", at(71), at(171)).await.expect("added");
    assert!(matches!(store.add_candidate_link(talk, "hash-1", at(72), at(172)).await, Err(StoreError::Taken)));
    assert_eq!(store.candidate_link_by_token("hash-1").await.expect("read").as_ref(), Some(&link));
    assert_eq!(store.candidate_link_by_token(&link.id).await.expect("read"), None, "only a token opens");
    assert_eq!(store.candidate_links(talk).await.expect("read"), [later.clone(), link.clone()], "newest first");
    store.mark_link_opened(&link.id, at(80)).await.expect("marked");
    store.mark_link_opened(&link.id, at(90)).await.expect("marked");
    assert!(!store.revoke_candidate_link("none", &later.id, at(95)).await.expect("asked"), "it belongs to another interview");
    assert!(store.revoke_candidate_link(talk, &later.id, at(95)).await.expect("asked"));
    assert!(!store.revoke_candidate_link(talk, &later.id, at(96)).await.expect("asked"), "once is enough");
    let links = store.candidate_links(talk).await.expect("read");
    assert_eq!((links[0].revoked_at, links[1].opened_at), (Some(kept(95)), Some(kept(80))), "the first time counts");
}

async fn scorecards(store: &Store, loop_id: &str, anna: &PersonRow, bo: &PersonRow) {
    assert_eq!(store.scorecard(loop_id, &anna.id).await.expect("read"), None);
    let mut card = scorecard(loop_id, &anna.id, Level::Good);
    assert_eq!(store.save_scorecard(&card, 0).await.expect("asked"), Ok(1));
    assert_eq!(store.save_scorecard(&card, 0).await.expect("asked"), Err(Stale), "another tab began it too");
    // Two tabs that read the same version: one is told to read again.
    let (good, weak) = (scorecard(loop_id, &anna.id, Level::Good), scorecard(loop_id, &anna.id, Level::Weak));
    let (one, other) = tokio::join!(store.save_scorecard(&good, 1), store.save_scorecard(&weak, 1));
    let outcomes = [one.expect("asked"), other.expect("asked")];
    assert!(outcomes.contains(&Ok(2)) && outcomes.contains(&Err(Stale)), "{outcomes:?}");
    assert_eq!(store.save_scorecard(&card, 7).await.expect("asked"), Err(Stale));
    assert_eq!(store.submitted_scorecards(loop_id).await.expect("read"), [], "a draft is nobody else's");
    assert_eq!(store.submissions(loop_id).await.expect("read"), []);
    card.submitted_at = Some(kept(100));
    assert_eq!(store.save_scorecard(&card, 2).await.expect("asked"), Ok(3));
    let row = store.scorecard(loop_id, &anna.id).await.expect("read").expect("there");
    assert_eq!((row.rev, &row.scorecard), (3, &card));
    assert_eq!(store.save_scorecard(&scorecard(loop_id, &bo.id, Level::Weak), 0).await.expect("asked"), Ok(1));
    assert_eq!(store.submitted_scorecards(loop_id).await.expect("read"), [card]);
    let when = at(100).as_millisecond();
    assert_eq!(store.submissions(loop_id).await.expect("read"), [(anna.id.clone(), when)]);
    assert_eq!(store.all_submissions().await.expect("read"), [(loop_id.to_owned(), anna.id.clone(), when)]);
}

/// A draft that was begun before its interview was attached was shown as saved, so it comes along.
async fn attached(store: &Store, loop_id: &str, anna: &PersonRow) {
    let zoe = store.people().await.expect("read").into_iter().find(|p| p.id != anna.id && p.role == Role::Interviewer).expect("joined");
    let alone = store.add_loop(None, "H-29", "", &zoe.id, false, at(110)).await.expect("added");
    let talk = store.add_interview(&interview(&alone, &zoe.id, 110), Some(&zoe.id)).await.expect("added");
    for person in [&zoe.id, &anna.id] {
        let draft = scorecard(&alone, person, Level::Excellent);
        assert_eq!(store.save_scorecard(&draft, 0).await.expect("asked"), Ok(1));
    }
    store.move_interview(&talk, &alone, loop_id).await.expect("moved");
    assert_eq!(store.loop_by_id(&alone).await.expect("read"), None);
    let draft = store.scorecard(loop_id, &zoe.id).await.expect("read").expect("it came along");
    assert_eq!((draft.rev, draft.scorecard), (1, scorecard(loop_id, &zoe.id, Level::Excellent)));
    let annas = store.scorecard(loop_id, &anna.id).await.expect("read").expect("there");
    assert_eq!(annas.scorecard.areas, scorecard(loop_id, &anna.id, Level::Good).areas, "what stood there stands");
}

async fn debrief(store: &Store, loop_id: &str, anna: &PersonRow, bo: &PersonRow) {
    assert_eq!(store.early_opening(loop_id).await.expect("read"), None);
    store.open_early(loop_id, &anna.id, WORDS, at(120)).await.expect("opened");
    store.open_early(loop_id, &bo.id, "me too", at(121)).await.expect("asked");
    let early = store.early_opening(loop_id).await.expect("read").expect("opened");
    assert_eq!((early.by.as_str(), early.at, early.reason.as_str()), (anna.id.as_str(), kept(120), WORDS), "the first reason stands");
    assert_eq!(store.excuses(loop_id).await.expect("read"), []);
    let excuse = |by: &PersonRow, reason: &str, seconds| ExcuseRow { person: bo.id.clone(), by: by.id.clone(), at: kept(seconds), reason: reason.to_owned() };
    store.excuse(loop_id, &excuse(anna, WORDS, 122)).await.expect("excused");
    store.excuse(loop_id, &excuse(bo, "me too", 123)).await.expect("asked");
    assert_eq!(store.excuses(loop_id).await.expect("read"), [excuse(anna, WORDS, 122)], "the first reason stands");
    let mark = |person: &PersonRow, seconds, waived: Option<&str>| Mark { by: person.id.clone(), at: kept(seconds), waived: waived.map(str::to_owned) };
    let (waiver, visit) = (mark(anna, 130, Some(WORDS)), mark(bo, 131, None));
    store.mark_agenda(loop_id, Item::Differ, &waiver).await.expect("marked");
    assert_eq!(store.agenda_marks(loop_id).await.expect("read"), [(Item::Differ, waiver.clone())]);
    store.mark_agenda(loop_id, Item::Differ, &visit).await.expect("marked");
    store.mark_agenda(loop_id, Item::Differ, &waiver).await.expect("asked");
    store.mark_agenda(loop_id, Item::Differ, &mark(anna, 140, None)).await.expect("asked");
    assert_eq!(store.agenda_marks(loop_id).await.expect("read"), [(Item::Differ, visit)], "nothing replaces a visit");
    for item in [Item::NotAssessed, Item::Bar, Item::Deviations] {
        store.mark_agenda(loop_id, item, &waiver).await.expect("marked");
    }
    assert_eq!(store.agenda_marks(loop_id).await.expect("read").len(), 4);

    assert_eq!(store.decided_loops().await.expect("read"), Vec::<String>::new());
    let decision = |kind, seconds| Decision { kind, reason: WORDS.to_owned(), plan: Vec::new(), by: anna.id.clone(), at: at(seconds) };
    let taken = [decision(DecisionKind::MoreEvidence, 150), decision(DecisionKind::Hire, 160)];
    for one in &taken {
        store.add_decision(loop_id, one).await.expect("added");
    }
    assert_eq!(store.decisions(loop_id).await.expect("read"), taken, "the latest last");
    assert_eq!(store.decided_loops().await.expect("read"), [loop_id]);
    for (person, text, seconds) in [(bo, WORDS, 170), (anna, "later", 171)] {
        store.add_dissent(loop_id, &person.id, text, at(seconds)).await.expect("added");
    }
    let dissents = store.dissents(loop_id).await.expect("read");
    let said: Vec<(&str, &str, Timestamp)> = dissents.iter().map(|d| (d.who.as_str(), d.text.as_str(), d.at)).collect();
    assert_eq!(said, [(bo.id.as_str(), WORDS, kept(170)), (anna.id.as_str(), "later", kept(171))]);
}

/// The demo goes, with everything in it; what is not the demo stays, also where somebody put it beside the demo.
async fn demo(store: &Store, loop_id: &str, anna: &PersonRow) {
    assert!(!store.has_demo().await.expect("read"));
    store.remove_demo().await.expect("nothing to remove");
    let before = everything(store, loop_id).await;
    let tomasz = store.add_person("Tomasz", "tomasz@demo", "", Role::Interviewer, true, at(200)).await.expect("added");
    let role = store.add_opening(&opening(&anna.id, true)).await.expect("added");
    let candidate = store.add_loop(Some(&role), "D-01", "Demo", &tomasz.id, true, at(200)).await.expect("added");
    let talk = store.add_interview(&interview(&candidate, &tomasz.id, 200), Some(&tomasz.id)).await.expect("added");
    store.append(&talk, at(201), vec![note("n", WORDS)], by(&tomasz.id)).await.expect("appended");
    store.pencil(&talk, &anna.id, "testing", Some("good")).await.expect("pencilled");
    store.add_candidate_link(&talk, "hash-demo", at(201), at(301)).await.expect("added");
    assert_eq!(store.save_scorecard(&scorecard(&candidate, &tomasz.id, Level::Good), 0).await.expect("asked"), Ok(1));
    store.open_early(&candidate, &tomasz.id, "demo", at(202)).await.expect("opened");
    for excused_in in [candidate.as_str(), loop_id] {
        let row = ExcuseRow { person: tomasz.id.clone(), by: anna.id.clone(), at: kept(202), reason: "demo".to_owned() };
        store.excuse(excused_in, &row).await.expect("excused");
    }
    store.mark_agenda(&candidate, Item::Bar, &Mark { by: tomasz.id.clone(), at: kept(202), waived: None }).await.expect("marked");
    let decision = Decision { kind: DecisionKind::Hire, reason: "demo".to_owned(), plan: Vec::new(), by: tomasz.id.clone(), at: at(203) };
    store.add_decision(&candidate, &decision).await.expect("added");
    store.add_dissent(&candidate, &tomasz.id, "demo", at(204)).await.expect("added");
    assert!(store.has_demo().await.expect("read"));
    // Somebody tries the demo's opening with a candidate of their own.
    let own = store.add_loop(Some(&role), "R-01", "A real one", &anna.id, false, at(205)).await.expect("added");
    store.remove_demo().await.expect("removed");
    assert!(!store.has_demo().await.expect("read"));
    assert_eq!(store.opening(&role).await.expect("read"), None);
    assert_eq!(store.loop_by_id(&candidate).await.expect("read"), None);
    assert_eq!(store.interview(&talk).await.expect("read"), None);
    assert_eq!(store.person(&tomasz.id).await.expect("read"), None);
    assert_eq!(store.candidate_link_by_token("hash-demo").await.expect("read"), None);
    assert_eq!(store.scorecard(&candidate, &tomasz.id).await.expect("read"), None);
    let own = store.loop_by_id(&own).await.expect("read").expect("a real candidate is not the demo's");
    assert_eq!((own.name.as_str(), own.opening_id), ("A real one", None));
    assert_eq!(everything(store, loop_id).await, before);
}

/// All that the story has written so far, as text.
async fn everything(store: &Store, loop_id: &str) -> String {
    format!(
        "{:?}",
        (
            (store.people().await, store.invitations().await, store.openings().await, store.interviews().await),
            (store.loop_by_id(loop_id).await, store.participants().await, store.all_submissions().await, store.decided_loops().await),
            (store.agenda_marks(loop_id).await, store.dissents(loop_id).await, store.decisions(loop_id).await),
        )
    )
}
