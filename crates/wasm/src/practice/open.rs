//! A scenario as a page shows it before anything has run.

use std::collections::BTreeMap;

use seatrial_scenario::picture::picture;
use seatrial_scenario::{Answers, Compiled, Decision};
use seatrial_sim::system::{Fault, InvariantKind, System};
use seatrial_story::words::{money, plain};
use seatrial_story::{FaultWords, fault_words, setting};
use serde::{Deserialize, Serialize};

use super::book::Book;
use crate::Refused;
use crate::check::Mistake;

/// A scenario, or what is wrong with it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Opened {
    Scenario(Box<Scenario>),
    Mistakes(Vec<Mistake>),
}

/// Times are milliseconds.
#[derive(Debug, Serialize)]
pub struct Scenario {
    pub title: String,
    pub story: String,
    pub hash: String,
    pub currency: String,
    pub digits: u32,
    pub starts_unix_s: i64,
    pub warm_up: u64,
    pub play: u64,
    pub drain: u64,
    pub decisions: Vec<Question>,
    /// Reference designs by name; what they hold is told when it is asked for, since it is the answer.
    pub designs: Vec<String>,
    pub faults: Vec<Planned>,
    pub invariants: Vec<Promise>,
    pub alerts: Vec<String>,
    pub picture: Drawn,
    pub clients: Vec<String>,
    pub services: Vec<String>,
    /// Topic and group.
    pub groups: Vec<(String, String)>,
    /// Topics that are queues, and no logs.
    pub queues: Vec<String>,
    pub providers: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Question {
    pub name: String,
    pub ask: String,
    /// Empty where any value between two bounds is an answer.
    pub options: Vec<Option_>,
    pub between: Option<Between>,
}

#[derive(Debug, Serialize)]
pub struct Option_ {
    pub name: String,
    /// In words, where the scenario has some.
    pub says: String,
    /// What it changes: path and value.
    pub sets: Vec<(String, String)>,
    /// The system as found.
    pub default: bool,
    pub costs: String,
}

#[derive(Debug, Serialize)]
pub struct Between {
    pub sets: String,
    pub from: String,
    pub to: String,
    pub default: String,
}

#[derive(Debug, Serialize)]
pub struct Planned {
    pub name: String,
    /// After virtual 0, warm-up included.
    pub at: u64,
    pub lasts: u64,
    pub says: Vec<String>,
    /// The boxes of the picture that it strikes.
    pub boxes: Vec<usize>,
}

#[derive(Debug, Serialize)]
pub struct Promise {
    pub name: String,
    pub hurts: String,
    /// The record that it is about; none for a statement about totals.
    pub each: Option<String>,
    /// `never`, `eventually`, `at_end`.
    pub kind: &'static str,
    /// Whether somebody may complain when it is broken.
    pub complains: bool,
}

#[derive(Debug, Serialize)]
pub struct Drawn {
    pub columns: usize,
    pub rows: usize,
    pub boxes: Vec<DrawnBox>,
    pub edges: Vec<DrawnEdge>,
}

#[derive(Debug, Serialize)]
pub struct DrawnBox {
    /// `client`, `service`, `store`, `topic`, `provider`.
    pub is: &'static str,
    /// Its number among those of its kind.
    pub at: usize,
    pub name: String,
    pub column: usize,
    pub row: usize,
}

#[derive(Debug, Serialize)]
pub struct DrawnEdge {
    pub from: usize,
    pub to: usize,
    /// `calls`, `rows`, `messages`, `group`, `events`.
    pub carries: &'static str,
    pub group: Option<usize>,
}

/// # Errors
/// When there is no such scenario.
pub fn open(book: &Book) -> Result<Opened, Refused> {
    Ok(match book.compiled()? {
        Ok(compiled) => Opened::Scenario(Box::new(scenario(&compiled))),
        Err(mistakes) => Opened::Mistakes(mistakes),
    })
}

/// Which reference design of which scenario.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    #[serde(flatten)]
    pub book: Book,
    pub design: String,
}

/// What a reference design answers, by decision.
///
/// # Errors
/// When there is none of that name.
pub fn reference(wanted: &Wanted) -> Result<BTreeMap<String, String>, Refused> {
    let compiled = wanted.book.read()?;
    let design = compiled.named_design(&wanted.design);
    let design = design.ok_or_else(|| Refused(format!("there is no design “{}” in this scenario", wanted.design)))?;
    Ok(design.answers.clone())
}

fn scenario(compiled: &Compiled) -> Scenario {
    let system = &compiled.system;
    let ms = |ns: u64| ns / 1_000_000;
    let clock = system.clock;
    let promise = |invariant: &seatrial_sim::system::Invariant| Promise {
        name: invariant.name.clone(),
        hurts: invariant.hurts.clone(),
        each: invariant.each.map(|record| system.records[record.at()].name.clone()),
        kind: match invariant.kind {
            InvariantKind::Never(_) => "never",
            InvariantKind::Eventually { .. } => "eventually",
            InvariantKind::AtEnd(_) => "at_end",
        },
        complains: invariant.ticket.is_some(),
    };
    let group = |group: &seatrial_sim::system::Group| (system.topics[group.topic.at()].name.clone(), group.name.clone());
    Scenario {
        title: compiled.title.clone(),
        story: compiled.story.clone(),
        hash: compiled.hash.clone(),
        currency: system.currency.clone(),
        digits: system.currency_digits,
        starts_unix_s: clock.starts_unix_s,
        warm_up: ms(clock.warm_up),
        play: ms(clock.play),
        drain: ms(clock.drain),
        decisions: compiled.decisions.iter().map(|decision| question(compiled, decision)).collect(),
        designs: compiled.designs.iter().map(|design| design.name.clone()).collect(),
        faults: system.faults.iter().map(|fault| planned(compiled, fault)).collect(),
        invariants: system.invariants.iter().map(promise).collect(),
        alerts: system.alerts.iter().map(|alert| alert.name.clone()).collect(),
        picture: drawn(system),
        clients: system.clients.iter().map(|client| client.name.clone()).collect(),
        services: system.services.iter().map(|service| service.name.clone()).collect(),
        groups: system.groups.iter().map(group).collect(),
        queues: system.topics.iter().filter(|topic| topic.queue.is_some()).map(|topic| topic.name.clone()).collect(),
        providers: system.providers.iter().map(|provider| provider.name.clone()).collect(),
    }
}

fn question(compiled: &Compiled, decision: &Decision) -> Question {
    let system = &compiled.system;
    let (options, between) = match &decision.answers {
        Answers::Options(choices) => {
            let option = |choice: &seatrial_scenario::Choice| Option_ {
                name: choice.name.clone(),
                says: choice.says.clone(),
                sets: choice.patches.iter().map(|patch| setting(compiled, *patch)).collect(),
                default: choice.default,
                costs: match choice.costs_a_month {
                    0 => String::new(),
                    costs => format!("{} a month", money(system, costs)),
                },
            };
            (choices.iter().map(option).collect(), None)
        }
        Answers::Value { sets, from, to, default, .. } => {
            let show = |value: i64| compiled.show(sets, value);
            let between = Between { sets: sets.clone(), from: show(*from), to: show(*to), default: show(*default) };
            (Vec::new(), Some(between))
        }
    };
    Question { name: decision.name.clone(), ask: decision.ask.clone(), options, between }
}

fn planned(compiled: &Compiled, fault: &Fault) -> Planned {
    let FaultWords { says, boxes } = fault_words(compiled, fault);
    let at = (compiled.system.clock.warm_up + fault.at) / 1_000_000;
    Planned { name: plain(&fault.name), at, lasts: fault.lasts / 1_000_000, says, boxes }
}

fn drawn(system: &System) -> Drawn {
    let picture = picture(system);
    let boxes = picture.boxes.into_iter().map(|place| DrawnBox {
        is: place.what.word(),
        at: place.at,
        name: place.name,
        column: place.column,
        row: place.row,
    });
    let edges = picture.edges.into_iter().map(|edge| DrawnEdge {
        from: edge.from,
        to: edge.to,
        carries: edge.carries.word(),
        group: edge.carries.group(),
    });
    Drawn { columns: picture.columns, rows: picture.rows, boxes: boxes.collect(), edges: edges.collect() }
}
