//! The same scenario, a little different: what may change from one interview to the next.

use seatrial_sim::system::{FaultId, Patch};
use seatrial_source::nearest;
use sha2::{Digest, Sha256};

use crate::model::{Answers, Compiled};

/// The same scenario, a little different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variation {
    pub name: String,
    pub says: String,
    /// Of the system as found.
    pub patches: Vec<Patch>,
    pub faults: Vec<Moved>,
}

/// A fault at another time, for another while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    pub fault: FaultId,
    /// After the end of the warm-up, in nanoseconds.
    pub at: u64,
    /// Nanoseconds; 0 for what has no duration.
    pub lasts: u64,
}

impl Compiled {
    /// The scenario as one of its variations: a system, a default of each decision and a hash of its own. A sentence when
    /// there is none of that name.
    pub fn varied(&self, name: &str) -> Result<Compiled, String> {
        let Some(variation) = self.variations.iter().find(|variation| variation.name == name) else {
            let known = self.variations.iter().map(|variation| variation.name.as_str());
            return Err(match (nearest(name, known.clone()), self.variations.is_empty()) {
                (_, true) => format!("there is no variation `{name}`: this scenario has none"),
                (Some(near), _) => format!("there is no variation `{name}`; did you mean `{near}`?"),
                (None, _) => format!("there is no variation `{name}`: one of {}", known.collect::<Vec<_>>().join(", ")),
            });
        };
        let mut varied = self.clone();
        for patch in &variation.patches {
            varied.system.params[patch.param.at()].value = patch.value;
            for decision in &mut varied.decisions {
                if let Answers::Value { param, default, .. } = &mut decision.answers
                    && *param == patch.param
                {
                    *default = patch.value;
                }
            }
        }
        for moved in &variation.faults {
            let fault = &mut varied.system.faults[moved.fault.at()];
            (fault.at, fault.lasts) = (moved.at, moved.lasts);
        }
        varied.hash = crate::compile::hex(&Sha256::digest(format!("{}#{name}", self.hash)));
        varied.variation = Some(name.to_owned());
        Ok(varied)
    }
}
