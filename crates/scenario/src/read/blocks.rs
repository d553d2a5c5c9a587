//! `use`: a place in a handler that does what a block says, and may be patched to do another. A block is written
//! once for each place that may use it, since what its names mean is the place's.

use std::collections::BTreeMap;

use seatrial_sim::system::{Block, BlockId, HandlerId, Op};
use seatrial_source::{Node, Value};

use super::steps::Body;
use crate::cx::{Cx, Place};
use crate::scope::Scope;

pub(crate) struct Site {
    service: usize,
    handler: HandlerId,
    place: Place,
    scope: Scope,
    taken: usize,
    written: BTreeMap<String, BlockId>,
}

/// A block that somebody named and that is still to be written.
pub(crate) struct Waiting<'a> {
    site: usize,
    name: String,
    node: &'a Node,
    id: BlockId,
}

impl<'a> Cx<'a> {
    pub fn site(&mut self, b: &Body<'a>, place: &Place) -> usize {
        let place = if place.path == b.place.path {
            b.place.clone()
        } else {
            place.clone()
        };
        self.sites.push(Site {
            service: b.service,
            handler: b.handler,
            place,
            scope: b.scope.clone(),
            taken: b.taken,
            written: BTreeMap::new(),
        });
        self.sites.len() - 1
    }

    /// The block that a text names, for this place.
    pub fn block(&mut self, site: usize, node: &'a Node) -> Option<BlockId> {
        let Value::Scalar(scalar) = &node.value else {
            self.at.wrong_type(node, "`use`", "the name of a block");
            return None;
        };
        let name = scalar.text.trim();
        let Some((_, block)) = self.known.blocks.get(name).copied() else {
            self.unknown(
                node.span,
                "block",
                name,
                self.known.blocks.keys().map(String::as_str),
            );
            return None;
        };
        self.known.blocks_used.insert(name.to_owned());
        if let Some(id) = self.sites[site].written.get(name) {
            return Some(*id);
        }
        let id = BlockId(self.system.blocks.len() as u16);
        self.system.blocks.push(Block {
            name: name.to_owned(),
            entry: 0,
            id,
        });
        self.sites[site].written.insert(name.to_owned(), id);
        self.waiting.push(Waiting {
            site,
            name: name.to_owned(),
            node: block,
            id,
        });
        Some(id)
    }

    /// Writes the blocks that were named since the last time.
    pub fn write_blocks(&mut self) {
        while let Some(Waiting {
            site,
            name,
            node,
            id,
        }) = self.waiting.pop()
        {
            let site = &self.sites[site];
            let mut body = Body {
                service: site.service,
                handler: site.handler,
                place: site.place.below(&name),
                scope: site.scope.clone(),
                used: Default::default(),
                taken: site.taken,
                later: Vec::new(),
                last_store: None,
                last_result: None,
                in_block: true,
                in_tx: false,
            };
            let entry = self.pc();
            self.system.blocks[id.at()].entry = entry;
            self.steps(node, &mut body, &name);
            self.emit(Op::Return);
            self.write_later(&mut body);
        }
    }

    /// Warns of blocks that nothing uses.
    pub fn unused_blocks(&self) {
        for (name, (span, _)) in &self.known.blocks {
            if !self.known.blocks_used.contains(name) {
                self.warn(
                    *span,
                    "unused",
                    format!("nothing uses the block `{name}`"),
                    "delete it, or `use` it",
                );
            }
        }
    }
}
