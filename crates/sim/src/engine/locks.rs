//! Row locks: who holds one, and who waits for it, in order.

use hashbrown::HashTable;
use smallvec::SmallVec;

use super::arena::Ref;

/// By the hash of table and key.
#[derive(Debug, Clone, Default)]
pub struct Locks(HashTable<Lock>);

#[derive(Debug, Clone)]
struct Lock {
    key: u64,
    holder: Ref,
    waiting: SmallVec<[Ref; 2]>,
}

impl Locks {
    /// True when the transaction has the lock now.
    pub fn take(&mut self, key: u64, tx: Ref) -> bool {
        match self.0.find_mut(key, |lock| lock.key == key) {
            None => {
                self.0.insert_unique(key, Lock { key, holder: tx, waiting: SmallVec::new() }, |lock| lock.key);
                true
            }
            Some(lock) => lock.holder == tx,
        }
    }

    pub fn wait(&mut self, key: u64, tx: Ref) {
        if let Some(lock) = self.0.find_mut(key, |lock| lock.key == key) {
            lock.waiting.push(tx);
        }
    }

    pub fn holder(&self, key: u64) -> Option<Ref> {
        self.0.find(key, |lock| lock.key == key).map(|lock| lock.holder)
    }

    /// Gives the lock to the first of those that wait and still exist.
    pub fn pass(&mut self, key: u64, tx: Ref, exists: impl Fn(Ref) -> bool) -> Option<Ref> {
        let Ok(mut entry) = self.0.find_entry(key, |lock| lock.key == key) else {
            return None;
        };
        if entry.get().holder != tx {
            entry.get_mut().waiting.retain(|waiting| *waiting != tx);
            return None;
        }
        while !entry.get().waiting.is_empty() {
            let next = entry.get_mut().waiting.remove(0);
            if exists(next) {
                entry.get_mut().holder = next;
                return Some(next);
            }
        }
        entry.remove();
        None
    }
}
