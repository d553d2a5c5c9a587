//! The API through its router, as a browser meets it: a real database in a temporary folder, the kit that ships, no
//! network. One module per subject, as in `src/api`. Every answer of every test is held to what all answers owe
//! (`client::Reply`): security headers, and problems in full.

mod accounts;
mod client;
mod debrief;
mod departures;
mod demo;
mod demo_room;
mod document;
mod drills;
mod entries;
mod exceptions;
mod links;
mod live;
mod openings;
mod passwords;
mod requests;
mod rights;
mod rooms;
mod scenario;
mod scene;
mod scorecard;
mod versions;
