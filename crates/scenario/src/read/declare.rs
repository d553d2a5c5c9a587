//! What services and providers give names to, before any of them is read in full: steps call in every direction.

use seatrial_sim::system::{HandlerKind, RecordId};
use seatrial_source::{Entry, Node, Span, Spanned, Value};

use crate::cx::Cx;
use crate::known::{HandlerInfo, Index, OperationInfo};
use crate::scope::Ty;

const HANDLERS_MOST: usize = 2000;
const OPERATIONS_MOST: usize = 2000;

/// Sections whose names begin paths, and words that begin paths by themselves.
const NAMED: &[&str] = &["clients", "stores", "topics", "providers", "services"];
const RESERVED: &[&str] = &[
    "telemetry",
    "alerts",
    "support",
    "operator",
    "invariants",
    "moves",
    "faults",
    "decisions",
    "clock",
    "caches",
    "links",
    "credentials",
    "certificates",
    "flags",
    "clocks",
    "saga",
    "event",
];

impl<'a> Cx<'a> {
    pub fn declare(&mut self, root: &'a Node) {
        self.path_names(root);
        self.declare_operations(root);
        self.declare_handlers(root);
        self.known.clients = Index::of(self.section(root, "clients"));
        self.known.measures = Index::of(self.section(root, "measures"));
        self.known.alerts = Index::of(self.section(root, "alerts"));
        self.known.invariants = Index::of(self.section(root, "invariants"));
        self.known.moves = Index::of(self.section(root, "moves"));
        self.known.flags = Index::of(self.section(root, "flags"));
        // One after the other, as they are read.
        self.known.secrets = Index::of(self.section(root, "credentials"));
        self.known.credentials = self.section(root, "credentials").len();
        for (secret, entry) in self.section(root, "credentials").iter().enumerate() {
            // What is wrong with it is said where the credential is read.
            let signs = entry.value.get("signs").and_then(|node| if let Value::Scalar(scalar) = &node.value { Some(&scalar.text) } else { None });
            if let Some(provider) = signs.and_then(|name| self.known.providers.get(name)) {
                self.known.signers.entry(provider).or_insert(secret);
            }
        }
        for entry in self.section(root, "certificates") {
            if self.known.secrets.get(&entry.key).is_some() {
                let message = format!("`{}` is the name of a credential already", entry.key);
                self.error(entry.key_span, "duplicate-id", message, "choose another name");
            }
            self.known.secrets.add(&entry.key);
        }
        for section in [
            "credentials",
            "certificates",
            "flags",
            "measures",
            "alerts",
            "invariants",
            "moves",
            "faults",
            "decisions",
            "designs",
        ] {
            for entry in self.section(root, section) {
                self.word(&entry.key, entry.key_span);
            }
        }
        for entry in self.section(root, "blocks") {
            self.word(&entry.key, entry.key_span);
            self.known
                .blocks
                .insert(entry.key.clone(), (entry.key_span, &entry.value));
        }
        for entry in self.section(root, "clients") {
            if let Some(Value::Map(made)) = entry.value.get("make").map(|node| &node.value) {
                let records = made
                    .iter()
                    .filter_map(|e| self.known.record(&e.key))
                    .collect::<Vec<_>>();
                self.known.made.extend(records);
            }
        }
        self.answers();
    }

    /// Paths begin with a name, so no two things have the same.
    fn path_names(&self, root: &'a Node) {
        let mut seen: std::collections::BTreeMap<&str, (&str, Span)> = Default::default();
        for section in NAMED {
            for entry in self.section(root, section) {
                self.word(&entry.key, entry.key_span);
                if RESERVED.contains(&entry.key.as_str()) {
                    let message = format!("`{}` is a word of the language", entry.key);
                    self.error(entry.key_span, "bad-name", message, "choose another name");
                }
                if let Some((other, span)) = seen.insert(&entry.key, (section, entry.key_span)) {
                    let place = self.at.report.mention(self.at.file, span);
                    let message = format!(
                        "`{}` is the name of something in `{other}` already, at {place}",
                        entry.key
                    );
                    self.error(
                        entry.key_span,
                        "duplicate-id",
                        message,
                        "paths such as `name.field` need different names",
                    );
                }
            }
        }
    }

    fn declare_operations(&mut self, root: &'a Node) {
        let entries = self.section(root, "providers");
        self.known.providers = Index::of(entries);
        for (provider, entry) in entries.iter().enumerate() {
            self.known.webhooks.push(entry.value.get("webhooks"));
            let operations = entry
                .value
                .get("operations")
                .filter(|node| !crate::parts::is_nothing(node));
            for operation in
                operations.map_or(&[][..], |node| self.at.entries(node, "`operations`"))
            {
                let named = |key: &str| match operation.value.get(key).map(|node| &node.value) {
                    Some(Value::Scalar(s)) => {
                        let record = s
                            .text
                            .split_once('.')
                            .map_or(s.text.as_str(), |(record, _)| record);
                        self.known.record(record.trim())
                    }
                    _ => None,
                };
                let (creates, subject, reads) =
                    (named("creates"), named("takes_record"), named("reads"));
                let report = operation.value.get("every").is_some();
                self.known.made.extend(creates);
                self.word(&operation.key, operation.key_span);
                let path = format!("{}.{}", entry.key, operation.key);
                self.known
                    .operation_places
                    .insert(path, self.known.operations.len());
                self.known.operations.push(OperationInfo {
                    name: operation.key.clone(),
                    provider,
                    node: &operation.value,
                    answers: creates.or(subject).or(reads.filter(|_| !report)),
                });
            }
        }
        if self.known.operations.len() > OPERATIONS_MOST {
            self.error(
                Span::default(),
                "too-many",
                format!("more than {OPERATIONS_MOST} operations"),
                "",
            );
            self.known.operations.truncate(OPERATIONS_MOST);
        }
    }

    /// Marks the fields that only providers set: what a provider copies into a field of its own is nothing that steps
    /// know. Before tables and topics copy the record's fields.
    pub fn hide(&mut self, root: &'a Node) {
        for provider in self.section(root, "providers") {
            let Some(Value::Map(operations)) = provider.value.get("operations").map(|n| &n.value)
            else {
                continue;
            };
            for operation in operations {
                let record = match operation.value.get("takes_record").map(|n| &n.value) {
                    Some(Value::Scalar(name)) => self.known.record(name.text.trim()),
                    _ => None,
                };
                if let (Some(record), Some(Value::Scalar(adds))) = (record, operation.value.get("adds").map(|n| &n.value)) {
                    for field in &mut self.known.records[record.at()].fields {
                        field.hidden |= field.name == adds.text.trim();
                    }
                }
                let (Some(record), Some(Value::Map(sets))) =
                    (record, operation.value.get("set").map(|n| &n.value))
                else {
                    continue;
                };
                for field in &mut self.known.records[record.at()].fields {
                    field.hidden |= sets.iter().any(|set| set.key == field.name);
                }
            }
        }
    }

    fn declare_handlers(&mut self, root: &'a Node) {
        let entries = self.section(root, "services");
        self.known.services = Index::of(entries);
        for (service, entry) in entries.iter().enumerate() {
            let of = |key: &str| -> &'a [Entry] {
                match entry
                    .value
                    .get(key)
                    .filter(|node| !crate::parts::is_nothing(node))
                {
                    Some(node) => self.at.entries(node, &format!("`{key}`")),
                    None => &[],
                }
            };
            let (handlers, jobs) = (of("handlers"), of("jobs"));
            for handler in handlers {
                if self.known.handlers.len() >= HANDLERS_MOST {
                    self.error(
                        handler.key_span,
                        "too-many",
                        format!("more than {HANDLERS_MOST} handlers"),
                        "",
                    );
                    return;
                }
                self.word(&handler.key, handler.key_span);
                let path = format!("{}.{}", entry.key, handler.key);
                self.known
                    .handler_places
                    .insert(path, self.known.handlers.len());
                let read = self.declare_handler(service, &entry.key, handler);
                self.known.handlers.push(read);
            }
            for job in jobs {
                self.word(&job.key, job.key_span);
                if handlers.iter().any(|handler| handler.key == job.key) {
                    let message = format!(
                        "`{}` is the name of a handler of {} already",
                        job.key, entry.key
                    );
                    self.error(
                        job.key_span,
                        "duplicate-id",
                        message,
                        "paths need different names",
                    );
                }
                self.known.jobs.push((service, job.key.clone()));
            }
        }
        self.declare_modules(root);
    }

    pub(super) fn declare_handler(
        &mut self,
        service: usize,
        service_name: &str,
        entry: &'a Entry,
    ) -> HandlerInfo<'a> {
        let mut info = HandlerInfo {
            name: entry.key.clone(),
            service,
            span: entry.key_span,
            node: &entry.value,
            kind: HandlerKind::Called,
            inputs: Vec::new(),
            answers: None,
            topic: None,
            events_of: None,
            asks_state: false,
        };
        if [
            "replicas",
            "run",
            "queue",
            "slow",
            "pools",
            "start_up",
            "restart_after",
            "discovery",
            "probes",
            "pauses",
            "instances",
            "eject",
        ]
        .contains(&entry.key.as_str())
        {
            let message = format!(
                "`{}` is a field of services and cannot be a handler's name",
                entry.key
            );
            self.error(entry.key_span, "bad-name", message, "choose another name");
        }
        if let Some(from) = entry.value.get("from") {
            info.kind = HandlerKind::Consumer;
            let topic = from
                .get("topic")
                .and_then(|node| self.name(node, "`topic`"));
            info.topic = topic.and_then(|topic| self.known.topics.get(&topic.value));
            if let Some(topic) = info.topic {
                let fields = self
                    .known
                    .topic_fields
                    .get(topic)
                    .cloned()
                    .unwrap_or_default();
                info.inputs = fields
                    .iter()
                    .map(|f| (format!("event.{}", f.name), f.ty))
                    .collect();
                let named = from
                    .get("group")
                    .and_then(|node| self.name(node, "`group`"));
                let group = named.as_ref().map_or(service_name, |name| &name.value);
                if self
                    .known
                    .groups
                    .iter()
                    .any(|(t, g, _)| *t == topic && g == group)
                {
                    let message = format!(
                        "the group `{group}` reads {} already",
                        self.known.topics.name(topic)
                    );
                    let span = named.as_ref().map_or(entry.key_span, |name| name.span);
                    self.error(
                        span,
                        "duplicate-id",
                        message,
                        "say `group: name`, each with a name of its own",
                    );
                }
                self.known
                    .groups
                    .push((topic, group.to_owned(), self.known.handlers.len()));
            }
            return info;
        }
        let inputs = entry
            .value
            .get("input")
            .filter(|node| !crate::parts::is_nothing(node));
        for input in inputs.map_or(&[][..], |node| self.at.entries(node, "`input`")) {
            let Some(name) = self.name(&input.value, &format!("the type of `{}`", input.key))
            else {
                continue;
            };
            if let Some(provider) = name.value.strip_suffix(".event") {
                let provider = Spanned {
                    value: provider.to_owned(),
                    span: name.span,
                };
                let Some(provider) = self.find_provider(&provider) else {
                    continue;
                };
                info.events_of = Some(provider);
                info.inputs
                    .push((format!("{}.id", input.key), Ty::Id(None)));
                if let Some(record) = self.record_of_events(self.known.webhooks[provider]) {
                    info.inputs
                        .push((self.known.record_var(record), Ty::Record(record)));
                }
            } else if let Some(provider) = name.value.strip_suffix(".state") {
                let provider = Spanned { value: provider.to_owned(), span: name.span };
                let found = self.find_provider(&provider);
                if found.is_some() && (info.events_of != found || info.inputs.len() != 2) {
                    let help = format!("write `input: {{event: {p}.event, {}: {p}.state}}`", input.key, p = provider.value);
                    self.error(name.span, "bad-value", "the state of which an event tells stands directly behind the event", help);
                }
                info.asks_state = true;
                info.inputs.push((input.key.clone(), Ty::Plain(seatrial_sim::system::FieldKind::Text)));
            } else if let Some(record) = self.known.record(&name.value) {
                info.inputs.push((input.key.clone(), Ty::Record(record)));
            } else if let Some(ty) = self.ty(&name) {
                info.inputs.push((input.key.clone(), ty));
            }
        }
        info
    }

    /// The record whose states a provider's events tell of.
    fn record_of_events(&self, webhooks: Option<&'a Node>) -> Option<RecordId> {
        let send = webhooks?.get("send")?;
        let names = self.name_list(send, "send");
        names.iter().find_map(|name| {
            self.known
                .record(name.value.split_once('.').map_or(&name.value, |n| n.0))
        })
    }
}
