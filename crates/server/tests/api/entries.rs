//! Writing into a record: what is taken once, what is refused and why, who reads it, and text of every kind.

use serde_json::{Value, json};

use crate::{
    client::{Trial, kit, new_id},
    scene::{Scene, alone, note},
};
use seatrial_store::Role;

#[tokio::test]
async fn sending_again_writes_nothing_twice() {
    let trial = Trial::new().await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let (interview, _) = alone(&ann, "consistency").await;
    let path = format!("/api/interviews/{interview}/entries");
    let note = |text: &str| json!({ "id": new_id(), "at_ms": 5, "body": { "kind": "note", "note": "said", "text": text, "area": null, "signal": null } });
    let start = json!({ "id": new_id(), "at_ms": 0, "body": { "kind": "start" } });
    let sent = json!({ "entries": [start, note("one"), note("two")] });
    let first = ann.post(&path, sent.clone()).await.ok();
    let again = ann.post(&path, sent.clone()).await.ok();
    assert_eq!(first["results"], again["results"]);
    let seqs: Vec<i64> = first["results"].as_array().unwrap().iter().map(|r| r["seq"].as_i64().unwrap()).collect();
    assert_eq!(seqs, [1, 2, 3]);
    // The same entry twice within one request, and beside a new one.
    let mut more = sent["entries"].as_array().unwrap().clone();
    more.push(note("three"));
    more.push(more[3].clone());
    let third = ann.post(&path, json!({ "entries": more })).await.ok();
    assert_eq!(third["results"][3]["seq"], 4);
    assert_eq!(third["results"][4]["seq"], 4);
    assert_eq!(ann.get(&format!("/api/interviews/{interview}")).await.ok()["entries"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn two_people_writing_at_once_read_the_same_record() {
    let scene = Scene::planned().await;
    scene.ann.write(&scene.money, &[json!({ "kind": "start" })]).await;
    let said = |text: String| json!({ "kind": "note", "note": "said", "text": text, "area": null, "signal": null });
    let write = async |who: &crate::client::Client| {
        for n in 0..10 {
            who.write(&scene.money, &[said(format!("{} {n}", who.name)), said(format!("{} {n}, again", who.name))]).await;
        }
    };
    tokio::join!(write(&scene.ann), write(&scene.cleo));
    let read = async |who: &crate::client::Client| who.get(&format!("/api/interviews/{}", scene.money)).await.ok()["entries"].clone();
    let (ann, cleo) = (read(&scene.ann).await, read(&scene.cleo).await);
    assert_eq!(ann, cleo);
    let seqs: Vec<i64> = ann.as_array().unwrap().iter().map(|e| e["seq"].as_i64().unwrap()).collect();
    assert_eq!(seqs, (1..=41).collect::<Vec<i64>>());
}

#[tokio::test]
async fn a_refused_entry_says_why_and_its_neighbours_are_taken() {
    let scene = Scene::planned().await;
    let theirs = note(&scene.cleo, &scene.money, "said", "Cleo's words").await;
    let bodies = [
        json!({ "kind": "end" }),
        json!({ "kind": "start" }),
        json!({ "kind": "start" }),
        json!({ "kind": "phase", "phase": "consistency/nowhere" }),
        json!({ "kind": "asked", "area": "testing", "follow_up": "worst-case" }),
        json!({ "kind": "signal", "area": "consistency", "signal": "own-state", "prompted": null }),
        json!({ "kind": "note", "note": "said", "text": " \n ", "area": null, "signal": null }),
        json!({ "kind": "revise", "entry": theirs, "text": "not mine", "note": "said" }),
        json!({ "kind": "withdraw", "entry": theirs }),
        json!({ "kind": "flip", "entry": new_id() }),
        json!({ "kind": "hint", "phase": "consistency/breaks", "number": 4 }),
        json!({ "kind": "show", "material": "../../etc/passwd" }),
    ];
    let answer = scene.ann.try_write(&scene.money, &bodies).await;
    let results = answer["results"].as_array().unwrap();
    for (at, (body, result)) in bodies.iter().zip(results).enumerate() {
        let taken = [1, 5].contains(&at);
        assert_eq!(result["seq"].is_i64(), taken, "{body}: {result}");
        assert_eq!(result["refused"].as_str().is_some_and(|why| why.len() > 15), !taken, "{body}: {result}");
    }
    assert_eq!(answer["live"]["seq"], 3);
}

#[tokio::test]
async fn readings_stay_their_writers_until_the_debrief() {
    let scene = Scene::planned().await;
    scene.ann.write(&scene.money, &[json!({ "kind": "start" })]).await;
    note(&scene.ann, &scene.money, "reading", "ZEBRA one").await;
    let turned = note(&scene.ann, &scene.money, "reading", "ZEBRA two").await;
    let path = format!("/api/interviews/{}", scene.money);
    assert!(scene.ann.get(&path).await.text.contains("ZEBRA two"));
    assert!(!scene.cleo.get(&path).await.text.contains("ZEBRA"));
    let answer = scene.cleo.write(&scene.money, &[json!({ "kind": "pause" })]).await;
    assert!(!answer.to_string().contains("ZEBRA"), "{answer}");
    // Worded anew as something said, the new words are everybody's and the old ones nobody's.
    scene.ann.write(&scene.money, &[json!({ "kind": "revise", "entry": turned, "text": "It was said", "note": "said" })]).await;
    let read = scene.cleo.get(&path).await.text;
    assert!(read.contains("It was said") && !read.contains("ZEBRA"), "{read}");
    scene.cleo.write(&scene.money, &[json!({ "kind": "end" })]).await;
    for other in &scene.others {
        crate::scene::hold(&scene.ben, other).await;
    }
    for who in [&scene.ann, &scene.cleo, &scene.ben] {
        assert!(!scene.cleo.get(&path).await.text.contains("ZEBRA"));
        scene.submit(who).await;
    }
    assert!(scene.cleo.get(&path).await.text.contains("ZEBRA one"));
}

#[tokio::test]
async fn any_text_comes_back_as_it_was_or_is_refused_with_a_sentence() {
    let trial = Trial::new().await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let (interview, loop_id) = alone(&ann, "consistency").await;
    let texts = [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "\u{202E}txet desrever\u{202C} and back",
        "مرحبا שלום 你好 नमस्ते",
        "👩‍👩‍👧‍👦 é e\u{301} \u{FEFF}\u{200B}x",
        "'; DROP TABLE entry; --",
        "NUL\u{0} and bell \u{7}",
        "=cmd|' /C calc'!A0",
        &"x".repeat(10_000),
    ];
    for text in texts {
        let id = note(&ann, &interview, "said", text).await;
        let reply = ann.get(&format!("/api/interviews/{interview}")).await;
        assert_eq!(reply.kind(), "application/json");
        let interview = reply.ok();
        let entry = interview["entries"].as_array().unwrap().iter().find(|e| e["id"] == id.as_str()).unwrap();
        // PostgreSQL keeps no NUL, so it is written as the sign for what cannot be shown.
        assert_eq!(entry["body"]["text"], text.replace('\0', "\u{FFFD}"));
    }
    let long = json!({ "kind": "note", "note": "said", "text": "é".repeat(10_001), "area": null, "signal": null });
    let refused = ann.try_write(&interview, &[long]).await["results"][0]["refused"].as_str().unwrap().to_owned();
    assert!(refused.contains("10001") || refused.contains("10,001"), "{refused}");
    // One-line fields take the same, but for what no line holds.
    for text in &texts[..5] {
        assert_eq!(ann.patch(&format!("/api/loops/{loop_id}"), json!({ "name": text })).await.ok()["name"], *text);
    }
    assert!(ann.patch(&format!("/api/loops/{loop_id}"), json!({ "name": texts[5] })).await.detail(422).contains("control character"));
    assert!(ann.patch(&format!("/api/loops/{loop_id}"), json!({ "name": texts[7] })).await.detail(422).contains("200"));
}

#[tokio::test]
async fn a_moment_is_held_between_the_start_and_now() {
    let trial = Trial::new().await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let (interview, _) = alone(&ann, "consistency").await;
    ann.write(&interview, &[json!({ "kind": "start" })]).await;
    for at_ms in [i64::MIN, -1, i64::MAX] {
        let body = json!({ "kind": "note", "note": "did", "text": "t", "area": null, "signal": null });
        let sent = json!({ "entries": [{ "id": new_id(), "at_ms": at_ms, "body": body }] });
        let answer = ann.post(&format!("/api/interviews/{interview}/entries"), sent).await.ok();
        let at = answer["entries"][0]["at_ms"].as_i64().unwrap();
        assert!((0..=answer["live"]["elapsed_ms"].as_i64().unwrap()).contains(&at), "{at_ms} became {at}");
    }
}

#[tokio::test]
async fn ids_and_amounts_that_make_no_sense_are_refused_whole() {
    let trial = Trial::new().await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let (interview, _) = alone(&ann, "consistency").await;
    let path = format!("/api/interviews/{interview}/entries");
    let entry = |id: String| json!({ "id": id, "at_ms": 0, "body": { "kind": "start" } });
    assert!(ann.post(&path, json!({ "entries": [entry("<b>7</b>".to_owned())] })).await.detail(422).contains("<b>7</b>"));
    let many: Vec<Value> = (0..201).map(|_| entry(new_id())).collect();
    assert!(ann.post(&path, json!({ "entries": many })).await.detail(422).contains("200"));
}

#[tokio::test]
async fn what_can_be_asked_now_is_never_what_was_asked() {
    let trial = Trial::new().await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    for area in &kit().areas {
        let (interview, _) = alone(&ann, &area.id).await;
        let mut live = ann.write(&interview, &[json!({ "kind": "start" })]).await["live"].clone();
        let mut asked: Vec<String> = Vec::new();
        for phase in &area.phases {
            live = ann.write(&interview, &[json!({ "kind": "phase", "phase": format!("{}/{}", area.id, phase.id) })]).await["live"].clone();
            while let Some(next) = live["relevant"].as_array().unwrap().first() {
                let follow_up = next["follow_up"].as_str().unwrap().to_owned();
                assert!(!asked.contains(&follow_up), "{follow_up} is proposed again");
                asked.push(follow_up.clone());
                let body = json!({ "kind": "asked", "area": area.id, "follow_up": follow_up });
                live = ann.write(&interview, &[body]).await["live"].clone();
            }
        }
        assert!(!asked.is_empty(), "nothing is ever proposed in {}: {live}", area.id);
    }
}
