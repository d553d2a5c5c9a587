//! Time: how a stage goes on while somebody looks on, and what it writes down of that.

use std::{sync::Arc, time::Duration};

use seatrial_room::{Body, Side, Understudy, V, pace};
use tokio::time::Instant;

use super::{Inner, Sent, Stage, append::sent};
use crate::state::App;

const TICK: Duration = Duration::from_millis(pace::TICK_MS);
/// How long a candidate may look at what is true, once an interviewer opens it.
const TRUTH_OPEN: Duration = Duration::from_secs(180);
const SAVE: Duration = Duration::from_secs(1);
/// How long a stage that nobody looks at stays in memory: somebody who loads a page anew finds it as it was.
const LINGERS: Duration = Duration::from_secs(60);

impl Stage {
    /// Lets virtual time go on by what has passed since the last tick.
    async fn tick(&self, app: &App) {
        let mut inner = self.inner.lock().await;
        let now = Instant::now();
        let elapsed = u64::try_from(now.duration_since(inner.ticked).as_millis()).unwrap_or(u64::MAX);
        inner.ticked = now;
        let pace = inner.take.desk().pace;
        if !pace.running {
            return;
        }
        if inner.stuck {
            let (now, due) = (inner.take.now(), inner.saved.0.elapsed() >= SAVE);
            drop(inner);
            if due {
                self.save_at(app, now).await;
            }
            return;
        }
        if inner.take.is_over() {
            let id = format!("over-{}", self.row.id);
            if self.append(app, &mut inner, Side::Room, "room", vec![sent(id, Body::Pause)]).await.is_ok() {
                inner.why = Some("The simulated time is over.".into());
            }
            self.compose(&mut inner);
            return;
        }
        let horizon = inner.take.now() + pace::step(elapsed, pace.speed);
        inner.take.advance(horizon);
        let Inner { take, reel, .. } = &mut *inner;
        reel.pass(take);
        let news = inner.take.news();
        if let Some(body) = pace::slows(pace, inner.news, news) {
            // The id follows from what came, so whoever sees it slows down once.
            let id = format!("slow-{}-{news}", self.row.id);
            let _ = self.append(app, &mut inner, Side::Room, "room", vec![sent(id, body)]).await;
        }
        inner.news = news;
        self.rehearse(app, &mut inner).await;
        self.compose(&mut inner);
        drop(inner);
        self.save_sometimes(app).await;
    }

    /// The truth is open for three minutes, whoever has a page open then.
    async fn close_truth(&self, app: &App, inner: &mut Inner) {
        if inner.take.desk().revealed.is_none() {
            inner.revealed = None;
            return;
        }
        let since = *inner.revealed.get_or_insert_with(Instant::now);
        if since.elapsed() >= TRUTH_OPEN {
            let id = format!("hide-{}-{}", self.row.id, inner.take.head());
            let _ = self.append(app, inner, Side::Room, "room", vec![sent(id, Body::Reveal { on: false })]).await;
        }
    }

    /// Lets the scripted candidate do what it does next, where there is one.
    async fn rehearse(&self, app: &App, inner: &mut Inner) {
        let Some(design) = self.room.rehearsal.as_deref().filter(|_| self.row.of.is_none()) else { return };
        if let Some((body, words)) = Understudy::of(design).next(&inner.take, &inner.reel) {
            let new = Sent { id: format!("script-{}-{}", self.row.id, inner.take.head()), seen_v: u64::MAX, body, words: Some(words) };
            let _ = self.append(app, inner, Side::Candidate, "candidate", vec![new]).await;
        }
    }

    async fn save_sometimes(&self, app: &App) {
        let horizon = {
            let inner = self.inner.lock().await;
            (inner.saved.0.elapsed() >= SAVE && inner.take.now() > inner.saved.1).then(|| inner.take.now())
        };
        if let Some(horizon) = horizon {
            self.save_at(app, horizon).await;
        }
    }

    /// Writes down how far it has come.
    pub async fn save(&self, app: &App) {
        let horizon = self.inner.lock().await.take.now();
        self.save_at(app, horizon).await;
    }

    async fn save_at(&self, app: &App, horizon: V) {
        let saved = app.store.checkpoint(&[(self.row.id.clone(), horizon as i64)]).await;
        let mut inner = self.inner.lock().await;
        inner.saved.0 = Instant::now();
        match saved {
            Ok(()) => {
                inner.saved.1 = horizon;
                if std::mem::take(&mut inner.stuck) {
                    inner.why = None;
                    self.compose(&mut inner);
                }
            }
            Err(error) => {
                // Without a place to write to, time stands: a room never shows what it could not find again.
                tracing::error!(%error, "the horizon could not be written down");
                inner.stuck = true;
                inner.why = Some("The server cannot write to its database, so time stands. It goes on by itself once that is mended.".into());
                self.compose(&mut inner);
            }
        }
    }
}

/// Ticks until nobody has looked on for a while.
pub async fn run(app: Arc<App>, stage: Arc<Stage>) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut lonely = Instant::now();
    let mut count: u64 = 0;
    loop {
        ticks.tick().await;
        count += 1;
        if stage.is_watched() {
            lonely = Instant::now();
            stage.tick(&app).await;
            if count.is_multiple_of(10) {
                let mut inner = stage.inner.lock().await;
                stage.look_around(&app, &mut inner).await;
                stage.close_truth(&app, &mut inner).await;
                stage.compose(&mut inner);
            }
        } else {
            // With no viewer, time stands.
            stage.inner.lock().await.ticked = Instant::now();
            if lonely.elapsed() >= LINGERS {
                stage.save(&app).await;
                if app.rooms.close(&stage).await {
                    return;
                }
            }
        }
    }
}
