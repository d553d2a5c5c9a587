//! Tiny systems made by hand, without the language.

use seatrial_sim::Outcome;
use seatrial_sim::system::*;

#[derive(Default)]
pub struct Builder {
    pub system: System,
}

impl Builder {
    pub fn param(&mut self, value: i64, kind: ParamKind, owner: Owner) -> ParamId {
        self.system.params.push(Param { value, kind, owner });
        ParamId(self.system.params.len() as u32 - 1)
    }

    pub fn count(&mut self, value: i64) -> ParamId {
        self.param(value, ParamKind::Count, Owner::World)
    }

    pub fn number(&mut self, value: f64) -> ParamId {
        self.param(value.to_bits() as i64, ParamKind::Ratio, Owner::World)
    }

    pub fn dist(&mut self, dist: Dist) -> ParamId {
        self.system.dists.push(dist);
        let value = self.system.dists.len() as i64 - 1;
        self.param(value, ParamKind::Dist, Owner::World)
    }

    pub fn step(&mut self, name: &str) -> StepId {
        self.system.steps.push(name.into());
        StepId(self.system.steps.len() as u16 - 1)
    }

    /// A service with threads and an endless queue.
    pub fn service(&mut self, name: &str, replicas: i64, threads: i64) -> ServiceId {
        let replicas = self.count(replicas);
        let threads = self.count(threads);
        let queue = self.count(i64::MAX);
        let wait = self.count(seatrial_sim::system::NONE);
        let start_up = self.count(1_000_000_000);
        let restart_after = self.count(1_000_000_000);
        let slow = self.number(1.0);
        self.system.services.push(Service {
            instances: None,
            discovery: None,
            ejection: None,
            probes: Vec::new(),
            restart_backoff: None,
            memory: None,
            versions: Vec::new(),
            runs: None,
            roll_out: None,
            autoscale: None,
            name: name.into(),
            replicas,
            run: Run::Threads { threads },
            queue,
            order: QueueOrder::Fifo,
            wait,
            start_up,
            restart_after,
            slow,
            pools: Vec::new(),
            balance: Balance::RoundRobin,
            handlers: Vec::new(),
        });
        ServiceId(self.system.services.len() as u16 - 1)
    }

    pub fn handler(&mut self, service: ServiceId, ops: &[Op]) -> HandlerId {
        let entry = self.system.code.len() as u32;
        self.system.code.extend_from_slice(ops);
        self.system.handlers.push(Handler {
            name: "handle".into(),
            service,
            entry,
            kind: HandlerKind::Called,
            regs: Vec::new(),
            inputs: Vec::new(),
            answers: None,
        });
        HandlerId(self.system.handlers.len() as u16 - 1)
    }

    pub fn client(&mut self, rate: f64, target: HandlerId) -> ClientId {
        let rate = self.number(rate);
        let (timeout, cancel) = (self.count(0), self.count(0));
        let step = self.step("client");
        self.system.clients.push(Client {
            name: "client".into(),
            arrivals: Arrivals::Poisson,
            rate,
            make: None,
            target,
            args: Vec::new(),
            timeout,
            cancel,
            click_again: None,
            served: None,
            gives_up: None,
            step,
        });
        ClientId(self.system.clients.len() as u16 - 1)
    }
}

/// M/M/c: rate per second, mean service time in nanoseconds.
pub fn mmc(rate: f64, servers: i64, mean_ns: f64, seconds: u64) -> System {
    let mut b = Builder::default();
    b.system.clock = Clock { starts_unix_s: 0, warm_up: 0, play: seconds * 1_000_000_000, drain: 0 };
    let service = b.service("server", 1, servers);
    let time = b.dist(Dist::Exponential { mean: mean_ns });
    let step = b.step("work");
    let handler = b.handler(service, &[Op::Work { time, step }, Op::Respond(Answer::Outcome(Outcome::Ok)), Op::End]);
    b.client(rate, handler);
    b.system
}
