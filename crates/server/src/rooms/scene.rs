//! What is shown at the horizon, cut into sections, so that a viewer is sent only what changed since their last frame. Made
//! once for each audience, however many look on.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;
use serde_json::Value;

/// Who looks on. What each is sent is of a type of its own, made in `seatrial_room::view`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    Candidate,
    Panel,
}

#[derive(Debug, Clone)]
struct Section {
    json: Arc<str>,
    version: u64,
}

#[derive(Debug, Clone, Default)]
struct Sections(BTreeMap<String, Section>);

impl Sections {
    /// Takes the fields of a value as sections; one that reads as before keeps its version.
    fn renew(&self, shown: Value, version: u64) -> Sections {
        let Value::Object(fields) = shown else { return self.clone() };
        let renewed = fields.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| {
            let json = value.to_string();
            let kept = self.0.get(&name).filter(|section| *section.json == *json).cloned();
            (name, kept.unwrap_or_else(|| Section { json: json.into(), version }))
        });
        Sections(renewed.collect())
    }
}

/// One scene: both audiences' sections, and the samples so far.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    version: u64,
    candidate: Sections,
    panel: Sections,
    /// Written once each, oldest first.
    rows: Arc<Vec<Arc<str>>>,
    /// Changes when the rows begin anew.
    epoch: u64,
}

/// What one viewer has been sent.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    version: u64,
    rows: usize,
    epoch: Option<u64>,
}

impl Scene {
    /// The next scene. `rows`: those that are new, and whether they begin anew.
    pub fn next(&self, candidate: &impl Serialize, panel: &impl Serialize, rows: Vec<String>, anew: bool) -> Scene {
        let version = self.version + 1;
        let value = |shown: Result<Value, serde_json::Error>| shown.unwrap_or(Value::Null);
        let mut kept = if anew { Arc::new(Vec::new()) } else { self.rows.clone() };
        if !rows.is_empty() {
            Arc::make_mut(&mut kept).extend(rows.into_iter().map(Arc::from));
        }
        Scene {
            version,
            candidate: self.candidate.renew(value(serde_json::to_value(candidate)), version),
            panel: self.panel.renew(value(serde_json::to_value(panel)), version),
            rows: kept,
            epoch: self.epoch + u64::from(anew),
        }
    }

    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// A frame with what a viewer has not seen yet; none when that is nothing.
    pub fn frame(&self, audience: Audience, seen: &mut Seen) -> Option<String> {
        let sections = match audience {
            Audience::Candidate => &self.candidate,
            Audience::Panel => &self.panel,
        };
        let mut parts: Vec<String> = Vec::new();
        for (name, section) in &sections.0 {
            if section.version > seen.version {
                parts.push(format!("\"{name}\":{}", section.json));
            }
        }
        if seen.epoch != Some(self.epoch) {
            (seen.epoch, seen.rows) = (Some(self.epoch), 0);
            parts.push(self.samples(0));
        } else if self.rows.len() > seen.rows {
            parts.push(self.samples(seen.rows));
        }
        (seen.version, seen.rows) = (self.version, self.rows.len());
        (!parts.is_empty()).then(|| format!("{{{}}}", parts.join(",")))
    }

    fn samples(&self, from: usize) -> String {
        let rows: Vec<&str> = self.rows[from..].iter().map(|row| &**row).collect();
        format!("\"samples\":{{\"from\":{from},\"rows\":[{}]}}", rows.join(","))
    }
}
