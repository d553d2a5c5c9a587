//! Links to brokers: what is published takes its way and waits for the acknowledgement; a consumer that is cut off takes
//! nothing, and its session ends while it may still be at work (a zombie: what it acknowledges afterwards counts no more).
//!
//! Clients of brokers send again what was not acknowledged, so `lost` of a link is for requests alone; what is given up
//! is `unknown` (Kafka, `delivery.timeout.ms`).

use super::World;
use super::arena::Ref;
use super::chance::mix;
use super::config::WORLD;
use super::links::Cargo;
use super::queue::Kind;
use super::run::Then;
use super::topics::Outgoing;
use crate::Outcome;
use crate::system::{End, LinkId, PublishId, ServiceId, System, TopicId};

impl World {
    /// The link between a replica's service and what it uses.
    pub(super) fn link_from(&self, system: &System, replica: u32, to: End) -> Option<LinkId> {
        if system.links.is_empty() {
            return None;
        }
        system.link(End::Service(ServiceId(self.replicas[replica as usize].service)), to)
    }

    /// Whether a link is cut in either direction: nobody can talk over it.
    fn is_silent(&self, system: &System, link: LinkId, replica: u32) -> bool {
        self.is_cut(system, link, false, replica) || self.is_cut(system, link, true, replica)
    }

    /// A publish of its own leaves for a broker behind a link.
    pub(super) fn publish_over(&mut self, system: &System, act: Ref, publish: PublishId, link: LinkId) -> Then {
        let outgoing = self.outgoing(system, act, publish);
        let (replica, luck) = (self.acts[act.at].replica, self.acts[act.at].luck);
        let luck = mix(luck, u64::from(publish.0) | 43 << 40);
        self.depart(system, link, false, replica, luck, Cargo::Publish { outgoing: Box::new(outgoing), act });
        Then::Waits
    }

    /// It is at the broker, who acknowledges it after his own time.
    pub(super) fn publish_arrives(&mut self, system: &System, link: LinkId, replica: u32, luck: u64, outgoing: &Outgoing, act: Ref) {
        let topic = outgoing.topic;
        let mut takes = 0;
        let outcome = if self.topics[topic.at()].down {
            self.telemetry.now.topics[topic.at()].refused += 1;
            Outcome::Refused
        } else {
            self.publish(system, outgoing);
            takes = self.time_of_publishing(system, luck, topic);
            Outcome::Ok
        };
        self.depart_after(system, link, true, replica, luck, takes, Cargo::Published { act, outcome });
    }

    fn time_of_publishing(&self, system: &System, luck: u64, topic: TopicId) -> u64 {
        let takes = system.topics[topic.at()].takes;
        self.world_duration(system, takes, luck, crate::system::StepId(0), super::chance::Purpose::Other)
    }

    /// The acknowledgement is there, or will not come.
    pub(super) fn publish_is_heard(&mut self, system: &System, act: Ref, outcome: Outcome) {
        if self.acts.is(act) {
            self.acts[act.at].outcome = outcome;
            self.acts[act.at].effects |= outcome != Outcome::Refused;
            self.step_done(system, act);
        }
    }

    /// What a transaction publishes after its commit: it waits while nothing gets through.
    pub(super) fn publish_waits(&mut self, system: &System, act: Ref, topic: TopicId) -> bool {
        let replica = self.acts[act.at].replica;
        let Some(link) = self.link_from(system, replica, End::Topic(topic)) else {
            return false;
        };
        let luck = mix(self.acts[act.at].luck, u64::from(topic.0) | 44 << 40);
        self.is_held_up(system, link, replica, luck, Cargo::Later { kind: Kind::Published, of: act })
    }

    /// It gets through after all, or is given up: the row is committed, and whether the message is there nobody knows.
    pub(super) fn publish_is_due(&mut self, system: &System, act: Ref, in_vain: bool) {
        if !in_vain {
            return self.published(system, act);
        }
        if self.acts.is(act) {
            self.acts[act.at].outcome = Outcome::Failed;
            self.acts[act.at].publishing = None;
            self.ready.push(act);
        }
    }

    /// How much later what a transaction publishes is there.
    pub(super) fn way_to_broker(&self, system: &System, act: Ref, topic: TopicId) -> u64 {
        let replica = self.acts[act.at].replica;
        self.link_from(system, replica, End::Topic(topic)).map_or(0, |link| {
            let luck = mix(self.acts[act.at].luck, u64::from(topic.0) | 45 << 40);
            self.one_way(system, link, luck, super::chance::Purpose::Way)
        })
    }

    /// Whether a member of a group hears nothing of its broker.
    pub(super) fn is_cut_off(&self, system: &System, group: u32, replica: u32) -> bool {
        if system.links.is_empty() {
            return false;
        }
        let topic = system.groups[group as usize].topic;
        self.link_from(system, replica, End::Topic(topic)).is_some_and(|link| self.is_silent(system, link, replica))
    }

    /// What a consumer that is cut off has handled cannot be acknowledged for now. True when it waits.
    pub(super) fn ack_waits(&mut self, system: &System, group: u32, partition: u32, outcome: Outcome) -> bool {
        if system.links.is_empty() {
            return false;
        }
        let part = &self.groups[group as usize].parts[partition as usize];
        let (owner, stamp) = (part.owner, part.stamp);
        if owner == super::state::NOBODY || !self.is_cut_off(system, group, owner) {
            return false;
        }
        let topic = system.groups[group as usize].topic;
        let Some(link) = self.link_from(system, owner, End::Topic(topic)) else {
            return false;
        };
        let luck = mix(u64::from(group) << 32 | u64::from(partition), u64::from(stamp));
        let ack = Cargo::Ack { group: group as u16, partition: partition as u16, stamp, outcome };
        self.waits_for_way(system, link, owner, luck, ack);
        true
    }

    /// Whether somebody has handled a delivery and cannot say so for now.
    pub(super) fn is_acknowledging(&self, group: u32, partition: u32, stamp: u32) -> bool {
        let mine = |cargo: &Cargo| {
            matches!(cargo, Cargo::Ack { group: g, partition: p, stamp: s, .. } if (u32::from(*g), u32::from(*p), *s) == (group, partition, stamp))
        };
        self.transits.live().any(|(_, transit)| mine(&transit.cargo))
    }

    /// A link may have been cut, or healed: members of groups are missed after their session, or are there again.
    pub(super) fn links_may_have_changed(&mut self, system: &System) {
        if system.links.is_empty() {
            return;
        }
        for group in 0..system.groups.len() as u32 {
            let def = &system.groups[group as usize];
            let service = system.handlers[def.handler.at()].service;
            if system.link(End::Service(service), End::Topic(def.topic)).is_none() {
                continue;
            }
            let session = self.configs.get(WORLD, system.topics[def.topic.at()].session) as u64;
            let mut healed = false;
            for replica in self.services[service.at()].replicas.clone() {
                let cut = self.is_cut_off(system, group, replica);
                if cut && self.cut_off.insert((group, replica)) {
                    self.groups[group as usize].gone.push((replica, self.now + session));
                    self.queue.push(self.now + session, Kind::Rebalance, group, 0);
                } else if !cut && self.cut_off.remove(&(group, replica)) {
                    self.groups[group as usize].gone.retain(|(gone, _)| *gone != replica);
                    healed = true;
                }
            }
            if healed {
                self.rebalance(system, group);
                self.deliver_all(system, group as usize);
            }
        }
    }
}
