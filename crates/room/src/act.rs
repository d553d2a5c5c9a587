//! What each command does.

use seatrial_sim::engine::{Command as Act, Refusal};
use seatrial_sim::system::FaultId;

use crate::command::{Answer, Body, Command, Rejection};
use crate::desk::{Chosen, Look, Reply, Void};
use crate::marks::{Mark, MarkKind};
use crate::pace::SPEEDS;
use crate::take::Take;

type Done = Result<(), Rejection>;

impl Take {
    pub(crate) fn act(&mut self, command: &Command) -> Done {
        if !command.body.is_for(command.side) && command.side != crate::command::Side::Room {
            return Err(Rejection::NotYours);
        }
        // A room that has ended is history: it can be read, and a span of it can still be marked void.
        if self.desk.ended.is_some() && !matches!(command.body, Body::Void { .. } | Body::Reveal { .. }) {
            return Err(Rejection::Ended);
        }
        if command.body.acts() && self.is_over() {
            return Err(Rejection::TimeIsOver);
        }
        match &command.body {
            Body::Pause => self.pause(command),
            Body::Resume => self.resume(command),
            Body::Speed { times } => self.speed(command, *times),
            Body::Answer { decision } => self.answer(command, decision),
            Body::ShowOptions { decision } => self.show_options(command, decision),
            Body::Choose { decision, answer } => self.choose(command, decision, answer),
            Body::Map { decision, option } => self.map(command, decision, option.as_deref()),
            Body::Move { makes, args } => self.make_move(command, makes, args),
            Body::TakeBack { made } => self.take_back(command, *made),
            Body::CallOff { made } => self.call_off(command, *made),
            Body::Reply { ticket, verdict } => {
                let truth = self.ticket_is_true(*ticket).ok_or(Rejection::NoSuchTicket(*ticket))?;
                if self.desk.replies.contains_key(ticket) {
                    return Err(Rejection::AnsweredBefore);
                }
                let reply = Reply { v: command.v, verdict: *verdict, command: command.id.clone(), truth };
                self.desk.replies.insert(*ticket, reply);
                let about = self.ticket_about(*ticket);
                self.mark(command, MarkKind::Reply, format!("T{ticket}"), format!("Answers {about}"), true);
                Ok(())
            }
            Body::Look { panel, decision, focus } => {
                let decision = decision.as_ref().and_then(|name| self.play.decision(name)).map(|(at, _)| at);
                self.desk.look = Look { panel: *panel, decision, focus: *focus };
                Ok(())
            }
            Body::Search { place, query, found } => {
                let place = if *place == crate::command::Panel::Logs { "logs" } else { "traces" };
                let query: String = query.chars().take(80).collect();
                self.mark(command, MarkKind::Search, String::new(), format!("Searches {place} for “{query}”: {found} found"), false);
                Ok(())
            }
            Body::Arm { fault } => {
                let at = self.fault(fault)?;
                self.desk.armed = Some(at);
                Ok(())
            }
            Body::Disarm => {
                self.desk.armed.take().map(|_| ()).ok_or(Rejection::NothingArmed)
            }
            Body::Fire { fault } => self.fire(command, fault),
            Body::Lift { fault } => self.lift(command, fault),
            Body::Noticed { fault } => {
                let at = self.fault(fault)?;
                let desk = &mut self.desk.faults[at];
                if desk.fired.is_none() {
                    return Err(Rejection::FaultIsOff);
                }
                if desk.noticed.is_some() {
                    return Err(Rejection::NoticedBefore);
                }
                desk.noticed = Some((command.v, command.who.clone()));
                let since = command.v - desk.fired.unwrap_or(command.v);
                let text = format!("They noticed: {}, after {}", plain(fault), minutes(since));
                self.mark(command, MarkKind::Noticed, String::new(), text, false);
                Ok(())
            }
            Body::Void { from, to } => {
                if from >= to || *to > command.v {
                    return Err(Rejection::NoSpan);
                }
                self.desk.voids.push(Void { from: *from, to: *to, command: command.id.clone() });
                self.mark(command, MarkKind::Void, String::new(), "A span does not count".into(), true);
                Ok(())
            }
            Body::Reveal { on } => {
                self.desk.revealed = on.then_some(command.v);
                let text = if *on { "The truth is shown to the candidate" } else { "The truth is hidden again" };
                self.mark(command, MarkKind::Reveal, String::new(), text.into(), false);
                Ok(())
            }
            Body::End => {
                self.desk.ended = Some(command.v);
                self.desk.pace.running = false;
                self.mark(command, MarkKind::End, String::new(), "The room ends".into(), false);
                Ok(())
            }
        }
    }

    fn pause(&mut self, command: &Command) -> Done {
        if !self.desk.pace.running {
            return Err(Rejection::Stands);
        }
        self.desk.pace.running = false;
        self.mark(command, MarkKind::Pause, String::new(), "Time stands".into(), false);
        Ok(())
    }

    fn resume(&mut self, command: &Command) -> Done {
        if self.desk.pace.running {
            return Err(Rejection::Runs);
        }
        if self.is_over() {
            return Err(Rejection::TimeIsOver);
        }
        self.desk.pace.running = true;
        let first = !self.desk.marks.iter().any(|mark| mark.kind == MarkKind::Begin);
        let (kind, text) = if first { (MarkKind::Begin, "It runs") } else { (MarkKind::Resume, "Time goes on") };
        self.mark(command, kind, String::new(), text.into(), false);
        Ok(())
    }

    fn speed(&mut self, command: &Command, times: u32) -> Done {
        if !SPEEDS.contains(&times) {
            return Err(Rejection::NoSuchSpeed(SPEEDS.to_vec()));
        }
        if self.desk.pace.speed != times {
            let text = format!("Speed {}× to {times}×", self.desk.pace.speed);
            self.desk.pace.speed = times;
            self.mark(command, MarkKind::Speed, String::new(), text, false);
        }
        Ok(())
    }

    fn decision(&self, name: &str) -> Result<usize, Rejection> {
        self.play.decision(name).map(|(at, _)| at).ok_or_else(|| Rejection::NoSuchDecision(name.to_owned()))
    }

    fn answer(&mut self, command: &Command, name: &str) -> Done {
        let at = self.decision(name)?;
        // What was said first stays: it is what shows what somebody knew before the menu.
        if self.desk.decisions[at].answered.is_none() {
            self.desk.decisions[at].answered = Some((command.id.clone(), command.v));
        }
        let ask = &self.play.compiled.decisions[at].ask;
        self.mark(command, MarkKind::Answer, format!("D{}", at + 1), format!("Answers in words: {ask}"), false);
        Ok(())
    }

    fn show_options(&mut self, command: &Command, name: &str) -> Done {
        let at = self.decision(name)?;
        if self.desk.decisions[at].options_shown.is_none() {
            self.desk.decisions[at].options_shown = Some(command.v);
            let before = self.desk.decisions[at].answered.is_some();
            let text = if before { "Opens the options, after an answer" } else { "Opens the options, without an answer" };
            self.mark(command, MarkKind::Options, format!("D{}", at + 1), text.into(), true);
        }
        Ok(())
    }

    fn choose(&mut self, command: &Command, name: &str, answer: &Answer) -> Done {
        let at = self.decision(name)?;
        let desk = &self.desk.decisions[at];
        let elsewhere = matches!(answer, Answer::SomethingElse(_));
        if !desk.options_open() && !elsewhere {
            return Err(Rejection::AnswerFirst);
        }
        let before_options = desk.before_options() || (elsewhere && desk.options_shown.is_none());
        let says = match answer {
            Answer::Option(value) | Answer::Value(value) => {
                self.decide(at, Some(value))?;
                self.play.says(&self.play.compiled.decisions[at], Some(value))
            }
            Answer::SomethingElse(_) => "something else, in their own words".to_owned(),
        };
        let chosen = Chosen { answer: answer.clone(), command: command.id.clone(), v: command.v, before_options, mapped: None };
        self.desk.decisions[at].chosen = Some(chosen);
        let ask = &self.play.compiled.decisions[at].ask;
        self.mark(command, MarkKind::Decision, format!("D{}", at + 1), format!("{ask} {says}"), false);
        Ok(())
    }

    fn map(&mut self, command: &Command, name: &str, option: Option<&str>) -> Done {
        let at = self.decision(name)?;
        let chosen = self.desk.decisions[at].chosen.as_ref();
        if !chosen.is_some_and(|chosen| matches!(chosen.answer, Answer::SomethingElse(_))) {
            return Err(Rejection::NothingToMap(name.to_owned()));
        }
        if let Some(option) = option {
            self.decide(at, Some(option))?;
        }
        if let Some(chosen) = &mut self.desk.decisions[at].chosen {
            chosen.mapped = Some(option.map(str::to_owned));
        }
        let says = match option {
            Some(option) => format!("Counts as: {}", self.play.says(&self.play.compiled.decisions[at], Some(option))),
            None => "Counts as an answer outside the model".into(),
        };
        self.mark(command, MarkKind::Map, format!("D{}", at + 1), says, true);
        Ok(())
    }

    /// Before the clock has run in the room a decision makes the system anew; afterwards it is rolled out.
    fn decide(&mut self, at: usize, answer: Option<&str>) -> Done {
        let play = self.play.clone();
        let patches = play.change(&play.compiled.decisions[at], answer).map_err(Rejection::NoSuchAnswer)?;
        self.desk.decisions[at].in_force = answer.map(str::to_owned);
        if self.is_opening() {
            self.begin_anew();
            return Ok(());
        }
        self.apply(Act::Decide(patches)).map_err(|_| Rejection::TimeIsOver)
    }

    fn fault(&self, name: &str) -> Result<usize, Rejection> {
        self.play.fault(name).ok_or_else(|| Rejection::NoSuchFault(name.to_owned()))
    }

    fn fire(&mut self, command: &Command, name: &str) -> Done {
        let at = self.fault(name)?;
        self.apply(Act::Inject(FaultId(at as u16))).map_err(|why| match why {
            Refusal::FaultIsOn => Rejection::FaultIsOn,
            _ => Rejection::TimeIsOver,
        })?;
        let desk = &mut self.desk.faults[at];
        (desk.fired, desk.lifted, desk.noticed) = (Some(command.v), None, None);
        if self.desk.armed == Some(at) {
            self.desk.armed = None;
        }
        self.mark(command, MarkKind::Fault, String::new(), plain(name), true);
        Ok(())
    }

    fn lift(&mut self, command: &Command, name: &str) -> Done {
        let at = self.fault(name)?;
        self.apply(Act::Lift(FaultId(at as u16))).map_err(|why| match why {
            Refusal::FaultIsOff => Rejection::FaultIsOff,
            _ => Rejection::TimeIsOver,
        })?;
        self.desk.faults[at].lifted = Some(command.v);
        self.mark(command, MarkKind::Lift, String::new(), format!("Ends {}", plain(name)), true);
        Ok(())
    }

    pub(crate) fn mark(&mut self, command: &Command, kind: MarkKind, label: String, text: String, panel: bool) {
        self.desk.marks.push(Mark {
            seq: Some(command.seq),
            v: command.v,
            kind,
            label,
            text,
            who: command.who.clone(),
            words: Some(command.id.clone()),
            panel: panel || command.body.is_panel_only(),
        });
    }
}

/// `settle_db_down` → `settle db down`.
pub(crate) fn plain(name: &str) -> String {
    name.replace(['_', '-'], " ")
}

/// `2:40`.
pub(crate) fn minutes(ns: u64) -> String {
    let s = ns / 1_000_000_000;
    format!("{}:{:02}", s / 60, s % 60)
}
