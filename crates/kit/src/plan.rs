//! A plan laid over the areas that it asks about, so that whoever reads areas (a record, a desk, a scorecard, a debrief)
//! reads those of a scenario's interview without knowing that there is one.
//!
//! Two views. `Kit::with_plan` is for the interview itself: what its areas ask and listen for is the plan's. In
//! `Kit::with_all_plans` every area holds its own and those of all plans, for pages that read several interviews at
//! once; ids are free over both, so nothing is meant twice.

use crate::{
    AgendaPhase, Area, FollowUp, Kit, Phase, PlanPhase, Prompt, RedFlag, ScenarioPlan, Signal,
};

impl PlanPhase {
    /// What an interview's agenda, and its record, call this phase.
    pub fn agenda_id(&self) -> String {
        format!("{}/{}", self.area, self.id)
    }
}

impl Kit {
    /// The plan of a scenario, if it has one.
    pub fn plan(&self, scenario: &str) -> Option<&ScenarioPlan> {
        self.plans.iter().find(|plan| plan.scenario == scenario)
    }

    /// The kit as the interview over a scenario reads it. Areas that the plan is not about stay as they are; of those that
    /// it is, what is asked, what is listened for and the phases are the plan's, and the rubric's rows name its signals.
    pub fn with_plan(&self, scenario: &str) -> Option<Kit> {
        let plan = self.plan(scenario)?;
        let mut kit = self.clone();
        kit.regret_probes.insert(0, plan.regret_probe.clone());
        for area in kit
            .areas
            .iter_mut()
            .filter(|area| plan.areas.contains(&area.id))
        {
            area.prompts.clear();
            area.follow_ups.clear();
            area.voices.clear();
            area.signals.clear();
            area.red_flags.clear();
            area.phases.clear();
            for row in &mut area.rubric.behaviours {
                row.signals.clear();
            }
            add(area, plan);
            area.phases = phases_of(plan, &area.id).map(phase).collect();
        }
        Some(kit)
    }

    /// The kit with everything that could have been asked and heard, alone or over a scenario. Phases stay the areas' own.
    pub fn with_all_plans(&self) -> Kit {
        let mut kit = self.clone();
        for plan in &self.plans {
            kit.regret_probes.push(plan.regret_probe.clone());
            for area in kit
                .areas
                .iter_mut()
                .filter(|area| plan.areas.contains(&area.id))
            {
                add(area, plan);
            }
        }
        kit
    }
}

/// The interview that a plan leads.
pub fn plan_agenda(plan: &ScenarioPlan) -> Vec<AgendaPhase> {
    let agenda_phase = |phase: &PlanPhase| AgendaPhase {
        area: phase.area.clone(),
        id: phase.agenda_id(),
        title: phase.title.clone(),
        minutes: phase.minutes,
        prompts: phase.prompts.iter().map(|p| p.id.clone()).collect(),
        aim: phase.aim.clone(),
        hints: phase.hints.clone(),
        follow_ups: phase.follow_ups.iter().map(|f| f.id.clone()).collect(),
        exercises: Vec::new(),
    };
    plan.phases.iter().map(agenda_phase).collect()
}

fn phases_of<'p>(plan: &'p ScenarioPlan, area: &str) -> impl Iterator<Item = &'p PlanPhase> {
    plan.phases.iter().filter(move |phase| phase.area == area)
}

/// Adds what a plan asks and listens for in one area.
fn add(area: &mut Area, plan: &ScenarioPlan) {
    for phase in phases_of(plan, &area.id.clone()) {
        area.prompts.extend(phase.prompts.iter().map(Prompt::clone));
        area.follow_ups
            .extend(phase.follow_ups.iter().map(FollowUp::clone));
        area.voices.extend(phase.voices.iter().cloned());
    }
    for signal in plan.signals.iter().filter(|signal| signal.area == area.id) {
        area.signals.push(Signal {
            id: signal.id.clone(),
            text: signal.text.clone(),
            short: signal.short.clone(),
            counts: signal.counts.clone(),
        });
        for row in area
            .rubric
            .behaviours
            .iter_mut()
            .filter(|row| signal.rows.contains(&row.id))
        {
            row.signals.push(signal.id.clone());
        }
    }
    let flags = plan.red_flags.iter().filter(|flag| flag.area == area.id);
    area.red_flags.extend(flags.map(|flag| RedFlag {
        id: flag.id.clone(),
        says: flag.says.clone(),
        ask_then: flag.ask_then.clone(),
    }));
}

fn phase(phase: &PlanPhase) -> Phase {
    Phase {
        id: phase.id.clone(),
        title: phase.title.clone(),
        minutes: phase.minutes,
        prompts: phase.prompts.iter().map(|p| p.id.clone()).collect(),
        aim: phase.aim.clone(),
        hints: phase.hints.clone(),
    }
}
