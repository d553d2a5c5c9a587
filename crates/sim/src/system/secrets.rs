//! What is held in common and changes apart from the code: credentials, certificates, flags; and each machine's clock.

use super::{End, ParamId, ProviderId, ServiceId, StepId};

/// A password or a certificate, in versions. Each replica holds the version that it has loaded.
#[derive(Debug, Clone, PartialEq)]
pub struct Secret {
    /// As the scenario calls it.
    pub name: String,
    /// What it is, and how it changes.
    pub kind: SecretKind,
    /// By service that holds it: how often its replicas ask the store of secrets, a duration; 0 is at their start only.
    pub reload: Vec<(ServiceId, ParamId)>,
    /// Where the times are drawn at which replicas ask.
    pub step: StepId,
}

/// What kind of secret it is. Parameters are the world's, here as in all of this file.
#[derive(Debug, Clone, PartialEq)]
pub enum SecretKind {
    /// What somebody shows to be let in.
    Credential {
        /// Stores (asked when a connection opens) and providers (asked with each request) that know it.
        of: Vec<End>,
        /// Or whose webhooks are signed with it. `of` is empty then, and nothing logs in.
        signs: Option<ProviderId>,
        /// How far the time of a signature may be from the clock of whoever looks at it: a duration, 0 is never looked at.
        tolerance: ParamId,
        /// A word: what a rotation does with the version before, `REPLACE` or `OVERLAP`.
        rotation: ParamId,
        /// For how long a connection that has logged in is used: a duration, 0 is for ever.
        sessions: ParamId,
        /// After so many failures one after the other nobody may log in, for a time: a count, 0 is never.
        lock_after: ParamId,
        /// For how long: a duration.
        lock_for: ParamId,
        /// How a new version comes into force.
        plan: RotationPlan,
    },
    /// What the service shows to whoever opens a connection over a link.
    Certificate {
        /// Who shows it.
        of: ServiceId,
        /// How long after virtual 0 the version that is there at the beginning ends: a duration, 0 is never.
        expires: ParamId,
        /// How long those last that come after: a duration.
        lives: ParamId,
    },
}

/// Only the new version is accepted, from when it comes into force.
pub const REPLACE: i64 = 0;
/// The version before goes on being accepted, until it is retired or revoked.
pub const OVERLAP: i64 = 1;

impl Secret {
    /// Whether it is a credential; a certificate otherwise.
    pub fn is_credential(&self) -> bool {
        matches!(self.kind, SecretKind::Credential { .. })
    }
}

/// How a new version of a credential comes into force, and an old one out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RotationPlan {
    /// A word: which of the two places has the new version first, `STORE_FIRST` or `SERVICES_FIRST`.
    pub order: ParamId,
    /// Between the one and the other: a duration, 0 is at once.
    pub between: ParamId,
    /// So long after a rotation that overlaps the versions before are refused: a duration, 0 is until they are revoked.
    pub retire: ParamId,
    /// Between the word that something is to be revoked, and its being so: a duration. Somebody's move does it at once.
    pub revoke_after: ParamId,
    /// A word: whose sessions are ended when a version is refused from now on, `END_NONE`, `END_REVOKED` or `END_ALL`.
    pub terminate: ParamId,
    /// Whose login fails, and who asks for new versions at all, loads the newest and tries once more: a flag.
    pub on_failure: ParamId,
    /// Whether the store, or what stands before it, ends sessions that are too old, strangers' as well: a flag.
    pub enforced: ParamId,
    /// A word: whether all services share a login, `SHARED`, or each has one of its own, `EACH`.
    pub logins: ParamId,
}

/// The store takes the new version first; services get it `between` later.
pub const STORE_FIRST: i64 = 0;
/// Services get the new version first; the store takes it `between` later.
pub const SERVICES_FIRST: i64 = 1;
/// Nobody's: open sessions live on.
pub const END_NONE: i64 = 0;
/// Those of a version that was revoked.
pub const END_REVOKED: i64 = 1;
/// Those of a version that was only replaced or retired, too.
pub const END_ALL: i64 = 2;
/// One login for all: what locks it, locks all services out.
pub const SHARED: i64 = 0;
/// Each service has a login of its own: failures lock out, and a leak opens, that one alone.
pub const EACH: i64 = 1;

/// On for a share of business keys. Each replica asks every so often, and goes by the last answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Flag {
    /// As the scenario calls it.
    pub name: String,
    /// Of which share of business keys: a ratio.
    pub share: ParamId,
    /// How often each replica asks, a duration; 0 is at every use.
    pub poll: ParamId,
    /// Where the keys, and the times at which replicas ask, are drawn.
    pub step: StepId,
}

/// How far the wall clocks of a service's replicas are from true time. Durations are not affected: they are monotonic.
#[derive(Debug, Clone, PartialEq)]
pub struct WallClock {
    /// Whose clocks.
    pub service: ServiceId,
    /// How far they are ahead: a duration.
    pub ahead: ParamId,
    /// How far they are behind: a duration; what is ahead and behind is ahead by the difference.
    pub behind: ParamId,
    /// That is so for the first so many replicas, a count; 0 is for all.
    pub replicas: ParamId,
    /// Drift, what it gains in a day: a duration.
    pub gains_daily: ParamId,
    /// What it loses in a day: a duration.
    pub loses_daily: ParamId,
    /// A word: how it is corrected, `NTP_…`. Corrections are those of ntpd, with its defaults.
    pub ntp: ParamId,
}

/// Never.
pub const NTP_NONE: i64 = 0;
/// By a step when it is more than 128 ms off for five minutes, else slowly.
pub const NTP_STEP: i64 = 1;
/// Always slowly, by 500 ppm at most.
pub const NTP_SLEW: i64 = 2;
