//! The history of one arrival, step by step across all parts: what truly happened, and whether a team could see it.
//!
//! Nothing is recorded unless somebody watches; a history is had by running again.

use super::World;
use crate::Outcome;
use crate::system::{
    AlertId, CallId, ClientId, FieldKind, GroupId, HandlerId, InvariantId, MoveId, OperationId, ProviderId, RecordId,
    SagaId, ServiceId, StoreId, System, TopicId, TxId,
};

/// Where a beat of a story takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Client(ClientId),
    Service(ServiceId),
    Store(StoreId),
    Provider(ProviderId),
    Topic(TopicId),
    Group(GroupId),
    Saga(SagaId),
    Support,
    Operator,
    Telemetry,
    Oracle,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    Arrives {
        record: RecordId,
        at: u32,
        amount: i64,
    },
    Clicks {
        click: u16,
    },
    /// The person has an answer, or gives up: `unknown`.
    Told {
        outcome: Outcome,
        took: u64,
    },
    Begins {
        handler: HandlerId,
        replica: u32,
    },
    Answers {
        handler: HandlerId,
        outcome: Outcome,
    },
    Dies {
        handler: HandlerId,
    },
    TurnedAway,
    Calls {
        call: CallId,
        attempt: u16,
    },
    TimeUp {
        call: CallId,
        attempt: u16,
    },
    RequestLost {
        operation: OperationId,
    },
    Receives {
        operation: OperationId,
    },
    /// Real from here on; `id` is that of the record made, changed or found, or 0.
    Effect {
        operation: OperationId,
        outcome: Outcome,
        id: i64,
        amount: i64,
    },
    Replies {
        operation: OperationId,
        outcome: Outcome,
        replay: bool,
    },
    /// Its caller had stopped waiting.
    RepliesTooLate {
        operation: OperationId,
    },
    AnswerLost {
        operation: OperationId,
    },
    SendsHook {
        event: i64,
        attempt: u16,
    },
    Commits {
        tx: TxId,
    },
    Aborts {
        tx: TxId,
        outcome: Outcome,
        stops: bool,
    },
    Published {
        topic: TopicId,
        corrupt: bool,
    },
    Parked {
        failures: u16,
    },
    /// An operator set the group's offset behind it.
    Skipped,
    SagaBegins {
        attempt: u16,
    },
    SagaStep {
        step: u8,
        outcome: Outcome,
    },
    SagaUndone {
        step: u8,
        outcome: Outcome,
    },
    SagaEnds {
        outcome: Outcome,
    },
    SagaResumes {
        step: u8,
    },
    Ticket {
        invariant: InvariantId,
    },
    Moves {
        makes: MoveId,
    },
    Alert {
        alert: AlertId,
    },
    Broken {
        invariant: InvariantId,
        record: RecordId,
        id: i64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub at: u64,
    pub part: Part,
    pub beat: Beat,
    /// What the beat's record was called, if it has one: its id.
    pub id: i64,
    /// The first amount of money that this record holds, in minor units; 0 where it holds none.
    pub amount: i64,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Story {
    pub serial: u64,
    pub moments: Vec<Moment>,
}

/// A story that goes on for ever is cut.
const MOMENTS_MAX: usize = 10_000;

impl Story {
    pub fn about(serial: u64) -> Story {
        Story { serial, moments: Vec::new() }
    }
}

impl Beat {
    /// Whether a team could see it in its own system's telemetry. What happens inside somebody else's system, on the
    /// way there, or in the oracle's mind is not seen.
    pub fn is_visible(&self) -> bool {
        !matches!(
            self,
            Beat::RequestLost { .. }
                | Beat::Receives { .. }
                | Beat::Effect { .. }
                | Beat::AnswerLost { .. }
                | Beat::RepliesTooLate { .. }
                | Beat::Published { corrupt: true, .. }
                | Beat::Broken { .. }
                | Beat::Arrives { .. }
                | Beat::Clicks { .. }
                | Beat::Told { .. }
        )
    }
}

impl World {
    /// Records a beat if somebody watches this case. The closure is not called otherwise.
    #[inline]
    pub(super) fn beat(&mut self, case: u32, part: Part, beat: impl FnOnce() -> Beat) {
        if self.story.is_some() {
            self.record(case, part, beat());
        }
    }

    #[cold]
    fn record(&mut self, case: u32, part: Part, beat: Beat) {
        let serial = self.vault.cases[case as usize].serial;
        let at = self.now;
        let beat = match beat {
            Beat::Begins { handler, replica } => Beat::Begins { handler, replica: self.number_in_service(replica) },
            other => other,
        };
        let id = match beat {
            Beat::Arrives { record, at, .. } => self.vault.shelves[record.at()].field(at, 0),
            Beat::Effect { id, .. } => id,
            _ => 0,
        };
        let amount = match beat {
            Beat::Arrives { amount, .. } | Beat::Effect { amount, .. } => amount,
            _ => 0,
        };
        let Some(story) = self.story.as_mut().filter(|story| story.serial == serial) else {
            return;
        };
        if case != super::vault::WORLD_CASE && story.moments.len() < MOMENTS_MAX {
            story.moments.push(Moment { at, part, beat, id, amount });
        }
    }

    /// A replica's number in its service, from 1, as people count.
    pub(super) fn number_in_service(&self, replica: u32) -> u32 {
        let all = &self.services[self.replicas[replica as usize].service as usize].replicas;
        all.iter().position(|&at| at == replica).map_or(0, |place| place as u32 + 1)
    }

    /// The id of the record that an operation's effect made or changed.
    pub(super) fn effect_id(&self, system: &System, operation: OperationId, record: u32) -> i64 {
        use crate::system::OperationKind as K;
        let shelf = match system.operations[operation.at()].kind {
            K::Create { record, .. } | K::Change { record, .. } | K::Find { record, .. } => record,
            K::Report { .. } | K::Nothing => return 0,
        };
        if record == u32::MAX { 0 } else { self.vault.shelves[shelf.at()].field(record, 0) }
    }
    /// The first amount of money that the record of an operation's effect holds.
    pub(super) fn effect_amount(&self, system: &System, operation: OperationId, at: u32) -> i64 {
        use crate::system::OperationKind as K;
        match system.operations[operation.at()].kind {
            K::Create { record, .. } | K::Change { record, .. } | K::Find { record, .. } if at != u32::MAX => {
                self.amount(system, record, at)
            }
            _ => 0,
        }
    }

    pub(super) fn amount(&self, system: &System, record: RecordId, at: u32) -> i64 {
        let fields = &system.records[record.at()].fields;
        let money = fields.iter().position(|field| field.kind == FieldKind::Money);
        money.map_or(0, |field| self.vault.shelves[record.at()].field(at, field as u8))
    }
}
