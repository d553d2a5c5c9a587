//! What lies between two parts: how long it takes, what it loses, whether anything gets through.

use super::{ClientId, ParamId, ProviderId, ServiceId, StepId, StoreId, TopicId};

/// A part that can stand at an end of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// People.
    Client(ClientId),
    /// Instances of a service.
    Service(ServiceId),
    /// A store.
    Store(StoreId),
    /// Somebody else's system.
    Provider(ProviderId),
    /// A broker, as far as it is about this topic.
    Topic(TopicId),
}

/// The way from those who ask to those who are asked, and back. Without one, what is sent is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// As the scenario calls it.
    pub name: String,
    /// Who asks.
    pub from: Vec<End>,
    /// Who is asked.
    pub to: Vec<End>,
    /// One way, drawn for each.
    pub latency: ParamId,
    /// Share of packets: what was in one is sent again, so it comes later.
    pub loss: ParamId,
    /// Share of requests of which nobody hears any more: a ratio.
    pub lost_request: ParamId,
    /// Share of answers of which nobody hears any more: a ratio.
    pub lost_answer: ParamId,
    /// A word: through which of the two directions nothing gets. Bits: `CUT_THERE`, `CUT_BACK`.
    pub cut: ParamId,
    /// The cut is for the first so many replicas of those who ask; 0 is for all.
    pub cut_replicas: ParamId,
    /// How long a connection may take to open; 0 is for as long as the kernel tries.
    pub connect: ParamId,
    /// For how long what is not acknowledged is sent again.
    pub gives_up: ParamId,
    /// How long a connection is used; 0 is for ever.
    pub lifetime: ParamId,
    /// Where its chance is drawn.
    pub step: StepId,
}

/// Nothing gets from those who ask to those who are asked.
pub const CUT_THERE: i64 = 1;
/// Nothing gets back.
pub const CUT_BACK: i64 = 2;
