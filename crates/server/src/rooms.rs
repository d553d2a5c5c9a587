//! Live rooms: one stage for each take that somebody looks at. A stage holds the simulation at the horizon, ticks while it
//! is watched, and writes every command down before it counts.

mod library;
mod scene;
mod spreading;
mod stage;

pub use library::Library;
pub use scene::{Audience, Seen};
pub use stage::{Acted, Sent, Stage, side_name};

use std::{collections::BTreeMap, sync::Arc};

use tokio::sync::{Mutex, OnceCell};

use crate::{problem::Problem, state::App};

/// The stages that are open, by take. Opening one lives through a whole log; nobody else waits for that.
#[derive(Debug, Default)]
pub struct Rooms {
    stages: Mutex<BTreeMap<String, Arc<OnceCell<Arc<Stage>>>>>,
}

impl Rooms {
    /// The stage of a take, opened when it is not.
    ///
    /// # Errors
    /// When there is no such take, and when it cannot be played with this program.
    pub async fn stage(&self, app: &Arc<App>, take: &str) -> Result<Arc<Stage>, Problem> {
        let place = self.stages.lock().await.entry(take.to_owned()).or_default().clone();
        let opened = place.get_or_try_init(|| async {
            let stage = Arc::new(Stage::open(app, take).await?);
            tokio::spawn(stage::run(app.clone(), stage.clone()));
            Ok::<_, Problem>(stage)
        });
        match opened.await {
            Ok(stage) => Ok(stage.clone()),
            Err(problem) => {
                // Whatever address was asked for leaves nothing behind, unless somebody else still tries it.
                let mut stages = self.stages.lock().await;
                if place.get().is_none() && Arc::strong_count(&place) == 2 {
                    stages.remove(take);
                }
                Err(problem)
            }
        }
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
        let places: Vec<_> = self.stages.lock().await.values().cloned().collect();
        for stage in places.iter().filter_map(|place| place.get()) {
            stage.save(app).await;
        }
    }
}
