//! What an operator can do here, and what became of what was done.

use seatrial_scenario::picture::Shape;
use seatrial_sim::engine::{Console, Ended, MoveSeen, Phase};
use seatrial_sim::system::{Argument, Move, MoveEffect, ParamId, Patch, TopicId};
use serde::Serialize;

use super::now::span;
use super::{Context, plain};
use crate::command::V;
use crate::take::Take;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MoveDef {
    pub name: String,
    pub title: String,
    pub says: String,
    pub asks: Vec<Asks>,
    /// `about 30 s`.
    pub takes: String,
    pub reversible: bool,
    /// The box that it acts on.
    pub r#box: Option<u32>,
}

/// What a move wants to know.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "arg", rename_all = "snake_case")]
pub enum Asks {
    Record {
        /// `charge`.
        kind: String,
    },
    DeadLetters {
        groups: Vec<String>,
    },
    Rate {
        usual: f64,
    },
    Group {
        groups: Vec<String>,
    },
    Partition {
        count: u32,
    },
    Replica {
        service: String,
        count: u32,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MoveState {
    /// `M1` and so on.
    pub number: u32,
    pub name: String,
    pub title: String,
    pub about: String,
    pub asked: V,
    pub state: Is,
    pub done_at: Option<V>,
    pub result: String,
    pub can_take_back: bool,
    /// Nothing of it has happened yet, or the rest of it can be left.
    pub can_call_off: bool,
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Is {
    UnderWay,
    Done,
    Partly,
    Failed,
    TakenBack,
    CalledOff,
}

pub fn move_defs(take: &Take) -> Vec<MoveDef> {
    let system = &take.play.system;
    let wiring = &take.play.wiring;
    let groups = |topic: seatrial_sim::system::TopicId| {
        let of = (0..system.groups.len()).filter(|at| system.groups[*at].topic == topic);
        of.map(|at| take.play.group_name(at)).collect::<Vec<String>>()
    };
    let number = |param: ParamId| take.sim().configured(param).first().copied().unwrap_or_default();
    let asks = |argument: Argument| match argument {
        Argument::Record(record) => {
            Asks::Record { kind: seatrial_story::words::words_of(&system.records[record.at()].name) }
        }
        Argument::DeadLetters(topic) => Asks::DeadLetters { groups: groups(topic) },
        Argument::Rate(rate) => Asks::Rate { usual: f64::from_bits(number(rate) as u64) },
        Argument::Group(topic) => Asks::Group { groups: groups(topic) },
        Argument::Partition(topic) => Asks::Partition { count: u32::try_from(number(system.topics[topic.at()].partitions)).unwrap_or(0) },
        Argument::Replica(service) => Asks::Replica {
            service: system.services[service.at()].name.clone(),
            count: u32::try_from(number(system.services[service.at()].replicas)).unwrap_or(0),
        },
    };
    let def = |def: &seatrial_sim::system::Move| {
        let at = match &def.does {
            MoveEffect::Redrive { topic, .. } | MoveEffect::Skip(topic) | MoveEffect::Pause(topic) | MoveEffect::Resume(topic) => {
                wiring.box_of(Shape::Topic, topic.at())
            }
            MoveEffect::Call { handler, .. } => wiring.box_of(Shape::Service, system.handlers[handler.at()].service.at()),
            MoveEffect::Restart(service)
            | MoveEffect::Drain(service)
            | MoveEffect::Hold(service)
            | MoveEffect::Promote(service)
            | MoveEffect::RollBack(service) => {
                wiring.box_of(Shape::Service, service.at())
            }
            MoveEffect::RollOut(version) => wiring.box_of(Shape::Service, system.versions[version.at()].service.at()),
            MoveEffect::RunJob(job) => wiring.box_of(Shape::Service, system.jobs[job.at()].service.at()),
            MoveEffect::FailOver(store) => wiring.box_of(Shape::Store, store.at()),
            MoveEffect::Migrate(migration) => wiring.box_of(Shape::Store, system.migrations[migration.at()].store.at()),
            MoveEffect::Reload { service: Some(service), .. } => wiring.box_of(Shape::Service, service.at()),
            MoveEffect::Set(_) | MoveEffect::Rotate(_) | MoveEffect::Reload { .. } | MoveEffect::Revoke { .. } => None,
        };
        MoveDef {
            name: def.name.clone(),
            title: title(take, def),
            says: says(take, def),
            asks: def.asks().into_iter().map(asks).collect(),
            takes: takes(take, def.takes),
            reversible: def.reversible,
            r#box: at.map(|at| at as u32),
        }
    };
    system.moves.iter().map(def).collect()
}

/// What a move is called: as the scenario says, or from what it does.
pub(crate) fn title(take: &Take, def: &Move) -> String {
    if !def.called.is_empty() {
        return capital(def.called.trim().trim_end_matches('.'));
    }
    let system = &take.play.system;
    let topic = |topic: TopicId| &system.topics[topic.at()].name;
    match &def.does {
        MoveEffect::Redrive { topic: of, .. } => format!("Put dead letters of {} back", topic(*of)),
        MoveEffect::Skip(of) => format!("Skip the message that blocks a partition of {}", topic(*of)),
        MoveEffect::Pause(of) => format!("Pause a consumer of {}", topic(*of)),
        MoveEffect::Resume(of) => format!("Let a consumer of {} go on", topic(*of)),
        MoveEffect::Call { pick, .. } => {
            let record = &system.records[pick.record.at()].name;
            format!("{} a {}", capital(&plain(&def.name)), seatrial_story::words::words_of(record))
        }
        MoveEffect::Restart(service) => format!("Restart a replica of {}", system.services[service.at()].name),
        MoveEffect::Drain(service) => format!("Drain an instance of {}", system.services[service.at()].name),
        MoveEffect::RollOut(version) => {
            let version = &system.versions[version.at()];
            format!("Roll out {} of {}", version.name, system.services[version.service.at()].name)
        }
        MoveEffect::Hold(service) => format!("Stop the roll-out of {} where it is", system.services[service.at()].name),
        MoveEffect::Promote(service) => format!("Let the roll-out of {} go on", system.services[service.at()].name),
        MoveEffect::RollBack(service) => format!("Roll {} back", system.services[service.at()].name),
        MoveEffect::FailOver(store) => format!("Let the copy of {} take over", system.stores[store.at()].name),
        MoveEffect::Migrate(migration) => format!("Migrate {}", system.migrations[migration.at()].name),
        MoveEffect::RunJob(job) => {
            let job = &system.jobs[job.at()];
            format!("Run {} of {} now", plain(&job.name), system.services[job.service.at()].name)
        }
        MoveEffect::Rotate(secret) => format!("Rotate {}", plain(&system.secrets[secret.at()].name)),
        MoveEffect::Reload { secret, .. } => format!("Load {} anew", plain(&system.secrets[secret.at()].name)),
        MoveEffect::Revoke { secret, .. } => format!("Revoke old versions of {}", plain(&system.secrets[secret.at()].name)),
        MoveEffect::Set(patches) => match sets(take, patches).as_slice() {
            [(path, value)] => format!("Set {path} to {value}"),
            _ => capital(&plain(&def.name)),
        },
    }
}

/// What it does. Which values many settings take is how a thing is modelled, and not told of what has a name of its own.
fn says(take: &Take, def: &Move) -> String {
    match &def.does {
        MoveEffect::Set(patches) if def.called.is_empty() || patches.len() == 1 => {
            let sets: Vec<String> = sets(take, patches).iter().map(|(path, value)| format!("{path} becomes {value}")).collect();
            format!("{}. It arrives replica by replica.", sets.join(", "))
        }
        _ => def.says.clone(),
    }
}

/// The shortest path of each thing that is set, and its value as an author would write it.
fn sets(take: &Take, patches: &[Patch]) -> Vec<(String, String)> {
    let compiled = &take.play.compiled;
    let of = |patch: &Patch| {
        let paths = compiled.paths.iter().filter(|(_, info)| info.param == patch.param).map(|(path, _)| path);
        paths.min_by_key(|path| path.len()).map(|path| (path.clone(), compiled.show(path, patch.value)))
    };
    patches.iter().filter_map(of).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// `about 30 s`: the mean of what a time is drawn from.
fn takes(take: &Take, param: ParamId) -> String {
    let at = take.sim().configured(param).first().copied().unwrap_or_default();
    let mean = usize::try_from(at).ok().and_then(|at| take.play.system.dists.get(at)).map(|dist| dist.mean());
    mean.map_or_else(String::new, |mean| format!("about {}", span(mean.max(0.0) as u64)))
}

pub fn moves(take: &Take, context: &Context) -> Vec<MoveState> {
    let console = take.sim().console();
    let seen = |run: u64| console.moves.iter().chain(&console.moves_ended).find(|seen| seen.number == run);
    let all = take.desk.moves.iter().enumerate().map(|(at, desk)| {
        let def = &take.play.system.moves[desk.makes];
        let is = desk.run.and_then(seen);
        let (state, result) = is.map_or((Is::Done, String::new()), outcome);
        let found = is.and_then(|seen| compared(&console, def, seen));
        let taken_back = is.is_some_and(|seen| seen.taken_back);
        MoveState {
            number: at as u32 + 1,
            name: def.name.clone(),
            title: title(take, def),
            about: desk.about.clone(),
            asked: desk.asked,
            state: if taken_back { Is::TakenBack } else { state },
            done_at: is.and_then(|seen| seen.ended),
            result: found.unwrap_or(result),
            can_call_off: is.is_some_and(|seen| match seen.phase {
                Phase::Waits | Phase::Prepares => true,
                Phase::Runs => matches!(def.does, MoveEffect::Redrive { .. }),
                Phase::Ended(_) => false,
            }),
            can_take_back: def.reversible && !taken_back && matches!(state, Is::Done | Is::Partly),
            reason: context.words(&desk.command),
        }
    });
    all.collect()
}

/// What a comparison that was run by hand has found.
fn compared(console: &Console, def: &Move, seen: &MoveSeen) -> Option<String> {
    let MoveEffect::RunJob(job) = def.does else { return None };
    let began = seen.began?;
    let result = console.jobs[job.at()].results.iter().find(|result| result.began >= began && seen.ended.is_none_or(|ended| result.began <= ended))?;
    Some(match (result.differ, result.ended) {
        (0, _) => format!("{} compared, none differs", result.looked_at),
        (differ, None) => format!("{differ} of {} differ, {} repaired so far", result.looked_at, result.repaired),
        (differ, Some(_)) => format!("{differ} of {} differ, {} repaired, {} left", result.looked_at, result.repaired, result.left),
    })
}

fn outcome(seen: &MoveSeen) -> (Is, String) {
    let parts = match (seen.of, seen.done, seen.failed) {
        (0 | 1, ..) => String::new(),
        (of, done, 0) if done == of => format!("all {of} done"),
        (of, done, failed) => format!("{done} of {of} done, {failed} failed"),
    };
    let why = seen.hindrance.map(|why| why.to_string());
    let both = |parts: String| match &why {
        Some(why) if parts.is_empty() => why.clone(),
        Some(why) => format!("{parts}: {why}"),
        None => parts,
    };
    match seen.phase {
        Phase::Waits | Phase::Prepares => (Is::UnderWay, String::new()),
        Phase::Runs => (Is::UnderWay, parts),
        Phase::Ended(Ended::Done) => (Is::Done, parts),
        Phase::Ended(Ended::Nothing) => (Is::Done, both("there was nothing to do".into())),
        Phase::Ended(Ended::Partly) => (Is::Partly, both(parts)),
        Phase::Ended(Ended::Failed) => (Is::Failed, both(parts)),
        Phase::Ended(Ended::CalledOff) if parts.is_empty() => (Is::CalledOff, "nothing was done".to_owned()),
        Phase::Ended(Ended::CalledOff) => (Is::CalledOff, parts),
    }
}
