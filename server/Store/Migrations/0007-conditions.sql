-- What explains the findings of a storage unit and holds nothing: an open door, lost mains, agitation, air, the health of probes. Each as it
-- stands; what it was before is in the event log.
CREATE TABLE conditions (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    unit          TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    probe         TEXT    NOT NULL, -- the probe or signal that showed it
    start_at      INTEGER NOT NULL,
    raised_at     INTEGER NOT NULL, -- when it had lasted for its delay
    end_at        INTEGER,          -- null while it goes on, or when the end was not seen
    settled_at    INTEGER,          -- the sample after which it changes no more; null while it may
    status        TEXT    NOT NULL CHECK (status IN ('current', 'retracted')),
    discovered_at INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    found_late    INTEGER NOT NULL
) STRICT;
CREATE INDEX conditions_by_unit ON conditions (unit, status, settled_at);
CREATE INDEX conditions_by_start ON conditions (unit, status, start_at);
CREATE TRIGGER conditions_stay BEFORE DELETE ON conditions BEGIN SELECT RAISE(ABORT, 'conditions are never deleted'); END;
