//! A panel at work: one opening, one candidate, four interviews. Ann and Cleo ask in the first, Ben in the others, Dov in
//! none. No test of its own.

use seatrial_store::Role;
use serde_json::{Value, json};

use crate::client::{Client, Trial};

pub struct Scene {
    pub trial: Trial,
    pub admin: Client,
    pub manager: Client,
    pub ann: Client,
    pub cleo: Client,
    pub ben: Client,
    pub dov: Client,
    pub opening: String,
    pub loop_id: String,
    /// Ann's and Cleo's interview, about consistency.
    pub money: String,
    /// Ben's interviews.
    pub others: Vec<String>,
}

impl Scene {
    pub async fn planned() -> Self {
        let trial = Trial::new().await;
        let admin = trial.person("Ada", Role::Admin).await;
        let manager = trial.person("Mia", Role::Manager).await;
        let ann = trial.person("Ann", Role::Interviewer).await;
        let cleo = trial.person("Cleo", Role::Interviewer).await;
        let ben = trial.person("Ben", Role::Interviewer).await;
        let dov = trial.person("Dov", Role::Interviewer).await;
        let opening = new_opening(&manager).await;
        let id = opening["id"].as_str().unwrap().to_owned();
        write_bar(&manager, &opening).await;
        let made = manager.post(&format!("/api/openings/{id}/loops"), json!({ "name": "Noor Said" })).await.ok();
        let loop_id = made["loop_id"].as_str().unwrap().to_owned();
        let interviews = manager.get(&format!("/api/loops/{loop_id}")).await.ok()["interviews"].clone();
        let mut money = String::new();
        let mut others = Vec::new();
        for interview in interviews.as_array().unwrap() {
            let at = interview["id"].as_str().unwrap().to_owned();
            let people: &[&Client] = if interview["session_id"] == "money" { &[&ann, &cleo] } else { &[&ben] };
            assign(&manager, &at, people).await.ok();
            if interview["session_id"] == "money" {
                money = at;
            } else {
                others.push(at);
            }
        }
        Self { trial, admin, manager, ann, cleo, ben, dov, opening: id, loop_id, money, others }
    }

    pub async fn held() -> Self {
        let scene = Self::planned().await;
        hold(&scene.ann, &scene.money).await;
        for other in &scene.others {
            hold(&scene.ben, other).await;
        }
        scene
    }

    pub fn of_loop(&self, rest: &str) -> String {
        format!("/api/loops/{}{rest}", self.loop_id)
    }

    pub fn everybody(&self) -> [&Client; 6] {
        [&self.admin, &self.manager, &self.ann, &self.cleo, &self.ben, &self.dov]
    }

    /// Marks every area that is due from somebody and not decided as not assessed, and submits.
    pub async fn submit(&self, who: &Client) -> Value {
        let mut card = who.get(&self.of_loop("/scorecard")).await.ok();
        for area in card["due_areas"].as_array().unwrap().clone() {
            let area = area.as_str().unwrap();
            if card["areas"].as_array().unwrap().iter().any(|a| a["area"] == area && a["decided"] == true) {
                continue;
            }
            let mut score = blank(area);
            score["decided"] = true.into();
            card = self.score(who, score).await;
        }
        who.send("POST", &self.of_loop("/scorecard/submit"), None).await.ok()
    }

    pub async fn score(&self, who: &Client, score: Value) -> Value {
        let rev = who.get(&self.of_loop("/scorecard")).await.ok()["rev"].clone();
        let path = self.of_loop(&format!("/scorecard/areas/{}", score["area"].as_str().unwrap()));
        who.put(&path, json!({ "base_rev": rev, "score": score })).await.ok()
    }
}

pub fn blank(area: &str) -> Value {
    json!({ "area": area, "decided": false, "level": null, "confidence": null, "would_move": "", "seen": [], "evidence": [] })
}

/// A score with a level that a note speaks for.
pub fn scored(area: &str, level: &str, note: &str, would_move: &str) -> Value {
    json!({
        "area": area, "decided": true, "level": level, "confidence": 2, "would_move": would_move, "seen": [],
        "evidence": [{ "entry": note, "kind": "said", "moment": { "take": "", "seq": 0, "v": 0 }, "prompted": null, "behaviour": null }],
    })
}

pub async fn new_opening(manager: &Client) -> Value {
    let new = json!({ "title": "Staff engineer, ledger", "team": "Payments", "pack": "fintech-engineer", "seniority": "staff" });
    manager.post("/api/openings", new).await.ok()
}

/// Writes the bar that the role pack proposes.
pub async fn write_bar(manager: &Client, opening: &Value) -> Value {
    let bar = json!({ "lines": opening["bar"]["lines"], "rules": opening["bar"]["rules"], "reason": null });
    manager.put(&format!("/api/openings/{}/bar", opening["id"].as_str().unwrap()), bar).await.ok()
}

pub async fn assign(manager: &Client, interview: &str, people: &[&Client]) -> crate::client::Reply {
    let people: Vec<Value> = people.iter().map(|p| json!({ "person": p.id, "part": "interviewer" })).collect();
    manager.patch(&format!("/api/interviews/{interview}"), json!({ "people": people })).await
}

pub async fn hold(who: &Client, interview: &str) {
    who.write(interview, &[json!({ "kind": "start" }), json!({ "kind": "end" })]).await;
}

/// Writes a note and returns its id.
pub async fn note(who: &Client, interview: &str, kind: &str, text: &str) -> String {
    let body = json!({ "kind": "note", "note": kind, "text": text, "area": "consistency", "signal": null });
    who.write(interview, &[body]).await["results"][0]["id"].as_str().unwrap().to_owned()
}

/// An interview alone, without an opening.
pub async fn alone(who: &Client, area: &str) -> (String, String) {
    let made = who.post("/api/interviews", json!({ "area": area, "minutes": 10 })).await.ok();
    (made["id"].as_str().unwrap().to_owned(), made["loop_id"].as_str().unwrap().to_owned())
}
