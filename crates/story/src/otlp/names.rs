//! OpenTelemetry's semantic conventions: what spans are called, of which kind they are, and what is said of them.
//!
//! A system does not say whether its calls are HTTP or gRPC, nor which broker and which database it has. So calls are RPC of
//! a system of our own, topics likewise, and stores are `other_sql`; no status code is made up. Sources:
//! opentelemetry.io/docs/specs/semconv, "RPC spans" (`rpc.system.name` since 1.39), "Messaging spans", "Database client
//! spans", "Recording errors".

use seatrial_sim::engine::Cause;
use seatrial_sim::system::{CallId, Group, HandlerId, Statement, System, TableId, Target, TxId};

use super::document::{Attribute, SpanKind, hex, number, text, texts};
use crate::find::Field;
use crate::span::{Of, Span};

/// Says which RPC and which messaging it is: ours.
const SYSTEM: &str = "seatrial";

pub(super) fn kind(span: &Span) -> SpanKind {
    match span.origin.of {
        Of::Handler(_, Cause::Call { .. } | Cause::Event { .. }) => SpanKind::Server,
        Of::Handler(_, Cause::Message { .. }) => SpanKind::Consumer,
        Of::Handler(_, Cause::Itself | Cause::Move | Cause::Item) => SpanKind::Internal,
        // It was not called at all.
        Of::Call(_, _, 0) => SpanKind::Internal,
        Of::Call(..) | Of::Transaction(_) => SpanKind::Client,
        Of::Message(..) => SpanKind::Producer,
    }
}

pub(super) fn name(system: &System, span: &Span) -> String {
    match span.origin.of {
        Of::Handler(handler, Cause::Message { .. }) => match consumes(system, handler) {
            Some(group) => format!("process {}", system.topics[group.topic.at()].name),
            None => span.name.clone(),
        },
        Of::Handler(handler, Cause::Call { .. } | Cause::Event { .. }) => method(system, handler),
        Of::Handler(..) => span.name.clone(),
        Of::Call(call, ..) => target(system, call).0,
        Of::Transaction(tx) => match statements(system, tx).as_slice() {
            [] => format!("COMMIT {}", store(system, tx)),
            some => summary(system, some),
        },
        Of::Message(topic, _) => format!("publish {}", system.topics[topic.at()].name),
    }
}

/// Of a call, on either side of it.
pub(super) fn called(method: String) -> [Attribute; 2] {
    [text("rpc.system.name", SYSTEM), text("rpc.method", method)]
}

pub(super) fn attributes(system: &System, span: &Span) -> Vec<Attribute> {
    match span.origin.of {
        Of::Handler(handler, Cause::Message { message, failures }) => {
            let mut of = vec![text("messaging.system", SYSTEM), text("messaging.operation.type", "process")];
            of.push(text("messaging.operation.name", "process"));
            if let Some(group) = consumes(system, handler) {
                of.push(text("messaging.destination.name", system.topics[group.topic.at()].name.as_str()));
                of.push(text("messaging.consumer.group.name", group.name.as_str()));
            }
            of.push(text("messaging.message.id", hex(message.0)));
            of.push(number("seatrial.attempt", u64::from(failures) + 1));
            of
        }
        Of::Handler(handler, Cause::Call { .. } | Cause::Event { .. }) => {
            called(method(system, handler)).into()
        }
        Of::Handler(..) => Vec::new(),
        Of::Call(call, _, attempt) => {
            let (method, server) = target(system, call);
            let mut of = vec![text("server.address", server)];
            if attempt > 0 {
                of.extend(called(method));
                of.push(number("seatrial.attempt", u64::from(attempt)));
            }
            of
        }
        Of::Transaction(tx) => {
            let mut of = vec![text("db.system.name", "other_sql"), text("db.namespace", store(system, tx)), text("server.address", store(system, tx))];
            match statements(system, tx).as_slice() {
                [] => of.push(text("db.operation.name", "COMMIT")),
                [(verb, table)] => {
                    of.push(text("db.operation.name", *verb));
                    of.push(text("db.collection.name", table_name(system, *table)));
                    of.push(text("db.query.summary", summary(system, &[(verb, *table)])));
                }
                some => {
                    // One conversation, not a batch: what all of it has in common is said of it.
                    let (verb, table) = some[0];
                    if some.iter().all(|of| of.0 == verb) {
                        of.push(text("db.operation.name", verb));
                    }
                    if some.iter().all(|of| of.1 == table) {
                        of.push(text("db.collection.name", table_name(system, table)));
                    }
                    of.push(text("db.query.summary", summary(system, some)));
                }
            }
            of
        }
        Of::Message(topic, message) => vec![
            text("messaging.system", SYSTEM),
            text("messaging.operation.type", "send"),
            text("messaging.operation.name", "publish"),
            text("messaging.destination.name", system.topics[topic.at()].name.as_str()),
            text("messaging.message.id", hex(message.0)),
        ],
    }
}

/// The fields by which somebody looks for a request: `seatrial.order` = `8123`.
pub(super) fn fields(known: &[Field]) -> Vec<Attribute> {
    let mut by_name: Vec<(&str, Vec<String>)> = Vec::new();
    for of in known {
        match by_name.iter_mut().find(|(name, _)| *name == of.name) {
            Some((_, values)) => values.push(of.value.clone()),
            None => by_name.push((&of.name, vec![of.value.clone()])),
        }
    }
    by_name.into_iter().map(|(name, values)| texts(&format!("seatrial.{}", name.replace(' ', "_")), values)).collect()
}

/// A class of errors, of which there are few: `timeout` is the convention's word for an answer that did not come in time.
pub(super) fn error(outcome: &str) -> String {
    match outcome {
        "no answer" => "timeout".into(),
        other => other.replace(' ', "_"),
    }
}

fn consumes(system: &System, handler: HandlerId) -> Option<&Group> {
    system.groups.iter().find(|group| group.handler == handler)
}

/// `payments/charge`.
fn method(system: &System, handler: HandlerId) -> String {
    let of = &system.handlers[handler.at()];
    format!("{}/{}", system.services[of.service.at()].name, of.name)
}

/// What is called, and whom.
fn target(system: &System, call: CallId) -> (String, &str) {
    match system.calls[call.at()].target {
        Target::Handler(id) => (method(system, id), &system.services[system.handlers[id.at()].service.at()].name),
        Target::Operation(id) => {
            let operation = &system.operations[id.at()];
            let provider = &system.providers[operation.provider.at()].name;
            (format!("{provider}/{}", operation.name), provider)
        }
    }
}

fn store(system: &System, tx: TxId) -> &str {
    &system.stores[system.txs[tx.at()].store.at()].name
}

fn table_name(system: &System, table: TableId) -> &str {
    &system.tables[table.at()].name
}

fn statements(system: &System, tx: TxId) -> Vec<(&'static str, TableId)> {
    let statement = |statement: &Statement| match statement {
        Statement::Insert(insert) => Some(("INSERT", insert.table)),
        Statement::Move { find, .. } | Statement::Update { find, .. } => Some(("UPDATE", find.table)),
        Statement::Read { find, .. } => Some(("SELECT", find.table)),
        // It has a span of its own.
        Statement::Publish(_) | Statement::Steps => None,
    };
    system.txs[tx.at()].statements.iter().filter_map(statement).collect()
}

fn summary(system: &System, statements: &[(&'static str, TableId)]) -> String {
    let one = |(verb, table): &(&'static str, TableId)| format!("{verb} {}", table_name(system, *table));
    statements.iter().map(one).collect::<Vec<_>>().join(" ")
}
