//! Where a scenario comes from: the ones that ship with the kit, or files that the page was given.

use std::collections::BTreeMap;

use seatrial_scenario::{Compiled, compile};
use serde::{Deserialize, Serialize};

use crate::Refused;
use crate::check::{Mistake, mistakes};

include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

const SCENARIOS: &str = "scenarios/";
const END: &str = ".yaml";

/// Which scenario: the name of one that ships, perhaps with `#` and a variation, or files by path and which of them is read first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Book {
    Shipped { scenario: String },
    Given { files: BTreeMap<String, String>, entry: String },
}

/// One of those that ship.
#[derive(Debug, Serialize)]
pub struct Listed {
    pub id: &'static str,
    pub title: String,
    pub story: String,
    /// Names of what else it may be played as: `id#variation` opens one.
    pub variations: Vec<String>,
}

/// The scenarios that ship, in the order of their names; what does not compile is left out, which a test forbids.
pub fn scenarios() -> Vec<Listed> {
    let listed = names().filter_map(|id| {
        let compiled = Book::Shipped { scenario: id.into() }.read().ok()?;
        let variations = compiled.variations.iter().map(|variation| variation.name.clone()).collect();
        Some(Listed { id, title: compiled.title, story: compiled.story, variations })
    });
    listed.collect()
}

fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().filter_map(|(path, _)| path.strip_prefix(SCENARIOS)?.strip_suffix(END))
}

impl Book {
    /// The scenario, or its mistakes.
    ///
    /// # Errors
    /// When a shipped scenario of that name does not exist.
    pub fn compiled(&self) -> Result<Result<Compiled, Vec<Mistake>>, Refused> {
        let (files, entry): (BTreeMap<String, Vec<u8>>, String) = match self {
            Book::Given { files, entry } => {
                (files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect(), entry.clone())
            }
            Book::Shipped { scenario } => {
                let (id, variation) = scenario.split_once('#').map_or((scenario.as_str(), None), |(id, name)| (id, Some(name)));
                if !names().any(|name| name == id) {
                    let known = names().collect::<Vec<_>>().join(", ");
                    return Err(Refused(format!("there is no scenario “{scenario}” here; there are: {known}")));
                }
                let files = FILES.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
                let variation = variation.map(|name| format!("#{name}")).unwrap_or_default();
                (files.collect(), format!("{SCENARIOS}{id}{END}{variation}"))
            }
        };
        let (compiled, found) = compile(&files, &entry);
        Ok(compiled.ok_or_else(|| mistakes(found, &files)))
    }

    /// The scenario, for whoever has opened it before.
    ///
    /// # Errors
    /// When there is none, and when it has mistakes.
    pub fn read(&self) -> Result<Compiled, Refused> {
        self.compiled()?.map_err(|mistakes| {
            let first = mistakes.first().map(|one| format!(": {}:{}: {}", one.file, one.line, one.message));
            Refused(format!("the scenario has mistakes{}", first.unwrap_or_default()))
        })
    }
}
