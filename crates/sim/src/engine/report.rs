//! What a run came to.

use super::World;
use super::oracle::KEYS_KEPT;
use crate::system::{InvariantId, InvariantKind, System};

/// What a run has come to. Invariants judge what arrived after the warm-up; counts are of the whole run, unless their
/// name or their doc says judged. Lists stand in the order of the system's, so that an id is a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// That of `Setup`.
    pub seed: u64,
    /// As `Sim::digest` has it.
    pub digest: u64,
    /// Entries taken from the event queue.
    pub events: u64,
    /// The instant of which this is the report: nanoseconds after virtual 0.
    pub ends: u64,
    /// One for each of `System::invariants`.
    pub invariants: Vec<InvariantReport>,
    /// One for each of `System::clients`.
    pub clients: Vec<ClientReport>,
    /// One for each of `System::services`.
    pub services: Vec<ServiceReport>,
    /// One for each of `System::groups`.
    pub groups: Vec<GroupReport>,
    /// One for each of `System::providers`.
    pub providers: Vec<ProviderReport>,
    /// One for each of `System::caches`.
    pub caches: Vec<super::CacheTally>,
    /// One for each of `System::faults`.
    pub detection: Vec<Detection>,
    /// By alert: the instants at which it began to fire, in nanoseconds after virtual 0.
    pub alerts: Vec<Vec<u64>>,
    /// Tickets that people wrote.
    pub tickets_filed: u64,
    /// Of those filed: the support desk is through with them.
    pub tickets_handled: u64,
    /// By move, taking it back included.
    pub moves: Vec<MoveReport>,
    /// Second and later attempts of calls, and of clicks by SDKs.
    pub retries: u64,
    /// Replicas that were killed, for whatever reason.
    pub crashes: u64,
    /// One for each of `System::secrets`.
    pub secrets: Vec<SecretReport>,
    /// Why the run ended before its clock, if it did.
    pub stopped: Option<super::Stopped>,
}

/// Whom a broken promise hurt, how often and for how much: the oracle's.
#[derive(Debug, Clone, PartialEq)]
pub struct InvariantReport {
    /// As the scenario calls it.
    pub name: String,
    /// Whom it hurts when it is broken, in the scenario's words.
    pub hurts: String,
    /// How often it was broken: once at most for each instance.
    pub violations: u64,
    /// Broken, and true later after all.
    pub mended: u64,
    /// Not known yet: windows that are open, or what would be broken if this were the end.
    pub undecided: u64,
    /// Minor units.
    pub cost: i64,
    /// Tickets that were filed about it.
    pub tickets: u64,
    /// Of the first twenty that broke it: number of the arrival, id of the instance.
    pub keys: Vec<(u64, i64)>,
}

/// How long good answers took: clicks after the warm-up that came to `ok`, from click to answer, an SDK's attempts
/// included. Quantiles are good to two digits, and 0 when there are none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Latency {
    /// How many were measured.
    pub count: u64,
    /// The mean, which is exact; 0 when nothing was measured.
    pub mean_ns: f64,
    /// The median.
    pub p50_us: u64,
    /// Nine of ten took at most so long.
    pub p90_us: u64,
    /// 99 of 100 took at most so long.
    pub p99_us: u64,
    /// 999 of 1000 took at most so long.
    pub p999_us: u64,
    /// The longest; an hour at most.
    pub max_us: u64,
}

/// A credential or a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretReport {
    /// As the scenario calls it.
    pub name: String,
    /// Versions that there have been, that of the beginning included.
    pub versions: u64,
    /// Logins that failed, wherever it is asked for.
    pub failed_logins: u64,
    /// Uses by somebody else.
    pub misused: u64,
}

/// What became of the people of one source of traffic. Clicks are all answered, or under way.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientReport {
    /// As the scenario calls it.
    pub name: String,
    /// People who came, each once.
    pub arrivals: u64,
    /// Requests that they began, second clicks and later visits included; an SDK's attempts are within one.
    pub clicks: u64,
    /// Arrivals after the warm-up.
    pub judged: u64,
    /// Of the judged: those with a good answer in the end, to whichever click.
    pub pleased: u64,
    /// Clicks that ended, by `Outcome as usize`.
    pub by_outcome: [u64; 7],
    /// Of clicks after the warm-up.
    pub judged_by_outcome: [u64; 7],
    /// Of the good answers to clicks after the warm-up.
    pub latency: Latency,
}

/// What came to a service, and what became of it. What is in neither count was dropped from its queue, or is under way.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceReport {
    /// As the scenario calls it.
    pub name: String,
    /// Activations that were asked for: requests, messages, jobs, probes; not functions of a module.
    pub offered: u64,
    /// Refused before a worker had begun.
    pub turned_away: u64,
    /// Activations that died with their replica.
    pub killed: u64,
    /// Answers, by `Outcome as usize`.
    pub by_outcome: [u64; 7],
    /// Workers held on average, over the whole run.
    pub busy_mean: f64,
}

/// What a consumer group did.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupReport {
    /// The name of its topic.
    pub topic: String,
    /// As the scenario calls it.
    pub name: String,
    /// Messages that it is through with.
    pub handled: u64,
    /// Attempts that failed.
    pub failures: u64,
    /// Times that a message was put aside; one that is put back and fails again counts again.
    pub parked: u64,
    /// Dead letters that wait now.
    pub dead: u64,
    /// Messages that it has not handled, dead letters apart; of a queue, those that consumers hold included.
    pub lag: u64,
    /// Messages that grew older than the topic keeps, and were never handled.
    pub expired: u64,
}

/// Requests to somebody else's system. Webhooks are not counted here.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderReport {
    /// As the scenario calls it.
    pub name: String,
    /// Requests that it took on.
    pub received: u64,
    /// Requests that got lost at its door; their effect never happened.
    pub requests_lost: u64,
    /// Answers that got lost, or that it could not give while it was down; their effect is real.
    pub answers_lost: u64,
    /// Refused: it was down, or a limit was reached.
    pub turned_away: u64,
    /// Answered from what an idempotency key remembered.
    pub replayed: u64,
}

/// How often a move was made, and what it came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MoveReport {
    /// How often somebody set about it.
    pub made: u64,
    /// Of those: some of it was done.
    pub partly: u64,
    /// There was nothing to do: nothing to put back, no roll-out to take back.
    pub vain: u64,
    /// Nothing of what there was to do was done.
    pub failed: u64,
}

impl MoveReport {
    /// Of several moves together.
    pub fn sum(moves: &[MoveReport]) -> MoveReport {
        moves.iter().fold(MoveReport::default(), |all, of| MoveReport {
            made: all.made + of.made,
            partly: all.partly + of.partly,
            vain: all.vain + of.vain,
            failed: all.failed + of.failed,
        })
    }
}

/// How long after a fault began somebody could know of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Detection {
    /// Its name.
    pub fault: String,
    /// When it began for the first time, in nanoseconds after virtual 0; none when it never did.
    pub began: Option<u64>,
    /// Instant and sign; none is "never in this run", which is censored at the end.
    pub noticed: Option<(u64, Sign)>,
}

/// What somebody could know a fault by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// An alert that counts for the fault began to fire.
    Alert,
    /// A ticket about an invariant that counts for it was filed.
    Ticket,
    /// Somebody made a move, and had a reason.
    Move,
    /// It brought a new version, and a gate of its roll-out stopped that.
    Gate,
}

impl Report {
    /// The first of this name; none when there is none.
    pub fn invariant(&self, name: &str) -> Option<&InvariantReport> {
        self.invariants.iter().find(|invariant| invariant.name == name)
    }

    /// What all violations cost together, in minor units; saturates.
    pub fn cost(&self) -> i64 {
        self.invariants.iter().map(|invariant| invariant.cost).fold(0, i64::saturating_add)
    }
}

impl World {
    pub(super) fn report(&self, system: &System) -> Report {
        let at_end = self.now >= system.clock.ends();
        let invariants = system.invariants.iter().enumerate().map(|(at, def)| {
            let state = &self.oracle.invariants[at];
            let mut report = InvariantReport {
                name: def.name.clone(),
                hurts: def.hurts.clone(),
                violations: state.broken,
                mended: state.mended,
                undecided: state.open,
                cost: state.cost,
                tickets: state.tickets,
                keys: state.keys.iter().copied().take(KEYS_KEPT).collect(),
            };
            let InvariantKind::AtEnd(holds) = def.kind else {
                return report;
            };
            let invariant = InvariantId(at as u16);
            if def.each.is_some() {
                let unkept = self.unkept(system, invariant);
                if at_end {
                    report.violations += unkept.count;
                    report.cost = report.cost.saturating_add(unkept.cost);
                    let room = KEYS_KEPT.saturating_sub(report.keys.len());
                    report.keys.extend(unkept.keys.into_iter().take(room));
                } else {
                    report.undecided = unkept.count;
                }
            } else if !at_end {
                report.undecided = 1;
            } else if let Some(cost) = self.total_is_unkept(system, invariant, holds) {
                (report.violations, report.cost) = (1, cost);
            }
            report
        });
        Report {
            seed: self.setup.seed,
            digest: self.digest,
            events: self.events,
            ends: self.now,
            invariants: invariants.collect(),
            clients: self.client_reports(system),
            services: self.service_reports(system),
            groups: self.group_reports(system),
            providers: self.provider_reports(system),
            caches: self.tally.caches.clone(),
            detection: self.detections(system),
            alerts: self.telemetry.alerts.iter().map(|alert| alert.fired.clone()).collect(),
            tickets_filed: self.operators.filed,
            tickets_handled: self.operators.handled,
            moves: self.operators.tally.clone(),
            retries: self.tally.retries,
            crashes: self.tally.crashes,
            secrets: system.secrets.iter().zip(&self.secrets).map(|(def, state)| SecretReport {
                name: def.name.clone(),
                versions: state.versions.len() as u64,
                failed_logins: state.failed_logins,
                misused: state.misused,
            }).collect(),
            stopped: self.stopped,
        }
    }

    fn client_reports(&self, system: &System) -> Vec<ClientReport> {
        let report = |(at, tally): (usize, &super::tally::ClientTally)| ClientReport {
            name: system.clients[at].name.clone(),
            arrivals: tally.arrivals,
            clicks: tally.clicks,
            judged: tally.judged,
            pleased: tally.pleased,
            by_outcome: tally.by_outcome,
            judged_by_outcome: tally.judged_by_outcome,
            latency: Latency {
                count: tally.latency_count,
                mean_ns: if tally.latency_count == 0 {
                    0.0
                } else {
                    tally.latency_sum_ns as f64 / tally.latency_count as f64
                },
                p50_us: tally.latency.value_at_quantile(0.5),
                p90_us: tally.latency.value_at_quantile(0.9),
                p99_us: tally.latency.value_at_quantile(0.99),
                p999_us: tally.latency.value_at_quantile(0.999),
                max_us: tally.latency.max(),
            },
        };
        self.tally.clients.iter().enumerate().map(report).collect()
    }

    fn service_reports(&self, system: &System) -> Vec<ServiceReport> {
        let report = |(at, tally): (usize, &super::tally::ServiceTally)| {
            let busy_mean = if self.now == 0 { 0.0 } else { tally.busy_ns(self.now) as f64 / self.now as f64 };
            ServiceReport {
                name: system.services[at].name.clone(),
                offered: tally.offered,
                turned_away: tally.turned_away,
                killed: tally.killed,
                by_outcome: tally.by_outcome,
                busy_mean,
            }
        };
        self.tally.services.iter().enumerate().map(report).collect()
    }

    fn group_reports(&self, system: &System) -> Vec<GroupReport> {
        let report = |(at, state): (usize, &super::topics::GroupState)| GroupReport {
            topic: system.topics[state.topic as usize].name.clone(),
            name: system.groups[at].name.clone(),
            handled: state.handled,
            failures: state.failures,
            parked: state.parked,
            dead: state.dead.len() as u64,
            lag: self.lag(system, at),
            expired: state.expired,
        };
        self.groups.iter().enumerate().map(report).collect()
    }

    fn provider_reports(&self, system: &System) -> Vec<ProviderReport> {
        let report = |(at, tally): (usize, &super::tally::ProviderTally)| ProviderReport {
            name: system.providers[at].name.clone(),
            received: tally.received,
            requests_lost: tally.lost,
            answers_lost: tally.answers_lost,
            turned_away: tally.turned_away,
            replayed: tally.replayed,
        };
        self.tally.providers.iter().enumerate().map(report).collect()
    }

    fn detections(&self, system: &System) -> Vec<Detection> {
        let detection = |(at, state): (usize, &super::faults::FaultState)| Detection {
            fault: system.faults[at].name.clone(),
            began: state.began,
            noticed: state.noticed,
        };
        self.faults.iter().enumerate().map(detection).collect()
    }

    /// in = out + in flight, part by part.
    pub(super) fn conserved(&self, system: &System) -> Result<(), String> {
        for (at, tally) in self.tally.services.iter().enumerate() {
            // A function is no request.
            let here = |act: &super::state::Act| {
                system.handlers[act.handler as usize].service.at() == at && !matches!(act.caller, super::state::Caller::Function(_))
            };
            let open = self.acts.live().filter(|(_, act)| here(act)).count() as u64;
            let out = tally.turned_away + tally.expired + tally.killed + tally.ended;
            if tally.offered != out + open {
                let name = &system.services[at].name;
                return Err(format!("{name}: {} requests came, {out} ended, {open} are open", tally.offered));
            }
            let held =
                self.services[at].replicas.iter().map(|&r| u64::from(self.replicas[r as usize].busy)).sum::<u64>();
            let working = self.acts.live().filter(|(_, act)| here(act) && act.holds_worker).count() as u64;
            if held != working {
                return Err(format!("{}: {held} workers are held, {working} work", system.services[at].name));
            }
        }
        for (at, tally) in self.tally.clients.iter().enumerate() {
            let mine = |from: super::state::From| matches!(from, super::state::From::Click { client, .. } if client as usize == at);
            let open = self.flights.live().filter(|(_, flight)| mine(flight.from)).count() as u64;
            let answered: u64 = tally.by_outcome.iter().sum();
            if tally.clicks != answered + open {
                let name = &system.clients[at].name;
                return Err(format!("{name}: {} clicks, {answered} answered, {open} open", tally.clicks));
            }
        }
        for (at, tally) in self.tally.providers.iter().enumerate() {
            let mine = |operation: u16| system.operations[operation as usize].provider.at() == at;
            let open = self.requests.live().filter(|(_, request)| mine(request.operation)).count() as u64;
            if tally.received != tally.answered + tally.answers_lost + open {
                return Err(format!("{}: requests do not add up", system.providers[at].name));
            }
        }
        for (at, tally) in self.tally.links.iter().enumerate() {
            let open = self.transits.live().filter(|(_, transit)| transit.link.at() == at).count() as u64;
            if tally.sent != tally.arrived + tally.lost + tally.given_up + tally.withdrawn + open {
                return Err(format!("{}: what was sent does not add up: {tally:?}, {open} on the way", system.links[at].name));
            }
        }
        let mut pending = 0;
        for (at, state) in self.groups.iter().enumerate() {
            pending += self.lag(system, at) + state.dead.len() as u64;
        }
        let waiting: u64 = self.messages.live().map(|(_, message)| u64::from(message.pending)).sum();
        if pending != waiting {
            return Err(format!("groups have {pending} messages to handle, messages wait for {waiting}"));
        }
        let open: u64 = self.oracle.invariants.iter().map(|state| state.open).sum();
        if open != self.oracle.windows.count() as u64 {
            return Err(format!("{open} windows are counted, {} are open", self.oracle.windows.count()));
        }
        let branches = self.flights.live().filter(|(_, flight)| flight.leg.fork != super::state::NOBODY).count();
        if branches != self.forks.live().map(|(_, fork)| fork.flights()).sum::<usize>() {
            return Err(format!("{branches} calls are one of several, and forks wait for another number"));
        }
        if let Some((_, fork)) = self.forks.live().find(|(_, fork)| !self.acts.is(fork.act)) {
            return Err(format!("a fork of {:?} is left, and nobody waits for it", fork.act));
        }
        let (filling, fetched) = (self.acts.live().filter(|(_, act)| act.filling != super::state::NOBODY).count(), self.fillings.count());
        if filling != fetched {
            return Err(format!("{filling} activations fetch for a cache, {fetched} entries are fetched"));
        }
        let used: u32 = self.stores.iter().map(|store| store.used).sum();
        let connected =
            self.txs.live().filter(|(_, tx)| tx.stage.connected()).count() as u32;
        if used != connected {
            return Err(format!("{used} connections are used, {connected} transactions hold one"));
        }
        self.gates_are_accounted_for()?;
        self.snapshots_are_accounted_for(system)
    }
}
