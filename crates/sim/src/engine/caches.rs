//! Caches: what is kept in front of something slower, for how long, and who fetches what is missing.
//!
//! A look-up finds an entry or runs the steps behind it; what those brought into the handler is kept. An entry of a cache in the
//! process is gone with it. Least recently used entries make room. Stale entries may be served while one look-up fetches anew, or
//! when fetching fails (RFC 5861); that something is missing may be kept as well (RFC 2308). Without `single_flight` everybody who
//! misses fetches for himself; with it, those of one replica wait for the first (Go, `singleflight`) and share what it comes to.

use smallvec::SmallVec;

use super::World;
use super::arena::{Arena, Ref};
use super::chance::{Purpose, draw, mix, unit};
use super::config::WORLD;
use super::index::Index;
use super::listen::Who;
use super::sending::Sending;
use super::run::Then;
use super::state::{Act, Caller, NOBODY};
use super::story::Part;
use crate::Outcome;
use crate::system::{CacheId, HandlerId, LookupId, ServiceId, System};

/// One cache, least recently used last.
#[derive(Debug, Clone, Default)]
pub struct CacheState {
    entries: Arena<Entry>,
    index: Index,
    /// The most and the least recently used.
    ends: Option<(u32, u32)>,
}

#[derive(Debug, Clone)]
struct Entry {
    key: i64,
    values: SmallVec<[i64; 2]>,
    outcome: Outcome,
    fresh_until: u64,
    newer: u32,
    older: u32,
}

#[derive(Debug, Clone)]
pub struct Filling {
    lookup: LookupId,
    key: i64,
    /// Others look for it in the replica's list.
    listed: bool,
    /// Nobody waits for it: it makes a stale entry fresh.
    aside: bool,
    waiting: SmallVec<[Ref; 2]>,
}

/// Look-ups of a cache since the beginning of a run, over all replicas where each has its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CacheTally {
    /// Answered by an entry, stale ones included.
    pub hits: u64,
    /// Not answered by an entry: those that wait for another look-up of the key to fetch it are among them.
    pub misses: u64,
    /// Answered with an entry that is older than its time to live: the hits within `Cache::stale`, and entries that stood
    /// in for a failed fetch within `Cache::on_error`.
    pub stale: u64,
    /// Entries that had to go because the cache was full, the least recently used first.
    pub evicted: u64,
}

fn hash(key: i64) -> u64 {
    mix(key as u64, 31)
}

impl CacheState {
    pub fn len(&self) -> usize {
        self.entries.count()
    }

    fn find(&self, key: i64) -> Option<u32> {
        self.index.find(hash(key), |at| self.entries[at].key == key)
    }

    fn unlink(&mut self, at: u32) {
        let Entry { newer, older, .. } = self.entries[at];
        if newer != NOBODY {
            self.entries[newer].older = older;
        }
        if older != NOBODY {
            self.entries[older].newer = newer;
        }
        if let Some((first, last)) = self.ends {
            let ends = (if first == at { older } else { first }, if last == at { newer } else { last });
            self.ends = (ends.0 != NOBODY).then_some(ends);
        }
    }

    fn link_first(&mut self, at: u32) {
        let (first, last) = self.ends.unwrap_or((NOBODY, at));
        (self.entries[at].newer, self.entries[at].older) = (NOBODY, first);
        if first != NOBODY {
            self.entries[first].newer = at;
        }
        self.ends = Some((at, last));
    }

    fn touch(&mut self, at: u32) {
        self.unlink(at);
        self.link_first(at);
    }

    fn remove(&mut self, at: u32) {
        self.unlink(at);
        self.index.remove(hash(self.entries[at].key), at);
        self.entries.free(at);
    }

    /// How many had to go for it.
    fn keep(&mut self, key: i64, values: SmallVec<[i64; 2]>, outcome: Outcome, fresh_until: u64, capacity: usize) -> u64 {
        if let Some(at) = self.find(key) {
            self.remove(at);
        }
        let mut evicted = 0;
        while self.len() >= capacity.max(1) && let Some((_, last)) = self.ends {
            self.remove(last);
            evicted += 1;
        }
        if capacity > 0 {
            let at = self.entries.put(Entry { key, values, outcome, fresh_until, newer: NOBODY, older: NOBODY }).at;
            self.index.insert(hash(key), at);
            self.link_first(at);
        }
        evicted
    }
}

impl World {
    fn cache(&mut self, system: &System, replica: u32, cache: CacheId) -> &mut CacheState {
        if system.caches[cache.at()].shared {
            return &mut self.caches[cache.at()];
        }
        let own = &mut self.replicas[replica as usize].caches;
        if own.is_empty() {
            own.resize(system.caches.len(), CacheState::default());
        }
        &mut own[cache.at()]
    }

    pub(super) fn look_up_cache(&mut self, system: &System, act: Ref, which: LookupId) -> Then {
        let def = &system.lookups[which.at()];
        let cache = &system.caches[def.cache.at()];
        let key = self.fill(system, act.at, def.key, None);
        let (now, replica) = (self.now, self.acts[act.at].replica);
        let stale = self.configs.get(WORLD, cache.stale) as u64;
        let state = self.cache(system, replica, def.cache);
        let found = state.find(key).filter(|at| state.entries[*at].fresh_until.saturating_add(stale) > now);
        if let Some(at) = found {
            state.touch(at);
            let old = state.entries[at].fresh_until <= now;
            self.serve_kept(system, act, which, replica, at);
            let (case, part) = (self.acts[act.at].case, Part::Service(ServiceId(self.replicas[replica as usize].service)));
            self.beat_by(Who::act(act), case, part, || super::Beat::Remembers { cache: def.cache, stale: old });
            let tally = &mut self.tally.caches[def.cache.at()];
            tally.hits += 1;
            tally.stale += u64::from(old);
            if old && !self.replicas[replica as usize].filling.contains_key(&(def.cache.0, key)) {
                self.freshen(system, act, which, key);
            }
            return Then::GoesOn;
        }
        self.tally.caches[def.cache.at()].misses += 1;
        let listed = self.configs.get(WORLD, cache.single_flight) != 0;
        if listed && let Some(filling) = self.replicas[replica as usize].filling.get(&(def.cache.0, key)) {
            self.fillings[*filling].waiting.push(act);
            return Then::Waits;
        }
        self.fills(act, Filling { lookup: which, key, listed, aside: false, waiting: SmallVec::new() }, def.cache);
        self.acts[act.at].outcome = Outcome::Ok;
        Then::GoesOn
    }

    fn fills(&mut self, act: Ref, filling: Filling, cache: CacheId) {
        let (key, listed) = (filling.key, filling.listed);
        let at = self.fillings.put(filling).at;
        self.acts[act.at].filling = at;
        if listed {
            let replica = self.acts[act.at].replica;
            self.replicas[replica as usize].filling.insert((cache.0, key), at);
        }
    }

    /// An entry is what the look-up comes to.
    fn serve_kept(&mut self, system: &System, act: Ref, which: LookupId, replica: u32, at: u32) {
        let def = &system.lookups[which.at()];
        let entry = &self.cache(system, replica, def.cache).entries[at];
        let (values, outcome) = (entry.values.clone(), entry.outcome);
        def.values.iter().zip(&values).for_each(|(&reg, &value)| self.registers[(act.at, reg)] = value);
        let state = &mut self.acts[act.at];
        state.outcome = outcome;
        state.pc = def.put + 1;
    }

    /// Fetches anew, beside the request that was given a stale entry.
    fn freshen(&mut self, system: &System, act: Ref, which: LookupId, key: i64) {
        let def = &system.lookups[which.at()];
        let Act { handler, case, luck, click, saga_attempt, priority, replica, .. } = self.acts[act.at];
        let args = self.registers.of(act.at).to_vec();
        let sending = Sending {
            click,
            saga_attempt,
            priority,
            ..Sending::new(HandlerId(handler), &args, Caller::Nobody, case, mix(luck, u64::from(def.step.0) | 1 << 44))
        };
        let aside = self.begin_aside(system, replica, &sending, def.miss);
        self.acts[aside.at].answered = true;
        self.fills(aside, Filling { lookup: which, key, listed: true, aside: true, waiting: SmallVec::new() }, def.cache);
    }

    /// Where an activation goes on whose fetching has failed.
    pub(super) fn fails_to_fill(&self, system: &System, filling: u32) -> u32 {
        system.lookups[self.fillings[filling].lookup.at()].put
    }

    /// The steps behind a look-up are through: what they came to is kept, and given to those who wait for it.
    pub(super) fn fill_cache(&mut self, system: &System, act: Ref, which: LookupId) -> Then {
        let Some(Filling { key, aside, waiting, .. }) = self.unlist(system, act) else { return Then::GoesOn };
        let def = &system.lookups[which.at()];
        let cache = &system.caches[def.cache.at()];
        let param = |world: &World, param| world.configs.get(WORLD, param);
        let Act { outcome, replica, luck, .. } = self.acts[act.at];
        let lasts = match outcome {
            Outcome::Ok => Some(param(self, cache.ttl) as u64),
            Outcome::Missing => Some(param(self, cache.negative) as u64).filter(|ttl| *ttl > 0),
            _ => None,
        };
        let now = self.now;
        if let Some(ttl) = lasts {
            let jitter = f64::from_bits(param(self, cache.jitter) as u64).min(1.0);
            let shorter = (ttl as f64 * jitter * unit(draw(luck, def.step.0, Purpose::Ttl))) as u64;
            let until = if ttl == 0 { u64::MAX } else { now.saturating_add(ttl - shorter) };
            let values = def.values.iter().map(|&reg| self.registers[(act.at, reg)]).collect();
            let capacity = param(self, cache.capacity).max(0) as usize;
            let evicted = self.cache(system, replica, def.cache).keep(key, values, outcome, until, capacity);
            self.tally.caches[def.cache.at()].evicted += evicted;
        } else if matches!(outcome, Outcome::Failed | Outcome::Refused | Outcome::Unknown) {
            let on_error = param(self, cache.on_error) as u64;
            let state = self.cache(system, replica, def.cache);
            let old = state.find(key).filter(|at| state.entries[*at].fresh_until.saturating_add(on_error) > now);
            if let Some(at) = old {
                self.tally.caches[def.cache.at()].stale += 1;
                self.serve_kept(system, act, which, replica, at);
            }
        }
        let outcome = self.acts[act.at].outcome;
        for other in waiting {
            if let Some(state) = self.acts.get_mut(other) {
                state.outcome = outcome;
                state.pc = def.put + 1;
                def.values.iter().for_each(|&reg| self.registers[(other.at, reg)] = self.registers[(act.at, reg)]);
                self.ready.push(other);
            }
        }
        if aside { Then::Ended } else { Then::GoesOn }
    }

    fn unlist(&mut self, system: &System, act: Ref) -> Option<Filling> {
        let at = std::mem::replace(&mut self.acts[act.at].filling, NOBODY);
        if at == NOBODY {
            return None;
        }
        let filling = self.fillings[at].clone();
        self.fillings.free(at);
        if filling.listed {
            let cache = system.lookups[filling.lookup.at()].cache;
            let replica = self.acts[act.at].replica;
            self.replicas[replica as usize].filling.remove(&(cache.0, filling.key));
        }
        Some(filling)
    }

    /// Whoever fetched has ended in the middle of it: those who wait look again, and one of them fetches.
    pub(super) fn stops_filling(&mut self, system: &System, act: Ref) {
        let Some(filling) = self.unlist(system, act) else { return };
        let get = system.lookups[filling.lookup.at()].get;
        for other in filling.waiting {
            if let Some(state) = self.acts.get_mut(other) {
                state.pc = get;
                self.ready.push(other);
            }
        }
    }

    /// All that it kept is gone.
    pub(super) fn empty_cache(&mut self, cache: CacheId) {
        self.caches[cache.at()] = CacheState::default();
        for replica in &mut self.replicas {
            if let Some(own) = replica.caches.get_mut(cache.at()) {
                *own = CacheState::default();
            }
        }
    }
}
