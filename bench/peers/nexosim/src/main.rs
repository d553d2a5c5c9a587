//! The three models for NexoSim, one thread: `peer-nexosim mm1|chain|chain-timeout SEED [REQUESTS]` prints one run as JSON.
//!
//! ```text
//!   callers ──▶ gateway ──▶ service ──▶ database ──▶ callers
//!                  ▲   (asks again)        │
//!                  └───────────────────────┘
//! ```
//!
//! A station is a model with a queue and so many servers. The gateway keeps what it waits for, with a time-out as a keyed
//! event that the answer cancels; whoever had given up is served to the end, and nobody hears of it.

use std::{
    collections::VecDeque,
    env, fs,
    sync::{Arc, Mutex},
    time::Duration,
};

use nexosim::{
    Message,
    model::{Context, Model, schedulable},
    ports::Output,
    simulation::{EventKey, Mailbox, SimInit},
    time::MonotonicTime,
};
use serde::{Deserialize, Serialize};

/// SplitMix64 (Steele, Lea, Flood 2014), as the bare loop has it.
#[derive(Serialize, Deserialize)]
struct Random(u64);

impl Random {
    fn exponential(&mut self, mean_ns: f64) -> Duration {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let unit = (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1u64 << 53) as f64;
        Duration::from_nanos(((-unit.ln() * mean_ns) as u64).max(1))
    }
}

#[derive(Clone, Copy, Message, Serialize, Deserialize)]
struct Request {
    began_ns: u64,
    /// Place and number of what the gateway waits for.
    place: u32,
    number: u64,
}

fn now_ns(time: MonotonicTime) -> u64 {
    time.duration_since(MonotonicTime::EPOCH).as_nanos() as u64
}

#[derive(Serialize, Deserialize)]
struct Callers {
    out: Output<Request>,
    random: Random,
    between_ns: f64,
    left: u64,
}

#[Model]
impl Callers {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        self.next(cx);
    }

    fn next(&mut self, cx: &Context<Self>) {
        if self.left > 0 {
            self.left -= 1;
            let delay = self.random.exponential(self.between_ns);
            cx.schedule_event(delay, schedulable!(Self::arrive), ()).expect("in the future");
        }
    }

    #[nexosim(schedulable)]
    async fn arrive(&mut self, _: (), cx: &Context<Self>) {
        self.next(cx);
        self.out.send(Request { began_ns: now_ns(cx.time()), place: 0, number: 0 }).await;
    }
}

#[derive(Serialize, Deserialize)]
struct Station {
    out: Output<Request>,
    random: Random,
    mean_ns: f64,
    free: u32,
    waiting: VecDeque<Request>,
}

impl Station {
    fn new(seed: u64, servers: u32, mean_ns: f64) -> Station {
        Station { out: Output::default(), random: Random(seed), mean_ns, free: servers, waiting: VecDeque::new() }
    }
}

#[Model]
impl Station {
    async fn enter(&mut self, request: Request, cx: &Context<Self>) {
        if self.free > 0 {
            self.free -= 1;
            self.serve(request, cx);
        } else {
            self.waiting.push_back(request);
        }
    }

    fn serve(&mut self, request: Request, cx: &Context<Self>) {
        let delay = self.random.exponential(self.mean_ns);
        cx.schedule_event(delay, schedulable!(Self::done), request).expect("in the future");
    }

    #[nexosim(schedulable)]
    async fn done(&mut self, request: Request, cx: &Context<Self>) {
        match self.waiting.pop_front() {
            Some(next) => self.serve(next, cx),
            None => self.free += 1,
        }
        self.out.send(request).await;
    }
}

#[derive(Default, Serialize, Deserialize)]
struct Waiting {
    /// None when the place is free.
    key: Option<EventKey>,
    number: u64,
    began_ns: u64,
    tries: u8,
}

/// What stands between the first station and the rest: it waits for an answer so long, and asks again so often.
#[derive(Serialize, Deserialize)]
struct Patience {
    ask: Output<Request>,
    answer: Output<Request>,
    timeout: Duration,
    retries: u8,
    numbers: u64,
    waiting: Vec<Waiting>,
    free: Vec<u32>,
}

#[Model]
impl Patience {
    async fn ask(&mut self, request: Request, cx: &Context<Self>) {
        let place = self.free.pop().unwrap_or_else(|| {
            self.waiting.push(Waiting::default());
            self.waiting.len() as u32 - 1
        });
        self.send(place, request.began_ns, 0, cx).await;
    }

    async fn send(&mut self, place: u32, began_ns: u64, tries: u8, cx: &Context<Self>) {
        self.numbers += 1;
        let number = self.numbers;
        let key = cx
            .schedule_keyed_event(self.timeout, schedulable!(Self::time_up), place)
            .expect("in the future");
        self.waiting[place as usize] = Waiting { key: Some(key), number, began_ns, tries };
        self.ask.send(Request { began_ns, place, number }).await;
    }

    #[nexosim(schedulable)]
    async fn time_up(&mut self, place: u32, cx: &Context<Self>) {
        let Waiting { began_ns, tries, .. } = self.waiting[place as usize];
        if tries < self.retries {
            self.send(place, began_ns, tries + 1, cx).await;
        } else {
            self.waiting[place as usize].key = None;
            self.waiting[place as usize].number = 0;
            self.free.push(place);
        }
    }

    async fn answered(&mut self, request: Request) {
        let waits = &mut self.waiting[request.place as usize];
        if waits.number == request.number {
            if let Some(key) = waits.key.take() {
                key.cancel();
            }
            waits.number = 0;
            self.free.push(request.place);
            self.answer.send(request).await;
        }
    }
}

/// Count and sum of the times from arrival to answer.
#[derive(Serialize, Deserialize)]
struct Answers {
    count: u64,
    sum_ns: u64,
    #[serde(skip)]
    out: Arc<Mutex<(u64, u64)>>,
}

#[Model]
impl Answers {
    async fn take(&mut self, request: Request, cx: &Context<Self>) {
        self.count += 1;
        self.sum_ns += now_ns(cx.time()) - request.began_ns;
        if self.count % 1024 == 0 {
            *self.out.lock().expect("one thread") = (self.count, self.sum_ns);
        }
    }
}

/// CPU seconds of this process, from the scheduler.
fn cpu_s() -> f64 {
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let used = tasks.filter_map(|task| fs::read_to_string(task.path().join("schedstat")).ok());
    used.filter_map(|text| text.split_whitespace().next()?.parse::<u64>().ok()).sum::<u64>() as f64 / 1e9
}

fn peak_kib() -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}

fn main() {
    let args: Vec<String> = env::args().collect();
    let (model, seed): (&str, u64) = (&args[1], args[2].parse().expect("a seed"));
    let requests: u64 = args.get(3).map_or(1_000_000, |count| count.parse().expect("a count"));
    let single = model == "mm1";
    let (rate, servers, mean_ns) = if single { (80.0, 1, 10e6) } else { (28.0, 4, 100e6) };
    let totals = Arc::new(Mutex::new((0, 0)));

    let mut callers = Callers { out: Output::default(), random: Random(seed), between_ns: 1e9 / rate, left: requests };
    let answers = Answers { count: 0, sum_ns: 0, out: totals.clone() };
    let stations = if single { 1 } else { 3 };
    let mut stations: Vec<Station> = (0..stations).map(|at| Station::new(seed ^ (0x5555 + at), servers, mean_ns)).collect();
    let mailboxes: Vec<Mailbox<Station>> = stations.iter().map(|_| Mailbox::new()).collect();
    let (callers_box, answers_box, patience_box) = (Mailbox::new(), Mailbox::new(), Mailbox::new());

    callers.out.connect(Station::enter, &mailboxes[0]);
    let mut bench = SimInit::with_num_threads(1);
    if model == "chain-timeout" {
        let mut patience = Patience {
            ask: Output::default(),
            answer: Output::default(),
            timeout: Duration::from_secs(3),
            retries: 2,
            numbers: 0,
            waiting: Vec::new(),
            free: Vec::new(),
        };
        stations[0].out.connect(Patience::ask, &patience_box);
        patience.ask.connect(Station::enter, &mailboxes[1]);
        stations[1].out.connect(Station::enter, &mailboxes[2]);
        stations[2].out.connect(Patience::answered, &patience_box);
        patience.answer.connect(Answers::take, &answers_box);
        bench = bench.add_model(patience, patience_box, "patience");
    } else {
        for at in 1..stations.len() {
            stations[at - 1].out.connect(Station::enter, &mailboxes[at]);
        }
        stations.last_mut().expect("a station").out.connect(Answers::take, &answers_box);
    }
    for (at, (station, mailbox)) in stations.into_iter().zip(mailboxes).enumerate() {
        bench = bench.add_model(station, mailbox, &format!("station {at}"));
    }
    bench = bench.add_model(callers, callers_box, "callers").add_model(answers, answers_box, "answers");
    let mut simulation = bench.init(MonotonicTime::EPOCH).expect("a sound bench");
    let before = cpu_s();
    simulation.run().expect("runs to its end");
    let took = cpu_s() - before;
    let (count, sum_ns) = *totals.lock().expect("one thread");
    let mean_s = sum_ns as f64 / 1e9 / f64::max(count as f64, 1.0);
    println!(r#"{{"cpu_s":{took},"peak_kib":{},"requests":{requests},"mean_s":{mean_s}}}"#, peak_kib());
}
