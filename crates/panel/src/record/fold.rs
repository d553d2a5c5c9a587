//! From entries to the state of a record. A pure fold: the same entries give the same record, whoever folds.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Body, Entry, NoteKind};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    #[default]
    Planned,
    Running,
    Paused,
    Ended,
    /// It was planned and will not be held.
    CalledOff,
}

/// The interview's clock: stands while paused, and is read as a function of the time on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Clock {
    pub state: ClockState,
    /// Milliseconds run until `since`.
    run_ms: i64,
    /// When the clock was last set going.
    since: Option<Timestamp>,
    /// What the clock had reached when the latest entry came: less is never read again, whatever the wall says.
    counted_ms: i64,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
}

impl Clock {
    /// Milliseconds on the interview's clock at `now`. A wall clock that was set back stops it; it never runs backwards
    /// past what was already counted.
    pub fn elapsed_ms(&self, now: Timestamp) -> i64 {
        let running_ms = self.since.map_or(0, |since| (now.as_millisecond() - since.as_millisecond()).max(0));
        (self.run_ms + running_ms).max(self.counted_ms)
    }

    fn ran_on_paper(&mut self, started_at: Timestamp, minutes: u32) {
        self.run_ms = i64::from(minutes) * 60_000;
        self.counted_ms = self.run_ms;
        self.state = ClockState::Ended;
        self.started_at = Some(started_at);
        self.ended_at = Timestamp::from_millisecond(started_at.as_millisecond() + self.run_ms).ok();
    }

    /// Stops the clock at `at_ms`, or at what the wall says when that is earlier: a pause that was sent late, after a
    /// lost network, stops the clock where it was pressed.
    fn stop(&mut self, at_ms: i64, now: Timestamp) {
        self.run_ms = self.elapsed_ms(now).min(at_ms.max(self.run_ms));
        self.counted_ms = self.run_ms;
        self.since = None;
    }
}

/// A signal that was heard, as its entry stands now.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    pub entry: String,
    pub area: String,
    pub signal: String,
    pub prompted: bool,
    pub at_ms: i64,
}

/// A note as it reads now.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    pub entry: String,
    pub seq: i64,
    pub at_ms: i64,
    pub who: String,
    pub kind: NoteKind,
    pub text: String,
    pub area: Option<String>,
    pub signal: Option<String>,
}

/// What a record's entries add up to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    pub head: i64,
    pub clock: Clock,
    pub phase: Option<String>,
    pub phase_entered_ms: Option<i64>,
    /// Material on the candidate's screen, in the order it was shown.
    pub shown: Vec<String>,
    entries: Vec<Entry>,
    by_id: BTreeMap<String, usize>,
}

impl Record {
    pub fn fold(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut record = Self::default();
        for entry in entries {
            record.push(entry);
        }
        record
    }

    /// Takes in the next entry, which [`super::accept`] has let through.
    pub fn push(&mut self, entry: Entry) {
        self.head = entry.seq;
        let (at_ms, now) = (entry.at_ms, entry.received_at);
        self.clock.counted_ms = self.clock.elapsed_ms(now);
        match &entry.body {
            Body::Start => {
                self.clock.state = ClockState::Running;
                self.clock.since = Some(now);
                self.clock.started_at = Some(now);
            }
            Body::Resume => {
                self.clock.state = ClockState::Running;
                self.clock.since = Some(now);
            }
            Body::Pause => {
                self.clock.stop(at_ms, now);
                self.clock.state = ClockState::Paused;
            }
            Body::End => {
                self.clock.stop(at_ms, now);
                self.clock.state = ClockState::Ended;
                self.clock.ended_at = Some(now);
            }
            Body::OnPaper { started_at, minutes } => self.clock.ran_on_paper(*started_at, *minutes),
            Body::CallOff { .. } => self.clock.state = ClockState::CalledOff,
            Body::Phase { phase } => {
                self.phase = Some(phase.clone());
                self.phase_entered_ms = Some(at_ms);
            }
            body @ (Body::Show { .. } | Body::Hide { .. }) => show(&mut self.shown, body),
            Body::Flip { entry: id } => self.correct(id, |body| {
                if let Body::Signal { prompted, .. } = body {
                    *prompted = Some(!prompted.unwrap_or(false));
                }
            }),
            Body::Revise { entry: id, text, note } => {
                let (text, note) = (text.clone(), *note);
                self.correct(id, move |body| {
                    if let Body::Note { text: t, note: n, .. } = body {
                        *t = text;
                        *n = note;
                    }
                });
            }
            Body::Withdraw { entry: id } => self.withdraw(id),
            _ => {}
        }
        self.by_id.insert(entry.id.clone(), self.entries.len());
        self.entries.push(entry);
    }

    fn correct(&mut self, id: &str, change: impl FnOnce(&mut Body)) {
        if let Some(&at) = self.by_id.get(id) {
            change(&mut self.entries[at].body);
        }
    }

    fn withdraw(&mut self, id: &str) {
        let Some(&at) = self.by_id.get(id) else { return };
        self.entries[at].withdrawn = true;
        // The candidate's screen shows what the entries that stand add up to: two people may have shown the same.
        if matches!(self.entries[at].body, Body::Show { .. } | Body::Hide { .. }) {
            let mut shown = Vec::new();
            self.standing().for_each(|e| show(&mut shown, &e.body));
            self.shown = shown;
        }
    }

    /// Every entry in order, as it stands now.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).map(|&at| &self.entries[at])
    }

    /// The entry that called the interview off, with its reason.
    pub fn called_off(&self) -> Option<(&Entry, &str)> {
        self.entries.iter().rev().find_map(|e| match &e.body {
            Body::CallOff { reason } => Some((e, reason.as_str())),
            _ => None,
        })
    }

    /// Whether it was held from a printed plan, so that the record knows nothing of its course.
    pub fn was_on_paper(&self) -> bool {
        self.entries.iter().any(|e| matches!(e.body, Body::OnPaper { .. }))
    }

    fn standing(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|e| !e.withdrawn)
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.standing()
            .filter_map(|e| match &e.body {
                Body::Signal { area, signal, prompted } => Some(Heard {
                    entry: e.id.clone(),
                    area: area.clone(),
                    signal: signal.clone(),
                    prompted: prompted.unwrap_or(false),
                    at_ms: e.at_ms,
                }),
                _ => None,
            })
            .collect()
    }

    pub fn notes(&self) -> Vec<Seen> {
        self.standing()
            .filter_map(|e| match &e.body {
                Body::Note { note, text, area, signal } => Some(Seen {
                    entry: e.id.clone(),
                    seq: e.seq,
                    at_ms: e.at_ms,
                    who: e.who.clone(),
                    kind: *note,
                    text: text.clone(),
                    area: area.clone(),
                    signal: signal.clone(),
                }),
                _ => None,
            })
            .collect()
    }

    /// Follow-ups of an area that were asked.
    pub fn asked(&self, of: &str) -> BTreeSet<String> {
        self.standing()
            .filter_map(|e| match &e.body {
                Body::Asked { area, follow_up } if area == of => Some(follow_up.clone()),
                _ => None,
            })
            .collect()
    }

    /// Signals of an area that were heard.
    pub fn signals(&self, of: &str) -> BTreeSet<String> {
        self.heard().into_iter().filter(|h| h.area == of).map(|h| h.signal).collect()
    }

    /// Hints given in a phase: their numbers.
    pub fn hints(&self, of: &str) -> BTreeSet<u8> {
        self.standing()
            .filter_map(|e| match &e.body {
                Body::Hint { phase, number } if phase == of => Some(*number),
                _ => None,
            })
            .collect()
    }

    /// Prompts read aloud, as (area, prompt).
    pub fn read(&self) -> BTreeSet<(String, String)> {
        self.standing()
            .filter_map(|e| match &e.body {
                Body::Read { area, prompt } => Some((area.clone(), prompt.clone())),
                _ => None,
            })
            .collect()
    }

    /// Notes, signals and red flags: what a list of records counts as moments.
    pub fn moments(&self) -> usize {
        let kept = |e: &&Entry| matches!(e.body, Body::Note { .. } | Body::Signal { .. } | Body::RedFlag { .. });
        self.standing().filter(kept).count()
    }
}

/// What an entry does to the candidate's screen.
fn show(shown: &mut Vec<String>, body: &Body) {
    match body {
        Body::Show { material } if !shown.contains(material) => shown.push(material.clone()),
        Body::Hide { material } => shown.retain(|m| m != material),
        _ => {}
    }
}
