//! `modules`: handlers that live in one of two services. In the one they are functions of its process, apart they are
//! called over whatever lies between. Each is written twice, once for each place, since pools, threads and settings
//! are the place's.

use seatrial_sim::system::{HandlerId, Placed, PlacedId};
use seatrial_source::{Entry, Node, Spanned};

use crate::cx::{Cx, Place};
use crate::known::ModuleHandler;
use crate::slot::Kind;

const PLACED: &[(&str, i64)] = &[("together", 0), ("apart", 1)];

impl<'a> Cx<'a> {
    /// Gives every handler of a module its two places; after those of the services.
    pub fn declare_modules(&mut self, root: &'a Node) {
        for entry in self.section(root, "modules") {
            let mut hosts = None;
            self.at.map(&entry.value, "module", |f| {
                f.optional("placed");
                f.optional("handlers");
                let of = f.required("of").and_then(|node| self.name(node, "`of`"));
                let own = Spanned { value: entry.key.clone(), span: entry.key_span };
                let apart = self.named(f, "apart").unwrap_or(own);
                let of_at = of.as_ref().and_then(|name| self.find_service(name));
                let apart_at = self.find_service(&apart);
                if let (Some(of), Some(other), Some(name)) = (of_at, apart_at, &of)
                    && of == other
                {
                    let message = format!("`{}` cannot leave {}: it has no other service", entry.key, name.value);
                    self.error(apart.span, "bad-value", message, "say `apart: ` and the service that it has of its own");
                }
                hosts = of_at.zip(apart_at).filter(|(of, apart)| of != apart);
            });
            let Some((of, apart)) = hosts else { continue };
            let handlers = entry.value.get("handlers").map_or(&[][..], |node| self.at.entries(node, "`handlers`"));
            for handler in handlers {
                self.word(&handler.key, handler.key_span);
                if handler.value.get("from").is_some() {
                    let message = format!("`{}` takes messages: that is a service's work, wherever its modules are", handler.key);
                    self.error(handler.key_span, "wrong-type", message, "declare it in a service, and let it call the module");
                    continue;
                }
                let at = [of, apart].map(|host| self.declare_copy(host, &entry.key, handler));
                let path = format!("{}.{}", entry.key, handler.key);
                self.known.module_handlers.insert(path, ModuleHandler { at, placed: None });
            }
        }
    }

    /// In a service of the module's own name its path is short.
    fn declare_copy(&mut self, host: usize, module: &str, handler: &'a Entry) -> usize {
        let service = self.known.services.name(host).to_owned();
        let mut info = self.declare_handler(host, &service, handler);
        if service != module {
            info.name = format!("{module}.{}", handler.key);
        }
        let (path, at) = (format!("{service}.{}", info.name), self.known.handlers.len());
        if self.known.handler_places.insert(path, at).is_some() {
            let message = format!("{service} has a handler `{}` of its own already", info.name);
            self.error(handler.key_span, "duplicate-id", message, "give one of the two another name");
        }
        self.known.handlers.push(info);
        at
    }

    /// Where each is; before the steps that call them are written.
    pub fn modules(&mut self, root: &'a Node) {
        for entry in self.section(root, "modules") {
            let world = Place::world("modules").below(&entry.key);
            let mut place = None;
            self.at.map(&entry.value, "module", |f| {
                for key in ["of", "apart", "handlers"] {
                    f.optional(key);
                }
                let placed = self.field(f, &world, "placed", Kind::Word(PLACED), 0);
                place = Some(self.late(placed));
            });
            let Some(place) = place else { continue };
            let prefix = format!("{}.", entry.key);
            for (_, handler) in self.known.module_handlers.iter_mut().filter(|(path, _)| path.starts_with(&prefix)) {
                handler.placed = Some(PlacedId(self.system.placed.len() as u16));
                let handlers = handler.at.map(|at| HandlerId(at as u16)).to_vec();
                self.system.placed.push(Placed { place, handlers });
            }
        }
    }
}
