//! `seatrial trace`: runs again, and shows one customer's traces as the team's own instruments have them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use seatrial_sim::Setup;
use seatrial_story::words::span;
use seatrial_story::{Export, Kind, Level, Lines, LogQuery, Span, Trace, TraceQuery, Traces, logs, otlp, traces, truth};
use serde::Serialize;

use crate::{
    Failure, Outcome, atomic,
    figures::{clock, counted},
    history::{Found, find},
    paint::{Paint, WIDTH, pad, pad_left, tame, wrap},
    say,
    scenario::{Chosen, load},
};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    seatrial trace charged-not-settled --design weak --key 4006690\n  \
    seatrial trace charged-not-settled --design excellent --key 4006690   with correlation ids\n  \
    seatrial trace charged-not-settled --design weak --key 4006690 --otlp traces.json   for Jaeger\n\n\
    What a trace shows is what the design pays for. `seatrial history` tells the truth beside it.")]
pub struct TraceArgs {
    #[command(flatten)]
    chosen: Chosen,
    /// The customer: the id of what they came with
    #[arg(long, value_name = "KEY")]
    key: String,
    /// The seed of the run
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// With the log lines that name the key
    #[arg(long)]
    logs: bool,
    /// Prints one JSON object
    #[arg(long)]
    json: bool,
    /// Writes the traces as OpenTelemetry's OTLP/JSON, which Jaeger and others read; `-` is standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "logs"])]
    otlp: Option<PathBuf>,
    /// With --otlp: all that is true, as one trace, with what happens at the customer's and at other companies'
    #[arg(long, requires = "otlp")]
    truth: bool,
    /// Without the scenario's faults
    #[arg(long)]
    no_faults: bool,
    /// Without the automatic operator
    #[arg(long)]
    no_operator: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    schema: u32,
    scenario: &'a str,
    hash: &'a str,
    design: &'a seatrial_study::document::Design,
    seed: u64,
    key: &'a str,
    #[serde(flatten)]
    traces: &'a Traces,
    logs: Option<&'a Lines>,
}

pub fn trace(args: &TraceArgs) -> Outcome {
    atomic::end_between_files(atomic::NOTHING_WRITTEN);
    let scenario = load(&args.chosen.file)?;
    let picked = scenario.pick(&args.chosen)?;
    let setup = Setup { seed: args.seed, faults: !args.no_faults, operator: !args.no_operator };
    let Found { story, bought, run } = find(&scenario, &picked, setup, &args.key)?;
    let compiled = &scenario.compiled;
    let query = TraceQuery { key: Some(args.key.clone()), ..TraceQuery::default() };
    if let Some(file) = &args.otlp {
        let export = match args.truth {
            true => truth(compiled, &story, run),
            false => otlp(compiled, &story.moments, &query, bought, run),
        };
        return exported(&export, file, &args.key);
    }
    let found = traces(compiled, &story.moments, &query, bought);
    let lines = args.logs.then(|| logs(compiled, &story.moments, &LogQuery { key: query.key, ..LogQuery::default() }));
    if args.json {
        let document = Document {
            format: "seatrial-traces",
            schema: 1,
            scenario: &compiled.system.name,
            hash: &compiled.hash,
            design: &picked.design,
            seed: args.seed,
            key: &args.key,
            traces: &found,
            logs: lines.as_ref(),
        };
        say(serde_json::to_string_pretty(&document).map_err(Failure::new)?);
        return Ok(ExitCode::SUCCESS);
    }
    let paint = Paint::stdout();
    let starts = compiled.system.clock.starts_unix_s;
    if let Some(why) = &found.why_not {
        say(paint.strong(&wrap(why, 0)));
    }
    if found.list.is_empty() {
        say(wrap(&format!("No trace names {} in a field.", args.key), 0));
    }
    for trace in &found.list {
        say(format!("\n{}", waterfall(trace, starts, paint)));
    }
    if let Some(lines) = lines {
        say(format!("\n{}", written(&lines, starts, paint)));
    }
    Ok(ExitCode::SUCCESS)
}

/// One line: that is what the OpenTelemetry Collector reads from files, and Jaeger takes it as well.
fn exported(export: &Export, file: &Path, key: &str) -> Outcome {
    let line = serde_json::to_string(export).map_err(Failure::new)?;
    if file.as_os_str() == "-" {
        say(line);
    } else {
        atomic::write(file, format!("{line}\n").as_bytes())?;
    }
    match (export.spans(), export.joined) {
        (0, _) => eprintln!("no trace names {key} in a field"),
        (_, false) => eprintln!("{}: nothing joins these traces, for no correlation ids are passed on", counted(export.spans() as u64, "span")),
        (spans, true) => eprintln!("{}", counted(spans as u64, "span")),
    }
    if export.unfinished > 0 {
        eprintln!("{} had not ended when the run did, and so nobody exported them", counted(export.unfinished as u64, "span"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Columns of the bars.
const BAR: usize = 34;

fn waterfall(trace: &Trace, starts_unix_s: i64, paint: Paint) -> String {
    let fields: Vec<String> = trace.fields.iter().map(|field| format!("{} = {}", field.name, field.value)).collect();
    let took = trace.took.map_or("under way".into(), span);
    let head = format!("{} {}", trace.service, trace.handler);
    let mut out = vec![format!(
        "{}  {}",
        paint.strong(&tame(&head)),
        paint.faint(&tame(&format!("began {}, {took}, {} · {}", clock(starts_unix_s, trace.stamp), trace.outcome, fields.join(", "))))
    )];
    let ends = trace.spans.iter().map(|span| span.began + span.took.unwrap_or(0)).max().unwrap_or(trace.began);
    let scale = (ends - trace.began).max(1);
    for one in &trace.spans {
        let name = match one.kind {
            Kind::Handler if one.depth > 0 => format!("{} {}{}", one.service, one.name, of_clock(one.ahead_ms)),
            _ => one.name.clone(),
        };
        let name = format!("{}{}", "  ".repeat(usize::from(one.depth)), tame(&name));
        let result = match one.took {
            _ if one.unanswered => one.outcome.to_owned(),
            Some(took) if one.troubled => format!("{} {}", one.outcome, span(took)),
            Some(0) => String::new(),
            Some(took) => span(took),
            None => "under way".into(),
        };
        let line = format!("  {} {} {}", pad(&cut(&name), NAME), bar(one, trace.began, scale), pad_left(&result, 18));
        out.push(if one.troubled { paint.unsure(line.trim_end()) } else { line.trim_end().to_owned() });
    }
    out.join("\n")
}

/// Drawn where it belongs, and said to have been moved there.
fn of_clock(ahead_ms: i32) -> String {
    let by = span(u64::from(ahead_ms.unsigned_abs()) * 1_000_000);
    match ahead_ms {
        0 => String::new(),
        1.. => format!(" (clock +{by})"),
        ..0 => format!(" (clock −{by})"),
    }
}

const NAME: usize = WIDTH - BAR - 18 - 4;

fn cut(name: &str) -> String {
    if name.chars().count() <= NAME { name.to_owned() } else { name.chars().take(NAME - 1).chain(['…']).collect() }
}

/// A line from where it began to where it ended; dashed where no answer came.
fn bar(one: &Span, began: u64, scale: u64) -> String {
    let column = |at: u64| ((at - began) as f64 / scale as f64 * BAR as f64) as usize;
    let first = column(one.began).min(BAR - 1);
    let last = one.took.map_or(BAR, |took| column(one.began + took)).clamp(first + 1, BAR);
    let line = match one.took {
        _ if one.unanswered => "╌",
        Some(0) => "│",
        _ => "━",
    };
    pad(&format!("{}{}", " ".repeat(first), line.repeat(last - first)), BAR)
}

fn written(lines: &Lines, starts_unix_s: i64, paint: Paint) -> String {
    let width = lines.list.iter().map(|line| line.service.len()).max().unwrap_or(0) + 3;
    let one = |line: &seatrial_story::Line| {
        let level = match line.level {
            Level::Info => "info ",
            Level::Warn => "warn ",
            Level::Error => "error",
        };
        let replica = line.replica.map_or_else(String::new, |replica| format!("-{replica}"));
        let at = format!("{}.{:03}", clock(starts_unix_s, line.stamp), line.stamp / 1_000_000 % 1000);
        let text = format!("{at} {level} {} {}", pad(&format!("{}{replica}", line.service), width), tame(&line.text));
        if line.level == Level::Info { text } else { paint.unsure(&text) }
    };
    lines.list.iter().map(one).collect::<Vec<_>>().join("\n")
}
