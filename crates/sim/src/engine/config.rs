//! The values of parameters as they are in force: one list for the world, and one per configuration that some replica
//! runs with. What a fault overrides lies on top and is taken off when it ends.

use std::sync::Arc;

use crate::system::{Owner, ParamId, Patch, Policy, System};

#[derive(Debug, Clone)]
pub struct Configs {
    params: usize,
    /// In force: configuration by configuration.
    values: Vec<i64>,
    /// Without overrides.
    base: Vec<i64>,
    /// By fault, in the order in which they began.
    overrides: Vec<(u16, Patch)>,
    policies: Arc<[Policy]>,
    /// Configuration by configuration: whether a call is plain.
    plain: Vec<bool>,
}

/// The configuration of the world, and of replicas that never got another.
pub const WORLD: u16 = 0;

impl Configs {
    pub fn new(system: &System, design: &[Patch]) -> Configs {
        let mut base: Vec<i64> = system.params.iter().map(|param| param.value).collect();
        for patch in design {
            base[patch.param.at()] = patch.value;
        }
        let policies = system.calls.iter().map(|call| call.policy).collect();
        let mut configs = Configs { params: base.len(), values: Vec::new(), base, overrides: Vec::new(), policies, plain: Vec::new() };
        configs.renew();
        configs
    }

    /// Whether a call is made without breaker, rate limit, throttle, bulkhead, budget, hedge and without passing its deadline
    /// on: as most are, and known without looking at each.
    #[inline]
    pub fn is_plain(&self, config: u16, call: usize) -> bool {
        self.plain[config as usize * self.policies.len() + call]
    }

    #[inline]
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
        let values = self.values.chunks(self.params.max(1));
        let plain = values.flat_map(|values| self.policies.iter().map(|policy| is_plain(policy, |param| values[param.at()])));
        self.plain = plain.collect();
    }
}

fn is_plain(policy: &Policy, of: impl Fn(ParamId) -> i64) -> bool {
    let share = |param| f64::from_bits(of(param) as u64);
    let limits = [policy.breaker, policy.throttle, policy.rate];
    limits.into_iter().all(|param| share(param) <= 0.0)
        && share(policy.budget) < 0.0
        && of(policy.bulkhead) <= 0
        && of(policy.hedge_after) <= 0
        && of(policy.deadline) == 0
}
