//! Other people's systems: what they can be asked for, and what they tell by themselves. All parameters are the world's.

use super::{HandlerId, ParamId, Part, ProviderId, Quota, RecordId, StepId};
use crate::Outcome;

/// Somebody else's system. Its effects are real even when nobody hears of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    /// As the scenario calls it.
    pub name: String,
    /// Share of requests that get lost, with no effect: a ratio.
    pub lost_request: ParamId,
    /// Share of answers that get lost, with the effect: a ratio.
    pub lost_answer: ParamId,
    /// Requests per second; a rate of 0 is no limit. Beyond it the outcome is `refused`.
    pub limit: ParamId,
    /// The size of that limit's bucket: a count, at least one.
    pub burst: ParamId,
    /// A factor on the time of its operations, a ratio.
    pub slow: ParamId,
    /// What it does with idempotency keys; none: it does not know them.
    pub idempotency: Option<Idempotency>,
    /// What it tells by itself; none: nothing.
    pub webhooks: Option<Webhooks>,
}

/// Scope is (operation, key). Stores a fingerprint of the arguments and the first final answer, declines and
/// failures included (Stripe, "Idempotent requests").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idempotency {
    /// After this the key is new again.
    pub keep: ParamId,
    /// What a key with other arguments comes to.
    pub other_args: Outcome,
    /// What a key whose first request is still running comes to.
    pub concurrent: Outcome,
    /// Whether keys that many arrivals share are kept for all of their time: then so is the arrival that made them.
    pub shared: bool,
}

/// Events that a provider sends about its records. Its parameters are the world's.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhooks {
    /// Entering one of these states sends an event.
    pub send: Vec<(RecordId, u8)>,
    /// Receives register 0: the event's id, register 1: the record; with `tells`, register 2: the state of which it tells.
    pub to: HandlerId,
    /// The names of the states of `send`, as texts: an event says what was true when it was made, however late it comes.
    /// Empty when the handler does not ask.
    pub tells: Vec<u16>,
    /// From the change to the first attempt: drawn.
    pub delay: ParamId,
    /// The chance that an event is sent in two copies: a ratio.
    pub twice: ParamId,
    /// How long it waits between attempts, which is until somebody answers `ok`; `NONE` is one attempt only.
    pub retry: ParamId,
    /// After how long since the change there is no further attempt: a duration.
    pub give_up: ParamId,
    /// How long an attempt waits for its answer: a duration, 0 is for ever.
    pub timeout: ParamId,
}

/// What a provider can be asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// As the scenario calls it.
    pub name: String,
    /// Whose it is.
    pub provider: ProviderId,
    /// What it does.
    pub kind: OperationKind,
    /// From request to answer: drawn.
    pub takes: ParamId,
    /// Share of the time after which the effect is real: a ratio, from 0 to 1.
    pub effect_at: ParamId,
    /// The chance of `declined`, a ratio, with no effect on records.
    pub declined: ParamId,
    /// The chance of `failed`, a ratio, with no effect on records; drawn where it was not declined.
    pub error: ParamId,
    /// A limit of its own; none: the provider's alone.
    pub quota: Option<Quota>,
    /// Where its chance is drawn.
    pub step: StepId,
}

/// What an operation does to the provider's records.
#[derive(Debug, Clone, PartialEq)]
pub enum OperationKind {
    /// Makes a record; the arguments are its fields after the id.
    Create {
        /// What is made.
        record: RecordId,
        /// The state in which it begins: into `Record::states`.
        state: u8,
    },
    /// Moves the subject to another state and copies fields; `declined` when its state is not in `from`.
    Change {
        /// What kind the subject is.
        record: RecordId,
        /// The states that it may be in, as bits.
        from: u64,
        /// The state to which it goes.
        to: u8,
        /// Which field is given the value of which other: (into, from).
        copies: Vec<(u8, u8)>,
        /// What is done in parts, if it is: then argument 0 is how much.
        part: Option<Part>,
    },
    /// Answers with the newest record whose field has the value of argument 0, or `missing`. What is younger than
    /// `stale` is not seen.
    Find {
        /// What is looked for.
        record: RecordId,
        /// The field that is compared.
        by: u8,
        /// How old a record must be to be seen: a duration, 0 is at once.
        stale: ParamId,
    },
    /// Not called: a list of the records that comparisons read, as of the last full `every`.
    Report {
        /// What is listed.
        record: RecordId,
        /// How often the list is written anew: a duration.
        every: ParamId,
    },
    /// Answers after its time and leaves nothing.
    Nothing,
}
