//! What `seatrial explain` says of instances: how long one takes to start, how it is found, asked whether it is well, and left
//! out when it is not.

use seatrial_sim::system::{BatchDef, Probe, ProbeKind, Service, by};

use crate::{explain::Words, explain_parts::ENDLESS};

impl Words<'_> {
    /// A line each; nothing where nothing is said.
    pub(crate) fn instances(&self, service: &Service) -> Vec<String> {
        let mut lines = vec![format!("an instance takes {} to start", self.show(service.start_up))];
        if let Some(memory) = service.memory.filter(|memory| self.value(memory.limit) > 0) {
            lines[0] += &format!(", and is killed at {} of memory", self.show(memory.limit));
        }
        lines.extend(self.found(service));
        lines.extend(service.probes.iter().map(|probe| self.probe(probe)));
        if let Some(eject) = service.ejection.filter(|eject| self.value(eject.after) < ENDLESS) {
            let (after, base, most) = (self.show(eject.after), self.show(eject.base), self.show(eject.most));
            lines.push(format!("who fails {after} times in a row is left out for {base} by that caller, {most} of them at most"));
        }
        lines
    }

    fn found(&self, service: &Service) -> Option<String> {
        let discovery = service.discovery?;
        let mut said = match self.value(discovery.by) {
            by::DNS => {
                let age = match self.value(discovery.pool_age) {
                    0 => "never for its age".into(),
                    _ => format!("after {}", self.show(discovery.pool_age)),
                };
                format!("found by name, which is kept for {}; connections are made anew when one fails, and {age}", self.show(discovery.ttl))
            }
            by::REGISTRY => format!(
                "found in a registry: each says every {} that it is there, is taken out {} after the last time; callers fetch the list every \
                    {}, and it may be {} old",
                self.show(discovery.renew),
                self.show(discovery.expires),
                self.show(discovery.fetch),
                self.show(discovery.cache)
            ),
            _ => format!("callers hear of who comes and goes after {}", self.drawn(discovery.delay)),
        };
        if self.value(discovery.connect) > 0 {
            said += &format!("; where no machine is any more, one waits {} for a connection", self.show(discovery.connect));
        }
        Some(said)
    }

    fn probe(&self, probe: &Probe) -> String {
        let (period, timeout, failures) = (self.show(probe.period), self.show(probe.timeout), self.show(probe.failures));
        let what = match probe.kind {
            ProbeKind::Startup => "startup probe",
            ProbeKind::Ready => "readiness probe",
            ProbeKind::Live => "liveness probe",
        };
        let delay = match self.value(probe.initial_delay) {
            0 => String::new(),
            _ => format!(", from {} after it is up", self.show(probe.initial_delay)),
        };
        format!("{what} every {period}{delay}, which waits {timeout}; {failures} in a row that fail count")
    }

    pub(crate) fn batch(&self, batch: &BatchDef) -> String {
        let mut said = format!("does up to {} at once", self.show(batch.up_to));
        if self.value(batch.within) > 0 {
            said += &format!(", of whom the first waits {} for others", self.show(batch.within));
        }
        said += &format!(", in {}", self.drawn(batch.takes));
        if self.value(batch.each) > 0 {
            said += &format!(" and {} more for each", self.show(batch.each));
        }
        if self.value(batch.devices) > 1 {
            said += &format!(", on {} devices", self.show(batch.devices));
        }
        match self.value(batch.waiting) {
            0 => said + ", and nobody waits",
            ENDLESS.. => said + ", and any number may wait",
            _ => format!("{said}, and {} may wait", self.show(batch.waiting)),
        }
    }
}
