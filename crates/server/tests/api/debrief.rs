//! When a debrief opens and to whom; the decision after its agenda.

use serde_json::{Value, json};

use crate::scene::{Scene, alone, hold, note, scored};

async fn state(scene: &Scene, who: &crate::client::Client) -> Value {
    who.get(&scene.of_loop("/debrief")).await.ok()
}

#[tokio::test]
async fn opens_to_everybody_with_the_last_due_scorecard_and_not_before() {
    let scene = Scene::held().await;
    for last in [&scene.ann, &scene.ben, &scene.cleo] {
        for who in [&scene.ann, &scene.cleo, &scene.ben, &scene.manager, &scene.admin] {
            let debrief = state(&scene, who).await;
            assert_eq!((&debrief["state"], &debrief["open"]), (&json!("waiting"), &Value::Null), "to {} before {}", who.name, last.name);
        }
        scene.submit(last).await;
    }
    for who in [&scene.ann, &scene.cleo, &scene.ben, &scene.manager, &scene.admin] {
        let debrief = state(&scene, who).await;
        assert_eq!(debrief["state"], "open", "to {}", who.name);
        assert_eq!(debrief["open"]["lines"].as_array().unwrap().len(), 7);
        assert_eq!(debrief["open"]["panel"].as_array().unwrap().len(), 3);
    }
    scene.dov.get(&scene.of_loop("/debrief")).await.problem(404);
    // What others read opens with it.
    scene.ben.get(&format!("/api/interviews/{}", scene.money)).await.ok();
}

#[tokio::test]
async fn stays_closed_while_an_interview_is_still_to_be_held() {
    let scene = Scene::planned().await;
    hold(&scene.ann, &scene.money).await;
    for who in [&scene.ann, &scene.cleo, &scene.ben] {
        scene.submit(who).await;
    }
    assert_eq!(state(&scene, &scene.manager).await["state"], "waiting");
}

#[tokio::test]
async fn opened_early_needs_a_reason_is_shown_and_is_closed_to_whoever_still_owes() {
    let scene = Scene::held().await;
    let path = scene.of_loop("/debrief/exception");
    let reason = json!({ "reason": "Ben is on leave until May" });
    scene.manager.post(&path, reason.clone()).await.problem(409);
    note(&scene.ann, &scene.money, "reading", "ZEBRA-READING").await;
    let said = note(&scene.ann, &scene.money, "said", "Every night, both books.").await;
    scene.score(&scene.ann, scored("consistency", "excellent", &said, "ZEBRA-MOVE")).await;
    scene.submit(&scene.ann).await;
    for empty in ["", " \n "] {
        assert!(scene.manager.post(&path, json!({ "reason": empty })).await.detail(422).contains("reason"));
    }
    scene.ann.post(&path, reason.clone()).await.problem(403);
    scene.manager.post(&path, reason).await.ok();

    for who in [&scene.ann, &scene.manager, &scene.admin] {
        let debrief = state(&scene, who).await;
        assert_eq!(debrief["state"], "open", "to {}", who.name);
        assert_eq!(debrief["exception"]["by"], "Mia");
        assert_eq!(debrief["exception"]["reason"], "Ben is on leave until May");
        let items: Vec<&Value> = debrief["open"]["agenda"].as_array().unwrap().iter().map(|i| &i["id"]).collect();
        assert!(items.contains(&&json!("deviations")), "an exception is a deviation: {items:?}");
    }
    for who in [&scene.cleo, &scene.ben] {
        let debrief = state(&scene, who).await;
        assert_eq!((&debrief["state"], &debrief["open"]), (&json!("waiting"), &Value::Null));
        assert_eq!(debrief["exception"]["by"], "Mia", "they are told that it was opened");
        for path in ["/scorecard", "/debrief", ""] {
            let told = who.get(&scene.of_loop(path)).await.text;
            assert!(!told.contains("ZEBRA") && !told.contains("\"excellent\""), "{} reads at {path}: {told}", who.name);
        }
        for (path, body) in [("/dissents", json!({ "text": "t" })), ("/debrief/visits", json!({ "item": "differ", "waive": null }))] {
            who.post(&scene.of_loop(path), body).await.problem(403);
        }
    }
    assert!(!scene.cleo.get(&format!("/api/interviews/{}", scene.money)).await.text.contains("ZEBRA"));
    scene.ben.get(&format!("/api/interviews/{}", scene.money)).await.problem(403);
    scene.submit(&scene.cleo).await;
    assert_eq!(state(&scene, &scene.cleo).await["state"], "open");
}

/// Otherwise the one who owes could be left out of the count, and the rest would be read without an exception.
#[tokio::test]
async fn nobody_is_taken_off_a_held_interview_to_open_it() {
    let scene = Scene::held().await;
    scene.submit(&scene.ann).await;
    scene.submit(&scene.ben).await;
    let problem = crate::scene::assign(&scene.manager, &scene.money, &[&scene.ann]).await.problem(409);
    assert!(problem["detail"].as_str().unwrap().contains("Cleo"), "{problem}");
    // To listen only is to leave, too.
    let people = json!([{ "person": scene.ann.id, "part": "interviewer" }, { "person": scene.cleo.id, "part": "shadow" }]);
    scene.manager.patch(&format!("/api/interviews/{}", scene.money), json!({ "people": people })).await.problem(409);
    assert_eq!(state(&scene, &scene.manager).await["state"], "waiting");
}

#[tokio::test]
async fn a_decision_waits_for_the_agenda_and_later_ones_keep_the_earlier() {
    let scene = Scene::held().await;
    let said = note(&scene.ann, &scene.money, "said", "Every night, both books.").await;
    scene.score(&scene.ann, scored("consistency", "excellent", &said, "Naming who repairs")).await;
    scene.score(&scene.cleo, scored("consistency", "weak", &said, "Anything about repair")).await;
    for who in [&scene.ann, &scene.cleo, &scene.ben] {
        scene.submit(who).await;
    }
    let decide = json!({ "kind": "no_hire", "reason": "Two areas nobody could hear.", "plan": [] });
    let path = scene.of_loop("/decision");
    scene.ann.post(&path, decide.clone()).await.problem(403);
    scene.manager.post(&path, decide.clone()).await.problem(409);
    let mut debrief = state(&scene, &scene.manager).await;
    for item in debrief["open"]["agenda"].as_array().unwrap().clone() {
        scene.manager.post(&scene.of_loop("/debrief/visits"), json!({ "item": item["id"], "waive": "" })).await.problem(422);
        debrief = scene.manager.post(&scene.of_loop("/debrief/visits"), json!({ "item": item["id"], "waive": null })).await.ok();
    }
    assert_eq!(debrief["open"]["decision_open"], true);
    scene.manager.post(&path, json!({ "kind": "no_hire", "reason": " ", "plan": [] })).await.problem(422);
    scene.manager.post(&path, decide).await.ok();
    scene.ann.post(&scene.of_loop("/dissents"), json!({ "text": "I'd have hired." })).await.ok();
    let plan = json!([{ "area": "consistency", "minutes": 20, "ask": "The repair, again", "asked_by": "Ann" }]);
    let more = json!({ "kind": "more_evidence", "reason": "Ann and Cleo heard two people.", "plan": plan });
    let open = scene.manager.post(&path, more).await.ok()["open"].clone();
    assert_eq!(open["decision"]["kind"], "more_evidence");
    let kinds: Vec<&Value> = open["decisions"].as_array().unwrap().iter().map(|d| &d["kind"]).collect();
    assert_eq!(kinds, ["no_hire", "more_evidence"]);
    assert_eq!(open["decision"]["by"], "Mia");
    assert_eq!(open["dissents"][0]["who"], "Ann");
}

#[tokio::test]
async fn an_interview_alone_opens_with_its_only_scorecard() {
    let trial = crate::client::Trial::new().await;
    let ann = trial.person("Ann", seatrial_store::Role::Interviewer).await;
    let (interview, loop_id) = alone(&ann, "consistency").await;
    hold(&ann, &interview).await;
    let path = format!("/api/loops/{loop_id}");
    assert_eq!(ann.get(&format!("{path}/debrief")).await.ok()["state"], "waiting");
    let mut score = crate::scene::blank("consistency");
    score["decided"] = true.into();
    ann.put(&format!("{path}/scorecard/areas/consistency"), json!({ "base_rev": 0, "score": score })).await.ok();
    ann.send("POST", &format!("{path}/scorecard/submit"), None).await.ok();
    assert_eq!(ann.get(&format!("{path}/debrief")).await.ok()["state"], "open");
}
