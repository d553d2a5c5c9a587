//! What is said of those who come beyond their rate: its pattern, their SDKs, and that they come back.

use seatrial_sim::system::{ComesBack, ParamId, Pattern, Sdk};
use seatrial_sim::{Outcome, Outcomes};
use seatrial_source::{Fields, Node};

use crate::cx::{Cx, Place};
use crate::slot::Kind;
use crate::unit::{self, DistOf};

impl<'a> Cx<'a> {
    /// `pattern: {bursts: …}`, `{day: …}` or `{minutes: […]}`.
    pub fn pattern(&mut self, f: &mut Fields<'a>, place: &Place) -> Pattern {
        let mut found = Vec::new();
        f.optional_one("pattern", "pattern", |f| {
            let place = place.below("pattern");
            f.optional_one("bursts", "pattern of bursts", |f| {
                let on = self.required(f, &place, "on", Kind::Dist(DistOf::Time));
                found.push(Pattern::Bursts { on, off: self.required(f, &place, "off", Kind::Dist(DistOf::Time)) });
            });
            f.optional_one("day", "pattern of a day", |f| {
                let low = f64::from_bits(self.fixed(f, "low", Kind::Share, 0.5f64.to_bits() as i64) as u64);
                let peak = f.required("peak").and_then(|node| self.peak(node));
                found.push(Pattern::Day { low, peak_s: peak.unwrap_or(0) });
            });
            if let Some(node) = f.optional("minutes") {
                found.push(Pattern::Minutes(self.minutes(node)));
            }
            if found.len() != 1 {
                f.error(f.span(), "either-or", "a pattern is one of bursts, day, minutes", "such as `pattern: {day: {peak: \"20:00\", low: 30%}}`");
            }
        });
        match found.pop() {
            Some(Pattern::Minutes(factors)) if factors.is_empty() => Pattern::Flat,
            found => found.unwrap_or(Pattern::Flat),
        }
    }

    fn peak(&self, node: &'a Node) -> Option<u32> {
        let text = self.name(node, "`peak`")?;
        let parts = text.value.split_once(':').and_then(|(h, m)| Some((h.parse::<u32>().ok()?, m.parse::<u32>().ok()?)));
        match parts {
            Some((hour, minute)) if hour < 24 && minute < 60 => Some(hour * 3600 + minute * 60),
            _ => {
                let message = format!("`peak` is no time of day: `{}`", seatrial_source::clip(&text.value));
                self.error(node.span, "bad-value", message, "write it in quotes: \"20:00\"");
                None
            }
        }
    }

    /// A week of minutes at most.
    fn minutes(&self, node: &'a Node) -> Vec<f64> {
        const MOST: usize = 10_080;
        let items = self.at.items(node, "`minutes`", "factors");
        let factor = |item: &'a Node| {
            let text = self.name(item, "a minute's factor")?;
            let read = unit::ratio(&text.value).ok().filter(|factor| *factor <= 1e6);
            if read.is_none() {
                let message = format!("a minute's factor must be a number, but is `{}`", seatrial_source::clip(&text.value));
                self.error(item.span, "wrong-unit", message, "such as 1.4 or 140%");
            }
            read
        };
        let factors: Vec<f64> = items.iter().filter_map(factor).collect();
        if items.len() > MOST || factors.len() == items.len() && factors.iter().all(|factor| *factor == 0.0) {
            self.error(node.span, "bad-value", "these are no minutes with anybody in them", format!("up to {MOST} factors, one of them more than 0"));
            return Vec::new();
        }
        factors
    }

    /// `sdks: {v2: {share: 70%, attempts: 3, …}}`. One that says no time-out has that of the client.
    pub fn sdks(&mut self, f: &mut Fields<'a>, place: &Place, timeout: Option<ParamId>) -> Vec<Sdk> {
        let entries = f.optional("sdks").map_or(&[][..], |node| self.at.entries(node, "`sdks`"));
        let mut sdks = Vec::new();
        for entry in entries {
            self.word(&entry.key, entry.key_span);
            let place = place.below(&entry.key);
            let none = self.backoff(super::NO_BACKOFF);
            let retry = Outcomes::of(&[Outcome::Unknown, Outcome::Refused]).bits();
            let sdk = self.at.map(&entry.value, "SDK", |f| {
                let share = self.field(f, &place, "share", Kind::Factor, 1.0f64.to_bits() as i64);
                let own = f.optional("timeout").is_some().then(|| self.field(f, &place, "timeout", Kind::Limit, 0));
                Some(Sdk {
                    name: entry.key.clone(),
                    share,
                    timeout: own.or(timeout)?,
                    attempts: self.field(f, &place, "attempts", Kind::Count { least: 1, most: 100 }, 1),
                    retry: self.field(f, &place, "retry", Kind::Outcomes, retry),
                    backoff: self.field(f, &place, "backoff", Kind::Backoff, none),
                })
            });
            sdks.extend(sdk.flatten());
        }
        sdks
    }

    pub fn comes_back(&mut self, f: &mut Fields<'a>, place: &Place) -> Option<ComesBack> {
        let mut back = None;
        f.optional_one("come_back", "way of coming back", |f| {
            let place = place.below("come_back");
            let after = self.required(f, &place, "after", Kind::Dist(DistOf::Time));
            let chance = self.required(f, &place, "chance", Kind::Share);
            back = Some(ComesBack { after, chance, at_most: self.field(f, &place, "at_most", Kind::Count { least: 0, most: 1000 }, 1) });
        });
        back
    }
}
