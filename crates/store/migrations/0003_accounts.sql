-- One row that whoever changes roles or closes accounts writes first. Both databases lock it until the end of the
-- transaction, so that two changes at the same moment follow one another and each counts what the other left.
CREATE TABLE accounts_turn (
    id BIGINT NOT NULL PRIMARY KEY,
    taken BIGINT NOT NULL
);
INSERT INTO accounts_turn (id, taken) VALUES (1, 0);

-- Counts changes of the password. A session keeps the count under which it was signed in, and ends with it.
ALTER TABLE person ADD COLUMN password_no BIGINT NOT NULL DEFAULT 0;

-- A link with which somebody chooses a new password: made by an administrator, or on the machine itself (made_by is
-- then null).
CREATE TABLE password_reset (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    made_by TEXT REFERENCES person (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX password_reset_person ON password_reset (person_id);
