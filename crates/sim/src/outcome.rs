//! What a call, a transaction or a handler can come to. Retry rules name these.

/// Ordered by number; part of digests and of parameters, so the numbers stay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Outcome {
    /// Answered: it is done.
    #[default]
    Ok = 0,
    /// Answered: no, for a reason of the business.
    Declined = 1,
    /// Answered: there is no such thing.
    Missing = 2,
    /// Answered: this will never work as it is (unreadable, contradictory).
    Invalid = 3,
    /// Answered: it went wrong.
    Failed = 4,
    /// It was certainly not done: connection refused, queue full, limit reached.
    Refused = 5,
    /// Nobody knows: time is up, or the connection was lost.
    Unknown = 6,
}

impl Outcome {
    /// In the order of their numbers.
    pub const ALL: [Outcome; 7] = [
        Outcome::Ok,
        Outcome::Declined,
        Outcome::Missing,
        Outcome::Invalid,
        Outcome::Failed,
        Outcome::Refused,
        Outcome::Unknown,
    ];

    /// As scenarios write it.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Ok => "ok",
            Outcome::Declined => "declined",
            Outcome::Missing => "missing",
            Outcome::Invalid => "invalid",
            Outcome::Failed => "failed",
            Outcome::Refused => "refused",
            Outcome::Unknown => "unknown",
        }
    }

    /// Whether somebody on the other side gave this answer.
    pub fn is_answer(self) -> bool {
        self < Outcome::Refused
    }
}

/// A set of outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcomes(u8);

impl Outcomes {
    /// No outcome.
    pub const NONE: Outcomes = Outcomes(0);

    /// The set of these; one that is named twice is in it once.
    pub fn of(outcomes: &[Outcome]) -> Outcomes {
        Outcomes(outcomes.iter().fold(0, |set, &outcome| set | 1 << outcome as u8))
    }

    /// Whether it is in the set.
    pub fn has(self, outcome: Outcome) -> bool {
        self.0 & (1 << outcome as u8) != 0
    }

    /// As a parameter of the kind `ParamKind::Outcomes` holds it: a bit for each, at `1 << outcome as u8`.
    pub fn bits(self) -> i64 {
        i64::from(self.0)
    }

    /// What `bits` made; bits of no outcome are dropped.
    pub fn from_bits(bits: i64) -> Outcomes {
        Outcomes((bits & 0x7f) as u8)
    }
}
