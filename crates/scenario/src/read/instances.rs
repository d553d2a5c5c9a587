//! `instances` of a service: how they come and go.

use seatrial_sim::system::Instances;
use seatrial_source::Fields;

use super::stores::ONE;
use crate::cx::{Cx, Place};
use crate::slot::Kind;

const SECOND: i64 = 1_000_000_000;

impl<'a> Cx<'a> {
    /// Parameters are there only for a service that says something, so that others keep their numbers.
    pub fn instances(&mut self, f: &mut Fields<'a>, place: &Place) -> Option<Instances> {
        let mut instances = None;
        f.optional_one("instances", "life of instances", |f| {
            instances = Some(Instances {
                scheduling: self.field(f, place, "scheduling", Kind::Limit, 0),
                grace: self.field(f, place, "grace", Kind::Limit, 30 * SECOND),
                pre_stop: self.field(f, place, "pre_stop", Kind::Limit, 0),
                unheard: self.field(f, place, "unheard", Kind::Limit, 0),
                cold: self.field(f, place, "cold", Kind::Factor, ONE),
                warms_in: self.field(f, place, "warms_in", Kind::Limit, 60 * SECOND),
            });
        });
        instances
    }
}
