//! Changing a password, and choosing a new one by a link: who may, and which sessions end.

use seatrial_store::Role;
use serde_json::{Value, json};

use crate::client::{Client, PASSWORD, Trial};

const NEW: &str = "four other plain words";

async fn sign_in(trial: &Trial, email: &str, password: &str) -> u16 {
    trial.nobody().post("/api/session", json!({ "email": email, "password": password })).await.status
}

async fn link(admin: &Client, person: &Client) -> String {
    let made = admin.send("POST", &format!("/api/people/{}/reset", person.id), None).await.ok();
    let url = made["url"].as_str().unwrap();
    assert!(url.starts_with("http://127.0.0.1:7070/reset/"), "{url}");
    format!("/api/reset/{}", url.rsplit('/').next().unwrap())
}

#[tokio::test]
async fn changing_ones_own_asks_for_the_present_one_and_ends_every_other_session() {
    let trial = Trial::new().await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let mut here = ann.clone();
    let mut elsewhere = trial.nobody();
    elsewhere.sign_in("ann@example.com").await.ok();
    let change = |present: &str, new: &str| json!({ "present": present, "new": new });
    for (present, new, say) in [("not this one", NEW, "present"), (PASSWORD, "short", "10 characters"), (&*"x".repeat(5000), NEW, "present")] {
        let detail = here.send("PUT", "/api/me/password", Some(change(present, new))).await.detail(422);
        assert!(detail.contains(say), "{detail}");
    }
    elsewhere.get("/api/start").await.ok();
    let reply = here.put("/api/me/password", change(PASSWORD, NEW)).await;
    assert_eq!(reply.ok()["person"]["name"], "Ann");
    here.keep_cookie(&reply);
    here.get("/api/start").await.ok();
    elsewhere.get("/api/start").await.problem(401);
    ann.get("/api/start").await.problem(401);
    assert_eq!((sign_in(&trial, "ann@example.com", PASSWORD).await, sign_in(&trial, "ann@example.com", NEW).await), (401, 200));
}

#[tokio::test]
async fn a_link_sets_a_new_password_once_and_ends_every_session() {
    let trial = Trial::new().await;
    let admin = trial.person("Ada", Role::Admin).await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let earlier = link(&admin, &ann).await;
    let path = link(&admin, &ann).await;
    trial.nobody().get(&earlier).await.problem(404);
    ann.get("/api/start").await.ok();
    let offer = trial.nobody().get(&path).await.ok();
    assert_eq!((&offer["name"], &offer["email"]), (&json!("Ann"), &json!("ann@example.com")));
    trial.nobody().post(&path, json!({ "password": "short" })).await.problem(422);
    let (a, b) = (trial.nobody(), trial.nobody());
    let new = json!({ "password": NEW });
    let (a, b) = tokio::join!(a.post(&path, new.clone()), b.post(&path, new));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404]);
    let mut there = trial.nobody();
    there.keep_cookie(if a.status == 200 { &a } else { &b });
    assert_eq!(there.get("/api/me").await.ok()["person"]["name"], "Ann");
    ann.get("/api/start").await.problem(401);
    trial.nobody().get(&path).await.problem(404);
    assert_eq!((sign_in(&trial, "ann@example.com", PASSWORD).await, sign_in(&trial, "ann@example.com", NEW).await), (401, 200));
}

#[tokio::test]
async fn a_stream_that_is_open_ends_with_the_session() {
    let trial = Trial::new().await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let (interview, _) = crate::scene::alone(&ann, "consistency").await;
    let mut stream = ann.events(&format!("/api/interviews/{interview}/live")).await;
    assert!(stream.next().await.is_some());
    let mut here = ann.clone();
    here.keep_cookie(&ann.put("/api/me/password", json!({ "present": PASSWORD, "new": NEW })).await);
    here.write(&interview, &[json!({ "kind": "start" })]).await;
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn a_closed_account_gets_no_link_and_its_link_opens_nothing() {
    let trial = Trial::new().await;
    let admin = trial.person("Ada", Role::Admin).await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let path = link(&admin, &ann).await;
    admin.patch(&format!("/api/people/{}", ann.id), json!({ "disabled": true })).await.ok();
    trial.nobody().get(&path).await.problem(404);
    trial.nobody().post(&path, json!({ "password": NEW })).await.problem(404);
    admin.send("POST", &format!("/api/people/{}/reset", ann.id), None).await.problem(409);
    admin.send("POST", "/api/people/nobody/reset", None).await.problem(404);
}

#[tokio::test]
async fn only_the_hash_of_a_link_is_kept() {
    let trial = Trial::new().await;
    let admin = trial.person("Ada", Role::Admin).await;
    let path = link(&admin, &admin).await;
    let token = path.rsplit('/').next().unwrap();
    assert_eq!(token.len(), 64);
    let bytes = trial.bytes_on_disk();
    assert!(!bytes.windows(token.len()).any(|w| w == token.as_bytes()));
    assert_eq!(trial.nobody().get(&path).await.ok(), json!({ "name": "Ada", "email": "ada@example.com" }) as Value);
}
