//! What the panel's tests share: the shipped kit, moments, and a record that is written entry by entry.

#![allow(dead_code)] // Each test file uses its part of this.

use std::{collections::BTreeMap, path::Path, sync::LazyLock};

use jiff::Timestamp;
use seatrial_kit::{AgendaPhase, Area, Kit, area_agenda};
use seatrial_panel::record::{Body, Context, Draft, Entry, NoteKind, Record, Refusal, accept};

/// The kit that ships.
pub static KIT: LazyLock<Kit> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kits/microservices");
    let mut files = BTreeMap::new();
    collect(&root, &root, &mut files);
    seatrial_kit::load(&files).0.expect("the shipped kit has no mistakes")
});

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("the kit's folder can be read") {
        let path = entry.expect("its entries too").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("it lies below the root").to_string_lossy().into_owned();
            files.insert(name, std::fs::read(&path).expect("the file can be read"));
        }
    }
}

pub fn area(id: &str) -> &'static Area {
    KIT.areas.iter().find(|a| a.id == id).expect("the kit has this area")
}

/// A moment on the wall, in milliseconds after an arbitrary morning.
pub fn wall(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(1_780_000_000_000 + ms).expect("within the range of years")
}

/// An interview about consistency, being held.
#[derive(Debug, Clone)]
pub struct Talk {
    pub record: Record,
    /// What was accepted, as it went to the log.
    pub log: Vec<Entry>,
    pub agenda: Vec<AgendaPhase>,
    pub material: Vec<String>,
    sent: usize,
}

impl Talk {
    pub fn new() -> Self {
        let material = vec!["orders-api".to_owned(), "runs".to_owned()];
        let agenda = area_agenda(area("consistency"), None);
        Self { record: Record::default(), log: Vec::new(), agenda, material, sent: 0 }
    }

    /// One that was started at `wall(0)`.
    pub fn started() -> Self {
        let mut talk = Self::new();
        talk.say("anna", 0, 0, Body::Start).expect("it can be started");
        talk
    }

    /// Sends an entry at a moment on the wall; returns its id.
    pub fn say(&mut self, who: &str, now_ms: i64, at_ms: i64, body: Body) -> Result<String, Refusal> {
        self.say_late(who, now_ms, 0, at_ms, body)
    }

    /// Sends an entry that waited for the network.
    pub fn say_late(&mut self, who: &str, now_ms: i64, waited_ms: i64, at_ms: i64, body: Body) -> Result<String, Refusal> {
        self.sent += 1;
        let id = format!("e{}", self.sent);
        let areas = [area("consistency")];
        let context = Context { agenda: &self.agenda, areas: &areas, material: &self.material };
        let entry = accept(&self.record, &context, who, wall(now_ms), Draft { id: id.clone(), at_ms, body, waited_ms, moment: None })?;
        self.log.push(entry.clone());
        self.record.push(entry);
        Ok(id)
    }
}

pub fn note(text: &str) -> Body {
    Body::Note { note: NoteKind::Said, text: text.to_owned(), area: Some("consistency".to_owned()), signal: None }
}

pub fn signal(id: &str) -> Body {
    Body::Signal { area: "consistency".to_owned(), signal: id.to_owned(), prompted: None }
}

pub fn asked(id: &str) -> Body {
    Body::Asked { area: "consistency".to_owned(), follow_up: id.to_owned() }
}

pub fn phase(id: &str) -> Body {
    Body::Phase { phase: format!("consistency/{id}") }
}

pub fn hint(phase: &str, number: u8) -> Body {
    Body::Hint { phase: format!("consistency/{phase}"), number }
}
