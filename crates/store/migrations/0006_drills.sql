-- A drill is a room without an interview: colleagues over one running system, with no candidate and nothing to score. A room
-- may be one's own from here on, so its table is made anew; SQLite cannot loosen a column, and what refers to a table has to be
-- made anew with it. Both databases take this as it stands.
CREATE TABLE room_anew (
    id TEXT NOT NULL PRIMARY KEY,
    -- Null for a drill.
    interview_id TEXT REFERENCES interview (id),
    -- live: the interview's own. tutorial: where its candidate tries things out beforehand, alone. drill: colleagues, one of whom
    -- leads. open_drill: colleagues, and what goes wrong comes by itself.
    kind TEXT NOT NULL,
    scenario TEXT NOT NULL,
    scenario_hash TEXT NOT NULL REFERENCES scenario_version (hash),
    engine TEXT NOT NULL,
    seed TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    pad TEXT NOT NULL DEFAULT '',
    pad_rev BIGINT NOT NULL DEFAULT 0,
    -- The reference design that a scripted candidate plays; null where a person sits.
    rehearsal TEXT,
    UNIQUE (interview_id, kind)
);
INSERT INTO room_anew (id, interview_id, kind, scenario, scenario_hash, engine, seed, created_at, pad, pad_rev, rehearsal)
    SELECT id, interview_id, kind, scenario, scenario_hash, engine, seed, created_at, pad, pad_rev, rehearsal FROM room;

CREATE TABLE take_anew (
    id TEXT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL REFERENCES room_anew (id),
    n BIGINT NOT NULL,
    parent_id TEXT REFERENCES take_anew (id),
    parent_seq BIGINT,
    parent_v BIGINT,
    head BIGINT NOT NULL DEFAULT 0,
    horizon BIGINT NOT NULL DEFAULT 0,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (room_id, n)
);
INSERT INTO take_anew (id, room_id, n, parent_id, parent_seq, parent_v, head, horizon, created_by, created_at)
    SELECT id, room_id, n, parent_id, parent_seq, parent_v, head, horizon, created_by, created_at FROM take ORDER BY room_id, n;

CREATE TABLE command_anew (
    take_id TEXT NOT NULL REFERENCES take_anew (id),
    seq BIGINT NOT NULL,
    v BIGINT NOT NULL,
    id TEXT NOT NULL,
    side TEXT NOT NULL,
    who TEXT NOT NULL,
    seen_v BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (take_id, seq),
    UNIQUE (take_id, id)
);
INSERT INTO command_anew (take_id, seq, v, id, side, who, seen_v, received_at, body)
    SELECT take_id, seq, v, id, side, who, seen_v, received_at, body FROM command;

CREATE TABLE command_words_anew (
    take_id TEXT NOT NULL REFERENCES take_anew (id),
    command_id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (take_id, command_id)
);
INSERT INTO command_words_anew (take_id, command_id, body) SELECT take_id, command_id, body FROM command_words;

DROP TABLE command_words;
DROP TABLE command;
-- A take that branches from another goes before it.
UPDATE take SET parent_id = NULL;
DROP TABLE take;
DROP TABLE room;
ALTER TABLE room_anew RENAME TO room;
ALTER TABLE take_anew RENAME TO take;
ALTER TABLE command_anew RENAME TO command;
ALTER TABLE command_words_anew RENAME TO command_words;

-- Who holds a drill, and who may break things in it; nobody may where nobody leads.
CREATE TABLE drill (
    room_id TEXT NOT NULL PRIMARY KEY REFERENCES room (id),
    made_by TEXT NOT NULL REFERENCES person (id),
    leader TEXT REFERENCES person (id)
);

-- Who is in it, since when.
CREATE TABLE drill_member (
    room_id TEXT NOT NULL REFERENCES drill (room_id),
    person_id TEXT NOT NULL REFERENCES person (id),
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (room_id, person_id)
);
