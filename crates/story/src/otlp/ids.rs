//! Ids of traces and spans: hashes, so that the same run has the same ones, and two runs that are looked at together do not.

use seatrial_sim::engine::SpanId;

use super::document::hex;
use crate::span::Origin;

#[derive(Debug, Clone, Copy)]
pub(super) struct Ids {
    run: u64,
}

impl Ids {
    pub fn new(run: u64) -> Ids {
        Ids { run }
    }

    /// 16 bytes. A trace is named after the run of its first handler.
    pub fn trace(self, root: SpanId) -> String {
        hex(self.id(&[0, root.0])) + &hex(self.id(&[1, root.0]))
    }

    pub fn span(self, origin: Origin) -> u64 {
        self.id(&[2, origin.act.0, u64::from(origin.place)])
    }

    /// Of what nobody inside sees: which sort of thing, and which of its sort.
    pub fn hidden(self, sort: u64, which: u64) -> u64 {
        self.id(&[3, sort, which])
    }

    /// Never 0, which means none.
    fn id(self, of: &[u64]) -> u64 {
        of.iter().fold(self.run, |hash, part| scramble(hash ^ scramble(*part))).max(1)
    }
}

/// The finalizer of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014), one step on.
fn scramble(of: u64) -> u64 {
    let of = of.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let of = (of ^ of >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let of = (of ^ of >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    of ^ of >> 31
}
