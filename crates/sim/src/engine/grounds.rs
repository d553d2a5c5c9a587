//! What expressions read: a step sees its activation, the oracle sees a case, an alert sees telemetry.

use super::World;
use super::state::Act;
use super::vault::WORLD_CASE;
use crate::expr::{Asked, Ground, Shelf};
use crate::system::{ExprId, Fill, RecordId, System};

const DAY_NS: i64 = 86_400_000_000_000;

/// Days since 1970-01-01 at a virtual instant.
pub fn day(system: &System, now: u64) -> i64 {
    (system.clock.starts_unix_s.saturating_mul(1_000_000_000).saturating_add(now as i64)).div_euclid(DAY_NS)
}

pub struct StepGround<'a> {
    pub world: &'a World,
    pub system: &'a System,
    pub act: &'a Act,
    pub registers: &'a [i64],
}

impl Ground for StepGround<'_> {
    fn reg(&self, reg: u8) -> i64 {
        self.registers[reg as usize]
    }

    fn field(&self, shelf: Shelf, at: u32, field: u8) -> i64 {
        self.world.vault.field(shelf, at, field)
    }

    fn state(&self, shelf: Shelf, at: u32) -> u8 {
        self.world.vault.about(shelf, at).state
    }

    fn next(&self, shelf: Shelf, key: Option<(u8, i64)>, from: u32) -> Option<(u32, u32)> {
        self.world.vault.next(shelf, self.act.case, key, from)
    }

    fn ask(&self, what: Asked) -> i64 {
        match what {
            Asked::Now => self.world.wall(self.system, self.act.replica),
            Asked::Today => day(self.system, self.world.wall(self.system, self.act.replica).max(0) as u64),
            Asked::Flag(flag) => self.world.flag_is_on(self.system, self.act, flag).into(),
            Asked::Click => i64::from(self.act.click),
            Asked::SagaAttempt => i64::from(self.act.saga_attempt),
            _ => 0,
        }
    }
}

pub struct OracleGround<'a> {
    pub world: &'a World,
    pub system: &'a System,
    pub case: u32,
    pub at: u32,
}

impl Ground for OracleGround<'_> {
    fn reg(&self, _: u8) -> i64 {
        i64::from(self.at)
    }

    fn field(&self, shelf: Shelf, at: u32, field: u8) -> i64 {
        self.world.vault.field(shelf, at, field)
    }

    fn state(&self, shelf: Shelf, at: u32) -> u8 {
        self.world.vault.about(shelf, at).state
    }

    fn next(&self, shelf: Shelf, key: Option<(u8, i64)>, from: u32) -> Option<(u32, u32)> {
        self.world.vault.next(shelf, self.case, key, from)
    }

    fn ask(&self, what: Asked) -> i64 {
        match what {
            Asked::Now => self.world.now as i64,
            Asked::Today => day(self.system, self.world.now),
            Asked::Total { record, field } => self.world.vault.total(record, field),
            Asked::Balance { table, text } => self.world.vault.balance(table, text),
            Asked::Exposed(secret) => self.world.secrets[secret.at()].exposed as i64,
            Asked::Misused(secret) => self.world.secrets[secret.at()].misused as i64,
            _ => 0,
        }
    }
}

pub struct AlertGround<'a> {
    pub world: &'a World,
}

impl Ground for AlertGround<'_> {
    fn reg(&self, _: u8) -> i64 {
        0
    }

    fn field(&self, _: Shelf, _: u32, _: u8) -> i64 {
        0
    }

    fn state(&self, _: Shelf, _: u32) -> u8 {
        0
    }

    fn next(&self, _: Shelf, _: Option<(u8, i64)>, _: u32) -> Option<(u32, u32)> {
        None
    }

    fn ask(&self, what: Asked) -> i64 {
        self.world.metric(what)
    }
}

impl World {
    pub(super) fn eval_step(&self, system: &System, act: u32, expr: ExprId) -> i64 {
        system.exprs[expr.at()].run(&StepGround { world: self, system, act: &self.acts[act], registers: self.registers.of(act) })
    }

    pub(super) fn eval_oracle(&self, system: &System, expr: ExprId, case: u32, at: u32) -> i64 {
        system.exprs[expr.at()].run(&OracleGround { world: self, system, case, at })
    }

    pub(super) fn eval_totals(&self, system: &System, expr: ExprId) -> i64 {
        self.eval_oracle(system, expr, WORLD_CASE, 0)
    }

    #[inline]
    pub(super) fn fill(&mut self, system: &System, act: u32, fill: Fill, making: Option<RecordId>) -> i64 {
        match fill {
            Fill::Constant(value) => value,
            Fill::Reg(reg) => self.registers[(act, reg)],
            Fill::Field { reg, record, field } => {
                let at = self.registers[(act, reg)];
                self.vault.field(Shelf::Record(record), at as u32, field)
            }
            Fill::Expr(expr) => self.eval_step(system, act, expr),
            Fill::NewId => match making {
                Some(record) => self.vault.new_id(record),
                None => {
                    self.next_event += 1;
                    self.next_event
                }
            },
        }
    }
}
