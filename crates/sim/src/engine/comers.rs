//! When people come, and what their software does for them: patterns over a rate, SDKs that try again, visits that are made later.

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, happens, mix, unit};
use super::config::WORLD;
use super::queue::Kind;
use super::state::{Flight, From};
use crate::system::{Backoff, Client, Pattern, Sdk, System};
use crate::{Outcome, Outcomes};

/// Where a source of traffic stands in its bursts, and how many times somebody might have come.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tide {
    pub candidates: u64,
    on: bool,
    phases: u64,
    until: u64,
}

const DAY_S: u64 = 86_400;
const MINUTE_NS: u64 = 60_000_000_000;

impl World {
    /// The largest factor of a pattern: candidates come at that, and some of them do not (thinning: Lewis and Shedler, 1979).
    pub(super) fn peak(def: &Client) -> f64 {
        match &def.pattern {
            Pattern::Minutes(factors) => factors.iter().copied().fold(0.0, f64::max),
            _ => 1.0,
        }
    }

    /// The factor on a client's rate at an instant that is not before those asked about earlier.
    pub(super) fn tide(&mut self, system: &System, client: u32, at: u64) -> f64 {
        let def = &system.clients[client as usize];
        match &def.pattern {
            Pattern::Flat => 1.0,
            Pattern::Minutes(factors) => factors[(at / MINUTE_NS) as usize % factors.len()],
            Pattern::Day { low, peak_s } => {
                let start = system.clock.starts_unix_s.rem_euclid(DAY_S as i64) as f64;
                let hours = (start + at as f64 / 1e9 - f64::from(*peak_s)) / DAY_S as f64;
                low + (1.0 - low) * (1.0 + libm::cos(hours * std::f64::consts::TAU)) / 2.0
            }
            Pattern::Bursts { on, off } => {
                let (on, off) = (self.configs.get(WORLD, *on), self.configs.get(WORLD, *off));
                let mut tide = self.clients[client as usize].tide;
                while tide.until <= at {
                    tide.on = !tide.on;
                    tide.phases += 1;
                    let luck = mix(self.setup.seed, u64::from(client) << 48 | tide.phases | 1 << 47);
                    let bits = draw(luck, def.step.0, Purpose::Time);
                    tide.until += self.duration(system, if tide.on { on } else { off }, bits).max(1_000_000);
                }
                self.clients[client as usize].tide = tide;
                f64::from(u8::from(tide.on))
            }
        }
    }

    /// Whether somebody comes who might have.
    pub(super) fn comes(&mut self, system: &System, client: u32, at: u64, luck: u64) -> bool {
        let def = &system.clients[client as usize];
        let share = self.tide(system, client, at) / World::peak(def);
        share >= 1.0 || happens(draw(luck, def.step.0, Purpose::Other), share)
    }

    /// Which SDK somebody has.
    pub(super) fn sdk_of(&self, def: &Client, luck: u64) -> u16 {
        if def.sdks.is_empty() {
            return 0;
        }
        let share = |sdk: &Sdk| f64::from_bits(self.configs.get(WORLD, sdk.share) as u64);
        let all: f64 = def.sdks.iter().map(share).sum();
        let mut left = unit(draw(luck, def.step.0, Purpose::Sdk)) * all;
        let found = def.sdks.iter().position(|sdk| {
            left -= share(sdk);
            left < 0.0
        });
        found.unwrap_or(0) as u16
    }

    /// Whether the SDK tries again, which the person does not see.
    pub(super) fn sdk_tries_again(&mut self, system: &System, flight: Ref, outcome: Outcome) -> bool {
        let Flight { from, attempt, leg, luck, waited, .. } = self.flights[flight.at];
        let From::Click { client, .. } = from else { return false };
        let Some(sdk) = system.clients[client as usize].sdks.get(usize::from(leg.number)) else { return false };
        let again = Outcomes::from_bits(self.configs.get(WORLD, sdk.retry)).has(outcome)
            && i64::from(attempt) < self.configs.get(WORLD, sdk.attempts).min(120);
        if !again {
            return false;
        }
        self.tally.retries += 1;
        let rule = usize::try_from(self.configs.get(WORLD, sdk.backoff)).ok().and_then(|at| system.backoffs.get(at));
        let bits = draw(luck, attempt, Purpose::Jitter);
        let delay = rule.map_or(0, |rule: &Backoff| super::calls::wait(rule, u32::from(attempt), waited, bits));
        let flight_state = &mut self.flights[flight.at];
        (flight_state.waited, flight_state.attempt) = (delay, attempt | 0x80);
        self.queue.push(self.now + delay, Kind::TryAgain, flight.at, super::calls::stamp(flight, attempt | 0x80));
        true
    }

    /// Somebody who got nowhere comes again later.
    pub(super) fn comes_back_later(&mut self, system: &System, person: Ref) -> bool {
        let who = &self.people[person.at];
        let Some(back) = system.clients[who.client as usize].comes_back else { return false };
        let (luck, visits) = (who.luck, who.visits);
        let chance = f64::from_bits(self.configs.get(WORLD, back.chance) as u64);
        if i64::from(visits) >= self.configs.get(WORLD, back.at_most) || !happens(draw(luck, visits, Purpose::Return), chance) {
            return false;
        }
        let after = self.duration(system, self.configs.get(WORLD, back.after), draw(luck, visits, Purpose::ReturnDelay));
        self.people[person.at].timer = true;
        self.queue.push(self.now + after, Kind::ComesBack, person.at, person.generation);
        true
    }

    pub(super) fn person_comes_back(&mut self, system: &System, person: Ref) {
        let Some(who) = self.people.get_mut(person) else { return };
        who.timer = false;
        who.visits += 1;
        who.before = who.clicks;
        self.click(system, person);
    }
}
