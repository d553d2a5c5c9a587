//! From starting the process to the first answer.

use std::{
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use serde_json::json;

use crate::{
    Outcome, Places,
    server::{Client, Server, seatrial},
    table::{Samples, Table},
};

const ROUNDS: usize = 15;

pub fn measure(places: &Places, table: &mut Table) -> Outcome<()> {
    let warm_folder = places.work.path().join("warm");
    let server = Server::start(&places.binary, &warm_folder)?;
    let mut ada = Client::new(&server);
    ada.post("/api/setup", &json!({ "name": "Ada", "email": "ada@example.com", "password": "three plain words" }))?;
    ada.post("/api/demo", &json!({}))?;
    drop(ada);
    server.stop()?;

    let (mut floor, mut warm, mut empty) = (Samples::default(), Samples::default(), Samples::default());
    // Taken in turns: whatever else the machine does meets all three alike.
    for round in 0..ROUNDS {
        let since = Instant::now();
        seatrial(&places.binary).arg("--version").stdout(Stdio::null()).status()?;
        floor.push(since.elapsed());
        warm.push(first_answer(places, &warm_folder)?);
        empty.push(first_answer(places, &places.work.path().join(format!("empty-{round}")))?);
    }
    table.floor("`seatrial --version`", &floor);
    table.row("start, folder with the sample", &warm, &[("`--version`", &floor)]);
    table.row("start, empty folder", &empty, &[("`--version`", &floor)]);
    Ok(())
}

fn first_answer(places: &Places, data: &Path) -> Outcome<Duration> {
    let since = Instant::now();
    let server = Server::start(&places.binary, data)?;
    // The address is said once the port is open, so this waits in line until somebody answers.
    Client::new(&server).get("/api/health")?;
    let took = since.elapsed();
    server.stop()?;
    Ok(took)
}
