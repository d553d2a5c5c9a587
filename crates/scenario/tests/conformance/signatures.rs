//! 24. Webhooks that are signed: who made them, and when.

use crate::cases;
use crate::world::{Run, SECOND, World, world};

/// A payment a second for ten minutes, each told a second later to a desk with two instances and a clock of its own.
fn desk(secret: &str, rest: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 10m, drain: 30m}}
records: {{Pay: {{fields: {{id: id}}, states: {{taken: []}}}}}}
clients: {{people: {{arrive: constant 1/s, call: desk.pay}}}}
providers:
  bank:
    operations: {{take: {{creates: Pay.taken, takes: 100ms}}}}
    webhooks: {{send: [Pay.taken], to: desk.heard, delay: 1s, retry: {{backoff: fixed 30s, give_up: 20m}}}}
stores: {{db: {{tables: {{told: {{of: Pay, unique: [id]}}}}}}}}
credentials: {{hook_secret: {{signs: bank, {secret}}}}}
services:
  desk:
    replicas: 2
    handlers:
      pay: {{steps: [{{call: bank.take}}]}}
      heard: {{input: {{event: bank.event}}, steps: [{{tx: db, do: [{{insert: told, exists: continue}}]}}]}}
clocks: {{desk: {{}}}}
operator: {{reacts: 0s, script: [{{after: alert, move: rotate}}]}}
invariants: {{told: {{each: Pay, at_end: told.size() == 1, means: {{hurts: nobody}}}}}}
moves:
  rotate: {{takes: 0s, rotate: hook_secret}}
  reload: {{takes: 0s, reload: hook_secret}}
  revoke: {{takes: 0s, revoke: hook_secret}}
{rest}
"
    ))
}

fn play(world: &World, moves: &[(u64, &str)]) -> Run {
    let mut sim = world.sim();
    for &(second, name) in moves {
        sim.advance(second * SECOND);
        sim.apply(&world.makes(name, None)).unwrap();
    }
    Run::of(sim)
}

/// Payments that nobody was ever told of, and how often an event was not taken.
fn heard(run: &Run) -> (u64, u64) {
    (run.broken("told"), run.report.secrets[0].failed_logins)
}

cases! {
    an_event_that_is_signed_with_another_secret_is_sent_again(
        "24", "From when a signing secret is replaced until a receiver has loaded the new one, every event is answered with an error and sent again; \
            then all are taken",
        "Stripe docs, Webhooks: verify the signature, answer 400, retried for days; Roll endpoint signing secrets"
    ) {
        let run = play(&desk("rotation: replace", ""), &[(60, "rotate"), (180, "reload")]);
        let (untold, refused) = heard(&run);
        assert_eq!(untold, 0);
        // 120 events of two minutes: those of the first come back at 30, 60 and 90 s, as long as it lasts: 4, 3, 2, 1 times for 30 each.
        assert_eq!(refused, 30 * (4 + 3 + 2 + 1));
    }

    two_active_secrets_sign_one_event(
        "24", "While the old secret is still active the provider signs with both: no receiver refuses anything, whichever it holds",
        "Stripe docs, Roll endpoint signing secrets: multiple signatures, the old secret active for up to 24 hours"
    ) {
        let run = play(&desk("rotation: overlap", ""), &[(60, "rotate"), (180, "reload")]);
        assert_eq!(heard(&run), (0, 0));
        // Who takes the old one back before anybody has loaded the new one refuses the rest, until they have.
        let early = play(&desk("rotation: overlap", ""), &[(60, "rotate"), (120, "revoke"), (180, "reload")]);
        assert_eq!(heard(&early), (0, 30 * (2 + 1)));
    }

    a_clock_that_is_wrong_refuses_what_is_signed(
        "24", "A signature is of a time: beyond the tolerance of the receiver's own clock it does not hold, within it it does",
        "Stripe docs, Webhooks: a default tolerance of five minutes; RFC 9421, 3.2: created"
    ) {
        let wrong = |ahead: &str| format!("faults: {{off: {{at: 60s, lasts: 2m, set: {{clocks.desk.ahead: {ahead}}}}}}}\n");
        assert_eq!(heard(&desk("rotation: replace", &wrong("299s")).run()), (0, 0));
        let (untold, refused) = heard(&desk("rotation: replace", &wrong("301s")).run());
        assert_eq!((untold, refused), (0, 30 * (4 + 3 + 2 + 1)));
        // Who looks at no time takes them; so he would what somebody has recorded.
        assert_eq!(heard(&desk("rotation: replace, tolerance: none", &wrong("301s")).run()), (0, 0));
    }

    a_forged_event_is_believed_as_long_as_anybody_holds_the_secret(
        "24", "With a leaked secret anybody can sign; that the provider has stopped signing with it helps nobody: it ends when every receiver has \
            loaded another",
        "RFC 9421, 7.2: a shared key makes signatures for whoever holds it"
    ) {
        let leak = "faults: {out: {at: 60s, leak: hook_secret, every: 10s}}\n";
        let world = desk("rotation: replace", leak);
        let ever = play(&world, &[(120, "rotate")]);
        let mended = play(&world, &[(120, "rotate"), (185, "reload")]);
        // At 60, 70 … 180 s, and no more.
        assert_eq!(mended.report.secrets[0].misused, 13);
        assert!(ever.report.secrets[0].misused > 200);
    }
}
