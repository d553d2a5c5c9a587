//! A room of forty-five minutes, in this process: how long it takes to find any moment again, to make a scene for both
//! audiences, and to answer what a candidate asks of traces and logs.

use std::{collections::BTreeMap, hint::black_box, sync::Arc, time::Instant};

use seatrial_room::{
    Answer, Body, Command, Playable, Reel, Side, Take,
    view::{self, Clock, Context},
};

use crate::{
    Outcome,
    table::{Samples, Table},
};

const MINUTE: u64 = 60_000_000_000;
const PLAYED: u64 = 45 * MINUTE;

/// Commands as an interview has them: decisions before it runs, faults and a move while it does.
fn log(opens: u64) -> Vec<Command> {
    let choose = |decision: &str, option: &str| Body::Choose { decision: decision.into(), answer: Answer::Option(option.into()) };
    let fire = |fault: &str| Body::Fire { fault: fault.into() };
    let bodies = [
        (0, Side::Candidate, Body::ShowOptions { decision: "no_answer".into() }),
        (0, Side::Candidate, choose("no_answer", "again")),
        (0, Side::Panel, Body::Resume),
        (8, Side::Panel, fire("settle_db_down")),
        (14, Side::Candidate, Body::ShowOptions { decision: "event_path".into() }),
        (14, Side::Candidate, choose("event_path", "stored")),
        (22, Side::Panel, fire("answers_vanish")),
        (26, Side::Candidate, choose("no_answer", "again_same")),
        (29, Side::Panel, fire("killed")),
    ];
    let command = |(at, (minute, side, body)): (usize, (u64, Side, Body))| Command {
        seq: at as u64 + 1,
        v: opens + minute * MINUTE,
        id: format!("bench-{at}"),
        side,
        who: "bench".into(),
        seen_v: 0,
        body,
    };
    bodies.into_iter().enumerate().map(command).collect()
}

pub fn measure(table: &mut Table) -> Outcome<()> {
    let play = Arc::new(Playable::new(seatrial_bench_engine::cases::shipped()?));
    let opens = play.opens();
    let since = Instant::now();
    let mut reel = Reel::new(play, 7);
    log(opens).into_iter().for_each(|command| reel.push(command));
    let take = reel.live(opens + PLAYED);
    let mut whole = Samples::default();
    whole.push(since.elapsed());
    table.floor("room of 45 minutes: lived through again", &whole);

    let mut seek = Samples::default();
    for turn in 0..60u64 {
        // Moments all over the room, never the same distance from a snapshot.
        let v = opens + (turn * 7_919 % 2_700) * 1_000_000_000;
        let since = Instant::now();
        black_box(reel.seek(v, None));
        seek.push(since.elapsed());
    }
    table.row("room of 45 minutes: any moment found again", &seek, &[("living through it", &whole)]);

    let none = BTreeMap::new();
    let context = Context { words: &none, names: &none, clock: Clock::default(), present: &[], pad_rev: 0 };
    let mut scene = Samples::default();
    for _ in 0..50 {
        let since = Instant::now();
        let candidate = serde_json::to_string(&view::candidate(&take, &context))?;
        let panel = serde_json::to_string(&view::panel(&take, &context))?;
        scene.push(since.elapsed());
        black_box((candidate, panel));
    }
    table.floor("room: a scene for both audiences, as JSON", &scene);
    let mut tick = Samples::default();
    let mut live = take.clone();
    for _ in 0..50 {
        let since = Instant::now();
        live.advance(live.now() + 1_600_000_000);
        tick.push(since.elapsed());
    }
    table.floor("room: a tick of 100 ms at 16×", &tick);
    asked(table, &take, &reel);
    Ok(())
}

fn asked(table: &mut Table, take: &Take, reel: &Reel) {
    let mut recorded = Samples::default();
    let mut of_key = Samples::default();
    let first = take.play().system.records.iter().find(|record| record.name == "Order").map_or(0, |order| order.first_id);
    for turn in 0..20u64 {
        let since = Instant::now();
        black_box(view::traces(take, reel, &view::TraceQuery { errors: true, ..view::TraceQuery::default() }));
        recorded.push(since.elapsed());
        let key = Some((first + 6_000 + turn * 1_000).to_string());
        let since = Instant::now();
        black_box(view::traces(take, reel, &view::TraceQuery { key, ..view::TraceQuery::default() }));
        of_key.push(since.elapsed());
    }
    table.floor("room: traces with errors, of the last minutes", &recorded);
    table.floor("room: traces of one order, however long ago", &of_key);
}
