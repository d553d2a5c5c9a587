//! The debrief: closed until all are in, then everything at once.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::{Path, State}};
use jiff::Timestamp;
use seatrial_kit::{Kit, RecordQuestion};
use seatrial_panel::{
    debrief::{
        Decision, DecisionError, DecisionKind, Deviation, Excuse, Held, Input, Item, Line, Mark, Panelist, Quote, Stem, UnsettledPart, agenda,
        decide as check_decision, deviations, is_open, lines, shape, unsettled,
    },
    scorecard::{AreaScore, Scorecard},
};
use seatrial_store::{InterviewRow, PersonRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    departures::departures,
    dto::{At, InterviewRef, OpeningRef, PersonRef, Reasoned, ScorecardDue},
    facts::{Loop, People, line},
};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    rights::{Act, ask},
    session::Me,
    state::App,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DebriefState {
    Waiting,
    Open,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DebriefLoop {
    pub id: String,
    pub code: String,
    pub name: String,
    pub opening: Option<OpeningRef>,
    pub interviews: Vec<InterviewRef>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Debrief {
    pub state: DebriefState,
    pub r#loop: DebriefLoop,
    pub scorecards: Vec<ScorecardDue>,
    pub can_manage: bool,
    /// Opened before all were in.
    pub exception: Option<Reasoned>,
    pub bar_first: bool,
    /// Absent while waiting: nothing of the others is in the answer at all.
    pub open: Option<OpenDebrief>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AgendaMarkSaid {
    pub by: String,
    pub at: At,
    pub reason: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AgendaItemSaid {
    pub id: Item,
    pub title: String,
    pub count: usize,
    pub lines: Vec<String>,
    pub visited: Option<AgendaMarkSaid>,
    pub waived: Option<AgendaMarkSaid>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AmendmentSaid {
    pub who: String,
    pub area: String,
    pub at: At,
    pub reason: String,
    pub before: AreaScore,
    pub after: AreaScore,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Dissent {
    pub who: String,
    pub at: At,
    pub text: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Unsettled {
    pub area: String,
    pub why: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OpenDebrief {
    pub panel: Vec<PersonRef>,
    pub lines: Vec<Line>,
    pub agenda: Vec<AgendaItemSaid>,
    pub shape: Vec<Stem>,
    pub bar_rules: Vec<String>,
    pub bar_written_at: Option<At>,
    pub record_questions: Vec<RecordQuestion>,
    pub deviations: Vec<Deviation>,
    pub amendments: Vec<AmendmentSaid>,
    /// The latest.
    pub decision: Option<Decision>,
    pub decisions: Vec<Decision>,
    pub dissents: Vec<Dissent>,
    /// The agenda was visited or waived.
    pub decision_open: bool,
    pub may_decide: bool,
    pub unsettled: Vec<Unsettled>,
    pub kit_hash: String,
    pub all_in_at: Option<At>,
}

/// Everything a debrief is made of, read once.
struct Table {
    l: Loop,
    kit: Arc<Kit>,
    people: People,
    scorecards: Vec<Scorecard>,
    panel: Vec<Panelist>,
    quotes: BTreeMap<String, Quote>,
    marks: Vec<(Item, Mark)>,
    /// By interview: where its room departed from its plan.
    departures: BTreeMap<String, Vec<Deviation>>,
}

async fn table(app: &App, l: Loop) -> Result<Table, Problem> {
    let people = People::read(app).await?;
    let scorecards = app.store.submitted_scorecards(&l.row.id).await?;
    let stamped = scorecards.first().map(|s| s.kit_hash.clone()).or_else(|| l.interviews.first().map(|i| i.kit_hash.clone()));
    let kit = match stamped {
        Some(hash) => app.kit_of(&hash).await?,
        None => app.kit.clone(),
    };
    // Of a loop's interviews some may have been held over a scenario, others not.
    let kit = if l.interviews.iter().any(|i| i.scenario.is_some()) { Arc::new(kit.with_all_plans()) } else { kit };
    // Somebody who was excused and wrote nothing has no column; that they were is a deviation.
    let absent = |id: &str| l.excuse(id).is_some() && !l.submitted.contains_key(id);
    let due = l.due().into_iter().filter(|(id, _)| !absent(id));
    let mut panel: Vec<Panelist> = due.map(|(id, due)| Panelist { name: people.name(&id), id, due }).collect();
    panel.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
    let mut quotes = BTreeMap::new();
    for interview in &l.interviews {
        for note in l.record(&interview.id).notes() {
            let quote =
                Quote { interview: interview.id.clone(), seq: note.seq, at_ms: note.at_ms, kind: note.kind, text: note.text };
            quotes.insert(note.entry, quote);
        }
    }
    let marks = app.store.agenda_marks(&l.row.id).await?;
    let departures = departures(app, &l, &kit, &people).await?;
    Ok(Table { l, kit, people, scorecards, panel, quotes, marks, departures })
}

struct Computed {
    lines: Vec<Line>,
    deviations: Vec<Deviation>,
    agenda: Vec<seatrial_panel::debrief::AgendaItem>,
    shape: Vec<Stem>,
}

impl Table {
    fn compute(&self) -> Computed {
        let off = |i: &InterviewRow| self.l.record(&i.id).called_off().map(|(entry, _)| self.people.name(&entry.who));
        let off_by: Vec<Option<String>> = self.l.interviews.iter().map(off).collect();
        let held: Vec<Held<'_>> = self
            .l
            .interviews
            .iter()
            .zip(&off_by)
            .map(|(i, by)| Held {
                id: &i.id,
                title: &i.title,
                kit_hash: &i.kit_hash,
                agenda: &i.agenda,
                record: self.l.record(&i.id),
                called_off_by: by.as_deref(),
                room: self.departures.get(&i.id).map_or(&[], Vec::as_slice),
            })
            .collect();
        let name = |id: &str| self.people.name(id);
        let excused: Vec<_> = self.l.excuses.iter().map(|e| (name(&e.person), name(&e.by), e)).collect();
        let excused: Vec<Excuse<'_>> =
            excused.iter().map(|(person, by, e)| Excuse { person, by, at: e.at, reason: &e.reason }).collect();
        let opener = self.l.early.as_ref().map(|e| self.people.name(&e.by));
        let early = self.l.early.as_ref().zip(opener.as_deref());
        // An exception that was overtaken by the last scorecard is still an exception.
        let input = Input {
            kit: &self.kit,
            bar: self.l.opening.as_ref().map(|o| &o.bar),
            panel: &self.panel,
            scorecards: &self.scorecards,
            quotes: &self.quotes,
            interviews: &held,
            opened_early: early.map(|(e, by)| (by, e.at, e.reason.as_str())),
            excused: &excused,
        };
        let lines = lines(&input);
        let deviations = deviations(&input);
        let agenda = agenda(&lines, &deviations, &self.marks);
        let shape = shape(&self.kit, &lines);
        Computed { lines, deviations, agenda, shape }
    }
}

pub async fn said(app: &App, me: &PersonRow, id: &str) -> Answer<Debrief> {
    let l = Loop::read(app, id).await?;
    let facts = l.facts();
    ask(me, Act::ReadLoop(&facts))?;
    let people = People::read(app).await?;
    let open = ask(me, Act::ReadJudgements(&facts)).is_ok();
    let mut debrief = Debrief {
        state: if open { DebriefState::Open } else { DebriefState::Waiting },
        r#loop: DebriefLoop {
            id: l.row.id.clone(),
            code: l.row.code.clone(),
            name: l.row.name.clone(),
            opening: l.opening_ref(&app.kit),
            interviews: l.interview_refs(&people, Timestamp::now()),
        },
        scorecards: l.scorecards_due(&people, &me.id),
        can_manage: ask(me, Act::ManageLoop(&facts)).is_ok(),
        exception: l.early.as_ref().map(|e| Reasoned { by: people.name(&e.by), at: At(e.at), reason: e.reason.clone() }),
        bar_first: l.bar_first(),
        open: None,
    };
    if open {
        let may_decide = ask(me, Act::Decide(&facts)).is_ok();
        debrief.open = Some(opened(app, l, may_decide).await?);
    }
    Ok(Json(debrief))
}

async fn opened(app: &App, l: Loop, may_decide: bool) -> Result<OpenDebrief, Problem> {
    let table = table(app, l).await?;
    let computed = table.compute();
    let loop_id = &table.l.row.id;
    let name = |id: &str| table.people.name(id);
    let mut decisions = app.store.decisions(loop_id).await?;
    for decision in &mut decisions {
        decision.by = name(&decision.by);
    }
    let mark = |m: &Mark| AgendaMarkSaid { by: name(&m.by), at: At(m.at), reason: m.waived.clone() };
    let all_in_at = if table.l.all_in() { table.l.submitted.values().max().copied() } else { None };
    Ok(OpenDebrief {
        panel: table.panel.iter().map(|p| table.people.one(&p.id)).collect(),
        decision_open: is_open(&computed.agenda),
        unsettled: unsettled(&computed.agenda)
            .into_iter()
            .map(|(area, why)| Unsettled { area, why: why.to_owned() })
            .collect(),
        agenda: computed
            .agenda
            .into_iter()
            .map(|i| {
                let waived = i.mark.as_ref().is_some_and(|m| m.waived.is_some());
                AgendaItemSaid {
                    id: i.id,
                    title: i.title,
                    count: i.count,
                    lines: i.lines,
                    visited: i.mark.as_ref().filter(|_| !waived).map(mark),
                    waived: i.mark.as_ref().filter(|_| waived).map(mark),
                }
            })
            .collect(),
        lines: computed.lines,
        shape: computed.shape,
        deviations: computed.deviations,
        bar_rules: table.l.opening.as_ref().map_or_else(Vec::new, |o| o.bar.rules.clone()),
        bar_written_at: table.l.opening.as_ref().and_then(|o| o.bar.written_at).map(At),
        record_questions: table.kit.record_questions.clone(),
        amendments: table
            .scorecards
            .iter()
            .flat_map(|s| s.amendments.iter().map(move |a| (s, a)))
            .map(|(s, a)| AmendmentSaid {
                who: name(&s.interviewer),
                area: a.area.clone(),
                at: At(a.at),
                reason: a.reason.clone(),
                before: a.before.clone(),
                after: a.after.clone(),
            })
            .collect(),
        decision: decisions.last().cloned(),
        decisions,
        dissents: app
            .store
            .dissents(loop_id)
            .await?
            .into_iter()
            .map(|d| Dissent { who: name(&d.who), at: At(d.at), text: d.text })
            .collect(),
        may_decide,
        kit_hash: table.kit.hash.clone(),
        all_in_at: all_in_at.map(At),
    })
}

/// The debrief of a loop; while scorecards are due, only who is awaited.
#[utoipa::path(get, path = "/api/loops/{id}/debrief", params(("id" = String, Path)),
    responses((status = 200, body = Debrief), (status = 404, body = Problem)))]
pub async fn read(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<Debrief> {
    said(&app, &me, &id).await
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct Visit {
    pub item: Item,
    /// Why it is not looked at; none when it was.
    pub waive: Option<String>,
}

/// Marks an item of the agenda as visited, or waives it with a reason.
#[utoipa::path(post, path = "/api/loops/{id}/debrief/visits", params(("id" = String, Path)), request_body = Visit,
    responses((status = 200, body = Debrief), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn visit(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(visit): Body<Visit>) -> Answer<Debrief> {
    let l = Loop::read(&app, &id).await?;
    ask(&me, Act::Debrief(&l.facts()))?;
    let waived = visit.waive.map(|why| line("The reason", &why, 1000)).transpose()?;
    app.store.mark_agenda(&id, visit.item, &Mark { by: me.id.clone(), at: Timestamp::now(), waived }).await?;
    said(&app, &me, &id).await
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewDecision {
    pub kind: DecisionKind,
    pub reason: String,
    /// For *more evidence*: twenty minutes on exactly the unsettled lines.
    #[serde(default)]
    pub plan: Vec<UnsettledPart>,
}

/// Records the decision; earlier ones stay beside it.
#[utoipa::path(post, path = "/api/loops/{id}/decision", params(("id" = String, Path)), request_body = NewDecision,
    responses((status = 200, body = Debrief), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn decide(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(new): Body<NewDecision>) -> Answer<Debrief> {
    let l = Loop::read(&app, &id).await?;
    ask(&me, Act::Decide(&l.facts()))?;
    let computed = table(&app, l).await?.compute();
    let decision = Decision { kind: new.kind, reason: new.reason, plan: new.plan, by: me.id.clone(), at: Timestamp::now() };
    let decision = check_decision(&computed.agenda, &computed.lines, decision).map_err(|e| match e {
        DecisionError::AgendaOpen(_) => Problem::conflict(format!("{e}."), "Open each line of the agenda, or waive the item with a reason."),
        other => Problem::invalid(format!("{other}.")),
    })?;
    app.store.add_decision(&id, &decision).await?;
    said(&app, &me, &id).await
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewDissent {
    pub text: String,
}

/// Adds a dissent, which stands beside the decision.
#[utoipa::path(post, path = "/api/loops/{id}/dissents", params(("id" = String, Path)), request_body = NewDissent,
    responses((status = 200, body = Debrief), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn dissent(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(new): Body<NewDissent>) -> Answer<Debrief> {
    let l = Loop::read(&app, &id).await?;
    ask(&me, Act::Debrief(&l.facts()))?;
    let text = line("The dissent", &new.text, 5000)?;
    app.store.add_dissent(&id, &me.id, &text, Timestamp::now()).await?;
    said(&app, &me, &id).await
}

/// Checks a decision of the sample as one of a person's is checked.
pub async fn check_demo_decision(app: &App, loop_id: &str, decision: Decision) -> Result<Decision, Problem> {
    let l = Loop::read(app, loop_id).await?;
    if !l.all_in() {
        return Err(Problem::invalid("Not all scorecards are in."));
    }
    let computed = table(app, l).await?.compute();
    check_decision(&computed.agenda, &computed.lines, decision).map_err(|e| Problem::invalid(e.to_string()))
}
