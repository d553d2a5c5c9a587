//! What stands before a service's workers: its queue's order, what happens when that is full, who is shed, how much is let in.

use seatrial_sim::system::{
    BLOCK, Lines, ORDER_ADAPTIVE, ORDER_FIFO, ORDER_LIFO, ORDER_PRIORITY, ParamId, SHED_CODEL, SHED_CONTROLLED, SHED_NONE, concurrency,
};
use seatrial_source::{Fields, Span, Value};

use crate::cx::{Cx, Place};
use crate::slot::Kind;
use crate::unit;

const ORDER: Kind = Kind::Word(&[("fifo", ORDER_FIFO), ("lifo", ORDER_LIFO), ("priority", ORDER_PRIORITY), ("adaptive lifo", ORDER_ADAPTIVE)]);
const SHED: Kind = Kind::Word(&[("none", SHED_NONE), ("codel", SHED_CODEL), ("controlled delay", SHED_CONTROLLED)]);
/// RFC 8289, 4.2 and 4.3: a target of 5 ms, an interval of 100 ms. So has “Fail at Scale”.
const TARGET_NS: i64 = 5_000_000;
const INTERVAL_NS: i64 = 100_000_000;

/// What `full` may say: a backlog is so long.
pub(crate) fn full(text: &str) -> Option<i64> {
    match text.split_once(' ') {
        None if text == "reject" => Some(0),
        None if text == "block" => Some(BLOCK),
        Some(("backlog", long)) => unit::count(long).ok().filter(|long| (1..=1_000_000).contains(long)),
        _ => None,
    }
}

/// What `concurrency` may say: a number, or how it is learnt.
pub(crate) fn in_hand(text: &str) -> Option<i64> {
    match text {
        "none" => Some(concurrency::NONE),
        "aimd" => Some(concurrency::AIMD),
        "gradient" => Some(concurrency::GRADIENT),
        number => unit::count(number).ok().filter(|number| (1..=1_000_000).contains(number)),
    }
}

impl<'a> Cx<'a> {
    /// `order`: that of `queue: lifo 128`, unless the field says another.
    pub fn lines(&mut self, f: &mut Fields<'a>, own: &Place, order: i64) -> Lines {
        let order = self.field(f, own, "order", ORDER, order);
        let full = self.field(f, own, "full", Kind::Full, 0);
        let shed = self.field(f, own, "shed", SHED, SHED_NONE);
        let target = self.field(f, own, "target", Kind::Duration, TARGET_NS);
        let interval = self.field(f, own, "interval", Kind::Duration, INTERVAL_NS);
        let (rate, burst) = self.rate_limit(f, own);
        let concurrency = self.field(f, own, "concurrency", Kind::InHand, concurrency::NONE);
        self.late_lines(Lines { order, full, shed, target, interval, rate, burst, concurrency })
    }

    /// Of a service that says nothing of how it runs.
    pub fn plain_lines(&mut self, own: &Place, span: Span) -> Lines {
        let mut param = |name: &str, kind: Kind, value: i64| self.param(own, name, kind, value, span);
        let lines = Lines {
            order: param("order", ORDER, ORDER_FIFO),
            full: param("full", Kind::Full, 0),
            shed: param("shed", SHED, SHED_NONE),
            target: param("target", Kind::Duration, TARGET_NS),
            interval: param("interval", Kind::Duration, INTERVAL_NS),
            rate: param("rate_limit", Kind::RateLimit, 0),
            burst: param("rate_limit-burst", Kind::count(0), 0),
            concurrency: param("concurrency", Kind::InHand, concurrency::NONE),
        };
        self.late_lines(lines)
    }

    fn late_lines(&mut self, lines: Lines) -> Lines {
        let Lines { order, full, shed, target, interval, rate, burst, concurrency } = lines;
        for param in [order, full, shed, target, interval, rate, burst, concurrency] {
            self.late(param);
        }
        lines
    }

    /// `rate_limit: 50/s burst 10`. The burst stands directly behind the rate: `Kind::RateLimit` relies on it.
    pub fn rate_limit(&mut self, f: &mut Fields<'a>, place: &Place) -> (ParamId, ParamId) {
        let node = f.optional("rate_limit");
        let rate = self.field(f, place, "rate_limit", Kind::RateLimit, 0);
        let burst = match node.map(|node| &node.value) {
            Some(Value::Scalar(scalar)) => unit::limit(&scalar.text).map_or(0, |limit| limit.1),
            _ => 0,
        };
        let span = node.map_or_else(|| f.span(), |node| node.span);
        (rate, self.param(place, "rate_limit-burst", Kind::count(0), burst, span))
    }
}
