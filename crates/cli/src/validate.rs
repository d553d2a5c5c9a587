//! `seatrial validate`: holds the simulator against theory and published results, and says what came out.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use seatrial_source::nearest;
use seatrial_validate::{Cell, Checked, Document, Results, Trial, Validation, Wanted, all, judge, svg};

use crate::{
    Failure, Outcome, atomic,
    figures::counted,
    paint::{Paint, pad, pad_left, wrap},
    progress, say,
};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    seatrial validate                            everything\n  \
    seatrial validate --list                     what there is, and who says so\n  \
    seatrial validate erlang-c jitter            by name\n  \
    seatrial validate mmck --replications 100    narrower intervals\n  \
    seatrial validate --svg curves/              expected curves with the points beside them\n\n\
    Each is a small system in the public language, in validation/ of the source; vary it with `seatrial run FILE --set …`. A \
    comparison `holds` when its interval has the expected value in it and is narrow enough to be evidence; one too wide is `unclear`, \
    and more replications decide it. All comparisons of one validation together err in one case of a thousand.\n\n\
    Exit codes: 0 all of it holds, 1 something does not, 2 the input is wrong.")]
pub struct ValidateArgs {
    /// Which ones; all of them when none is named
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Says what there is and runs nothing
    #[arg(long, conflicts_with_all = ["json", "svg", "replications"])]
    list: bool,
    /// Prints one JSON object: what was expected, intervals, verdicts, and every run's value
    #[arg(long)]
    json: bool,
    /// Draws each one's curves into a folder
    #[arg(long, value_name = "DIR")]
    svg: Option<PathBuf>,
    /// So many runs of each instead of those that were found to be enough
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=10_000))]
    replications: Option<u32>,
}

pub fn validate(args: &ValidateArgs) -> Outcome {
    atomic::end_between_files(atomic::NOTHING_WRITTEN);
    let chosen = chosen(&args.names)?;
    let paint = Paint::stdout();
    if args.list {
        say(list(&chosen, paint));
        return Ok(ExitCode::SUCCESS);
    }
    let replications = args.replications.map(|count| count as usize);
    let trials = chosen.iter().map(|one| Trial::new(one, replications)).collect::<Result<Vec<_>, _>>().map_err(Failure::new)?;
    let cells: Vec<(usize, Cell)> =
        trials.iter().enumerate().flat_map(|(at, trial)| trial.cells().into_iter().map(move |cell| (at, cell))).collect();
    let rows = progress::all("validating", &cells, |(at, cell)| (*at, trials[*at].run(*cell)));
    let documents = trials.iter().enumerate().map(|(at, trial)| {
        let mine: Vec<_> = rows.iter().filter(|(of, _)| *of == at).map(|(_, row)| row.clone()).collect();
        Document::new(trial, judge(trial, &mine))
    });
    let results = Results::new(documents.collect());
    if let Some(folder) = &args.svg {
        draw(folder, &chosen, &results)?;
    }
    if args.json {
        say(serde_json::to_string_pretty(&results).map_err(Failure::new)?);
    } else {
        say(text(&results, paint));
    }
    Ok(if results.holds { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Those that were named, in the order of the catalogue.
fn chosen(names: &[String]) -> Result<Vec<Validation>, Failure> {
    let known = all();
    for name in names {
        let names = || known.iter().map(|one| one.name);
        if !names().any(|known| known == name) {
            let near = match nearest(name, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", names().collect::<Vec<_>>().join(", ")),
            };
            return Err(Failure::input(format!("there is no validation `{name}`")).hint(near));
        }
    }
    let wanted = |one: &Validation| names.is_empty() || names.iter().any(|name| name == one.name);
    Ok(known.into_iter().filter(wanted).collect())
}

fn list(chosen: &[Validation], paint: Paint) -> String {
    let mut out = Vec::new();
    for one in chosen {
        out.push(format!("{}  {}", paint.strong(&pad(one.name, 20)), one.title));
        out.push(wrap(one.claim, 4));
        out.push(paint.faint(&wrap(&format!("{}. validation/{}.yaml", one.source, one.file), 4)));
    }
    out.join("\n")
}

fn draw(folder: &Path, chosen: &[Validation], results: &Results) -> Result<(), Failure> {
    let failed = |path: &Path, why: std::io::Error| Failure::new(format!("cannot write {}: {why}", path.display()));
    std::fs::create_dir_all(folder).map_err(|why| failed(folder, why))?;
    for (one, document) in chosen.iter().zip(&results.validations) {
        let path = folder.join(format!("{}.svg", one.name));
        let drawn = svg(one, document).map_err(Failure::new)?;
        atomic::write(&path, drawn.as_bytes())?;
    }
    Ok(())
}

fn text(results: &Results, paint: Paint) -> String {
    let mut out = Vec::new();
    for document in &results.validations {
        let runs = format!("{} · {} each", document.file, counted(document.replications as u64, "run"));
        out.push(format!("{}  {}  {}", paint.strong(&document.name), document.title, paint.faint(&runs)));
        out.push(paint.faint(&row("", "expected", "simulated", "interval", "")));
        for check in &document.checks {
            out.push(line(check, paint));
            out.extend(check.astray.iter().map(|said| paint.bad(&wrap(said, 6))));
        }
        out.push(String::new());
    }
    let not: Vec<&str> = results.validations.iter().filter(|one| !one.holds()).map(|one| one.name.as_str()).collect();
    let count = counted(results.validations.len() as u64, "validation");
    out.push(if not.is_empty() {
        paint.good(&format!("{count}: all of it holds."))
    } else {
        paint.bad(&format!("{count}; does not hold: {}.", not.join(", ")))
    });
    if results.validations.iter().flat_map(|one| &one.checks).any(|check| check.state == "unclear") {
        out.push(paint.faint("What is unclear has too wide an interval: ask for more with --replications."));
    }
    out.join("\n")
}

fn line(check: &Checked, paint: Paint) -> String {
    let figure = |value: f64| seatrial_validate::figure(value);
    let some = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), figure);
    let expected = match &check.expected {
        Wanted::Near { value, within, .. } => format!("{} ±{}%", figure(*value), figure(within * 100.0)),
        Wanted::Below { value } => format!("each < {}", figure(*value)),
        Wanted::Above { value } => format!("each > {}", figure(*value)),
        other => figure(other.value()),
    };
    let what = if check.unit.is_empty() { check.what.clone() } else { format!("{}, {}", check.what, check.unit) };
    let state = match check.state.as_str() {
        "holds" => paint.good("holds"),
        "unclear" => paint.unsure("unclear"),
        _ => paint.bad("fails"),
    };
    row(&what, &expected, &some(check.mean), &format!("{} … {}", some(check.low), some(check.high)), &state)
}

fn row(what: &str, expected: &str, simulated: &str, interval: &str, state: &str) -> String {
    let cells = [pad(what, 40), pad_left(expected, 12), pad_left(simulated, 9), pad_left(interval, 17)];
    format!("  {}  {state}", cells.join(" ")).trim_end().to_owned()
}
