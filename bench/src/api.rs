//! The API as a panel uses it: five people writing into one record, and the pages that they read.

use std::{
    fs::File,
    io::Write,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Outcome, Places,
    server::{Client, Server},
    table::{Samples, Table},
};

const INTERVIEWERS: usize = 5;
const WRITING: Duration = Duration::from_secs(10);
/// Nobody types faster than this for long.
const PACE: Duration = Duration::from_millis(500);
const FLOOR: Duration = Duration::from_secs(3);
/// Per person; a fast disk ends by this and not by the clock.
const NOTES_MAX: usize = 5_000;
const READS: usize = 300;

pub fn measure(places: &Places, table: &mut Table) -> Outcome<()> {
    let server = Server::start(&places.binary, &places.work.path().join("panel"))?;
    let mut panel = panel(&server)?;
    let sample = value(&panel[0].client.post("/api/demo", &json!({}))?)?;
    let debrief = format!("/api/loops/{}/debrief", text(&sample["loop_id"])?);

    // The disk before and after: it is shared, and no two seconds of it are alike.
    let (mut disk, mut disk_took) = appends(&places.work.path().join("floor-before"))?;
    let paced_at = interview(&mut panel)?;
    let (paced, _) = write(&mut panel, &paced_at, Some(PACE))?;
    let long_at = interview(&mut panel)?;
    let (hurried, hurried_took) = write(&mut panel, &long_at, None)?;
    let (more, more_took) = appends(&places.work.path().join("floor-after"))?;
    disk.extend(more);
    disk_took += more_took;

    let ada = &mut panel[0].client;
    let health = reads(ada, "/api/health")?;
    let short = reads(ada, &format!("/api/interviews/{paced_at}"))?;
    let long = reads(ada, &format!("/api/interviews/{long_at}"))?;
    let debrief = reads(ada, &debrief)?;
    let start = reads(ada, "/api/start")?;
    drop(panel);
    server.stop()?;

    table.floor("disk: append 300 bytes and fsync", &disk);
    table.row("note acknowledged, 5 people, 2 a second each", &paced, &[("fsync", &disk)]);
    table.row("note acknowledged, 5 people, as fast as it goes", &hurried, &[("fsync", &disk)]);
    table.floor("`GET /api/health`", &health);
    let against = [("health", &health)];
    table.row(&format!("`GET /api/interviews/{{id}}`, {} notes", paced.count()), &short, &against);
    table.row(&format!("`GET /api/interviews/{{id}}`, {} notes", hurried.count()), &long, &against);
    table.row("`GET /api/loops/{id}/debrief`, the sample's", &debrief, &against);
    table.row("`GET /api/start`, with the sample", &start, &against);
    let (notes, syncs) = (rate(&hurried, hurried_took), rate(&disk, disk_took));
    let share = notes / syncs;
    table.remark(format!(
        "Notes acknowledged, as fast as it goes: {notes:.0} a second; one loop of append and fsync: {syncs:.0} a second ({share:.2} of it)."
    ));
    Ok(())
}

fn rate(samples: &Samples, took: Duration) -> f64 {
    samples.count() as f64 / took.as_secs_f64()
}

struct Member {
    client: Client,
    id: String,
}

/// An administrator and those whom she invited.
fn panel(server: &Server) -> Outcome<Vec<Member>> {
    let mut panel: Vec<Member> = Vec::new();
    for n in 0..INTERVIEWERS {
        let account = json!({ "name": format!("Person {n}"), "email": format!("p{n}@example.com"), "password": "three plain words" });
        let address = match panel.first_mut() {
            None => "/api/setup".to_owned(),
            Some(first) => {
                let made = value(&first.client.post("/api/invitations", &json!({ "role": "interviewer", "note": "" }))?)?;
                let token = text(&made["url"])?.rsplit('/').next().map(str::to_owned).unwrap_or_default();
                format!("/api/join/{token}")
            }
        };
        let mut client = Client::new(server);
        let me = value(&client.post(&address, &account)?)?;
        panel.push(Member { client, id: text(&me["person"]["id"])?.to_owned() });
    }
    Ok(panel)
}

/// An interview that all of them are in, and that has begun.
fn interview(panel: &mut [Member]) -> Outcome<String> {
    let people: Vec<Value> = panel.iter().map(|m| json!({ "person": m.id, "part": "interviewer" })).collect();
    let first = &mut panel[0].client;
    let made = value(&first.post("/api/interviews", &json!({ "area": "consistency" }))?)?;
    let id = text(&made["id"])?.to_owned();
    first.patch(&format!("/api/interviews/{id}"), &json!({ "people": people }))?;
    send(first, &id, 0, &json!({ "kind": "start" }))?;
    Ok(id)
}

/// Everybody writes; with a pace, each note waits for its turn, however long the one before took.
fn write(panel: &mut [Member], interview: &str, pace: Option<Duration>) -> Outcome<(Samples, Duration)> {
    let since = Instant::now();
    let written: Outcome<Vec<Samples>> = thread::scope(|scope| {
        let writers: Vec<_> = panel.iter_mut().enumerate().map(|(n, member)| scope.spawn(move || writer(member, n, interview, since, pace))).collect();
        writers.into_iter().map(|w| w.join().map_err(|_| "a writer panicked")?).collect()
    });
    let took = since.elapsed();
    let mut all = Samples::default();
    for samples in written? {
        all.extend(samples);
    }
    Ok((all, took))
}

fn writer(member: &mut Member, who: usize, interview: &str, since: Instant, pace: Option<Duration>) -> Outcome<Samples> {
    let mut samples = Samples::default();
    for n in 0..NOTES_MAX {
        if let Some(pace) = pace {
            // Not all at once: each begins a part of the pace later than the one before.
            let turn = pace * n as u32 + pace * who as u32 / INTERVIEWERS as u32;
            thread::sleep(turn.saturating_sub(since.elapsed()));
        }
        if since.elapsed() >= WRITING {
            break;
        }
        let said = format!("Note {n}: keeps the payment's key beside the row, so that a retry after the timeout finds what was done");
        let body = json!({ "kind": "note", "note": "said", "text": said, "area": "consistency", "signal": null });
        let began = Instant::now();
        send(&mut member.client, interview, since.elapsed().as_millis() as u64, &body)?;
        samples.push(began.elapsed());
    }
    Ok(samples)
}

/// Writes one entry; a refusal is a failure here.
fn send(client: &mut Client, interview: &str, at_ms: u64, body: &Value) -> Outcome<()> {
    let entry = json!({ "entries": [{ "id": Uuid::now_v7().to_string(), "at_ms": at_ms, "body": body }] });
    let answer = client.post(&format!("/api/interviews/{interview}/entries"), &entry)?;
    if value(&answer)?["results"][0]["seq"].is_null() {
        return Err(format!("an entry was refused: {answer}").into());
    }
    Ok(())
}

/// The least that a promise to have saved something costs on this disk.
fn appends(path: &Path) -> Outcome<(Samples, Duration)> {
    let mut file = File::create(path)?;
    let bytes = [b'n'; 300];
    let mut samples = Samples::default();
    let since = Instant::now();
    while since.elapsed() < FLOOR && samples.count() < NOTES_MAX * INTERVIEWERS {
        let began = Instant::now();
        file.write_all(&bytes)?;
        file.sync_data()?;
        samples.push(began.elapsed());
    }
    Ok((samples, since.elapsed()))
}

fn reads(client: &mut Client, path: &str) -> Outcome<Samples> {
    let mut samples = Samples::default();
    client.get(path)?;
    for _ in 0..READS {
        let began = Instant::now();
        client.get(path)?;
        samples.push(began.elapsed());
    }
    Ok(samples)
}

fn value(answer: &str) -> Outcome<Value> {
    Ok(serde_json::from_str(answer)?)
}

fn text(value: &Value) -> Outcome<&str> {
    Ok(value.as_str().ok_or_else(|| format!("a text was expected, and {value} came"))?)
}
