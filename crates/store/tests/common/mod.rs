//! What the store's tests share: a PostgreSQL of their own, and the values that a panel would write.

#![allow(dead_code)] // Each test file uses its part of this.

pub mod postgres;

use jiff::Timestamp;
use seatrial_kit::{BarLine, Depth, Kit, Level, Session, SessionItem, TradeOff};
use seatrial_panel::{
    bar::Bar,
    record::{Body, Draft, Entry, NoteKind, Record, Refusal},
    scorecard::{AreaScore, Scorecard},
};
use seatrial_store::{NewInterview, OpeningRow};

/// A moment on the wall. The part below a millisecond is there to be dropped.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::new(1_780_000_000 + seconds, 1_234_567).expect("within the range of years")
}

/// The same moment as it is read again.
pub fn kept(seconds: i64) -> Timestamp {
    Timestamp::from_millisecond(at(seconds).as_millisecond()).expect("within the range of years")
}

/// Words in several scripts, with marks that mean something in SQL, in HTML, and to a terminal.
pub const WORDS: &str = "’; DROP TABLE loop; -- <script>alert(1)</script> \u{202e}قال\u{202c} 写 👩‍💻 %20 \\ \"";

pub fn kit(hash: &str) -> Kit {
    let text = || WORDS.to_owned();
    Kit {
        schema: 1,
        id: "microservices".to_owned(),
        version: "1.0".to_owned(),
        hash: hash.to_owned(),
        title: text(),
        summary: text(),
        principles: Vec::new(),
        areas: Vec::new(),
        record_questions: Vec::new(),
        trade_off: TradeOff { intro: text(), optimise: text(), give_up: text(), why: text() },
        regret_probes: Vec::new(),
        regret_reading: text(),
        t_shape: text(),
        packs: Vec::new(),
        exercises: Vec::new(),
        scenarios: Vec::new(),
        plans: Vec::new(),
    }
}

pub fn bar() -> Bar {
    let lines = vec![BarLine { area: "consistency".to_owned(), level: Some(Level::Good), reason: WORDS.to_owned() }];
    Bar { lines, rules: vec![WORDS.to_owned()], written_at: None, written_by: None, changes: Vec::new() }
}

pub fn plan() -> Vec<Session> {
    let item = SessionItem {
        area: "consistency".to_owned(),
        depth: Depth::Deep,
        minutes: 35,
        prompts: vec!["marketplace".to_owned()],
        follow_ups: Vec::new(),
        exercises: Vec::new(),
        reason: WORDS.to_owned(),
    };
    let text = || WORDS.to_owned();
    vec![Session { id: "money".to_owned(), title: text(), asked_by: text(), reason: text(), items: vec![item] }]
}

pub fn opening(owner: &str, demo: bool) -> OpeningRow {
    OpeningRow {
        id: String::new(),
        title: WORDS.to_owned(),
        team: "Payments".to_owned(),
        pack: "fintech-engineer".to_owned(),
        seniority: "staff".to_owned(),
        kit_hash: "k1".to_owned(),
        bar: bar(),
        plan: plan(),
        owner: owner.to_owned(),
        created_at: at(0),
        closed_at: None,
        demo,
    }
}

pub fn interview(loop_id: &str, by: &str, seconds: i64) -> NewInterview {
    NewInterview {
        loop_id: loop_id.to_owned(),
        session_id: Some("money".to_owned()),
        title: WORDS.to_owned(),
        areas: vec!["consistency".to_owned()],
        agenda: Vec::new(),
        kit_hash: "k1".to_owned(),
        scenario: (seconds % 2 == 0).then(|| "charged-not-settled".to_owned()),
        created_by: by.to_owned(),
        created_at: at(seconds),
    }
}

pub fn note(id: &str, text: &str) -> Draft {
    let body = Body::Note { note: NoteKind::Said, text: text.to_owned(), area: None, signal: None };
    Draft { id: id.to_owned(), at_ms: 1000, body, waited_ms: 0, moment: None }
}

/// Lets everything in but an empty note, under a name.
pub fn by(who: &str) -> impl FnMut(&Record, Timestamp, Draft) -> Result<Entry, Refusal> + Send {
    let who = who.to_owned();
    move |record, now, draft| match &draft.body {
        Body::Note { text, .. } if text.is_empty() => Err(Refusal::Empty),
        _ => Ok(Entry {
            id: draft.id,
            seq: record.head + 1,
            at_ms: draft.at_ms,
            who: who.clone(),
            received_at: now,
            withdrawn: false,
            moment: draft.moment,
            body: draft.body,
        }),
    }
}

pub fn scorecard(loop_id: &str, person: &str, level: Level) -> Scorecard {
    let mut card = Scorecard::new(loop_id, person, "k1");
    let score = AreaScore { decided: true, level: Some(level), would_move: WORDS.to_owned(), ..AreaScore::blank("consistency") };
    card.areas.push(score);
    card
}
