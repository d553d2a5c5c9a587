//! Live rooms: one stage for each take that somebody looks at. A stage holds the simulation at the horizon, ticks while it
//! is watched, and writes every command down before it counts.

mod library;
mod scene;
mod spreading;
mod stage;

pub use library::Library;
pub use scene::{Audience, Seen};
pub use stage::{Acted, Sent, Stage};

use std::{collections::BTreeMap, sync::Arc};

use tokio::sync::Mutex;

use crate::{problem::Problem, state::App};

/// The stages that are open, by take.
#[derive(Debug, Default)]
pub struct Rooms {
    stages: Mutex<BTreeMap<String, Arc<Stage>>>,
}

impl Rooms {
    /// The stage of a take, opened when it is not.
    ///
    /// # Errors
    /// When there is no such take, and when it cannot be played with this program.
    pub async fn stage(&self, app: &Arc<App>, take: &str) -> Result<Arc<Stage>, Problem> {
        let mut stages = self.stages.lock().await;
        if let Some(stage) = stages.get(take) {
            return Ok(stage.clone());
        }
        let stage = Arc::new(Stage::open(app, take).await?);
        stages.insert(take.to_owned(), stage.clone());
        tokio::spawn(stage::run(app.clone(), stage.clone()));
        Ok(stage)
    }

    /// Forgets a stage that nobody looks at; true when it is forgotten.
    async fn close(&self, stage: &Arc<Stage>) -> bool {
        let mut stages = self.stages.lock().await;
        if stage.is_watched() {
            return false;
        }
        stages.remove(stage.take());
        true
    }

    /// Writes down how far every open take has come.
    pub async fn save_all(&self, app: &App) {
        let stages: Vec<Arc<Stage>> = self.stages.lock().await.values().cloned().collect();
        for stage in stages {
            stage.save(app).await;
        }
    }
}
