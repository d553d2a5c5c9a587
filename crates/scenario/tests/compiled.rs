//! What a compiled scenario can be asked.

mod common;

use std::collections::BTreeMap;

use common::Files;
use seatrial_scenario::{Answers, Compiled, Gap, compile, read_design};
use seatrial_sim::system::{Op, OperationKind, ParamKind, Statement};

const GOOD: &str = include_str!("small/small.yaml");

fn small() -> Compiled {
    let files = Files::from([("small.yaml".to_owned(), GOOD.into())]);
    compile(&files, "small.yaml").0.expect("no mistakes")
}

fn answers(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(d, a)| ((*d).to_owned(), (*a).to_owned()))
        .collect()
}

#[test]
fn the_same_text_gives_the_same_system() {
    let (one, two) = (small(), small());
    assert_eq!(one.system, two.system);
    assert_eq!(one.hash, two.hash);
    assert_eq!(one.hash.len(), 64);
}

#[test]
fn the_hash_is_of_all_that_was_read() {
    let (mut files, _) = common::shipped();
    let entry = "kits/microservices/scenarios/charged-not-settled.yaml";
    let hash = |files: &Files| compile(files, entry).0.expect("no mistakes").hash;
    let before = hash(&files);
    files.insert(
        "kits/microservices/parts/never-used.yaml".into(),
        "part: never-used\n".into(),
    );
    assert_eq!(before, hash(&files), "what is not used is nothing of it");
    files
        .get_mut("kits/microservices/parts/service.yaml")
        .expect("there")
        .extend(b"# more\n");
    assert_ne!(before, hash(&files));
}

#[test]
fn designs_become_patches() {
    let compiled = small();
    let best = compiled.named_design("best").expect("there");
    assert_eq!(
        best.answers,
        answers(&[("again", "yes_"), ("hear", "listens"), ("wait", "3s")])
    );
    let patches = compiled.design(&best.answers).expect("fine");
    let timeout = compiled
        .path("front.buy.sale.take.timeout")
        .expect("a path");
    assert!(
        patches
            .iter()
            .any(|p| p.param == timeout && p.value == 3_000_000_000)
    );
    assert_eq!(patches.len(), 3);
    assert_eq!(compiled.costs_a_month(&best.answers), 1000);
    assert_eq!(compiled.costs_a_month(&answers(&[])), 0);
    let wrong = compiled
        .design(&answers(&[
            ("agian", "yes_"),
            ("wait", "1h"),
            ("hear", "listen"),
        ]))
        .expect_err("wrong");
    insta::assert_snapshot!(wrong.join("\n"), @"
    there is no decision `agian`; did you mean `again`?
    `listen` is no option of `hear`: one of deaf, listens; did you mean `listens`?
    `1h` of `wait` lies outside of from 200ms to 10s
    ");
}

#[test]
fn designs_in_files() {
    let compiled = small();
    let (design, mistakes) = read_design(b"extends: good\nhear: listens\n", "mine.yaml", &compiled);
    assert!(mistakes.is_empty());
    assert_eq!(design.expect("read").patches.len(), 3);
    let (design, mistakes) = read_design(
        b"extends: god\nhear: listen\nwait: 3\nwiat: 3s\n",
        "mine.yaml",
        &compiled,
    );
    assert!(design.is_none());
    let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    mine.yaml:1:10: error[unknown-name]: there is no design `god`
    mine.yaml:2:7: error[unknown-option]: `listen` is no option of `hear`: one of deaf, listens
    mine.yaml:3:7: error[unknown-option]: `3` of `wait` must be a value from 200ms to 10s
    mine.yaml:4:1: error[unknown-name]: there is no decision `wiat`
    ");
}

#[test]
fn any_path_can_be_set_and_shown() {
    let compiled = small();
    let set = |path: &str, text: &str| {
        compiled
            .set(path, text)
            .map(|patch| compiled.show(path, patch.value))
    };
    for (path, text) in [
        ("front.buy.sale.take.timeout", "2.5s"),
        ("people.rate", "7.5/s"),
        ("bank.lost.answer", "12.5%"),
        ("news.failing.park", "after 5"),
        ("front.buy.sale.failed", "undo"),
        ("front.buy.sale.take.retry", "[failed, unknown]"),
        ("telemetry.business", "true"),
        ("people.click_again.after", "1h30m"),
    ] {
        assert_eq!(set(path, text).as_deref(), Ok(text), "{path}");
    }
    assert!(set("front.buy.sale.take.timeot", "2s").is_err_and(|why| why.contains("did you mean")));
    assert!(set("people.rate", "2s").is_err());
    let found = |path: &str| {
        let value = compiled.system.params[compiled.path(path).expect("a path").at()].value;
        compiled.show(path, value)
    };
    assert_eq!(found("front.buy.work.takes"), "exp 3ms");
    assert_eq!(found("bank.take.takes"), "lognormal 220ms cv 0.8");
    assert_eq!(
        found("bank.webhooks.retry.backoff"),
        "exponential 10s x2 cap 1h"
    );
    assert_eq!(found("front.heard.use"), "not_heard");
    assert_eq!(
        found("front.buy.sale.take.idempotency_key"),
        "`order.id`"
    );
    assert_eq!(found("front.back.give.idempotency_key"), "none");
}

#[test]
fn decisions_and_claims_are_kept() {
    let compiled = small();
    let Answers::Value {
        from,
        to,
        default,
        kind,
        ..
    } = compiled.decision("wait").expect("there").answers
    else {
        panic!()
    };
    assert_eq!(
        (from, to, default, kind),
        (
            200_000_000,
            10_000_000_000,
            2_000_000_000,
            ParamKind::Duration
        )
    );
    let separates = compiled.separates.expect("there");
    assert_eq!(separates.pairs[0].gap, Gap::Ratio(0.3));
}

/// The parts of the code that others jump to.
#[test]
fn code_hangs_together() {
    let system = small().system;
    let saga = &system.sagas[0];
    assert!(matches!(system.code[saga.exit as usize], Op::SagaExit(_)));
    for (number, step) in saga.steps.iter().enumerate() {
        assert!(
            matches!(system.code[step.forward as usize], Op::SagaStep { step, .. } if usize::from(step) == number)
        );
    }
    assert!(
        saga.steps[0].undo.is_some()
            && saga.steps[1].undo.is_some()
            && saga.steps[2].undo.is_none()
    );
    assert!(saga.steps[1].ask.is_some());
    assert_eq!(
        system.blocks.len(),
        2,
        "the one in use, and the one that a decision names"
    );
    for block in &system.blocks {
        assert!(block.entry > 0);
    }
    let end = system.code.len() as u32;
    for op in &system.code {
        if let Op::Jump(to) | Op::JumpOn { to, .. } | Op::JumpUnless { to, .. } = op {
            assert!(*to > 0 && *to < end);
        }
    }
    // What only the provider sets starts at nothing, wherever the record's fields are copied to.
    let OperationKind::Create { record, .. } = system.operations[0].kind else {
        panic!()
    };
    let back = system.records[record.at()]
        .fields
        .iter()
        .position(|f| f.name == "back")
        .expect("a field");
    let rows = system
        .txs
        .iter()
        .flat_map(|tx| &tx.statements)
        .filter_map(|s| match s {
            Statement::Insert(insert)
                if system.tables[insert.table.at()].record == Some(record) =>
            {
                Some(&insert.rows)
            }
            _ => None,
        });
    for row in rows.flatten() {
        assert_eq!(row[back], seatrial_sim::system::Fill::Constant(0));
    }
}

#[test]
fn it_can_be_handed_to_threads() {
    fn check<T: Send + Sync>(_: &T) {}
    check(&small());
}
