-- Somebody whose scorecard is not waited for any more: who said so, when, why. It only grows.
CREATE TABLE excused (
    loop_id TEXT NOT NULL REFERENCES loop (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    excused_by TEXT NOT NULL REFERENCES person (id),
    excused_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (loop_id, person_id)
);
