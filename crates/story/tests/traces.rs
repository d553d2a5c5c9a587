//! What traces and logs tell, and that they tell nothing but what the team's own instruments have.

mod common;

use std::collections::BTreeSet;

use common::{FIRST, SECOND, moments, shipped, shop, shop_with_a_wrong_clock};
use seatrial_sim::Id;
use seatrial_sim::engine::{Beat, Bought, Moment};
use seatrial_story::{Level, LogQuery, TraceQuery, Traces, history, logs, otlp, traces};

fn about(key: u64) -> TraceQuery {
    TraceQuery { key: Some(format!("order = {key}")), ..TraceQuery::default() }
}

/// A waterfall in words: depth, where, what, when and for how long (in milliseconds), and what it came to.
fn drawn(traces: &Traces) -> String {
    let ms = |ns: u64| ns / 1_000_000;
    let mut out = vec![format!("{} of {}, joined: {}, {:?}", traces.list.len(), traces.fitting, traces.joined, traces.why_not)];
    for trace in &traces.list {
        let fields: Vec<String> = trace.fields.iter().map(|field| format!("{}={}", field.name, field.value)).collect();
        out.push(format!("{} {} {} [{}]", trace.service, trace.handler, trace.outcome, fields.join(" ")));
        for span in &trace.spans {
            let took = span.took.map_or("…".into(), |took| ms(took).to_string());
            let dashed = if span.unanswered { " (dashed)" } else { "" };
            out.push(format!(
                "{}{}-{} {}: {} +{took} {}{dashed}",
                "  ".repeat(usize::from(span.depth) + 1),
                span.service,
                span.replica,
                span.name,
                ms(span.began),
                span.outcome
            ));
        }
    }
    out.join("\n")
}

#[test]
fn without_correlation_each_service_tells_its_own_and_with_it_they_are_one_tree() {
    let world = shop();
    for (name, correlation) in [("apart", "false"), ("joined", "true")] {
        let mut sim = world.with(&[("bank.lost.answer", "100%"), ("telemetry.correlation", correlation)], false);
        // The first answer is lost, the second comes.
        sim.advance(3 * SECOND / 2);
        sim.apply(&seatrial_sim::Command::Decide(vec![world.compiled.set("bank.lost.answer", "0%").unwrap()])).unwrap();
        sim.finish();
        insta::assert_snapshot!(name, drawn(&traces(&world.compiled, sim.recorded(), &about(FIRST), sim.bought())));
    }
}

#[test]
fn correlation_that_is_bought_half_way_joins_what_came_after() {
    let world = shop();
    let mut sim = world.with(&[], false);
    sim.advance(5 * SECOND + SECOND / 2);
    sim.apply(&seatrial_sim::Command::Decide(vec![world.compiled.set("telemetry.correlation", "true").unwrap()])).unwrap();
    sim.finish();
    let count = |key: u64| traces(&world.compiled, sim.recorded(), &about(key), sim.bought()).list.len();
    assert_eq!([count(FIRST), count(FIRST + 10)], [3, 1]);
}

#[test]
fn a_query_narrows() {
    let world = shop();
    let mut sim = world.with(&[("bank.lost.request", "40%")], false);
    sim.finish();
    let found = |query: TraceQuery| traces(&world.compiled, sim.recorded(), &query, sim.bought());
    let all = found(TraceQuery { limit: 1000, ..TraceQuery::default() });
    let (troubled, rest): (Vec<_>, Vec<_>) = all.list.iter().cloned().partition(|trace| trace.troubled);
    assert!(troubled.len() > 4 && rest.len() > 4, "{} and {}", troubled.len(), rest.len());
    assert_eq!(found(TraceQuery { troubled: true, ..TraceQuery::default() }).list, troubled);
    let slow = found(TraceQuery { took_at_least: Some(SECOND), ..TraceQuery::default() }).list;
    assert!(!slow.is_empty() && slow.iter().all(|trace| trace.took >= Some(SECOND)));
    let cash = found(TraceQuery { service: Some("cash".into()), outcome: Some("ok".into()), ..TraceQuery::default() }).list;
    assert!(!cash.is_empty() && cash.iter().all(|trace| trace.service == "cash" && trace.outcome == "ok"));
    let window = found(TraceQuery { from: Some(2 * SECOND), to: Some(4 * SECOND), ..TraceQuery::default() }).list;
    assert!(!window.is_empty() && window.iter().all(|trace| (2 * SECOND..4 * SECOND).contains(&trace.began)));
    let last = found(TraceQuery { limit: 3, ..TraceQuery::default() });
    assert_eq!((last.list.as_slice(), last.fitting), (&all.list[all.list.len() - 3..], all.list.len()));
    assert!(found(about(FIRST + 900)).list.is_empty());

    let lines = |query: LogQuery| logs(&world.compiled, sim.recorded(), &query).list;
    let warned = lines(LogQuery { level: Some(Level::Warn), service: Some("cash".into()), ..LogQuery::default() });
    assert!(!warned.is_empty() && warned.iter().all(|line| line.level >= Level::Warn && line.service == "cash"));
    let silent = lines(LogQuery { text: Some("No Answer within 1 s".into()), ..LogQuery::default() });
    assert!(!silent.is_empty() && silent.iter().all(|line| line.text.contains("bank.take: no answer within 1 s")));
    // From the line to its trace, and from the ticket's order to the line.
    let one = &silent[0];
    let order = one.fields.iter().find(|field| field.name == "order").expect("the handler knows the order");
    let of = found(TraceQuery { key: Some(order.value.clone()), ..TraceQuery::default() }).list;
    assert!(of.iter().any(|trace| Some(&trace.id) == one.trace.as_ref()));
}

/// An instance stamps all it writes with its own clock. Lines stand where they were collected; spans where they belong,
/// and say so.
#[test]
fn a_wrong_clock_shows_in_what_its_instance_writes() {
    let world = shop_with_a_wrong_clock();
    let mut sim = world.with(&[("telemetry.correlation", "true")], false);
    sim.finish();
    let off = |of: u32| if of == 1 { 6 * 60 * SECOND } else { 0 };
    let lines = logs(&world.compiled, sim.recorded(), &LogQuery { limit: 1000, ..LogQuery::default() }).list;
    let cash: Vec<_> = lines.iter().filter(|line| line.service == "cash" && line.text.starts_with("take: ")).collect();
    assert!(cash.iter().any(|line| line.replica == Some(1)) && cash.iter().any(|line| line.replica == Some(2)));
    assert!(cash.iter().all(|line| line.stamp == line.at + off(line.replica.unwrap_or(0))));
    assert!(lines.iter().filter(|line| line.service != "cash").all(|line| line.stamp == line.at));
    assert!(lines.windows(2).all(|two| two[0].at <= two[1].at));

    let found = traces(&world.compiled, sim.recorded(), &TraceQuery { limit: 1000, ..TraceQuery::default() }, sim.bought()).list;
    assert!(found.iter().all(|trace| trace.service == "front" && trace.stamp == trace.began));
    let spans: Vec<_> = found.iter().flat_map(|trace| trace.spans.iter().map(move |span| (trace, span))).collect();
    assert!(spans.iter().any(|(_, span)| span.ahead_ms == 360_000));
    for (trace, span) in spans {
        assert_eq!(span.ahead_ms == 360_000, span.service == "cash" && span.replica == 1);
        assert!(span.began >= trace.began && span.began < trace.began + 60 * SECOND);
    }
    // Who exports it leaves mending it to the reader, as instruments do.
    let about = TraceQuery { key: Some(format!("order = {FIRST}")), ..TraceQuery::default() };
    let export = serde_json::to_value(otlp(&world.compiled, sim.recorded(), &about, sim.bought(), 1)).unwrap();
    let starts = |name: &str| {
        let all = export["resourceSpans"].as_array().unwrap().iter();
        let mine = all.filter(|of| of["resource"]["attributes"].as_array().unwrap().iter().any(|a| a["value"]["stringValue"] == name));
        let spans = mine.flat_map(|of| of["scopeSpans"][0]["spans"].as_array().unwrap());
        spans.map(|span| span["startTimeUnixNano"].as_str().unwrap().parse::<u64>().unwrap()).min()
    };
    let (front, one, two) = (starts("front-1").unwrap(), starts("cash-1"), starts("cash-2"));
    assert!(one.is_none_or(|at| at > front + 350 * SECOND) && two.is_none_or(|at| at < front + SECOND) && one.or(two).is_some());
    // The history, which is the truth, says whose clock it was.
    let (wrong, _) = found.iter().flat_map(|t| t.spans.iter().map(move |s| (t, s))).find(|(_, s)| s.ahead_ms != 0).unwrap();
    let order: u64 = wrong.fields.iter().find(|field| field.name == "order").unwrap().value.parse().unwrap();
    let mut sim = world.with(&[], false);
    sim.watch(order);
    sim.finish();
    let told = history(&world.compiled, sim.story().unwrap());
    assert!(told.steps.iter().any(|step| step.text == "goes by a clock that is 6 min ahead"), "{:?}", told.steps);
}

/// A request that never arrived and an answer that never came back are the same to whoever waits.
#[test]
fn a_lost_request_and_a_lost_answer_look_the_same() {
    let world = shop();
    for correlation in ["false", "true"] {
        let told = |lost: &str| {
            let mut sim = world.with(&[(lost, "100%"), ("telemetry.correlation", correlation)], false);
            // Before the first customer complains, who knows more than the team does.
            sim.advance(40 * SECOND);
            let effects = sim.recorded().filter(|moment| matches!(moment.beat, Beat::Effect { .. })).count();
            let query = TraceQuery { limit: 1000, ..TraceQuery::default() };
            let traces = traces(&world.compiled, sim.recorded(), &query, sim.bought());
            let lines = logs(&world.compiled, sim.recorded(), &LogQuery { limit: 1000, ..LogQuery::default() });
            (effects, serde_json::to_value((traces, lines)).unwrap())
        };
        let ((none, requests), (some, answers)) = (told("bank.lost.request"), told("bank.lost.answer"));
        // In truth they are as different as can be.
        assert!(none == 0 && some > 20, "{none} {some}");
        assert_eq!(requests, answers);
    }
}

/// Over whole runs of what ships: with the truth taken out of what was recorded, the same traces and lines come out; and
/// no id of a record whose making nobody heard of stands anywhere in them.
#[test]
fn nothing_that_nobody_inside_can_see_comes_out() {
    for (scenario, design) in [("charged-not-settled", "weak"), ("charged-not-settled", "excellent"), ("parcel-carrier", "weak")] {
        let world = shipped(scenario);
        let mut sim = world.design(design);
        // A minute as usual, and another with a fault in which answers vanish.
        sim.advance(60 * SECOND);
        if let Some(at) = world.compiled.system.faults.iter().position(|fault| fault.name.contains("vanish")) {
            sim.apply(&seatrial_sim::Command::Inject(seatrial_sim::system::FaultId(at as u16))).unwrap();
        }
        sim.advance(120 * SECOND);
        let all = moments(&sim);
        let seen: Vec<Moment> = all.iter().filter(|moment| moment.beat.is_visible()).copied().collect();
        assert!(seen.len() * 10 < all.len() * 9, "{scenario}: there is nothing to hide");
        let told = |moments: &[Moment]| {
            let query = TraceQuery { limit: 1_000_000, ..TraceQuery::default() };
            let lines = LogQuery { limit: 1_000_000, ..LogQuery::default() };
            (traces(&world.compiled, moments, &query, sim.bought()), logs(&world.compiled, moments, &lines))
        };
        let (traces, lines) = told(&all);
        assert_eq!((&traces, &lines), (&told(&seen).0, &told(&seen).1));

        let show = |id: i64| Id(id as u64).show(&world.compiled.system.shapes);
        let heard: BTreeSet<String> = seen.iter().filter_map(|moment| match moment.beat {
            Beat::Carries { id, .. } => Some(show(id)),
            _ => None,
        }).collect();
        let made = all.iter().filter_map(|moment| match moment.beat {
            Beat::Effect { id, .. } if id != 0 => Some(show(id)),
            _ => None,
        });
        let unheard: BTreeSet<String> = made.filter(|id| !heard.contains(id)).collect();
        assert!(!unheard.is_empty(), "{scenario}: everybody heard of everything");
        let text = serde_json::to_string(&(&traces.list, &lines.list)).unwrap();
        let words: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        let leaked: Vec<&String> = unheard.iter().filter(|id| words.contains(id.as_str())).collect();
        assert!(leaked.is_empty(), "{scenario} {design}: {leaked:?}");
        for invariant in &world.compiled.system.invariants {
            assert!(!text.contains(&invariant.name), "{scenario} {design}: {}", invariant.name);
        }
    }
}

#[test]
fn what_consumers_and_processes_log_is_there() {
    let world = shop();
    let mut sim = world.with(&[], true);
    sim.finish();
    let lines = |query: LogQuery| logs(&world.compiled, sim.recorded(), &query).list;
    let failing = lines(LogQuery { service: Some("desk".into()), level: Some(Level::Warn), limit: 4, ..LogQuery::default() });
    let said: Vec<String> = failing.iter().map(|line| format!("{:?} {} {}", line.level, line.text, line.fields.len())).collect();
    insta::assert_snapshot!("failing", said.join("\n"));
    assert_eq!(Bought::default(), sim.bought());
}
