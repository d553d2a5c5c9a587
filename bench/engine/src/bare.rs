//! The floor of the engine: a loop written for one model, which knows nothing else.
//!
//! ```text
//!   arrivals ──▶ [ station 1 ] ──▶ … ──▶ [ station n ] ──▶ done
//! ```
//!
//! Each station has a queue and so many servers, all times are exponential. With a time-out the first station waits so
//! long for the rest, then asks again, at most so often; what it left behind is served to the end. `BinaryHeap` of the standard library, integer time,
//! slots used again, time-outs that find nobody are passed over: what one would write on an afternoon, and hard to beat.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, VecDeque},
};

#[derive(Debug, Clone, Copy)]
pub struct Model {
    pub stations: usize,
    pub servers: u32,
    /// Per second.
    pub rate: f64,
    /// Nanoseconds.
    pub mean_service: f64,
    /// Nanoseconds; 0 is none.
    pub timeout: u64,
    pub retries: u8,
    pub requests: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    at: u64,
    seq: u64,
    /// 0 arrives, 1 served, 2 time is up.
    kind: u8,
    slot: u32,
    life: u32,
}

#[derive(Clone, Copy)]
struct Request {
    life: u32,
    station: u8,
    tries: u8,
    left: bool,
    began: u64,
}

struct Random(u64);

impl Random {
    /// SplitMix64 (Steele, Lea, Flood 2014).
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    fn exponential(&mut self, mean: f64) -> u64 {
        (-self.unit().ln() * mean) as u64
    }
}

struct Loop<'a> {
    model: &'a Model,
    now: u64,
    seq: u64,
    heap: BinaryHeap<Reverse<Event>>,
    requests: Vec<Request>,
    free: Vec<u32>,
    queues: Vec<VecDeque<u32>>,
    busy: Vec<u32>,
    service: Random,
}

/// The mean time from arrival to answer, in nanoseconds.
pub fn run(model: &Model, seed: u64) -> f64 {
    let mut arrivals = Random(seed);
    let mut it = Loop {
        model,
        now: 0,
        seq: 0,
        heap: BinaryHeap::new(),
        requests: Vec::new(),
        free: Vec::new(),
        queues: vec![VecDeque::new(); model.stations],
        busy: vec![0; model.stations],
        service: Random(seed ^ 0x5555),
    };
    let between = 1e9 / model.rate;
    let (mut came, mut answered, mut sum) = (0, 0u64, 0u128);
    let first = arrivals.exponential(between);
    it.push(first, 0, 0, 0);
    while let Some(Reverse(event)) = it.heap.pop() {
        it.now = event.at;
        match event.kind {
            0 => {
                came += 1;
                if came < model.requests {
                    let delay = arrivals.exponential(between);
                    it.push(delay, 0, 0, 0);
                }
                let now = it.now;
                it.begin(now, 0, 0);
            }
            1 => {
                let slot = event.slot;
                let station = it.requests[slot as usize].station as usize;
                it.next_in_queue(station);
                if station + 1 < model.stations {
                    it.requests[slot as usize].station += 1;
                    if station == 0 {
                        it.set_timer(slot);
                    }
                    it.enter(slot);
                } else {
                    let request = it.requests[slot as usize];
                    if !request.left {
                        answered += 1;
                        sum += u128::from(it.now - request.began);
                    }
                    it.requests[slot as usize].life += 1;
                    it.free.push(slot);
                }
            }
            _ => {
                let request = &mut it.requests[event.slot as usize];
                if request.life == event.life && !request.left {
                    request.left = true;
                    let (tries, began) = (request.tries, request.began);
                    if tries < model.retries {
                        it.begin(began, tries + 1, 1);
                    }
                }
            }
        }
    }
    sum as f64 / answered.max(1) as f64
}

impl Loop<'_> {
    fn push(&mut self, delay: u64, kind: u8, slot: u32, life: u32) {
        self.heap.push(Reverse(Event { at: self.now + delay, seq: self.seq, kind, slot, life }));
        self.seq += 1;
    }

    fn begin(&mut self, began: u64, tries: u8, station: u8) {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.requests.push(Request { life: 0, station: 0, tries: 0, left: false, began: 0 });
            self.requests.len() as u32 - 1
        });
        let life = self.requests[slot as usize].life;
        self.requests[slot as usize] = Request { life, station, tries, left: false, began };
        if station > 0 {
            self.set_timer(slot);
        }
        self.enter(slot);
    }

    fn set_timer(&mut self, slot: u32) {
        if self.model.timeout > 0 {
            self.push(self.model.timeout, 2, slot, self.requests[slot as usize].life);
        }
    }

    fn enter(&mut self, slot: u32) {
        let station = self.requests[slot as usize].station as usize;
        if self.busy[station] < self.model.servers {
            self.busy[station] += 1;
            self.serve(slot);
        } else {
            self.queues[station].push_back(slot);
        }
    }

    fn serve(&mut self, slot: u32) {
        let delay = self.service.exponential(self.model.mean_service);
        self.push(delay, 1, slot, 0);
    }

    fn next_in_queue(&mut self, station: usize) {
        match self.queues[station].pop_front() {
            Some(next) => self.serve(next),
            None => self.busy[station] -= 1,
        }
    }
}
