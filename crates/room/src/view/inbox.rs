//! Alerts and tickets. A ticket is what somebody says; whether it is so, only the panel is told.

use seatrial_sim::System;
use seatrial_sim::engine::TicketSeen;
use seatrial_sim::system::Alert;
use serde::Serialize;

use super::{Context, plain};
use crate::command::{V, Verdict};
use crate::take::Take;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Inbox {
    pub alerts: Vec<AlertSeen>,
    pub tickets: Vec<CandidateTicket>,
    /// Said where nothing would ever fire.
    pub no_alerts: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PanelInbox {
    pub alerts: Vec<AlertSeen>,
    pub tickets: Vec<PanelTicket>,
    pub no_alerts: Option<String>,
}

/// An alert that was bought.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AlertSeen {
    pub name: String,
    pub says: String,
    pub firing: bool,
    pub since: Option<V>,
    pub fired: Vec<V>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CandidateTicket {
    pub number: u32,
    /// `order 8123`.
    pub what: String,
    /// What one would search for.
    pub key: String,
    /// What its writer says, not what is established.
    pub claim: String,
    pub words: String,
    pub filed: V,
    pub worth: Option<String>,
    pub reply: Option<ReplySeen>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReplySeen {
    pub v: V,
    pub verdict: Verdict,
    pub words: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PanelTicket {
    #[serde(flatten)]
    pub seen: CandidateTicket,
    /// Whether the reply was right, once somebody has said that it is so or is not.
    pub right: Option<bool>,
    /// What is true, in a sentence.
    pub truth: String,
    /// The arrival's number, by which its history is asked for.
    pub serial: u64,
}

fn alerts(take: &Take) -> (Vec<AlertSeen>, Option<String>) {
    let system = &take.play.system;
    let console = take.sim().console();
    let on = system.alerts.iter().zip(&console.alerts).enumerate().filter(|(_, (_, now))| now.enabled);
    let alerts: Vec<AlertSeen> = on
        .map(|(at, (alert, now))| AlertSeen {
            name: plain(&alert.name),
            says: alert_words(system, alert),
            firing: now.firing,
            since: now.since.filter(|_| now.firing),
            fired: take.sim().fired(at).to_vec(),
        })
        .collect();
    let none = alerts.is_empty().then(|| "No alerts are configured: nobody is told of anything by itself.".to_owned());
    (alerts, none)
}

/// What an alert looks for, in words.
pub(crate) fn alert_words(system: &System, alert: &Alert) -> String {
    in_words(system.expr_texts.get(alert.when.at()).map_or("", String::as_str))
}

/// `error_ratio('checkout') > 0.05` → `errors of checkout above 5 %`; what has no such form is shown as it is written.
fn in_words(text: &str) -> String {
    let read = || {
        let (call, bound) = text.split_once('>')?;
        let (name, args) = call.trim().strip_suffix(')')?.split_once('(')?;
        let args: Vec<&str> = args.split(',').map(|arg| arg.trim().trim_matches('\'')).collect();
        let bound = bound.trim();
        Some(match (name, args.as_slice()) {
            ("error_ratio", [service]) => format!("errors of {service} above {} %", (bound.parse::<f64>().ok()? * 1000.0).round() / 10.0),
            ("lag" | "lag_max", [_, service, ..]) => format!("{service} more than {bound} messages behind"),
            ("parked", [topic]) => format!("more than {bound} messages of {topic} put aside"),
            _ => return None,
        })
    };
    let age = || {
        let (name, bound) = text.split_once('>')?;
        let bound = bound.trim().strip_prefix("duration('")?.strip_suffix("')")?;
        Some(format!("{} for more than {bound}", plain(name.trim())))
    };
    read().or_else(age).unwrap_or_else(|| text.to_owned())
}

/// A desk that drowns shows the last.
const SHOWN_MAX: usize = 200;

/// The newest first.
fn shown(take: &Take) -> Vec<TicketSeen> {
    let opens = take.play.opens();
    let all: Vec<TicketSeen> = take.sim().tickets().filter(|ticket| ticket.filed_at >= opens).copied().collect();
    all.into_iter().rev().take(SHOWN_MAX).collect()
}

fn ticket(take: &Take, context: &Context, of: &TicketSeen) -> CandidateTicket {
    let number = u32::try_from(of.number).unwrap_or(u32::MAX);
    let words = take.play.ticket_words(of);
    let reply = take.desk.replies.get(&number);
    CandidateTicket {
        number,
        what: words.what,
        key: words.key,
        claim: words.claim,
        words: words.says,
        filed: of.filed_at,
        worth: None,
        reply: reply.map(|reply| ReplySeen { v: reply.v, verdict: reply.verdict, words: context.words(&reply.command) }),
    }
}

/// Whether what a customer was told is right. Of “I cannot tell” there is nothing to judge.
fn right(take: &Take, number: u32) -> Option<bool> {
    take.desk.replies.get(&number).and_then(|reply| match reply.verdict {
        Verdict::ItIsSo => Some(reply.truth),
        Verdict::ItIsNot => Some(!reply.truth),
        Verdict::CannotTell => None,
    })
}

pub fn inbox(take: &Take, context: &Context) -> Inbox {
    let (alerts, no_alerts) = alerts(take);
    let tickets = shown(take).iter().map(|of| ticket(take, context, of)).collect();
    Inbox { alerts, tickets, no_alerts }
}

pub fn panel_inbox(take: &Take, context: &Context) -> PanelInbox {
    let (alerts, no_alerts) = alerts(take);
    let shown = shown(take);
    let told = shown.iter().zip(take.truth_of(&shown)).map(|(of, truth)| {
        let seen = ticket(take, context, of);
        PanelTicket { right: right(take, seen.number), seen, truth, serial: of.serial }
    });
    PanelInbox { alerts, tickets: told.collect(), no_alerts }
}
