//! Queues: a topic whose messages are handed to whoever is free, one at a time each, and deleted when they are done with
//! (Amazon SQS, RabbitMQ). Each group has a queue of its own, as behind a fan-out exchange.

use super::ParamId;

/// What makes a topic a queue instead of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueRules {
    /// How long a message that was handed out is hidden from others; 0 is until the consumer's connection breaks.
    pub visibility: ParamId,
    /// How long a new message is hidden at first.
    pub delay: ParamId,
    /// After how long a message that failed can be had again: a back-off by the number of receives, or `NONE` when nobody
    /// tells the queue, so that it waits for the end of its visibility.
    pub nack: ParamId,
    /// Messages of one key are handled one after the other, in order; one that fails blocks its key.
    pub fifo: bool,
}

/// How the replicas of a service take messages. All belong to the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Consuming {
    /// Messages that a replica works on at one time. None is as many as come.
    pub concurrency: Option<ParamId>,
    /// Messages that a replica holds at one time, those that it works on included; 0 is as many as it works on.
    pub prefetch: Option<ParamId>,
    /// Of a log: how long the work on one message may take; who takes longer is taken for dead. 0 is for ever.
    pub poll_limit: Option<ParamId>,
    /// Of a log: how often what is done is committed; 0 is at once.
    pub commit_every: Option<ParamId>,
    /// Of a log, and the world's: whether everybody stops while partitions are shared anew, a flag.
    pub eager: Option<ParamId>,
    /// How often a replica extends the visibility of what it works on; 0 is never.
    pub extend: Option<ParamId>,
}
