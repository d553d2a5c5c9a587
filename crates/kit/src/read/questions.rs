//! What is asked, wherever it stands: prompts, follow-ups and voices of an area, or of a plan in one of its areas.

use seatrial_source::{Fields, Spanned};

use super::{Cx, style, values};
use crate::{Fits, FollowUp, Prompt, Voices};

/// Prompts and follow-ups share their ids, since voices may answer either.
pub(super) const QUESTION: &str = "prompt or follow-up";

/// Where names live. Those of an area and of every plan that asks about it are given once: a record that holds both can
/// then be read without knowing which of the two an id came from.
pub(super) struct Place<'a> {
    /// Where these names are looked for.
    pub within: &'a str,
    pub area: &'a str,
}

impl Place<'_> {
    /// Gives a name. False when it was given before, and for one that could not be read.
    pub fn define(&self, cx: Cx<'_>, kind: &'static str, id: &Spanned<String>) -> bool {
        let common = format!("area {} and its plans", self.area);
        cx.names.define(cx.at, kind, self.within, id) && cx.names.define(cx.at, kind, &common, id)
    }

    fn define_question(&self, cx: Cx<'_>, kind: &'static str, id: &Spanned<String>) {
        if self.define(cx, QUESTION, id) || id.value.is_empty() {
            cx.names.define(cx.at, kind, self.within, id);
        }
    }
}

pub(super) fn prompt(
    cx: Cx<'_>,
    f: &mut Fields<'_>,
    place: &Place<'_>,
) -> (Prompt, Spanned<String>) {
    let id = f.id("id");
    place.define_question(cx, "prompt", &id);
    let prompt = Prompt {
        id: id.value.clone(),
        text: f.text("text"),
        note: f.optional_text("note").value,
    };
    (prompt, id)
}

/// `phases` are the phases that it fits where those are not written beside it: in a plan, a follow-up stands in its phase.
pub(super) fn follow_up(
    cx: Cx<'_>,
    f: &mut Fields<'_>,
    place: &Place<'_>,
    phase: Option<&str>,
) -> FollowUp {
    let id = f.id("id");
    place.define_question(cx, "follow-up", &id);
    let (text, moment) = (f.text("text"), f.spanned("moment"));
    if moment.value.ends_with('.') {
        f.warn(
            moment.span,
            "moment-style",
            "`moment` ends with a full stop",
            "it is read after “Ask this …”: leave the full stop out",
        );
    }
    let fits = f.optional_one("fits", "group of conditions", |f| {
        fits(cx, f, place.within, phase)
    });
    let separates = f.flag("separates");
    let (shallow, lived) = (f.spanned("shallow"), f.spanned("lived"));
    style::word_count(f, "shallow", &shallow, 1..=15);
    style::word_count(f, "lived", &lived, 1..=20);
    let fits = fits.unwrap_or_else(|| Fits {
        phases: phase.map(str::to_owned).into_iter().collect(),
        after: Vec::new(),
        unless: Vec::new(),
    });
    FollowUp {
        id: id.value,
        text,
        moment: moment.value,
        fits,
        separates,
        shallow: shallow.value,
        lived: lived.value,
    }
}

fn fits(cx: Cx<'_>, f: &mut Fields<'_>, within: &str, phase: Option<&str>) -> Fits {
    let phases = match phase {
        Some(phase) => vec![phase.to_owned()],
        None => {
            let phases = f.optional_ids("phases");
            cx.names.refer_all(cx.at, "phase", within, &phases);
            values(phases)
        }
    };
    let (after, unless) = (f.optional_ids("after"), f.optional_ids("unless"));
    cx.names.refer_all(cx.at, "signal", within, &after);
    cx.names.refer_all(cx.at, "signal", within, &unless);
    for both in unless
        .iter()
        .filter(|signal| after.iter().any(|a| a.value == signal.value))
    {
        let message = format!(
            "`{}` stands in `after` and in `unless`: this follow-up never fits",
            both.value
        );
        f.error(
            both.span,
            "never-fits",
            message,
            "keep it in one of the two",
        );
    }
    Fits {
        phases,
        after: values(after),
        unless: values(unless),
    }
}

/// Somewhere among them must be a question that only experience answers. `whole` is what they belong to.
pub(super) fn some_separate<'a>(
    f: &Fields<'_>,
    key: &str,
    whole: &str,
    mut follow_ups: impl Iterator<Item = &'a FollowUp>,
) {
    let mut any = false;
    if follow_ups.any(|follow_up| {
        any = true;
        follow_up.separates
    }) || !any
    {
        return;
    }
    let help = "mark the follow-up that only experience answers with `separates: true`";
    let message = format!("no follow-up of this {whole} separates");
    f.error(f.key(key), "no-separating-follow-up", message, help);
}

pub(super) fn voices(cx: Cx<'_>, f: &mut Fields<'_>, within: &str) -> Voices {
    let question = f.id("question");
    cx.names.refer(cx.at, QUESTION, within, &question);
    let (shallow, lived) = (f.spanned("shallow"), f.spanned("lived"));
    style::word_count(f, "shallow", &shallow, 35..=100);
    style::word_count(f, "lived", &lived, 35..=100);
    let split_by = f.id("split_by");
    cx.names.refer(cx.at, "follow-up", within, &split_by);
    Voices {
        question: question.value,
        shallow: shallow.value,
        lived: lived.value,
        split_by: split_by.value,
    }
}
