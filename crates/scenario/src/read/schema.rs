//! `migrations` of a store: changes of its tables while others use them.

use seatrial_sim::system::{Alter, Change, Migration, StoreId, TableId};
use seatrial_source::{Entry, Fields, Node, Spanned};

use crate::cx::{Cx, Place};
use crate::slot::Kind;
use crate::unit::DistOf;

const DOES: &[&str] = &["add", "drop", "rename", "require", "copy", "index", "drop_table"];
const COLUMNS_MOST: u8 = 64;

impl<'a> Cx<'a> {
    pub fn migrations(&mut self, store: usize, node: &'a Node) {
        for entry in self.at.entries(node, "`migrations`") {
            self.word(&entry.key, entry.key_span);
            let place = Place::world(self.known.stores.name(store)).below(&entry.key);
            self.at.map(&entry.value, "migration", |f| self.migration(store, entry, &place, f));
        }
    }

    fn migration(&mut self, store: usize, entry: &'a Entry, place: &Place, f: &mut Fields<'a>) {
        let applied = self.late_field(f, place, "applied", Kind::Flag, 0);
        let at = self.late_field(f, place, "at", Kind::Limit, 0);
        let lock_timeout = self.late_field(f, place, "lock_timeout", Kind::Limit, 0);
        let attempts = self.late_field(f, place, "attempts", Kind::count(1), 1);
        let again = self.late_field(f, place, "again", Kind::Duration, 10_000_000_000);
        let mut changes = Vec::new();
        let mut used = super::steps::Used::new();
        let items = f.required("changes").map_or(&[][..], |node| self.at.items(node, "`changes`", "changes"));
        for item in items {
            let change = self.at.map(item, "change", |f| self.change_of_table(store, item, place, &mut used, f)).flatten();
            changes.extend(change);
        }
        for change in &changes {
            if let Err(at) = self.system.gated.binary_search(&change.table) {
                self.system.gated.insert(at, change.table);
            }
        }
        self.known.migrations.push(format!("{}.{}", self.known.stores.name(store), entry.key));
        let (name, store) = (entry.key.clone(), StoreId(store as u16));
        self.system.migrations.push(Migration { name, store, changes, applied, at, lock_timeout, attempts, again });
    }

    fn change_of_table(&mut self, store: usize, item: &'a Node, place: &Place, used: &mut super::steps::Used, f: &mut Fields<'a>) -> Option<Change> {
        let given: Vec<&'static str> = DOES.iter().copied().filter(|key| item.get(key).is_some()).collect();
        let id = self.named(f, "id");
        let [verb] = given[..] else {
            for key in DOES {
                f.optional(key);
            }
            f.error(f.span(), "either-or", "this change does not do one thing", format!("one of {}", DOES.join(", ")));
            return None;
        };
        let what = f.required(verb).and_then(|node| self.name(node, &format!("`{verb}`")));
        let other = if matches!(verb, "rename" | "copy") { f.required("to").and_then(|node| self.name(node, "`to`")) } else { None };
        let concurrently = verb == "index" && f.flag("concurrently");
        let derived = id.map_or_else(|| verb.to_owned(), |id| id.value);
        let count = used.entry(derived.clone()).or_insert(0);
        *count += 1;
        let place = if *count == 1 { place.below(&derived) } else { place.below(&format!("{derived}-{count}")) };
        // What changes the catalogue only is done in milliseconds once the lock is had.
        let usual = self.dist(seatrial_sim::system::Dist::Constant(10e6));
        let takes = self.late_field(f, &place, "takes", Kind::Dist(DistOf::Time), usual);
        let step = self.step(&place.path);
        let what = what?;
        if matches!(verb, "index" | "drop_table") {
            let table = self.find_table_of(store, &what)?;
            let does = match verb {
                "index" if concurrently => Alter::IndexConcurrently,
                "index" => Alter::Index,
                _ => Alter::DropTable,
            };
            return Some(Change { table: TableId(table as u16), does, takes, step });
        }
        let Some((table, column)) = what.value.split_once('.') else {
            self.error(what.span, "bad-value", format!("`{}` is no column", what.value), "write `table.column`");
            return None;
        };
        let named = |text: &str, of: &Spanned<String>| Spanned { value: text.to_owned(), span: of.span };
        let table = self.find_table_of(store, &named(table, &what))?;
        let column = self.column_of(table, &named(column, &what));
        let other = other.and_then(|other| self.column_of(table, &other));
        let does = match (verb, column?, other) {
            ("add", column, _) => Alter::Add(column),
            ("drop", column, _) => Alter::Drop(column),
            ("require", column, _) => Alter::Require(column),
            ("rename", from, Some(to)) => Alter::Rename(from, to),
            ("copy", from, Some(to)) => Alter::Copy(from, to),
            _ => return None,
        };
        Some(Change { table: TableId(table as u16), does, takes, step })
    }

    fn column_of(&self, table: usize, name: &Spanned<String>) -> Option<u8> {
        let info = &self.known.tables[table];
        let (fields, what) = (info.fields.clone(), format!("the table {}", info.name));
        let place = self.find_field(&fields, &what, name)?;
        if place >= COLUMNS_MOST {
            self.error(name.span, "too-many", format!("only the first {COLUMNS_MOST} columns of a table can be changed"), "");
            return None;
        }
        Some(place)
    }

    pub fn find_migration(&self, name: &Spanned<String>) -> Option<seatrial_sim::system::MigrationId> {
        let found = self.known.migrations.iter().position(|known| *known == name.value);
        if found.is_none() {
            self.unknown(name.span, "migration", &name.value, self.known.migrations.iter().map(String::as_str));
        }
        found.map(|at| seatrial_sim::system::MigrationId(at as u16))
    }

    /// The columns of a table that some migration brings, fills or takes away, as bits.
    pub fn moving_columns(&self, table: usize) -> u64 {
        let changes = self.system.migrations.iter().flat_map(|migration| &migration.changes);
        let columns = changes.filter(|change| change.table.at() == table).flat_map(|change| match change.does {
            Alter::Add(field) | Alter::Drop(field) => [Some(field), None],
            Alter::Rename(from, to) | Alter::Copy(from, to) => [Some(from), Some(to)],
            Alter::Require(_) | Alter::Index | Alter::IndexConcurrently | Alter::DropTable => [None, None],
        });
        columns.flatten().fold(0, |all, field| all | 1u64.checked_shl(field.into()).unwrap_or(0))
    }

    /// The columns that a statement names, as bits: what it would break on if they were not there.
    pub fn columns_named(&self, node: &'a Node, statement: &seatrial_sim::system::Statement) -> u64 {
        use seatrial_sim::system::Statement;
        use seatrial_source::Value;
        let (table, found) = match statement {
            Statement::Insert(insert) => (insert.table, None),
            Statement::Move { find, .. } | Statement::Update { find, .. } | Statement::Read { find, .. } => (find.table, Some(find.field)),
            Statement::Publish(_) | Statement::Steps => return 0,
        };
        let fields = &self.known.tables[table.at()].fields;
        let mut names = 0u64;
        let mut add = |name: &str| {
            let place = fields.iter().position(|field| field.name == name);
            names |= place.and_then(|place| 1u64.checked_shl(place as u32)).unwrap_or(0);
        };
        for key in ["set", "add", "expect", "into", "rows"] {
            let mut todo: Vec<&Node> = node.get(key).into_iter().collect();
            while let Some(node) = todo.pop() {
                match &node.value {
                    Value::Map(entries) => entries.iter().for_each(|entry| add(&entry.key)),
                    Value::Seq(items) => todo.extend(items.iter()),
                    Value::Scalar(scalar) => add(scalar.text.trim()),
                    Value::Unread => {}
                }
            }
        }
        names | found.and_then(|field| 1u64.checked_shl(field.into())).unwrap_or(0)
    }
}
