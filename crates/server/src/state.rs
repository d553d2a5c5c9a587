//! What every handler can reach: the store, the kit, who is present, and how this server is configured.

use std::{
    collections::BTreeMap,
    sync::{Arc, RwLock},
};

use seatrial_kit::Kit;
use seatrial_store::{InterviewRow, Store};
use tokio::sync::Semaphore;

use crate::{
    live::Hub,
    problem::Problem,
    rooms::{Library, Rooms},
};

/// How a server was started.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The address that others reach this server under, when it is not the one it listens on.
    pub public_url: Option<String>,
    /// The address it listens on, as a URL.
    pub own_url: String,
    /// It listens on loopback only.
    pub loopback: bool,
    /// Needed to make the first account when others can reach the server too.
    pub setup_token: Option<String>,
    /// Signs in whoever opens `/enter/<token>`: the demo's own server prints it.
    pub entry: Option<(String, String)>,
    /// Where such an entry leads.
    pub entry_page: Option<String>,
}

#[derive(Debug)]
pub struct App {
    pub store: Store,
    /// The kit that new interviews are stamped with.
    pub kit: Arc<Kit>,
    pub hub: Hub,
    /// The running scenarios of the kit, and those that rooms were held with.
    pub rooms_library: Library,
    pub rooms: Rooms,
    pub options: Options,
    /// Passwords are slow to check on purpose; two at a time leave a core for everybody else.
    pub passwords: Semaphore,
    /// Other versions by their hash, and kits with a plan laid over them by hash and scenario.
    older: RwLock<BTreeMap<String, Arc<Kit>>>,
}

impl App {
    pub fn new(store: Store, kit: Kit, options: Options) -> Self {
        Self {
            store,
            kit: Arc::new(kit),
            hub: Hub::default(),
            rooms_library: Library::default(),
            rooms: Rooms::default(),
            options,
            passwords: Semaphore::new(2),
            older: RwLock::default(),
        }
    }

    /// With the files of the kit, from which its scenarios run.
    pub fn with_files(mut self, files: BTreeMap<String, Vec<u8>>) -> Self {
        self.rooms_library = Library::new(files);
        self
    }

    /// The kit that something is stamped with: today's, or the version kept with it.
    pub async fn kit_of(&self, hash: &str) -> Result<Arc<Kit>, Problem> {
        if hash == self.kit.hash {
            return Ok(self.kit.clone());
        }
        if let Some(kit) = self.older.read().unwrap_or_else(|e| e.into_inner()).get(hash) {
            return Ok(kit.clone());
        }
        let kit = self.store.kit(hash).await?.ok_or_else(|| Problem::not_found("version of the kit"))?;
        let kit = Arc::new(kit);
        self.older.write().unwrap_or_else(|e| e.into_inner()).insert(hash.to_owned(), kit.clone());
        Ok(kit)
    }

    /// The kit as an interview reads it: the one it is stamped with, and over a scenario with that scenario's plan laid over
    /// its areas.
    pub async fn kit_for(&self, interview: &InterviewRow) -> Result<Arc<Kit>, Problem> {
        let kit = self.kit_of(&interview.kit_hash).await?;
        let Some(scenario) = &interview.scenario else { return Ok(kit) };
        let key = format!("{}/{scenario}", interview.kit_hash);
        if let Some(laid) = self.older.read().unwrap_or_else(|e| e.into_inner()).get(&key) {
            return Ok(laid.clone());
        }
        let laid = Arc::new(kit.with_plan(scenario).ok_or_else(|| Problem::not_found("plan of this scenario"))?);
        self.older.write().unwrap_or_else(|e| e.into_inner()).insert(key, laid.clone());
        Ok(laid)
    }

    /// The address to put before a path in a link.
    pub fn base_url(&self) -> &str {
        self.options.public_url.as_deref().unwrap_or(&self.options.own_url).trim_end_matches('/')
    }

    /// Whether somebody on another machine can open a link.
    pub fn reachable(&self) -> bool {
        self.options.public_url.is_some() || !self.options.loopback
    }
}
