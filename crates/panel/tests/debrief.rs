//! The seven lines of a debrief and the T they draw: what people gave goes in, and nothing else comes out.

mod common;

use std::collections::BTreeMap;

use common::{KIT, wall};
use proptest::prelude::*;
use seatrial_kit::Level;
use seatrial_panel::{
    bar::Bar,
    debrief::{Due, Input, Line, NoExcuse, Panelist, Quote, StemState, everything_is_in, lines, may_excuse, shape},
    record::NoteKind,
    scorecard::{AreaScore, Evidence, Moment, Scorecard},
};

const NAMES: [&str; 5] = ["Anna Berg", "Tomasz", "Li Wei", "نور", "Zoë"];

/// What one person gave, area by area; none is not assessed.
type Given = Vec<Option<Level>>;

/// The lines of a panel whose members gave these levels.
fn panel_lines(given: &[Given], bar: Option<&Bar>) -> Vec<Line> {
    let ids: Vec<String> = KIT.areas.iter().map(|a| a.id.clone()).collect();
    let panel: Vec<Panelist> = (0..given.len())
        .map(|p| Panelist { id: format!("p{p}"), name: NAMES[p].to_owned(), due: ids.clone() })
        .collect();
    let mut quotes = BTreeMap::new();
    let scorecards: Vec<Scorecard> = given
        .iter()
        .enumerate()
        .map(|(p, levels)| {
            let mut card = Scorecard::new("loop", format!("p{p}"), &KIT.hash);
            card.areas = ids.iter().zip(levels).map(|(id, level)| score(p, id, *level, &mut quotes)).collect();
            card.submitted_at = Some(wall(0));
            card
        })
        .collect();
    let input = Input { kit: &KIT, bar, panel: &panel, scorecards: &scorecards, quotes: &quotes, interviews: &[], opened_early: None, excused: &[] };
    lines(&input)
}

fn score(person: usize, area: &str, level: Option<Level>, quotes: &mut BTreeMap<String, Quote>) -> AreaScore {
    let entry = format!("p{person}-{area}");
    let text = format!("heard by {person}");
    quotes.insert(entry.clone(), Quote { interview: "talk".to_owned(), seq: 1, at_ms: 5000, kind: NoteKind::Said, text });
    let moment = Moment { take: "talk".to_owned(), seq: 1, v: 5_000_000_000 };
    AreaScore {
        decided: true,
        level,
        confidence: Some(1 + person as u8 % 3),
        would_move: format!("moved {person}"),
        evidence: vec![Evidence { entry, kind: NoteKind::Said, moment, prompted: None, behaviour: None }],
        ..AreaScore::blank(area)
    }
}

fn given() -> impl Strategy<Value = Vec<Given>> {
    let level = prop_oneof![Just(None), Just(Some(Level::Weak)), Just(Some(Level::Good)), Just(Some(Level::Excellent))];
    prop::collection::vec(prop::collection::vec(level, 7), 0..=5)
}

proptest! {
    #[test]
    fn levels_leave_as_they_came(given in given()) {
        let lines = panel_lines(&given, None);
        prop_assert!(lines.iter().map(|l| &l.area).eq(KIT.areas.iter().map(|a| &a.id)), "in the order of the kit");
        for (at, line) in lines.iter().enumerate() {
            prop_assert!(line.cells.iter().map(|c| c.level).eq(given.iter().map(|g| g[at])));
            prop_assert!(line.cells.iter().all(|c| c.assessed == c.level.is_some()));
            prop_assert!(line.cells.iter().all(|c| c.confidence.is_some() == c.assessed), "no confidence in what was not assessed");
            let on_sides: usize = line.sides.iter().map(|s| s.who.len()).sum();
            prop_assert_eq!(on_sides, line.met.of);
            prop_assert!(line.sides.windows(2).all(|two| two[0].level > two[1].level), "highest first");
            for side in &line.sides {
                for who in &side.who {
                    let person: usize = who[1..].parse().expect("a number");
                    prop_assert_eq!(given[person][at], Some(side.level));
                }
                prop_assert!(side.evidence.iter().all(|e| side.who.contains(&e.who)), "evidence stands with its side");
            }
            for moved in &line.would_move {
                let person: usize = moved.who[1..].parse().expect("a number");
                prop_assert_eq!(given[person][at], Some(moved.level));
            }
        }
    }

    #[test]
    fn who_stands_apart_is_fewer_than_the_rest_or_everybody(given in given()) {
        for (at, line) in panel_lines(&given, None).iter().enumerate() {
            let levels: Vec<Level> = given.iter().filter_map(|g| g[at]).collect();
            let distance = levels.iter().max().map_or(0, |high| *high as u8 - *levels.iter().min().expect("not empty") as u8);
            let Some(spread) = &line.spread else {
                prop_assert_eq!(distance, 0);
                continue;
            };
            prop_assert_eq!(spread.levels, distance);
            prop_assert!(distance > 0);
            let apart = spread.apart.len();
            prop_assert!(apart == levels.len() || apart * 2 < levels.len(), "{:?}", spread);
        }
    }

    #[test]
    fn the_shape_is_a_range_and_a_gap_is_where_nobody_assessed(given in given()) {
        let lines = panel_lines(&given, None);
        let stems = shape(&KIT, &lines);
        prop_assert_eq!(stems.len(), KIT.areas.len());
        for (at, stem) in stems.iter().enumerate() {
            let levels: Vec<Level> = given.iter().filter_map(|g| g[at]).collect();
            prop_assert!(stem.low <= stem.high);
            prop_assert!([stem.low, stem.high].iter().flatten().all(|l| levels.contains(l)), "somebody gave each end");
            prop_assert!(levels.iter().all(|l| stem.low <= Some(*l) && Some(*l) <= stem.high));
            prop_assert_eq!(stem.state == StemState::Gap, levels.is_empty());
            prop_assert_eq!(stem.state == StemState::Differs, lines[at].spread.is_some());
        }
    }

    #[test]
    fn the_order_of_the_panel_changes_no_line_but_its_cells(given in given(), turn in 0usize..5) {
        let mut turned = given.clone();
        turned.rotate_left(turn.min(given.len()));
        for (one, other) in panel_lines(&given, None).iter().zip(panel_lines(&turned, None)) {
            prop_assert_eq!(&one.met, &other.met);
            prop_assert_eq!(one.spread.as_ref().map(|s| (s.levels, s.apart.len())), other.spread.as_ref().map(|s| (s.levels, s.apart.len())));
            prop_assert!(one.sides.iter().map(|s| (s.level, s.who.len())).eq(other.sides.iter().map(|s| (s.level, s.who.len()))));
        }
    }

    #[test]
    fn a_debrief_opens_with_the_last_scorecard_that_is_waited_for_and_not_before(
        people in prop::collection::vec(any::<(bool, bool)>(), 0..6),
    ) {
        let due = |(p, (submitted, excused)): (usize, &(bool, bool))| Due { person: format!("p{p}"), submitted: *submitted, excused: *excused };
        let dues: Vec<Due> = people.iter().enumerate().map(due).collect();
        let some_in = people.iter().any(|(submitted, _)| *submitted);
        prop_assert_eq!(everything_is_in(&dues), some_in && people.iter().all(|(submitted, excused)| *submitted || *excused));
        for d in &dues {
            let may = may_excuse(&dues, &d.person);
            prop_assert_eq!(may.is_ok(), !d.submitted && !d.excused);
        }
        prop_assert_eq!(may_excuse(&dues, "somebody else"), Err(NoExcuse::NothingDue));
    }
}

#[test]
fn a_spread_is_said_by_name() {
    use Level::{Excellent as E, Good as G, Weak as W};
    let cases: [(&[Level], Option<(&[&str], u8, &str)>); 12] = [
        (&[G], None),
        (&[G, G, G], None),
        (&[G, W, G], Some((&["p1"], 1, "Tomasz stands one level lower"))),
        (&[W, W, E], Some((&["p2"], 2, "Li stands two levels higher"))),
        (&[G, E, G], Some((&["p1"], 1, "Tomasz stands one level higher"))),
        (&[G, W], Some((&["p0", "p1"], 1, "Anna and Tomasz differ by one level"))),
        (&[E, W], Some((&["p0", "p1"], 2, "Anna and Tomasz differ by two levels"))),
        (&[W, G, E], Some((&["p0", "p1", "p2"], 2, "the panel differs by two levels"))),
        (&[W, W, G, G], Some((&["p0", "p1", "p2", "p3"], 1, "the panel differs by one level"))),
        (&[W, W, G, E], Some((&["p0", "p1", "p2", "p3"], 2, "the panel differs by two levels"))),
        (&[G, W, G, W, G], Some((&["p1", "p3"], 1, "Tomasz and نور stand one level lower"))),
        (&[E, E, E, W, E], Some((&["p3"], 2, "نور stands two levels lower"))),
    ];
    for (levels, expected) in cases {
        let given: Vec<Given> = levels.iter().map(|l| vec![Some(*l); 7]).collect();
        let spread = panel_lines(&given, None)[0].spread.clone();
        let said = spread.as_ref().map(|s| (s.apart.iter().map(String::as_str).collect::<Vec<_>>(), s.levels, s.say.as_str()));
        assert_eq!(said, expected.map(|(apart, levels, say)| (apart.to_vec(), levels, say)), "{levels:?}");
    }
}

#[test]
fn who_did_not_assess_stands_in_their_cell_and_nowhere_else() {
    let given = vec![vec![Some(Level::Good); 7], vec![None; 7], vec![Some(Level::Good); 7]];
    let bar = Bar::proposed(&KIT.packs[0].seniorities[0]);
    for line in panel_lines(&given, Some(&bar)) {
        assert!(!line.cells[1].assessed && line.cells[1].due);
        assert_eq!(line.met.of, 2, "nobody counts who did not assess");
        assert_eq!(line.spread, None);
        assert!(line.sides.iter().all(|s| !s.who.contains(&"p1".to_owned())));
        assert_eq!(line.moments, 2);
        assert_eq!(line.bar, bar.line(&line.area).and_then(|b| b.level));
    }
}
