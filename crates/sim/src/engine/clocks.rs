//! Wall clocks: true time + offset + drift, as each machine's own corrections leave it. Timers and time-outs do not go by
//! them (`CLOCK_MONOTONIC`); what a step calls `now`, stamps, validity and order do.
//!
//! Corrections follow ntpd: more than 128 ms off it waits for five minutes (`stepout`) and steps; less is slewed by at most
//! 500 ppm. Drift is corrected at each poll of 64 s. All of it is a function of time, so nothing happens when nobody looks.

use super::World;
use super::config::WORLD;
use crate::system::{NTP_NONE, NTP_SLEW, NTP_STEP, ServiceId, System, WallClock};

/// ntp.org, "Clock State Machine", `tinker stepout` and `tinker step`; RFC 5905: 500 ppm.
const STEPOUT_NS: i128 = 300_000_000_000;
const STEP_NS: i128 = 128_000_000;
const SLEW_PPM: i128 = 500;
const POLL_NS: i128 = 64_000_000_000;
const DAY_NS: i128 = 86_400_000_000_000;

/// The offset that was set, and since when.
#[derive(Debug, Clone, Copy, Default)]
pub struct ClockState {
    pub offset: i64,
    pub since: u64,
}

pub fn start(system: &System) -> Vec<ClockState> {
    vec![ClockState::default(); system.clocks.len()]
}

impl World {
    fn offset_set(&self, def: &WallClock) -> i64 {
        self.configs.get(WORLD, def.ahead) - self.configs.get(WORLD, def.behind)
    }

    /// Somebody may have set a clock.
    pub(super) fn clocks_may_have_changed(&mut self, system: &System) {
        for (at, def) in system.clocks.iter().enumerate() {
            let offset = self.offset_set(def);
            if self.clocks[at].offset != offset {
                self.clocks[at] = ClockState { offset, since: self.now };
            }
        }
    }

    /// What the clock of a replica shows, in nanoseconds after virtual 0.
    #[inline]
    pub(super) fn wall(&self, system: &System, replica: u32) -> i64 {
        if system.clocks.is_empty() { self.now as i64 } else { self.wall_of(system, replica) }
    }

    fn wall_of(&self, system: &System, replica: u32) -> i64 {
        let Some(state) = self.replicas.get(replica as usize) else {
            return self.now as i64;
        };
        let service = ServiceId(state.service);
        let Some(at) = system.clocks.iter().position(|clock| clock.service == service) else {
            return self.now as i64;
        };
        let def = &system.clocks[at];
        let only = self.configs.get(WORLD, def.replicas);
        if only > 0 && i64::from(self.number_in_service(replica)) > only {
            return self.now as i64;
        }
        let daily = self.configs.get(WORLD, def.gains_daily) - self.configs.get(WORLD, def.loses_daily);
        let clock = self.clocks[at];
        let off = off(clock.offset.into(), daily.into(), (self.now - clock.since).into(), self.configs.get(WORLD, def.ntp));
        (i128::from(self.now) + off) as i64
    }
}

/// How far a clock is off, `since` nanoseconds after it was set to be `offset` off.
fn off(offset: i128, daily: i128, since: i128, ntp: i64) -> i128 {
    let drift = |time: i128| daily * time / DAY_NS;
    let slewed = |time: i128| (offset.abs() - time * SLEW_PPM / 1_000_000).max(0) * offset.signum();
    match ntp {
        NTP_STEP if offset.abs() > STEP_NS && since < STEPOUT_NS => offset + drift(since),
        NTP_STEP if offset.abs() > STEP_NS => drift((since - STEPOUT_NS) % POLL_NS),
        NTP_STEP | NTP_SLEW => slewed(since) + drift(since % POLL_NS),
        NTP_NONE | _ => offset + drift(since),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: i128 = 1_000_000_000;

    #[test]
    fn corrections_are_those_of_ntpd() {
        // A minute ahead: as it was until it steps, after five minutes.
        assert_eq!(off(60 * S, 0, 299 * S, NTP_STEP), 60 * S);
        assert_eq!(off(60 * S, 0, 300 * S, NTP_STEP), 0);
        // 100 ms are slewed: 500 µs a second, so after 100 s a half is left, and never more than nothing beyond.
        assert_eq!(off(S / 10, 0, 100 * S, NTP_STEP), S / 20);
        assert_eq!(off(-S / 10, 0, 100 * S, NTP_SLEW), -S / 20);
        assert_eq!(off(S / 10, 0, 1000 * S, NTP_SLEW), 0);
        // 86 ms a day are a microsecond a second; polls hold it below 64 µs.
        assert_eq!(off(0, 86_400_000, 1000 * S, NTP_NONE), 1_000_000);
        assert!(off(0, 86_400_000, 1000 * S, NTP_STEP) < 64_000);
    }
}
