//! What the instruments have, sorted by who did it. The truth is left out at the door: nothing behind it can tell it.

use std::collections::BTreeMap;

use seatrial_sim::engine::{Beat, Carried, Cause, Moment, SpanId};
use seatrial_sim::system::{HandlerId, ServiceId, System};

/// One run of a handler.
#[derive(Debug)]
pub(crate) struct Act<'a> {
    pub handler: HandlerId,
    pub service: ServiceId,
    /// Its number in the service, from 1.
    pub replica: u32,
    /// By how much its instance's clock was ahead when it began. It stamps all it writes with that clock.
    pub ahead_ms: i32,
    pub began: u64,
    pub cause: Cause,
    /// Who caused it, where that was passed on.
    pub parent: Option<SpanId>,
    pub carries: Vec<(Carried, i64)>,
    /// All it did, in order; the first is its beginning.
    pub moments: Vec<&'a Moment>,
}

#[derive(Debug, Default)]
pub(crate) struct Index<'a> {
    pub acts: BTreeMap<SpanId, Act<'a>>,
    /// Whom each caused, in the order in which they began.
    pub caused: BTreeMap<SpanId, Vec<SpanId>>,
    /// What happened without a handler: processes, consumers' own doing.
    pub loose: Vec<&'a Moment>,
    /// The last run of a handler for a message.
    pub handled: BTreeMap<SpanId, SpanId>,
    /// Joined by what caused what, whether or not anything was passed on. Nobody inside knows that much.
    in_truth: bool,
}

/// Who passed the context of its trace on.
#[derive(Default)]
struct Passed {
    in_truth: bool,
    calls: BTreeMap<SpanId, SpanId>,
    messages: BTreeMap<SpanId, SpanId>,
}

impl<'a> Index<'a> {
    /// Joined by what was passed on.
    pub fn of(system: &System, moments: impl IntoIterator<Item = &'a Moment>) -> Index<'a> {
        Index::joined(system, moments, false)
    }

    /// Joined by what caused what.
    pub fn in_truth(system: &System, moments: impl IntoIterator<Item = &'a Moment>) -> Index<'a> {
        Index::joined(system, moments, true)
    }

    fn joined(system: &System, moments: impl IntoIterator<Item = &'a Moment>, in_truth: bool) -> Index<'a> {
        let mut index = Index { in_truth, ..Index::default() };
        let mut passed = Passed { in_truth, ..Passed::default() };
        for moment in moments.into_iter().filter(|moment| moment.beat.is_visible()) {
            passed.note(moment);
            match moment.beat {
                Beat::Begins { handler, replica, cause, .. } => {
                    let parent = passed.parent(moment, cause);
                    if let Some(parent) = parent {
                        index.caused.entry(parent).or_default().push(moment.act);
                    }
                    if let Cause::Message { message, .. } = cause {
                        index.handled.insert(message, moment.act);
                    }
                    let service = system.handlers[handler.at()].service;
                    let (began, carries, moments) = (moment.at, Vec::new(), vec![moment]);
                    let act = Act { handler, service, replica: replica.into(), ahead_ms: 0, began, cause, parent, carries, moments };
                    index.acts.insert(moment.act, act);
                }
                Beat::ClockOff { ahead_ms } => {
                    if let Some(act) = index.acts.get_mut(&moment.act) {
                        act.ahead_ms = ahead_ms;
                    }
                }
                Beat::Carries { as_, id } => {
                    if let Some(act) = index.acts.get_mut(&moment.act) {
                        act.carries.push((as_, id));
                    }
                }
                Beat::SagaResumes { by, .. } => index.resumes(moment, by),
                _ => match index.acts.get_mut(&moment.act) {
                    Some(act) => act.moments.push(moment),
                    None => index.loose.push(moment),
                },
            }
        }
        index
    }

    /// The saga's journal keeps the context of the trace in which it began.
    fn resumes(&mut self, moment: &'a Moment, by: SpanId) {
        let joins = (moment.correlated || self.in_truth) && self.acts.contains_key(&by);
        if let Some(act) = self.acts.get_mut(&moment.act) {
            act.moments.push(moment);
            if joins {
                act.parent = Some(by);
                self.caused.entry(by).or_default().push(moment.act);
            }
        }
    }

    /// The first cause that is known. A cause is older than what it causes, so there is no circle.
    pub fn root(&self, act: SpanId) -> SpanId {
        let mut at = act;
        while let Some(parent) = self.acts.get(&at).and_then(|act| act.parent).filter(|parent| self.acts.contains_key(parent)) {
            at = parent;
        }
        at
    }
}

impl Passed {
    fn note(&mut self, moment: &Moment) {
        match moment.beat {
            Beat::Calls { .. } if moment.correlated || self.in_truth => {
                self.calls.insert(moment.call, moment.act);
            }
            Beat::Published { message, .. } if (moment.correlated || self.in_truth) && moment.act.is_some() => {
                self.messages.insert(message, moment.act);
            }
            _ => {}
        }
    }

    fn parent(&self, begins: &Moment, cause: Cause) -> Option<SpanId> {
        let from = match cause {
            Cause::Call { call, .. } => self.calls.get(&call),
            Cause::Message { message, .. } => self.messages.get(&message),
            // Nobody outside passes our ids on, and a clock has none.
            Cause::Event { .. } | Cause::Itself | Cause::Move | Cause::Item => None,
        };
        from.copied().filter(|_| begins.correlated || self.in_truth)
    }
}
