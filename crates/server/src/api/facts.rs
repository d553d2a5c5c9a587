//! Gathering what handlers need to know about one loop: rows of the store, joined once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use seatrial_kit::Kit;
use seatrial_panel::{
    debrief::{Due, everything_is_in, is_over},
    progress::{Stage, next},
    record::{ClockState, Record},
};
use seatrial_store::{EarlyOpening, ExcuseRow, InterviewRow, LoopRow as StoredLoop, OpeningRow, Part, ParticipantRow, PersonRow};

use super::dto::{
    AreaHeard, At, InterviewRef, LoopRow, OpeningRef, Participant, PersonRef, Reasoned, ScorecardDue, minutes_planned,
};
use crate::{problem::Problem, rights::LoopFacts, state::App};

/// Everybody by id; somebody who is gone reads as "somebody".
#[derive(Debug, Clone)]
pub struct People(BTreeMap<String, PersonRow>);

impl People {
    pub async fn read(app: &App) -> Result<Self, Problem> {
        Ok(Self(app.store.people().await?.into_iter().map(|p| (p.id.clone(), p)).collect()))
    }

    pub fn row(&self, id: &str) -> Option<&PersonRow> {
        self.0.get(id)
    }

    pub fn one(&self, id: &str) -> PersonRef {
        match self.0.get(id) {
            Some(row) => PersonRef::of(row),
            None => PersonRef { id: id.to_owned(), name: "somebody".to_owned(), initials: "–".to_owned() },
        }
    }

    pub fn names(&self) -> BTreeMap<String, String> {
        self.0.iter().map(|(id, row)| (id.clone(), row.name.clone())).collect()
    }

    pub fn name(&self, id: &str) -> String {
        self.one(id).name
    }
}

/// A loop with everything that hangs on it but judgements.
#[derive(Debug, Clone)]
pub struct Loop {
    pub row: StoredLoop,
    pub opening: Option<OpeningRow>,
    pub interviews: Vec<InterviewRow>,
    pub records: BTreeMap<String, Record>,
    pub participants: Vec<ParticipantRow>,
    /// When each scorecard came in.
    pub submitted: BTreeMap<String, Timestamp>,
    pub early: Option<EarlyOpening>,
    pub excuses: Vec<ExcuseRow>,
}

impl Loop {
    pub async fn read(app: &App, id: &str) -> Result<Self, Problem> {
        let row = app.store.loop_by_id(id).await?.ok_or_else(|| Problem::not_found("loop"))?;
        let opening = match &row.opening_id {
            Some(opening) => app.store.opening(opening).await?,
            None => None,
        };
        let interviews = app.store.interviews_of_loop(id).await?;
        let mut records = BTreeMap::new();
        for interview in &interviews {
            records.insert(interview.id.clone(), app.store.record(&interview.id).await?);
        }
        let submitted = app.store.submissions(id).await?;
        Ok(Self {
            opening,
            participants: app.store.participants_of_loop(id).await?,
            submitted: submitted
                .into_iter()
                .map(|(person, ms)| (person, Timestamp::from_millisecond(ms).unwrap_or_default()))
                .collect(),
            early: app.store.early_opening(id).await?,
            excuses: app.store.excuses(id).await?,
            row,
            interviews,
            records,
        })
    }

    pub fn record(&self, interview: &str) -> &Record {
        static EMPTY: std::sync::LazyLock<Record> = std::sync::LazyLock::new(Record::default);
        self.records.get(interview).unwrap_or(&EMPTY)
    }

    pub fn state(&self, interview: &str) -> ClockState {
        self.record(interview).clock.state
    }

    /// Interviewers in a stable order, each with the areas that are due from them. An interview that was called off asks
    /// nobody for a scorecard; one that is in all the same stays.
    pub fn due(&self) -> Vec<(String, Vec<String>)> {
        let mut due: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for interview in &self.interviews {
            let off = self.state(&interview.id) == ClockState::CalledOff;
            let asks = self.participants.iter().filter(|p| p.interview_id == interview.id && p.part == Part::Interviewer);
            for person in asks.filter(|p| !off || self.submitted.contains_key(&p.person_id)) {
                let areas = due.entry(&person.person_id).or_default();
                for area in &interview.areas {
                    if !areas.contains(area) {
                        areas.push(area.clone());
                    }
                }
            }
        }
        due.into_iter().map(|(person, areas)| (person.to_owned(), areas)).collect()
    }

    /// Whose scorecards are due, for the gate.
    pub fn dues(&self) -> Vec<Due> {
        let due = |(person, _): (String, _)| Due {
            submitted: self.submitted.contains_key(&person),
            excused: self.excuse(&person).is_some(),
            person,
        };
        self.due().into_iter().map(due).collect()
    }

    pub fn excuse(&self, person: &str) -> Option<&ExcuseRow> {
        self.excuses.iter().find(|e| e.person == person)
    }

    pub fn all_in(&self) -> bool {
        // Scorecards are due for every interview of the loop, held or not yet: before the last one nothing opens.
        self.interviews.iter().all(|i| is_over(self.state(&i.id))) && everything_is_in(&self.dues())
    }

    pub fn facts(&self) -> LoopFacts {
        let interviewers: BTreeSet<String> = self.due().into_iter().map(|(person, _)| person).collect();
        let others = self.participants.iter().map(|p| &p.person_id).filter(|p| !interviewers.contains(*p));
        LoopFacts {
            owner: self.row.owner.clone(),
            has_opening: self.row.opening_id.is_some(),
            listeners: others.cloned().collect(),
            interviewers,
            all_in: self.all_in(),
            opened_early: self.early.is_some(),
            submitted: self.submitted.keys().cloned().collect(),
        }
    }

    /// Whether somebody asks or listens in one interview.
    pub fn is_in(&self, interview: &str, person: &str) -> bool {
        self.participants.iter().any(|p| p.interview_id == interview && p.person_id == person)
    }

    pub fn opening_ref(&self, kit: &Kit) -> Option<OpeningRef> {
        self.opening.as_ref().map(|o| opening_ref(kit, o))
    }

    /// Whether the bar stood before the first interview.
    pub fn bar_first(&self) -> bool {
        let started = self.records.values().filter_map(|r| r.clock.started_at).min();
        match (&self.opening, started) {
            (Some(opening), Some(started)) => opening.bar.stood_before(started),
            (Some(opening), None) => opening.bar.written_at.is_some(),
            (None, _) => false,
        }
    }

    pub fn interview_refs(&self, people: &People, now: Timestamp) -> Vec<InterviewRef> {
        self.interviews
            .iter()
            .map(|i| {
                let clock = &self.record(&i.id).clock;
                InterviewRef {
                    id: i.id.clone(),
                    title: i.title.clone(),
                    session_id: i.session_id.clone(),
                    areas: i.areas.clone(),
                    state: clock.state,
                    scheduled_at: i.scheduled_at.map(At),
                    due_at: i.due_at.map(At),
                    started_at: clock.started_at.map(At),
                    elapsed_ms: clock.elapsed_ms(now),
                    minutes_planned: minutes_planned(i),
                    people: participants(people, self.participants.iter().filter(|p| p.interview_id == i.id)),
                    called_off: self.record(&i.id).called_off().map(|(entry, reason)| Reasoned {
                        by: people.name(&entry.who),
                        at: At(entry.received_at),
                        reason: reason.to_owned(),
                    }),
                }
            })
            .collect()
    }

    pub fn scorecards_due(&self, people: &People, you: &str) -> Vec<ScorecardDue> {
        self.due()
            .into_iter()
            .map(|(person, areas)| {
                let mine = |i: &&InterviewRow| self.is_in(&i.id, &person) && self.state(&i.id) != ClockState::CalledOff;
                ScorecardDue {
                    areas,
                    due_at: self.interviews.iter().filter(mine).filter_map(|i| i.due_at).max().map(At),
                    submitted_at: self.submitted.get(&person).copied().map(At),
                    excused: self.excuse(&person).map(|e| Reasoned { by: people.name(&e.by), at: At(e.at), reason: e.reason.clone() }),
                    you: person == you,
                    person: people.one(&person),
                }
            })
            .collect()
    }

    pub fn list_row(&self, kit: &Kit, decided: bool) -> LoopRow {
        let state = |i: &InterviewRow| self.state(&i.id);
        let held: BTreeSet<&String> =
            self.interviews.iter().filter(|i| state(i) == ClockState::Ended).flat_map(|i| &i.areas).collect();
        let stages: Vec<Stage<'_>> = self
            .interviews
            .iter()
            .map(|i| Stage { id: &i.id, state: state(i), scheduled_at: i.scheduled_at, due_at: i.due_at })
            .collect();
        let all_in = self.all_in();
        LoopRow {
            id: self.row.id.clone(),
            code: self.row.code.clone(),
            name: self.row.name.clone(),
            opening_id: self.row.opening_id.clone(),
            heard: kit.areas.iter().map(|a| AreaHeard { area: a.id.clone(), heard: held.contains(&a.id) }).collect(),
            interviews: stages.iter().filter(|s| s.state != ClockState::CalledOff).count(),
            interviews_done: stages.iter().filter(|s| s.state == ClockState::Ended).count(),
            next: next(&stages, all_in, all_in || self.early.is_some(), decided),
        }
    }
}

pub fn participants<'a>(people: &People, rows: impl Iterator<Item = &'a ParticipantRow>) -> Vec<Participant> {
    let mut list: Vec<Participant> =
        rows.map(|p| Participant { person: people.one(&p.person_id), part: p.part.into() }).collect();
    list.sort_by(|a, b| a.person.name.cmp(&b.person.name));
    list
}

pub fn opening_ref(kit: &Kit, opening: &OpeningRow) -> OpeningRef {
    let pack = kit.packs.iter().find(|p| p.id == opening.pack);
    let seniority = pack.and_then(|p| p.seniorities.iter().find(|s| s.id == opening.seniority));
    OpeningRef {
        id: opening.id.clone(),
        title: opening.title.clone(),
        team: opening.team.clone(),
        pack_title: pack.map_or_else(|| opening.pack.clone(), |p| p.title.clone()),
        seniority_title: seniority.map_or_else(|| opening.seniority.clone(), |s| s.title.clone()),
    }
}

/// A line of text that must say something and not too much.
pub fn line(what: &str, text: &str, chars_max: usize) -> Result<String, Problem> {
    let text = text.trim();
    let chars = text.chars().count();
    if text.is_empty() {
        return Err(Problem::invalid(format!("{what} is empty.")));
    }
    if chars > chars_max {
        return Err(Problem::invalid(format!("{what} may have {chars_max} characters, and this one has {chars}.")));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Problem::invalid(format!("{what} holds a control character.")));
    }
    Ok(text.to_owned())
}
