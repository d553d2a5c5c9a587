//! Topics of `kind: queue`, and how a handler takes messages.

use seatrial_sim::system::{Consuming, GroupId, NONE, QueueRules, Topic, park};
use seatrial_source::{Entry, Fields};

use super::records::plain;
use crate::cx::{Cx, Place};
use crate::scope::FieldInfo;
use crate::slot::Kind;
use crate::unit::DistOf;

const SECOND: i64 = 1_000_000_000;

const REBALANCE: &[(&str, i64)] = &[("cooperative", 0), ("eager", 1)];

impl<'a> Cx<'a> {
    pub fn queue_topic(&mut self, entry: &'a Entry, f: &mut Fields<'a>, place: &Place, fields: &[FieldInfo], keyed: bool) {
        // Amazon SQS: VisibilityTimeout 30 s, DelaySeconds 0, MessageRetentionPeriod four days.
        let visibility = self.field(f, place, "visibility", Kind::Limit, 30 * SECOND);
        let delay = self.field(f, place, "delay", Kind::Limit, 0);
        let keep = self.field(f, place, "keep", Kind::Duration, 4 * 86_400 * SECOND);
        let fifo = f.flag("fifo");
        if fifo && !keyed {
            f.error(f.key("fifo"), "missing-field", "messages of what keep their order?", "say `key: field`");
        }
        let acknowledged = self.dist(seatrial_sim::system::Dist::log_normal(3e6, 0.5));
        let takes = self.field(f, place, "takes", Kind::Dist(DistOf::Time), acknowledged);
        // Without a visibility nobody but the consumer ends the wait: it says so at once, as Spring AMQP does.
        let at_once = self.backoff(super::NO_BACKOFF);
        let default = if self.system.params[visibility.at()].value == 0 { at_once } else { NONE };
        let failing = place.below("failing");
        let mut pair = None;
        f.optional_one("failing", "rule for failing messages", |f| {
            let nack = self.field(f, &failing, "nack", Kind::Nack, default);
            pair = Some((nack, self.field(f, &failing, "park", Kind::Park, park::NEVER)));
        });
        let span = f.span();
        let (nack, park) = pair.unwrap_or_else(|| {
            let nack = self.param(&failing, "nack", Kind::Nack, default, span);
            (nack, self.param(&failing, "park", Kind::Park, park::NEVER, span))
        });
        let mut unused = |name: &str, value: i64| self.param(&place.below("of_a_log"), name, Kind::Limit, value, span);
        let (again, session) = (unused("again", SECOND), unused("session", 45 * SECOND));
        let partitions = self.param(&place.below("of_a_log"), "partitions", Kind::count(1), 1, span);
        for name in ["again", "session", "partitions"] {
            self.paths.remove(&format!("{}.of_a_log.{name}", place.path));
        }
        self.system.topics.push(Topic {
            name: entry.key.clone(),
            fields: fields.iter().map(plain).collect(),
            partitions,
            keep,
            again,
            park,
            session,
            takes,
            queue: Some(QueueRules { visibility, delay, nack, fifo }),
        });
    }

    /// How many messages a replica takes at a time, and holds.
    pub fn consuming(&mut self, f: &mut Fields<'a>, place: &Place, group: Option<GroupId>) {
        let topic = group.map(|group| &self.system.topics[self.system.groups[group.at()].topic.at()]);
        let Some((topic, group)) = topic.zip(group) else { return };
        if topic.queue.is_none() {
            let concurrency = self.given(f, place, "concurrency", Kind::count(1));
            let poll_limit = self.given(f, place, "poll_limit", Kind::Limit);
            let commit_every = self.given(f, place, "commit_every", Kind::Limit);
            let eager = self.given(f, &Place::world(&place.path), "rebalance", Kind::Word(REBALANCE));
            self.system.groups[group.at()].consuming = Consuming { concurrency, poll_limit, commit_every, eager, ..Consuming::default() };
            return;
        }
        // As many as one request for messages brings at most (Amazon SQS: MaxNumberOfMessages 10).
        let concurrency = self.field(f, place, "concurrency", Kind::count(1), 10);
        let prefetch = self.field(f, place, "prefetch", Kind::Bulkhead, 0);
        let extend = self.field(f, place, "extend", Kind::Limit, 0);
        self.system.groups[group.at()].consuming =
            Consuming { concurrency: Some(concurrency), prefetch: Some(prefetch), extend: Some(extend), ..Consuming::default() };
    }
}
