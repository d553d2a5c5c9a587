//! Moves as an operator has them: what each asks, how long it takes, how it fails, what it leaves behind.

use seatrial_sim::engine::{By, Ended, Hindrance, Letters, MoveSeen, Phase, Refusal, With};
use seatrial_sim::system::{GroupId, MoveId};
use seatrial_sim::{Command, Outcome, Sim};

use crate::cases;
use crate::world::{Run, SECOND, World, world};

/// A shop that publishes, and a desk that keeps what it hears: ten messages a second for 1.1 s, eleven in all.
fn desk(topic: &str, rest: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 1150ms, drain: 5m}}
roll_out: 10s each
records:
  Job: {{fields: {{id: id}}}}
  Made: {{fields: {{ref: id, job: Job.id}}}}
clients: {{people: {{arrive: constant 10/s, make: {{Job: {{}}}}, call: {{to: front.go, timeout: 20s}}}}}}
stores:
  db: {{takes: 1ms, tables: {{jobs: {{of: Job, unique: [id]}}}}}}
  books: {{takes: 1ms, tables: {{lines: {{of: Made, unique: [ref]}}}}}}
topics: {{news: {{of: Made, key: job, takes: 1ms, {topic}}}}}
services:
  front:
    replicas: 3
    run: {{threads: 100}}
    handlers: {{go: {{input: {{job: Job}}, steps: [{{tx: db, do: [{{insert: jobs}}, {{publish: news, body: {{ref: job.id}}}}]}}]}}}}
  desk:
    replicas: 2
    restart_after: 1s
    start_up: 2s
    run: {{threads: 100}}
    handlers: {{hear: {{from: {{topic: news}}, steps: [{{work: 10ms}}, {{tx: books, do: [{{insert: lines, exists: continue}}]}}]}}}}
telemetry: {{metrics: 10s}}
invariants: {{heard: {{each: Job, eventually: {{when: jobs.size() == 1, then: lines.size() == 1, within: 2m}}, means: {{hurts: customer}}}}}}
moves:
  redrive: {{takes: 1s, redrive: news, rate: 10/s}}
  skip: {{takes: 20s, skip: news}}
  pause: {{takes: 1s, pause: news}}
  resume: {{takes: 1s, resume: news}}
  restart: {{takes: 1s, restart: desk}}
  limit: {{takes: 1s, set: {{front.threads: 50}}}}
{rest}"
    ))
}

const NEVER: &str = "partitions: 1, failing: {again: 5s, park: never}";
const AT_ONCE: &str = "partitions: 1, failing: {again: 1s, park: after 1}";
const POISON: &str = "faults: {poison: {at: 0s, corrupt: news}}\n";
const GROUP: GroupId = GroupId(0);

fn makes(world: &World, name: &str, with: With) -> Command {
    match world.makes(name, None) {
        Command::Move { makes, .. } => Command::Move { makes, with },
        other => other,
    }
}

fn letters(which: Letters, rate: f64) -> With {
    With::DeadLetters { which, rate: Some(rate) }
}

/// The move that ended last.
fn last(sim: &Sim) -> MoveSeen {
    sim.console().moves_ended.last().expect("a move has ended").clone()
}

/// How it ended: what there was to do, what of it was done, what was not.
fn came_to(seen: &MoveSeen) -> (Phase, u32, u32, u32) {
    (seen.phase, seen.of, seen.done, seen.failed)
}

cases! {
    a_skipped_message_is_lost_to_its_group(
        "20", "An offset that is set behind the message which blocks lets the partition go on; the group never handles that message",
        "Kafka docs, Managing Consumer Groups: --reset-offsets --shift-by"
    ) {
        let world = desk(NEVER, POISON);
        let mut sim = world.sim();
        sim.advance(60 * SECOND);
        let head = sim.console().groups[0].partitions[0];
        assert_eq!((head.lag, head.failing.map(|f| (f.why, f.serial))), (11, Some((Outcome::Invalid, 1_000_001))));
        sim.apply(&makes(&world, "skip", With::Partition { group: GROUP, partition: 0 })).unwrap();
        sim.advance(100 * SECOND);
        assert_eq!(came_to(&last(&sim)), (Phase::Ended(Ended::Done), 1, 1, 0));
        let group = &sim.console().groups[0];
        assert_eq!((group.lag, group.skipped, group.partitions[0].failing), (0, 1, None));
        let run = Run::of(sim);
        run.tells(&["skipped", "books commits"], &["skipped"]);
        assert_eq!((run.report.groups[0].handled, run.broken("heard")), (10, 1));
    }

    a_group_stands_still_while_its_offset_is_reset(
        "20", "Offsets are reset while no member of the group is active: the other partitions wait as well",
        "KIP-122: the group must be inactive"
    ) {
        let text = NEVER.replace("partitions: 1", "partitions: 8");
        let world = desk(&text, POISON);
        let mut sim = world.sim();
        sim.advance(500_000_000);
        let at = sim.console().groups[0].partitions.iter().position(|partition| partition.failing.is_some()).unwrap();
        let handled = |sim: &Sim| sim.report().groups[0].handled;
        sim.apply(&makes(&world, "skip", With::Partition { group: GROUP, partition: at as u16 })).unwrap();
        sim.advance(600_000_000);
        let (before, group) = (handled(&sim), sim.console().groups[0].clone());
        assert!(group.resets && !group.active);
        sim.advance(20 * SECOND);
        assert_eq!(handled(&sim), before);
        sim.advance(30 * SECOND);
        assert_eq!((handled(&sim), sim.console().groups[0].active), (10, true));
    }

    a_message_that_does_not_fail_is_not_skipped(
        "20", "A skip names a message that fails: one that does not is refused, and one that has gone through in the meantime stays handled",
        "by definition"
    ) {
        let world = desk(NEVER, "faults: {down: {at: 0s, lasts: 15s, fail: books}}\n");
        let mut sim = world.sim();
        let skip = |partition| makes(&world, "skip", With::Partition { group: GROUP, partition });
        assert_eq!(sim.apply(&skip(0)), Err(Refusal::NotBlocked));
        assert_eq!(sim.apply(&skip(1)), Err(Refusal::NoSuchPartition));
        assert_eq!(sim.apply(&makes(&world, "skip", With::Nothing)), Err(Refusal::WrongArgument));
        sim.advance(6 * SECOND);
        sim.apply(&skip(0)).unwrap();
        // The store is back at 15 s, but the group stands still until 26 s: what failed is still first, and is lost.
        sim.advance(30 * SECOND);
        assert_eq!(came_to(&last(&sim)), (Phase::Ended(Ended::Done), 1, 1, 0));
        // In hand when the group is told to stand still, with a store that is back: it goes through.
        let mut other = world.sim();
        other.advance(15 * SECOND);
        while other.console().services[1].replicas.iter().all(|replica| replica.busy == 0) {
            other.advance(other.now() + 1_000_000);
        }
        other.apply(&skip(0)).unwrap();
        other.advance(40 * SECOND);
        assert_eq!((came_to(&last(&other)), last(&other).hindrance), ((Phase::Ended(Ended::Failed), 1, 0, 1), Some(Hindrance::NotBlocked)));
        assert_eq!(Run::of(other).report.groups[0].handled, 11);
    }

    some_dead_letters_are_put_back_at_a_rate(
        "21", "A redrive takes the letters that are named, so many a second; what fails again is put aside again, as another letter",
        "AWS SQS API: StartMessageMoveTask, MaxNumberOfMessagesPerSecond"
    ) {
        let world = desk(AT_ONCE, "faults: {down: {at: 0s, lasts: 60s, fail: books}}\n");
        let mut sim = world.sim();
        sim.advance(30 * SECOND);
        let dead = sim.dead_letters(GROUP);
        assert_eq!(dead.iter().map(|letter| letter.number).collect::<Vec<_>>(), (1..=11).collect::<Vec<u64>>());
        assert_eq!((dead[0].serial, dead[0].why, dead[0].failures, dead[0].readable), (1_000_001, Outcome::Refused, 1, true));
        // Too early: the store is still down.
        sim.apply(&makes(&world, "redrive", letters(Letters::These(vec![3, 5]), 1.0))).unwrap();
        sim.advance(40 * SECOND);
        assert_eq!(came_to(&last(&sim)), (Phase::Ended(Ended::Failed), 2, 0, 2));
        assert_eq!(last(&sim).hindrance, Some(Hindrance::ParkedAgain));
        let again: Vec<(u64, u64, u16)> =
            sim.dead_letters(GROUP).iter().skip(9).map(|letter| (letter.number, letter.serial, letter.put_back)).collect();
        assert_eq!(again, [(12, 1_000_003, 1), (13, 1_000_005, 1)]);
        let gone = sim.apply(&makes(&world, "redrive", letters(Letters::These(vec![3]), 1.0)));
        assert_eq!(gone, Err(Refusal::NoSuchDeadLetter));
        // One every two seconds: the fifth begins eight seconds after the first.
        sim.advance(60 * SECOND);
        sim.apply(&makes(&world, "redrive", letters(Letters::First(5), 0.5))).unwrap();
        sim.advance(68_900_000_000);
        let under_way = sim.console().moves[0].clone();
        assert_eq!(came_to(&under_way), (Phase::Runs, 5, 4, 0));
        sim.advance(70 * SECOND);
        assert_eq!(came_to(&last(&sim)), (Phase::Ended(Ended::Done), 5, 5, 0));
        assert_eq!((sim.dead_letters(GROUP).len(), sim.report().groups[0].handled), (6, 5));
    }

    a_redrive_ends_half_way_when_the_broker_does(
        "21", "When the broker stops to take messages, what is back is back, and the rest stays where it was",
        "AWS SQS API: ListMessageMoveTasks, ApproximateNumberOfMessagesMoved and FailureReason"
    ) {
        let faults = "faults: {down: {at: 0s, lasts: 20s, fail: books}, broker: {at: 34500ms, lasts: 1m, fail: topic news}}\n";
        let world = desk(AT_ONCE, faults);
        let mut sim = world.sim();
        sim.advance(30 * SECOND);
        sim.apply(&makes(&world, "redrive", letters(Letters::All, 1.0))).unwrap();
        sim.advance(50 * SECOND);
        let seen = last(&sim);
        assert_eq!(came_to(&seen), (Phase::Ended(Ended::Partly), 11, 4, 7));
        assert!(matches!(seen.hindrance, Some(Hindrance::BrokerDown(_))));
        assert_eq!((seen.asked_at, seen.began, seen.ended), (30 * SECOND, Some(30 * SECOND), Some(35 * SECOND)));
        assert_eq!(sim.dead_letters(GROUP).iter().map(|letter| letter.number).collect::<Vec<_>>(), (5..=11).collect::<Vec<u64>>());
        assert_eq!(Run::of(sim).report.moves[0].partly, 1);
    }

    a_redrive_that_is_called_off_leaves_the_rest(
        "21", "Called off, it puts no more letters back; what is back stays back",
        "AWS SQS API: CancelMessageMoveTask"
    ) {
        let world = desk(AT_ONCE, "faults: {down: {at: 0s, lasts: 20s, fail: books}}\n");
        let mut sim = world.sim();
        sim.advance(30 * SECOND);
        sim.apply(&makes(&world, "redrive", letters(Letters::All, 1.0))).unwrap();
        let number = sim.console().moves[0].number;
        sim.advance(34_500_000_000);
        sim.apply(&Command::CallOff(number)).unwrap();
        assert_eq!(came_to(&last(&sim)), (Phase::Ended(Ended::CalledOff), 11, 4, 7));
        assert_eq!(sim.apply(&Command::CallOff(number)), Err(Refusal::NoSuchMove));
        let run = Run::of(sim);
        assert_eq!((run.report.groups[0].dead, run.report.groups[0].handled), (7, 4));
    }

    a_paused_group_keeps_its_messages(
        "20", "A group that is paused takes nothing; what comes waits, and is handled when it goes on",
        "Kafka docs, KafkaConsumer: pause and resume"
    ) {
        let world = desk(NEVER, "");
        let mut sim = world.sim();
        assert_eq!(sim.apply(&makes(&world, "resume", With::Group(GROUP))), Err(Refusal::IsNotPaused));
        sim.apply(&makes(&world, "pause", With::Group(GROUP))).unwrap();
        sim.advance(60 * SECOND);
        let seen = sim.console();
        assert!(seen.groups[0].paused && !seen.groups[0].active && seen.groups[0].lag == 2, "{:?}", seen.groups[0]);
        assert_eq!(sim.apply(&makes(&world, "pause", With::Group(GROUP))), Err(Refusal::IsPaused));
        // To resume is to take the pause back.
        sim.apply(&Command::TakeBack(seen.moves_ended[0].number)).unwrap();
        sim.advance(62 * SECOND);
        assert_eq!((sim.console().groups[0].paused, sim.console().groups[0].lag), (false, 0));
        let run = Run::of(sim);
        assert_eq!((run.report.groups[0].handled, run.broken("heard")), (11, 0));
    }

    a_restarted_replica_is_away_until_it_has_started(
        "crash", "A restart names the replica, kills what it has in hand, and is over when it takes requests again",
        "Kubernetes docs: kubectl delete pod --grace-period=0"
    ) {
        let world = desk(NEVER, "");
        let mut sim = world.sim();
        sim.advance(10 * SECOND);
        assert_eq!(sim.apply(&makes(&world, "restart", With::Replica(3))), Err(Refusal::NoSuchReplica));
        sim.apply(&makes(&world, "restart", With::Replica(2))).unwrap();
        sim.advance(11_500_000_000);
        let seen = sim.console();
        let up = |sim: &Sim| sim.console().services[1].replicas.iter().map(|replica| replica.health == seatrial_sim::engine::Health::Up)
            .collect::<Vec<_>>();
        assert_eq!((up(&sim), seen.moves[0].phase), (vec![true, false], Phase::Runs));
        assert_eq!(sim.apply(&makes(&world, "restart", With::Replica(2))), Err(Refusal::ReplicaIsDown));
        sim.advance(20 * SECOND);
        assert_eq!((up(&sim), came_to(&last(&sim))), (vec![true, true], (Phase::Ended(Ended::Done), 1, 1, 0)));
        assert_eq!(last(&sim).ended, Some(14 * SECOND));
    }

    a_setting_arrives_replica_by_replica_and_is_taken_back_likewise(
        "roll-out", "What a move sets rolls out one replica after the other; so does the way back, which is a move of its own",
        "Kubernetes docs: kubectl rollout undo"
    ) {
        let world = desk(NEVER, "");
        let param = world.compiled.path("front.threads").unwrap();
        let mut sim = world.sim();
        sim.apply(&makes(&world, "limit", With::Nothing)).unwrap();
        sim.advance(25 * SECOND);
        let seen = sim.console();
        let out = &seen.services[0].roll_outs[0];
        assert_eq!((out.has, out.of, out.is.since, sim.configured(param)), (2, 3, SECOND, vec![50, 50, 100]));
        sim.apply(&Command::TakeBack(seen.moves_ended[0].number)).unwrap();
        assert_eq!(sim.apply(&Command::TakeBack(seen.moves_ended[0].number)), Err(Refusal::NotReversible));
        // The way back begins anew with the first; the third was never reached.
        sim.advance(37 * SECOND);
        assert_eq!((sim.configured(param), sim.console().services[0].roll_outs.len()), (vec![100, 50, 100], 2));
        sim.advance(60 * SECOND);
        assert_eq!((sim.configured(param), sim.console().services[0].roll_outs.len()), (vec![100, 100, 100], 0));
        let (first, back) = { let ended = sim.console().moves_ended; (ended[0].clone(), ended[1].clone()) };
        assert_eq!((first.taken_back, back.takes_back, back.makes), (true, Some(first.number), MoveId(5)));
    }

    the_operator_skips_what_nobody_can_read_and_nothing_else(
        "operators", "On an alert the automatic operator skips a message that can never be read; what fails because a store is down is left to be tried again",
        "by definition; Confluent docs, error handling: poison pill"
    ) {
        let rest = "alerts: {behind: {when: \"lag_max('news', 'desk') > 3\"}}\noperator: {reacts: 30s, script: [{after: alert behind, move: skip}]}\n";
        let world = desk(NEVER, &format!("{POISON}{rest}"));
        let run = world.run();
        assert_eq!((run.report.moves[1].made, run.report.groups[0].handled, run.broken("heard")), (1, 10, 1));
        // The alert fires at the sample of 10 s, the operator is there at 40 s and through at 60 s.
        assert_eq!(run.times("skipped"), [60.0]);
        let outage = desk(NEVER, &format!("faults: {{down: {{at: 0s, lasts: 100s, fail: books}}}}\n{rest}")).run();
        assert_eq!((outage.report.moves[1].made, outage.report.groups[0].handled, outage.broken("heard")), (0, 11, 0));
    }

    the_operator_looks_again_while_an_alert_fires(
        "operators", "An alert that goes on firing is looked at again: what could not be put back at first is put back when it can be",
        "by definition"
    ) {
        let rest = "alerts: {parked: {when: \"parked('news') > 0\"}}\noperator: {reacts: 30s, script: [{after: alert, move: redrive}]}\n";
        let world = desk(AT_ONCE, &format!("faults: {{down: {{at: 0s, lasts: 65s, fail: books}}}}\n{rest}"));
        let mut sim = world.sim();
        sim.advance(60 * SECOND);
        assert_eq!((last(&sim).by, last(&sim).phase), (By::Script, Phase::Ended(Ended::Failed)));
        let run = Run::of(sim);
        // At 40 s and 70 s, and no more: the alert has cleared by then.
        assert_eq!((run.report.moves[0].made, run.report.groups[0].dead, run.report.groups[0].handled), (2, 0, 11));
        assert_eq!(run.broken("heard"), 0);
    }
}
