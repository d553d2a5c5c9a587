//! Every validation, with the first few of its seeds: nothing may differ. What the full number of runs says stands in
//! `docs/src/reference/validation/results.json`, which these runs are compared with bit by bit.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use seatrial_validate::{Cell, Document, Row, State, Trial, all, judge};

const REPLICATIONS: usize = 3;

/// On two threads, in whatever order; sorted afterwards by nobody, for `judge` looks rows up.
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

#[test]
fn nothing_differs_from_what_is_expected() {
    let mut wrong = Vec::new();
    for validation in all() {
        let began = std::time::Instant::now();
        let trial = Trial::new(&validation, Some(REPLICATIONS)).unwrap();
        let verdicts = judge(&trial, &lived(&trial));
        println!("{} {:.1?}", validation.name, began.elapsed());
        let document = Document::new(&trial, verdicts.clone());
        for (verdict, check) in verdicts.iter().zip(&document.checks) {
            println!(
                "  {:?} {} expected {:?} mean {:?} {:?} {:?}",
                verdict.state, check.what, check.expected, check.mean, check.low, check.high
            );
            if verdict.state == State::Fails || !verdict.astray.is_empty() {
                wrong.push(format!("{}: {}: {check:?}", validation.name, check.what));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
