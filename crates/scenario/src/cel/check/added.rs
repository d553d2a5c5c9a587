//! Functions that the environment adds: figures that are asked for by constant names.

use std::collections::BTreeMap;

use cel::common::ast::IdedExpr;
use seatrial_sim::expr::{Asked, Op};
use seatrial_sim::system::ServiceId;

use super::Checker;
use super::compare::literal_text;
use super::members::shown;
use super::units;
use crate::cel::{Function, Mistake, Type};

impl<'a> Checker<'a> {
    pub(super) fn added(
        &mut self,
        node: &'a IdedExpr,
        name: &str,
        function: &'a Function,
        args: &'a [IdedExpr],
    ) -> Option<Type> {
        let (what, ty) = match (function, args) {
            (Function::Named { of, what }, [arg]) => {
                let text = self.constant(name, arg)?;
                match of.get(text) {
                    Some(found) => *found,
                    None => return self.no_such(arg, what, text, of.keys().map(String::as_str)),
                }
            }
            (Function::Pair { of, what }, [first, second]) => {
                let (l, r) = (self.constant(name, first), self.constant(name, second));
                let (l, r) = (l?, r?);
                if !of.keys().any(|(left, _)| left == l) {
                    return self.no_such(
                        first,
                        &what.0,
                        l,
                        of.keys().map(|(left, _)| left.as_str()),
                    );
                }
                match of.get(&(l.to_owned(), r.to_owned())) {
                    Some(found) => *found,
                    None => {
                        let of_first = of
                            .keys()
                            .filter(|(left, _)| left == l)
                            .map(|(_, right)| right.as_str());
                        return self.no_such(second, &what.1, r, of_first);
                    }
                }
            }
            (
                Function::Latency {
                    services,
                    per_mille: Some(per_mille),
                },
                [arg],
            ) => {
                let service = self.service(name, arg, services)?;
                (
                    Asked::Latency {
                        service,
                        per_mille: *per_mille,
                    },
                    Type::Duration,
                )
            }
            (
                Function::Latency {
                    services,
                    per_mille: None,
                },
                [arg, quantile],
            ) => {
                let service = self.service(name, arg, services);
                let written = self
                    .number_written(quantile)
                    .unwrap_or_else(|| "…".to_owned());
                match units::per_mille(&written, self.places.whole(quantile)) {
                    Ok(per_mille) => (
                        Asked::Latency {
                            service: service?,
                            per_mille,
                        },
                        Type::Duration,
                    ),
                    Err(mistake) => {
                        self.wrong(mistake);
                        return None;
                    }
                }
            }
            (Function::Balance { table, known }, [arg]) => {
                let text = self.constant(name, arg)?;
                if !known.is_empty() && !known.contains(text) {
                    return self.no_such(arg, "balance", text, known.iter().map(String::as_str));
                }
                let (table, text) = (*table, self.intern(arg, text)?);
                (Asked::Balance { table, text }, Type::Money)
            }
            (Function::Pair { .. }, _) => {
                return self.arguments(node, name, "two names", args.len());
            }
            (
                Function::Latency {
                    per_mille: None, ..
                },
                _,
            ) => {
                return self.arguments(node, name, "a service and a quantile", args.len());
            }
            _ => return self.arguments(node, name, "one name", args.len()),
        };
        self.ops.push(Op::Ask(what));
        Some(ty)
    }

    fn service(
        &mut self,
        name: &str,
        arg: &'a IdedExpr,
        services: &'a BTreeMap<String, ServiceId>,
    ) -> Option<ServiceId> {
        let text = self.constant(name, arg)?;
        match services.get(text) {
            Some(service) => Some(*service),
            None => {
                self.no_such(arg, "service", text, services.keys().map(String::as_str));
                None
            }
        }
    }

    /// An argument that must be written out as a text.
    fn constant(&mut self, name: &str, arg: &'a IdedExpr) -> Option<&'a str> {
        let text = literal_text(arg);
        if text.is_none() {
            let at = self.places.whole(arg);
            let shown = self.places.text[at.clone()].trim().to_owned();
            let message = format!("`{name}` takes a name as a text that is written out");
            let help = format!("As in `{name}('{}')`.", shown.trim_matches('"'));
            self.wrong(Mistake::new(at, "arguments", message).help(help));
        }
        text
    }

    fn no_such<'n>(
        &mut self,
        arg: &IdedExpr,
        what: &str,
        text: &str,
        known: impl Iterator<Item = &'n str>,
    ) -> Option<Type> {
        let mut names: Vec<&str> = known.collect();
        names.dedup();
        let mistake = Mistake::new(
            self.places.whole(arg),
            "unknown-name",
            format!("there is no {what} `{text}`"),
        )
        .help(if names.is_empty() {
            String::new()
        } else {
            format!("There are {}.", shown(names.iter().copied()))
        })
        .nearest(text, names.iter().copied());
        self.wrong(mistake);
        None
    }
}
