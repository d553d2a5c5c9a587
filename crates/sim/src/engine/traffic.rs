//! People: they come, click, wait, click again, give up.

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, happens, mix, value};
use super::exponential::exponential_ns;
use super::config::WORLD;
use super::listen::Who;
use super::queue::Kind;
use super::sending::{Args, Sending};
use super::state::{Caller, Flight, From, NOBODY, Person};
use super::story::Part;
use super::vault::WORLD_CASE;
use crate::Outcome;
use crate::expr::Shelf;
use crate::system::{Arrivals, ClientFill, ClientId, Pattern, REGS, System};

#[derive(Debug, Clone, Default)]
pub struct ClientState {
    pub arrivals: u64,
    pub tide: super::comers::Tide,
}

/// An attempt of one that is about to be made.
struct Click {
    client: u32,
    case: u32,
    /// Of the attempt.
    luck: u64,
    click: u16,
    sdk: u16,
    /// From 1.
    attempt: u16,
}

/// Each attempt of an SDK has a luck of its own, there and back.
pub fn luck_of_click(luck: u64, attempt: u16) -> u64 {
    if attempt == 1 { luck } else { mix(luck, u64::from(attempt) | 1 << 43) }
}

pub fn start(system: &System) -> Vec<ClientState> {
    vec![ClientState::default(); system.clients.len()]
}

/// With nobody coming, how long until the rate is looked at again.
const LOOK_AGAIN_NS: u64 = 1_000_000_000;

impl World {
    pub(super) fn start_traffic(&mut self, system: &System) {
        for client in 0..system.clients.len() as u32 {
            self.next_arrival(system, client);
        }
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn next_arrival(&mut self, system: &System, client: u32) {
        let def = &system.clients[client as usize];
        let rate = f64::from_bits(self.configs.get(WORLD, def.rate) as u64);
        let flat = def.pattern == Pattern::Flat;
        let rate = match def.arrivals {
            _ if flat => rate,
            Arrivals::Poisson => rate * World::peak(def),
            Arrivals::Constant => rate * self.tide(system, client, self.now),
        };
        let state = &mut self.clients[client as usize];
        // Of those who might come, where not all do.
        let number = if flat { state.arrivals } else { state.tide.candidates };
        state.tide.candidates += 1;
        let luck = mix(self.setup.seed, u64::from(client) << 48 | number);
        let delay = if rate > 0.0 {
            let mean = 1e9 / rate;
            match def.arrivals {
                Arrivals::Poisson => exponential_ns(mean, draw(luck, def.step.0, Purpose::Delay)),
                Arrivals::Constant => mean as u64,
            }
        } else {
            LOOK_AGAIN_NS
        };
        let at = self.now.saturating_add(delay);
        if at < system.clock.play_ends() {
            let comes = rate > 0.0 && (flat || def.arrivals == Arrivals::Constant || self.comes(system, client, at, luck));
            self.queue.push(at, Kind::Arrive, client, u32::from(comes));
        }
    }

    /// `comes`: 0 when nobody was to come and the rate was only to be looked at.
    pub(super) fn arrive(&mut self, system: &System, client: u32, comes: u32) {
        let def = &system.clients[client as usize];
        if comes == 0 || f64::from_bits(self.configs.get(WORLD, def.rate) as u64) <= 0.0 {
            return self.next_arrival(system, client);
        }
        let number = self.clients[client as usize].arrivals;
        self.clients[client as usize].arrivals += 1;
        self.next_arrival(system, client);
        let luck = mix(mix(self.setup.seed, u64::from(client) << 48 | number), 1);
        self.tally.clients[client as usize].arrivals += 1;
        self.telemetry.now.clients[client as usize].is.offered += 1;
        let judged = self.now >= system.clock.warm_up;
        if judged {
            self.tally.clients[client as usize].judged += 1;
        }
        let mut made = 0;
        let case = match &def.make {
            None => WORLD_CASE,
            Some(make) => {
                let id = self.vault.new_id(make.record);
                let case = self.vault.open_case(luck, id as u64, self.now);
                if self.vault.live_cases() > super::stopped::IN_FLIGHT {
                    self.stop(super::Why::Cases);
                }
                let mut fields = [0i64; REGS];
                fields[0] = id;
                for (at, dist) in make.fields.iter().enumerate() {
                    let bits = draw(luck, at as u16, Purpose::Field);
                    fields[at + 1] = value(&system.dists[dist.at()], bits) as i64;
                }
                let count = make.fields.len() + 1;
                made = self.vault.add_record(make.record, case, self.now, make.state, &fields[..count]);
                case
            }
        };
        self.hold(case);
        if let Some(make) = &def.make {
            let record = make.record;
            if self.ears.is_some() {
                let id = self.vault.field(Shelf::Record(record), made, 0);
                let amount = self.amount(system, record, made);
                let part = Part::Client(ClientId(client as u16));
                self.beat(case, part, || super::Beat::Arrives { record, id, amount });
            }
            self.touched(system, case, Shelf::Record(make.record));
        }
        let stays = def.click_again.is_some() || def.comes_back.is_some() || !def.sdks.is_empty();
        let sdk = if def.sdks.is_empty() { 0 } else { self.sdk_of(def, luck) };
        let person = stays.then(|| {
            self.people.put(Person {
                client: client as u16,
                case,
                luck,
                number: number + 1,
                clicks: 0,
                before: 0,
                visits: 0,
                sdk,
                open: 0,
                began: self.now,
                pleased: false,
                timer: false,
            })
        });
        match person {
            Some(person) => self.click(system, person),
            None => {
                let (flight, luck) = self.clicks(client, None, case, luck, 1, 0);
                self.flights[flight.at].attempt = 1;
                self.sends_click(system, flight, Click { client, case, luck, click: 1, sdk: 0, attempt: 1 }, number + 1);
            }
        }
    }

    pub(super) fn click(&mut self, system: &System, person: Ref) {
        let (client, case, click, luck, number) = {
            let person = &mut self.people[person.at];
            person.clicks += 1;
            person.open += 1;
            (u32::from(person.client), person.case, person.clicks, person.luck, person.number)
        };
        if let Some(again) = system.clients[client as usize].click_again {
            let after = self.configs.get(WORLD, again.after) as u64;
            self.people[person.at].timer = true;
            self.queue.push_timer(self.now, after, Kind::ClickAgain, person.at, person.generation);
        }
        let sdk = self.people[person.at].sdk;
        let (flight, _) = self.clicks(client, Some(person), case, luck, click, sdk);
        self.attempt_of_click(system, flight, number);
    }

    #[allow(clippy::too_many_arguments)]
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn clicks(&mut self, client: u32, person: Option<Ref>, case: u32, luck: u64, click: u16, sdk: u16) -> (Ref, u64) {
        let luck = mix(luck, u64::from(click) + 100);
        self.tally.clients[client as usize].clicks += 1;
        let (flight, of) = self.flights.take();
        // Which SDK, and which click.
        let leg = super::calls::Leg { number: sdk, time: click, ..super::calls::Leg::ALONE };
        of.begins(From::Click { client: client as u16, person }, NOBODY, case, luck, NOBODY, leg, self.now);
        let by = Who::of(flight);
        self.beat_by(by, case, Part::Client(ClientId(client as u16)), || super::Beat::Clicks { click });
        (flight, luck)
    }

    /// The SDK makes another attempt of a click.
    pub(super) fn click_attempt(&mut self, system: &System, flight: Ref) {
        let From::Click { person: Some(person), .. } = self.flights[flight.at].from else { return };
        let number = self.people[person.at].number;
        self.attempt_of_click(system, flight, number);
    }

    /// Of people, who do more than come once.
    #[inline(never)]
    fn attempt_of_click(&mut self, system: &System, flight: Ref, number: u64) {
        let state = &mut self.flights[flight.at];
        state.attempt += 1;
        (state.sent, state.way) = (self.now, super::wires::Way::default());
        let Flight { from, attempt, case, luck, leg, .. } = *state;
        let From::Click { client, .. } = from else { return };
        let luck = luck_of_click(luck, attempt);
        self.sends_click(system, flight, Click { client: client.into(), case, luck, click: leg.time, sdk: leg.number, attempt }, number);
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn sends_click(&mut self, system: &System, flight: Ref, of: Click, number: u64) {
        let Click { client, case, luck, click, sdk, attempt } = of;
        let def = &system.clients[client as usize];
        let timeout = def.sdks.get(usize::from(sdk)).map_or(def.timeout, |sdk| sdk.timeout);
        let timeout = self.configs.get(WORLD, timeout) as u64;
        if timeout > 0 {
            self.queue.push_timer(self.now, timeout, Kind::TimeUp, flight.at, super::calls::stamp(flight, attempt));
        }
        let args = if def.args.is_empty() { Args::new() } else { self.click_arguments(system, client, case, number) };
        let caller = Caller::Flight { flight, attempt };
        let priority = self.configs.get(WORLD, def.priority).clamp(0, 7) as u8;
        // Without a deadline: nobody tells a service how long a person is going to wait.
        let sending = Sending { click, priority, ..Sending::new(def.target, &args, caller, case, luck) };
        if let Err(outcome) = self.send(system, NOBODY, &sending) {
            self.click_fails(system, flight, outcome);
        }
    }

    #[inline(never)]
    fn click_arguments(&self, system: &System, client: u32, case: u32, number: u64) -> Args {
        let argument = |fill: &ClientFill| match fill {
            ClientFill::Made => self.made(system, client, case),
            ClientFill::Number => number as i64,
        };
        system.clients[client as usize].args.iter().map(argument).collect()
    }

    /// Where the record stands that the arrival made.
    fn made(&self, system: &System, client: u32, case: u32) -> i64 {
        let record = system.clients[client as usize].make.as_ref().map(|make| make.record.0);
        let tuples = &self.vault.cases[case as usize].tuples;
        tuples.iter().find(|(shelf, _)| Some(*shelf) == record).map_or(0, |(_, at)| i64::from(*at))
    }

    /// An attempt of a click has its answer: of several, where an SDK makes them.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(super) fn click_answered(&mut self, system: &System, flight: Ref, outcome: Outcome) {
        let From::Click { client, .. } = self.flights[flight.at].from else { return };
        if system.clients[client as usize].sdks.is_empty() || !self.sdk_tries_again(system, flight, outcome) {
            self.click_done(system, flight, outcome);
        }
    }

    #[inline(never)]
    pub(super) fn click_fails(&mut self, system: &System, flight: Ref, outcome: Outcome) {
        self.click_answered(system, flight, outcome);
    }

    /// A click has its answer, or its time is up.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn click_done(&mut self, system: &System, flight: Ref, outcome: Outcome) {
        let &Flight { from, case, began, to, .. } = &self.flights[flight.at];
        let From::Click { client, person } = from else {
            return;
        };
        if to != NOBODY && self.somewhere.ejection {
            let service = self.replicas[to as usize].service as usize;
            if system.services[service].ejection.is_some() {
                self.host_answered(system, NOBODY, service, self.endpoint(to), outcome);
            }
        }
        self.flights.free(flight.at);
        let took = self.now - began;
        let tally = &mut self.tally.clients[client as usize];
        let judged = began >= system.clock.warm_up;
        tally.answered(outcome, judged);
        if outcome == Outcome::Ok && judged {
            tally.good(took);
        }
        self.telemetry.now.client_answered(client, outcome, took);
        let by = Who::of(flight);
        self.beat_by(by, case, Part::Client(ClientId(client)), || super::Beat::Told { outcome, took });
        let Some(person) = person else {
            if outcome == Outcome::Ok && began >= system.clock.warm_up {
                self.tally.clients[client as usize].pleased += 1;
            }
            if system.clients[client as usize].make.is_some() {
                self.made_becomes(system, client, case, outcome == Outcome::Ok);
            }
            self.release(case);
            return;
        };
        let who = &mut self.people[person.at];
        who.open -= 1;
        let at_last = outcome == Outcome::Ok && !who.pleased;
        if at_last {
            who.pleased = true;
            if who.began >= system.clock.warm_up {
                self.tally.clients[client as usize].pleased += 1;
            }
            self.made_becomes(system, client, case, true);
        }
        self.person_leaves(system, person);
    }

    /// What somebody made goes on with them: served, or given up.
    fn made_becomes(&mut self, system: &System, client: u16, case: u32, served: bool) {
        let def = &system.clients[client as usize];
        let (Some(make), Some(state)) = (&def.make, if served { def.served } else { def.gives_up }) else {
            return;
        };
        let shelf = Shelf::Record(make.record);
        let at = self.made(system, u32::from(client), case) as u32;
        self.vault.set_state(shelf, at, state);
        self.touched(system, case, shelf);
    }

    pub(super) fn click_again(&mut self, system: &System, person: Ref) {
        let Some(who) = self.people.get_mut(person) else {
            return;
        };
        who.timer = false;
        let (client, luck, clicks, before, pleased) = (who.client, who.luck, who.clicks, who.before, who.pleased);
        let Some(again) = system.clients[client as usize].click_again else {
            return;
        };
        let at_most = self.configs.get(WORLD, again.at_most);
        let chance = f64::from_bits(self.configs.get(WORLD, again.chance) as u64);
        let does = !pleased && i64::from(clicks - before) <= at_most && happens(draw(luck, clicks, Purpose::Click), chance);
        if does {
            self.click(system, person);
        } else {
            self.person_leaves(system, person);
        }
    }

    fn person_leaves(&mut self, system: &System, person: Ref) {
        let who = &self.people[person.at];
        if who.open == 0 && !who.timer {
            let (client, case, pleased) = (who.client, who.case, who.pleased);
            if !pleased && self.comes_back_later(system, person) {
                return;
            }
            self.people.free(person.at);
            if !pleased {
                self.made_becomes(system, client, case, false);
            }
            self.release(case);
        }
    }
}
