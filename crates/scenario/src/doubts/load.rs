//! Utilisation: what is asked of each part by those who come, beside what it can do. Above 1 a queue grows for ever,
//! whatever goes wrong later (Little's law: busy places = rate × time for which each is held).

use seatrial_sim::system::{CallId, HandlerId, HandlerKind, JobWork, Op, ParamId, Run, Statement, Target, When};

use super::time::Lasts;
use super::{Look, number_text};

/// Nanoseconds in a second.
const SECOND: f64 = 1e9;
/// Calls and topics do not lead further.
const DEEP: usize = 24;

/// How often things happen, per second.
#[derive(Debug, Clone, PartialEq)]
struct Rates {
    handlers: Vec<f64>,
    topics: Vec<f64>,
    providers: Vec<f64>,
    /// Transactions by service and store.
    transactions: Vec<Vec<f64>>,
}

impl Look<'_> {
    fn rates(&self) -> Rates {
        let system = self.system;
        let none = || Rates {
            handlers: vec![0.0; system.handlers.len()],
            topics: vec![0.0; system.topics.len()],
            providers: vec![0.0; system.providers.len()],
            transactions: vec![vec![0.0; system.stores.len()]; system.services.len()],
        };
        let ways: Vec<Vec<Op>> = system.handlers.iter().map(|handler| self.surely(handler.entry)).collect();
        let mut rates = none();
        for _ in 0..DEEP {
            let mut next = none();
            for client in &system.clients {
                next.handlers[client.target.at()] += self.ratio(client.rate);
            }
            for job in system.jobs.iter().filter(|job| self.value(job.enabled) != 0) {
                if let (JobWork::Steps(handler), When::Every(every)) = (&job.work, job.when)
                    && self.value(every) > 0
                {
                    next.handlers[handler.at()] += SECOND / self.value(every) as f64;
                }
            }
            for group in &system.groups {
                next.handlers[group.handler.at()] += rates.topics[group.topic.at()];
            }
            for (handler, way) in ways.iter().enumerate() {
                let rate = rates.handlers[handler];
                let service = system.handlers[handler].service.at();
                for op in way {
                    let mut calls = |call: CallId, rate: f64| match system.calls[call.at()].target {
                        Target::Handler(callee) => next.handlers[callee.at()] += rate,
                        Target::Operation(operation) => {
                            next.providers[system.operations[operation.at()].provider.at()] += rate;
                        }
                    };
                    match op {
                        Op::Call(call) => calls(*call, rate),
                        Op::Fork(fork) => {
                            for branch in &system.forks[fork.at()].branches {
                                calls(branch.call, rate * self.value(branch.times) as f64);
                            }
                        }
                        Op::Publish(publish) => next.topics[system.publishes[publish.at()].topic.at()] += rate,
                        Op::Transact(tx) => {
                            let tx = &system.txs[tx.at()];
                            next.transactions[service][tx.store.at()] += rate;
                            for statement in &tx.statements {
                                if let Statement::Publish(publish) = statement {
                                    next.topics[system.publishes[publish.at()].topic.at()] += rate;
                                }
                            }
                        }
                        _ => {}
                    }
                }
            }
            if next == rates {
                break;
            }
            rates = next;
        }
        rates
    }

    pub(super) fn load(&mut self) {
        let (rates, lasts) = (self.rates(), self.lasts());
        for service in 0..self.system.services.len() {
            self.service(service, &rates, &lasts);
        }
        for (at, store) in self.system.stores.iter().enumerate() {
            let all: f64 = rates.transactions.iter().map(|by_store| by_store[at]).sum();
            let busy = all * self.transaction(at).mean / SECOND;
            self.over(store.connections, &store.name, busy, self.value(store.connections) as f64, "connections", all);
        }
        for (at, provider) in self.system.providers.iter().enumerate() {
            let (asked, limit) = (rates.providers[at], self.ratio(provider.limit));
            if limit > 0.0 && asked > limit {
                let message = format!(
                    "{} is called {}/s and takes {}/s, before any fault: utilisation {}",
                    provider.name,
                    number_text(asked),
                    number_text(limit),
                    number_text(asked / limit)
                );
                self.doubt(provider.limit, "utilisation", message, "what is beyond the limit is refused: call it less often, or raise it");
            }
        }
        for group in &self.system.groups {
            let topic = &self.system.topics[group.topic.at()];
            let rate = rates.topics[group.topic.at()];
            let busy = rate * lasts[group.handler.at()].hold.mean / SECOND;
            let what = format!("{} of {}", group.name, topic.name);
            self.over(topic.partitions, &what, busy, self.value(topic.partitions) as f64, "partitions", rate);
        }
    }

    /// Its threads or its cores, and its pools.
    fn service(&mut self, at: usize, rates: &Rates, lasts: &[Lasts]) {
        let service = &self.system.services[at];
        let replicas = self.value(service.replicas) as f64;
        let all = (0..self.system.handlers.len()).filter(|h| self.system.handlers[*h].service.at() == at);
        let all: Vec<HandlerId> = all.map(|h| HandlerId(h as u16)).collect();
        let own = |of: &dyn Fn(HandlerId) -> f64| all.iter().map(|handler| of(*handler)).sum::<f64>();
        // Jobs hold no worker, and what a message holds is its partition.
        let called = |h: HandlerId| self.system.handlers[h.at()].kind == HandlerKind::Called;
        let come = own(&|h| if called(h) { rates.handlers[h.at()] } else { 0.0 });
        let held = own(&|h| if called(h) { rates.handlers[h.at()] * lasts[h.at()].hold.mean / SECOND } else { 0.0 });
        let worked = own(&|h| rates.handlers[h.at()] * lasts[h.at()].work / SECOND);
        match service.run {
            Run::Threads { threads } => self.over(threads, &service.name, held, replicas * self.value(threads) as f64, "threads", come),
            Run::Async { cores, in_flight } => {
                self.over(cores, &service.name, worked, replicas * self.value(cores) as f64, "cores", come);
                self.over(in_flight, &service.name, held, replicas * self.value(in_flight) as f64, "places in flight", come);
            }
        }
        for pool in &service.pools {
            let rate = rates.transactions[at][pool.store.at()];
            let busy = rate * self.transaction(pool.store.at()).mean / SECOND;
            let what = format!("the pool of {} to {}", service.name, self.system.stores[pool.store.at()].name);
            self.over(pool.size, &what, busy, replicas * self.value(pool.size) as f64, "connections", rate);
        }
    }

    fn over(&mut self, place: ParamId, what: &str, busy: f64, there: f64, of: &str, rate: f64) {
        if there <= 0.0 || busy <= there {
            return;
        }
        let message = format!(
            "{what} is asked for more than it can do, before any fault: {}/s keep {} of {} {of} busy, utilisation {}",
            number_text(rate),
            number_text(busy),
            number_text(there),
            number_text(busy / there)
        );
        self.doubt(place, "utilisation", message, "a queue grows for ever: give it more, or let less come");
    }
}
