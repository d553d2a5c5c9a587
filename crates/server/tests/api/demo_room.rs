//! The sample's room: held by its script, played back to the bit, and cited where the panel differs.

use jiff::Timestamp;
use seatrial_server::{HeldRoom, load_demo};
use seatrial_store::Role;
use serde_json::{Value, json};

use crate::client::{Client, Trial};

const LAST: u64 = 1 << 53;

struct Held {
    trial: Trial,
    manager: Client,
    loop_id: String,
    room: HeldRoom,
    interview: Value,
}

async fn held() -> Held {
    let trial = Trial::new().await;
    let manager = trial.person("Mia", Role::Admin).await;
    let loaded = load_demo(&trial.app, Timestamp::now()).await.unwrap();
    let interviews = manager.get(&format!("/api/loops/{}", loaded.loop_id)).await.ok()["interviews"].clone();
    let mut over = Vec::new();
    for one in interviews.as_array().unwrap() {
        let interview = manager.get(&format!("/api/interviews/{}", one["id"].as_str().unwrap())).await.ok();
        if !interview["room"].is_null() {
            over.push(interview);
        }
    }
    assert_eq!((over.len(), loaded.rooms.len()), (1, 1), "one interview of the loop was held as a room");
    Held { trial, manager, loop_id: loaded.loop_id, room: loaded.rooms[0].clone(), interview: over.remove(0) }
}

impl Held {
    async fn at(&self, v: u64) -> Value {
        self.manager.get(&format!("/api/takes/{}/at?v={v}&rows=4000000000", self.room.take)).await.ok()
    }

    fn notes(&self) -> impl Iterator<Item = &Value> {
        self.interview["entries"].as_array().unwrap().iter().filter(|entry| entry["body"]["kind"] == "note")
    }

    fn note(&self, begins: &str) -> &Value {
        self.notes().find(|note| note["body"]["text"].as_str().unwrap().starts_with(begins)).unwrap()
    }
}

#[tokio::test]
async fn it_plays_to_the_digest_it_was_held_with_and_every_note_stands_inside_it() {
    let held = held().await;
    assert_eq!(held.interview["room"]["take"], held.room.take.as_str());
    let end = held.at(LAST).await;
    assert_eq!(end["digest"], format!("{:016x}", held.room.digest));
    assert_eq!(end["clock"]["ended"], true);
    let (opens, last) = (5 * 60 * 1_000_000_000u64, end["clock"]["v"].as_u64().unwrap());
    let mut before = opens;
    for note in held.notes() {
        let moment = &note["moment"];
        assert_eq!(moment["take"], held.room.take.as_str(), "{note}");
        let v = moment["v"].as_u64().unwrap();
        assert!((before..=last).contains(&v), "{note}");
        assert!(moment["seq"].as_u64().unwrap() <= end["clock"]["head"].as_u64().unwrap(), "{note}");
        before = v;
    }
    assert!(held.notes().all(|note| !note["body"]["text"].as_str().unwrap().contains(['{', '}'])), "every name is a number by now");
}

#[tokio::test]
async fn the_line_they_differ_on_cites_the_minute_that_settles_it() {
    let held = held().await;
    let debrief = held.manager.get(&format!("/api/loops/{}/debrief", held.loop_id)).await.ok();
    let lines = debrief["open"]["lines"].as_array().unwrap();
    let line = lines.iter().find(|line| line["area"] == "consistency").unwrap();
    assert!(!line["spread"].is_null(), "three people differ on it");
    let note = held.note("Opens five of the 232 dead letters");
    let cited = line["sides"].as_array().unwrap().iter().flat_map(|side| side["evidence"].as_array().unwrap());
    assert_eq!(cited.filter(|one| one["entry"] == note["id"]).count(), 1, "one of them cites it");
    // At that moment: letters are there, and nothing has gone back.
    let v = note["moment"]["v"].as_u64().unwrap();
    let dead = held.manager.get(&format!("/api/takes/{}/dead?group=settlement.add&v={v}", held.room.take)).await.ok();
    assert_eq!(dead["total"], 232);
    let frame = held.at(v).await;
    let made = |frame: &Value| -> Vec<String> {
        frame["moves"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(made(&frame), ["refund", "faster"]);
    assert_eq!(made(&held.at(held.note("Puts all that is left")["moment"]["v"].as_u64().unwrap()).await), ["refund", "faster", "redrive", "redrive"]);
    // The first customer was answered, and rightly; the charge that went back is the one that the order does not point at.
    let ticket = frame["inbox"]["tickets"].as_array().unwrap().iter().find(|one| one["claim"] == "charged twice" && one["number"] == 1).unwrap();
    assert_eq!(ticket["right"], true);
    assert_eq!(ticket["truth"], "It was so, and has been put right.");
}

#[tokio::test]
async fn what_its_notes_say_of_other_decisions_is_so() {
    let held = held().await;
    let opens = 5 * 60 * 1_000_000_000u64;
    let ask = json!({ "v": opens, "choose": { "no_answer": "again_attempt" }, "serial": null });
    let futures = held.manager.post(&format!("/api/takes/{}/what-if", held.room.take), ask).await.ok();
    let twice = |side: &str| futures[side]["truth"]["rows"].as_array().unwrap().iter().find(|row| row["promise"] == "charged_once").unwrap()["count"].clone();
    assert_eq!((twice("held"), twice("otherwise")), (json!(24), json!(0)));
    held.manager.delete("/api/demo").await.ok();
    assert_eq!(held.trial.app.store.take(&held.room.take).await.unwrap(), None, "it leaves with the sample");
}
