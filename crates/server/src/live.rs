//! Who is looking at an interview now, and the news that something changed.
//!
//! News carries no content: whoever hears it reads the store again. A lost piece of news is made good by the next, or
//! by the regular look every few seconds.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use tokio::sync::watch;

/// Everything that is present anywhere, by interview.
#[derive(Debug, Clone, Default)]
pub struct Hub(Arc<Mutex<BTreeMap<String, Room>>>);

#[derive(Debug)]
struct Room {
    news: watch::Sender<u64>,
    /// Open pages by person.
    people: BTreeMap<String, usize>,
    candidates: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self { news: watch::Sender::new(0), people: BTreeMap::new(), candidates: 0 }
    }
}

/// Who looks on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    Person(String),
    Candidate,
}

/// An open page; its end is noticed when this is dropped.
#[derive(Debug)]
pub struct Presence {
    hub: Hub,
    interview: String,
    viewer: Viewer,
    pub news: watch::Receiver<u64>,
}

impl Hub {
    fn with<T>(&self, interview: &str, act: impl FnOnce(&mut Room) -> T) -> T {
        let mut rooms = self.0.lock().unwrap_or_else(|e| e.into_inner());
        act(rooms.entry(interview.to_owned()).or_default())
    }

    /// Tells everybody who looks at an interview that something changed.
    pub fn tell(&self, interview: &str) {
        let rooms = self.0.lock().unwrap_or_else(|e| e.into_inner());
        if let Some(room) = rooms.get(interview) {
            room.news.send_modify(|n| *n += 1);
        }
    }

    pub fn enter(&self, interview: &str, viewer: Viewer) -> Presence {
        let news = self.with(interview, |room| {
            match &viewer {
                Viewer::Person(id) => *room.people.entry(id.clone()).or_default() += 1,
                Viewer::Candidate => room.candidates += 1,
            }
            room.news.send_modify(|n| *n += 1);
            room.news.subscribe()
        });
        Presence { hub: self.clone(), interview: interview.to_owned(), viewer, news }
    }

    /// People with a page open, and whether a candidate has one.
    pub fn present(&self, interview: &str) -> (Vec<String>, bool) {
        let rooms = self.0.lock().unwrap_or_else(|e| e.into_inner());
        rooms.get(interview).map_or((Vec::new(), false), |r| (r.people.keys().cloned().collect(), r.candidates > 0))
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        let mut rooms = self.hub.0.lock().unwrap_or_else(|e| e.into_inner());
        let Some(room) = rooms.get_mut(&self.interview) else { return };
        match &self.viewer {
            Viewer::Person(id) => {
                if let Some(pages) = room.people.get_mut(id) {
                    *pages -= 1;
                    if *pages == 0 {
                        room.people.remove(id);
                    }
                }
            }
            Viewer::Candidate => room.candidates = room.candidates.saturating_sub(1),
        }
        if room.people.is_empty() && room.candidates == 0 {
            rooms.remove(&self.interview);
        } else {
            room.news.send_modify(|n| *n += 1);
        }
    }
}
