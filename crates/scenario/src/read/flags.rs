//! `flags` and `clocks`: what each replica knows a little late, or a little wrong.

use seatrial_sim::system::{Flag, NTP_NONE, NTP_SLEW, NTP_STEP, ServiceId, WallClock};
use seatrial_source::{Node, Spanned};

use crate::cx::{Cx, Place};
use crate::slot::Kind;

const SECOND: i64 = 1_000_000_000;

impl<'a> Cx<'a> {
    pub fn flags(&mut self, root: &'a Node) {
        for entry in self.section(root, "flags") {
            let place = Place::world(format!("flags.{}", entry.key));
            let flag = self.at.map(&entry.value, "feature flag", |f| Flag {
                name: entry.key.clone(),
                share: self.field(f, &place, "share", Kind::Share, 0),
                // LaunchDarkly's polling mode and Unleash's SDKs: between 15 and 30 s.
                poll: self.field(f, &place, "poll", Kind::Limit, 30 * SECOND),
                step: self.step(&place.path),
            });
            self.system.flags.extend(flag);
        }
    }

    pub fn clocks(&mut self, root: &'a Node) {
        const NTP: &[(&str, i64)] = &[("none", NTP_NONE), ("step", NTP_STEP), ("slew", NTP_SLEW)];
        for entry in self.section(root, "clocks") {
            let name = Spanned { value: entry.key.clone(), span: entry.key_span };
            let service = self.find_service(&name);
            let place = Place::world(format!("clocks.{}", entry.key));
            let clock = self.at.map(&entry.value, "wall clock", |f| {
                let ahead = self.field(f, &place, "ahead", Kind::Limit, 0);
                let behind = self.field(f, &place, "behind", Kind::Limit, 0);
                let replicas = self.field(f, &place, "replicas", Kind::count(0), 0);
                let gains_daily = self.field(f, &place, "gains_daily", Kind::Limit, 0);
                let loses_daily = self.field(f, &place, "loses_daily", Kind::Limit, 0);
                let ntp = self.field(f, &place, "ntp", Kind::Word(NTP), NTP_NONE);
                let service = ServiceId(service.unwrap_or(0) as u16);
                WallClock { service, ahead, behind, replicas, gains_daily, loses_daily, ntp }
            });
            self.system.clocks.extend(clock);
        }
    }
}
