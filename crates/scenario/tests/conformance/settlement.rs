//! 25. What is paid out in one sum, at a cut-off by the clock of a place: every row once, and corrections by reversal.

use crate::cases;
use crate::world::{Run, World, world};

/// Two shops' money is kept for them, some of it is reversed, and at five in the afternoon each is paid what has come
/// together.
fn payouts(rest: &str) -> World {
    world(&format!(
        "
clock: {{starts: \"2026-10-24T14:50Z\", warm_up: 0s, play: 20m, drain: 3d}}
records:
  Order: {{fields: {{id: id, value: money}}}}
  Pay: {{fields: {{id: id, order: Order.id, amount: money, shop: string}}}}
  Back: {{fields: {{id: id, pay: Pay.id, amount: money}}}}
  Posting: {{fields: {{id: id, pay: Pay.id, amount: money, shop: string}}, states: {{open: [paid]}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Order: {{value: uniform 1 USD..100 USD}}}}, call: {{to: till.buy, timeout: 20s}}}}}}
providers: {{bank: {{operations: {{take: {{creates: Pay}}, give: {{creates: Back}}}}}}}}
stores:
  books:
    takes: 0s
    tables:
      postings: {{of: Posting, unique: [id], append_only: true}}
      payouts: {{fields: {{batch: id, shop: string, sum: money, rows: count}}, unique: [batch], append_only: true, balance: {{of: sum, by: shop}}}}
services:
  till:
    run: {{threads: 100}}
    handlers:
      buy:
        input: {{order: Order}}
        steps:
          - if: order.value > usd(50)
            then: [{{call: bank.take, with: {{amount: order.value, shop: north}}}}, {{call: till.book}}]
            else: [{{call: bank.take, with: {{amount: order.value, shop: south}}}}, {{id: low, call: till.book}}]
      book:
        input: {{pay: Pay}}
        steps:
          - {{tx: books, do: [{{insert: postings, state: open, set: {{id: pay.id}}}}]}}
          - respond: ok
          # A third of it is a mistake, found a minute later: the row stays, and another takes it back.
          - if: pay.amount > usd(66)
            then:
              - {{wait: 1m}}
              - {{call: bank.give}}
              - {{id: back, tx: books, do: [{{insert: postings, state: open, set: {{id: back.id, amount: usd(0) - pay.amount}}}}]}}
  night:
    restart_after: 1s
    start_up: 1s
    jobs:
      pay_out:
        at: \"17:00\"
        zone: Europe/Berlin
        gather: {{table: books.postings, by: shop, sum: amount, moves: open -> paid}}
        steps: [{{id: think, work: 1s}}, {{tx: books, do: [{{insert: payouts}}]}}]
invariants: {{paid: {{at_end: \"balance('north') + balance('south') == total('Pay.amount') - total('Back.amount')\", means: {{hurts: shop}}}}}}
{rest}"
    ))
}

cases! {
    rows_are_paid_once_and_in_one_sum(
        "25", "At each cut-off what was open is claimed and paid as one sum for each shop; what comes later, and what is reversed later, is the next day's. In \
            the end what was paid out is what was taken less what was reversed",
        "Fowler, Accounting Patterns: reversal adjustment; settlement batches close at a local time"
    ) {
        let world = payouts("");
        let mut sim = world.sim();
        // 14:50 in UTC is 16:50 in Berlin, in summer time: the first batch closes after ten minutes.
        sim.advance(599 * 1_000_000_000);
        let before = sim.report().services[1].offered;
        sim.advance(602 * 1_000_000_000);
        assert_eq!((before, sim.report().services[1].offered), (0, 2));
        // That night the clocks go back: the next cut-off is 25 hours later.
        sim.advance((600 + 24 * 3600 + 5) * 1_000_000_000);
        assert_eq!(sim.report().services[1].offered, 2);
        sim.advance((600 + 25 * 3600 + 5) * 1_000_000_000);
        assert_eq!(sim.report().services[1].offered, 4);
        let run = Run::of(sim);
        assert_eq!(run.broken("paid"), 0);
    }

    a_crash_between_claim_and_payment_loses_the_payment(
        "25", "The rows are claimed, and the job dies before it has paid: nobody is paid, and the next batch does not look at them. \
            Whoever compares sums sees it",
        "Kleppmann, Designing Data-Intensive Applications, ch. 11: claim and effect in two transactions"
    ) {
        assert_eq!(payouts("").run().broken("paid"), 0);
        assert_eq!(payouts("faults: {killed: {at: 9m, crash: {service: night, after_step: think}}}\n").run().broken("paid"), 1);
    }
}
