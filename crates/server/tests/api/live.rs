//! An interview's events: at once, at every change, and no longer than the right to read.

use serde_json::json;

use crate::scene::{Scene, assign, note};

#[tokio::test]
async fn the_first_event_comes_at_once_and_the_next_with_each_change() {
    let scene = Scene::planned().await;
    scene.ann.write(&scene.money, &[json!({ "kind": "start" })]).await;
    let mut events = scene.cleo.events(&format!("/api/interviews/{}/live?after=0", scene.money)).await;
    let first = events.next().await.unwrap();
    assert_eq!(first["live"]["state"], "running");
    assert_eq!(first["entries"].as_array().unwrap().len(), 1);
    let said = note(&scene.ann, &scene.money, "said", "Heard at once").await;
    let mut seen = events.next().await.unwrap();
    while seen["entries"].as_array().unwrap().is_empty() {
        seen = events.next().await.unwrap();
    }
    assert_eq!(seen["entries"][0]["id"], said.as_str());
    // A correction brings the entry that it corrects, as it stands now.
    scene.ann.write(&scene.money, &[json!({ "kind": "revise", "entry": said, "text": "Heard better", "note": "said" })]).await;
    let seen = events.next().await.unwrap();
    assert!(seen["entries"].as_array().unwrap().iter().any(|e| e["id"] == said.as_str() && e["body"]["text"] == "Heard better"));
    // What is another's own brings news, and nothing in it.
    note(&scene.ann, &scene.money, "reading", "ZEBRA").await;
    let seen = events.next().await.unwrap();
    assert_eq!(seen["entries"], json!([]));
    assert!(!seen.to_string().contains("ZEBRA"));
}

#[tokio::test]
async fn a_page_that_comes_back_gets_only_what_it_lacks() {
    let scene = Scene::planned().await;
    scene.ann.write(&scene.money, &[json!({ "kind": "start" }), json!({ "kind": "pause" }), json!({ "kind": "resume" })]).await;
    let first = scene.cleo.events(&format!("/api/interviews/{}/live?after=2", scene.money)).await.next().await.unwrap();
    let seqs: Vec<i64> = first["entries"].as_array().unwrap().iter().map(|e| e["seq"].as_i64().unwrap()).collect();
    assert_eq!(seqs, [3]);
    scene.cleo.get(&format!("/api/interviews/{}/live?after=two", scene.money)).await.problem(400);
}

#[tokio::test]
async fn says_who_has_the_page_open() {
    let scene = Scene::planned().await;
    let path = format!("/api/interviews/{}/live", scene.money);
    let mut ann = scene.ann.events(&path).await;
    ann.next().await.unwrap();
    let cleo = scene.cleo.events(&path).await;
    let names = |event: &serde_json::Value| {
        let present = event["live"]["present"].as_array().unwrap();
        present.iter().map(|p| p["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut present = names(&ann.next().await.unwrap());
    present.sort();
    assert_eq!(present, ["Ann", "Cleo"]);
    drop(cleo);
    assert_eq!(names(&ann.next().await.unwrap()), ["Ann"]);
}

#[tokio::test]
async fn ends_for_somebody_who_is_taken_off_the_interview() {
    let scene = Scene::planned().await;
    let mut events = scene.cleo.events(&format!("/api/interviews/{}/live", scene.money)).await;
    events.next().await.unwrap();
    assign(&scene.manager, &scene.money, &[&scene.ann]).await.ok();
    assert_eq!(events.next().await, None);
    scene.cleo.get(&format!("/api/interviews/{}/live", scene.money)).await.problem(404);
}

#[tokio::test]
async fn ends_for_somebody_whose_account_is_closed() {
    let scene = Scene::planned().await;
    let mut events = scene.cleo.events(&format!("/api/interviews/{}/live", scene.money)).await;
    events.next().await.unwrap();
    scene.admin.patch(&format!("/api/people/{}", scene.cleo.id), json!({ "disabled": true })).await.ok();
    scene.ann.write(&scene.money, &[json!({ "kind": "start" })]).await;
    assert_eq!(events.next().await, None);
}
