//! What is said about each kind of mistake: the small kit, one change, the words that come back. A case is
//! data; to add one, add a line and look at the snapshot.

mod common;

use std::fmt::Write;

use common::Files;
use seatrial_kit::{Severity, Sources, Style, load, render_all};

const KIT: &str = "kit.yaml";
const AREA: &str = "areas/consistency.yaml";
const TESTING: &str = "areas/testing.yaml";
const PACK: &str = "packs/fintech-engineer.yaml";
const EXERCISE: &str = "exercises/flaky-suite.yaml";
const PLAN: &str = "plans/charge-lost.yaml";

/// What it is about, the file, the text that is replaced wherever it stands, the text instead.
type Case = (&'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const NAMES: &[Case] = &[
    ("a signal that does not exist", AREA, "after: [own-state]", "after: [own-stat]"),
    ("a phase that does not exist", AREA, "phases: [breaks]", "phases: [brakes]"),
    ("a prompt that does not exist", AREA, "prompts: [marketplace]", "prompts: [market]"),
    ("voices answer a question that does not exist", AREA, "question: marketplace", "question: market-places"),
    ("voices split by a prompt", AREA, "split_by: worst-case", "split_by: marketplace"),
    ("a rubric row with an unknown signal", AREA, "signals: [own-state]}", "signals: [nothing-like-it]}"),
    ("a scenario that does not exist", AREA, "scenarios: [charge-lost]", "scenarios: [charge-lots]"),
    ("an exercise of another area", AREA, "impact:", "exercises: [flaky-suite]\nimpact:"),
    ("two signals with one id", AREA, "{id: leave-together,", "{id: own-state,"),
    ("a follow-up with a prompt's id", AREA, "id: who-signs", "id: marketplace"),
    ("the same id twice in a list", AREA, "phases: [design, breaks]", "phases: [design, design]"),
    ("not an id", AREA, "id: who-signs", "id: Who signs?"),
    ("an area that calls itself otherwise", AREA, "area: consistency", "area: consistent"),
    ("an area without a file", KIT, "areas: [consistency, testing]", "areas: [consistency, tasting, testing]"),
    ("an exercise without a file", KIT, "exercises: [flaky-suite]", "exercises: [flaky-suites]"),
    ("a session about an unknown area", PACK, "- {area: consistency, depth", "- {area: consistncy, depth"),
    ("a bar line for an unknown area", PACK, "{area: testing, level: good", "{area: tests, level: good"),
    ("a session asks an unknown follow-up", PACK, "[worst-case, late-and-twice]", "[worst-cases, late-and-twice]"),
    ("material without a file", EXERCISE, "material/runs.csv", "material/run.csv"),
    ("material outside the kit", EXERCISE, "material/runs.csv", "../../../etc/passwd"),
    ("a file for the panel as material", EXERCISE, "material/runs.csv", "exercises/flaky-suite.yaml"),
    ("an exercise for an unknown area", EXERCISE, "area: testing", "area: tasting"),
];

#[rustfmt::skip]
const TYPES: &[Case] = &[
    ("a number where text belongs", AREA, "title: Data consistency", "title: 42"),
    ("a version without quotes", KIT, "version: \"1.0\"", "version: 1.0"),
    ("a list where text belongs", AREA, "title: Data consistency", "title: [Data, consistency]"),
    ("text where a number belongs", AREA, "minutes: 45", "minutes: 45 min"),
    ("a quoted number", AREA, "minutes: 45", "minutes: \"45\""),
    ("a fraction", AREA, "minutes: 45", "minutes: 45.5"),
    ("a number too large", AREA, "difficulty: 5", "difficulty: 6"),
    ("a number without end", AREA, "difficulty: 5", "difficulty: 99999999999999999999"),
    ("a negative number", AREA, "difficulty: 5", "difficulty: -5"),
    ("text where a list belongs", AREA, "prompts: [marketplace]", "prompts: marketplace"),
    ("text where a flag belongs", TESTING, "often_missing: true", "often_missing: yes"),
    ("text where fields belong", TESTING, "line: {title: Testing judgement, question: Do they know what a test is worth?}", "line: Testing"),
    ("an unknown word", PACK, "depth: deep", "depth: deeep"),
    ("an unknown level", PACK, "level: good, reason: Money", "level: god, reason: Money"),
    ("a misspelt field", AREA, "moment: when events come up", "momnet: when events come up"),
    ("an unknown field", AREA, "hook: The", "colour: red\nhook: The"),
    ("a missing field", AREA, "    moment: when events come up\n", ""),
    ("a field without a value", AREA, "title: Data consistency", "title:"),
    ("an empty text", AREA, "title: Data consistency", "title: \"\""),
    ("an empty list", PACK, "follow_ups: [worst-case, late-and-twice]", "follow_ups: []"),
    ("a newer schema", KIT, "schema: 1", "schema: 2"),
    ("a file that is a list", EXERCISE, "title: The flaky suite\narea: testing", "- b"),
];

#[rustfmt::skip]
const RULES: &[Case] = &[
    ("minutes that do not add up", AREA, "minutes: 45", "minutes: 40"),
    ("two hints", AREA, "aim: To break it., hints: [faint, nudge, plain]", "aim: To break it., hints: [faint, plain]"),
    ("no follow-up separates", TESTING, "separates: true", "separates: false"),
    ("one red flag", AREA, "  - {id: just-retry, says: We just retry., ask_then: What if the first one went through?}\n", ""),
    ("a prompt that no phase reads", AREA, "prompts: [marketplace], aim", "aim"),
    ("a rubric row without a level", AREA, "weak: Keeps none., good", "good"),
    ("a rubric without a level", AREA, "  excellent: Plans for the repair.\n", ""),
    ("no closing phases", AREA, "{id: looking-back,", "{id: regrets,"),
    ("never fits", AREA, "unless: [key-on-charge]", "after: [key-on-charge], unless: [key-on-charge]"),
    ("an area left out", PACK, "area: testing\n        depth", "area: consistency\n        depth"),
    ("asked twice", PACK, "follow_ups: [who-signs, refund-twice]", "follow_ups: [who-signs, worst-case]"),
    ("an item without a reason", PACK, "        reason: The stem of the T.\n", ""),
    ("a bar without an area", PACK, "      - {area: testing, level: none, reason: It can be learnt.}\n", ""),
    ("a bar with an area twice", PACK, "{area: testing, level: none", "{area: consistency, level: none"),
    ("a bar in another order", KIT, "areas: [consistency, testing]", "areas: [testing, consistency]"),
];

#[rustfmt::skip]
const WARNINGS: &[Case] = &[
    ("a product in a signal", AREA, "Compares both sides every day", "Compares Kafka with Postgres every day"),
    ("a product in a rubric", AREA, "weak: By hand.", "weak: By Temporal."),
    ("a word that only looks like a product", AREA, "weak: By hand.", "weak: A temporal repair in kafkaesque surroundings."),
    ("a voice that says too little", TESTING,
        "We had two hundred of them. I printed the last thirty runs and sorted by test: eleven tests made nine in ten of\n      \
         the failures, and eight of those shared one clock.", "We had many."),
    ("a long short name", AREA, "short: Who repairs", "short: The person who repairs it"),
    ("a moment with a full stop", AREA, "moment: when events come up", "moment: When events come up."),
    ("few signals", AREA, "  - {id: dead-letters, text: Says where failed messages go and who reads them, short: Dead letters}\n", ""),
    ("material that nobody shows", KIT, "kit: small", "kit: small"),
];

#[rustfmt::skip]
const SYNTAX: &[Case] = &[
    ("a colon in plain text", AREA, "title: Data consistency", "title: Data: consistency"),
    ("a tab", AREA, "  minutes: 45", "\tminutes: 45"),
    ("an unclosed quote", EXERCISE, "title: The flaky suite", "title: 'The flaky suite"),
    ("an unclosed bracket", AREA, "scenarios: [charge-lost]", "scenarios: [charge-lost"),
    ("wrong indentation", AREA, "    moment: when events come up", "   moment: when events come up"),
    ("a key twice", AREA, "hook: The", "title: Again\nhook: The"),
    ("an alias", AREA, "title: Data consistency\nshort: Consistency", "title: &t Data consistency\nshort: *t"),
    ("a tag", AREA, "title: Data consistency", "title: !!str Data consistency"),
    ("two documents", AREA, "hook: The", "---\nhook: The"),
    ("a directive", KIT, "# A kit as small", "%YAML 1.2\n---\n# A kit as small"),
    ("a list as a key", AREA, "hook: The", "[a, b]: c\nhook: The"),
    ("no key at all", AREA, "hook: The", ": c\nhook: The"),
    ("a text that starts with a sign", AREA, "title: Data consistency", "title: @data"),
    ("an unknown escape", AREA, "title: Data consistency", "title: \"Data \\q\""),
    ("a control character", AREA, "title: Data consistency", "title: Data \u{1b}[31mconsistency"),
    ("an escaped control character", AREA, "title: Data consistency", "title: \"Data \\e[31mconsistency\""),
];

#[rustfmt::skip]
const PLANS: &[Case] = &[
    ("a plan without a file", KIT, "plans: [charge-lost]", "plans: [charge-lots]"),
    ("a plan of no scenario", KIT, "- {id: charge-lost, situation", "- {id: charge-found, situation"),
    ("a plan that calls itself otherwise", PLAN, "plan: charge-lost", "plan: lost-charge"),
    ("an area that the kit does not have", PLAN, "areas: [consistency, testing]", "areas: [consistency, tasting]"),
    ("a phase about an area that the plan is not about", PLAN, "areas: [consistency, testing]", "areas: [consistency]"),
    ("a phase that is there twice", PLAN, "id: it-breaks", "id: words"),
    ("a signal that the area has", PLAN, "{id: names-them", "{id: who-repairs"),
    ("a prompt with the id of the area's follow-up", PLAN, "{id: tonight,", "{id: who-signs,"),
    ("a follow-up that waits for the area's own signal", PLAN, "unless: [asks-first]", "unless: [own-state]"),
    ("a follow-up that waits for a signal of another area", PLAN, "unless: [asks-first]", "unless: [fault-first]"),
    ("a row that the rubric does not have", PLAN, "rows: [repair]", "rows: [repairs]"),
    ("a signal for no row", PLAN, "short: Who is hurt, rows: [repair]", "short: Who is hurt"),
    ("voices split by what another area asks", PLAN, "split_by: after-silence", "split_by: prove-it"),
    ("two hints", PLAN, "To hear a regret., clock: {start: stands}, hints: [faint, nudge, plain]",
        "To hear a regret., clock: {start: stands}, hints: [faint, plain]"),
    ("phases that take longer", PLAN, "minutes: 30", "minutes: 25"),
    ("no closing phases", PLAN, "id: looking-back", "id: back"),
    ("a window that closes before it opens", PLAN, "window: {from: 10, to: 20}", "window: {from: 20, to: 10}"),
    ("a window that outlasts its phase", PLAN, "window: {from: 10, to: 20}", "window: {from: 10, to: 41}"),
    ("a window without an end", PLAN, "window: {from: 0, to: 4}", "window: {from: 0}"),
    ("a clock that is too fast", PLAN, "speed: 4", "speed: 17"),
    ("a clock that says nothing", PLAN, "clock: {start: runs, speed: 4, slows_on: [ticket, alert]}",
        "clock: {start: run, slows_on: [ticket, tickets, ticket]}"),
    ("a fault of several words", PLAN, "- {fault: bank_down, title", "- {fault: the bank, title"),
    ("a fault that the guide does not tell of", PLAN,
        "    - {fault: answers_lost, shows: Two charges for one lamp., strong: Ask under the key., weak: Charge again.}\n", ""),
    ("the guide tells of a fault that is not armed", PLAN, "- {fault: answers_lost, shows", "- {fault: answer_lost, shows"),
    ("the guide tells twice", PLAN, "- {fault: answers_lost, shows", "- {fault: bank_down, shows"),
    ("a decision twice", PLAN, "decisions: [no_answer]", "decisions: [no_answer, no_answer]"),
    ("no brief", PLAN, "  assessed: [How you reason about what is half done.]\n", ""),
    ("a regret that the kit has", PLAN, "regret_probe: {id: silence", "regret_probe: {id: undo"),
    ("no question separates", PLAN, "separates: true, ", ""),
    ("a product in a signal", PLAN, "text: Names who is hurt", "text: Names who is hurt by Kafka"),
    ("nothing to say", PLAN, "title: The lost charge\n", ""),
];

fn changed(mut files: Files, cases: &[Case]) -> Files {
    for (about, file, from, to) in cases {
        let text = String::from_utf8(files[*file].clone()).expect("the small kit is text");
        assert!(
            text.contains(from),
            "{about}: {file} does not contain {from:?}"
        );
        files.insert((*file).to_owned(), text.replace(from, to).into_bytes());
        if *about == "material that nobody shows" {
            files.insert("material/old.csv".into(), b"a,b\n".to_vec());
        }
    }
    files
}

fn rendered(files: &Files) -> String {
    let (kit, diagnostics) = load(files);
    let errors = diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .count();
    assert_eq!(
        kit.is_some(),
        errors == 0,
        "a kit is there exactly when there is no error"
    );
    render_all(&diagnostics, &Sources::new(files), Style::default())
}

fn table(cases: &[Case]) -> String {
    let mut out = String::new();
    for case in cases {
        let _ = writeln!(
            out,
            "### {}\n{}",
            case.0,
            rendered(&changed(common::small(), &[*case]))
        );
    }
    out
}

#[test]
fn names() {
    insta::assert_snapshot!(table(NAMES));
}

#[test]
fn types() {
    insta::assert_snapshot!(table(TYPES));
}

#[test]
fn rules() {
    insta::assert_snapshot!(table(RULES));
}

#[test]
fn warnings() {
    insta::assert_snapshot!(table(WARNINGS));
}

#[test]
fn plans() {
    insta::assert_snapshot!(table(PLANS));
}

#[test]
fn ten_signals_of_a_plan() {
    let extra = |n| {
        format!(
            "  - {{id: more-{n}, area: testing, text: One more, short: One more, rows: [trust]}}\n"
        )
    };
    let mut files = common::small();
    let text = String::from_utf8(files[PLAN].clone()).expect("the small kit is text");
    let extra: String = (1..=7).map(extra).collect();
    let text = text.replacen("red_flags:", &format!("{extra}red_flags:"), 1);
    files.insert(PLAN.into(), text.into_bytes());
    insta::assert_snapshot!(rendered(&files));
}

#[test]
fn syntax() {
    insta::assert_snapshot!(table(SYNTAX));
}

#[test]
fn ten_signals() {
    let extra = ["h", "i", "j"]
        .map(|id| format!("  - {{id: {id}, text: One more, short: One more}}\n"))
        .concat();
    let mut files = common::small();
    let text = String::from_utf8(files[AREA].clone()).expect("the small kit is text");
    let text = text.replacen("red_flags:", &format!("{extra}red_flags:"), 1);
    files.insert(AREA.into(), text.into_bytes());
    insta::assert_snapshot!(rendered(&files));
}

#[test]
fn mistakes_of_several_files_come_at_once() {
    let of_names = [NAMES[0], NAMES[6], NAMES[17], NAMES[18]];
    let others = [
        TYPES[6],
        TYPES[14],
        RULES[3],
        RULES[5],
        RULES[11],
        WARNINGS[0],
    ];
    let mut files = changed(common::small(), &[&of_names[..], &others].concat());
    files.insert("areas/billing.yaml".into(), b"area: billing\n".to_vec());
    files.insert("README.md".into(), b"About this kit".to_vec());
    insta::assert_snapshot!(rendered(&files));
}

#[test]
fn without_its_head_the_other_files_are_still_checked() {
    let mut files = changed(common::small(), &[NAMES[0], TYPES[12]]);
    files.remove(KIT);
    insta::assert_snapshot!(rendered(&files));
}

#[test]
fn a_file_that_cannot_be_read_makes_no_noise_elsewhere() {
    let files = changed(common::small(), &[SYNTAX[0]]);
    let (_, diagnostics) = load(&files);
    assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
}
