//! One part of the system as its operator's tools show it: instances, configuration, partitions, the journal, jobs.
//!
//! Nothing here says more than a console, a query or a dashboard would; and of the configuration only what a decision's
//! options, once they are open, or a move have named: a menu is not read off the settings.

use seatrial_scenario::picture::Shape;
use seatrial_sim::engine::{Console, GroupSeen, Health, ServiceSeen};
use seatrial_sim::system::{MoveEffect, Owner, ParamId, Run, SagaId};
use serde::Serialize;

use crate::act::minutes;
use crate::command::V;
use crate::take::Take;
use crate::view::now::span;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PartNow {
    pub name: String,
    pub v: V,
    pub tables: Vec<PartTable>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PartTable {
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<PartRow>,
    /// What is said besides, or instead when there are no rows.
    pub says: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PartRow {
    pub cells: Vec<String>,
    pub degraded: bool,
    /// A key that traces and logs can be searched for.
    pub key: Option<String>,
}

/// So many rows of a journal are listed; the rest is counted.
const LEFT_MAX: usize = 20;

/// By the box's place in the picture.
pub fn part(take: &Take, of: usize) -> Option<PartNow> {
    let drawn = take.play.wiring.picture.boxes.get(of)?;
    let parts = Parts {
        take,
        console: take.sim().console(),
        name: &drawn.name,
    };
    let tables = match drawn.what {
        Shape::Service => parts.service(drawn.at),
        Shape::Store => parts.store(drawn.at),
        Shape::Topic => parts.topic(drawn.at),
        _ => Vec::new(),
    };
    Some(PartNow {
        name: drawn.name.clone(),
        v: take.now(),
        tables: tables.into_iter().chain(parts.configuration()).collect(),
    })
}

struct Parts<'a> {
    take: &'a Take,
    console: Console,
    name: &'a str,
}

fn table(title: &str, columns: &[&str], rows: Vec<PartRow>, says: String) -> PartTable {
    PartTable {
        title: title.to_owned(),
        columns: columns.iter().map(|&one| one.to_owned()).collect(),
        rows,
        says,
    }
}

fn row(cells: Vec<String>, degraded: bool) -> PartRow {
    PartRow {
        cells,
        degraded,
        key: None,
    }
}

fn many(n: u64, one: &str, more: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {more}")
    }
}

impl Parts<'_> {
    /// A moment by the room's clock.
    fn at(&self, v: V) -> String {
        minutes(v.saturating_sub(self.take.play.opens()))
    }

    fn service(&self, at: usize) -> Vec<PartTable> {
        let system = &self.take.play.system;
        let mut tables = vec![self.instances(&self.console.services[at])];
        tables.extend(self.release(at));
        let groups = system
            .groups
            .iter()
            .enumerate()
            .filter(|(_, group)| system.handlers[group.handler.at()].service.at() == at);
        tables.extend(groups.map(|(group, _)| self.partitions(group)));
        let sagas = system
            .sagas
            .iter()
            .enumerate()
            .filter(|(_, saga)| system.handlers[saga.handler.at()].service.at() == at);
        tables.extend(sagas.map(|(saga, _)| self.journal(saga)));
        let jobs = system
            .jobs
            .iter()
            .enumerate()
            .filter(|(_, job)| job.service.at() == at);
        tables.extend(jobs.map(|(job, _)| self.job(job)));
        tables
    }

    fn instances(&self, seen: &ServiceSeen) -> PartTable {
        let rows = seen.replicas.iter().enumerate().map(|(at, replica)| {
            let health = match replica.health {
                Health::Up if !replica.ready => "not ready",
                Health::Up => "up",
                Health::Starting => "starting",
                Health::Down => "down",
                Health::Ending => "ending",
            };
            // Which of the changes under way it has.
            let missing = seen
                .roll_outs
                .iter()
                .filter(|roll_out| replica.config < roll_out.is.config)
                .count();
            let runs = if missing == 0 {
                "newest".to_owned()
            } else {
                format!("{} behind", many(missing as u64, "change", "changes"))
            };
            let connections = match replica.wait_for_connection {
                0 => replica.connections.to_string(),
                wait => format!("{}, {wait} wait", replica.connections),
            };
            let version = replica.version.map(|version| self.take.play.system.versions[version.at()].name.as_str());
            let memory = replica.memory.map_or(String::new(), |bytes| format!(", {} MB", bytes / 1_000_000));
            // What it is made from, and since when it takes requests.
            let age = replica.up_since.map_or(String::new(), |since| format!(", up {}", span(self.console.at.saturating_sub(since))));
            let health = match version {
                Some(version) => format!("{health}, {version}{age}{memory}"),
                None => format!("{health}{age}{memory}"),
            };
            let cells = vec![
                (at + 1).to_string(),
                health,
                replica.busy.to_string(),
                replica.waiting.to_string(),
                connections,
                runs,
            ];
            row(
                cells,
                replica.health != Health::Up || replica.wait_for_connection > 0,
            )
        });
        table(
            "Instances",
            &["", "state", "in hand", "waiting", "connections", "settings"],
            rows.collect(),
            String::new(),
        )
    }

    /// A version on its way, and what its gates found.
    fn release(&self, at: usize) -> Option<PartTable> {
        use seatrial_sim::engine::Stage;
        let seen = &self.console.services[at];
        let release = seen.release.as_ref()?;
        let system = &self.take.play.system;
        let name = |version: seatrial_sim::system::VersionId| system.versions[version.at()].name.clone();
        let stage = match (release.held, release.stage) {
            (true, _) => "held",
            (_, Stage::Migrates(_)) => "tables change first",
            (_, Stage::Moves) if release.late => "late: no progress",
            (_, Stage::Moves) => "instances come and go",
            (_, Stage::Bakes) => "watched",
            (_, Stage::Keeps) => "switched; the old ones stand by",
        };
        let of = |version| seen.replicas.iter().filter(|replica| replica.version == Some(version) && replica.health == Health::Up).count();
        let instances = format!("{} of {}, {} of {}", of(release.from), name(release.from), of(release.to), name(release.to));
        let mut rows = vec![
            row(vec!["version".into(), format!("{} to {}", name(release.from), name(release.to))], false),
            row(vec!["state".into(), format!("{stage}, for {}", span(self.console.at.saturating_sub(release.since)))], release.held || release.late),
            row(vec!["instances".into(), instances], false),
        ];
        rows.extend(seen.share.map(|share| row(vec!["share of requests".into(), format!("{:.0}%", share * 100.0)], false)));
        let gates = system.services[at].roll_out.iter().flat_map(|def| &def.gates).zip(&release.gates);
        rows.extend(gates.map(|(gate, found)| {
            let found = match found {
                None => "not looked at",
                Some(false) => "passes",
                Some(true) => "fails",
            };
            row(vec![format!("gate {}", gate.name), found.to_owned()], found == "fails")
        }));
        Some(table("Roll-out", &["", ""], rows, String::new()))
    }

    fn partitions(&self, group: usize) -> PartTable {
        let seen = &self.console.groups[group];
        let topic =
            &self.take.play.system.topics[self.take.play.system.groups[group].topic.at()].name;
        let rows = seen.partitions.iter().enumerate().map(|(at, part)| {
            let owner = part
                .owner
                .map_or("nobody".to_owned(), |owner| owner.to_string());
            let failing = part.failing.map_or(String::new(), |failing| {
                format!(
                    "since {}, {}: {}",
                    self.at(failing.since),
                    many(failing.attempts.into(), "attempt", "attempts"),
                    failing.why.name()
                )
            });
            let cells = vec![
                format!("p{at}"),
                owner,
                part.offset.to_string(),
                part.lag.to_string(),
                failing,
            ];
            row(cells, part.failing.is_some())
        });
        let title = format!("Reads {topic}");
        table(
            &title,
            &["", "read by", "offset", "behind", "failing"],
            rows.collect(),
            group_says(seen),
        )
    }

    fn journal(&self, at: usize) -> PartTable {
        let system = &self.take.play.system;
        let saga = &system.sagas[at];
        let seen = self.take.sim().workflows(SagaId(at as u16));
        // The record whose ids the keys are: the one that arrivals make.
        let made = system
            .clients
            .iter()
            .find_map(|client| client.make.as_ref())
            .map(|make| make.record);
        let rows = seen.left.iter().rev().take(LEFT_MAX).map(|left| {
            let step = saga
                .steps
                .get(usize::from(left.step))
                .map_or("", |step| step.name.as_str());
            let thing = made.map_or_else(
                || left.key.to_string(),
                |record| seatrial_story::words::thing(system, record, left.key),
            );
            let key = thing.rsplit(' ').next().map(str::to_owned);
            PartRow {
                cells: vec![
                    thing,
                    step.to_owned(),
                    left.attempt.to_string(),
                    left.why.name().to_owned(),
                ],
                degraded: true,
                key,
            }
        });
        let left = seen.left.len() as u64;
        let says = match left {
            0 => format!("{} under way, none left unfinished.", seen.under_way),
            _ => {
                let shown = if left > LEFT_MAX as u64 {
                    format!("; the newest {LEFT_MAX}")
                } else {
                    String::new()
                };
                format!(
                    "{} under way, {left} left unfinished{shown}.",
                    seen.under_way
                )
            }
        };
        table(
            &format!("Journal of {}", saga.name),
            &["left", "at step", "attempt", "because"],
            rows.collect(),
            says,
        )
    }

    fn job(&self, at: usize) -> PartTable {
        let def = &self.take.play.system.jobs[at];
        let seen = &self.console.jobs[at];
        let rows = seen.results.iter().map(|result| {
            let ended = result
                .ended
                .map_or("under way".to_owned(), |ended| self.at(ended));
            let numbers = [
                result.looked_at,
                result.differ,
                result.repaired,
                result.left,
            ]
            .map(|n| n.to_string());
            row(
                [vec![self.at(result.began), ended], numbers.to_vec()].concat(),
                result.left > 0,
            )
        });
        let says = match (seen.enabled, seen.runs) {
            (false, 0) => "Switched off; it has not run.".to_owned(),
            (false, _) => "Switched off; it ran when somebody asked for it.".to_owned(),
            (true, 0) => "Switched on; it has not run yet.".to_owned(),
            (true, _) => String::new(),
        };
        table(
            &format!("Job {}", def.name),
            &["began", "ended", "looked at", "differ", "repaired", "left"],
            rows.collect(),
            says,
        )
    }

    fn store(&self, at: usize) -> Vec<PartTable> {
        let seen = self.console.stores[at];
        let waits = match (seen.outbox, seen.outbox_since) {
            (0, _) | (_, None) => "nothing".to_owned(),
            (n, Some(since)) => format!(
                "{}, since {}",
                many(n.into(), "message", "messages"),
                self.at(since)
            ),
        };
        let answers = if seen.answers { "yes" } else { "no" };
        let rows = vec![
            row(
                vec!["answers".to_owned(), answers.to_owned()],
                !seen.answers,
            ),
            row(
                vec!["connections in use".to_owned(), seen.used.to_string()],
                false,
            ),
            row(vec!["waits to be sent".to_owned(), waits], false),
        ];
        vec![table("State", &["", ""], rows, String::new())]
    }

    fn topic(&self, at: usize) -> Vec<PartTable> {
        let system = &self.take.play.system;
        let groups = system
            .groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.topic.at() == at);
        let rows = groups.map(|(group, _)| {
            let seen = &self.console.groups[group];
            let failing = seen
                .partitions
                .iter()
                .filter(|part| part.failing.is_some())
                .count();
            let numbers = [
                seen.lag,
                failing as u64,
                seen.dead,
                seen.redriving,
                seen.skipped,
            ]
            .map(|n| n.to_string());
            row(
                [vec![self.take.play.group_name(group)], numbers.to_vec()].concat(),
                failing > 0 || seen.dead > 0,
            )
        });
        let columns = [
            "",
            "behind",
            "partitions failing",
            "put aside",
            "run again",
            "skipped",
        ];
        vec![table("Read by", &columns, rows.collect(), String::new())]
    }

    /// Sizes, and what open decisions and moves have named.
    fn configuration(&self) -> Option<PartTable> {
        let mut rows: Vec<PartRow> = Vec::new();
        let mut listed: Vec<ParamId> = Vec::new();
        for param in self.sizes().into_iter().chain(self.named()) {
            if listed.contains(&param) {
                continue;
            }
            listed.push(param);
            rows.extend(self.setting(param));
        }
        (!rows.is_empty()).then(|| table("Configuration", &["", ""], rows, String::new()))
    }

    fn sizes(&self) -> Vec<ParamId> {
        let system = &self.take.play.system;
        let Some(service) = system
            .services
            .iter()
            .find(|service| service.name == self.name)
        else {
            return Vec::new();
        };
        let run = match service.run {
            Run::Threads { threads } => vec![threads],
            Run::Async { cores, in_flight } => vec![cores, in_flight],
        };
        let pools = service.pools.iter().map(|pool| pool.size);
        run.into_iter()
            .chain([service.queue])
            .chain(pools)
            .collect()
    }

    fn named(&self) -> Vec<ParamId> {
        let play = &self.take.play;
        let opened = play
            .compiled
            .decisions
            .iter()
            .zip(&self.take.desk.decisions)
            .filter(|(_, state)| state.options_open());
        let decided =
            opened.flat_map(|(decision, _)| decision.patches().into_iter().map(|(param, _)| param));
        let moved = play.system.moves.iter().flat_map(|one| match &one.does {
            MoveEffect::Set(patches) => patches.iter().map(|patch| patch.param).collect(),
            _ => Vec::new(),
        });
        decided.chain(moved).collect()
    }

    /// Its path, and what it is now: one value, or one for each replica while a change arrives.
    fn setting(&self, param: ParamId) -> Option<PartRow> {
        let play = &self.take.play;
        let paths = play
            .compiled
            .paths
            .iter()
            .filter(|(_, info)| info.param == param)
            .map(|(path, _)| path);
        let path = paths.min_by_key(|path| path.len())?;
        let short = path.strip_prefix(self.name)?.strip_prefix('.')?;
        let values: Vec<String> = self
            .take
            .sim()
            .configured(param)
            .into_iter()
            .map(|value| play.compiled.show(path, value))
            .collect();
        let first = values.first()?.clone();
        let same = values.iter().all(|value| *value == first);
        let by_replica = || {
            values
                .iter()
                .enumerate()
                .map(|(at, value)| format!("{}: {value}", at + 1))
                .collect::<Vec<_>>()
                .join("; ")
        };
        let owned = matches!(play.system.params[param.at()].owner, Owner::Service(_));
        Some(row(
            vec![
                short.to_owned(),
                if same || !owned { first } else { by_replica() },
            ],
            !same,
        ))
    }
}

fn group_says(seen: &GroupSeen) -> String {
    let mut said = Vec::new();
    if seen.paused {
        said.push("Paused.".to_owned());
    } else if !seen.active {
        said.push("Nobody reads.".to_owned());
    }
    if seen.dead > 0 {
        said.push(format!(
            "{} put aside.",
            many(seen.dead, "message", "messages")
        ));
    }
    if seen.redriving > 0 {
        said.push(format!(
            "{} on the way back.",
            many(seen.redriving, "message", "messages")
        ));
    }
    if seen.skipped > 0 {
        said.push(format!(
            "{} skipped for good.",
            many(seen.skipped, "message", "messages")
        ));
    }
    said.join(" ")
}
