//! Laws of a take, over the scenario that ships: the same log gives the same take, however its time was cut, wherever one
//! begins to read, and whoever reads it.

mod common;

use common::{MINUTE, SECOND, command, play};
use proptest::prelude::*;
use seatrial_room::{Answer, Body, Command, MoveArgs, Reel, Side, Take, view};

/// Commands that people could send, with their moments after the opening.
fn logs() -> impl Strategy<Value = Vec<(u64, Side, Body)>> {
    let option = |decision: &'static str, options: &'static [&'static str]| {
        prop::sample::select(options).prop_map(move |option| {
            (Side::Candidate, Body::Choose { decision: decision.into(), answer: Answer::Option(option.into()) })
        })
    };
    let fault = prop::sample::select(&["settle_db_down", "poison", "answers_vanish", "killed", "log_down", "no_such"][..]);
    let body = prop_oneof![
        Just((Side::Candidate, Body::ShowOptions { decision: "no_answer".into() })),
        Just((Side::Candidate, Body::ShowOptions { decision: "half_done".into() })),
        option("no_answer", &["stop", "again", "again_same", "again_attempt", "not_one"]),
        option("half_done", &["nobody", "finish"]),
        Just((Side::Candidate, Body::Choose { decision: "sight".into(), answer: Answer::SomethingElse(true) })),
        Just((Side::Panel, Body::Map { decision: "sight".into(), option: Some("full".into()) })),
        fault.prop_map(|fault| (Side::Panel, Body::Fire { fault: fault.into() })),
        Just((Side::Panel, Body::Lift { fault: "settle_db_down".into() })),
        Just((Side::Candidate, Body::Move { makes: "redrive".into(), args: MoveArgs::default() })),
        Just((Side::Candidate, Body::Pause)),
        Just((Side::Panel, Body::Resume)),
        Just((Side::Panel, Body::Speed { times: 4 })),
    ];
    prop::collection::vec((0..4 * MINUTE, body), 0..12)
        .prop_map(|log| log.into_iter().map(|(v, (side, body))| (v, side, body)).collect())
}

/// A log in order. The first three stand at the very opening, where a decision makes the system anew.
fn in_order(opens: u64, log: Vec<(u64, Side, Body)>) -> Vec<Command> {
    let mut log: Vec<(u64, Side, Body)> = log.into_iter().enumerate().map(|(at, (v, side, body))| (if at < 3 { 0 } else { v }, side, body)).collect();
    log.sort_by_key(|(v, ..)| *v);
    log.into_iter().enumerate().map(|(at, (v, side, body))| command(at as u64 + 1, opens + v, side, body)).collect()
}

/// Everything that two copies of a take have to agree about.
fn shown(take: &Take) -> (u64, String, usize) {
    let frame = view::whole(take, &common::context(), 0);
    (take.digest(), format!("{frame:?}"), take.desk().rejected.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn any_cut_into_ticks_is_the_same_take(log in logs(), ticks in prop::collection::vec(1..20 * SECOND, 1..60), seed in 0u64..1000) {
        let play = play();
        let ends = play.opens() + 5 * MINUTE;
        let log = in_order(play.opens(), log);
        // At one go from command to command.
        let mut whole = Take::open(play.clone(), seed);
        for command in &log {
            let _ = whole.push(command);
        }
        whole.advance(ends);
        // In ticks of any length, as a room lives: what is sent stands where the horizon is.
        let mut cut = Take::open(play.clone(), seed);
        let mut next = log.iter().peekable();
        let mut lengths = ticks.iter().cycle();
        while cut.now() < ends {
            while let Some(command) = next.next_if(|command| command.v <= cut.now()) {
                let _ = cut.push(command);
            }
            let tick = cut.now() + lengths.next().copied().unwrap_or(SECOND);
            let command = next.peek().map_or(ends, |command| command.v);
            cut.advance(tick.min(command).min(ends));
        }
        prop_assert_eq!(shown(&whole), shown(&cut));
    }

    #[test]
    fn any_moment_is_found_again(log in logs(), at in 0..5 * MINUTE, seed in 0u64..1000) {
        let play = play();
        let opens = play.opens();
        let log = in_order(opens, log);
        let mut reel = Reel::new(play.clone(), seed);
        log.iter().cloned().for_each(|command| reel.push(command));
        let live = reel.live(opens + 5 * MINUTE);
        // From the nearest place.
        let sought = reel.seek(opens + at, None);
        // And from the start, without any.
        let mut anew = Take::open(play, seed);
        for command in log.iter().filter(|command| command.v <= opens + at) {
            let _ = anew.push(command);
        }
        anew.advance(opens + at);
        prop_assert_eq!(shown(&sought), shown(&anew));
        prop_assert_eq!(shown(&live), shown(&reel.seek(opens + 5 * MINUTE, None)));
        // Watching somebody changes nothing.
        prop_assert_eq!(reel.watched(opens + at, 7).digest(), anew.digest());
    }
}

#[test]
fn a_customers_history_is_had_by_number() {
    let play = play();
    let reel = Reel::new(play.clone(), 11);
    let told = view::history(&reel, play.opens() + MINUTE, first_order(&play) + 6000);
    assert!(told.is_some_and(|told| told.what.starts_with("order") && told.steps.len() > 3));
}

fn first_order(play: &seatrial_room::Playable) -> u64 {
    let order = play.system.records.iter().find(|record| record.name == "Order");
    order.map_or(0, |order| order.first_id)
}
