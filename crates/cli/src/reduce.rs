//! `seatrial reduce`: what shards have made, put together. It comes to the same bytes as one machine alone.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::{Outcome, atomic, parts, separates, spec::Kind, sweep::Drawn};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    seatrial reduce /shared/grid --out grid.csv\n  \
    seatrial reduce a/parts b/parts --out grid.parquet --pareto loss,running_cost --svg front.svg\n  \
    seatrial reduce /shared/proof --json > proof.json\n\n\
    The folders hold the scenario and what was asked, so nothing else is needed. Parts that are missing\n\
    or torn are named.\n\
    Exit codes: 0 done, 1 a point of the proof failed, 2 parts are missing or the input is wrong.")]
pub struct ReduceArgs {
    /// Folders that `--parts` of `sweep` or `separates` named; several may share the parts of one plan
    #[arg(value_name = "DIR", required = true)]
    parts: Vec<PathBuf>,
    #[command(flatten)]
    drawn: Drawn,
    #[command(flatten)]
    told: separates::Told,
}

pub fn reduce(args: &ReduceArgs) -> Outcome {
    atomic::end_between_files(atomic::NOTHING_WRITTEN);
    let (_, work, rows) = parts::gather(&args.parts)?;
    args.told.check()?;
    args.drawn.check(&work)?;
    match &work.kind {
        Kind::Sweep(..) if args.told.html.is_some() => {
            Err(crate::Failure::input("--html is for a proof, and these are parts of a sweep").hint("--out FILE.csv, or --json"))
        }
        Kind::Sweep(..) => args.drawn.draw(&work, &rows, args.told.json).map(|()| ExitCode::SUCCESS),
        Kind::Proof(plan) => separates::tell(&work.compiled, plan, &rows, &args.told),
    }
}
