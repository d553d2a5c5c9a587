//! What belongs to which box and which line of the picture.

use seatrial_scenario::picture::{Carries, Picture, Shape, picture};
use seatrial_sim::System;
use seatrial_sim::system::{Owner, ParamId, Target};

#[derive(Debug, Clone)]
pub struct Wiring {
    pub picture: Picture,
    /// By line of the picture.
    pub wires: Vec<Wire>,
}

/// Places in the system's lists that a line stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wire {
    pub client: Option<usize>,
    pub calls: Vec<usize>,
    pub store: Option<usize>,
    pub publishes: Vec<usize>,
    pub topic: Option<usize>,
    pub group: Option<usize>,
    /// Whose events it carries.
    pub events: Option<usize>,
    pub to_provider: bool,
}

impl Wiring {
    pub fn new(system: &System) -> Wiring {
        let picture = picture(system);
        let wires = picture.edges.iter().map(|edge| {
            let node = |at: usize| (picture.boxes[at].what, picture.boxes[at].at);
            wire(system, node(edge.from), node(edge.to), edge.carries)
        });
        Wiring { wires: wires.collect(), picture }
    }

    /// The place of a box in the picture.
    pub fn box_of(&self, what: Shape, at: usize) -> Option<usize> {
        self.picture.boxes.iter().position(|place| (place.what, place.at) == (what, at))
    }
}

fn wire(system: &System, from: (Shape, usize), to: (Shape, usize), carries: Carries) -> Wire {
    let owner = |param: ParamId| match system.params[param.at()].owner {
        Owner::Service(service) => Some((Shape::Service, service.at())),
        Owner::World => None,
    };
    let target = |target: Target| match target {
        Target::Handler(handler) => (Shape::Service, system.handlers[handler.at()].service.at()),
        Target::Operation(operation) => (Shape::Provider, system.operations[operation.at()].provider.at()),
    };
    let mut wire = Wire { to_provider: to.0 == Shape::Provider, ..Wire::default() };
    match carries {
        Carries::Calls if from.0 == Shape::Client => wire.client = Some(from.1),
        Carries::Calls => {
            let mine = system.calls.iter().enumerate().filter(|(_, call)| {
                owner(call.policy.timeout) == Some(from) && target(call.target) == to
            });
            wire.calls = mine.map(|(at, _)| at).collect();
        }
        Carries::Rows => wire.store = Some(to.1),
        Carries::Messages => {
            let mine = system.publishes.iter().enumerate().filter(|(_, publish)| {
                owner(publish.via) == Some(from) && publish.topic.at() == to.1
            });
            wire.publishes = mine.map(|(at, _)| at).collect();
            wire.topic = Some(to.1);
        }
        Carries::Group(group) => wire.group = Some(group),
        Carries::Events => wire.events = Some(from.1),
    }
    wire
}
