//! The API: one module per subject, mirroring the addresses. Handlers check the right, call the core, keep the result.

mod account;
mod candidate;
mod candidate_room;
mod debrief;
mod departures;
mod demo;
mod drill_room;
mod drills;
pub mod dto;
mod entries;
mod exceptions;
mod facts;
mod interviews;
mod invitations;
mod kit;
mod links;
mod live;
mod loops;
mod openings;
mod pad;
mod passwords;
mod people;
mod preread;
mod room_facts;
mod room_live;
mod room_plan;
mod rooms;
mod scenario;
mod scorecard;
mod start;
mod takes;

pub use facts::People;
pub use drill_room::place as drill_place;
pub use room_facts::interview_clock;

use std::sync::Arc;

use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{problem::Problem, state::App};

#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "Seatrial",
        description = "The API behind the browser app. Errors are problem+json (RFC 9457). Times are RFC 3339; moments are \
                       milliseconds on the interview's clock. Requests that change something carry the header `X-Seatrial: 1`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(Problem))
)]
struct Document;

/// Every route with its description.
pub fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(account::me))
        .routes(routes!(account::setup))
        .routes(routes!(account::sign_in, account::sign_out))
        .routes(routes!(account::health))
        .routes(routes!(people::list))
        .routes(routes!(people::change))
        .routes(routes!(passwords::change))
        .routes(routes!(passwords::make))
        .routes(routes!(passwords::look, passwords::reset))
        .routes(routes!(invitations::list, invitations::make))
        .routes(routes!(invitations::revoke))
        .routes(routes!(invitations::look, invitations::join))
        .routes(routes!(kit::read))
        .routes(routes!(kit::export))
        .routes(routes!(kit::schema))
        .routes(routes!(start::read))
        .routes(routes!(scenario::variations))
        .routes(routes!(demo::load, demo::remove))
        .routes(routes!(openings::list, openings::make))
        .routes(routes!(openings::read, openings::change))
        .routes(routes!(openings::write_bar))
        .routes(routes!(openings::write_plan))
        .routes(routes!(openings::add_candidate))
        .routes(routes!(loops::list))
        .routes(routes!(loops::read, loops::change))
        .routes(routes!(interviews::list, interviews::make))
        .routes(routes!(interviews::read, interviews::change))
        .routes(routes!(entries::append))
        .routes(routes!(entries::pencil))
        .routes(routes!(interviews::attach))
        .routes(routes!(links::make_link))
        .routes(routes!(links::revoke_link))
        .routes(routes!(live::interview))
        .routes(routes!(preread::read))
        .routes(routes!(rooms::make))
        .routes(routes!(rooms::live))
        .routes(routes!(rooms::act))
        .routes(routes!(rooms::options))
        .routes(routes!(rooms::dead))
        .routes(routes!(rooms::part))
        .routes(routes!(rooms::traces))
        .routes(routes!(rooms::logs))
        .routes(routes!(rooms::history))
        .routes(routes!(takes::at))
        .routes(routes!(takes::takes))
        .routes(routes!(takes::what_if))
        .routes(routes!(takes::spread))
        .routes(routes!(takes::story))
        .routes(routes!(takes::fork))
        .routes(routes!(takes::again))
        .routes(routes!(pad::read_pad, pad::write_pad))
        .routes(routes!(drills::list, drills::make))
        .routes(routes!(drills::read))
        .routes(routes!(drills::join))
        .routes(routes!(drill_room::live))
        .routes(routes!(drill_room::act))
        .routes(routes!(drill_room::options))
        .routes(routes!(drill_room::dead))
        .routes(routes!(drill_room::part))
        .routes(routes!(drill_room::traces))
        .routes(routes!(drill_room::logs))
        .routes(routes!(drill_room::read_pad, drill_room::write_pad))
        .routes(routes!(candidate_room::live))
        .routes(routes!(candidate_room::act))
        .routes(routes!(candidate_room::options))
        .routes(routes!(candidate_room::dead))
        .routes(routes!(candidate_room::part))
        .routes(routes!(candidate_room::traces))
        .routes(routes!(candidate_room::logs))
        .routes(routes!(candidate_room::read_pad, candidate_room::write_pad))
        .routes(routes!(candidate::read))
        .routes(routes!(candidate::live))
        .routes(routes!(scorecard::read))
        .routes(routes!(scorecard::write_area))
        .routes(routes!(scorecard::submit))
        .routes(routes!(scorecard::amend))
        .routes(routes!(debrief::read))
        .routes(routes!(debrief::visit))
        .routes(routes!(exceptions::open_early))
        .routes(routes!(exceptions::excuse))
        .routes(routes!(exceptions::call_off))
        .routes(routes!(debrief::decide))
        .routes(routes!(debrief::dissent))
}

/// Plans a loop of the sample.
pub async fn add_loop_for_demo(
    app: &App,
    opening: &seatrial_store::OpeningRow,
    code: &str,
    name: &str,
    added: jiff::Timestamp,
) -> Result<String, Problem> {
    openings::add_loop(app, opening, code, name, &opening.owner, true, added).await
}

pub use debrief::check_demo_decision;
pub use room_plan::follows_phase;
pub use rooms::{Purpose, open_seeded};
pub use scenario::planned;
pub use passwords::new_reset;

/// Whether a candidate's token opens an interview now.
pub async fn candidate_link_is_good(app: &App, token: &str, now: jiff::Timestamp) -> bool {
    candidate::behind(app, token, now).await.is_ok()
}
