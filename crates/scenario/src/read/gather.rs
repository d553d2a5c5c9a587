//! `gather`: a job over the rows of many arrivals.

use seatrial_sim::system::{FieldKind, Gather, TableId};
use seatrial_source::{Fields, Node};

use crate::cx::{Cx, Place};
use crate::scope::Ty;

impl<'a> Cx<'a> {
    pub fn gather(&mut self, f: &mut Fields<'a>, service: usize, place: &Place, steps: Option<&'a Node>) -> Option<Gather> {
        if steps.is_none() {
            f.error(f.span(), "missing-field", "what becomes of what is gathered?", "add `steps`, which know `batch`, `sum` and `rows`");
        }
        let (mut table, mut by, mut sum, mut moves) = (None, None, None, None);
        f.optional_one("gather", "gathering", |f| {
            table = f.required("table").and_then(|node| self.name(node, "`table`"));
            sum = f.required("sum").and_then(|node| self.name(node, "`sum`"));
            by = self.named(f, "by");
            moves = self.named(f, "moves");
        });
        let table = self.find_table(&table?)?;
        let info = &self.known.tables[table];
        let (fields, states, name, store) = (info.fields.clone(), info.states.clone(), info.name.clone(), info.store);
        self.known.pools_used.insert((service, store));
        let sum = self.typed_field(&fields, &name, &sum?, FieldKind::Money);
        let by = by.map(|by| self.find_field(&fields, &name, &by));
        let mut pair = None;
        if let Some(moves) = moves {
            let (from, to) = self.arrow(&states, &name, &moves);
            if from.count_ones() > 1 {
                self.error(moves.span, "bad-value", "rows are gathered from one state", "write `one -> other`");
            }
            self.system.tables[table].gathered = true;
            pair = Some((from.trailing_zeros() as u8, to));
        }
        let mut inputs = vec![("batch".to_owned(), Ty::Id(None))];
        let by = match by {
            Some(Some(field)) => {
                let of = &fields[usize::from(field)];
                inputs.push((of.name.clone(), of.ty));
                Some(field)
            }
            Some(None) => return None,
            None => None,
        };
        inputs.push(("sum".to_owned(), Ty::Plain(FieldKind::Money)));
        inputs.push(("rows".to_owned(), Ty::Plain(FieldKind::Count)));
        let handler = self.job_handler(service, place.clone(), &inputs, steps?, "steps");
        Some(Gather { table: TableId(table as u16), moves: pair, by, sum: sum?, handler })
    }
}
