//! Interviews: begun from an area, a session or a scenario, and their record as it is read. Writing into it is in `entries`,
//! the candidate's way in `links`.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::{Path, State}};
use jiff::Timestamp;
use seatrial_kit::{AgendaPhase, Kit, MaterialFormat, area_agenda, session_agenda};
use seatrial_panel::debrief::{Stays, must_stay};
use seatrial_panel::record::{Body as EntryBody, ClockState, Entry, NoteKind, Record, Relevant, next_step, relevant_now};
use seatrial_store::{InterviewRow, NewInterview, Part, PersonRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    dto::{At, InterviewListRow, OpeningRef, PartName, Participant, PersonRef, minutes_planned},
    facts::{Loop, People, participants},
    links::{CandidateLink, link},
    loops::{LoopView, said as loop_said},
    openings::{add_loop, free_code},
    rooms::{Purpose, RoomRef, open_room, room_ref},
    scenario::{ScenarioRef, planned},
};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    rights::{Act, LoopFacts, ask},
    session::Me,
    state::App,
};

/// What a page needs to stay up to date.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Live {
    pub seq: i64,
    pub state: ClockState,
    pub elapsed_ms: i64,
    /// When `elapsed_ms` was read.
    pub as_of: At,
    pub started_at: Option<At>,
    pub ended_at: Option<At>,
    pub phase: Option<String>,
    pub phase_entered_ms: Option<i64>,
    /// At most three follow-ups that fit now, the next first.
    pub relevant: Vec<Relevant>,
    /// One line on what comes next.
    pub next: String,
    /// Material on the candidate's screen.
    pub shown: Vec<String>,
    pub present: Vec<Present>,
    pub candidate_present: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Present {
    pub id: String,
    pub name: String,
    pub initials: String,
    pub part: Option<PartName>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum YourPart {
    Interviewer,
    Shadow,
    Reader,
}

/// Material that can be shown to the candidate.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MaterialRef {
    pub id: String,
    pub title: String,
    pub format: MaterialFormat,
    pub exercise_id: String,
    pub exercise_title: String,
}

/// A pencilled level: private to whoever wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pencilled {
    Weak,
    Good,
    Excellent,
    NotAssessed,
}

impl Pencilled {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Good => "good",
            Self::Excellent => "excellent",
            Self::NotAssessed => "not_assessed",
        }
    }

    fn read(text: &str) -> Option<Self> {
        [Self::Weak, Self::Good, Self::Excellent, Self::NotAssessed].into_iter().find(|p| p.as_str() == text)
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Interview {
    pub id: String,
    pub loop_id: String,
    pub code: String,
    pub candidate_name: String,
    pub title: String,
    /// What it is held over; `GET /api/kit` with this id tells what it asks and listens for.
    pub scenario: Option<ScenarioRef>,
    pub opening: Option<OpeningRef>,
    pub kit_hash: String,
    pub areas: Vec<String>,
    pub agenda: Vec<AgendaPhase>,
    pub scheduled_at: Option<At>,
    pub due_at: Option<At>,
    pub people: Vec<Participant>,
    pub you: YourPart,
    pub minutes_planned: u32,
    pub entries: Vec<Entry>,
    pub live: Live,
    pub pencilled: BTreeMap<String, Pencilled>,
    pub links: Vec<CandidateLink>,
    pub material: Vec<MaterialRef>,
    /// Your own.
    pub scorecard_submitted: bool,
    /// Somebody scored it, so it stays where it is.
    pub can_attach: bool,
    pub can_manage: bool,
    /// The live room, when it has one.
    pub room: Option<RoomRef>,
}

/// An interview with what its handlers need.
pub struct Found {
    pub interview: InterviewRow,
    pub l: Loop,
    /// As this interview reads it: over a scenario, with the scenario's plan.
    pub kit: Arc<Kit>,
}

pub async fn find(app: &App, id: &str) -> Result<Found, Problem> {
    let interview = app.store.interview(id).await?.ok_or_else(|| Problem::not_found("interview"))?;
    let l = Loop::read(app, &interview.loop_id).await?;
    let kit = app.kit_for(&interview).await?;
    Ok(Found { interview, l, kit })
}

impl Found {
    pub fn may_read(&self, me: &PersonRow) -> Result<(), Problem> {
        let in_it = self.l.is_in(&self.interview.id, &me.id);
        ask(me, Act::ReadRecord { facts: &self.l.facts(), in_it })
    }

    pub fn may_write(&self, me: &PersonRow) -> Result<(), Problem> {
        let in_it = self.l.is_in(&self.interview.id, &me.id);
        ask(me, Act::WriteRecord { facts: &self.l.facts(), in_it })
    }

    pub fn record(&self) -> &Record {
        self.l.record(&self.interview.id)
    }

    /// Exercises that belong to what this interview asks.
    pub fn material(&self) -> Vec<MaterialRef> {
        self.kit
            .exercises
            .iter()
            .filter(|e| self.interview.areas.contains(&e.area))
            .flat_map(|e| {
                e.material.iter().map(|m| MaterialRef {
                    id: m.id.clone(),
                    title: m.title.clone(),
                    format: m.format,
                    exercise_id: e.id.clone(),
                    exercise_title: e.title.clone(),
                })
            })
            .collect()
    }
}

/// What somebody may see of a record: readings of others stay theirs until the debrief is open to this person.
pub fn visible<'r>(record: &'r Record, l: &Loop, person: &str) -> impl Iterator<Item = &'r Entry> {
    let open = l.facts().is_open_to(person);
    let person = person.to_owned();
    record.entries().iter().filter(move |e| {
        let reading = match &e.body {
            EntryBody::Note { note, .. } | EntryBody::Revise { note, .. } => *note == NoteKind::Reading,
            _ => false,
        };
        open || !reading || e.who == person
    })
}

/// Entries that came or changed after `seq`.
pub fn changed_since(record: &Record, l: &Loop, person: &str, seq: i64) -> Vec<Entry> {
    let corrected: Vec<&str> = record
        .entries()
        .iter()
        .filter(|e| e.seq > seq)
        .filter_map(|e| match &e.body {
            EntryBody::Flip { entry } | EntryBody::Revise { entry, .. } | EntryBody::Withdraw { entry } => Some(entry.as_str()),
            _ => None,
        })
        .collect();
    visible(record, l, person).filter(|e| e.seq > seq || corrected.contains(&e.id.as_str())).cloned().collect()
}

pub fn live(app: &App, found: &Found, record: &Record, people: &People, now: Timestamp) -> Live {
    let areas: Vec<_> = found.kit.areas.iter().filter(|a| found.interview.areas.contains(&a.id)).collect();
    let (present, candidate_present) = app.hub.present(&found.interview.id);
    Live {
        seq: record.head,
        state: record.clock.state,
        elapsed_ms: record.clock.elapsed_ms(now),
        as_of: At(now),
        started_at: record.clock.started_at.map(At),
        ended_at: record.clock.ended_at.map(At),
        phase: record.phase.clone(),
        phase_entered_ms: record.phase_entered_ms,
        relevant: relevant_now(record, &found.interview.agenda, &areas),
        next: next_step(record, &found.interview.agenda, &areas),
        shown: record.shown.clone(),
        present: present
            .into_iter()
            .map(|id| {
                let PersonRef { id, name, initials } = people.one(&id);
                let part = found.l.participants.iter().find(|p| p.interview_id == found.interview.id && p.person_id == id);
                Present { part: part.map(|p| p.part.into()), id, name, initials }
            })
            .collect(),
        candidate_present,
    }
}

/// Interviews of some loops as rows, newest first.
pub async fn list_rows(app: &App, me: &Me, loops: &[Loop], now: Timestamp) -> Result<Vec<InterviewListRow>, Problem> {
    let _ = app;
    let mut rows: Vec<InterviewListRow> = loops
        .iter()
        .flat_map(|l| l.interviews.iter().map(move |i| (l, i)))
        .map(|(l, i)| {
            let record = l.record(&i.id);
            InterviewListRow {
                id: i.id.clone(),
                loop_id: l.row.id.clone(),
                code: l.row.code.clone(),
                candidate_name: l.row.name.clone(),
                title: i.title.clone(),
                areas: i.areas.clone(),
                state: record.clock.state,
                started_at: record.clock.started_at.map(At),
                scheduled_at: i.scheduled_at.map(At),
                elapsed_ms: record.clock.elapsed_ms(now),
                moments: record.moments(),
                mine: l.is_in(&i.id, &me.0.id),
                opening_title: l.opening.as_ref().map(|o| o.title.clone()),
                scored: l.submitted.contains_key(&me.0.id),
            }
        })
        .collect();
    rows.sort_by(|a, b| b.started_at.cmp(&a.started_at).then(b.id.cmp(&a.id)));
    Ok(rows)
}

/// Interviews that were held or are under way and whose loops you may see, newest first.
#[utoipa::path(get, path = "/api/interviews", responses((status = 200, body = Vec<InterviewListRow>)))]
pub async fn list(State(app): State<Arc<App>>, me: Me) -> Answer<Vec<InterviewListRow>> {
    let mut loops = Vec::new();
    for row in app.store.loops().await? {
        let l = Loop::read(&app, &row.id).await?;
        if ask(&me.0, Act::ReadLoop(&l.facts())).is_ok() {
            loops.push(l);
        }
    }
    let mut rows = list_rows(&app, &me, &loops, Timestamp::now()).await?;
    rows.retain(|r| !matches!(r.state, ClockState::Planned | ClockState::CalledOff));
    Ok(Json(rows))
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewInterviewRequest {
    /// An area by itself.
    pub area: Option<String>,
    /// Or a session of a role pack.
    pub pack: Option<String>,
    pub session: Option<String>,
    /// Or a scenario that has a plan. Its room is opened too, where the kit has a running system for it.
    pub scenario: Option<String>,
    /// Without a room: the plan alone, on screen or on paper.
    #[serde(default)]
    pub talk_only: bool,
    /// A variation of the scenario, by its name.
    pub variation: Option<String>,
    /// To rehearse: the reference design that a scripted candidate plays in the room.
    pub rehearse: Option<String>,
    /// Shortens an area's agenda, to try it out.
    pub minutes: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MadeInterview {
    pub id: String,
    pub loop_id: String,
}

/// Begins an interview without an opening. A candidate and an opening can be attached before scoring.
#[utoipa::path(post, path = "/api/interviews", request_body = NewInterviewRequest,
    responses((status = 200, body = MadeInterview), (status = 422, body = Problem)))]
pub async fn make(State(app): State<Arc<App>>, Me(me): Me, Body(new): Body<NewInterviewRequest>) -> Answer<MadeInterview> {
    ask(&me, Act::HoldInterview)?;
    let kit = app.kit.clone();
    let unknown = |what: &str, id: &str| Problem::invalid(format!("The kit has no {what} “{id}”."));
    let (title, areas, agenda) = match (&new.area, &new.pack, &new.session, &new.scenario) {
        (Some(id), None, None, None) => {
            let area = kit.areas.iter().find(|a| a.id == *id).ok_or_else(|| unknown("area", id))?;
            if let Some(minutes) = new.minutes
                && !(5..=120).contains(&minutes)
            {
                return Err(Problem::invalid("An interview takes 5 to 120 minutes."));
            }
            (area.title.clone(), vec![area.id.clone()], area_agenda(area, new.minutes))
        }
        (None, None, None, Some(scenario)) => planned(&kit, scenario).ok_or_else(|| unknown("plan for a scenario", scenario))?,
        (None, Some(pack), Some(session), None) => {
            let of = kit.packs.iter().find(|p| p.id == *pack).ok_or_else(|| unknown("role pack", pack))?;
            let of = of.sessions.iter().find(|s| s.id == *session).ok_or_else(|| unknown("session in this role pack", session))?;
            (of.title.clone(), of.items.iter().map(|i| i.area.clone()).collect(), session_agenda(&kit, of))
        }
        _ => return Err(Problem::invalid("Name an area, a role pack with one of its sessions, or a scenario.")),
    };
    let runs = |scenario: &String| !new.talk_only && app.rooms_library.names().contains(&scenario.as_str());
    let running = new.scenario.clone().filter(runs);
    match (&running, &new.variation) {
        // A name that is wrong leaves no interview behind.
        (Some(scenario), variation) => drop(app.rooms_library.today(scenario, variation.as_deref())?),
        (None, Some(_)) => return Err(Problem::invalid("A variation is of a system that runs, and none is opened here.")),
        (None, None) => {}
    }
    let (now, live) = (Timestamp::now(), Purpose::Live { rehearsal: new.rehearse.clone(), variation: new.variation });
    // Nothing of a rehearsal should be taken for an interview.
    let title = if new.rehearse.is_some() { format!("Rehearsal: {title}") } else { title };
    let code = free_code(&app).await?;
    let loop_id = app.store.add_loop(None, &code, "", &me.id, false, now).await?;
    let new = NewInterview {
        loop_id: loop_id.clone(),
        session_id: None,
        title,
        areas,
        agenda,
        kit_hash: kit.hash.clone(),
        scenario: new.scenario,
        created_by: me.id.clone(),
        created_at: now,
    };
    let id = app.store.add_interview(&new, Some(&me.id)).await?;
    if let Some(scenario) = running {
        open_room(&app, &id, &scenario, &me.id, live).await?;
    }
    Ok(Json(MadeInterview { id, loop_id }))
}

/// One interview with its record.
#[utoipa::path(get, path = "/api/interviews/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Interview), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn read(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<Interview> {
    let found = find(&app, &id).await?;
    found.may_read(&me)?;
    let people = People::read(&app).await?;
    let now = Timestamp::now();
    let (interview, l, record) = (&found.interview, &found.l, found.record());
    let mine = l.participants.iter().find(|p| p.interview_id == id && p.person_id == me.id);
    let links = match mine {
        Some(_) => app.store.candidate_links(&id).await?.iter().map(|r| link(r, now)).collect(),
        None => Vec::new(),
    };
    Ok(Json(Interview {
        id: id.clone(),
        loop_id: l.row.id.clone(),
        code: l.row.code.clone(),
        candidate_name: l.row.name.clone(),
        title: interview.title.clone(),
        scenario: ScenarioRef::of(&found.kit, interview),
        opening: l.opening_ref(&found.kit),
        kit_hash: interview.kit_hash.clone(),
        areas: interview.areas.clone(),
        agenda: interview.agenda.clone(),
        scheduled_at: interview.scheduled_at.map(At),
        due_at: interview.due_at.map(At),
        people: participants(&people, l.participants.iter().filter(|p| p.interview_id == id)),
        you: match mine.map(|p| p.part) {
            Some(Part::Interviewer) => YourPart::Interviewer,
            Some(Part::Shadow) => YourPart::Shadow,
            None => YourPart::Reader,
        },
        minutes_planned: minutes_planned(interview),
        entries: visible(record, l, &me.id).cloned().collect(),
        live: live(&app, &found, record, &people, now),
        pencilled: app
            .store
            .pencilled(&id, &me.id)
            .await?
            .into_iter()
            .filter_map(|(area, level)| Some((area, Pencilled::read(&level)?)))
            .collect(),
        links,
        material: found.material(),
        scorecard_submitted: l.submitted.contains_key(&me.id),
        can_attach: l.row.opening_id.is_none() && l.submitted.is_empty() && l.row.owner == me.id,
        can_manage: ask(&me, Act::ManageLoop(&l.facts())).is_ok(),
        room: room_ref(&app, &id).await?,
    }))
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct Assigned {
    pub person: String,
    pub part: PartName,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct InterviewChange {
    pub scheduled_at: Option<At>,
    pub due_at: Option<At>,
    pub people: Option<Vec<Assigned>>,
}

/// Sets dates and people. What is left out stays.
#[utoipa::path(patch, path = "/api/interviews/{id}", params(("id" = String, Path)), request_body = InterviewChange,
    responses((status = 200, body = LoopView), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn change(
    State(app): State<Arc<App>>,
    Me(me): Me,
    Path(id): Path<String>,
    Body(change): Body<InterviewChange>,
) -> Answer<LoopView> {
    let found = find(&app, &id).await?;
    let facts = found.l.facts();
    ask(&me, Act::ManageLoop(&facts))?;
    if found.record().clock.state == ClockState::CalledOff {
        return Err(Problem::conflict("This interview was called off.", "Arrange another one of this candidate."));
    }
    if let Some(people) = &change.people {
        let known = People::read(&app).await?;
        let mut list: Vec<(String, Part)> = Vec::new();
        for Assigned { person, part } in people {
            let row = known.row(person).ok_or_else(|| Problem::invalid("One of these people has no account."))?;
            if row.disabled {
                return Err(Problem::invalid(format!("The account of {} is closed.", row.name)));
            }
            if *part == PartName::Interviewer && !facts.interviewers.contains(person) {
                has_not_read(row, &facts)?;
            }
            if list.iter().any(|(p, _)| p == person) {
                return Err(Problem::invalid(format!("{} is named twice.", row.name)));
            }
            list.push((person.clone(), (*part).into()));
        }
        // Somebody who only listens from now on is as little awaited as somebody who leaves.
        let asked = found.l.participants.iter().filter(|p| p.interview_id == id && p.part == Part::Interviewer);
        for p in asked.filter(|p| !list.contains(&(p.person_id.clone(), Part::Interviewer))) {
            let started = found.record().clock.state != ClockState::Planned;
            let submitted = found.l.submitted.contains_key(&p.person_id);
            let name = known.name(&p.person_id);
            match must_stay(started, submitted, !found.l.submitted.is_empty()) {
                Some(Stays::Submitted) => {
                    return Err(Problem::conflict(
                        format!("{name} has submitted a scorecard for this loop."),
                        "Leave them assigned; add somebody else beside them.",
                    ));
                }
                Some(Stays::Owes) => {
                    return Err(Problem::conflict(
                        format!("{name} still owes a scorecard for this interview, and others are in."),
                        "Wait for it, or open the debrief early with a reason.",
                    ));
                }
                None => {}
            }
        }
        app.store.set_participants(&id, &list).await?;
    }
    if change.scheduled_at.is_some() || change.due_at.is_some() {
        let scheduled = change.scheduled_at.map(|at| at.0).or(found.interview.scheduled_at);
        let due = change.due_at.map(|at| at.0).or(found.interview.due_at);
        app.store.set_dates(&id, scheduled, due).await?;
    }
    app.hub.tell(&id);
    loop_said(&app, &me, &found.l.row.id).await
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct AttachTo {
    /// A candidate's loop that exists.
    pub loop_id: Option<String>,
    /// Or an opening, with the name of a new candidate.
    pub opening_id: Option<String>,
    pub name: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AttachedTo {
    pub loop_id: String,
}

/// Attaches an interview that was held alone to a candidate, before anybody scored it.
#[utoipa::path(post, path = "/api/interviews/{id}/attach", params(("id" = String, Path)), request_body = AttachTo,
    responses((status = 200, body = AttachedTo), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn attach(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(to): Body<AttachTo>) -> Answer<AttachedTo> {
    let found = find(&app, &id).await?;
    ask(&me, Act::ManageLoop(&found.l.facts()))?;
    if found.l.row.opening_id.is_some() {
        return Err(Problem::conflict("This interview belongs to an opening already.", "Leave it there."));
    }
    if !found.l.submitted.is_empty() {
        return Err(Problem::conflict("It was scored already, and a scorecard stays with its loop.", "Hold the next one from the opening."));
    }
    let target = match (&to.loop_id, &to.opening_id) {
        (Some(loop_id), None) => {
            let l = Loop::read(&app, loop_id).await?;
            ask(&me, Act::ReadLoop(&l.facts()))?;
            if l.row.opening_id.is_none() {
                return Err(Problem::invalid("Choose a candidate of an opening."));
            }
            if l.facts().all_in || !app.store.decisions(loop_id).await?.is_empty() {
                return Err(Problem::conflict("The debrief of this candidate is open already.", "Choose another candidate."));
            }
            not_into_the_sample(&app, l.row.demo)?;
            let known = People::read(&app).await?;
            for p in found.l.participants.iter().filter(|p| p.interview_id == id && p.part == Part::Interviewer) {
                known.row(&p.person_id).map_or(Ok(()), |row| has_not_read(row, &l.facts()))?;
            }
            l.row.id
        }
        (None, Some(opening_id)) => {
            ask(&me, Act::WriteOpenings)?;
            let opening = app.store.opening(opening_id).await?.ok_or_else(|| Problem::not_found("opening"))?;
            not_into_the_sample(&app, opening.demo)?;
            let name = super::facts::line("The name", to.name.as_deref().unwrap_or_default(), 200)?;
            let code = found.l.row.code.clone();
            add_loop(&app, &opening, &code, &name, &me.id, false, Timestamp::now()).await?
        }
        _ => return Err(Problem::invalid("Name a candidate's loop, or an opening with the name of a new candidate.")),
    };
    app.store.move_interview(&id, &found.l.row.id, &target).await?;
    app.hub.tell(&id);
    Ok(Json(AttachedTo { loop_id: target }))
}

/// Whoever has read the others cannot come to score as if they had not.
fn has_not_read(person: &PersonRow, facts: &LoopFacts) -> Result<(), Problem> {
    if ask(person, Act::ReadJudgements(facts)).is_err() {
        return Ok(());
    }
    Err(Problem::conflict(
        format!("{} can read the scorecards of this candidate already, so one of theirs would not be their own.", person.name),
        "Ask somebody who has not seen them.",
    ))
}

/// An interview that was really held would be removed together with the sample. The sample's own server has no other.
fn not_into_the_sample(app: &App, demo: bool) -> Result<(), Problem> {
    if demo && app.options.entry.is_none() {
        return Err(Problem::conflict("This candidate belongs to the sample, which is removed as a whole.", "Choose a candidate of your own."));
    }
    Ok(())
}
