//! What lies between two parts: how long it takes, what it loses, whether anything gets through.

use super::{ClientId, ParamId, ProviderId, ServiceId, StepId, StoreId, TopicId};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Client(ClientId),
    Service(ServiceId),
    Store(StoreId),
    Provider(ProviderId),
    Topic(TopicId),
}

/// The way from those who ask to those who are asked, and back. Without one, what is sent is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    pub name: String,
    pub from: Vec<End>,
    pub to: Vec<End>,
    /// One way, drawn for each.
    pub latency: ParamId,
    /// Share of packets: what was in one is sent again, so it comes later.
    pub loss: ParamId,
    /// Shares of requests, and of answers, of which nobody hears any more.
    pub lost_request: ParamId,
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
    pub step: StepId,
}

pub const CUT_THERE: i64 = 1;
pub const CUT_BACK: i64 = 2;
