//! `seatrial sweep`: every combination of some answers over the same seeds, into a table, with the front that nobody
//! betters.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use seatrial_scenario::Compiled;
use seatrial_study::{
    Grid, Row, SEEDS_MAX, World,
    document::{Design, Stamp},
    swept::{Pareto, Swept, Varied},
};

use crate::{
    Failure, Outcome, atomic,
    compare::measures,
    figures::{count, counted},
    front::{Front, text},
    paint::Paint,
    parts::{self, Cut, Folder, Shard},
    say,
    scenario::{Chosen, load},
    spec::{Kind, Spec, Sweep, Task, Work},
    svg, table, vary,
};

#[derive(Debug, Args)]
#[command(after_help = "What to vary, as often as you like; every combination is run:\n  \
    --vary no_answer                 all options of a decision; of a range its ends, and as found\n  \
    --vary no_answer=stop,again      these\n  \
    --vary payments.threads=16..24   every whole number of a count; five values of anything else\n  \
    --vary wait=200ms..10s/8         eight values, evenly spaced, both ends among them\n\n\
    Examples:\n  \
    seatrial sweep charged-not-settled --vary no_answer --vary books --seeds 20 --out grid.csv\n  \
    seatrial sweep my/scenario.yaml --design good --vary retry.attempts=1..5 --seeds 50 \\\n    \
    --out grid.parquet --pareto loss,running_cost --svg front.svg\n  \
    seatrial sweep charged-not-settled --vary no_answer --json | jq '.combinations[].measures.loss.mean'\n  \
    seatrial sweep my/scenario.yaml --vary wait --vary no_answer --parts /shared/grid --shard 2/8\n  \
    seatrial reduce /shared/grid --out grid.csv\n\n\
    Killed or stopped with Ctrl-C, the same command goes on from what is there.\n\
    Exit codes: 0 done, 1 it could not be done (a full disk), 2 the input is wrong, 130 stopped with Ctrl-C.")]
pub struct SweepArgs {
    #[command(flatten)]
    chosen: Chosen,
    /// A decision or a path, and its values: NAME, NAME=A,B,C, NAME=A..B or NAME=A..B/N; may be repeated
    #[arg(long, value_name = "DECISION[=VALUES]", required = true)]
    vary: Vec<String>,
    /// Runs of each combination. The seeds follow from the scenario's content, and are the same for all
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=SEEDS_MAX as i64))]
    seeds: u32,
    /// Only this measure; may be repeated
    #[arg(long = "measure", value_name = "NAME")]
    measures: Vec<String>,
    /// Without the scenario's faults
    #[arg(long)]
    no_faults: bool,
    /// Without the automatic operator: nobody reacts to alerts and tickets
    #[arg(long)]
    no_operator: bool,
    #[command(flatten)]
    drawn: Drawn,
    #[command(flatten)]
    kept: Kept,
    /// Prints one JSON object instead of the tables; docs/src/sweep.schema.json describes it
    #[arg(long, conflicts_with = "dry_run")]
    json: bool,
    /// Says how much there is to run, and runs nothing
    #[arg(long)]
    dry_run: bool,
}

/// What comes out of a sweep, whether it was run here or put together from shards.
#[derive(Debug, Args)]
pub struct Drawn {
    /// Writes a row for each run; the name ends in .csv or .parquet
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Draws which combinations nobody betters on both measures
    #[arg(long, value_name = "MEASURE,MEASURE")]
    pub pareto: Option<String>,
    /// Writes that drawing as SVG too
    #[arg(long, value_name = "FILE", requires = "pareto")]
    pub svg: Option<PathBuf>,
}

/// Where runs are kept until all of them are there.
#[derive(Debug, Args)]
pub struct Kept {
    /// Keeps finished runs in this folder, so that the same command goes on after a kill
    #[arg(long, value_name = "DIR")]
    pub parts: Option<PathBuf>,
    /// Runs only this share of the parts, counted from 0: `0/8` to `7/8` on eight machines, then `seatrial reduce`
    #[arg(long, value_name = "I/N", requires = "parts")]
    pub shard: Option<Shard>,
}

/// More combinations than this are no study any more.
const RUNS_MOST: usize = 1_000_000;

pub fn sweep(args: &SweepArgs) -> Outcome {
    atomic::end_between_files(atomic::NOTHING_WRITTEN);
    let scenario = load(&args.chosen.file)?;
    let compiled = &*scenario.compiled;
    let picked = scenario.pick(&args.chosen)?;
    let mut axes: Vec<vary::Axis> = Vec::new();
    for text in &args.vary {
        let axis = vary::axis(&scenario, text)?;
        if axes.iter().any(|known| known.knob == axis.knob) {
            return Err(Failure::input(format!("--vary {} is there twice", axis.knob)).hint("give all its values at once, as a list"));
        }
        axes.push(axis);
    }
    let points = vary::points(&axes);
    let runs = points.saturating_mul(args.seeds as usize);
    if runs > RUNS_MOST {
        let say = format!(
            "{} combinations with {} each are more than {} runs",
            count(points as u64),
            counted(u64::from(args.seeds), "seed"),
            count(RUNS_MOST as u64)
        );
        return Err(Failure::input(say).hint("vary less at once, or name fewer values"));
    }
    let measures: Vec<String> = measures(compiled, &args.measures)?.iter().map(|measure| measure.name()).collect();
    let spec = Spec::new(
        &scenario,
        Task::Sweep(Sweep {
            design: picked.design.name,
            answers: picked.design.answers,
            paths: picked.paths,
            vary: axes,
            seeds: args.seeds,
            measures,
            faults: !args.no_faults,
            operator: !args.no_operator,
        }),
    );
    let work = spec.work_of(scenario.compiled.clone())?;
    args.drawn.check(&work)?;
    if let (Some(shard), Some(name)) = (args.kept.shard, args.drawn.named()) {
        let say = format!("{name} needs all runs, and --shard {}/{} makes only some of them", shard.at, shard.of);
        return Err(Failure::input(say).hint(format!("leave {name} to `seatrial reduce`, when all shards are through")));
    }
    if args.dry_run {
        return dry(&work, &args.kept);
    }
    // A table that is asked for is worth a folder beside it, for as long as it is not there.
    let table = args.drawn.out.as_ref().filter(|out| args.kept.parts.is_none() && (out.is_file() || !out.exists()));
    let beside = table.map(|out| with_end(out, "parts"));
    let Some(rows) = rows(&spec, &work, &args.kept, beside.as_deref())? else { return Ok(ExitCode::SUCCESS) };
    args.drawn.draw(&work, &rows, args.json)?;
    if let Some(beside) = beside {
        Folder::open(&beside, &spec)?.remove(&Cut::new(&work));
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes what is missing. Nothing comes back when the rest is for other shards.
pub fn rows(spec: &Spec, work: &Work, kept: &Kept, beside: Option<&Path>) -> Result<Option<Vec<Row>>, Failure> {
    let Some(dir) = kept.parts.as_deref().or(beside) else { return Ok(Some(parts::in_memory(work))) };
    let cut = Cut::new(work);
    let filled = Folder::open(dir, spec)?.fill(work, &cut, kept.shard)?;
    let Some(shard) = kept.shard else { return Ok(Some(filled.rows())) };
    let there = if filled.there > 0 { format!(", {} of them from before", count(filled.there as u64)) } else { String::new() };
    eprintln!(
        "shard {}/{}: {} of {} are in {}{there}",
        shard.at,
        shard.of,
        count(filled.parts as u64),
        counted(cut.parts() as u64, "part"),
        dir.display()
    );
    eprintln!("hint: when all shards are through: seatrial reduce {}", dir.display());
    Ok(None)
}

/// What there would be to do.
pub fn dry(work: &Work, kept: &Kept) -> Outcome {
    let cut = Cut::new(work);
    let designs = match &work.kind {
        Kind::Sweep(_, grid) => format!("{}, ", counted(grid.arms().len() as u64, "combination")),
        Kind::Proof(_) => String::new(),
    };
    let parts = counted(cut.parts() as u64, "part");
    let shard = kept.shard.map_or_else(String::new, |shard| {
        let own = (0..cut.parts()).filter(|part| part % shard.of == shard.at).count();
        format!(", {} of them in shard {}/{}", count(own as u64), shard.at, shard.of)
    });
    say(format_args!("{}: {designs}{} in {parts}{shard}", work.compiled.system.name, counted(cut.runs() as u64, "run")));
    Ok(ExitCode::SUCCESS)
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{end}"));
    path.with_file_name(name)
}

impl Drawn {
    /// Something that was asked for, by its option.
    fn named(&self) -> Option<&'static str> {
        let asked = [("--out", self.out.is_some()), ("--pareto", self.pareto.is_some()), ("--svg", self.svg.is_some())];
        asked.into_iter().find(|(_, is)| *is).map(|(name, _)| name)
    }

    /// What can be known to be wrong before hours of runs.
    pub fn check(&self, work: &Work) -> Result<(), Failure> {
        let Kind::Sweep(_, grid) = &work.kind else {
            return match self.named() {
                Some(name) => Err(Failure::input(format!("{name} is for a sweep, and these are parts of a proof"))),
                None => Ok(()),
            };
        };
        if let Some(out) = &self.out {
            table::Form::of(out)?;
        }
        if let Some(pareto) = &self.pareto {
            Front::measures(grid, pareto)?;
        }
        for file in [&self.out, &self.svg].into_iter().flatten() {
            atomic::place(file)?;
        }
        Ok(())
    }

    /// Tells, and writes what was asked for.
    pub fn draw(&self, work: &Work, rows: &[Row], json: bool) -> Result<(), Failure> {
        let Kind::Sweep(sweep, grid) = &work.kind else { return Ok(()) };
        for row in rows {
            if let Some(astray) = &row.astray {
                eprintln!("warning: combination {}, seed {}: the run does not add up: {astray}; please report this", row.arm + 1, row.seed);
            }
        }
        let front = self.pareto.as_ref().map(|pareto| Front::of(grid, rows, pareto)).transpose()?;
        if let Some(out) = &self.out {
            atomic::write(out, &table::Table::new(&work.compiled, sweep, grid, rows).bytes(out)?)?;
        }
        if let (Some(file), Some(front)) = (&self.svg, &front) {
            atomic::write(file, svg::drawing(&work.compiled, sweep, front).as_bytes())?;
        }
        if json {
            let document = document(&work.compiled, sweep, grid, rows, front.as_ref());
            say(serde_json::to_string_pretty(&document).map_err(Failure::new)?);
        } else {
            say(text(&work.compiled, sweep, grid, rows, front.as_ref(), Paint::stdout()));
        }
        Ok(())
    }
}

fn document(compiled: &Compiled, sweep: &Sweep, grid: &Grid, rows: &[Row], front: Option<&Front>) -> Swept {
    let design = Design { name: sweep.design.clone(), answers: sweep.answers.iter().chain(&sweep.paths).map(|(k, v)| (k.clone(), v.clone())).collect() };
    let vary = sweep.vary.iter().map(|axis| Varied { name: axis.knob.clone(), values: axis.values.clone() }).collect();
    let answers = (0..vary::points(&sweep.vary)).map(|at| {
        let knobs = sweep.vary.iter().map(|axis| axis.knob.clone());
        knobs.zip(vary::point(&sweep.vary, at).into_iter().map(str::to_owned)).collect()
    });
    let pareto = front.map(|front| Pareto {
        measures: [front.axes[0].name(), front.axes[1].name()],
        combinations: front.best.iter().map(|arm| arm + 1).collect(),
    });
    let world = World { faults: sweep.faults, operator: sweep.operator };
    Swept::new(Stamp::of(compiled), design, world, vary, (grid, rows), answers.collect(), pareto)
}
