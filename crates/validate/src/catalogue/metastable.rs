//! A failure that outlives its cause.

use super::{plain, rate};
use crate::reading::reading;
use crate::validation::{Arm, Axis, Chart, Check, Curve, Expected, Kind, Validation};

/// The last two of twenty minutes: what the system has come to in the end.
const END_S: (u64, u64) = (1080, 1200);

struct Story {
    what: &'static str,
    steady: f64,
    rest: f64,
    attempts: u32,
    budget: &'static str,
    outage: bool,
    recovers: bool,
}

pub fn retries() -> Validation {
    let usual = Story { what: "", steady: 280.0, rest: 0.0, attempts: 2, budget: "any", outage: true, recovers: false };
    let stories = [
        Story { what: "280/s, no outage", outage: false, recovers: true, ..usual },
        Story { what: "280/s", ..usual },
        Story { what: "280/s, no retry", attempts: 1, recovers: true, ..usual },
        Story { what: "200/s", steady: 200.0, ..usual },
        Story { what: "160/s", steady: 160.0, ..usual },
        Story { what: "140/s", steady: 140.0, recovers: true, ..usual },
        Story { what: "100/s", steady: 100.0, recovers: true, ..usual },
        Story { what: "280/s, 28 retries/s", budget: "a_tenth", ..usual },
        Story { what: "280/s, 14 retries/s", budget: "a_twentieth", recovers: true, ..usual },
        Story { what: "280/s, 170/s for a while", steady: 170.0, rest: 110.0, ..usual },
        Story { what: "280/s, 130/s for a while", steady: 130.0, rest: 150.0, recovers: true, ..usual },
    ];
    let arm = |story: &Story| {
        let goodput = reading(|lived| lived.goodput(END_S.0, END_S.1));
        let expected = if story.recovers { Expected::Above(0.99) } else { Expected::Below(0.01) };
        let plainly = story.outage && story.attempts == 2 && story.budget == "any" && story.rest == 0.0;
        let mut checks = vec![Check {
            what: format!("{}, goodput", story.what),
            unit: "share",
            of: goodput,
            expected,
            at: plainly.then_some((0, story.steady)),
        }];
        if plainly && !story.recovers {
            let asked = reading(|lived| lived.sent_a_second(0, END_S.0, END_S.1));
            let value = 2.0 * story.steady;
            let of = format!("{}, asked for", story.what);
            checks.push(plain(of, "queries/s", asked, Expected::Mean { value, narrow: 0.02 }));
        }
        let answers = vec![
            ("steady", rate(story.steady)),
            ("rest", rate(story.rest)),
            ("attempts", story.attempts.to_string()),
            ("budget", story.budget.to_owned()),
        ];
        Arm { answers, faults: story.outage, checks }
    };
    // λ (1 + r) against 300/s, with one retry.
    let law = Curve { name: String::new(), points: vec![(0.0, 1.0), (149.9, 1.0), (150.1, 0.0), (300.0, 0.0)] };
    Validation {
        name: "metastable-retries",
        title: "Retries that keep a failure alive",
        kind: Kind::Published,
        file: "metastable-retries",
        claim: "300/s can be served; after ten seconds of outage at 280/s with one retry 560/s are asked for and goodput is nothing, for \
                ever. It ends below 150/s, or with fewer than 20 retries a second, and stays healthy at 280/s afterwards",
        source: "Bronson, Aghayev, Charapko, Zhu, Metastable Failures in Distributed Systems, HotOS 2021, 2.1",
        reading: "published are 300, 280, 560, 150 and 20 a second, the ten seconds, and that it lasts. Ours: thirty threads of 100 ms; one \
                  of thirty left for the outage; a timeout of 1 s; \"for ever\" as nothing in minutes 18 to 20, and \"recovered\" as 99 % \
                  there; retries capped as a share of first attempts; the boundaries bracketed by 140 and 160/s, 14 and 28 retries",
        replications: 12,
        arms: stories.iter().map(arm).collect(),
        chart: Chart {
            x: Axis::linear("requests a second, after an outage", 0.0, 300.0),
            y: Axis::linear("goodput in the end, share", -0.05, 1.05),
            curves: vec![law],
        },
    }
}
