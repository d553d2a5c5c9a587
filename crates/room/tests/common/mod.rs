//! The scenario that ships, and short ways to say things.

#![allow(dead_code, reason = "each test binary uses its part")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use seatrial_room::view::{Clock, Context};
use seatrial_room::{Body, Command, Playable, Side, Take};
use seatrial_scenario::compile;

pub const SECOND: u64 = 1_000_000_000;
pub const MINUTE: u64 = 60 * SECOND;

pub fn play() -> Arc<Playable> {
    static PLAY: LazyLock<Arc<Playable>> = LazyLock::new(|| shipped("charged-not-settled"));
    PLAY.clone()
}

/// Any other that ships.
pub fn shipped(name: &str) -> Arc<Playable> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kits/microservices");
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for folder in ["scenarios", "parts", "material"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the kit's folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            files.insert(format!("{folder}/{name}"), std::fs::read(entry.path()).expect("a file of the kit"));
        }
    }
    let (compiled, mistakes) = compile(&files, &format!("scenarios/{name}.yaml"));
    Arc::new(Playable::new(compiled.unwrap_or_else(|| panic!("{mistakes:?}"))))
}

pub fn command(seq: u64, v: u64, side: Side, body: Body) -> Command {
    let who = if side == Side::Candidate { "candidate" } else { "ada" };
    Command { seq, v, id: format!("c{seq}"), side, who: who.into(), seen_v: v, body }
}

/// Sends the next command where a take stands.
pub fn send(take: &mut Take, side: Side, body: Body) -> Result<(), String> {
    let next = command(take.head() + 1, take.now(), side, body);
    take.push(&next).map_err(|why| why.to_string())
}

pub fn context() -> Context<'static> {
    static NONE: BTreeMap<String, String> = BTreeMap::new();
    Context { words: &NONE, names: &NONE, clock: Clock::default(), present: &[], pad_rev: 0 }
}
