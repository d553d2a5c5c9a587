//! A scripted candidate, for interviewers who rehearse: it decides as one of the scenario's reference designs does, looks
//! where somebody of that kind would look, and answers customers sooner or later. It sees what a candidate sees. It is not
//! clever, and nobody is judged by it.

use seatrial_scenario::Answers;

use crate::command::{Answer, Body, MoveArgs, Panel, V, Verdict};
use crate::marks::MarkKind;
use crate::reel::Reel;
use crate::take::Take;
use crate::view;

const SECOND: V = 1_000_000_000;

/// How somebody of a kind behaves, as far as a script can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Manner {
    /// Speaks before the menu is open.
    answers_first: bool,
    /// Looks a customer's traces up before answering them.
    searches: bool,
    replies_after: V,
    /// Puts dead letters back: so many at first, to see what becomes of them.
    tries_first: Option<u32>,
    redrives: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understudy {
    design: String,
    manner: Manner,
}

impl Understudy {
    /// The scripted candidate of a reference design. Names other than the three behave like the middle one.
    pub fn of(design: &str) -> Understudy {
        let manner = match design {
            "weak" => Manner { answers_first: false, searches: false, replies_after: 180 * SECOND, tries_first: None, redrives: true },
            "excellent" => Manner { answers_first: true, searches: true, replies_after: 40 * SECOND, tries_first: Some(5), redrives: true },
            _ => Manner { answers_first: true, searches: true, replies_after: 90 * SECOND, tries_first: None, redrives: true },
        };
        Understudy { design: design.to_owned(), manner }
    }

    /// What it does now, with its words; nothing most of the time.
    pub fn next(&self, take: &Take, reel: &Reel) -> Option<(Body, String)> {
        if !take.desk().pace.running {
            return None;
        }
        self.decides(take).or_else(|| self.replies(take, reel)).or_else(|| self.repairs(take))
    }

    fn decides(&self, take: &Take) -> Option<(Body, String)> {
        let played = take.now() - take.play().opens();
        let design = take.play().compiled.named_design(&self.design)?;
        let compiled = &take.play().compiled;
        let mine = compiled.decisions.iter().enumerate().filter_map(|(at, decision)| Some((at, decision, design.answers.get(&decision.name)?)));
        for (turn, (at, decision, answer)) in mine.enumerate() {
            let due = (30 + 40 * turn as V) * SECOND;
            let desk = &take.desk().decisions[at];
            if desk.chosen.is_some() || played < due {
                continue;
            }
            let name = decision.name.clone();
            let says = take.play().says(decision, Some(answer));
            if !desk.options_open() {
                return Some(match self.manner.answers_first {
                    true => (Body::Answer { decision: name }, format!("{says}. That is what I would do here.")),
                    false => (Body::ShowOptions { decision: name }, String::new()),
                });
            }
            if played >= due + 15 * SECOND {
                let answer = match decision.answers {
                    Answers::Value { .. } => Answer::Value(answer.clone()),
                    Answers::Options(_) => Answer::Option(answer.clone()),
                };
                let reason = if self.manner.answers_first { "As I said.".to_owned() } else { "That sounds right.".to_owned() };
                return Some((Body::Choose { decision: name, answer }, reason));
            }
        }
        None
    }

    fn replies(&self, take: &Take, reel: &Reel) -> Option<(Body, String)> {
        let open = take.sim().tickets().find(|ticket| {
            let number = u32::try_from(ticket.number).unwrap_or(u32::MAX);
            ticket.filed_at >= take.play().opens()
                && take.now() >= ticket.filed_at + self.manner.replies_after
                && !take.desk().replies.contains_key(&number)
        })?;
        let words = take.play().ticket_words(open);
        let searched = take.desk().marks.iter().any(|mark| mark.kind == MarkKind::Search && mark.text.contains(&words.what));
        if self.manner.searches && !searched {
            let query = view::TraceQuery { key: Some(words.what.clone()), ..view::TraceQuery::default() };
            let found = view::traces(take, reel, &query).total;
            return Some((Body::Search { place: Panel::Traces, query: words.what, found }, String::new()));
        }
        let ticket = u32::try_from(open.number).unwrap_or(u32::MAX);
        Some(match self.manner.searches {
            true => (Body::Reply { ticket, verdict: Verdict::ItIsSo }, format!("You are right about {}, and we put it right today.", words.what)),
            false => (Body::Reply { ticket, verdict: Verdict::CannotTell }, "We are looking into it.".to_owned()),
        })
    }

    fn repairs(&self, take: &Take) -> Option<(Body, String)> {
        let redrive = take.play().system.moves.iter().find(|def| matches!(def.does, seatrial_sim::system::MoveEffect::Redrive { .. }));
        let redrive = redrive.filter(|_| self.manner.redrives)?;
        let dead: u64 = take.sim().console().groups.iter().map(|group| group.dead).sum();
        let last = take.desk().moves.last().map_or(0, |made| made.asked);
        // Not before it is worth it, and not again before one can see what came of the last time.
        if dead < 3 || take.now() < last + 240 * SECOND {
            return None;
        }
        let count = self.manner.tries_first.filter(|_| take.desk().moves.is_empty());
        let args = MoveArgs { count, ..MoveArgs::default() };
        let why = match count {
            Some(count) => format!("{count} first, to see whether they go through now."),
            None => "They can go through now.".to_owned(),
        };
        Some((Body::Move { makes: redrive.name.clone(), args }, why))
    }
}
