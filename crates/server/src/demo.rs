//! The sample: one opening, three candidates, complete records. It is made by running its script through the same
//! rules as real work, so nothing in it could not have happened.

mod act;
mod held;
mod room;
mod script;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use seatrial_kit::Kit;
use seatrial_panel::{
    debrief::{Decision, Mark, UnsettledPart},
    record::NoteKind,
    scorecard::{AreaScore, CellSeen, Evidence, Moment, Scorecard},
};
use seatrial_store::{OpeningRow, Role, StoreError};
use thiserror::Error;

use self::script::{Area, PartWord, RoleWord, Script};
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
    pub rooms: Vec<HeldRoom>,
}

/// A room as it was held: its take, and the hash of everything that happened in it.
#[derive(Debug, Clone)]
pub struct HeldRoom {
    pub take: String,
    pub digest: u64,
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
    rooms: Vec<HeldRoom>,
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

impl DemoError {
    /// With the place in the script before it.
    fn at(self, place: &str) -> Self {
        match self {
            Self::Rule(why) => Self::Rule(format!("{place}: {why}")),
            other => other,
        }
    }
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
    let mut stage = Stage { app, kit: &kit, now, people: BTreeMap::new(), rooms: Vec::new() };
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
    let loop_id = first.ok_or_else(|| rule("it has no candidate"))?;
    Ok(Loaded { loop_id, owner: opening.owner, rooms: stage.rooms })
}

impl Stage<'_> {
    fn person(&self, key: &str) -> Result<&str, DemoError> {
        known(&self.people, key)
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

    async fn candidate(&mut self, opening: &OpeningRow, s: &script::Candidate) -> Result<String, DemoError> {
        let added = self.at(s.added_day, "10:00")?;
        let loop_id = add_loop_for_demo(self.app, opening, &s.code, &s.name, added).await?;
        let mut cited = BTreeMap::new();
        let mut planned = Vec::new();
        for held in &s.interviews {
            let row = self.planned(&loop_id, &opening.owner, held, added).await?;
            self.interview(&row, held, &mut cited).await?;
            planned.push((row, held));
        }
        self.scorecards(&loop_id, &planned, s, &cited).await?;
        if let Some(debrief) = &s.debrief {
            self.debrief(&loop_id, &opening.owner, debrief).await?;
        }
        Ok(loop_id)
    }

    async fn scorecards(
        &self,
        loop_id: &str,
        planned: &[(seatrial_store::InterviewRow, &script::Interview)],
        s: &script::Candidate,
        cited: &BTreeMap<String, Cited>,
    ) -> Result<(), DemoError> {
        let titles: BTreeMap<String, String> = self.kit.areas.iter().map(|a| (a.id.clone(), a.title.clone())).collect();
        for card in &s.scorecards {
            let who = self.person(&card.who)?;
            let asks = |of: &script::Interview| of.people.iter().any(|p| p.who == card.who && p.part == PartWord::Interviewer);
            let due: Vec<String> = planned.iter().filter(|(_, of)| asks(of)).flat_map(|(row, _)| row.areas.clone()).collect();
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

/// Somebody of the script, by their key.
fn known<'p>(people: &'p BTreeMap<String, String>, key: &str) -> Result<&'p str, DemoError> {
    people.get(key).map(String::as_str).ok_or_else(|| rule(format!("nobody is called {key}")))
}

/// Two numbers around a colon.
fn pair(text: &str) -> Result<(i64, i64), DemoError> {
    let read = || {
        let (a, b) = text.split_once(':')?;
        Some((a.parse().ok()?, b.parse().ok()?))
    };
    read().ok_or_else(|| rule(format!("{text} is no time")))
}
