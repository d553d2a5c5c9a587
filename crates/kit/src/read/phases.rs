//! An area's phases: what is read when, for how long, and how to help.

use std::collections::BTreeSet;

use seatrial_source::{Fields, Spanned};

use super::{Cx, number, style, values};
use crate::agenda::CLOSING;
use crate::{Phase, Prompt};

/// `planned` is the area's minutes, which the phases share; none when they could not be read.
pub(super) fn phases(
    cx: Cx<'_>,
    f: &mut Fields<'_>,
    within: &str,
    planned: Option<&Spanned<u32>>,
) -> Vec<Phase> {
    let mut all_timed = true;
    let phases = f.list("phases", "phase", |f| {
        let id = f.id("id");
        cx.names.define(cx.at, "phase", within, &id);
        let title = f.text("title");
        let minutes = f.int("minutes", 1..=120);
        all_timed &= minutes.is_some();
        let prompts = f.optional_ids("prompts");
        cx.names.refer_all(cx.at, "prompt", within, &prompts);
        let aim = f.text("aim");
        let hints = hints(f);
        Phase {
            id: id.value,
            title,
            minutes: number(&minutes),
            prompts: values(prompts),
            aim,
            hints,
        }
    });
    style::list_size(f, "phases", phases.len(), 5..=6);
    if let Some(planned) = planned.filter(|_| all_timed) {
        let minutes = phases.iter().map(|phase| phase.minutes);
        minutes_add_up(f, "area", minutes, planned);
    }
    closes_well(f, phases.iter().map(|phase| phase.id.as_str()));
    phases
}

/// Three hints, from faint to plain.
pub(super) fn hints(f: &mut Fields<'_>) -> Vec<String> {
    let hints = f.texts("hints");
    if !hints.is_empty() && hints.len() != 3 {
        let message = format!("a phase has three hints; this one has {}", hints.len());
        let help = "give a faint one, a nudge and a plain one";
        f.error(f.key("hints"), "not-three-hints", message, help);
    }
    values(hints)
}

/// The phases share the minutes of their `whole`, an area or a plan.
pub(super) fn minutes_add_up(
    f: &Fields<'_>,
    whole: &str,
    phases: impl ExactSizeIterator<Item = u32>,
    planned: &Spanned<u32>,
) {
    let (count, sum) = (phases.len(), phases.sum::<u32>());
    let minutes = planned.value;
    if count > 0 && sum != minutes {
        let message =
            format!("the phases take {sum} minutes together, but the {whole} has {minutes}");
        let help = "change the minutes here or those of a phase";
        f.error(planned.span, "minutes-differ", message, help);
    }
}

/// The last two phases are the closing ones.
pub(super) fn closes_well<'a>(f: &Fields<'_>, ids: impl Iterator<Item = &'a str>) {
    let ids: Vec<&str> = ids.collect();
    // A phase whose id could not be read may be one of the two.
    if ids.is_empty() || ids.contains(&"") || ids.ends_with(&CLOSING) {
        return;
    }
    let [look_back, questions] = CLOSING;
    let message = format!("the last two phases must be `{look_back}` and `{questions}`");
    let help = "every interview ends with a look back and their questions";
    f.error(f.key("phases"), "closing-phases", message, help);
}

/// Every prompt is read in some phase. Not asked while a phase reads a prompt that does not exist: it is
/// probably this one.
pub(super) fn every_prompt_is_read(
    f: &Fields<'_>,
    prompts: &[(Prompt, Spanned<String>)],
    phases: &[Phase],
) {
    let read: BTreeSet<&str> = phases
        .iter()
        .flat_map(|phase| &phase.prompts)
        .map(String::as_str)
        .collect();
    let known: BTreeSet<&str> = prompts
        .iter()
        .map(|(prompt, _)| prompt.id.as_str())
        .collect();
    if !read.is_subset(&known) {
        return;
    }
    for (prompt, id) in prompts {
        if !prompt.id.is_empty() && !read.contains(prompt.id.as_str()) {
            let message = format!("no phase reads the prompt `{}`", prompt.id);
            let help = "add it to the `prompts` of the phase that it opens";
            f.error(id.span, "prompt-never-read", message, help);
        }
    }
}
