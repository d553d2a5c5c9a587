//! A part of many runs as a text that says whose it is and whether it is whole. Parts of one plan come to the same bytes
//! whoever makes them and however often, so that a study can be cut into shards, killed, and gone on with.
//!
//! The first line names the plan, the last one is a checksum of all before it. Numbers are written so that they are read
//! back to the last bit. Files and folders are the caller's.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::arm::{Cell, Row};
use crate::measure::{Censored, Observed};

/// More parts than this are more files than a folder should hold.
const PARTS_MOST: usize = 4096;
/// More runs than this are more than a kill should cost.
const RUNS_MOST: usize = 64;

const NAME: &str = "seatrial-part 1";

/// The table of digests that tests hold the simulator to: whoever changes what a run comes to changes it too.
const DIGESTS: &str = include_str!("../../scenario/tests/digests.txt");

/// Which simulator this is: runs of two different ones do not belong together.
pub fn engine() -> String {
    hex(DIGESTS.as_bytes())[..16].to_owned()
}

/// SHA-256 in hex: what a plan is known by.
pub fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What is wrong with a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It was whole once, or was to be: done anew it is as good.
    Torn(&'static str),
    /// It belongs to something else, and is not to be written over.
    Foreign(String),
}

/// How many cells each part has but perhaps the last. It follows from how many there are, and from nothing else.
pub fn part_size(cells: usize) -> usize {
    cells.div_ceil(PARTS_MOST).clamp(1, RUNS_MOST)
}

/// The part as text. `plan` is one word.
pub fn write_part(plan: &str, at: usize, of: usize, rows: &[Row]) -> String {
    let mut text = format!("{NAME} {plan} {at}/{of}\n");
    for row in rows {
        let astray =
            row.astray.as_ref().map_or_else(|| "-".into(), |said| serde_json::Value::from(said.as_str()).to_string());
        let _ = write!(text, "{} {} {:016x}", row.arm, row.seed, row.digest);
        for seen in &row.observed {
            let _ = match seen {
                None => write!(text, " -"),
                Some(Observed { value, censored: None }) => write!(text, " {value}"),
                Some(Observed { value, censored: Some(c) }) => write!(text, " {value},{}/{}", c.detected, c.of),
            };
        }
        // Whatever it says, it says it on this line.
        let _ = writeln!(text, " {astray}");
    }
    let sum = hex(text.as_bytes());
    let _ = writeln!(text, "sha256 {sum}");
    text
}

/// The rows of a part, which must be those of the cells, in their order.
pub fn read_part(bytes: &[u8], plan: &str, at: usize, of: usize, cells: &[Cell]) -> Result<Vec<Row>, Trouble> {
    let head = format!("{NAME} {plan} {at}/{of}\n");
    if !bytes.starts_with(head.as_bytes()) {
        return Err(match bytes.iter().position(|&byte| byte == b'\n') {
            None if head.as_bytes().starts_with(bytes) => Trouble::Torn("it ends in its first line"),
            _ => foreign(bytes, plan),
        });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Trouble::Torn("it is no text"))?;
    let end = text.trim_end_matches('\n').rfind('\n').map_or(0, |line| line + 1);
    let (body, last) = text.split_at(end);
    let Some(sum) = last.strip_prefix("sha256 ").and_then(|rest| rest.strip_suffix('\n')) else {
        return Err(Trouble::Torn("its last line is missing"));
    };
    if sum != hex(body.as_bytes()) {
        return Err(Trouble::Torn("its checksum is not that of its lines"));
    }
    let rows: Option<Vec<Row>> = body.lines().skip(1).map(read_row).collect();
    let rows = rows.ok_or_else(|| Trouble::Foreign("a line of it is none of a part".into()))?;
    let own = rows.iter().map(|row| Cell { arm: row.arm, seed: row.seed });
    if !own.eq(cells.iter().copied()) {
        return Err(Trouble::Foreign("its runs are not those of this part".into()));
    }
    Ok(rows)
}

fn foreign(bytes: &[u8], plan: &str) -> Trouble {
    let first = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let first = String::from_utf8_lossy(first);
    let said = match first.strip_prefix(NAME).map(|rest| rest.split_whitespace().collect::<Vec<_>>()).as_deref() {
        Some([other, _]) if *other != plan => "it belongs to another plan".into(),
        Some([_, place]) => format!("it is part {place} under another name"),
        _ => "it is no part at all".into(),
    };
    Trouble::Foreign(said)
}

fn read_row(line: &str) -> Option<Row> {
    let mut words = line.splitn(4, ' ');
    let (arm, seed, digest) = (words.next()?, words.next()?, words.next()?);
    let mut rest = words.next()?;
    let mut observed = Vec::new();
    // The last word is what is astray, and may have spaces in it.
    while let Some((word, after)) = rest.split_once(' ').filter(|_| !rest.starts_with('"')) {
        observed.push(read_observed(word)?);
        rest = after;
    }
    let astray = if rest == "-" { None } else { Some(serde_json::from_str(rest).ok()?) };
    Some(Row {
        arm: arm.parse().ok()?,
        seed: seed.parse().ok()?,
        digest: u64::from_str_radix(digest, 16).ok()?,
        observed,
        astray,
    })
}

/// A value, and where it may be cut off how much of it was seen.
fn read_observed(word: &str) -> Option<Option<Observed>> {
    if word == "-" {
        return Some(None);
    }
    let (value, censored) = match word.split_once(',') {
        Some((value, censored)) => {
            let (detected, of) = censored.split_once('/')?;
            (value, Some(Censored { detected: detected.parse().ok()?, of: of.parse().ok()? }))
        }
        None => (word, None),
    };
    Some(Some(Observed { value: value.parse().ok()?, censored }))
}
