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
    /// Endpoints: how long a change takes to each caller's instance, a distribution.
    pub delay: ParamId,
    /// DNS: how long a resolver keeps an answer, and after how long connections are made anew; 0 is never.
    pub ttl: ParamId,
    pub pool_age: ParamId,
    /// Registry: how often an instance renews its lease, how long a lease lasts; how often a caller fetches the list, and how
    /// often the registry makes a new one to be fetched.
    pub renew: ParamId,
    pub expires: ParamId,
    pub fetch: ParamId,
    pub cache: ParamId,
    /// How long a connection to an address where no machine is any more takes to fail; 0 is at once.
    pub connect: ParamId,
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
    /// Failures one after the other.
    pub after: ParamId,
    /// For how long, times how often it was.
    pub base: ParamId,
    /// The share of instances that may be left out; one always may.
    pub most: ParamId,
}

/// A request of the platform to each instance, again and again. Durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probe {
    pub kind: ProbeKind,
    pub handler: HandlerId,
    /// It needs no worker and waits in no queue.
    pub own_port: bool,
    pub initial_delay: ParamId,
    pub period: ParamId,
    pub timeout: ParamId,
    /// One after the other.
    pub failures: ParamId,
    pub successes: ParamId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProbeKind {
    /// Until it has succeeded the others are not made.
    Startup,
    /// Decides whether the instance is in the lists of endpoints.
    Ready,
    /// Failing, the instance is ended and started again.
    Live,
}
