//! One of the sample's rooms, held again each time the sample is loaded: its script goes through the same take, the same
//! ticks and the same rules as a room with people in it, only that nobody waits for the wall's clock.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use seatrial_kit::ScenarioPlan;
use seatrial_panel::scorecard::Moment;
use seatrial_room::{
    Answer, Body, Command, MoveArgs, Panel, Playable, Reel, Side, Take, V,
    pace,
    view::{self, Clock, Context},
};
use seatrial_store::CommandRow;

use super::{
    DemoError,
    act::{Act, Finds, Shows},
    pair, rule,
};
use crate::{api::follows_phase, rooms::side_name};

pub struct Room {
    take: Take,
    reel: Reel,
    /// As the store knows it.
    id: String,
    plan: ScenarioPlan,
    start: Timestamp,
    wall_ms: u64,
    /// What had been heard of the system at the last tick.
    heard: usize,
    /// By tick of the wall's clock: where the room stood.
    passed: Vec<V>,
    names: BTreeMap<String, String>,
    tickets: BTreeMap<String, u32>,
    rows: Vec<CommandRow>,
    words: BTreeMap<String, String>,
}

impl Room {
    pub fn open(play: Arc<Playable>, seed: u64, id: String, plan: ScenarioPlan, start: Timestamp) -> Self {
        let reel = Reel::new(play.clone(), seed);
        let take = Take::open(play, seed);
        let heard = take.news();
        Self {
            take,
            reel,
            id,
            plan,
            start,
            wall_ms: 0,
            heard,
            passed: Vec::new(),
            names: BTreeMap::new(),
            tickets: BTreeMap::new(),
            rows: Vec::new(),
            words: BTreeMap::new(),
        }
    }

    /// Lets the wall's clock go on to a moment of the interview, tick by tick, as a stage does.
    pub fn until(&mut self, at_ms: i64) -> Result<(), DemoError> {
        let at_ms = u64::try_from(at_ms).unwrap_or(0);
        while self.wall_ms < at_ms {
            self.wall_ms += pace::TICK_MS;
            self.passed.push(self.take.now());
            let running = self.take.desk().pace;
            if !running.running {
                continue;
            }
            if self.take.is_over() {
                self.push(Side::Room, "room", format!("over-{}", self.id), Body::Pause, None)?;
                continue;
            }
            self.take.advance(self.take.now() + pace::step(pace::TICK_MS, running.speed));
            let news = self.take.news();
            if let Some(body) = pace::slows(running, self.heard, news) {
                self.push(Side::Room, "room", format!("slow-{}-{news}", self.id), body, None)?;
            }
            self.heard = news;
        }
        Ok(())
    }

    /// A phase of the interview begins, and the clock goes as its plan says.
    pub fn follow(&mut self, phase: &str, entry: &str) -> Result<(), DemoError> {
        let Some(phase) = self.plan.phases.iter().find(|one| phase == format!("{}/{}", one.area, one.id)) else { return Ok(()) };
        for (name, body) in follows_phase(phase, self.take.desk().pace.running) {
            self.push(Side::Room, "room", format!("{name}-{entry}"), body, None)?;
        }
        Ok(())
    }

    pub fn act(&mut self, who: &str, act: &Act, words: Option<&String>) -> Result<(), DemoError> {
        let side = if who == "candidate" { Side::Candidate } else { Side::Panel };
        let body = self.command(act)?;
        let words = words.map(|text| self.named(text)).transpose()?;
        self.push(side, who, uuid::Uuid::now_v7().to_string(), body, words)
    }

    fn push(&mut self, side: Side, who: &str, id: String, body: Body, words: Option<String>) -> Result<(), DemoError> {
        let (seq, v) = (self.take.head() + 1, self.take.now());
        let command = Command { seq, v, id: id.clone(), side, who: who.to_owned(), seen_v: v, body };
        let received = self.start.checked_add(SignedDuration::from_millis(self.wall_ms as i64)).map_err(rule)?;
        self.rows.push(CommandRow {
            seq: seq as i64,
            v: v as i64,
            id: id.clone(),
            side: side_name(side).to_owned(),
            who: who.to_owned(),
            seen_v: v as i64,
            received_at: received.as_millisecond(),
            body: serde_json::to_string(&command.body).map_err(rule)?,
            words: words.clone(),
        });
        if let Some(words) = words {
            self.words.insert(id, words);
        }
        self.reel.push(command.clone());
        self.take.push(&command).map_err(rule)
    }

    fn command(&self, act: &Act) -> Result<Body, DemoError> {
        Ok(match act.clone() {
            Act::Pause => Body::Pause,
            Act::Resume => Body::Resume,
            Act::Speed(times) => Body::Speed { times },
            Act::Answer(decision) => Body::Answer { decision },
            Act::ShowOptions(decision) => Body::ShowOptions { decision },
            Act::Choose { decision, option, value } => {
                let answer = option.map(Answer::Option).or(value.map(Answer::Value));
                Body::Choose { decision, answer: answer.unwrap_or(Answer::SomethingElse(true)) }
            }
            Act::Look { panel, decision } => Body::Look { panel, decision, focus: None },
            Act::Search(key) => {
                let query = self.named(&key)?;
                Body::Search { place: Panel::Traces, found: self.traces_of(&query).total, query }
            }
            Act::Reply { ticket, verdict } => {
                let number = self.tickets.get(&ticket).ok_or_else(|| rule(format!("no ticket is called {ticket}")))?;
                Body::Reply { ticket: *number, verdict }
            }
            Act::Move { makes, record, count, rate } => {
                let record = record.map(|text| self.named(&text)).transpose()?;
                Body::Move { makes, args: MoveArgs { record, count, rate, ..MoveArgs::default() } }
            }
            Act::TakeBack(made) => Body::TakeBack { made },
            Act::Arm(fault) => Body::Arm { fault },
            Act::Disarm => Body::Disarm,
            Act::Fire(fault) => Body::Fire { fault },
            Act::Noticed(fault) => Body::Noticed { fault },
            Act::Void { from, to } => Body::Void { from: self.stood_at(&from)?, to: self.stood_at(&to)? },
            Act::Reveal(on) => Body::Reveal { on },
            Act::End => Body::End,
        })
    }

    /// Finds something in the room and gives it a name.
    pub fn find(&mut self, finds: &Finds) -> Result<(), DemoError> {
        match finds {
            Finds::Ticket { name, claims } => {
                let opens = self.take.play().opens();
                let free = |number: u32| {
                    !self.take.desk().replies.contains_key(&number) && !self.tickets.values().any(|known| *known == number)
                };
                let of_room = self.take.sim().tickets().filter(|ticket| ticket.filed_at >= opens);
                let mut all = of_room.map(|ticket| (ticket.number as u32, self.take.play().ticket_words(ticket)));
                let found = all.find(|(number, words)| words.claim == *claims && free(*number));
                let (number, words) = found.ok_or_else(|| rule(format!("no ticket that says “{claims}” waits for an answer")))?;
                self.tickets.insert(name.clone(), number);
                self.names.insert(name.clone(), words.key);
            }
            Finds::Charge { name, of, answered } => {
                let order = self.names.get(of).ok_or_else(|| rule(format!("nothing is called {of}")))?;
                let traces = self.traces_of(&format!("order {order}"));
                let charge = |trace: &view::Trace| trace.fields.iter().find(|field| field.0 == "charge").map(|field| field.1.clone());
                // The oldest is the customer's click; what its answer names is the charge that the order keeps.
                let kept = traces.list.last().and_then(charge);
                let other = traces.list.iter().filter_map(charge).find(|one| Some(one) != kept.as_ref());
                let found = if *answered { kept } else { other };
                let found = found.ok_or_else(|| rule(format!("no trace of order {order} names that charge")))?;
                self.names.insert(name.clone(), found);
            }
        }
        Ok(())
    }

    /// A fact of the run that notes rely on.
    pub fn shows(&self, shows: &Shows) -> Result<(), DemoError> {
        let group = |name: &str| self.take.play().group(name).ok_or_else(|| rule(format!("there is no group {name}")));
        let console = self.take.sim().console();
        let (what, is, from, to) = match shows {
            Shows::Tickets { claims, from, to } => {
                let opens = self.take.play().opens();
                let of_room = self.take.sim().tickets().filter(|ticket| ticket.filed_at >= opens);
                let count = of_room.filter(|ticket| self.take.play().ticket_words(ticket).claim == *claims).count();
                (format!("tickets that say “{claims}”"), count as u64, *from, *to)
            }
            Shows::Broken { promise, from, to } => {
                let row = view::panel(&self.take, &self.context()).truth.rows.into_iter().find(|row| row.promise == *promise);
                (promise.clone(), row.ok_or_else(|| rule(format!("there is no promise {promise}")))?.count, *from, *to)
            }
            Shows::Alerts { from, to } => {
                let alerts = 0..self.take.play().system.alerts.len();
                ("alerts that rang".to_owned(), alerts.map(|at| self.take.sim().fired(at).len() as u64).sum(), *from, *to)
            }
            Shows::Waiting { group: name, from, to } => (format!("waiting for {name}"), console.groups[group(name)?].lag, *from, *to),
            Shows::Dead { group: name, from, to } => (format!("put aside by {name}"), console.groups[group(name)?].dead, *from, *to),
            Shows::Result { of, says } => {
                let made = view::panel(&self.take, &self.context()).moves.into_iter().rev().find(|made| made.name == *of);
                let result = made.ok_or_else(|| rule(format!("nobody made the move {of}")))?.result;
                return if result == *says { Ok(()) } else { Err(rule(format!("{of} came to “{result}”, not “{says}”"))) };
            }
        };
        if (from..=to).contains(&is) { Ok(()) } else { Err(rule(format!("{what}: {is}, not {from} to {to}"))) }
    }

    /// Where it stands, for whoever writes a script: `SEATRIAL_LOG=seatrial_server::demo=debug seatrial demo`.
    pub fn tells(&self) -> String {
        let frame = view::panel(&self.take, &self.context());
        let groups = self.take.sim().console().groups;
        let waits = groups.iter().enumerate().map(|(at, of)| format!("{} {} waiting {} dead", self.take.play().group_name(at), of.lag, of.dead));
        let broken = frame.truth.rows.iter().map(|row| format!("{} {} ({} visible, {} undecided)", row.promise, row.count, row.visible, row.undecided));
        let moves = frame.moves.iter().map(|made| format!("M{} {} {}: {:?} {}", made.number, made.name, made.about, made.state, made.result));
        let parts: Vec<String> = waits.chain(broken).chain(moves).collect();
        let v = (self.take.now() - self.take.play().opens()) / 1_000_000_000;
        format!("{:02}:{:02} in the room, {}×; {}", v / 60, v % 60, self.take.desk().pace.speed, parts.join("; "))
    }

    /// A text with its names in braces replaced.
    pub fn named(&self, text: &str) -> Result<String, DemoError> {
        let mut said = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').ok_or_else(|| rule("a brace is not closed"))?;
            said.push_str(before);
            said.push_str(self.names.get(name).ok_or_else(|| rule(format!("nothing is called {name}")))?);
            rest = behind;
        }
        said.push_str(rest);
        Ok(said)
    }

    /// Where whoever writes now has the room on screen.
    pub fn moment(&self) -> Moment {
        Moment { take: self.id.clone(), seq: self.take.head() as i64, v: self.take.now() as i64 }
    }

    pub fn digest(&self) -> u64 {
        self.take.digest()
    }

    /// The log as it is kept, and how far the room has come.
    pub fn log(&self) -> (&[CommandRow], V) {
        (&self.rows, self.take.now())
    }

    fn traces_of(&self, key: &str) -> view::Traces {
        view::traces(&self.take, &self.reel, &view::TraceQuery { key: Some(key.to_owned()), ..view::TraceQuery::default() })
    }

    fn stood_at(&self, clock: &str) -> Result<V, DemoError> {
        let (minutes, seconds) = pair(clock)?;
        let tick = usize::try_from((minutes * 60 + seconds) * 1000 / pace::TICK_MS as i64).map_err(rule)?;
        self.passed.get(tick).copied().ok_or_else(|| rule(format!("{clock} has not come yet")))
    }

    fn context(&self) -> Context<'_> {
        Context { words: &self.words, names: &self.names, clock: Clock::default(), present: &[], pad_rev: 0 }
    }
}
