//! Links to stores: a transaction is a conversation. BEGIN, each statement and COMMIT are a round trip each, and from the
//! first statement on locks and the connection are held meanwhile; one statement alone is one round trip (autocommit).
//!
//! COMMIT that meets a cut is sent again until it gets through, with the locks held; where the answer meets one, it is
//! committed and the handler does not know yet. Where the kernel gives up, the outcome is `unknown`.

use super::World;
use super::arena::Ref;
use super::chance::{Purpose, mix};
use super::links::Cargo;
use super::listen::Who;
use super::queue::Kind;
use super::state::{Tx, TxStage};
use crate::Outcome;
use super::story::Part;
use crate::system::{End, LinkId, ServiceId, Statement, System, TxDef, TxId};

/// A place in a pool that somebody has until he hears that his transaction is over.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    replica: u32,
    /// Another process has another pool.
    life: u32,
    pool: u8,
}

/// Conversations under way.
#[derive(Debug, Clone, Default)]
pub struct Talks {
    /// Transactions whose statements are being sent.
    chats: std::collections::BTreeSet<(u32, u32)>,
}

fn statements(tx: &TxDef) -> u64 {
    tx.statements.iter().filter(|statement| !matches!(statement, Statement::Publish(_) | Statement::Steps)).count() as u64
}

impl World {
    fn luck_of_talk(&self, act: Ref, def: TxId) -> u64 {
        mix(self.acts[act.at].luck, u64::from(def.0) | 46 << 40)
    }

    fn round_trips(&self, system: &System, link: LinkId, luck: u64, count: u64) -> u64 {
        let trip = |number: u64| {
            let luck = mix(luck, number);
            self.one_way(system, link, luck, Purpose::Way) + self.one_way(system, link, luck, Purpose::WayBack)
        };
        (0..count).map(trip).sum()
    }

    /// The transaction has its place in the pool and goes to its store, at once or over a link. An outcome when it ended at
    /// once. The place is its own until it ends, so a link that is cut uses up the pool (HikariCP, `connectionTimeout`: how
    /// long one waits for a connection of the pool).
    pub(super) fn reach(&mut self, system: &System, of: Ref) -> Option<Outcome> {
        let Tx { act, def, replica, .. } = self.txs[of.at];
        let tx = &system.txs[def.at()];
        let Some(link) = self.link_from(system, replica, End::Store(tx.store)) else {
            return self.connect(system, of);
        };
        self.txs[of.at].stage = TxStage::SetsOut;
        let luck = self.luck_of_talk(act, def);
        let begins = if statements(tx) > 1 { self.round_trips(system, link, mix(luck, 1 << 40), 1) } else { 0 };
        self.depart_after(system, link, false, replica, luck, begins, Cargo::Begin(of));
        None
    }

    /// It is at the store; or, in vain, nobody was reached, for a quarter of an hour as a rule: the handler ends there.
    pub(super) fn reaches_store(&mut self, system: &System, of: Ref, in_vain: bool) {
        let Some(&Tx { act, def, .. }) = self.txs.get(of) else { return };
        if in_vain {
            self.acts[act.at].deadline = self.now;
        }
        if self.acts[act.at].deadline <= self.now {
            self.turns_back(system, of);
        } else if let Some(outcome) = self.connect(system, of) {
            self.go_on(system, act, def, outcome);
        }
    }

    /// What a transaction says is dropped on the way to its store.
    pub(super) fn tells_not_through(&mut self, transit: Ref) {
        let of = match self.transits[transit.at].cargo {
            Cargo::Begin(of) | Cargo::Later { kind: Kind::Commit, of } => of,
            _ => return,
        };
        let Some(&Tx { act, def, replica, .. }) = self.txs.get(of) else { return };
        let (case, service) = (self.acts[act.at].case, ServiceId(self.replicas[replica as usize].service));
        self.beat_by(Who::act(act), case, Part::Service(service), || super::Beat::NotThrough { tx: def });
    }

    /// Nobody waits any more for a transaction that has not come to its store: its connection is closed.
    pub(super) fn turns_back(&mut self, system: &System, of: Ref) {
        let Tx { act, replica, pool, .. } = self.txs[of.at];
        self.leave_pool(of);
        self.txs.free(of.at);
        self.acts[act.at].tx = None;
        self.ready.push(act);
        if let Some(pool) = pool {
            self.pass_pool(system, replica, pool as usize);
        }
    }

    /// The store's answer to COMMIT is there, or will not come.
    pub(super) fn hears_of_commit(&mut self, system: &System, act: Ref, place: Option<Place>, in_vain: bool) {
        self.gives_place_back(system, place);
        if !self.acts.is(act) {
            return;
        }
        if in_vain {
            self.acts[act.at].outcome = Outcome::Unknown;
        }
        self.run(system, act);
    }

    /// The store's own time is over: what is still to be said is said, and then it commits.
    pub(super) fn commit_comes(&mut self, system: &System, of: Ref) {
        let Some(&Tx { act, def, replica, .. }) = self.txs.get(of).filter(|_| !system.links.is_empty()) else {
            return self.commit(system, of);
        };
        let tx = &system.txs[def.at()];
        let Some(link) = self.link_from(system, replica, End::Store(tx.store)) else {
            return self.commit(system, of);
        };
        let luck = self.luck_of_talk(act, def);
        if self.talks.chats.insert((of.at, of.generation)) {
            let count = statements(tx);
            let said = self.round_trips(system, link, luck, if count > 1 { count } else { 0 });
            if said > 0 {
                return self.after(said, Kind::Commit, of);
            }
        }
        if self.is_held_up(system, link, replica, luck, Cargo::Later { kind: Kind::Commit, of }) {
            return;
        }
        self.talks.chats.remove(&(of.at, of.generation));
        let pool = self.txs[of.at].pool.take();
        let place = pool.map(|pool| Place { replica, life: self.replicas[replica as usize].life, pool });
        self.commit(system, of);
        if let Some(state) = self.txs.get_mut(of) {
            // Its process stands still: it is done when that goes on.
            state.pool = pool;
        } else if self.ready.take_back(act) {
            // Whoever would go on now goes on when he has heard of it, and has the connection until then.
            self.depart(system, link, true, replica, luck, Cargo::Committed { act, place });
        } else {
            self.gives_place_back(system, place);
        }
    }

    fn gives_place_back(&mut self, system: &System, place: Option<Place>) {
        let Some(Place { replica, life, pool }) = place else { return };
        let of = &mut self.replicas[replica as usize];
        if of.life != life {
            return;
        }
        if let Some(state) = of.pools.get_mut(usize::from(pool)) {
            state.used = state.used.saturating_sub(1);
            self.pass_pool(system, replica, usize::from(pool));
        }
    }

    /// COMMIT got through after all, or was given up: then the store rolls back what it never heard the end of.
    pub(super) fn commit_is_due(&mut self, system: &System, of: Ref, in_vain: bool) {
        if !in_vain {
            return self.commit_comes(system, of);
        }
        self.talks.chats.remove(&(of.at, of.generation));
        if let Some(&Tx { act, .. }) = self.txs.get(of) {
            self.session_ends(system, of);
            self.acts[act.at].outcome = Outcome::Unknown;
            self.acts[act.at].effects = true;
        }
    }

    /// Conversations whose transaction ended otherwise.
    pub(super) fn forget_talks(&mut self) {
        let txs = &self.txs;
        self.talks.chats.retain(|&(at, generation)| txs.is(Ref { at, generation }));
    }
}
