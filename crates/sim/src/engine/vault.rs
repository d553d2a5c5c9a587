//! What is kept: records of the outside world, rows of tables, and the cases that they belong to.
//!
//! A case is one business key (what one arrival made) with all that came of it, whatever service or provider keeps
//! it. The oracle reads a case; memory is given back a case at a time, when nothing can reach it any more. Case 0 is the
//! world's: what belongs to no arrival.

use super::chance::mix;
use super::few::Few;
use super::index::Index;
use super::paged::Paged;
use super::state::NOBODY;
use crate::expr::Shelf;
use crate::system::{RecordId, System, TableId};

pub const WORLD_CASE: u32 = 0;

/// Tuples of one shelf: `stride` fields each.
#[derive(Debug, Clone, Default)]
pub struct Tuples {
    stride: usize,
    fields: Paged<i64, 1024>,
    about: Paged<About, 256>,
    free: Vec<u32>,
    pub ever: u64,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct About {
    pub case: u32,
    pub born: u64,
    pub state: u8,
    /// Numbers what has stood at this place, from 0 by twos; odd while nothing does. Parts of the engine compare it to know
    /// what they meant.
    pub life: u32,
}

impl About {
    const NOTHING: About = About { case: u32::MAX, born: 0, state: u8::MAX, life: 1 };
}

/// One business key and what came of it.
#[derive(Debug, Clone, Default)]
pub struct Case {
    pub luck: u64,
    /// The number of the arrival.
    pub serial: u64,
    pub born: u64,
    /// What can still reach it: requests, messages, timers, windows, tickets.
    pub refs: u32,
    pub published: u32,
    /// The topic, plus one, in which nobody can read what is said about this key.
    pub unreadable: u16,
    /// Moves that were made about it.
    pub moves: u32,
    /// In the order in which they were made.
    pub tuples: Few<(u16, u32), 12>,
    pub marks: Few<Mark, 2>,
    pub keys: Few<u32, 2>,
    pub sagas: Few<u32, 1>,
    pub live: bool,
    /// Waiting to be retired.
    pub leaving: bool,
}

/// What an invariant thinks of one instance.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mark {
    pub invariant: u16,
    pub tuple: u32,
    pub seen: Seen,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Seen {
    #[default]
    Broken,
    /// Due at; the window's place.
    Open(u32),
    /// Was true in time; opens no more.
    Kept,
    /// Broken and still not true.
    Late,
}

#[derive(Debug, Clone)]
pub struct Vault {
    records: usize,
    pub shelves: Vec<Tuples>,
    pub cases: Paged<Case, 64>,
    free: Vec<u32>,
    /// Per table, per unique set of fields.
    unique: Vec<Vec<Index>>,
    /// Per table with a balance: by text.
    balances: Vec<Vec<i64>>,
    /// Per record, per field: the sum over all instances ever; kept only for what expressions ask for.
    totals: Vec<Vec<i64>>,
    next_id: Vec<u64>,
    pub retired: u64,
    /// Per table that a measure looks through: the rows that were inserted since it last did.
    fresh: Vec<Option<Vec<u32>>>,
}

impl Vault {
    pub fn new(system: &System) -> Vault {
        let tuples = |stride: usize| Tuples { stride, ..Tuples::default() };
        let records = system.records.iter().map(|record| tuples(record.fields.len()));
        let tables = system.tables.iter().map(|table| tuples(table.fields.len()));
        let mut cases = Paged::default();
        cases.push(Case { live: true, refs: 1, ..Case::default() });
        Vault {
            records: system.records.len(),
            shelves: records.chain(tables).collect(),
            cases,
            free: Vec::new(),
            unique: system.tables.iter().map(|t| vec![Index::default(); t.unique.len()]).collect(),
            balances: system.tables.iter().map(|_| vec![0; system.texts.len() + 1]).collect(),
            totals: system.records.iter().map(|record| vec![0; record.fields.len()]).collect(),
            next_id: system.records.iter().map(|record| record.first_id).collect(),
            retired: 0,
            fresh: (0..system.tables.len())
                .map(|table| system.measures.iter().any(|measure| measure.oldest.at() == table).then(Vec::new))
                .collect(),
        }
    }

    /// From here on a clone has what is kept in common with this one.
    pub fn share(&mut self) {
        self.cases.share();
        for shelf in &mut self.shelves {
            shelf.fields.share();
            shelf.about.share();
        }
        self.unique.iter_mut().flatten().for_each(Index::share);
    }

    pub fn records(&self) -> usize {
        self.records
    }

    #[inline]
    pub fn number(&self, shelf: Shelf) -> u16 {
        match shelf {
            Shelf::Record(record) => record.0,
            Shelf::Table(table) => self.records as u16 + table.0,
        }
    }

    #[inline]
    pub fn field(&self, shelf: Shelf, at: u32, field: u8) -> i64 {
        self.shelves[self.number(shelf) as usize].field(at, field)
    }

    #[inline]
    pub fn about(&self, shelf: Shelf, at: u32) -> &About {
        self.shelves[self.number(shelf) as usize].about.get(at as usize).unwrap_or(&About::NOTHING)
    }

    pub fn open_case(&mut self, luck: u64, serial: u64, now: u64) -> u32 {
        let at = self.free.pop().unwrap_or_else(|| {
            self.cases.push(Case::default());
            self.cases.len() as u32 - 1
        });
        let case = &mut self.cases[at as usize];
        *case = Case { luck, serial, born: now, live: true, ..Case::default() };
        at
    }

    pub fn new_id(&mut self, record: RecordId) -> i64 {
        let id = self.next_id[record.at()];
        self.next_id[record.at()] += 1;
        id as i64
    }

    /// Puts a record down. Its fields are added to the totals.
    pub fn add_record(&mut self, record: RecordId, case: u32, now: u64, state: u8, fields: &[i64]) -> u32 {
        for (total, value) in self.totals[record.at()].iter_mut().zip(fields) {
            *total = total.saturating_add(*value);
        }
        self.add(Shelf::Record(record), case, now, state, fields)
    }

    fn add(&mut self, shelf: Shelf, case: u32, now: u64, state: u8, fields: &[i64]) -> u32 {
        let number = self.number(shelf);
        let at = self.shelves[number as usize].add(case, now, state, fields);
        self.cases[case as usize].tuples.push((number, at));
        at
    }

    pub fn set_record_field(&mut self, record: RecordId, at: u32, field: u8, value: i64) {
        let place = self.shelves[record.at()].field_mut(at, field);
        let before = std::mem::replace(place, value);
        let total = &mut self.totals[record.at()][field as usize];
        *total = total.saturating_add(value.saturating_sub(before));
    }

    pub fn set_state(&mut self, shelf: Shelf, at: u32, state: u8) {
        let number = self.number(shelf);
        self.shelves[number as usize].about[at as usize].state = state;
    }

    pub fn total(&self, record: RecordId, field: u8) -> i64 {
        self.totals[record.at()][field as usize]
    }

    pub fn balance(&self, table: TableId, text: u16) -> i64 {
        self.balances[table.at()].get(text as usize).copied().unwrap_or(0)
    }

    /// The row that shares a unique set of fields with these.
    pub fn clash(&self, system: &System, table: TableId, fields: &[i64]) -> Option<u32> {
        let rows = &self.shelves[self.records + table.at()];
        system.tables[table.at()].unique.iter().zip(&self.unique[table.at()]).find_map(|(set, index)| {
            let same = |row| set.iter().all(|&f| rows.field(row, f) == fields[f as usize]);
            index.find(hash(set, |f| fields[f as usize]), same)
        })
    }

    /// The row whose fields of one unique set have these values.
    pub fn clash_in(&self, system: &System, table: TableId, set: usize, values: &[i64]) -> Option<u32> {
        let rows = &self.shelves[self.records + table.at()];
        let fields = &system.tables[table.at()].unique[set];
        let same = |row| fields.iter().zip(values).all(|(&field, &value)| rows.field(row, field) == value);
        let hash = values.iter().fold(fields.len() as u64, |hash, &value| mix(hash, value as u64));
        self.unique[table.at()][set].find(hash, same)
    }

    pub fn add_row(&mut self, system: &System, table: TableId, case: u32, now: u64, state: u8, fields: &[i64]) -> u32 {
        let at = self.add(Shelf::Table(table), case, now, state, fields);
        for (set, index) in system.tables[table.at()].unique.iter().zip(&mut self.unique[table.at()]) {
            index.insert(hash(set, |f| fields[f as usize]), at);
        }
        if let Some(fresh) = &mut self.fresh[table.at()] {
            fresh.push(at);
        }
        self.count_balance(system, table, at, 1);
        at
    }

    fn count_balance(&mut self, system: &System, table: TableId, at: u32, sign: i64) {
        if let Some(balance) = system.tables[table.at()].balance {
            let rows = &self.shelves[self.records + table.at()];
            let amount = rows.field(at, balance.amount).saturating_mul(sign);
            let text = rows.field(at, balance.by) as usize;
            if let Some(sum) = self.balances[table.at()].get_mut(text) {
                *sum = sum.saturating_add(amount);
            }
        }
    }

    pub fn set_row_field(&mut self, system: &System, table: TableId, at: u32, field: u8, value: i64) {
        self.count_balance(system, table, at, -1);
        let number = self.records + table.at();
        let unique = &system.tables[table.at()].unique;
        for (set, index) in unique.iter().zip(&mut self.unique[table.at()]).filter(|(set, _)| set.contains(&field)) {
            let rows = &self.shelves[number];
            index.remove(hash(set, |f| rows.field(at, f)), at);
        }
        *self.shelves[number].field_mut(at, field) = value;
        for (set, index) in unique.iter().zip(&mut self.unique[table.at()]).filter(|(set, _)| set.contains(&field)) {
            let rows = &self.shelves[number];
            index.insert(hash(set, |f| rows.field(at, f)), at);
        }
        self.count_balance(system, table, at, 1);
    }

    /// Takes back a row, as an aborted transaction does.
    pub fn drop_row(&mut self, system: &System, table: TableId, at: u32) {
        let number = self.records + table.at();
        let case = self.shelves[number].about[at as usize].case;
        let tuples = &mut self.cases[case as usize].tuples;
        if let Some(place) = tuples.iter().rposition(|&tuple| tuple == (number as u16, at)) {
            tuples.remove(place);
        }
        self.count_balance(system, table, at, -1);
        self.forget_row(system, table, at);
    }

    /// The rows of a table that were inserted since, with their cases, in the order of these.
    pub fn rows_since(&self, table: TableId, since: u64) -> Vec<(u32, u32)> {
        let number = self.number(Shelf::Table(table));
        let rows = &self.shelves[number as usize];
        let live = self.cases.iter().enumerate().filter(|(_, held)| held.live);
        let all = live.flat_map(|(case, held)| held.tuples.iter().map(move |tuple| (case as u32, tuple)));
        all.filter(|(_, (of, row))| *of == number && rows.about[*row as usize].born >= since)
            .map(|(case, (_, row))| (case, *row))
            .collect()
    }

    pub fn fresh(&self, table: TableId) -> &[u32] {
        self.fresh[table.at()].as_deref().unwrap_or_default()
    }

    pub fn forget_fresh(&mut self) {
        self.fresh.iter_mut().flatten().for_each(Vec::clear);
    }

    /// Places and lives of a table's rows, in no order that means anything.
    pub fn standing(&self, table: TableId) -> impl Iterator<Item = (u32, u32)> {
        let rows = self.shelves[self.records + table.at()].about.iter().enumerate();
        rows.filter(|(_, about)| about.life.is_multiple_of(2)).map(|(at, about)| (at as u32, about.life))
    }

    fn forget_row(&mut self, system: &System, table: TableId, at: u32) {
        let number = self.records + table.at();
        for (set, index) in system.tables[table.at()].unique.iter().zip(&mut self.unique[table.at()]) {
            let rows = &self.shelves[number];
            index.remove(hash(set, |f| rows.field(at, f)), at);
        }
        self.shelves[number].remove(at);
    }

    /// The first row of the table whose field has the value: through an index when the field is unique, else among
    /// the rows of the case.
    pub fn find(&self, system: &System, table: TableId, case: u32, field: u8, value: i64) -> Option<u32> {
        let rows = &self.shelves[self.records + table.at()];
        let sets = &system.tables[table.at()].unique;
        if let Some(index) = sets.iter().position(|set| set[..] == [field]) {
            return self.unique[table.at()][index].find(hash(&[field], |_| value), |row| rows.field(row, field) == value);
        }
        let found = self.next(Shelf::Table(table), case, Some((field, value)), 0);
        found.map(|(at, _)| at)
    }

    #[inline]
    pub fn next(&self, shelf: Shelf, case: u32, key: Option<(u8, i64)>, from: u32) -> Option<(u32, u32)> {
        let number = self.number(shelf);
        let tuples = &self.cases[case as usize].tuples;
        let rows = &self.shelves[number as usize];
        let rest = tuples.get(from as usize..)?;
        let place = rest
            .iter()
            .position(|&(of, at)| of == number && key.is_none_or(|(field, value)| rows.field(at, field) == value))?;
        Some((rest[place].1, from + place as u32 + 1))
    }

    /// Which of its case's a record or row is: the same whatever else there is.
    pub fn number_in_case(&self, shelf: Shelf, case: u32, at: u32) -> u32 {
        let number = self.number(shelf);
        let before = self.cases[case as usize].tuples.iter().take_while(|tuple| **tuple != (number, at));
        before.filter(|(of, _)| *of == number).count() as u32
    }

    /// Gives back all that a case holds. Sums and balances stay as they are.
    pub fn retire(&mut self, system: &System, case: u32) {
        let tuples = std::mem::take(&mut self.cases[case as usize].tuples);
        for &(number, at) in tuples.iter() {
            match (number as usize).checked_sub(self.records) {
                Some(table) => self.forget_row(system, TableId(table as u16), at),
                None => self.shelves[number as usize].remove(at),
            }
        }
        self.cases[case as usize] = Case::default();
        self.free.push(case);
        self.retired += 1;
    }

    /// Records and rows.
    pub fn kept(&self) -> usize {
        self.shelves.iter().map(|shelf| shelf.about.len() - shelf.free.len()).sum()
    }

    pub fn live_cases(&self) -> usize {
        self.cases.len() - self.free.len() - 1
    }
}

fn hash(set: &[u8], value: impl Fn(u8) -> i64) -> u64 {
    set.iter().fold(set.len() as u64, |hash, &field| mix(hash, value(field) as u64))
}

impl Tuples {
    #[inline]
    pub fn field(&self, at: u32, field: u8) -> i64 {
        if at == NOBODY {
            return 0;
        }
        self.fields[at as usize * self.stride + field as usize]
    }

    fn field_mut(&mut self, at: u32, field: u8) -> &mut i64 {
        &mut self.fields[at as usize * self.stride + field as usize]
    }

    fn add(&mut self, case: u32, now: u64, state: u8, fields: &[i64]) -> u32 {
        self.ever += 1;
        debug_assert_eq!(fields.len(), self.stride);
        if let Some(at) = self.free.pop() {
            let start = at as usize * self.stride;
            self.fields.put(start, fields);
            let life = self.about[at as usize].life + 1;
            self.about[at as usize] = About { case, born: now, state, life };
            return at;
        }
        let at = self.about.len() as u32;
        self.fields.put(self.fields.len(), fields);
        self.about.push(About { case, born: now, state, life: 0 });
        at
    }

    fn remove(&mut self, at: u32) {
        self.about[at as usize].life += 1;
        self.free.push(at);
    }
}
