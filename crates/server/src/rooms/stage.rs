//! One take, live: the simulation at the horizon, the log that is written before it counts, and the tick.
//!
//! The horizon is in memory and written down every second; a take that is opened again stands at the later of what was
//! written and its last command. What was answered with a place is on disk.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use seatrial_room::{
    Body, Command, Reel, Rejection, Side, Take, Understudy, V, engine, pace,
    view::{self, Clock, Context, Present},
};
use seatrial_store::{CommandRow, RoomKind, RoomRow, TakeRow};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::{Mutex, watch},
    time::Instant,
};
use utoipa::ToSchema;

use super::scene::Scene;
use super::spreading::Spreading;
use crate::{
    api::{People, interview_clock},
    problem::Problem,
    state::App,
};

const TICK: Duration = Duration::from_millis(100);
const SAVE: Duration = Duration::from_secs(1);
/// How long a stage that nobody looks at stays in memory: somebody who loads a page anew finds it as it was.
const LINGERS: Duration = Duration::from_secs(60);
/// Words of one command.
const WORDS_MAX: usize = 4_000;

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
    /// Reads a take's log and lives through it again.
    ///
    /// # Errors
    /// When there is no such take, when it was held with another engine, and when the database does not answer.
    pub async fn open(app: &Arc<App>, id: &str) -> Result<Stage, Problem> {
        let row = app.store.take(id).await?.ok_or_else(|| Problem::not_found("take"))?;
        let room = app.store.room(&row.room_id).await?.ok_or_else(|| Problem::not_found("room"))?;
        if room.engine != engine() {
            return Err(Problem::conflict(
                "This room was held with another version of the simulator, which alone can play it to the bit.",
                "Open it with the program that it was held with; its record and evidence stay readable here.",
            ));
        }
        let play = match room.kind {
            RoomKind::Live => app.rooms_library.version(&app.store, &room.scenario_hash).await?,
            RoomKind::Tutorial => app.rooms_library.alone(&app.store, &room.scenario_hash).await?,
        };
        let mut reel = Reel::new(play, room.seed);
        let (mut words, mut places) = (BTreeMap::new(), BTreeMap::new());
        for kept in app.store.commands(id).await? {
            let command = read(&kept)?;
            places.insert(command.id.clone(), command.seq);
            if let Some(text) = kept.words {
                words.insert(command.id.clone(), text);
            }
            reel.push(command);
        }
        let horizon = u64::try_from(row.horizon).unwrap_or(0);
        let (reel, take) = tokio::task::spawn_blocking(move || {
            let mut reel = reel;
            let take = reel.live(horizon);
            (reel, take)
        })
        .await
        .map_err(|error| broken(&error.to_string()))?;
        let now = Instant::now();
        let pad_rev = app.store.pad(&room.id).await?.0;
        let inner = Inner {
            news: take.news(),
            saved: (now, take.now()),
            take,
            reel,
            words,
            places,
            ticked: now,
            stuck: false,
            why: None,
            names: BTreeMap::new(),
            present: Vec::new(),
            left_ms: None,
            pad_rev,
            anew: 0,
        };
        let stage = Stage {
            row,
            room,
            inner: Mutex::new(inner),
            scene: RwLock::default(),
            beat: watch::Sender::new(0),
            viewers: AtomicUsize::new(0),
            looking: Mutex::new(()),
            spread: Mutex::new(None),
        };
        let mut inner = stage.inner.lock().await;
        stage.look_around(app, &mut inner).await;
        if inner.take.desk().pace.running {
            // Nobody knows how long it stood; people go on when they are back.
            let id = format!("back-{}-{}", stage.row.id, inner.take.head());
            stage.append(app, &mut inner, Side::Room, "room", vec![sent(id, Body::Pause)]).await?;
            inner.why = Some("The server was started again. Nothing is lost; time stands until somebody goes on.".into());
        }
        stage.compose(&mut inner);
        drop(inner);
        Ok(stage)
    }

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

    async fn append(&self, app: &App, inner: &mut Inner, side: Side, who: &str, sent: Vec<Sent>) -> Result<Vec<Acted>, Problem> {
        let mut acted = Vec::with_capacity(sent.len());
        for one in sent {
            if let Some(&seq) = inner.places.get(&one.id) {
                let v = inner.reel.log().get(seq as usize - 1).map(|command| command.v);
                let why = inner.take.desk().rejected.iter().find(|(place, _)| *place == seq).map(|(_, why)| why.to_string());
                acted.push(Acted { id: one.id, seq: Some(seq), v, rejected: why });
                continue;
            }
            let words = one.words.filter(|words| !words.trim().is_empty());
            if words.as_ref().is_some_and(|words| words.chars().count() > WORDS_MAX) {
                acted.push(Acted { id: one.id, seq: None, v: None, rejected: Some(format!("Write at most {WORDS_MAX} letters.")) });
                continue;
            }
            // What nobody on this side may send never enters the log.
            if side != Side::Room && !one.body.is_for(side) {
                acted.push(Acted { id: one.id, seq: None, v: None, rejected: Some(Rejection::NotYours.to_string()) });
                continue;
            }
            let head = inner.take.head();
            let command = Command {
                seq: head + 1,
                v: inner.take.now(),
                id: one.id.clone(),
                side,
                who: who.to_owned(),
                seen_v: one.seen_v.min(inner.take.now()),
                body: one.body,
            };
            let kept = CommandRow {
                seq: command.seq as i64,
                v: command.v as i64,
                id: command.id.clone(),
                side: side_name(side).to_owned(),
                who: command.who.clone(),
                seen_v: command.seen_v as i64,
                received_at: Timestamp::now().as_millisecond(),
                body: serde_json::to_string(&command.body).unwrap_or_default(),
                words: words.clone(),
            };
            if !app.store.append_commands(&self.row.id, head as i64, std::slice::from_ref(&kept)).await? {
                return Err(Problem::conflict("Another server holds this room.", "Load the page again."));
            }
            let opening = inner.take.is_opening();
            if let Some(words) = words {
                inner.words.insert(command.id.clone(), words);
            }
            inner.places.insert(command.id.clone(), command.seq);
            inner.reel.push(command.clone());
            let done = inner.take.push(&command);
            inner.anew += usize::from(opening && command.body.acts());
            if matches!(command.body, Body::Resume | Body::Pause) && side != Side::Room {
                inner.why = None;
                inner.ticked = Instant::now();
            }
            acted.push(Acted {
                id: one.id,
                seq: Some(command.seq),
                v: Some(command.v),
                rejected: done.err().map(|why| why.to_string()),
            });
        }
        Ok(acted)
    }

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
        if news > inner.news && pace.speed > 1 {
            // What came in wants to be read. The id follows from what came, so whoever sees it slows down once.
            let id = format!("slow-{}-{news}", self.row.id);
            let _ = self.append(app, &mut inner, Side::Room, "room", vec![sent(id, Body::Speed { times: 1 })]).await;
        }
        inner.news = news;
        self.rehearse(app, &mut inner).await;
        self.compose(&mut inner);
        drop(inner);
        self.save_sometimes(app).await;
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

    /// Who is here, how they are called, how much of the interview is left.
    async fn look_around(&self, app: &App, inner: &mut Inner) {
        if self.room.kind == RoomKind::Tutorial {
            inner.names.insert("candidate".into(), "You".into());
            return;
        }
        let (people, candidate) = app.hub.present(&self.room.interview_id);
        if let Ok(names) = People::read(app).await
            && let Ok(clock) = interview_clock(app, &self.room.interview_id, &names).await
        {
            let present = people.iter().map(|id| Present {
                id: id.clone(),
                name: names.name(id),
                initials: names.one(id).initials,
                silent: clock.shadows.contains(id),
                candidate: false,
            });
            let mut present: Vec<Present> = present.collect();
            if candidate {
                present.insert(
                    0,
                    Present {
                        id: "candidate".into(),
                        name: clock.candidate.clone(),
                        initials: clock.candidate.chars().next().map(String::from).unwrap_or_default(),
                        silent: false,
                        candidate: true,
                    },
                );
            }
            inner.present = present;
            inner.names = clock.names;
            if let Some(design) = &self.room.rehearsal {
                inner.names.insert("candidate".into(), format!("Scripted candidate ({design})"));
            }
            inner.left_ms = clock.left_ms;
        }
        if let Ok((rev, _)) = app.store.pad(&self.room.id).await {
            inner.pad_rev = rev;
        }
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

fn sent(id: String, body: Body) -> Sent {
    Sent { id, seen_v: u64::MAX, body, words: None }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Candidate => "candidate",
        Side::Panel => "panel",
        Side::Room => "room",
    }
}

fn read(kept: &CommandRow) -> Result<Command, Problem> {
    let side = match kept.side.as_str() {
        "candidate" => Side::Candidate,
        "panel" => Side::Panel,
        _ => Side::Room,
    };
    let body = serde_json::from_str(&kept.body).map_err(|error| broken(&format!("command {}: {error}", kept.id)))?;
    Ok(Command {
        seq: kept.seq as u64,
        v: kept.v as u64,
        id: kept.id.clone(),
        side,
        who: kept.who.clone(),
        seen_v: kept.seen_v as u64,
        body,
    })
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
