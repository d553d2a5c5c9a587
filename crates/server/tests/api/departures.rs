//! What a room did otherwise than its plan stands in the debrief, with its reason; a room by the book adds nothing.

use serde_json::{Value, json};

use crate::{client::new_id, scene::Scene};

const MINUTE: u64 = 60_000_000_000;

/// Ann holds an interview over the scenario alone and submits. What the debrief tells of departures from the plan.
async fn told(commands: &[(u64, Value)], phase_at: Option<u64>) -> Vec<(String, String)> {
    let scene = Scene::planned().await;
    let made = scene.ann.post("/api/interviews", json!({ "scenario": "charged-not-settled" })).await.ok();
    let (interview, of_loop) = (made["id"].as_str().unwrap(), made["loop_id"].as_str().unwrap());
    let room = scene.ann.get(&format!("/api/interviews/{interview}")).await.ok()["room"].clone();
    let take = room["take"].as_str().unwrap().to_owned();
    let opens = 5 * MINUTE;
    let entry = |body: Value, moment: Value| json!({ "id": new_id(), "at_ms": 0, "body": body, "moment": moment });
    let entries = format!("/api/interviews/{interview}/entries");
    scene.ann.post(&entries, json!({ "entries": [entry(json!({ "kind": "start" }), Value::Null)] })).await.ok();
    if let Some(at) = phase_at {
        let moment = json!({ "take": take, "seq": 0, "v": opens + at });
        let sent = json!({ "entries": [entry(json!({ "kind": "phase", "phase": "architecture/half-worked" }), moment)] });
        let answer = scene.ann.post(&entries, sent).await.ok();
        assert!(answer["results"][0]["refused"].is_null(), "{answer}");
    }
    // As the log has them: the room itself stood all the time.
    let mut head = scene.trial.app.store.take(&take).await.unwrap().unwrap().head;
    for (at, body) in commands {
        let mut body = body.clone();
        let words = body.as_object_mut().unwrap().remove("words").map(|words| words.as_str().unwrap().to_owned());
        let row = seatrial_store::CommandRow {
            seq: head + 1,
            v: (opens + at) as i64,
            id: new_id(),
            side: "panel".into(),
            who: scene.ann.id.clone(),
            seen_v: 0,
            received_at: 0,
            body: body.to_string(),
            words,
        };
        assert!(scene.trial.app.store.append_commands(&take, head, &[row]).await.unwrap());
        head += 1;
    }
    scene.ann.post(&entries, json!({ "entries": [entry(json!({ "kind": "end" }), Value::Null)] })).await.ok();
    let scene = Scene { loop_id: of_loop.to_owned(), ..scene };
    scene.submit(&scene.ann).await;
    let debrief = scene.ann.get(&scene.of_loop("/debrief")).await.ok();
    let text = |one: &Value, of: &str| one[of].as_str().unwrap().to_owned();
    let all = debrief["open"]["deviations"].as_array().unwrap().iter();
    let about_room = ["nothing counts", "came outside", "plan does not have", "begun anew"];
    all.map(|one| (text(one, "title"), text(one, "detail"))).filter(|(title, _)| about_room.iter().any(|part| title.contains(part))).collect()
}

#[tokio::test]
async fn a_span_that_does_not_count_is_told_with_its_reason_and_by_whom() {
    let void = json!({ "kind": "void", "from": 7 * MINUTE, "to": 9 * MINUTE, "words": "The fire alarm rang." });
    let told = told(&[(5 * MINUTE, void)], None).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].0, "From 2:00 to 4:00 nothing counts");
    assert!(told[0].1.ends_with("Ann: The fire alarm rang."), "{told:?}");
}

#[tokio::test]
async fn a_fault_is_measured_against_its_phase_and_its_minutes() {
    let fire = |fault: &str| json!({ "kind": "fire", "fault": fault });
    let phase = Some(10 * MINUTE);
    assert_eq!(told(&[(11 * MINUTE, fire("settle_db_down"))], phase).await, []);
    let late = told(&[(16 * MINUTE, fire("settle_db_down"))], phase).await;
    assert_eq!(late.len(), 1, "{late:?}");
    assert!(late[0].0.ends_with("came outside its window, 16:00") && late[0].1.contains("6 minutes into the phase"), "{late:?}");
    let before = told(&[(9 * MINUTE, fire("settle_db_down"))], phase).await;
    assert!(before[0].0.ends_with("came outside its phase, 9:00"), "{before:?}");
    let stray = told(&[(11 * MINUTE, fire("fail_over"))], phase).await;
    assert_eq!(stray[0].0, "A fault that the plan does not have, 11:00");
}
