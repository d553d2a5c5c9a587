//! packs/<id>.yaml: a role, its bar per seniority, and its loop: every area covered, nothing asked twice.

use std::collections::{BTreeMap, BTreeSet};

use seatrial_source::{Fields, Node, Span, Spanned};

use super::{Cx, in_area, number, own_id, style, values};
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
        loop_is_whole(f, &sessions, order);
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

/// The sessions visit every area of the kit. Not asked while one visits an area that does not exist: it is
/// probably the missing one.
fn loop_is_whole(f: &Fields<'_>, sessions: &[Session], order: &[&str]) {
    let visited: BTreeSet<&str> = sessions
        .iter()
        .flat_map(|session| &session.items)
        .map(|item| item.area.as_str())
        .collect();
    let left_out: Vec<&str> = order
        .iter()
        .copied()
        .filter(|area| !visited.contains(area))
        .collect();
    let astray = visited.iter().any(|area| !order.contains(area));
    if !visited.is_empty() && !left_out.is_empty() && !astray {
        let message = format!("the sessions leave out {}", left_out.join(", "));
        let help = "a loop covers every area: give each an item in some session";
        f.error(f.key("sessions"), "area-left-out", message, help);
    }
}

fn seniority(cx: Cx<'_>, f: &mut Fields<'_>, pack: &str, order: &[&str]) -> Seniority {
    let id = f.id("id");
    cx.names
        .define(cx.at, "seniority", &format!("pack {pack}"), &id);
    let title = f.text("title");
    let mut written: Vec<Spanned<String>> = Vec::new();
    let mut seen = BTreeSet::new();
    let bar = f.list("bar", "bar line", |f| {
        let area = f.id("area");
        cx.names.refer(cx.at, "area", "", &area);
        if !area.value.is_empty() && !seen.insert(area.value.clone()) {
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

/// The bar names every area of the kit once, in the kit's order. Not asked while a line names an area that
/// does not exist: it is probably the missing one.
fn bar_is_whole(f: &Fields<'_>, seniority: &str, written: &[Spanned<String>], order: &[&str]) {
    let areas: BTreeSet<&str> = written.iter().map(|line| line.value.as_str()).collect();
    if written.is_empty() || areas.iter().any(|area| !order.contains(area)) {
        return;
    }
    let missing: Vec<&str> = order
        .iter()
        .copied()
        .filter(|area| !areas.contains(area))
        .collect();
    if !missing.is_empty() {
        let message = format!(
            "the bar of `{seniority}` has no line for {}",
            missing.join(", ")
        );
        let help = "add a line for each area; `level: none` where the role sets no bar";
        f.error(f.key("bar"), "bar-incomplete", message, help);
        return;
    }
    let astray = written
        .iter()
        .zip(order)
        .find(|(line, area)| line.value != **area);
    if let Some((line, expected)) = astray.filter(|_| written.len() == order.len()) {
        let message = format!("{} stands where {expected} belongs", line.value);
        let help = format!("the kit's order is {}", order.join(", "));
        f.error(line.span, "bar-order", message, help);
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
    let minutes = number(&f.int("minutes", 1..=240));
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
