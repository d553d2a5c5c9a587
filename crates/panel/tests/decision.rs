//! The debrief's agenda, what departed from the promise, and what a decision needs.

mod common;

use std::collections::BTreeMap;

use common::{KIT, Talk, asked, hint, phase, wall};
use proptest::prelude::*;
use seatrial_kit::{Level, area_agenda};
use seatrial_panel::{
    bar::Bar,
    debrief::{
        AgendaItem, Decision, DecisionError, DecisionKind, Deviation, Excuse, Held, Input, Item, Line, Mark, Panelist, UnsettledPart, agenda, decide,
        deviations, is_open, lines, unsettled,
    },
    record::{Body, Record},
    scorecard::{AreaScore, Scorecard},
};

fn areas() -> Vec<String> {
    KIT.areas.iter().map(|a| a.id.clone()).collect()
}

/// A bar of *good* on every line, written at `wall(0)`.
fn good_bar() -> Bar {
    let mut bar = Bar::proposed(&KIT.packs[0].seniorities[0]);
    let mut lines = bar.lines.clone();
    lines.iter_mut().for_each(|l| l.level = Some(Level::Good));
    bar.write(&areas(), lines, Vec::new(), "marta", None, wall(0)).expect("it is whole");
    bar
}

/// Lines of two people, area by area.
fn two(levels: &[(Option<Level>, Option<Level>)]) -> Vec<Line> {
    let panel = ["p0", "p1"].map(|id| Panelist { id: id.to_owned(), name: id.to_owned(), due: areas() });
    let cards: Vec<Scorecard> = (0..2)
        .map(|p| {
            let mut card = Scorecard::new("loop", format!("p{p}"), &KIT.hash);
            let score = |(area, given): (String, &(Option<Level>, Option<Level>))| {
                let level = if p == 0 { given.0 } else { given.1 };
                AreaScore { decided: true, level, ..AreaScore::blank(area) }
            };
            card.areas = areas().into_iter().zip(levels).map(score).collect();
            card
        })
        .collect();
    let (bar, quotes) = (good_bar(), BTreeMap::new());
    lines(&Input { kit: &KIT, bar: Some(&bar), panel: &panel, scorecards: &cards, quotes: &quotes, interviews: &[], opened_early: None, excused: &[] })
}

/// One line of each sort: they differ, nobody assessed, both below the bar; the other four are agreed and met.
fn mixed() -> Vec<Line> {
    let good = Some(Level::Good);
    let weak = Some(Level::Weak);
    two(&[(good, weak), (None, None), (weak, weak), (good, good), (good, good), (good, None), (good, good)])
}

fn mark(waived: Option<&str>) -> Mark {
    Mark { by: "marta".to_owned(), at: wall(0), waived: waived.map(str::to_owned) }
}

fn all_marks() -> Vec<(Item, Mark)> {
    [Item::Differ, Item::NotAssessed, Item::Bar, Item::Deviations].map(|i| (i, mark(None))).to_vec()
}

fn deviation() -> Deviation {
    Deviation { title: "A phase was left out".to_owned(), detail: "Repair".to_owned() }
}

fn decision(kind: DecisionKind, plan: &[(&str, u32)]) -> Decision {
    let part = |(area, minutes): &(&str, u32)| UnsettledPart {
        area: (*area).to_owned(),
        minutes: *minutes,
        ask: "Who repairs it?".to_owned(),
        asked_by: "p0".to_owned(),
    };
    Decision { kind, reason: " They repair what they build. ".to_owned(), plan: plan.iter().map(part).collect(), by: "marta".to_owned(), at: wall(0) }
}

fn level() -> impl Strategy<Value = Option<Level>> {
    prop_oneof![Just(None), Just(Some(Level::Weak)), Just(Some(Level::Good)), Just(Some(Level::Excellent))]
}

proptest! {
    #[test]
    fn an_agenda_has_what_is_not_empty_disagreement_first(given in prop::collection::vec((level(), level()), 7), departed in 0usize..3) {
        let lines = two(&given);
        let agenda = agenda(&lines, &vec![deviation(); departed], &[]);
        prop_assert!(agenda.windows(2).all(|two| two[0].id < two[1].id));
        for item in &agenda {
            prop_assert!(item.count > 0);
            prop_assert_eq!(item.count, if item.id == Item::Deviations { departed } else { item.lines.len() });
        }
        // Every line that is not agreed and met is on it, and no other.
        for (area, (one, other)) in areas().iter().zip(&given) {
            let settled = [one, other].into_iter().flatten().all(|l| *l >= Level::Good)
                && (one.is_some() || other.is_some())
                && (one.is_none() || other.is_none() || one == other);
            prop_assert_eq!(unsettled(&agenda).iter().any(|(a, _)| a == area), !settled, "{}", area);
        }
        prop_assert!(unsettled(&agenda).iter().map(|(a, _)| a).all(|a| unsettled(&agenda).iter().filter(|(b, _)| a == b).count() == 1));
    }

    #[test]
    fn the_decision_opens_when_everything_was_visited_or_waived(
        given in prop::collection::vec((level(), level()), 7), marked in prop::collection::vec(any::<bool>(), 4)
    ) {
        let marks: Vec<(Item, Mark)> = all_marks().into_iter().zip(&marked).filter(|(_, m)| **m).map(|(m, _)| m).collect();
        let lines = two(&given);
        let agenda = agenda(&lines, &[deviation()], &marks);
        let open = agenda.iter().all(|i| marks.iter().any(|(item, _)| *item == i.id));
        prop_assert_eq!(is_open(&agenda), open);
        prop_assert_eq!(decide(&agenda, &lines, decision(DecisionKind::Hire, &[])).is_ok(), open, "whatever the levels are");
        prop_assert_eq!(decide(&agenda, &lines, decision(DecisionKind::NoHire, &[])).is_ok(), open);
    }
}

#[test]
fn an_agenda_of_one_of_each() {
    let marks = [(Item::NotAssessed, mark(Some("the role has no such part")))];
    let agenda = agenda(&mixed(), &[deviation()], &marks);
    let said: Vec<(Item, &str, usize, Vec<&str>)> =
        agenda.iter().map(|i| (i.id, i.title.as_str(), i.count, i.lines.iter().map(String::as_str).collect())).collect();
    assert_eq!(
        said,
        [
            (Item::Differ, "Where we differ", 1, vec!["architecture"]),
            (Item::NotAssessed, "Not assessed", 1, vec!["communication"]),
            (Item::Bar, "Bar not agreed met", 2, vec!["architecture", "consistency"]),
            (Item::Deviations, "Deviation", 1, vec![]),
        ]
    );
    assert_eq!(agenda[1].mark.as_ref(), Some(&marks[0].1));
    let open = decide(&agenda, &mixed(), decision(DecisionKind::Hire, &[]));
    assert_eq!(open, Err(DecisionError::AgendaOpen("Where we differ, Bar not agreed met, Deviation".to_owned())));
}

#[test]
fn more_evidence_plans_twenty_minutes_on_what_is_unsettled() {
    let lines = mixed();
    let agenda = agenda(&lines, &[], &all_marks());
    let more = |plan: &[(&str, u32)]| decide(&agenda, &lines, decision(DecisionKind::MoreEvidence, plan)).map(|d| d.plan.len());
    let resilience = lines[3].title.clone();
    assert_eq!(more(&[("architecture", 12), ("communication", 8)]), Ok(2));
    assert_eq!(more(&[("consistency", 20)]), Ok(1));
    assert_eq!(more(&[]), Err(DecisionError::NoPlan));
    assert_eq!(more(&[("architecture", 10), ("resilience", 10)]), Err(DecisionError::Settled(resilience)));
    assert_eq!(more(&[("charm", 20)]), Err(DecisionError::Settled("charm".to_owned())));
    assert_eq!(more(&[("architecture", 19)]), Err(DecisionError::Minutes(19)));
    assert_eq!(more(&[("architecture", u32::MAX), ("consistency", 21)]), Err(DecisionError::Minutes(u32::MAX)));
    for broken in [("", "p0"), ("Who repairs it?", " ")] {
        let mut bare = decision(DecisionKind::MoreEvidence, &[("consistency", 20)]);
        (bare.plan[0].ask, bare.plan[0].asked_by) = (broken.0.to_owned(), broken.1.to_owned());
        assert_eq!(decide(&agenda, &lines, bare), Err(DecisionError::NoPlan));
    }
}

#[test]
fn a_decision_has_a_reason_and_only_more_evidence_has_a_plan() {
    let lines = mixed();
    let agenda: Vec<AgendaItem> = agenda(&lines, &[], &all_marks());
    let taken = decide(&agenda, &lines, decision(DecisionKind::Hire, &[("resilience", 3)])).expect("it is open");
    assert_eq!((taken.reason.as_str(), taken.plan.len()), ("They repair what they build.", 0));
    let silent = Decision { reason: " \n".to_owned(), ..decision(DecisionKind::NoHire, &[]) };
    assert_eq!(decide(&agenda, &lines, silent), Err(DecisionError::NoReason));
    let endless = Decision { reason: "x".repeat(10_001), ..decision(DecisionKind::NoHire, &[]) };
    assert_eq!(decide(&agenda, &lines, endless), Err(DecisionError::TooLong(10_001)));
}

/// A talk that opened every phase, then was changed; its deviations under a bar.
fn told(bar: Option<&Bar>, kit_hash: &str, leave_out: &[&str], minutes: i64, more: &[Body]) -> Vec<String> {
    let mut talk = Talk::new();
    talk.say("anna", 1000, 0, Body::Start).expect("taken");
    for p in talk.agenda.clone() {
        let id = p.id.rsplit('/').next().unwrap_or_default();
        if !leave_out.contains(&id) {
            talk.say("anna", 1000, 0, phase(id)).expect("taken");
        }
    }
    more.iter().for_each(|body| drop(talk.say("anna", 61_000, 60_000, body.clone()).expect("taken")));
    talk.say("anna", 1000 + minutes * 60_000, i64::MAX, Body::End).expect("taken");
    of(&talk.record, bar, kit_hash, None)
}

fn of(record: &Record, bar: Option<&Bar>, kit_hash: &str, opened_early: Option<(&str, jiff::Timestamp, &str)>) -> Vec<String> {
    let agenda = area_agenda(common::area("consistency"), None);
    let mut agenda = agenda;
    // One follow-up belongs to another interview of the loop.
    agenda.iter_mut().for_each(|p| p.follow_ups.retain(|f| f != "who-signs"));
    let held = Held { id: "talk", title: "Money", kit_hash, agenda: &agenda, record, called_off_by: Some("Marta"), room: &[] };
    let quotes = BTreeMap::new();
    let input = Input { kit: &KIT, bar, panel: &[], scorecards: &[], quotes: &quotes, interviews: &[held], opened_early, excused: &[] };
    deviations(&input).into_iter().map(|d| d.title).collect()
}

#[test]
fn what_departed_from_the_promise_is_told() {
    let bar = good_bar();
    let mut late = bar.clone();
    late.written_at = Some(wall(1001));
    let mut changed = bar.clone();
    let mut lines = bar.lines.clone();
    lines[0].level = None;
    changed.write(&areas(), lines, Vec::new(), "marta", Some("the role grew"), wall(1001)).expect("it is whole");
    let none: [&str; 0] = [];
    let hash = KIT.hash.as_str();
    assert_eq!(told(Some(&bar), hash, &[], 45, &[]), none);
    assert_eq!(told(Some(&bar), hash, &[], 49, &[]), none, "a tenth over is no overrun");
    assert_eq!(told(Some(&bar), hash, &[], 50, &[]), ["Money ran over"]);
    assert_eq!(told(Some(&bar), hash, &["repair"], 45, &[]), ["Money left out a phase"]);
    assert_eq!(told(Some(&bar), hash, &["repair", "breaks"], 45, &[]), ["Money left out phases"]);
    assert_eq!(told(Some(&bar), "another", &[], 45, &[]), ["Money used another version of the kit"]);
    assert_eq!(told(Some(&bar), hash, &[], 45, &[asked("worst-case"), hint("design", 1)]), none, "what was planned is no deviation");
    assert_eq!(told(Some(&bar), hash, &[], 45, &[asked("who-signs")]), ["Asked outside the plan, 01:00"]);
    assert_eq!(told(Some(&late), hash, &[], 45, &[]), ["No bar was set first"]);
    assert_eq!(told(None, hash, &[], 45, &[]), ["No bar was set first"]);
    assert_eq!(told(Some(&changed), hash, &[], 45, &[]), ["The bar changed after the first interview"]);
    let early = Some(("Marta", wall(0), "Li is ill"));
    assert_eq!(of(&Record::default(), Some(&bar), hash, early), ["Opened before all scorecards were in"]);
}

#[test]
fn what_was_called_off_and_who_was_excused_are_told_with_who_when_and_why() {
    let bar = good_bar();
    let mut talk = common::Talk::new();
    talk.say("marta", 0, 0, Body::CallOff { reason: "She took another offer’s deadline".to_owned() }).expect("it never began");
    let (agenda, record) = (&talk.agenda, &talk.record);
    let held = Held { id: "talk", title: "Money", kit_hash: "of last year", agenda, record, called_off_by: Some("Marta"), room: &[] };
    let quotes = BTreeMap::new();
    let excused = [Excuse { person: "Li Wei", by: "Marta", at: wall(0), reason: "left the company" }];
    let input = Input {
        kit: &KIT,
        bar: Some(&bar),
        panel: &[],
        scorecards: &[],
        quotes: &quotes,
        interviews: &[held],
        opened_early: None,
        excused: &excused,
    };
    let told: Vec<String> = deviations(&input).into_iter().map(|d| format!("{}. {}", d.title, d.detail)).collect();
    assert_eq!(
        told,
        [
            "Li Wei was excused from a scorecard. Marta, 28 May 2026: left the company",
            "Money was called off. Marta, 28 May 2026: She took another offer’s deadline",
        ],
        "and of an interview that was not held nothing else"
    );
}

#[test]
fn what_was_held_on_paper_is_told_instead_of_its_phases() {
    let bar = good_bar();
    let mut talk = common::Talk::new();
    let an_hour_ago = wall(1000);
    talk.say("anna", 3_601_000, 0, Body::OnPaper { started_at: an_hour_ago, minutes: 60 }).expect("it never began");
    assert_eq!(of(&talk.record, Some(&bar), &KIT.hash, None), ["Money was held on paper", "Money ran over"]);
}
