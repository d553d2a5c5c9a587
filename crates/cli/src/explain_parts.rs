//! What a scenario is made of, in words and figures: all that a candidate may ask for.

use seatrial_sim::system::{
    Ack, Arrivals, Breaker, CallDef, Client, Consuming, End, Group, Link, NONE, Op, OperationKind, ParamId, Pattern, Run, Service, Target, deadline,
};

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
            let rate = self.rate(client.rate);
            let mut said = format!("{}: {rate} {how}{what}; they call {}", client.name, names::handler(system, client.target));
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
                Run::Threads { threads } => format!("{} each", self.number(threads, "thread")),
                Run::Async { cores, in_flight } => {
                    format!("{} each, {} in flight at most", self.number(cores, "core"), self.number(in_flight, "request"))
                }
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
            lines.extend(self.calls(service).iter().map(|line| wrap(line, 4)));
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
        let told = |all: Vec<String>| {
            let same = all.chunk_by(|one, other| one == other);
            let said = same.map(|same| match same.len() {
                1 => same[0].clone(),
                more => format!("{}, {}", same[0], times(more as u64)),
            });
            said.collect::<Vec<_>>().join(", then ")
        };
        lines.into_iter().map(|(of, all)| format!("{of} {}", told(all))).collect()
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

    /// Calls of one handler that are alike have one line: five articles of a basket are five calls.
    fn calls(&self, service: &Service) -> Vec<String> {
        let system = self.system();
        let mut alike: Vec<(&str, Vec<&str>, String)> = Vec::new();
        for call in system.calls.iter().filter(|call| self.caller(call) == Some(service.name.as_str())) {
            let path = system.steps[call.step.at()].as_str();
            let (of, name) = path.rsplit_once('.').unwrap_or(("", path));
            let does = self.call(call);
            match alike.last_mut().filter(|(known, _, same)| *known == of && *same == does) {
                Some((_, names, _)) => names.push(name),
                None => alike.push((of, vec![name], does)),
            }
        }
        alike.into_iter().map(|(of, names, does)| match names[..] {
            [one] => format!("{of}.{one} calls {does}"),
            [one, other] => format!("{of}.{one} and {other} each call {does}"),
            [first, .., last] => format!("{of}.{first} to {last}, {} of them, each call {does}", names.len()),
            [] => does,
        }).collect()
    }

    fn number(&self, param: ParamId, one: &str) -> String {
        counted(self.value(param).max(0) as u64, one)
    }

    /// People say "two a minute", not "0.033/s".
    fn rate(&self, param: ParamId) -> String {
        let a_second = self.ratio(param);
        let figure = |a_time: f64| {
            let rounded = (a_time * 100.0).round() / 100.0;
            format!("{rounded}")
        };
        match a_second {
            0.0 => "0/s".into(),
            x if x < 1.0 / 60.0 => format!("{} an hour", figure(x * 3600.0)),
            x if x < 0.1 => format!("{} a minute", figure(x * 60.0)),
            _ => self.show(param),
        }
    }

    fn call(&self, call: &CallDef) -> String {
        let system = self.system();
        let policy = call.policy;
        let mut said = vec![names::target(system, call)];
        if let Some(placed) = call.placed {
            let placed = &system.placed[placed.at()];
            said.push(if self.value(placed.place) == 0 { "a module inside".into() } else { "a module of its own".into() });
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
        match self.value(policy.deadline) {
            deadline::FORGOTTEN => {}
            deadline::BOUNDS => said.push("ends with its caller's deadline, and passes it on".into()),
            _ => said.push("passes its deadline on".into()),
        }
        if self.value(policy.elsewhere) != 0 {
            said.push("asks another instance each time".into());
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
            let readers = system.groups.iter().filter(|group| group.topic.at() == at).map(|group| self.reader(group));
            let readers: Vec<String> = readers.collect();
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

    /// `desk (8 at a time, commits every 20s)`.
    fn reader(&self, group: &Group) -> String {
        let Consuming { concurrency, prefetch, poll_limit, commit_every, extend, .. } = group.consuming;
        let mut said = Vec::new();
        let given = |param: Option<ParamId>| param.filter(|&param| self.value(param) > 0);
        if let Some(most) = given(concurrency) {
            said.push(format!("{} at a time in each", self.show(most)));
        }
        if let Some(held) = given(prefetch) {
            said.push(format!("holds {}", self.show(held)));
        }
        if let Some(every) = given(commit_every) {
            said.push(format!("commits every {}", self.show(every)));
        }
        if let Some(limit) = given(poll_limit) {
            said.push(format!("taken for dead after {} with one", self.show(limit)));
        }
        if let Some(every) = given(extend) {
            said.push(format!("asks for more time every {}", self.show(every)));
        }
        if group.ack == Ack::Before {
            said.push("says that it is through before it begins".into());
        }
        if said.is_empty() { group.name.clone() } else { format!("{} ({})", group.name, said.join(", ")) }
    }

    /// The network between parts, where it is not taken for perfect.
    pub(crate) fn links(&self) -> Vec<String> {
        let system = self.system();
        let ends = |ends: &[End]| {
            let name = |end: &End| match *end {
                End::Client(at) => &system.clients[at.at()].name,
                End::Service(at) => &system.services[at.at()].name,
                End::Store(at) => &system.stores[at.at()].name,
                End::Provider(at) => &system.providers[at.at()].name,
                End::Topic(at) => &system.topics[at.at()].name,
            };
            ends.iter().map(|end| name(end).as_str()).collect::<Vec<_>>().join(", ")
        };
        let say = |link: &Link| {
            let mut said = format!("{}: from {} to {}, {} one way", link.name, ends(&link.from), ends(&link.to), self.drawn(link.latency));
            if self.ratio(link.loss) > 0.0 {
                said += &format!("; {} of packets are sent again", self.show(link.loss));
            }
            for (share, what) in [(link.lost_request, "requests"), (link.lost_answer, "answers")] {
                if self.ratio(share) > 0.0 {
                    said += &format!("; {} of {what} are lost", self.show(share));
                }
            }
            if self.value(link.connect) > 0 {
                said += &format!("; a connection may take {} to open", self.show(link.connect));
            }
            if self.value(link.lifetime) > 0 {
                said += &format!(", and is used for {}", self.show(link.lifetime));
            }
            wrap(&said, 2)
        };
        system.links.iter().map(say).collect()
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
