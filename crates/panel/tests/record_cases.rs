//! Single cases of a record: who may change what, what counts as prompted, and what the foot of the screen says.

mod common;

use common::{KIT, Talk, area, asked, hint, note, phase, signal, wall};
use seatrial_panel::record::{Body, ClockState, NoteKind, Refusal, TEXT_CHARS_MAX, WAITED_MS_MAX, next_step, relevant_now};

fn revise(entry: &str) -> Body {
    Body::Revise { entry: entry.to_owned(), text: "anew".to_owned(), note: NoteKind::Reading }
}

fn withdraw(entry: &str) -> Body {
    Body::Withdraw { entry: entry.to_owned() }
}

#[test]
fn a_note_is_its_writers_alone_to_word_anew_and_to_take_back() {
    let mut talk = Talk::started();
    let id = talk.say("anna", 1000, 1000, note("as heard")).expect("a note is taken");
    assert_eq!(talk.say("bo", 2000, 0, revise(&id)), Err(Refusal::NotYours));
    assert_eq!(talk.say("bo", 2000, 0, withdraw(&id)), Err(Refusal::NotYours));
    talk.say("anna", 2000, 0, revise(&id)).expect("its writer may");
    let notes = talk.record.notes();
    assert_eq!((notes[0].text.as_str(), notes[0].kind, notes[0].at_ms), ("anew", NoteKind::Reading, 1000));
    talk.say("anna", 3000, 0, withdraw(&id)).expect("its writer may");
    talk.say("anna", 4000, 0, revise(&id)).expect("harmless");
    assert!(talk.record.notes().is_empty(), "a note that was taken back does not return with new words");
}

#[test]
fn a_signal_is_everybodys_to_correct() {
    let mut talk = Talk::started();
    let id = talk.say("anna", 1000, 0, signal("own-state")).expect("taken");
    talk.say("bo", 2000, 0, withdraw(&id)).expect("two people keep one record");
    assert!(talk.record.heard().is_empty());
}

#[test]
fn only_what_fits_is_corrected() {
    let mut talk = Talk::started();
    let noted = talk.say("anna", 0, 0, note("one")).expect("taken");
    let heard = talk.say("anna", 0, 0, signal("own-state")).expect("taken");
    let entered = talk.say("anna", 0, 0, phase("design")).expect("taken");
    let flipped = talk.say("anna", 0, 0, Body::Flip { entry: heard.clone() }).expect("taken");
    for body in [
        Body::Flip { entry: noted },
        revise(&heard),
        withdraw("e1"),
        withdraw(&entered),
        withdraw(&flipped),
    ] {
        assert_eq!(talk.say("anna", 0, 0, body.clone()), Err(Refusal::WrongKind), "{body:?}");
    }
}

#[test]
fn what_the_interview_does_not_have_is_refused_by_name() {
    let unknown = |what, id: &str| Err(Refusal::Unknown { what, id: id.to_owned() });
    let area = || "consistency".to_owned();
    let mut talk = Talk::started();
    let cases = [
        (phase("dessert"), unknown("phase", "consistency/dessert")),
        (hint("dessert", 1), unknown("phase", "consistency/dessert")),
        (hint("design", 0), Err(Refusal::HintNumber(0))),
        (hint("design", 4), Err(Refusal::HintNumber(4))),
        (asked("why"), unknown("follow-up", "why")),
        (signal("charm"), unknown("signal", "charm")),
        (Body::Read { area: area(), prompt: "poem".to_owned() }, unknown("prompt", "poem")),
        (Body::RedFlag { area: area(), red_flag: "late".to_owned() }, unknown("red flag", "late")),
        (Body::Read { area: "testing".to_owned(), prompt: "flaky-suite".to_owned() }, unknown("area", "testing")),
        (Body::Show { material: "passwords".to_owned() }, unknown("material", "passwords")),
        (Body::Flip { entry: "e99".to_owned() }, unknown("entry", "e99")),
        (revise("e99"), unknown("entry", "e99")),
        (withdraw("e99"), unknown("entry", "e99")),
        (note(" \n\t"), Err(Refusal::Empty)),
        (note(&"ж".repeat(TEXT_CHARS_MAX + 1)), Err(Refusal::TooLong(TEXT_CHARS_MAX + 1))),
    ];
    for (body, refused) in cases {
        assert_eq!(talk.say("anna", 0, 0, body.clone()), refused, "{body:?}");
    }
    talk.say("anna", 0, 0, note(&"ж".repeat(TEXT_CHARS_MAX))).expect("characters are counted, not bytes");
}

#[test]
fn words_are_kept_as_they_were_written() {
    let mut talk = Talk::started();
    for text in ["<script>alert(1)</script>", "\u{202e}قال إنه 42\u{202c}", "’; DROP TABLE entry; --", "👩‍💻 two\nlines"] {
        talk.say("anna", 0, 0, note(text)).expect("taken");
        assert_eq!(talk.record.notes().last().map(|n| n.text.clone()).as_deref(), Some(text));
    }
}

/// PostgreSQL keeps no such character, and nobody typed it.
#[test]
fn a_character_that_no_database_keeps_is_shown_as_missing() {
    let mut talk = Talk::started();
    let id = talk.say("anna", 0, 0, note("before\0after")).expect("taken");
    assert_eq!(talk.record.notes()[0].text, "before\u{fffd}after");
    let anew = Body::Revise { entry: id, text: "\0".to_owned(), note: NoteKind::Did };
    talk.say("anna", 0, 0, anew).expect("taken");
    assert_eq!(talk.record.notes()[0].text, "\u{fffd}");
}

#[test]
fn the_course_of_an_interview_is_planned_running_paused_ended() {
    use Body::{End, Pause, Resume, Start};
    use ClockState::{CalledOff, Ended, Paused, Planned, Running};
    let call_off = |reason: &str| Body::CallOff { reason: reason.to_owned() };
    let cases = [
        (Planned, Pause, Err(Refusal::NotRunning)),
        (Planned, Resume, Err(Refusal::NotPaused)),
        (Planned, End, Err(Refusal::NotStarted)),
        (Planned, Start, Ok(Running)),
        (Running, Start, Err(Refusal::AlreadyStarted)),
        (Running, Resume, Err(Refusal::NotPaused)),
        (Running, Pause, Ok(Paused)),
        (Running, End, Ok(Ended)),
        (Paused, Start, Err(Refusal::AlreadyStarted)),
        (Paused, Pause, Err(Refusal::NotRunning)),
        (Paused, Resume, Ok(Running)),
        (Paused, End, Ok(Ended)),
        (Ended, Start, Err(Refusal::AlreadyStarted)),
        (Ended, Pause, Err(Refusal::NotRunning)),
        (Ended, Resume, Err(Refusal::NotPaused)),
        (Ended, End, Err(Refusal::Ended)),
        (Ended, phase("design"), Err(Refusal::Ended)),
        (Ended, Body::Show { material: "runs".to_owned() }, Err(Refusal::Ended)),
        (Ended, note("remembered on the way home"), Ok(Ended)),
        (Ended, signal("own-state"), Ok(Ended)),
        (Planned, note("before it began"), Ok(Planned)),
        (Planned, call_off("the candidate withdrew"), Ok(CalledOff)),
        (Planned, call_off(" \n "), Err(Refusal::NoReason)),
        (Running, call_off("too late"), Err(Refusal::Begun)),
        (Paused, call_off("too late"), Err(Refusal::Begun)),
        (Ended, call_off("too late"), Err(Refusal::Begun)),
        (CalledOff, call_off("again"), Err(Refusal::CalledOff)),
        (CalledOff, Start, Err(Refusal::CalledOff)),
        (CalledOff, End, Err(Refusal::CalledOff)),
        (CalledOff, note("what for"), Err(Refusal::CalledOff)),
    ];
    for (state, body, outcome) in cases {
        let way: &[Body] = match state {
            Planned => &[],
            Running => &[Start],
            Paused => &[Start, Pause],
            Ended => &[Start, End],
            CalledOff => &[call_off("nobody came")],
        };
        let mut talk = Talk::new();
        for step in way {
            talk.say("anna", 0, 0, step.clone()).expect("the way there");
        }
        let said = talk.say("anna", 0, 0, body.clone()).map(|_| talk.record.clock.state);
        assert_eq!(said, outcome, "{body:?} while {state:?}");
    }
}

#[test]
fn a_pause_that_arrives_late_stops_the_clock_where_it_was_pressed() {
    let mut talk = Talk::started();
    talk.say("anna", 600_000, 300_000, Body::Pause).expect("taken");
    assert_eq!(talk.record.clock.elapsed_ms(wall(900_000)), 300_000);
    talk.say("anna", 1_000_000, 0, Body::Resume).expect("taken");
    assert_eq!(talk.record.clock.elapsed_ms(wall(1_060_000)), 360_000);
    // It cannot have been pressed before the clock was last set going.
    talk.say("anna", 1_060_000, 10, Body::End).expect("taken");
    assert_eq!(talk.record.clock.elapsed_ms(wall(2_000_000)), 300_000);
}

#[test]
fn two_who_show_the_same_and_one_who_takes_it_back() {
    let show = || Body::Show { material: "runs".to_owned() };
    let mut talk = Talk::started();
    talk.say("anna", 0, 0, show()).expect("taken");
    let second = talk.say("bo", 0, 0, show()).expect("taken");
    assert_eq!(talk.record.shown, ["runs"]);
    talk.say("bo", 0, 0, withdraw(&second)).expect("taken");
    assert_eq!(talk.record.shown, ["runs"], "the first still shows it");
    let hidden = talk.say("bo", 0, 0, Body::Hide { material: "runs".to_owned() }).expect("taken");
    assert!(talk.record.shown.is_empty());
    talk.say("bo", 0, 0, withdraw(&hidden)).expect("taken");
    assert_eq!(talk.record.shown, ["runs"]);
}

#[test]
fn a_signal_that_was_led_to_is_prompted() {
    let led_to = "who-repairs"; // The follow-up “who-signs” asks for it.
    let prompted = |before: &[Body], id: &str| {
        let mut talk = Talk::started();
        for body in before {
            talk.say("anna", 0, 0, body.clone()).expect("taken");
        }
        talk.say("anna", 0, 0, signal(id)).expect("taken");
        talk.record.heard()[0].prompted
    };
    assert!(!prompted(&[], led_to));
    assert!(prompted(&[asked("who-signs")], led_to));
    assert!(!prompted(&[asked("who-signs")], "own-state"), "asked for something else");
    assert!(!prompted(&[asked("who-signs"), withdraw("e2")], led_to), "it was not asked after all");
    assert!(prompted(&[phase("design"), hint("design", 1)], "own-state"));
    assert!(!prompted(&[phase("design"), hint("design", 1), phase("repair")], "own-state"), "another phase runs");
    assert!(!prompted(&[phase("design"), hint("design", 1), withdraw("e3")], "own-state"));
    let said = Body::Signal { area: "consistency".to_owned(), signal: led_to.to_owned(), prompted: Some(false) };
    let mut talk = Talk::started();
    talk.say("anna", 0, 0, asked("who-signs")).expect("taken");
    talk.say("anna", 0, 0, said).expect("taken");
    assert!(!talk.record.heard()[0].prompted, "what the interviewer says stands");
}

#[test]
fn the_foot_of_the_screen_leads_through_an_interview() {
    let areas: Vec<_> = KIT.areas.iter().collect();
    let mut talk = Talk::new();
    let mut said = vec![next_step(&talk.record, &talk.agenda, &areas)];
    talk.say("anna", 0, 0, Body::Start).expect("taken");
    said.push(next_step(&talk.record, &talk.agenda, &areas));
    for id in area("consistency").phases.iter().map(|p| p.id.clone()) {
        talk.say("anna", 0, 0, phase(&id)).expect("taken");
        said.push(format!("— {id}"));
        loop {
            let next = next_step(&talk.record, &talk.agenda, &areas);
            said.push(next.clone());
            if next.contains("prompt") {
                let read = area("consistency").prompts.iter().map(|p| p.id.clone()).collect::<Vec<_>>();
                for prompt in read {
                    talk.say("anna", 0, 0, Body::Read { area: "consistency".to_owned(), prompt }).expect("taken");
                }
            } else if next.contains("follow-up") {
                let first = relevant_now(&talk.record, &talk.agenda, &areas).remove(0);
                talk.say("anna", 0, 0, asked(&first.follow_up)).expect("taken");
            } else {
                break;
            }
        }
    }
    talk.say("anna", 0, 0, Body::Pause).expect("taken");
    said.push(next_step(&talk.record, &talk.agenda, &areas));
    talk.say("anna", 0, 0, Body::End).expect("taken");
    said.push(next_step(&talk.record, &talk.agenda, &areas));
    said.dedup();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_start_that_arrives_late_counts_from_where_it_was_pressed() {
    let hour = 3_600_000;
    let mut talk = Talk::new();
    talk.say_late("anna", hour, 300_000, 0, Body::Start).expect("taken");
    assert_eq!(talk.record.clock.started_at, Some(wall(hour - 300_000)));
    assert_eq!(talk.record.clock.elapsed_ms(wall(hour)), 300_000);
    // A note from those five minutes keeps its moment.
    let id = talk.say_late("anna", hour, 200_000, 100_000, note("early")).expect("taken");
    assert_eq!(talk.record.entry(&id).map(|e| (e.at_ms, e.received_at)), Some((100_000, wall(hour))), "a note says when it came");
    talk.say("anna", hour, 300_000, Body::Pause).expect("taken");
    talk.say_late("anna", hour + 60_000, 20_000, 300_000, Body::Resume).expect("taken");
    assert_eq!(talk.record.clock.elapsed_ms(wall(hour + 60_000)), 320_000);
    // Going on cannot have been pressed before what was known then.
    talk.say("anna", hour + 70_000, i64::MAX, Body::Pause).expect("taken");
    talk.say_late("anna", hour + 80_000, hour, 0, Body::Resume).expect("taken");
    assert_eq!(talk.record.clock.elapsed_ms(wall(hour + 80_000)), 340_000);
    for waited in [-5, i64::MIN] {
        let mut talk = Talk::new();
        talk.say_late("anna", hour, waited, 0, Body::Start).expect("taken");
        assert_eq!(talk.record.clock.started_at, Some(wall(hour)), "nothing starts in the future");
    }
    let mut talk = Talk::new();
    talk.say_late("anna", 0, i64::MAX, 0, Body::Start).expect("taken");
    assert_eq!(talk.record.clock.started_at, Some(wall(-WAITED_MS_MAX)), "and nothing days ago");
}

#[test]
fn an_interview_on_paper_has_ended_when_it_is_entered_and_takes_notes_at_their_moments() {
    let hour = 3_600_000;
    let day = 24 * hour;
    let on_paper = |ms: i64, minutes: u32| Body::OnPaper { started_at: wall(ms), minutes };
    for (ms, minutes) in [(-hour, 0), (-hour, 241), (-hour, 61), (hour, 10), (-91 * day, 45)] {
        assert_eq!(Talk::new().say("anna", 0, 0, on_paper(ms, minutes)), Err(Refusal::PaperTime), "{ms} {minutes}");
    }
    let mut talk = Talk::new();
    talk.say("anna", 0, 0, on_paper(-3 * hour, 45)).expect("taken");
    let clock = talk.record.clock;
    assert_eq!((clock.state, clock.started_at, clock.ended_at), (ClockState::Ended, Some(wall(-3 * hour)), Some(wall(-3 * hour + 45 * 60_000))));
    assert_eq!(clock.elapsed_ms(wall(day)), 45 * 60_000);
    let id = talk.say("anna", day, 28 * 60_000 + 10_000, note("from my sheet")).expect("taken");
    assert_eq!(talk.record.entry(&id).map(|e| e.at_ms), Some(1_690_000));
    let late = talk.say("anna", day, 99 * 60_000, note("after the end")).expect("taken");
    assert_eq!(talk.record.entry(&late).map(|e| e.at_ms), Some(45 * 60_000), "held to its end");
    assert_eq!(talk.say("anna", day, 0, Body::Start), Err(Refusal::AlreadyStarted));
    assert_eq!(talk.say("anna", day, 0, on_paper(-hour, 45)), Err(Refusal::AlreadyStarted));
    assert!(talk.record.was_on_paper());
}
