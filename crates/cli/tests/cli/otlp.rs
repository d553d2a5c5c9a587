//! `seatrial trace --otlp`: read back with OpenTelemetry's own types, and held to what its conventions say.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value::Value};
use opentelemetry_proto::tonic::trace::v1::{Span, span::SpanKind, status::StatusCode};
use tempfile::tempdir;

use crate::run::run;

/// Spans with the service that wrote each.
type Spans = Vec<(String, Span)>;

fn text(of: &[KeyValue], key: &str) -> Option<String> {
    let value = of.iter().find(|one| one.key == key)?.value.clone();
    match value {
        Some(AnyValue { value: Some(Value::StringValue(text)) }) => Some(text),
        Some(AnyValue { value: Some(Value::IntValue(number)) }) => Some(number.to_string()),
        Some(AnyValue { value: Some(Value::BoolValue(flag)) }) => Some(flag.to_string()),
        Some(AnyValue { value: Some(Value::ArrayValue(list)) }) => Some(format!("{} values", list.values.len())),
        other => panic!("{key}: {other:?}"),
    }
}

/// What the file holds, with the JSON beside it. That nothing was misspelt shows in the way back: what the types do not
/// know they leave out.
fn export(args: &str) -> (serde_json::Value, Spans) {
    let folder = tempdir().unwrap();
    let args = format!("trace {args} --otlp traces.json");
    let ran = run(folder.path(), &args.split(' ').collect::<Vec<_>>());
    assert_eq!((ran.code, ran.text()), (0, ""), "{}", ran.stderr);
    let written = fs::read_to_string(folder.path().join("traces.json")).unwrap();
    assert_eq!(written.lines().count(), 1, "one object a line");
    let json: serde_json::Value = serde_json::from_str(&written).unwrap();
    let request: ExportTraceServiceRequest = serde_json::from_str(&written).unwrap();
    known(&json, &serde_json::to_value(&request).unwrap(), "");
    let mut spans = Vec::new();
    for of in request.resource_spans {
        let about = of.resource.expect("a resource").attributes;
        let service = text(&about, "service.name").expect("service.name is required");
        // Without it Jaeger takes each span and its parent for two machines, and mends clocks that are right.
        assert!(text(&about, "host.name").is_some_and(|host| host.starts_with(&service)), "{about:?}");
        spans.extend(of.scope_spans.into_iter().flat_map(|of| of.spans).map(|span| (service.clone(), span)));
    }
    (json, spans)
}

/// Every key and value of `ours` came back from their types.
fn known(ours: &serde_json::Value, theirs: &serde_json::Value, at: &str) {
    match (ours, theirs) {
        (serde_json::Value::Object(ours), serde_json::Value::Object(theirs)) => {
            for (key, value) in ours {
                known(value, theirs.get(key).unwrap_or_else(|| panic!("{at}.{key} is not theirs")), &format!("{at}.{key}"));
            }
        }
        (serde_json::Value::Array(ours), serde_json::Value::Array(theirs)) => {
            assert_eq!(ours.len(), theirs.len(), "{at}");
            ours.iter().zip(theirs).for_each(|(ours, theirs)| known(ours, theirs, at));
        }
        _ => assert_eq!(ours, theirs, "{at}"),
    }
}

/// Ids are there and unique, time goes forward, and every parent and link is in the file.
fn hangs_together(spans: &Spans) {
    let ids: BTreeSet<_> = spans.iter().map(|(_, span)| (&span.trace_id, &span.span_id)).collect();
    assert_eq!(ids.len(), spans.len(), "ids repeat");
    let by_id: BTreeMap<_, _> = spans.iter().map(|(_, span)| (span.span_id.clone(), span)).collect();
    for (_, span) in spans {
        assert!(span.trace_id.len() == 16 && span.span_id.len() == 8 && span.start_time_unix_nano < span.end_time_unix_nano);
        assert!(span.start_time_unix_nano > 1_500_000_000_000_000_000, "nanoseconds since 1970");
        if !span.parent_span_id.is_empty() {
            let parent = by_id.get(&span.parent_span_id).unwrap_or_else(|| panic!("{}: its parent is not there", span.name));
            assert!(parent.trace_id == span.trace_id && parent.start_time_unix_nano <= span.start_time_unix_nano, "{}", span.name);
        }
        for link in &span.links {
            let made = by_id[&link.span_id];
            assert_eq!((made.kind(), span.kind()), (SpanKind::Producer, SpanKind::Consumer));
            assert_eq!(text(&made.attributes, "messaging.message.id"), text(&span.attributes, "messaging.message.id"));
            assert_eq!(text(&made.attributes, "messaging.destination.name"), text(&span.attributes, "messaging.destination.name"));
        }
    }
}

fn conventions(spans: &Spans) {
    for (_, span) in spans {
        let has = |key: &str| text(&span.attributes, key);
        let failed = span.status.as_ref().is_some_and(|status| status.code() == StatusCode::Error);
        assert_eq!(failed, has("error.type").is_some(), "{}", span.name);
        let said = span.status.as_ref().map_or("", |status| &status.message);
        assert!(said.is_empty() || Some(said.replace(' ', "_")) != has("error.type"), "{} says {said} twice", span.name);
        let keys: BTreeSet<_> = span.attributes.iter().map(|one| &one.key).collect();
        assert_eq!(keys.len(), span.attributes.len(), "a key stands twice in {}: {:?}", span.name, span.attributes);
        match span.kind() {
            SpanKind::Consumer => assert_eq!(has("messaging.operation.type").as_deref(), Some("process")),
            SpanKind::Producer => assert_eq!(has("messaging.operation.type").as_deref(), Some("send")),
            SpanKind::Client if has("db.system.name").is_some() => {
                let several = has("db.query.summary").as_ref() == Some(&span.name);
                assert!(has("db.namespace").is_some() && (has("db.operation.name").is_some() || several));
            }
            // A person's click is no RPC.
            SpanKind::Client if has("seatrial.truth").is_some() => {}
            SpanKind::Client | SpanKind::Server => assert_eq!(has("rpc.method").as_ref(), Some(&span.name)),
            _ => assert_eq!(has("rpc.method"), None, "{}", span.name),
        }
    }
}

#[test]
fn what_is_exported_is_otlp_and_keeps_to_the_conventions() {
    let (json, joined) = export("charged-not-settled --design excellent --key 4006690");
    hangs_together(&joined);
    conventions(&joined);
    // The JSON mapping: ids in hex, 64 bits as text, enumerations as numbers.
    let one = &json["resourceSpans"][0]["scopeSpans"][0]["spans"][0];
    assert!(one["traceId"].as_str().unwrap().len() == 32 && one["startTimeUnixNano"].is_string() && one["kind"].is_u64(), "{one}");
    let kinds: BTreeSet<_> = joined.iter().map(|(_, span)| span.kind).collect();
    assert!(kinds.len() >= 4, "{kinds:?}");
    assert!(joined.iter().any(|(_, span)| !span.links.is_empty()), "a message was handled");
    // The same request without correlation ids: the same work, and nothing joins across services.
    let (_, apart) = export("charged-not-settled --design excellent --key 4006690 --set telemetry.correlation=false");
    hangs_together(&apart);
    conventions(&apart);
    let traces = |spans: &Spans| spans.iter().map(|(_, span)| span.trace_id.clone()).collect::<BTreeSet<_>>();
    assert!(traces(&apart).len() > traces(&joined).len(), "{} and {}", traces(&apart).len(), traces(&joined).len());
    for trace in traces(&apart) {
        let services: BTreeSet<_> = apart.iter().filter(|(_, span)| span.trace_id == trace).map(|(service, _)| service).collect();
        assert_eq!(services.len(), 1, "{services:?}");
    }
    assert!(apart.iter().all(|(_, span)| span.links.is_empty()));
    // Two runs beside each other in one Jaeger are not one.
    assert!(traces(&apart).is_disjoint(&traces(&joined)));
}

#[test]
fn only_the_truth_has_what_nobody_inside_sees() {
    for design in ["weak", "excellent"] {
        let (_, seen) = export(&format!("charged-not-settled --design {design} --key 4006690"));
        let (_, all) = export(&format!("charged-not-settled --design {design} --key 4006690 --truth"));
        hangs_together(&all);
        conventions(&all);
        let services = |spans: &Spans| spans.iter().map(|(service, _)| service.clone()).collect::<BTreeSet<_>>();
        for hidden in ["psp", "shoppers"] {
            assert!(!services(&seen).contains(hidden) && services(&all).contains(hidden), "{hidden}: {:?}", services(&all));
        }
        // One trace, and one root.
        let traces: BTreeSet<_> = all.iter().map(|(_, span)| span.trace_id.clone()).collect();
        let roots = all.iter().filter(|(_, span)| span.parent_span_id.is_empty()).count();
        assert_eq!((traces.len(), roots), (1, 1));
        assert!(seen.iter().all(|(_, span)| text(&span.attributes, "seatrial.truth").is_none() && span.events.is_empty()));
        // All that is seen is true.
        let ids: BTreeSet<_> = all.iter().map(|(_, span)| span.span_id.clone()).collect();
        assert!(seen.iter().all(|(_, span)| ids.contains(&span.span_id)), "{design}");
    }
}

/// A decline is an answer, to the customer as well; and who knows two things of one name writes a list.
#[test]
fn an_answer_is_no_error_and_a_key_stands_once() {
    let (_, all) = export("ledger-drift --design excellent --key 4006421 --truth");
    conventions(&all);
    let two = |span: &Span| text(&span.attributes, "seatrial.move").is_some_and(|text| text == "2 values");
    assert!(all.iter().any(|(_, span)| two(span)), "a span knows two moves");
    // This customer's card was declined, and they were told so.
    let (_, declined) = export("charged-not-settled --design weak --key 4006926 --truth");
    conventions(&declined);
    let clicks: Vec<_> = declined.iter().filter(|(_, span)| span.name.starts_with("click")).collect();
    assert!(!clicks.is_empty() && clicks.iter().all(|(_, span)| span.status.is_none()), "{clicks:?}");
}
