//! Openings and loops: the bar first, a sound plan, people who are there, and interviews that join later.

use seatrial_store::Role;
use serde_json::{Value, json};

use crate::{
    client::Trial,
    scene::{Scene, alone, assign, hold, new_opening, write_bar},
};

#[tokio::test]
async fn no_candidate_before_the_bar_and_no_change_without_a_reason() {
    let trial = Trial::new().await;
    let manager = trial.person("Mia", Role::Manager).await;
    let opening = new_opening(&manager).await;
    let id = opening["id"].as_str().unwrap();
    let candidates = format!("/api/openings/{id}/loops");
    assert!(manager.post(&candidates, json!({ "name": "Noor" })).await.detail(409).contains("bar"));
    let written = write_bar(&manager, &opening).await;
    assert_eq!(written["bar"]["written_by"], "Mia");
    let loop_id = manager.post(&candidates, json!({ "name": "Noor" })).await.ok()["loop_id"].as_str().unwrap().to_owned();
    assert_eq!(manager.get(&format!("/api/loops/{loop_id}")).await.ok()["bar_first"], true);

    let bar = format!("/api/openings/{id}/bar");
    let mut lines = opening["bar"]["lines"].clone();
    lines[0]["level"] = "weak".into();
    for reason in [Value::Null, json!(""), json!("  ")] {
        let detail = manager.put(&bar, json!({ "lines": lines, "rules": [], "reason": reason })).await.detail(422);
        assert!(detail.contains("reason"), "{detail}");
    }
    let changed = manager.put(&bar, json!({ "lines": lines, "rules": [], "reason": "The team shrank" })).await.ok();
    let change = &changed["bar"]["changes"][0];
    assert_eq!((&change["reason"], &change["by"]), (&json!("The team shrank"), &json!("Mia")));
    assert_eq!((&change["before"], &change["after"]), (&opening["bar"]["lines"], &lines));
    let six: Vec<Value> = lines.as_array().unwrap()[1..].to_vec();
    manager.put(&bar, json!({ "lines": six, "rules": [], "reason": "r" })).await.problem(422);
    let twice: Vec<Value> = lines.as_array().unwrap().iter().chain(&six[..1]).cloned().collect();
    manager.put(&bar, json!({ "lines": twice, "rules": [], "reason": "r" })).await.problem(422);
}

#[tokio::test]
async fn a_plan_with_mistakes_is_refused_with_all_of_them() {
    let trial = Trial::new().await;
    let manager = trial.person("Mia", Role::Manager).await;
    let opening = new_opening(&manager).await;
    let path = format!("/api/openings/{}/plan", opening["id"].as_str().unwrap());
    let plan = opening["plan"]["sessions"].clone();
    assert_eq!(manager.put(&path, json!({ "sessions": plan })).await.ok()["plan"]["sessions"], plan);
    let mut broken = plan.clone();
    broken[0]["items"][0]["reason"] = "".into();
    let last = broken.as_array_mut().unwrap().pop().unwrap();
    let problem = manager.put(&path, json!({ "sessions": broken })).await.problem(422);
    let mistakes = problem["mistakes"].as_array().unwrap();
    assert_eq!(mistakes.len(), 1 + last["items"].as_array().unwrap().len(), "{mistakes:?}");
    assert_eq!(manager.get(&path.replace("/plan", "")).await.ok()["plan"]["sessions"], plan, "nothing was changed");
}

#[tokio::test]
async fn an_interview_held_alone_joins_a_candidate_until_it_is_scored() {
    let scene = Scene::planned().await;
    let (interview, old) = alone(&scene.ann, "testing").await;
    let attach = format!("/api/interviews/{interview}/attach");
    scene.ann.post(&attach, json!({})).await.problem(422);
    scene.ann.post(&attach, json!({ "loop_id": crate::client::new_id() })).await.problem(404);
    scene.ann.post(&attach, json!({ "opening_id": scene.opening, "name": "Ines" })).await.problem(403);
    assert_eq!(scene.ann.post(&attach, json!({ "loop_id": scene.loop_id })).await.ok()["loop_id"], scene.loop_id.as_str());
    scene.ann.get(&format!("/api/loops/{old}")).await.problem(404);
    let card = scene.ann.get(&scene.of_loop("/scorecard")).await.ok();
    let due: Vec<&str> = card["due_areas"].as_array().unwrap().iter().map(|a| a.as_str().unwrap()).collect();
    assert!(due.contains(&"testing") && due.contains(&"consistency"), "{due:?}");

    let (scored, own) = alone(&scene.ann, "testing").await;
    hold(&scene.ann, &scored).await;
    let mut score = crate::scene::blank("testing");
    score["decided"] = true.into();
    scene.ann.put(&format!("/api/loops/{own}/scorecard/areas/testing"), json!({ "base_rev": 0, "score": score })).await.ok();
    scene.ann.send("POST", &format!("/api/loops/{own}/scorecard/submit"), None).await.ok();
    let detail = scene.ann.post(&format!("/api/interviews/{scored}/attach"), json!({ "loop_id": scene.loop_id })).await.detail(409);
    assert!(detail.contains("scored"), "{detail}");
}

#[tokio::test]
async fn a_manager_makes_a_candidate_of_an_interview_alone() {
    let scene = Scene::planned().await;
    let (interview, _) = alone(&scene.manager, "testing").await;
    let to = json!({ "opening_id": scene.opening, "name": "Ines" });
    let loop_id = scene.manager.post(&format!("/api/interviews/{interview}/attach"), to).await.ok()["loop_id"].clone();
    let found = scene.manager.get(&format!("/api/loops/{}", loop_id.as_str().unwrap())).await.ok();
    assert_eq!(found["name"], "Ines");
    assert!(found["interviews"].as_array().unwrap().iter().any(|i| i["id"] == interview.as_str()));
    let codes: Vec<Value> = scene.manager.get("/api/loops").await.ok().as_array().unwrap().iter().map(|l| l["code"].clone()).collect();
    assert_eq!(codes.len(), codes.iter().map(Value::to_string).collect::<std::collections::BTreeSet<_>>().len(), "{codes:?}");
}

#[tokio::test]
async fn only_people_with_an_open_account_are_assigned() {
    let scene = Scene::planned().await;
    scene.admin.patch(&format!("/api/people/{}", scene.dov.id), json!({ "disabled": true })).await.ok();
    assert!(assign(&scene.manager, &scene.money, &[&scene.ann, &scene.dov]).await.detail(422).contains("Dov"));
    assert!(assign(&scene.manager, &scene.money, &[&scene.ann, &scene.ann]).await.detail(422).contains("twice"));
    assign(&scene.manager, &scene.money, &[&scene.trial.nobody()]).await.problem(422);
}
