//! Laws of a record that hold for every course of an interview, however it goes.

mod common;

use common::{KIT, Talk, area, asked, hint, note, signal, wall};
use proptest::{prelude::*, sample::Index};
use seatrial_panel::record::{Body, ClockState, Entry, NoteKind, Record, Refusal};

/// One thing that somebody tries; much of it is refused.
#[derive(Debug, Clone)]
struct Step {
    what: u8,
    pick: Index,
    who: &'static str,
    /// Milliseconds on the wall since the step before.
    wait_ms: i64,
    at_ms: i64,
}

fn steps(wait_ms: impl Strategy<Value = i64> + Clone) -> impl Strategy<Value = Vec<Step>> {
    let what = prop_oneof![1 => Just(0u8), 4 => 1u8..3, 1 => Just(3u8), 20 => 4u8..18];
    let who = prop_oneof![Just("anna"), Just("bo")];
    let step = (what, any::<Index>(), who, wait_ms, -5_000i64..4_000_000)
        .prop_map(|(what, pick, who, wait_ms, at_ms)| Step { what, pick, who, wait_ms, at_ms });
    prop::collection::vec(step, 0..60)
}

fn forward() -> impl Strategy<Value = i64> + Clone {
    prop_oneof![Just(0i64), 0i64..200_000]
}

fn either_way() -> impl Strategy<Value = i64> + Clone {
    -400_000i64..400_000
}

fn body(step: &Step, record: &Record) -> Body {
    let area = area("consistency");
    let of = |ids: Vec<&String>| (*step.pick.get(&ids)).clone();
    let entry = || match record.entries() {
        [] => "none".to_owned(),
        entries => step.pick.get(entries).id.clone(),
    };
    let id = area.id.clone();
    match step.what {
        0 => Body::Start,
        1 => Body::Pause,
        2 => Body::Resume,
        3 => Body::End,
        4 => Body::Phase { phase: format!("{id}/{}", of(area.phases.iter().map(|p| &p.id).collect())) },
        5 => Body::Read { area: id, prompt: of(area.prompts.iter().map(|p| &p.id).collect()) },
        6 => asked(&of(area.follow_ups.iter().map(|f| &f.id).collect())),
        7 => hint("design", u8::try_from(step.pick.index(5)).expect("small")),
        8 | 9 => note(["They compare the books.", "  ", "هذا صحيح", "<script>alert(1)</script>"][step.pick.index(4)]),
        10 | 11 => signal(&of(area.signals.iter().map(|s| &s.id).collect())),
        12 => Body::Flip { entry: entry() },
        13 => Body::RedFlag { area: id, red_flag: of(area.red_flags.iter().map(|r| &r.id).collect()) },
        14 => Body::Show { material: ["orders-api", "runs", "passwords"][step.pick.index(3)].to_owned() },
        15 => Body::Hide { material: ["orders-api", "runs"][step.pick.index(2)].to_owned() },
        16 => Body::Revise { entry: entry(), text: "in other words".to_owned(), note: NoteKind::Did },
        _ => Body::Withdraw { entry: entry() },
    }
}

/// Everything a reader of a record gets to see.
fn views(r: &Record) -> impl PartialEq + std::fmt::Debug + use<> {
    let phases: Vec<_> = area("consistency").phases.iter().map(|p| r.hints(&format!("consistency/{}", p.id))).collect();
    (r.heard(), r.notes(), r.asked("consistency"), r.signals("consistency"), phases, (r.read(), r.moments(), r.shown.clone()))
}

/// Holds an interview step by step; `look` sees the record before and after each step, with its outcome.
fn hold(steps: &[Step], mut look: impl FnMut(&Record, &Talk, i64, &Result<String, Refusal>)) -> Talk {
    let mut talk = Talk::new();
    let mut now_ms = 0;
    for step in steps {
        now_ms += step.wait_ms;
        let before = talk.record.clone();
        let body = body(step, &before);
        let outcome = talk.say(step.who, now_ms, step.at_ms, body);
        look(&before, &talk, now_ms, &outcome);
    }
    talk
}

/// The moment at which an entry stopped the clock, if it did.
fn stopped(entry: Option<&Entry>) -> Option<i64> {
    entry.filter(|e| matches!(e.body, Body::Pause | Body::End)).map(|e| e.at_ms)
}

proptest! {
    #[test]
    fn a_log_folds_the_same_however_it_is_cut(steps in steps(either_way()), cuts in prop::collection::vec(any::<Index>(), 0..5)) {
        let talk = hold(&steps, |_, _, _, _| ());
        let mut cuts: Vec<usize> = cuts.iter().map(|c| c.index(talk.log.len() + 1)).collect();
        cuts.sort_unstable();
        let mut record = Record::default();
        let mut from = 0;
        for to in cuts.into_iter().chain([talk.log.len()]) {
            talk.log[from..to].iter().cloned().for_each(|e| record.push(e));
            from = to;
        }
        prop_assert_eq!(&record, &talk.record);
        prop_assert_eq!(Record::fold(talk.log.clone()), record);
    }

    #[test]
    fn a_log_survives_json(steps in steps(forward())) {
        let talk = hold(&steps, |_, _, _, _| ());
        let text = serde_json::to_string(&talk.log).expect("it can be written");
        prop_assert_eq!(Record::fold(serde_json::from_str::<Vec<Entry>>(&text).expect("and read")), talk.record);
    }

    #[test]
    fn what_is_refused_leaves_no_trace(steps in steps(forward())) {
        hold(&steps, |before, talk, _, outcome| match outcome {
            Ok(_) => assert_eq!(talk.record.head, before.head + 1, "an entry takes the next place"),
            Err(_) => assert_eq!(&talk.record, before),
        });
    }

    #[test]
    fn places_have_no_gaps_and_moments_lie_on_the_clock(steps in steps(either_way())) {
        let talk = hold(&steps, |before, talk, now_ms, outcome| if outcome.is_ok() {
            let entry = talk.log.last().expect("it was accepted");
            assert!((0..=before.clock.elapsed_ms(wall(now_ms))).contains(&entry.at_ms));
        });
        prop_assert!(talk.log.iter().map(|e| e.seq).eq(1..=talk.record.head));
    }

    #[test]
    fn the_clock_never_runs_faster_than_the_wall(steps in steps(forward())) {
        hold(&steps, |_, talk, now_ms, _| {
            let clock = talk.record.clock;
            let elapsed = clock.elapsed_ms(wall(now_ms));
            let wall_ms = clock.started_at.map_or(0, |start| wall(now_ms).as_millisecond() - start.as_millisecond());
            assert!((0..=wall_ms).contains(&elapsed), "{elapsed} of {wall_ms}");
        });
    }

    #[test]
    fn the_clock_runs_on_or_stands(steps in steps(forward()), later_ms in 0i64..9_000_000) {
        hold(&steps, |_, talk, now_ms, _| {
            let elapsed = |ms| talk.record.clock.elapsed_ms(wall(ms));
            let ran = elapsed(now_ms + later_ms) - elapsed(now_ms);
            let running = talk.record.clock.state == ClockState::Running;
            assert_eq!(ran, if running { later_ms } else { 0 });
        });
    }

    /// Also when the wall clock is set back. Only a pause or an end that was pressed earlier than it arrived takes
    /// the clock back, and then to the moment at which it was pressed.
    #[test]
    fn the_clock_never_runs_backwards(steps in steps(either_way())) {
        let mut last = 0;
        hold(&steps, |_, talk, now_ms, outcome| {
            let elapsed = talk.record.clock.elapsed_ms(wall(now_ms));
            let pressed = outcome.as_ref().ok().and_then(|_| stopped(talk.log.last()));
            // A refused step leaves no trace, so what the wall said then was counted by nobody.
            if outcome.is_ok() {
                assert!(elapsed >= pressed.map_or(last, |at| at.min(last)), "{elapsed} after {last}");
                last = elapsed;
            }
        });
    }

    #[test]
    fn what_was_taken_back_comes_back_nowhere(steps in steps(forward())) {
        let mut gone: Vec<String> = Vec::new();
        hold(&steps, |_, talk, _, outcome| {
            if let (Ok(_), Some(Entry { body: Body::Withdraw { entry }, .. })) = (outcome, talk.log.last()) {
                gone.push(entry.clone());
            }
            let record = &talk.record;
            for id in &gone {
                assert!(record.entry(id).is_some_and(|e| e.withdrawn), "it stays in the log");
                assert!(record.heard().iter().all(|h| h.entry != *id));
                assert!(record.notes().iter().all(|n| n.entry != *id));
            }
            let kept = |e: &&Entry| !gone.contains(&e.id) && matches!(e.body, Body::Note { .. } | Body::Signal { .. } | Body::RedFlag { .. });
            assert_eq!(record.moments(), talk.log.iter().filter(kept).count());
        });
    }

    /// Whatever can be taken back, nobody sees that it ever was there.
    #[test]
    fn taking_back_at_once_undoes(steps in steps(forward()), last in steps(forward())) {
        let mut talk = hold(&steps, |_, _, _, _| ());
        for step in &last {
            let before = views(&talk.record);
            let body = body(step, &talk.record);
            if matches!(body, Body::Flip { .. } | Body::Revise { .. } | Body::Withdraw { .. }) {
                continue;
            }
            let Ok(id) = talk.say(step.who, 20_000_000, step.at_ms, body) else { continue };
            if talk.say(step.who, 20_000_000, 0, Body::Withdraw { entry: id }).is_ok() {
                prop_assert_eq!(before, views(&talk.record));
            }
        }
    }

    #[test]
    fn flipped_twice_is_as_before(steps in steps(forward()), pick in any::<Index>()) {
        let mut talk = hold(&steps, |_, _, _, _| ());
        let heard = talk.record.heard();
        prop_assume!(!heard.is_empty());
        let entry = pick.get(&heard).entry.clone();
        let prompted = |talk: &Talk| talk.record.heard().into_iter().find(|h| h.entry == entry).map(|h| h.prompted);
        let before = prompted(&talk);
        talk.say("bo", 20_000_000, 0, Body::Flip { entry: entry.clone() }).expect("a signal can be flipped");
        prop_assert_eq!(prompted(&talk), before.map(|p| !p));
        talk.say("anna", 20_000_000, 0, Body::Flip { entry: entry.clone() }).expect("and flipped back");
        prop_assert_eq!(talk.record.heard(), heard);
    }

    #[test]
    fn every_signal_that_is_kept_says_whether_it_was_prompted(steps in steps(forward())) {
        let talk = hold(&steps, |_, _, _, _| ());
        for entry in &talk.log {
            let left_open = matches!(entry.body, Body::Signal { prompted: None, .. });
            prop_assert!(!left_open);
        }
    }

    #[test]
    fn only_planned_follow_ups_that_were_not_asked_are_offered(steps in steps(forward()), kept in prop::collection::vec(any::<bool>(), 40)) {
        let areas: Vec<_> = KIT.areas.iter().collect();
        hold(&steps, |_, talk, _, _| {
            // Another interview of the loop asks the follow-ups that are left out here.
            let mut agenda = talk.agenda.clone();
            let planned: Vec<String> = area("consistency").follow_ups.iter().zip(&kept).filter(|(_, k)| **k).map(|(f, _)| f.id.clone()).collect();
            agenda.iter_mut().for_each(|p| p.follow_ups.retain(|f| planned.contains(f)));
            let offered = seatrial_panel::record::relevant_now(&talk.record, &agenda, &areas);
            let asked = talk.record.asked("consistency");
            assert!(offered.len() <= 3);
            for (at, one) in offered.iter().enumerate() {
                assert!(planned.contains(&one.follow_up) && !asked.contains(&one.follow_up), "{one:?}");
                assert!(!offered[..at].contains(one), "offered twice: {one:?}");
            }
        });
    }
}
