//! What takes a while to look up: it is done beside the room, which goes on meanwhile.

use std::sync::Arc;

use seatrial_room::{
    Reel, Take, V,
    view::{Clock, Context},
};

use super::{Stage, broken};
use crate::{problem::Problem, rooms::spreading::Spreading};

impl Stage {
    /// Looks something up that takes a while, beside the room: it goes on meanwhile. One at a time. `v`: another moment.
    pub async fn look_at<T: Send + 'static>(
        &self,
        v: Option<V>,
        look: impl FnOnce(&Take, &Reel) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let _turn = self.looking.lock().await;
        let (take, reel) = {
            let inner = self.inner.lock().await;
            (inner.take.clone(), inner.reel.clone())
        };
        let found = tokio::task::spawn_blocking(move || match v.filter(|v| *v < take.now()) {
            Some(v) => look(&reel.seek(v, None), &reel),
            None => look(&take, &reel),
        });
        found.await.map_err(|error| broken(&error.to_string()))
    }

    /// As `look_at` now, with the words and names of now.
    pub async fn look_in_words<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Take, &Reel, &Context) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let (words, names) = {
            let inner = self.inner.lock().await;
            (inner.words.clone(), inner.names.clone())
        };
        self.look_at(None, move |take, reel| {
            look(take, reel, &Context { words: &words, names: &names, clock: Clock::default(), present: &[], pad_rev: 0 })
        })
        .await
    }

    /// How the same decisions come out with other seeds, as far as that is known; begun when it is not.
    pub async fn spread(&self) -> Arc<Spreading> {
        let (reel, until, mine) = {
            let inner = self.inner.lock().await;
            (inner.reel.clone(), inner.take.now(), seatrial_room::spread::broken(inner.take.sim()))
        };
        let mut kept = self.spread.lock().await;
        match &*kept {
            Some(there) if there.is_of(&reel, until) => there.clone(),
            _ => {
                let new = Spreading::begin(reel, until, mine);
                *kept = Some(new.clone());
                new
            }
        }
    }

    /// Another moment of it, with the words and names of now.
    pub async fn at<T: Send + 'static>(
        &self,
        v: V,
        seq: Option<u64>,
        read: impl FnOnce(&Take, &Context) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let (reel, words, names, horizon) = {
            let inner = self.inner.lock().await;
            (inner.reel.clone(), inner.words.clone(), inner.names.clone(), inner.take.now())
        };
        let sought = tokio::task::spawn_blocking(move || {
            let take = reel.seek(v.min(horizon), seq);
            read(&take, &Context { words: &words, names: &names, clock: Clock::default(), present: &[], pad_rev: 0 })
        });
        sought.await.map_err(|error| broken(&error.to_string()))
    }
}
