//! Commands: written down, then played, then shown.

use jiff::Timestamp;
use seatrial_room::{Body, Command, Rejection, Side};
use seatrial_store::CommandRow;
use tokio::time::Instant;

use super::{Acted, Inner, Sent, Stage};
use crate::{problem::Problem, state::App};

/// Words of one command.
const WORDS_MAX: usize = 4_000;

impl Stage {
    pub(super) async fn append(&self, app: &App, inner: &mut Inner, side: Side, who: &str, sent: Vec<Sent>) -> Result<Vec<Acted>, Problem> {
        let mut acted = Vec::with_capacity(sent.len());
        for one in sent {
            if let Some(&seq) = inner.places.get(&one.id) {
                let v = inner.reel.log().get(seq as usize - 1).map(|command| command.v);
                let why = inner.take.desk().rejected.iter().find(|(place, _)| *place == seq).map(|(_, why)| why.to_string());
                acted.push(Acted { id: one.id, seq: Some(seq), v, rejected: why });
                continue;
            }
            let words = one.words.filter(|words| !words.trim().is_empty());
            if words.as_ref().is_some_and(|words| words.chars().count() > WORDS_MAX) {
                acted.push(Acted { id: one.id, seq: None, v: None, rejected: Some(format!("Write at most {WORDS_MAX} letters.")) });
                continue;
            }
            // What nobody on this side may send never enters the log.
            if side != Side::Room && !one.body.is_for(side) {
                acted.push(Acted { id: one.id, seq: None, v: None, rejected: Some(Rejection::NotYours.to_string()) });
                continue;
            }
            let head = inner.take.head();
            let command = Command {
                seq: head + 1,
                v: inner.take.now(),
                id: one.id.clone(),
                side,
                who: who.to_owned(),
                seen_v: one.seen_v.min(inner.take.now()),
                body: one.body,
            };
            let kept = CommandRow {
                seq: command.seq as i64,
                v: command.v as i64,
                id: command.id.clone(),
                side: side_name(side).to_owned(),
                who: command.who.clone(),
                seen_v: command.seen_v as i64,
                received_at: Timestamp::now().as_millisecond(),
                body: serde_json::to_string(&command.body).unwrap_or_default(),
                words: words.clone(),
            };
            if !app.store.append_commands(&self.row.id, head as i64, std::slice::from_ref(&kept)).await? {
                return Err(Problem::conflict("Another server holds this room.", "Load the page again."));
            }
            let opening = inner.take.is_opening();
            if let Some(words) = words {
                inner.words.insert(command.id.clone(), words);
            }
            inner.places.insert(command.id.clone(), command.seq);
            inner.reel.push(command.clone());
            let done = inner.take.push(&command);
            inner.anew += usize::from(opening && command.body.acts());
            if matches!(command.body, Body::Resume | Body::Pause) && side != Side::Room {
                inner.why = None;
                inner.ticked = Instant::now();
            }
            acted.push(Acted {
                id: one.id,
                seq: Some(command.seq),
                v: Some(command.v),
                rejected: done.err().map(|why| why.to_string()),
            });
        }
        Ok(acted)
    }
}

/// A command of the room itself.
pub(super) fn sent(id: String, body: Body) -> Sent {
    Sent { id, seen_v: u64::MAX, body, words: None }
}

/// How a side is written in the log that is kept.
pub fn side_name(side: Side) -> &'static str {
    match side {
        Side::Candidate => "candidate",
        Side::Panel => "panel",
        Side::Room => "room",
    }
}
