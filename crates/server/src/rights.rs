//! Who may do what: the one place. Handlers gather the facts, ask here, and do nothing else before.
//!
//! Roles say what somebody may do in general; what they may see of one loop depends on their part in it. No role,
//! administrators included, opens others' scorecards before all due ones are in.

use std::collections::BTreeSet;

use seatrial_store::{PersonRow, Role};

use crate::problem::Problem;

/// What the rights to a loop depend on.
#[derive(Debug, Clone, Default)]
pub struct LoopFacts {
    /// Who made the loop; alone responsible while it belongs to no opening.
    pub owner: String,
    pub has_opening: bool,
    /// People who ask and score in an interview of the loop that was not called off.
    pub interviewers: BTreeSet<String>,
    /// Everybody else who was to be in one: shadows, and who would have asked in one that was called off.
    pub listeners: BTreeSet<String>,
    /// All scorecards that are waited for are in.
    pub all_in: bool,
    /// A manager opened the debrief before that.
    pub opened_early: bool,
    /// People whose scorecard is in.
    pub submitted: BTreeSet<String>,
}

impl LoopFacts {
    fn takes_part(&self, person: &str) -> bool {
        self.interviewers.contains(person) || self.listeners.contains(person)
    }

    /// Whether this person may see what others wrote. Opened early or without them, whoever has not submitted a scorecard
    /// keeps writing theirs alone.
    pub fn is_open_to(&self, person: &str) -> bool {
        let owes = self.interviewers.contains(person) && !self.submitted.contains(person);
        (self.all_in || self.opened_early) && !owes
    }
}

/// What the rights to a drill depend on.
#[derive(Debug, Clone, Default)]
pub struct DrillFacts {
    /// Who breaks things; nobody where they come by themselves.
    pub leader: Option<String>,
    pub members: BTreeSet<String>,
    /// It has ended.
    pub over: bool,
}

impl DrillFacts {
    pub fn leads(&self, person: &str) -> bool {
        self.leader.as_deref() == Some(person)
    }
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy)]
pub enum Act<'a> {
    ReadKit,
    /// With the present one; whoever lost theirs comes by a link, without rights.
    ChangeOwnPassword,
    ListPeople,
    ManagePeople,
    /// Load or remove the demo.
    ManageDemo,
    HoldInterview,
    WriteOpenings,
    ReadOpening { takes_part: bool },
    ReadLoop(&'a LoopFacts),
    ManageLoop(&'a LoopFacts),
    /// Read the record of one interview.
    ReadRecord { facts: &'a LoopFacts, in_it: bool },
    /// Write into the record of one interview.
    WriteRecord { facts: &'a LoopFacts, in_it: bool },
    Score(&'a LoopFacts),
    /// See lines, levels and evidence of everybody.
    ReadJudgements(&'a LoopFacts),
    /// Visit the agenda, dissent.
    Debrief(&'a LoopFacts),
    Decide(&'a LoopFacts),
    /// Make a drill, and know of one whose address one has.
    HoldDrill,
    JoinDrill(&'a DrillFacts),
    /// See what a team sees.
    EnterDrill(&'a DrillFacts),
    /// Do what an operator does.
    OperateDrill(&'a DrillFacts),
    /// Break things, and set the clock.
    LeadDrill(&'a DrillFacts),
    /// See what is true.
    ReadDrill(&'a DrillFacts),
}

/// Asks for the right to `act`.
///
/// # Errors
/// "Not found" where even the existence is not theirs to know, "not allowed" with the reason otherwise.
pub fn ask(person: &PersonRow, act: Act<'_>) -> Result<(), Problem> {
    if person.disabled {
        return Err(Problem::sign_in());
    }
    let admin = person.role == Role::Admin;
    let manager = admin || person.role == Role::Manager;
    // Responsible for a loop: managers for those of openings, its maker for a single interview.
    let manages = |f: &LoopFacts| if f.has_opening { manager } else { f.owner == person.id };
    let knows = |f: &LoopFacts| manages(f) || f.takes_part(&person.id);
    match act {
        Act::ReadKit | Act::ChangeOwnPassword | Act::ListPeople | Act::HoldInterview | Act::HoldDrill => Ok(()),
        Act::ManagePeople if admin => Ok(()),
        Act::ManagePeople => Err(Problem::forbidden("Only an administrator invites people, changes their roles, and makes links for a new password.")),
        Act::ManageDemo | Act::WriteOpenings if manager => Ok(()),
        Act::ManageDemo => Err(Problem::forbidden("Only a manager or an administrator loads or removes the sample.")),
        Act::WriteOpenings => Err(Problem::forbidden("Only a manager or an administrator writes openings.")),
        Act::ReadOpening { takes_part } if manager || takes_part => Ok(()),
        Act::ReadOpening { .. } => Err(Problem::not_found("opening")),
        Act::ReadLoop(f) if knows(f) => Ok(()),
        Act::ReadLoop(_) => Err(Problem::not_found("loop")),
        Act::ManageLoop(f) if manages(f) => Ok(()),
        Act::ManageLoop(f) if knows(f) => Err(Problem::forbidden("Only a manager plans a loop.")),
        Act::ManageLoop(_) => Err(Problem::not_found("loop")),
        Act::ReadRecord { in_it: true, .. } => Ok(()),
        Act::ReadRecord { facts, .. } if knows(facts) && facts.is_open_to(&person.id) => Ok(()),
        Act::ReadRecord { facts, .. } if knows(facts) => {
            Err(Problem::forbidden("The record of an interview that you were not in opens with the debrief."))
        }
        Act::ReadRecord { .. } => Err(Problem::not_found("interview")),
        Act::WriteRecord { in_it: true, .. } => Ok(()),
        Act::WriteRecord { facts, .. } if knows(facts) => {
            Err(Problem::forbidden("Only people assigned to an interview write into its record."))
        }
        Act::WriteRecord { .. } => Err(Problem::not_found("interview")),
        Act::Score(f) if f.interviewers.contains(&person.id) => Ok(()),
        Act::Score(f) if knows(f) => Err(Problem::forbidden("Only interviewers of this loop score it.")),
        Act::Score(_) => Err(Problem::not_found("loop")),
        Act::ReadJudgements(f) if knows(f) && f.is_open_to(&person.id) => Ok(()),
        Act::ReadJudgements(f) | Act::Debrief(f) | Act::Decide(f) if !knows(f) => {
            let _ = f;
            Err(Problem::not_found("loop"))
        }
        Act::Debrief(f) if f.is_open_to(&person.id) => Ok(()),
        Act::Decide(f) if manages(f) && f.is_open_to(&person.id) => Ok(()),
        Act::Decide(f) if f.is_open_to(&person.id) => {
            Err(Problem::forbidden("The manager of the opening records the decision; your dissent stands beside it."))
        }
        Act::JoinDrill(f) if !f.over || f.members.contains(&person.id) => Ok(()),
        Act::JoinDrill(_) => Err(Problem::forbidden("This drill has ended. Those who were in it can tell you about it.")),
        Act::EnterDrill(f) | Act::OperateDrill(f) | Act::LeadDrill(f) | Act::ReadDrill(f) if !f.members.contains(&person.id) => {
            let _ = f;
            Err(Problem::forbidden("You are not in this drill. Join it on its page."))
        }
        Act::EnterDrill(_) => Ok(()),
        Act::OperateDrill(f) if !f.leads(&person.id) => Ok(()),
        Act::OperateDrill(_) => Err(Problem::forbidden("Whoever leads a drill knows what is true, and leaves the system to the others.")),
        Act::LeadDrill(f) if f.leads(&person.id) => Ok(()),
        Act::LeadDrill(_) => Err(Problem::forbidden("Only whoever leads this drill breaks things in it.")),
        // Roles of the organisation open nothing here either.
        Act::ReadDrill(f) if f.leads(&person.id) || f.over => Ok(()),
        Act::ReadDrill(_) => Err(Problem::forbidden("What is true is told when the drill has ended.")),
        Act::ReadJudgements(_) | Act::Debrief(_) | Act::Decide(_) => {
            Err(Problem::forbidden("Nothing of the others is shown before all due scorecards are in."))
        }
    }
}
