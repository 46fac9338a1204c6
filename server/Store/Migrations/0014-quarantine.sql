-- What people do about a finding or an exposure until they have decided: steps, causes and assessments. The last one of a kind counts, and none is
-- rewritten.
CREATE TABLE case_entries (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    finding    INTEGER REFERENCES findings (id),
    exposure   INTEGER REFERENCES exposures (id),
    version    INTEGER NOT NULL,  -- of the ground, when it was entered
    kind       TEXT    NOT NULL CHECK (kind IN ('step', 'cause', 'assessment')),
    word       TEXT    NOT NULL,  -- which step or cause; empty for an assessment
    note       TEXT    NOT NULL,
    entered_by TEXT    NOT NULL CHECK (entered_by <> ''),
    entered_at INTEGER NOT NULL,
    CHECK ((finding IS NULL) <> (exposure IS NULL))
) STRICT;
CREATE INDEX case_entries_by_finding ON case_entries (finding) WHERE finding IS NOT NULL;
CREATE INDEX case_entries_by_exposure ON case_entries (exposure) WHERE exposure IS NOT NULL;

-- What a first person proposes for a hold; the last one counts.
CREATE TABLE proposals (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    hold        INTEGER NOT NULL,  -- of either kind: they share their numbers
    kind        TEXT    NOT NULL CHECK (kind IN ('release', 'discard', 'return')),
    reason      TEXT    NOT NULL CHECK (reason <> ''),
    version     INTEGER NOT NULL,  -- of the ground, as the person saw it
    proposed_by TEXT    NOT NULL CHECK (proposed_by <> ''),
    proposed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX proposals_by_hold ON proposals (hold);

-- What a person signed about a hold of either kind. Those of before are in decisions and exposure_decisions; no id is in two of the three.
CREATE TABLE dispositions (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    hold      INTEGER NOT NULL,
    kind      TEXT    NOT NULL CHECK (kind IN ('release', 'discard', 'return')),
    signed_by TEXT    NOT NULL CHECK (signed_by <> ''),
    display   TEXT    NOT NULL,    -- the person's name, as it was then
    signed_at INTEGER NOT NULL,
    zone      TEXT    NOT NULL,    -- in which the person read that time
    meaning   TEXT    NOT NULL CHECK (meaning <> ''),
    reason    TEXT    NOT NULL CHECK (reason <> ''),
    finding   INTEGER REFERENCES findings (id),
    exposure  INTEGER REFERENCES exposures (id),
    version   INTEGER NOT NULL,    -- of the ground, as the person saw it
    watermark INTEGER,
    proposal  INTEGER REFERENCES proposals (id),
    content   TEXT    NOT NULL,    -- all that was signed, as one text
    sha256    TEXT    NOT NULL,    -- of that text
    CHECK ((finding IS NULL) <> (exposure IS NULL))
) STRICT;
CREATE INDEX dispositions_by_finding ON dispositions (finding) WHERE finding IS NOT NULL;
CREATE INDEX dispositions_by_exposure ON dispositions (exposure) WHERE exposure IS NOT NULL;
CREATE INDEX dispositions_by_hold ON dispositions (hold);

CREATE TABLE reopened_dispositions (
    disposition INTEGER PRIMARY KEY REFERENCES dispositions (id),
    reopened_at INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    reason      TEXT    NOT NULL
) STRICT;

-- All decisions that stand, those of before included.
CREATE VIEW decisions_that_stand AS
    SELECT id, hold, kind, signed_by, signed_at, reason, finding, exposure, version, watermark,
        signed_by AS display, '' AS zone, '' AS meaning, NULL AS proposal, '' AS sha256,
        CASE WHEN exposure IS NULL THEN 'finding' ELSE 'exposure' END AS form
    FROM standing_decisions
    UNION ALL
    SELECT id, hold, kind, signed_by, signed_at, reason, ifnull(finding, 0), exposure, version, watermark,
        display, zone, meaning, proposal, sha256, 'signed'
    FROM dispositions WHERE NOT EXISTS (SELECT 1 FROM reopened_dispositions WHERE disposition = dispositions.id);

-- What became of blood units that must be looked for: of each look-back, every step.
CREATE TABLE follow_ups (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    finding    INTEGER REFERENCES findings (id),
    exposure   INTEGER REFERENCES exposures (id),
    donation   TEXT    NOT NULL,
    product    TEXT    NOT NULL,
    word       TEXT    NOT NULL,
    note       TEXT    NOT NULL,
    entered_by TEXT    NOT NULL CHECK (entered_by <> ''),
    entered_at INTEGER NOT NULL,
    CHECK ((finding IS NULL) <> (exposure IS NULL))
) STRICT;
CREATE INDEX follow_ups_by_blood_unit ON follow_ups (donation, product);

-- What the blood bank's own system is told of holds: one row for each event that changed whether something is held, in their order.
CREATE TABLE hold_notices (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    event    INTEGER NOT NULL UNIQUE,
    at       INTEGER NOT NULL,     -- when the event was recorded
    kind     TEXT    NOT NULL,     -- that of the event
    unit     TEXT    NOT NULL,
    hold     INTEGER NOT NULL,
    payload  TEXT    NOT NULL      -- what is told, as JSON
) STRICT;

-- Each attempt to send one, so that a restart goes on where it was.
CREATE TABLE notice_attempts (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    notice   INTEGER NOT NULL REFERENCES hold_notices (id),
    at       INTEGER NOT NULL,
    is_taken INTEGER NOT NULL CHECK (is_taken IN (0, 1)),
    reason   TEXT    NOT NULL      -- what came of it; empty when it was taken
) STRICT;
CREATE INDEX notice_attempts_by_notice ON notice_attempts (notice);

-- That a program of the blood bank has taken one up, in its own name.
CREATE TABLE notice_receipts (
    notice INTEGER NOT NULL REFERENCES hold_notices (id),
    by     TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (notice, by)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER case_entries_keep BEFORE UPDATE ON case_entries BEGIN SELECT RAISE(ABORT, 'entries of a case are never rewritten'); END;
CREATE TRIGGER case_entries_stay BEFORE DELETE ON case_entries BEGIN SELECT RAISE(ABORT, 'entries of a case are never deleted'); END;
CREATE TRIGGER proposals_keep BEFORE UPDATE ON proposals BEGIN SELECT RAISE(ABORT, 'proposals are never rewritten'); END;
CREATE TRIGGER proposals_stay BEFORE DELETE ON proposals BEGIN SELECT RAISE(ABORT, 'proposals are never deleted'); END;
CREATE TRIGGER dispositions_keep BEFORE UPDATE ON dispositions BEGIN SELECT RAISE(ABORT, 'decisions are never rewritten'); END;
CREATE TRIGGER dispositions_stay BEFORE DELETE ON dispositions BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER reopened_dispositions_keep BEFORE UPDATE ON reopened_dispositions BEGIN SELECT RAISE(ABORT, 're-opened decisions are never rewritten'); END;
CREATE TRIGGER reopened_dispositions_stay BEFORE DELETE ON reopened_dispositions BEGIN SELECT RAISE(ABORT, 're-opened decisions are never deleted'); END;
CREATE TRIGGER follow_ups_keep BEFORE UPDATE ON follow_ups BEGIN SELECT RAISE(ABORT, 'follow-ups are never rewritten'); END;
CREATE TRIGGER follow_ups_stay BEFORE DELETE ON follow_ups BEGIN SELECT RAISE(ABORT, 'follow-ups are never deleted'); END;
CREATE TRIGGER hold_notices_keep BEFORE UPDATE ON hold_notices BEGIN SELECT RAISE(ABORT, 'notices are never rewritten'); END;
CREATE TRIGGER hold_notices_stay BEFORE DELETE ON hold_notices BEGIN SELECT RAISE(ABORT, 'notices are never deleted'); END;
CREATE TRIGGER notice_attempts_keep BEFORE UPDATE ON notice_attempts BEGIN SELECT RAISE(ABORT, 'attempts are never rewritten'); END;
CREATE TRIGGER notice_attempts_stay BEFORE DELETE ON notice_attempts BEGIN SELECT RAISE(ABORT, 'attempts are never deleted'); END;
CREATE TRIGGER notice_receipts_keep BEFORE UPDATE ON notice_receipts BEGIN SELECT RAISE(ABORT, 'receipts are never rewritten'); END;
CREATE TRIGGER notice_receipts_stay BEFORE DELETE ON notice_receipts BEGIN SELECT RAISE(ABORT, 'receipts are never deleted'); END;
