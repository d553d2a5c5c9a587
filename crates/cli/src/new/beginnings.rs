//! What each beginning is made of. The templates are whole files that hold as they are, about `first-trial`, `first-area`,
//! `first-role` and `first-part`; those words become the names that were asked for.

use seatrial_kit::{Area, Pack};
use seatrial_source::{Node, Value, nearest};

use super::{
    draft::{Draft, Place, Within},
    insert::Editing,
    shipped,
};
use crate::{Failure, files};

const SCENARIO: &str = include_str!("../../templates/scenario.yaml");
const PLAN: &str = include_str!("../../templates/plan.yaml");
const PART: &str = include_str!("../../templates/part.yaml");
const KIT: &str = include_str!("../../templates/kit.yaml");
const AREA: &str = include_str!("../../templates/area.yaml");
const PACK: &str = include_str!("../../templates/pack.yaml");

const KIT_KINDS: &[&str] = &["kit", "area", "pack", "exercise", "plan", "scenario", "part"];
/// Sessions of a role; one more gets a warning.
const SESSIONS_MOST: usize = 4;

pub fn scenario(place: &Place, name: &str, from: Option<&str>) -> Result<Draft, Failure> {
    let mut draft = Draft::new("");
    draft.schemas(&["scenario", "part"]);
    let text = match from {
        Some(from) => {
            copy(&mut draft, place, from)?;
            ship("scenarios", from)?.replacen(&format!("scenario: {from}\n"), &format!("scenario: {name}\n"), 1)
        }
        None => SCENARIO.replace("first-trial", name),
    };
    let Some(within) = &place.kit else {
        // Areas are a kit's.
        let path = format!("{name}.yaml");
        draft.make(&path, "scenario", &text.replace("areas: [first-area]\n", ""));
        draft.next = next(&place.shown(&path), from.is_some());
        return Ok(draft);
    };
    let path = format!("scenarios/{name}.yaml");
    let area = within.kit.areas.first().ok_or_else(|| Failure::input("the kit has no area"))?;
    draft.make(&path, "scenario", &text.replace("[first-area]", &format!("[{}]", area.id)));
    let mut head = editing(within, "kit.yaml")?;
    let lines = [format!("id: {name}"), "situation: To be written.".to_owned()];
    let known = within.kit.scenarios.iter().any(|one| one.id == name);
    let list = head.tree().get("scenarios").cloned();
    let mut done = known || list.is_some_and(|list| head.append(&list, &lines).is_some());
    if from.is_none() {
        draft.schemas(&["plan"]);
        draft.make(&format!("plans/{name}.yaml"), "plan", &plan(name, area));
        done &= head.word("plans", "packs", name).is_some();
    }
    change(&mut draft, "kit.yaml", head, done)?;
    draft.next = next(&place.shown(&path), from.is_some());
    Ok(draft)
}

fn next(path: &str, copied: bool) -> Vec<String> {
    let proof = if copied { "some minutes" } else { "some seconds" };
    vec![
        format!("Next: seatrial preview {path}     see it run while you write"),
        format!("      seatrial separates {path}   the proof, in {proof}"),
    ]
}

/// The plan of the template's scenario, about an area of the kit: its signals speak for rows that this area has.
fn plan(name: &str, area: &Area) -> String {
    let rows: Vec<&str> = area.rubric.behaviours.iter().map(|row| row.id.as_str()).collect();
    let row = |at: usize| rows.get(at).or(rows.last()).copied().unwrap_or_default();
    PLAN.replace("first-area-knowing", row(0))
        .replace("first-area-repeating", row(1))
        .replace("first-area-noticing", row(3))
        .replace("first-area", &area.id)
        .replace("first-trial", name)
}

pub fn kit(place: &Place, name: &str, from: Option<&str>) -> Result<Draft, Failure> {
    if place.kit.is_some() {
        let say = format!("{} is a kit, and a kit is no part of another", place.root.display());
        return Err(Failure::input(say).hint("name the folder above it with --in"));
    }
    let mut draft = Draft::new(&format!("{name}/"));
    draft.schemas(KIT_KINDS);
    let own = place.shown(name);
    if let Some(from) = from {
        let shipped = files::shipped();
        let kit = files::usable(None)?;
        if from != kit.id {
            return Err(Failure::input(format!("no kit `{from}` ships")).hint(format!("one does: {}", kit.id)));
        }
        for (path, bytes) in &shipped {
            let text = String::from_utf8_lossy(bytes);
            match kind(path) {
                Some("kit") => draft.make(path, "kit", &text.replacen(&format!("kit: {from}\n"), &format!("kit: {name}\n"), 1)),
                Some(kind) => draft.make(path, kind, &text),
                None => drop(draft.made.insert(format!("{name}/{path}"), text.into_owned())),
            }
        }
        let readme = format!(
            "# {name}\n\nForked from the kit {from} {} ({}) that ships with Seatrial {}.\n",
            kit.version,
            kit.hash,
            env!("CARGO_PKG_VERSION")
        );
        draft.made.insert(format!("{name}/README.md"), readme);
        draft.next = vec![
            format!("Next: seatrial check {own}          commit it as it is, before the first change"),
            format!("      seatrial serve --kit {own} --data {name}-data   interviews over your own version"),
        ];
        return Ok(draft);
    }
    draft.make("kit.yaml", "kit", &KIT.replace("first-kit", name));
    draft.make("areas/first-area.yaml", "area", AREA);
    draft.make("packs/first-role.yaml", "pack", PACK);
    draft.make("plans/first-trial.yaml", "plan", PLAN);
    draft.make("scenarios/first-trial.yaml", "scenario", SCENARIO);
    draft.next = vec![
        format!("Next: seatrial check {own}   warns of one thing: a loop wants three interviews, and this kit has one"),
        format!("      seatrial serve --kit {own} --data {name}-data   hold an interview over it"),
    ];
    Ok(draft)
}

/// What a file of a kit is, by its folder.
fn kind(path: &str) -> Option<&'static str> {
    match path.split_once('/') {
        None if path == "kit.yaml" => Some("kit"),
        Some(("areas", _)) => Some("area"),
        Some(("packs", _)) => Some("pack"),
        Some(("exercises", _)) => Some("exercise"),
        Some(("plans", _)) => Some("plan"),
        Some(("scenarios", _)) => Some("scenario"),
        Some(("parts", _)) => Some("part"),
        _ => None,
    }
}

pub fn area(place: &Place, name: &str) -> Result<Draft, Failure> {
    let Some(within) = &place.kit else {
        let say = format!("{} holds no kit.yaml, and an area belongs to a kit", place.root.display());
        return Err(Failure::input(say).hint("name the kit's folder with --in, or begin one: seatrial new kit NAME"));
    };
    let mut draft = Draft::new("");
    draft.schemas(&["area"]);
    let path = format!("areas/{name}.yaml");
    let running = within.kit.scenarios.first().map_or("first-trial", |one| one.id.as_str());
    let text = AREA.replace("scenarios: [first-trial]", &format!("scenarios: [{running}]")).replace("first-area", name);
    draft.make(&path, "area", &text);
    let mut head = editing(within, "kit.yaml")?;
    let done = head.word("areas", "packs", name).is_some();
    change(&mut draft, "kit.yaml", head, done)?;
    for pack in &within.kit.packs {
        let at = format!("packs/{}.yaml", pack.id);
        let mut role = editing(within, &at)?;
        let done = visit(&mut role, pack, name).is_some();
        change(&mut draft, &at, role, done)?;
    }
    draft.next = vec![
        format!("Next: write {} in your own words; each role has a line of its bar to set, and an interview about it", place.shown(&path)),
        format!("      seatrial check {}", place.root.display()),
    ];
    Ok(draft)
}

/// A line in every bar, and an interview of the loop.
fn visit(role: &mut Editing, pack: &Pack, name: &str) -> Option<()> {
    let tree = role.tree().clone();
    let Value::Seq(seniorities) = &tree.get("seniorities")?.value else { return None };
    for seniority in seniorities {
        role.append(seniority.get("bar")?, &[format!("{{area: {name}, level: none, reason: To be written.}}")])?;
    }
    let item = [
        format!("area: {name}"),
        "depth: steady".to_owned(),
        "minutes: 30".to_owned(),
        format!("prompts: [{name}-silence]"),
        format!("follow_ups: [{name}-which-lost, {name}-who-tells]"),
        "reason: To be written.".to_owned(),
    ];
    let sessions = tree.get("sessions")?;
    if pack.sessions.len() >= SESSIONS_MOST {
        return role.append(last(sessions)?.get("items")?, &item);
    }
    let mut lines = vec![
        format!("id: {name}"),
        format!("title: {name}"),
        "asked_by: somebody who has done it".to_owned(),
        "reason: To be written.".to_owned(),
        "items:".to_owned(),
    ];
    lines.extend(item.iter().enumerate().map(|(at, line)| format!("  {}{line}", if at == 0 { "- " } else { "  " })));
    role.append(sessions, &lines)
}

fn last(list: &Node) -> Option<&Node> {
    match &list.value {
        Value::Seq(items) => items.last(),
        _ => None,
    }
}

pub fn part(place: &Place, name: &str, from: Option<&str>) -> Result<Draft, Failure> {
    let mut draft = Draft::new("");
    draft.schemas(&["part"]);
    let text = match from {
        Some(from) => ship("parts", from)?.replacen(&format!("part: {from}\n"), &format!("part: {name}\n"), 1),
        None => PART.replace("first-part", name),
    };
    let path = format!("parts/{name}.yaml");
    draft.make(&path, "part", &text);
    draft.next = vec![
        format!("Next: in a scenario of this folder or the one beside it: use: [{{part: {name}, as: …, with: {{…}}}}]"),
        format!("      seatrial check {}   its form, and the scenarios that use it", place.shown(&path)),
    ];
    Ok(draft)
}

/// What a scenario that ships is made of beside its own file; parts of these names that are there stay.
fn copy(draft: &mut Draft, place: &Place, from: &str) -> Result<(), Failure> {
    let shipped = files::shipped();
    let entry = format!("scenarios/{from}.yaml");
    ship("scenarios", from)?;
    let (compiled, _) = seatrial_scenario::compile(&shipped, &entry);
    let read = compiled.map(|compiled| compiled.read).unwrap_or_default();
    for path in read.into_iter().filter(|path| *path != entry) {
        let text = shipped.get(&path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
        let there = place.root.join(&path);
        let other = std::fs::read_to_string(&there).is_ok_and(|there| !there.ends_with(&text));
        if other {
            let say = format!("{} is there, and is another than the one that {from} uses", place.shown(&path));
            return Err(Failure::input(say).hint("copy the scenario into a folder of its own with --in, and bring the two together there"));
        }
        match kind(&path) {
            Some(kind) => draft.keep(&path, kind, &text),
            None => drop(draft.kept.insert(path, text)),
        }
    }
    Ok(())
}

/// The text of something that ships.
fn ship(folder: &str, name: &str) -> Result<String, Failure> {
    let path = format!("{folder}/{name}.yaml");
    files::shipped().remove(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).ok_or_else(|| {
        let known = shipped(folder);
        let hint = match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", known.join(", ")),
        };
        Failure::input(format!("no {} `{name}` ships", folder.trim_end_matches('s'))).hint(hint)
    })
}

fn editing(within: &Within, path: &str) -> Result<Editing, Failure> {
    let text = within.files.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok());
    text.and_then(Editing::new).ok_or_else(|| Failure::input(format!("{path} cannot be read")))
}

fn change(draft: &mut Draft, path: &str, editing: Editing, done: bool) -> Result<(), Failure> {
    if !done {
        return Err(Failure::input(format!("{path} is written in a way that cannot be added to, so nothing was written"))
            .hint("write its lists as `[a, b]` or line by line with `- `, and try again"));
    }
    draft.changed.insert(path.to_owned(), editing.finish());
    Ok(())
}
