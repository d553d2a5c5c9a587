//! What is on its way between two parts: it takes time, and where nothing gets through it waits, as TCP has it.
//!
//! A packet that is lost, or that meets a cut, is sent again: after SRTT + 200 ms, then twice as long each time, up to two
//! minutes (RFC 6298; Linux `TCP_RTO_MIN`, `TCP_RTO_MAX`). So a loss is a delay, and what was under way when a link was cut
//! arrives after the cut has healed, whether or not anybody still waits for it. What is *lost* (a proxy or a firewall
//! between them dropped the connection) arrives never, and nobody says so.

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, draw, happens, mix};
use super::config::WORLD;
use super::queue::Kind;
use super::sending::{Sending, Sent};
use super::store_links::Place;
use super::topics::Outgoing;
use super::traffic::luck_of_click;
use super::state::{Caller, Flight, From, NOBODY, Request};
use super::stopped::{IN_FLIGHT, Why};
use super::story::Part;
use crate::Outcome;
use crate::system::{CUT_BACK, CUT_THERE, End, LinkId, ServiceId, System};

/// Linux `TCP_RTO_MIN`, on top of the round trip, and `TCP_RTO_MAX`.
const RTO_NS: u64 = 200_000_000;
const RTO_MAX_NS: u64 = 120_000_000_000;
/// A first SYN is sent again after a second (RFC 6298, 2.1), six times in all (Linux `tcp_syn_retries`): 127 s.
const SYN_RTO_NS: u64 = 1_000_000_000;
const DOUBLINGS_MAX: u16 = 20;

/// Marks a connection that is not going to open: its time is up at its next arrival.
const IN_VAIN: u16 = u16::MAX;

/// Something under way.
#[derive(Debug, Clone)]
pub struct Transit {
    pub link: LinkId,
    pub back: bool,
    /// Of those who ask; `NOBODY` where they are no replica.
    pub replica: u32,
    pub luck: u64,
    pub tries: u16,
    pub latency: u64,
    pub sent: u64,
    pub cargo: Cargo,
}

#[derive(Debug, Clone)]
pub enum Cargo {
    /// A connection opens, and then the request is sent.
    Opens { flight: Ref, attempt: u16, until: u64, luck: u64, request: Box<Cargo> },
    Call { sent: Box<Sent>, to: u32, life: u32 },
    Ask { request: Box<Request>, key: Option<i64> },
    Answer { flight: Ref, attempt: u16, outcome: Outcome, result: u32 },
    HookAnswer { hook: Ref, attempt: u16, outcome: Outcome },
    Cancel(Ref),
    Publish { outgoing: Box<Outgoing>, act: Ref },
    Published { act: Ref, outcome: Outcome },
    /// What a consumer has handled.
    Ack { group: u16, partition: u16, stamp: u32, outcome: Outcome },
    /// A transaction that sets out for its store.
    Begin(Ref),
    /// What a store has answered to COMMIT: the activation goes on, and its place in the pool is free again.
    Committed { act: Ref, place: Option<Place> },
    /// An event that takes place once something gets through.
    Later { kind: Kind, of: Ref },
}

impl Cargo {
    /// Whose case it keeps from being given back.
    fn case(&self) -> Option<u32> {
        match self {
            Cargo::Opens { request, .. } => request.case(),
            Cargo::Call { sent, .. } => Some(sent.sending.case),
            Cargo::Ask { request, .. } => Some(request.case),
            Cargo::Publish { outgoing, .. } => Some(outgoing.case),
            Cargo::Answer { .. }
            | Cargo::HookAnswer { .. }
            | Cargo::Cancel(_)
            | Cargo::Published { .. }
            | Cargo::Ack { .. }
            | Cargo::Begin(_)
            | Cargo::Committed { .. }
            | Cargo::Later { .. } => None,
        }
    }

    /// What is only ever sent, and not sent again by whoever sent it.
    fn can_be_lost(&self) -> bool {
        matches!(self, Cargo::Call { .. } | Cargo::Ask { .. } | Cargo::Answer { .. } | Cargo::HookAnswer { .. } | Cargo::Cancel(_))
    }
}

impl World {
    /// The link that a flight, or a webhook, takes to its target.
    pub(super) fn way_to(&self, system: &System, caller: Caller, replica: u32, to: End) -> Option<LinkId> {
        if system.links.is_empty() {
            return None;
        }
        let from = match caller {
            _ if replica != NOBODY => End::Service(ServiceId(self.replicas[replica as usize].service)),
            Caller::Flight { flight, .. } => match self.flights[flight.at].from {
                From::Click { client, .. } => End::Client(crate::system::ClientId(client)),
                From::Act(_) => return None,
            },
            Caller::Hook { hook, .. } => End::Provider(crate::system::ProviderId(self.hooks[hook.at].provider)),
            _ => return None,
        };
        system.link(from, to)
    }

    /// Whether nothing gets through in this direction.
    pub(super) fn is_cut(&self, system: &System, link: LinkId, back: bool, replica: u32) -> bool {
        let def = &system.links[link.at()];
        let cut = self.configs.get(WORLD, def.cut) & if back { CUT_BACK } else { CUT_THERE };
        if cut == 0 {
            return false;
        }
        let only = self.configs.get(WORLD, def.cut_replicas);
        only == 0 || replica == NOBODY || i64::from(self.number_in_service(replica)) <= only
    }

    pub(super) fn one_way(&self, system: &System, link: LinkId, luck: u64, purpose: Purpose) -> u64 {
        let def = &system.links[link.at()];
        self.world_duration(system, def.latency, luck, def.step, purpose)
    }

    fn packet_lost(&self, system: &System, transit: &Transit) -> bool {
        let def = &system.links[transit.link.at()];
        let share = f64::from_bits(self.configs.get(WORLD, def.loss) as u64);
        let luck = mix(transit.luck, u64::from(transit.tries) << 1 | u64::from(transit.back));
        happens(draw(luck, def.step.0, Purpose::Packet), share)
    }

    /// Whether nothing gets to the other end now: then what is to go there waits.
    pub(super) fn is_held_up(&mut self, system: &System, link: LinkId, replica: u32, luck: u64, cargo: Cargo) -> bool {
        let cut = self.is_cut(system, link, false, replica);
        if cut {
            self.waits_for_way(system, link, replica, luck, cargo);
        }
        cut
    }

    /// It was sent in vain once, and is sent again.
    pub(super) fn waits_for_way(&mut self, system: &System, link: LinkId, replica: u32, luck: u64, cargo: Cargo) {
        self.tally.links[link.at()].sent += 1;
        let latency = self.one_way(system, link, luck, Purpose::Way);
        let transit = Transit { link, back: false, replica, luck, tries: 1, latency, sent: self.now, cargo };
        let of = self.transits.put(transit);
        self.after(RTO_NS + 2 * latency, Kind::Arrives, of);
    }

    /// Puts something on its way.
    pub(super) fn depart(&mut self, system: &System, link: LinkId, back: bool, replica: u32, luck: u64, cargo: Cargo) -> Option<Ref> {
        self.depart_after(system, link, back, replica, luck, 0, cargo)
    }

    /// Puts something on its way after a time.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn depart_after(&mut self, system: &System, link: LinkId, back: bool, replica: u32, luck: u64, after: u64, cargo: Cargo) -> Option<Ref> {
        let def = &system.links[link.at()];
        let (share, purpose) = match back {
            false => (def.lost_request, Purpose::Lost),
            true => (def.lost_answer, Purpose::LostAnswer),
        };
        self.tally.links[link.at()].sent += 1;
        let lost = happens(draw(luck, def.step.0, purpose), f64::from_bits(self.configs.get(WORLD, share) as u64));
        if lost && cargo.can_be_lost() {
            self.tally.links[link.at()].lost += 1;
            return None;
        }
        if let Some(case) = cargo.case() {
            self.hold(case);
        }
        let latency = match cargo {
            // There and back: the request can leave once it has been heard of.
            Cargo::Opens { .. } => {
                self.one_way(system, link, luck, Purpose::Way) + self.one_way(system, link, luck, Purpose::WayBack)
            }
            _ if back => self.one_way(system, link, luck, Purpose::WayBack),
            _ => self.one_way(system, link, luck, Purpose::Way),
        };
        let transit = Transit { link, back, replica, luck, tries: 0, latency, sent: self.now + after, cargo };
        let of = self.transits.put(transit);
        if self.transits.count() > IN_FLIGHT {
            self.stop(Why::Requests);
        }
        self.after(after + latency, Kind::Arrives, of);
        Some(of)
    }

    /// It should be there now, unless it was dropped on the way: then it is sent again.
    pub(super) fn arrives(&mut self, system: &System, of: Ref) {
        let Some(transit) = self.transits.get(of) else {
            return;
        };
        let Transit { link, back, replica, tries, latency, sent, .. } = *transit;
        let opens = match transit.cargo {
            Cargo::Opens { until, .. } => Some(until),
            _ => None,
        };
        let dropped = self.is_cut(system, link, back, replica)
            || opens.is_some() && self.is_cut(system, link, !back, replica)
            || self.packet_lost(system, transit);
        if tries == IN_VAIN || !dropped {
            return self.is_there(system, of, tries == IN_VAIN);
        }
        self.tally.links[link.at()].sent_again += 1;
        let doubled = |first: u64| first.saturating_mul(1 << tries.min(DOUBLINGS_MAX)).min(RTO_MAX_NS);
        if tries == 0 {
            self.tells_not_through(of);
        }
        let transit = &mut self.transits[of.at];
        transit.tries += 1;
        if let Some(until) = opens {
            let mut next = self.now + doubled(SYN_RTO_NS);
            if next >= until {
                (transit.tries, next) = (IN_VAIN, until.max(self.now));
            }
            return self.queue.push(next, Kind::Arrives, of.at, of.generation);
        }
        let next = self.now + doubled(RTO_NS + 2 * latency);
        let gives_up = self.configs.get(WORLD, system.links[link.at()].gives_up) as u64;
        if next > sent.saturating_add(gives_up) {
            self.transits[of.at].tries = IN_VAIN;
            let at = sent.saturating_add(gives_up).max(self.now);
            return self.queue.push(at, Kind::Arrives, of.at, of.generation);
        }
        self.queue.push(next, Kind::Arrives, of.at, of.generation);
    }

    /// It has arrived; or, in vain, whoever sent it is told by his own machine that it has not.
    fn is_there(&mut self, system: &System, of: Ref, in_vain: bool) {
        let Transit { link, replica, luck, cargo, .. } = self.transits[of.at].clone();
        self.transits.free(of.at);
        let case = cargo.case();
        let counts = &mut self.tally.links[link.at()];
        match in_vain {
            true => counts.given_up += 1,
            false => counts.arrived += 1,
        }
        match cargo {
            Cargo::Opens { flight, attempt, luck, request, .. } => {
                self.opened(system, link, replica, luck, flight, attempt, *request, in_vain)
            }
            Cargo::Call { sent, .. } if in_vain => self.not_delivered(system, sent.sending.caller),
            Cargo::Ask { request, .. } if in_vain => {
                self.not_delivered(system, Caller::Flight { flight: request.flight, attempt: request.attempt })
            }
            Cargo::Answer { .. } | Cargo::HookAnswer { .. } | Cargo::Cancel(_) if in_vain => {}
            Cargo::Publish { act, .. } | Cargo::Published { act, .. } if in_vain => {
                self.publish_is_heard(system, act, Outcome::Unknown);
            }
            Cargo::Publish { outgoing, act } => self.publish_arrives(system, link, replica, luck, &outgoing, act),
            Cargo::Published { act, outcome } => self.publish_is_heard(system, act, outcome),
            Cargo::Ack { group, partition, stamp, outcome } => self.message_done(system, group, partition, stamp, outcome),
            Cargo::Later { kind: Kind::Published, of } => self.publish_is_due(system, of, in_vain),
            Cargo::Later { of, .. } => self.commit_is_due(system, of, in_vain),
            Cargo::Committed { act, place } => self.hears_of_commit(system, act, place, in_vain),
            Cargo::Begin(of) => self.reaches_store(system, of, in_vain),
            Cargo::Call { sent, to, life } => self.call_arrives(system, replica, &sent.with_args(), to, life),
            Cargo::Ask { request, key } => {
                let (flight, attempt) = (request.flight, request.attempt);
                if let Err(outcome) = self.takes_request(system, *request, key) {
                    self.answer_flight(system, flight, attempt, outcome, NOBODY);
                }
            }
            Cargo::Answer { flight, attempt, outcome, result } => {
                self.connection_rests(flight, attempt, outcome);
                self.attempt_done(system, flight, attempt, outcome, result);
            }
            Cargo::HookAnswer { hook, attempt, outcome } => self.hook_answered(system, hook, attempt, outcome),
            Cargo::Cancel(act) => self.cancelled(system, act),
        }
        if let Some(case) = case {
            self.release(case);
        }
    }

    /// The kernel gave up sending (Linux `tcp_retries2`, or TCP_USER_TIMEOUT): the connection is broken, and whether what was
    /// sent has arrived nobody can say.
    fn not_delivered(&mut self, system: &System, caller: Caller) {
        match caller {
            Caller::Flight { flight, attempt } => self.attempt_done(system, flight, attempt, Outcome::Unknown, NOBODY),
            Caller::Hook { hook, attempt } => self.hook_answered(system, hook, attempt, Outcome::Unknown),
            _ => {}
        }
    }

    /// A request has come to the machine of the replica that was chosen for it.
    fn call_arrives(&mut self, system: &System, from: u32, sending: &Sending, to: u32, life: u32) {
        let caller = sending.caller;
        let replica = &self.replicas[to as usize];
        let service = ServiceId(replica.service);
        let outcome = if replica.life != life {
            // The process that had the connection is gone: the answer is a reset, whoever listens there now.
            Outcome::Unknown
        } else if !self.accepts(to) {
            self.telemetry.now.refused(service.0);
            Outcome::Refused
        } else {
            match self.take_in(system, from, to, sending) {
                Ok(()) => return,
                Err(outcome) => outcome,
            }
        };
        self.answer_caller(system, caller, outcome, NOBODY);
    }

    /// The answer to an attempt leaves for its caller, or is there at once.
    pub(super) fn answer_flight(&mut self, system: &System, flight: Ref, attempt: u16, outcome: Outcome, result: u32) {
        let Some(waiting) = self.flights.get(flight) else { return };
        let (Some(link), true) = (waiting.way.link, waiting.attempt == attempt) else {
            return self.attempt_is_done(system, flight, attempt, outcome, result);
        };
        let &Flight { replica, luck, call, .. } = waiting;
        let luck = if call == NOBODY { luck_of_click(luck, attempt) } else { mix(luck, u64::from(attempt)) };
        self.depart(system, link, true, replica, luck, Cargo::Answer { flight, attempt, outcome, result });
    }

    /// Takes back what is on its way: its connection was closed by whoever sent it.
    pub(super) fn withdraw(&mut self, of: Ref) {
        let Some(transit) = self.transits.get(of) else { return };
        let (link, case) = (transit.link, transit.cargo.case());
        self.tally.links[link.at()].withdrawn += 1;
        self.transits.free(of.at);
        if let Some(case) = case {
            self.release(case);
        }
    }

    pub(super) fn part_of_caller(&self, flight: Ref) -> Part {
        match self.flights[flight.at] {
            Flight { from: From::Click { client, .. }, .. } => Part::Client(crate::system::ClientId(client)),
            Flight { replica, .. } => Part::Service(ServiceId(self.replicas[replica as usize].service)),
        }
    }
}
