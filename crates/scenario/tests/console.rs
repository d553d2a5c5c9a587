//! What a console reads agrees with what a run comes to: each figure is counted twice, in different places.

mod common;

use std::sync::Arc;

use seatrial_scenario::{Compiled, compile};
use seatrial_sim::engine::{Refusal, Sample, With};
use seatrial_sim::system::{Argument, FaultId, GroupId, InvariantKind, MoveId};
use seatrial_sim::{Command, Setup, Sim};

const SECOND: u64 = 1_000_000_000;

fn shop() -> Compiled {
    let (files, _) = common::shipped();
    let (compiled, diagnostics) = compile(&files, "kits/microservices/scenarios/charged-not-settled.yaml");
    compiled.unwrap_or_else(|| panic!("{}", common::drawn(&diagnostics, &files)))
}

fn run(shop: &Compiled, design: &str, until_s: u64) -> Sim {
    let design = shop.design(&shop.named_design(design).unwrap().answers).unwrap();
    let mut sim = Sim::new(Arc::new(shop.system.clone()), &design, Setup::unattended(1));
    sim.advance(until_s * SECOND);
    sim
}

fn sum(sim: &Sim, figure: impl Fn(&Sample) -> u32) -> u64 {
    sim.samples().iter().map(|sample| u64::from(figure(sample))).sum()
}

#[test]
fn samples_add_up_to_the_report() {
    let shop = shop();
    let sim = run(&shop, "good", 40 * 60);
    let report = sim.report();
    for (at, provider) in report.providers.iter().enumerate() {
        let answered = sum(&sim, |s| s.providers[at].good + s.providers[at].other);
        // Those that were received and are not answered yet, at most.
        let came = provider.received + provider.turned_away;
        assert!(answered <= came && came - answered < 20, "{}: {answered} of {came}", provider.name);
    }
    for (at, group) in report.groups.iter().enumerate() {
        assert_eq!(sum(&sim, |s| s.groups[at].handled), group.handled, "{}", group.name);
        assert_eq!(sum(&sim, |s| s.groups[at].failed), group.failures, "{}", group.name);
        let last = sim.samples().last().unwrap().groups[at];
        assert!(last.lag_max <= last.lag && u64::from(last.lag) == group.lag);
    }
    let calls = 0..sim.system().calls.len();
    assert_eq!(calls.clone().map(|at| sum(&sim, |s| s.calls[at].retries)).sum::<u64>(), report.retries);
    for at in calls {
        let sent = sum(&sim, |s| s.calls[at].sent);
        let ended = sum(&sim, |s| s.calls[at].ok + s.calls[at].failed + s.calls[at].refused + s.calls[at].timed_out);
        assert!(ended <= sent && sent - ended < 80, "{at}: {ended} of {sent}");
    }
    let hooks = |figure: fn(&Sample) -> u32| sum(&sim, figure);
    let (sent, ok, failed) = (
        hooks(|s| s.providers[0].hooks_sent),
        hooks(|s| s.providers[0].hooks_ok),
        hooks(|s| s.providers[0].hooks_failed),
    );
    assert!(ok > 30_000 && ok + failed <= sent && sent - ok - failed < 20, "{sent} {ok} {failed}");
    let commits: u64 = (0..4).map(|at| sum(&sim, |s| s.stores[at].commits)).sum();
    let published: u64 = sum(&sim, |s| s.topics[0].published);
    assert!(commits > 200_000 && published > 40_000, "{commits} {published}");
    let p99 = sim.samples()[30].providers[0].p99_us;
    assert!((500_000..3_000_000).contains(&p99), "{p99}");
}

#[test]
fn tickets_are_kept_in_the_order_in_which_they_came() {
    let shop = shop();
    let sim = run(&shop, "weak", 40 * 60);
    let report = sim.report();
    let tickets: Vec<_> = sim.tickets().copied().collect();
    assert_eq!(tickets.len() as u64, report.tickets_filed);
    assert!(tickets.iter().enumerate().all(|(at, ticket)| ticket.number == at as u64 + 1));
    assert!(tickets.windows(2).all(|pair| pair[0].filed_at <= pair[1].filed_at));
    assert!(tickets.iter().all(|ticket| ticket.broken_at <= ticket.filed_at));
    let handled = tickets.iter().filter(|ticket| ticket.handled_at.is_some()).count();
    assert_eq!(handled as u64, report.tickets_handled);
    assert!(handled > 10, "{handled}");
    // Whoever waits for an answer is still known.
    let open: Vec<_> = tickets.iter().filter(|ticket| ticket.handled_at.is_none()).collect();
    assert!(open.iter().all(|ticket| sim.serial_of(ticket.record, ticket.id) == Some(ticket.serial)), "{}", open.len());
    assert_eq!(sim.serial_of(tickets[0].record, 1), None);
    let desk = sim.console().desk;
    assert_eq!((desk.filed, desk.handled, u64::from(desk.busy + desk.waiting)), (
        report.tickets_filed,
        report.tickets_handled,
        open.len() as u64
    ));
}

#[test]
fn the_truth_of_an_instant_is_that_of_the_report() {
    let shop = shop();
    let fault = |name: &str| FaultId(shop.system.faults.iter().position(|fault| fault.name == name).unwrap() as u16);
    let mut sim = run(&shop, "weak", 820);
    let (down, vanish) = (fault("settle_db_down"), fault("answers_vanish"));
    let truth = sim.truth();
    let on = truth.faults[down.at()];
    assert_eq!((on.on, on.since, on.until), (true, Some(780 * SECOND), Some(1380 * SECOND)));
    assert_eq!((truth.faults[vanish.at()].on, truth.faults[vanish.at()].since), (false, None));
    let store = shop.system.stores.iter().position(|store| store.name == "settle").unwrap();
    assert!(!sim.console().stores[store].answers);
    sim.apply(&Command::Lift(down)).unwrap();
    assert_eq!((sim.truth().faults[down.at()].on, sim.console().stores[store].answers), (false, true));
    sim.advance(2400 * SECOND);
    let (truth, report) = (sim.truth(), sim.report());
    for ((is, reported), def) in truth.invariants.iter().zip(&report.invariants).zip(&shop.system.invariants) {
        assert_eq!((is.broken, is.mended, is.tickets), (reported.violations, reported.mended, reported.tickets));
        // What is judged at the end is open until then.
        if !matches!(def.kind, InvariantKind::AtEnd(_)) {
            assert_eq!(is.undecided, reported.undecided);
        }
    }
    for (at, group) in sim.console().groups.iter().enumerate() {
        assert_eq!((group.lag, group.dead), (report.groups[at].lag, report.groups[at].dead));
        assert_eq!(group.partitions.iter().map(|partition| partition.lag).sum::<u64>() + group.redriving, group.lag);
        assert_eq!(sim.dead_letters(GroupId(at as u16)).len() as u64, group.dead);
    }
}

/// Looking changes nothing.
#[test]
fn a_console_that_is_read_leaves_the_run_alone() {
    let shop = shop();
    let mut read = run(&shop, "good", 0);
    for second in 1..900 {
        read.advance(second * SECOND);
        let _ = (read.console(), read.truth(), read.dead_letters(GroupId(0)), read.tickets().len());
    }
    assert_eq!(read.digest(), run(&shop, "good", 899).digest());
}

#[test]
fn a_breaker_that_is_open_shows_at_its_call() {
    let shop = shop();
    let call = shop.system.calls.iter().position(|call| shop.system.steps[call.step.at()] == "payments.charge.psp");
    let call = call.expect("the call is there");
    let mut sim = run(&shop, "weak", 300);
    sim.apply(&Command::Decide(vec![shop.set("payments.charge.psp.breaker", "10%").unwrap()])).unwrap();
    sim.advance(390 * SECOND);
    assert_eq!(sim.console().calls[call].open, 0);
    sim.apply(&Command::Decide(vec![shop.set("psp.lost.answer", "60%").unwrap()])).unwrap();
    sim.advance(430 * SECOND);
    let open = sim.console().calls[call];
    assert!(open.open + open.half_open >= 2, "{open:?}");
    assert!(sim.samples().last().unwrap().calls[call].held_back > 0);
}

#[test]
fn every_move_says_what_it_does_and_what_it_asks() {
    let shop = shop();
    for def in &shop.system.moves {
        assert!(def.says.len() > 20, "{}: {}", def.name, def.says);
    }
    let asks = |name: &str| shop.system.moves.iter().find(|def| def.name == name).unwrap().asks();
    assert!(matches!(asks("redrive")[..], [Argument::DeadLetters(_), Argument::Rate(_)]));
    assert!(matches!(asks("refund")[..], [Argument::Record(_)]));
    let refund = shop.system.moves.iter().position(|def| def.name == "refund").unwrap();
    let mut sim = run(&shop, "weak", 600);
    let refund = |id| Command::Move { makes: MoveId(refund as u16), with: With::Record(id) };
    assert_eq!(sim.apply(&refund(-1)), Err(Refusal::NoSuchRecord));
}
