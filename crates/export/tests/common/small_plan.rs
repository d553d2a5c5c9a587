//! The small kit's plan: every part of the model once or twice.
use seatrial_kit::*;

fn s(text: &str) -> String {
    text.to_owned()
}

fn list(all: &[&str]) -> Vec<String> {
    all.iter().map(|one| s(one)).collect()
}

pub fn plan() -> ScenarioPlan {
    ScenarioPlan {
        scenario: s("lost-answer"),
        title: s("The lost answer"),
        hook: s("The shop waits, and so does she."),
        minutes: 20,
        areas: list(&["money"]),
        brief: Brief {
            title: s("A lamp shop"),
            story: s("A shop sells lamps.\n\nA bank takes the money."),
            task: s("You are on call tonight."),
            can: list(&["Look at traces."]),
            assessed: list(&["How you reason about what is half done."]),
        },
        phases: vec![
            phase("words", "In words", 10, ClockStart::Stands),
            PlanPhase {
                prompts: Vec::new(),
                voices: Vec::new(),
                follow_ups: Vec::new(),
                faults: vec![ArmedFault {
                    fault: s("bank_down"),
                    title: s("The bank is down"),
                    from_minutes: 1,
                    to_minutes: 4,
                    reveals: s("Whether they look below."),
                }],
                clock: ClockPolicy {
                    start: ClockStart::Runs,
                    speed: 4,
                    slows_on: vec![SlowsOn::Ticket, SlowsOn::Alert],
                },
                ..phase("breaks", "It breaks", 10, ClockStart::Runs)
            },
        ],
        signals: vec![
            PlanSignal {
                id: s("asks-first"),
                area: s("money"),
                text: s("Asks before sending again"),
                short: s("Asks first"),
                counts: s("a look at the list"),
                rows: list(&["states"]),
            },
            PlanSignal {
                id: s("names-her"),
                area: s("money"),
                text: s("Names who is hurt"),
                short: s("Who is hurt"),
                counts: String::new(),
                rows: list(&["states"]),
            },
        ],
        red_flags: vec![PlanRedFlag {
            id: s("waits-it-out"),
            area: s("money"),
            says: s("It will settle by itself."),
            ask_then: s("Which one did you see settle?"),
        }],
        regret_probe: RegretProbe {
            id: s("silence"),
            ask: s("Which silence cost you most?"),
            experience: s("A date and a sum."),
            absence: s("“We had none.”"),
        },
        reveal: Reveal {
            text: s("Four paid twice; under one key none did."),
            decision: s("no_answer"),
            option: s("again_same"),
        },
        guide: Guide {
            system: s("The bank acts before it answers."),
            strong: list(&["Ask what silence means."]),
            weak: list(&["Retry at once."]),
            faults: vec![FaultGuide {
                fault: s("bank_down"),
                shows: s("A queue below a calm shop."),
                strong: s("Looks at what is not done."),
                weak: s("Looks at the errors only."),
            }],
            traps: vec![Trap {
                title: s("Talking first"),
                text: s("Say nothing until they notice."),
            }],
        },
    }
}

fn phase(id: &str, title: &str, minutes: u32, start: ClockStart) -> PlanPhase {
    PlanPhase {
        id: s(id),
        title: s(title),
        minutes,
        area: s("money"),
        aim: s("To hear it before the menu."),
        clock: ClockPolicy {
            start,
            speed: 1,
            slows_on: Vec::new(),
        },
        prompts: vec![Prompt {
            id: s("tonight"),
            text: s("Nothing has happened yet. What does silence mean?"),
            note: s("Read slowly."),
        }],
        follow_ups: vec![FollowUp {
            id: s("after-silence"),
            text: s("And after the silence?"),
            moment: s("once they stop"),
            fits: Fits {
                phases: list(&[id]),
                after: Vec::new(),
                unless: list(&["asks-first"]),
            },
            separates: true,
            shallow: s("“We wait.”"),
            lived: s("We ask under the same key."),
        }],
        voices: vec![Voices {
            question: s("tonight"),
            shallow: s("I would retry."),
            lived: s("First I want to know what silence means."),
            split_by: s("after-silence"),
        }],
        hints: list(&["Whose money?", "Where is it?", "What is written down?"]),
        faults: Vec::new(),
        decisions: list(&["no_answer"]),
        watch: list(&["charged_once"]),
    }
}
