//! What is asked whatever the area: of every record, of every trade-off, of every regret; and the scenario library.

use super::Out;
use super::area::columns;
use crate::doc::{Block, Table, TableKind, Tone, mono, plain, strong};
use seatrial_kit::Kit;

pub fn across(kit: &Kit, out: &mut Out) {
    out.h1("across", "Across areas", "Asked of everybody");

    out.h2(
        "record-questions",
        "Of every candidate’s record",
        "whatever was asked",
    );
    out.push(Block::Table(Table {
        kind: TableKind::Named,
        columns: columns(&[
            ("Question", 0.3),
            ("Yes sounds like", 0.35),
            ("No sounds like", 0.35),
        ]),
        rows: kit
            .record_questions
            .iter()
            .map(|q| {
                vec![
                    vec![strong(q.ask.clone())],
                    plain(q.yes_sounds.clone()),
                    plain(q.no_sounds.clone()),
                ]
            })
            .collect(),
    }));

    let trade = &kit.trade_off;
    out.h2("trade-offs", "Of every trade-off", "");
    out.say(Tone::Body, &trade.intro);
    out.push(Block::Facts(vec![
        (
            "What they optimise".to_owned(),
            plain(trade.optimise.clone()),
        ),
        ("What they give up".to_owned(), plain(trade.give_up.clone())),
        ("Why".to_owned(), plain(trade.why.clone())),
    ]));

    out.h2(
        "regret-probes",
        "Regret probes",
        "near the end, one is enough",
    );
    out.push(Block::Table(Table {
        kind: TableKind::Named,
        columns: columns(&[
            ("Ask", 0.34),
            ("Experience answers", 0.33),
            ("Its absence answers", 0.33),
        ]),
        rows: kit
            .regret_probes
            .iter()
            .map(|p| {
                vec![
                    vec![strong(p.ask.clone())],
                    plain(p.experience.clone()),
                    plain(p.absence.clone()),
                ]
            })
            .collect(),
    }));
    out.say(Tone::Body, &kit.regret_reading);

    out.h2("t-shape", "The T-shape", "a shape, never a number");
    out.say(Tone::Body, &kit.t_shape);
}

pub fn scenarios(kit: &Kit, out: &mut Out) {
    if kit.scenarios.is_empty() {
        return;
    }
    out.h1("scenarios", "Across areas", "Running scenarios");
    out.push(Block::Table(Table {
        kind: TableKind::Plain,
        columns: columns(&[("Scenario", 0.3), ("Situation", 0.7)]),
        rows: kit
            .scenarios
            .iter()
            .map(|s| vec![vec![mono(s.id.clone())], plain(s.situation.clone())])
            .collect(),
    }));
}
