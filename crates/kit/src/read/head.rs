//! kit.yaml: the kit's own texts and the lists of its files.

use seatrial_source::{Fields, Node, Spanned};

use super::{Cx, number};
use crate::{Principle, RecordQuestion, RegretProbe, Scenario, TradeOff};

/// The version of the format that this loader reads.
const SCHEMA: u32 = 1;

pub(crate) struct Head {
    pub schema: u32,
    pub id: String,
    pub version: String,
    pub title: String,
    pub summary: String,
    pub principles: Vec<Principle>,
    pub areas: Vec<Spanned<String>>,
    pub packs: Vec<Spanned<String>>,
    pub exercises: Vec<Spanned<String>>,
    pub plans: Vec<Spanned<String>>,
    pub record_questions: Vec<RecordQuestion>,
    pub trade_off: Option<TradeOff>,
    pub regret_probes: Vec<RegretProbe>,
    pub regret_reading: String,
    pub t_shape: String,
    pub scenarios: Vec<Scenario>,
}

pub(crate) fn head(cx: Cx<'_>, tree: &Node) -> Option<Head> {
    cx.names.open("scenario", "");
    cx.at.map(tree, "kit", |f| Head {
        id: f.id("kit").value,
        schema: schema(f),
        version: f.text("version"),
        title: f.text("title"),
        summary: f.text("summary"),
        principles: f.list("principles", "principle", |f| Principle {
            id: own(cx, f, "principle"),
            title: f.text("title"),
            text: f.text("text"),
        }),
        areas: f.ids("areas"),
        packs: f.ids("packs"),
        exercises: f.optional_ids("exercises"),
        plans: plans(cx, f),
        record_questions: f.list("record_questions", "record question", |f| RecordQuestion {
            id: own(cx, f, "record question"),
            ask: f.text("ask"),
            yes_sounds: f.text("yes_sounds"),
            no_sounds: f.text("no_sounds"),
        }),
        trade_off: f.one("trade_off", "trade-off", |f| TradeOff {
            intro: f.text("intro"),
            optimise: f.text("optimise"),
            give_up: f.text("give_up"),
            why: f.text("why"),
        }),
        regret_probes: f.list("regret_probes", "regret probe", |f| RegretProbe {
            id: own(cx, f, "regret probe"),
            ask: f.text("ask"),
            experience: f.text("experience"),
            absence: f.text("absence"),
        }),
        regret_reading: f.text("regret_reading"),
        t_shape: f.text("t_shape"),
        scenarios: f.list("scenarios", "scenario", |f| Scenario {
            id: own(cx, f, "scenario"),
            situation: f.text("situation"),
        }),
    })
}

/// Scenarios that have a plan.
fn plans(cx: Cx<'_>, f: &mut Fields<'_>) -> Vec<Spanned<String>> {
    let plans = f.optional_ids("plans");
    cx.names.refer_all(cx.at, "scenario", "", &plans);
    plans
}

fn schema(f: &mut Fields<'_>) -> u32 {
    let schema = f.int("schema", 1..=u32::MAX);
    if let Some(other) = schema.as_ref().filter(|schema| schema.value != SCHEMA) {
        let written = other.value;
        let message =
            format!("this kit is written for schema {written}; schema {SCHEMA} can be read");
        let help = "use a newer seatrial, or write the kit for this schema";
        f.error(other.span, "unknown-schema", message, help);
    }
    number(&schema)
}

fn own(cx: Cx<'_>, f: &mut Fields<'_>, kind: &'static str) -> String {
    let id = f.id("id");
    cx.names.define(cx.at, kind, "", &id);
    id.value
}
