-- Every version of a scenario that a room was held with: its files as JSON (path to text), and which is read first.
CREATE TABLE scenario_version (
    hash TEXT NOT NULL PRIMARY KEY,
    entry TEXT NOT NULL,
    files TEXT NOT NULL,
    first_seen_at BIGINT NOT NULL
);

-- One live room: the scenario, the seed and the engine it is held with. The pad is its shared text.
CREATE TABLE room (
    id TEXT NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interview (id),
    -- live: the interview's own. tutorial: where its candidate tries things out beforehand, alone.
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

-- One log and one horizon. The horizon is a checkpoint: a take that is opened again stands at the later of it and of
-- its last command. Times of the simulation are nanoseconds.
CREATE TABLE take (
    id TEXT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL REFERENCES room (id),
    n BIGINT NOT NULL,
    parent_id TEXT REFERENCES take (id),
    parent_seq BIGINT,
    parent_v BIGINT,
    head BIGINT NOT NULL DEFAULT 0,
    horizon BIGINT NOT NULL DEFAULT 0,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (room_id, n)
);

CREATE TABLE command (
    take_id TEXT NOT NULL REFERENCES take (id),
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

-- Free text stands apart from the log, so that it can be erased without moving anything.
CREATE TABLE command_words (
    take_id TEXT NOT NULL REFERENCES take (id),
    command_id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (take_id, command_id)
);

-- Where the running system stood when something was noted, as JSON.
ALTER TABLE entry ADD COLUMN moment TEXT;
