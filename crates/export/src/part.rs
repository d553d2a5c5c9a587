//! Which part of a kit is printed, and the check that it exists.

use crate::error::ExportError;
use schemars::JsonSchema;
use seatrial_kit::{Area, BarLine, Exercise, Kit, Pack, ScenarioPlan, Seniority, SessionItem};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq)]
pub enum Part<'a> {
    Whole,
    /// An area by id, with its exercises and a sheet for an interview on paper.
    Area(&'a str),
    /// A role's loop with its bar; all seniorities, or one.
    Pack {
        pack: &'a str,
        seniority: Option<&'a str>,
    },
    /// The plan of a scenario, by the scenario's id, with a sheet for an interview on paper.
    Plan(&'a str),
    /// An opening's plan.
    Loop(LoopSheet),
}

/// An opening's plan, as far as it is printed: nothing about candidates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoopSheet {
    pub title: String,
    /// Who is hiring; empty when nobody said.
    pub team: String,
    /// The bar, one line per area, in the order in which it is shown.
    pub bar: Vec<BarLine>,
    /// What the bar adds in sentences.
    pub rules: Vec<String>,
    pub sessions: Vec<LoopSession>,
}

/// One interview of the opening's loop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LoopSession {
    pub title: String,
    /// Names of the people who ask, or what such a person must have done.
    pub asked_by: Vec<String>,
    pub reason: String,
    pub items: Vec<SessionItem>,
}

impl Part<'_> {
    pub(crate) fn check(&self, kit: &Kit) -> Result<(), ExportError> {
        match self {
            Part::Whole => Ok(()),
            Part::Area(id) => area(kit, id).map(drop),
            Part::Pack {
                pack: id,
                seniority,
            } => {
                let pack = pack(kit, id)?;
                match seniority {
                    Some(id) => self::seniority(pack, id).map(drop),
                    None => Ok(()),
                }
            }
            Part::Plan(id) => plan(kit, id).map(drop),
            Part::Loop(sheet) => {
                for line in &sheet.bar {
                    area(kit, &line.area)?;
                }
                for item in sheet.sessions.iter().flat_map(|s| &s.items) {
                    check_item(kit, item)?;
                }
                Ok(())
            }
        }
    }

    pub(crate) fn slug(&self, kit: &Kit) -> String {
        let tail = match self {
            Part::Whole => String::new(),
            Part::Area(id) => format!("-{id}"),
            Part::Pack {
                pack,
                seniority: None,
            } => format!("-{pack}"),
            Part::Pack {
                pack,
                seniority: Some(s),
            } => format!("-{pack}-{s}"),
            Part::Plan(id) => format!("-plan-{id}"),
            Part::Loop(sheet) => format!("-{}", sheet.title),
        };
        let mut slug = String::new();
        for c in format!("{}{tail}", kit.id).to_lowercase().chars() {
            if c.is_ascii_alphanumeric() {
                slug.push(c);
            } else if !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.trim_matches('-').to_owned()
    }
}

fn check_item(kit: &Kit, item: &SessionItem) -> Result<(), ExportError> {
    let area = area(kit, &item.area)?;
    for id in &item.prompts {
        if !area.prompts.iter().any(|p| p.id == *id) {
            return Err(ExportError::unknown(
                "prompt",
                id,
                area.prompts.iter().map(|p| p.id.as_str()),
            ));
        }
    }
    for id in &item.follow_ups {
        if !area.follow_ups.iter().any(|f| f.id == *id) {
            return Err(ExportError::unknown(
                "follow-up",
                id,
                area.follow_ups.iter().map(|f| f.id.as_str()),
            ));
        }
    }
    for id in &item.exercises {
        exercise(kit, id)?;
    }
    Ok(())
}

pub(crate) fn area<'k>(kit: &'k Kit, id: &str) -> Result<&'k Area, ExportError> {
    kit.areas
        .iter()
        .find(|a| a.id == id)
        .ok_or_else(|| ExportError::unknown("area", id, kit.areas.iter().map(|a| a.id.as_str())))
}

pub(crate) fn pack<'k>(kit: &'k Kit, id: &str) -> Result<&'k Pack, ExportError> {
    kit.packs
        .iter()
        .find(|p| p.id == id)
        .ok_or_else(|| ExportError::unknown("pack", id, kit.packs.iter().map(|p| p.id.as_str())))
}

pub(crate) fn plan<'k>(kit: &'k Kit, id: &str) -> Result<&'k ScenarioPlan, ExportError> {
    let plans = || kit.plans.iter().map(|plan| plan.scenario.as_str());
    kit.plan(id)
        .ok_or_else(|| ExportError::unknown("plan", id, plans()))
}

pub(crate) fn seniority<'k>(pack: &'k Pack, id: &str) -> Result<&'k Seniority, ExportError> {
    pack.seniorities.iter().find(|s| s.id == id).ok_or_else(|| {
        ExportError::unknown(
            "seniority",
            id,
            pack.seniorities.iter().map(|s| s.id.as_str()),
        )
    })
}

pub(crate) fn exercise<'k>(kit: &'k Kit, id: &str) -> Result<&'k Exercise, ExportError> {
    kit.exercises.iter().find(|e| e.id == id).ok_or_else(|| {
        ExportError::unknown("exercise", id, kit.exercises.iter().map(|e| e.id.as_str()))
    })
}
