//! How long things take when nobody is in the way, and timeouts that are shorter than that.

use seatrial_sim::system::{ProbeKind, CallDef, Dist, HandlerId, Op, ParamId, Target};

use super::{Look, time_text};

/// Nanoseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Takes {
    pub mean: f64,
    /// Of several steps the sum of their medians, which is less than the median of the sum where times lean to the right,
    /// as all of the language's do.
    pub median: f64,
}

/// What a handler takes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Lasts {
    /// Until its caller has an answer.
    pub answer: Takes,
    /// Until it holds nothing any more.
    pub hold: Takes,
    /// Work alone, which holds a core: mean nanoseconds.
    pub work: f64,
}

/// Calls do not go deeper.
const DEEP: usize = 24;

impl Takes {
    fn add(&mut self, other: Takes) {
        self.mean += other.mean;
        self.median += other.median;
    }

    fn times(self, factor: f64) -> Takes {
        Takes { mean: self.mean * factor, median: self.median * factor }
    }
}

impl Look<'_> {
    fn dist(&self, param: ParamId) -> Option<Dist> {
        usize::try_from(self.value(param)).ok().and_then(|at| self.system.dists.get(at)).copied()
    }

    fn takes(&self, param: ParamId) -> Takes {
        self.dist(param).map_or(Takes::default(), |dist| Takes { mean: dist.mean(), median: median(dist) })
    }

    /// What a caller waits for the callee, at most as long as it does.
    fn waits(&self, call: &CallDef, lasts: &[Lasts]) -> Takes {
        let limit = self.value(call.policy.timeout) as f64;
        let cut = |takes: Takes, mean: f64| match limit > 0.0 {
            true => Takes { mean, median: takes.median.min(limit) },
            false => takes,
        };
        match call.target {
            Target::Handler(id) => {
                let takes = lasts[id.at()].answer;
                // As if it were exponential: a callee of several steps varies less, and is cut off less.
                let mean = if takes.mean > 0.0 { takes.mean * (1.0 - libm::exp(-limit / takes.mean)) } else { 0.0 };
                cut(takes, mean)
            }
            Target::Operation(id) => {
                let operation = &self.system.operations[id.at()];
                let slow = self.ratio(self.system.providers[operation.provider.at()].slow);
                let takes = self.takes(operation.takes).times(slow);
                let mean = self.dist(operation.takes).map_or(0.0, |dist| cut_mean(dist, slow, limit));
                cut(takes, mean)
            }
        }
    }

    /// What each handler takes when all goes well and nobody is in the way.
    pub(super) fn lasts(&self) -> Vec<Lasts> {
        let ways: Vec<Vec<Op>> = self.system.handlers.iter().map(|handler| self.surely(handler.entry)).collect();
        let mut all = vec![Lasts::default(); ways.len()];
        for _ in 0..DEEP {
            let next: Vec<Lasts> = ways.iter().enumerate().map(|(at, way)| self.last(HandlerId(at as u16), way, &all)).collect();
            if next == all {
                break;
            }
            all = next;
        }
        all
    }

    fn last(&self, id: HandlerId, way: &[Op], all: &[Lasts]) -> Lasts {
        let slow = self.ratio(self.system.services[self.system.handlers[id.at()].service.at()].slow);
        let mut lasts = Lasts::default();
        let mut answered = false;
        for op in way {
            let takes = match op {
                Op::Work { time, .. } => {
                    let takes = self.takes(*time).times(slow);
                    lasts.work += takes.mean;
                    takes
                }
                Op::Wait { time, .. } => self.takes(*time),
                Op::Batch(batch) => self.takes(self.system.batches[batch.at()].takes).times(slow),
                Op::Call(call) => self.waits(&self.system.calls[call.at()], all),
                Op::Fork(fork) => {
                    // At least the longest of them, as if nobody varied.
                    let branches = self.system.forks[fork.at()].branches.iter();
                    let each = branches.map(|branch| self.waits(&self.system.calls[branch.call.at()], all));
                    each.max_by(|a, b| a.mean.total_cmp(&b.mean)).unwrap_or_default()
                }
                Op::Transact(tx) => self.transaction(self.system.txs[tx.at()].store.at()),
                Op::Respond(_) => {
                    answered = true;
                    continue;
                }
                _ => continue,
            };
            lasts.hold.add(takes);
            if !answered {
                lasts.answer.add(takes);
            }
        }
        lasts
    }

    pub(super) fn transaction(&self, store: usize) -> Takes {
        let store = &self.system.stores[store];
        self.takes(store.takes).times(self.ratio(store.slow))
    }

    /// Whoever waits for less than the median waits in vain more often than not.
    pub(super) fn timeouts(&mut self) {
        let lasts = self.lasts();
        for call in &self.system.calls {
            let limit = self.value(call.policy.timeout) as f64;
            let median = match call.target {
                Target::Handler(id) => lasts[id.at()].answer.median,
                Target::Operation(id) => {
                    let operation = &self.system.operations[id.at()];
                    self.takes(operation.takes).times(self.ratio(self.system.providers[operation.provider.at()].slow)).median
                }
            };
            if limit <= 0.0 || limit >= median {
                continue;
            }
            let several = matches!(call.target, Target::Handler(_));
            let message = self.too_short(self.step(call), limit, &self.target(call), median, several);
            let help = match self.value(call.policy.attempts) {
                2.. => "wait longer; to try again is no help, for each attempt has the same time",
                _ => "wait longer than the callee usually takes, and than nearly all of its answers",
            };
            self.doubt(call.policy.timeout, "timeout-below-median", message, help);
        }
        self.taken_away(&lasts);
        for client in &self.system.clients {
            let limit = self.value(client.timeout) as f64;
            let median = lasts[client.target.at()].answer.median;
            if limit > 0.0 && limit < median {
                let message = self.too_short(&client.name, limit, &self.handler(client.target), median, true);
                self.doubt(client.timeout, "timeout-below-median", message, "let them wait longer, or let the answer come sooner");
            }
        }
    }

    /// Here probes begin when the program is up; the kubelet counts from the start of the container, and kills what starts
    /// for longer than liveness is patient, again and again (Kubernetes docs, Configure Probes: startup probes).
    pub(super) fn killed_while_starting(&mut self) {
        for service in &self.system.services {
            let Some(live) = service.probes.iter().find(|probe| probe.kind == ProbeKind::Live) else { continue };
            if service.probes.iter().any(|probe| probe.kind == ProbeKind::Startup) {
                continue;
            }
            let of = |param| self.value(param) as f64;
            let patience = of(live.initial_delay) + (of(live.failures) - 1.0).max(0.0) * of(live.period);
            let starts = of(service.start_up);
            if patience < starts {
                let (name, patience, starts) = (&service.name, time_text(patience), time_text(starts));
                let message = format!("liveness of {name} gives up {patience} after the container began, and it takes {starts} to start: on a real platform it \
                    would never be up");
                self.doubt(live.initial_delay, "killed-while-starting", message, "give it a startup probe, or an initial_delay longer than its start_up");
            }
        }
    }

    /// A message that is taken away from whoever works on it for longer than so long, which is usual.
    fn taken_away(&mut self, lasts: &[Lasts]) {
        for group in &self.system.groups {
            let median = lasts[group.handler.at()].answer.median;
            let topic = &self.system.topics[group.topic.at()];
            let extends = group.consuming.extend.map_or(0, |extend| self.value(extend));
            let limit = match (&topic.queue, group.consuming.poll_limit) {
                (Some(rules), _) if extends == 0 || extends >= self.value(rules.visibility) => rules.visibility,
                (None, Some(limit)) => limit,
                _ => continue,
            };
            let value = self.value(limit) as f64;
            if value <= 0.0 || value >= median {
                continue;
            }
            let message = format!(
                "{} of {} has {} for a message, and works on it for at least {} at the median: more often than not two do",
                group.name,
                topic.name,
                time_text(value),
                time_text(median)
            );
            self.doubt(limit, "taken-away-below-median", message, "let it have the message for longer, or extend its time while it works");
        }
    }

    fn too_short(&self, who: &str, limit: f64, whom: &str, median: f64, several: bool) -> String {
        let (limit, median) = (time_text(limit), time_text(median));
        let least = if several { "at least " } else { "" };
        format!("{who} waits {limit} for {whom}, whose median is {least}{median}: more often than not it stops waiting too early")
    }
}

pub(super) fn median(dist: Dist) -> f64 {
    match dist {
        Dist::Constant(value) => value,
        Dist::Exponential { mean } => mean * std::f64::consts::LN_2,
        Dist::LogNormal { mu, .. } => libm::exp(mu),
        Dist::Uniform { low, high } => f64::midpoint(low, high),
        // Numbers are drawn from it, never times.
        Dist::Zipf { .. } => dist.mean(),
    }
}

/// The mean of what is drawn, times a factor, where whatever is longer than the limit counts as the limit.
fn cut_mean(dist: Dist, factor: f64, limit: f64) -> f64 {
    if factor <= 0.0 || limit <= 0.0 {
        return 0.0;
    }
    let limit = limit / factor;
    let mean = match dist {
        Dist::Constant(value) => value.min(limit),
        Dist::Exponential { mean } if mean > 0.0 => mean * (1.0 - libm::exp(-limit / mean)),
        Dist::Exponential { .. } => 0.0,
        Dist::Uniform { high, .. } if limit >= high => dist.mean(),
        Dist::Uniform { low, .. } if limit <= low => limit,
        Dist::Uniform { low, high } => {
            let above = (high - limit) / (high - low);
            (1.0 - above) * f64::midpoint(low, limit) + above * limit
        }
        Dist::Zipf { .. } => dist.mean().min(limit),
        Dist::LogNormal { mu, sigma } if sigma <= 0.0 => libm::exp(mu).min(limit),
        Dist::LogNormal { mu, sigma } => {
            let below = |x: f64| 0.5 * libm::erfc(-x / std::f64::consts::SQRT_2);
            let at = (libm::log(limit) - mu) / sigma;
            dist.mean() * below(at - sigma) + limit * (1.0 - below(at))
        }
    };
    mean * factor
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By numbers: the mean of min(x, limit) over a fine grid of quantiles.
    #[test]
    fn means_that_are_cut_off_are_those_of_a_fine_grid() {
        let quantile = |dist: Dist, p: f64| match dist {
            Dist::Constant(value) => value,
            Dist::Exponential { mean } => -mean * libm::log(1.0 - p),
            Dist::Uniform { low, high } => low + (high - low) * p,
            Dist::Zipf { .. } => unreachable!("no time is drawn from it"),
            Dist::LogNormal { .. } => 0.0,
        };
        let steps = 200_000;
        for dist in [Dist::Constant(3.0), Dist::Exponential { mean: 3.0 }, Dist::Uniform { low: 1.0, high: 5.0 }] {
            for limit in [0.5, 2.0, 4.0, 40.0] {
                let sum: f64 = (0..steps).map(|at| quantile(dist, (at as f64 + 0.5) / steps as f64).min(limit)).sum();
                let found = cut_mean(dist, 2.0, limit * 2.0);
                assert!((found - 2.0 * sum / steps as f64).abs() < 1e-3, "{dist:?} {limit}: {found}");
            }
        }
        // A log-normal one that is cut at infinity has its mean, at its median less than half of that and of the limit.
        let log_normal = Dist::log_normal(220.0, 0.8);
        assert!((cut_mean(log_normal, 1.0, 1e9) - log_normal.mean()).abs() < 1e-6);
        let cut = cut_mean(log_normal, 1.0, 220.0);
        assert!(cut < 220.0 && cut > 110.0, "{cut}");
        assert_eq!(median(log_normal).round(), 220.0);
    }
}
