//! The part as rows, for spreadsheets: one row per thing that can be asked, heard or given.
//!
//! Columns:
//! - `area`: the area's id; empty for what belongs to the whole kit.
//! - `kind`: kit, principle, area, prompt, follow-up, answer-step, answer, voices, signal, red-flag, phase, hint, mini-case,
//!   behaviour, rubric, impact, record-question, trade-off, regret-probe, t-shape, pack, bar, rule, session, session-item,
//!   exercise, material, finding, exercise-follow-up, exercise-levels, scenario, plan, brief, plan-phase,
//!   armed-fault, reveal, guide, guide-fault, trap. What a plan asks and listens for has the kinds that an area's has.
//! - `id`: unique within `area` and `kind`, where the kit gives one.
//! - `number`: the place in its list, from 1.
//! - `text`: what is said, heard or written.
//! - `extra`: what belongs to it (a moment, what counts, what to ask then, a reason).
//! - `weak`, `good`, `excellent`: the cells of a rubric; for questions with two sounds, the poor one and the good one.
//! - `minutes`: time, where something takes time.
//!
//! The file begins with a byte order mark, since spreadsheets otherwise misread letters outside ASCII; lines end as
//! RFC 4180 says. A cell that a spreadsheet would take for a formula begins with an apostrophe.

mod plans;
mod rows;

use crate::part::Part;
use seatrial_kit::Kit;

pub const HEADER: [&str; 10] = [
    "area",
    "kind",
    "id",
    "number",
    "text",
    "extra",
    "weak",
    "good",
    "excellent",
    "minutes",
];

/// One row; what is not set stays empty.
#[derive(Debug, Default, Clone)]
struct Row {
    area: String,
    kind: &'static str,
    id: String,
    number: usize,
    text: String,
    extra: String,
    weak: String,
    good: String,
    excellent: String,
    minutes: Option<u32>,
}

pub fn render(kit: &Kit, part: &Part) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let mut write = |record: &[String]| {
        // Writing into memory does not fail, and every record has the header's length.
        let _ = writer.write_record(record);
    };
    write(&HEADER.map(str::to_owned));
    for row in rows::rows(kit, part) {
        let number = if row.number == 0 {
            String::new()
        } else {
            row.number.to_string()
        };
        let minutes = row.minutes.map(|m| m.to_string()).unwrap_or_default();
        let cells = [
            row.area,
            row.kind.to_owned(),
            row.id,
            number,
            row.text,
            row.extra,
            row.weak,
            row.good,
            row.excellent,
            minutes,
        ];
        write(&cells.map(|cell| harmless(&cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

/// Spreadsheets run a cell that begins with one of these, some of them after blanks, some in full width too.
fn harmless(cell: &str) -> String {
    let starts = cell.trim_start_matches([' ', '\u{a0}', '\n']);
    match starts.starts_with([
        '=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠', '|', '%',
    ]) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_become_text() {
        for formula in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            " =cmd|' /C calc'!A0",
            "＝1",
            "\r=1",
        ] {
            assert!(harmless(formula).starts_with('\''), "{formula:?}");
        }
        assert_eq!(
            harmless("A plain text - with a dash"),
            "A plain text - with a dash"
        );
    }
}
