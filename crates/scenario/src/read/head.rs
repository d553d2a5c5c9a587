//! The scalars at the top of a scenario, and the clock. The sections are asked for here too, so that a mistyped one
//! is told with the nearest.

use seatrial_sim::system::Clock;
use seatrial_source::{Fields, Node, Value, clip};

use crate::cx::Cx;
use crate::slot::Kind;
use crate::unit::Currency;

const MINUTE: i64 = 60_000_000_000;

pub(crate) const SECTIONS: &[&str] = &[
    "use",
    "records",
    "stores",
    "topics",
    "providers",
    "blocks",
    "modules",
    "caches",
    "links",
    "credentials",
    "certificates",
    "flags",
    "clocks",
    "telemetry",
    "measures",
    "alerts",
    "support",
    "decisions",
    "invariants",
    "faults",
    "moves",
    "operator",
    "designs",
    "vary",
    "separates",
];

#[derive(Debug, Default)]
pub(crate) struct Head {
    pub title: String,
    pub story: String,
    pub areas: Vec<String>,
}

impl<'a> Cx<'a> {
    pub fn head(&mut self, root: &'a Node) -> Head {
        let mut head = Head::default();
        self.at.map(root, "scenario", |f| {
            let id = f.id("scenario");
            self.system.name = id.value.clone();
            self.file_name(&id);
            head.title = f.text("title");
            head.story = f.optional_text("story").value;
            head.areas = f
                .optional_ids("areas")
                .into_iter()
                .map(|area| area.value)
                .collect();
            if let Some(node) = f.optional("currency")
                && let Some(name) = self.name(node, "`currency`")
            {
                match Currency::new(&name.value) {
                    Some(currency) => self.currency = currency,
                    None => {
                        let message = format!("`{}` is no currency", clip(&name.value));
                        self.error(
                            name.span,
                            "bad-value",
                            message,
                            "three capital letters, as in ISO 4217: USD, EUR, JPY",
                        );
                    }
                }
            }
            self.system.currency = self.currency.code.clone();
            self.system.currency_digits = self.currency.digits;
            if let Some(node) = f.optional("roll_out") {
                self.roll_out(node);
            }
            f.optional_one("clock", "clock", |f| self.clock(f));
            for section in SECTIONS {
                f.optional(section);
            }
            // Without these two nothing ever happens.
            for section in ["clients", "services"] {
                f.required(section);
            }
        });
        head
    }

    fn file_name(&self, id: &seatrial_source::Spanned<String>) {
        let file = self.at.file.rsplit('/').next().unwrap_or_default();
        let stem = file
            .strip_suffix(".yaml")
            .or(file.strip_suffix(".yml"))
            .unwrap_or(file);
        if !id.value.is_empty() && stem != id.value {
            let message = format!(
                "this scenario calls itself `{}`, but its file is {file}",
                id.value
            );
            self.warn(
                id.span,
                "id-differs",
                message,
                "give both one name, so that it can be found",
            );
        }
    }

    /// `30s each`.
    fn roll_out(&mut self, node: &'a Node) {
        let text = match &node.value {
            Value::Scalar(scalar) => scalar.text.trim(),
            _ => "",
        };
        match crate::unit::duration(text.strip_suffix("each").unwrap_or(text).trim_end()) {
            Ok(ns) => self.system.roll_out_each = ns,
            Err(wrong) => self.wrong(node.span, &Kind::Limit, "roll_out", text, wrong),
        }
    }

    fn clock(&mut self, f: &mut Fields<'a>) {
        let starts = f.optional("starts").map(|node| self.instant(node));
        let warm_up = self.fixed(f, "warm_up", Kind::Limit, 5 * MINUTE) as u64;
        let play = self.fixed(f, "play", Kind::Duration, 45 * MINUTE) as u64;
        let drain = self.fixed(f, "drain", Kind::Limit, 0) as u64;
        let most = 366 * 86_400_000_000_000u64;
        if warm_up.saturating_add(play).saturating_add(drain) > most {
            f.error(
                f.span(),
                "out-of-range",
                "a scenario lasts a year at most",
                "",
            );
        }
        self.system.clock = Clock {
            starts_unix_s: starts.unwrap_or(0),
            warm_up,
            play,
            drain,
        };
    }

    fn instant(&self, node: &'a Node) -> i64 {
        let text = match &node.value {
            Value::Scalar(scalar) => scalar.text.trim(),
            _ => "",
        };
        // Seconds may be left out; the parser wants them.
        let full = match text.strip_suffix('Z') {
            Some(minutes) if minutes.len() == "2026-03-12T23:30".len() => format!("{minutes}:00Z"),
            _ => text.to_owned(),
        };
        match full.parse::<jiff::Timestamp>() {
            Ok(at) => at.as_second(),
            Err(_) => {
                let message = format!(
                    "`starts` must be a date and time in UTC, but is `{}`",
                    clip(text)
                );
                self.error(
                    node.span,
                    "bad-value",
                    message,
                    "such as \"2026-03-12T23:30Z\", in quotes",
                );
                0
            }
        }
    }
}
