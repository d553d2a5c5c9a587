//! `manifest` of a service: a Kubernetes Deployment is read into the service's own fields, as if they stood there. What the
//! scenario says itself wins. What a Deployment says and no simulated instance knows of is told as a warning.
//!
//! Kubernetes API reference, apps/v1 Deployment; units of resources: "Resource Management for Pods and Containers".

use std::collections::BTreeSet;

use seatrial_source::{At, Entry, Node, Report, Scalar, ScalarStyle, Span, Value, clip, read_yaml};

use crate::parts::{candidates, lay_over, shift};

/// Puts what manifests say below the services that name one.
pub(crate) fn lay_under(report: &Report<'_>, entry: &str, tree: Node, read: &mut BTreeSet<String>) -> Node {
    let Value::Map(mut sections) = tree.value else { return tree };
    let services = sections.iter_mut().find(|section| section.key == "services");
    if let Some(Value::Map(services)) = services.map(|section| &mut section.value.value) {
        for service in services {
            if let Some(manifest) = service.value.get("manifest").cloned() {
                let own = std::mem::replace(&mut service.value, Node { value: Value::Unread, span: Span::default() });
                service.value = one(report, entry, &manifest, own, read);
            }
        }
    }
    Node { value: Value::Map(sections), span: tree.span }
}

fn one(report: &Report<'_>, entry: &str, manifest: &Node, own: Node, read: &mut BTreeSet<String>) -> Node {
    let at = At::new(report, entry);
    // That it names a file is the reader's business.
    let Some(Node { value: Value::Scalar(name), span }) = manifest.get("file") else { return own };
    let paths = candidates(entry, &name.text);
    let Some(path) = paths.iter().find(|path| report.sources().get(path).is_some()) else {
        let message = format!("there is no file `{}`", clip(&name.text));
        let help = format!("a manifest is a file such as {}", paths.first().map_or("", |path| path));
        report.add(at.error(*span, "missing-file", message).help(help));
        return own;
    };
    read.insert(path.clone());
    let there = At::new(report, path);
    let Some(tree) = read_yaml(there) else { return own };
    let threads = own.get("run").is_some_and(|run| run.get("threads").is_some());
    let probes = own.get("probes");
    let given = |kind: &&str| probes.and_then(|probes| probes.get(kind)).is_some_and(|probe| probe.get("steps").is_some());
    let asks = ["startup", "ready", "live"].into_iter().filter(given).map(str::to_owned).collect();
    let made = Reader { at: there, threads, asks, out: Vec::new() }.deployment(&tree);
    let place = report.mention(entry, *span);
    let base = report.splice(path, format!("from the manifest that {place} names"));
    lay_over(at, shift(made, base), own)
}

struct Reader<'a> {
    at: At<'a>,
    /// The service runs on threads, which are not counted in cores.
    threads: bool,
    /// Probes whose steps the scenario gives.
    asks: Vec<String>,
    out: Vec<Entry>,
}

impl Reader<'_> {
    fn deployment(mut self, tree: &Node) -> Node {
        let kind = tree.get("kind").and_then(text);
        if kind != Some("Deployment") {
            let message = format!("a manifest is a Deployment, but this is {}", kind.map_or("something else".into(), |kind| format!("a {}", clip(kind))));
            self.at.report.add(self.at.error(tree.get("kind").map_or(tree.span, |node| node.span), "bad-value", message).help("one document, `kind: \
                Deployment`"));
            return Node { value: Value::Map(Vec::new()), span: tree.span };
        }
        self.ignores(tree, "", &["apiVersion", "kind", "metadata", "spec"]);
        if let Some(spec) = tree.get("spec") {
            self.spec(spec);
        }
        Node { value: Value::Map(self.out), span: tree.span }
    }

    fn spec(&mut self, spec: &Node) {
        let known =
            ["replicas", "strategy", "minReadySeconds", "progressDeadlineSeconds", "template", "selector", "revisionHistoryLimit"];
        self.ignores(spec, "spec.", &known);
        self.copies(spec, "replicas", &["replicas"], str::to_owned);
        self.copies(spec, "minReadySeconds", &["rollout", "min_ready"], seconds);
        self.copies(spec, "progressDeadlineSeconds", &["rollout", "progress"], seconds);
        if let Some(strategy) = spec.get("strategy") {
            self.strategy(strategy);
        }
        let Some(template) = spec.get("template") else { return };
        self.ignores(template, "spec.template.", &["metadata", "spec"]);
        let Some(pod) = template.get("spec") else { return };
        self.ignores(pod, "spec.template.spec.", &["containers", "terminationGracePeriodSeconds", "restartPolicy"]);
        self.copies(pod, "terminationGracePeriodSeconds", &["instances", "grace"], seconds);
        let Some(Value::Seq(containers)) = pod.get("containers").map(|node| &node.value) else { return };
        if let Some(container) = containers.first() {
            self.container(container);
        }
        for other in containers.iter().skip(1) {
            self.warn(other.span, "only the first container is read: what stands beside it is not simulated");
        }
    }

    fn strategy(&mut self, strategy: &Node) {
        self.ignores(strategy, "spec.strategy.", &["type", "rollingUpdate"]);
        let word = |kind: &str| if kind == "Recreate" { "recreate".to_owned() } else { "rolling".to_owned() };
        self.copies(strategy, "type", &["rollout", "strategy"], word);
        let Some(rolling) = strategy.get("rollingUpdate") else { return };
        self.ignores(rolling, "spec.strategy.rollingUpdate.", &["maxSurge", "maxUnavailable"]);
        self.copies(rolling, "maxSurge", &["rollout", "max_surge"], str::to_owned);
        self.copies(rolling, "maxUnavailable", &["rollout", "max_unavailable"], str::to_owned);
        let none = |key: &str| rolling.get(key).and_then(text).is_some_and(|text| matches!(text, "0" | "0%"));
        if none("maxSurge") && none("maxUnavailable") {
            let message = "with no surge and none unavailable nothing could ever be replaced";
            self.at.report.add(self.at.error(rolling.span, "bad-value", message).help("Kubernetes refuses it; let one of the two be at least 1"));
        }
    }

    fn container(&mut self, container: &Node) {
        let place = "spec.template.spec.containers[0].";
        // What concerns the program inside, and no instance: the scenario says what that does.
        let inside = ["name", "image", "imagePullPolicy", "ports", "env", "envFrom", "command", "args", "workingDir"];
        let known: Vec<&str> = inside.into_iter().chain(["resources", "lifecycle", "readinessProbe", "livenessProbe", "startupProbe"]).collect();
        self.ignores(container, place, &known);
        if let Some(lifecycle) = container.get("lifecycle") {
            self.ignores(lifecycle, &format!("{place}lifecycle."), &["preStop"]);
            if let Some(pre_stop) = lifecycle.get("preStop") {
                self.pre_stop(pre_stop);
            }
        }
        for (key, to) in [("startupProbe", "startup"), ("readinessProbe", "ready"), ("livenessProbe", "live")] {
            if let Some(probe) = container.get(key) {
                self.probe(probe, &format!("{place}{key}."), to);
            }
        }
        let Some(resources) = container.get("resources") else { return };
        let Some(limits) = resources.get("limits") else { return };
        self.ignores(limits, &format!("{place}resources.limits."), &["cpu", "memory"]);
        self.copies(limits, "memory", &["memory", "limit"], str::to_owned);
        let Some(cpu) = limits.get("cpu") else { return };
        match text(cpu).and_then(cores) {
            None => self.wrong(cpu, "a number of cores", "such as `500m` or `2`"),
            Some(_) if self.threads => {
                self.warn(cpu.span, "this limit is not read: the service runs on threads; write `run: {cores: 1}` to have cores counted");
            }
            Some(limit) => {
                // A quota is spread evenly over its cores; the kernel hands it out every 100 ms instead.
                let whole = limit.ceil().max(1.0);
                self.put(&["run", "cores"], whole.to_string(), cpu.span);
                if whole > limit {
                    self.put(&["slow"], (whole / limit).to_string(), cpu.span);
                }
            }
        }
    }

    /// When it asks and what it makes of the answers. What is asked, the scenario says; else it is next to no work.
    fn probe(&mut self, probe: &Node, place: &str, to: &str) {
        let numbers = [
            ("initialDelaySeconds", "initial_delay", true),
            ("periodSeconds", "period", true),
            ("timeoutSeconds", "timeout", true),
            ("failureThreshold", "failures", false),
            ("successThreshold", "successes", false),
        ];
        let known: Vec<&str> = ["httpGet", "tcpSocket", "exec", "grpc"].into_iter().chain(numbers.iter().map(|(key, ..)| *key)).collect();
        self.ignores(probe, place, &known);
        for (key, field, is_time) in numbers {
            self.copies(probe, key, &["probes", to, field], |text| if is_time { seconds(text) } else { text.to_owned() });
        }
        if !self.asks.contains(&to.to_owned()) {
            self.warn(probe.span, &format!("what this probe asks is taken for a millisecond of work; say it: `probes: {{{to}: {{steps: […]}}}}`"));
            let item = Node { value: Value::Map(Vec::new()), span: probe.span };
            let mut steps = Reader { at: self.at, threads: false, asks: Vec::new(), out: Vec::new() };
            steps.put(&["work"], "1ms".to_owned(), probe.span);
            let item = Node { value: Value::Map(steps.out), ..item };
            self.put_node(&["probes", to, "steps"], Node { value: Value::Seq(vec![item]), span: probe.span });
        }
    }

    /// `sleep: {seconds: 5}`, or a command that sleeps.
    fn pre_stop(&mut self, node: &Node) {
        if let Some(sleep) = node.get("sleep") {
            return self.copies(sleep, "seconds", &["instances", "pre_stop"], seconds);
        }
        let words: Vec<&str> = match node.get("exec").and_then(|exec| exec.get("command")).map(|node| &node.value) {
            Some(Value::Seq(items)) => items.iter().filter_map(text).flat_map(str::split_whitespace).collect(),
            _ => Vec::new(),
        };
        let after = words.iter().position(|word| *word == "sleep" || word.ends_with("/sleep")).and_then(|at| words.get(at + 1));
        match after.and_then(|word| word.parse::<u32>().ok()) {
            Some(n) => self.put(&["instances", "pre_stop"], format!("{n}s"), node.span),
            None => self.warn(node.span, "this hook is not read: only one that sleeps for some seconds is"),
        }
    }

    /// A field into the service, at a path.
    fn copies(&mut self, from: &Node, key: &str, to: &[&str], written: impl Fn(&str) -> String) {
        if let Some(node) = from.get(key) {
            match text(node) {
                Some(text) => self.put(to, written(text), node.span),
                None => self.wrong(node, "one value", ""),
            }
        }
    }

    fn put(&mut self, to: &[&str], text: String, span: Span) {
        let value = Value::Scalar(Scalar { text, style: ScalarStyle::Plain });
        self.put_node(to, Node { value, span });
    }

    fn put_node(&mut self, to: &[&str], node: Node) {
        let span = node.span;
        let mut entries = &mut self.out;
        let (last, groups) = to.split_last().expect("a path has a last word");
        for group in groups {
            let at = entries.iter().position(|entry| entry.key == *group).unwrap_or_else(|| {
                entries.push(Entry { key: (*group).to_owned(), key_span: span, value: Node { value: Value::Map(Vec::new()), span } });
                entries.len() - 1
            });
            match &mut entries[at].value.value {
                Value::Map(below) => entries = below,
                _ => return,
            }
        }
        entries.push(Entry { key: (*last).to_owned(), key_span: span, value: node });
    }

    /// Whatever else stands in a group has no effect, and that is said.
    fn ignores(&self, node: &Node, place: &str, known: &[&str]) {
        let Value::Map(entries) = &node.value else {
            return self.wrong(node, "a group of `key: value` fields", "");
        };
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            self.warn(entry.key_span, &format!("`{place}{}` is not read: nothing of it is simulated", clip(&entry.key)));
        }
    }

    fn warn(&self, span: Span, message: &str) {
        self.at.report.add(self.at.warning(span, "ignored-field", message));
    }

    fn wrong(&self, node: &Node, wanted: &str, help: &str) {
        self.at.report.add(self.at.error(node.span, "wrong-type", format!("this must be {wanted}")).help(help));
    }
}

fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(scalar) => Some(scalar.text.trim()),
        _ => None,
    }
}

fn seconds(text: &str) -> String {
    format!("{text}s")
}

/// `500m`, `0.5`, `2`.
fn cores(text: &str) -> Option<f64> {
    let (number, factor) = text.strip_suffix('m').map_or((text, 1.0), |milli| (milli, 1e-3));
    let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let cores = number.parse::<f64>().ok().filter(|_| plain)? * factor;
    (cores > 0.0 && cores <= 1000.0).then_some(cores)
}
