//! The scenarios of the kit, and every version that a room was held with, compiled once.

use std::{
    collections::BTreeMap,
    sync::{Arc, RwLock},
};

use seatrial_room::Playable;
use seatrial_scenario::{Compiled, compile};
use seatrial_store::Store;

use crate::problem::Problem;

#[derive(Debug, Default)]
pub struct Library {
    /// The kit's files, by path.
    files: BTreeMap<String, Vec<u8>>,
    by_hash: RwLock<BTreeMap<String, Arc<Playable>>>,
}

/// A scenario as the kit has it today.
#[derive(Debug)]
pub struct Today {
    pub play: Arc<Playable>,
    pub entry: String,
    /// What was read to compile it.
    pub files: BTreeMap<String, String>,
}

impl Library {
    pub fn new(files: BTreeMap<String, Vec<u8>>) -> Self {
        let wanted = |path: &String| path.starts_with("scenarios/") || beside(path);
        Self { files: files.into_iter().filter(|(path, _)| wanted(path)).collect(), by_hash: RwLock::default() }
    }

    /// Names of the scenarios that run.
    pub fn names(&self) -> Vec<&str> {
        self.files.keys().filter_map(|path| path.strip_prefix("scenarios/")?.strip_suffix(".yaml")).collect()
    }

    /// A scenario of the kit by its name, or a variation of it. A variation is a version of its own: rooms keep it as any.
    ///
    /// # Errors
    /// When there is none, and when it has mistakes.
    pub fn today(&self, name: &str, variation: Option<&str>) -> Result<Today, Problem> {
        let file = format!("scenarios/{name}.yaml");
        if !self.files.contains_key(&file) {
            let known = self.names().join(", ");
            return Err(Problem::invalid(format!("The kit has no running scenario “{name}”. It has: {known}.")));
        }
        let entry = variation.map_or_else(|| file.clone(), |name| format!("{file}#{name}"));
        let play = self.keep(build(&self.files, &entry)?);
        // Scenarios are small, and what others of the kit say changes nothing of this one: all parts go along.
        let text = |(path, bytes): (&String, &Vec<u8>)| Some((path.clone(), String::from_utf8(bytes.clone()).ok()?));
        let mine = |path: &str| beside(path) || path == file;
        let files = self.files.iter().filter(|(path, _)| mine(path)).filter_map(text).collect();
        Ok(Today { play, entry, files })
    }

    /// The version of a scenario that a room is held with.
    ///
    /// # Errors
    /// When it is not kept, or cannot be read by this program any more.
    pub async fn version(&self, store: &Store, hash: &str) -> Result<Arc<Playable>, Problem> {
        if let Some(play) = self.by_hash.read().unwrap_or_else(|e| e.into_inner()).get(hash) {
            return Ok(play.clone());
        }
        let (entry, files) = store.scenario_version(hash).await?.ok_or_else(|| Problem::not_found("version of the scenario"))?;
        let files = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
        Ok(self.keep(build(&files, &entry)?))
    }

    /// The same for somebody who is alone with it.
    ///
    /// # Errors
    /// As `version`.
    pub async fn alone(&self, store: &Store, hash: &str) -> Result<Arc<Playable>, Problem> {
        let key = format!("alone {hash}");
        if let Some(play) = self.by_hash.read().unwrap_or_else(|e| e.into_inner()).get(&key) {
            return Ok(play.clone());
        }
        let play = Arc::new(Playable::clone(&*self.version(store, hash).await?).alone());
        self.by_hash.write().unwrap_or_else(|e| e.into_inner()).insert(key, play.clone());
        Ok(play)
    }

    fn keep(&self, compiled: Compiled) -> Arc<Playable> {
        let mut by_hash = self.by_hash.write().unwrap_or_else(|e| e.into_inner());
        by_hash.entry(compiled.hash.clone()).or_insert_with(|| Arc::new(Playable::new(compiled))).clone()
    }
}

/// Parts that scenarios share, and manifests that services are read from.
fn beside(path: &str) -> bool {
    path.starts_with("parts/") || path.starts_with("material/") && path.ends_with(".yaml")
}

fn build(files: &BTreeMap<String, Vec<u8>>, entry: &str) -> Result<Compiled, Problem> {
    let (compiled, mistakes) = compile(files, entry);
    compiled.ok_or_else(|| {
        let first = mistakes.first().map_or_else(String::new, |m| format!(" {}: {}", m.file, m.message));
        Problem::invalid(format!("The scenario {entry} has mistakes.{first} “seatrial check” lists them all."))
    })
}
