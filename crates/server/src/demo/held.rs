//! Interviews of the sample: their records, line by line, and the rooms that some were held over.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use seatrial_kit::{Area, Kit};
use seatrial_panel::{
    record::{Body, Context, Draft, NoteKind, Record, accept},
    scorecard::Moment,
};
use seatrial_store::{InterviewRow, NewInterview, Part};

use super::{
    Cited, DemoError, HeldRoom, Stage, known, pair, rule,
    room::Room,
    script::{Happened, Interview, Line, PartWord, RoomScript},
};
use crate::api::{Purpose, open_seeded, planned};

/// The rooms' scripts, by name.
const ROOMS: [(&str, &str); 1] = [("a-night-at-the-shop", include_str!("../../../../demo/rooms/a-night-at-the-shop.yaml"))];

fn room_script(name: &str) -> Result<RoomScript, DemoError> {
    let (_, text) = ROOMS.iter().find(|(known, _)| *known == name).ok_or_else(|| rule(format!("there is no room {name}")))?;
    serde_saphyr::from_str(text).map_err(|e| DemoError::Script(format!("{name}: {e}")))
}

impl Stage<'_> {
    /// The row of an interview: one that the opening plans, or one that was arranged over a scenario.
    pub(super) async fn planned(&self, loop_id: &str, owner: &str, s: &Interview, added: Timestamp) -> Result<InterviewRow, DemoError> {
        let store = &self.app.store;
        if let Some(session) = &s.session {
            let rows = store.interviews_of_loop(loop_id).await?;
            return rows.into_iter().find(|row| row.session_id.as_ref() == Some(session)).ok_or_else(|| rule(format!("no session {session}")));
        }
        let name = s.room.as_ref().ok_or_else(|| rule("an interview is a session or a room"))?;
        let scenario = room_script(name)?.scenario;
        let (title, areas, agenda) = planned(self.kit, &scenario).ok_or_else(|| rule(format!("no plan for {scenario}")))?;
        let new = NewInterview {
            loop_id: loop_id.to_owned(),
            session_id: None,
            title,
            areas,
            agenda,
            kit_hash: self.kit.hash.clone(),
            scenario: Some(scenario),
            created_by: owner.to_owned(),
            created_at: added,
        };
        let id = store.add_interview(&new, None).await?;
        store.interview(&id).await?.ok_or_else(|| rule("an interview is lost"))
    }

    pub(super) async fn interview(
        &mut self,
        row: &InterviewRow,
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
        if let Some(off) = &s.called_off {
            let draft = draft(uuid::Uuid::now_v7().to_string(), 0, Body::CallOff { reason: off.reason.clone() }, None);
            let written = Written { who: self.person(&off.who)?.to_owned(), at: off.at.clone(), received: self.at(off.day, &off.at)?, draft };
            return self.write(row, vec![written]).await.map(|_| ());
        }
        let (written, keys) = match &s.room {
            Some(name) => self.hold(row, name, start).await?,
            None => lines(&self.people, &s.entries, start, None)?,
        };
        let record = self.write(row, written).await?;
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

    /// Holds a room by its script, and keeps its log.
    async fn hold(&mut self, row: &InterviewRow, name: &str, start: Timestamp) -> Result<(Vec<Written>, Keys), DemoError> {
        let (app, store) = (self.app, &self.app.store);
        let script = room_script(name)?;
        let plan = self.kit.plan(&script.scenario).ok_or_else(|| rule(format!("no plan for {}", script.scenario)))?;
        let live = Purpose::Live { rehearsal: None, variation: None };
        let take = open_seeded(app, &row.id, &script.scenario, &row.created_by, live, script.seed, row.created_at).await?;
        let play = app.rooms_library.today(&script.scenario, None)?.play;
        let mut room = Room::open(play, script.seed, take.clone(), plan.clone(), start);
        // Forty-five minutes are half a second of work: not where others wait for their answers.
        let people = self.people.clone();
        let held = tokio::task::spawn_blocking(move || {
            let lines = lines(&people, &script.lines, start, Some(&mut room))?;
            Ok::<_, DemoError>((lines, room))
        });
        let (lines, room) = held.await.map_err(rule)?.map_err(|why| why.at(name))?;
        let (log, horizon) = room.log();
        if !store.append_commands(&take, 0, log).await? {
            return Err(rule("somebody else writes into the sample's room"));
        }
        store.checkpoint(&[(take.clone(), horizon as i64)]).await?;
        self.rooms.push(HeldRoom { take, digest: room.digest() });
        Ok(lines)
    }

    /// Writes a record through its rules. One transaction: a commit of its own for each line would take seconds on a slow disk.
    async fn write(&self, row: &InterviewRow, written: Vec<Written>) -> Result<Record, DemoError> {
        let kit: Option<Kit> = row.scenario.as_ref().and_then(|scenario| self.kit.with_plan(scenario));
        let kit = kit.as_ref().unwrap_or(self.kit);
        let areas: Vec<&Area> = kit.areas.iter().filter(|a| row.areas.contains(&a.id)).collect();
        let context = Context { agenda: &row.agenda, areas: &areas, material: &[] };
        let by: BTreeMap<String, (String, String)> =
            written.iter().map(|one| (one.draft.id.clone(), (one.who.clone(), one.at.clone()))).collect();
        let drafts = written.into_iter().map(|one| (one.received, one.draft)).collect();
        let decide = |record: &Record, now, draft: Draft| {
            let (who, _) = &by[&draft.id];
            accept(record, &context, who, now, draft)
        };
        let (results, record) = self.app.store.append_as_of(&row.id, drafts, decide).await?;
        for (id, result) in results {
            result.map_err(|why| rule(format!("{} at {}: {why}", row.title, by[&id].1)))?;
        }
        Ok(record)
    }
}

/// What people wrote down, and meanwhile what was done in the room, in order.
fn lines(
    people: &BTreeMap<String, String>,
    lines: &[Line],
    start: Timestamp,
    mut room: Option<&mut Room>,
) -> Result<(Vec<Written>, Keys), DemoError> {
    let (mut written, mut keys) = (Vec::new(), Vec::new());
    for line in lines {
        let (minutes, seconds) = pair(&line.at)?;
        let at_ms = (minutes * 60 + seconds) * 1000;
        let received = start.checked_add(SignedDuration::from_millis(at_ms)).map_err(rule)?;
        let here = |why: DemoError| {
            let by = if line.who.is_empty() { String::new() } else { format!(", {}", line.who) };
            why.at(&format!("at {}{by}", line.at))
        };
        if let Some(room) = &mut room {
            room.until(at_ms).map_err(here)?;
            tracing::debug!(at = line.at, who = line.who, "{}", room.tells());
            if in_room(people, line, room).map_err(here)? {
                continue;
            }
        }
        let id = uuid::Uuid::now_v7().to_string();
        if let Some(key) = &line.key {
            keys.push((key.clone(), id.clone()));
        }
        let body = body(line, room.as_deref()).map_err(here)?;
        let moment = room.as_ref().map(|room| room.moment());
        if let (Some(room), Body::Phase { phase }) = (&mut room, &body) {
            room.follow(phase, &id).map_err(here)?;
        }
        let who = known(people, &line.who).map_err(here)?.to_owned();
        written.push(Written { who, at: line.at.clone(), received, draft: draft(id, at_ms, body, moment) });
    }
    Ok((written, keys))
}

/// Whether a line is the room's, and not the record's; then it is done.
fn in_room(people: &BTreeMap<String, String>, line: &Line, room: &mut Room) -> Result<bool, DemoError> {
    if let Some(finds) = &line.finds {
        room.find(finds)?;
    } else if let Some(shows) = &line.shows {
        room.shows(shows)?;
    } else if let Some(act) = &line.does {
        let who = if line.who == "candidate" { "candidate" } else { known(people, &line.who)? };
        room.act(who, act, line.words.as_ref())?;
    } else {
        return Ok(false);
    }
    Ok(true)
}

/// What somebody wrote, and when it arrived.
struct Written {
    who: String,
    /// As the script has it.
    at: String,
    received: Timestamp,
    draft: Draft,
}

/// Names of notes, with their entries.
type Keys = Vec<(String, String)>;

fn draft(id: String, at_ms: i64, body: Body, moment: Option<Moment>) -> Draft {
    Draft { id, at_ms, body, waited_ms: 0, moment }
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

fn body(line: &Line, room: Option<&Room>) -> Result<Body, DemoError> {
    let (area, signal) = (line.area.clone(), line.signal.clone());
    let note = |note: NoteKind, text: &String| {
        let text = room.map_or_else(|| Ok(text.clone()), |room| room.named(text))?;
        Ok::<_, DemoError>(Body::Note { note, text, area: area.clone(), signal: signal.clone() })
    };
    Ok(match line.happened()? {
        Happened::Start => Body::Start,
        Happened::End => Body::End,
        Happened::Pause => Body::Pause,
        Happened::Resume => Body::Resume,
        Happened::Phase(phase) => Body::Phase { phase },
        Happened::Read(area, prompt) => Body::Read { area, prompt },
        Happened::Asked(area, follow_up) => Body::Asked { area, follow_up },
        Happened::Hint(phase, number) => Body::Hint { phase, number },
        Happened::Said(text) => note(NoteKind::Said, &text)?,
        Happened::Did(text) => note(NoteKind::Did, &text)?,
        Happened::Reading(text) => note(NoteKind::Reading, &text)?,
        Happened::Signal(area, signal) => Body::Signal { area, signal, prompted: line.prompted },
        Happened::RedFlag(area, red_flag) => Body::RedFlag { area, red_flag },
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use seatrial_room::Playable;

    use super::*;

    /// Holds the lines of a script over the scenario that ships.
    fn hold(script: &str) -> Result<usize, String> {
        let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../kits/microservices"));
        let mut files = BTreeMap::new();
        for folder in ["scenarios", "parts", "plans", "areas", "packs", "exercises", "material", ""] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap().flatten().filter(|entry| entry.path().is_file()) {
                let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(path, std::fs::read(entry.path()).unwrap());
            }
        }
        let (kit, _) = seatrial_kit::load(&files);
        let (compiled, _) = seatrial_scenario::compile(&files, "scenarios/charged-not-settled.yaml");
        let play = Arc::new(Playable::new(compiled.unwrap()));
        let plan = kit.unwrap().plan("charged-not-settled").unwrap().clone();
        let script: RoomScript = serde_saphyr::from_str(script).unwrap();
        let mut room = Room::open(play, script.seed, "take".to_owned(), plan, Timestamp::UNIX_EPOCH);
        let people = BTreeMap::from([("ada".to_owned(), "ada".to_owned())]);
        lines(&people, &script.lines, Timestamp::UNIX_EPOCH, Some(&mut room)).map_err(|why| why.to_string())?;
        Ok(room.log().0.len())
    }

    fn script(lines: &str) -> String {
        format!("scenario: charged-not-settled\nseed: 7\nlines:\n{lines}")
    }

    #[test]
    fn a_line_that_does_not_hold_any_more_is_named() {
        let wrong = [
            ("  - {at: \"00:01\", finds: {ticket: {name: lamp, claims: eaten}}}", "at 00:01: no ticket that says “eaten” waits for an answer"),
            ("  - {at: \"00:02\", who: candidate, does: {search: \"order {lamp}\"}}", "at 00:02, candidate: nothing is called lamp"),
            ("  - {at: \"00:03\", shows: {dead: {group: settlement.add, from: 3, to: 4}}}", "at 00:03: put aside by settlement.add: 0, not 3 to 4"),
            ("  - {at: \"00:04\", who: ada, does: {fire: rain}}", "at 00:04, ada: There is no fault “rain”."),
            ("  - {at: \"00:05\", who: candidate, does: {choose: {decision: no_answer, option: again}}}", "at 00:05, candidate: Say in your own"),
            ("  - {at: \"00:06\", who: eve, said: Nothing}", "at 00:06, eve: nobody is called eve"),
        ];
        for (line, why) in wrong {
            let said = hold(&script(line)).unwrap_err();
            assert!(said.contains(why), "{said}");
        }
    }

    #[test]
    fn a_phase_moves_the_clock_as_its_plan_says_and_a_ticket_slows_it() {
        let lines = "  - {at: \"00:00\", who: ada, phase: consistency/two-charges}\n  \
                     - {at: \"01:40\", shows: {tickets: {claims: nothing, from: 0, to: 0}}}";
        // Speed and start by the plan, and down to the wall's pace for the first thing that came in.
        assert_eq!(hold(&script(lines)).unwrap(), 3);
    }
}
