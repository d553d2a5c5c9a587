//! `services`: how they run, their pools, and their handlers.

use seatrial_sim::system::{
    Ack, Balance, Consuming, Group, GroupId, Handler, HandlerId, HandlerKind, NONE, Op, Owner, Pool,
    ORDER_FIFO, ORDER_LIFO, Run, SecretId, Service, ServiceId, StoreId, TopicId,
};
use seatrial_source::{Fields, Node, Spanned, Value, clip};

use super::stores::ONE;
use crate::cx::{Cx, Place};
use crate::slot::{Kind, MANY};
use crate::unit::{self, Wrong};

const SECOND: i64 = 1_000_000_000;

impl<'a> Cx<'a> {
    /// Handlers get their places first: calls point at them.
    pub fn place_handlers(&mut self) {
        for handler in &self.known.handlers {
            self.system.handlers.push(Handler {
                name: handler.name.clone(),
                service: ServiceId(handler.service as u16),
                entry: 0,
                kind: handler.kind,
                regs: Vec::new(),
                inputs: Vec::new(),
                answers: None,
            });
        }
        for (topic, name, handler) in &self.known.groups {
            self.system.groups.push(Group {
                name: name.clone(),
                topic: TopicId(*topic as u16),
                handler: HandlerId(*handler as u16),
                ack: Ack::After,
                consuming: Consuming::default(),
            });
        }
    }

    pub fn services(&mut self, root: &'a Node) {
        self.faulty_services(root);
        for (number, entry) in self.section(root, "services").iter().enumerate() {
            self.at.map(&entry.value, "service", |f| {
                self.service(number, &entry.key, f)
            });
        }
        self.write_blocks();
    }

    fn service(&mut self, number: usize, name: &str, f: &mut Fields<'a>) {
        // What a replica cannot know of itself belongs to the world; its configuration arrives replica by replica.
        let world = Place::world(name);
        let own = Place {
            path: name.to_owned(),
            owner: Owner::Service(ServiceId(number as u16)),
        };
        let replicas = self.field(
            f,
            &world,
            "replicas",
            Kind::Count {
                least: 0,
                most: 1000,
            },
            1,
        );
        let start_up = self.field(f, &world, "start_up", Kind::Limit, 10 * SECOND);
        let restart_after = self.field(f, &world, "restart_after", Kind::Limit, SECOND);
        let slow = self.field(f, &world, "slow", Kind::Factor, ONE);
        let mut lines = None;
        let mut run = None;
        let mut queue = None;
        let mut wait = None;
        f.optional_one("run", "way of running", |f| {
            run = Some(self.run(f, &own));
            let order;
            (queue, order) = self.queue(f, &own);
            lines = Some(self.lines(f, &own, order));
            wait = Some(self.field(f, &own, "wait", Kind::Patience, NONE));
        });
        let span = f.span();
        let run = run.unwrap_or_else(|| Run::Threads {
            threads: self.param(&own, "threads", Kind::count(1), 16, span),
        });
        let queue = queue.unwrap_or_else(|| self.param(&own, "queue", Kind::count(0), MANY, span));
        let wait = wait.unwrap_or_else(|| self.param(&own, "wait", Kind::Patience, NONE, span));
        let lines = lines.unwrap_or_else(|| self.plain_lines(&own, span));
        let balances = [
            ("round robin", Balance::RoundRobin),
            ("random", Balance::Random),
            ("least requests", Balance::Least),
            ("two choices", Balance::TwoChoices),
            ("pinned", Balance::Pinned { max_age: seatrial_sim::system::ParamId(0) }),
        ];
        let mut balance = f
            .optional_choice("balance", &balances)
            .unwrap_or(Balance::RoundRobin);
        self.connection_age(f, &world, &mut balance);
        let (discovery, ejection) = (self.discovery(f, &world), self.ejection(f, &world));
        let mut pools = self.pools(f, &own);
        let instances = self.instances(f, &own.below("instances"));
        let memory = self.memory(f, &own.below("memory"));
        let roll_out = self.rollout(f, &world.below("rollout"), number);
        let autoscale = self.autoscale(f, &world.below("autoscale"));
        f.optional("handlers");
        // What the file says stands here already; see `manifest`.
        f.optional_one("manifest", "manifest", |f| f.text("file"));
        let handlers: Vec<usize> = (0..self.known.handlers.len())
            .filter(|&h| self.known.handlers[h].service == number)
            .collect();
        for &handler in &handlers {
            self.handler(handler, &own);
        }
        let jobs = f
            .optional("jobs")
            .map_or(&[][..], |node| self.at.entries(node, "`jobs`"));
        let first_job = self.system.handlers.len();
        let probes = self.probes(number, &own, f);
        let pauses = self.pauses(f, &own);
        let restart_backoff = f.optional("restart_backoff").is_some().then(|| self.field(f, &world, "restart_backoff", Kind::Backoff, NONE));
        for job in jobs {
            self.job(number, &own, job);
        }
        // Whoever uses a store without saying how has a pool of a common size (HikariCP: 10, 30 s).
        for (_, store) in self
            .known
            .pools_used
            .clone()
            .into_iter()
            .filter(|(service, _)| *service == number)
        {
            let id = StoreId(store as u16);
            if !pools.iter().any(|pool: &Pool| pool.store == id) {
                let below = own.below("pools").below(self.known.stores.name(store));
                let size = self.param(&below, "size", Kind::count(1), 10, span);
                let wait = self.param(&below, "wait", Kind::Limit, 30 * SECOND, span);
                pools.push(Pool {
                    store: id,
                    size,
                    wait,
                });
            }
        }
        let handlers = handlers
            .into_iter()
            .chain(first_job..self.system.handlers.len());
        self.system.services.push(Service {
            name: name.to_owned(),
            replicas,
            run,
            queue,
            lines,
            wait,
            start_up,
            restart_after,
            slow,
            pools,
            balance,
            handlers: handlers.map(|h| HandlerId(h as u16)).collect(),
            instances,
            discovery,
            ejection,
            probes,
            pauses,
            restart_backoff,
            memory,
            versions: Vec::new(),
            runs: None,
            roll_out,
            autoscale,
        });
    }

    fn run(&mut self, f: &mut Fields<'a>, own: &Place) -> Run {
        let threads = f.optional("threads").is_some();
        let cores = f.optional("cores").is_some();
        if threads && cores {
            f.error(
                f.span(),
                "either-or",
                "a service runs on threads or on cores",
                "delete one of the two",
            );
        }
        if cores {
            let cores = self.field(
                f,
                own,
                "cores",
                Kind::Count {
                    least: 1,
                    most: 1000,
                },
                1,
            );
            return Run::Async {
                cores,
                in_flight: self.field(f, own, "in_flight", Kind::count(1), 1000),
            };
        }
        Run::Threads {
            threads: self.field(
                f,
                own,
                "threads",
                Kind::Count {
                    least: 1,
                    most: 100_000,
                },
                16,
            ),
        }
    }

    /// `fifo 128`: how long it is, and its order.
    fn queue(
        &mut self,
        f: &mut Fields<'a>,
        own: &Place,
    ) -> (Option<seatrial_sim::system::ParamId>, i64) {
        let kind = Kind::count(0);
        let Some(node) = f.optional("queue") else {
            return (None, ORDER_FIFO);
        };
        let Value::Scalar(scalar) = &node.value else {
            self.at
                .wrong_type(node, "`queue`", "an order and a length, such as `fifo 128`");
            return (None, ORDER_FIFO);
        };
        let (word, rest) = scalar
            .text
            .trim()
            .split_once(' ')
            .unwrap_or((scalar.text.trim(), ""));
        let (order, length) = match word {
            "fifo" => (ORDER_FIFO, rest),
            "lifo" => (ORDER_LIFO, rest),
            _ => (ORDER_FIFO, scalar.text.as_str()),
        };
        let length = match length.trim() {
            "" => Ok(MANY),
            text => unit::count(text),
        };
        let length = length.unwrap_or_else(|wrong| {
            let message = format!(
                "`queue` must be an order and a length, but is `{}`",
                clip(&scalar.text)
            );
            match wrong {
                Wrong::Other => self.error(
                    node.span,
                    "bad-value",
                    message,
                    "such as `fifo 128`, `lifo 20`, or `fifo` for a long one",
                ),
                wrong => self.wrong(node.span, &kind, "queue", &scalar.text, wrong),
            }
            0
        });
        (
            Some(self.param(own, "queue", kind, length, node.span)),
            order,
        )
    }

    fn pools(&mut self, f: &mut Fields<'a>, own: &Place) -> Vec<Pool> {
        let entries = f
            .optional("pools")
            .map_or(&[][..], |node| self.at.entries(node, "`pools`"));
        let mut pools = Vec::new();
        for entry in entries {
            let name = Spanned {
                value: entry.key.clone(),
                span: entry.key_span,
            };
            let store = self.find_store(&name);
            let below = own.below("pools").below(&entry.key);
            self.at.map(&entry.value, "pool", |f| {
                let size = self.field(f, &below, "size", Kind::count(1), 10);
                let wait = self.field(f, &below, "wait", Kind::Limit, 30 * SECOND);
                pools.extend(store.map(|store| Pool {
                    store: StoreId(store as u16),
                    size,
                    wait,
                }));
            });
        }
        pools
    }

    fn handler(&mut self, number: usize, own: &Place) {
        let info = &self.known.handlers[number];
        let (node, span, kind, service) = (info.node, info.span, info.kind, info.service);
        let (inputs, answers) = (info.inputs.clone(), info.answers);
        let place = own.below(&info.name);
        let handler = HandlerId(number as u16);
        let entry = self.pc();
        self.system.handlers[number].entry = entry;
        let mut body = self.body(service, handler, place.clone(), &inputs, span);
        self.at.map(node, "handler", |f| {
            f.optional("input");
            if kind == HandlerKind::Consumer {
                self.from(f, number, &place);
            }
            let answer_named = self.named(f, "answers");
            let signer = self.known.handlers[number].events_of.and_then(|provider| self.known.signers.get(&provider));
            if let Some(&secret) = signer {
                self.emit(Op::Verify(SecretId(secret as u16)));
            }
            let site = self.opens_site(service);
            self.closes_site(site, place.path.clone(), super::steps::Mode::OrFail);
            match (f.optional("steps"), f.optional("use")) {
                (Some(steps), None) => self.steps(steps, &mut body, "steps"),
                (None, Some(_)) => self.use_block(f, &mut body, &place),
                (Some(_), Some(_)) => f.error(
                    f.key("use"),
                    "either-or",
                    "a handler has `steps` or `use`, not both",
                    "",
                ),
                (None, None) => f.error(
                    f.span(),
                    "missing-field",
                    "this handler has no `steps`",
                    "add `steps:` or `use:`",
                ),
            }
            if let Some(name) = answer_named
                && let Some(record) = self.find_record(&name)
                && body.scope.record(record).is_none()
            {
                let message = format!("no step of this handler comes to a {}", name.value);
                self.error(name.span, "bad-value", message, "");
            }
        });
        self.emit(Op::End);
        let answered = answers
            .and_then(|record| body.scope.record(record))
            .map(|var| var.reg);
        self.system.handlers[number].answers = answered;
        self.write_later(&mut body);
    }

    fn from(&mut self, f: &mut Fields<'a>, handler: usize, place: &Place) {
        f.optional_one("from", "source of messages", |f| {
            let topic = f
                .required("topic")
                .and_then(|node| self.name(node, "`topic`"));
            if let Some(topic) = topic {
                self.find_topic(&topic);
            }
            f.optional("group");
            let acks: &[(&str, Ack)] = &[("after", Ack::After), ("before", Ack::Before)];
            let ack = f.optional_choice("ack", acks).unwrap_or(Ack::After);
            let groups = self.known.groups.iter();
            let group = groups.clone().position(|(_, _, h)| *h == handler).map(|g| GroupId(g as u16));
            if let Some(group) = group {
                self.system.groups[group.at()].ack = ack;
            }
            self.consuming(f, place, group);
        });
    }
}
