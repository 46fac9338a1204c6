-- Changes of the fleet that one person proposes and another one decides about. Neither is ever rewritten.
CREATE TABLE fleet_proposals (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    text        TEXT    NOT NULL,                     -- the whole fleet file
    sha256      TEXT    NOT NULL,                     -- of it, in lower-case hexadecimal
    base        TEXT    NOT NULL,                     -- the hash of the fleet in force when it was proposed
    reason      TEXT    NOT NULL CHECK (reason <> ''),
    proposed_by TEXT    NOT NULL CHECK (proposed_by <> ''),
    proposed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE fleet_decisions (
    proposal   INTEGER PRIMARY KEY REFERENCES fleet_proposals (id),
    kind       TEXT    NOT NULL CHECK (kind IN ('approved', 'refused')),
    reason     TEXT    NOT NULL,
    decided_by TEXT    NOT NULL CHECK (decided_by <> ''),
    decided_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER fleet_proposals_keep BEFORE UPDATE ON fleet_proposals BEGIN SELECT RAISE(ABORT, 'proposals are never rewritten'); END;
CREATE TRIGGER fleet_proposals_stay BEFORE DELETE ON fleet_proposals BEGIN SELECT RAISE(ABORT, 'proposals are never deleted'); END;
CREATE TRIGGER fleet_decisions_keep BEFORE UPDATE ON fleet_decisions BEGIN SELECT RAISE(ABORT, 'decisions are never rewritten'); END;
CREATE TRIGGER fleet_decisions_stay BEFORE DELETE ON fleet_decisions BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
