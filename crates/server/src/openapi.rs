//! The OpenAPI document, as the client's types are made from it.
//!
//! What the server answers always names every field, with null where there is nothing. The derived document calls such
//! fields optional; here they become required in everything that is answered, so that the client need not doubt them.
//! What only requests hold stays as it is: there a field may be left out.

use std::collections::BTreeSet;

use serde_json::Value;

/// The document as text, ending with a line break.
pub fn text() -> String {
    let (_, document) = crate::api::router().split_for_parts();
    let mut document = serde_json::to_value(&document).unwrap_or_default();
    if let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) {
        for (path, operations) in paths {
            for (method, operation) in operations.as_object_mut().into_iter().flatten() {
                operation["operationId"] = name(method, path).into();
                problems(operation, !PUBLIC.contains(&path.as_str()) && !path.contains("{token}"));
            }
        }
    }
    let mut answered = BTreeSet::new();
    if let Some(paths) = document.get("paths").cloned() {
        collect(&paths, false, &document, &mut answered);
    }
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        for (_, schema) in schemas.iter_mut().filter(|(name, _)| answered.contains(*name)) {
            require_all(schema);
        }
    }
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// Addresses that answer without an account; so do those with a token in them.
const PUBLIC: [&str; 5] = ["/api/health", "/api/me", "/api/setup", "/api/session", "/api/kit/schema"];

/// A name that no other operation has: handlers of different subjects share theirs (`read`, `list`).
fn name(method: &str, path: &str) -> String {
    let parts = path.trim_start_matches("/api").split('/').filter(|p| !p.is_empty());
    let parts = parts.map(|p| match p.strip_prefix('{') {
        Some(inside) => format!("by_{}", inside.trim_end_matches('}')),
        None => p.to_owned(),
    });
    std::iter::once(method.to_owned()).chain(parts).collect::<Vec<_>>().join("_")
}

/// Says of every error that it is a problem, and of what needs an account that it may be missing.
fn problems(operation: &mut Value, signed_in: bool) {
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    if signed_in && !responses.contains_key("401") {
        responses.insert("401".to_owned(), serde_json::json!({}));
    }
    for (_, response) in responses.iter_mut().filter(|(status, _)| !status.starts_with('2')) {
        *response = serde_json::json!({
            "description": response["description"].as_str().unwrap_or_default(),
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        });
    }
    responses.sort_keys();
}

/// Names of all schemas that can be reached from an answer.
fn collect(value: &Value, in_answer: bool, document: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if in_answer
                && let Some(name) = map.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix("#/components/schemas/"))
                && found.insert(name.to_owned())
                && let Some(schema) = document.pointer(&format!("/components/schemas/{name}"))
            {
                collect(schema, true, document, found);
            }
            for (key, child) in map {
                if key != "requestBody" {
                    collect(child, in_answer || key == "responses", document, found);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|child| collect(child, in_answer, document, found)),
        _ => {}
    }
}

fn require_all(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if let Some(names) = map.get("properties").and_then(Value::as_object).map(|p| p.keys().cloned().collect::<Vec<_>>()) {
                map.insert("required".to_owned(), names.into());
            }
            map.values_mut().for_each(require_all);
        }
        Value::Array(list) => list.iter_mut().for_each(require_all),
        _ => {}
    }
}
