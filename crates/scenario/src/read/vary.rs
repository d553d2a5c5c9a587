//! `vary`: what may change from one interview to the next, so that a scenario somebody has heard of is still one. A
//! variation sets the system as found, and moves faults; what may be decided stays.

use seatrial_sim::system::{FaultId, Patch};
use seatrial_source::{Fields, Node};

use crate::cx::Cx;
use super::decisions::ordered;
use crate::model::{Answers, Decision};
use crate::slot::Kind;
use crate::variation::{Moved, Variation};

const VARIATIONS_MOST: usize = 12;

impl<'a> Cx<'a> {
    pub fn variations(&mut self, root: &'a Node, decisions: &[Decision]) -> Vec<Variation> {
        let entries = self.section(root, "vary");
        if let Some(more) = entries.get(VARIATIONS_MOST) {
            self.error(more.key_span, "too-many", "there are more than twelve variations", "keep those that change what is right");
        }
        let mut all = Vec::new();
        for entry in entries.iter().take(VARIATIONS_MOST) {
            self.word(&entry.key, entry.key_span);
            let variation = self.at.map(&entry.value, "variation", |f| {
                let says = f.text("says");
                let (set, faults) = (f.optional("set"), f.optional("faults"));
                if set.is_none() && faults.is_none() {
                    let message = format!("the variation `{}` changes nothing", entry.key);
                    f.error(entry.key_span, "bad-value", message, "add `set: {path: value}`, or `faults: {name: {at: 9m}}`");
                }
                let patches = set.map(|node| self.varied_settings(node, decisions)).unwrap_or_default();
                let faults = faults.map(|node| self.moved_faults(node)).unwrap_or_default();
                Variation { name: entry.key.clone(), says, patches, faults }
            });
            all.extend(variation);
        }
        all
    }

    /// Paths set here, each within the bounds of the decision that sets it too: the system as found is one of its answers.
    fn varied_settings(&mut self, node: &'a Node, decisions: &[Decision]) -> Vec<Patch> {
        let patches = self.settings(node);
        for decision in decisions {
            let Answers::Value { sets, param, kind, from, to, .. } = &decision.answers else { continue };
            let outside = |patch: &Patch| ordered(*kind, patch.value, *from) || ordered(*kind, *to, patch.value);
            if patches.iter().any(|patch| patch.param == *param && outside(patch)) {
                let message = format!("`{sets}` lies outside of `from` and `to` of the decision `{}`", decision.name);
                self.error(node.span, "out-of-range", message, "widen the decision, or stay within it");
            }
        }
        patches
    }

    fn moved_faults(&mut self, node: &'a Node) -> Vec<Moved> {
        let mut moved = Vec::new();
        for entry in self.at.entries(node, "`faults`") {
            let Some(fault) = self.system.faults.iter().position(|fault| fault.name == entry.key) else {
                let known: Vec<&str> = self.system.faults.iter().map(|fault| fault.name.as_str()).collect();
                self.unknown(entry.key_span, "fault", &entry.key, known.into_iter());
                continue;
            };
            let one = self.at.map(&entry.value, "moved fault", |f| self.moved_fault(fault, f));
            moved.extend(one);
        }
        moved
    }

    fn moved_fault(&mut self, fault: usize, f: &mut Fields<'a>) -> Moved {
        let was = (self.system.faults[fault].at, self.system.faults[fault].lasts);
        let (at, lasts) = (f.optional("at"), f.optional("lasts"));
        if at.is_none() && lasts.is_none() {
            f.error(f.span(), "missing-field", "this fault stays as it is", "add `at`, `lasts` or both");
        }
        // What has no length would begin to have one, or an end would be lost: that is another fault.
        if lasts.is_some() && was.1 == 0 {
            f.error(f.key("lasts"), "bad-value", "this fault has no length", "delete `lasts`");
        }
        let mut limit = |node: Option<&'a Node>, field: &str, otherwise: u64| match node {
            Some(node) => self.value(&Kind::Limit, node, field).map_or(otherwise, |value| value as u64),
            None => otherwise,
        };
        let (at, lasts) = (limit(at, "at", was.0), limit(lasts, "lasts", was.1));
        if lasts == 0 && was.1 > 0 {
            f.error(f.key("lasts"), "bad-value", "a fault that ends lasts for some time", "a second at least");
        }
        Moved { fault: FaultId(fault as u16), at, lasts }
    }
}
