//! Which runs a proof needs. Everything is known beforehand: arms, seeds, measures; then the caller runs the cells in any
//! order, beside one another if it likes, and hands back the rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use seatrial_scenario::{Compiled, Separates};
use seatrial_sim::System;

use crate::ablation::{Single, singles};
use crate::arm::{Arm, Cell, Row};
use crate::claim::Claim;
use crate::control::{nothing_is_lost, shopper, without_losses};
use crate::crowd::random_answers;
use crate::measure::Measure;
use crate::seeds::seeds;
use crate::variation::{declared, variations};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// Points 1, 2 and 4.
    Usual,
    /// All seven; random designs in this number.
    Full { designs: usize },
}

/// The arms of the designs under one condition, by the designs' names.
pub(crate) type Side = BTreeMap<String, usize>;

#[derive(Debug)]
pub struct Plan {
    pub(crate) compiled: Arc<Compiled>,
    pub(crate) seeds: Vec<u64>,
    pub(crate) count: usize,
    pub(crate) arms: Vec<Arm>,
    pub(crate) measures: Vec<Measure>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) trades: Vec<Claim>,
    pub(crate) worst: String,
    pub(crate) best: String,
    pub(crate) base: Side,
    pub(crate) calm: Side,
    pub(crate) again: usize,
    pub(crate) shopper: usize,
    pub(crate) untouched: usize,
    pub(crate) alone: Side,
    pub(crate) varied: Vec<(String, Side)>,
    pub(crate) singles: Vec<(Single, usize)>,
    pub(crate) crowd: Vec<(BTreeMap<String, String>, usize)>,
}

/// Seeds of each random design: many designs say more than many seeds of few.
const CROWD_SEEDS: usize = 2;

impl Plan {
    /// `count` seeds for the claims; controls and variations take a quarter of it, ten at least. What is wrong with what
    /// the scenario claims comes back as sentences.
    pub fn new(compiled: &Arc<Compiled>, count: usize, tier: Tier) -> Result<Plan, Vec<String>> {
        let Some(separates) = &compiled.separates else {
            return Err(vec!["this scenario has no section `separates`, so it claims nothing that could be proven".into()]);
        };
        let (claims, trades) = claims(compiled, separates)?;
        let system = Arc::new(compiled.system.clone());
        let few = (count / 4).max(10).min(count);
        let (worst, best) = ends(&claims);
        let mut measures = Measure::usual(&system);
        for claim in claims.iter().chain(&trades) {
            if !measures.contains(&claim.measure) {
                measures.push(claim.measure.clone());
            }
        }
        let mut plan = Plan {
            compiled: Arc::clone(compiled),
            seeds: seeds(&compiled.hash, count + few),
            count,
            arms: Vec::new(),
            measures,
            claims,
            trades,
            worst,
            best,
            base: Side::new(),
            calm: Side::new(),
            again: 0,
            shopper: 0,
            untouched: 0,
            alone: Side::new(),
            varied: Vec::new(),
            singles: Vec::new(),
            crowd: Vec::new(),
        };
        plan.usual(&system, few)?;
        if let Tier::Full { designs } = tier {
            plan.full(&system, few, designs)?;
        }
        Ok(plan)
    }

    fn usual(&mut self, system: &Arc<System>, few: usize) -> Result<(), Vec<String>> {
        self.base = self.side(system, "", (0, self.count), true)?;
        let calm = nothing_is_lost(system);
        self.calm = self.side(&calm, "nothing lost", (0, few), true)?;
        for &arm in self.calm.values() {
            let arm = &mut self.arms[arm];
            arm.faults = false;
            arm.patches = without_losses(&calm, &arm.patches);
        }
        let again = self.arm(
            system,
            format!("{} again", self.worst),
            &self.answers(&self.worst),
            (self.count, few),
        )?;
        self.again = again;
        self.untouched = self.arm(system, "untouched".into(), &BTreeMap::new(), (0, few))?;
        let (answers, patches) = shopper(&self.compiled);
        self.shopper = self.arm(system, "shopper".into(), &answers, (0, few))?;
        self.arms[self.shopper].patches = patches;
        Ok(())
    }

    fn full(
        &mut self,
        system: &Arc<System>,
        few: usize,
        designs: usize,
    ) -> Result<(), Vec<String>> {
        self.alone = self.side(system, "no operator", (0, self.count), false)?;
        for (name, varied) in variations(system).into_iter().chain(declared(&self.compiled)) {
            let side = self.side(&varied, &name, (0, few), true)?;
            self.varied.push((name, side));
        }
        for single in singles(
            &self.compiled,
            &self.answers(&self.worst),
            &self.answers(&self.best),
        ) {
            let name = format!("{} alone", single.decision);
            let arm = self.arm(system, name, &single.answers, (0, few))?;
            self.singles.push((single, arm));
        }
        for at in 0..designs {
            let answers = random_answers(&self.compiled, at);
            let arm = self.arm(
                system,
                format!("random {at}"),
                &answers,
                (0, CROWD_SEEDS.min(self.count)),
            )?;
            self.crowd.push((answers, arm));
        }
        Ok(())
    }

    pub(crate) fn answers(&self, design: &str) -> BTreeMap<String, String> {
        self.compiled
            .named_design(design)
            .map(|design| design.answers.clone())
            .unwrap_or_default()
    }

    fn side(
        &mut self,
        system: &Arc<System>,
        what: &str,
        seeds: (usize, usize),
        operator: bool,
    ) -> Result<Side, Vec<String>> {
        let mut side = Side::new();
        let named: Vec<String> = self
            .claims
            .iter()
            .chain(&self.trades)
            .flat_map(|c| [c.worse.clone(), c.better.clone()])
            .collect();
        for design in named.into_iter().collect::<BTreeSet<_>>() {
            let name = if what.is_empty() {
                design.clone()
            } else {
                format!("{design}, {what}")
            };
            let arm = self.arm(system, name, &self.answers(&design), seeds)?;
            self.arms[arm].operator = operator;
            side.insert(design, arm);
        }
        Ok(side)
    }

    fn arm(
        &mut self,
        system: &Arc<System>,
        name: String,
        answers: &BTreeMap<String, String>,
        seeds: (usize, usize),
    ) -> Result<usize, Vec<String>> {
        self.arms.push(Arm {
            name,
            system: Arc::clone(system),
            patches: self.compiled.design(answers)?,
            faults: true,
            operator: true,
            costs_a_month: self.compiled.costs_a_month(answers),
            seeds,
        });
        Ok(self.arms.len() - 1)
    }

    pub fn arms(&self) -> &[Arm] {
        &self.arms
    }

    /// Every run that is needed, arm by arm.
    pub fn cells(&self) -> Vec<Cell> {
        let of = |(arm, def): (usize, &Arm)| {
            let (from, count) = def.seeds;
            let seeds = self
                .seeds
                .get(from..(from + count).min(self.seeds.len()))
                .unwrap_or_default();
            seeds
                .iter()
                .map(move |&seed| Cell { arm, seed })
                .collect::<Vec<_>>()
        };
        self.arms.iter().enumerate().flat_map(of).collect()
    }

    /// Runs one cell. Takes as long as the run does.
    pub fn run(&self, cell: Cell) -> Row {
        self.arms[cell.arm].row(cell.arm, cell.seed, &self.measures)
    }
}

/// What the scenario claims, and what is wrong with it.
fn claims(
    compiled: &Compiled,
    separates: &Separates,
) -> Result<(Vec<Claim>, Vec<Claim>), Vec<String>> {
    let mut wrong = Vec::new();
    let mut claim =
        |name: &str, worse: &str, better: &str, gap| match Measure::named(name, &compiled.system) {
            Ok(measure) => Some(Claim {
                measure,
                worse: worse.to_owned(),
                better: better.to_owned(),
                gap,
            }),
            Err(said) => {
                wrong.push(said);
                None
            }
        };
    let pairs: Vec<Claim> = separates
        .pairs
        .iter()
        .filter_map(|pair| claim(&pair.measure, &pair.from, &pair.to, pair.gap))
        .collect();
    let trades: Vec<Claim> = separates
        .trades
        .iter()
        .filter_map(|trade| claim(&trade.measure, &trade.worse, &trade.than, trade.gap))
        .collect();
    if pairs.is_empty() && wrong.is_empty() {
        wrong.push("`separates` names no pair of designs".into());
    }
    if wrong.is_empty() {
        Ok((pairs, trades))
    } else {
        Err(wrong)
    }
}

/// The design that is only ever worse, and the one that is only ever better.
fn ends(claims: &[Claim]) -> (String, String) {
    let worst = claims
        .iter()
        .find(|claim| claims.iter().all(|other| other.better != claim.worse))
        .or(claims.first());
    let best = claims
        .iter()
        .rev()
        .find(|claim| claims.iter().all(|other| other.worse != claim.better))
        .or(claims.last());
    (
        worst.map(|claim| claim.worse.clone()).unwrap_or_default(),
        best.map(|claim| claim.better.clone()).unwrap_or_default(),
    )
}
