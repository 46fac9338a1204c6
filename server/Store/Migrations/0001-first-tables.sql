-- The record store, schema version 1. Instants are UTC milliseconds, temperatures milli-degrees Celsius, sets of seqs the written form of
-- SeqRanges ("1-40,42"). Nothing that a device said and nothing that was decided is rewritten: the triggers at the end refuse it.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Readings as received. Only the seqs in "accepted" count: the others of the pack were held already, conflicted or were refused.
CREATE TABLE packs (
    id        INTEGER PRIMARY KEY,
    device    TEXT    NOT NULL,
    epoch     TEXT    NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq  INTEGER NOT NULL,
    accepted  TEXT    NOT NULL,
    min_at    INTEGER,          -- over the accepted readings; null when none has a trusted clock
    max_at    INTEGER,
    received  INTEGER NOT NULL,
    lane      TEXT    NOT NULL,
    bytes     BLOB    NOT NULL,
    sha256    BLOB    NOT NULL
) STRICT;
CREATE INDEX packs_by_time ON packs (device, max_at, min_at);
CREATE INDEX packs_by_seq ON packs (device, epoch, last_seq);

-- What is known of one epoch of one device.
CREATE TABLE streams (
    device         TEXT    NOT NULL,
    epoch          TEXT    NOT NULL,
    held           TEXT    NOT NULL,
    gone           TEXT    NOT NULL,
    refused        TEXT    NOT NULL,
    first_received INTEGER NOT NULL,
    last_received  INTEGER NOT NULL,
    latest_at      INTEGER,     -- the newest measurement; null when none has a trusted clock
    status         TEXT,        -- the last heartbeat as JSON
    status_at      INTEGER,     -- when it was received
    PRIMARY KEY (device, epoch)
) STRICT, WITHOUT ROWID;

-- The same (device, epoch, seq) with two contents: both are kept.
CREATE TABLE conflicts (
    id        INTEGER PRIMARY KEY,
    device    TEXT    NOT NULL,
    epoch     TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    probe     TEXT    NOT NULL, -- of the reading held first
    at        INTEGER,
    held      BLOB    NOT NULL, -- each reading as a pack of one, in the wire format
    other     BLOB    NOT NULL,
    other_at  INTEGER,
    received  INTEGER NOT NULL,
    UNIQUE (device, epoch, seq, other)
) STRICT;
CREATE INDEX conflicts_by_time ON conflicts (device, at);
CREATE INDEX conflicts_by_other_time ON conflicts (device, other_at);

-- What could not be stored as readings, with its reason. seq is null for a whole message.
CREATE TABLE refused (
    id       INTEGER PRIMARY KEY,
    device   TEXT    NOT NULL,
    epoch    TEXT    NOT NULL,
    seq      INTEGER,
    reason   TEXT    NOT NULL,
    bytes    BLOB    NOT NULL,
    sha256   BLOB    NOT NULL,
    size     INTEGER NOT NULL,  -- of the whole message; bytes holds at most the first 64 KiB
    received INTEGER NOT NULL,
    UNIQUE (device, sha256)
) STRICT;
CREATE INDEX refused_by_stream ON refused (device, epoch, seq);

-- The identity of each reading of a foreign device, which has no epoch and seq of its own.
CREATE TABLE foreign_identities (
    identity BLOB PRIMARY KEY   -- SHA-256 of probe, instant and content
) STRICT, WITHOUT ROWID;

-- Work for the evaluator: between these instants, both included, something has changed that this unit is judged by.
-- Deleted by generation once judged.
CREATE TABLE marks (
    generation INTEGER PRIMARY KEY AUTOINCREMENT,
    unit       TEXT    NOT NULL,
    from_at    INTEGER NOT NULL,
    to_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX marks_by_unit ON marks (unit, generation);

CREATE TABLE unit_states (
    unit          TEXT    PRIMARY KEY,
    version       INTEGER NOT NULL,
    state         BLOB    NOT NULL,
    next_deadline INTEGER,
    status        TEXT    NOT NULL,
    since         INTEGER NOT NULL,
    celsius       INTEGER,
    measured_at   INTEGER,
    low           INTEGER,
    high          INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_states_by_deadline ON unit_states (next_deadline) WHERE next_deadline IS NOT NULL;

CREATE TABLE checkpoints (
    unit  TEXT    NOT NULL,
    at    INTEGER NOT NULL,
    state BLOB    NOT NULL,
    PRIMARY KEY (unit, at)
) STRICT, WITHOUT ROWID;

-- Excursions and unknown intervals, each in its newest version.
CREATE TABLE findings (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    version       INTEGER NOT NULL,
    unit          TEXT    NOT NULL,
    probe         TEXT    NOT NULL,
    side          TEXT    NOT NULL CHECK (side IN ('high', 'low', 'unknown')),
    start_at      INTEGER NOT NULL,
    alarmed_at    INTEGER NOT NULL,
    end_at        INTEGER,          -- null when the end was not seen
    settled_at    INTEGER,          -- the sample after which it changes no more; null while open
    stretch       TEXT    NOT NULL, -- the whole stretch as the engine found it, its rule included, as JSON
    status        TEXT    NOT NULL CHECK (status IN ('current', 'superseded', 'retracted')),
    superseded_by INTEGER REFERENCES findings (id),
    reason        TEXT,
    discovered_at INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    found_late    INTEGER NOT NULL
) STRICT;
CREATE INDEX findings_by_unit ON findings (unit, status, settled_at);

-- Every version that ever was: the row of findings as it stood.
CREATE TABLE finding_versions (
    id            INTEGER NOT NULL REFERENCES findings (id),
    version       INTEGER NOT NULL,
    unit          TEXT    NOT NULL,
    probe         TEXT    NOT NULL,
    side          TEXT    NOT NULL,
    start_at      INTEGER NOT NULL,
    alarmed_at    INTEGER NOT NULL,
    end_at        INTEGER,          -- null when the end was not seen
    settled_at    INTEGER,          -- the sample after which it changes no more; null while open
    stretch       TEXT    NOT NULL, -- the whole stretch as the engine found it, its rule included, as JSON
    status        TEXT    NOT NULL,
    superseded_by INTEGER REFERENCES findings (id),
    reason        TEXT,
    discovered_at INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    found_late    INTEGER NOT NULL,
    PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    kind    TEXT    NOT NULL,
    unit    TEXT,
    subject TEXT    NOT NULL,
    payload TEXT    NOT NULL
) STRICT;
CREATE INDEX events_by_unit ON events (unit, id) WHERE unit IS NOT NULL;

-- donation and product are empty for a storage unit: null would make two equal holds distinct.
CREATE TABLE holds (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    kind              TEXT    NOT NULL CHECK (kind IN ('storage-unit', 'blood-unit')),
    unit              TEXT    NOT NULL,
    donation          TEXT    NOT NULL,
    product           TEXT    NOT NULL,
    finding           INTEGER NOT NULL REFERENCES findings (id),
    since             INTEGER NOT NULL,
    placed_at         INTEGER NOT NULL,
    state             TEXT    NOT NULL,
    state_at          INTEGER NOT NULL,
    UNIQUE (finding, kind, unit, donation, product)
) STRICT;
CREATE INDEX holds_by_unit ON holds (unit);
CREATE INDEX holds_by_donation ON holds (donation, product);

CREATE TABLE contents (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    unit            TEXT    NOT NULL,
    donation        TEXT    NOT NULL,
    product         TEXT    NOT NULL,
    in_at           INTEGER NOT NULL,
    out_at          INTEGER,
    entered_at      INTEGER NOT NULL,
    left_entered_at INTEGER,
    UNIQUE (unit, donation, product, in_at)
) STRICT;
CREATE INDEX contents_by_donation ON contents (donation, product);

CREATE TABLE cursors (
    consumer TEXT    PRIMARY KEY,
    event    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE fleet_versions (
    id        INTEGER PRIMARY KEY,
    sha256    TEXT    NOT NULL,
    text      TEXT    NOT NULL,
    loaded_at INTEGER NOT NULL
) STRICT;

-- Every rule pack that was ever in force, and from when: what was judged by one is never judged again by its successor.
CREATE TABLE rule_packs (
    id            INTEGER PRIMARY KEY,
    pack          TEXT    NOT NULL,
    sha256        TEXT    NOT NULL,
    bytes         BLOB    NOT NULL,
    in_force_from INTEGER NOT NULL
) STRICT;

CREATE TRIGGER rule_packs_keep BEFORE UPDATE ON rule_packs BEGIN SELECT RAISE(ABORT, 'rule packs are never rewritten'); END;
CREATE TRIGGER rule_packs_stay BEFORE DELETE ON rule_packs BEGIN SELECT RAISE(ABORT, 'rule packs are never deleted'); END;
CREATE TRIGGER packs_keep BEFORE UPDATE ON packs BEGIN SELECT RAISE(ABORT, 'packs are never rewritten'); END;
CREATE TRIGGER packs_stay BEFORE DELETE ON packs BEGIN SELECT RAISE(ABORT, 'packs are never deleted'); END;
CREATE TRIGGER conflicts_keep BEFORE UPDATE ON conflicts BEGIN SELECT RAISE(ABORT, 'conflicts are never rewritten'); END;
CREATE TRIGGER conflicts_stay BEFORE DELETE ON conflicts BEGIN SELECT RAISE(ABORT, 'conflicts are never deleted'); END;
CREATE TRIGGER refused_keep BEFORE UPDATE ON refused BEGIN SELECT RAISE(ABORT, 'refusals are never rewritten'); END;
CREATE TRIGGER refused_stay BEFORE DELETE ON refused BEGIN SELECT RAISE(ABORT, 'refusals are never deleted'); END;
CREATE TRIGGER events_keep BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never rewritten'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER finding_versions_keep BEFORE UPDATE ON finding_versions BEGIN SELECT RAISE(ABORT, 'versions of findings are never rewritten'); END;
CREATE TRIGGER finding_versions_stay BEFORE DELETE ON finding_versions BEGIN SELECT RAISE(ABORT, 'versions of findings are never deleted'); END;
CREATE TRIGGER findings_stay BEFORE DELETE ON findings BEGIN SELECT RAISE(ABORT, 'findings are never deleted'); END;
CREATE TRIGGER holds_stay BEFORE DELETE ON holds BEGIN SELECT RAISE(ABORT, 'holds are never deleted'); END;
CREATE TRIGGER contents_stay BEFORE DELETE ON contents BEGIN SELECT RAISE(ABORT, 'contents are never deleted'); END;
CREATE TRIGGER fleet_versions_keep BEFORE UPDATE ON fleet_versions BEGIN SELECT RAISE(ABORT, 'versions of the fleet are never rewritten'); END;
CREATE TRIGGER fleet_versions_stay BEFORE DELETE ON fleet_versions BEGIN SELECT RAISE(ABORT, 'versions of the fleet are never deleted'); END;
