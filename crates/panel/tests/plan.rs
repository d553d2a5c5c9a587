//! The plan of a loop: what ships is sound, and whatever is broken in it is named.

mod common;

use common::KIT;
use proptest::{prelude::*, sample::Index};
use seatrial_kit::Session;
use seatrial_panel::plan::mistakes;

fn shipped(pack: usize) -> Vec<Session> {
    KIT.packs[pack].sessions.clone()
}

#[test]
fn the_plans_that_ship_have_no_mistake() {
    for pack in &KIT.packs {
        assert_eq!(mistakes(&KIT, &pack.sessions), Vec::<String>::new(), "{}", pack.id);
    }
}

#[test]
fn a_plan_of_nothing_names_every_area() {
    let said = mistakes(&KIT, &[]);
    let expected: Vec<String> = KIT.areas.iter().map(|a| format!("Nobody asks about {}.", a.title)).collect();
    assert_eq!(said, expected);
}

/// Each way of breaking a plan, and what is said about it.
#[test]
fn every_planted_mistake_is_named() {
    type Break = fn(&mut Vec<Session>);
    let cases: [(&str, Break); 14] = [
        ("no title", |p| p[0].title = " ".to_owned()),
        ("an id twice", |p| p[1].id = p[0].id.clone()),
        ("an empty interview", |p| p.push(Session { id: "more".to_owned(), title: "More".to_owned(), items: Vec::new(), ..p[0].clone() })),
        ("hours", |p| p[0].items[0].minutes = 121),
        ("more minutes than a number holds", |p| p[0].items.iter_mut().for_each(|i| i.minutes = u32::MAX)),
        ("four minutes", |p| p[0].items[0].minutes = 4),
        ("an unknown area", |p| p[0].items[0].area = "charm".to_owned()),
        ("no reason", |p| p[0].items[0].reason = "\n".to_owned()),
        ("nothing to start from", |p| {
            p[0].items[0].prompts.clear();
            p[0].items[0].exercises.clear();
        }),
        ("an unknown prompt", |p| p[0].items[0].prompts.push("poem".to_owned())),
        ("an unknown follow-up", |p| p[0].items[0].follow_ups.push("why".to_owned())),
        ("an unknown exercise", |p| p[0].items[0].exercises.push("chess".to_owned())),
        ("an area twice", |p| {
            let mut again = p[0].items[0].clone();
            (again.prompts, again.follow_ups) = (Vec::new(), Vec::new());
            again.exercises = vec!["chess".to_owned()];
            p[1].items.push(again);
        }),
        ("an area left out", |p| drop(p[0].items.remove(0))),
    ];
    let mut told = String::new();
    for (name, plant) in cases {
        let mut plan = shipped(0);
        plant(&mut plan);
        let said = mistakes(&KIT, &plan);
        assert!(!said.is_empty(), "{name} was not found");
        told += &format!("{name}\n");
        said.iter().for_each(|s| told += &format!("  {s}\n"));
    }
    insta::assert_snapshot!(told);
}

proptest! {
    #[test]
    fn an_area_that_is_left_out_is_found(pack in 0usize..4, pick in any::<Index>()) {
        let area = pick.get(&KIT.areas);
        let mut plan = shipped(pack);
        plan.iter_mut().for_each(|s| s.items.retain(|i| i.area != area.id));
        plan.retain(|s| !s.items.is_empty());
        prop_assert_eq!(mistakes(&KIT, &plan), vec![format!("Nobody asks about {}.", area.title)]);
    }

    #[test]
    fn a_question_that_is_asked_twice_is_found(pack in 0usize..4, pick in any::<Index>(), which in any::<Index>()) {
        let mut plan = shipped(pack);
        let mut items: Vec<_> = plan.iter_mut().flat_map(|s| &mut s.items).collect();
        let count = items.len();
        let item = &mut items[pick.index(count)];
        let lists = [&mut item.prompts, &mut item.follow_ups, &mut item.exercises].into_iter().filter(|l| !l.is_empty());
        let mut lists: Vec<_> = lists.collect();
        let count = lists.len();
        let list = &mut lists[which.index(count)];
        let again = which.get(list).clone();
        list.push(again);
        let said = mistakes(&KIT, &plan);
        prop_assert_eq!(said.len(), 1, "{:?}", said);
        prop_assert!(said[0].contains("is asked twice"), "{:?}", said);
    }

    #[test]
    fn the_order_of_interviews_and_items_is_free(pack in 0usize..4, turn in 0usize..4) {
        let mut plan = shipped(pack);
        let count = plan.len();
        plan.rotate_left(turn % count);
        plan.iter_mut().for_each(|s| s.items.reverse());
        prop_assert!(mistakes(&KIT, &plan).is_empty());
    }
}
