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
