//! Every validation with the first of its seeds: nothing may differ from what is expected, nor from what is committed in
//! `docs/src/reference/validation/results.json`, from which the book's page is made. With so few runs most intervals are
//! too wide to be evidence; that is what the command is for.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use seatrial_validate::{Cell, Document, Results, Row, State, Trial, all, judge};

const REPLICATIONS: usize = 2;
const STALE: &str =
    "run `seatrial validate --json > docs/src/reference/validation/results.json`, then `cargo xtask generate`";

/// On two threads, in whatever order they come.
fn lived(trial: &Trial<'_>) -> Vec<Row> {
    let cells: Vec<Cell> = trial.cells();
    let (next, rows) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(cell) = cells.get(next.fetch_add(1, Ordering::Relaxed)) {
            let row = trial.run(*cell);
            rows.lock().unwrap().push(row);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    rows.into_inner().unwrap()
}

fn committed() -> BTreeMap<String, Document> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src/reference/validation/results.json");
    let results: Results = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(results.holds, "what is committed does not hold");
    results.validations.into_iter().map(|document| (document.name.clone(), document)).collect()
}

#[test]
fn nothing_differs_from_what_is_expected_and_what_is_committed() {
    let committed = committed();
    let validations = all();
    assert_eq!(committed.len(), validations.len(), "{STALE}");
    for validation in &validations {
        let trial = Trial::new(validation, Some(REPLICATIONS)).unwrap();
        let verdicts = judge(&trial, &lived(&trial));
        let document = Document::new(&trial, verdicts.clone());
        for (verdict, check) in verdicts.iter().zip(&document.checks) {
            assert!(verdict.state != State::Fails, "{}: {check:?}", validation.name);
        }
        let before = committed.get(validation.name).unwrap_or_else(|| panic!("{}: {STALE}", validation.name));
        assert_eq!((&before.claim, &before.hash), (&document.claim, &document.hash), "{STALE}");
        assert_eq!(before.replications, validation.replications, "{STALE}");
        assert_eq!(before.checks.len(), document.checks.len(), "{STALE}");
        for (before, now) in before.checks.iter().zip(&document.checks) {
            assert_eq!((&before.what, &before.expected), (&now.what, &now.expected), "{STALE}");
            assert_eq!(before.values[..REPLICATIONS], now.values, "{}: {}: {STALE}", validation.name, now.what);
        }
    }
}

/// What runs beside what, and in which order it comes back, is nothing to the verdicts.
#[test]
fn the_order_of_runs_changes_nothing() {
    let validation = seatrial_validate::named("retry-amplification").unwrap();
    let trial = Trial::new(&validation, Some(3)).unwrap();
    let mut rows: Vec<Row> = trial.cells().into_iter().map(|cell| trial.run(cell)).collect();
    let forwards = judge(&trial, &rows);
    rows.reverse();
    assert_eq!(forwards, judge(&trial, &rows));
    assert_eq!(forwards, judge(&trial, &lived(&trial)));
}

/// Expectations have a source, names are unique, and each is drawn.
#[test]
fn each_says_what_it_is() {
    let mut names = Vec::new();
    for validation in all() {
        assert!(!validation.source.is_empty() && !validation.claim.is_empty(), "{}", validation.name);
        assert!(validation.checks().any(|(_, _, check)| check.at.is_some()), "{} draws nothing", validation.name);
        let mut whats: Vec<String> = validation.checks().map(|(_, _, check)| check.what.clone()).collect();
        whats.sort();
        whats.dedup();
        assert_eq!(whats.len(), validation.comparisons(), "{}: two comparisons of one name", validation.name);
        names.push(validation.name);
    }
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}
