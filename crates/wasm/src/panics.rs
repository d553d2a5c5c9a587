//! What a panic says. Without this, a browser would tell “unreachable executed”.

use std::panic::{PanicHookInfo, set_hook};

/// Hands the sentence of every panic to `stop`, which does not return in a browser.
pub fn become_exceptions(stop: fn(&str)) {
    set_hook(Box::new(move |info| stop(&sentence(info))));
}

fn sentence(info: &PanicHookInfo<'_>) -> String {
    let what = info.payload_as_str().unwrap_or("no message");
    let place = info
        .location()
        .map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
    format!("a mistake in Seatrial{place}: {what}")
}
