//! Which record each handler answers with, and in which states records begin: what follows from the whole.

use std::collections::BTreeSet;

use seatrial_sim::system::{OperationKind, RecordId, Statement};
use seatrial_source::{Node, Value};

use crate::cx::Cx;

impl<'a> Cx<'a> {
    /// The record that each handler answers with: as it says, or the last that one of its calls answers with. Handlers
    /// call handlers, so this goes round until nothing changes, or as deep as any chain of calls may be.
    pub fn answers(&mut self) {
        const ROUNDS: usize = 16;
        for _ in 0..ROUNDS {
            let mut changed = false;
            for place in 0..self.known.handlers.len() {
                let handler = &self.known.handlers[place];
                let answers = match handler.node.get("answers").map(|node| &node.value) {
                    Some(Value::Scalar(s)) => self.known.record(&s.text),
                    _ => handler
                        .node
                        .get("steps")
                        .and_then(|steps| self.last_answer(steps)),
                };
                changed |= answers != handler.answers;
                self.known.handlers[place].answers = answers;
            }
            if !changed {
                return;
            }
        }
    }

    fn last_answer(&self, steps: &Node) -> Option<RecordId> {
        let Value::Seq(steps) = &steps.value else {
            return None;
        };
        let mut last = None;
        for step in steps {
            if let Some(saga) = step.get("saga").and_then(|_| step.get("steps")) {
                last = self.last_answer(saga).or(last);
            }
            if let Some(Value::Scalar(call)) = step.get("call").map(|node| &node.value) {
                last = self.answer_of(&call.text).or(last);
            }
        }
        last
    }

    fn answer_of(&self, callee: &str) -> Option<RecordId> {
        let module = self.known.module_handlers.get(callee.trim()).map(|module| &module.at[0]);
        let handler = module.or_else(|| self.known.handler_places.get(callee.trim()));
        let operation = self.known.operation_places.get(callee.trim());
        let answers = handler.and_then(|h| self.known.handlers[*h].answers);
        answers.or(operation
            .and_then(|o| self.known.operations.get(*o))
            .and_then(|o| o.answers))
    }

    /// The state in which a provider makes the record, or the first that it names.
    pub fn first_state(&self, of: Option<RecordId>) -> u8 {
        let made = self
            .system
            .operations
            .iter()
            .find_map(|operation| match operation.kind {
                OperationKind::Create { record, state } if Some(record) == of => Some(state),
                _ => None,
            });
        made.unwrap_or(0)
    }

    /// States that something begins in: for `reach`.
    pub fn begins(&self) -> BTreeSet<(RecordId, u8)> {
        let mut begins = BTreeSet::new();
        for client in &self.system.clients {
            begins.extend(client.make.iter().map(|make| (make.record, make.state)));
        }
        for operation in &self.system.operations {
            if let OperationKind::Create { record, state } = operation.kind {
                begins.insert((record, state));
            }
        }
        for tx in &self.system.txs {
            for statement in &tx.statements {
                if let Statement::Insert(insert) = statement
                    && let Some(record) = self.system.tables[insert.table.at()].record
                {
                    begins.insert((record, insert.state));
                }
            }
        }
        begins
    }
}
