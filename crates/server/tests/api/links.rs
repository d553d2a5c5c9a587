//! A candidate's link: what it shows and what it never can, how it ends, and that only its hash is kept.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{client::kit, scene::{Scene, note}};

fn token(made: &Value) -> String {
    made["url"].as_str().unwrap().rsplit_once("/c/").unwrap().1.to_owned()
}

#[tokio::test]
async fn shows_no_question_no_signal_no_note_and_no_level() {
    let scene = Scene::planned().await;
    // Ben's second interview also asks about an area with material.
    let (who, interview) = (&scene.ben, &scene.others[0]);
    let full = who.get(&format!("/api/interviews/{interview}")).await.ok();
    let material = full["material"][0]["id"].clone();
    let area = full["material"][0]["exercise_id"].clone();
    assert!(material.is_string(), "an interview with an exercise has material to show");
    let url = who.post(&format!("/api/interviews/{interview}/links"), json!({})).await.ok();
    let path = format!("/api/c/{}", token(&url));
    who.write(interview, &[json!({ "kind": "start" }), json!({ "kind": "show", "material": material })]).await;
    let body = json!({ "kind": "note", "note": "reading", "text": "ZEBRA", "area": null, "signal": null });
    who.write(interview, &[body]).await;

    let nobody = scene.trial.nobody();
    let read = nobody.get(&path).await.ok();
    let streamed = nobody.events(&format!("{path}/live")).await.next().await.unwrap();
    for mut view in [read, streamed] {
        let shown = view["shown"].take();
        assert_eq!(shown[0]["id"], material, "of exercise {area}");
        let keys: Vec<&String> = view.as_object().unwrap().keys().collect();
        let known = ["brief", "code", "expires_at", "kept", "minutes", "present", "room", "scheduled_at", "shown", "state", "title", "with"];
        assert!(keys.iter().all(|k| known.contains(&k.as_str())), "{keys:?}");
        let text = format!("{view}{shown}");
        assert!(!text.contains("ZEBRA"));
        for area in &kit().areas {
            let asked = area.prompts.iter().map(|p| &p.text).chain(area.follow_ups.iter().map(|f| &f.text));
            let heard = area.signals.iter().map(|s| &s.text).chain(area.rubric.behaviours.iter().map(|b| &b.good));
            for secret in asked.chain(heard) {
                assert!(!text.contains(secret.as_str()), "a candidate reads “{secret}”");
            }
        }
        let around = view.to_string();
        for level in ["\"weak\"", "\"good\"", "\"excellent\"", "signal", "follow_up", "level"] {
            assert!(!around.contains(level), "a candidate reads {level}: {around}");
        }
    }
}

#[tokio::test]
async fn ends_when_it_is_revoked_or_expires_and_then_shows_a_plain_page() {
    let scene = Scene::planned().await;
    let links = format!("/api/interviews/{}/links", scene.money);
    let nobody = scene.trial.nobody();
    let made = scene.ann.post(&links, json!({ "days": 1 })).await.ok();
    let good = token(&made);
    nobody.get(&format!("/api/c/{good}")).await.ok();
    assert_ne!(nobody.get(&format!("/c/{good}")).await.status, 404);
    let mut live = nobody.events(&format!("/api/c/{good}/live")).await;
    live.next().await.unwrap();
    scene.ann.delete(&format!("{links}/{}", made["link"]["id"].as_str().unwrap())).await.ok();
    assert_eq!(live.next().await, None, "an open page ends with its link");

    // A link that has run out: made in the past, straight in the store.
    let old = "an-old-token";
    let hash = sha256(old);
    let ago = Timestamp::now() - SignedDuration::from_hours(48);
    scene.trial.app.store.add_candidate_link(&scene.money, &hash, ago, ago + SignedDuration::from_hours(24)).await.unwrap();
    for gone in [good.as_str(), old, "nonsense", "%00", "<script>alert(1)", &"x".repeat(5000)] {
        let gone = gone.replace('<', "%3C").replace('>', "%3E");
        assert_eq!(nobody.get(&format!("/enter/{gone}")).await.status, 404);
        nobody.get(&format!("/api/c/{gone}")).await.problem(404);
        nobody.get(&format!("/api/c/{gone}/live")).await.problem(404);
        let page = nobody.get(&format!("/c/{gone}")).await;
        assert_eq!((page.status, page.kind()), (404, "text/html; charset=utf-8"));
        assert!(page.text.contains("This link does not open anything") && !page.text.contains("<script"), "{}", page.text);
    }
    let page = nobody.get("/c/%FF").await;
    assert_eq!((page.status, page.kind()), (404, "text/html; charset=utf-8"));
    let states: Vec<Value> = scene.ann.get(&format!("/api/interviews/{}", scene.money)).await.ok()["links"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["state"].clone())
        .collect();
    assert!(states.contains(&json!("revoked")) && states.contains(&json!("expired")), "{states:?}");
    for days in [0, 31, 4_000_000_000_u32] {
        scene.ann.post(&links, json!({ "days": days })).await.problem(422);
    }
}

#[tokio::test]
async fn only_hashes_of_tokens_and_passwords_are_on_disk() {
    let scene = Scene::planned().await;
    let link = token(&scene.ann.post(&format!("/api/interviews/{}/links", scene.money), json!({})).await.ok());
    let made = scene.admin.post("/api/invitations", json!({ "role": "manager", "note": "for Inês" })).await.ok();
    let invitation = made["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    note(&scene.ann, &scene.money, "said", "A note that is kept as it is").await;
    let bytes = scene.trial.bytes_on_disk();
    let holds = |text: &str| bytes.windows(text.len()).any(|w| w == text.as_bytes());
    assert!(holds("A note that is kept as it is"), "the search finds what is there");
    assert!(holds(&sha256(&link)) && holds(&sha256(&invitation)));
    assert!(!holds(&link) && !holds(&invitation), "a token is on disk");
    assert!(!holds(crate::client::PASSWORD), "a password is on disk");
}

fn sha256(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}
