//! What a manager does out of the ordinary: interviews that are called off, people who are excused. Each is logged and
//! shown, and none lets anybody score who has read the others.

use serde_json::{Value, json};

use crate::{
    client::Client,
    scene::{Scene, assign, hold, note, scored},
};

async fn state(scene: &Scene, who: &Client) -> Value {
    who.get(&scene.of_loop("/debrief")).await.ok()
}

async fn call_off(scene: &Scene, who: &Client, interview: &str) -> crate::client::Reply {
    let _ = scene;
    who.post(&format!("/api/interviews/{interview}/call-off"), json!({ "reason": "She accepted another offer ZEBRA-WHY" })).await
}

async fn excuse(scene: &Scene, who: &Client, person: &Client) -> crate::client::Reply {
    who.post(&scene.of_loop("/excuses"), json!({ "person": person.id, "reason": "Left the company" })).await
}

fn deviations(debrief: &Value) -> Vec<String> {
    let list = debrief["open"]["deviations"].as_array().unwrap();
    list.iter().map(|d| format!("{} – {}", d["title"].as_str().unwrap(), d["detail"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn what_will_not_be_held_is_not_waited_for() {
    let scene = Scene::planned().await;
    hold(&scene.ann, &scene.money).await;
    let link = scene.manager.post(&format!("/api/interviews/{}/links", scene.others[0]), json!({})).await.ok();
    let token = link["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    for who in [&scene.ann, &scene.cleo] {
        scene.submit(who).await;
    }
    assert_eq!(state(&scene, &scene.manager).await["state"], "waiting");
    let path = format!("/api/interviews/{}/call-off", scene.others[0]);
    assert!(scene.manager.post(&path, json!({ "reason": "  " })).await.detail(422).contains("reason"));
    // Whoever is in an interview writes into its record, and cannot call it off by that door either.
    let entry = json!({ "id": crate::client::new_id(), "at_ms": 0, "body": { "kind": "call_off", "reason": "mine to say" } });
    let entries = format!("/api/interviews/{}/entries", scene.others[0]);
    scene.ben.post(&entries, json!({ "entries": [entry] })).await.problem(403);
    for other in &scene.others {
        call_off(&scene, &scene.ben, other).await.problem(403);
        call_off(&scene, &scene.manager, other).await.ok();
        call_off(&scene, &scene.manager, other).await.problem(409);
    }
    // Ben owes nothing any more; Ann and Cleo are in.
    let l = scene.manager.get(&scene.of_loop("")).await.ok();
    let due: Vec<&Value> = l["scorecards"].as_array().unwrap().iter().map(|c| &c["person"]["name"]).collect();
    assert_eq!(due, ["Ann", "Cleo"]);
    let off: Vec<&Value> = l["interviews"].as_array().unwrap().iter().filter(|i| i["state"] == "called_off").collect();
    assert_eq!((off.len(), &off[0]["called_off"]["by"]), (scene.others.len(), &json!("Mia")));
    assert_eq!(off[0]["called_off"]["reason"], "She accepted another offer ZEBRA-WHY");
    let debrief = state(&scene, &scene.manager).await;
    assert_eq!(debrief["state"], "open");
    let told = deviations(&debrief);
    assert_eq!(told.iter().filter(|d| d.contains("was called off – Mia") && d.contains("ZEBRA-WHY")).count(), scene.others.len(), "{told:?}");
    // Nothing of it can be used: no start, no people, no link, old or new.
    let refused = scene.ben.try_write(&scene.others[0], &[json!({ "kind": "start" })]).await;
    assert!(refused["results"][0]["refused"].as_str().unwrap().contains("called off"), "{refused}");
    assign(&scene.manager, &scene.others[0], &[&scene.dov]).await.problem(409);
    scene.manager.post(&format!("/api/interviews/{}/links", scene.others[0]), json!({})).await.problem(409);
    scene.trial.nobody().get(&format!("/api/c/{token}")).await.problem(404);
    let preread = scene.ann.get(&format!("/api/interviews/{}/preread", scene.money)).await.ok();
    assert_eq!(preread["elsewhere"], json!([]), "nobody else asks what was called off");
    // What was begun is ended, not called off.
    call_off(&scene, &scene.manager, &scene.money).await.problem(409);
    let waiting = scene.ben.get("/api/start").await.ok()["waiting"].clone();
    assert!(waiting.as_array().unwrap().iter().all(|w| w["kind"] == "debrief"), "nothing waits for Ben but the debrief: {waiting}");
    let rows = scene.manager.get("/api/loops").await.ok();
    assert_eq!((&rows[0]["interviews"], &rows[0]["interviews_done"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn of_interviews_that_were_all_called_off_nothing_opens() {
    let scene = Scene::planned().await;
    for interview in scene.others.iter().chain([&scene.money]) {
        call_off(&scene, &scene.manager, interview).await.ok();
    }
    assert_eq!(state(&scene, &scene.manager).await["state"], "waiting");
    assert_eq!(scene.manager.get("/api/loops").await.ok()[0]["next"]["kind"], "none");
}

#[tokio::test]
async fn whoever_is_excused_is_not_waited_for_and_sees_nothing_before_their_own_is_in() {
    let scene = Scene::held().await;
    let said = note(&scene.ann, &scene.money, "said", "Every night, both books.").await;
    scene.score(&scene.ann, scored("consistency", "excellent", &said, "ZEBRA-MOVE")).await;
    for who in [&scene.ann, &scene.ben] {
        scene.submit(who).await;
    }
    excuse(&scene, &scene.ann, &scene.cleo).await.problem(403);
    let path = scene.of_loop("/excuses");
    scene.manager.post(&path, json!({ "person": scene.cleo.id, "reason": " " })).await.problem(422);
    excuse(&scene, &scene.manager, &scene.dov).await.problem(422);
    excuse(&scene, &scene.manager, &scene.ann).await.problem(409);
    let debrief = excuse(&scene, &scene.manager, &scene.cleo).await.ok();
    excuse(&scene, &scene.manager, &scene.cleo).await.problem(409);
    assert_eq!(debrief["state"], "open");
    let told = deviations(&debrief);
    assert!(told.iter().any(|d| d.starts_with("Cleo was excused from a scorecard – Mia") && d.ends_with("Left the company")), "{told:?}");
    assert_eq!(debrief["open"]["panel"].as_array().unwrap().len(), 2, "no column for who wrote nothing");
    // Cleo: nothing of the others, at any door, and nothing waits for her.
    let hers = state(&scene, &scene.cleo).await;
    assert_eq!((&hers["state"], &hers["open"]), (&json!("waiting"), &Value::Null));
    for path in ["/scorecard", "/debrief", ""] {
        let told = scene.cleo.get(&scene.of_loop(path)).await.text;
        assert!(!told.contains("ZEBRA") && !told.contains("\"excellent\""), "Cleo reads at {path}: {told}");
    }
    scene.cleo.post(&scene.of_loop("/dissents"), json!({ "text": "t" })).await.problem(403);
    let start = scene.cleo.get("/api/start").await.ok();
    assert_eq!(start["waiting"], json!([]));
    // She comes back and writes hers after all: her own, since she saw nothing; and then she sees.
    scene.submit(&scene.cleo).await;
    let now = state(&scene, &scene.cleo).await;
    assert_eq!((&now["state"], now["open"]["panel"].as_array().unwrap().len()), (&json!("open"), 3));
    assert!(deviations(&now).iter().any(|d| d.starts_with("Cleo was excused")), "what was logged stays");
}

#[tokio::test]
async fn excusing_everybody_opens_nothing() {
    let scene = Scene::held().await;
    for who in [&scene.ann, &scene.ben, &scene.cleo] {
        assert_eq!(excuse(&scene, &scene.manager, who).await.ok()["state"], "waiting");
    }
    scene.submit(&scene.ben).await;
    assert_eq!(state(&scene, &scene.manager).await["state"], "open", "one that is in is something to read");
}

/// Otherwise a manager could read everything, take an interview that is still to come, and score it as if they had not.
#[tokio::test]
async fn nobody_who_has_read_the_others_is_made_an_interviewer() {
    let scene = Scene::planned().await;
    hold(&scene.ann, &scene.money).await;
    scene.submit(&scene.ann).await;
    assign(&scene.manager, &scene.others[0], &[&scene.ben, &scene.manager]).await.ok();
    assign(&scene.manager, &scene.others[0], &[&scene.ben]).await.ok();
    scene.manager.post(&scene.of_loop("/debrief/exception"), json!({ "reason": "It cannot wait" })).await.ok();
    let detail = assign(&scene.manager, &scene.others[0], &[&scene.ben, &scene.manager]).await.detail(409);
    assert!(detail.contains("Mia"), "{detail}");
    // Nor by bringing an interview of their own along.
    let (own, _) = crate::scene::alone(&scene.manager, "testing").await;
    let to = json!({ "loop_id": scene.loop_id });
    assert!(scene.manager.post(&format!("/api/interviews/{own}/attach"), to).await.detail(409).contains("Mia"));
    // Somebody from outside has seen nothing, and who asked already owes theirs.
    assign(&scene.manager, &scene.others[0], &[&scene.ben, &scene.dov]).await.ok();
    assert_eq!(state(&scene, &scene.dov).await["state"], "waiting");
    // Who was to ask in an interview that was called off listens from then on, and sees.
    for other in &scene.others {
        call_off(&scene, &scene.manager, other).await.ok();
    }
    assert_eq!(state(&scene, &scene.ben).await["state"], "open");
    assert!(assign(&scene.manager, &scene.money, &[&scene.ann, &scene.cleo, &scene.ben]).await.detail(409).contains("Ben"));
}
