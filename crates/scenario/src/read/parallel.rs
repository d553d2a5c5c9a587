//! `parallel`: several calls at once, and when the handler goes on.

use seatrial_sim::system::{Branch, ForkDef, ForkId, Op};
use seatrial_source::{Fields, Node};

use super::steps::{Body, Mode};
use crate::cx::Cx;
use crate::slot::Kind;

/// Copies of one call: more would be a load test.
const TIMES: Kind = Kind::Count { least: 1, most: 1000 };

impl<'a> Cx<'a> {
    /// Its calls are steps of the handler, with paths of their own. What they answer with is in scope behind it where each of
    /// them must have answered.
    pub fn parallel(&mut self, f: &mut Fields<'a>, b: &mut Body<'a>, mode: Mode) -> String {
        let node = f.required("parallel");
        let id = self.step_id(f, b, "parallel");
        let place = b.place.below(&id);
        let step = self.step(&place.path);
        let some = f.optional("first").is_some();
        let first = self.field(f, &place, "first", Kind::FirstOf, 0);
        let before = b.scope.clone();
        let mut after = before.clone();
        let mut branches = Vec::new();
        let items = node.map_or(&[][..], |node| self.at.items(node, "`parallel`", "calls"));
        for item in items {
            b.scope = before.clone();
            let Some((branch, several)) = self.branch_call(item, b) else { continue };
            after.unsure |= b.scope.unsure;
            if !some && !several && !branch.optional {
                after.vars.extend_from_slice(&b.scope.vars[before.vars.len()..]);
            }
            branches.push(branch);
        }
        b.scope = after;
        if items.is_empty() && let Some(node) = node {
            self.error(node.span, "bad-value", "nothing is called here", "write `parallel: [{call: …}, {call: …}]`");
        }
        self.system.forks.push(ForkDef { step, branches, first });
        self.emit(Op::Fork(ForkId((self.system.forks.len() - 1) as u16)));
        if mode == Mode::OrFail {
            self.emit(Op::OrFail);
        }
        b.last_result = None;
        id
    }

    /// One of its calls, and whether it may be made several times.
    fn branch_call(&mut self, node: &'a Node, b: &mut Body<'a>) -> Option<(Branch, bool)> {
        self.at
            .map(node, "parallel call", |f| {
                let name = f.required("call").and_then(|node| self.name(node, "`call`"))?;
                let derived = name.value.split_once('.').map_or("call", |(_, name)| name).to_owned();
                let id = self.step_id(f, b, &derived);
                let place = b.place.below(&id);
                let call = self.call_of(f, b, &name, &place);
                let several = f.optional("times").is_some();
                let times = self.field(f, &place, "times", TIMES, 1);
                let optional = f.flag("optional");
                Some((Branch { call: call?, times, optional }, several))
            })
            .flatten()
    }
}
