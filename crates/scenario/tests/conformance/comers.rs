//! Those who come: when, with which SDK, and again.

use crate::cases;
use crate::world::{SECOND, World, world};

fn coming(client: &str, steps: &str) -> World {
    world(&format!(
        "
clock: {{starts: \"2026-03-12T00:00Z\", warm_up: 0s, play: 24h, drain: 1h}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{make: {{Job: {{}}}}, {client}}}}}
services: {{front: {{run: {{threads: 1000}}, handlers: {{go: {{input: {{job: Job}}, steps: [{steps}]}}}}}}}}
"
    ))
}

/// How many have come by each of these seconds.
fn by(world: &World, seconds: &[u64]) -> Vec<u64> {
    let mut sim = world.with(&[], 1);
    let mut count = |second: &u64| {
        sim.advance(second * SECOND);
        sim.report().clients[0].arrivals
    };
    seconds.iter().map(&mut count).collect()
}

cases! {
    bursts_come_and_go(
        "arrivals", "Ten seconds with traffic, twenty without, and again",
        "on/off sources: Leland et al., On the Self-Similar Nature of Ethernet Traffic, 1994"
    ) {
        let world = coming("arrive: poisson 30/s, pattern: {bursts: {on: 10s, off: 20s}}, call: front.go", "{respond: ok}");
        let came = by(&world, &[10, 30, 40, 60]);
        assert!((250..=350).contains(&came[0]), "{came:?}");
        assert_eq!(came[1], came[0]);
        assert!((500..=700).contains(&came[2]), "{came:?}");
        assert_eq!(came[3], came[2]);
    }

    a_day_has_a_peak_and_a_night(
        "arrivals", "With a peak at noon and a fifth of it at midnight, a quarter as many come around midnight (0 to 1 and 23 to 24) as around noon; \
                     over the day, three fifths of the peak",
        "thinning of a Poisson process: Lewis and Shedler, 1979"
    ) {
        let world = coming("arrive: poisson 30/m, pattern: {day: {peak: \"12:00\", low: 20%}}, call: front.go", "{respond: ok}");
        let hour = 3600;
        let came = by(&world, &[hour, 11 * hour, 13 * hour, 23 * hour, 24 * hour]);
        let (night, noon) = ((came[0] + came[4] - came[3]) as f64, (came[2] - came[1]) as f64);
        assert!((night / noon - 0.21).abs() < 0.03, "{night} {noon}");
        assert!((came[4] as f64 / (0.5 * 86_400.0) - 0.6).abs() < 0.02, "{came:?}");
    }

    recorded_minutes_are_played_again(
        "arrivals", "Sixty, none, a hundred and eighty in three minutes, and from the beginning",
        "by definition"
    ) {
        let world = coming("arrive: constant 1/s, pattern: {minutes: [1, 0, 3]}, call: front.go", "{respond: ok}");
        let came = by(&world, &[60, 120, 180, 240]);
        assert!(came[0].abs_diff(59) <= 1 && came[1] - came[0] <= 1, "{came:?}");
        assert!((came[2] - came[1]).abs_diff(180) <= 3 && (came[3] - came[2]).abs_diff(60) <= 2, "{came:?}");
    }

    an_sdk_tries_again_and_its_user_does_not_know(
        "arrivals", "An SDK with 0.4 s and three attempts asks three times, 0.1 s apart, and its user is told once",
        "AWS SDKs and Tools Reference Guide, Retry behavior: three attempts in standard mode"
    ) {
        let run = coming(
            "arrive: constant 0.001/s, call: front.go, sdks: {v1: {timeout: 400ms, attempts: 3, backoff: fixed 100ms}}", "{wait: 1s}",
        ).run();
        assert_eq!(run.times("front.go begins"), [1000.0, 1000.5, 1001.0]);
        assert_eq!((run.count("clicks"), run.times("is told unknown")), (1, vec![1001.4]));
    }

    versions_of_an_sdk_have_their_share(
        "arrivals", "A quarter with three attempts and three quarters with one make one and a half requests of each arrival",
        "by definition"
    ) {
        let run = coming(
            "arrive: poisson 6/m, call: front.go, sdks: {old: {share: 25%, attempts: 3, retry: [failed]}, new: {share: 75%}}", "{respond: failed}",
        ).run();
        let client = &run.report.clients[0];
        let factor = run.report.services[0].offered as f64 / client.arrivals as f64;
        assert!((factor - 1.5).abs() < 0.02, "{factor}");
        assert_eq!(client.clicks, client.arrivals);
    }

    whoever_got_nowhere_comes_back_later(
        "arrivals", "Somebody who has clicked in vain comes again after a quarter of an hour, clicks as patiently as before, and gives up after that",
        "retrials: Cohen, 1957; Falin and Templeton, Retrial Queues, 1997"
    ) {
        let run = coming(
            "arrive: constant 0.001/s, call: front.go, human: {click_again: {after: 10s, chance: 100%, at_most: 1}, come_back: {after: 15m, chance: 100%}}",
            "{respond: failed}",
        ).run();
        assert_eq!(run.times("clicks"), [1000.0, 1010.0, 1920.0, 1930.0]);
        let pleased = coming("arrive: constant 0.001/s, call: front.go, human: {come_back: {after: 15m, chance: 100%}}", "{respond: ok}").run();
        assert_eq!(pleased.times("clicks"), [1000.0]);
    }

    each_attempt_of_an_sdk_has_a_luck_of_its_own(
        "arrivals", "Where a link loses 30 in 100 answers, an SDK that asks twice goes without in 9 of 100: what befalls one attempt says nothing of the next",
        "independent losses, by definition; RFC 6298 leaves burst losses to the network"
    ) {
        let world = world(
            "
clock: {warm_up: 0s, play: 48h, drain: 1h}
records: {Job: {fields: {id: id}}}
links: {net: {from: people, to: front, lost: {answer: 30%}}}
clients:
  people: {arrive: constant 1/m, make: {Job: {}}, call: {to: front.go, timeout: 5s},
    sdks: {kit: {share: 100%, timeout: 2s, attempts: 2, retry: [unknown]}}}
services: {front: {run: {threads: 1000}, handlers: {go: {input: {job: Job}, steps: [{work: 1ms}]}}}}
",
        );
        let run = world.run();
        let [good, lost] = [run.outcomes(0)[0], run.outcomes(0)[6]];
        let share = lost as f64 / (good + lost) as f64;
        assert!((share - 0.09).abs() < 0.025, "{share}");
    }
}
