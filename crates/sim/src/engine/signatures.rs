//! Signed webhooks: whoever gets one looks at who made it, and when, before anything is done.
//!
//! The signature covers the time and the body, and is made anew for each attempt; a provider signs with every secret that is
//! still active (Stripe docs, Verify webhook signatures; Roll endpoint signing secrets). Whoever looks has the version that it
//! has loaded, and its own clock. What does not hold is answered with HTTP 400, and so is sent again.

use super::World;
use super::arena::Ref;
use super::config::WORLD;
use super::listen::Who;
use super::run::Then;
use super::state::{Act, Caller, Health};
use super::story::{Beat, Part, Unsigned};
use crate::Outcome;
use crate::system::{Answer, SecretId, SecretKind, ServiceId, System};

impl World {
    /// The first that a handler of webhooks does. It is as old as its arrival here: its way over a link counts for nothing.
    pub(super) fn verify(&mut self, system: &System, act: Ref, secret: SecretId) -> Then {
        let Act { caller: Caller::Hook { .. }, replica, case, began, .. } = self.acts[act.at] else {
            return Then::GoesOn;
        };
        let SecretKind::Credential { tolerance, .. } = system.secrets[secret.at()].kind else {
            return Then::GoesOn;
        };
        let tolerance = self.configs.get(WORLD, tolerance) as u64;
        let off = self.wall(system, replica).abs_diff(began as i64);
        let why = if tolerance > 0 && off > tolerance {
            self.secrets[secret.at()].refuses_one(self.now);
            Unsigned::OtherTime
        } else if self.replica_logs_in(system, secret, replica) {
            return Then::GoesOn;
        } else {
            Unsigned::OtherSecret
        };
        let service = ServiceId(self.replicas[replica as usize].service);
        self.beat_by(Who::act(act), case, Part::Service(service), || Beat::NotSigned { why });
        self.respond(system, act, Answer::Outcome(Outcome::Failed));
        Then::Ended
    }

    /// Whether somebody who has a version of the secret is believed: as long as anybody who is up still holds it.
    pub(super) fn takes_forged(&mut self, service: ServiceId, secret: SecretId, version: u16) -> bool {
        let replicas = self.services[service.at()].replicas.iter().map(|&replica| &self.replicas[replica as usize]);
        let believed = replicas.filter(|replica| replica.health == Health::Up).any(|replica| replica.holds[secret.at()] == version);
        if !believed {
            self.secrets[secret.at()].refuses_one(self.now);
        }
        believed
    }
}
