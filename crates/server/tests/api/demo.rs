//! The sample: what it holds, that it is there once, and that it leaves without a trace of itself or a loss of ours.

use seatrial_store::Role;
use serde_json::{Value, json};

use crate::{
    client::Trial,
    scene::{Scene, alone, hold, note},
};

#[tokio::test]
async fn holds_one_opening_three_candidates_a_debrief_to_read_and_one_that_waits() {
    let trial = Trial::new().await;
    let manager = trial.person("Mia", Role::Manager).await;
    assert_eq!(manager.get("/api/start").await.ok()["empty"], true);
    let first = manager.post("/api/demo", json!({})).await.ok()["loop_id"].as_str().unwrap().to_owned();
    assert!(manager.post("/api/demo", json!({})).await.detail(409).contains("already"));
    assert_eq!(manager.get("/api/me").await.ok()["demo"], true);
    let start = manager.get("/api/start").await.ok();
    assert_eq!(start["openings"].as_array().unwrap().len(), 1);
    let loops = start["openings"][0]["loops"].as_array().unwrap();
    assert_eq!(loops.len(), 3);
    let mut states = Vec::new();
    for l in loops {
        let id = l["id"].as_str().unwrap();
        let debrief = manager.get(&format!("/api/loops/{id}/debrief")).await.ok();
        states.push(debrief["state"].as_str().unwrap().to_owned());
        if id == first {
            assert_eq!(debrief["state"], "open");
            assert_eq!(debrief["open"]["lines"].as_array().unwrap().len(), 7);
            assert!(debrief["open"]["lines"].as_array().unwrap().iter().any(|l| !l["spread"].is_null()), "the panel differs somewhere");
        }
    }
    states.sort();
    assert_eq!(states, ["open", "open", "waiting"]);
    // Its people are there to be read about, and cannot sign in.
    let sign_in = json!({ "email": "wanjiru@demo.invalid", "password": "" });
    trial.nobody().post("/api/session", sign_in).await.problem(401);
}

#[tokio::test]
async fn leaves_without_touching_anything_else() {
    let scene = Scene::held().await;
    note(&scene.ann, &scene.money, "said", "Ours").await;
    let (alone, _) = alone(&scene.ann, "testing").await;
    hold(&scene.ann, &alone).await;
    scene.submit(&scene.ann).await;
    let see = async || {
        let mut seen: Vec<Value> = Vec::new();
        for who in scene.everybody() {
            for path in ["/api/start", "/api/people", "/api/openings", "/api/loops", "/api/interviews"] {
                seen.push(who.get(path).await.ok());
            }
        }
        for path in [format!("/api/interviews/{}", scene.money), format!("/api/loops/{}/scorecard", scene.loop_id)] {
            let mut read = scene.ann.get(&path).await.ok();
            read["live"]["as_of"] = Value::Null;
            seen.push(read);
        }
        seen
    };
    let before = see().await;
    scene.manager.post("/api/demo", json!({})).await.ok();
    scene.manager.delete("/api/demo").await.ok();
    assert_eq!(see().await, before);
    scene.manager.delete("/api/demo").await.ok();
    // And it can come again.
    scene.manager.post("/api/demo", json!({})).await.ok();
}

#[tokio::test]
async fn what_is_added_to_it_leaves_with_it() {
    let trial = Trial::new().await;
    let manager = trial.person("Mia", Role::Manager).await;
    manager.post("/api/demo", json!({})).await.ok();
    let opening = manager.get("/api/openings").await.ok()[0]["id"].as_str().unwrap().to_owned();
    manager.post(&format!("/api/openings/{opening}/loops"), json!({ "name": "Tried out" })).await.ok();
    manager.delete("/api/demo").await.ok();
    assert_eq!(manager.get("/api/openings").await.ok(), json!([]));
    assert_eq!(manager.get("/api/loops").await.ok(), json!([]));
}

#[tokio::test]
async fn an_interview_of_ours_that_joined_it_is_kept() {
    let trial = Trial::new().await;
    let manager = trial.person("Mia", Role::Manager).await;
    let loop_id = manager.post("/api/demo", json!({})).await.ok()["loop_id"].as_str().unwrap().to_owned();
    let waiting = manager.get("/api/loops").await.ok();
    let waiting = waiting.as_array().unwrap().iter().find(|l| l["id"] != loop_id.as_str() && l["next"]["kind"] != "decided").unwrap();
    let (interview, _) = alone(&manager, "testing").await;
    manager.post(&format!("/api/interviews/{interview}/attach"), json!({ "loop_id": waiting["id"] })).await.problem(409);
    manager.delete("/api/demo").await.ok();
    manager.get(&format!("/api/interviews/{interview}")).await.ok();
}
