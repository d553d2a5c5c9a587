//! The sample: one opening, three candidates, complete records. It is made by running its script through the same
//! rules as real work, so nothing in it could not have happened.

mod script;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use seatrial_kit::Kit;
use seatrial_panel::{
    debrief::{Decision, Mark, UnsettledPart},
    record::{Body, Context, Draft, NoteKind, Record, accept},
    scorecard::{AreaScore, CellSeen, Evidence, Moment, Scorecard},
};
use seatrial_store::{OpeningRow, Part, Role, StoreError};
use thiserror::Error;

use self::script::{Area, Happened, Interview, PartWord, RoleWord, Script};
use crate::{api::add_loop_for_demo, problem::Problem, state::App};

const SCRIPT: &str = include_str!("../../../demo/demo.yaml");

/// Why the sample could not be made: a fault of ours, which a test finds first.
#[derive(Debug, Error)]
pub enum DemoError {
    #[error("the sample's script cannot be read: {0}")]
    Script(String),
    #[error("the sample's script does not hold: {0}")]
    Rule(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DemoError> for Problem {
    fn from(error: DemoError) -> Self {
        match error {
            DemoError::Store(e) => e.into(),
            other => {
                tracing::error!(error = %other, "sample failed");
                Self::conflict("The sample does not fit this kit.", "Start without --kit to see it with the kit that ships.")
            }
        }
    }
}

/// What was loaded.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The debrief worth reading first.
    pub loop_id: String,
    /// The manager of the sample's opening.
    pub owner: String,
}

/// A note that scorecards cite.
struct Cited {
    entry: String,
    kind: NoteKind,
    moment: Moment,
    prompted: Option<bool>,
}

struct Stage<'a> {
    app: &'a App,
    kit: &'a Kit,
    now: Timestamp,
    people: BTreeMap<String, String>,
}

/// Loads the sample around `now`.
///
/// # Errors
/// When the script does not fit the kit that this server runs with, or the database does not take it.
pub async fn load(app: &App, now: Timestamp) -> Result<Loaded, DemoError> {
    let script: Script = serde_saphyr::from_str(SCRIPT).map_err(|e| DemoError::Script(e.to_string()))?;
    let result = play(app, &script, now).await;
    if result.is_err() {
        app.store.remove_demo().await?;
    }
    result
}

fn rule(why: impl ToString) -> DemoError {
    DemoError::Rule(why.to_string())
}

impl From<Problem> for DemoError {
    fn from(problem: Problem) -> Self {
        Self::Rule(problem.detail)
    }
}

async fn play(app: &App, script: &Script, now: Timestamp) -> Result<Loaded, DemoError> {
    let kit = app.kit.clone();
    let mut stage = Stage { app, kit: &kit, now, people: BTreeMap::new() };
    for person in &script.people {
        let role = match person.role {
            RoleWord::Manager => Role::Manager,
            RoleWord::Interviewer => Role::Interviewer,
        };
        // An address that nobody has, and no password: nobody signs in as them.
        let email = format!("{}@demo.invalid", person.key);
        let row = app.store.add_person(&person.name, &email, "", role, true, stage.at(-30, "09:00")?).await?;
        stage.people.insert(person.key.clone(), row.id);
    }
    let opening = stage.opening(&script.opening).await?;
    let mut first = None;
    for candidate in &script.loops {
        let loop_id = stage.candidate(&opening, candidate).await?;
        first.get_or_insert(loop_id);
    }
    Ok(Loaded { loop_id: first.ok_or_else(|| rule("it has no candidate"))?, owner: opening.owner })
}

impl Stage<'_> {
    fn person(&self, key: &str) -> Result<&str, DemoError> {
        self.people.get(key).map(String::as_str).ok_or_else(|| rule(format!("nobody is called {key}")))
    }

    /// A day before or after today at a time of day, UTC.
    fn at(&self, day: i64, clock: &str) -> Result<Timestamp, DemoError> {
        let (hours, minutes) = pair(clock)?;
        let today = self.now.to_zoned_datetime(TimeZone::UTC).start_of_day().map_err(rule)?.timestamp();
        today.checked_add(SignedDuration::from_mins((day * 24 + hours) * 60 + minutes)).map_err(rule)
    }

    async fn opening(&self, s: &script::Opening) -> Result<OpeningRow, DemoError> {
        let pack = self.kit.packs.iter().find(|p| p.id == s.pack).ok_or_else(|| rule("unknown pack"))?;
        let seniority = pack.seniorities.iter().find(|x| x.id == s.seniority).ok_or_else(|| rule("unknown seniority"))?;
        let owner = self.person(&s.owner)?;
        let written = self.at(s.bar_written_day, "11:00")?;
        let mut bar = seatrial_panel::bar::Bar::proposed(seniority);
        let areas: Vec<String> = self.kit.areas.iter().map(|a| a.id.clone()).collect();
        bar.write(&areas, bar.lines.clone(), bar.rules.clone(), owner, None, written).map_err(rule)?;
        let mut row = OpeningRow {
            id: String::new(),
            title: s.title.clone(),
            team: s.team.clone(),
            pack: s.pack.clone(),
            seniority: s.seniority.clone(),
            kit_hash: self.kit.hash.clone(),
            bar,
            plan: pack.sessions.clone(),
            owner: owner.to_owned(),
            created_at: written,
            closed_at: None,
            demo: true,
        };
        row.id = self.app.store.add_opening(&row).await?;
        Ok(row)
    }

    async fn candidate(&self, opening: &OpeningRow, s: &script::Candidate) -> Result<String, DemoError> {
        let added = self.at(s.added_day, "10:00")?;
        let loop_id = add_loop_for_demo(self.app, opening, &s.code, &s.name, added).await?;
        let planned = self.app.store.interviews_of_loop(&loop_id).await?;
        let mut cited = BTreeMap::new();
        for held in &s.interviews {
            let row = planned
                .iter()
                .find(|i| i.session_id.as_deref() == Some(&held.session))
                .ok_or_else(|| rule(format!("no session {}", held.session)))?;
            self.interview(row, held, &mut cited).await?;
        }
        self.scorecards(&loop_id, &planned, s, &cited).await?;
        if let Some(debrief) = &s.debrief {
            self.debrief(&loop_id, &opening.owner, debrief).await?;
        }
        Ok(loop_id)
    }

    async fn interview(
        &self,
        row: &seatrial_store::InterviewRow,
        s: &Interview,
        cited: &mut BTreeMap<String, Cited>,
    ) -> Result<(), DemoError> {
        let store = &self.app.store;
        let start = self.at(s.day, &s.start)?;
        store.set_dates(&row.id, Some(start), Some(self.at(s.due_day, "18:00")?)).await?;
        let mut people = Vec::new();
        for p in &s.people {
            let part = match p.part {
                PartWord::Interviewer => Part::Interviewer,
                PartWord::Shadow => Part::Shadow,
            };
            people.push((self.person(&p.who)?.to_owned(), part));
        }
        store.set_participants(&row.id, &people).await?;
        let areas: Vec<_> = self.kit.areas.iter().filter(|a| row.areas.contains(&a.id)).collect();
        let context = Context { agenda: &row.agenda, areas: &areas, material: &[] };
        let mut drafts = Vec::new();
        let mut writers = BTreeMap::new();
        let mut keys = Vec::new();
        for line in &s.entries {
            let (minutes, seconds) = pair(&line.at)?;
            let at_ms = (minutes * 60 + seconds) * 1000;
            let id = uuid::Uuid::now_v7().to_string();
            writers.insert(id.clone(), (self.person(&line.who)?, line.at.as_str()));
            if let Some(key) = &line.key {
                keys.push((key.clone(), id.clone()));
            }
            let received = start.checked_add(SignedDuration::from_millis(at_ms)).map_err(rule)?;
            drafts.push((received, Draft { id, at_ms, body: body(line)?, waited_ms: 0, moment: None }));
        }
        // One transaction for an interview: a commit of its own for each of its lines would take seconds on a slow disk.
        let decide = |record: &Record, now, draft: Draft| {
            let (who, _) = writers[&draft.id];
            accept(record, &context, who, now, draft)
        };
        let (results, record) = store.append_as_of(&row.id, drafts, decide).await?;
        for (id, result) in results {
            result.map_err(|why| rule(format!("{} at {}: {why}", row.title, writers[&id].1)))?;
        }
        for (key, id) in keys {
            cited.insert(key, cite(&row.id, &record, &id)?);
        }
        // A note says whether its signal came unprompted once the signal itself stands in the record.
        let (heard, notes) = (record.heard(), record.notes());
        for note in cited.values_mut().filter(|c| c.moment.take == row.id) {
            let of = notes.iter().find(|n| n.entry == note.entry);
            note.prompted = of.and_then(|n| {
                heard.iter().find(|h| Some(&h.area) == n.area.as_ref() && Some(&h.signal) == n.signal.as_ref()).map(|h| h.prompted)
            });
        }
        Ok(())
    }

    async fn scorecards(
        &self,
        loop_id: &str,
        planned: &[seatrial_store::InterviewRow],
        s: &script::Candidate,
        cited: &BTreeMap<String, Cited>,
    ) -> Result<(), DemoError> {
        let titles: BTreeMap<String, String> = self.kit.areas.iter().map(|a| (a.id.clone(), a.title.clone())).collect();
        for card in &s.scorecards {
            let who = self.person(&card.who)?;
            let asks = |i: &&seatrial_store::InterviewRow| {
                let of = s.interviews.iter().find(|x| Some(&x.session) == i.session_id.as_ref());
                of.is_some_and(|x| x.people.iter().any(|p| p.who == card.who && p.part == PartWord::Interviewer))
            };
            let due: Vec<String> = planned.iter().filter(asks).flat_map(|i| i.areas.clone()).collect();
            let mut scorecard = Scorecard::new(loop_id, who, &self.kit.hash);
            for area in &card.areas {
                let known = self.area(&area.area)?;
                scorecard.set(known, score(area, cited)?).map_err(|e| rule(format!("{} on {}: {e}", card.who, area.area)))?;
            }
            if let (Some(day), Some(clock)) = (card.submitted_day, &card.submitted_at) {
                scorecard.submit(&due, &titles, self.at(day, clock)?).map_err(|e| rule(format!("{}: {e:?}", card.who)))?;
            }
            for amendment in &card.amendments {
                let at = self.at(amendment.day, &amendment.at)?;
                let area = Area {
                    area: amendment.area.clone(),
                    level: amendment.level.clone(),
                    confidence: amendment.confidence,
                    would_move: amendment.would_move.clone(),
                    seen: amendment.seen.clone(),
                    evidence: amendment.evidence.clone(),
                };
                scorecard
                    .amend(self.area(&area.area)?, score(&area, cited)?, &amendment.reason, at)
                    .map_err(|e| rule(format!("{} amends {}: {e}", card.who, area.area)))?;
            }
            self.app.store.save_scorecard(&scorecard, 0).await?.map_err(|_| rule("a scorecard is there twice"))?;
        }
        Ok(())
    }

    fn area(&self, id: &str) -> Result<&seatrial_kit::Area, DemoError> {
        self.kit.areas.iter().find(|a| a.id == id).ok_or_else(|| rule(format!("no area {id}")))
    }

    async fn debrief(&self, loop_id: &str, owner: &str, s: &script::Debrief) -> Result<(), DemoError> {
        let at = self.at(s.day, &s.at)?;
        let store = &self.app.store;
        for item in &s.visited {
            store.mark_agenda(loop_id, *item, &Mark { by: owner.to_owned(), at, waived: None }).await?;
        }
        for waived in &s.waived {
            let mark = Mark { by: owner.to_owned(), at, waived: Some(waived.reason.clone()) };
            store.mark_agenda(loop_id, waived.item, &mark).await?;
        }
        if let Some(decision) = &s.decision {
            let mut plan = Vec::new();
            for part in &decision.plan {
                let person = store.person(self.person(&part.asked_by)?).await?.ok_or_else(|| rule("nobody asks"))?;
                plan.push(UnsettledPart {
                    area: part.area.clone(),
                    minutes: part.minutes,
                    ask: part.ask.clone(),
                    asked_by: person.name,
                });
            }
            let decision =
                Decision { kind: decision.kind, reason: decision.reason.clone(), plan, by: owner.to_owned(), at };
            let decision = crate::api::check_demo_decision(self.app, loop_id, decision).await?;
            store.add_decision(loop_id, &decision).await?;
        }
        for dissent in &s.dissents {
            store.add_dissent(loop_id, self.person(&dissent.who)?, &dissent.text, at).await?;
        }
        Ok(())
    }
}

/// A note, as a scorecard cites it.
fn cite(interview: &str, record: &Record, entry: &str) -> Result<Cited, DemoError> {
    let note = record.notes().into_iter().find(|n| n.entry == entry);
    let note = note.ok_or_else(|| rule("a key stands on something that is not a note"))?;
    Ok(Cited {
        moment: Moment { take: interview.to_owned(), seq: note.seq, v: note.at_ms * 1_000_000 },
        prompted: None,
        entry: note.entry,
        kind: note.kind,
    })
}

fn body(line: &script::Line) -> Result<Body, DemoError> {
    let (area, signal) = (line.area.clone(), line.signal.clone());
    let note = |note: NoteKind, text: &String| Body::Note { note, text: text.clone(), area: area.clone(), signal: signal.clone() };
    Ok(match line.happened()? {
        Happened::Start => Body::Start,
        Happened::End => Body::End,
        Happened::Pause => Body::Pause,
        Happened::Resume => Body::Resume,
        Happened::Phase(phase) => Body::Phase { phase },
        Happened::Read(area, prompt) => Body::Read { area, prompt },
        Happened::Asked(area, follow_up) => Body::Asked { area, follow_up },
        Happened::Hint(phase, number) => Body::Hint { phase, number },
        Happened::Said(text) => note(NoteKind::Said, &text),
        Happened::Did(text) => note(NoteKind::Did, &text),
        Happened::Reading(text) => note(NoteKind::Reading, &text),
        Happened::Signal(area, signal) => Body::Signal { area, signal, prompted: line.prompted },
        Happened::RedFlag(area, red_flag) => Body::RedFlag { area, red_flag },
    })
}

fn score(s: &Area, cited: &BTreeMap<String, Cited>) -> Result<AreaScore, DemoError> {
    let mut evidence = Vec::new();
    for e in &s.evidence {
        let note = cited.get(&e.note).ok_or_else(|| rule(format!("no note {}", e.note)))?;
        evidence.push(Evidence {
            entry: note.entry.clone(),
            kind: note.kind,
            moment: note.moment.clone(),
            prompted: note.prompted,
            behaviour: e.behaviour.clone(),
        });
    }
    Ok(AreaScore {
        area: s.area.clone(),
        decided: true,
        level: s.level.level(),
        confidence: s.level.level().and(s.confidence),
        would_move: s.would_move.clone(),
        seen: s.seen.iter().map(|(b, l)| CellSeen { behaviour: b.clone(), level: *l }).collect(),
        evidence,
    })
}

/// Two numbers around a colon.
fn pair(text: &str) -> Result<(i64, i64), DemoError> {
    let read = || {
        let (a, b) = text.split_once(':')?;
        Some((a.parse().ok()?, b.parse().ok()?))
    };
    read().ok_or_else(|| rule(format!("{text} is no time")))
}
