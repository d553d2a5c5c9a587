//! The OpenAPI document: complete enough to write a client from.

use std::collections::BTreeSet;

use serde_json::Value;

#[test]
fn every_operation_has_a_summary_a_name_of_its_own_and_its_problems() {
    let document: Value = serde_json::from_str(&seatrial_server::openapi()).unwrap();
    let mut names = BTreeSet::new();
    let mut wrong = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let at = format!("{method} {path}");
            if operation["summary"].as_str().is_none_or(str::is_empty) {
                wrong.push(format!("{at} has no summary"));
            }
            if !names.insert(operation["operationId"].as_str().unwrap_or_default().to_owned()) {
                wrong.push(format!("{at}: {} names another operation too", operation["operationId"]));
            }
            let responses = operation["responses"].as_object().unwrap();
            for (status, response) in responses.iter().filter(|(s, _)| !s.starts_with('2')) {
                if response.pointer("/content/application~1problem+json/schema").is_none() {
                    wrong.push(format!("{at}: {status} is not described as a problem"));
                }
            }
            let open = ["/api/me", "/api/health", "/api/setup", "/api/kit/schema", "/api/session"];
            let signed_in = !open.contains(&path.as_str()) && !path.contains("{token}");
            if signed_in && !responses.contains_key("401") {
                wrong.push(format!("{at} does not say what happens without signing in"));
            }
            for parameter in path.split('/').filter_map(|p| p.strip_prefix('{')?.strip_suffix('}')) {
                let named = operation["parameters"].as_array().is_some_and(|p| p.iter().any(|p| p["name"] == parameter && p["in"] == "path"));
                if !named {
                    wrong.push(format!("{at} does not describe {parameter}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
