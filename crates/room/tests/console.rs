//! What an operator's tools show of one part, and a move that is called off.

mod common;

use common::{MINUTE, context, play, send, shipped};
use seatrial_room::view::{MoveIs, PartNow, PartTable, You};
use seatrial_room::{Answer, Body, MoveArgs, Side, Take, view};

/// Settlement's store has been down for four minutes, and what fails five times is put aside.
fn stuck() -> Take {
    let play = play();
    let mut take = Take::open(play.clone(), 7);
    send(
        &mut take,
        Side::Candidate,
        Body::ShowOptions {
            decision: "bad_message".into(),
        },
    )
    .expect("taken");
    let park = Body::Choose {
        decision: "bad_message".into(),
        answer: Answer::Option("park".into()),
    };
    send(&mut take, Side::Candidate, park).expect("taken");
    send(&mut take, Side::Panel, Body::Resume).expect("taken");
    take.advance(play.opens() + MINUTE);
    send(
        &mut take,
        Side::Panel,
        Body::Fire {
            fault: "settle_db_down".into(),
        },
    )
    .expect("taken");
    take.advance(play.opens() + 5 * MINUTE);
    take
}

fn part(take: &Take, name: &str) -> PartNow {
    let at = take
        .play()
        .wiring
        .picture
        .boxes
        .iter()
        .position(|one| one.name == name)
        .expect("drawn");
    view::part(take, at).expect("there")
}

fn table<'a>(part: &'a PartNow, title: &str) -> &'a PartTable {
    part.tables
        .iter()
        .find(|table| table.title == title)
        .unwrap_or_else(|| panic!("{part:#?}"))
}

fn redrive(take: &mut Take, rate: f64) {
    let args = MoveArgs {
        rate: Some(rate),
        ..MoveArgs::default()
    };
    send(
        take,
        Side::Candidate,
        Body::Move {
            makes: "redrive".into(),
            args,
        },
    )
    .expect("taken");
}

#[test]
fn partitions_say_since_when_they_fail_and_instances_what_they_hold() {
    let take = stuck();
    let settlement = part(&take, "settlement");
    let reads = table(&settlement, "Reads money");
    assert_eq!(reads.rows.len(), 8);
    for row in &reads.rows {
        assert!(row.degraded && row.cells[4].contains("attempt"), "{row:?}");
    }
    assert!(reads.says.contains("put aside"), "{}", reads.says);
    assert_eq!(table(&settlement, "Instances").rows.len(), 2);
    let money = part(&take, "money");
    let readers = table(&money, "Read by");
    let failing: Vec<&str> = readers
        .rows
        .iter()
        .map(|row| row.cells[2].as_str())
        .collect();
    assert_eq!(failing, ["0", "8"]);
    let settle = part(&take, "settle");
    assert!(table(&settle, "State").rows[0].degraded);
}

#[test]
fn settings_are_shown_once_their_options_are_open_and_not_before() {
    let mut take = stuck();
    let told = |take: &Take, name: &str| {
        let part = part(take, name);
        part.tables
            .iter()
            .find(|table| table.title == "Configuration")
            .map(|table| {
                table
                    .rows
                    .iter()
                    .map(|row| row.cells.join("="))
                    .collect::<Vec<String>>()
            })
    };
    assert_eq!(
        told(&take, "money"),
        Some(vec!["failing.park=after 5".to_owned()])
    );
    let payments = told(&take, "payments").expect("sizes");
    assert!(
        payments
            .iter()
            .all(|line| !line.contains("idempotency_key")),
        "{payments:?}"
    );
    send(
        &mut take,
        Side::Candidate,
        Body::ShowOptions {
            decision: "no_answer".into(),
        },
    )
    .expect("taken");
    let payments = told(&take, "payments").expect("sizes");
    assert!(
        payments.contains(&"charge.psp.idempotency_key=none".to_owned()),
        "{payments:?}"
    );
}

#[test]
fn while_a_change_arrives_each_instance_says_what_it_runs_with() {
    let mut take = stuck();
    send(
        &mut take,
        Side::Candidate,
        Body::ShowOptions {
            decision: "no_answer".into(),
        },
    )
    .expect("taken");
    let again = Body::Choose {
        decision: "no_answer".into(),
        answer: Answer::Option("again_same".into()),
    };
    send(&mut take, Side::Candidate, again).expect("taken");
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..180 {
        take.advance(take.now() + 1_000_000_000);
        let payments = part(&take, "payments");
        let behind = table(&payments, "Instances")
            .rows
            .iter()
            .filter(|row| row.cells[5] != "newest")
            .count();
        let attempts = table(&payments, "Configuration")
            .rows
            .iter()
            .find(|row| row.cells[0] == "charge.psp.attempts")
            .expect("named");
        assert_eq!(
            attempts.degraded,
            attempts.cells[1].contains(';'),
            "{attempts:?}"
        );
        assert_eq!(behind > 0 && behind < 3, attempts.degraded, "{payments:#?}");
        seen.insert(behind);
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3]);
}

#[test]
fn what_stopped_half_way_stands_in_the_journal_with_its_key() {
    let play = play();
    let mut take = Take::open(play.clone(), 5);
    send(&mut take, Side::Panel, Body::Resume).expect("taken");
    take.advance(play.opens() + MINUTE);
    send(
        &mut take,
        Side::Panel,
        Body::Fire {
            fault: "answers_vanish".into(),
        },
    )
    .expect("taken");
    take.advance(play.opens() + 4 * MINUTE);
    let checkout = part(&take, "checkout");
    let journal = table(&checkout, "Journal of buy");
    assert!(!journal.rows.is_empty());
    for row in &journal.rows {
        assert_eq!(
            (row.cells[1].as_str(), row.cells[3].as_str()),
            ("charge", "unknown"),
            "{row:?}"
        );
        assert!(
            row.key
                .as_ref()
                .is_some_and(|key| row.cells[0].ends_with(key.as_str()))
        );
    }
}

#[test]
fn a_move_is_called_off_while_nothing_or_not_all_of_it_is_done() {
    let mut take = stuck();
    // Nothing has changed yet: somebody is only at it.
    redrive(&mut take, 1.0);
    let first = |take: &Take| view::candidate(take, &context()).moves[0].clone();
    assert!(first(&take).can_call_off);
    send(&mut take, Side::Candidate, Body::CallOff { made: 1 }).expect("taken");
    assert!(!first(&take).can_call_off);
    assert_eq!(
        (first(&take).state, first(&take).result.as_str()),
        (MoveIs::CalledOff, "nothing was done")
    );
    let again =
        send(&mut take, Side::Candidate, Body::CallOff { made: 1 }).expect_err("it is over");
    assert_eq!(again, "There is no move M1 under way.");
    assert!(send(&mut take, Side::Panel, Body::CallOff { made: 1 }).is_err());
    // In the midst of it: what was put back stays put back, the rest stays where it is.
    redrive(&mut take, 0.2);
    take.advance(take.now() + MINUTE);
    let second = |take: &Take| view::candidate(take, &context()).moves[1].clone();
    assert!(
        matches!(second(&take).state, MoveIs::UnderWay) && second(&take).can_call_off,
        "{:?}",
        second(&take)
    );
    send(&mut take, Side::Candidate, Body::CallOff { made: 2 }).expect("taken");
    take.advance(take.now() + MINUTE);
    assert!(
        !second(&take).can_call_off && matches!(second(&take).state, MoveIs::CalledOff),
        "{:?}",
        second(&take)
    );
    let marks = view::candidate(&take, &context()).marks;
    assert!(marks.iter().any(|mark| mark.text == "Calls off M2"));
}

#[test]
fn a_move_is_called_what_its_author_says_and_shows_what_its_kind_does_below() {
    let take = Take::open(shipped("slow-dependency"), 1);
    let hello = view::hello(&take, You::Candidate, None, ("t".into(), 1, None));
    let told = |name: &str| {
        let one = hello.moves.iter().find(|one| one.name == name).expect("there");
        (one.title.as_str(), one.says.as_str())
    };
    let strip = "flags.strip_off.share becomes 100%. It arrives replica by replica.";
    assert_eq!(told("switch_off_strip"), ("Send pages without the strip", strip));
    // What many settings stand for is not told.
    let limit = "Hold the partner to twelve requests a minute, twice what is usual";
    assert_eq!(told("limit_partner"), (limit, "Changes the configuration, replica by replica."));
    let dies = "Kills a replica of auth. What it has in memory is lost; it comes back by itself.";
    assert_eq!(told("restart-auth"), ("Restart a replica of auth", dies));
}
