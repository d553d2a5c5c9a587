//! What may enter a record next, and how it is written down.

use jiff::Timestamp;
use seatrial_kit::{AgendaPhase, Area};
use thiserror::Error;

use crate::scorecard::Moment;

use super::{Body, ClockState, Entry, Record, is_prompted};

/// Characters of one note. An hour of talking is about 9,000 words; a note is a few sentences.
pub const TEXT_CHARS_MAX: usize = 10_000;

/// What a client sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub id: String,
    pub at_ms: i64,
    pub body: Body,
    /// How long it waited at its sender, by the sender's own watch, which may be wrong but runs evenly.
    pub waited_ms: i64,
    /// Where the running system stood for its sender.
    pub moment: Option<Moment>,
}

/// Longest wait that is believed: a working day without network.
pub const WAITED_MS_MAX: i64 = 12 * 60 * 60 * 1000;
/// Longest interview on paper, and how long afterwards it may be entered.
pub const PAPER_MINUTES_MAX: u32 = 240;
const PAPER_DAYS_MAX: i64 = 90;

/// What an entry may refer to.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub agenda: &'a [AgendaPhase],
    pub areas: &'a [&'a Area],
    /// Ids of material that can be shown.
    pub material: &'a [String],
}

/// Why an entry is not taken. The sentence is shown to whoever sent it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("the interview has already started")]
    AlreadyStarted,
    #[error("the clock is not running, so it cannot be paused")]
    NotRunning,
    #[error("the clock is not paused, so it cannot be resumed")]
    NotPaused,
    #[error("the interview has ended; notes can still be added, its course can't be changed")]
    Ended,
    #[error("the interview has not started, so it cannot end")]
    NotStarted,
    #[error("the interview has begun, so it cannot be called off; end it instead")]
    Begun,
    #[error("the interview was called off, and takes nothing more")]
    CalledOff,
    #[error("say why it will not be held")]
    NoReason,
    #[error("an interview on paper took 1 to {PAPER_MINUTES_MAX} minutes, began within the last {PAPER_DAYS_MAX} days, and has ended")]
    PaperTime,
    #[error("this interview has no {what} {id:?}")]
    Unknown { what: &'static str, id: String },
    #[error("a hint is the first, second or third of its phase, not number {0}")]
    HintNumber(u8),
    #[error("a note without text says nothing")]
    Empty,
    #[error("a note may have {TEXT_CHARS_MAX} characters, and this one has {0}: divide it")]
    TooLong(usize),
    #[error("only the person who wrote a note can word it anew")]
    NotYours,
    #[error("that entry cannot be changed in this way")]
    WrongKind,
}

/// Decides about the next entry. The moment is held between the start and now, since a note with a wrong clock is
/// worth more than no note; `prompted` is filled in when the sender left it open.
///
/// # Errors
/// [`Refusal`] when the record's state or the kit does not allow it. Nothing is taken in part.
pub fn accept(
    record: &Record,
    context: &Context<'_>,
    who: &str,
    now: Timestamp,
    draft: Draft,
) -> Result<Entry, Refusal> {
    let mut body = draft.body;
    clock_allows(record.clock.state, &body)?;
    known(context, &body)?;
    match &mut body {
        Body::Note { text, .. } => *text = checked_text(text)?,
        Body::OnPaper { started_at, minutes } if !on_paper_fits(*started_at, *minutes, now) => return Err(Refusal::PaperTime),
        Body::CallOff { reason } => {
            *reason = checked_text(reason).map_err(|why| if why == Refusal::Empty { Refusal::NoReason } else { why })?;
        }
        Body::Revise { entry, text, .. } => {
            *text = checked_text(text)?;
            let target = named(record, entry)?;
            if !matches!(target.body, Body::Note { .. }) {
                return Err(Refusal::WrongKind);
            }
            if target.who != who {
                return Err(Refusal::NotYours);
            }
        }
        Body::Flip { entry } => {
            if !matches!(named(record, entry)?.body, Body::Signal { .. }) {
                return Err(Refusal::WrongKind);
            }
        }
        Body::Withdraw { entry } => {
            let target = named(record, entry)?;
            if is_course(&target.body) || matches!(target.body, Body::Withdraw { .. } | Body::Flip { .. } | Body::Revise { .. }) {
                return Err(Refusal::WrongKind);
            }
            if target.who != who && matches!(target.body, Body::Note { .. }) {
                return Err(Refusal::NotYours);
            }
        }
        Body::Signal { area, signal, prompted } if prompted.is_none() => {
            let area = context.areas.iter().find(|a| a.id == *area);
            *prompted = Some(area.is_some_and(|a| is_prompted(record, a, signal)));
        }
        _ => {}
    }
    let at_ms = draft.at_ms.clamp(0, record.clock.elapsed_ms(now));
    // The clock runs from the press of the button and not from the arrival of the news, as a pause stops it there. What
    // was known before stays before.
    let now = match body {
        Body::Start | Body::Resume => pressed_at(record, now, draft.waited_ms),
        _ => now,
    };
    Ok(Entry { id: draft.id, seq: record.head + 1, at_ms, who: who.to_owned(), received_at: now, withdrawn: false, moment: draft.moment, body })
}

fn pressed_at(record: &Record, now: Timestamp, waited_ms: i64) -> Timestamp {
    let waited_ms = waited_ms.clamp(0, WAITED_MS_MAX);
    let pressed = Timestamp::from_millisecond(now.as_millisecond() - waited_ms).unwrap_or(now);
    let before = record.entries().iter().map(|e| e.received_at).max();
    before.map_or(pressed, |before| pressed.max(before)).min(now)
}

fn on_paper_fits(started_at: Timestamp, minutes: u32, now: Timestamp) -> bool {
    let since_ms = now.as_millisecond() - started_at.as_millisecond();
    (1..=PAPER_MINUTES_MAX).contains(&minutes)
        && (i64::from(minutes) * 60_000..=PAPER_DAYS_MAX * 24 * 60 * 60 * 1000).contains(&since_ms)
}

/// Entries that steer the interview rather than record it.
fn is_course(body: &Body) -> bool {
    matches!(body, Body::Start | Body::Pause | Body::Resume | Body::End | Body::CallOff { .. } | Body::OnPaper { .. } | Body::Phase { .. })
}

fn clock_allows(state: ClockState, body: &Body) -> Result<(), Refusal> {
    match (body, state) {
        (_, ClockState::CalledOff) => Err(Refusal::CalledOff),
        (Body::CallOff { .. }, ClockState::Planned) => Ok(()),
        (Body::CallOff { .. }, _) => Err(Refusal::Begun),
        (Body::Start | Body::OnPaper { .. }, ClockState::Planned) => Ok(()),
        (Body::Start | Body::OnPaper { .. }, _) => Err(Refusal::AlreadyStarted),
        (Body::Pause, ClockState::Running) => Ok(()),
        (Body::Pause, _) => Err(Refusal::NotRunning),
        (Body::Resume, ClockState::Paused) => Ok(()),
        (Body::Resume, _) => Err(Refusal::NotPaused),
        (Body::End, ClockState::Planned) => Err(Refusal::NotStarted),
        (Body::End | Body::Phase { .. } | Body::Show { .. }, ClockState::Ended) => Err(Refusal::Ended),
        _ => Ok(()),
    }
}

fn known(context: &Context<'_>, body: &Body) -> Result<(), Refusal> {
    let missing = |what, id: &str| Err(Refusal::Unknown { what, id: id.to_owned() });
    let phase = |id: &str| if context.agenda.iter().any(|p| p.id == id) { Ok(()) } else { missing("phase", id) };
    let area = |id: &str| match context.areas.iter().find(|a| a.id == id) {
        Some(area) => Ok(*area),
        None => Err(Refusal::Unknown { what: "area", id: id.to_owned() }),
    };
    match body {
        Body::Phase { phase: id } => phase(id),
        Body::Hint { number, .. } if !(1..=3).contains(number) => Err(Refusal::HintNumber(*number)),
        Body::Hint { phase: id, .. } => phase(id),
        Body::Read { area: a, prompt } if !area(a)?.prompts.iter().any(|p| p.id == *prompt) => missing("prompt", prompt),
        Body::Asked { area: a, follow_up } if !area(a)?.follow_ups.iter().any(|f| f.id == *follow_up) => {
            missing("follow-up", follow_up)
        }
        Body::Signal { area: a, signal, .. } if !area(a)?.signals.iter().any(|s| s.id == *signal) => missing("signal", signal),
        Body::RedFlag { area: a, red_flag } if !area(a)?.red_flags.iter().any(|r| r.id == *red_flag) => {
            missing("red flag", red_flag)
        }
        Body::Note { area: Some(a), signal, .. } => {
            let area = area(a)?;
            match signal {
                Some(id) if !area.signals.iter().any(|s| s.id == *id) => missing("signal", id),
                _ => Ok(()),
            }
        }
        Body::Note { area: None, signal: Some(id), .. } => missing("area for signal", id),
        Body::Show { material } | Body::Hide { material } if !context.material.contains(material) => {
            missing("material", material)
        }
        _ => Ok(()),
    }
}

fn named<'r>(record: &'r Record, id: &str) -> Result<&'r Entry, Refusal> {
    record.entry(id).ok_or_else(|| Refusal::Unknown { what: "entry", id: id.to_owned() })
}

/// The text as it is kept. No database keeps a NUL, which nobody types: it is shown as a character that is missing.
fn checked_text(text: &str) -> Result<String, Refusal> {
    let text = text.trim().replace('\0', "\u{fffd}");
    let chars = text.chars().count();
    if text.is_empty() {
        Err(Refusal::Empty)
    } else if chars > TEXT_CHARS_MAX {
        Err(Refusal::TooLong(chars))
    } else {
        Ok(text)
    }
}
