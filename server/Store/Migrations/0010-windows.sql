-- Times that people announce of a storage unit: maintenance, which explains and changes no judgement, and tests of the alarm of one probe.
CREATE TABLE windows (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    unit       TEXT    NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('maintenance', 'alarm-test')),
    probe      TEXT,               -- of an alarm test
    from_at    INTEGER NOT NULL,
    to_at      INTEGER NOT NULL,   -- exclusive: it ends then by itself
    reason     TEXT    NOT NULL,
    entered_by TEXT    NOT NULL,
    entered_at INTEGER NOT NULL,
    CHECK ((kind = 'alarm-test') = (probe IS NOT NULL) AND from_at < to_at)
) STRICT;
CREATE INDEX windows_by_unit ON windows (unit, to_at);

-- A window that a person ended before its time.
CREATE TABLE window_ends (
    window     INTEGER PRIMARY KEY REFERENCES windows (id),
    ended_at   INTEGER NOT NULL,
    ended_by   TEXT    NOT NULL
) STRICT;

CREATE TRIGGER windows_keep BEFORE UPDATE ON windows BEGIN SELECT RAISE(ABORT, 'windows are never rewritten'); END;
CREATE TRIGGER windows_stay BEFORE DELETE ON windows BEGIN SELECT RAISE(ABORT, 'windows are never deleted'); END;
CREATE TRIGGER window_ends_keep BEFORE UPDATE ON window_ends BEGIN SELECT RAISE(ABORT, 'ends of windows are never rewritten'); END;
CREATE TRIGGER window_ends_stay BEFORE DELETE ON window_ends BEGIN SELECT RAISE(ABORT, 'ends of windows are never deleted'); END;
