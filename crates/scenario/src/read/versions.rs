//! `versions` of a service, and what is wrong with them.

use seatrial_sim::system::{Defect, DefectSite, Does, Op, Patch, Version, VersionId};
use seatrial_source::{Entry, Fields, Node, Spanned, Value};

use super::steps::Mode;
use crate::cx::Cx;
use crate::slot::Kind;
use crate::unit;

impl<'a> Cx<'a> {
    /// Services some version of which has defects: before each of their steps stands a place for them.
    pub fn faulty_services(&mut self, root: &'a Node) {
        for (number, entry) in self.section(root, "services").iter().enumerate() {
            let Some(Value::Map(versions)) = entry.value.get("versions").map(|node| &node.value) else { continue };
            if versions.iter().any(|version| version.value.get("defects").is_some()) {
                self.known.faulty.insert(number);
            }
        }
    }

    /// Before a step.
    pub fn opens_site(&mut self, service: usize) -> Option<usize> {
        self.known.faulty.contains(&service).then(|| {
            let site = self.system.defects.len();
            self.system.defects.push(DefectSite { defects: Vec::new(), fails: 0, over: 0 });
            self.emit(Op::Defects(site.min(usize::from(u16::MAX)) as u16));
            site
        })
    }

    /// After it: whoever skips it goes on here, whoever fails ends as the step would have.
    pub fn closes_site(&mut self, site: Option<usize>, path: String, mode: Mode) {
        let Some(site) = site else { return };
        let mut fails = self.pc();
        if mode == Mode::OrFail {
            let over = self.emit(Op::Jump(0));
            fails = self.pc();
            self.emit(Op::OrFail);
            let here = self.pc();
            self.system.code[over] = Op::Jump(here);
        }
        let over = self.pc();
        (self.system.defects[site].fails, self.system.defects[site].over) = (fails, over);
        self.known.sites.insert(path, site);
    }

    /// Versions, once every path is there.
    pub fn versions(&mut self, root: &'a Node) {
        for (service, entry) in self.section(root, "services").iter().enumerate() {
            let Some(node) = entry.value.get("versions") else { continue };
            // A service that could not be read has been told of.
            if self.system.services.get(service).is_none_or(|read| read.name != entry.key) {
                continue;
            }
            for (number, version) in self.at.entries(node, "`versions`").iter().enumerate() {
                self.word(&version.key, version.key_span);
                let id = VersionId(self.system.versions.len() as u16);
                self.known.versions.add(&format!("{}.{}", entry.key, version.key));
                self.system.services[service].versions.push(id);
                self.system.services[service].runs.get_or_insert(id);
                self.system.versions.push(Version {
                    name: version.key.clone(),
                    service: seatrial_sim::system::ServiceId(service as u16),
                    patches: Vec::new(),
                    ready: true,
                    number: number as u16,
                    before: Vec::new(),
                    after: Vec::new(),
                });
                self.at.map(&version.value, "version", |f| self.version(&entry.key, service, id, f));
            }
        }
    }

    fn version(&mut self, service_name: &str, service: usize, id: VersionId, f: &mut Fields<'a>) {
        f.optional_text("says");
        if let Some(node) = f.optional("set") {
            let begin = format!("{service_name}.");
            for entry in self.at.entries(node, "`set`") {
                if !entry.key.starts_with(&begin) || entry.key == format!("{begin}replicas") {
                    let message = format!("`{}` is nothing that a version of {service_name} is made of", seatrial_source::clip(&entry.key));
                    self.error(entry.key_span, "bad-path", message, format!("a path below `{begin}`, such as `{begin}handler.step.takes`"));
                }
            }
            let patches: Vec<Patch> = self.settings(node);
            self.system.versions[id.at()].patches = patches;
        }
        for (key, before) in [("before", true), ("after", false)] {
            let named = self.names(f, key).unwrap_or_default();
            let found: Vec<_> = named.iter().filter_map(|name| self.find_migration(name)).collect();
            let version = &mut self.system.versions[id.at()];
            *(if before { &mut version.before } else { &mut version.after }) = found;
        }
        let ready = f.optional("ready").map(|_| f.flag("ready"));
        self.system.versions[id.at()].ready = ready.unwrap_or(true);
        let defects = f.optional("defects").map_or(&[][..], |node| self.at.items(node, "`defects`", "defects"));
        for node in defects {
            self.at.map(node, "defect", |f| self.defect(service_name, service, id, f));
        }
    }

    fn defect(&mut self, service_name: &str, service: usize, version: VersionId, f: &mut Fields<'a>) {
        let at = f.required("at").and_then(|node| self.name(node, "`at`"));
        let does = f.required("does").and_then(|node| self.name(node, "`does`"));
        let share = |cx: &mut Self, f: &mut Fields<'a>, key| f64::from_bits(cx.fixed(f, key, Kind::Share, 1.0f64.to_bits() as i64) as u64);
        let (chance, keys) = (share(self, f, "chance"), share(self, f, "keys"));
        let held = self.fixed(f, "held", Kind::count(0), 0) as u32;
        let after = self.fixed(f, "after", Kind::Limit, 0) as u64;
        let does = does.and_then(|does| match does.value.as_str() {
            "skip" => Some(Does::Skip),
            word => match unit::outcome(word) {
                Some(outcome) => Some(Does::Answer(outcome)),
                None => {
                    let words = ["skip", "declined", "missing", "invalid", "failed", "refused", "unknown"];
                    self.unknown(does.span, "way of going wrong", word, words.into_iter());
                    None
                }
            },
        });
        let Some((at, does)) = at.zip(does) else { return };
        let path = format!("{service_name}.{}", at.value);
        let Some(&site) = self.known.sites.get(&path) else {
            let begin = format!("{service_name}.");
            let known: Vec<String> = self.known.sites.keys().filter_map(|path| path.strip_prefix(&begin)).map(str::to_owned).collect();
            self.unknown(at.span, &format!("step of {service_name} called"), &at.value, known.iter().map(String::as_str));
            return;
        };
        let step = self.step(&format!("{path}.defect"));
        let _ = service;
        self.system.defects[site].defects.push(Defect { version, does, chance, keys, held, after, step });
    }

    /// `shop.v2`.
    pub fn find_version(&self, name: &Spanned<String>) -> Option<VersionId> {
        let found = self.find_in(&self.known.versions, "version", name)?;
        let service = self.system.versions[found].service;
        if self.system.services.get(service.at()).is_some_and(|service| service.roll_out.is_none()) {
            let message = format!("nothing says how {} is rolled out", self.known.services.name(service.at()));
            self.error(name.span, "missing-field", message, "give the service a `rollout`, such as `rollout: {strategy: rolling}`");
        }
        Some(VersionId(found as u16))
    }

    /// A service that has versions.
    pub fn released_service(&self, name: &Spanned<String>) -> Option<usize> {
        let service = self.find_service(name)?;
        if self.system.services.get(service).is_some_and(|service| service.roll_out.is_none()) {
            let message = format!("nothing is ever rolled out to {}", name.value);
            self.error(name.span, "bad-value", message, "give it `versions` and a `rollout`");
        }
        Some(service)
    }
}

/// Below each version: its `set`, whose blocks are written before paths inside of them are looked up.
pub(crate) fn version_sets<'a>(services: &'a [Entry]) -> Vec<&'a Node> {
    let versions = services.iter().filter_map(|entry| entry.value.get("versions"));
    let maps = versions.filter_map(|node| match &node.value {
        Value::Map(entries) => Some(entries),
        _ => None,
    });
    maps.flatten().filter_map(|version| version.value.get("set")).collect()
}
