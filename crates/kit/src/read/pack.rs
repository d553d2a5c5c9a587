//! packs/<id>.yaml: a role, its bar per seniority, and its loop: every area covered, nothing asked twice.

use std::collections::BTreeMap;

use seatrial_source::{Fields, Node, Span, Spanned};

use super::{Cx, in_area, own_id, style, values};
use crate::{BarLine, Depth, Level, Pack, Seniority, Session, SessionItem};

const LEVELS: &[(&str, Option<Level>)] = &[
    ("weak", Some(Level::Weak)),
    ("good", Some(Level::Good)),
    ("excellent", Some(Level::Excellent)),
    ("none", None),
];

/// `order` is the kit's areas, in which a bar is written.
pub(crate) fn pack(cx: Cx<'_>, tree: &Node, id: &str, order: &[&str]) -> Option<Pack> {
    cx.at.map(tree, "pack", |f| {
        let id = own_id(f, "pack", id);
        let (title, summary, emphasis) = (f.text("title"), f.text("summary"), f.text("emphasis"));
        let seniorities = f.list("seniorities", "seniority", |f| seniority(cx, f, &id, order));
        style::list_size(f, "seniorities", seniorities.len(), 2..=5);
        let mut asked = Asked::default();
        let sessions = f.list("sessions", "session", |f| session(cx, f, &id, &mut asked));
        style::list_size(f, "sessions", sessions.len(), 3..=4);
        let covers = |area: &&&str| {
            sessions
                .iter()
                .flat_map(|s| &s.items)
                .any(|item| item.area == **area)
        };
        let left_out: Vec<&str> = order.iter().filter(|area| !covers(area)).copied().collect();
        if !left_out.is_empty() && !sessions.is_empty() {
            let message = format!("the sessions leave out {}", left_out.join(", "));
            f.error(
                f.key("sessions"),
                "area-left-out",
                message,
                "a loop covers every area: give each an item in some session",
            );
        }
        let scenarios = f.ids("scenarios");
        cx.names.refer_all(cx.at, "scenario", "", &scenarios);
        Pack {
            id,
            title,
            summary,
            emphasis,
            seniorities,
            sessions,
            scenarios: values(scenarios),
        }
    })
}

fn seniority(cx: Cx<'_>, f: &mut Fields<'_>, pack: &str, order: &[&str]) -> Seniority {
    let id = f.id("id");
    cx.names
        .define(cx.at, "seniority", &format!("pack {pack}"), &id);
    let title = f.text("title");
    let mut written: Vec<Spanned<String>> = Vec::new();
    let bar = f.list("bar", "bar line", |f| {
        let area = f.id("area");
        cx.names.refer(cx.at, "area", "", &area);
        if !area.value.is_empty() && written.iter().any(|line| line.value == area.value) {
            f.error(
                area.span,
                "listed-twice",
                format!("this bar already has a line for {}", area.value),
                "delete one of the two",
            );
        }
        written.push(area.clone());
        let level = f.optional_choice("level", LEVELS).flatten();
        BarLine {
            area: area.value,
            level,
            reason: f.text("reason"),
        }
    });
    bar_is_whole(f, &id.value, &written, order);
    Seniority {
        id: id.value,
        title,
        bar,
        rules: values(f.optional_texts("rules")),
    }
}

/// The bar names every area of the kit once, in the kit's order.
fn bar_is_whole(f: &Fields<'_>, seniority: &str, written: &[Spanned<String>], order: &[&str]) {
    if written.is_empty() {
        return;
    }
    let has = |area: &str| written.iter().any(|line| line.value == area);
    let missing: Vec<&str> = order.iter().filter(|area| !has(area)).copied().collect();
    if !missing.is_empty() {
        let message = format!(
            "the bar of `{seniority}` has no line for {}",
            missing.join(", ")
        );
        f.error(
            f.key("bar"),
            "bar-incomplete",
            message,
            "add a line for each area; `level: none` where the role sets no bar",
        );
        return;
    }
    let known: Vec<&Spanned<String>> = written
        .iter()
        .filter(|line| order.contains(&line.value.as_str()))
        .collect();
    let astray = known
        .iter()
        .zip(order)
        .find(|(line, area)| line.value != **area);
    if let Some((line, expected)) = astray.filter(|_| known.len() == order.len()) {
        let message = format!("{} stands where {expected} belongs", line.value);
        f.error(
            line.span,
            "bar-order",
            message,
            format!("the kit's order is {}", order.join(", ")),
        );
    }
}

/// What the pack's sessions ask, and where.
#[derive(Default)]
struct Asked(BTreeMap<(String, &'static str, String), Span>);

impl Asked {
    fn ask(&mut self, f: &Fields<'_>, area: &str, kind: &'static str, ids: &[Spanned<String>]) {
        for id in ids {
            let key = (area.to_owned(), kind, id.value.clone());
            let Some(first) = self.0.get(&key) else {
                self.0.insert(key, id.span);
                continue;
            };
            let line = f
                .at()
                .report
                .sources()
                .get(f.at().file)
                .map_or(1, |source| source.line_of(first.start));
            let message = format!("the {kind} `{}` is already asked on line {line}", id.value);
            f.error(
                id.span,
                "asked-twice",
                message,
                "a candidate hears each question once: choose another here or there",
            );
        }
    }
}

fn session(cx: Cx<'_>, f: &mut Fields<'_>, pack: &str, asked: &mut Asked) -> Session {
    let id = f.id("id");
    cx.names
        .define(cx.at, "session", &format!("pack {pack}"), &id);
    let (title, asked_by, reason) = (f.text("title"), f.text("asked_by"), f.text("reason"));
    let items = f.list("items", "item", |f| item(cx, f, asked));
    Session {
        id: id.value,
        title,
        asked_by,
        reason,
        items,
    }
}

fn item(cx: Cx<'_>, f: &mut Fields<'_>, asked: &mut Asked) -> SessionItem {
    let area = f.id("area");
    cx.names.refer(cx.at, "area", "", &area);
    let depth = f.choice("depth", &[("deep", Depth::Deep), ("steady", Depth::Steady)]);
    let minutes = f.int("minutes", 1..=240).value;
    // A second visit to an area may have follow-ups only: its prompts were read in the first.
    let (prompts, follow_ups, exercises) = (
        f.optional_ids("prompts"),
        f.ids("follow_ups"),
        f.optional_ids("exercises"),
    );
    style::list_size(f, "follow_ups", follow_ups.len(), 2..=5);
    let within = in_area(&area.value);
    for (kind, ids) in [
        ("prompt", &prompts),
        ("follow-up", &follow_ups),
        ("exercise", &exercises),
    ] {
        cx.names.refer_all(cx.at, kind, &within, ids);
        asked.ask(f, &area.value, kind, ids);
    }
    let reason = f.text("reason");
    let (prompts, follow_ups, exercises) = (values(prompts), values(follow_ups), values(exercises));
    // The area is kept even if the depth is not known, so that the loop's coverage is judged by what is there.
    let depth = depth.unwrap_or(Depth::Steady);
    SessionItem {
        area: area.value,
        depth,
        minutes,
        prompts,
        follow_ups,
        exercises,
        reason,
    }
}
