//! An interview over a scenario: it asks and listens for what the plan says, everything downstream reads it, and the
//! candidate gets the brief and no more.

use seatrial_kit::ScenarioPlan;
use seatrial_store::Role;
use serde_json::{Value, json};

use crate::{
    client::{Client, Trial, kit},
    scene::{Scene, scored},
};

const SCENARIO: &str = "charged-not-settled";

fn plan() -> &'static ScenarioPlan {
    kit().plan(SCENARIO).unwrap()
}

async fn begun(who: &Client) -> (String, String) {
    let made = who.post("/api/interviews", json!({ "scenario": SCENARIO })).await.ok();
    (made["id"].as_str().unwrap().to_owned(), made["loop_id"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn begins_with_the_plans_title_areas_and_phases() {
    let trial = Trial::new().await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let (id, _) = begun(&ann).await;
    let seen = ann.get(&format!("/api/interviews/{id}")).await.ok();
    assert_eq!(seen["scenario"], json!({ "id": SCENARIO, "title": plan().title }));
    assert_eq!(seen["title"], json!(plan().title));
    assert_eq!(seen["areas"], json!(plan().areas));
    assert_eq!(seen["minutes_planned"], 45);
    assert_eq!(seen["room"]["scenario"], SCENARIO, "its room is open");
    let talk = ann.post("/api/interviews", json!({ "scenario": SCENARIO, "talk_only": true })).await.ok();
    let talk = ann.get(&format!("/api/interviews/{}", talk["id"].as_str().unwrap())).await.ok();
    assert_eq!((&talk["room"], &talk["agenda"]), (&Value::Null, &seen["agenda"]), "the same plan, and nothing runs");
    let planned: Vec<&String> = kit().plans.iter().map(|plan| &plan.scenario).collect();
    assert_eq!(ann.get("/api/start").await.ok()["running"], json!(planned), "every plan that ships has a system that runs");
    let phases: Vec<Value> = seen["agenda"].as_array().unwrap().iter().map(|p| p["id"].clone()).collect();
    let planned: Vec<Value> = plan().phases.iter().map(|p| json!(format!("{}/{}", p.area, p.id))).collect();
    assert_eq!(phases, planned);

    for wrong in [
        json!({ "scenario": "parcel-carrier" }),
        json!({ "scenario": "nothing" }),
        json!({ "scenario": SCENARIO, "area": "consistency" }),
        json!({ "scenario": SCENARIO, "pack": "fintech-engineer", "session": "money" }),
        json!({}),
    ] {
        ann.post("/api/interviews", wrong).await.problem(422);
    }
}

#[tokio::test]
async fn an_area_by_itself_says_that_there_is_no_scenario() {
    let trial = Trial::new().await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let made = ann.post("/api/interviews", json!({ "area": "consistency" })).await.ok();
    let seen = ann.get(&format!("/api/interviews/{}", made["id"].as_str().unwrap())).await.ok();
    assert_eq!(seen["scenario"], Value::Null);
    let url = ann.post(&format!("/api/interviews/{}/links", made["id"].as_str().unwrap()), json!({})).await.ok();
    assert_eq!(trial.nobody().get(&candidates(&url)).await.ok()["brief"], Value::Null);
}

#[tokio::test]
async fn its_record_takes_what_the_plan_has_and_nothing_of_the_area() {
    let trial = Trial::new().await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let (id, _) = begun(&ann).await;
    ann.write(&id, &[json!({ "kind": "start" }), json!({ "kind": "phase", "phase": "consistency/no-answer" })]).await;
    let of_plan = json!({ "kind": "signal", "area": "consistency", "signal": "answer-not-charge", "prompted": null });
    ann.write(&id, &[of_plan]).await;
    for of_area in [
        json!({ "kind": "signal", "area": "consistency", "signal": "key-on-charge", "prompted": null }),
        json!({ "kind": "asked", "area": "consistency", "follow_up": "worst-case" }),
        json!({ "kind": "read", "area": "consistency", "prompt": "marketplace" }),
        json!({ "kind": "phase", "phase": "consistency/design" }),
        json!({ "kind": "red_flag", "area": "consistency", "red_flag": "exactly-once" }),
    ] {
        let answer = ann.try_write(&id, std::slice::from_ref(&of_area)).await;
        assert!(answer["results"][0]["refused"].is_string(), "{of_area}");
    }
    // What comes after the question that leads to it is prompted; what came before was not.
    let led = json!({ "kind": "signal", "area": "consistency", "signal": "news-with-state", "prompted": null });
    ann.write(&id, &[json!({ "kind": "asked", "area": "consistency", "follow_up": "saved-then-sent" }), led]).await;
    let entries = ann.get(&format!("/api/interviews/{id}")).await.ok()["entries"].clone();
    let prompted = |signal: &str| {
        let of = |e: &&Value| e["body"]["signal"] == signal;
        entries.as_array().unwrap().iter().find(of).unwrap()["body"]["prompted"].clone()
    };
    assert_eq!(prompted("answer-not-charge"), false);
    assert_eq!(prompted("news-with-state"), true);
    let live = ann.get(&format!("/api/interviews/{id}")).await.ok()["live"].clone();
    let offered: Vec<&str> = live["relevant"].as_array().unwrap().iter().map(|r| r["follow_up"].as_str().unwrap()).collect();
    assert!(offered.contains(&"what-to-see") && !offered.contains(&"which-of-two"), "{offered:?}");
}

#[tokio::test]
async fn the_kit_is_read_as_the_interview_reads_it_or_with_everything() {
    let trial = Trial::new().await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let ids = |kit: &Value| -> Vec<String> {
        let areas = kit["areas"].as_array().unwrap();
        let area = areas.iter().find(|a| a["id"] == "consistency").unwrap();
        area["signals"].as_array().unwrap().iter().map(|s| s["id"].as_str().unwrap().to_owned()).collect()
    };
    let own = ids(&ann.get("/api/kit").await.ok());
    let over = ids(&ann.get(&format!("/api/kit?scenario={SCENARIO}")).await.ok());
    let all = ids(&ann.get("/api/kit?all_plans=true").await.ok());
    let of = |plan: &ScenarioPlan| -> Vec<String> {
        plan.signals.iter().filter(|s| s.area == "consistency").map(|s| s.id.clone()).collect()
    };
    assert_eq!(over, of(plan()));
    let of_all = kit().plans.iter().flat_map(of).collect();
    assert_eq!(all, [own, of_all].concat());
    ann.get("/api/kit?scenario=parcel-carrier").await.problem(404);
    trial.nobody().get(&format!("/api/kit?scenario={SCENARIO}")).await.problem(401);
    for to in ["html", "pdf", "md", "csv", "json"] {
        let printed = ann.get(&format!("/api/kit/export?to={to}&plan={SCENARIO}")).await;
        assert_eq!(printed.status, 200, "{to}");
    }
    ann.get("/api/kit/export?to=md&plan=nothing").await.problem(422);
}

fn candidates(made: &Value) -> String {
    format!("/api/c/{}", made["url"].as_str().unwrap().rsplit_once("/c/").unwrap().1)
}

/// Every text of a plan that a candidate must not read.
fn secrets() -> Vec<String> {
    let plan = plan();
    let guide = &plan.guide;
    let mut all = vec![plan.title.clone(), plan.hook.clone(), plan.reveal.text.clone(), plan.reveal.option.clone(), guide.system.clone()];
    for phase in &plan.phases {
        all.extend([phase.title.clone(), phase.aim.clone()]);
        all.extend(phase.prompts.iter().flat_map(|p| [p.text.clone(), p.note.clone()]));
        all.extend(phase.follow_ups.iter().flat_map(|f| [f.text.clone(), f.moment.clone(), f.shallow.clone(), f.lived.clone()]));
        all.extend(phase.voices.iter().flat_map(|v| [v.shallow.clone(), v.lived.clone()]));
        all.extend(phase.hints.iter().cloned());
        all.extend(phase.faults.iter().flat_map(|f| [f.fault.clone(), f.title.clone(), f.reveals.clone()]));
        all.extend(phase.decisions.iter().chain(&phase.watch).filter(|name| name.contains('_')).cloned());
    }
    all.extend(plan.signals.iter().flat_map(|s| [s.id.clone(), s.text.clone(), s.short.clone(), s.counts.clone()]));
    all.extend(plan.red_flags.iter().flat_map(|f| [f.id.clone(), f.says.clone(), f.ask_then.clone()]));
    all.extend([&plan.regret_probe.ask, &plan.regret_probe.experience, &plan.regret_probe.absence].map(Clone::clone));
    all.extend(guide.strong.iter().chain(&guide.weak).cloned());
    all.extend(guide.faults.iter().flat_map(|f| [f.shows.clone(), f.strong.clone(), f.weak.clone()]));
    all.extend(guide.traps.iter().flat_map(|t| [t.title.clone(), t.text.clone()]));
    all.retain(|text| !text.is_empty());
    all
}

#[tokio::test]
async fn a_candidate_reads_the_brief_and_nothing_else_of_the_plan() {
    let trial = Trial::new().await;
    let ann = trial.person("Ann", Role::Interviewer).await;
    let (id, _) = begun(&ann).await;
    let made = ann.post(&format!("/api/interviews/{id}/links"), json!({})).await.ok();
    let course: Vec<Value> = std::iter::once(json!({ "kind": "start" }))
        .chain(plan().phases.iter().map(|p| json!({ "kind": "phase", "phase": format!("{}/{}", p.area, p.id) })))
        .collect();
    ann.write(&id, &course).await;
    let nobody = trial.nobody();
    let (path, brief) = (candidates(&made), &plan().brief);
    let read = nobody.get(&path).await.ok();
    let streamed = nobody.events(&format!("{path}/live")).await.next().await.unwrap();
    for view in [read, streamed] {
        for (field, told) in [("title", json!(brief.title)), ("story", json!(brief.story)), ("task", json!(brief.task)), ("can", json!(brief.can))] {
            assert_eq!(view["brief"][field], told);
        }
        assert_eq!(view["brief"]["assessed"], json!(brief.assessed));
        assert_eq!(view["brief"].as_object().unwrap().len(), 5);
        let text = view.to_string();
        // As it stands in JSON, so that a quote or a line break hides nothing.
        let holds = |secret: &str| text.contains(serde_json::to_string(secret).unwrap().trim_matches('"'));
        assert!(holds(&brief.task), "the search finds what is there");
        for secret in secrets() {
            assert!(!holds(&secret), "a candidate reads “{secret}”");
        }
    }
    // Nor do the plan's other doors open to somebody without an account.
    let export = format!("/api/kit/export?to=md&plan={SCENARIO}");
    for door in ["/api/kit", &format!("/api/kit?scenario={SCENARIO}"), &export, &format!("/api/interviews/{id}")] {
        nobody.get(door).await.problem(401);
    }
}

#[tokio::test]
async fn it_joins_an_opening_and_is_scored_and_debriefed_like_any_other() {
    let scene = Scene::held().await;
    let (id, _) = begun(&scene.ann).await;
    scene.ann.write(&id, &[json!({ "kind": "start" }), json!({ "kind": "phase", "phase": "consistency/two-charges" })]).await;
    let said = "Two charges under one order, from their list";
    let body = json!({ "kind": "note", "note": "said", "text": said, "area": "consistency", "signal": "others-like-it" });
    let note = scene.ann.write(&id, &[body]).await["results"][0]["id"].as_str().unwrap().to_owned();
    // Asked outside this phase's plan, but not outside the plan.
    scene.ann.write(&id, &[json!({ "kind": "asked", "area": "consistency", "follow_up": "worst-tonight" }), json!({ "kind": "end" })]).await;
    let attached = scene.ann.post(&format!("/api/interviews/{id}/attach"), json!({ "loop_id": scene.loop_id })).await.ok();
    assert_eq!(attached["loop_id"], json!(scene.loop_id));
    let seen = scene.ann.get(&format!("/api/interviews/{id}")).await.ok();
    assert_eq!(seen["scenario"]["id"], SCENARIO);
    assert!(seen["opening"].is_object());

    let card = scene.ann.get(&scene.of_loop("/scorecard")).await.ok();
    let due = card["due_areas"].as_array().unwrap();
    assert!(due.contains(&json!("architecture")) && due.contains(&json!("consistency")), "{due:?}");
    let notes = card["notes"].as_array().unwrap();
    assert!(notes.iter().any(|n| n["entry"] == json!(note) && n["signal"]["signal"] == "others-like-it"), "{notes:?}");
    scene.score(&scene.ann, scored("consistency", "good", &note, "A name for whoever signs")).await;
    for who in [&scene.ann, &scene.cleo, &scene.ben] {
        scene.submit(who).await;
    }
    let debrief = scene.manager.get(&scene.of_loop("/debrief")).await.ok();
    assert_eq!(debrief["state"], "open");
    let line = debrief["open"]["lines"].as_array().unwrap().iter().find(|l| l["area"] == "consistency").unwrap().to_string();
    assert!(line.contains("Two charges under one order"), "{line}");
    let deviations = debrief["open"]["deviations"].to_string();
    assert!(!deviations.contains("Asked outside the plan"), "{deviations}");
    assert!(deviations.contains("left out"), "it opened one phase of seven: {deviations}");
}
