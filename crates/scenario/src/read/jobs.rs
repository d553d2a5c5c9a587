//! `jobs`: what a clock starts: steps, the relay of an outbox, or a comparison with what a provider reports.

use seatrial_sim::system::{
    Compare, Handler, HandlerId, HandlerKind, Job, JobWork, Op, OperationId, OperationKind,
    ServiceId, StoreId, TableId, When,
};
use seatrial_source::{Entry, Fields, Node, Spanned, Value};

use crate::cx::{Cx, Place};
use crate::scope::Ty;
use crate::slot::Kind;
use crate::unit;

const SECOND: i64 = 1_000_000_000;

impl<'a> Cx<'a> {
    pub fn job(&mut self, service: usize, own: &Place, entry: &'a Entry) {
        let place = own.below(&entry.key);
        let job = self.at.map(&entry.value, "job", |f| {
            let enabled = self.field(f, &place, "enabled", Kind::Flag, 1);
            let when = self.when(f, &place);
            let work = self.job_work(f, service, &place);
            (enabled, when, work)
        });
        let Some((enabled, when, work)) = job else {
            return;
        };
        let work = work.unwrap_or(JobWork::Steps(HandlerId(0)));
        self.system.jobs.push(Job {
            name: entry.key.clone(),
            service: ServiceId(service as u16),
            enabled,
            when,
            work,
        });
    }

    fn when(&mut self, f: &mut Fields<'a>, place: &Place) -> When {
        match (f.optional("every"), f.optional("at")) {
            (Some(_), None) => When::Every(self.field(f, place, "every", Kind::Duration, SECOND)),
            (None, Some(node)) => {
                let of_day = self.time_of_day(node);
                self.zoned(f, node).map_or(When::At(of_day), When::Listed)
            }
            (Some(_), Some(_)) => {
                f.error(
                    f.key("at"),
                    "either-or",
                    "a job runs `every` so often or `at` a time, not both",
                    "",
                );
                When::At(0)
            }
            (None, None) => {
                f.error(
                    f.span(),
                    "missing-field",
                    "this job is never started",
                    "add `every: 5m` or `at: \"00:00\"`",
                );
                When::At(0)
            }
        }
    }

    pub fn time_of_day(&self, node: &Node) -> u64 {
        let text = match &node.value {
            Value::Scalar(scalar) => scalar.text.as_str(),
            _ => "",
        };
        unit::time_of_day(text).unwrap_or_else(|_| {
            let message = format!(
                "`at` must be a time of day, but is `{}`",
                seatrial_source::clip(text)
            );
            self.error(
                node.span,
                "wrong-unit",
                message,
                "such as \"00:00\" or \"23:30\", in quotes",
            );
            0
        })
    }

    fn job_work(&mut self, f: &mut Fields<'a>, service: usize, place: &Place) -> Option<JobWork> {
        let (steps, relay, compare) = (
            f.optional("steps"),
            f.optional("relay"),
            f.optional("compare"),
        );
        let gather = f.optional("gather");
        // What is gathered is given to the job's steps.
        let alone = if gather.is_some() { None } else { steps };
        let given = [alone, relay, compare, gather].iter().flatten().count();
        let help = "a job has `steps`, or is a `relay: store`, or a `compare:`, or a `gather:` with `steps`";
        if given != 1 {
            f.error(
                f.span(),
                "either-or",
                "this job does not do one thing",
                help,
            );
        }
        if relay.is_some() {
            let batch = self.field(f, place, "batch", Kind::count(1), 100);
            let order = self.late_field(f, place, "order", Kind::Word(&[("commit", 0), ("id", 1)]), 0);
            let relays = self.late_field(f, place, "relays", Kind::Count { least: 1, most: 100 }, 1);
            let name = self.named(f, "relay")?;
            let store = self.find_store(&name)?;
            self.known.relays.insert(store);
            self.known.pools_used.insert((service, store));
            return Some(JobWork::Relay {
                store: StoreId(store as u16),
                batch,
                order,
                relays,
            });
        }
        if compare.is_some() {
            return self
                .compare(f, service, place)
                .map(|compare| JobWork::Compare(Box::new(compare)));
        }
        if gather.is_some() {
            return self.gather(f, service, place, steps).map(|gather| JobWork::Gather(Box::new(gather)));
        }
        let handler = self.job_handler(service, place.clone(), &[], steps?, "steps");
        Some(JobWork::Steps(handler))
    }

    /// A handler that nobody calls by name.
    pub fn job_handler(
        &mut self,
        service: usize,
        place: Place,
        inputs: &[(String, Ty)],
        steps: &'a Node,
        key: &str,
    ) -> HandlerId {
        let handler = HandlerId(self.system.handlers.len() as u16);
        let name = place
            .path
            .split_once('.')
            .map_or(place.path.as_str(), |(_, name)| name)
            .to_owned();
        self.system.handlers.push(Handler {
            name,
            service: ServiceId(service as u16),
            entry: self.pc(),
            kind: HandlerKind::Job,
            regs: Vec::new(),
            inputs: Vec::new(),
            answers: None,
        });
        let mut body = self.body(service, handler, place, inputs, steps.span);
        body.used
            .extend(["enabled", "every", "older_than", "concurrency", "batch", "period", "timeout", "failures", "successes", "initial_delay"]
                .map(|name| (name.to_owned(), 1)));
        self.steps(steps, &mut body, key);
        self.emit(Op::End);
        self.write_later(&mut body);
        handler
    }

    fn compare(&mut self, f: &mut Fields<'a>, service: usize, place: &Place) -> Option<Compare> {
        let mut sides = None;
        let minutes = 3 * 60 * SECOND;
        let (mut older_than, mut concurrency) = (None, None);
        f.optional_one("compare", "comparison", |f| {
            let left = f
                .required("left")
                .and_then(|node| self.name(node, "`left`"));
            let right = f
                .required("right")
                .and_then(|node| self.name(node, "`right`"));
            let by = f.required("by");
            older_than = Some(self.field(f, place, "older_than", Kind::Limit, minutes));
            let at_once = self.field(f, place, "concurrency", Kind::Count { least: 1, most: 10_000 }, 4);
            self.late(at_once);
            concurrency = Some(at_once);
            let left = left.and_then(|left| self.report(&left));
            let right = right.and_then(|right| self.find_table(&right));
            sides = left.zip(right).zip(by);
        });
        let missing = f.optional("missing_right");
        let repeats = f.optional("left_repeats");
        let (((report, record), right), by) = sides?;
        self.known
            .pools_used
            .insert((service, self.known.tables[right].store));
        let left_fields = self.known.records[record.at()].fields.clone();
        let right_fields = self.known.tables[right].fields.clone();
        let (left_field, right_field) = self.pair(by, &left_fields, &right_fields)?;
        let inputs = [(self.known.record_var(record), Ty::Record(record))];
        let missing_right = missing.map(|node| {
            self.job_handler(
                service,
                place.below("missing_right"),
                &inputs,
                node,
                "missing_right",
            )
        });
        let mut twice = None;
        if let Some(node) = repeats {
            self.at.map(node, "rule for repeats", |f| {
                let by = f.spanned("by");
                let steps = f.required("do");
                if by.value.is_empty() {
                    return;
                }
                let field = self.find_field(&left_fields, self.known.record_name(record), &by);
                let steps = steps.map(|steps| {
                    self.job_handler(service, place.below("left_repeats"), &inputs, steps, "do")
                });
                twice = field.zip(steps);
            });
        }
        Some(Compare {
            report: OperationId(report as u16),
            right: TableId(right as u16),
            left_field,
            right_field,
            older_than: older_than?,
            concurrency: concurrency?,
            missing_right,
            repeats: twice,
        })
    }

    /// `{id: label}`, or one name for both.
    pub fn pair(
        &self,
        by: &'a Node,
        left: &[crate::scope::FieldInfo],
        right: &[crate::scope::FieldInfo],
    ) -> Option<(u8, u8)> {
        let (one, other) = match &by.value {
            Value::Map(entries) => match entries.as_slice() {
                [entry] => {
                    let one = Spanned {
                        value: entry.key.clone(),
                        span: entry.key_span,
                    };
                    (one, self.name(&entry.value, "a field")?)
                }
                _ => {
                    self.error(
                        by.span,
                        "bad-value",
                        "the two sides are paired by one field each",
                        "write `by: {left: right}`",
                    );
                    return None;
                }
            },
            _ => {
                let name = self.name(by, "`by`")?;
                (name.clone(), name)
            }
        };
        let one = self.find_field(left, "the left side", &one);
        let other = self.find_field(right, "the right side", &other);
        one.zip(other)
    }

    fn report(&self, name: &Spanned<String>) -> Option<(usize, seatrial_sim::system::RecordId)> {
        let place = self.find_operation(name)?;
        match self.system.operations.get(place).map(|o| &o.kind) {
            Some(OperationKind::Report { record, .. }) => Some((place, *record)),
            _ => {
                let message = format!("`{}` is no report", name.value);
                self.error(
                    name.span,
                    "wrong-type",
                    message,
                    "an operation with `reads: Record, every: 5m` is one",
                );
                None
            }
        }
    }
}
