//! The same scenario, a little different: a proof that holds only for one load, one latency or one moment of a fault
//! proves the moment.

use crate::plan::Plan;
use crate::points::Rows;
use crate::proof::{Point, State};
use std::sync::Arc;

use seatrial_scenario::Compiled;
use seatrial_sim::System;
use seatrial_sim::system::ParamId;

const MINUTE_NS: i64 = 60_000_000_000;

/// The variations that the scenario declares.
pub(crate) fn declared(compiled: &Compiled) -> Vec<(String, Arc<System>)> {
    let system = |name: &str| compiled.varied(name).ok().map(|varied| (format!("variation {name}"), Arc::new(varied.system)));
    compiled.variations.iter().filter_map(|variation| system(&variation.name)).collect()
}

/// Named systems: load, latency and lengths of faults times 0.7 and 1.4; faults three minutes earlier and later.
pub(crate) fn variations(system: &Arc<System>) -> Vec<(String, Arc<System>)> {
    let mut all = Vec::new();
    for factor in [0.7, 1.4] {
        let load = system.clients.iter().map(|client| client.rate);
        all.push((format!("load × {factor}"), scaled(system, load, factor)));
        let slow = system.providers.iter().map(|provider| provider.slow);
        let slow = slow.chain(system.services.iter().map(|service| service.slow));
        let slow = slow.chain(system.stores.iter().map(|store| store.slow));
        all.push((format!("latency × {factor}"), scaled(system, slow, factor)));
        let mut longer = System::clone(system);
        longer
            .faults
            .iter_mut()
            .for_each(|fault| fault.lasts = (fault.lasts as f64 * factor) as u64);
        all.push((format!("faults last × {factor}"), longer.into()));
    }
    for (name, shift) in [
        ("faults 3m earlier", -3 * MINUTE_NS),
        ("faults 3m later", 3 * MINUTE_NS),
    ] {
        let mut moved = System::clone(system);
        moved
            .faults
            .iter_mut()
            .for_each(|fault| fault.at = fault.at.saturating_add_signed(shift));
        all.push((name.to_owned(), moved.into()));
    }
    all
}

/// Parameters that hold an `f64`, times a factor.
fn scaled(system: &Arc<System>, params: impl Iterator<Item = ParamId>, factor: f64) -> Arc<System> {
    let mut changed = System::clone(system);
    for param in params {
        if let Some(param) = changed.params.get_mut(param.at()) {
            param.value = (f64::from_bits(param.value as u64) * factor).to_bits() as i64;
        }
    }
    changed.into()
}

impl Plan {
    pub(crate) fn point_5(&self, by_arm: &Rows<'_>) -> Point {
        if self.varied.is_empty() {
            return Self::point(5, State::NotChecked("needs --full"), Vec::new());
        }
        let mut failures = Vec::new();
        for (name, side) in &self.varied {
            let (pairs, trades) = self.claimed(side, by_arm);
            failures.extend(
                self.missing(&pairs, &trades)
                    .into_iter()
                    .map(|said| format!("{name}: {said}")),
            );
        }
        Self::failing(5, failures, Vec::new())
    }
}
