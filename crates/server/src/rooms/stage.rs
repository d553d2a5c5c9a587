//! One take, live: the simulation at the horizon, the log that is written before it counts, and the tick.
//!
//! The horizon is in memory and written down every second; a take that is opened again stands at the later of what was
//! written and its last command. What was answered with a place is on disk.

mod append;
mod look;
mod open;
mod tick;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use seatrial_room::{
    Body, Reel, Side, Take, V,
    view::{self, Clock, Context, Present},
};
use seatrial_store::{RoomRow, TakeRow};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{Mutex, watch},
    time::Instant,
};
use utoipa::ToSchema;

pub use self::append::side_name;
pub use self::tick::run;
use super::scene::Scene;
use super::spreading::Spreading;
use crate::{problem::Problem, state::App};

/// A command as its sender sends it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Sent {
    /// UUIDv7, made by the client: sending twice is harmless.
    pub id: String,
    /// What was on the sender's screen.
    #[serde(default)]
    pub seen_v: u64,
    pub body: Body,
    /// A reason, an answer, what is written to a customer.
    pub words: Option<String>,
}

/// What became of it: its place, or why it came to nothing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Acted {
    pub id: String,
    pub seq: Option<u64>,
    pub v: Option<u64>,
    pub rejected: Option<String>,
}

#[derive(Debug)]
pub struct Stage {
    row: TakeRow,
    room: RoomRow,
    inner: Mutex<Inner>,
    scene: RwLock<Arc<Scene>>,
    beat: watch::Sender<u64>,
    viewers: AtomicUsize,
    looking: Mutex<()>,
    spread: Mutex<Option<Arc<Spreading>>>,
}

#[derive(Debug)]
struct Inner {
    take: Take,
    reel: Reel,
    words: BTreeMap<String, String>,
    /// By the id of a command: its place.
    places: BTreeMap<String, u64>,
    ticked: Instant,
    saved: (Instant, V),
    /// What was heard of the system when the last tick ended.
    news: usize,
    /// The last checkpoint could not be written.
    stuck: bool,
    /// Since when the truth is open to the candidate, on the wall's clock.
    revealed: Option<Instant>,
    /// Why it stands, when that is worth a sentence.
    why: Option<String>,
    names: BTreeMap<String, String>,
    present: Vec<Present>,
    left_ms: Option<i64>,
    pad_rev: i64,
    /// The system was made anew since the last scene.
    anew: usize,
}

/// Somebody who looks on; their leaving is noticed when this is dropped.
#[derive(Debug)]
pub struct Watching {
    stage: Arc<Stage>,
    pub beat: watch::Receiver<u64>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.stage.viewers.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Stage {
    pub fn take(&self) -> &str {
        &self.row.id
    }

    pub fn row(&self) -> &TakeRow {
        &self.row
    }

    pub fn room(&self) -> &RoomRow {
        &self.room
    }

    pub fn is_watched(&self) -> bool {
        self.viewers.load(Ordering::SeqCst) > 0
    }

    pub fn watch(self: &Arc<Self>) -> Watching {
        self.viewers.fetch_add(1, Ordering::SeqCst);
        Watching { stage: self.clone(), beat: self.beat.subscribe() }
    }

    pub fn scene(&self) -> Arc<Scene> {
        self.scene.read().unwrap_or_else(|e| e.into_inner()).clone()
    }

    /// Reads the take as it stands.
    pub async fn read<T>(&self, read: impl FnOnce(&Take, &Context) -> T) -> T {
        let inner = self.inner.lock().await;
        read(&inner.take, &inner.context())
    }

    /// The log with its places to begin from, and the horizon.
    pub async fn reel(&self) -> (Reel, V) {
        let inner = self.inner.lock().await;
        (inner.reel.clone(), inner.take.now())
    }

    /// Takes commands in order. What is answered with a place is on disk.
    ///
    /// # Errors
    /// When it could not be written; then nothing counts, and sending it again is right.
    pub async fn act(&self, app: &App, side: Side, who: &str, sent: Vec<Sent>) -> Result<Vec<Acted>, Problem> {
        let mut inner = self.inner.lock().await;
        let acted = self.append(app, &mut inner, side, who, sent).await?;
        self.compose(&mut inner);
        Ok(acted)
    }

    /// The pad was written.
    pub async fn pad_written(&self, rev: i64) {
        let mut inner = self.inner.lock().await;
        inner.pad_rev = rev;
        self.compose(&mut inner);
    }

    fn compose(&self, inner: &mut Inner) {
        let before = self.scene();
        let total = inner.take.sim().samples().len();
        let anew = std::mem::take(&mut inner.anew) > 0 || total < before.rows();
        let from = if anew { 0 } else { before.rows() };
        let rows = view::rows(&inner.take, from);
        let rows = rows.iter().map(|row| serde_json::to_string(row).unwrap_or_default()).collect();
        let context = inner.context();
        let scene = before.next(&view::candidate(&inner.take, &context), &view::panel(&inner.take, &context), rows, anew);
        *self.scene.write().unwrap_or_else(|e| e.into_inner()) = Arc::new(scene);
        self.beat.send_modify(|n| *n += 1);
    }
}

impl Inner {
    fn context(&self) -> Context<'_> {
        let pace = self.take.desk().pace;
        Context {
            words: &self.words,
            names: &self.names,
            clock: Clock {
                v: self.take.now(),
                running: pace.running,
                speed: pace.speed,
                head: self.take.head(),
                ended: self.take.desk().ended.is_some(),
                why: self.why.clone(),
                left_ms: self.left_ms,
            },
            present: &self.present,
            pad_rev: self.pad_rev,
        }
    }
}

fn broken(why: &str) -> Problem {
    tracing::error!(why, "a room could not be opened");
    Problem::new(
        axum::http::StatusCode::INTERNAL_SERVER_ERROR,
        "room",
        "The room could not be opened",
        "Its log could not be played again.",
        "Its record and evidence are still there. The server’s log says why.",
    )
}
