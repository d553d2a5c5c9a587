//! OTLP/JSON: protobuf's JSON with ids in hexadecimal, 64-bit numbers as texts, and enumerations as numbers
//! (opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding"). One object is one `ExportTraceServiceRequest`.

use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Export {
    pub(super) resource_spans: Vec<ResourceSpans>,
    /// Spans that had not ended when the run did, and are not in it.
    #[serde(skip)]
    pub unfinished: usize,
    /// Whether what several services saw of one request joins.
    #[serde(skip)]
    pub joined: bool,
}

impl Export {
    pub fn spans(&self) -> usize {
        self.resource_spans.iter().flat_map(|of| &of.scope_spans).map(|of| of.spans.len()).sum()
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResourceSpans {
    resource: Resource,
    scope_spans: Vec<ScopeSpans>,
}

impl ResourceSpans {
    pub fn new(attributes: Vec<Attribute>, spans: Vec<Written>) -> ResourceSpans {
        let scope = Scope { name: "seatrial", version: env!("CARGO_PKG_VERSION") };
        ResourceSpans { resource: Resource { attributes }, scope_spans: vec![ScopeSpans { scope, spans }] }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Resource {
    attributes: Vec<Attribute>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct ScopeSpans {
    scope: Scope,
    spans: Vec<Written>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Scope {
    name: &'static str,
    version: &'static str,
}

/// The numbers are those of `SpanKind` in trace.proto.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SpanKind {
    Internal = 1,
    Server = 2,
    Client = 3,
    Producer = 4,
    Consumer = 5,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Written {
    /// 16 bytes.
    pub trace_id: String,
    /// 8 bytes.
    pub span_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    parent_span_id: String,
    name: String,
    kind: i32,
    start_time_unix_nano: String,
    end_time_unix_nano: String,
    pub attributes: Vec<Attribute>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
}

impl Written {
    /// Of no trace yet. What took no time ends a nanosecond later, for Jaeger takes a span that ends when it begins for one
    /// with a broken clock, and says so beside it.
    pub fn new(id: u64, name: String, kind: SpanKind, began: u64, ended: u64) -> Written {
        Written {
            trace_id: String::new(),
            span_id: hex(id),
            parent_span_id: String::new(),
            name,
            kind: kind as i32,
            start_time_unix_nano: began.to_string(),
            end_time_unix_nano: ended.max(began + 1).to_string(),
            attributes: Vec::new(),
            events: Vec::new(),
            links: Vec::new(),
            status: None,
        }
    }

    pub fn parent(&mut self, id: Option<u64>) {
        self.parent_span_id = id.map(hex).unwrap_or_default();
    }

    /// To a span of the same trace: what a context that was passed on names is what one has joined.
    pub fn link(&mut self, span: u64) {
        self.links.push(Link { trace_id: String::new(), span_id: hex(span) });
    }

    /// `error`: its class. Words that say no more than that are left out.
    pub fn failed(&mut self, why: &str, error: String) {
        let message = if why.replace(' ', "_") == error { String::new() } else { why.to_owned() };
        self.status = Some(Status { code: STATUS_CODE_ERROR, message });
        self.attributes.push(text("error.type", error));
    }

    /// The trace that it belongs to, and its links with it.
    pub fn of(mut self, trace: &str) -> Written {
        trace.clone_into(&mut self.trace_id);
        self.links.iter_mut().for_each(|link| trace.clone_into(&mut link.trace_id));
        self
    }
}

/// Anything else is left unset, as instruments do: `OK` is for whoever overrules them.
const STATUS_CODE_ERROR: i32 = 2;

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Status {
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    code: i32,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Link {
    trace_id: String,
    span_id: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event {
    time_unix_nano: String,
    name: String,
    attributes: Vec<Attribute>,
}

impl Event {
    pub fn new(at: u64, name: String, attributes: Vec<Attribute>) -> Event {
        Event { time_unix_nano: at.to_string(), name, attributes }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Attribute {
    key: String,
    value: Value,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
enum Value {
    StringValue(String),
    IntValue(String),
    BoolValue(bool),
    ArrayValue { values: Vec<Value> },
}

/// One value, or a list where there are several: a key stands once in a span.
pub(super) fn texts(key: &str, mut values: Vec<String>) -> Attribute {
    if values.len() == 1 {
        return text(key, values.remove(0));
    }
    let values = values.into_iter().map(Value::StringValue).collect();
    Attribute { key: key.to_owned(), value: Value::ArrayValue { values } }
}

pub(super) fn text(key: &str, value: impl Into<String>) -> Attribute {
    Attribute { key: key.to_owned(), value: Value::StringValue(value.into()) }
}

pub(super) fn number(key: &str, value: u64) -> Attribute {
    Attribute { key: key.to_owned(), value: Value::IntValue(value.to_string()) }
}

pub(super) fn flag(key: &str) -> Attribute {
    Attribute { key: key.to_owned(), value: Value::BoolValue(true) }
}

pub(super) fn hex(id: u64) -> String {
    format!("{id:016x}")
}
