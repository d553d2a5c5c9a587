//! A kit that is edited, or forked, changes nothing that was held with another version of it: not a room, not its replay, not
//! what a record was asked with.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    client::{Trial, files, kit, new_id},
    scene::Scene,
};

const SCENARIO: &str = "charged-not-settled";

/// The kit that ships, as a team has changed it: another name, twice the customers, a part that loses more answers, a plan
/// with another title, an area with another prompt.
fn changed() -> BTreeMap<String, Vec<u8>> {
    let mut files = files().clone();
    for (path, from, to) in [
        ("kit.yaml", "kit: microservices", "kit: ours"),
        ("scenarios/charged-not-settled.yaml", "arrive: poisson 20/s", "arrive: poisson 12/s"),
        ("parts/card-provider.yaml", "lost_answer: 0.1%", "lost_answer: 4%"),
        ("plans/charged-not-settled.yaml", "title: Charged, and settlement fails", "title: Our own night"),
    ] {
        let text = String::from_utf8(files[path].clone()).unwrap();
        assert!(text.contains(from), "{path} no longer says {from}");
        files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    }
    files
}

fn commands(body: Value) -> Value {
    json!({ "commands": [{ "id": new_id(), "seen_v": 0, "body": body }] })
}

#[tokio::test]
async fn an_edited_kit_changes_no_room_and_no_replay_that_there_is() {
    let scene = Scene::planned().await;
    let made = scene.ann.post(&format!("/api/interviews/{}/room", scene.money), json!({ "scenario": SCENARIO })).await.ok();
    let take = made["take"].as_str().unwrap().to_owned();
    let commands_of = format!("/api/takes/{take}/commands");
    let does = |body: Value| scene.ann.post(&commands_of, commands(body));
    let mut events = scene.ann.events(&format!("/api/takes/{take}/live")).await;
    let opens = events.next().await.unwrap()["opens"].as_u64().unwrap();
    for body in [json!({ "kind": "speed", "times": 16 }), json!({ "kind": "resume" })] {
        does(body).await.ok();
    }
    while events.next().await.unwrap()["clock"]["v"].as_u64().is_none_or(|v| v < opens + 20_000_000_000) {}
    does(json!({ "kind": "pause" })).await.ok();
    drop(events);
    let fired = does(json!({ "kind": "fire", "fault": "answers_vanish" })).await.ok();
    assert!(fired["results"][0]["rejected"].is_null(), "{fired}");
    let held = scene.trial.app.store.room_of(&scene.money).await.unwrap().unwrap();
    let at = |v: u64| format!("/api/takes/{take}/at?v={v}");
    let v = fired["results"][0]["v"].as_u64().unwrap();
    let before = scene.ann.get(&at(v)).await.ok();
    let told = scene.ann.get(&format!("/api/interviews/{}", scene.money)).await.ok();

    // The server is started again over the team's own version, with `--kit`.
    let Scene { trial, ann, manager, money, loop_id, .. } = scene;
    let trial: Trial = trial.started_again_over(changed()).await;
    let (ann, manager) = (ann.at(&trial), manager.at(&trial));
    let ours = ann.get("/api/kit").await.ok();
    assert_eq!(ours["id"], "ours");

    // The room is the same to the bit, and so is its future.
    let after = ann.get(&at(v)).await.ok();
    assert_eq!((&before["digest"], &before["now"]), (&after["digest"], &after["now"]));
    let kept = trial.app.store.room_of(&money).await.unwrap().unwrap();
    assert_eq!((kept.scenario_hash.as_str(), kept.seed), (held.scenario_hash.as_str(), held.seed));
    let fork = ann.post(&format!("/api/takes/{take}/forks"), json!({ "v": v, "choose": { "no_answer": "again_same" } })).await.ok();
    let branch = ann.get(&format!("/api/takes/{}/at?v={}", fork["take"].as_str().unwrap(), v.saturating_sub(1))).await.ok();
    assert_eq!(branch["digest"], ann.get(&at(v.saturating_sub(1))).await.ok()["digest"]);

    // What was asked reads as it was asked; the loop goes on with the version that it was planned with.
    let now = ann.get(&format!("/api/interviews/{money}")).await.ok();
    assert_eq!((&now["kit_hash"], &now["scenario"]), (&told["kit_hash"], &told["scenario"]));
    let hash = kit().hash.as_str();
    assert_eq!(now["kit_hash"], hash);
    let old = ann.get(&format!("/api/kit?hash={hash}&scenario={SCENARIO}")).await.ok();
    assert_eq!(old["id"], "microservices");
    manager.get(&format!("/api/loops/{loop_id}/debrief")).await;

    // What begins now begins with the team's version, and is another system.
    let begun = ann.post("/api/interviews", json!({ "scenario": SCENARIO })).await.ok();
    let fresh = begun["id"].as_str().unwrap();
    let about = ann.get(&format!("/api/interviews/{fresh}")).await.ok();
    assert_eq!(about["scenario"]["title"], "Our own night");
    ann.post(&format!("/api/interviews/{fresh}/room"), json!({ "scenario": SCENARIO })).await.ok();
    let theirs = trial.app.store.room_of(fresh).await.unwrap().unwrap();
    assert_ne!(theirs.scenario_hash, held.scenario_hash);

    // And back: nothing of the fork has touched what was there before.
    let trial = trial.started_again().await;
    let again = ann.at(&trial).get(&at(v)).await.ok();
    assert_eq!(before["digest"], again["digest"]);
    let about = ann.at(&trial).get(&format!("/api/interviews/{fresh}")).await.ok();
    assert_eq!(about["scenario"]["title"], "Our own night");
}
