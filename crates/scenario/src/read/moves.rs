//! `moves`: what an operator can do while it runs; `operator`: one who sees telemetry only and follows a script.

use seatrial_sim::system::{
    After, AlertId, Dist, HandlerId, InvariantId, JobId, Move, MoveEffect, MoveId, Operator, Pick,
    Rule, ServiceId, TopicId,
};
use seatrial_source::{Entry, Fields, Node, Spanned};

use crate::cx::{Cx, Place};
use crate::scope::Ty;
use crate::slot::Kind;
use crate::unit::DistOf;

const DOES: &[&str] = &[
    "redrive", "skip", "pause", "resume", "call", "set", "restart", "drain", "run", "roll_out", "hold", "promote", "roll_back", "rotate", "reload", "revoke",
    "migrate", "fail_over",
];

impl<'a> Cx<'a> {
    pub fn moves(&mut self, root: &'a Node) {
        for entry in self.section(root, "moves") {
            let place = Place::world("moves").below(&entry.key);
            let read = self
                .at
                .map(&entry.value, "move", |f| self.one_move(entry, &place, f))
                .flatten();
            self.system.moves.extend(read);
        }
    }

    fn one_move(&mut self, entry: &'a Entry, place: &Place, f: &mut Fields<'a>) -> Option<Move> {
        let minute = self.dist(Dist::Constant(60e9));
        let takes = self.field(f, place, "takes", Kind::Dist(DistOf::Time), minute);
        let says = f.optional_text("says").value;
        let reversible = f.optional("reversible").map(|node| (node.span, f.flag("reversible")));
        let given: Vec<&str> = DOES
            .iter()
            .copied()
            .filter(|key| entry.value.get(key).is_some())
            .collect();
        for key in DOES {
            f.optional(key);
        }
        let does = match given[..] {
            ["redrive"] => self.redrive(f, place),
            ["skip"] => self.topic_of(f, "skip").map(MoveEffect::Skip),
            ["pause"] => self.topic_of(f, "pause").map(MoveEffect::Pause),
            ["resume"] => self.topic_of(f, "resume").map(MoveEffect::Resume),
            ["call"] => self.call_move(f),
            ["set"] => f
                .required("set")
                .map(|node| MoveEffect::Set(self.settings(node))),
            ["restart"] => self
                .named(f, "restart")
                .and_then(|name| self.find_service(&name))
                .map(|s| MoveEffect::Restart(ServiceId(s as u16))),
            ["drain"] => self
                .named(f, "drain")
                .and_then(|name| self.find_service(&name))
                .map(|s| MoveEffect::Drain(ServiceId(s as u16))),
            ["roll_out"] => self.named(f, "roll_out").and_then(|name| self.find_version(&name)).map(MoveEffect::RollOut),
            ["hold"] => self.released(f, "hold").map(MoveEffect::Hold),
            ["promote"] => self.released(f, "promote").map(MoveEffect::Promote),
            ["roll_back"] => self.released(f, "roll_back").map(MoveEffect::RollBack),
            ["run"] => self
                .named(f, "run")
                .and_then(|name| self.find_job(&name))
                .map(MoveEffect::RunJob),
            ["rotate"] => self
                .named(f, "rotate")
                .and_then(|name| self.find_secret(&name))
                .map(MoveEffect::Rotate),
            ["reload"] => {
                let secret = self.named(f, "reload").and_then(|name| self.find_secret(&name));
                let only = self.named(f, "service").map(|name| self.find_service(&name));
                match (secret, only) {
                    (Some(secret), None) => Some(MoveEffect::Reload { secret, service: None }),
                    (Some(secret), Some(Some(only))) => {
                        Some(MoveEffect::Reload { secret, service: Some(ServiceId(only as u16)) })
                    }
                    _ => None,
                }
            }
            ["revoke"] => {
                let terminate = f.optional("terminate").is_some() && f.flag("terminate");
                self.named(f, "revoke")
                    .and_then(|name| self.find_credential(&name))
                    .map(|secret| MoveEffect::Revoke { secret, terminate })
            }
            ["migrate"] => self
                .named(f, "migrate")
                .and_then(|name| self.find_migration(&name))
                .map(MoveEffect::Migrate),
            ["fail_over"] => self.copied_store(f).map(MoveEffect::FailOver),
            _ => {
                let help = format!("one of {}", DOES.join(", "));
                f.error(
                    f.span(),
                    "either-or",
                    "this move does not do one thing",
                    help,
                );
                None
            }
        };
        let step = self.step(&place.path);
        let does = does?;
        let can = matches!(does, MoveEffect::Set(_) | MoveEffect::Pause(_));
        if let Some((span, true)) = reversible
            && !can
        {
            f.error(
                span,
                "bad-value",
                "nobody can take this move back",
                "only `set` and `pause` can be taken back",
            );
        }
        Some(Move {
            name: entry.key.clone(),
            called: says,
            says: self.says(&does),
            takes,
            step,
            reversible: can && reversible.is_none_or(|(_, reversible)| reversible),
            does,
        })
    }

    /// What a move of its kind does.
    fn says(&self, does: &MoveEffect) -> String {
        let topic = |topic: &TopicId| self.known.topics.name(topic.at()).to_owned();
        let service = |service: &ServiceId| self.known.services.name(service.at()).to_owned();
        match does {
            MoveEffect::Redrive { topic: of, .. } => format!(
                "Puts dead letters of {} back, so many a second. They are handled by the code that runs now; what fails again is put aside again.",
                topic(of)
            ),
            MoveEffect::Skip(of) => format!(
                "Sets a group's offset behind the first message of a partition of {}, while the group stands still. The group will never handle that message.",
                topic(of)
            ),
            MoveEffect::Pause(of) => format!("A group takes no more messages from {}; they wait.", topic(of)),
            MoveEffect::Resume(of) => format!("A paused group takes messages from {} again.", topic(of)),
            MoveEffect::Call { handler, pick } => {
                let def = &self.known.handlers[handler.at()];
                let record = self.known.record_name(pick.record);
                let service = self.known.services.name(def.service);
                format!("Calls {service}.{} for one {record}.", def.name)
            }
            MoveEffect::Set(_) => "Changes the configuration, replica by replica.".to_owned(),
            MoveEffect::FailOver(of) => format!(
                "The copy of {} takes over. Connections break; what it had not received when {0} failed is lost.",
                self.known.stores.name(of.at())
            ),
            MoveEffect::Migrate(of) => format!(
                "Changes tables: {}. A change waits until those who use its table are through, and everybody who comes later waits behind it.",
                self.known.migrations[of.at()]
            ),
            MoveEffect::Restart(of) => format!(
                "Kills a replica of {}. What it has in memory is lost; it comes back by itself.",
                service(of)
            ),
            MoveEffect::Drain(of) => format!(
                "Tells an instance of {} to end, and starts another elsewhere. It finishes what it has in hand, for as long as its grace allows.",
                service(of)
            ),
            MoveEffect::RollOut(version) => {
                let version = &self.system.versions[version.at()];
                format!("Brings {} to all instances of {}, as its strategy has it.", version.name, service(&version.service))
            }
            MoveEffect::Hold(of) => format!("The roll-out of {} stands still where it is.", service(of)),
            MoveEffect::Promote(of) => format!("The roll-out of {} goes on, without waiting for the end of a bake.", service(of)),
            MoveEffect::RollBack(of) => format!("{} goes back to what ran before. What was written meanwhile stays as it was written.", service(of)),
            MoveEffect::Rotate(secret) => format!(
                "Makes a new version of {}. Whoever does not load it goes on with the one that it holds.",
                self.known.secrets.name(secret.at())
            ),
            MoveEffect::Reload { secret, service: None } => {
                format!("Tells every replica to load {} anew.", self.known.secrets.name(secret.at()))
            }
            MoveEffect::Reload { secret, service: Some(of) } => {
                format!("Tells the replicas of {} to load {} anew.", service(of), self.known.secrets.name(secret.at()))
            }
            MoveEffect::Revoke { secret, terminate } => format!(
                "Takes back what has leaked of {}, or all versions before the newest; nobody logs in with them any more. {}",
                self.known.secrets.name(secret.at()),
                if *terminate { "Connections that did are ended." } else { "Connections that did live on." }
            ),
            MoveEffect::RunJob(job) => {
                let (service, job) = &self.known.jobs[job.at()];
                format!("Runs {}.{job} now.", self.known.services.name(*service))
            }
        }
    }

    fn released(&self, f: &mut Fields<'a>, key: &'static str) -> Option<ServiceId> {
        let service = self.named(f, key).and_then(|name| self.released_service(&name))?;
        Some(ServiceId(service as u16))
    }

    fn topic_of(&self, f: &mut Fields<'a>, key: &'static str) -> Option<TopicId> {
        let topic = self.named(f, key).and_then(|name| self.find_topic(&name))?;
        Some(TopicId(topic as u16))
    }

    fn redrive(&mut self, f: &mut Fields<'a>, place: &Place) -> Option<MoveEffect> {
        let rate = self.field(f, place, "rate", Kind::Rate, 0);
        let topic = self.topic_of(f, "redrive")?;
        Some(MoveEffect::Redrive { topic, rate })
    }

    fn call_move(&mut self, f: &mut Fields<'a>) -> Option<MoveEffect> {
        let name = self.named(f, "call");
        let mut pick = None;
        f.one("pick", "choice of a record", |f| {
            let newest = f
                .required("newest")
                .and_then(|node| self.name(node, "`newest`"));
            let at_least = self.fixed(
                f,
                "at_least",
                Kind::Count {
                    least: 1,
                    most: 255,
                },
                1,
            ) as u8;
            let state = newest.and_then(|name| self.find_state(&name));
            pick = state.map(|(record, state)| Pick {
                record,
                state,
                at_least,
            });
        });
        let name = name?;
        let handler = self.find_handler(&name)?;
        let pick = pick?;
        let inputs = &self.known.handlers[handler].inputs;
        if !matches!(inputs[..], [(_, Ty::Record(record))] if record == pick.record) {
            let message = format!(
                "`{}` does not take one {}",
                name.value,
                self.known.record_name(pick.record)
            );
            self.error(
                name.span,
                "unfillable",
                message,
                "pick the record that it takes",
            );
        }
        Some(MoveEffect::Call {
            handler: HandlerId(handler as u16),
            pick,
        })
    }

    fn find_job(&self, name: &Spanned<String>) -> Option<JobId> {
        let full: Vec<String> = self
            .known
            .jobs
            .iter()
            .map(|(service, job)| format!("{}.{job}", self.known.services.name(*service)))
            .collect();
        let found = full.iter().position(|full| *full == name.value);
        if found.is_none() {
            self.unknown(
                name.span,
                "job",
                &name.value,
                full.iter().map(String::as_str),
            );
        }
        found.map(|place| JobId(place as u16))
    }

    pub fn operator(&mut self, root: &'a Node) {
        let Some(node) = root
            .get("operator")
            .filter(|node| !crate::parts::is_nothing(node))
        else {
            return;
        };
        let place = Place::world("operator");
        self.at.map(node, "operator", |f| {
            let sees: &[(&str, ())] = &[("telemetry", ())];
            f.optional_choice("sees", sees);
            let reacts = self.field(f, &place, "reacts", Kind::Limit, 180_000_000_000);
            let mut script = Vec::new();
            let items = f
                .optional("script")
                .map_or(&[][..], |node| self.at.items(node, "`script`", "rules"));
            for item in items {
                self.at.map(item, "rule", |f| {
                    let after = f
                        .required("after")
                        .and_then(|node| self.name(node, "`after`"));
                    let makes = f
                        .required("move")
                        .and_then(|node| self.name(node, "`move`"));
                    let makes =
                        makes.and_then(|name| self.find_in(&self.known.moves, "move", &name));
                    let after = after.and_then(|name| self.after(&name));
                    script.extend(after.zip(makes).map(|(after, m)| Rule {
                        after,
                        makes: MoveId(m as u16),
                    }));
                });
            }
            self.system.operator = Some(Operator { reacts, script });
        });
    }

    /// `alert`, `alert errors`, `ticket`, `ticket sent_once`.
    fn after(&self, name: &Spanned<String>) -> Option<After> {
        let (kind, which) = name.value.split_once(' ').unwrap_or((&name.value, ""));
        let which = Spanned {
            value: which.trim().to_owned(),
            span: name.span,
        };
        match (kind, which.value.as_str()) {
            ("alert", "") => Some(After::AnyAlert),
            ("ticket", "") => Some(After::AnyTicket),
            ("alert", _) => self
                .find_in(&self.known.alerts, "alert", &which)
                .map(|a| After::Alert(AlertId(a as u16))),
            ("ticket", _) => self
                .find_invariant(&which)
                .map(|i| After::TicketOf(InvariantId(i as u16))),
            _ => {
                self.unknown(name.span, "occasion", kind, ["alert", "ticket"].into_iter());
                None
            }
        }
    }
}
