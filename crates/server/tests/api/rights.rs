//! Every route as every audience: who is let in, who is told no, who is not even told that it exists; and that nothing
//! of somebody's judgement comes out at any of them before all due scorecards are in.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    client::Client,
    scene::{Scene, blank, note, scored},
};

/// Statuses for: nobody, a candidate with a link, an interviewer in the interview, one of another interview of the same
/// loop, one of nothing, the manager, an administrator, somebody whose account is closed.
type Row = (&'static str, &'static str, Option<&'static str>, [u16; 8]);

/// In `{…}` stand ids of the scene. Bodies are well formed; where the right holds, most are refused for what they say
/// (422, 409), so that a row changes nothing for the next.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    ("GET", "/api/health", None, [200; 8]),
    ("GET", "/api/me", None, [200; 8]),
    ("POST", "/api/setup", Some(r#"{"name":"Eve","email":"eve@example.com","password":"three plain words"}"#), [409; 8]),
    ("POST", "/api/session", Some(r#"{"email":"eve@example.com","password":"three plain words"}"#), [401; 8]),
    ("GET", "/api/join/{invitation}", None, [200; 8]),
    ("POST", "/api/join/{invitation}", Some(r#"{"name":"Eve","email":"eve@example.com","password":"short"}"#), [422; 8]),
    ("GET", "/api/kit/schema", None, [200; 8]),
    ("GET", "/api/c/{token}", None, [404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET", "/api/c/{token}/live", None, [404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET", "/api/kit", None, [401, 401, 200, 200, 200, 200, 200, 401]),
    ("GET", "/api/kit/export?to=csv&area=consistency", None, [401, 401, 200, 200, 200, 200, 200, 401]),
    ("GET", "/api/kit/export?to=md&opening={opening}", None, [401, 401, 200, 200, 404, 200, 200, 401]),
    ("GET", "/api/scenarios/charged-not-settled/variations", None, [401, 401, 200, 200, 200, 200, 200, 401]),
    ("GET", "/api/start", None, [401, 401, 200, 200, 200, 200, 200, 401]),
    ("POST", "/api/demo", None, [401, 401, 403, 403, 403, 200, 409, 401]),
    ("DELETE", "/api/demo", None, [401, 401, 403, 403, 403, 200, 200, 401]),
    ("GET", "/api/people", None, [401, 401, 200, 200, 200, 200, 200, 401]),
    ("PATCH", "/api/people/{person}", Some("{}"), [401, 401, 403, 403, 403, 403, 200, 401]),
    ("PUT", "/api/me/password", Some(r#"{"present":"not this one","new":"three plain words"}"#), [401, 401, 422, 422, 422, 422, 422, 401]),
    ("POST", "/api/people/{person}/reset", None, [401, 401, 403, 403, 403, 403, 200, 401]),
    ("GET", "/api/reset/{reset}", None, [200; 8]),
    ("POST", "/api/reset/{reset}", Some(r#"{"password":"short"}"#), [422; 8]),
    ("GET", "/api/invitations", None, [401, 401, 403, 403, 403, 403, 200, 401]),
    ("POST", "/api/invitations", Some(r#"{"role":"interviewer","note":""}"#), [401, 401, 403, 403, 403, 403, 200, 401]),
    ("DELETE", "/api/invitations/{nothing}", None, [401, 401, 403, 403, 403, 403, 404, 401]),
    ("GET", "/api/openings", None, [401, 401, 200, 200, 200, 200, 200, 401]),
    ("POST", "/api/openings", Some(r#"{"title":"T","pack":"no-such-pack","seniority":"staff"}"#), [401, 401, 403, 403, 403, 422, 422, 401]),
    ("GET", "/api/openings/{opening}", None, [401, 401, 200, 200, 404, 200, 200, 401]),
    ("PATCH", "/api/openings/{opening}", Some("{}"), [401, 401, 403, 403, 404, 200, 200, 401]),
    ("PUT", "/api/openings/{opening}/bar", Some(r#"{"lines":[],"rules":[],"reason":null}"#), [401, 401, 403, 403, 404, 422, 422, 401]),
    ("PUT", "/api/openings/{opening}/plan", Some(r#"{"sessions":[]}"#), [401, 401, 403, 403, 404, 422, 422, 401]),
    ("POST", "/api/openings/{opening}/loops", Some(r#"{"name":" "}"#), [401, 401, 403, 403, 404, 422, 422, 401]),
    ("GET", "/api/loops", None, [401, 401, 200, 200, 200, 200, 200, 401]),
    ("GET", "/api/loops/{loop}", None, [401, 401, 200, 200, 404, 200, 200, 401]),
    ("PATCH", "/api/loops/{loop}", Some("{}"), [401, 401, 403, 403, 404, 200, 200, 401]),
    ("GET", "/api/interviews", None, [401, 401, 200, 200, 200, 200, 200, 401]),
    ("POST", "/api/interviews", Some("{}"), [401, 401, 422, 422, 422, 422, 422, 401]),
    ("GET", "/api/interviews/{interview}", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("PATCH", "/api/interviews/{interview}", Some("{}"), [401, 401, 403, 403, 404, 200, 200, 401]),
    ("POST", "/api/interviews/{interview}/entries", Some(r#"{"entries":[]}"#), [401, 401, 200, 403, 404, 403, 403, 401]),
    ("GET", "/api/interviews/{interview}/live", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("POST", "/api/interviews/{interview}/room", Some(r#"{"scenario":"charged-not-settled"}"#), [401, 401, 200, 403, 404, 403, 403, 401]),
    ("GET", "/api/takes/{take}/live", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("POST", "/api/takes/{take}/commands", Some(r#"{"commands":[]}"#), [401, 401, 200, 403, 404, 403, 403, 401]),
    ("GET", "/api/takes/{take}/traces?key=4006001", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("GET", "/api/takes/{take}/logs?level=warn", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("GET", "/api/takes/{take}/options/no_answer", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("GET", "/api/takes/{take}/part?box=0", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("GET", "/api/takes/{take}/dead?group=settlement.add", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("GET", "/api/takes/{take}/history?serial=4000007", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("GET", "/api/takes/{take}/at?v=300000000000", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("POST", "/api/takes/{take}/forks", Some(r#"{"v":0,"choose":{"no_answer":"never heard of"}}"#), [401, 401, 422, 403, 404, 403, 403, 401]),
    ("GET", "/api/rooms/{room}/takes", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("POST", "/api/takes/{take}/what-if", Some(r#"{"v":0,"choose":{"no_answer":"never heard of"},"serial":null}"#), [401, 401, 422, 403, 404, 403, 403, 401]),
    ("GET", "/api/takes/{take}/spread", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("GET", "/api/takes/{take}/story", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("GET", "/api/takes/{take}/pad", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("PUT", "/api/takes/{take}/pad", Some(r#"{"base_rev":-1,"text":"t"}"#), [401, 401, 409, 403, 404, 403, 403, 401]),
    ("GET", "/api/c/{token}/{which}/live", None, [404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST", "/api/c/{token}/{which}/commands", Some(r#"{"commands":[]}"#), [404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET", "/api/c/{token}/{which}/options/no_answer", None, [404, 409, 404, 404, 404, 404, 404, 404]),
    ("GET", "/api/c/{token}/{which}/traces?errors=true", None, [404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET", "/api/c/{token}/{which}/logs", None, [404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET", "/api/c/{token}/{which}/part?box=0", None, [404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET", "/api/c/{token}/{which}/dead?group=settlement.add", None, [404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET", "/api/c/{token}/{which}/pad", None, [404, 200, 404, 404, 404, 404, 404, 404]),
    ("PUT", "/api/c/{token}/{which}/pad", Some(r#"{"base_rev":-1,"text":"t"}"#), [404, 409, 404, 404, 404, 404, 404, 404]),
    ("GET", "/api/drills", None, [401, 401, 200, 200, 200, 200, 200, 401]),
    ("POST", "/api/drills", Some(r#"{"scenario":"no-such","lead":true}"#), [401, 401, 422, 422, 422, 422, 422, 401]),
    ("GET", "/api/drills/{drill}", None, [401, 401, 200, 200, 200, 200, 200, 401]),
    ("GET", "/api/drills/{drill}/live", None, [401, 401, 200, 200, 403, 403, 403, 401]),
    ("POST", "/api/drills/{drill}/commands", Some(r#"{"commands":[]}"#), [401, 401, 403, 200, 403, 403, 403, 401]),
    ("GET", "/api/drills/{drill}/options/no_answer", None, [401, 401, 409, 409, 403, 403, 403, 401]),
    ("GET", "/api/drills/{drill}/traces?errors=true", None, [401, 401, 200, 200, 403, 403, 403, 401]),
    ("GET", "/api/drills/{drill}/logs", None, [401, 401, 200, 200, 403, 403, 403, 401]),
    ("GET", "/api/drills/{drill}/part?box=0", None, [401, 401, 200, 200, 403, 403, 403, 401]),
    ("GET", "/api/drills/{drill}/dead?group=settlement.add", None, [401, 401, 200, 200, 403, 403, 403, 401]),
    ("GET", "/api/drills/{drill}/pad", None, [401, 401, 200, 200, 403, 403, 403, 401]),
    ("PUT", "/api/drills/{drill}/pad", Some(r#"{"base_rev":-1,"text":"t"}"#), [401, 401, 409, 409, 403, 403, 403, 401]),
    ("POST", "/api/drills/{drill}/people", None, [401, 401, 200, 200, 200, 200, 200, 401]),
    ("POST", "/api/takes/{take}/again", None, [401, 401, 200, 403, 404, 403, 403, 401]),
    ("PUT", "/api/interviews/{interview}/pencil", Some(r#"{"area":"consistency","level":null}"#), [401, 401, 200, 403, 404, 403, 403, 401]),
    ("POST", "/api/interviews/{interview}/call-off", Some(r#"{"reason":"too late"}"#), [401, 401, 403, 403, 404, 409, 409, 401]),
    ("POST", "/api/interviews/{interview}/attach", Some("{}"), [401, 401, 403, 403, 404, 409, 409, 401]),
    ("GET", "/api/interviews/{interview}/preread", None, [401, 401, 200, 200, 404, 200, 200, 401]),
    ("POST", "/api/interviews/{interview}/links", Some(r#"{"days":0}"#), [401, 401, 422, 403, 404, 422, 422, 401]),
    ("DELETE", "/api/interviews/{interview}/links/{nothing}", None, [401, 401, 404, 403, 404, 404, 404, 401]),
    ("GET", "/api/loops/{loop}/scorecard", None, [401, 401, 200, 200, 404, 403, 403, 401]),
    ("PUT", "/api/loops/{loop}/scorecard/areas/consistency", Some(r#"{"base_rev":-1,"score":BLANK}"#), [401, 401, 409, 409, 404, 403, 403, 401]),
    ("POST", "/api/loops/{loop}/scorecard/submit", None, [401, 401, 422, 422, 404, 403, 403, 401]),
    ("POST", "/api/loops/{loop}/scorecard/amend", Some(r#"{"area":"consistency","score":BLANK,"reason":"r"}"#), [401, 401, 409, 409, 404, 403, 403, 401]),
    ("GET", "/api/loops/{loop}/debrief", None, [401, 401, 200, 200, 404, 200, 200, 401]),
    ("POST", "/api/loops/{loop}/debrief/visits", Some(r#"{"item":"differ","waive":null}"#), [401, 401, 403, 403, 404, 403, 403, 401]),
    ("POST", "/api/loops/{loop}/debrief/exception", Some(r#"{"reason":""}"#), [401, 401, 403, 403, 404, 422, 422, 401]),
    ("POST", "/api/loops/{loop}/excuses", Some(r#"{"person":"{person}","reason":"r"}"#), [401, 401, 403, 403, 404, 422, 422, 401]),
    ("POST", "/api/loops/{loop}/decision", Some(r#"{"kind":"hire","reason":"r","plan":[]}"#), [401, 401, 403, 403, 404, 403, 403, 401]),
    ("POST", "/api/loops/{loop}/dissents", Some(r#"{"text":"t"}"#), [401, 401, 403, 403, 404, 403, 403, 401]),
    ("DELETE", "/api/session", None, [200; 8]),
];

const SECRETS: [&str; 4] = ["ZEBRA-READING", "ZEBRA-MOVE", "ZEBRA-REASON", "ZEBRA-DRAFT"];

#[tokio::test]
async fn every_route_as_every_audience_and_no_judgement_before_all_are_in() {
    let scene = Scene::held().await;
    plant(&scene).await;
    let closed = scene.trial.person("Zoe", seatrial_store::Role::Admin).await;
    scene.admin.patch(&format!("/api/people/{}", closed.id), json!({ "disabled": true })).await.ok();
    let made = scene.admin.post("/api/invitations", json!({ "role": "interviewer", "note": "" })).await.ok();
    let invitation = last_part(&made["url"]);
    let made = scene.manager.post(&format!("/api/interviews/{}/links", scene.money), json!({})).await.ok();
    let token = last_part(&made["url"]);

    let room = scene.cleo.post(&format!("/api/interviews/{}/room", scene.money), json!({ "scenario": "charged-not-settled" })).await.ok();
    let (take, room) = (last_part(&room["take"]), last_part(&room["id"]));
    let made = scene.admin.send("POST", &format!("/api/people/{}/reset", scene.manager.id), None).await.ok();
    let reset = last_part(&made["url"]);
    // Cleo leads a drill, and Ben is in it.
    let made = scene.cleo.post("/api/drills", json!({ "scenario": "charged-not-settled", "lead": true })).await.ok();
    let drill = last_part(&made["id"]);
    scene.ben.send("POST", &format!("/api/drills/{drill}/people"), None).await.ok();
    let nobody = scene.trial.nobody();
    let audiences: [(&str, &Client); 8] = [
        ("nobody", &nobody),
        ("a candidate", &nobody),
        ("an interviewer in it", &scene.cleo),
        ("an interviewer elsewhere in the loop", &scene.ben),
        ("an interviewer of nothing", &scene.dov),
        ("the manager", &scene.manager),
        ("an administrator", &scene.admin),
        ("a closed account", &closed),
    ];
    let blank = blank("consistency").to_string();
    let mut wrong = Vec::new();
    for (method, path, body, expected) in TABLE {
        for ((who, client), expected) in audiences.iter().zip(expected) {
            let path = path
                .replace("{opening}", &scene.opening)
                .replace("{loop}", &scene.loop_id)
                .replace("{take}", &take)
                .replace("{drill}", &drill)
                .replace("{which}", "room")
                .replace("{room}", &room)
                .replace("{interview}", &scene.money)
                .replace("{person}", &scene.dov.id)
                .replace("{invitation}", &invitation)
                .replace("{reset}", &reset)
                .replace("{token}", if *who == "a candidate" { &token } else { "nothing" })
                .replace("{nothing}", "01900000-0000-7000-8000-000000000000");
            let body = body.map(|b| serde_json::from_str(&b.replace("BLANK", &blank)).unwrap());
            let reply = client.send(method, &path, body).await;
            let status = reply.status;
            let heard = reply.heard().await;
            if status != *expected {
                wrong.push(format!("{method} {path} as {who}: {status}, not {expected}: {}", heard.chars().take(200).collect::<String>()));
            }
            if let Some(secret) = SECRETS.iter().find(|s| heard.contains(**s)) {
                wrong.push(format!("{method} {path} as {who} tells {secret}"));
            }
            // What a kit or a bar says of levels is no judgement of anybody.
            if !["/kit", "/openings", "/preread", "/schema", "/takes/", "/room", "/drills"].iter().any(|p| path.contains(p)) && tells_level(&heard) {
                wrong.push(format!("{method} {path} as {who} tells a level"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Ann writes a reading, pencils, scores, submits and amends; Cleo and Ben still owe theirs.
async fn plant(scene: &Scene) {
    let (ann, money) = (&scene.ann, &scene.money);
    note(ann, money, "reading", "ZEBRA-READING").await;
    let said = note(ann, money, "said", "I compare the books every night.").await;
    // A reading that began as something said, and one that was worded anew.
    let turned = note(ann, money, "said", "Something to think about").await;
    ann.write(money, &[json!({ "kind": "revise", "entry": turned, "text": "ZEBRA-READING turned", "note": "reading" })]).await;
    let pencil = json!({ "area": "consistency", "level": "excellent" });
    ann.put(&format!("/api/interviews/{money}/pencil"), pencil).await.ok();
    scene.score(ann, scored("consistency", "excellent", &said, "ZEBRA-MOVE")).await;
    scene.submit(ann).await;
    let amended = json!({ "area": "consistency", "score": scored("consistency", "good", &said, "ZEBRA-MOVE again"), "reason": "ZEBRA-REASON" });
    ann.post(&scene.of_loop("/scorecard/amend"), amended).await.ok();
}

fn last_part(url: &Value) -> String {
    url.as_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

/// Whether a JSON text holds a level as a value.
fn tells_level(text: &str) -> bool {
    fn holds(value: &Value) -> bool {
        match value {
            Value::String(s) => ["weak", "good", "excellent", "not_assessed"].contains(&s.as_str()),
            Value::Array(list) => list.iter().any(holds),
            Value::Object(map) => map.values().any(holds),
            _ => false,
        }
    }
    serde_json::from_str(text).is_ok_and(|v| holds(&v))
}

#[test]
fn the_table_names_every_route() {
    let document: Value = serde_json::from_str(&seatrial_server::openapi()).unwrap();
    let mut described = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            described.insert((method.to_uppercase(), shape(path)));
        }
    }
    let table: BTreeSet<_> = TABLE.iter().map(|(method, path, ..)| ((*method).to_owned(), shape(path))).collect();
    let missing: Vec<_> = described.difference(&table).collect();
    let unknown: Vec<_> = table.difference(&described).collect();
    assert!(missing.is_empty(), "routes that no audience walks: {missing:?}");
    assert!(unknown.is_empty(), "rows without a route: {unknown:?}");
}

/// An address without its query and without the names of what varies.
fn shape(path: &str) -> String {
    let path = path.split('?').next().unwrap().replace("/areas/consistency", "/areas/{area}").replace("/options/no_answer", "/options/{decision}");
    let path = path.replace("/scenarios/charged-not-settled/", "/scenarios/{id}/");
    path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
}
