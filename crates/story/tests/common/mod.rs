//! Systems for the tests: those that ship, and a small one whose provider and topic can be made to fail.

#![allow(dead_code)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use seatrial_scenario::{Compiled, compile};
use seatrial_sim::engine::Moment;
use seatrial_sim::system::Patch;
use seatrial_sim::{Setup, Sim};

pub const SECOND: u64 = 1_000_000_000;

/// The first order of the small shop.
pub const FIRST: u64 = 1_000_001;

/// A shop that asks a bank, keeps what it was told, and publishes it; somebody else reads that and keeps books.
pub const SHOP: &str = "
scenario: shop
title: Shop
clock: {warm_up: 0s, play: 20s, drain: 10m}
currency: EUR
records:
  Order: {fields: {id: id, value: money}}
  Payment: {fields: {id: id, order: Order.id, value: money}, states: {taken: []}}
  Paid: {fields: {ref: id, payment: Payment.id, order: Order.id}}
clients: {people: {arrive: constant 1/s, make: {Order: {value: lognormal 30 EUR cv 0.5}}, call: {to: front.buy, timeout: 20s}}}
providers:
  bank:
    operations: {take: {creates: Payment.taken, takes: 200ms}}
    lost: {request: 0%, answer: 0%}
stores:
  till: {takes: 2ms, tables: {payments: {of: Payment, unique: [id]}}}
  books: {takes: 2ms, tables: {lines: {of: Paid, unique: [ref]}}}
topics: {paid: {of: Paid, key: order, takes: 5ms, partitions: 1, failing: {again: 5s}}}
services:
  front: {run: {threads: 20}, handlers: {buy: {input: {order: Order}, steps: [{work: 5ms}, {id: pay, call: cash.take, timeout: 9s}]}}}
  cash:
    replicas: 2
    run: {threads: 20}
    handlers:
      take:
        input: {order: Order}
        steps:
          - {id: bank, call: bank.take, with: {value: order.value}, timeout: 1s, attempts: 2, retry: [unknown]}
          - {tx: till, do: [{insert: payments, set: {value: order.value}}, {publish: paid, body: {ref: payment.id}}]}
      look: {input: {payment: Payment}, steps: [{work: 5ms}]}
  desk: {run: {threads: 4}, handlers: {book: {from: {topic: paid}, steps: [{work: 10ms}, {tx: books, do: [{insert: lines, exists: continue}]}]}}}
telemetry: {metrics: 10s}
support: {agents: 1, handling: 30s}
moves:
  redrive: {takes: 10s, redrive: paid, rate: 1/s}
  look_up: {takes: 5s, call: cash.look, pick: {newest: Payment.taken, at_least: 1}}
operator: {script: [{after: ticket, move: look_up}]}
invariants:
  booked: {each: Payment, eventually: {when: payment.state == 'taken', then: lines.size() == 1, within: 30s},
    means: {hurts: customer, ticket: {chance: 100%, after: 10s}}}
faults:
  books_down: {at: 5s, lasts: 60s, fail: books}
  poison: {at: 1h, corrupt: paid, count: 1}
  desk_down: {at: 1h, lasts: 20s, fail: group desk}
";

pub struct World {
    pub compiled: Compiled,
    system: Arc<seatrial_sim::System>,
}

pub fn shop() -> World {
    world(BTreeMap::from([("shop.yaml".to_owned(), SHOP.as_bytes().to_vec())]), "shop.yaml")
}

/// The small shop, in which an instance of its cash desk has a clock that is wrong.
pub fn shop_with_a_wrong_clock() -> World {
    let text = format!("{SHOP}clocks: {{cash: {{ahead: 6m, replicas: 1, ntp: none}}}}\n");
    world(BTreeMap::from([("shop.yaml".to_owned(), text.into_bytes())]), "shop.yaml")
}

/// One of those that ship with the kit.
pub fn shipped(name: &str) -> World {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = BTreeMap::new();
    for folder in ["kits/microservices/scenarios", "kits/microservices/parts"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("a folder").flatten() {
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            files.insert(path, std::fs::read(entry.path()).expect("readable"));
        }
    }
    world(files, &format!("kits/microservices/scenarios/{name}.yaml"))
}

fn world(files: BTreeMap<String, Vec<u8>>, entry: &str) -> World {
    let (compiled, mistakes) = compile(&files, entry);
    let compiled = compiled.unwrap_or_else(|| panic!("{mistakes:#?}"));
    World { system: Arc::new(compiled.system.clone()), compiled }
}

impl World {
    /// Paths set to values from the beginning. Everything is recorded.
    pub fn with(&self, set: &[(&str, &str)], faults: bool) -> Sim {
        let patches: Vec<Patch> = set.iter().map(|(path, value)| self.compiled.set(path, value).unwrap()).collect();
        self.sim(&patches, faults)
    }

    pub fn design(&self, name: &str) -> Sim {
        let design = self.compiled.named_design(name).unwrap_or_else(|| panic!("no design {name}"));
        self.sim(&self.compiled.design(&design.answers).unwrap(), true)
    }

    fn sim(&self, patches: &[Patch], faults: bool) -> Sim {
        let setup = Setup { seed: 1, faults, operator: true };
        let mut sim = Sim::new(Arc::clone(&self.system), patches, setup);
        sim.record(usize::MAX);
        sim.watch(FIRST);
        sim
    }
}

pub fn moments(sim: &Sim) -> Vec<Moment> {
    sim.recorded().copied().collect()
}
