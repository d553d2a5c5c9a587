-- Everything that is kept, in SQL that SQLite and PostgreSQL both take: TEXT and BIGINT, times in milliseconds since
-- the Unix epoch, true as 1, structured values as JSON text.

CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    disabled BIGINT NOT NULL DEFAULT 0,
    demo BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);

CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    data TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE invitation (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    note TEXT NOT NULL,
    invited_by TEXT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT
);

-- Every version of the kit that anything is stamped with, so that an old record stays readable.
CREATE TABLE kit_version (
    hash TEXT NOT NULL PRIMARY KEY,
    kit TEXT NOT NULL,
    first_seen_at BIGINT NOT NULL
);

CREATE TABLE opening (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    team TEXT NOT NULL,
    pack TEXT NOT NULL,
    seniority TEXT NOT NULL,
    kit_hash TEXT NOT NULL REFERENCES kit_version (hash),
    bar TEXT NOT NULL,
    plan TEXT NOT NULL,
    owner TEXT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    closed_at BIGINT,
    demo BIGINT NOT NULL DEFAULT 0
);

-- One candidate's way through an opening, or a single interview that belongs to none yet.
CREATE TABLE loop (
    id TEXT NOT NULL PRIMARY KEY,
    opening_id TEXT REFERENCES opening (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    owner TEXT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    demo BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX loop_opening ON loop (opening_id);

CREATE TABLE interview (
    id TEXT NOT NULL PRIMARY KEY,
    loop_id TEXT NOT NULL REFERENCES loop (id),
    session_id TEXT,
    title TEXT NOT NULL,
    areas TEXT NOT NULL,
    agenda TEXT NOT NULL,
    kit_hash TEXT NOT NULL REFERENCES kit_version (hash),
    scheduled_at BIGINT,
    due_at BIGINT,
    created_by TEXT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    head BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX interview_loop ON interview (loop_id);

CREATE TABLE participant (
    interview_id TEXT NOT NULL REFERENCES interview (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    part TEXT NOT NULL,
    PRIMARY KEY (interview_id, person_id)
);
CREATE INDEX participant_person ON participant (person_id);

-- The record of an interview. Free text stands in free_text, so that it can be erased without touching the order.
CREATE TABLE entry (
    interview_id TEXT NOT NULL REFERENCES interview (id),
    seq BIGINT NOT NULL,
    id TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    who TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (interview_id, seq),
    UNIQUE (interview_id, id)
);

CREATE TABLE free_text (
    interview_id TEXT NOT NULL REFERENCES interview (id),
    entry_id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (interview_id, entry_id)
);

-- Pencilled levels: private drafts, outside the record.
CREATE TABLE pencil (
    interview_id TEXT NOT NULL REFERENCES interview (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    area TEXT NOT NULL,
    level TEXT NOT NULL,
    PRIMARY KEY (interview_id, person_id, area)
);

CREATE TABLE candidate_link (
    id TEXT NOT NULL PRIMARY KEY,
    interview_id TEXT NOT NULL REFERENCES interview (id),
    token_hash TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    opened_at BIGINT
);
CREATE INDEX candidate_link_interview ON candidate_link (interview_id);

CREATE TABLE scorecard (
    loop_id TEXT NOT NULL REFERENCES loop (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    rev BIGINT NOT NULL,
    body TEXT NOT NULL,
    submitted_at BIGINT,
    PRIMARY KEY (loop_id, person_id)
);

-- A debrief that was opened before all scorecards were in: who, when, why.
CREATE TABLE early_opening (
    loop_id TEXT NOT NULL PRIMARY KEY REFERENCES loop (id),
    opened_by TEXT NOT NULL REFERENCES person (id),
    opened_at BIGINT NOT NULL,
    reason TEXT NOT NULL
);

CREATE TABLE agenda_mark (
    loop_id TEXT NOT NULL REFERENCES loop (id),
    item TEXT NOT NULL,
    marked_by TEXT NOT NULL REFERENCES person (id),
    marked_at BIGINT NOT NULL,
    waived TEXT,
    PRIMARY KEY (loop_id, item)
);

CREATE TABLE decision (
    id TEXT NOT NULL PRIMARY KEY,
    loop_id TEXT NOT NULL REFERENCES loop (id),
    decided_by TEXT NOT NULL REFERENCES person (id),
    decided_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX decision_loop ON decision (loop_id);

CREATE TABLE dissent (
    id TEXT NOT NULL PRIMARY KEY,
    loop_id TEXT NOT NULL REFERENCES loop (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    said_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX dissent_loop ON dissent (loop_id);
