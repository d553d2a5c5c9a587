//! One's own scorecard: drafts in two tabs, what is missing, amendments, and whose notes may be cited.

use serde_json::{Value, json};

use crate::scene::{Scene, blank, note, scored};

#[tokio::test]
async fn the_second_of_two_tabs_is_told_what_stands_now() {
    let scene = Scene::held().await;
    let path = scene.of_loop("/scorecard/areas/consistency");
    let rev = scene.ann.get(&scene.of_loop("/scorecard")).await.ok()["rev"].clone();
    let mut first = blank("consistency");
    first["would_move"] = "From the first tab".into();
    scene.ann.put(&path, json!({ "base_rev": rev, "score": first })).await.ok();
    let problem = scene.ann.put(&path, json!({ "base_rev": rev, "score": blank("consistency") })).await.problem(409);
    assert_eq!(problem["current"]["areas"][0]["would_move"], "From the first tab");
    let again = scene.ann.put(&path, json!({ "base_rev": problem["current"]["rev"], "score": blank("consistency") })).await.ok();
    assert_eq!(again["areas"][0]["would_move"], "");
    // At the same moment: one of them, and the other is told.
    let both = json!({ "base_rev": again["rev"], "score": blank("consistency") });
    let (a, b) = tokio::join!(scene.ann.put(&path, both.clone()), scene.ann.put(&path, both));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test]
async fn submission_names_everything_that_is_missing() {
    let scene = Scene::held().await;
    let submit = scene.of_loop("/scorecard/submit");
    let parts = |problem: &Value| -> Vec<String> {
        problem["missing"].as_array().unwrap().iter().map(|m| m["what"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(parts(&scene.ann.send("POST", &submit, None).await.problem(422)), ["level"]);
    let reading = note(&scene.ann, &scene.money, "reading", "Strong").await;
    let mut score = scored("consistency", "good", &reading, " ");
    score["confidence"] = Value::Null;
    scene.score(&scene.ann, score).await;
    assert_eq!(parts(&scene.ann.send("POST", &submit, None).await.problem(422)), ["evidence", "would_move", "confidence"]);
    let said = note(&scene.ann, &scene.money, "said", "Every night").await;
    scene.score(&scene.ann, scored("consistency", "good", &said, "Naming who repairs")).await;
    scene.ann.send("POST", &submit, None).await.ok();
    scene.ann.send("POST", &submit, None).await.problem(409);
}

#[tokio::test]
async fn after_submission_only_an_amendment_changes_it_and_both_versions_stay() {
    let scene = Scene::held().await;
    let said = note(&scene.ann, &scene.money, "said", "Every night").await;
    let amend = scene.of_loop("/scorecard/amend");
    let body = |level: &str, reason: &str| json!({ "area": "consistency", "score": scored("consistency", level, &said, "Names"), "reason": reason });
    scene.ann.post(&amend, body("good", "too early")).await.problem(409);
    scene.score(&scene.ann, scored("consistency", "good", &said, "Names")).await;
    scene.submit(&scene.ann).await;
    let rev = scene.ann.get(&scene.of_loop("/scorecard")).await.ok()["rev"].clone();
    let write = json!({ "base_rev": rev, "score": blank("consistency") });
    scene.ann.put(&scene.of_loop("/scorecard/areas/consistency"), write).await.problem(409);
    scene.ann.post(&amend, body("weak", "")).await.problem(422);
    scene.ann.post(&amend, body("good", "nothing changes")).await.problem(422);
    scene.ann.post(&amend, body("weak", "I read my notes again")).await.ok();
    let card = scene.ann.post(&amend, body("excellent", "And again")).await.ok();
    let steps: Vec<(&Value, &Value)> =
        card["amendments"].as_array().unwrap().iter().map(|a| (&a["before"]["level"], &a["after"]["level"])).collect();
    assert_eq!(steps, [(&json!("good"), &json!("weak")), (&json!("weak"), &json!("excellent"))]);
    assert_eq!(card["areas"][0]["level"], "excellent");
}

#[tokio::test]
async fn only_notes_that_one_may_read_are_evidence() {
    let scene = Scene::held().await;
    let reading = note(&scene.ann, &scene.money, "reading", "Ann's own").await;
    let said = note(&scene.ann, &scene.money, "said", "Heard by both").await;
    let body = json!({ "kind": "note", "note": "said", "text": "In another interview", "area": null, "signal": null });
    let elsewhere = scene.ben.write(&scene.others[0], &[body]).await["results"][0]["id"].as_str().unwrap().to_owned();
    let path = scene.of_loop("/scorecard/areas/consistency");
    for cited in [&reading, &elsewhere, &crate::client::new_id()] {
        let written = json!({ "base_rev": 0, "score": scored("consistency", "good", cited, "Names") });
        assert!(scene.cleo.put(&path, written).await.detail(422).contains("evidence"));
    }
    // What is kept of a cited note comes from the record, whatever the client claims.
    let mut score = scored("consistency", "good", &said, "Names");
    score["evidence"][0]["kind"] = "did".into();
    let card = scene.score(&scene.cleo, score).await;
    assert_eq!(card["areas"][0]["evidence"][0]["kind"], "said");
    assert_eq!(card["areas"][0]["evidence"][0]["moment"]["take"], scene.money.as_str());
    let notes: Vec<&Value> = card["notes"].as_array().unwrap().iter().map(|n| &n["text"]).collect();
    assert_eq!(notes, ["Heard by both"]);
}

#[tokio::test]
async fn an_area_that_is_not_there_is_not_found() {
    let scene = Scene::held().await;
    for area in ["no-such-area", "%00", "..%2f.."] {
        let path = scene.of_loop(&format!("/scorecard/areas/{area}"));
        scene.ann.put(&path, json!({ "base_rev": 0, "score": blank("consistency") })).await.problem(404);
    }
}
