//! The picture of a system: which boxes stand where, and what goes between them. Made from the system alone, so it is the
//! same before and after every decision and never moves. Not here: pixels, figures, colours.
//!
//! A grid. Even rows hold what runs and what carries; below each is a row for the stores of what stands there. The
//! first row is the client's own request, from left to right; what happens afterwards hangs below it; what others run
//! stands in the last column.

mod places;

use std::collections::BTreeSet;

use seatrial_sim::System;
use seatrial_sim::system::{Downable, LEAVE, Op, Owner, ParamId, StepId, Target};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub columns: usize,
    pub rows: usize,
    pub boxes: Vec<Place>,
    pub edges: Vec<Edge>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub what: Shape,
    /// Its number in the system's list of its kind.
    pub at: usize,
    pub name: String,
    pub column: usize,
    pub row: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// Stands in front of the grid, on the row of what it calls.
    Client,
    Service,
    Store,
    Topic,
    Provider,
}

/// From one box to another, by their places in the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    pub from: usize,
    pub to: usize,
    pub carries: Carries,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carries {
    /// Requests of clients, and of services to services and providers.
    Calls,
    /// Transactions.
    Rows,
    /// Messages into a topic.
    Messages,
    /// Messages out of a topic, to the group of this number.
    Group(usize),
    /// Events that a provider sends.
    Events,
}

impl Shape {
    /// What pages know it by.
    pub fn word(self) -> &'static str {
        match self {
            Shape::Client => "client",
            Shape::Service => "service",
            Shape::Store => "store",
            Shape::Topic => "topic",
            Shape::Provider => "provider",
        }
    }
}

impl Carries {
    /// What pages know it by.
    pub fn word(self) -> &'static str {
        match self {
            Carries::Calls => "calls",
            Carries::Rows => "rows",
            Carries::Messages => "messages",
            Carries::Group(_) => "group",
            Carries::Events => "events",
        }
    }

    pub fn group(self) -> Option<usize> {
        match self {
            Carries::Group(group) => Some(group),
            _ => None,
        }
    }
}

/// What a box stands for, and its number in the system's list of its kind.
pub type Node = (Shape, usize);

pub fn picture(system: &System) -> Picture {
    let links = links(system);
    let mut grid = Grid { columns: 1, placed: Vec::new() };
    place_callers(system, &links, &mut grid);
    place_messages(system, &links, &mut grid);
    for service in 0..system.services.len() {
        if grid.of((Shape::Service, service)).is_none() {
            let row = grid.lanes() * 2;
            grid.put((Shape::Service, service), 0, row);
        }
    }
    place_stores(system, &links, &mut grid);
    place_providers(system, &links, &mut grid);
    places::find(&mut grid, &links);
    place_clients(system, &links, &mut grid);
    grid.placed.sort_by_key(|(node, ..)| *node);
    let boxes: Vec<Place> = grid
        .placed
        .iter()
        .map(|&((what, at), column, row)| Place { what, at, name: name(system, (what, at)), column, row })
        .collect();
    let find = |node: Node| boxes.iter().position(|place| (place.what, place.at) == node);
    let edges = links.iter().filter_map(|&(from, to, carries)| Some(Edge { from: find(from)?, to: find(to)?, carries }));
    let edges: BTreeSet<Edge> = edges.collect();
    let rows = boxes.iter().map(|place| place.row + 1).max().unwrap_or(1);
    Picture { columns: grid.columns, rows, edges: edges.into_iter().collect(), boxes }
}

/// The boxes of a system's picture, in the order of its list, without their places: which to find takes a while.
pub fn boxes(system: &System) -> Vec<(Node, String)> {
    let of = |what: Shape, count: usize| (0..count).map(move |at| (what, at));
    let all = of(Shape::Client, system.clients.len())
        .chain(of(Shape::Service, system.services.len()))
        .chain(of(Shape::Store, system.stores.len()))
        .chain(of(Shape::Topic, system.topics.len()))
        .chain(of(Shape::Provider, system.providers.len()));
    all.map(|node| (node, name(system, node))).collect()
}

/// The box that something which can be down is.
pub fn struck(down: Downable, system: &System) -> Node {
    match down {
        Downable::Service(id) => (Shape::Service, id.at()),
        Downable::Store(id) => (Shape::Store, id.at()),
        Downable::Provider(id) => (Shape::Provider, id.at()),
        Downable::Topic(id) => (Shape::Topic, id.at()),
        Downable::Group(id) => (Shape::Topic, system.groups[id.at()].topic.at()),
    }
}

fn name(system: &System, (what, at): Node) -> String {
    match what {
        Shape::Client => system.clients[at].name.clone(),
        Shape::Service => system.services[at].name.clone(),
        Shape::Store => system.stores[at].name.clone(),
        Shape::Topic => system.topics[at].name.clone(),
        Shape::Provider => system.providers[at].name.clone(),
    }
}

type Link = (Node, Node, Carries);

/// Who speaks to whom, in the order of the system's lists.
fn links(system: &System) -> Vec<Link> {
    let mut links = Vec::new();
    let handler = |at: usize| (Shape::Service, system.handlers[at].service.at());
    // What calls or publishes owns the parameters of the place.
    let owner = |param: ParamId| match system.params[param.at()].owner {
        Owner::Service(service) => Some((Shape::Service, service.at())),
        Owner::World => None,
    };
    for (at, client) in system.clients.iter().enumerate() {
        links.push(((Shape::Client, at), handler(client.target.at()), Carries::Calls));
    }
    let unused = unused_repairs(system);
    for (at, call) in system.calls.iter().enumerate() {
        if idle(system, call.step) || unused.contains(&at) {
            continue;
        }
        let Some(from) = owner(call.policy.timeout) else { continue };
        let to = match call.target {
            Target::Handler(to) => handler(to.at()),
            Target::Operation(to) => (Shape::Provider, system.operations[to.at()].provider.at()),
        };
        if from != to {
            links.push((from, to, Carries::Calls));
        }
        // Where a module may be as well.
        for other in call.placed.iter().flat_map(|placed| &system.placed[placed.at()].handlers).map(|it| handler(it.at())) {
            if other != from && other != to {
                links.push((from, other, Carries::Calls));
            }
        }
    }
    for (at, service) in system.services.iter().enumerate() {
        let stores = service.pools.iter().map(|pool| ((Shape::Service, at), (Shape::Store, pool.store.at()), Carries::Rows));
        links.extend(stores);
    }
    // A block's transactions are those of whoever uses it, also where no pool is said.
    for tx in system.txs.iter().filter(|tx| !idle(system, tx.step)) {
        if let Some(from) = owner(tx.attempts) {
            links.push((from, (Shape::Store, tx.store.at()), Carries::Rows));
        }
    }
    for publish in system.publishes.iter().filter(|publish| !idle(system, publish.step)) {
        if let Some(from) = owner(publish.via) {
            links.push((from, (Shape::Topic, publish.topic.at()), Carries::Messages));
        }
    }
    for (at, group) in system.groups.iter().enumerate() {
        links.push(((Shape::Topic, group.topic.at()), handler(group.handler.at()), Carries::Group(at)));
    }
    for (at, provider) in system.providers.iter().enumerate() {
        if let Some(webhooks) = &provider.webhooks {
            links.push(((Shape::Provider, at), handler(webhooks.to.at()), Carries::Events));
        }
    }
    links
}

/// Whether a step belongs to a job that is switched off in the system as found: what is not done there is not drawn.
fn idle(system: &System, step: StepId) -> bool {
    let path = &system.steps[step.at()];
    let mut off = system.jobs.iter().filter(|job| system.params[job.enabled.at()].value == 0);
    off.any(|job| {
        let below = format!("{}.{}.", system.services[job.service.at()].name, job.name);
        path.starts_with(&below)
    })
}

/// Calls with which a saga asks or undoes, where it does neither in the system as found.
fn unused_repairs(system: &System) -> BTreeSet<usize> {
    let mut calls = BTreeSet::new();
    for saga in &system.sagas {
        let leaves = |param: ParamId| system.params[param.at()].value == LEAVE;
        for step in &saga.steps {
            let asks = step.ask.filter(|_| leaves(saga.unknown));
            let undoes = step.undo.filter(|_| leaves(saga.failed));
            for from in [asks, undoes].into_iter().flatten() {
                let code = system.code.iter().skip(from as usize);
                let snippet = code.take_while(|op| !matches!(op, Op::SagaAsked { .. } | Op::SagaUndone { .. }));
                calls.extend(snippet.filter_map(|op| if let Op::Call(call) = op { Some(call.at()) } else { None }));
            }
        }
    }
    calls
}

struct Grid {
    columns: usize,
    placed: Vec<(Node, usize, usize)>,
}

impl Grid {
    fn of(&self, node: Node) -> Option<(usize, usize)> {
        self.placed.iter().find(|(placed, ..)| *placed == node).map(|&(_, column, row)| (column, row))
    }

    fn free(&self, column: usize, row: usize) -> bool {
        !self.placed.iter().any(|&((what, _), c, r)| what != Shape::Client && (c, r) == (column, row))
    }

    /// Pairs of rows in use.
    fn lanes(&self) -> usize {
        self.placed.iter().map(|(_, _, row)| row / 2 + 1).max().unwrap_or(0)
    }

    fn put(&mut self, node: Node, column: usize, row: usize) {
        self.columns = self.columns.max(column + 1);
        self.placed.push((node, column, row));
    }

    /// The first free cell of a column from a row on, by steps of two.
    fn below(&self, column: usize, row: usize) -> usize {
        (0..).map(|step| row + step * 2).find(|&row| self.free(column, row)).unwrap_or(row)
    }
}

/// What a client waits for: a column per call.
fn place_callers(system: &System, links: &[Link], grid: &mut Grid) {
    let mut front: Vec<Node> = system.clients.iter().enumerate().map(|(at, _)| (Shape::Client, at)).collect();
    let mut seen: BTreeSet<Node> = BTreeSet::new();
    let mut column = 0;
    while !front.is_empty() {
        let mut next = Vec::new();
        for &(from, to, carries) in links {
            if carries == Carries::Calls && front.contains(&from) && to.0 == Shape::Service && seen.insert(to) {
                let row = grid.below(column, 0);
                grid.put(to, column, row);
                next.push(to);
            }
        }
        front = next;
        column += 1;
    }
}

/// Topics below who publishes to them; who reads them beside them: on the side of the providers if it calls one.
fn place_messages(system: &System, links: &[Link], grid: &mut Grid) {
    for topic in 0..system.topics.len() {
        let node = (Shape::Topic, topic);
        let publisher = links.iter().filter(|link| link.1 == node).find_map(|link| grid.of(link.0));
        let (column, row) = publisher.unwrap_or((0, 0));
        let first = if publisher.is_some() { row + 2 } else { grid.lanes() * 2 };
        let row = grid.below(column, first);
        grid.put(node, column, row);
        let readers: Vec<Node> = links.iter().filter(|link| link.0 == node).map(|link| link.1).collect();
        for reader in readers {
            if grid.of(reader).is_some() {
                continue;
            }
            let outward = links.iter().any(|link| link.0 == reader && link.1.0 == Shape::Provider);
            let left = column.checked_sub(1);
            let sides = if outward { [Some(column + 1), left] } else { [left, Some(column + 1)] };
            let free = sides.into_iter().flatten().find(|&side| grid.free(side, row));
            let side = free.unwrap_or(column + 1);
            let row = grid.below(side, row);
            grid.put(reader, side, row);
        }
    }
}

/// Below the first that uses it.
fn place_stores(system: &System, links: &[Link], grid: &mut Grid) {
    for store in 0..system.stores.len() {
        let node = (Shape::Store, store);
        let owner = links.iter().filter(|link| link.1 == node).find_map(|link| grid.of(link.0));
        let (column, row) = owner.unwrap_or((0, grid.lanes() * 2));
        let row = grid.below(column, row + 1);
        grid.put(node, column, row);
    }
}

/// In a column of their own, beside the first that calls them.
fn place_providers(system: &System, links: &[Link], grid: &mut Grid) {
    let column = grid.columns;
    for provider in 0..system.providers.len() {
        let node = (Shape::Provider, provider);
        let caller = links.iter().filter(|link| link.1 == node).find_map(|link| grid.of(link.0));
        let row = grid.below(column, caller.map_or(0, |(_, row)| row));
        grid.put(node, column, row);
    }
}

fn place_clients(system: &System, links: &[Link], grid: &mut Grid) {
    for client in 0..system.clients.len() {
        let node = (Shape::Client, client);
        let row = links.iter().filter(|link| link.0 == node).find_map(|link| grid.of(link.1)).map_or(0, |(_, row)| row);
        grid.placed.push((node, 0, row));
    }
}
