//! `seatrial compare`: two designs, the same customers, and what can be told of the difference.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use seatrial_scenario::Compiled;
use seatrial_study::comparison::{Comparison, Side};
use seatrial_study::document::Stamp;
use seatrial_study::{Better, Candidate, Compared, Grid, Measure, SEEDS_MAX, Told, World};

use crate::{
    Failure, Outcome,
    designs::Picked,
    figures::{count, counted, share},
    paint::{Paint, pad, pad_left, tame, wrap},
    progress,
    runs_report::figured,
    say,
    scenario::{Scenario, load},
};

#[derive(Debug, Args)]
#[command(after_help = "A and B are designs of the scenario, files of `decision: option` lines, or `found` for the\n\
    system as found; each with what differs from it behind a plus: a decision and its answer, or a\n\
    path and its value.\n\n\
    Examples:\n  \
    seatrial compare charged-not-settled weak good\n  \
    seatrial compare charged-not-settled weak weak+no_answer=stop       one decision, all else equal\n  \
    seatrial compare my/scenario.yaml found found+desk.threads=32       any path that can be set\n  \
    seatrial compare my/scenario.yaml ours.yaml theirs.yaml --seeds 200\n  \
    seatrial compare my/scenario.yaml good excellent --measure loss --measure goodput\n  \
    seatrial compare my/scenario.yaml good excellent --json | jq .measures.loss\n\n\
    Exit codes: 0 compared, 2 the input is wrong.")]
pub struct CompareArgs {
    /// The scenario's file, or the name of one that ships
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The first design, such as `weak` or `weak+no_answer=stop`
    #[arg(value_name = "A")]
    first: String,
    /// The second design; differences are B minus A
    #[arg(value_name = "B")]
    second: String,
    /// Runs of each design. The seeds follow from the scenario's content, and are the same for both
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = clap::value_parser!(u32).range(2..=SEEDS_MAX as i64))]
    seeds: u32,
    /// Only this measure; may be repeated. Fewer questions at once need fewer seeds to be answered
    #[arg(long = "measure", value_name = "NAME")]
    measures: Vec<String>,
    /// Prints one JSON object; docs/src/comparison.schema.json describes it
    #[arg(long)]
    json: bool,
    /// Without the scenario's faults
    #[arg(long)]
    no_faults: bool,
    /// Without the automatic operator: nobody reacts to alerts and tickets
    #[arg(long)]
    no_operator: bool,
}

pub fn compare(args: &CompareArgs) -> Outcome {
    let scenario = load(&args.file)?;
    let compiled = &*scenario.compiled;
    let sides = [&args.first, &args.second].map(|text| scenario.expression(text).map(|picked| (text, picked)));
    let [first, second] = sides;
    let sides = [first?, second?];
    let candidates = sides.iter().map(|(text, picked)| Candidate {
        name: (*text).clone(),
        patches: picked.patches.clone(),
        costs_a_month: picked.costs_a_month(compiled),
    });
    let world = World { faults: !args.no_faults, operator: !args.no_operator };
    let measures = measures(compiled, &args.measures)?;
    let grid = Grid::new(compiled, candidates.collect(), args.seeds as usize, measures, world);
    let rows = progress::all(&compiled.system.name, &grid.cells(), |cell| grid.run(*cell));
    for row in &rows {
        if let Some(astray) = &row.astray {
            eprintln!("warning: seed {}: the run does not add up: {astray}; please report this", row.seed);
        }
    }
    let compared = grid.compare(&rows);
    if args.json {
        let sides = sides.map(|(text, picked)| Side { asked: text.clone(), design: picked.shown() });
        let document = Comparison::new(Stamp::of(compiled), sides, (world.faults, world.operator), grid.seeds(), &compared);
        say(serde_json::to_string_pretty(&document).map_err(Failure::new)?);
    } else {
        say(text(&scenario, &sides, &grid, &compared, world));
    }
    Ok(ExitCode::SUCCESS)
}

/// Those that were named, or all that a study keeps.
pub fn measures(compiled: &Compiled, names: &[String]) -> Result<Vec<Measure>, Failure> {
    let usual = Measure::usual(&compiled.system);
    let mut all = Vec::new();
    for name in names {
        let measure = Measure::named(name, &compiled.system).map_err(|_| {
            let known: Vec<String> = usual.iter().map(Measure::name).collect();
            let hint = match seatrial_source::nearest(name, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("measures of this scenario: {}", known.join(", ")),
            };
            Failure::input(format!("there is no measure `{name}`")).hint(hint)
        })?;
        if !all.contains(&measure) {
            all.push(measure);
        }
    }
    Ok(if all.is_empty() { usual } else { all })
}

fn text(scenario: &Scenario, sides: &[(&String, Picked); 2], grid: &Grid, all: &[Compared], world: World) -> String {
    let (compiled, paint) = (&*scenario.compiled, Paint::stdout());
    let seeds = counted(grid.seeds().len() as u64, "seed");
    let mut what = format!("{} · {seeds}, the same for both", compiled.system.name);
    if !world.faults {
        what += " · no faults";
    }
    if !world.operator {
        what += " · no operator";
    }
    let mut out = vec![format!("{}  {}", paint.strong(&tame(&compiled.title)), paint.faint(&what)), String::new()];
    for (letter, (asked, picked)) in ["A", "B"].into_iter().zip(sides) {
        let told = picked.told(compiled);
        let told = if told.is_empty() { "the system as found".into() } else { told.join(", ") };
        out.push(wrap(&format!("{letter} = {}: {}", tame(asked), tame(&told)), 2));
    }
    out.push(String::new());
    out.push(paint.strong(&row(["", "A", "B", "B − A, interval", "better", "told from", "alone"])));
    for compared in all {
        let show = |value: f64| figured(&compared.measure, value, compiled);
        let (name, paired) = (compared.measure.name(), &compared.paired);
        let interval = match paired.interval.filter(|_| !compared.exact && compared.better != Better::Same) {
            Some(i) => format!("{} … {}", signed(compared, i.low, compiled), signed(compared, i.high, compiled)),
            None => signed(compared, paired.difference, compiled),
        };
        let [better, told, alone] = verdict(compared, grid.seeds().len());
        let line = row([&name, &show(paired.first_mean), &show(paired.second_mean), &interval, &better, &told, &alone]);
        out.push(match compared.better {
            Better::First | Better::Second => line,
            Better::Same | Better::Open => paint.faint(&line),
        });
        if let Some((first, second)) = compared.detected.filter(|both| *both != (1.0, 1.0)) {
            let noticed =
                format!("{} {} {} of the faults were noticed at all", pad("", 22), pad_left(&share(first), 12), pad_left(&share(second), 12));
            out.push(paint.faint(&noticed));
        }
    }
    out.push(String::new());
    let family = all.iter().filter(|compared| !compared.exact).count();
    let note = format!(
        "Paired by seed. {} at once, so each interval has the confidence that Holm's correction leaves to it: 95 % over all \
         together. From so many seeds on it was told; “about” is how many would tell, four times in five, a difference as \
         large as it looks. Alone: on how many single seeds the better one is better.",
        counted(family as u64, "measure")
    );
    out.push(paint.faint(&wrap(&note, 0)));
    out.join("\n")
}

/// Who is better, since which seed or how many seeds it would take, and on how many single ones.
fn verdict(compared: &Compared, seeds: usize) -> [String; 3] {
    let (first, second) = compared.single_seeds;
    let (better, alone) = match compared.better {
        Better::First => ("A", share(first)),
        Better::Second => ("B", share(second)),
        Better::Same => ("=", String::new()),
        Better::Open => ("?", String::new()),
    };
    let told = match compared.paired.told {
        _ if compared.exact => "the design".into(),
        Told::Same => "no run differs".into(),
        Told::After { seeds } => counted(seeds as u64, "seed"),
        Told::Open { would: Some(would) } if would > seeds => format!("about {} seeds", count(rounded(would))),
        // It looks as if these should have been enough, and chance had it otherwise.
        Told::Open { would: Some(_) } => "a few more".into(),
        Told::Open { would: None } => format!("over {} seeds", count(SEEDS_MAX as u64)),
    };
    [better.into(), told, alone]
}

/// Two figures are all that an estimate of seeds has.
fn rounded(seeds: usize) -> u64 {
    let unit = 10usize.pow((seeds.max(1).ilog10()).saturating_sub(1));
    (seeds.div_ceil(unit) * unit) as u64
}

/// A difference with its sign; of shares, in points.
fn signed(compared: &Compared, difference: f64, compiled: &Compiled) -> String {
    let shown = figured(&compared.measure, difference.abs(), compiled);
    let nothing = !shown.contains(|c: char| ('1'..='9').contains(&c));
    let sign = if nothing {
        ""
    } else if difference < 0.0 {
        "−"
    } else {
        "+"
    };
    format!("{sign}{}", shown.replace(" %", " pt"))
}

fn row(cells: [&str; 7]) -> String {
    let [name, first, second, interval, better, told, alone] = cells;
    let figures = [pad(name, 22), pad_left(first, 12), pad_left(second, 12), pad_left(interval, 27)];
    format!("{}  {} {} {}", figures.join(" "), pad(better, 6), pad(told, 18), pad_left(alone, 7)).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn an_estimate_is_not_told_to_the_last_seed() {
        assert_eq!([rounded(7), rounded(43), rounded(187), rounded(1234), rounded(98_001)], [7, 43, 190, 1300, 99_000]);
    }
}
