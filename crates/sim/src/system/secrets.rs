//! What is held in common and changes apart from the code: credentials, certificates, flags; and each machine's clock.

use super::{End, ParamId, ServiceId, StepId};

/// A password or a certificate, in versions. Each replica holds the version that it has loaded.
#[derive(Debug, Clone, PartialEq)]
pub struct Secret {
    pub name: String,
    pub kind: SecretKind,
    /// By service that holds it: how often its replicas ask the store of secrets; 0 is at their start only.
    pub reload: Vec<(ServiceId, ParamId)>,
    pub step: StepId,
}

#[derive(Debug, Clone, PartialEq)]
pub enum SecretKind {
    Credential {
        /// Stores (asked when a connection opens) and providers (asked with each request) that know it.
        of: Vec<End>,
        /// A word: what a rotation does with the version before, `REPLACE` or `OVERLAP`.
        rotation: ParamId,
        /// For how long a connection that has logged in is used; 0 is for ever.
        sessions: ParamId,
        /// After so many failures one after the other nobody may log in, for a time; 0 is never.
        lock_after: ParamId,
        lock_for: ParamId,
        plan: RotationPlan,
    },
    /// What the service shows to whoever opens a connection over a link.
    Certificate {
        of: ServiceId,
        /// From virtual 0, of the version that is there at the beginning.
        expires: ParamId,
        /// Of those that come after.
        lives: ParamId,
    },
}

pub const REPLACE: i64 = 0;
pub const OVERLAP: i64 = 1;

impl Secret {
    pub fn is_credential(&self) -> bool {
        matches!(self.kind, SecretKind::Credential { .. })
    }
}

/// How a new version of a credential comes into force, and an old one out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RotationPlan {
    /// A word: which of the two places has the new version first, `STORE_FIRST` or `SERVICES_FIRST`.
    pub order: ParamId,
    /// Between the one and the other.
    pub between: ParamId,
    /// So long after a rotation the versions before are refused; 0 is until they are revoked.
    pub retire: ParamId,
    /// Between the word that something is to be revoked, and its being so.
    pub revoke_after: ParamId,
    /// Whose sessions are ended when a version is refused from now on: `END_NONE`, `END_REVOKED` or `END_ALL`, those of one
    /// that was only replaced, too.
    pub terminate: ParamId,
    /// Whose login fails, and who asks for new versions at all, loads the newest and tries once more.
    pub on_failure: ParamId,
    /// The store, or what stands before it, ends sessions that are too old: strangers' as well.
    pub enforced: ParamId,
    /// A word: whether all services share a login, `SHARED`, or each has one of its own, `EACH`.
    pub logins: ParamId,
}

pub const STORE_FIRST: i64 = 0;
pub const SERVICES_FIRST: i64 = 1;
pub const END_NONE: i64 = 0;
pub const END_REVOKED: i64 = 1;
pub const END_ALL: i64 = 2;
pub const SHARED: i64 = 0;
pub const EACH: i64 = 1;

/// On for a share of business keys. Each replica asks every so often, and goes by the last answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Flag {
    pub name: String,
    pub share: ParamId,
    /// 0 is at once.
    pub poll: ParamId,
    pub step: StepId,
}

/// How far the wall clocks of a service's replicas are from true time. Durations are not affected: they are monotonic.
#[derive(Debug, Clone, PartialEq)]
pub struct WallClock {
    pub service: ServiceId,
    pub ahead: ParamId,
    pub behind: ParamId,
    /// That is so for the first so many replicas; 0 is for all.
    pub replicas: ParamId,
    /// Drift: what it gains or loses in a day.
    pub gains_daily: ParamId,
    pub loses_daily: ParamId,
    /// A word: how it is corrected.
    pub ntp: ParamId,
}

/// Never; by a step when it is more than 128 ms off for five minutes, else slowly; always slowly.
pub const NTP_NONE: i64 = 0;
pub const NTP_STEP: i64 = 1;
pub const NTP_SLEW: i64 = 2;
