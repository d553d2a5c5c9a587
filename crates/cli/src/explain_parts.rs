//! What a scenario is made of, in words and figures: all that a candidate may ask for.

use seatrial_sim::system::{Arrivals, Breaker, CallDef, Client, NONE, Op, OperationKind, Pattern, Run, Service, Target};

use crate::{
    explain::Words,
    figures::{counted, time},
    names,
    paint::wrap,
};

/// What the language takes for a queue without an end.
pub(crate) const ENDLESS: i64 = 1_000_000;

impl Words<'_> {
    pub(crate) fn clients(&self) -> Vec<String> {
        let system = self.system();
        let say = |client: &Client| {
            let how = match client.arrivals {
                Arrivals::Poisson => "at random moments",
                Arrivals::Constant => "evenly",
            };
            let what = client.make.as_ref().map(|make| format!(", each with a new {}", system.records[make.record.at()].name)).unwrap_or_default();
            let mut said = format!("{}: {} {how}{what}; they call {}", client.name, self.show(client.rate), names::handler(system, client.target));
            if self.value(client.timeout) > 0 {
                said += &format!(" and wait for {}", self.show(client.timeout));
            }
            if let Some(again) = client.click_again {
                let (after, chance, most) = (self.show(again.after), self.show(again.chance), self.value(again.at_most).max(0) as u64);
                said += &format!(". Without a good answer after {after}, {chance} of them click again, {} at most", times(most));
            }
            if let Some(back) = client.comes_back {
                said += &format!(". Of those who got nowhere {} come again after {}", self.show(back.chance), self.show(back.after));
            }
            for sdk in &client.sdks {
                let tries = times(self.value(sdk.attempts).max(1) as u64);
                let (share, each, backoff) = (self.show(sdk.share), self.show(sdk.timeout), self.show(sdk.backoff));
                said += &format!(". Through {} ({share} of them): {tries}, each for {each}, back-off {backoff}", sdk.name);
            }
            said += &match &client.pattern {
                Pattern::Flat => String::new(),
                Pattern::Bursts { on, off } => format!(". They come for {} and not for {}, by turns", self.show(*on), self.show(*off)),
                Pattern::Day { low, peak_s } => {
                    format!(". Their number goes with the day: most at {:02}:{:02}, at night {:.0} % of that", peak_s / 3600, peak_s / 60 % 60, low * 100.0)
                }
                Pattern::Minutes(factors) => {
                    let most = factors.iter().copied().fold(0.0, f64::max);
                    format!(". Their number changes by the minute, over {} minutes again and again, up to {most:.1} times that", factors.len())
                }
            };
            wrap(&format!("{said}."), 2)
        };
        system.clients.iter().map(say).collect()
    }

    pub(crate) fn services(&self) -> Vec<String> {
        let system = self.system();
        let mut lines = Vec::new();
        for service in &system.services {
            let run = match service.run {
                Run::Threads { threads } => format!("{} threads each", self.show(threads)),
                Run::Async { cores, in_flight } => format!("{} cores each, {} requests in flight at most", self.show(cores), self.show(in_flight)),
            };
            let line = match self.value(service.queue) {
                ENDLESS.. => "any number may wait in line".to_owned(),
                0 => "nobody waits in line".to_owned(),
                _ => format!("{} may wait in line", self.show(service.queue)),
            };
            let replicas = counted(self.value(service.replicas).max(0) as u64, "replica");
            lines.push(format!("  {}: {replicas} × {run}, {line}", self.paint.strong(&service.name)));
            lines.extend(self.instances(service).iter().map(|line| wrap(line, 4)));
            for pool in &service.pools {
                let store = &system.stores[pool.store.at()].name;
                lines.push(wrap(&format!("{} connections to {store} in each, for which one waits {}", self.show(pool.size), self.show(pool.wait)), 4));
            }
            lines.extend(self.work(service).iter().map(|line| wrap(line, 4)));
            for call in system.calls.iter().filter(|call| self.caller(call) == Some(service.name.as_str())) {
                lines.push(wrap(&self.call(call), 4));
            }
        }
        lines
    }

    /// What its handlers work and wait for, in the order in which they do.
    fn work(&self, service: &Service) -> Vec<String> {
        let system = self.system();
        let prefix = format!("{}.", service.name);
        let mut lines: Vec<(String, Vec<String>)> = Vec::new();
        for op in &system.code {
            let (step, said) = match *op {
                Op::Work { time, step } => (step, format!("works {}", self.drawn(time))),
                Op::Wait { time, step } => (step, format!("waits {}", self.drawn(time))),
                Op::Batch(of) => (system.batches[of.at()].step, self.batch(&system.batches[of.at()])),
                _ => continue,
            };
            let path = &system.steps[step.at()];
            if !path.starts_with(&prefix) {
                continue;
            }
            let of = path.rsplit_once('.').map_or(path.as_str(), |(of, _)| of).to_owned();
            match lines.iter_mut().find(|(known, _)| *known == of) {
                Some((_, all)) => all.push(said),
                None => lines.push((of, vec![said])),
            }
        }
        lines.into_iter().map(|(of, all)| format!("{of} {}", all.join(", then "))).collect()
    }

    /// A time as it is drawn. What a figure means is the distribution's: a mean, or a median.
    pub(crate) fn drawn(&self, param: seatrial_sim::system::ParamId) -> String {
        let shown = self.show(param);
        match shown.split_once(' ') {
            Some(("lognormal", rest)) => format!("a median of {}", rest.replacen(' ', ", ", 1)),
            Some(("exp", mean)) => format!("{mean} on average"),
            _ => shown,
        }
    }

    /// The service of a call, by the path of its step.
    fn caller(&self, call: &CallDef) -> Option<&str> {
        self.system().steps.get(call.step.at())?.split('.').next()
    }

    fn call(&self, call: &CallDef) -> String {
        let system = self.system();
        let policy = call.policy;
        let mut said = vec![format!("{} calls {}", system.steps[call.step.at()], names::target(system, call))];
        if let Some(placed) = call.placed {
            let placed = &system.placed[placed.at()];
            said.push(if self.value(placed.place) == 0 { "a module placed together".into() } else { "a module placed apart".into() });
        }
        said.push(if self.value(policy.timeout) > 0 { format!("waits {}", self.show(policy.timeout)) } else { "waits for ever".into() });
        if self.value(policy.attempts) > 1 {
            said.push(format!("{} attempts on {}, back-off {}", self.show(policy.attempts), self.show(policy.retry), self.show(policy.backoff)));
            if self.ratio(policy.budget) >= 0.0 {
                said.push(format!("retry budget {}", self.show(policy.budget)));
            }
        }
        if self.value(policy.hedge_after) > 0 {
            said.push(format!("asked once more after {}", self.show(policy.hedge_after)));
        }
        if matches!(call.target, Target::Operation(_)) {
            said.push(if self.value(policy.key) == NONE { "no idempotency key".into() } else { "with an idempotency key".into() });
        }
        if self.ratio(policy.breaker) > 0.0 {
            let (of, open, trials) = (Breaker::WINDOW_CALLS, time(Breaker::OPEN_NS as f64), Breaker::HALF_OPEN_CALLS);
            said.push(format!("a breaker at {} of the last {of}, open for {open}, then {trials} trials", self.show(policy.breaker)));
        }
        if self.ratio(policy.throttle) > 0.0 {
            said.push(format!("throttled beyond {} of what is accepted", self.show(policy.throttle)));
        }
        if self.ratio(policy.rate) > 0.0 {
            said.push(format!("{} at most", self.show(policy.rate)));
        }
        if self.value(policy.bulkhead) > 0 {
            said.push(format!("{} in flight at most", self.show(policy.bulkhead)));
        }
        if self.value(policy.deadline) != 0 {
            said.push("passes its deadline on".into());
        }
        if self.value(policy.fallback) != NONE {
            said.push(format!("else goes on as if it were {}", self.show(policy.fallback)));
        }
        said.join(", ")
    }

    pub(crate) fn stores(&self) -> Vec<String> {
        let system = self.system();
        let mut lines = Vec::new();
        for (at, store) in system.stores.iter().enumerate() {
            let tables: Vec<&str> = system.tables.iter().filter(|table| table.store.at() == at).map(|table| table.name.as_str()).collect();
            let outbox = if store.outbox { ", with an outbox" } else { "" };
            let (takes, most) = (self.drawn(store.takes), self.show(store.connections));
            lines.push(wrap(&format!("{}: a database with {}{outbox}; a commit takes {takes}, {most} connections at most", store.name, tables.join(", ")), 2));
        }
        for (at, topic) in system.topics.iter().enumerate() {
            let readers = system.groups.iter().filter(|group| group.topic.at() == at).map(|group| group.name.as_str());
            let readers: Vec<&str> = readers.collect();
            let park = self.show(topic.park);
            let (partitions, readers) = (self.show(topic.partitions), readers.join(" and "));
            let said = match &topic.queue {
                Some(rules) => {
                    let (hidden, delay) = (self.show(rules.visibility), self.value(rules.delay));
                    let later = if delay > 0 { format!(", {} later", self.show(rules.delay)) } else { String::new() };
                    format!("a queue, read by {readers}{later}; a message is theirs for {hidden}; what fails is put aside: {park}")
                }
                None => format!("a log of {partitions} partitions, read by {readers}; what fails is put aside: {park}"),
            };
            lines.push(wrap(&format!("{}: {said}", topic.name), 2));
        }
        lines
    }

    pub(crate) fn providers(&self) -> Vec<String> {
        let system = self.system();
        let say = |(at, provider): (usize, &seatrial_sim::system::Provider)| {
            let operations = system.operations.iter().filter(|operation| operation.provider.at() == at);
            let called = operations.filter(|operation| !matches!(operation.kind, OperationKind::Report { .. }));
            let one = |operation: &seatrial_sim::system::Operation| {
                let mut facts = vec![self.drawn(operation.takes)];
                if self.ratio(operation.declined) > 0.0 {
                    facts.push(format!("declines {}", self.show(operation.declined)));
                }
                if self.ratio(operation.error) > 0.0 {
                    facts.push(format!("fails {}", self.show(operation.error)));
                }
                if let OperationKind::Find { stale, .. } = operation.kind
                    && self.value(stale) > 0
                {
                    facts.push(format!("sees what is older than {}", self.show(stale)));
                }
                format!("{} ({})", operation.name, facts.join("; "))
            };
            let mut said = format!("{}: {}", provider.name, called.map(one).collect::<Vec<_>>().join(", "));
            said += &format!("; loses {} of requests and {} of answers", self.show(provider.lost_request), self.show(provider.lost_answer));
            if self.ratio(provider.limit) > 0.0 {
                said += &format!("; takes {} at most", self.show(provider.limit));
            }
            said += match provider.idempotency {
                Some(_) => "; honours idempotency keys",
                None => "; knows no idempotency keys",
            };
            wrap(&said, 2)
        };
        system.providers.iter().enumerate().map(say).collect()
    }

    pub(crate) fn alerts(&self) -> Vec<String> {
        let system = self.system();
        let say = |alert: &seatrial_sim::system::Alert| {
            let when = &system.expr_texts[alert.when.at()];
            let mut said = format!("{}: {when}, for {}", alert.name, self.show(alert.hold));
            if self.value(alert.enabled) == 0 {
                said += "; off";
            }
            if alert.needs_business {
                said += "; needs figures about the business";
            }
            wrap(&said, 2)
        };
        system.alerts.iter().map(say).collect()
    }
}

fn times(count: u64) -> String {
    match count {
        1 => "once".into(),
        2 => "twice".into(),
        more => format!("{more} times"),
    }
}
