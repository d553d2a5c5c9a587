//! The book's page: what was expected, what came out, and how to see it oneself. A function of the committed results.

use crate::document::{Checked, Document, Results, Wanted};

/// Figures of a validation that a page shows; the document has all of them.
pub fn page(results: &Results) -> String {
    let mut out = vec![HEAD.trim().to_owned(), String::new()];
    out.push("| name | what | kind | comparisons | verdict |".into());
    out.push("| --- | --- | --- | --- | --- |".into());
    for document in &results.validations {
        let held = format!("{} of {} hold", document.held(), document.checks.len());
        let Document { name, title, kind, state, .. } = document;
        out.push(format!("| [`{name}`](#{name}) | {title} | {kind} | {held} | {state} |"));
    }
    for document in &results.validations {
        out.push(String::new());
        out.extend(section(document));
    }
    out.extend([String::new(), LIMITS.trim().to_owned(), String::new()]);
    out.join("\n")
}

fn section(document: &Document) -> Vec<String> {
    let Document { name, title, claim, source, reading, file, replications, .. } = document;
    let mut out = vec![format!("## {name}"), String::new(), format!("**{title}.** {claim}."), String::new()];
    out.push(format!("*Source:* {source}."));
    if !reading.is_empty() {
        out.extend([String::new(), format!("*Our reading:* {reading}.")]);
    }
    out.extend([String::new(), format!("![{title}: expected and simulated](validation/{name}.svg)"), String::new()]);
    out.push("| | expected | simulated | interval | |".into());
    out.push("| --- | ---: | ---: | ---: | --- |".into());
    out.extend(document.checks.iter().map(row));
    out.push(String::new());
    out.push(format!("{replications} runs each of `{file}`."));
    if let Some(check) = document.checks.first() {
        let sets =
            check.answers.iter().map(|(decision, answer)| format!(" --set {decision}={answer}")).collect::<String>();
        out.extend(["The first of them by hand:".into(), String::new(), "```sh".into()]);
        let calm = if check.faults { "" } else { " --no-faults" };
        out.extend([format!("seatrial run {file}{sets}{calm} --seeds {replications}"), "```".into()]);
    }
    out
}

fn row(check: &Checked) -> String {
    let unit = if check.unit.is_empty() { String::new() } else { format!(", {}", check.unit) };
    let expected = match &check.expected {
        Wanted::Below { value } => format!("each < {}", figure(*value)),
        Wanted::Above { value } => format!("each > {}", figure(*value)),
        Wanted::Near { value, within, .. } => format!("{} ± {} %", figure(*value), figure(within * 100.0)),
        wanted => figure(wanted.value()),
    };
    let end = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), figure);
    let interval = format!("{} … {}", end(check.low), end(check.high));
    format!("| {}{unit} | {expected} | {} | {interval} | {} |", check.what, end(check.mean), check.state)
}

/// Four digits that matter.
pub fn figure(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let digits = (3 - value.abs().log10().floor() as i32).clamp(0, 6) as usize;
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

const HEAD: &str = "
# Held against theory and published results

<!-- Made by `cargo xtask generate` from validation/results.json, which `seatrial validate --json` wrote. -->

What a simulator shows is worth what it is held to. [Conformance](conformance.md) holds single behaviours to how real parts behave; this
page holds whole systems to results that others have derived or published. Each is a small system [in the public
language](../author/scenario.md); what is varied is varied by its decisions, so you can vary it too.

```sh
seatrial validate                       everything; some minutes
seatrial validate erlang-c two-choices  by name
seatrial validate --list                what there is
seatrial validate jitter --svg curves/  the figures below, as SVG
seatrial validate --json                every run's value
```

- **Seeds** follow from the scenario's hash, so none can be chosen for what it shows; no run is left out.
- **Intervals** are Student's t over independent runs. All comparisons of one validation together may be wrong in one case of a thousand
  (Bonferroni), so one interval of twenty comparisons stands at 99.995 %.
- **A verdict can fail.** It *holds* when the interval has the expected value in it and is narrow enough to be evidence; too wide is *unclear*,
  and counts as not held. Where the expected value is itself good to some per cent only, all of the interval must lie that near, and the
  reason is said. Where each single run counts, each of them must be on the right side.
- **Exit code** 1 when anything does not hold. The JSON has [a schema](../validation.schema.json), and every run's value.
";

const LIMITS: &str = "
## What this does not show

- That a model is right says nothing of whether it is the right model of *your* system.
- Published curves are read as figures by running the program that their author published, where there is one; that is said each time.
- **Breakers against token buckets** are left out: Brooker's breaker holds back retries alone and counts since the beginning, while the
  language's holds back every attempt over the last hundred, as resilience4j's does. The two are not the same part, so no figure of one
  is an expectation of the other.
- **Hedging as a rule of a call**, sent by a program instead of a person and with the loser told to stop, is no part of the language
  yet, nor is a call to many at once whose caller goes on when all are back: what stands for them above is people who ask again, and
  messages with a promise. **Hedged reads at Google** (Dean
  and Barroso 2013: 1,800 to 74 ms at the 99.9th percentile for 2 % more load) are left out: the distribution of a single read was not
  published, and one that is fitted until the figures come out proves nothing.
";

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn figures_have_four_digits() {
        let read = |value: f64| figure(value);
        assert_eq!(
            [read(0.0), read(1.0), read(1234.56), read(0.012_345), read(562.31)],
            ["0", "1", "1235", "0.01235", "562.3"]
        );
    }
}
