//! One run on a terminal: what happened, who was hurt, what it cost, and small charts over time.

use seatrial_scenario::Answers;
use seatrial_sim::engine::{Detection, InvariantReport, MoveReport, Sign};
use seatrial_sim::system::System;
use seatrial_sim::{Id, Outcome, Report};

use crate::{
    figures::{count, counted, money, share, time},
    paint::{pad, pad_left, tame, wrap},
    run::{Run, Shown},
    run_charts,
};

pub fn text(shown: &Shown<'_>, run: &Run) -> String {
    let report = &run.report;
    let mut parts = vec![head(shown, &format!("seed {}", report.seed)), happened(shown, report), hurt(shown, report)];
    parts.push(cost(shown, report));
    parts.push(run_charts::text(shown, run));
    let digest = format!("digest {:016x} · {} · the same again with --seed {}", report.digest, counted(report.events, "event"), report.seed);
    parts.push(shown.paint.faint(&digest));
    parts.join("\n\n")
}

/// Title, story, and the design in force.
pub fn head(shown: &Shown<'_>, what: &str) -> String {
    let compiled = shown.made.compiled;
    let paint = shown.paint;
    let mut out = format!("{}  {}", paint.strong(&tame(&compiled.title)), paint.faint(&format!("{} · {what}", compiled.system.name)));
    if !compiled.story.is_empty() {
        out += &format!("\n{}", wrap(&tame(&compiled.story), 0));
    }
    let design = &shown.made.design;
    let name = design.name.as_deref().unwrap_or(if design.answers.is_empty() { "the system as found" } else { "your own" });
    out += &format!("\n\nDesign: {}", paint.strong(&tame(name)));
    if !shown.made.faults {
        out += ", no faults";
    }
    if !shown.made.operator {
        out += ", no operator";
    }
    let mut found = Vec::new();
    let width = compiled.decisions.iter().map(|decision| decision.name.len()).max().unwrap_or(0);
    for decision in &compiled.decisions {
        match design.answers.get(&decision.name) {
            Some(answer) => {
                let line = format!("\n  {} {}", pad(&decision.name, width), pad(&tame(answer), 14));
                out += &format!("{} {}", line, paint.faint(&tame(&decision.ask)));
            }
            None => found.push(match &decision.answers {
                Answers::Options(choices) => {
                    format!("{} {}", decision.name, choices.iter().find(|choice| choice.default).map_or("", |choice| &choice.name))
                }
                Answers::Value { sets, default, .. } => format!("{} {}", decision.name, compiled.show(sets, *default)),
            }),
        }
    }
    for (path, value) in design.answers.iter().filter(|(name, _)| compiled.decision(name).is_none()) {
        out += &format!("\n  {path} {}", tame(value));
    }
    if !found.is_empty() {
        out += &format!("\n{}", paint.faint(&wrap(&format!("as found: {}", found.join(", ")), 2)));
    }
    out
}

fn happened(shown: &Shown<'_>, report: &Report) -> String {
    let system = &shown.made.compiled.system;
    let mut out = vec![shown.paint.strong("What happened")];
    for (client, def) in report.clients.iter().zip(&system.clients) {
        // Whom nobody has called in this run, as a probe that was not bought.
        if client.arrivals == 0 && report.clients.iter().any(|other| other.arrivals > 0) {
            continue;
        }
        let what = def.make.as_ref().map_or("request", |make| system.records[make.record.at()].name.as_str()).to_lowercase();
        let span = time(system.clock.play as f64);
        let good = if client.judged == 0 { 0.0 } else { client.pleased as f64 / client.judged as f64 };
        let mut said = format!("{} came from {} in {span}; {} had a good answer", counted(client.judged, &what), client.name, share(good));
        let left = client.judged - client.pleased;
        if left > 0 {
            said += &format!(", {} had none", count(left));
        }
        let again = client.clicks.saturating_sub(client.arrivals);
        if again > 0 {
            said += &format!(". People clicked again {} times", count(again));
        }
        let bad = Outcome::ALL.iter().zip(client.judged_by_outcome).filter(|(outcome, number)| **outcome != Outcome::Ok && *number > 0);
        let bad: Vec<String> = bad.map(|(outcome, number)| format!("{} {}", count(number), outcome.name())).collect();
        if !bad.is_empty() {
            said += &format!(". Other answers: {}", bad.join(", "));
        }
        out.push(wrap(&format!("{said}."), 2));
        let l = &client.latency;
        if l.count > 0 {
            let us = |us: u64| time(us as f64 * 1e3);
            let quantiles = format!("half within {}, 99 % within {}, the slowest after {}", us(l.p50_us), us(l.p99_us), us(l.max_us));
            out.push(wrap(&format!("Good answers took {} on average: {quantiles}.", time(l.mean_ns)), 2));
        }
    }
    out.extend(aside(report).map(|said| wrap(&said, 2)));
    for detection in &report.detection {
        out.push(wrap(&noticed(system, report, detection), 2));
    }
    if report.detection.is_empty() {
        out.push("  No fault was planned.".into());
    }
    out.join("\n")
}

/// Retries, crashes, losses, messages put aside, people who reacted.
fn aside(report: &Report) -> Option<String> {
    let mut said = Vec::new();
    if report.retries > 0 {
        said.push(format!("calls were tried again {} times", count(report.retries)));
    }
    for provider in &report.providers {
        let lost = provider.requests_lost + provider.answers_lost;
        if lost > 0 {
            said.push(format!("{} lost {} and {}", provider.name, counted(provider.requests_lost, "request"), counted(provider.answers_lost, "answer")));
        }
    }
    if report.crashes > 0 {
        said.push(format!("{} died", counted(report.crashes, "replica")));
    }
    for group in &report.groups {
        let mut left = Vec::new();
        if group.dead > 0 {
            left.push(format!("{} put aside", count(group.dead)));
        }
        if group.lag > 0 {
            left.push(format!("{} not handled yet", count(group.lag)));
        }
        if group.expired > 0 {
            left.push(format!("{} expired unread", count(group.expired)));
        }
        if !left.is_empty() {
            said.push(format!("at the end, {} of {} has {}", group.name, group.topic, left.join(" and ")));
        }
    }
    if report.tickets_filed > 0 {
        said.push(format!("customers wrote {}, of which {} were handled", counted(report.tickets_filed, "ticket"), count(report.tickets_handled)));
    }
    let moves = MoveReport::sum(&report.moves);
    if moves.made > 0 {
        let parts = [(moves.partly, "came to a part of what was wanted"), (moves.vain, "found nothing to do"), (moves.failed, "failed")];
        let parts: Vec<String> = parts.iter().filter(|(of, _)| *of > 0).map(|(of, said)| format!("{} {said}", count(*of))).collect();
        let colon = if parts.is_empty() { "" } else { ": " };
        said.push(format!("the operator made {}{colon}{}", counted(moves.made, "move"), parts.join(", ")));
    }
    let text = said.join("; ");
    let mut letters = text.chars();
    let first = letters.next()?;
    Some(format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

fn noticed(system: &System, report: &Report, detection: &Detection) -> String {
    let fault = tame(&detection.fault);
    let Some(began) = detection.began else { return format!("{fault} did not begin.") };
    let after = time(began.saturating_sub(system.clock.warm_up) as f64);
    match detection.noticed {
        Some((at, sign)) => {
            let by = match sign {
                Sign::Alert => "an alert",
                Sign::Ticket => "a customer's ticket",
                Sign::Move => "somebody's move",
                Sign::Gate => "a gate of its roll-out",
            };
            let later = if at == began { "at once".into() } else { format!("{} later", time(at.saturating_sub(began) as f64)) };
            format!("{fault} began after {after} and was noticed {later}, by {by}.")
        }
        None => format!("{fault} began after {after} and was not noticed in the {} that followed.", time(report.ends.saturating_sub(began) as f64)),
    }
}

fn hurt(shown: &Shown<'_>, report: &Report) -> String {
    let system = &shown.made.compiled.system;
    let paint = shown.paint;
    let mut out = vec![paint.strong("Who was hurt")];
    let width = report.invariants.iter().map(|invariant| invariant.name.len()).max().unwrap_or(0).max(12);
    let whom = report.invariants.iter().map(|invariant| invariant.hurts.len()).max().unwrap_or(0);
    for (at, invariant) in report.invariants.iter().enumerate() {
        let mark = match (invariant.violations, invariant.undecided) {
            (0, 0) => paint.good("✓"),
            (0, _) => paint.unsure("?"),
            _ => paint.bad("✗"),
        };
        let lost = if invariant.cost == 0 { String::new() } else { money(invariant.cost, &system.currency, system.currency_digits) };
        let line = format!("{} {} {} {}", pad(&tame(&invariant.name), width), pad(&tame(&invariant.hurts), whom), pad_left(&lost, 14), state(invariant));
        out.push(format!("  {mark} {}", line.trim_end()));
        if !invariant.keys.is_empty() {
            let record = system.invariants[at].each.map_or("", |record| system.records[record.at()].name.as_str());
            let ids: Vec<String> = invariant.keys.iter().take(5).map(|&(_, id)| Id(id as u64).show(&system.shapes)).collect();
            let more = if invariant.violations > ids.len() as u64 { " …" } else { "" };
            out.push(format!("      {record} {}{more}", ids.join(", ")));
            // What a job or the world itself made belongs to nobody whose story could be told.
            out.push(match invariant.keys.iter().find(|(key, _)| *key != 0) {
                Some(&(key, _)) => format!("      {}", paint.faint(&shown.history(report.seed, key))),
                None => format!("      {}", paint.faint("made for nobody who came, so there is no history of one")),
            });
        }
    }
    if report.invariants.is_empty() {
        out.push("  This scenario states no invariants, so nobody can be.".into());
    }
    out.join("\n")
}

fn state(invariant: &InvariantReport) -> String {
    let mut said = Vec::new();
    if invariant.violations > 0 {
        said.push(format!("broken {} times", count(invariant.violations)).replace("broken 1 times", "broken once"));
    }
    if invariant.mended > 0 {
        said.push(format!("{} true later after all", count(invariant.mended)));
    }
    if invariant.undecided > 0 {
        said.push(format!("{} undecided at the end", count(invariant.undecided)));
    }
    if invariant.tickets > 0 {
        said.push(counted(invariant.tickets, "ticket"));
    }
    if said.is_empty() { "kept".into() } else { said.join(", ") }
}

fn cost(shown: &Shown<'_>, report: &Report) -> String {
    let compiled = shown.made.compiled;
    let system = &compiled.system;
    let amount = |minor| money(minor, &system.currency, system.currency_digits);
    let running = compiled.costs_a_month(&shown.made.design.answers);
    let head = shown.paint.strong("What it cost");
    format!("{head}\n  {} in this run; the design itself costs {} a month.", amount(report.cost()), amount(running))
}
