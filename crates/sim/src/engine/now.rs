//! The present instant as plain data: what a console shows to whoever runs the system (`Console`), and, apart from it,
//! what is true (`Truth`). Nothing here changes anything, and reading it costs what it is long.

use super::moves::MoveSeen;
use super::state::{NOBODY, Phase};
use super::{Health, Release, Released, RollOut, Sim, World};
use crate::Outcome;
use crate::system::{Owner, ParamId, SagaId, System, VersionId};

/// What the tools of an operator show: orchestrator, broker, pools, configuration, alerts. In the order of the
/// system's lists, so that an id is a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Console {
    /// Nanoseconds since virtual 0, as are all instants here.
    pub at: u64,
    /// Per service.
    pub services: Vec<ServiceSeen>,
    /// Per place in the code that calls.
    pub calls: Vec<CallSeen>,
    /// Per store.
    pub stores: Vec<StoreSeen>,
    /// Per topic.
    pub topics: Vec<TopicSeen>,
    /// Per consumer group.
    pub groups: Vec<GroupSeen>,
    /// Per provider.
    pub providers: Vec<ProviderSeen>,
    /// Per job.
    pub jobs: Vec<JobSeen>,
    /// Per alert.
    pub alerts: Vec<AlertSeen>,
    /// The support desk; nobody is at it where the system has none.
    pub desk: DeskSeen,
    /// Waiting or under way, oldest first.
    pub moves: Vec<MoveSeen>,
    /// The last that ended, in the order in which they did.
    pub moves_ended: Vec<MoveSeen>,
}

/// A service, as an orchestrator shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceSeen {
    /// Some replica takes requests.
    pub answers: bool,
    /// The configuration that a replica gets which starts now.
    pub newest: u16,
    /// Its instances, by number; those that start or end are among them.
    pub replicas: Vec<ReplicaSeen>,
    /// Oldest first; none when every replica has the newest.
    pub roll_outs: Vec<RollOutSeen>,
    /// What all instances are made from, where there are versions.
    pub runs: Option<VersionId>,
    /// A version on its way, if one is.
    pub release: Option<Release>,
    /// What became of the last that was: which version, and whether it came through. None before the first.
    pub released: Option<(VersionId, Released)>,
    /// The share of requests that goes to the version on its way.
    pub share: Option<f64>,
}

/// An instance, as an orchestrator shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplicaSeen {
    /// Whether its process runs.
    pub health: Health,
    /// Whether it is in the lists of endpoints, as far as the platform is concerned.
    pub ready: bool,
    /// Workers that are held, or requests in flight.
    pub busy: u32,
    /// Requests that wait for a worker.
    pub waiting: u32,
    /// Grows by change; equal numbers are equal values.
    pub config: u16,
    /// Connections in use, over all pools.
    pub connections: u32,
    /// Transactions that wait for a connection, over all pools.
    pub wait_for_connection: u32,
    /// What it is made from, where there are versions.
    pub version: Option<VersionId>,
    /// Since when it takes requests; none when it does not, or did so at the beginning.
    pub up_since: Option<u64>,
    /// Bytes, where its memory counts.
    pub memory: Option<u64>,
}

/// Changed values on their way: `has` of `of` replicas run with them.
#[derive(Debug, Clone, PartialEq)]
pub struct RollOutSeen {
    /// The change: which values, and since when.
    pub is: RollOut,
    /// Replicas that have it.
    pub has: u32,
    /// All replicas of the service.
    pub of: u32,
}

/// One place in the code that calls, over the caller's replicas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CallSeen {
    /// Calls that have no answer yet.
    pub in_flight: u32,
    /// Replicas whose breaker lets nothing through.
    pub open: u32,
    /// Replicas whose breaker lets a few calls through, to try.
    pub half_open: u32,
}

/// A store, as its own console shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreSeen {
    /// It takes transactions; false while it is down.
    pub answers: bool,
    /// Connections in use.
    pub used: u32,
    /// Messages that wait to be published.
    pub outbox: u32,
    /// When the oldest of them was written.
    pub outbox_since: Option<u64>,
}

/// A topic, as its broker shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopicSeen {
    /// The broker takes what is published.
    pub answers: bool,
    /// Messages that some group has still to handle.
    pub held: u64,
}

/// A consumer group, as its broker shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupSeen {
    /// Its members take messages: it has any, and nobody paused it.
    pub active: bool,
    /// An operator told it to take no messages.
    pub paused: bool,
    /// Stands still because its offsets are being reset.
    pub resets: bool,
    /// Messages that it has not handled, dead letters apart; of a queue, what nobody has taken.
    pub lag: u64,
    /// Of a queue: what consumers hold.
    pub in_flight: u64,
    /// Per partition of a log; of a queue, one row that nobody owns.
    pub partitions: Vec<PartitionSeen>,
    /// Dead letters that wait, over all partitions.
    pub dead: u64,
    /// Put back and not handled yet.
    pub redriving: u64,
    /// Passed over by an offset reset, since the beginning.
    pub skipped: u64,
}

/// A partition of a log, as one group reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartitionSeen {
    /// Messages from the committed offset on.
    pub lag: u64,
    /// Offset of the message that is next or in hand.
    pub offset: u64,
    /// The replica that has it, by its number in its service, from 1.
    pub owner: Option<u16>,
    /// The message that stands at its head and fails, if it does.
    pub failing: Option<Failing>,
}

/// The first message of a partition does not go through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failing {
    /// Of the first failure.
    pub since: u64,
    /// How often it was tried, and failed.
    pub attempts: u16,
    /// Of the last.
    pub why: Outcome,
    /// The business key that it is about.
    pub serial: u64,
}

/// Somebody else's system, as far as its status can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProviderSeen {
    /// As a probe would find it; lost answers do not show.
    pub answers: bool,
}

/// A job, as its scheduler shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct JobSeen {
    /// Whether it is configured to run by itself; a move runs it all the same.
    pub enabled: bool,
    /// How often it has run; runs that somebody made included.
    pub runs: u32,
    /// Of comparisons: the last runs, oldest first.
    pub results: Vec<JobResult>,
}

/// What one run of a comparison came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobResult {
    /// From 1.
    pub run: u32,
    /// When it began.
    pub began: u64,
    /// None while repairs are under way.
    pub ended: Option<u64>,
    /// Items that were old enough to be looked at.
    pub looked_at: u32,
    /// Those that differ.
    pub differ: u32,
    /// Differences whose repair came to `ok`.
    pub repaired: u32,
    /// Differences that stay: their repair failed, or there is none.
    pub left: u32,
}

/// An alert, as its dashboard shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlertSeen {
    /// It is switched on, and business figures are bought where it needs them.
    pub enabled: bool,
    /// Its condition has held for as long as it must, and holds.
    pub firing: bool,
    /// Since when it fires, or, before that, since when its condition holds.
    pub since: Option<u64>,
}

/// The support desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskSeen {
    /// Agents who handle a ticket.
    pub busy: u32,
    /// Tickets that wait for an agent.
    pub waiting: u32,
    /// Tickets since the beginning.
    pub filed: u64,
    /// Of those filed: the desk is through with them.
    pub handled: u64,
}

/// What is true. Nobody inside the system sees any of this.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// Nanoseconds after virtual 0, as are all instants here.
    pub at: u64,
    /// Per fault.
    pub faults: Vec<FaultTruth>,
    /// Per invariant.
    pub invariants: Vec<InvariantTruth>,
}

/// How a fault stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultTruth {
    /// It has begun, and what it does is in force; what has no duration is never on.
    pub on: bool,
    /// When it began last.
    pub since: Option<u64>,
    /// When it ends by itself, while it is on.
    pub until: Option<u64>,
    /// How often it has begun.
    pub times: u32,
}

/// How an invariant stands, since the beginning of the run. What only the end of a case or of the clock decides counts
/// from then on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvariantTruth {
    /// Broken, mended ones included.
    pub broken: u64,
    /// Windows that are open: a promise that may still be kept.
    pub undecided: u64,
    /// Broken, and true later after all.
    pub mended: u64,
    /// Minor units.
    pub cost: i64,
    /// Tickets that were filed about it.
    pub tickets: u64,
}

/// A saga's journal, as a query over its table shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkflowsSeen {
    /// Sagas that have not ended.
    pub under_way: u64,
    /// Ended by itself, and neither done nor undone: nobody will go on with these.
    pub left: Vec<WorkflowSeen>,
}

/// A saga that was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkflowSeen {
    /// The key under which it was begun.
    pub key: i64,
    /// Which attempt of its key, from 1.
    pub attempt: u16,
    /// The step that it did not get past.
    pub step: u8,
    /// What it came to: neither `ok` nor `declined`.
    pub why: Outcome,
}

impl Sim {
    /// What stands in the journal of a saga that is still kept, oldest first.
    pub fn workflows(&self, saga: SagaId) -> WorkflowsSeen {
        let mut seen = WorkflowsSeen::default();
        for (_, run) in self.world.sagas.live().filter(|(_, run)| run.def == saga.0) {
            match run.outcome {
                _ if run.phase != Phase::Done => seen.under_way += 1,
                Outcome::Ok | Outcome::Declined => {}
                why => seen.left.push(WorkflowSeen { key: run.key, attempt: run.attempt, step: run.step, why }),
            }
        }
        seen.left.sort_by_key(|left| left.key);
        seen
    }

    /// What a console shows at this instant.
    pub fn console(&self) -> Console {
        self.world.console(&self.system)
    }

    /// What is true at this instant, for those who may know.
    pub fn truth(&self) -> Truth {
        self.world.truth()
    }

    /// A parameter as it is configured: what each replica of its service runs with, in their order, or one value for
    /// what belongs to the world. What a fault does to it is not configured and does not show.
    pub fn configured(&self, param: ParamId) -> Vec<i64> {
        let world = &self.world;
        match self.system.params[param.at()].owner {
            Owner::World => vec![world.configs.configured(super::config::WORLD, param)],
            Owner::Service(service) => world.services[service.at()]
                .replicas
                .iter()
                .map(|&replica| world.configs.configured(world.replicas[replica as usize].config, param))
                .collect(),
        }
    }
}

impl World {
    fn console(&self, system: &System) -> Console {
        Console {
            at: self.now,
            services: (0..system.services.len()).map(|at| self.service_seen(system, at)).collect(),
            calls: self.calls_seen(system),
            stores: self.stores.iter().map(|store| self.store_seen(store)).collect(),
            topics: self.topics.iter().enumerate().map(|(at, state)| self.topic_seen(system, at, state)).collect(),
            groups: (0..system.groups.len()).map(|at| self.group_seen(system, at)).collect(),
            providers: self.providers.iter().map(|state| ProviderSeen { answers: !state.down }).collect(),
            jobs: (0..system.jobs.len()).map(|at| self.job_seen(system, at)).collect(),
            alerts: (0..system.alerts.len()).map(|at| self.alert_seen_now(system, at)).collect(),
            desk: DeskSeen {
                busy: self.operators.busy,
                waiting: self.operators.waiting.len() as u32,
                filed: self.operators.filed,
                handled: self.operators.handled,
            },
            moves: self.moves_seen(),
            moves_ended: self.operators.ended.iter().map(|ended| ended.seen.clone()).collect(),
        }
    }

    fn service_seen(&self, system: &System, at: usize) -> ServiceSeen {
        let state = &self.services[at];
        let replicas: Vec<ReplicaSeen> = state
            .replicas
            .iter()
            .map(|&place| {
                let replica = &self.replicas[place as usize];
                ReplicaSeen {
                    version: self.version_of(place),
                    up_since: replica.up_since.filter(|_| replica.health == Health::Up),
                    memory: self.memory_of(system, place),
                    health: replica.health,
                    ready: replica.health == Health::Up && !replica.unready,
                    busy: replica.busy,
                    waiting: replica.queue.len() as u32,
                    config: replica.config,
                    connections: replica.pools.iter().map(|pool| pool.used).sum(),
                    wait_for_connection: replica.pools.iter().map(|pool| pool.waiting.len() as u32).sum(),
                }
            })
            .collect();
        let roll_out = |is: &RollOut| RollOutSeen {
            is: is.clone(),
            has: replicas.iter().filter(|replica| replica.config >= is.config).count() as u32,
            of: replicas.len() as u32,
        };
        ServiceSeen {
            answers: !state.down && replicas.iter().any(|replica| replica.health == Health::Up),
            newest: state.config,
            runs: state.runs,
            release: state.release.clone(),
            released: state.released,
            share: state.split.map(|(_, share)| share),
            roll_outs: state.roll_outs.iter().map(roll_out).collect(),
            replicas,
        }
    }

    fn calls_seen(&self, system: &System) -> Vec<CallSeen> {
        let mut calls = vec![CallSeen::default(); system.calls.len()];
        for site in &self.replicas {
            for (seen, site) in calls.iter_mut().zip(&site.sites) {
                seen.in_flight += site.in_flight;
                seen.open += u32::from(site.open_until > self.now);
                seen.half_open += u32::from(site.open_until > 0 && site.open_until <= self.now);
            }
        }
        calls
    }

    fn store_seen(&self, store: &super::transactions::StoreState) -> StoreSeen {
        StoreSeen {
            answers: !store.down,
            used: store.used,
            outbox: store.outbox.len() as u32,
            outbox_since: store.outbox.front().map(|oldest| oldest.born),
        }
    }

    fn topic_seen(&self, system: &System, at: usize, state: &super::topics::TopicState) -> TopicSeen {
        let in_logs: u64 = state.partitions.iter().map(|log| log.messages.len() as u64).sum();
        let groups = system.groups.iter().zip(&self.queues).filter(|(def, _)| def.topic.at() == at);
        TopicSeen { answers: !state.down, held: in_logs + groups.map(|(_, queue)| queue.all()).sum::<u64>() }
    }

    fn group_seen(&self, system: &System, at: usize) -> GroupSeen {
        let state = &self.groups[at];
        let logs = &self.topics[state.topic as usize].partitions;
        let partitions = logs.iter().zip(&state.parts).map(|(log, part)| PartitionSeen {
            lag: log.base + log.messages.len() as u64 - part.committed(),
            offset: part.committed(),
            owner: (part.owner != NOBODY).then(|| self.number_in_service(part.owner) as u16),
            failing: (part.failures > 0).then(|| Failing {
                since: part.failing_since,
                attempts: part.failures,
                why: part.why,
                serial: log.messages.get((part.next - log.base) as usize).map_or(0, |&at| self.serial_of_message(at)),
            }),
        });
        // A queue is one row that nobody owns, and that nothing blocks.
        let queued = World::rules(system, at as u32).is_some();
        let in_queue = PartitionSeen { lag: self.queues[at].visible(), offset: 0, owner: None, failing: None };
        let service = system.handlers[system.groups[at].handler.at()].service;
        GroupSeen {
            active: !state.stands_still() && self.first_up(service.0).is_some(),
            paused: state.paused,
            resets: state.resets > 0,
            lag: self.backlog(system, at),
            in_flight: self.queues[at].in_flight(),
            partitions: if queued { vec![in_queue] } else { partitions.collect() },
            dead: state.dead.len() as u64,
            redriving: state.redriving.len() as u64,
            skipped: state.skipped,
        }
    }

    fn job_seen(&self, system: &System, at: usize) -> JobSeen {
        let def = &system.jobs[at];
        JobSeen {
            enabled: self.configs.configured(self.services[def.service.at()].config, def.enabled) != 0,
            runs: self.jobs[at].runs,
            results: self.jobs[at].results.iter().map(|result| result.is).collect(),
        }
    }

    fn alert_seen_now(&self, system: &System, at: usize) -> AlertSeen {
        let state = &self.telemetry.alerts[at];
        AlertSeen {
            enabled: self.configs.get(super::config::WORLD, system.alerts[at].enabled) != 0
                && (!system.alerts[at].needs_business
                    || system.telemetry.as_ref().is_some_and(|t| self.configs.get(super::config::WORLD, t.business) != 0)),
            firing: state.firing,
            since: if state.firing { state.fired.last().copied() } else { state.since },
        }
    }

    fn truth(&self) -> Truth {
        let fault = |state: &super::faults::FaultState| FaultTruth {
            on: state.on,
            since: (state.times > 0).then_some(state.since),
            until: state.until.filter(|_| state.on),
            times: state.times,
        };
        let invariant = |state: &super::oracle::InvariantState| InvariantTruth {
            broken: state.broken,
            undecided: state.open,
            mended: state.mended,
            cost: state.cost,
            tickets: state.tickets,
        };
        Truth {
            at: self.now,
            faults: self.faults.iter().map(fault).collect(),
            invariants: self.oracle.invariants.iter().map(invariant).collect(),
        }
    }
}

