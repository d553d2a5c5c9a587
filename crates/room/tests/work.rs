//! What somebody does in a room and what they read of it: tickets answered, money given back, books compared.

mod common;

use common::{MINUTE, context, play, send};
use seatrial_room::{Answer, Body, MoveArgs, Side, Take, Verdict, view};

/// A room in which answers have been lost for three minutes, and time-outs were tried again without a key.
fn troubled() -> Take {
    let play = play();
    let mut take = Take::open(play.clone(), 5);
    send(&mut take, Side::Candidate, Body::ShowOptions { decision: "no_answer".into() }).expect("taken");
    let again = Body::Choose { decision: "no_answer".into(), answer: Answer::Option("again".into()) };
    send(&mut take, Side::Candidate, again).expect("taken");
    send(&mut take, Side::Panel, Body::Resume).expect("taken");
    take.advance(play.opens() + MINUTE);
    send(&mut take, Side::Panel, Body::Fire { fault: "answers_vanish".into() }).expect("taken");
    take.advance(play.opens() + 8 * MINUTE);
    take
}

fn judged(take: &Take, number: u32) -> Option<bool> {
    let frame = view::panel(take, &context());
    frame.inbox.tickets.iter().find(|ticket| ticket.seen.number == number).and_then(|ticket| ticket.right)
}

#[test]
fn an_answer_to_a_customer_is_judged_for_the_panel_and_not_knowing_is_not() {
    let mut take = troubled();
    let open: Vec<u32> = view::candidate(&take, &context()).inbox.tickets.iter().map(|ticket| ticket.number).collect();
    assert!(open.len() >= 3, "{open:?}");
    for (ticket, verdict, right) in [
        (open[0], Verdict::ItIsSo, Some(true)),
        (open[1], Verdict::ItIsNot, Some(false)),
        (open[2], Verdict::CannotTell, None),
    ] {
        send(&mut take, Side::Candidate, Body::Reply { ticket, verdict }).expect("taken");
        assert_eq!(judged(&take, ticket), right, "{verdict:?}");
    }
    assert!(send(&mut take, Side::Candidate, Body::Reply { ticket: open[0], verdict: Verdict::ItIsNot }).is_err());
    assert!(send(&mut take, Side::Candidate, Body::Reply { ticket: 9999, verdict: Verdict::ItIsSo }).is_err());
}

#[test]
fn a_refund_asks_for_a_charge_and_says_where_its_id_stands() {
    let mut take = troubled();
    let order = view::candidate(&take, &context()).inbox.tickets[0].key.clone();
    let refund = |id: &str| Body::Move { makes: "refund".into(), args: MoveArgs { record: Some(id.into()), ..MoveArgs::default() } };
    let refused = send(&mut take, Side::Candidate, refund(&order)).expect_err("an order is no charge");
    assert!(refused.contains("charge") && refused.contains("traces"), "{refused}");
    assert!(send(&mut take, Side::Candidate, Body::Move { makes: "refund".into(), args: MoveArgs::default() }).is_err());
    // Its id as the traces of the order have it.
    let reel = {
        let mut reel = seatrial_room::Reel::new(take.play().clone(), take.seed());
        let log = [
            (take.play().opens(), Side::Candidate, Body::ShowOptions { decision: "no_answer".into() }),
            (
                take.play().opens(),
                Side::Candidate,
                Body::Choose { decision: "no_answer".into(), answer: Answer::Option("again".into()) },
            ),
            (take.play().opens() + MINUTE, Side::Panel, Body::Fire { fault: "answers_vanish".into() }),
        ];
        for (at, (v, side, body)) in log.into_iter().enumerate() {
            reel.push(common::command(at as u64 + 1, v, side, body));
        }
        reel
    };
    let traces = view::traces(&take, &reel, &view::TraceQuery { key: Some(order), ..view::TraceQuery::default() });
    let fields = traces.list.iter().flat_map(|trace| &trace.fields);
    let charge = fields.filter(|field| field.0 == "charge").map(|field| field.1.clone()).next().expect("a charge in the traces");
    send(&mut take, Side::Candidate, refund(&charge)).expect("a charge can be given back");
    take.advance(take.now() + 10 * MINUTE);
    let moves = view::candidate(&take, &context()).moves;
    assert_eq!((moves[0].about.as_str(), moves[0].state), (format!("charge {charge}").as_str(), view::MoveIs::Done), "{moves:?}");
}

#[test]
fn a_comparison_run_by_hand_says_what_it_found() {
    let mut take = troubled();
    let begun = send(&mut take, Side::Candidate, Body::Move { makes: "reconcile".into(), args: MoveArgs::default() });
    begun.expect("taken");
    assert_eq!(view::candidate(&take, &context()).moves[0].state, view::MoveIs::UnderWay);
    take.advance(take.now() + 15 * MINUTE);
    let result = view::candidate(&take, &context()).moves[0].result.clone();
    assert!(result.contains("differ") && result.contains("repaired") || result.contains("none differs"), "{result}");
}
