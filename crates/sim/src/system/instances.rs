//! How instances of a service end.

/// What a process does with SIGTERM.
pub mod on_term {
    /// Dies at once: what nobody handles the signal for.
    pub const EXIT: i64 = 0;
    /// Takes nothing new, finishes what it has, and exits.
    pub const DRAIN: i64 = 1;
    /// Goes on until SIGKILL: a shell as process 1 does not pass the signal on.
    pub const IGNORE: i64 = 2;
}

use super::{HandlerId, ParamId, StepId};

/// How those who call a service know which instances it has. Without one everybody knows at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Discovery {
    /// A word of `by`.
    pub by: ParamId,
    /// Endpoints: how long a change takes to each caller's instance, drawn.
    pub delay: ParamId,
    /// DNS: how long a resolver keeps an answer, a duration.
    pub ttl: ParamId,
    /// DNS: after how long connections are made anew, a duration; 0 is never.
    pub pool_age: ParamId,
    /// Registry: how often an instance renews its lease, a duration.
    pub renew: ParamId,
    /// Registry: how long a lease lasts that is not renewed, a duration.
    pub expires: ParamId,
    /// Registry: how often a caller fetches the list, a duration.
    pub fetch: ParamId,
    /// Registry: how often the list is made anew that is fetched, a duration; 0 is at every change.
    pub cache: ParamId,
    /// How long a connection to an address where no machine is any more takes to fail, a duration; 0 is at once.
    pub connect: ParamId,
    /// Where delays and times are drawn.
    pub step: StepId,
}

/// What knows where a service is.
pub mod by {
    /// The platform tells each node of each change (Kubernetes: EndpointSlice and kube-proxy).
    pub const ENDPOINTS: i64 = 0;
    /// Names, resolved again when a connection fails or is too old, from a cache.
    pub const DNS: i64 = 1;
    /// Instances register and renew; callers fetch the list (Eureka).
    pub const REGISTRY: i64 = 2;
}

/// Leaves out instances that keep failing (Envoy, outlier detection): each caller for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ejection {
    /// Failures one after the other: a count, at least one.
    pub after: ParamId,
    /// For how long, times how often it was, a duration; five minutes at most or `base` itself (`max_ejection_time`).
    pub base: ParamId,
    /// The share of instances that may be left out, a ratio; one always may.
    pub most: ParamId,
}

/// How often each instance stands still by itself, and for how long: distributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pauses {
    /// From the end of one to the beginning of the next.
    pub every: ParamId,
    /// How long one lasts.
    pub lasts: ParamId,
    /// Where both are drawn.
    pub step: StepId,
}

/// A request of the platform to each instance, again and again. Names are those of the kubelet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probe {
    /// What it decides.
    pub kind: ProbeKind,
    /// What it runs; `ok` is success, and everything else, an answer that does not come included, is failure.
    pub handler: HandlerId,
    /// It needs no worker and waits in no queue.
    pub own_port: bool,
    /// From when the instance runs to the first: a duration.
    pub initial_delay: ParamId,
    /// From one to the next: a duration, at least a millisecond.
    pub period: ParamId,
    /// How long an answer may take: a duration.
    pub timeout: ParamId,
    /// How many failures one after the other are one too many: a count.
    pub failures: ParamId,
    /// How many successes one after the other make an instance ready again; the other kinds need one.
    pub successes: ParamId,
}

/// What a probe decides about its instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProbeKind {
    /// Until it has succeeded the others are not made.
    Startup,
    /// Decides whether the instance is in the lists of endpoints.
    Ready,
    /// Failing, the instance is ended and started again.
    Live,
}
