//! `instances` of a service: how they come and go; how others find them, and leave them out.

use seatrial_sim::system::{Balance, Discovery, Dist, Ejection, Instances, Probe, ProbeKind, by, on_term};
use seatrial_source::Fields;

use super::stores::ONE;
use crate::cx::{Cx, Place};
use crate::slot::Kind;
use crate::unit::DistOf;

const SECOND: i64 = 1_000_000_000;

const ON_TERM: &[(&str, i64)] = &[("exit", on_term::EXIT), ("drain", on_term::DRAIN), ("ignore", on_term::IGNORE)];

const BY: &[(&str, i64)] = &[("endpoints", by::ENDPOINTS), ("dns", by::DNS), ("registry", by::REGISTRY)];

impl<'a> Cx<'a> {
    /// Parameters are there only for a service that says something, so that others keep their numbers.
    pub fn instances(&mut self, f: &mut Fields<'a>, place: &Place) -> Option<Instances> {
        let mut instances = None;
        f.optional_one("instances", "life of instances", |f| {
            instances = Some(Instances {
                scheduling: self.field(f, place, "scheduling", Kind::Limit, 0),
                grace: self.field(f, place, "grace", Kind::Limit, 30 * SECOND),
                pre_stop: self.field(f, place, "pre_stop", Kind::Limit, 0),
                on_term: self.field(f, place, "on_term", Kind::Word(ON_TERM), on_term::DRAIN),
                unheard: self.field(f, place, "unheard", Kind::Limit, 0),
                cold: self.field(f, place, "cold", Kind::Factor, ONE),
                warms_in: self.field(f, place, "warms_in", Kind::Limit, 60 * SECOND),
            });
        });
        instances
    }

    /// Defaults: Kubernetes' cluster DNS has 30 s; Eureka renews, fetches and caches every 30 s, and a lease lasts 90 s; Envoy
    /// gives a connection 5 s.
    pub fn discovery(&mut self, f: &mut Fields<'a>, service: &Place) -> Option<Discovery> {
        let place = service.below("discovery");
        let mut discovery = None;
        f.optional_one("discovery", "way of discovery", |f| {
            if f.optional("by").is_none() {
                f.required("by");
            }
            let second = self.dist(Dist::Constant(1e9));
            discovery = Some(Discovery {
                by: self.field(f, &place, "by", Kind::Word(BY), by::ENDPOINTS),
                delay: self.field(f, &place, "delay", Kind::Dist(DistOf::Time), second),
                ttl: self.field(f, &place, "ttl", Kind::Limit, 30 * SECOND),
                pool_age: self.field(f, &place, "pool_age", Kind::Limit, 0),
                renew: self.field(f, &place, "renew", Kind::Duration, 30 * SECOND),
                expires: self.field(f, &place, "expires", Kind::Duration, 90 * SECOND),
                fetch: self.field(f, &place, "fetch", Kind::Duration, 30 * SECOND),
                cache: self.field(f, &place, "cache", Kind::Limit, 30 * SECOND),
                connect: self.field(f, &place, "connect", Kind::Limit, 5 * SECOND),
                step: self.step(&place.path),
            });
        });
        discovery
    }

    /// Envoy's defaults.
    pub fn ejection(&mut self, f: &mut Fields<'a>, service: &Place) -> Option<Ejection> {
        let place = service.below("eject");
        let mut ejection = None;
        f.optional_one("eject", "ejection of outliers", |f| {
            ejection = Some(Ejection {
                after: self.field(f, &place, "after", Kind::count(1), 5),
                base: self.field(f, &place, "base", Kind::Limit, 30 * SECOND),
                most: self.field(f, &place, "most", Kind::Share, 0.1f64.to_bits() as i64),
            });
        });
        ejection
    }

    /// Only of connections that requests share.
    pub fn connection_age(&mut self, f: &mut Fields<'a>, service: &Place, balance: &mut Balance) {
        if let Balance::Pinned { max_age } = balance {
            *max_age = self.field(f, service, "max_connection_age", Kind::Limit, 0);
        } else if f.optional("max_connection_age").is_some() {
            f.error(f.key("max_connection_age"), "unknown-field", "only pinned connections have an age", "add `balance: pinned`");
        }
    }

    /// Kubernetes' defaults.
    pub fn probes(&mut self, service: usize, own: &Place, f: &mut Fields<'a>) -> Vec<Probe> {
        let kinds = [("startup", ProbeKind::Startup), ("ready", ProbeKind::Ready), ("live", ProbeKind::Live)];
        let mut probes = Vec::new();
        f.optional_one("probes", "set of probes", |f| {
            for (key, kind) in kinds {
                let place = own.below("probes").below(key);
                f.optional_one(key, "probe", |f| {
                    let steps = f.required("steps");
                    let own_port = f.flag("own_port");
                    let handler = steps.map(|steps| self.job_handler(service, place.clone(), &[], steps, "steps"));
                    probes.extend(handler.map(|handler| Probe {
                        kind,
                        handler,
                        own_port,
                        initial_delay: self.field(f, &place, "initial_delay", Kind::Limit, 0),
                        period: self.field(f, &place, "period", Kind::Duration, 10 * SECOND),
                        timeout: self.field(f, &place, "timeout", Kind::Duration, SECOND),
                        failures: self.field(f, &place, "failures", Kind::count(1), 3),
                        successes: self.field(f, &place, "successes", Kind::count(1), 1),
                    }));
                });
            }
        });
        probes
    }
}
