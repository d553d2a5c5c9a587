//! A small kit, written by hand, that uses every part of the model once or twice.
use seatrial_export::{LoopSession, LoopSheet};
use seatrial_kit::*;

fn s(text: &str) -> String {
    text.to_owned()
}

fn list(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| s(id)).collect()
}

pub fn kit() -> Kit {
    Kit {
        schema: 1,
        id: s("small"),
        version: s("1.2"),
        hash: s("0123456789ab"),
        title: s("A small kit"),
        summary: s("Two areas, to try things with.\n\nNot for interviews."),
        principles: vec![
            Principle {
                id: s("situations"),
                title: s("Situations, not trivia"),
                text: s("Nobody is asked to define a word."),
            },
            Principle {
                id: s("t-shape"),
                title: s("T-shaped"),
                text: s("Deep in one area, dependable in the rest."),
            },
        ],
        areas: vec![money(), release()],
        record_questions: vec![RecordQuestion {
            id: s("from-the-user"),
            ask: s("Did they reason from what a user feels?"),
            yes_sounds: s("“She sees two charges.”"),
            no_sounds: s("“The data is wrong.”"),
        }],
        trade_off: TradeOff {
            intro: s("Each choice costs something."),
            optimise: s("What gets better?"),
            give_up: s("What gets worse?"),
            why: s("Why is it worth that?"),
        },
        regret_probes: vec![RegretProbe {
            id: s("merge-back"),
            ask: s("Which boundary would you take back?"),
            experience: s("Names one, with its date."),
            absence: s("“None, really.”"),
        }],
        regret_reading: s("Listen for a cost that was paid."),
        t_shape: s("A beam and stems."),
        packs: vec![pack()],
        exercises: vec![exercise()],
        scenarios: vec![Scenario {
            id: s("lost-answer"),
            situation: s("The provider says yes and nobody hears it."),
        }],
        plans: vec![super::small_plan::plan()],
    }
}

fn money() -> Area {
    Area {
        id: s("money"),
        number: 1,
        title: s("Money in two places"),
        short: s("Money"),
        hook: s("The shop and the bank disagree."),
        summary: s("What happens between a charge and its record."),
        line: Line {
            title: s("Consistency"),
            question: s("Did they reason through half a failure?"),
        },
        facts: Facts {
            minutes: 30,
            difficulty: 4,
            difficulty_note: s("Hard"),
            needs: s("Paper"),
            use_when: s("Money moves"),
            outcome: s("Who repairs what"),
            advantage: s("Separates quickly"),
        },
        scenarios: list(&["lost-answer"]),
        prompts: vec![
            Prompt {
                id: s("shop"),
                text: s(
                    "A shop takes 500 orders a day.\n\nOne charge succeeds and the order is lost. What now?",
                ),
                note: s("Wait."),
            },
            Prompt {
                id: s("again"),
                text: s("The same message arrives twice. Walk me through it."),
                note: String::new(),
            },
        ],
        follow_ups: vec![
            FollowUp {
                id: s("worst"),
                text: s("What is the worst that can happen?"),
                moment: s("after a check is named"),
                fits: Fits {
                    phases: list(&["design"]),
                    after: list(&["key"]),
                    unless: vec![],
                },
                separates: true,
                shallow: s("“Bad data.”"),
                lived: s("A person, charged twice, and 80 euros."),
            },
            FollowUp {
                id: s("monday"),
                text: s("It is Monday at nine. What does the operator see?"),
                moment: s("while they speak of code"),
                fits: Fits {
                    phases: vec![],
                    after: vec![],
                    unless: list(&["list"]),
                },
                separates: false,
                shallow: s("“A dashboard.”"),
                lived: s("A list with names and ages."),
            },
        ],
        sound_answer: SoundAnswer {
            steps: vec![
                SoundStep {
                    title: s("Pending"),
                    text: s("before money moves"),
                    often_missing: false,
                },
                SoundStep {
                    title: s("Unknown"),
                    text: s("with an age"),
                    often_missing: true,
                },
            ],
            text: s("Both sets of books are compared every day."),
        },
        voices: vec![Voices {
            question: s("shop"),
            shallow: s("I would use a saga here."),
            lived: s("It sits in unknown, and after ten minutes it is on my list."),
            split_by: s("worst"),
        }],
        signals: vec![
            Signal {
                id: s("key"),
                text: s("Puts a key on the charge"),
                short: s("Key"),
                counts: s("any mechanism counts"),
            },
            Signal {
                id: s("list"),
                text: s("Compares two lists"),
                short: s("Compares"),
                counts: String::new(),
            },
        ],
        red_flags: vec![
            RedFlag {
                id: s("once"),
                says: s("The provider guarantees exactly once."),
                ask_then: s("And if the answer is lost?"),
            },
            RedFlag {
                id: s("never"),
                says: s("That never happens."),
                ask_then: s("How would you know?"),
            },
        ],
        phases: vec![
            Phase {
                id: s("open"),
                title: s("Open"),
                minutes: 10,
                prompts: list(&["shop"]),
                aim: s("Read the situation."),
                hints: list(&[
                    "Take your time.",
                    "Start with the charge.",
                    "Where is the order before the money moves?",
                ]),
            },
            Phase {
                id: s("design"),
                title: s("Design"),
                minutes: 20,
                prompts: list(&["again"]),
                aim: s("Hear the states."),
                hints: list(&["Which states?", "Who sees them?", "What compares the two?"]),
            },
        ],
        mini_case: MiniCase {
            situation: s("A row was written and its event was lost."),
            question: s("How do they know?"),
            discussion: s("Detection comes before repair."),
        },
        rubric: Rubric {
            behaviours: vec![Behaviour {
                id: s("states"),
                title: s("Names states"),
                weak: s("Says eventually."),
                good: s("Names the states."),
                excellent: s("Gives each an owner."),
                signals: list(&["key", "list"]),
            }],
            weak: s("Words."),
            good: s("Steps."),
            excellent: s("Steps, and who repairs them."),
        },
        impact: Impact {
            weight: s("Highest of the two"),
            poor_hire: s("Revenue leaks."),
            good_hire: s("A list by noon."),
        },
        exercises: list(&["runs"]),
    }
}

fn release() -> Area {
    let mut area = money();
    area.id = s("release");
    area.number = 2;
    area.title = s("Release");
    area.short = s("Release");
    area.exercises = vec![];
    area.prompts.truncate(1);
    area.prompts[0].id = s("latest");
    area.prompts[0].text = s("Take your latest release. What told you to go on?");
    area.phases[0].prompts = list(&["latest"]);
    area.phases[1].prompts = vec![];
    area.voices[0].question = s("monday");
    area
}

fn pack() -> Pack {
    let bar = |level| {
        vec![
            BarLine {
                area: s("money"),
                level: Some(Level::Excellent),
                reason: s("They sign for it."),
            },
            BarLine {
                area: s("release"),
                level,
                reason: s("They ship weekly."),
            },
        ]
    };
    Pack {
        id: s("payments"),
        title: s("Payments engineer"),
        summary: s("Moves money."),
        emphasis: s("Never weak in consistency."),
        seniorities: vec![
            Seniority {
                id: s("senior"),
                title: s("Senior"),
                bar: bar(None),
                rules: list(&["Depth does not offset a hole."]),
            },
            Seniority {
                id: s("staff"),
                title: s("Staff"),
                bar: bar(Some(Level::Good)),
                rules: list(&["Depth does not offset a hole.", "Excellent somewhere."]),
            },
        ],
        sessions: vec![
            Session {
                id: s("first"),
                title: s("Money and its failures"),
                asked_by: s("somebody who repaired a ledger"),
                reason: s("The heart of the role."),
                items: vec![item("money", Depth::Deep, &["shop"], &["worst"], &["runs"])],
            },
            Session {
                id: s("second"),
                title: s("Shipping"),
                asked_by: s("somebody on call"),
                reason: s("They ship weekly."),
                items: vec![item(
                    "release",
                    Depth::Steady,
                    &["latest"],
                    &["monday"],
                    &[],
                )],
            },
        ],
        scenarios: list(&["lost-answer"]),
    }
}

fn item(
    area: &str,
    depth: Depth,
    prompts: &[&str],
    follow_ups: &[&str],
    exercises: &[&str],
) -> SessionItem {
    SessionItem {
        area: s(area),
        depth,
        minutes: 30,
        prompts: list(prompts),
        follow_ups: list(follow_ups),
        exercises: list(exercises),
        reason: s("Because it breaks here first."),
    }
}

fn exercise() -> Exercise {
    Exercise {
        id: s("runs"),
        title: s("Three runs"),
        area: s("money"),
        minutes: 12,
        summary: s("A suite with a cause."),
        prompt: s("Here are three runs. What do you fix first?"),
        material: vec![
            Material {
                id: s("csv"),
                title: s("Runs"),
                format: MaterialFormat::Csv,
                text: s("run,result\n1,green\n2,\"red, twice\"\n"),
            },
            Material {
                id: s("yaml"),
                title: s("The manifest"),
                format: MaterialFormat::Yaml,
                text: s("spec:\n  replicas: 3\n"),
            },
            Material {
                id: s("notes"),
                title: s("Notes"),
                format: MaterialFormat::Markdown,
                text: s(
                    "# How it runs\n\nEvery **night**, by `cron`.\n\n- one\n- two\n\n```\nraw <b>\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
                ),
            },
        ],
        findings: vec![Finding {
            title: s("Run 2"),
            text: s("It was red twice."),
            rarity: 1,
        }],
        follow_ups: list(&["Which would you delete?"]),
        weak: s("Counts."),
        good: s("Groups."),
        excellent: s("Finds the cause."),
    }
}

pub fn sheet() -> LoopSheet {
    let pack = pack();
    LoopSheet {
        title: s("Payments, spring"),
        team: s("Ledger team"),
        bar: pack.seniorities[1].bar.clone(),
        rules: pack.seniorities[1].rules.clone(),
        sessions: pack
            .sessions
            .iter()
            .map(|session| LoopSession {
                title: session.title.clone(),
                asked_by: list(&["Inês Oliveira"]),
                reason: session.reason.clone(),
                items: session.items.clone(),
            })
            .collect(),
    }
}
