//! A history as a terminal shows it.

use seatrial_story::{History, Seen, Told};

use crate::{
    figures::counted,
    history::first_click,
    paint::{Paint, pad, pad_left, tame},
};

/// A long silence is part of the story: microseconds.
const SILENCE_US: u64 = 60_000_000;

pub fn text(history: &History, when: &str, paint: Paint) -> String {
    let mut out = vec![format!("{}  {}", paint.strong(&tame(&title(history))), paint.faint(&tame(when)))];
    out.push(paint.faint("● the team's own telemetry leads to it   ◐ one service sees it, and nothing joins it to the rest"));
    out.push(paint.faint("○ true, and nobody inside sees it"));
    out.push(String::new());
    let width = history.steps.iter().map(|step| step.part.len()).max().unwrap_or(0);
    let begins = first_click(history);
    let mut before = None;
    for step in &history.steps {
        if before.is_some_and(|before| step.after.saturating_sub(before) > SILENCE_US) {
            out.push(format!("  {}", paint.faint("⋮")));
        }
        before = Some(step.until.unwrap_or(step.after));
        let until = step.until.map_or_else(String::new, |until| format!(" (until {})", since(until, begins)));
        let said = tame(&step.text) + &until;
        let said = match step.weighs {
            Some("harm") => paint.bad(&said),
            Some("effect") => paint.strong(&said),
            Some("lost") => paint.unsure(&said),
            _ => said,
        };
        out.push(format!("  {} {} {} {said}", pad_left(&since(step.after, begins), 11), mark(step), pad(&tame(&step.part), width)));
    }
    out.push(String::new());
    out.push(crate::paint::wrap(&ends(history), 0));
    out.join("\n")
}

fn title(history: &History) -> String {
    match history.what.as_str() {
        "" => format!("Key {}", history.serial),
        what => what[..1].to_uppercase() + &what[1..],
    }
}

fn mark(step: &Told) -> &'static str {
    match step.seen {
        Seen::Joined => "●",
        Seen::Apart => "◐",
        Seen::No => "○",
    }
}

/// Seconds since the first click, to the millisecond; from an hour on to the second.
fn since(after: u64, begins: u64) -> String {
    let ms = (after as i64 - begins as i64) / 1000;
    match ms {
        ms if ms >= 3_600_000 => format!("{}h{:02}m{:02}s", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60),
        ms if ms >= 60_000 => format!("{}m{:02}.{:03}s", ms / 60_000, ms / 1000 % 60, ms % 1000),
        ms => format!("{}.{:03}s", ms / 1000, ms.abs() % 1000),
    }
}

/// What became real, each kind for itself: a charge and its refund are two things, two charges are one thing twice.
fn real(made: &[String]) -> String {
    let kind = |one: &str| one.rsplit_once(' ').map_or_else(String::new, |(kind, _)| kind.to_owned());
    let mut kinds: Vec<(String, Vec<&str>)> = Vec::new();
    for one in made {
        match kinds.iter_mut().find(|(of, _)| *of == kind(one)) {
            Some((_, all)) => all.push(one),
            None => kinds.push((kind(one), vec![one])),
        }
    }
    let once: Vec<&str> = kinds.iter().filter(|(_, all)| all.len() == 1).map(|(_, all)| all[0]).collect();
    let mut said = match &once[..] {
        [] if made.is_empty() => vec!["Nothing became real at anybody else's.".into()],
        [] => Vec::new(),
        [one] => vec![format!("Real, once: {one}.")],
        each => vec![format!("Real, once each: {}.", each.join(" and "))],
    };
    let again = kinds.iter().filter(|(_, all)| all.len() > 1);
    said.extend(again.map(|(_, all)| format!("Real, {} times for one click or its repetitions: {}.", all.len(), all.join(" and "))));
    said.join(" ")
}

/// What it came to: what became real, what broke, and how much of it anybody inside could see.
fn ends(history: &History) -> String {
    let made = real(&history.made);
    let hurt = if history.broken.is_empty() { "No promise was broken.".into() } else { format!("Broken: {}.", history.broken.join(", ")) };
    let count = |seen: Seen| history.steps.iter().filter(|step| step.seen == seen).count() as u64;
    let apart = match count(Seen::Apart) {
        0 => String::new(),
        apart => format!(", and {apart} join nothing"),
    };
    let all = counted(history.steps.len() as u64, "step");
    format!("{made} {hurt} {} of {all} could not be seen from inside{apart}.", count(Seen::No))
}
