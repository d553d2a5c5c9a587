//! What would have come of other decisions: the same customers, the same faults and moves at the same moments, and another
//! answer from one moment on.

use std::collections::BTreeMap;

use seatrial_scenario::Answers;

use crate::command::{Answer, Body, Command, Side, V};
use crate::reel::Reel;

impl Reel {
    /// The reel whose log answers some decisions otherwise from `v` on. Later answers to the same decisions are left out;
    /// everything else stays where it was.
    ///
    /// # Errors
    /// A sentence for each answer that is none.
    pub fn otherwise(&self, v: V, choose: &BTreeMap<String, String>) -> Result<Reel, Vec<String>> {
        self.play().compiled.design(choose)?;
        let v = v.max(self.play().opens());
        let about = |body: &Body| match body {
            Body::Choose { decision, .. } | Body::Map { decision, .. } => choose.contains_key(decision),
            _ => false,
        };
        let mut bodies: Vec<(V, Side, String, Body)> = Vec::new();
        let kept = |command: &&Command| command.v <= v || !about(&command.body);
        let (before, after): (Vec<&Command>, Vec<&Command>) = self.log().iter().filter(kept).partition(|command| command.v <= v);
        let copy = |command: &Command| (command.v, command.side, command.id.clone(), command.body.clone());
        bodies.extend(before.into_iter().map(copy));
        for (decision, answer) in choose {
            let value = matches!(self.play().decision(decision).map(|(_, of)| &of.answers), Some(Answers::Value { .. }));
            let answer = if value { Answer::Value(answer.clone()) } else { Answer::Option(answer.clone()) };
            let new = |body: Body, part: &str| (v, Side::Candidate, format!("what-if-{part}-{decision}"), body);
            bodies.push(new(Body::ShowOptions { decision: decision.clone() }, "options"));
            bodies.push(new(Body::Choose { decision: decision.clone(), answer }, "choose"));
        }
        bodies.extend(after.into_iter().map(copy));
        Ok(self.with_log(bodies, self.seed()))
    }

    /// What was decided and what was broken, with other customers: another seed. Moves and replies that name somebody are
    /// left out, since there it would be somebody else.
    pub fn with_seed(&self, seed: u64) -> Reel {
        let kept = self.log().iter().filter(|command| match &command.body {
            Body::Choose { .. } | Body::ShowOptions { .. } | Body::Answer { .. } | Body::Map { .. } | Body::Fire { .. } | Body::Lift { .. } => true,
            Body::Move { args, .. } => args.record.is_none() && args.letters.is_none(),
            _ => false,
        });
        let bodies = kept.map(|command| (command.v, command.side, command.id.clone(), command.body.clone()));
        self.with_log(bodies.collect(), seed)
    }

    fn with_log(&self, bodies: Vec<(V, Side, String, Body)>, seed: u64) -> Reel {
        let mut reel = Reel::bare(self.play().clone(), seed);
        for (at, (v, side, id, body)) in bodies.into_iter().enumerate() {
            reel.push(Command { seq: at as u64 + 1, v, id, side, who: String::new(), seen_v: v, body });
        }
        reel
    }
}
