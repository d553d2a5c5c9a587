//! Rows that nobody ever takes away.

use std::collections::BTreeSet;

use seatrial_sim::system::{Client, HandlerId, Statement, TableId};

use super::{Doubt, Look, called};

impl Look<'_> {
    /// An arrival that makes no record has no case of its own: its rows belong to the world, which is never given back, and in
    /// which every row is looked at when one is looked for.
    pub(super) fn rows_of_nobody(&mut self) {
        let system = self.system;
        for client in system.clients.iter().filter(|client| client.make.is_none()) {
            let tables = self.inserted_for(client);
            let Some(&table) = tables.iter().find(|table| system.tables[table.at()].keep.is_none()) else { continue };
            let rate = self.ratio(client.rate);
            if rate <= 0.0 {
                continue;
            }
            let hours = system.clock.play as f64 / 3.6e12;
            let (rows, name) = (super::number_text((rate * hours * 3600.0).round()), &system.tables[table.at()].name);
            let message = format!(
                "{} makes no record, so the rows that it brings to {name} belong to nobody: up to {rows} of them are kept to the end, and every \
                 promise about one of them looks at all",
                client.name
            );
            let place = self.compiled.places.param(client.rate).cloned();
            let help = "let the arrival make a record: `make: {…}`; or say how long a row is kept: `keep: 1h`".to_owned();
            self.found.push(Doubt { place, code: "rows-of-nobody", message, help });
        }
    }

    /// Tables into which something that a client calls puts rows, through calls alone.
    fn inserted_for(&self, client: &Client) -> BTreeSet<TableId> {
        let system = self.system;
        let mut reached: BTreeSet<HandlerId> = BTreeSet::new();
        let mut next = vec![client.target];
        while let Some(handler) = next.pop() {
            if reached.insert(handler) {
                next.extend(self.calls_of(handler).flat_map(|call| called(system, call)));
            }
        }
        let names: BTreeSet<String> = reached.into_iter().map(|id| self.handler(id)).collect();
        let own = |step: &str| step.match_indices('.').nth(1).is_some_and(|(end, _)| names.contains(&step[..end]));
        let txs = system.txs.iter().filter(|tx| system.steps.get(tx.step.at()).is_some_and(|step| own(step)));
        let inserted = txs.flat_map(|tx| &tx.statements).filter_map(|statement| match statement {
            Statement::Insert(insert) => Some(insert.table),
            _ => None,
        });
        inserted.collect()
    }
}
