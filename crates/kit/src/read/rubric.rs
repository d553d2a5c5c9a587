//! An area's signals, red flags and rubric: what is listened for, and what it says.

use seatrial_source::Fields;

use super::questions::Place;
use super::{Cx, in_area, style, values};
use crate::{Behaviour, RedFlag, Rubric, Signal};

/// One key each on the interviewer's keyboard.
pub(super) const MOST_SIGNALS: usize = 9;

pub(super) fn signals(cx: Cx<'_>, f: &mut Fields<'_>, area: &str) -> Vec<Signal> {
    let within = in_area(area);
    let mut read = 0;
    let signals = f.list("signals", "signal", |f| {
        read += 1;
        let id = f.id("id");
        if read == MOST_SIGNALS + 1 {
            let message =
                format!("this is signal number {read}; an area has at most {MOST_SIGNALS}");
            f.error(
                f.span(),
                "too-many-signals",
                message,
                "each has a key from 1 to 9: merge two, or drop the one heard least",
            );
        }
        let place = Place {
            within: &within,
            area,
        };
        place.define(cx, "signal", &id);
        signal(f, id.value)
    });
    style::list_size(
        f,
        "signals",
        signals.len().min(MOST_SIGNALS),
        7..=MOST_SIGNALS,
    );
    signals
}

/// What is said about a signal, wherever it stands.
pub(super) fn signal(f: &mut Fields<'_>, id: String) -> Signal {
    let (text, short, counts) = (
        f.spanned("text"),
        f.spanned("short"),
        f.optional_text("counts"),
    );
    for said in [&text, &short, &counts] {
        style::no_products(f, said);
    }
    style::word_count(f, "short", &short, 1..=4);
    Signal {
        id,
        text: text.value,
        short: short.value,
        counts: counts.value,
    }
}

pub(super) fn red_flags(cx: Cx<'_>, f: &mut Fields<'_>, area: &str) -> Vec<RedFlag> {
    let within = in_area(area);
    let flags = f.list("red_flags", "red flag", |f| {
        let id = f.id("id");
        let place = Place {
            within: &within,
            area,
        };
        place.define(cx, "red flag", &id);
        RedFlag {
            id: id.value,
            says: f.text("says"),
            ask_then: f.text("ask_then"),
        }
    });
    if flags.len() == 1 {
        f.error(
            f.key("red_flags"),
            "few-red-flags",
            "an area needs two red flags or more",
            "add what else makes you ask again",
        );
    }
    flags
}

pub(super) fn rubric(cx: Cx<'_>, f: &mut Fields<'_>, area: &str) -> Option<Rubric> {
    let within = in_area(area);
    f.one("rubric", "rubric", |f| {
        let behaviours = f.list("behaviours", "rubric row", |f| {
            let id = f.id("id");
            cx.names.define(cx.at, "rubric row", &within, &id);
            let title = f.text("title");
            let [weak, good, excellent] = levels(f, "every row says what each level looks like");
            let signals = f.ids("signals");
            cx.names.refer_all(cx.at, "signal", &within, &signals);
            Behaviour {
                id: id.value,
                title,
                weak,
                good,
                excellent,
                signals: values(signals),
            }
        });
        style::list_size(f, "behaviours", behaviours.len(), 4..=6);
        let [weak, good, excellent] =
            levels(f, "the rubric says each level as a whole in a sentence");
        Rubric {
            behaviours,
            weak,
            good,
            excellent,
        }
    })
}

/// The three levels' texts, each of which must be there.
pub(super) fn levels(f: &mut Fields<'_>, why: &str) -> [String; 3] {
    ["weak", "good", "excellent"].map(|level| {
        let text = f.text_or(level, "missing-level", &format!("add `{level}:`; {why}"));
        style::no_products(f, &text);
        text.value
    })
}
