//! What `seatrial explain` says of what changes while the system runs: versions and what they bring, changes of tables, and what
//! somebody can do by hand.

use seatrial_sim::system::{After, Alter, DefectSite, Does, Migration, MigrationId, Move, Rule, Version, VersionId};

use crate::{explain::Words, figures::share, paint::wrap};

impl Words<'_> {
    /// What can be built and rolled out, service by service.
    pub(crate) fn versions(&self) -> Vec<String> {
        let system = self.system();
        let all = system.versions.iter().enumerate();
        all.map(|(at, version)| wrap(&self.version(VersionId(at as u16), version), 2)).collect()
    }

    fn version(&self, id: VersionId, version: &Version) -> String {
        let mut said: Vec<String> = version.patches.iter().filter_map(|patch| self.paths.patch(patch)).collect();
        said.extend(self.system().defects.iter().flat_map(|site| self.wrong_in(id, site)));
        if !version.ready {
            said.push("never becomes ready".into());
        }
        if !version.before.is_empty() {
            said.push(format!("first {}, and where that fails no instance moves", self.named(&version.before)));
        }
        if !version.after.is_empty() {
            said.push(format!("{} when all instances are it", self.named(&version.after)));
        }
        if said.is_empty() {
            said.push("as it is".into());
        }
        format!("{}.{}: {}", self.system().services[version.service.at()].name, version.name, said.join("; "))
    }

    fn wrong_in(&self, id: VersionId, site: &DefectSite) -> Vec<String> {
        let defects = site.defects.iter().filter(|defect| defect.version == id);
        defects
            .map(|defect| {
                let step = self.system().steps[defect.step.at()].trim_end_matches(".defect");
                let mut said = match defect.does {
                    Does::Answer(outcome) => format!("{step} comes to {}", outcome.name()),
                    Does::Skip => format!("{step} is passed over"),
                };
                if defect.chance < 1.0 {
                    said += &format!(", {} of the times", share(defect.chance));
                }
                if defect.keys < 1.0 {
                    said += &format!(", for {} of the keys", share(defect.keys));
                }
                if defect.held > 0 {
                    said += &format!(", with {} at work or more", defect.held);
                }
                if defect.after > 0 {
                    said += &format!(", {} after an instance has begun", crate::figures::time(defect.after as f64));
                }
                said
            })
            .collect()
    }

    fn named(&self, list: &[MigrationId]) -> String {
        let system = self.system();
        let name = |at: &MigrationId| {
            let migration = &system.migrations[at.at()];
            format!("{}.{}", system.stores[migration.store.at()].name, migration.name)
        };
        list.iter().map(name).collect::<Vec<_>>().join(", then ")
    }

    /// What becomes of tables, by whomever.
    pub(crate) fn migrations(&self) -> Vec<String> {
        self.system().migrations.iter().map(|migration| wrap(&self.migration(migration), 2)).collect()
    }

    fn migration(&self, migration: &Migration) -> String {
        let system = self.system();
        let changes = migration.changes.iter().map(|change| {
            let table = &system.tables[change.table.at()];
            let column = |at: u8| table.fields.get(usize::from(at)).map_or("a column", |field| field.name.as_str());
            let does = match change.does {
                Alter::Add(at) => format!("adds {} to {}", column(at), table.name),
                Alter::Drop(at) => format!("takes {} out of {}", column(at), table.name),
                Alter::Rename(from, to) => format!("{} of {} is called {}", column(from), table.name, column(to)),
                Alter::Require(at) => format!("{} of {} must be given", column(at), table.name),
                Alter::Copy(from, to) => format!("fills {} of {} from {}, a few rows at a time", column(to), table.name, column(from)),
                Alter::Index => format!("makes an index on {}, which nobody writes meanwhile", table.name),
                Alter::IndexConcurrently => format!("makes an index on {} beside the work", table.name),
                Alter::DropTable => format!("takes {} away", table.name),
            };
            format!("{does} (takes {})", self.drawn(change.takes))
        });
        let store = &system.stores[migration.store.at()].name;
        let mut said = format!("{store}.{}: {}", migration.name, changes.collect::<Vec<_>>().join(", then "));
        if self.value(migration.applied) != 0 {
            return said + "; done before the first minute";
        }
        if self.value(migration.lock_timeout) > 0 {
            said += &format!("; waits {} for a lock, {} times", self.show(migration.lock_timeout), self.show(migration.attempts));
            if self.value(migration.attempts) > 1 {
                said += &format!(", {} apart", self.show(migration.again));
            }
        } else {
            said += "; waits for its locks as long as it takes";
        }
        said
    }

    /// What somebody can do, how long that takes, and when the automatic operator does it in a run.
    pub(crate) fn by_hand(&self) -> Vec<String> {
        self.system().moves.iter().enumerate().map(|(at, def)| wrap(&self.a_move(at, def), 2)).collect()
    }

    fn a_move(&self, at: usize, def: &Move) -> String {
        let system = self.system();
        let mut said = format!("{}, {}: {}", def.name, self.drawn(def.takes), crate::paint::tame(def.words().trim().trim_end_matches('.')));
        let Some(operator) = &system.operator else { return said };
        let rules = || operator.script.iter().filter(|rule| rule.makes.at() == at);
        let alerts = rules().filter_map(|rule: &Rule| match rule.after {
            After::AnyAlert => Some("any alert".into()),
            After::Alert(alert) => Some(format!("the alert {}", system.alerts[alert.at()].name)),
            After::AnyTicket | After::TicketOf(_) => None,
        });
        let tickets = rules().filter_map(|rule: &Rule| match rule.after {
            After::AnyTicket => Some("a ticket".into()),
            After::TicketOf(promise) => Some(format!("a ticket about {}", system.invariants[promise.at()].name)),
            After::AnyAlert | After::Alert(_) => None,
        });
        let [alerts, tickets] = [alerts.collect::<Vec<String>>(), tickets.collect()].map(|after| after.join(" or "));
        // Who has handled a ticket does it at once.
        let after = [format!("{} after {alerts}", self.show(operator.reacts)), format!("when {tickets} has been handled")];
        let after: Vec<&str> = after.iter().zip([&alerts, &tickets]).filter(|(_, of)| !of.is_empty()).map(|(said, _)| said.as_str()).collect();
        said += &match after.is_empty() {
            true => "; the automatic operator never does".to_owned(),
            false => format!("; the automatic operator does, {}", after.join(", or ")),
        };
        said
    }
}
