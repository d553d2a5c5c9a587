//! Drills: colleagues over one running system. What an operator is sent while it runs, byte for byte; who may do what; and that
//! nothing of it enters what belongs to hiring.

use seatrial_store::Role;
use serde_json::{Value, json};

use crate::{
    client::{Client, Trial},
    rooms::{SECRETS, commands, reaches, taken},
};

struct Drill {
    trial: Trial,
    ann: Client,
    ben: Client,
    dov: Client,
    id: String,
    take: String,
}

impl Drill {
    /// Ann makes it; Ben and Dov join.
    async fn open(lead: bool) -> Drill {
        let trial = Trial::new().await;
        let ann = trial.person("Ann", Role::Interviewer).await;
        let ben = trial.person("Ben", Role::Interviewer).await;
        let dov = trial.person("Dov", Role::Interviewer).await;
        let made = ann.post("/api/drills", json!({ "scenario": "charged-not-settled", "lead": lead })).await.ok();
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        let drill = Drill { trial, ann, ben, dov, id: text("id"), take: text("take") };
        for one in [&drill.ben, &drill.dov] {
            let joined = one.send("POST", &drill.of("people"), None).await.ok();
            assert_eq!(joined["you"], "operator");
        }
        drill
    }

    fn of(&self, rest: &str) -> String {
        format!("/api/drills/{}/{rest}", self.id)
    }

    fn whole(&self, rest: &str) -> String {
        format!("/api/takes/{}/{rest}", self.take)
    }

    async fn operator_does(&self, who: &Client, bodies: &[Value]) -> Vec<Value> {
        taken(who.post(&self.of("commands"), commands(bodies)).await.ok())
    }

    async fn leader_does(&self, bodies: &[Value]) -> Vec<Value> {
        taken(self.ann.post(&self.whole("commands"), commands(bodies)).await.ok())
    }
}

/// What is read of a take by its own addresses: all of it holds what is true.
const WHOLE: [&str; 12] = [
    "live",
    "at?v=300000000000",
    "story",
    "spread",
    "history?serial=4000007",
    "options/no_answer",
    "options/bad_message",
    "part?box=0",
    "dead?group=settlement.add",
    "traces?errors=true",
    "logs",
    "pad",
];

#[tokio::test]
async fn an_operator_is_never_sent_what_a_candidate_must_not_know_until_it_ends() {
    let drill = Drill::open(true).await;
    drill.operator_does(&drill.ben, &[json!({ "kind": "answer", "decision": "no_answer", "words": "Retry twice on a time-out." })]).await;
    drill
        .leader_does(&[
            json!({ "kind": "arm", "fault": "poison" }),
            json!({ "kind": "fire", "fault": "settle_db_down" }),
            json!({ "kind": "speed", "times": 16 }),
        ])
        .await;
    let operators = drill.dov.events(&drill.of("live")).await;
    let mut leaders = drill.ann.events(&drill.whole("live")).await;
    let opens = leaders.next().await.unwrap()["opens"].as_u64().unwrap();
    drill.leader_does(&[json!({ "kind": "resume" })]).await;
    reaches(&mut leaders, opens + 60_000_000_000).await;
    drill.leader_does(&[json!({ "kind": "noticed", "fault": "settle_db_down" }), json!({ "kind": "pause" })]).await;
    // The stream as bytes, until a colleague's own words and the pause have been on it.
    let enough = ["Retry twice", "\"running\":false", "settlement", "\"who\":\"Ben\""];
    let raw = operators.raw(|all| enough.iter().all(|part| all.contains(part))).await;
    let row = drill.trial.app.store.room(&drill.id).await.unwrap().unwrap();
    let seed = row.seed.to_string();
    assert_eq!(row.interview_id, None);
    let mut heard = vec![raw];
    for path in ["options/no_answer", "options/bad_message", "dead?group=settlement.add", "pad", "traces?limit=200", "logs", "traces?key=4006001"] {
        heard.push(drill.ben.get(&drill.of(path)).await.text);
    }
    for at in 0..10 {
        heard.push(drill.ben.get(&drill.of(&format!("part?box={at}"))).await.text);
    }
    for rest in WHOLE {
        let told = drill.ben.get(&drill.whole(rest)).await;
        told.problem(403);
        heard.push(told.text);
    }
    for path in ["/api/drills".to_owned(), format!("/api/drills/{}", drill.id), format!("/api/rooms/{}/takes", drill.id)] {
        heard.push(drill.ben.get(&path).await.text);
    }
    let asked = json!({ "v": 0, "choose": {}, "serial": null });
    heard.push(drill.ben.post(&drill.whole("what-if"), asked).await.text);
    for (at, text) in heard.iter().enumerate() {
        assert!(!text.contains(&seed), "answer {at} tells the seed");
        // The options of what was answered are told, and of nothing else.
        for secret in SECRETS.iter().filter(|secret| at > 1 || **secret != "again_attempt") {
            assert!(!text.contains(secret), "answer {at} tells “{secret}”: {text}");
        }
    }
    // None of this proves anything unless whoever leads is told.
    let told = drill.ann.get(&drill.whole("at?v=360000000000")).await.text;
    for secret in ["settle_db_down", "charged_once", "undecided", "digest"] {
        assert!(told.contains(secret), "not even the leader is told “{secret}”");
    }

    // Then it ends, and everybody who was in it is told all of it.
    drill.operator_does(&drill.dov, &[json!({ "kind": "show_options", "decision": "bad_message" })]).await;
    drill.leader_does(&[json!({ "kind": "end" })]).await;
    for one in [&drill.ann, &drill.ben, &drill.dov] {
        assert_eq!(one.get(&format!("/api/drills/{}", drill.id)).await.ok()["over"], true);
        for rest in WHOLE.iter().filter(|rest| !rest.starts_with("history") && !rest.starts_with("live")) {
            one.get(&drill.whole(rest)).await.ok();
        }
        let hello = one.events(&drill.whole("live")).await.next().await.unwrap();
        assert!(hello.to_string().contains("settle_db_down"));
        let room = one.get(&format!("/api/rooms/{}/takes", drill.id)).await.ok();
        assert_eq!((room["takes"].as_array().unwrap().len(), &room["interview_id"]), (1, &Value::Null));
    }
    let story = drill.dov.get(&drill.whole("story")).await.ok();
    let lines = story["lines"].as_array().unwrap();
    let by = |who: &str| lines.iter().any(|line| line["who"] == who);
    assert!(by("Ben") && by("Ann"), "{story}");
    // Nothing goes on after the end, and it has no takes beside it.
    let late = drill.ben.post(&drill.of("commands"), commands(&[json!({ "kind": "resume" })])).await.ok();
    assert!(late["results"][0]["rejected"].as_str().unwrap().contains("ended"));
    drill.ann.post(&drill.whole("forks"), json!({ "v": 0 })).await.problem(404);
    drill.ann.send("POST", &drill.whole("again"), None).await.problem(404);
}

#[tokio::test]
async fn each_does_what_is_theirs_and_strangers_nothing() {
    let drill = Drill::open(true).await;
    // Operators break nothing, set no speed and end nothing; it never enters the log.
    for body in [
        json!({ "kind": "fire", "fault": "poison" }),
        json!({ "kind": "speed", "times": 16 }),
        json!({ "kind": "reveal", "on": true }),
        json!({ "kind": "end" }),
    ] {
        let refused = drill.ben.post(&drill.of("commands"), commands(&[body])).await.ok();
        assert!(refused["results"][0]["seq"].is_null(), "{refused}");
    }
    drill.ben.post(&drill.whole("commands"), commands(&[json!({ "kind": "end" })])).await.problem(403);
    drill.ben.put(&drill.whole("pad"), json!({ "base_rev": 0, "text": "t" })).await.problem(403);
    // Whoever leads leaves the system to the others.
    drill.ann.post(&drill.of("commands"), commands(&[json!({ "kind": "show_options", "decision": "books" })])).await.problem(403);
    let not_hers = drill.ann.post(&drill.whole("commands"), commands(&[json!({ "kind": "show_options", "decision": "books" })])).await.ok();
    assert!(not_hers["results"][0]["seq"].is_null());
    // They share what they write.
    assert_eq!(drill.ben.put(&drill.of("pad"), json!({ "base_rev": 0, "text": "8123?" })).await.ok()["rev"], 1);
    assert_eq!(drill.dov.get(&drill.of("pad")).await.ok()["text"], "8123?");
    // Who is not in it, administrators included, has its door and nothing behind it.
    let ada = drill.trial.person("Ada", Role::Admin).await;
    assert_eq!(ada.get(&format!("/api/drills/{}", drill.id)).await.ok()["you"], "invited");
    for path in [drill.of("live"), drill.of("pad"), drill.whole("story"), drill.whole("live"), format!("/api/rooms/{}/takes", drill.id)] {
        ada.get(&path).await.problem(403);
    }
    let nobody = drill.trial.nobody();
    for path in ["/api/drills".to_owned(), format!("/api/drills/{}", drill.id), drill.of("live"), drill.whole("live")] {
        nobody.get(&path).await.problem(401);
    }
    ada.get("/api/drills/01900000-0000-7000-8000-000000000000").await.problem(404);
    ada.post("/api/drills", json!({ "scenario": "no-such", "lead": true })).await.problem(422);
    ada.post("/api/drills", json!({ "scenario": "charged-not-settled", "lead": true, "variation": "no-such" })).await.problem(422);
    // A drill that has ended takes nobody in.
    drill.leader_does(&[json!({ "kind": "end" })]).await;
    ada.send("POST", &drill.of("people"), None).await.problem(403);
    drill.ben.send("POST", &drill.of("people"), None).await.ok();
}

#[tokio::test]
async fn where_nobody_leads_all_hold_the_clock_and_none_the_faults() {
    let drill = Drill::open(false).await;
    assert_eq!(drill.ann.get(&format!("/api/drills/{}", drill.id)).await.ok()["you"], "operator");
    drill.operator_does(&drill.dov, &[json!({ "kind": "speed", "times": 16 }), json!({ "kind": "resume" })]).await;
    let fire = drill.ann.post(&drill.of("commands"), commands(&[json!({ "kind": "fire", "fault": "poison" })])).await.ok();
    assert!(fire["results"][0]["seq"].is_null());
    for who in [&drill.ann, &drill.ben] {
        who.get(&drill.whole("story")).await.problem(403);
        who.post(&drill.whole("commands"), commands(&[json!({ "kind": "fire", "fault": "poison" })])).await.problem(403);
    }
    drill.operator_does(&drill.ben, &[json!({ "kind": "end" })]).await;
    drill.dov.get(&drill.whole("story")).await.ok();
}

#[tokio::test]
async fn nothing_of_a_drill_enters_what_belongs_to_hiring() {
    let drill = Drill::open(true).await;
    drill.leader_does(&[json!({ "kind": "end" })]).await;
    let ada = drill.trial.person("Ada", Role::Admin).await;
    for who in [&drill.ann, &drill.ben, &ada] {
        for path in ["/api/interviews", "/api/loops", "/api/openings", "/api/start"] {
            let told = who.get(path).await.ok().to_string();
            assert!(!told.contains(&drill.id) && !told.contains(&drill.take), "{path} tells of it");
        }
        assert_eq!(who.get("/api/start").await.ok()["empty"], true);
    }
    // It is found again by those who were in it, also by a server that was started anew.
    let Drill { trial, ann, id, take, .. } = drill;
    let trial = trial.started_again().await;
    let ann = ann.at(&trial);
    assert_eq!(ann.get("/api/drills").await.ok()["yours"][0]["id"], id.as_str());
    assert_eq!(ann.get(&format!("/api/drills/{id}")).await.ok()["over"], true);
    ann.get(&format!("/api/takes/{take}/story")).await.ok();
    assert!(ada.at(&trial).get("/api/drills").await.ok()["yours"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_drill_may_be_of_a_variation_which_only_its_leader_knows() {
    let trial = Trial::new().await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let ben = trial.person("Ben", Role::Interviewer).await;
    let offered = ann.get("/api/drills").await.ok();
    let charged = offered["scenarios"].as_array().unwrap().iter().find(|one| one["id"] == "charged-not-settled").unwrap();
    assert!(charged["variations"].as_array().unwrap().iter().any(|one| one["name"] == "restless"));
    let made = ann.post("/api/drills", json!({ "scenario": "charged-not-settled", "lead": true, "variation": "restless" })).await.ok();
    assert_eq!(made["variation"], "restless");
    let door = format!("/api/drills/{}", made["id"].as_str().unwrap());
    ben.send("POST", &format!("{door}/people"), None).await.ok();
    assert!(ben.get(&door).await.ok()["variation"].is_null());
    ann.post(&format!("/api/takes/{}/commands", made["take"].as_str().unwrap()), commands(&[json!({ "kind": "end" })])).await.ok();
    assert_eq!(ben.get(&door).await.ok()["variation"], "restless");
}
