//! How a caller chooses among the instances that it believes in, when there is more to it than who is up: stale lists,
//! connections that stay where they are, instances that are left out because they keep failing.

use super::World;
use super::chance::{Purpose, draw, mix};
use super::config::WORLD;
use super::directory::{Chosen, Endpoint};
use super::state::NOBODY;
use crate::Outcome;
use crate::system::{Balance, System};

/// A connection that all of a caller's requests go through.
#[derive(Debug, Clone, Copy)]
pub struct Pin {
    service: u16,
    of: Endpoint,
    life: u32,
    since: u64,
    age: u64,
    /// How many there were before it.
    number: u64,
}

/// What a caller has seen of an instance.
#[derive(Debug, Clone, Copy)]
pub struct Host {
    of: Endpoint,
    /// One after the other.
    failures: u32,
    times: u32,
    out_until: u64,
}

/// Envoy, outlier detection: `max_ejection_time`, and how often a host that behaves is forgiven once (`interval`).
const EJECTED_NS_MAX: u64 = 300_000_000_000;
/// From here on those that are not in the list any more are forgotten.
const HOSTS_MAX: usize = 1000;
const FORGIVEN_NS: u64 = 10_000_000_000;

impl World {
    /// Whether choosing takes more than asking who is up.
    #[inline]
    pub(super) fn chooses_by_belief(&self, system: &System, service: u16) -> bool {
        let def = &system.services[service as usize];
        def.discovery.is_some() || def.ejection.is_some() || matches!(def.balance, Balance::Pinned { .. })
    }

    pub(super) fn choose_by_belief(&mut self, system: &System, from: u32, service: u16, luck: u64) -> Chosen {
        let at = service as usize;
        if let Some(of) = self.pinned(system, from, service) {
            return Chosen::Replica(of.replica);
        }
        let known = self.believes(system, from, at);
        let fit = self.fit(system, from, at, known);
        let fit = self.share_of(at, fit, luck);
        if fit.is_empty() {
            return Chosen::Nobody;
        }
        let bits = draw(luck, service, Purpose::Balance);
        let first = (bits % fit.len() as u64) as usize;
        let load = |of: Endpoint| {
            let state = &self.replicas[of.replica as usize];
            if from == NOBODY {
                return state.busy + state.queue.len() as u32;
            }
            self.replicas[from as usize].outstanding.get(of.replica as usize).copied().unwrap_or(0)
        };
        let of = match system.services[at].balance {
            Balance::RoundRobin => {
                let turn = match from {
                    NOBODY => &mut self.services[at].turn,
                    from => &mut self.replicas[from as usize].turn[at],
                };
                let of = fit[*turn as usize % fit.len()];
                *turn = turn.wrapping_add(1);
                of
            }
            Balance::Random => fit[first],
            Balance::Pinned { .. } if from == NOBODY => fit[first],
            Balance::Pinned { .. } => return self.connects(system, from, service, &fit),
            Balance::TwoChoices if fit.len() > 1 => {
                let other = (first + 1 + (mix(bits, 2) % (fit.len() as u64 - 1)) as usize) % fit.len();
                if load(fit[other]) < load(fit[first]) { fit[other] } else { fit[first] }
            }
            Balance::TwoChoices | Balance::Least => {
                let turned = (0..fit.len()).map(|step| fit[(first + step) % fit.len()]);
                turned.min_by_key(|of| load(*of)).unwrap_or(fit[first])
            }
        };
        self.found(system, from, at, of)
    }

    /// Among those that a caller has not asked yet: the one with the least of its requests where the balancer goes by that,
    /// else any of them.
    pub(super) fn choose_another(&mut self, system: &System, from: u32, service: u16, luck: u64, asked: &[u32]) -> Option<u32> {
        let at = service as usize;
        let rest: Vec<u32> = if self.chooses_by_belief(system, service) {
            let known = self.believes(system, from, at);
            let fit = self.fit(system, from, at, known);
            self.share_of(at, fit, luck).into_iter().filter(|of| self.is_home(*of)).map(|of| of.replica).collect()
        } else if self.services[at].split.is_some() {
            self.choose_by_version(service, luck)
        } else {
            self.services[at].replicas.iter().copied().filter(|&replica| self.is_listed(replica)).collect()
        };
        let rest: Vec<u32> = rest.into_iter().filter(|replica| !asked.contains(replica)).collect();
        let first = (draw(mix(luck, 1 << 44), service, Purpose::Balance) % rest.len().max(1) as u64) as usize;
        let by_load = matches!(system.services[at].balance, Balance::Least | Balance::TwoChoices);
        let outstanding = &self.replicas.get(from as usize)?.outstanding;
        let load = |replica: u32| if by_load { outstanding.get(replica as usize).copied().unwrap_or(0) } else { 0 };
        let turned = (0..rest.len()).map(|step| rest[(first + step) % rest.len()]);
        match system.services[at].balance {
            // One connection: there is nowhere else.
            Balance::Pinned { .. } => None,
            _ => turned.min_by_key(|&replica| load(replica)),
        }
    }

    fn found(&mut self, system: &System, from: u32, service: usize, of: Endpoint) -> Chosen {
        if self.is_home(of) {
            return Chosen::Replica(of.replica);
        }
        self.host_answered(system, from, service, of, Outcome::Refused);
        let state = &self.replicas[of.replica as usize];
        Chosen::NotThere { silent: state.address != of.address || state.host_down }
    }

    /// The instance to which a caller's connection goes, while it lasts.
    fn pinned(&mut self, system: &System, from: u32, service: u16) -> Option<Endpoint> {
        if from == NOBODY || !matches!(system.services[service as usize].balance, Balance::Pinned { .. }) {
            return None;
        }
        let pins = &self.replicas[from as usize].pins;
        let pin = *pins.iter().find(|pin| pin.service == service)?;
        let lasts = pin.age == 0 || self.now - pin.since < pin.age;
        let same = self.replicas[pin.of.replica as usize].life == pin.life && self.is_home(pin.of);
        (lasts && same).then_some(pin.of)
    }

    /// A new connection, to whichever instance the balancer in between gives it.
    fn connects(&mut self, system: &System, from: u32, service: u16, fit: &[Endpoint]) -> Chosen {
        let Balance::Pinned { max_age } = system.services[service as usize].balance else {
            return Chosen::Nobody;
        };
        let before = self.replicas[from as usize].pins.iter().position(|pin| pin.service == service);
        let number = before.map_or(0, |at| self.replicas[from as usize].pins[at].number + 1);
        let who = u64::from(self.replicas[from as usize].address);
        let luck = mix(mix(self.setup.seed, who | u64::from(service) << 32), number | 47 << 40);
        let of = fit[(draw(luck, service, Purpose::Balance) % fit.len() as u64) as usize];
        let age = match self.configs.get(WORLD, max_age) as u64 {
            0 => 0,
            age => self.connection_age(age, luck).max(1),
        };
        let life = self.replicas[of.replica as usize].life;
        let pin = Pin { service, of, life, since: self.now, age, number };
        let pins = &mut self.replicas[from as usize].pins;
        match before {
            Some(at) => pins[at] = pin,
            None => pins.push(pin),
        }
        self.found(system, from, service as usize, of)
    }

    /// Without those that are left out; all, when nobody would be left.
    fn fit(&self, system: &System, from: u32, service: usize, known: Vec<Endpoint>) -> Vec<Endpoint> {
        if system.services[service].ejection.is_none() {
            return known;
        }
        let hosts = self.hosts(from, service);
        let out = |of: &Endpoint| hosts.iter().any(|host| host.of == *of && host.out_until > self.now);
        let fit: Vec<Endpoint> = known.iter().copied().filter(|of| !out(of)).collect();
        if fit.is_empty() { known } else { fit }
    }

    /// While requests are shared between versions: those of the version that the draw falls on, or all when there is none.
    fn share_of(&self, service: usize, fit: Vec<Endpoint>, luck: u64) -> Vec<Endpoint> {
        let Some((to, new)) = self.draws_version(service, luck) else { return fit };
        let of: Vec<Endpoint> = fit.iter().copied().filter(|of| (self.replicas[of.replica as usize].version == to.0) == new).collect();
        if of.is_empty() { fit } else { of }
    }

    fn hosts(&self, from: u32, service: usize) -> &Vec<Host> {
        match from {
            NOBODY => &self.services[service].hosts,
            from => &self.replicas[from as usize].hosts,
        }
    }

    /// An attempt of a caller at an instance has come to something.
    pub(super) fn host_answered(&mut self, system: &System, from: u32, service: usize, of: Endpoint, outcome: Outcome) {
        let Some(ejection) = system.services[service].ejection else {
            return;
        };
        let of_world = |param| self.configs.get(WORLD, param);
        let after = of_world(ejection.after).max(1) as u32;
        let base = of_world(ejection.base) as u64;
        let most = f64::from_bits(of_world(ejection.most) as u64);
        let now = self.now;
        let known = self.believes(system, from, service);
        let hosts = match from {
            NOBODY => &mut self.services[service].hosts,
            from => &mut self.replicas[from as usize].hosts,
        };
        if hosts.len() > HOSTS_MAX {
            hosts.retain(|host| known.contains(&host.of));
        }
        let at = hosts.iter().position(|host| host.of == of).unwrap_or_else(|| {
            hosts.push(Host { of, failures: 0, times: 0, out_until: 0 });
            hosts.len() - 1
        });
        if !matches!(outcome, Outcome::Failed | Outcome::Refused | Outcome::Unknown) {
            hosts[at].failures = 0;
            return;
        }
        hosts[at].failures += 1;
        if hosts[at].failures < after || hosts[at].out_until > now {
            return;
        }
        let out = hosts.iter().filter(|host| host.out_until > now && known.contains(&host.of)).count();
        if out > 0 && (out + 1) as f64 > most * known.len() as f64 {
            return;
        }
        let host = &mut hosts[at];
        let forgiven = if host.times == 0 { 0 } else { (now - host.out_until) / FORGIVEN_NS };
        host.times = host.times.saturating_sub(forgiven.min(u64::from(u32::MAX)) as u32) + 1;
        host.failures = 0;
        host.out_until = now + base.saturating_mul(u64::from(host.times)).min(EJECTED_NS_MAX.max(base));
        self.note(22 << 40, u64::from(of.address));
    }
}
