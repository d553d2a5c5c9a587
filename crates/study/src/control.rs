//! Controls: arms in which a proof must find nothing, or in which plain extravagance must not do as well as judgement.

use crate::claim::{Claim, Pairs, judge};
use crate::measure::Measure;
use crate::plan::Plan;
use crate::points::Rows;
use crate::proof::Point;
use seatrial_scenario::Gap;
use std::collections::BTreeMap;
use std::sync::Arc;

use seatrial_scenario::{Answers, Choice, Compiled};
use seatrial_sim::System;
use seatrial_sim::system::{ParamId, Patch};

/// A world in which nothing is lost: no request, no answer, and no answer that comes after its caller has stopped
/// waiting. Faults are switched off beside this.
pub(crate) fn nothing_is_lost(system: &Arc<System>) -> Arc<System> {
    let mut calm = System::clone(system);
    let mut zero = |param: ParamId| {
        if let Some(param) = calm.params.get_mut(param.at()) {
            param.value = 0;
        }
    };
    // A duration of 0 is no timeout, a ratio whose bits are 0 is 0.
    system
        .calls
        .iter()
        .for_each(|call| zero(call.policy.timeout));
    for provider in &system.providers {
        zero(provider.lost_request);
        zero(provider.lost_answer);
    }
    calm.into()
}

/// A design's patches without those that would bring timeouts and losses back.
pub(crate) fn without_losses(system: &System, patches: &[Patch]) -> Vec<Patch> {
    let lossy = |param: ParamId| {
        system.calls.iter().any(|call| call.policy.timeout == param)
            || system
                .providers
                .iter()
                .any(|provider| provider.lost_request == param || provider.lost_answer == param)
    };
    patches
        .iter()
        .filter(|patch| !lossy(patch.param))
        .copied()
        .collect()
}

/// The most elaborate answer to everything: the last option of each decision, the upper end of each range. Options stand
/// in a scenario from plain to elaborate.
pub(crate) fn shopper(compiled: &Compiled) -> (BTreeMap<String, String>, Vec<Patch>) {
    let mut answers = BTreeMap::new();
    let mut patches = Vec::new();
    for decision in &compiled.decisions {
        match &decision.answers {
            Answers::Options(choices) => {
                if let Some(Choice {
                    name, patches: set, ..
                }) = choices.last()
                {
                    answers.insert(decision.name.clone(), name.clone());
                    patches.extend(set.iter().copied());
                }
            }
            Answers::Value { param, to, .. } => patches.push(Patch {
                param: *param,
                value: *to,
            }),
        }
    }
    (answers, patches)
}

impl Plan {
    pub(crate) fn point_4(&self, by_arm: &Rows<'_>) -> Point {
        let mut failures = self.calm(by_arm);
        // The same design under another name and with other seeds.
        let own = self.base.get(&self.worst).copied().unwrap_or_default();
        let relabelled = self
            .claims
            .iter()
            .filter(|claim| claim.worse == self.worst)
            .map(|claim| {
                let pairs = self.pairs(by_arm, own, self.again, &claim.measure);
                (
                    Claim {
                        better: self.arms[self.again].name.clone(),
                        ..claim.clone()
                    },
                    pairs,
                )
            });
        for verdict in judge(&relabelled.collect::<Vec<_>>())
            .iter()
            .filter(|verdict| verdict.clears)
        {
            failures.push(format!(
                "{} separates {} from itself",
                verdict.claim.measure.name(),
                self.worst
            ));
        }
        for (name, arm) in [
            (
                "the shopper (the most elaborate answer everywhere)",
                self.shopper,
            ),
            ("the system as found", self.untouched),
        ] {
            if !self.beaten(by_arm, arm) {
                failures.push(format!("{name} does as well as {}", self.best));
            }
        }
        Self::failing(4, failures, Vec::new())
    }

    /// Differences in correctness between designs when nothing is lost and nothing breaks.
    fn calm(&self, by_arm: &Rows<'_>) -> Vec<String> {
        let mut family = Vec::new();
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for claim in &self.claims {
            let Some((&worse, &better)) = self
                .calm
                .get(&claim.worse)
                .zip(self.calm.get(&claim.better))
            else {
                continue;
            };
            if seen.contains(&(&claim.worse, &claim.better)) {
                continue;
            }
            seen.push((&claim.worse, &claim.better));
            for measure in self
                .measures
                .iter()
                .filter(|measure| matches!(measure, Measure::Broken(_)))
            {
                for (from, to, names) in [
                    (worse, better, (&claim.worse, &claim.better)),
                    (better, worse, (&claim.better, &claim.worse)),
                ] {
                    let claim = Claim {
                        measure: measure.clone(),
                        worse: names.0.clone(),
                        better: names.1.clone(),
                        gap: Gap::Ratio(0.0),
                    };
                    family.push((claim, self.pairs(by_arm, from, to, measure)));
                }
            }
        }
        let differs = judge(&family).into_iter().filter(|verdict| verdict.clears);
        differs
            .map(|v| {
                let (name, worse, better) =
                    (v.claim.measure.name(), &v.claim.worse, &v.claim.better);
                format!(
                    "nothing lost and no faults, yet {name}: {worse} {:.1}, {better} {:.1}",
                    v.worse_mean, v.better_mean
                )
            })
            .collect()
    }

    /// Whether the best design beats an arm: on a claimed measure by its gap, on what it costs by a trade's gap, or on the
    /// combined loss by a tenth.
    fn beaten(&self, by_arm: &Rows<'_>, arm: usize) -> bool {
        let best = self.base.get(&self.best).copied().unwrap_or_default();
        let mut claims: Vec<(Measure, Gap)> = self
            .claims
            .iter()
            .map(|claim| (claim.measure.clone(), claim.gap))
            .collect();
        claims.extend(
            self.trades
                .iter()
                .map(|trade| (trade.measure.clone(), trade.gap)),
        );
        claims.push((Measure::Loss, Gap::Ratio(0.1)));
        let name = self.arms[arm].name.clone();
        let family: Vec<(Claim, Pairs)> = claims
            .into_iter()
            .map(|(measure, gap)| {
                let pairs = self.pairs(by_arm, arm, best, &measure);
                (
                    Claim {
                        measure,
                        worse: name.clone(),
                        better: self.best.clone(),
                        gap,
                    },
                    pairs,
                )
            })
            .collect();
        judge(&family).iter().any(|verdict| verdict.clears)
    }
}
