//! Live rooms: what each audience is sent, byte for byte; that nothing acknowledged is lost; that a copy is the same copy.

use serde_json::{Value, json};

use crate::{
    client::{Client, Events, Trial, kit, new_id},
    scene::Scene,
};

struct Room {
    scene: Scene,
    take: String,
    token: String,
    nobody: Client,
}

impl Room {
    async fn open() -> Room {
        let scene = Scene::planned().await;
        let made = scene.ann.post(&format!("/api/interviews/{}/room", scene.money), json!({ "scenario": "charged-not-settled" })).await.ok();
        let link = scene.ann.post(&format!("/api/interviews/{}/links", scene.money), json!({})).await.ok();
        let token = link["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let nobody = scene.trial.nobody();
        Room { take: made["take"].as_str().unwrap().to_owned(), token, nobody, scene }
    }

    fn panel(&self, rest: &str) -> String {
        format!("/api/takes/{}/{rest}", self.take)
    }

    fn theirs(&self, rest: &str) -> String {
        format!("/api/c/{}/room/{rest}", self.token)
    }

    /// Sends commands as the interviewer; every one must be taken.
    async fn panel_does(&self, bodies: &[Value]) -> Vec<Value> {
        taken(self.scene.ann.post(&self.panel("commands"), commands(bodies)).await.ok())
    }

    async fn candidate_does(&self, bodies: &[Value]) -> Vec<Value> {
        taken(self.nobody.post(&self.theirs("commands"), commands(bodies)).await.ok())
    }

    /// Lets the room run until so many seconds of its time have passed, watched by the interviewer.
    async fn run(&self, seconds: u64) -> u64 {
        let mut events = self.scene.ann.events(&self.panel("live")).await;
        let hello = events.next().await.unwrap();
        let opens = hello["opens"].as_u64().unwrap();
        let _ = self.scene.ann.post(&self.panel("commands"), commands(&[json!({ "kind": "resume" })])).await.ok();
        let v = reaches(&mut events, opens + seconds * 1_000_000_000).await;
        let _ = self.scene.ann.post(&self.panel("commands"), commands(&[json!({ "kind": "pause" })])).await.ok();
        v
    }
}

pub fn commands(bodies: &[Value]) -> Value {
    let sent = bodies.iter().map(|body| {
        let mut body = body.clone();
        let words = body.as_object_mut().unwrap().remove("words");
        json!({ "id": new_id(), "seen_v": 0, "body": body, "words": words })
    });
    json!({ "commands": sent.collect::<Vec<Value>>() })
}

pub fn taken(answer: Value) -> Vec<Value> {
    let results = answer["results"].as_array().unwrap().clone();
    for result in &results {
        assert!(result["rejected"].is_null() && result["seq"].is_u64(), "not taken: {result}");
    }
    results
}

pub async fn reaches(events: &mut Events, v: u64) -> u64 {
    loop {
        // Whatever the tick is: the clock is in every frame while it runs.
        let frame = events.next().await.expect("frames while it runs");
        if let Some(now) = frame["clock"]["v"].as_u64()
            && now >= v
        {
            return now;
        }
    }
}

/// What must never reach a candidate's browser before somebody shows it: faults, promises by name, what is true, the seed,
/// what was mapped or noticed, options that nobody has asked for, reference designs.
pub const SECRETS: [&str; 16] = [
    "settle_db_down", "settle db down", "answers_vanish", "killed", "poison",
    "charged_once", "paid_is_settled", "paid_is_confirmed", "books_match",
    "undecided", "\"truth\":{", "digest", "again_attempt", "reference",
    "ZEBRA-VOID", "outside the model",
];

#[tokio::test]
async fn a_candidate_is_never_sent_what_a_candidate_must_not_know() {
    let room = Room::open().await;
    room.candidate_does(&[
        json!({ "kind": "answer", "decision": "no_answer", "words": "Retry twice on a time-out." }),
        json!({ "kind": "choose", "decision": "books", "answer": { "something_else": true }, "words": "A person looks each morning." }),
    ])
    .await;
    room.panel_does(&[
        json!({ "kind": "map", "decision": "books", "as": null }),
        json!({ "kind": "arm", "fault": "poison" }),
        json!({ "kind": "fire", "fault": "settle_db_down" }),
        json!({ "kind": "speed", "times": 16 }),
    ])
    .await;
    let candidate = room.nobody.events(&room.theirs("live")).await;
    room.run(60).await;
    room.panel_does(&[json!({ "kind": "noticed", "fault": "settle_db_down" })]).await;
    room.panel_does(&[json!({ "kind": "void", "from": 300_000_000_000u64, "to": 301_000_000_000u64, "words": "ZEBRA-VOID" })]).await;
    room.panel_does(&[json!({ "kind": "lift", "fault": "settle_db_down" })]).await;
    // The stream as bytes, until the candidate's own words and the last pause have been on it.
    let enough = ["Retry twice", "\"running\":false", "settlement", "\"kind\":\"pause\""];
    let raw = candidate.raw(|all| enough.iter().all(|part| all.contains(part))).await;
    for secret in SECRETS.iter().filter(|secret| **secret != "again_attempt") {
        assert!(!raw.contains(secret), "the candidate's stream tells “{secret}”");
    }
    let seed = room.scene.trial.app.store.room_of(&room.scene.money).await.unwrap().unwrap().seed.to_string();
    let mut heard = vec![raw];
    for path in [
        "options/no_answer",
        "options/bad_message",
        "dead?group=settlement.add",
        "part?box=0",
        "part?box=1",
        "part?box=2",
        "part?box=3",
        "part?box=4",
        "part?box=5",
        "part?box=6",
        "part?box=7",
        "part?box=8",
        "part?box=9",
        "pad",
        "options/no_such",
        "traces?limit=200",
        "traces?errors=true",
        "logs",
        "logs?level=warn",
        "traces?key=4006001",
        "logs?key=4006001",
    ] {
        heard.push(room.nobody.get(&room.theirs(path)).await.text);
    }
    heard.push(room.nobody.get(&format!("/api/c/{}", room.token)).await.text);
    for (at, text) in heard.iter().enumerate() {
        assert!(!text.contains(&seed), "answer {at} tells the seed");
        // The options of what was answered are told, and of nothing else.
        let asked = at == 1;
        for secret in SECRETS.iter().filter(|secret| !asked || **secret != "again_attempt") {
            assert!(!text.contains(secret), "answer {at} tells “{secret}”");
        }
    }
    assert!(heard[1].contains("again_attempt"));
    // None of this proves anything unless the panel is told.
    let panel = room.scene.ann.events(&room.panel("live")).await.raw(|all| all.contains("event: frame")).await;
    let at = room.scene.ann.get(&room.panel("at?v=360000000000")).await.text;
    for secret in ["settle_db_down", "charged_once", "undecided", "digest", "ZEBRA-VOID", "outside the model"] {
        assert!(panel.contains(secret) || at.contains(secret), "not even the panel is told “{secret}”");
    }
}

#[tokio::test]
async fn options_open_with_an_answer_or_when_they_are_asked_for() {
    let room = Room::open().await;
    room.nobody.get(&room.theirs("options/no_answer")).await.problem(409);
    let choose = json!({ "kind": "choose", "decision": "no_answer", "answer": { "option": "again" } });
    let too_early = room.nobody.post(&room.theirs("commands"), commands(std::slice::from_ref(&choose))).await.ok();
    assert!(too_early["results"][0]["rejected"].as_str().unwrap().contains("own words"));
    room.candidate_does(&[json!({ "kind": "show_options", "decision": "no_answer" })]).await;
    let options = room.nobody.get(&room.theirs("options/no_answer")).await.ok();
    assert!(options["options"].as_array().unwrap().iter().any(|option| option["name"] == "again_same"));
    let mut choose = choose;
    choose["words"] = json!("Most time-outs are lost requests.");
    room.candidate_does(&[choose]).await;
    let frame = room.scene.ann.get(&room.panel("at?v=300000000000")).await.ok();
    let decision = frame["decisions"].as_array().unwrap().iter().find(|decision| decision["name"] == "no_answer").unwrap().clone();
    assert_eq!(decision["state"], "chosen");
    assert_eq!(decision["before_options"], false);
    assert_eq!(decision["reason"], "Most time-outs are lost requests.");
    assert_eq!(decision["live"], json!({ "done": 3, "of": 3 }), "what is decided before it runs holds from the start");
}

#[tokio::test]
async fn each_side_sends_what_is_theirs_and_twice_is_once() {
    let room = Room::open().await;
    let not_theirs = room.nobody.post(&room.theirs("commands"), commands(&[json!({ "kind": "fire", "fault": "poison" })])).await.ok();
    assert!(not_theirs["results"][0]["seq"].is_null(), "it never enters the log");
    let not_hers = room.scene.ann.post(&room.panel("commands"), commands(&[json!({ "kind": "show_options", "decision": "no_answer" })])).await.ok();
    assert!(not_hers["results"][0]["seq"].is_null());
    let twice = commands(&[json!({ "kind": "speed", "times": 4 })]);
    let first = room.scene.ann.post(&room.panel("commands"), twice.clone()).await.ok();
    let second = room.scene.ann.post(&room.panel("commands"), twice).await.ok();
    assert_eq!(first["results"][0]["seq"], second["results"][0]["seq"]);
    room.nobody.post(&room.theirs("commands"), json!({ "commands": [{ "id": "no uuid", "seen_v": 0, "body": { "kind": "pause" } }] })).await.problem(422);
    let unknown = commands(&[json!({ "kind": "fire", "fault": "no_such_fault" })]);
    let refused = room.scene.ann.post(&room.panel("commands"), unknown).await.ok();
    assert!(refused["results"][0]["rejected"].as_str().unwrap().contains("no_such_fault"));
}

#[tokio::test]
async fn a_server_that_starts_again_finds_the_room_standing_where_it_was() {
    let room = Room::open().await;
    room.candidate_does(&[json!({ "kind": "answer", "decision": "no_answer", "words": "Kept for ever." })]).await;
    let mut events = room.scene.ann.events(&room.panel("live")).await;
    let opens = events.next().await.unwrap()["opens"].as_u64().unwrap();
    room.panel_does(&[json!({ "kind": "speed", "times": 8 }), json!({ "kind": "fire", "fault": "answers_vanish" }), json!({ "kind": "resume" })]).await;
    reaches(&mut events, opens + 20_000_000_000).await;
    let last = room.panel_does(&[json!({ "kind": "speed", "times": 4 })]).await;
    let acknowledged = last[0]["v"].as_u64().unwrap();
    let before = room.scene.ann.get(&room.panel(&format!("at?v={acknowledged}"))).await.ok();
    // No farewell: nothing is written down on the way out.
    drop(events);
    let (take, ann) = (room.take.clone(), room.scene.ann.clone());
    let trial: Trial = room.scene.trial.started_again().await;
    let ann = ann.at(&trial);
    let mut events = ann.events(&format!("/api/takes/{take}/live")).await;
    events.next().await.unwrap();
    let frame = events.next().await.unwrap();
    assert_eq!(frame["clock"]["running"], false);
    assert!(frame["clock"]["why"].as_str().unwrap().contains("started again"));
    assert!(frame["clock"]["v"].as_u64().unwrap() >= acknowledged);
    let after = ann.get(&format!("/api/takes/{take}/at?v={acknowledged}&seq={}", last[0]["seq"])).await.ok();
    assert_eq!(before["digest"], after["digest"]);
    assert_eq!(before["now"], after["now"]);
    assert!(after.to_string().contains("Kept for ever."));
}

#[tokio::test]
async fn a_fork_is_the_same_customers_with_another_decision() {
    let room = Room::open().await;
    room.panel_does(&[json!({ "kind": "speed", "times": 16 })]).await;
    let v = room.run(30).await;
    let made = room.scene.ann.post(&room.panel("forks"), json!({ "v": v, "choose": { "no_answer": "again_same", "wait": "1s" } })).await.ok();
    let fork = made["take"].as_str().unwrap();
    assert_ne!(fork, room.take);
    let frame = room.scene.ann.get(&format!("/api/takes/{fork}/at?v={v}")).await.ok();
    let chosen = frame["decisions"].as_array().unwrap().iter().filter(|decision| decision["state"] == "chosen").count();
    assert_eq!(chosen, 2);
    // Until then it is the same take.
    let shared = room.scene.ann.get(&format!("/api/takes/{fork}/at?v={}", v - 1_000_000_000)).await.ok();
    let original = room.scene.ann.get(&room.panel(&format!("at?v={}", v - 1_000_000_000))).await.ok();
    assert_eq!(shared["digest"], original["digest"]);
    // The candidate stays where they were.
    let hello = room.nobody.events(&room.theirs("live")).await.next().await.unwrap();
    assert_eq!(hello["take"]["id"], room.take.as_str());
    let told = room.scene.ann.get(&room.panel("history?serial=4006000")).await;
    assert!(told.status == 200 && told.json()["steps"].as_array().unwrap().len() > 3, "{}", told.text);
}

#[tokio::test]
async fn two_people_write_one_pad_and_nobody_loses_a_line() {
    let room = Room::open().await;
    let pad = room.nobody.get(&room.theirs("pad")).await.ok();
    assert_eq!(pad, json!({ "rev": 0, "text": "" }));
    room.nobody.put(&room.theirs("pad"), json!({ "base_rev": 0, "text": "first" })).await.ok();
    let conflict = room.scene.ann.put(&room.panel("pad"), json!({ "base_rev": 0, "text": "second" })).await.problem(409);
    assert_eq!(conflict["current"], json!({ "rev": 1, "text": "first" }));
    room.scene.ann.put(&room.panel("pad"), json!({ "base_rev": 1, "text": "first\nsecond" })).await.ok();
    assert_eq!(room.nobody.get(&room.theirs("pad")).await.ok()["text"], "first\nsecond");
}

#[tokio::test]
async fn a_tutorial_is_the_candidates_own() {
    let room = Room::open().await;
    let tutorial = |rest: &str| format!("/api/c/{}/tutorial/{rest}", room.token);
    let mut events = room.nobody.events(&tutorial("live")).await;
    let hello = events.next().await.unwrap();
    assert_eq!(hello["title"], "Try the room out");
    assert!(hello["brief"].as_str().unwrap().contains("Nobody watches"));
    assert_eq!(hello["faults"], json!([]));
    let take = hello["take"]["id"].as_str().unwrap();
    // It moves at the speed that its one guest likes, and breaks by itself.
    taken(room.nobody.post(&tutorial("commands"), commands(&[json!({ "kind": "speed", "times": 16 }), json!({ "kind": "resume" })])).await.ok());
    reaches(&mut events, hello["opens"].as_u64().unwrap() + 1_000_000_000).await;
    // Nobody of the panel sees it, and being there is not being in the interview.
    for rest in ["live", "at?v=300000000000", "story", "pad"] {
        room.scene.ann.get(&format!("/api/takes/{take}/{rest}")).await.problem(404);
    }
    let interview = room.scene.ann.get(&format!("/api/interviews/{}", room.scene.money)).await.ok();
    assert_eq!(interview["live"]["candidate_present"], false);
    assert_eq!(interview["room"]["take"], room.take.as_str());
}

#[tokio::test]
async fn a_rehearsal_has_a_scripted_candidate() {
    let scene = Scene::planned().await;
    let wrong = scene.ann.post("/api/interviews", json!({ "scenario": "charged-not-settled", "rehearse": "brilliant" })).await;
    assert!(wrong.detail(422).contains("weak"));
    let made = scene.ann.post("/api/interviews", json!({ "scenario": "charged-not-settled", "rehearse": "weak" })).await.ok();
    let interview = scene.ann.get(&format!("/api/interviews/{}", made["id"].as_str().unwrap())).await.ok();
    assert!(interview["title"].as_str().unwrap().starts_with("Rehearsal"));
    let take = interview["room"]["take"].as_str().unwrap().to_owned();
    let mut events = scene.ann.events(&format!("/api/takes/{take}/live")).await;
    let opens = events.next().await.unwrap()["opens"].as_u64().unwrap();
    taken(scene.ann.post(&format!("/api/takes/{take}/commands"), commands(&[json!({ "kind": "speed", "times": 16 }), json!({ "kind": "resume" })])).await.ok());
    let mut chosen = Value::Null;
    while chosen.is_null() {
        let frame = events.next().await.expect("frames while it runs");
        let decisions = frame["decisions"].as_array().cloned().unwrap_or_default();
        chosen = decisions.into_iter().find(|decision| decision["state"] == "chosen").unwrap_or_default();
        assert!(frame["clock"]["v"].as_u64().unwrap_or(opens) < opens + 300_000_000_000, "it decides within minutes");
    }
    assert_eq!(chosen["name"], "no_answer");
    assert_eq!(chosen["before_options"], false, "this one looks at the menu first");
}

#[tokio::test]
async fn a_room_may_be_held_as_a_variation() {
    let scene = Scene::planned().await;
    let variations = scene.ann.get("/api/scenarios/charged-not-settled/variations").await.ok();
    let name = variations[0]["name"].as_str().unwrap().to_owned();
    assert!(!variations[0]["says"].as_str().unwrap().is_empty());
    // A wrong name leaves no interview behind.
    let before = scene.ann.get("/api/start").await.ok()["records"].clone();
    let wrong = scene.ann.post("/api/interviews", json!({ "scenario": "charged-not-settled", "variation": "another_planet" })).await;
    assert!(wrong.detail(422).contains("another_planet"));
    assert_eq!(scene.ann.get("/api/start").await.ok()["records"], before);
    let talk = scene.ann.post("/api/interviews", json!({ "scenario": "charged-not-settled", "variation": name, "talk_only": true })).await;
    assert!(talk.detail(422).contains("none is opened"));
    // Rooms of one scenario; the panel knows which they are.
    let mut titles = Vec::new();
    for body in [json!({ "scenario": "charged-not-settled" }), json!({ "scenario": "charged-not-settled", "variation": name })] {
        let made = scene.ann.post("/api/interviews", body.clone()).await.ok();
        let interview = scene.ann.get(&format!("/api/interviews/{}", made["id"].as_str().unwrap())).await.ok();
        assert_eq!(interview["room"]["variation"], body["variation"]);
        assert_eq!(interview["room"]["scenario"], "charged-not-settled");
        titles.push(interview["room"]["title"].as_str().unwrap().to_owned());
    }
    assert_eq!(titles[0], titles[1], "a title gives nothing away");
}

#[tokio::test]
async fn a_phase_sets_the_rooms_clock_as_the_plan_says() {
    let scene = Scene::planned().await;
    let made = scene.ann.post("/api/interviews", json!({ "scenario": "charged-not-settled" })).await.ok();
    let id = made["id"].as_str().unwrap().to_owned();
    let interview = scene.ann.get(&format!("/api/interviews/{id}")).await.ok();
    let take = interview["room"]["take"].as_str().unwrap().to_owned();
    let phases: Vec<String> = interview["agenda"].as_array().unwrap().iter().map(|phase| phase["id"].as_str().unwrap().to_owned()).collect();
    let plan = kit().plan("charged-not-settled").unwrap();
    let runs = plan.phases.iter().position(|phase| phase.clock.speed > 1).unwrap();
    let mut events = scene.ann.events(&format!("/api/takes/{take}/live")).await;
    let hello = events.next().await.unwrap();
    assert_eq!(hello["title"], plan.title.as_str());
    let armed = &plan.phases.iter().find(|phase| !phase.faults.is_empty()).unwrap().faults[0];
    assert!(hello["faults"].as_array().unwrap().iter().any(|fault| fault["title"] == armed.title.as_str() && fault["reveals"] == armed.reveals.as_str()));
    scene.ann.write(&id, &[json!({ "kind": "start" }), json!({ "kind": "phase", "phase": phases[runs] })]).await;
    let clock = loop {
        let frame = events.next().await.expect("a frame with the clock");
        if frame["clock"]["running"] == true {
            break frame["clock"].clone();
        }
    };
    assert_eq!(clock["speed"], plan.phases[runs].clock.speed);
    let stands = plan.phases.iter().rposition(|phase| phase.clock.start == seatrial_kit::ClockStart::Stands).unwrap();
    scene.ann.write(&id, &[json!({ "kind": "phase", "phase": phases[stands] })]).await;
    loop {
        if events.next().await.expect("a frame with the clock")["clock"]["running"] == false {
            break;
        }
    }
    // The candidate knows the system by another title.
    let link = scene.ann.post(&format!("/api/interviews/{id}/links"), json!({})).await.ok();
    let token = link["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let theirs = scene.trial.nobody().events(&format!("/api/c/{token}/room/live")).await.next().await.unwrap();
    assert_eq!(theirs["title"], plan.brief.title.as_str());
    assert!(!theirs.to_string().contains(&plan.title));
}

#[tokio::test]
async fn a_phase_that_is_told_late_changes_no_clock_that_somebody_set_since() {
    let scene = Scene::planned().await;
    let made = scene.ann.post("/api/interviews", json!({ "scenario": "charged-not-settled" })).await.ok();
    let id = made["id"].as_str().unwrap().to_owned();
    let interview = scene.ann.get(&format!("/api/interviews/{id}")).await.ok();
    let take = interview["room"]["take"].as_str().unwrap().to_owned();
    let plan = kit().plan("charged-not-settled").unwrap();
    let stands = plan.phases.iter().position(|phase| phase.clock.start == seatrial_kit::ClockStart::Stands).unwrap();
    let phase = json!({ "kind": "phase", "phase": interview["agenda"][stands]["id"] });
    let path = format!("/api/interviews/{id}/entries");
    let at = |seq: u64, body: Value| json!({ "id": new_id(), "at_ms": 0, "body": body, "moment": { "take": take, "seq": seq, "v": 0 } });

    // The interviewer began a phase and then let the room run; the first of the two arrives last.
    taken(scene.ann.post(&format!("/api/takes/{take}/commands"), commands(&[json!({ "kind": "resume" })])).await.ok());
    scene.ann.post(&path, json!({ "entries": [at(0, json!({ "kind": "start" })), at(0, phase.clone())] })).await.ok();
    let twice = scene.ann.post(&format!("/api/takes/{take}/commands"), commands(&[json!({ "kind": "resume" })])).await.ok();
    assert_eq!(twice["results"][0]["rejected"], "The room runs already.");

    // Begun again knowing that it runs, the same phase stops it.
    scene.ann.post(&path, json!({ "entries": [at(2, phase)] })).await.ok();
    taken(scene.ann.post(&format!("/api/takes/{take}/commands"), commands(&[json!({ "kind": "resume" })])).await.ok());
}

#[tokio::test]
async fn without_a_place_to_write_time_stands_and_says_so() {
    let room = Room::open().await;
    let mut events = room.scene.ann.events(&room.panel("live")).await;
    events.next().await.unwrap();
    room.panel_does(&[json!({ "kind": "resume" })]).await;
    room.scene.trial.app.store.close().await;
    let stood = loop {
        let frame = events.next().await.expect("a frame that says it");
        if let Some(why) = frame["clock"]["why"].as_str() {
            assert!(why.contains("cannot write"), "{why}");
            break frame["clock"]["v"].as_u64().unwrap();
        }
    };
    // Nothing is acknowledged that is not on disk, and time does not go on.
    let refused = room.scene.ann.post(&room.panel("commands"), commands(&[json!({ "kind": "fire", "fault": "poison" })])).await;
    assert!(refused.status >= 500 || refused.status == 401, "{}", refused.text);
    while let Ok(Some(frame)) = tokio::time::timeout(std::time::Duration::from_millis(600), events.next()).await {
        assert!(frame["clock"]["v"].as_u64().is_none_or(|v| v == stood), "{}", frame["clock"]);
    }
}
