-- Why a storage unit is judged again, as a sentence for people, when not because readings came. Null in what an earlier version wrote.
ALTER TABLE marks ADD COLUMN cause TEXT;

-- Blood units that had left when it was found out that they exceeded an allowance, each named once for each exposure.
CREATE TABLE exposure_lookbacks (
    exposure INTEGER PRIMARY KEY REFERENCES exposures (id),
    donation TEXT    NOT NULL,
    product  TEXT    NOT NULL,
    left_at  INTEGER NOT NULL,
    went_to  TEXT,              -- the storage unit that it was entered into next; null when that is not known
    version  INTEGER NOT NULL,  -- of the exposure, when it was named
    told_at  INTEGER NOT NULL
) STRICT;

-- What a person decided about a hold whose ground is an exposure. They share the numbers of the others: no id is in both tables.
CREATE TABLE exposure_decisions (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    hold      INTEGER NOT NULL REFERENCES exposure_holds (id),
    kind      TEXT    NOT NULL CHECK (kind IN ('release', 'discard')),
    signed_by TEXT    NOT NULL CHECK (signed_by <> ''),
    signed_at INTEGER NOT NULL,
    reason    TEXT    NOT NULL CHECK (reason <> ''),
    exposure  INTEGER NOT NULL REFERENCES exposures (id),
    version   INTEGER NOT NULL,  -- of the exposure, as the person saw it
    watermark INTEGER
) STRICT;
CREATE INDEX exposure_decisions_by_exposure ON exposure_decisions (exposure);

CREATE TABLE reopened_exposure_decisions (
    decision    INTEGER PRIMARY KEY REFERENCES exposure_decisions (id),
    reopened_at INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    reason      TEXT    NOT NULL
) STRICT;

-- All decisions that stand, whatever their ground: a finding, or an exposure (then the finding is 0).
CREATE VIEW standing_decisions AS
    SELECT id, hold, kind, signed_by, signed_at, reason, finding, NULL AS exposure, version, watermark FROM decisions
    WHERE NOT EXISTS (SELECT 1 FROM reopened_decisions WHERE decision = decisions.id)
    UNION ALL
    SELECT id, hold, kind, signed_by, signed_at, reason, 0, exposure, version, watermark FROM exposure_decisions
    WHERE NOT EXISTS (SELECT 1 FROM reopened_exposure_decisions WHERE decision = exposure_decisions.id);

CREATE TRIGGER exposure_lookbacks_keep BEFORE UPDATE ON exposure_lookbacks BEGIN SELECT RAISE(ABORT, 'look-backs are never rewritten'); END;
CREATE TRIGGER exposure_lookbacks_stay BEFORE DELETE ON exposure_lookbacks BEGIN SELECT RAISE(ABORT, 'look-backs are never deleted'); END;
CREATE TRIGGER exposure_decisions_keep BEFORE UPDATE ON exposure_decisions BEGIN SELECT RAISE(ABORT, 'decisions are never rewritten'); END;
CREATE TRIGGER exposure_decisions_stay BEFORE DELETE ON exposure_decisions BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER reopened_exposure_decisions_keep BEFORE UPDATE ON reopened_exposure_decisions BEGIN SELECT RAISE(ABORT, 're-opened decisions are never rewritten'); END;
CREATE TRIGGER reopened_exposure_decisions_stay BEFORE DELETE ON reopened_exposure_decisions BEGIN SELECT RAISE(ABORT, 're-opened decisions are never deleted'); END;
