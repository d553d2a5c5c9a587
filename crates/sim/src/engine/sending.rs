//! How a request finds an instance and comes to its door.

use smallvec::SmallVec;

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, mix};
use super::directory::Chosen;
use super::lines::Door;
use super::links::Cargo;
use super::state::{Act, Caller, Health, NOBODY};
use super::story::{NoWay, Part};
use crate::Outcome;
use crate::system::{Balance, End, HandlerId, LinkId, REGS, ServiceId, System};

/// A handler to start, and for whom.
#[derive(Debug, Clone, Copy)]
pub struct Sending {
    pub handler: HandlerId,
    pub regs: [i64; REGS],
    pub caller: Caller,
    pub case: u32,
    pub luck: u64,
    pub deadline: u64,
    /// Whether work whose deadline has passed is dropped when its turn comes. Nobody checks unless told to.
    pub checks: bool,
    pub click: u16,
    /// 0 is served first.
    pub priority: u8,
    pub saga_attempt: u16,
}

impl Act {
    #[inline(always)]
    pub fn new(sending: &Sending, replica: u32, entry: u32, now: u64, holds_worker: bool) -> Act {
        Act {
            handler: sending.handler.0,
            replica,
            pc: entry,
            back: 0,
            outcome: Outcome::Ok,
            answered: false,
            effects: false,
            holds_worker,
            waits_in_queue: false,
            hurried: false,
            priority: sending.priority,
            holds_core: false,
            publishing: None,
            case: sending.case,
            luck: sending.luck,
            began: now,
            deadline: sending.deadline,
            checks: sending.checks,
            click: sending.click,
            saga_attempt: sending.saga_attempt,
            saga: None,
            saga_step: 0,
            journals: false,
            caller: sending.caller,
            flight: None,
            fork: NOBODY,
            filling: NOBODY,
            tx: None,
            tries: 0,
            owed: 0,
            regs: sending.regs,
        }
    }
}

impl World {
    #[inline(never)]
    fn choose(&mut self, system: &System, from: u32, service: u16, luck: u64) -> Option<u32> {
        let state = &self.services[service as usize];
        if state.down {
            return None;
        }
        let split = state.split.is_some();
        match system.services[service as usize].balance {
            Balance::RoundRobin if split => {
                let live = self.choose_by_version(service, luck);
                let turn = match from {
                    NOBODY => &mut self.services[service as usize].turn,
                    from => &mut self.replicas[from as usize].turn[service as usize],
                };
                *turn = turn.wrapping_add(1);
                let at = usize::from(*turn) % live.len().max(1);
                live.get(at).copied()
            }
            Balance::RoundRobin => self.next_in_turn(from, service),
            // Chosen by belief.
            Balance::Pinned { .. } => None,
            balance => {
                let live: SmallVec<[u32; 16]> = if split {
                    self.choose_by_version(service, luck).into()
                } else {
                    let all = self.services[service as usize].replicas.iter();
                    all.copied().filter(|&replica| self.is_listed(replica)).collect()
                };
                if live.is_empty() {
                    return None;
                }
                let bits = draw(luck, service, Purpose::Balance);
                let first = (bits % live.len() as u64) as usize;
                if balance == Balance::Random || live.len() == 1 {
                    return Some(live[first]);
                }
                let load = |replica: u32| {
                    let waiting = &self.replicas[replica as usize];
                    if from == NOBODY {
                        // A caller that is no replica (people) stands for a balancer that sees the connections.
                        return waiting.busy + waiting.queue.len() as u32;
                    }
                    self.replicas[from as usize].outstanding.get(replica as usize).copied().unwrap_or(0)
                };
                if balance == Balance::TwoChoices {
                    let other = (first + 1 + (mix(bits, 2) % (live.len() as u64 - 1)) as usize) % live.len();
                    return Some(if load(live[other]) < load(live[first]) { live[other] } else { live[first] });
                }
                let turned = (0..live.len()).map(|step| live[(first + step) % live.len()]);
                turned.min_by_key(|&replica| load(replica))
            }
        }
    }

    /// The next that is listed, as the caller goes round.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn next_in_turn(&mut self, from: u32, service: u16) -> Option<u32> {
        let state = &self.services[service as usize];
        let begin = match from {
            NOBODY => state.turn,
            from => self.replicas[from as usize].turn[service as usize],
        };
        let all = &state.replicas[..];
        let mut at = begin as usize;
        if at >= all.len() {
            at = at.checked_rem(all.len())?;
        }
        for _ in 0..all.len() {
            let replica = all[at];
            let next = if at + 1 == all.len() { 0 } else { at + 1 };
            if self.is_listed(replica) {
                match from {
                    NOBODY => self.services[service as usize].turn = next as u16,
                    from => self.replicas[from as usize].turn[service as usize] = next as u16,
                }
                return Some(replica);
            }
            at = next;
        }
        None
    }

    /// Sends a request to some replica of the handler's service. `Err` when it is certain that nothing was started.
    /// Of a flight that started, the replica is in the flight's `to`.
    pub(super) fn send(&mut self, system: &System, from: u32, sending: &Sending) -> Result<(), Outcome> {
        self.sends_to(system, from, sending)
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(super) fn sends_to(&mut self, system: &System, from: u32, sending: &Sending) -> Result<(), Outcome> {
        match self.choice(system, from, sending) {
            Chosen::Replica(replica) => self.goes_to(system, from, replica, sending),
            nobody => self.nobody_chosen(system, from, &Sending { ..*sending }, nobody),
        }
    }

    /// The same, but not to anybody whom the call has asked before, while there is somebody else.
    #[inline(never)]
    pub(super) fn send_elsewhere(&mut self, system: &System, from: u32, flight: Ref, sending: &Sending) -> Result<(), Outcome> {
        let chosen = match self.choice(system, from, sending) {
            Chosen::Replica(chosen) => chosen,
            nobody => return self.nobody_chosen(system, from, sending, nobody),
        };
        let service = system.handlers[sending.handler.at()].service;
        let asked = self.asked(flight).clone();
        let replica = match asked.contains(&chosen) {
            true => self.choose_another(system, from, service.0, sending.luck, &asked).unwrap_or(chosen),
            false => chosen,
        };
        self.asked(flight).push(replica);
        self.goes_to(system, from, replica, sending)
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn choice(&mut self, system: &System, from: u32, sending: &Sending) -> Chosen {
        let service = system.handlers[sending.handler.at()].service;
        let state = &self.services[service.at()];
        let chosen = if state.goes_round && !state.down && state.split.is_none() {
            self.next_in_turn(from, service.0)
        } else if self.chooses_by_belief(system, service.0) {
            return self.choose_by_belief(system, from, service.0, sending.luck);
        } else {
            self.choose(system, from, service.0, sending.luck)
        };
        chosen.map_or(Chosen::Nobody, Chosen::Replica)
    }

    #[inline(never)]
    fn nobody_chosen(&mut self, system: &System, from: u32, sending: &Sending, chosen: Chosen) -> Result<(), Outcome> {
        let service = system.handlers[sending.handler.at()].service;
        if let Chosen::NotThere { silent } = chosen {
            return self.not_there(system, from, service.at(), sending.caller, silent);
        }
        self.telemetry.now.refused(service.0);
        self.connection_failed(from, service.at());
        self.call_finds(sending.caller, NoWay::NobodyKnown);
        Err(Outcome::Refused)
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn goes_to(&mut self, system: &System, from: u32, replica: u32, sending: &Sending) -> Result<(), Outcome> {
        let service = system.handlers[sending.handler.at()].service;
        if !system.links.is_empty()
            && let Some(link) = self.way_to(system, sending.caller, from, End::Service(service))
        {
            self.leaves_for(system, link, from, replica, *sending);
            return Ok(());
        }
        let taken = self.take_in(system, from, replica, sending);
        if let Err(outcome) = taken
            && system.services[service.at()].ejection.is_some()
        {
            self.host_answered(system, from, service.at(), self.endpoint(replica), outcome);
        }
        taken
    }

    /// Sends a request to a replica over a link.
    fn leaves_for(&mut self, system: &System, link: LinkId, from: u32, to: u32, sending: Sending) {
        let (luck, life) = (sending.luck, self.replicas[to as usize].life);
        let caller = sending.caller;
        let call = Cargo::Call { sending: Box::new(sending), to, life };
        match caller {
            Caller::Flight { flight, attempt } => {
                self.flights[flight.at].to = to;
                self.counts_as_outstanding(from, to);
                self.sends(system, link, from, flight, attempt, luck, call);
            }
            _ => {
                self.depart(system, link, false, from, luck, call);
            }
        }
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn counts_as_outstanding(&mut self, from: u32, replica: u32) {
        if from != NOBODY && self.somewhere.by_load {
            let outstanding = &mut self.replicas[from as usize].outstanding;
            if outstanding.len() <= replica as usize {
                outstanding.resize(replica as usize + 1, 0);
            }
            outstanding[replica as usize] += 1;
        }
    }

    /// A request is at the replica's door.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(super) fn take_in(&mut self, system: &System, from: u32, replica: u32, sending: &Sending) -> Result<(), Outcome> {
        let of = &self.replicas[replica as usize];
        let service = ServiceId(of.service);
        let now = self.configs.service(of.config, of.service);
        // Most stand at a door that is open, and somebody is free, or there is a plain queue.
        let open = self.paused == 0 && of.health == Health::Up && now.open;
        let free = i64::from(of.busy) < now.workers;
        let act = if open && (free || now.in_order && (of.queue.len() as i64) < now.queue && of.line.outside.is_empty()) {
            self.tally.services[service.at()].offered += 1;
            let act = self.makes(system, replica, sending, free);
            match free {
                true => self.occupies(system, act, replica),
                false => self.lines_up(act, replica),
            }
            act
        } else {
            // A copy, as for all that happens seldom: what most begin from then needs no address, and stays in registers.
            let sending = *sending;
            let door = self.let_in_at_door(system, service, replica, &sending)?;
            self.come_in(system, replica, &sending, door)
        };
        if let Caller::Flight { flight, .. } = sending.caller
            && let Some(state) = self.flights.get_mut(flight)
        {
            state.way.callee = act;
            if state.way.link.is_none() {
                state.to = replica;
                self.counts_as_outstanding(from, replica);
            }
        }
        Ok(())
    }

    #[inline(never)]
    fn let_in_at_door(&mut self, system: &System, service: ServiceId, replica: u32, sending: &Sending) -> Result<Door, Outcome> {
        if !self.accepts(replica) {
            // It ends, and whoever sent this has not heard of it: the connection is refused.
            self.refused_by(service, replica);
            return Err(Outcome::Refused);
        }
        self.tally.services[service.at()].offered += 1;
        // A process that stands still cannot refuse: its kernel keeps what comes.
        let door = if self.is_paused(replica) { Door::In } else { self.at_the_door(system, replica, sending) };
        if door == Door::Refused {
            self.tally.services[service.at()].turned_away += 1;
            self.refused_by(service, replica);
            self.beat(sending.case, Part::Service(service), || super::Beat::TurnedAway);
            return Err(Outcome::Refused);
        }
        Ok(door)
    }
}
