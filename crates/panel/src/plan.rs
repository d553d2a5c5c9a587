//! The plan of an opening's loop: which interview asks what. It covers every area, asks nothing twice, and gives a
//! reason for each choice.

use std::collections::BTreeMap;

use seatrial_kit::{Kit, Session};

/// Minutes of one interview beyond which people stop listening.
const SESSION_MINUTES_MAX: u32 = 120;

/// Everything wrong with a plan, in sentences. Empty when it is sound.
pub fn mistakes(kit: &Kit, sessions: &[Session]) -> Vec<String> {
    let mut say = Vec::new();
    let mut asked: BTreeMap<(&str, &str, &str), &str> = BTreeMap::new();
    let mut covered: BTreeMap<&str, &str> = BTreeMap::new();
    for (at, session) in sessions.iter().enumerate() {
        let name = if session.title.trim().is_empty() { "An interview without a title" } else { session.title.as_str() };
        if session.title.trim().is_empty() {
            say.push(format!("Interview {} has no title.", at + 1));
        }
        if sessions[..at].iter().any(|earlier| earlier.id == session.id) {
            say.push(format!("Two interviews share the id “{}”.", session.id));
        }
        if session.items.is_empty() {
            say.push(format!("{name} asks about no area; give it one or remove it."));
        }
        let minutes: u32 = session.items.iter().fold(0, |sum, i| sum.saturating_add(i.minutes));
        if minutes > SESSION_MINUTES_MAX {
            say.push(format!("{name} takes {minutes} minutes; {SESSION_MINUTES_MAX} is the most that anybody bears."));
        }
        for item in &session.items {
            let Some(area) = kit.areas.iter().find(|a| a.id == item.area) else {
                say.push(format!("{name} names an area that the kit does not have: “{}”.", item.area));
                continue;
            };
            if let Some(other) = covered.insert(&area.id, name) {
                say.push(format!("{} is planned twice: in {other} and in {name}.", area.title));
            }
            if item.minutes < 5 {
                say.push(format!("{} in {name} has {} minutes; five is the least that shows anything.", area.title, item.minutes));
            }
            if item.reason.trim().is_empty() {
                say.push(format!("{} in {name} gives no reason for being asked there.", area.title));
            }
            if item.prompts.is_empty() && item.exercises.is_empty() {
                say.push(format!("{} in {name} has neither prompt nor exercise to start from.", area.title));
            }
            let parts = [
                ("prompt", &item.prompts, area.prompts.iter().map(|p| (&p.id, &p.text)).collect::<Vec<_>>()),
                ("follow-up", &item.follow_ups, area.follow_ups.iter().map(|f| (&f.id, &f.text)).collect()),
                ("exercise", &item.exercises, kit.exercises.iter().map(|e| (&e.id, &e.title)).collect()),
            ];
            for (what, ids, known) in parts {
                for id in ids {
                    let Some((_, text)) = known.iter().find(|(k, _)| *k == id) else {
                        say.push(format!("{name}: {} has no {what} “{id}”.", area.title));
                        continue;
                    };
                    if let Some(other) = asked.insert((what, &area.id, id), name) {
                        say.push(format!("“{}” is asked twice: in {other} and in {name}.", first_words(text)));
                    }
                }
            }
        }
    }
    for area in &kit.areas {
        if !covered.contains_key(area.id.as_str()) {
            say.push(format!("Nobody asks about {}.", area.title));
        }
    }
    say
}

fn first_words(text: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().take(9).collect();
    if text.split_whitespace().nth(9).is_some() {
        words.push("…");
    }
    words.join(" ")
}
