//! Opening a stage: a take's log is read and lived through again, and whoever is around is looked up.

use std::{
    collections::BTreeMap,
    sync::{Arc, RwLock, atomic::AtomicUsize},
};

use seatrial_room::{Body, Command, Reel, Side, engine, view::Present};
use seatrial_store::{CommandRow, RoomKind};
use tokio::{
    sync::{Mutex, watch},
    time::Instant,
};

use super::{Inner, Stage, broken};
use crate::{
    api::{People, drill_place, interview_clock},
    problem::Problem,
    rooms::stage::append::sent,
    state::App,
};

/// A room that was left while it ran, by everybody or by its server.
const BACK: &str = "The server was started again, or nobody was here for a while. Nothing is lost; time stands until somebody goes on.";

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
            RoomKind::Live | RoomKind::Drill => app.rooms_library.version(&app.store, &room.scenario_hash).await?,
            RoomKind::Tutorial | RoomKind::OpenDrill => app.rooms_library.alone(&app.store, &room.scenario_hash).await?,
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
            revealed: None,
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
        }
        // Said until somebody goes on, however often it is opened meanwhile.
        let stood = inner.reel.log().iter().rev().find(|command| matches!(command.body, Body::Pause | Body::Resume));
        if stood.is_some_and(|command| command.side == Side::Room && command.id.starts_with("back-")) {
            inner.why = Some(BACK.into());
        }
        stage.compose(&mut inner);
        drop(inner);
        Ok(stage)
    }

    /// Who is here, how they are called, how much of the interview is left.
    pub(super) async fn look_around(&self, app: &App, inner: &mut Inner) {
        if self.room.kind == RoomKind::Tutorial {
            inner.names.insert("candidate".into(), "You".into());
            return;
        }
        let Some(interview) = &self.room.interview_id else { return self.look_around_drill(app, inner).await };
        let (people, candidate) = app.hub.present(interview);
        if let Ok(names) = People::read(app).await
            && let Ok(clock) = interview_clock(app, interview, &names).await
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

    /// Colleagues, by their names.
    async fn look_around_drill(&self, app: &App, inner: &mut Inner) {
        if let Ok(names) = People::read(app).await {
            let (people, _) = app.hub.present(&drill_place(&self.room.id));
            let present = |id: &String| Present {
                id: id.clone(),
                name: names.name(id),
                initials: names.one(id).initials,
                silent: false,
                candidate: false,
            };
            inner.present = people.iter().map(present).collect();
            inner.names = names.names();
        }
        if let Ok((rev, _)) = app.store.pad(&self.room.id).await {
            inner.pad_rev = rev;
        }
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
