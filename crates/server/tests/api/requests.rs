//! Requests that no app sends: without the header, malformed, too large, to nowhere. Each is answered with a problem.

use axum::{body::Body, http::{Request, header}};
use seatrial_store::Role;
use serde_json::json;

use crate::client::Trial;

#[tokio::test]
async fn nothing_changes_without_the_header() {
    let trial = Trial::new().await;
    let admin = trial.person("Ada", Role::Admin).await;
    for (method, path) in [("POST", "/api/invitations"), ("DELETE", "/api/session"), ("PATCH", "/api/people/x"), ("PUT", "/api/openings/x/bar")] {
        let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        let reply = admin.raw(request.body(Body::from(r#"{"role":"admin"}"#)).unwrap()).await;
        assert!(reply.detail(403).contains("X-Seatrial"));
    }
    assert_eq!(admin.get("/api/invitations").await.ok(), json!([]));
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_problems() {
    let trial = Trial::new().await;
    let admin = trial.person("Ada", Role::Admin).await;
    let mut deep = "[".repeat(200_000);
    deep.insert_str(0, "{\"role\":");
    let cases: [(&str, &str, Vec<u8>, u16); 9] = [
        ("cut off", "application/json", b"{\"role\":".to_vec(), 400),
        ("no JSON", "application/json", b"role=admin".to_vec(), 400),
        ("nothing", "application/json", Vec::new(), 400),
        ("a wrong type", "application/json", b"{\"role\":7}".to_vec(), 422),
        ("an unknown word", "application/json", b"{\"role\":\"king\"}".to_vec(), 422),
        ("a missing field", "application/json", b"{\"note\":\"\"}".to_vec(), 422),
        ("not UTF-8", "application/json", b"{\"role\":\"\xff\"}".to_vec(), 400),
        ("a form", "application/x-www-form-urlencoded", b"role=admin".to_vec(), 415),
        ("brackets without end", "application/json", deep.into_bytes(), 422),
    ];
    for (what, kind, body, status) in cases {
        let request = Request::post("/api/invitations").header("x-seatrial", "1").header(header::CONTENT_TYPE, kind);
        let reply = admin.raw(request.body(Body::from(body)).unwrap()).await;
        assert!([status, 400].contains(&reply.status), "{what}: {} {}", reply.status, reply.text);
    }
    let large = json!({ "role": "admin", "note": "x".repeat(2 << 20) });
    admin.post("/api/invitations", large).await.problem(413);
    assert_eq!(admin.get("/api/invitations").await.ok(), json!([]));
}

#[tokio::test]
async fn addresses_and_methods_that_are_not_there_are_problems() {
    let trial = Trial::new().await;
    let admin = trial.person("Ada", Role::Admin).await;
    for path in ["/api/nowhere", "/api/", "/api/loops/x/nowhere", "/api/c/", "/api/loops/"] {
        for method in ["GET", "POST", "DELETE"] {
            assert_eq!(admin.send(method, path, None).await.status, 404, "{method} {path}");
        }
    }
    for (method, path) in [("POST", "/api/me"), ("DELETE", "/api/kit"), ("PUT", "/api/openings"), ("PATCH", "/api/health")] {
        admin.send(method, path, None).await.problem(405);
    }
    for path in ["/api/loops/%FF", "/api/openings/%00", "/api/interviews/%F0%9F%98%80", "/api/loops/..%2F..%2Fetc"] {
        let status = admin.get(path).await.status;
        assert!([400, 404].contains(&status), "{path}: {status}");
    }
    admin.get("/api/kit/export").await.problem(400);
    admin.get("/api/kit/export?to=exe").await.problem(422);
    assert!(admin.get("/api/kit/export?to=md&area=consistancy").await.detail(422).contains("consistency"));
    admin.get("/api/kit?hash=nothing").await.problem(404);
}

#[tokio::test]
async fn pages_that_are_no_part_of_the_api_carry_the_same_headers() {
    let trial = Trial::new().await;
    for (path, status) in [("/plain.css", 200), ("/assets/none.js", 404), ("/enter/nothing", 404), ("/favicon.nowhere", 404), ("/api/openapi.json", 200)] {
        assert_eq!(trial.nobody().get(path).await.status, status, "{path}");
    }
    let page = trial.nobody().get("/kit/consistency").await;
    assert!(page.kind().starts_with("text/html"));
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"));
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';") && !policy.contains("'unsafe-"), "{policy}");
}

/// Whether this build holds the page (200) or not (503), nobody is sent to sign in, and no session begins.
#[tokio::test]
async fn the_practice_page_is_anybodys() {
    let trial = Trial::new().await;
    let page = trial.nobody().get("/practice?seed=7").await;
    assert!([200, 503].contains(&page.status) && page.kind().starts_with("text/html"), "{}", page.status);
    assert!(page.status == 503 || page.text.contains("<title>Practice"), "{}", page.text);
    assert!(!page.headers.contains_key(header::SET_COOKIE));
}

#[tokio::test]
async fn a_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let trial = Trial::new().await;
    let account = json!({ "name": "Ada", "email": "ada@example.com", "password": crate::client::PASSWORD });
    let reply = trial.nobody().post("/api/setup", account).await;
    let cookie = reply.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
}
