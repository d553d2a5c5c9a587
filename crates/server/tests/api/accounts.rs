//! Accounts: the first, those that are invited, signing in and out, and the last administrator.

use seatrial_server::Options;
use seatrial_store::Role;
use serde_json::{Value, json};

use crate::client::{PASSWORD, Trial};

fn account(name: &str) -> Value {
    json!({ "name": name, "email": format!("{name}@example.com"), "password": PASSWORD })
}

#[tokio::test]
async fn the_first_account_is_made_once_also_by_two_at_the_same_moment() {
    let trial = Trial::new().await;
    assert_eq!(trial.nobody().get("/api/me").await.ok()["setup_needed"], true);
    let (a, b) = (trial.nobody(), trial.nobody());
    let (a, b) = tokio::join!(a.post("/api/setup", account("Ada")), b.post("/api/setup", account("Bea")));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let winner = if a.status == 200 { a } else { b };
    let mut client = trial.nobody();
    client.keep_cookie(&winner);
    let me = client.get("/api/me").await.ok();
    assert_eq!((&me["person"]["role"], &me["setup_needed"]), (&json!("admin"), &json!(false)));
    assert_eq!(client.get("/api/people").await.ok().as_array().unwrap().len(), 1);
    trial.nobody().post("/api/setup", account("Cem")).await.problem(409);
}

#[tokio::test]
async fn reachable_by_others_the_first_account_needs_the_printed_token() {
    let trial = Trial::with(Options { setup_token: Some("printed".to_owned()), ..Options::default() }).await;
    assert_eq!(trial.nobody().get("/api/me").await.ok()["setup_token_needed"], true);
    trial.nobody().post("/api/setup", account("Eve")).await.problem(403);
    let mut with = account("Ada");
    for (token, status) in [("guessed", 403), ("printed", 200)] {
        with["token"] = token.into();
        assert_eq!(trial.nobody().post("/api/setup", with.clone()).await.status, status);
    }
}

#[tokio::test]
async fn an_invitation_makes_one_account() {
    let trial = Trial::new().await;
    let admin = trial.person("Ada", Role::Admin).await;
    let made = admin.post("/api/invitations", json!({ "role": "manager", "note": "for Inês" })).await.ok();
    let path = format!("/api/join/{}", made["url"].as_str().unwrap().rsplit('/').next().unwrap());
    assert_eq!(trial.nobody().get(&path).await.ok()["role"], "manager");
    assert_eq!(trial.nobody().post(&path, account("Ada")).await.status, 409, "the address is taken");
    let (a, b) = (trial.nobody(), trial.nobody());
    let (a, b) = tokio::join!(a.post(&path, account("Ines")), b.post(&path, account("Eve")));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404]);
    trial.nobody().get(&path).await.problem(404);
    assert_eq!(admin.get("/api/invitations").await.ok()[0]["state"], "used");

    let made = admin.post("/api/invitations", json!({ "role": "interviewer" })).await.ok();
    admin.delete(&format!("/api/invitations/{}", made["invitation"]["id"].as_str().unwrap())).await.ok();
    let path = format!("/api/join/{}", made["url"].as_str().unwrap().rsplit('/').next().unwrap());
    trial.nobody().post(&path, account("Eve")).await.problem(404);
    admin.post("/api/invitations", json!({ "role": "interviewer", "note": "NUL\u{0}" })).await.problem(422);
}

#[tokio::test]
async fn accounts_that_make_no_sense_are_refused_with_a_sentence() {
    let trial = Trial::new().await;
    for (field, value, say) in [
        ("name", " ".to_owned(), "empty"),
        ("name", "x".repeat(201), "200"),
        ("name", "A\u{0}da".to_owned(), "control"),
        ("email", "nowhere".to_owned(), "name@example.com"),
        ("email", "a b@example.com".to_owned(), "name@example.com"),
        ("password", "123456789".to_owned(), "10"),
        ("password", "x".repeat(1001), "1,000"),
    ] {
        let mut new = account("Ada");
        new[field] = value.into();
        let detail = trial.nobody().post("/api/setup", new).await.detail(422);
        assert!(detail.contains(say), "{field}: {detail}");
    }
}

#[tokio::test]
async fn signing_in_and_out_and_being_shut_out() {
    let trial = Trial::new().await;
    let admin = trial.person("Ada", Role::Admin).await;
    let dov = trial.person("Dov", Role::Interviewer).await;
    let wrong = json!({ "email": "dov@example.com", "password": "not this one" });
    let unknown = json!({ "email": "nobody@example.com", "password": "not this one" });
    let told = trial.nobody().post("/api/session", wrong).await.detail(401);
    assert_eq!(told, trial.nobody().post("/api/session", unknown).await.detail(401), "it says whether an address is known");
    trial.nobody().post("/api/session", json!({ "email": "dov@example.com", "password": "x".repeat(5000) })).await.problem(401);
    // Addresses are one address however they are written.
    trial.nobody().post("/api/session", json!({ "email": " DOV@Example.com ", "password": PASSWORD })).await.ok();

    let mut other_tab = dov.clone();
    other_tab.sign_in("dov@example.com").await.ok();
    dov.delete("/api/session").await.ok();
    dov.get("/api/start").await.problem(401);
    other_tab.get("/api/start").await.ok();
    admin.patch(&format!("/api/people/{}", dov.id), json!({ "disabled": true })).await.ok();
    other_tab.get("/api/start").await.problem(401);
    trial.nobody().sign_in("dov@example.com").await.problem(401);
    admin.patch(&format!("/api/people/{}", dov.id), json!({ "disabled": false })).await.ok();
    trial.nobody().sign_in("dov@example.com").await.ok();
}

#[tokio::test]
async fn somebody_who_can_invite_always_remains() {
    let trial = Trial::new().await;
    let admin = trial.person("Ada", Role::Admin).await;
    let path = format!("/api/people/{}", admin.id);
    for change in [json!({ "disabled": true }), json!({ "role": "interviewer" })] {
        admin.patch(&path, change).await.problem(409);
    }
    trial.person("Bea", Role::Admin).await;
    admin.patch(&path, json!({ "role": "interviewer" })).await.ok();
    admin.get("/api/invitations").await.problem(403);
}
