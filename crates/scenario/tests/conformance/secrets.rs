//! 14, 15. Credentials and certificates by version, flags that arrive one after the other, clocks that are wrong.

use crate::cases;
use crate::world::{Run, World, world};

/// Two services that keep rows in one store; a connection each. `orders` has a replica more.
fn shop(credential: &str, rest: &str) -> World {
    world(&format!(
        "
clock: {{warm_up: 0s, play: 20m, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients:
  buyers: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: orders.keep}}
  payers: {{arrive: constant 1/s, call: bills.keep}}
stores: {{db: {{takes: 1ms, tables: {{jobs: {{of: Job, unique: [id]}}, notes: {{fields: {{n: count}}}}}}}}}}
credentials: {{db_password: {{of: db, {credential}}}}}
services:
  orders: {{start_up: 5s, pools: {{db: {{size: 1}}}}, handlers: {{keep: {{input: {{job: Job}}, steps: [{{tx: db, do: [{{insert: jobs}}]}}]}}}}}}
  bills: {{start_up: 5s, pools: {{db: {{size: 1}}}}, handlers: {{keep: {{steps: [{{tx: db, do: [{{insert: notes, set: {{n: 1}}}}]}}]}}}}}}
operator: {{reacts: 0s, script: [{{after: alert, move: rotate}}]}}
{rest}
"
    ))
}

const MOVES: &str = "
moves:
  rotate: {takes: 0s, rotate: db_password}
  reload: {takes: 0s, reload: db_password}
  reload_bills: {takes: 0s, reload: db_password, service: bills}
  revoke: {takes: 0s, revoke: db_password}
  throw_out: {takes: 0s, revoke: db_password, terminate: true}
  restart: {takes: 0s, restart: orders}
";

/// Moves by name, each at its second; then to the end.
fn play(world: &World, moves: &[(u64, &str)]) -> Run {
    let mut sim = world.sim();
    for &(second, name) in moves {
        sim.advance(second * crate::world::SECOND);
        sim.apply(&world.makes(name, None)).unwrap();
    }
    Run::of(sim)
}

/// Those who were refused: buyers, payers.
fn refused(run: &Run) -> [u64; 2] {
    [run.outcomes(0)[5], run.outcomes(1)[5]]
}

cases! {
    a_changed_password_leaves_open_sessions_alone(
        "14", "A store asks for the password when a connection opens and never again: after a rotation without overlap everybody works on, until a \
            connection ends and a new one is refused before anything was done",
        "PostgreSQL docs, ALTER ROLE; Appendix A, 28P01; HikariCP, maxLifetime (30 min, less up to 2.5 %)"
    ) {
        let world = shop("sessions: 10m", MOVES);
        let run = play(&world, &[(60, "rotate")]);
        // Both connections opened in the first second, and end after 9 min 45 s to 10 min; nobody has the new version.
        let [buyers, payers] = refused(&run);
        assert!((600..=616).contains(&buyers) && (600..=616).contains(&payers), "{buyers} {payers}");
        assert_eq!(run.report.secrets[0].failed_logins, buyers + payers);
        let ever = play(&shop("sessions: none", MOVES), &[(60, "rotate")]);
        assert_eq!(refused(&ever), [0, 0]);
    }

    a_restart_in_the_middle_of_a_rotation_finds_the_new_version(
        "14", "A credential in the environment is read when a process starts: whoever is restarted has the new one, the others have the old one",
        "Kubernetes docs, Secrets: environment variables are not updated"
    ) {
        let run = play(&shop("sessions: 10m", MOVES), &[(60, "rotate"), (120, "restart")]);
        let [buyers, payers] = refused(&run);
        // Six seconds without a replica.
        assert!(buyers <= 7, "{buyers}");
        assert!((600..=616).contains(&payers), "{payers}");
    }

    overlapping_versions_let_everybody_in(
        "14", "While two versions are accepted nobody is refused; who revokes the old one before all have loaded the new one refuses the rest",
        "AWS Secrets Manager docs, Rotation strategies: alternating users; MySQL 8.0 docs, Dual Password Support"
    ) {
        let overlap = "sessions: 2m, rotation: overlap, reload: {orders: 60s}";
        let world = shop(overlap, MOVES);
        assert_eq!(refused(&play(&world, &[(60, "rotate")])), [0, 0]);
        // `bills` asks for it at its start only. At 200 s it holds the old one.
        let early = play(&world, &[(60, "rotate"), (200, "revoke")]);
        assert_eq!(refused(&early)[0], 0);
        assert!(refused(&early)[1] > 850, "{:?}", refused(&early));
        let after = play(&world, &[(60, "rotate"), (190, "reload_bills"), (200, "revoke")]);
        assert_eq!(refused(&after), [0, 0]);
    }

    a_secret_store_is_asked_every_so_often(
        "14", "Between a rotation that replaces and the next look into the secret store new connections are refused; then they are not",
        "AWS Secrets Manager docs, Rotation strategies: single user"
    ) {
        let run = play(&shop("sessions: 10s, reload: {orders: 60s, bills: 60s}", MOVES), &[(60, "rotate")]);
        for count in refused(&run) {
            assert!((1..=60).contains(&count), "{count}");
        }
    }

    revoked_is_not_thrown_out(
        "14", "A version that is revoked opens no connection any more, and those that it has opened live on until they are ended",
        "PostgreSQL docs, pg_terminate_backend; 57P01"
    ) {
        let world = shop("sessions: none", MOVES);
        assert_eq!(refused(&play(&world, &[(60, "rotate"), (70, "revoke")])), [0, 0]);
        let [buyers, payers] = refused(&play(&world, &[(60, "rotate"), (70, "throw_out")]));
        assert!(buyers > 1100 && payers > 1100, "{buyers} {payers}");
    }

    what_is_under_way_when_its_session_is_ended_is_rolled_back(
        "14", "A transaction whose connection is terminated is told so: it certainly did not commit",
        "PostgreSQL docs, Appendix A, 57P01 admin_shutdown"
    ) {
        let world = world(&format!("
clock: {{warm_up: 0s, play: 90s, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{buyers: {{arrive: constant 1/m, make: {{Job: {{}}}}, call: orders.keep}}}}
stores: {{db: {{takes: 10s, tables: {{jobs: {{of: Job, unique: [id]}}}}}}}}
credentials: {{db_password: {{of: db}}}}
services: {{orders: {{handlers: {{keep: {{input: {{job: Job}}, steps: [{{tx: db, do: [{{insert: jobs}}]}}]}}}}}}}}
{}", MOVES.replace("service: bills", "service: orders")));
        let run = play(&world, &[(62, "rotate"), (63, "throw_out")]);
        assert_eq!(run.when("aborts failed"), 63.0);
        assert_eq!(run.count("commits"), 0);
    }

    a_lock_out_hits_the_right_one_too(
        "14", "Where an account is locked after failures in a row, holders of the old version lock out those who have the new one",
        "MySQL 8.0 docs, Failed-Login Tracking and Temporary Account Locking; NIST SP 800-63B, 5.2.2"
    ) {
        let reload = "sessions: 5s, reload: {orders: 1ms}";
        let open = play(&shop(reload, MOVES), &[(60, "rotate")]);
        assert_eq!(refused(&open)[0], 0);
        let locked = play(&shop(&format!("{reload}, lock: {{after: 3, for: 1m}}"), MOVES), &[(60, "rotate")]);
        // `bills` fails three times in three seconds; for a minute nobody gets in, and so on.
        assert!(refused(&locked)[0] > 900, "{:?}", refused(&locked));
    }

    a_leak_is_seen_by_an_audit_only(
        "14", "Somebody else's use of a credential looks like use: only an audit shows it, and revoking ends it when his connection is ended as well",
        "OWASP, Secrets Management Cheat Sheet: auditing, revocation"
    ) {
        let leak = format!("{MOVES}
faults: {{leaked: {{at: 2m, leak: db_password, every: 10s}}}}
telemetry: {{metrics: 10s, audit: false}}
alerts: {{stranger: {{when: \"misused('db_password') > 0\"}}}}
decisions: {{audit: {{ask: Who reads the log?, options: {{nobody: {{default: true}}, us: {{set: {{telemetry.audit: true}}}}}}}}}}
invariants: {{alone: {{at_end: \"misused('db_password') == 0\", means: {{hurts: customer}}}}}}
").replace("moves:", "moves:\n  nothing: {takes: 0s, set: {telemetry.metrics: 10s}}");
        let world = shop("rotation: overlap, reload: {orders: 10s, bills: 10s}", &leak.replace("\noperator", "\n#"));
        let blind = Run::of({ let mut sim = world.sim(); sim.finish(); sim });
        assert!(blind.report.alerts[0].is_empty());
        assert!(blind.report.secrets[0].misused > 100);
        assert_eq!(blind.broken("alone"), 1);
        let mut sim = world.with(&[("telemetry.audit", "true")], 1);
        sim.finish();
        assert_eq!(Run::of(sim).report.alerts[0].len(), 1);
        // He logged in at 120 s. Revoked at 200 s, he stays; thrown out, he is gone.
        let stays = play(&world, &[(180, "rotate"), (200, "revoke")]);
        assert!(stays.report.secrets[0].misused > 100);
        let gone = play(&world, &[(180, "rotate"), (200, "throw_out")]);
        assert_eq!(gone.report.secrets[0].misused, 9);
    }

    a_rotation_that_stops_half_way_leaves_one_place_behind(
        "14", "Store and services get the new password one after the other. Where the store has it first and refuses the old one, whoever connects in \
            between fails; where the services have it first, whoever has loaded it fails",
        "AWS Secrets Manager docs, Rotation strategies: single user; Rotation by Lambda function, the steps setSecret and finishSecret"
    ) {
        let rest = |more: &str| shop(&format!("sessions: 5s, reload: {{orders: 1ms, bills: 1ms}}, between: 2m{more}"), "
faults: {date_comes: {at: 1m, rotate: db_password}}
moves: {rotate: {takes: 0s, rotate: db_password}}");
        let [buyers, payers] = refused(&rest("").run());
        assert!((114..=121).contains(&buyers) && (114..=121).contains(&payers), "{buyers} {payers}");
        let [buyers, payers] = refused(&rest(", order: services_first").run());
        assert!((114..=121).contains(&buyers) && (114..=121).contains(&payers), "{buyers} {payers}");
        assert_eq!(refused(&rest(", rotation: overlap").run()), [0, 0]);
        let [buyers, payers] = refused(&rest(", rotation: overlap, order: services_first").run());
        assert!((114..=121).contains(&buyers) && (114..=121).contains(&payers), "{buyers} {payers}");
    }

    an_old_version_retires_a_time_after_the_new_one(
        "14", "An old password that is accepted for a time is refused afterwards, and its sessions live on unless they are ended",
        "MySQL 8.0 docs, Dual Password Support: DISCARD OLD PASSWORD; Vault docs, database secrets engine"
    ) {
        let rest = |more: &str| shop(&format!("rotation: overlap, retire: 3m, reload: {{orders: 60s}}{more}"), MOVES);
        assert_eq!(refused(&play(&rest(", sessions: none"), &[(60, "rotate")])), [0, 0]);
        // Four minutes in, `bills` still holds the old one.
        let [buyers, payers] = refused(&play(&rest(", sessions: 5s"), &[(60, "rotate")]));
        assert!(buyers == 0 && (955..=961).contains(&payers), "{buyers} {payers}");
        let [buyers, payers] = refused(&play(&rest(", sessions: none, terminate: true"), &[(60, "rotate")]));
        assert!(buyers == 0 && (958..=961).contains(&payers), "{buyers} {payers}");
    }

    only_what_is_revoked_may_lose_its_sessions(
        "14", "`terminate: revoked` ends sessions of what somebody took back, and leaves alone those of a version that was merely replaced or has retired",
        "PostgreSQL docs, pg_terminate_backend: ending sessions is an act of its own"
    ) {
        let both = |terminate: &str| {
            let faults = format!("{}faults: {{planned: {{at: 2m, rotate: db_password}}, told: {{at: 6m, revoke: db_password}}}}", MOVES);
            let world = shop(&format!("rotation: overlap, sessions: none, retire: 2m, terminate: {terminate}"), &faults);
            let mut sim = world.sim();
            sim.advance(5 * 60 * crate::world::SECOND);
            let before = sim.report().secrets[0].failed_logins;
            (before, Run::of(sim).report.secrets[0].failed_logins)
        };
        let (planned, told) = both("true");
        assert!(planned > 100 && told > planned);
        let (planned, told) = both("revoked");
        assert!(planned == 0 && told > 1000, "{planned} {told}");
        assert_eq!(both("false"), (0, 0));
    }

    a_store_that_restarts_has_forgotten_whom_it_locked(
        "14", "Who was locked out may log in again once the server has restarted", "MySQL 8.0 docs, Failed-Login Tracking: reset at server start"
    ) {
        let lock = |faults: &str| {
            let more = format!("{MOVES}{faults}");
            let world = shop("sessions: 5s, reload: {orders: 1ms, bills: 50s}, lock: {after: 3, for: 20m}", &more);
            refused(&play(&world, &[(60, "rotate")]))[1]
        };
        let (locked, restarted) = (lock(""), lock("faults: {restart: {at: 5m, lasts: 1s, fail: db}}"));
        assert!(locked > 1000 && restarted < 300, "{locked} {restarted}");
    }

    who_is_refused_may_ask_for_the_newest_and_try_again(
        "14", "A client that looks into the store of secrets when its login fails is in at the second try; one that reads it at its start only is not",
        "AWS Secrets Manager docs, JDBC driver: refreshes the cached secret when a login fails"
    ) {
        let world = shop("sessions: 5s, reload: {orders: 1h}, on_failure: true", MOVES);
        let run = play(&world, &[(60, "rotate")]);
        let [buyers, payers] = refused(&run);
        assert!(buyers == 0 && payers > 1130, "{buyers} {payers}");
        assert_eq!(run.report.secrets[0].failed_logins, payers + 1);
    }

    a_store_that_restarts_asks_everybody_again(
        "14", "When a store goes down its connections are gone, those that rest in pools too: a rotation that nobody noticed is noticed then",
        "PostgreSQL docs, Appendix A, 57P01 and 57P02; 08006"
    ) {
        let world = shop("sessions: none", &format!("{MOVES}faults: {{restart: {{at: 5m, lasts: 10s, fail: db}}}}"));
        let [buyers, payers] = refused(&play(&world, &[(60, "rotate")]));
        assert!(buyers >= 899 && payers >= 899, "{buyers} {payers}");
    }

    a_login_of_its_own_is_locked_and_lost_alone(
        "14", "Where each service has its own login, bad logins of one lock nobody else, and what leaks opens one service's data and is revoked alone",
        "OWASP, Secrets Management Cheat Sheet: least privilege; NIST SP 800-53, AC-6"
    ) {
        let lock = |logins: &str| shop(&format!("sessions: 5s, reload: {{orders: 1ms}}, lock: {{after: 3, for: 1m}}, logins: {logins}"), MOVES);
        assert!(refused(&play(&lock("shared"), &[(60, "rotate")]))[0] > 900);
        assert_eq!(refused(&play(&lock("each"), &[(60, "rotate")]))[0], 0);
        let leak = |logins: &str| {
            let rest = format!("{MOVES}
faults: {{leaked: {{at: 2m, leak: db_password, from: bills, every: 10s}}, told: {{at: 4m, rotate: db_password, revoke: db_password}}}}
invariants: {{alone: {{at_end: \"exposed('db_password') == 0\", means: {{hurts: customer, costs: usd(1) * exposed('db_password')}}}}}}
");
            let text = format!("sessions: 5s, rotation: overlap, revoke_after: 1m, terminate: true, logins: {logins}");
            let run = shop(&text, &rest.replace("\noperator", "\n#")).run();
            (refused(&run), run.report.secrets[0].misused, run.report.cost())
        };
        // He is in from 120 to 300 s. Nobody loads the new one: `orders` is refused only where the login is shared.
        let ([buyers, payers], misused, costs) = leak("shared");
        assert!(buyers > 890 && payers > 890, "{buyers} {payers}");
        assert_eq!((misused, costs), (18, 3600));
        let ([buyers, payers], misused, costs) = leak("each");
        assert!(buyers == 0 && payers > 890, "{buyers} {payers}");
        assert_eq!((misused, costs), (18, 1800));
    }

    a_proxy_that_ends_old_sessions_ends_the_intruders_too(
        "14", "An age of connections in a client's pool says nothing of somebody else's; one that a proxy before the store keeps to holds for all",
        "HikariCP, maxLifetime; Envoy, TcpProxy.max_downstream_connection_duration"
    ) {
        let run = |enforced: bool| {
            let rest = "faults: {leaked: {at: 2m, leak: db_password, every: 10s}, told: {at: 4m, rotate: db_password, revoke: db_password}}
moves: {rotate: {takes: 0s, rotate: db_password}}";
            shop(&format!("rotation: overlap, sessions: 5m, enforced: {enforced}"), rest).run().report.secrets[0].misused
        };
        assert!(run(false) > 100);
        assert_eq!(run(true), 30);
    }

    a_provider_asks_with_each_request(
        "14", "A provider looks at the key of each request: the moment it is replaced, requests with the old one are answered with 401, `failed`",
        "RFC 9110, 15.5.2"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 90s, drain: 1m}
records: {Job: {fields: {id: id}}, Pay: {fields: {id: id, job: Job.id}}}
clients: {people: {arrive: constant 1/s, make: {Job: {}}, call: {to: front.go}}}
providers: {bank: {operations: {take: {creates: Pay, takes: 100ms}}}}
credentials: {api_key: {of: bank, reload: {front: none}}}
services: {front: {handlers: {go: {input: {job: Job}, steps: [{call: bank.take}]}}}}
moves: {rotate: {takes: 0s, rotate: api_key}, reload: {takes: 0s, reload: api_key}}
");
        let run = play(&world, &[(30, "rotate"), (40, "reload")]);
        assert_eq!(run.outcomes(0)[4], 10);
        assert_eq!(run.report.secrets[0].failed_logins, 10);
    }

    an_expired_certificate_fails_new_handshakes_only(
        "14", "When the certificate expires, calls over open connections go on; whoever opens one is turned away before anything is sent",
        "RFC 5280, 4.1.2.5; RFC 8446, 4.4.2.4 (certificate_expired)"
    ) {
        let text = |lifetime: &str, rest: &str| format!("
clock: {{warm_up: 0s, play: 10m, drain: 1m}}
records: {{Job: {{fields: {{id: id}}}}}}
clients: {{people: {{arrive: constant 1/s, make: {{Job: {{}}}}, call: {{to: front.go}}}}}}
links: {{inside: {{from: front, to: back, latency: 1ms, lifetime: {lifetime}}}}}
certificates: {{back_certificate: {{of: back, expires: 5m}}}}
services:
  front: {{handlers: {{go: {{input: {{job: Job}}, steps: [{{call: back.go}}]}}}}}}
  back: {{handlers: {{go: {{input: {{job: Job}}, steps: [{{work: 1ms}}]}}}}}}
moves: {{renew: {{takes: 0s, rotate: back_certificate}}, reload: {{takes: 0s, reload: back_certificate}}}}
{rest}");
        assert_eq!(Run::of(world(&text("none", "")).sim()).outcomes(0)[5], 0);
        let short = world(&text("10s", ""));
        let run = Run::of(short.sim());
        assert!((290..=300).contains(&run.outcomes(0)[5]), "{:?}", run.outcomes(0));
        // Renewed in time, and not loaded, it helps nobody.
        assert!(play(&short, &[(200, "renew")]).outcomes(0)[5] >= 290);
        assert_eq!(play(&short, &[(200, "renew"), (250, "reload")]).outcomes(0)[5], 0);
        // It is the clock of whoever looks that counts: two minutes ahead, two minutes earlier.
        let ahead = world(&text("10s", "clocks: {front: {ahead: 2m}}"));
        assert!((410..=420).contains(&Run::of(ahead.sim()).outcomes(0)[5]));
        // And one who is behind does not take what begins to be valid now.
        let behind = world(&text("10s", "clocks: {front: {behind: 1m}}"));
        let early = play(&behind, &[(200, "renew"), (201, "reload")]).outcomes(0)[5];
        assert!((50..=60).contains(&early), "{early}");
    }

    a_flag_arrives_replica_by_replica(
        "14", "A flag that is switched reaches each replica when it asks next: for a while one request meets it on one service and not on the other",
        "LaunchDarkly docs, polling mode; Unleash docs, refreshInterval (15 s)"
    ) {
        let world = world("
clock: {warm_up: 0s, play: 3m, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 10/s, make: {Job: {}}, call: {to: front.go}}}
stores: {db: {tables: {fronts: {of: Job, unique: [id]}, backs: {of: Job, unique: [id]}}}}
flags: {new_price: {share: 0%, poll: 30s}}
services:
  front: {handlers: {go: {input: {job: Job}, steps: [{if: \"flag('new_price')\", then: [{tx: db, do: [{insert: fronts}]}]}, {call: back.go}]}}}
  back: {handlers: {go: {input: {job: Job}, steps: [{if: \"flag('new_price')\", then: [{tx: db, do: [{insert: backs}]}]}]}}}
decisions: {price: {ask: Which?, options: {old: {default: true}, new: {set: {flags.new_price.share: 100%}}, some: {set: {flags.new_price.share: 20%}}}}}
invariants:
  agreed: {each: Job, at_end: fronts.size() == backs.size(), means: {hurts: customer}}
  old: {each: Job, at_end: fronts.size() == 0 && backs.size() == 0, means: {hurts: nobody}}
");
        let switched = |value: &str| {
            let mut sim = world.sim();
            sim.advance(60 * crate::world::SECOND);
            sim.apply(&world.decide("flags.new_price.share", value)).unwrap();
            Run::of(sim)
        };
        let run = switched("100%");
        let (torn, new) = (run.broken("agreed"), run.broken("old"));
        assert!(torn > 0 && torn <= 300, "{torn}");
        // Within 30 s both have it: 90 s at ten a second.
        assert!((900..=1200).contains(&new), "{new}");
        // A share goes by the key: both say the same of the same key, once both know it.
        let some = switched("20%");
        assert!(some.broken("agreed") < 80, "{}", some.broken("agreed"));
        assert!((130..=330).contains(&some.broken("old")), "{}", some.broken("old"));
        // Without polling nobody is torn.
        let mut sim = world.with(&[("flags.new_price.poll", "none")], 1);
        sim.advance(60 * crate::world::SECOND);
        sim.apply(&world.decide("flags.new_price.share", "100%")).unwrap();
        assert_eq!(Run::of(sim).broken("agreed"), 0);
    }

    the_last_writer_wins_by_his_clock(
        "15", "Where the newer stamp wins, a replica whose clock is ahead wins over what came later",
        "Kleppmann, Designing Data-Intensive Applications, ch. 8, Timestamps for ordering events"
    ) {
        let text = |clock: &str| format!("
clock: {{warm_up: 0s, play: 90s, drain: 1m}}
clients: {{first: {{arrive: constant 1.1/m, call: one.set}}, second: {{arrive: constant 1/s, call: two.set}}}}
stores: {{db: {{takes: 0ms, tables: {{notes: {{fields: {{name: string, by: count, at: time}}, unique: [name]}}}}}}}}
clocks: {{one: {{{clock}}}}}
services:
  one: {{handlers: {{set: {{steps: [{set}]}}}}}}
  two: {{handlers: {{set: {{steps: [{set2}]}}}}}}
", set = SET.replace("BY", "1"), set2 = SET.replace("BY", "2"));
        const SET: &str = "{tx: db, do: [{insert: notes, exists: continue, set: {name: all, by: BY, at: now}}, {read: notes, by: {name: all}, into: [at]}]}, \
            {if: now >= at, then: [{tx: db, do: [{update: notes, by: {name: all}, set: {by: BY, at: now}}]}], else: [{respond: declined}]}";
        let right = Run::of(world(&text("ahead: 0s")).sim());
        assert_eq!(right.outcomes(1)[1], 0);
        // At 54.5 s it writes a stamp of five minutes later, over which nobody gets until the end.
        let wrong = Run::of(world(&text("ahead: 5m")).sim());
        assert_eq!(wrong.outcomes(1)[1], 35, "{:?}", wrong.outcomes(1));
    }

    a_clock_is_set_right(
        "15", "Five minutes after a clock jumped ahead NTP steps it back; time-outs never noticed, for they are monotonic",
        "ntp.org, Clock State Machine: stepout 300 s, step 128 ms; POSIX clock_gettime, CLOCK_MONOTONIC"
    ) {
        let text = "
clock: {warm_up: 0s, play: 10m, drain: 1m}
records: {Job: {fields: {id: id}}}
clients: {people: {arrive: constant 1/s, make: {Job: {}}, call: {to: front.go}}}
clocks: {front: {ntp: step, replicas: 1}}
services:
  front: {replicas: 2, handlers: {go: {input: {job: Job}, steps: [{call: back.go, timeout: 1s, with: {day: today}}]}}}
  back: {handlers: {go: {input: {job: Job, day: date}, steps: [{wait: 500ms}, {if: \"day > today\", then: [{respond: failed}]}]}}}
faults: {jumps: {at: 1m, lasts: 9m, set: {clocks.front.ahead: 1h}}}
";
        let world = world(&text.replace("clock: {warm_up", "clock: {starts: \"2026-01-01T23:30Z\", warm_up"));
        let run = Run::of(world.sim());
        // Every second request is at the replica whose clock is wrong, for 300 s.
        assert!((149..=151).contains(&run.outcomes(0)[4]), "{:?}", run.outcomes(0));
        assert_eq!(run.outcomes(0)[6], 0);
    }
}
