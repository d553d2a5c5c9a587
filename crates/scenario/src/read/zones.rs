//! Times of day somewhere on earth. The rules of zones are small texts (POSIX TZ, as in the last line of each file of the
//! IANA database, release 2025b), so that nothing is read from a machine; they hold for dates after the year in which a
//! zone last changed its rules, which for all of these is past.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use seatrial_source::{Fields, Node, Value};

use crate::cx::Cx;
use crate::unit;

const ZONES: &[(&str, &str)] = &[
    ("UTC", "UTC0"),
    ("Africa/Johannesburg", "SAST-2"),
    ("Africa/Lagos", "WAT-1"),
    ("Africa/Nairobi", "EAT-3"),
    ("America/Chicago", "CST6CDT,M3.2.0,M11.1.0"),
    ("America/Denver", "MST7MDT,M3.2.0,M11.1.0"),
    ("America/Halifax", "AST4ADT,M3.2.0,M11.1.0"),
    ("America/Los_Angeles", "PST8PDT,M3.2.0,M11.1.0"),
    ("America/Mexico_City", "CST6"),
    ("America/New_York", "EST5EDT,M3.2.0,M11.1.0"),
    ("America/Phoenix", "MST7"),
    ("America/Sao_Paulo", "<-03>3"),
    ("America/Toronto", "EST5EDT,M3.2.0,M11.1.0"),
    ("Asia/Dubai", "<+04>-4"),
    ("Asia/Hong_Kong", "HKT-8"),
    ("Asia/Jakarta", "WIB-7"),
    ("Asia/Kolkata", "IST-5:30"),
    ("Asia/Seoul", "KST-9"),
    ("Asia/Shanghai", "CST-8"),
    ("Asia/Singapore", "<+08>-8"),
    ("Asia/Tokyo", "JST-9"),
    ("Australia/Sydney", "AEST-10AEDT,M10.1.0,M4.1.0/3"),
    ("Europe/Amsterdam", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Europe/Berlin", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Europe/Istanbul", "<+03>-3"),
    ("Europe/Lisbon", "WET0WEST,M3.5.0/1,M10.5.0"),
    ("Europe/London", "GMT0BST,M3.5.0/1,M10.5.0"),
    ("Europe/Madrid", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Europe/Paris", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Europe/Rome", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Europe/Stockholm", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Europe/Warsaw", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Europe/Zurich", "CET-1CEST,M3.5.0,M10.5.0/3"),
    ("Pacific/Auckland", "NZST-12NZDT,M9.5.0,M4.1.0/3"),
];

/// A clock that runs longer has no more of them.
const DAYS_MOST: i32 = 4000;

impl<'a> Cx<'a> {
    /// `at: "17:00", zone: Europe/Berlin`: the instants of that wall clock within the scenario's, as a calendar. None
    /// without a zone, or when it is none.
    pub fn zoned(&mut self, f: &mut Fields<'a>, at: &'a Node) -> Option<u16> {
        let node = f.optional("zone")?;
        let name = self.name(node, "`zone`")?;
        let rule = ZONES.iter().find(|(zone, _)| *zone == name.value).map_or(name.value.as_str(), |(_, rule)| rule);
        let Ok(zone) = TimeZone::posix(rule) else {
            let zones = ZONES.iter().map(|(zone, _)| *zone);
            self.unknown(node.span, "time zone", &name.value, zones);
            return None;
        };
        let text = match &at.value {
            Value::Scalar(scalar) => scalar.text.as_str(),
            _ => "",
        };
        let of_day = unit::time_of_day(text).ok()? as i64 / 1_000_000_000;
        let time = Time::new((of_day / 3600) as i8, (of_day / 60 % 60) as i8, (of_day % 60) as i8, 0).ok()?;
        let clock = self.system.clock;
        let starts = Timestamp::from_second(clock.starts_unix_s).ok()?;
        let mut date = zone.to_datetime(starts).date().checked_sub(1.day()).ok()?;
        let mut instants = Vec::new();
        for _ in 0..DAYS_MOST {
            // A wall clock that skips the time has it an hour later; one that shows it twice means the first.
            let instant = zone.to_timestamp(date.to_datetime(time)).ok()?;
            let since = instant.as_nanosecond() - starts.as_nanosecond();
            if since > i128::from(clock.ends()) {
                break;
            }
            if let Ok(since) = u64::try_from(since) {
                instants.push(since);
            }
            date = date.checked_add(1.day()).ok()?;
        }
        self.system.calendars.push(instants);
        u16::try_from(self.system.calendars.len() - 1).ok()
    }
}
