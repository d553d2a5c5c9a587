//! How a request finds an instance and comes to its door.

use smallvec::SmallVec;

use super::{PRIORITY, World};
use super::arena::Ref;
use super::chance::{Purpose, draw, mix};
use super::directory::Chosen;
use super::lines::Door;
use super::links::Cargo;
use super::replicas::ServiceState;
use super::state::{Act, Caller, Health, NOBODY};
use super::story::{NoWay, Part};
use crate::Outcome;
use crate::system::{Balance, End, HandlerId, LinkId, ServiceId, System};

/// What a handler's first registers are given.
pub type Args = SmallVec<[i64; 4]>;

/// A handler to start, and for whom.
#[derive(Debug, Clone, Copy)]
pub struct Sending<'a> {
    pub handler: HandlerId,
    /// What its first registers hold.
    pub args: &'a [i64],
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
    pub fn without_caller(sending: &Sending, replica: u32, pc: u32, now: u64, holds_worker: bool) -> Act {
        Act {
            handler: sending.handler.0,
            replica,
            pc,
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
            caller: Caller::Nobody,
            flight: None,
            fork: NOBODY,
            filling: NOBODY,
            tx: None,
            tries: 0,
            owed: 0,
        }
    }
}

impl<'a> Sending<'a> {
    /// Of what nobody has said a deadline, a click or a priority for.
    pub fn new(handler: HandlerId, args: &'a [i64], caller: Caller, case: u32, luck: u64) -> Sending<'a> {
        Sending { handler, args, caller, case, luck, deadline: u64::MAX, checks: false, click: 0, priority: PRIORITY, saga_attempt: 0 }
    }
}

/// A handler to start that is on its way, with its arguments.
#[derive(Debug, Clone)]
pub struct Sent {
    pub sending: Sending<'static>,
    args: Args,
}

impl Sent {
    pub fn of(sending: &Sending) -> Sent {
        Sent { args: sending.args.into(), sending: Sending { args: &[], ..*sending } }
    }

    pub fn with_args(&self) -> Sending<'_> {
        Sending { args: &self.args, ..self.sending }
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

    /// The next that is listed, as the caller goes round: as a rule the first that is looked at.
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn next_in_turn(&mut self, from: u32, service: u16) -> Option<u32> {
        let ServiceState { turn, replicas, .. } = &mut self.services[service as usize];
        let turn = match from {
            NOBODY => turn,
            from => &mut self.replicas[from as usize].turn[service as usize],
        };
        let begin = *turn;
        let at = if usize::from(begin) < replicas.len() { usize::from(begin) } else { usize::from(begin).checked_rem(replicas.len())? };
        let replica = replicas[at];
        *turn = if at + 1 == replicas.len() { 0 } else { at as u16 + 1 };
        if self.is_listed(replica) { Some(replica) } else { self.turn_further(from, service, begin) }
    }

    /// Whoever comes after one that is not listed; when nobody is, it stays whose turn it was.
    #[cold]
    fn turn_further(&mut self, from: u32, service: u16, begin: u16) -> Option<u32> {
        let all = &self.services[service as usize].replicas;
        let places = (0..all.len()).map(|step| (usize::from(begin) + step) % all.len());
        let found = places.map(|at| (at, all[at])).find(|(_, replica)| self.is_listed(*replica));
        let turn = found.map_or(begin, |(at, _)| ((at + 1) % all.len()) as u16);
        match from {
            NOBODY => self.services[service as usize].turn = turn,
            from => self.replicas[from as usize].turn[service as usize] = turn,
        }
        found.map(|(_, replica)| replica)
    }

    /// Sends a request to some replica of the handler's service. `Err` when it is certain that nothing was started.
    /// Of a flight that started, the replica is in the flight's `to`.
    #[inline(never)]
    pub(super) fn send(&mut self, system: &System, from: u32, sending: &Sending) -> Result<(), Outcome> {
        let service = system.handlers[sending.handler.at()].service;
        if self.services[service.at()].all_go_round() {
            return match self.next_in_turn(from, service.0) {
                Some(replica) => self.goes_to(system, from, replica, sending),
                None => self.nobody_chosen(system, from, sending, Chosen::Nobody),
            };
        }
        match self.choice(system, from, sending) {
            Chosen::Replica(replica) => self.go_to(system, from, replica, sending),
            nobody => self.nobody_chosen(system, from, sending, nobody),
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
        self.go_to(system, from, replica, sending)
    }

    #[inline(never)]
    fn choice(&mut self, system: &System, from: u32, sending: &Sending) -> Chosen {
        let service = system.handlers[sending.handler.at()].service;
        let chosen = if self.services[service.at()].all_go_round() {
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

    #[inline(never)]
    fn go_to(&mut self, system: &System, from: u32, replica: u32, sending: &Sending) -> Result<(), Outcome> {
        self.goes_to(system, from, replica, sending)
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn goes_to(&mut self, system: &System, from: u32, replica: u32, sending: &Sending) -> Result<(), Outcome> {
        let service = system.handlers[sending.handler.at()].service;
        if !system.links.is_empty()
            && let Some(link) = self.way_to(system, sending.caller, from, End::Service(service))
        {
            self.leaves_for(system, link, from, replica, sending);
            return Ok(());
        }
        let taken = self.takes_in(system, from, replica, sending);
        if let Err(outcome) = taken
            && system.services[service.at()].ejection.is_some()
        {
            self.host_answered(system, from, service.at(), self.endpoint(replica), outcome);
        }
        taken
    }

    /// Sends a request to a replica over a link.
    fn leaves_for(&mut self, system: &System, link: LinkId, from: u32, to: u32, sending: &Sending) {
        let (luck, life) = (sending.luck, self.replicas[to as usize].life);
        let caller = sending.caller;
        let call = Cargo::Call { sent: Box::new(Sent::of(sending)), to, life };
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
    #[inline(never)]
    pub(super) fn take_in(&mut self, system: &System, from: u32, replica: u32, sending: &Sending) -> Result<(), Outcome> {
        self.takes_in(system, from, replica, sending)
    }

    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    fn takes_in(&mut self, system: &System, from: u32, replica: u32, sending: &Sending) -> Result<(), Outcome> {
        let of = &mut self.replicas[replica as usize];
        let service = ServiceId(of.service);
        let now = self.configs.service(of.config, of.service);
        // Most stand at a door that is open, and somebody is free, or there is a plain queue.
        let open = self.paused == 0 && of.health == Health::Up && now.open;
        let act = if open && i64::from(of.busy) < now.workers {
            of.busy += 1;
            let tally = &mut self.tally.services[service.at()];
            tally.offered += 1;
            tally.busy(self.now, 1);
            let act = self.makes(system, replica, sending, true);
            self.ready.push(act);
            self.beat_begins(system, act);
            act
        } else if open && now.in_order && (of.queue.len() as i64) < now.queue && of.line.outside.is_empty() {
            self.tally.services[service.at()].offered += 1;
            let act = self.make(system, replica, sending);
            self.lines_up(act, replica);
            act
        } else {
            let door = self.let_in_at_door(system, service, replica, sending)?;
            self.come_in(system, replica, sending, door)
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
