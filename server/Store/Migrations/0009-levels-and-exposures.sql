-- What the evaluator tells of the levels of temperature of each load probe, for adding up what blood units went through. Made from the
-- readings like checkpoints, and replaced like them when a storage unit is judged again.
CREATE TABLE levels (
    id         INTEGER PRIMARY KEY,
    unit       TEXT    NOT NULL,
    probe      TEXT    NOT NULL,
    start_at   INTEGER NOT NULL,
    end_at     INTEGER NOT NULL,
    from_milli INTEGER,           -- the lowest temperature of the level; null for no bound
    to_milli   INTEGER,           -- the highest one
    lowest     INTEGER,           -- the coldest temperature in it; null when nobody can tell the temperature
    highest    INTEGER,
    settled_at INTEGER NOT NULL   -- the sample after which it changes no more
) STRICT;
CREATE INDEX levels_by_end ON levels (unit, end_at, start_at);
CREATE INDEX levels_by_settled ON levels (unit, settled_at);

-- Checkpoints of the form before know nothing of levels: they are not read any more, and written over as each storage unit is judged anew.
ALTER TABLE checkpoints ADD COLUMN form INTEGER NOT NULL DEFAULT 1;
ALTER TABLE unit_states ADD COLUMN levels TEXT;           -- the levels that run, as JSON; null until judged by this version
ALTER TABLE unit_states ADD COLUMN excused_until INTEGER; -- until when unknown time is no ground yet, since data may be about to arrive

-- Work for adding up: something has changed from an instant on in a storage unit, or in where a blood unit was.
CREATE TABLE exposure_marks (
    generation INTEGER PRIMARY KEY AUTOINCREMENT,
    unit       TEXT    NOT NULL,
    from_at    INTEGER NOT NULL,
    donation   TEXT    NOT NULL,  -- empty for all that is or was inside
    product    TEXT    NOT NULL
) STRICT;
CREATE INDEX exposure_marks_by_unit ON exposure_marks (unit);

-- When each blood unit is to be looked at again because time alone may have changed the verdict.
CREATE TABLE exposure_deadlines (
    donation TEXT    NOT NULL,
    product  TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (donation, product)
) STRICT, WITHOUT ROWID;
CREATE INDEX exposure_deadlines_by_time ON exposure_deadlines (at);

-- Allowances that a blood unit exceeded, or may have, each in its newest version.
CREATE TABLE exposures (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    version       INTEGER NOT NULL,
    donation      TEXT    NOT NULL,
    product       TEXT    NOT NULL,
    unit          TEXT    NOT NULL, -- the storage unit where it was when it happened last
    allowance     TEXT    NOT NULL,
    verdict       TEXT    NOT NULL CHECK (verdict IN ('hold', 'discard-proposed')),
    only_possible INTEGER NOT NULL, -- 1 when what is known alone would not exceed it
    since_at      INTEGER NOT NULL, -- the first instant of the time that counts
    detail        TEXT    NOT NULL, -- amounts, maxima, times and the rule, as JSON
    status        TEXT    NOT NULL CHECK (status IN ('current', 'retracted')),
    reason        TEXT,
    discovered_at INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX exposures_by_blood_unit ON exposures (donation, product, status);

-- Every version that ever was: the row of exposures as it stood.
CREATE TABLE exposure_versions (
    id            INTEGER NOT NULL REFERENCES exposures (id),
    version       INTEGER NOT NULL,
    donation      TEXT    NOT NULL,
    product       TEXT    NOT NULL,
    unit          TEXT    NOT NULL,
    allowance     TEXT    NOT NULL,
    verdict       TEXT    NOT NULL,
    only_possible INTEGER NOT NULL,
    since_at      INTEGER NOT NULL,
    detail        TEXT    NOT NULL,
    status        TEXT    NOT NULL,
    reason        TEXT,
    discovered_at INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

-- Holds of blood units whose ground is an exposure. They share the numbers of the others: no id is in both tables.
CREATE TABLE exposure_holds (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    unit      TEXT    NOT NULL,
    donation  TEXT    NOT NULL,
    product   TEXT    NOT NULL,
    exposure  INTEGER NOT NULL UNIQUE REFERENCES exposures (id),
    since     INTEGER NOT NULL,
    placed_at INTEGER NOT NULL,
    state     TEXT    NOT NULL,
    state_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX exposure_holds_by_unit ON exposure_holds (unit);
CREATE INDEX exposure_holds_by_donation ON exposure_holds (donation, product);
CREATE INDEX exposure_holds_that_stand ON exposure_holds (unit, donation, product) WHERE state IN ('held', 'ground-removed');

-- All holds, whatever their ground: a finding, or an exposure (then the finding is 0).
CREATE VIEW all_holds AS
    SELECT id, kind, unit, donation, product, finding, NULL AS exposure, since, placed_at, state, state_at FROM holds
    UNION ALL
    SELECT id, 'blood-unit', unit, donation, product, 0, exposure, since, placed_at, state, state_at FROM exposure_holds;

CREATE TRIGGER exposure_versions_keep BEFORE UPDATE ON exposure_versions BEGIN SELECT RAISE(ABORT, 'versions of exposures are never rewritten'); END;
CREATE TRIGGER exposure_versions_stay BEFORE DELETE ON exposure_versions BEGIN SELECT RAISE(ABORT, 'versions of exposures are never deleted'); END;
CREATE TRIGGER exposures_stay BEFORE DELETE ON exposures BEGIN SELECT RAISE(ABORT, 'exposures are never deleted'); END;
CREATE TRIGGER exposure_holds_stay BEFORE DELETE ON exposure_holds BEGIN SELECT RAISE(ABORT, 'holds are never deleted'); END;
