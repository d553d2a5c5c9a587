//! A tiny system written in the language, and what became of it: the history of one arrival as lines of text.

use std::sync::Arc;

use seatrial_scenario::{Compiled, compile};
use seatrial_sim::engine::{Beat, Moment, NoWay, With};
use seatrial_sim::{Command, Report, Setup, Sim};

use crate::common::{Files, drawn};

/// One behaviour's case: what the table of the docs says about it.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The number in the list of behaviours, or a word.
    pub behaviour: &'static str,
    pub says: &'static str,
    pub source: &'static str,
    pub test: &'static str,
}

/// Tests with what they are about.
#[macro_export]
macro_rules! cases {
    ($($name:ident($behaviour:literal, $says:literal, $source:literal) $body:block)+) => {
        pub const CASES: &[$crate::world::Case] = &[$($crate::world::Case {
            behaviour: $behaviour,
            says: $says,
            source: $source,
            test: concat!(module_path!(), "::", stringify!($name)),
        }),+];
        $(#[test] fn $name() $body)+
    };
}

pub const SECOND: u64 = 1_000_000_000;

/// The first record of the first kind: whom most cases watch.
pub const FIRST: u64 = 1_000_001;

/// A compiled tiny system; arrivals are judged from the beginning.
pub struct World {
    pub compiled: Compiled,
    system: Arc<seatrial_sim::System>,
}

pub fn world(text: &str) -> World {
    let text = format!("scenario: tiny\ntitle: Tiny\n{}", text.trim_start_matches('\n'));
    world_of(&Files::from([("tiny.yaml".to_owned(), text.into_bytes())]))
}

/// The same of files, of which `tiny.yaml` is the scenario.
pub fn world_of(files: &Files) -> World {
    let (compiled, diagnostics) = compile(files, "tiny.yaml");
    let compiled = compiled.unwrap_or_else(|| panic!("{}", drawn(&diagnostics, files)));
    World { system: Arc::new(compiled.system.clone()), compiled }
}

impl World {
    /// A run from seed 1, with faults, watching the first arrival.
    pub fn sim(&self) -> Sim {
        self.with(&[], 1)
    }

    /// Paths set to values from the beginning.
    pub fn with(&self, set: &[(&str, &str)], seed: u64) -> Sim {
        let patch = |(path, value): &(&str, &str)| self.compiled.set(path, value).unwrap();
        let design: Vec<_> = set.iter().map(patch).collect();
        let mut sim = Sim::new(Arc::clone(&self.system), &design, Setup::unattended(seed));
        sim.watch(FIRST);
        sim
    }

    /// The whole of it.
    pub fn run(&self) -> Run {
        self.run_with(&[])
    }

    pub fn run_with(&self, set: &[(&str, &str)]) -> Run {
        Run::of(self.with(set, 1))
    }

    /// The whole of it, watching another arrival.
    pub fn about(&self, serial: u64) -> Run {
        let mut sim = self.sim();
        sim.watch(serial);
        Run::of(sim)
    }

    pub fn decide(&self, path: &str, value: &str) -> Command {
        Command::Decide(vec![self.compiled.set(path, value).unwrap()])
    }

    pub fn fault(&self, name: &str) -> seatrial_sim::system::FaultId {
        let at = self.system.faults.iter().position(|fault| fault.name == name).unwrap();
        seatrial_sim::system::FaultId(at as u16)
    }

    pub fn makes(&self, name: &str, subject: Option<i64>) -> Command {
        let at = self.system.moves.iter().position(|def| def.name == name).unwrap();
        let with = subject.map_or(With::Nothing, With::Record);
        Command::Move { makes: seatrial_sim::system::MoveId(at as u16), with }
    }
}

/// A finished run.
pub struct Run {
    pub report: Report,
    /// What happened to the watched arrival: `seconds what`.
    pub story: Vec<String>,
}

impl Run {
    pub fn of(mut sim: Sim) -> Run {
        sim.finish();
        sim.conserved().unwrap();
        let story = lines(&sim);
        Run { report: sim.report(), story }
    }

    /// The lines that contain one of the words, without their times.
    pub fn with_words(&self, words: &[&str]) -> Vec<String> {
        let found = self.story.iter().filter(|line| words.iter().any(|word| line.contains(word)));
        found.map(|line| line.split_once(' ').map_or("", |(_, rest)| rest).to_owned()).collect()
    }

    pub fn count(&self, words: &str) -> usize {
        self.story.iter().filter(|line| line.contains(words)).count()
    }

    /// When the line that contains the words was, in seconds.
    #[track_caller]
    pub fn when(&self, words: &str) -> f64 {
        self.times(words).first().copied().unwrap_or_else(|| panic!("no `{words}` in\n{}", self.story.join("\n")))
    }

    pub fn times(&self, words: &str) -> Vec<f64> {
        let found = self.story.iter().filter(|line| line.contains(words));
        found.map(|line| line.split(' ').next().unwrap().parse().unwrap()).collect()
    }

    pub fn outcomes(&self, client: usize) -> [u64; 7] {
        self.report.clients[client].by_outcome
    }

    #[track_caller]
    pub fn broken(&self, invariant: &str) -> u64 {
        self.report.invariant(invariant).unwrap_or_else(|| panic!("no invariant `{invariant}`")).violations
    }

    #[track_caller]
    pub fn tells(&self, words: &[&str], expected: &[&str]) {
        let told = self.with_words(words);
        assert_eq!(told, expected, "\n{}", self.story.join("\n"));
    }
}

pub fn lines(sim: &Sim) -> Vec<String> {
    let story = sim.story().expect("somebody watches");
    story.moments.iter().filter_map(|moment| line(sim, moment)).collect()
}

/// `1.250 front.buy begins`. None for what only traces are made of.
fn line(sim: &Sim, moment: &Moment) -> Option<String> {
    let s = sim.system();
    let handler = |id: seatrial_sim::system::HandlerId| {
        let handler = &s.handlers[id.at()];
        format!("{}.{}", s.services[handler.service.at()].name, handler.name)
    };
    let step = |call: seatrial_sim::system::CallId| s.steps[s.calls[call.at()].step.at()].clone();
    let operation = |id: seatrial_sim::system::OperationId| {
        let operation = &s.operations[id.at()];
        format!("{}.{}", s.providers[operation.provider.at()].name, operation.name)
    };
    let text = match moment.beat {
        Beat::Arrives { .. } => "arrives".to_owned(),
        Beat::Clicks { click } => format!("clicks {click}"),
        Beat::Told { outcome, .. } => format!("is told {}", outcome.name()),
        Beat::ClockOff { ahead_ms } => format!("its clock is {ahead_ms} ms ahead"),
        Beat::Begins { handler: h, replica, .. } => format!("{} begins on {replica}", handler(h)),
        Beat::Answers { handler: h, outcome } => format!("{} answers {}", handler(h), outcome.name()),
        Beat::Dies { handler: h } => format!("{} dies", handler(h)),
        Beat::TurnedAway => "is turned away".to_owned(),
        Beat::Calls { call, attempt } => format!("{} attempt {attempt}", step(call)),
        Beat::TimeUp { call, attempt, .. } => format!("{} time is up for attempt {attempt}", step(call)),
        Beat::RequestLost { operation: o } => format!("{} request lost", operation(o)),
        Beat::Receives { operation: o } => format!("{} receives", operation(o)),
        Beat::Effect { operation: o, outcome, .. } => format!("{} effect {}", operation(o), outcome.name()),
        Beat::Replies { operation: o, outcome, replay } => {
            format!("{} {} {}", operation(o), if replay { "replays" } else { "replies" }, outcome.name())
        }
        Beat::RepliesTooLate { operation: o } => format!("{} answers too late", operation(o)),
        Beat::AnswerLost { operation: o } => format!("{} answer lost", operation(o)),
        Beat::SendsHook { event, attempt } => format!("event {event} sent, attempt {attempt}"),
        Beat::NotSigned { why } => format!("event not taken: {why:?}"),
        Beat::PutOut { handler: h } => format!("{} is put out", handler(h)),
        Beat::Batched { with, .. } => format!("goes with {with}"),
        Beat::Defect { version, outcome } => {
            format!("{} is wrong: {}", s.versions[version.at()].name, outcome.map_or("passed over", |outcome| outcome.name()))
        }
        Beat::Remembers { cache, stale } => format!("remembers {}{}", s.caches[cache.at()].name, if stale { ", stale" } else { "" }),
        Beat::Commits { tx, copy: true, .. } => format!("{} reads the copy", s.steps[s.txs[tx.at()].step.at()]),
        Beat::Commits { tx, .. } => format!("{} commits", s.steps[s.txs[tx.at()].step.at()]),
        Beat::Aborts { tx, outcome, stops, .. } => {
            let step = &s.steps[s.txs[tx.at()].step.at()];
            if stops { format!("{step} is there already") } else { format!("{step} aborts {}", outcome.name()) }
        }
        Beat::Published { topic, .. } => format!("{} published", s.topics[topic.at()].name),
        Beat::Garbled { topic } => format!("{} unreadable", s.topics[topic.at()].name),
        Beat::Fails { failures, outcome, .. } => format!("fails {failures} {}", outcome.name()),
        Beat::Waits { partition, id, failures, .. } => format!("waits in {partition} behind {id} at {failures}"),
        Beat::WaitsNoMore { partition, id, failures, freed, .. } => {
            format!("waits no more in {partition} behind {id} at {failures}: {freed:?}")
        }
        Beat::Skipped { .. } => "skipped".into(),
        Beat::PutBack { .. } => "put back".to_owned(),
        Beat::TicketAnswered { invariant } => format!("ticket answered {}", s.invariants[invariant.at()].name),
        Beat::NoConnection { tx, .. } => format!("{} no connection", s.steps[s.txs[tx.at()].step.at()]),
        Beat::ConnectionLost { tx, .. } => format!("{} connection lost", s.steps[s.txs[tx.at()].step.at()]),
        Beat::CommitsUnheard { tx } => format!("{} commits unheard", s.steps[s.txs[tx.at()].step.at()]),
        Beat::CannotConnect { call, why: NoWay::NobodyKnown, .. } => format!("{} knows nobody", step(call)),
        Beat::CannotConnect { call, why: NoWay::NobodyListens, .. } => format!("{} finds nobody", step(call)),
        Beat::CannotConnect { call, attempt, .. } => format!("{} cannot connect, attempt {attempt}", step(call)),
        Beat::NotThrough { tx } => format!("{} does not get through", s.steps[s.txs[tx.at()].step.at()]),
        Beat::LoginFailed { store, .. } => format!("{} login failed", s.stores[store.at()].name),
        Beat::BadCertificate { call, attempt } => format!("{} bad certificate, attempt {attempt}", step(call)),
        Beat::Misused { secret } => format!("{} misused", s.secrets[secret.at()].name),
        Beat::Cancelled { handler: h } => format!("{} is cancelled", handler(h)),
        Beat::Queues { .. }
        | Beat::Carries { .. }
        | Beat::Expires { .. }
        | Beat::WaitsTooLong { .. }
        | Beat::Returns { .. }
        | Beat::NotCalled { .. }
        | Beat::Crashes { .. }
        | Beat::RollsOut { .. }
        | Beat::Starts { .. }
        | Beat::Turns { .. } => return None,
        Beat::Becomes { state, record, .. } => {
            let record = &s.records[record.at()];
            format!("{} turns {}", record.name, record.states[usize::from(state)])
        }
        Beat::RunsOut { receives, .. } => format!("visible again after receive {receives}"),
        Beat::AckRefused { .. } => "acknowledgement refused".to_owned(),
        Beat::Hedges { call } => format!("{} is hedged", step(call)),
        Beat::FallsBack { call, outcome } => format!("{} falls back to {}", step(call), outcome.name()),
        Beat::Parked { failures, .. } => format!("parked after {failures}"),
        Beat::SagaBegins { attempt } => format!("saga begins attempt {attempt}"),
        Beat::SagaStep { step, outcome } => format!("saga step {step} {}", outcome.name()),
        Beat::SagaUndone { step, outcome } => format!("saga step {step} undone {}", outcome.name()),
        Beat::SagaEnds { outcome } => format!("saga ends {}", outcome.name()),
        Beat::SagaResumes { step, .. } => format!("saga resumes at {step}"),
        Beat::Ticket { invariant } => format!("ticket {}", s.invariants[invariant.at()].name),
        Beat::Moves { makes } => format!("move {}", s.moves[makes.at()].name),
        Beat::MoveEnds { .. } => return None,
        Beat::Alert { alert } => format!("alert {}", s.alerts[alert.at()].name),
        Beat::Broken { invariant, .. } => format!("broken {}", s.invariants[invariant.at()].name),
    };
    Some(format!("{:.3} {text}", moment.at as f64 / 1e9))
}
