//! The values of parameters as they are in force: one list for the world, and one per configuration that some replica
//! runs with. What a fault overrides lies on top and is taken off when it ends.

use std::sync::Arc;

use crate::system::{NONE, ORDER_FIFO, Owner, ParamId, Patch, Policy, Run, SHED_NONE, Service, System, concurrency, deadline};

#[derive(Debug, Clone)]
pub struct Configs {
    params: usize,
    /// In force: configuration by configuration.
    values: Vec<i64>,
    /// Without overrides.
    base: Vec<i64>,
    /// By fault, in the order in which they began.
    overrides: Vec<(u16, Patch)>,
    asked: Arc<Asked>,
    services_each: usize,
    calls_each: usize,
    /// Configuration by configuration, what is asked for at every request: of services, and of calls.
    services: Vec<ServiceNow>,
    calls: Vec<CallNow>,
    /// Whether any service anywhere `learns`.
    pub anybody_learns: bool,
}

/// Which parameters those are that are asked for at every request.
#[derive(Debug)]
struct Asked {
    services: Vec<ServiceParams>,
    policies: Vec<Policy>,
}

#[derive(Debug)]
struct ServiceParams {
    workers: ParamId,
    cores: Option<ParamId>,
    queue: ParamId,
    slow: ParamId,
    rate: ParamId,
    concurrency: ParamId,
    wait: ParamId,
    order: ParamId,
    shed: ParamId,
    /// Neither warmed up nor scaled by how much it works.
    works_plainly: bool,
}

/// A service's settings, as an instance of it has them.
#[derive(Debug, Clone, Copy)]
pub struct ServiceNow {
    /// Threads, or requests in flight.
    pub workers: i64,
    /// Without a limit where a thread works with the core that it stands on.
    pub cores: i64,
    pub queue: i64,
    pub slow: f64,
    /// What its work takes is what was drawn, and nobody adds it up.
    pub works_plainly: bool,
    /// Neither a rate nor a limit on what is in hand stands before it.
    pub open: bool,
    /// It learns from its answers how much it can have in hand.
    pub learns: bool,
    /// Who waits is served in the order of coming, however long that takes.
    pub in_order: bool,
}

/// A call's settings, as an instance that makes it has them.
#[derive(Debug, Clone, Copy)]
pub struct CallNow {
    /// Nanoseconds; 0 is none.
    pub timeout: u64,
    /// Without breaker, rate limit, throttle, bulkhead, budget, hedge, without passing its deadline on and without asking
    /// elsewhere: as most are.
    pub plain: bool,
}

/// The configuration of the world, and of replicas that never got another.
pub const WORLD: u16 = 0;

impl Configs {
    pub fn new(system: &System, design: &[Patch]) -> Configs {
        let mut base: Vec<i64> = system.params.iter().map(|param| param.value).collect();
        for patch in design {
            base[patch.param.at()] = patch.value;
        }
        let asked = Asked {
            services: system.services.iter().map(ServiceParams::of).collect(),
            policies: system.calls.iter().map(|call| call.policy).collect(),
        };
        let mut configs = Configs {
            params: base.len(),
            values: Vec::new(),
            base,
            overrides: Vec::new(),
            services_each: asked.services.len(),
            calls_each: asked.policies.len(),
            asked: Arc::new(asked),
            services: Vec::new(),
            calls: Vec::new(),
            anybody_learns: false,
        };
        configs.renew();
        configs
    }

    #[inline(always)]
    pub fn service(&self, config: u16, service: u16) -> &ServiceNow {
        &self.services[config as usize * self.services_each + service as usize]
    }

    #[inline(always)]
    pub fn call(&self, config: u16, call: usize) -> CallNow {
        self.calls[config as usize * self.calls_each + call]
    }

    #[inline(always)]
    pub fn get(&self, config: u16, param: ParamId) -> i64 {
        self.values[config as usize * self.params + param.at()]
    }

    /// Without what faults lay over it.
    pub fn configured(&self, config: u16, param: ParamId) -> i64 {
        self.base[config as usize * self.params + param.at()]
    }

    /// A configuration like the newest of the service's, with patches; its number.
    pub fn derive(&mut self, from: u16, patches: &[Patch]) -> u16 {
        let count = self.base.len() / self.params.max(1);
        let start = from as usize * self.params;
        self.base.extend_from_within(start..start + self.params);
        let new = count * self.params;
        for patch in patches {
            self.base[new + patch.param.at()] = patch.value;
        }
        self.renew();
        count as u16
    }

    /// Changes one configuration.
    pub fn patch(&mut self, config: u16, patches: &[Patch]) {
        if patches.is_empty() {
            return;
        }
        for patch in patches {
            self.base[config as usize * self.params + patch.param.at()] = patch.value;
        }
        self.renew();
    }

    /// Changes what belongs to the world; it holds everywhere at once.
    pub fn set_world(&mut self, system: &System, patches: &[Patch]) {
        for patch in patches {
            if system.params[patch.param.at()].owner == Owner::World {
                for start in (0..self.base.len()).step_by(self.params.max(1)) {
                    self.base[start + patch.param.at()] = patch.value;
                }
            }
        }
        self.renew();
    }

    pub fn lay_over(&mut self, fault: u16, patch: Patch) {
        self.overrides.push((fault, patch));
        self.renew();
    }

    pub fn take_off(&mut self, fault: u16) {
        self.overrides.retain(|(of, _)| *of != fault);
        self.renew();
    }

    fn renew(&mut self) {
        self.values.clone_from(&self.base);
        for (_, patch) in &self.overrides {
            for start in (0..self.values.len()).step_by(self.params.max(1)) {
                self.values[start + patch.param.at()] = patch.value;
            }
        }
        let asked = Arc::clone(&self.asked);
        let values = || self.values.chunks(self.params.max(1));
        let services = values().flat_map(|values| asked.services.iter().map(|params| params.now(|param| values[param.at()])));
        let calls = values().flat_map(|values| asked.policies.iter().map(|policy| CallNow::of(policy, |param| values[param.at()])));
        (self.services, self.calls) = (services.collect(), calls.collect());
        self.anybody_learns = self.services.iter().any(|service| service.learns);
    }
}

impl ServiceParams {
    fn of(service: &Service) -> ServiceParams {
        let (workers, cores) = match service.run {
            Run::Threads { threads } => (threads, None),
            Run::Async { cores, in_flight } => (in_flight, Some(cores)),
        };
        let lines = &service.lines;
        ServiceParams {
            workers,
            cores,
            queue: service.queue,
            slow: service.slow,
            rate: lines.rate,
            concurrency: lines.concurrency,
            wait: service.wait,
            order: lines.order,
            shed: lines.shed,
            works_plainly: service.instances.is_none() && service.autoscale.is_none(),
        }
    }

    fn now(&self, of: impl Fn(ParamId) -> i64) -> ServiceNow {
        ServiceNow {
            workers: of(self.workers),
            cores: self.cores.map_or(i64::MAX, &of),
            queue: of(self.queue),
            slow: f64::from_bits(of(self.slow) as u64),
            works_plainly: self.works_plainly,
            open: f64::from_bits(of(self.rate) as u64) <= 0.0 && of(self.concurrency) == concurrency::NONE,
            learns: of(self.concurrency) < 0,
            in_order: of(self.order) == ORDER_FIFO && of(self.shed) == SHED_NONE && of(self.wait) == NONE,
        }
    }
}

impl CallNow {
    fn of(policy: &Policy, of: impl Fn(ParamId) -> i64) -> CallNow {
        CallNow { timeout: of(policy.timeout) as u64, plain: is_plain(policy, of) }
    }
}

fn is_plain(policy: &Policy, of: impl Fn(ParamId) -> i64) -> bool {
    let share = |param| f64::from_bits(of(param) as u64);
    let limits = [policy.breaker, policy.throttle, policy.rate];
    limits.into_iter().all(|param| share(param) <= 0.0)
        && share(policy.budget) < 0.0
        && of(policy.bulkhead) <= 0
        && of(policy.hedge_after) <= 0
        && of(policy.deadline) == deadline::FORGOTTEN
        && of(policy.elsewhere) == 0
}
